"""Page: the orders plans ask for until a day, counted first and then made, with the way to stop it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Cancelled, Invalid
from services.plan_orders import Coming, Made
from ui.kit.background import Task
from ui.kit.button import Button, KeyHints
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.editors import DateBox, today
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.page import PageHead
from ui.kit.progress import ProgressPanel
from ui.kit.refusing import refuse
from ui.kit.text import Note, Own, said, words
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from ui.kit.background import Background

UNTIL = N_("Orders that go out until")
COUNT = N_("{n} orders of {plans} plans are to be made")
NONE = N_("Every order that is to go out until then is there already")
MADE = N_("{n} orders were made, {unassigned} of them are given to nobody yet; {breached} open ones are now overdue")
STOPPED = N_("Stopped: nothing was made")
HEADS = (Head("maintenance_plan"), Head(N_("Orders"), 90, right=True), Head(N_("First day"), 120),
         Head(N_("Last day"), 120), Head(N_("Given to nobody"), 130, right=True))  # fmt: skip


class PlanOrdersPage(QWidget):
    """`left` when it is closed."""

    left = Signal()

    def __init__(self, background: Background, back: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.until = background, today()
        self.task: Task | None = None
        self.make = Button(N_("Make orders"), "check", kind="primary")
        self.head = PageHead(N_("Make orders of plans"), self.make, facts=Own(" "), back=(back,))
        self.banner, self.good = Banner("bad"), Banner("ok")
        self.panel = ProgressPanel(N_("Making orders"))
        self.day = DateBox(UNTIL)
        self.day.setFixedWidth(148)
        self.day.set_value(self.until)
        self.day.line.setAccessibleName(words(UNTIL))
        self.grid = Grid(N_("Orders by plan"), HEADS, tall=44)
        for part in (self.banner, self.good, self.panel):
            part.hide()
        hints = KeyHints([("Ctrl+S", N_("Make orders")), ("Esc", N_("Back"))])
        card = Card(SectionHead(N_("Orders by plan")), (self.grid, 1), gap=8)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        above = row(Note(UNTIL), self.day, None, hints, gap=8)
        parts = (self.head, self.banner, self.good, above, self.panel, (card, 1))
        self.setLayout(column(*parts, gap=12, margins=margins))
        self.head.went_back.connect(self._back)
        self.day.edited.connect(self._turned)
        self.make.clicked.connect(self.start)
        self.panel.cancelled.connect(self.stop)
        for keys, slot in {"F5": self.read, "Ctrl+S": self.start, "Esc": self._back}.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.day.line.setFocus()

    def read(self) -> None:
        """Count again."""
        self.background.ask(partial(_read, self.until), self._got, self._refused, tag=f"planorders{id(self)}")

    def _turned(self) -> None:
        try:
            until = self.day.value()
        except Invalid:
            until = None
        self.day.show_wrong(until is None)
        if until is not None and until != self.until:
            self.until = until
            self.read()

    def _got(self, found: list[tuple[Any, ...]]) -> None:
        self.banner.hide()
        count = sum(line[2] for line in found)
        self.head.show_facts(said(COUNT, n=count, plans=len(found)) if count else NONE)
        self.make.setEnabled(bool(count) and self.task is None)
        self.grid.show_lines([Line(line[0], partial(_cells, line)) for line in found])

    # Making

    def start(self) -> None:
        """Make them all."""
        if self.make.isEnabled():
            self.make.setEnabled(False)
            self.good.hide()
            self.panel.begin()
            self.task = self.background.do(
                "maintenance_plans.generate", {"until": self.until}, self._made, self._refused, self.panel.tell
            )

    def stop(self) -> None:
        """Take back what is under way."""
        if self.task is not None:
            self.task.cancel()

    def _made(self, done: Done[Made]) -> None:
        self._ended()
        made = done.value
        self.good.say(said(MADE, n=made.orders, unassigned=made.unassigned, breached=made.breached))
        self.good.show()
        self.read()

    def _refused(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, Cancelled):
            self.banner.say(STOPPED)
            self.banner.show()
        else:
            refuse(self.banner, self.background, error)

    def _ended(self) -> None:
        self.task = None
        self.panel.hide()
        self.make.setEnabled(True)

    def _back(self, _key: str = "") -> None:
        if self.task is None:
            self.left.emit()


def _read(until: date, desk: Desk) -> list[tuple[Any, ...]]:
    """By plan: its id, title, orders, first and last day, how many nobody is given."""
    found: list[Coming] = desk.ask("maintenance_plans.due", until=until, on=today())
    lines: dict[Any, tuple[Any, ...]] = {}
    for one in found:
        _, _, count, first, last, nobody = lines.get(one.plan.id, (0, "", 0, one.planned.on, one.planned.on, 0))
        days = (min(first, one.planned.on), max(last, one.planned.on))
        lines[one.plan.id] = (one.plan.id, one.plan.title, count + 1, *days, nobody + (not one.assigned))
    return list(lines.values())


def _cells(line: tuple[Any, ...]) -> list[Cell]:
    _, title, count, first, last, nobody = line
    return [
        Cell(Own(title), title), Cell(Own(f"{count:,}"), count), Cell(Own(first.isoformat()), first),
        Cell(Own(last.isoformat()), last), Cell(Own(f"{nobody:,}"), nobody, tone="warn" if nobody else ""),
    ]  # fmt: skip
