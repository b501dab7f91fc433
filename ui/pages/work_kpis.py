"""Board: how maintenance did in a month, by compound, trade, technician or firm, with the report to print."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.desk.schema import arguments
from services.document_issuing import Subject
from services.work_measures import KpiBy, Kpis, points, share
from ui.kit import show
from ui.kit.button import Button, IconButton, KeyHints
from ui.kit.card import Card
from ui.kit.chip import Chip
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.grid import Grid
from ui.kit.keys import shortcuts
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.stat import Stat
from ui.kit.tabs import Tabs
from ui.kit.text import Heading, Own, said
from ui.kit.theme import MARGIN
from ui.kit.tongue import tongue
from ui.pages import work_kpi_cells as cells

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

BY = (KpiBy.COMPOUND, KpiBy.TRADE, KpiBy.TECHNICIAN, KpiBy.PROVIDER)
TABS = (N_("By compound"), N_("By trade"), N_("By technician"), N_("By firm"))
FIGURES = (N_("Done"), N_("Done on time"), N_("Fixed the first time"), N_("Satisfaction"), N_("Backlog"),
           N_("Cost (yuan)"))  # fmt: skip


class Asked(NamedTuple):
    """From which day until which, put together by what, of which compounds (none: all in reach)."""

    from_on: date
    until_on: date
    by: KpiBy
    compounds: tuple[UUID, ...]

    def about(self, kind: str) -> Subject:
        """What a paper of these days and compounds is."""
        return Subject.over(kind, self.from_on, self.until_on, today(), {"compound_ids": self.compounds})


class WorkKpisPage(ReadPage):
    """The month of `first`; `went` tells where somebody wants to go."""

    watched = frozenset({
        "work_order", "work_visit", "work_cost", "work_feedback", "building", "compound", "provider",
    })  # fmt: skip
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.first = today().replace(day=1)
        self.found: Kpis | None = None
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        self.print = Button(N_("Print monthly report"), "printer", kind="primary")
        self.audit = Button(N_("Print audit"), "shield-check")
        hide_unless(self.background.desk.may("work_costs.totals"), self.print)
        hide_unless(self.background.desk.may("work_orders.audit"), self.audit)
        self.head = PageHead(N_("Measures of maintenance"), self.audit, self.print, facts=Own(" "))
        spec = next(spec for spec in arguments("work_orders.kpis") if spec.name == "compound_ids")
        self.before, self.after = IconButton("chevron-left", N_("Month before")), IconButton(
            "chevron-right", N_("Month after"))  # fmt: skip
        self.title, self.chip, self.tabs = Heading(Own(" ")), Chip(self.background, spec), Tabs(*TABS)
        self.stats = tuple(map(Stat, FIGURES))
        self.grids = [Grid(title, cells.heads(by), tall=cells.TALL) for by, title in zip(BY, TABS, strict=True)]
        self.empty = EmptyState("chart-column", N_("Nothing happened in this month"),
                                N_("Turn to another month, or report a job."))  # fmt: skip
        self.print.clicked.connect(self._print)
        self.audit.clicked.connect(self._audit)
        self.before.clicked.connect(partial(self.turn, -1))
        self.after.clicked.connect(partial(self.turn, 1))
        self.chip.changed.connect(self.read)
        self.tabs.chosen.connect(self.read)

    def _arrange(self) -> None:
        hints = KeyHints([("PgUp", N_("Month before")), ("PgDown", N_("Month after")), ("F5", N_("Read again"))])
        above = row(self.before, self.title, self.after, 8, self.chip, 12, (self.tabs, 1), hints, gap=6)
        self.stack = QStackedWidget()
        for part in (*self.grids, self.empty):
            self.stack.addWidget(part)
        card = Card((self.stack, 1), gap=0, margins=(1, 1, 1, 1))
        stats, margins = row(*((stat, 1) for stat in self.stats), gap=14), (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, above, stats, (card, 1), gap=14, margins=margins))
        shortcuts(self, {"PgUp": partial(self.turn, -1), "PgDown": partial(self.turn, 1)})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grids[self.tabs.current()].setFocus()

    # Reading

    def asked(self) -> Asked:
        """What is looked at: a month as far as it has gone."""
        last = self.first.replace(day=monthrange(self.first.year, self.first.month)[1])
        until = max(self.first, min(last, today()))
        return Asked(self.first, until, BY[self.tabs.current()], tuple(self.chip.values))

    def question(self) -> Callable[[Desk], Kpis]:
        """The month as far as it has gone."""
        asked = self.asked()
        self.title.say(Own(f"{self.first:%Y-%m}"))
        return asking("work_orders.kpis", by=asked.by, from_on=asked.from_on, until_on=asked.until_on,
                      compound_ids=asked.compounds)  # fmt: skip

    def turn(self, months: int, _checked: bool = False) -> None:
        """So many months on or back."""
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + months, 12)
        self.first = date(year, month + 1, 1)
        self.read()

    def _got(self, found: Kpis) -> None:
        self.found = found
        grid, of = self.grids[BY.index(found.by)], found.whole
        grid.show_lines(cells.lines(found))
        self.stack.setCurrentWidget(grid if found.rows else self.empty)
        asked = self.asked()
        self.head.show_facts(said(N_("{from_on} – {until_on} · reported: {n}"), from_on=asked.from_on,
                                  until_on=asked.until_on, n=of.reported))  # fmt: skip
        figures = (f"{of.done:,}", share(of.on_time, of.due), share(of.first_time, of.done), points(of),
                   f"{of.backlog:,}", show.money(of.cost))  # fmt: skip
        for stat, figure in zip(self.stats, figures, strict=True):
            stat.say(Own(figure))
        late = said(N_("of them late: {n}"), n=of.late) if of.late else Own(" ")
        self.stats[4].say(Own(f"{of.backlog:,}"), late, "bad" if of.late else "text")

    # What can be done

    def _print(self, _checked: bool = False) -> None:
        asked = self.asked()
        work = partial(_paper, asked.from_on, asked.until_on, asked.compounds)
        name = f"maintenance-{asked.from_on:%Y-%m}.pdf"
        self.went.emit(ToPaper(N_("Maintenance report"), name, work, asked.about("maintenance")))

    def _audit(self, _checked: bool = False) -> None:
        asked = self.asked()
        work = partial(_audited, asked.from_on, asked.until_on, asked.compounds)
        name = f"work-audit-{asked.from_on:%Y-%m}.pdf"
        self.went.emit(ToPaper(N_("Audit of work orders"), name, work, asked.about("audit")))


def _paper(from_on: date, until_on: date, compounds: Sequence[UUID], desk: Desk) -> bytes:
    from services import work_report  # the PDF libraries are loaded with the first paper

    return work_report.report(desk, from_on, until_on, tongue(), compounds)


def _audited(from_on: date, until_on: date, compounds: Sequence[UUID], desk: Desk) -> bytes:
    from services import work_audit_papers

    return work_audit_papers.audit(desk, from_on, until_on, tongue(), compounds)
