"""Handover notes in the window: drafted from marked assets, opened, issued, signed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from services.document_issuing import Subject
from services.leaving import Outstanding, outstanding
from ui import asks
from ui.kit.going import ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.screen import Section
from ui.kit.text import Own, said
from ui.kit.tongue import tongue
from ui.pages.handover import HandoverPage
from ui.pages.loans import LoansPage
from ui.part import Asked, Part, Row
from ui.screens import forms as form_of

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
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


class Draft(NamedTuple):
    """A way to draft a note over marked assets: its form, and what it must say."""

    title: str
    purpose: str
    sections: tuple[Section, ...]
    needed: frozenset[str]


DRAFTS = {
    "handovers.draft": Draft(N_("Assign assets"), "assign", form_of.ASSIGN, frozenset({"to_staff_id"})),
    "handovers.lend": Draft(N_("Lend assets"), "lend", form_of.LEND, frozenset({"due_on"})),
    "handovers.transfer": Draft(
        N_("Move assets to another compound"),
        "transfer",
        form_of.TRANSFER,
        frozenset({"to_compound_id", "to_staff_id"}),
    ),
}
WRONG = {
    "short": (N_("Pieces missing"), form_of.SHORT, frozenset({"short"})),
    "damaged": (N_("Damaged"), form_of.DAMAGED, frozenset({"word"})),
}


class Notes(Part):
    """What the window does about handover notes."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {name: partial(self._marked, name) for name in DRAFTS} | {"handovers.draft_leaving": self._leaving}
        self.opens = {"handover": self._row}

    def follow(self, board: QWidget) -> None:
        """The board of loans opens their notes."""
        if isinstance(board, LoansPage):
            board.open_requested.connect(self.open)

    def _marked(self, name: str, asked: Asked) -> None:
        work = partial(asks.ids, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, partial(self.draft, name), self.bench.refused)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def draft(self, name: str, ids: list[UUID]) -> None:
        """Ask to whom these assets go, are lent, or move."""
        how = DRAFTS[name]
        page = self.bench.form(
            "handovers.draft", how.title, how.sections, {"asset_ids": ids, "purpose": how.purpose},
            then=self._drafted, initial={"handed_on": _today()}, once=True, needed=how.needed,
            facts=said(N_("{n} assets on one note; they change hands when both sides have signed"), n=len(ids)),
            inside={} if how.purpose == "transfer" else {"asset_ids": ids},
        )  # fmt: skip
        page.save.say(N_("Draft note"))

    def _leaving(self, asked: Asked) -> None:
        row = asked.rows[0]
        work = partial(_outstanding, row["id"])
        self.bench.background.ask(work, partial(self._leave, row), self.bench.refused)

    def _leave(self, row: Row, found: Outstanding) -> None:
        assets = sum(held.assets for held in found.held)
        facts = said(
            N_("{name} · compounds: {compounds} · assets: {assets} · loans: {loans} · open notes: {notes}"),
            name=found.name, assets=assets, compounds=len(found.held), loans=len(found.loans), notes=len(found.notes),
        )  # fmt: skip
        page = self.bench.form(
            "handovers.draft_leaving", INTENTS["handovers.draft_leaving"].label, form_of.LEAVING,
            {"from_staff_id": row["id"]}, then=self._left, initial={"handed_on": _today()}, once=True, facts=facts,
        )  # fmt: skip
        page.save.say(N_("Draft notes"))

    def _left(self, done: Done[Any]) -> None:
        self.bench.show_screen("handovers")
        if len(done.value) == 1:
            self.open(done.value[0])

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
            fixed, facts = {"handover_id": values["handover_id"]}, _named(values["_row"])
            initial = {"side": values["side"], "on": _today()}
            self.bench.form(
                intent, N_("Record signature"), form_of.SIGN, fixed, initial=initial, once=True, facts=facts
            )
        elif intent == "handovers.take_back":
            self._take_back(values)
        elif intent == "handovers.listed":
            self._listed(values["_row"])
        elif intent == "handovers.check" and values["found"] in WRONG:
            self._wrong(values)
        elif intent not in SURE or confirm(self.bench, *SURE[intent], kind="bad"):
            self.bench.background.do(intent, values, partial(self._noted, intent), self.bench.refused)

    def _listed(self, row: Row) -> None:
        """Everything on a note, on landscape sheets with all columns."""
        draft = row["state"].value == "draft"
        about = None if draft else Subject.of("handover_list", row, min(row["handed_on"], _today()))
        work = partial(_full_list, row["id"])
        self.bench.places.go(ToPaper(N_("Asset handover list"), f"{row['number']}-list.pdf", work, about))

    def _take_back(self, values: dict[str, Any]) -> None:
        """A return note over what is marked of a loan, or over all that is still out."""
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        some = len(fixed.get("asset_ids", ()))
        which = N_("{note} · marked lines: {n}") if some else N_("{note} · everything that is still out")
        facts = said(which, note=_named(values["_row"]), n=some)
        page = self.bench.form(
            "handovers.take_back", INTENTS["handovers.take_back"].label, form_of.TAKE_BACK, fixed, once=True,
            initial={"handed_on": _today()}, then=self._drafted, facts=facts,
        )  # fmt: skip
        page.save.say(N_("Draft return note"))

    def _revise(self, values: dict[str, Any]) -> None:
        names = [f.name for f in arguments("handovers.revise")]
        labels = {n: str(values.get(n.removesuffix("_id")) or "") for n in names}
        fixed = {"handover_id": values["handover_id"]}
        initial = {n: values.get(n) for n in names if n not in fixed}
        title = INTENTS["handovers.revise"].label
        self.bench.form("handovers.revise", title, form_of.ASSIGN, fixed, initial=initial, labels=labels, revising=True,
                        facts=_named(values))  # fmt: skip

    def _wrong(self, values: dict[str, Any]) -> None:
        """What is missing or damaged of one line."""
        line, found = values["_line"], values["found"]
        fixed = {name: value for name, value in values.items() if name != "_line"}
        fixed |= {"short": None} if found == "damaged" else {}
        facts = said(N_("{name} · quantity {n}"), name=line["asset"], n=line["quantity"])
        title, sections, needed = WRONG[found]
        self.bench.form("handovers.check", title, sections, fixed, once=True, facts=facts, needed=needed, quiet=True)

    def _noted(self, intent: str, _done: Done[Any]) -> None:
        if intent in AFTER:
            toast(self.bench, AFTER[intent])


def _named(row: Row) -> Own:
    """A note by its number and who gives to whom."""
    sides = (row["from_staff"] or row["borrower"], row["to_staff"] or row["borrower"])
    return Own(f"{row['number']} · {' → '.join(name or '—' for name in sides)}")


def _outstanding(person: UUID, desk: Desk) -> Outstanding:
    return desk.ask(outstanding, person)


def _full_list(note: UUID, desk: Desk) -> bytes:
    from services import handover_papers  # the PDF libraries are loaded with the first paper

    return handover_papers.listed(desk, note, tongue())


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
