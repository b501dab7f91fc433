"""Which team goes to which rooms of a stocktake: a room, a floor or a building at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.card import Banner, Card
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import PageHead
from ui.kit.refusing import refuse
from ui.kit.text import Message, Note, Own
from ui.kit.theme import MARGIN
from ui.pages.stocktake_menus import ActMenu
from ui.pages.stocktake_reading import Read, Reading
from ui.pages.stocktake_words import floor_name, room_name

if TYPE_CHECKING:
    from services.stocktake_sheet import RoomCount
    from ui.kit.background import Background

NOBODY = N_("Nobody yet")
SEVERAL = N_("several teams")
HEADS = (Head(N_("Place"), sorts=False), Head(N_("Cards"), 90, right=True, sorts=False),
         Head(N_("Counted"), 90, right=True, sorts=False), Head(N_("Counting team"), 180, sorts=False))  # fmt: skip


class AssignPage(QWidget):
    """A tree of buildings, floors and rooms; what is marked in it goes to the team that is chosen."""

    left = Signal()

    def __init__(self, background: Background, stocktake: UUID, facts: Message) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.stocktake = background, stocktake
        self.found: Read | None = None
        self.to = ActMenu("users", N_("Assign to team…"))
        self.head = PageHead(N_("Rooms and teams"), self.to, back=(("stocktakes", "stocktakes"),), facts=facts)
        self.head.went_back.connect(self._back)
        self.wrong = Banner("bad", Own(""))
        self.wrong.hide()
        self.grid = Grid(N_("Rooms and teams"), HEADS, tree=True, tall=36)
        hint = Note(N_("Mark a room, a floor or a building and choose its team; Enter goes to the next team."))
        self.setLayout(column(self.head, self.wrong, (Card(row(hint), (self.grid, 1), gap=10), 1), gap=14,
                              margins=(MARGIN, MARGIN, MARGIN, MARGIN)))  # fmt: skip
        self.to.chosen.connect(self.assign)
        self.grid.opened.connect(self._turn)
        shortcuts(self, {"Esc": self._back})
        self.setFocusProxy(self.grid)
        self.reading = Reading(background, stocktake, self)
        self.reading.got.connect(self._got)
        self.reading.failed.connect(self._refused)
        self.reading.read()

    def _got(self, found: Read) -> None:
        first, self.found = self.found is None, found
        self.to.offer([*((team["id"], Own(str(team["name"]))) for team in found.teams), (None, NOBODY)])
        places: dict[str, dict[str, list[RoomCount]]] = {}
        for room in found.progress.rooms:
            places.setdefault(room.building, {}).setdefault(room.floor, []).append(room)
        lines = [_building(name, floors) for name, floors in places.items()]
        self.grid.show_lines(lines, open_all=first and len(found.progress.rooms) <= 60)
        if first:
            self.grid.setFocus()

    def marked(self) -> list[RoomCount]:
        """The rooms under what is marked."""
        key: Any = self.grid.key()
        rooms = self.found.progress.rooms if self.found else ()
        if isinstance(key, tuple):
            return [room for room in rooms if (room.building, room.floor)[: len(key)] == key]
        return [room for room in rooms if room.stocktake_room_id == key]

    def assign(self, team: UUID | None) -> None:
        """What is marked goes to this team."""
        ids = [room.stocktake_room_id for room in self.marked()]
        values = {"stocktake_id": self.stocktake, "stocktake_room_ids": ids, "team_id": team}
        self.wrong.hide()
        self.background.do("stocktakes.assign", values, None, self._refused)

    def _turn(self, _key: object) -> None:
        teams = [team["id"] for team in self.found.teams] if self.found else []
        marked = self.marked()
        if marked and teams:
            at = teams.index(marked[0].team_id) if marked[0].team_id in teams else -1
            self.assign(teams[(at + 1) % len(teams)])

    def _refused(self, error: Exception) -> None:
        refuse(self.wrong, self.background, error)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _building(name: str, floors: dict[str, list[RoomCount]]) -> Line:
    below = [
        Line((name, floor), partial(_cells, floor_name(name, floor), rooms),
             [Line(room.stocktake_room_id, partial(_cells, room_name(room), [room])) for room in rooms])
        for floor, rooms in floors.items()
    ]  # fmt: skip
    every = [room for rooms in floors.values() for room in rooms]
    return Line((name,), partial(_cells, Own(name) if name else N_("No place"), every), below)


def _cells(name: Message, rooms: Sequence[RoomCount]) -> list[Cell]:
    teams = {room.team for room in rooms}
    team: Message = (Own(next(iter(teams))) if teams != {""} else NOBODY) if len(teams) == 1 else SEVERAL
    every, seen = sum(room.all for room in rooms), sum(room.seen for room in rooms)
    tone = "text3" if teams == {""} else ""
    return [Cell(name), Cell(Own(f"{every:,}")), Cell(Own(f"{seen:,}")), Cell(team, tone=tone)]
