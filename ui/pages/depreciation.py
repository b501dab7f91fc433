"""Board: the month of depreciation that is due, by compound and class, the months that are booked, and a statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.depreciation import ended, first_of
from services.depreciation_runs import Differs, Part, Sums, next_month
from services.desk.listing import View
from ui.kit import briefly, show
from ui.kit.button import Button
from ui.kit.card import Banner, Card, SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.grid import Grid
from ui.kit.layout import column, row
from ui.kit.messages import confirm
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.stat import Stat
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import GAP, LOOK, MARGIN
from ui.pages import depreciation_rows as rows
from ui.pages.depreciation_paper import PeriodCard

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

FIRST = N_("No month is booked yet. What a booked month rests on can then only be changed by paper.")
BOOK, CHECK = N_("Book month…"), N_("Compare with the cards")
SURE = N_("{n} compounds, {cards} cards: {sum} yuan. What it rests on can then only be changed by paper.")
IDLE = N_(" {unknown} cards without a life take nothing.")
NO_LIFE = N_(
    "{n} cards have no life, value or day: they take nothing until a class, structure or change of value says it."
)
HOLDS = N_("Every booked month follows from the cards.")
WRONG = N_(
    "{n} booked months no longer follow from the cards, first {month} of {compound}: booked {booked}, now {now}."
)
CLASSED = N_("The amounts follow from the cards; {n} months have cards that were classed otherwise since.")


@dataclass(frozen=True)
class Seen:
    """What the board shows: a month, whether it is due, its parts, and what is booked."""

    month: date
    due: bool
    parts: list[Part]
    booked: list[rows.Booked]

    @property
    def total(self) -> Sums:
        """All compounds together."""
        return sum((part.total for part in self.parts), Sums())


class DepreciationPage(ReadPage):
    """`went` tells where somebody wants to go, `book_asked` the month somebody is sure to book."""

    watched = frozenset({"asset", "asset_value_change", "depreciation_run", "compound"})
    went = Signal(object)
    book_asked = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.seen: Seen | None = None
        self._make()
        self._arrange()
        LOOK.changed.connect(self._say)
        self.begin()

    def _make(self) -> None:
        self.check, self.runs = Button(CHECK, "shield-check"), Button("depreciation_runs", "list")
        self.book = Button(BOOK, "check", kind="primary")
        for button, slot in ((self.check, self._check), (self.runs, self._list), (self.book, self._book)):
            button.clicked.connect(slot)
        books = [self.book] if self.background.desk.may("depreciation.book") else []
        self.head = PageHead(N_("Depreciation"), self.check, self.runs, *books, facts=Own(" "))
        self.banner, self.answers = Banner("warn"), {kind: Banner(kind) for kind in ("ok", "warn", "bad")}
        for banner in (self.banner, *self.answers.values()):
            banner.hide()
        names = ("depreciation_run.amount", "depreciation_run.cost", "depreciation_run.accumulated", N_("Net value"))
        self.stats = tuple(map(Stat, names))
        self.grid = Grid(N_("Month by compound and class"), rows.HEADS, tree=True, tall=44, least=168)
        self.months = Grid(N_("Booked months"), rows.MONTHS, tall=38, least=80)
        self.months.opened.connect(self._opened)
        self.none = EmptyState("calendar", N_("Nothing here yet"), FIRST)
        self.none.sentence.setFixedWidth(240)
        self.none.hide()
        self.paper = PeriodCard(self.background, today().replace(month=1, day=1), today())
        self.paper.went.connect(self.went)

    def _arrange(self) -> None:
        card = Card(self.grid, gap=0, margins=(1, 1, 1, 1))
        side = headed(SectionHead(N_("Booked months")), (self.months, 1), (self.none, 1))
        right = QWidget()
        right.setLayout(column((side, 1), self.paper, gap=14))
        right.setFixedWidth(320)
        stats = row(*((stat, 1) for stat in self.stats), gap=14)
        margins, middle = (MARGIN, MARGIN, MARGIN, MARGIN), row((card, 1), right, gap=GAP)
        banners = (self.banner, *self.answers.values())
        self.setLayout(column(self.head, self.wrong, stats, *banners, (middle, 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Seen]:
        """The month that is due."""
        return _read

    def again(self) -> None:
        """Read it again; what was answered before may no longer be so."""
        self._answer("")
        super().again()

    def _got(self, seen: Seen) -> None:
        self.seen = seen
        self.grid.show_lines(rows.lines(seen.parts))
        if self.grid.key() is None and seen.parts:
            self.grid.mark(seen.parts[0].compound_id)
        self.months.show_lines(rows.months(seen.booked))
        self.check.setEnabled(bool(seen.booked))
        self.months.setVisible(bool(seen.booked))
        self.none.setVisible(not seen.booked)
        self._say()

    def _say(self) -> None:
        if self.seen is None:
            return
        seen, total, month = self.seen, self.seen.total, f"{self.seen.month:%Y-%m}"
        self.book.setEnabled(seen.due)
        sentence = N_("{month} is due") if seen.due else N_("Every month that has ended is booked: {month}")
        self.head.show_facts(said(sentence, month=month))
        figures = (total.amount, total.cost, total.accumulated, total.cost - total.accumulated)
        remarks: tuple[Message, ...] = (Own(month), said(N_("{n} cards"), n=f"{total.cards:,}"), Own(" "), Own(" "))
        for stat, fen, remark in zip(self.stats, figures, remarks, strict=True):
            stat.say(partial(_brief, fen), remark)
        self.banner.setVisible(total.unknown > 0)
        self.banner.say(NO_LIFE, n=f"{total.unknown:,}")

    # What can be done

    def _book(self) -> None:
        if self.seen is None or not self.seen.due:
            return
        due = [part for part in self.seen.parts if not part.booked]
        total = sum((part.total for part in due), Sums())
        values = {"n": len(due), "cards": f"{total.cards:,}", "sum": show.money(total.amount)}
        sure = words(SURE, **values) + (words(IDLE, unknown=f"{total.unknown:,}") if total.unknown else "")
        title = said(N_("Book depreciation of {month}"), month=f"{self.seen.month:%Y-%m}")
        if confirm(self, title, Own(sure), N_("Book month")):
            self.book_asked.emit(self.seen.month)

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.background.ask(asking("depreciation.verify"), self._checked, self._failed)

    def _checked(self, found: list[Differs]) -> None:
        self.check.setEnabled(True)
        wrong = [each for each in found if not each.classes]
        if not found:
            self._answer("ok", HOLDS)
        elif not wrong:
            self._answer("warn", CLASSED, n=len(found))
        else:
            first = wrong[0]
            sums = {"booked": first.booked.accumulated, "now": first.now.accumulated}
            told = {name: show.money(fen) for name, fen in sums.items()}
            month = f"{first.month:%Y-%m}"
            self._answer("bad", WRONG, n=len(wrong), month=month, compound=first.compound, **told)

    def _answer(self, kind: str, sentence: str = "", **values: object) -> None:
        for name, banner in self.answers.items():
            banner.setVisible(name == kind)
            if name == kind:
                banner.say(sentence, **values)

    def _failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self._refused(error)

    def _list(self) -> None:
        self.went.emit(ToList("depreciation_runs"))

    def _opened(self, key: object) -> None:
        if isinstance(key, date):
            self.went.emit(ToList("depreciation_runs", (("month", (key, key)),)))


def _brief(fen: int) -> str:
    return f"{briefly.sum_(fen)} {briefly.unit()}"


def _read(desk: Desk) -> Seen:
    now = today()
    last = first_of(ended(now))
    parts: list[Part] = desk.ask("depreciation.preview", month=last)
    due = next_month(parts, now)
    if due is not None and due != last:
        parts = desk.ask("depreciation.preview", month=due)
    runs = desk.first(View("depreciation_runs", sort="month", descending=True), 5000)
    return Seen(due or last, due is not None and bool(parts), parts, rows.Booked.of(runs))
