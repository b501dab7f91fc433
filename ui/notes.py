"""Handover notes in the window: drafted from marked assets, opened, issued, signed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui import asks
from ui.kit.messages import confirm, toast
from ui.kit.text import said
from ui.pages.handover import HandoverPage
from ui.part import Asked, Part, Row
from ui.screens import forms as form_of

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.workbench import Workbench

SURE = {  # acts that are asked about first: title, sentence, word on the button
    "handovers.cancel": (
        N_("Cancel this note?"),
        N_("Its assets are free again and its number is void."),
        N_("Cancel note"),
    ),
    "handovers.recall": (
        N_("Recall this note?"),
        N_("The issued paper is superseded; the note becomes a draft."),
        N_("Recall"),
    ),
}
AFTER = {
    "handovers.issue": N_("Issued: the paper is kept"),
    "handovers.sign": N_("The signature is recorded"),
    "handovers.cancel": N_("The note is cancelled"),
    "handovers.recall": N_("The note is a draft again"),
}


class Notes(Part):
    """What the window does about handover notes."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"handovers.draft": self._marked}
        self.opens = {"handover": self._row}

    def _marked(self, asked: Asked) -> None:
        work = partial(asks.ids, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, self.assign, self.bench.refused)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def assign(self, ids: list[UUID]) -> None:
        """Ask to whom these assets go."""
        page = self.bench.form(
            "handovers.draft", N_("Assign to…"), form_of.ASSIGN, {"asset_ids": ids}, then=self._drafted,
            initial={"handed_on": _today()}, once=True,
            facts=said(N_("{n} assets on one note; they change hands when both sides have signed"), n=len(ids)),
        )  # fmt: skip
        page.save.say(N_("Draft note"))

    def _drafted(self, done: Done[Any]) -> None:
        self.bench.show_screen("handovers")
        self.open(done.value)

    def open(self, note: UUID) -> None:
        """Open a note."""
        page = HandoverPage(self.bench.background, note)
        page.asked.connect(self._act)
        self.bench.open_page(page)

    def _act(self, intent: str, values: dict[str, Any]) -> None:
        if intent == "handovers.revise":
            self._revise(values)
        elif intent == "handovers.sign":
            fixed = {"handover_id": values["handover_id"]}
            initial = {"side": values["side"], "on": _today()}
            self.bench.form(intent, N_("Record signature"), form_of.SIGN, fixed, initial=initial, once=True)
        elif intent not in SURE or confirm(self.bench, *SURE[intent], kind="bad"):
            self.bench.background.do(intent, values, partial(self._noted, intent), self.bench.refused)

    def _revise(self, values: dict[str, Any]) -> None:
        names = [f.name for f in arguments("handovers.revise")]
        labels = {n: str(values.get(n.removesuffix("_id")) or "") for n in names}
        fixed = {"handover_id": values["handover_id"]}
        initial = {n: values.get(n) for n in names if n not in fixed}
        title = INTENTS["handovers.revise"].label
        self.bench.form("handovers.revise", title, form_of.ASSIGN, fixed, initial=initial, labels=labels, revising=True)

    def _noted(self, intent: str, _done: Done[Any]) -> None:
        toast(self.bench, AFTER[intent])


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
