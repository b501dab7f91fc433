"""Board: what the compounds cost in a year, side by side, the dearest first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from models.cost_entry import Function
from resources.words import N_
from services.costs import CompoundCost
from services.desk.errors import UserError
from services.document_issuing import Subject
from ui.kit import briefly, show
from ui.kit.button import Button
from ui.kit.card import Banner, Card
from ui.kit.editors import ChoiceBox, today
from ui.kit.going import ToCompound, ToForm, ToList, ToPaper
from ui.kit.grid import Grid
from ui.kit.layout import column, row
from ui.kit.messages import toast
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage
from ui.kit.screen import Section
from ui.kit.stat import Stat
from ui.kit.text import Own, said, words
from ui.kit.theme import LOOK, MARGIN
from ui.pages import costs_rows, place_papers

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

ENTER = N_("Enter a year's costs")
SECTIONS = (
    Section(N_("Compound and year"), N_("What is left empty below stays as it is."), ("compound_id", 4), "year"),
    Section(
        N_("Amounts of the whole year"), N_("In yuan, for each function; posts are entered with the single entry."),
        *((function.value, 3) for function in Function),
    ),
)  # fmt: skip


class CostsPage(ReadPage):
    """A year of all compounds; `went` tells where somebody wants to go from one."""

    watched = frozenset({"cost_entry", "compound", "building"})
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found = list[CompoundCost]()
        self.year: int | None = None
        self._make()
        self._arrange()
        LOOK.changed.connect(self._say)
        self.begin()

    def _make(self) -> None:
        may = self.background.desk.may
        self.export, self.print = Button(N_("Export"), "download"), Button(N_("Print"), "printer")
        self.entries, self.revise = Button(N_("Entries"), "coins"), Button(N_("Revise this year"), "pencil")
        self.enter = Button(ENTER, "plus", kind="primary")
        self.export.clicked.connect(self._export)
        self.print.clicked.connect(self._print)
        self.entries.clicked.connect(self._entries)
        self.revise.clicked.connect(self._revise)
        self.enter.clicked.connect(self._enter)
        writes = [self.revise, self.enter] if may("cost_entries.enter") else []
        lists = [self.entries] if may("cost_entries.list") else []
        self.years = QWidget()
        self.chooser: ChoiceBox | None = None
        self._years_row = row()
        self.years.setLayout(self._years_row)
        acts = (self.years, self.export, self.print, *lists, *writes)
        self.head = PageHead(N_("Cost comparison"), *acts, facts=Own(" "))
        self.banner = Banner("warn")
        self.banner.hide()
        self.stats = tuple(map(Stat, (N_("All compounds"), N_("Median per m²"), N_("Dearest per m²"), N_("Posts"))))
        self.grid = Grid(N_("Cost comparison"), costs_rows.HEADS, tall=52, least=168)
        self.grid.opened.connect(self._open)
        self.grid.marked.connect(self._marked)
        action = ENTER if may("cost_entries.enter") else ""
        self.empty = EmptyState(
            "chart-column", N_("No costs yet"),
            N_("Enter what each compound paid in a year; then they stand side by side here."), action,
        )  # fmt: skip
        self.empty.acted.connect(self._enter)

    def _arrange(self) -> None:
        card = Card(gap=0, margins=(1, 1, 1, 1))
        card.box.addWidget(self.grid)
        shown, around = QWidget(), QWidget()
        shown.setLayout(column(row(*((stat, 1) for stat in self.stats), gap=14), self.banner, (card, 1), gap=14))
        around.setLayout(column(self.empty))
        self.stack = QStackedWidget()
        for part in (shown, around):
            self.stack.addWidget(part)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, (self.stack, 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], tuple[list[int], int | None, list[CompoundCost]]]:
        """The year, or the newest where it has none."""
        return partial(_read, self.year)

    def _got(self, answer: tuple[list[int], int | None, list[CompoundCost]]) -> None:
        years, self.year, self.found = answer
        self._offer(years)
        self.stack.setCurrentIndex(0 if years else 1)
        for button in (self.export, self.print, self.entries):
            button.setEnabled(bool(years))
        self.grid.show_lines(costs_rows.lines(self.found))
        if self.grid.records.sorted < 0:
            self.grid.sort_by(costs_rows.FIRST, True)
        if self.grid.key() is None and self.found:
            self.grid.mark(self.grid.records.top[0].key)
        self._marked(self.grid.key())
        self._say()

    def _offer(self, years: list[int]) -> None:
        """The chooser of years, made anew when there are others."""
        if self.chooser is not None:
            if [value for value, _ in self.chooser._choices] == years:  # noqa: SLF001 - what it was made with
                self.chooser.set_value(self.year)
                return
            self._years_row.removeWidget(self.chooser)
            self.chooser.deleteLater()
            self.chooser = None
        if years:
            self.chooser = ChoiceBox([(year, Own(str(year))) for year in years], must=True)
            self.chooser.setFixedWidth(104)
            self.chooser.combo.setAccessibleName(words(N_("Year")))
            self.chooser.set_value(self.year)
            self.chooser.edited.connect(self._turn)
            self._years_row.addWidget(self.chooser)

    def _turn(self) -> None:
        assert self.chooser is not None
        self.year = self.chooser.value()
        self.read()

    # What is said

    def _say(self) -> None:
        if self.chooser is not None:
            self.chooser.combo.setAccessibleName(words(N_("Year")))
        usual = costs_rows.Usual.of(self.found)
        costing = [cost for cost in self.found if cost.total]
        self.head.show_facts(
            said(N_("{n} of {all} compounds have costs of {year}"), n=len(costing), all=len(self.found), year=self.year)
            if self.year else ""
        )  # fmt: skip
        total = sum(cost.total for cost in self.found)
        own, other = (sum(getattr(cost, name) for cost in costing) for name in ("posts_own", "posts_contracted"))
        whole, middle, dearest, posts = self.stats
        whole.say(partial(_sum, total), said(N_("{sum} yuan"), sum=show.money(total)))
        middle.say(_yuan(usual.per_square_metre), said(N_("{sum} per head"), sum=_plain(usual.per_head)))
        posts.say(Own(f"{own + other:,}"), said(N_("{own} own, {contracted} contracted"), own=own, contracted=other))
        top = max(costing, key=_rate, default=None)
        times = costs_rows.times(top, usual) if top else 0.0
        remark = said(N_("{name}, {times} × the median"), name=top.name, times=f"{times:.2f}") if top else Own(" ")
        dearest.say(_yuan(top.per_square_metre if top else None), remark, "bad" if times > costs_rows.DEAR else "text")
        sentence = costs_rows.spoken(self.found)
        self.banner.setVisible(sentence is not None)
        if sentence is not None:
            self.banner.say(sentence[0], **sentence[1])

    # What can be done

    def _marked(self, key: object) -> None:
        self.revise.setEnabled(isinstance(key, UUID) and self.year is not None)

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.went.emit(ToCompound(key))

    def _entries(self) -> None:
        key, year = self.grid.key(), ("year", (self.year, self.year))
        cost = next((cost for cost in self.found if cost.id == key), None)
        one = (("compound_id", (cost.id,)),) if cost else ()
        self.went.emit(ToList("cost_entries", (*one, year), {cost.id: cost.name} if cost else {}))

    def _enter(self) -> None:
        self.went.emit(ToForm("cost_entries.enter", ENTER, {}, {"year": today().year - 1}, SECTIONS))

    def _revise(self) -> None:
        cost = next((cost for cost in self.found if cost.id == self.grid.key()), None)
        if cost is None:
            return
        fixed = {"compound_id": cost.id, "year": self.year}
        initial = {function.value: amount for function, amount in cost.amounts.items()}
        facts = Own(f"{cost.name} · {self.year}")
        self.went.emit(ToForm("cost_entries.enter", N_("Revise this year"), fixed, initial, SECTIONS, facts))

    def _print(self) -> None:
        if self.year is not None:
            work = partial(place_papers.comparison, self.year)
            name = f"{words(N_('Costs of compounds'))}-{self.year}.pdf"
            about = Subject("costs", None, None, today(), str(self.year))
            self.went.emit(ToPaper(N_("Costs of compounds"), name, work, about))

    def _export(self) -> None:
        name = f"{words(N_('Costs of compounds'))}-{self.year}.xlsx"
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Export")), name, "Excel (*.xlsx);;CSV (*.csv)")
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write the year as it stands here."""
        assert self.year is not None
        work = partial(_written, self.year, place, LOOK.lang)
        self.background.ask(work, partial(self._exported, place), self._failed)

    def _exported(self, place: Path, count: int) -> None:
        toast(self, N_("{n} rows written to {file}"), n=count, file=place.name)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        elif isinstance(error, OSError):
            toast(self, N_("It was not saved: {problem}"), kind="bad", problem=error.strerror or str(error))
        else:
            self.background.failed.emit(error)


def _read(year: int | None, desk: Desk) -> tuple[list[int], int | None, list[CompoundCost]]:
    years = cast("list[int]", desk.ask("costs.years"))
    shown = year if year in years else next(iter(years), None)
    return years, shown, desk.ask("costs.compare", year=shown) if shown is not None else []


def _written(year: int, place: Path, lang: str, desk: Desk) -> int:
    from services import cost_sheet

    return cost_sheet.write(desk, year, place, lang)


def _sum(fen: int) -> str:
    return f"{briefly.sum_(fen)} {briefly.unit()}"


def _plain(fen: int | None) -> str:
    return show.NOTHING if fen is None else show.money(fen)


def _yuan(fen: int | None) -> Any:
    return Own(show.NOTHING) if fen is None else said(N_("{sum} yuan"), sum=show.money(fen))


def _rate(cost: CompoundCost) -> int:
    return cost.per_square_metre or 0
