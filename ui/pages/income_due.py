"""What waits to come in or to go to the treasury, and leases that end: the oldest first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.errors import UserError
from services.income_due import Waiting, Waits
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Banner, Card
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless
from ui.kit.page import EmptyState, PageHead
from ui.kit.text import Own, counted, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS = (
    Head(N_("What waits")),
    Head(N_("From or about whom")),
    Head("compound", 170),
    Head(N_("Amount (yuan)"), 130, right=True),
    Head(N_("Since"), 110),
    Head(N_("Days"), 170),
)
SAYS = {
    Waits.OVERDUE: (N_("Overdue"), "bad"),
    Waits.UNPAID: (N_("Not paid to the treasury"), "warn"),
    Waits.ENDING: (N_("Lease ends soon"), "info"),
    Waits.OVER: (N_("Lease is over and still runs"), "bad"),
}
WATCHED = frozenset({"lease", "lease_rent", "disposal", "disposal_income"})


class DuePage(QWidget):
    """`open_requested`: "lease" or "disposal", and a row that says which one."""

    open_requested = Signal(str, object)
    went = Signal(object)  # where to go (`kit.going`)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.rows = background, list[Waiting]()
        self.all_rents, self.all_sums = Button(N_("All rents"), "list"), Button(N_("All disposal sums"), "list")
        hide_unless(background.desk.may("lease_rents.list"), self.all_rents)
        hide_unless(background.desk.may("disposal_incomes.list"), self.all_sums)
        self.head = PageHead(N_("Income due"), self.all_rents, self.all_sums, facts=Own(" "))
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.grid = Grid(N_("Income due"), HEADS, tall=48)
        self.empty = EmptyState(
            "clock", N_("Nothing waits"),
            N_("Rents and disposal income stand here when they are overdue or were not paid to the treasury, leases "
               "before they end."),
        )  # fmt: skip
        self.stack = QStackedWidget()
        card = Card(gap=0, margins=(1, 1, 1, 1))
        card.add((self.grid, 1))
        for page in (card, self.empty):
            self.stack.addWidget(page)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (self.stack, 1), gap=14, margins=margins))
        self.grid.opened.connect(self._open)
        self.all_rents.clicked.connect(partial(self._go, "lease_rents"))
        self.all_sums.clicked.connect(partial(self._go, "disposal_incomes"))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)
        background.changed.connect(self._touched)
        self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    def read(self) -> None:
        """Read what waits."""
        self.background.ask(_read, self._got, self._refused, tag=f"due{id(self)}")

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED:
            self.read()

    def _got(self, rows: list[Waiting]) -> None:
        self.wrong.hide()
        self.rows = rows
        self.stack.setCurrentIndex(0 if rows else 1)
        self.grid.show_lines([Line(at, partial(_cells, found)) for at, found in enumerate(rows)])
        overdue = sum(found.amount or 0 for found in rows if found.waits is Waits.OVERDUE)
        unpaid = sum(found.amount or 0 for found in rows if found.waits is Waits.UNPAID)
        self.head.show_facts(
            said(N_("Overdue {overdue} yuan, received and not paid to the treasury {unpaid} yuan"),
                 overdue=show.money(overdue), unpaid=show.money(unpaid))
        )  # fmt: skip

    def _open(self, key: object) -> None:
        found = self.rows[int(str(key))]
        self.open_requested.emit(found.kind, {"id": found.id})

    def _go(self, screen: str, _checked: bool = False) -> None:
        self.went.emit(ToList(screen))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        self.wrong.say(said(error.message, **error.values))
        self.wrong.show()


def _cells(found: Waiting) -> list[Cell]:
    word, tone = SAYS[found.waits]
    days = counted("{n} day ago", "{n} days ago", found.days)
    if found.days < 0:
        days = counted("in {n} day", "in {n} days", -found.days)
    elif found.days == 0:
        days = said(N_("today"))
    return [
        Cell(word, order=found.waits.value, note=Own(found.number), tone="bad" if tone == "bad" else ""),
        Cell(Own(found.who or show.NOTHING), order=found.who),
        Cell(Own(found.compound), order=found.compound),
        Cell(Own(show.NOTHING if found.amount is None else show.money(found.amount)), order=found.amount),
        Cell(Own(found.on.isoformat()), order=found.on),
        Cell(days, order=found.days, tone=tone, pill=True),
    ]


def _read(desk: Desk) -> list[Waiting]:
    found: list[Waiting] = desk.ask("leases.due", on=today())
    return found
