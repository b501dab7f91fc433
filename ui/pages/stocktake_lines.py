"""The lines of a stocktake while it is counted: of the room, what waits, what differs, all, and what is in no book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.stocktake import DIFFERS
from resources.words import N_, Word
from services.desk.listing import View
from ui.kit.button import LinkButton
from ui.kit.card import Card
from ui.kit.layout import column, hide_unless, row
from ui.kit.list_table import ListTable
from ui.kit.screen import Col
from ui.kit.tabs import Tabs
from ui.kit.text import Heading, said, words
from ui.kit.theme import LOOK
from ui.pages.stocktake_words import state_of
from ui.screens.assets import icon
from ui.screens.stocktakes import RESULTS

if TYPE_CHECKING:
    from services.stocktake_sheet import Progress
    from ui.kit.background import Background

LINES = N_("Stocktake lines")
ROOM, PENDING, DIFFERENT, ALL, SURPLUS = range(5)
NAMES = (N_("This room"), N_("Pending"), N_("Differences"), N_("All"), N_("Surpluses"))
COLUMNS = (
    Col("name", second="number", tile=icon, label=N_("Asset")),
    Col("room", 104, second="building", label=N_("By the books")),
    Col("found_room", 104, second="found_building", label=N_("Found in")),
    Col("result", 118, pill=RESULTS),
    Col("counted_at", 130),
    Col("keeper", 86),
)
OF_SURPLUS = (
    Col("name", second="code", tile="package"),
    Col("room", 120, second="building"),
    Col("quantity", 70),
    Col("value", 110),
    Col("basis", 96),
)
ACTS = (  # of marked surpluses
    ("stocktakes.revise_surplus", N_("Revise…"), "pencil"),
    ("attachments.list", N_("Photos and papers"), "paperclip"),
    ("stocktakes.drop_surplus", N_("Drop"), "trash-2"),
)


class LinesCard(Card):
    """`counted`: the numbers of marked lines that were found; `asked`: an act and the marked surpluses."""

    counted = Signal(object)
    asked = Signal(str, object)

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 10, 1, 1))
        self.stocktake, self.desk = stocktake, background.desk
        self.room: UUID | None = None
        self.counting = False
        self.tabs = Tabs(*NAMES)
        self.table = ListTable(background, self._view(), COLUMNS)
        of = ("stocktake_id", (stocktake,))
        self.surplus = ListTable(background, View("stocktake_surpluses", filters=(of,)), OF_SURPLUS)
        self.stack = QStackedWidget()
        self.seen = LinkButton(N_("Found: count the marked"), "check", after=False)
        self.links = {act: LinkButton(word, symbol, after=False) for act, word, symbol in ACTS}
        for table in (self.table, self.surplus):
            self.stack.addWidget(table)
            table.marked.connect(self._offer)
        for part in (self.seen, *self.links.values()):
            hide_unless(False, part)
        for act, link in self.links.items():
            link.clicked.connect(partial(self._ask, act))
        self.tabs.chosen.connect(self._turn)
        self.seen.clicked.connect(self._count)
        head = QWidget()
        head.setLayout(row(Heading(LINES), 12, (self.tabs, 1), self.seen, *self.links.values(), gap=14,
                           margins=(19, 0, 19, 6)))  # fmt: skip
        body = QWidget()
        body.setLayout(column(head, (self.stack, 1), gap=0))
        self.add((body, 1))
        LOOK.changed.connect(self._name)
        self._name()
        self._offer()

    def _name(self) -> None:
        self.table.setAccessibleName(words(LINES))
        self.surplus.setAccessibleName(words(NAMES[SURPLUS]))

    def _view(self) -> View:
        of: tuple[tuple[str, tuple[Any, ...]], ...] = (("stocktake_id", (self.stocktake,)),)
        at = self.tabs.current()
        more: dict[int, tuple[tuple[str, tuple[Any, ...]], ...]] = {
            ROOM: (("stocktake_room_id", (self.room,)),) if self.room else (),
            PENDING: (("result", ("pending",)),),
            DIFFERENT: (("result", tuple(sorted(result.value for result in DIFFERS))),),
        }
        return View("stocktake_lines", filters=(*of, *more.get(at, ())))

    def show_room(self, stocktake_room: UUID | None) -> None:
        """The room the team stands in."""
        if self.room != stocktake_room:
            self.room = stocktake_room
            if self.tabs.current() == ROOM:
                self.table.lines.show(self._view())

    def show_progress(self, found: Progress) -> None:
        """Say how many lines there are behind each tab, and read the lines again."""
        here = next((room for room in found.rooms if room.stocktake_room_id == self.room), None)
        counts = (here.all if here else found.cards, found.pending,
                  found.elsewhere + found.short + found.over + found.missing, found.cards, found.surplus)  # fmt: skip
        for at, (name, count) in enumerate(zip(NAMES, counts, strict=True)):
            self.tabs.rename(at, said(N_("{name} {n}"), name=Word(name), n=count))
        self.counting = state_of(found.row) == "counting"
        (self.surplus if self.tabs.current() == SURPLUS else self.table).reload()
        self._offer()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentWidget(self.surplus if at == SURPLUS else self.table)
        if at == SURPLUS:
            self.surplus.reload()
        else:
            self.table.lines.show(self._view())
        self._offer()

    def _offer(self) -> None:
        beyond = self.tabs.current() == SURPLUS
        may = self.desk.may("stocktakes.scan")
        self.seen.setVisible(self.counting and not beyond and may and self.table.marks() > 0)
        for act, link in self.links.items():
            link.setVisible(beyond and self.surplus.marks() > 0 and self.desk.may(act))

    def _count(self) -> None:
        self.counted.emit([row["number"] for row in self.table.rows(200)])

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(act, self.surplus.rows(500))
