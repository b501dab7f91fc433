"""The page of a compound: who manages it, how large it is, its buildings, what it cost, and where to look on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.handover import OPEN
from resources.words import N_
from services.places import Node
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Card, SectionHead, headed
from ui.kit.going import ToList, ToRecord
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.record_page import RecordPage
from ui.kit.stat import Stat
from ui.kit.text import Message, Note, Own, Text, counted, said
from ui.kit.theme import MARGIN
from ui.pages import compound_costs, place_papers
from ui.pages.compound_reading import Seen, read
from ui.screens.compounds import KINDS

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS = (
    Head(N_("Building")), Head(N_("Floor area"), 104, right=True), Head(N_("Rooms"), 60, right=True),
    Head(N_("Usable area"), 104, right=True), Head(N_("Asset cards"), 70, right=True),
)  # fmt: skip
FACTS = ("unit_id", "administrator_id", "land_area", "establishment", "headcount")
STATES = tuple(state.value for state in OPEN)


class CompoundPage(RecordPage):
    """Shows a compound as it is; `went` tells where somebody wants to go from it."""

    watched = frozenset({
        "compound", "organization", "building", "room", "asset", "staff", "handover", "cost_entry", "title",
        "title_defect",
    })  # fmt: skip
    sheet: Seen | None

    def __init__(self, background: Background, compound: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.compound = compound
        self._make(back)
        self._arrange()
        self.begin()

    def _make(self, back: tuple[str, str]) -> None:
        may = self.background.desk.may
        self.edit, self.print = Button(N_("Edit"), "pencil"), Button(N_("Sheet of use"), "printer")
        self.handover = Button(N_("Handover papers"), "file-text")
        hide_unless(may("assets.list"), self.handover)
        shown = [
            self.handover,
            *([self.print] if may("occupancies.usage") else []),
            *([self.edit] if may("compounds.revise") else []),
        ]
        self.head = PageHead("compound", *shown, back=(back,), facts=Own(" "))
        names = {"buildings": N_("Floor area"), "rooms": N_("Usable area"), "titles": "titles",
                 "assets": N_("Asset cards"), "staff": N_("People at home here"),
                 "handovers": N_("Open handover notes")}  # fmt: skip
        allowed = {screen: name for screen, name in names.items() if may(f"{screen}.list")}
        self.stats = {screen: Stat(name, N_("Show")) for screen, name in allowed.items()}
        for screen, stat in self.stats.items():
            stat.link.setAccessibleDescription(stat.name.text())
            stat.opened.connect(partial(self._show, screen))
        self.grid = Grid(N_("Buildings"), HEADS, tall=44)
        self.grid.opened.connect(self._building)
        self.costs = compound_costs.CostsCard()
        self.costs.entries.clicked.connect(self._entries)
        hide_unless(may("costs.compare"), self.costs)
        self.facts = {name: Above(f"compound.{name}") for name in FACTS}
        self.per_head, self.note = Above(N_("Floor area per head")), Note(Own(""), wrap=True)
        self.edit.clicked.connect(self._edit)
        self.print.clicked.connect(self._print)
        self.handover.clicked.connect(self._hand_over)

    def _arrange(self) -> None:
        self.none = EmptyState(
            "building-2", N_("No buildings yet"), N_("Add a building, or import a register of buildings.")
        )
        buildings = headed(SectionHead(N_("Buildings"), note="m²"), (self.grid, 1), (self.none, 1))
        facts = Card(
            row(*((fact, 1) for fact in (*self.facts.values(), self.per_head)), gap=16), self.note, pad=16, gap=6
        )
        main = row((buildings, 1), (self.costs, 1), gap=14)
        stats = row(*((stat, 1) for stat in self.stats.values()), gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, facts, stats, (main, 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # What is said

    def question(self) -> Callable[[Desk], Seen]:
        """The compound with its sums."""
        return partial(read, self.compound)

    def _say(self, seen: Seen) -> None:
        node = seen.node
        self.head.title.say(Own(node.name))
        kind = show.plain(seen.row["kind"]) if seen.row else ""
        self.head.show_pills(*([Pill(f"compound.kind={kind}", KINDS.get(kind, "idle"))] if kind else []))
        self.head.show_facts(Own(" · ".join(filter(None, (node.number, (seen.row or {}).get("address"))))))
        self._say_stats(seen)
        self.grid.show_lines([Line(child.id, partial(_cells, child)) for child in node.children])
        self.grid.setVisible(bool(node.children))
        self.none.setVisible(not node.children)
        self._say_facts(seen)
        self.costs.show_cost(seen.cost, seen.year, seen.usual)

    def _say_stats(self, seen: Seen) -> None:
        node = seen.node
        says: dict[str, tuple[Any, Any]] = {
            "buildings": (Own(f"{show.area(node.floor_area)} m²"), said(N_("{n} buildings"), n=len(node.children))),
            "rooms": (Own(f"{show.area(node.usable)} m²"), said(N_("{n} rooms"), n=f"{node.rooms:,}")),
            "titles": (
                _count(seen.titles),
                counted("{n} open defect", "{n} open defects", seen.defects) if seen.defects else Own(" "),
            ),
            "assets": (Own(f"{node.assets:,}"), Own(" ")),
            "staff": (_count(seen.people), Own(" ")),
            "handovers": (_count(seen.notes), Own(" ")),
        }
        for screen, stat in self.stats.items():
            stat.say(*says[screen])

    def _say_facts(self, seen: Seen) -> None:
        found = seen.row or {}
        for name, fact in self.facts.items():
            value = found.get(name.removesuffix("_id"))
            shown = f"{show.area(value)} m²" if name == "land_area" and value else value
            fact.say(Own(str(shown) if shown not in (None, "") else show.NOTHING))
        there = found.get("headcount")
        heads = found.get("establishment") if there is None else there
        each = f"{show.area(round(seen.node.floor_area / heads))} m²" if heads else show.NOTHING
        self.per_head.say(Own(each))
        self.note.say(Own(found.get("note") or ""))
        self.note.setVisible(bool(found.get("note")))

    # What can be done

    def _show(self, screen: str) -> None:
        more: tuple[tuple[str, tuple[Any, ...]], ...] = (("state", STATES),) if screen == "handovers" else ()
        self._to(screen, (("compound_id", (self.compound,)), *more))

    def _to(self, screen: str, filters: tuple[tuple[str, tuple[Any, ...]], ...], **names: str) -> None:
        if self.sheet is not None:
            known = {self.compound: self.sheet.node.name} | {UUID(id): name for id, name in names.items()}
            self.went.emit(ToList(screen, filters, known))

    def _building(self, key: object) -> None:
        if isinstance(key, UUID) and self.sheet is not None and self.background.desk.may("rooms.list"):
            name = next(child.name for child in self.sheet.node.children if child.id == key)
            self._to("rooms", (("building_id", (key,)),), **{str(key): name})

    def _entries(self) -> None:
        year = (("year", (self.sheet.year, self.sheet.year)),) if self.sheet and self.sheet.year else ()
        self._to("cost_entries", (("compound_id", (self.compound,)), *year))

    def _edit(self) -> None:
        if self.sheet is not None and self.sheet.row is not None:
            self.went.emit(ToRecord("compounds", self.sheet.row))

    def _print(self) -> None:
        if self.sheet is not None:
            self.went.emit(place_papers.sheet_of_use(self.sheet.node.name, self.compound))

    def _hand_over(self) -> None:
        """All volumes, as far as the person may read them."""
        if self.sheet is not None:
            self.went.emit(place_papers.handed_over(self.sheet.node.name, self.compound))


class Above(QWidget):
    """A fact under its name."""

    def __init__(self, name: Message) -> None:
        super().__init__()
        self.value = Text(Own(show.NOTHING), weight=500, elide=True)
        self.setLayout(column(Note(name, elide=True), self.value, gap=2))

    def say(self, value: Message) -> None:
        """Show another value."""
        self.value.say(value)


def _count(found: int | None) -> Own:
    return Own(show.NOTHING if found is None else f"{found:,}")


def _cells(node: Node) -> list[Cell]:
    return [
        Cell(Own(node.name), node.number, icon="building-2"),
        Cell(Own(show.area(node.floor_area) if node.floor_area else show.NOTHING), node.floor_area),
        Cell(Own(f"{node.rooms:,}"), node.rooms),
        Cell(Own(show.area(node.usable) if node.usable else show.NOTHING), node.usable),
        Cell(Own(f"{node.assets:,}"), node.assets),
    ]
