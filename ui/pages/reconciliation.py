"""Board: the three-way reconciliation: differences between the books and accounts, things, certificates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from resources.words import N_
from services.document_issuing import Subject
from services.reconciliation_facts import Board, Difference
from services.reconciliation_rules import Way
from services.reconciliation_sheet import WAYS as NAMES
from ui.kit import briefly, show
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.editors import ChoiceBox, today
from ui.kit.going import ToList, ToPaper
from ui.kit.grid import Grid
from ui.kit.layout import column, hide_unless, row
from ui.kit.messages import toast
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage
from ui.kit.stat import Stat
from ui.kit.tabs import Tabs
from ui.kit.text import Message, Note, Own, said, words
from ui.kit.theme import LOOK, MARGIN
from ui.kit.tick import Tick
from ui.pages import reconciliation_notes as notes
from ui.pages import reconciliation_rows as rows
from ui.pages.reconciliation_read import Seen, paper, read, written

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

TITLE = N_("Reconciliation")
FINANCE = "finance"  # the books whose totals stand above
WAYS = tuple(Way)
NOTES = len(WAYS)  # the tab beside them


class ReconciliationPage(ReadPage):
    """`opened` names the record that settles a difference, `asked` an intent about the marked one; `went` tells where
    somebody wants to go."""

    watched = frozenset({
        "account_balance", "asset", "asset_value_change", "building", "compound", "disposal", "organization",
        "reconciliation_note", "stocktake", "stocktake_line", "stocktake_surplus", "title", "title_coverage",
        "title_defect", "title_event",
    })  # fmt: skip
    opened = Signal(object)  # a Difference
    asked = Signal(str, object)  # intent, Difference
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.seen, self.shown = Seen(Board(today()), {}), list[Difference]()
        self._make()
        self._arrange()
        self._connect()
        self.begin()

    def _make(self) -> None:
        may = self.background.desk.may
        self.balances = Button("account_balances", "list")
        self.export, self.print = Button(N_("Export"), "download"), Button(N_("Print"), "printer")
        self.unexplain = Button(N_("Take back explanation"), "undo-2")
        self.explain = Button(N_("Explain…"), "pencil", kind="primary")
        hide_unless(may("account_balances.list"), self.balances)
        hide_unless(may("reconciliation.unexplain"), self.unexplain)
        hide_unless(may("reconciliation.explain"), self.explain)
        acts = (self.balances, self.export, self.print, self.unexplain, self.explain)
        self.head = PageHead(TITLE, *acts, facts=Own(" "))
        names = (N_("Open differences"), N_("Original value in the register"), N_("Original value in the accounts"),
                 N_("Difference of the totals"))  # fmt: skip
        self.stats = tuple(map(Stat, names))
        self.tabs = Tabs(*(NAMES[way] for way in WAYS), notes.NAME)
        self.only_open = Tick(N_("Only open ones"))
        self.chooser: ChoiceBox | None = None
        self.grid, self.notes = Grid(TITLE, rows.HEADS, tall=48), notes.NotesGrid()
        self.empty = EmptyState("circle-check", N_("Nothing differs"), self._nothing())

    def _nothing(self) -> Message:
        return N_("Differences stand here until the record that settles them says otherwise. Balances of the accounts"
                  " are taken in from the statements of finance.")  # fmt: skip

    def _arrange(self) -> None:
        self.told = Note(Own(" "), elide=True)
        self.stack = QStackedWidget()
        none = EmptyState("pencil", N_("Nothing was explained"), N_("What is said of a difference stands here."))
        for page in (_carded(self.grid), self.empty, _carded(self.notes), none):
            self.stack.addWidget(page)
        self._bar = row(self.tabs, None, self.only_open, gap=14)
        bar = QWidget()
        bar.setLayout(self._bar)
        stats = row(*((stat, 1) for stat in self.stats), gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, stats, bar, (self.stack, 1), self.told, gap=14, margins=margins))

    def _connect(self) -> None:
        for table in (self.grid, self.notes):
            table.opened.connect(self._open)
            table.marked.connect(self._marked)
        self.tabs.chosen.connect(self._turned)
        self.only_open.toggled.connect(self._turned)
        self.balances.clicked.connect(partial(self._go, ToList("account_balances")))
        self.export.clicked.connect(self._export)
        self.print.clicked.connect(self._print)
        self.explain.clicked.connect(partial(self._ask, "reconciliation.explain"))
        self.unexplain.clicked.connect(partial(self._ask, "reconciliation.unexplain"))
        LOOK.changed.connect(self._say)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # Reading

    @property
    def compound(self) -> UUID | None:
        """The compound whose differences are shown, None for all."""
        found = self.chooser.value() if self.chooser is not None else ""
        return UUID(found) if found else None

    def question(self) -> Callable[[Desk], Seen]:
        """The differences."""
        return partial(read, self.compound)

    def _got(self, seen: Seen) -> None:
        known, self.seen = self.seen.compounds, seen
        if self.chooser is None or known != seen.compounds:
            self._offer(self.compound)
        self._say()

    def _offer(self, chosen: UUID | None) -> None:
        """The chooser of compounds, made anew when there are others."""
        if self.chooser is not None:
            self._bar.removeWidget(self.chooser)
            self.chooser.deleteLater()
        every: list[tuple[str, Message]] = [("", N_("All compounds"))]
        self.chooser = ChoiceBox(
            [*every, *((id.hex, Own(name)) for id, name in self.seen.compounds.items())], must=True
        )
        self.chooser.setFixedWidth(220)
        self.chooser.combo.setAccessibleName(words("compound"))
        self.chooser.set_value(chosen.hex if chosen in self.seen.compounds and chosen else "")
        self.chooser.edited.connect(self.read)
        self._bar.addWidget(self.chooser)

    # What is said

    def _turned(self, _to: object = None) -> None:
        self._say()

    def _say(self) -> None:
        every = self.seen.board.differences
        for at, way in enumerate(WAYS):
            self.tabs.rename(at, rows.counted(every, way))
        said_, at = self.seen.board.notes, self.tabs.current()
        self.tabs.rename(NOTES, notes.counted(said_))
        self.only_open.setVisible(at != NOTES)
        self.shown = [
            one for one in every if WAYS.index(one.way) == at and (one.open or not self.only_open.isChecked())
        ]  # fmt: skip
        self.stack.setCurrentIndex((2 if said_ else 3) if at == NOTES else 0 if self.shown else 1)
        self.grid.show_lines(rows.lines(self.shown))
        self.notes.show_notes(said_)
        if self.table.key() is None and self.table.records.top:
            self.table.mark(self.table.records.top[0].key)
        self._marked(self.table.key())
        open_ = sum(one.open for one in every)
        facts = said(N_("{n} differences on {day}, {explained} of them explained"), n=len(every),
                     day=self.seen.board.on.isoformat(), explained=len(every) - open_)  # fmt: skip
        self.head.show_facts(facts)
        self._totals(open_, len(every))

    def _totals(self, open_: int, every: int) -> None:
        """The figures: how much is open, and what finance and the register come to."""
        first, book, other, by = self.stats
        first.say(Own(f"{open_:,}"), said(N_("of {n}"), n=every), "bad" if open_ else "text")
        sets = [total for total in self.seen.board.totals if total.ledger == FINANCE]
        if not sets:
            for stat in (book, other, by):
                stat.say(Own(show.NOTHING), N_("No balance of finance was entered"))
            return
        mine, theirs = sum(total.book_cost for total in sets), sum(total.cost or 0 for total in sets)
        days = " · ".join(sorted({total.on.isoformat() for total in sets}))
        book.say(partial(_sum, mine), Own(days))
        other.say(partial(_sum, theirs), Own(days))
        by.say(Own(show.money(theirs - mine)), N_("yuan"), "bad" if theirs != mine else "text")

    # What can be done

    @property
    def table(self) -> Grid:
        """What is in front: the differences of a way, or what was said of them."""
        return self.notes if self.tabs.current() == NOTES else self.grid

    def one(self, key: object) -> Difference | None:
        """The difference of a line, or the one an explanation is of while it is there."""
        if self.table is self.notes:
            note = self.notes.note(key)
            about = (note.rule, note.subject) if note else None
            return next((one for one in self.seen.board.differences if (one.rule, one.subject) == about), None)
        return next((one for one in self.shown if rows.key(one) == key), None)

    def _marked(self, key: object) -> None:
        one = self.one(key)
        self.told.say(partial(rows.told, one) if one else Own(" "))
        self.explain.setEnabled(one is not None)
        self.unexplain.setEnabled(one is not None and one.explained is not None and one.explained.id is not None)

    def _open(self, key: object) -> None:
        if (one := self.one(key)) is not None:
            self.opened.emit(one)

    def _ask(self, intent: str, _checked: bool = False) -> None:
        if (one := self.one(self.table.key())) is not None:
            self.asked.emit(intent, one)

    def _go(self, where: object, _checked: bool = False) -> None:
        self.went.emit(where)

    def _print(self) -> None:
        on = today()
        work = partial(paper, self.compound)
        about = Subject("reconciliation", self.compound, self.compound, on)
        self.went.emit(ToPaper(N_("Reconciliation report"), f"{on.isoformat()}-reconciliation.pdf", work, about))

    def _export(self) -> None:
        name = f"{words(TITLE)}-{today().isoformat()}.xlsx"
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Export")), name, "Excel (*.xlsx);;CSV (*.csv)")
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write the differences of all three ways; where explanations are in front, those."""
        only_open = None if self.table is self.notes else self.only_open.isChecked()
        work = partial(written, self.compound, place, LOOK.lang, only_open)
        self.background.ask(work, partial(self._exported, place), self._refused)

    def _exported(self, place: Path, count: int) -> None:
        toast(self, N_("{n} rows written to {file}"), n=count, file=place.name)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, OSError):
            toast(self, N_("It was not saved: {problem}"), kind="bad", problem=error.strerror or str(error))
        else:
            super()._refused(error)


def _carded(table: Grid) -> Card:
    card = Card(gap=0, margins=(1, 1, 1, 1))
    card.add((table, 1))
    return card


def _sum(fen: int) -> str:
    return f"{briefly.sum_(fen)} {briefly.unit()}"
