"""Disposals in the window: drafted from marked assets, opened, taken from step to step, their sums seen to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui import asks
from ui.kit import show
from ui.kit.editors import today
from ui.kit.going import ToFiles
from ui.kit.messages import confirm, toast
from ui.kit.text import Message, Own, said, words
from ui.pages.disposal import DisposalPage
from ui.pages.income_due import DuePage
from ui.part import Asked, Part, Row
from ui.screens import disposals as form_of

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.workbench import Workbench

SURE = {  # acts that are asked about first: title, sentence, word on the button
    "disposals.cancel": (
        N_("Cancel this disposal?"), N_("Its assets are as they were before and its number is void."),
        N_("Cancel disposal"),
    ),
    "disposals.recall": (
        N_("Recall this application?"), N_("The issued paper is superseded; the disposal becomes a draft."),
        N_("Recall"),
    ),
    "disposals.take_off": (
        N_("Take the marked assets off?"), N_("They are then as they were before."), N_("Take off"),
    ),
}  # fmt: skip
AFTER = {
    "disposals.apply": N_("Applied for: the paper is kept"),
    "disposals.cancel": N_("The disposal is cancelled"),
    "disposals.recall": N_("The disposal is a draft again"),
    "disposals.take_off": N_("Saved"),
}
FORMS = {
    "disposals.file": form_of.PAPER, "disposals.explain": form_of.LOSS, "disposals.approve": form_of.APPROVAL,
    "disposals.refuse": form_of.REFUSAL, "disposals.execute": form_of.EXECUTION, "disposals.book": form_of.BOOKING,
    "disposals.reopen": form_of.REOPEN, "disposals.earn": form_of.SUM, "disposals.receive": form_of.RECEIPT,
    "disposals.pay": form_of.TREASURY,
}  # fmt: skip
DAYS = {
    "disposals.file": "paper_on", "disposals.approve": "approved_on", "disposals.refuse": "approved_on",
    "disposals.execute": "executed_on", "disposals.book": "booked_on", "disposals.earn": "due_on",
    "disposals.receive": "received_on", "disposals.pay": "paid_on",
}  # fmt: skip


class Disposals(Part):
    """What the window does about disposals."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"disposals.draft": self._marked}
        self.opens = {"disposal": self._row, "disposal_income": self._about}

    def follow(self, board: QWidget) -> None:
        """The board of what is due opens disposals."""
        if isinstance(board, DuePage):
            board.open_requested.connect(self._due)

    def _due(self, kind: str, row: Row) -> None:
        if kind == "disposal":
            self.open(row["id"])

    def _marked(self, asked: Asked) -> None:
        work = partial(asks.ids, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, self.dispose, self.bench.refused)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _about(self, row: Row) -> None:
        self.open(row["disposal_id"])

    def dispose(self, ids: list[UUID]) -> None:
        """Ask how and why these assets leave."""
        page = self.bench.form(
            "disposals.draft", INTENTS["disposals.draft"].label, form_of.TERMS, {"asset_ids": ids},
            then=self._drafted, once=True,
            facts=said(N_("{n} assets, with all that is part of them; they leave when it is approved and executed"),
                       n=len(ids)),
        )  # fmt: skip
        page.save.say(N_("Draft disposal"))

    def _drafted(self, done: Done[Any]) -> None:
        self.bench.show_screen("disposals")
        self.open(done.value)

    def open(self, disposal: UUID) -> None:
        """Open a disposal."""
        page = DisposalPage(self.bench.background, disposal)
        page.asked.connect(self._act)
        self.bench.open_page(page)

    def _act(self, act: str, values: dict[str, Any]) -> None:
        """What the page asks for; names with an underscore are only for the words around it."""
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        row: Row = values["_row"]
        about: Any = values.get("_about")
        if act == "attachments.list":
            item = words(f"disposal_paper.item={about.item.value}")
            self.bench.places.go(ToFiles("disposal_paper", about.paper_id, Own(f"{row['number']} · {item}")))
        elif act == "disposals.revise":
            self._revise(fixed, row)
        elif act in FORMS:
            self._ask(act, fixed, row, about)
        elif act not in SURE or confirm(self.bench, *SURE[act], kind="bad"):
            self.bench.background.do(act, fixed, partial(self._done, act), self.bench.refused)

    def _ask(self, act: str, fixed: dict[str, Any], row: Row, about: Any) -> None:
        facts: Message = Own(" · ".join(filter(None, (row["number"], row["reason"]))))
        initial: dict[str, Any] = {DAYS[act]: today()} if act in DAYS else {}
        if act == "disposals.file" and about is not None:
            initial |= {"item": about.item.value, "paper_no": about.paper_no or None}
            initial |= {"paper_on": about.paper_on} if about.paper_on else {}
        elif act in ("disposals.receive", "disposals.pay"):
            fixed = {"disposal_income_id": about["id"]}
            facts = Own(f"{about['number']} · {about['payer'] or row['number']} · ¥ {show.money(about['amount'])}")
        elif act == "disposals.execute":
            initial |= {"receiver": row["receiver"], "booked_on": None}
        self.bench.form(act, INTENTS[act].label, FORMS[act], fixed, initial=initial, once=True, facts=facts)

    def _revise(self, fixed: dict[str, Any], row: Row) -> None:
        names = [field.name for field in arguments("disposals.revise") if field.name not in fixed]
        title, initial = INTENTS["disposals.revise"].label, {name: row.get(name) for name in names}
        self.bench.form("disposals.revise", title, form_of.TERMS, fixed, initial=initial, revising=True,
                        facts=Own(row["number"]))  # fmt: skip

    def _done(self, act: str, _done: Done[Any]) -> None:
        toast(self.bench, AFTER[act])
