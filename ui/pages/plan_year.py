"""Board: the plans of a year by month, what is missed or overdue, and what the law asks for and nobody plans."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.desk.schema import arguments
from services.document_issuing import Subject
from services.plan_gaps import Gap
from services.plan_year import Year, YearRow
from ui.kit.button import Button, IconButton, KeyHints
from ui.kit.card import Card
from ui.kit.chip import Chip
from ui.kit.editors import today
from ui.kit.going import ToForm, ToList, ToPaper
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import ReadPage, asking
from ui.kit.tabs import Tabs
from ui.kit.text import Heading, Own, said, words
from ui.kit.theme import MARGIN
from ui.kit.tongue import tongue
from ui.pages import plan_year_cells as cells
from ui.pages.plan_year_table import YearTable
from ui.screens import maintenance as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

TABS = (N_("All plans"), N_("Required by law"), N_("Gaps and overdue"))
EMPTY = N_("Add the plans of lifts, boilers, tanks and fire systems: their days of the year stand here.")
FACTS = N_("{plans} plans · not planned: {gaps} · without an order: {missed} · overdue: {breaches}")


class PlanYearPage(ReadPage):
    """`went` tells where somebody wants to go from a cell or a button; `orders_asked`: to the page that makes them."""

    watched = frozenset({
        "maintenance_plan", "plan_occurrence", "inspection", "meter_reading", "periodic_work", "asset", "building",
        "compound",
    })  # fmt: skip
    went = Signal(object)
    orders_asked = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.year = today().year
        self.found: Year | None = None
        self._make()
        self._arrange()
        self.begin({"N": self._add, "PgUp": partial(self._turn, -1), "PgDown": partial(self._turn, 1)})

    def _make(self) -> None:
        may = self.background.desk.may
        self.make, self.print = Button(N_("Make orders…"), "clipboard-check"), Button(N_("Print year plan"), "printer")
        self.audit = Button(N_("Print audit"), "shield-check")
        self.add = Button(N_("Add plan"), "plus", kind="primary")
        rights = {"maintenance_plans.generate": self.make, "maintenance_plans.year_paper": self.print,
                  "maintenance_plans.statutory": self.audit, "maintenance_plans.add": self.add}  # fmt: skip
        self.head = PageHead(N_("Year of plans"), *(b for right, b in rights.items() if may(right)), facts=Own(" "))
        spec = next(spec for spec in arguments("maintenance_plans.year") if spec.name == "compound_ids")
        self.chip, self.tabs, self.table = Chip(self.background, spec), Tabs(*TABS), YearTable()
        self.before = IconButton("chevron-left", N_("Year before"))
        self.after = IconButton("chevron-right", N_("Year after"))
        self.title = Heading(Own(str(self.year)))
        self.empty = EmptyState("calendar", N_("No plans here"), EMPTY)
        self.make.clicked.connect(self._orders)
        self.print.clicked.connect(self._print)
        self.audit.clicked.connect(self._audit)
        self.add.clicked.connect(self._add)
        self.before.clicked.connect(partial(self._turn, -1))
        self.after.clicked.connect(partial(self._turn, 1))
        self.chip.changed.connect(self.read)
        self.tabs.chosen.connect(self._fill)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)

    def _arrange(self) -> None:
        above = row(self.before, self.title, self.after, 8, self.chip, 12, (self.tabs, 1), gap=6)
        legend = row(
            Pill(N_("done"), "ok", icon="check"), Pill(N_("orders made"), "info", icon="calendar"),
            Pill(N_("still to come"), "idle", icon="calendar"),
            Pill(N_("missed (no order), late or gap (no plan)"), "bad", icon="x"),
            None, KeyHints([("↑↓←→", N_("Move")), ("Enter", N_("Open")), ("PgUp", N_("Year before"))]), gap=8,
        )  # fmt: skip
        self.stack = QStackedWidget()
        for part in (self.table, self.empty):
            self.stack.addWidget(part)
        card = Card((self.stack, 1), gap=0, margins=(1, 1, 1, 1))
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, above, legend, (card, 1), gap=12, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Year]:
        """The year of the chosen compounds."""
        return asking("maintenance_plans.year", year=self.year, on=today(), compound_ids=tuple(self.chip.values))

    def _turn(self, years: int, _checked: bool = False) -> None:
        self.year += years
        self.title.say(Own(str(self.year)))
        self.read()

    def _got(self, found: Year) -> None:
        self.found = found
        self.head.show_facts(said(FACTS, plans=len(found.rows), gaps=len(found.gaps), missed=found.missed,
                                  breaches=found.breaches))  # fmt: skip
        self._fill()

    def _fill(self, _tab: int = 0) -> None:
        if self.found is None:
            return
        tab, legal = self.tabs.current(), [row for row in self.found.rows if row.legal]
        plans = ([*self.found.rows], legal, [row for row in legal if row.alarm])[tab]
        shown: list[cells.ROW] = [*sorted(plans, key=_calm), *self.found.gaps]
        self.table.put(self.found, shown)
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        self._moved()

    def _moved(self) -> None:
        self.print.setEnabled(self.table.here() is not None)

    # What can be done

    def _open(self, row: cells.ROW, month: int) -> None:
        """The days of a plan in a month; of a gap, a plan for it."""
        if isinstance(row, Gap):
            self._plan(row)
            return
        first, last = date(self.year, month, 1), date(self.year, month, monthrange(self.year, month)[1])
        filters: tuple[tuple[str, tuple[Any, ...]], ...] = (
            ("maintenance_plan_id", (row.id,)), ("planned_on", (first, last)),
        )  # fmt: skip
        self.went.emit(ToList("plan_occurrences", filters, {row.id: row.title}))

    def _plan(self, gap: Gap) -> None:
        if not self.background.desk.may("maintenance_plans.add", gap.compound_id):
            return
        initial = {"rule": gap.rule.code, "starts_on": today(), "class_prefix": gap.rule.class_prefix or None}
        self.went.emit(ToForm(
            "maintenance_plans.add", N_("Add plan"), {"compound_id": gap.compound_id}, initial, screen.PLAN,
            Own(f"{cells.title(gap)} · {gap.compound}"),
        ))  # fmt: skip

    def _add(self) -> None:
        if self.background.desk.may("maintenance_plans.add"):
            self.went.emit(ToForm("maintenance_plans.add", N_("Add plan"), {}, {"starts_on": today()}, screen.PLAN))

    def _orders(self) -> None:
        self.orders_asked.emit()

    def _print(self) -> None:
        """Of the compound the cursor is in."""
        here = self.table.here()
        if here is not None:
            compound = here[0].compound_id
            name = f"{words(N_('Year plan'))}-{self.year}-{here[0].compound}.pdf"
            about = Subject("plans", compound, compound, today(), str(self.year))
            self.went.emit(ToPaper(N_("Year plan of a compound"), name, partial(_paper, self.year, compound), about))

    def _audit(self) -> None:
        """Of the year that is shown, of the compounds that are chosen or all in reach."""
        name = f"{words(N_('Audit of statutory inspections'))}-{self.year}.pdf"
        work = partial(_audited, self.year, tuple(self.chip.values))
        about = Subject.within("statutory", {"compound_ids": tuple(self.chip.values)}, today(), str(self.year))
        self.went.emit(ToPaper(N_("Audit of statutory inspections"), name, work, about))


def _calm(row: YearRow) -> bool:
    return not row.alarm  # what is amiss stands first


def _paper(year: int, compound: UUID, desk: Desk) -> bytes:
    data: bytes = desk.ask("maintenance_plans.year_paper", compound_id=compound, year=year, on=today())
    return data


def _audited(year: int, compounds: tuple[UUID, ...], desk: Desk) -> bytes:
    from services import statutory_papers  # the PDF libraries are loaded with the first paper

    return statutory_papers.audit(desk, year, min(today(), date(year, 12, 31)), tongue(), compounds)
