"""Board: how the team is made up on a day, with charts and tables; who retires, what certificates cover, compounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.staff import Employment
from resources.words import N_
from services.desk.listing import View
from services.desk.schema import arguments
from services.document_issuing import Subject
from services.skill_coverage import Able, Coverage, Covered
from services.staff_retiring import Retiring
from services.staff_sides import Whose
from services.staff_sides import whose as side_of
from services.staff_structure import By, Structure
from services.team_comparison import Team
from ui.kit.as_on import AsOn
from ui.kit.bars import BarsCard
from ui.kit.button import Button
from ui.kit.card import Banner, Card
from ui.kit.chip import Chip
from ui.kit.going import Filters, ToCompound, ToList, ToPaper
from ui.kit.grid import Grid
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage
from ui.kit.tabs import Tabs
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import MARGIN
from ui.kit.tongue import tongue
from ui.pages import structure_rows as rows

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

TABS: tuple[Message, ...] = (
    "compound", "staff.unit_id", "post.function", "staff.employment", N_("Year"), N_("Retirements"),
    N_("Certificates"), "trade_certificate.trade", N_("Side by side"),
    N_("Own and providers"),
)  # fmt: skip
BYS, RETIRING, COVERED, ABLE, SIDE, WHOSE = tuple(By), 5, 6, 7, 8, 9
ASKED = ("compound_ids", "unit_ids", "functions")
NOW = N_("Posts are those of the day; schooling, skill and employment are as they are known now.")
UNTOLD = N_("Ages and retirements are told to those alone who may open the pages of people.")
REPORT = N_("Structure of the team")


class Read(NamedTuple):
    """What the board shows: the structure, and what the tab is about where that is something else."""

    tab: int
    structure: Structure
    other: Any


class StructurePage(ReadPage):
    """Charts of everybody, or of the marked row; `went` tells where somebody wants to go from it."""

    watched = frozenset({
        "staff", "post", "post_holding", "post_requirement", "certificate", "certificate_recheck", "organization",
        "compound", "attendance", "training_session",
    })  # fmt: skip
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: Read | None = None
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        self.open, self.print = Button(N_("Show people"), "users"), Button(N_("Print report"), "printer")
        hide_unless(self.background.desk.may("staff.list"), self.open)
        self.head = PageHead(N_("Team structure"), self.open, self.print, facts=Own(" "))
        self.untold = Banner("info", UNTOLD)
        self.untold.hide()
        specs = {spec.name: spec for spec in arguments("staff.structure")}
        self.chips = {name: Chip(self.background, specs[name]) for name in ASKED}
        self.day, self.tabs = AsOn(), Tabs(*TABS)
        self.charts = {name: BarsCard(title) for name, title in rows.TITLES.items()}
        self.grids = [Grid(title, (), tall=44) for title in TABS]
        fixed = {RETIRING: rows.RETIRING, COVERED: rows.COVERED, ABLE: rows.ABLE, SIDE: rows.TEAMS,
                 WHOSE: rows.SIDES}  # fmt: skip
        for at, heads in fixed.items():
            self.grids[at].records.heads = heads
        self.empty = EmptyState("users", N_("Nobody is here"), N_("Nobody is counted here on this day; look at another "
                                                                  "one, or take a filter away."))  # fmt: skip
        self.open.clicked.connect(self._open)
        self.print.clicked.connect(self._print)
        self.tabs.chosen.connect(self.read)
        self.day.turned.connect(self.read)
        for chip in self.chips.values():
            chip.changed.connect(self.read)
        for grid in self.grids:
            grid.opened.connect(self._open)
            grid.marked.connect(self._marked)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (*self.grids, self.empty):
            self.stack.addWidget(part)
        self.drawn = QWidget()
        self.drawn.setLayout(row(*((chart, 1) for chart in self.charts.values()), gap=14))
        card = Card((self.stack, 1), gap=0, margins=(1, 1, 1, 1))
        above = row(*self.chips.values(), None, self.day, gap=8)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        parts = (self.head, self.wrong, self.untold, above, self.tabs, self.drawn, (card, 1))
        self.setLayout(column(*parts, gap=12, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grids[self.tabs.current()].setFocus()

    # Reading

    def scope(self) -> dict[str, tuple[Any, ...]]:
        """Whose structure is shown."""
        return {name: chip.values for name, chip in self.chips.items() if chip.values}

    def question(self) -> Callable[[Desk], Read]:
        """What the tab shows."""
        return partial(_read, self.tabs.current(), self.day.day, self.scope())

    def _got(self, found: Read) -> None:
        self.found = found
        structure, grid = found.structure, self.grids[found.tab]
        self.untold.setVisible(not structure.told)
        if found.tab < RETIRING:
            grid.records.heads = rows.heads(structure)
        grid.show_lines(_lines(found))
        grid.look()
        self.stack.setCurrentWidget(grid if grid.records.top else self.empty)
        self.drawn.setVisible(found.tab < RETIRING and bool(structure.whole.people))
        self.print.setEnabled(bool(structure.whole.people))
        whole = structure.whole
        mean = said(N_("{n} people · {years} years old on average · as on {date}"), n=f"{whole.people:,}",
                    years=f"{whole.mean:.1f}" if whole.mean else "—", date=structure.on)  # fmt: skip
        few = said(N_("{n} people · as on {date}"), n=f"{whole.people:,}", date=structure.on)
        self.head.show_facts(mean if whole.mean else few)
        self._marked(grid.key())

    # One row

    def _marked(self, key: object = None) -> None:
        if self.found is None:
            return
        structure = self.found.structure
        group = next((g for g in structure.groups if (structure.by, g.key) == key), None)
        of: Message = rows.ALL if group is None else rows.named(structure.by, group)
        counts = rows.charts(structure, group or structure.whole)
        for name, chart in self.charts.items():
            chart.setVisible(name in counts)
            chart.put(counts.get(name, ()), of)
        self.open.setEnabled(self.found.tab != BYS.index(By.YEAR) and key is not None)

    def _filters(self) -> Filters:
        """What the chips let through, as the list of people knows it."""
        names = {"compound_ids": "compound_id", "unit_ids": "unit_id"}
        return tuple((field, self.chips[name].values) for name, field in names.items() if self.chips[name].values)

    def _open(self, _key: object = None) -> None:
        """The people of the marked row, or the page of its compound."""
        if self.found is None:
            return
        key, chosen = self.grids[self.found.tab].key(), dict(self._filters())
        functions = self.chips["functions"].values
        if isinstance(key, Team):
            self.went.emit(ToCompound(key.compound_id))
            return
        if isinstance(key, (Covered, Able)):
            self._certificates(key)
            return
        if isinstance(key, Retiring):
            if key.from_on is not None or key.until_on is not None:
                chosen["retires_on"] = (key.from_on, key.until_on)
        elif isinstance(key, tuple) and key[0] is By.FUNCTION:
            functions = (key[1].value,) if key[1] else ()
            chosen |= {} if key[1] else {"post_id": (None,)}
        elif isinstance(key, tuple) and isinstance(key[0], Whose):
            chosen |= _side(*key)
        elif isinstance(key, tuple) and key[0] is not By.YEAR:
            field = {By.COMPOUND: "compound_id", By.UNIT: "unit_id", By.EMPLOYMENT: "employment"}[key[0]]
            chosen[field] = (getattr(key[1], "value", key[1]),)
        elif key != "all":
            return
        work = partial(_posts, tuple(functions))
        self.background.ask(work, partial(self._people, chosen), self._refused, tag=f"structure posts{id(self)}")

    def _people(self, chosen: dict[str, Any], posts: dict[Any, str]) -> None:
        if posts:
            chosen["post_id"] = tuple(posts)
        names = {**self.chips["compound_ids"].names, **self.chips["unit_ids"].names, **posts}
        if self.found is not None and self.found.structure.by in (By.COMPOUND, By.UNIT):
            names |= {group.key: group.name for group in self.found.structure.groups if group.key}
        self.went.emit(ToList("staff", tuple(chosen.items()), names))

    def _certificates(self, key: Covered | Able) -> None:
        kinds: Filters = (("kind", tuple(key.group)),) if isinstance(key, Covered) else ()
        self.went.emit(ToList("certificates", (("compound_id", (key.compound_id,)), *kinds),
                              {key.compound_id: key.compound}))  # fmt: skip

    def _print(self) -> None:
        name = f"{words(REPORT)}-{self.day.day}.pdf"
        work = partial(_paper, self.day.day, self.scope())
        self.went.emit(ToPaper(REPORT, name, work, Subject.within("structure", self.scope(), self.day.day)))


def _lines(found: Read) -> list[Any]:
    other = found.other
    match found.tab:
        case 5:
            return rows.retiring(other)
        case 6:
            return rows.covered(other.kinds)
        case 7:
            return rows.able(other.trades)
        case 8:
            return rows.teams(other)
        case 9:
            return rows.sides(other)
    return rows.groups(found.structure)


def _read(tab: int, on: date, scope: dict[str, Any], desk: Desk) -> Read:
    by, other = BYS[tab] if tab < RETIRING else By.COMPOUND, None
    structure: Structure = desk.ask("staff.structure", on=on, by=by, **scope)
    if tab == RETIRING:
        other = desk.ask("staff.retiring", on=on, **scope)
    elif tab in (COVERED, ABLE):
        covered: Coverage = desk.ask("staff.coverage", on=on, **scope)
        other = covered
    elif tab == SIDE:
        other = [team for team in desk.ask("staff.compare", on=on)
                 if not scope.get("compound_ids") or team.compound_id in scope["compound_ids"]]  # fmt: skip
    elif tab == WHOSE:
        other = desk.ask("staff.sides", on=on, compound_ids=scope.get("compound_ids", ()))
    return Read(tab, structure, other)


def _side(whose: Whose, employer: str) -> dict[str, tuple[Any, ...]]:
    """The filters of the list of people that let one side through."""
    kinds: list[str | None] = [kind.value for kind in Employment if side_of(kind) is whose]
    return {"employment": tuple(kinds or [None])} | ({"employer": (employer,)} if employer else {})


def _posts(functions: tuple[Any, ...], desk: Desk) -> dict[Any, str]:
    """The posts of these functions, by id; none where none are named."""
    if not functions:
        return {}
    found = desk.first(View("posts", filters=(("function", functions),)), 500)
    return {row["id"]: str(row["name"]) for row in found}


def _paper(on: date, scope: dict[str, Any], desk: Desk) -> bytes:
    from services import structure_papers

    return structure_papers.report(desk, on, tongue(), **scope)
