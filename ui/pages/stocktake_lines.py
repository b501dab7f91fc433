"""The lines of a stocktake while it is counted: of the room the team stands in, what waits, what differs, all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.stocktake import DIFFERS
from resources.words import N_
from services.desk.listing import View
from ui.kit.button import LinkButton
from ui.kit.card import Card
from ui.kit.layout import column, row
from ui.kit.list_table import ListTable
from ui.kit.screen import Col
from ui.kit.tabs import Tabs
from ui.kit.text import Heading, said, words
from ui.kit.theme import LOOK
from ui.screens.assets import icon
from ui.screens.stocktakes import RESULTS

if TYPE_CHECKING:
    from services.stocktake_sheet import Progress
    from ui.kit.background import Background

ROOM, PENDING, DIFFERENT, ALL = range(4)
NAMES = (N_("This room"), N_("Pending"), N_("Differences"), N_("All"))
COLUMNS = (
    Col("name", second="number", tile=icon, label=N_("Asset")),
    Col("room", 110, second="building", label=N_("By the books")),
    Col("found_room", 110, second="found_building", label=N_("Found in")),
    Col("keeper", 90),
    Col("result", 128, pill=RESULTS),
    Col("counted_at", 130),
)


class LinesCard(Card):
    """`asked`: an act and the marked lines; `opened`: a line."""

    asked = Signal(str, object)

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 12, 1, 1))
        self.stocktake, self.room = stocktake, None
        self.tabs = Tabs(*NAMES)
        self.table = ListTable(background, self._view(), COLUMNS)
        self.seen = LinkButton(N_("Found: count the marked"), "check")
        self.table.marked.connect(self._offer)
        self.tabs.chosen.connect(self._turn)
        self.seen.clicked.connect(self._count)
        head = QWidget()
        head.setLayout(row(Heading(N_("Lines")), 12, (self.tabs, 1), self.seen, margins=(19, 0, 19, 6)))
        body = QWidget()
        body.setLayout(column(head, (self.table, 1), gap=0))
        self.add((body, 1))
        self.counting = False
        LOOK.changed.connect(self._name)
        self._name()
        self._offer()

    def _name(self) -> None:
        self.table.setAccessibleName(words(N_("Lines")))

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
        self.room = stocktake_room
        if self.tabs.current() == ROOM:
            self.table.lines.show(self._view())

    def show_progress(self, found: Progress) -> None:
        """Say how many lines there are behind each tab, and read the lines again."""
        here = next((room for room in found.rooms if room.stocktake_room_id == self.room), None)
        counts = (here.all if here else found.cards, found.pending,
                  found.elsewhere + found.short + found.over + found.missing, found.cards)  # fmt: skip
        for at, (name, count) in enumerate(zip(NAMES, counts, strict=True)):
            self.tabs.rename(at, said(N_("{name} {n}"), name=words(name), n=f"{count:,}"))
        self.counting = str(getattr(found.row["state"], "value", found.row["state"])) == "counting"
        self.table.reload()
        self._offer()

    def _turn(self, _at: int) -> None:
        self.table.lines.show(self._view())

    def _offer(self) -> None:
        self.seen.setVisible(self.counting and self.table.marks() > 0)

    def _count(self) -> None:
        self.asked.emit("count", [row["number"] for row in self.table.rows(200)])
