"""One disposal: its assets, what it needs, who decided, its papers, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models.disposal import Stage
from resources.words import N_
from services.desk.errors import UserError
from services.desk.listing import View
from services.disposal_sheet import Sheet
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.editors import today
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, StickyFooter
from ui.kit.pill import Pill
from ui.kit.preview import PdfPreview
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.steps import StepBar
from ui.kit.tabs import Tabs
from ui.kit.text import Note, Own, said, words
from ui.kit.theme import GAP, MARGIN
from ui.pages.disposal_lines import LinesCard
from ui.pages.disposal_pane import DecisionCard, WorkCard
from ui.screens.disposals import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

STEPS = (
    (N_("Draft"), N_("assets, terms and papers")),
    (N_("Applied for"), N_("the application is frozen")),
    (N_("Approved"), N_("by whoever must")),
    (N_("Executed"), N_("written off, cards stay")),
)
STEP_OF = {"draft": 0, "applied": 1, "approved": 2, "executed": 4}  # refused, cancelled: no further
STAGES = tuple(Stage)
BESIDE = 1150  # pixels; on a narrower page who decides stands behind a tab
NEXT = {
    "draft": ("disposals.apply", N_("Submit application"), "check"),
    "applied": ("disposals.approve", N_("Record approval…"), "stamp"),
    "approved": ("disposals.execute", N_("Execute…"), "check"),
    "executed": ("disposals.book", N_("Book…"), "coins"),
}  # fmt: skip
HINTS = {
    "draft": N_("Nothing is missing: apply, and the application is frozen as a paper."),
    "applied": N_("Waits for approval; record it here with its number."),
    "approved": N_("Approved: record the execution when the assets have left."),
    "executed": N_("The assets have left; their cards stay in the register."),
    "refused": N_("It was refused; the assets are as they were before."),
    "cancelled": N_("This disposal was cancelled: its number is void."),
}
Row = dict[str, Any]
Read = tuple[Row, Sheet, list[Row]]


class DisposalPage(RecordPage):
    """Shows a disposal; the window runs what `asked` names."""

    watched = frozenset({"disposal", "disposal_line", "disposal_paper", "disposal_income", "asset"})
    asked = Signal(str, object)  # name of an act, its values
    sheet: Sheet | None

    def __init__(self, background: Background, disposal: UUID) -> None:
        super().__init__(background)
        self.disposal = disposal
        self.row: Row = {}
        self._make()
        self._arrange()
        self.begin()

    def release(self) -> None:
        """Let go of the paper that is shown."""
        self.preview.release()

    def _make(self) -> None:
        desk = self.background.desk
        self.revise = Button(N_("Revise"), "pencil")
        self.head = PageHead("disposal", self.revise, back=(("disposals", "disposals"),), facts=Own(" "))
        self.steps = StepBar(STEPS)
        self.way = Card(self.steps, margins=(20, 8, 20, 8))
        self.lines, self.work, self.decision = LinesCard(self.background, self.disposal), WorkCard(desk), DecisionCard()
        self.stage = Tabs(*(f"disposal.stage={stage.value}" for stage in STAGES))
        self.preview = PdfPreview(title=N_("Paper"))
        self.cancel = Button(N_("Cancel disposal"), "x", kind="bad")
        self.recall, self.refuse = Button(N_("Recall"), "undo-2"), Button(N_("Refused…"), "circle-x")
        self.reopen = Button(N_("Take back…"), "undo-2")
        self.hint = Note(Own(""), tone="text2", elide=True)
        self.next = Button(N_("Submit application"), "check", kind="primary")
        for button, act in ((self.revise, "revise"), (self.cancel, "cancel"), (self.recall, "recall"),
                            (self.refuse, "refuse"), (self.reopen, "reopen")):  # fmt: skip
            button.clicked.connect(partial(self._ask, f"disposals.{act}"))
            hide_unless(False, button)  # until it is known what fits
        hide_unless(False, self.next)
        self.next.clicked.connect(self._next)
        self.work.asked.connect(self._work)
        self.lines.asked.connect(self._on_lines)
        self.stage.chosen.connect(self._draw)

    def _arrange(self) -> None:
        self.below = row((self.work, 5), gap=14)
        left = column((self.lines, 5), (self.below, 4), gap=14)
        self._beside: bool | None = None
        paper = QWidget()
        paper.setLayout(column(self.stage, (self.preview, 1), gap=8))
        middle = row((left, 7), (paper, 5), gap=GAP)
        page = column(self.head, self.wrong, self.way, (middle, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        foot = StickyFooter([self.cancel, self.recall, self.refuse, self.reopen], [self.hint, self.next])
        self.setLayout(column((page, 1), foot, gap=0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        if beside is self._beside:
            return
        self._beside = beside
        if beside:
            self.below.addWidget(self.decision, 3)
            self.decision.frame(alone=True)
            self.decision.show()
            self.work.tabs.offer(3, there=False)
        else:
            self.work.hold(self.decision)

    # Reading

    def question(self) -> Callable[[Desk], Read]:
        """The disposal as of today, its row in the list, and its income."""
        return partial(_read, self.disposal)

    def again(self) -> None:
        """Read the disposal and its lines again."""
        super().again()
        self.lines.reload()

    def _got(self, found: Read) -> None:
        before = self.sheet.state if self.sheet else None
        self.row, sheet, sums = found
        self.work.show_sheet(sheet, sums)
        self.decision.show_sheet(sheet, self.row)
        self.lines.show_sheet(sheet)
        if before is not sheet.state:
            self.stage.choose({"approved": 1, "executed": 2}.get(sheet.state.value, 0))
        self._draw()
        super()._got(sheet)

    def _draw(self, _at: int = 0) -> None:
        stage = STAGES[self.stage.current()]
        paper = asking("disposals.paper", disposal_id=self.disposal, stage=stage)
        self.background.ask(paper, self._drawn, self._not_drawn, tag=f"disposalpaper{id(self)}")

    def _drawn(self, data: bytes) -> None:
        self.preview.setVisible(True)
        self.preview.name = f"{self.row.get('number', 'disposal')}-{STAGES[self.stage.current()].value}.pdf"
        self.preview.show_pdf(data)

    def _not_drawn(self, error: Exception) -> None:
        self.preview.setVisible(False)
        if not isinstance(error, UserError):
            self.background.failed.emit(error)

    # What is said

    def _say(self, sheet: Sheet) -> None:
        state = sheet.state.value
        self.head.title.say(said(N_("Disposal {number}"), number=sheet.number))
        self.head.show_pills(Pill(f"disposal.state={state}", STATES[state]))
        self.head.show_facts(self._line)
        self.way.setVisible(state in STEP_OF)
        self.steps.show_current(STEP_OF.get(state, 0))
        draft = state == "draft" and self.stage.current() == 0
        self.preview.show_remark(
            N_("A draft is printed with a watermark.") if draft else N_("Printed as issued, byte for byte.")
        )
        self._offer(sheet, state)

    def _line(self) -> str:
        mode, ground = (words(f"disposal.{name}={getattr(self.row[name], 'value', self.row[name])}")
                        for name in ("mode", "ground"))  # fmt: skip
        return " · ".join(filter(None, (mode, ground, self.row["reason"], self.row["compound"])))

    def _offer(self, sheet: Sheet, state: str) -> None:
        """One primary button: the next step of the disposal."""
        may = self.background.desk.may
        for button, act, states in (
            (self.revise, "revise", ("draft",)), (self.cancel, "cancel", ("draft", "applied", "approved")),
            (self.recall, "recall", ("applied",)), (self.refuse, "refuse", ("applied",)),
            (self.reopen, "reopen", ("executed",)),
        ):  # fmt: skip
            button.setVisible(state in states and may(f"disposals.{act}"))
        step = NEXT.get(state)
        booked = state == "executed" and self.row["voucher"]
        self.next.setVisible(step is not None and not booked and may(step[0]))
        if step:
            self.next.say(step[1], step[2])
        missing = sheet.missing
        self.hint.tone("warn" if missing else "text2")
        if missing:
            first = said(missing[0].message, **missing[0].values)
            more = len(missing) - 1
            self.hint.say(said(N_("{first} (and {n} more)"), first=first(), n=more) if more else first)
        else:
            self.hint.say(HINTS[state])

    # What is asked

    def _next(self) -> None:
        assert self.sheet is not None
        act = NEXT[self.sheet.state.value][0]
        self._ask(act)

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(act, {"disposal_id": self.disposal, "_row": self.row, "_sheet": self.sheet})

    def _work(self, act: str, about: Any) -> None:
        if act == "missing":
            self._mend(about)
            return
        self.asked.emit(act, {"disposal_id": self.disposal, "_row": self.row, "_about": about})

    def _mend(self, at: int) -> None:
        """The form that mends what a sentence says is missing."""
        assert self.sheet is not None
        item = str(self.sheet.missing[at].values.get("item", "")).partition("=")[2]
        check = next((check for check in self.sheet.checks if check.item.value == item), None)
        state = self.sheet.state.value
        if check is not None:
            self._work("disposals.file", check)
        elif state == "draft":
            self._ask("disposals.revise")

    def _on_lines(self, act: str, asset_ids: list[UUID]) -> None:
        self.asked.emit(act, {"disposal_id": self.disposal, "asset_ids": asset_ids, "_row": self.row})


def _read(disposal: UUID, desk: Desk) -> Read:
    sheet: Sheet = desk.ask("disposals.sheet", disposal_id=disposal, on=today())
    [found] = desk.first(View("disposals", filters=(("number", (sheet.number,)),)), 1)
    sums = desk.first(View("disposal_incomes", filters=(("disposal_id", (disposal,)),)), 500)
    return found, sheet, sums
