"""Board: compounds, buildings and floors as a tree, each with the totals of all that is below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.room import RoomUse
from resources.words import N_
from services.places import NO_FLOOR, Node
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Card, HairLine
from ui.kit.filters import SearchBox
from ui.kit.going import ToCompound, ToList
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.text import Note, Own, counted, said
from ui.kit.theme import HEAD, MARGIN
from ui.pages import place_papers

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

ICONS = {"compound": "map", "building": "building-2", "floor": "list-tree"}
NUMBER, AREA = 64, 96
HEADS = (
    Head(N_("Compound, building, floor")),
    Head(N_("Floor area (m²)"), AREA, right=True),
    Head(N_("Rooms"), NUMBER, right=True),
    Head(N_("Usable area (m²)"), AREA, right=True),
    *(Head(f"room.use={use.value}", 84, right=True) for use in RoomUse),
    Head(N_("Asset cards"), NUMBER, right=True),
)


class Spot(NamedTuple):
    """Which node a row is, and what lists filtered to it are called."""

    kind: str
    compound: UUID | None
    building: UUID | None
    floor: str | None
    names: tuple[tuple[UUID, str], ...]


class PlacesPage(ReadPage):
    """The tree with a filter; `went` tells where somebody wants to go from a node."""

    watched = frozenset({"compound", "building", "room", "asset"})
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.nodes, self.searching = list[Node](), ""
        may = background.desk.may
        self.open, self.rooms = Button(N_("Open"), "arrow-right"), Button("rooms", "door-open")
        self.assets, self.print = Button("assets", "package"), Button(N_("Sheet of use"), "printer")
        self.buttons = {
            self.open: True, self.rooms: may("rooms.list"), self.assets: may("assets.list"),
            self.print: may("occupancies.usage"),
        }  # fmt: skip
        for button, slot in (
            (self.open, self._open), (self.rooms, self._rooms), (self.assets, self._assets), (self.print, self._print)
        ):  # fmt: skip
            button.clicked.connect(slot)
        shown = [button for button, allowed in self.buttons.items() if allowed]
        self.head = PageHead(N_("Places"), *shown, facts=Own(" "))
        self.search = SearchBox()
        self.search.asked.connect(self._filter)
        self.grid = Grid(N_("Places"), HEADS, tree=True, tall=40, least=220)
        self.grid.opened.connect(self._open)
        self.grid.marked.connect(self._marked)
        self.empty = EmptyState("map", N_("Nothing here yet"), N_("Add the compounds this office looks after."))
        self.unmatched = EmptyState("search", N_("Nothing matches"), N_("Try fewer filters or another word."))
        self._arrange()
        self._marked(None)
        self.begin()

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.grid, self.empty, self.unmatched):
            self.stack.addWidget(part)
        keys = Note(N_("↑↓ choose    ←→ fold    Enter open    / search"))
        foot = QWidget()
        foot.setFixedHeight(HEAD)
        foot.setLayout(row(None, keys, margins=(16, 0, 16, 0)))
        card = Card(gap=0, margins=(1, 1, 1, 1))
        for item in (self.stack, HairLine(), foot):
            card.box.addWidget(item, int(item is self.stack))
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, row(self.search, None), (card, 1), gap=14, margins=margins))
        search = self.search.line.setFocus
        shortcuts(self, {"/": search, "Ctrl+F": search})
        self.search.line.returnPressed.connect(self.grid.setFocus)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], list[Node]]:
        """Everything added up."""
        return asking("places.tree")

    def _got(self, found: list[Node]) -> None:
        self.nodes = found
        buildings = sum(len(node.children) for node in found)
        self.head.show_facts(
            said(N_("{compounds} compounds, {buildings} buildings, {rooms} rooms"), compounds=len(found),
                 buildings=f"{buildings:,}", rooms=f"{sum(n.rooms for n in found):,}")
        )  # fmt: skip
        self._fill()

    def _filter(self, text: str) -> None:
        self.searching = text.casefold()
        self._fill()

    def _fill(self) -> None:
        """Make the rows off the window's thread: thousands of buildings take a fifth of a second."""
        self.background.ask(partial(_lines, self.nodes, self.searching), self._show, tag=f"placelines{id(self)}")

    def _show(self, found: list[Line]) -> None:
        self.grid.show_lines(found, open_all=bool(self.searching) and len(found) < 40)
        self.stack.setCurrentWidget(self.grid if found else self.unmatched if self.nodes else self.empty)
        if self.grid.key() is None and found:
            self.grid.mark(found[0].key)
        self._marked(self.grid.key())

    # What can be done with a node

    def _marked(self, key: object) -> None:
        spot = self._spot(key)
        for button in self.buttons:
            button.setEnabled(spot is not None)
        self.open.setEnabled(spot is not None and (spot.kind == "compound" or self.buttons[self.rooms]))

    def _spot(self, key: object) -> Spot | None:
        return key if isinstance(key, Spot) else None

    def _open(self, key: object = None) -> None:
        spot = self._spot(key) or self._spot(self.grid.key())
        if spot is None:
            return
        if spot.kind == "compound" and spot.compound is not None:
            self.went.emit(ToCompound(spot.compound))
        else:
            self._to("rooms", spot)

    def _rooms(self) -> None:
        self._to("rooms", self._spot(self.grid.key()))

    def _assets(self) -> None:
        self._to("assets", self._spot(self.grid.key()))

    def _to(self, screen: str, spot: Spot | None) -> None:
        if spot is None or not self.background.desk.may(f"{screen}.list"):
            return
        filters = [("compound_id", (spot.compound,))] if spot.building is None else [("building_id", (spot.building,))]
        if spot.floor is not None and screen == "rooms":
            filters.append(("floor", (spot.floor or None,)))  # type: ignore[arg-type]
        self.went.emit(ToList(screen, tuple(filters), dict(spot.names)))

    def _print(self) -> None:
        spot = self._spot(self.grid.key())
        if spot is not None and spot.compound is not None:
            self.went.emit(place_papers.sheet_of_use(spot.names[-1][1], spot.compound, spot.building))


def _lines(nodes: list[Node], searching: str, _desk: Desk) -> list[Line]:
    return lines(nodes, searching)


def lines(nodes: Sequence[Node], searching: str = "") -> list[Line]:
    """The rows of the tree: where something is searched for, the nodes that have it and what is above and below them;
    the totals of all compounds at the foot when nothing is."""
    made = [line for node in nodes if (line := _line(node, None, searching)) is not None]
    if len(made) > 1 and not searching:
        whole = Node("all", None, "", "", children=list(nodes))
        whole.gather()
        made.append(Line("all", partial(_cells, whole), foot=True))
    return made


def _line(node: Node, above: Spot | None, searching: str) -> Line | None:
    spot = _spot(node, above)
    hit = not searching or searching in f"{node.number} {node.name}".casefold()
    below = [line for child in node.children if (line := _line(child, spot, "" if hit else searching)) is not None]
    return Line(spot, partial(_cells, node), below) if hit or below else None


def _spot(node: Node, above: Spot | None) -> Spot:
    if node.kind == "compound" and node.id is not None:
        return Spot("compound", node.id, None, None, ((node.id, node.name),))
    assert above is not None
    if node.kind == "building" and node.id is not None:
        return Spot("building", above.compound, node.id, None, (*above.names, (node.id, node.name)))
    return above._replace(kind="floor", floor=node.number)


def _cells(node: Node) -> list[Cell]:
    name = Own(node.name)
    if node.kind == "all":
        name_ = said(N_("All compounds"))
    elif node.kind == "floor":
        name_ = said(N_("No floor recorded")) if node.number == NO_FLOOR else said(N_("Floor {n}"), n=node.number)
    else:
        name_ = said(name)
    areas = (node.by_use.get(use, 0) for use in RoomUse)
    return [
        Cell(name_, node.number or node.name, icon=ICONS.get(node.kind, "")),
        _area(node.floor_area),
        Cell(Own(f"{node.rooms:,}"), node.rooms, tip=counted("{n} room", "{n} rooms", node.rooms)),
        _area(node.usable),
        *map(_area, areas),
        Cell(Own(f"{node.assets:,}"), node.assets) if node.assets else Cell(Own(show.NOTHING), 0, "text3"),
    ]


def _area(hundredths: int) -> Cell:
    """An area, grey where there is none."""
    return Cell(Own(show.area(hundredths)), hundredths) if hundredths else Cell(Own(show.NOTHING), 0, "text3")
