"""One handover note: its lines, its parties, its paper, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from resources.words import N_
from services import handovers
from services.desk.errors import UserError
from services.desk.listing import View
from services.handovers import Facts
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.layout import column, row
from ui.kit.page import PageHead, StickyFooter
from ui.kit.pill import Pill
from ui.kit.preview import PdfPreview
from ui.kit.record_page import RecordPage
from ui.kit.steps import StepBar
from ui.kit.text import Note, Own, said, words
from ui.kit.theme import GAP, MARGIN
from ui.pages.handover_lines import SIDES, LinesCard
from ui.pages.handover_party import PartyCard
from ui.screens.handovers import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

STEPS = (
    (N_("Choose assets"), N_("lines and parties")),
    (N_("Paper issued"), N_("frozen byte for byte")),
    (N_("Both sides sign"), N_("then things change hands")),
    (N_("Done"), N_("kept in the archive")),
)
STEP_OF = {"draft": 0, "issued": 2, "half_signed": 2, "done": 4}  # a cancelled note goes no further
PARTIES = (
    ("from", "from_staff", "from_unit", "from_signed_on"),
    ("to", "to_staff", "to_unit", "to_signed_on"),
    ("supervisor", "supervisor", "", "supervised_on"),
)
SIGNABLE = ("issued", "half_signed")
Row = dict[str, Any]


class HandoverPage(RecordPage):
    """Shows the note of a row of the list of handover notes; the window runs what `asked` names."""

    watched = frozenset({"handover", "handover_line", "asset"})
    asked = Signal(str, object)  # name of an intent, its values
    sheet: Facts | None

    def __init__(self, background: Background, note: UUID) -> None:
        super().__init__(background)
        self.note = note
        self.row: Row = {}
        self._waiting, self._step = "", "print"  # the side whose signature is next, and what the button does
        self._make()
        self._arrange()
        self.begin()

    def release(self) -> None:
        """Let go of the paper that is shown."""
        self.preview.release()

    def _make(self) -> None:
        self.revise = Button(N_("Revise"), "pencil")
        self.list = Button(N_("Full list"), "printer")
        self.list.clicked.connect(self._list)
        self.head = PageHead("handover", self.revise, self.list, back=(("handovers", "handovers"),), facts=Own(" "))
        self.steps = StepBar(STEPS)
        self.way = Card(self.steps, margins=(20, 8, 20, 8))
        self.lines = LinesCard(self.background, self.note)
        self.lines.asked.connect(self.asked)
        self.lines.table.marked.connect(self._say_next)
        self.parties = {side: PartyCard(side) for side, *_ in PARTIES}
        self.preview = PdfPreview(title=N_("Paper"))
        self.cancel, self.recall = Button(N_("Cancel note"), "x", kind="bad"), Button(N_("Recall"), "undo-2")
        self.hint = Note(Own(""), tone="text2")
        self.next = Button(N_("Issue"), "check", kind="primary")
        self.revise.clicked.connect(self._revise)
        self.next.clicked.connect(self._next)
        for button, act in ((self.cancel, "cancel"), (self.recall, "recall")):
            button.clicked.connect(partial(self._ask, act))
        for side, card in self.parties.items():
            card.sign.clicked.connect(partial(self._sign, side))

    def _arrange(self) -> None:
        parties = row(*((card, 1) for card in self.parties.values()), gap=8)
        left = column((self.lines, 1), parties, gap=14)
        middle = row((left, 6), (self.preview, 5), gap=GAP)
        page = column(self.head, self.wrong, self.way, (middle, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        foot = StickyFooter([self.cancel, self.recall], [self.hint, self.next])
        self.setLayout(column((page, 1), foot, gap=0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.table.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], tuple[Row, Facts]]:
        """The note, and its row in the list."""
        return partial(_read, self.note)

    def read(self, _why: object = None) -> None:
        """Read the note and its paper."""
        super().read()
        self.background.ask(partial(_paper, self.note), self._drawn, self._not_drawn, tag=f"paper{id(self)}")

    def again(self) -> None:
        """Read the note and its lines again."""
        super().again()
        self.lines.table.reload()

    def _got(self, found: tuple[Row, Facts]) -> None:
        self.row, facts = found
        super()._got(facts)

    def _drawn(self, data: bytes) -> None:
        self.preview.setVisible(True)
        self.preview.name = f"{self.row.get('number', 'handover')}.pdf"
        self.preview.show_pdf(data)

    def _not_drawn(self, error: Exception) -> None:
        self.preview.setVisible(False)
        self._show_hint(error)

    def _show_hint(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.hint.say(said(error.message, **error.values))
        else:
            self.background.failed.emit(error)

    # What is said

    def _say(self, facts: Facts) -> None:
        state = facts.state.value
        self.head.title.say(said(N_("Handover {number}"), number=facts.number))
        purpose = Pill(f"handover.purpose={facts.purpose.value}", "info", dot=False)
        self.head.show_pills(Pill(f"handover.state={state}", STATES[state]), purpose, *self._version())
        self.head.show_facts(Own(self._line()))
        self.way.setVisible(state in STEP_OF)
        self.steps.show_current(STEP_OF.get(state, 0))
        self.lines.show_facts(facts, frozenset(filter(self._may_check, SIDES)))
        for side, staff, unit, signed in PARTIES:
            self.parties[side].show_party(self.row, staff, unit, self.row[signed], self._may_sign(side))
            if side in SIDES and self._may_check(side):
                self.parties[side].show_looking(facts.looked_at[SIDES.index(side)], facts.lines)
        self.parties["supervisor"].setVisible(self.row["supervisor_id"] is not None)
        self.preview.show_remark(N_("A draft is printed with a watermark.") if state == "draft" else _kept(facts))
        self._offer(state)

    def _version(self) -> list[Pill]:
        assert self.sheet is not None
        return [Pill(N_("version {n}"), n=self.sheet.version, dot=False)] if self.sheet.version > 1 else []

    def _line(self) -> str:
        units = " → ".join(
            self.row[k] or self.row[s] or self.row["borrower"] or "—"
            for k, s in (("from_unit", "from_staff"), ("to_unit", "to_staff"))
        )
        due = words(said(N_("due back {day}"), day=self.row["due_on"].isoformat())) if self.row["due_on"] else None
        told = (units, self.row["to_compound"], self.row["basis"], self.row["handed_on"].isoformat(), due)
        return " · ".join(filter(None, told))

    def _may_check(self, side: str) -> bool:
        open_ = self.sheet is not None and self.sheet.state.value in ("draft", *SIGNABLE)
        return open_ and self.row[f"{side}_signed_on"] is None and self._may("check")

    def _may_sign(self, side: str) -> bool:
        assert self.sheet is not None
        state = self.sheet.state.value
        if side == "supervisor":
            return state == "done" and self.row["supervised_on"] is None and self._may("sign")
        return state in SIGNABLE and self.row[f"{side}_signed_on"] is None and self._may("sign")

    def _may(self, act: str) -> bool:
        return self.background.desk.may(f"handovers.{act}")

    def _offer(self, state: str) -> None:
        """One primary button: the next step of the note; who only reads notes prints them."""
        assert self.sheet is not None
        again = state in SIGNABLE and self.sheet.unsaid
        for button, act, fits in (
            (self.revise, "revise", state == "draft"), (self.cancel, "cancel", state in ("draft", *SIGNABLE)),
            (self.recall, "recall", state == "issued" or again),
        ):  # fmt: skip
            button.setVisible(fits and self._may(act))
        self.list.setVisible(state != "cancelled")
        self._waiting = next((side for side, *_ in PARTIES if self._may_sign(side) and self._named(side)), "")
        self.next.setVisible(state != "cancelled")
        self._say_next()
        out = said(OUT, n=self.sheet.out) if self.sheet and self._step == "back" else Own("")
        self.hint.say(HINTS.get(state, out) if self._may("issue") or state == "cancelled" else out)

    def _say_next(self, *_: object) -> None:
        """The word on the button of the next step: of a loan, whether all or what is marked comes back."""
        if self.sheet is None:
            return
        self._step = "back" if self.sheet.out and self._may("take_back") else "print"
        if self.sheet.state.value == "draft" and self._may("issue"):
            self._step = "draft"
        elif self._waiting:
            self._step = "sign"
        some = len(self.lines.out()) if self._step == "back" else 0
        word, icon = NEXT[self._step]
        self.next.say(said(N_("Take back {n} marked…"), n=some) if some else word, icon)

    def _named(self, side: str) -> bool:
        """Whether there is somebody who can sign for a side; a loan may go to nobody of ours."""
        return bool(self.row[f"{_staff(side)}_id"] or (side in SIDES and self.row["borrower"]))

    # What is asked

    def _next(self) -> None:
        if self._step == "draft":
            self._ask("issue")
        elif self._step == "sign":
            self._sign(self._waiting)
        elif self._step == "back":
            some = self.lines.out()
            marked = {"asset_ids": some} if some else {}
            self.asked.emit("handovers.take_back", {"handover_id": self.note, "_row": self.row} | marked)
        else:
            self.preview.print()

    def _list(self) -> None:
        self.asked.emit("handovers.listed", {"handover_id": self.note, "_row": self.row})

    def _sign(self, side: str, _checked: bool = False) -> None:
        self.asked.emit("handovers.sign", {"handover_id": self.note, "side": side, "_row": self.row})

    def _revise(self) -> None:
        self.asked.emit("handovers.revise", {"handover_id": self.note} | self.row)

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(f"handovers.{act}", {"handover_id": self.note})


OUT = N_("{n} lines of this loan are still out; mark some to take back only those.")
NEXT = {
    "draft": (N_("Issue"), "check"),
    "sign": (N_("Record signature"), "check"),
    "print": (N_("Print"), "printer"),
    "back": (N_("Take back the loan…"), "undo-2"),
}
HINTS = {
    "draft": N_("Look through the lines, then issue the note: it is frozen as a paper."),
    "issued": N_("Print the note and have both sides sign it; then record each signature here."),
    "half_signed": N_("One side has signed; with the other signature the assets change hands."),
    "cancelled": N_("This note was cancelled: its number is void."),
}


def _staff(side: str) -> str:
    return "supervisor" if side == "supervisor" else f"{side}_staff"


def _kept(facts: Facts) -> str:
    if facts.net_missing:
        return N_("Printed as issued, byte for byte. Some net values are not recorded.")
    return N_("Printed as issued, byte for byte.")


def _read(note: UUID, desk: Desk) -> tuple[Row, Facts]:
    facts = desk.ask(handovers.facts, note)
    rows = desk.first(View("handovers", filters=(("number", (facts.number,)),)), 1)
    return rows[0], facts


def _paper(note: UUID, desk: Desk) -> bytes:
    return desk.ask(handovers.paper, note)
