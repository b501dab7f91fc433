"""What is wrong with a title: a small table with what is done about it, by whom, until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from ui.kit import acts, show
from ui.kit.button import IconButton, LinkButton
from ui.kit.card import Card, HairLine
from ui.kit.layout import row
from ui.kit.pill import Pill
from ui.kit.screen import Act
from ui.kit.text import Body, Heading, Message, Note, Own, Text, TwoLine, said
from ui.screens.title_defects import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.title_sheet import Sheet, Wrong

HEADS = (
    N_("Problem"),
    "title_defect.route",
    "title_defect.staff_id",
    "title_defect.due_on",
    "title_defect.state",
    Own(""),
)
WIDTHS = ((0, 5), (1, 3), (2, 2), (3, 2), (4, 2), (5, 0))
ACTS = (
    Act("title_defects.settle", "check", N_("Settle…")),
    Act("title_defects.revise", "pencil", N_("Revise")),
    Act("title_defects.remove", "trash-2", N_("Remove title defect")),
)
LATE = N_("Overdue")


class WrongsCard(Card):
    """The defects of a day. `asked`: the name of an intent, and the defect or None for a new one."""

    asked = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 14, 1, 8))
        self.acts = acts.allowed(ACTS, desk)
        self.count, self.add_one = Note(), LinkButton(N_("Add defect"), "plus")
        self.add_one.setVisible(False)
        self._may_add = desk.may("title_defects.add")
        self.add_one.clicked.connect(self._add)
        head = QWidget()
        head.setLayout(
            row(Heading(N_("Defects of the right")), self.count, None, self.add_one, margins=(19, 0, 19, 10))
        )
        self.add(head)
        self.add(HairLine())
        self.body = QWidget()
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(19, 8, 14, 4)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(8)
        for at, stretch in WIDTHS:
            self.grid.setColumnStretch(at, stretch)
        self.add(self.body)
        self.none = Body(N_("Nothing is known to be wrong."), tone="text3")
        self.none.setContentsMargins(19, 10, 19, 6)
        self.add(self.none)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the defects of a day."""
        self.add_one.setVisible(self._may_add)
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = sheet.defects
        left = sum(wrong.state.value != "settled" for wrong in found)
        self.count.say(N_("{n} known, {left} not settled"), n=len(found), left=left)
        self.count.setVisible(bool(found))
        self.body.setVisible(bool(found))
        self.none.setVisible(not found)
        if found:
            for at, name in enumerate(HEADS):
                self.grid.addWidget(Note(name), 0, at)
        for line, wrong in enumerate(found, 1):
            self._line(line, wrong)

    def _line(self, line: int, wrong: Wrong) -> None:
        second = " · ".join(filter(None, (wrong.evidence, wrong.result))) or wrong.number
        due = Text(Own(wrong.due_on.isoformat() if wrong.due_on else show.NOTHING), weight=600 if wrong.late else 400)
        due.tone("bad" if wrong.late else "text")
        state = Pill(f"title_defect.state={wrong.state.value}", STATES[wrong.state.value])
        if wrong.late:
            state = Pill(LATE, "bad")
        route: Message = f"title_defect.route={wrong.route.value}" if wrong.route else Own(show.NOTHING)
        parts: tuple[QWidget, ...] = (
            TwoLine(f"title_defect.kind={wrong.kind.value}", Own(second), weight=600), Text(route, elide=True),
            Text(Own(wrong.person or show.NOTHING), elide=True), due, state,
        )  # fmt: skip
        for at, part in enumerate(parts):
            self.grid.addWidget(part, line, at)
        if self.acts:
            more = IconButton(
                "ellipsis", said(N_("What can be done about {number}"), number=wrong.number), size=28, symbol=16
            )
            more.clicked.connect(partial(self._more, more, wrong))
            self.grid.addWidget(more, line, len(parts))
        self.grid.setRowMinimumHeight(line, 38)

    def _more(self, button: QWidget, wrong: Wrong, _checked: bool = False) -> None:
        offered = [act for act in self.acts if wrong.state.value != "settled" or act.name != "title_defects.settle"]
        place = button.mapToGlobal(QPoint(0, button.height()))
        acts.popup(self, place, offered, 1, partial(self._chosen, wrong))

    def _chosen(self, wrong: Wrong, act: Act) -> None:
        self.asked.emit(act.name, wrong)

    def _add(self) -> None:
        self.asked.emit("title_defects.add", None)
