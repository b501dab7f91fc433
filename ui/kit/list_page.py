"""The page of a list: what is in it, its filters, its table and the record that is marked."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_, tr
from services.desk.errors import UserError
from services.desk.listing import LISTINGS, View
from services.desk.schema import FieldSpec
from ui.kit import acts, columns, show
from ui.kit.card import Banner, Card, HairLine
from ui.kit.detail import DetailPane
from ui.kit.figures import Figures
from ui.kit.filters import FilterBar
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.record_table import RecordTable
from ui.kit.saved_filters import SavedFilters
from ui.kit.screen import Act, Screen
from ui.kit.table_model import RecordModel
from ui.kit.text import Note, words
from ui.kit.theme import CHIP, GAP, HEAD, LOOK, MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

ROOM_FOR_PANE = 940  # pixels; a narrower page keeps the room for the table
SOON = 60  # milliseconds
HANDED = 500  # rows handed to an act beside their numbers
READS_ONLY = N_("There is none in the compounds your roles reach.")
UNEXPECTED = N_("This list could not be read.")


class ListPage(QWidget):
    """Draws a `Screen`. The window listens to its requests and opens what belongs to them."""

    act_requested = Signal(object, object, object)  # Act, numbers of the marked rows (array), their rows that are here
    open_requested = Signal(object)  # the row of a record
    edit_requested = Signal(object)  # the row of a record

    def __init__(self, screen: Screen, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.about, self.background = screen, background
        self.listing = LISTINGS[screen.listing]
        self.specs: Mapping[str, FieldSpec] = self.listing.columns
        self.acts = acts.allowed(screen.acts, background.desk)
        self.figures = Figures(background, self.listing)
        self.sort, self.descending = "", False
        self._make_parts()
        self._arrange()
        self._connect()
        self._keys()
        self.show_view()
        self.saved.begin()

    def _make_parts(self) -> None:
        screen = self.about
        said_by = tuple(columns.column(col, self.specs) for col in screen.columns)
        shapes = tuple(columns.shape(col, self.specs) for col in screen.columns)
        self.model = RecordModel(self.background, said_by, columns.language)
        self.model.setParent(self)
        sortable = frozenset(at for at, col in enumerate(screen.columns) if col.name in self.listing.sorts)
        self.table = RecordTable(self.model, shapes, sortable)
        self.saved = SavedFilters(self.background, screen, self.view, self.put_view)
        opens = self.background.desk.may(f"{screen.listing}.sheet")  # who may not is not told what is private
        specs = [spec for name in screen.filters if (spec := self.specs[name]) and (opens or not spec.private)]
        self.filters = FilterBar(self.background, specs, screen.listing, self.saved)
        self.filters.set_filters(screen.start)
        self.detail = DetailPane(screen, self.background, self.specs)
        add = next((act.label for act in self.acts if act.primary), "")
        sentence = screen.empty if add or not screen.add else READS_ONLY
        self.empty = EmptyState(screen.icon, N_("Nothing here yet"), sentence, add)
        self.unmatched = EmptyState(
            "search", N_("Nothing matches"), N_("Try fewer filters or another word."), N_("Clear filters")
        )
        self.banner = Banner("bad", UNEXPECTED, N_("Try again"))
        self.banner.hide()
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._say_range)
        self.range, self.order = Note(self._range), Note(self._order)
        self.order.setFixedHeight(CHIP)
        self.buttons = {act: acts.button(act, self.run) for act in self.acts if act.on != "one" and act.beside}
        more = acts.more(self.acts, self.table.marks, self.run)
        self.head = PageHead(screen.title, *more, *self.buttons.values(), facts=self.figures.sentence, long=True)

    def _arrange(self) -> None:
        keys = N_("↑↓ choose    Enter open    Ctrl+A all    / search")
        foot = QWidget()
        foot.setFixedHeight(HEAD)
        foot.setLayout(row(self.range, None, Note(keys), margins=(16, 0, 16, 0)))
        self.stack = QStackedWidget()
        for part in (self.table, self.empty, self.unmatched):
            self.stack.addWidget(part)
        card = Card(gap=0, margins=(1, 1, 1, 1))
        card.box.addWidget(self.stack, 1)
        card.add(HairLine())
        card.add(foot)
        chips = row((self.filters, 1), column(self.order, None, gap=0), gap=8)
        left = column(self.head, chips, self.banner, (card, 1), gap=14)
        self.setLayout(row((left, 1), self.detail, gap=GAP, margins=(MARGIN, MARGIN, MARGIN, MARGIN)))

    def _connect(self) -> None:
        self.figures.known.connect(self._restate)
        self.filters.changed.connect(self.show_view)
        self.table.sort_asked.connect(self.sort_by)
        self.table.marked.connect(self._marked)
        self.table.opened.connect(self._open)
        self.table.looked.connect(self._looked)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.model.replaced.connect(self._replaced)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)
        self.model.dataChanged.connect(self._arrived)
        self.detail.edit_asked.connect(self._edit)
        self.detail.acted.connect(self.run)
        self.empty.acted.connect(self._new)
        self.unmatched.acted.connect(self.filters.clear)
        self.banner.acted.connect(self.reload)
        self.background.changed.connect(self._touched)
        LOOK.changed.connect(self._look)
        self._look()

    def _keys(self) -> None:
        search = self.filters.search.line.setFocus
        shortcuts(self, {"/": search, "Ctrl+F": search, "Ctrl+N": self._new, "F5": self.reload})
        self.filters.search.line.returnPressed.connect(self.table.setFocus)

    # The view

    def view(self) -> View:
        """What is looked at now."""
        return View(self.about.listing, self.filters.text(), self.filters.filters(), self.sort, self.descending)

    def show_view(self) -> None:
        """Show what filters, search and order ask for."""
        self.model.show(self.view())
        self.figures.read(self.view())
        self.saved.moved()

    def put_view(self, view: View, names: Mapping[Any, str]) -> None:
        """Show another view of the list; `names` are the words of the records it lets through."""
        self._sort(view.sort, view.descending)
        self.filters.put(view.filters, view.search, names)

    def reload(self) -> None:
        """Read the same view again behind the rows that are shown."""
        self.banner.hide()
        self.model.reload()
        self.figures.read(self.view())

    def sort_by(self, column: int, descending: bool) -> None:
        """Order by a column."""
        self._sort(self.about.columns[column].name, descending)
        self.show_view()

    def _sort(self, name: str, descending: bool) -> None:
        self.sort, self.descending = name, descending
        at = next((at for at, col in enumerate(self.about.columns) if col.name == name), -1)
        self.table.header.show_sort(at, descending)
        self.order.look()

    def _touched(self, kinds: frozenset[str]) -> None:
        if self.about.follows(kinds):
            self.reload()
            self.detail.history.again()

    # What is said

    def _range(self) -> str:
        return self.figures.range(*self.table.seen(), len(self.model.numbers), self.table.marks())

    def _say_range(self) -> None:
        self.range.look()

    def _order(self) -> str:
        name = show.label(LOOK.lang, self.specs[self.sort]) if self.sort else ""
        return tr(LOOK.lang, N_("By {field}"), field=name) + (" ↓" if self.descending else " ↑")

    def _restate(self) -> None:
        self.head.facts.look()
        self.range.look()
        self.order.setVisible(bool(self.sort))

    def _look(self) -> None:
        self.table.setAccessibleName(words(self.about.title))
        self.model.restate()
        self._restate()

    def _narrowed(self) -> bool:
        return bool(self.filters.text() or self.filters.filters() != self.about.start)

    # What the table tells

    def _looked(self, _first: int, _last: int) -> None:
        self._soon.start()  # not in the frame that scrolls

    def _arrived(self) -> None:
        if self.detail.row is None and self.table.marks() == 1:
            self._show_marked()

    def _replaced(self, listed: object) -> None:
        self.banner.hide()
        if not self.model.numbers:
            self.stack.setCurrentWidget(self.unmatched if self._narrowed() else self.empty)
            self._marked()
            self._room()
            return
        self.stack.setCurrentWidget(self.table)
        self._room()
        if listed is None and not self.table.marks() and self.detail.row is None and not self._narrowed():
            self.table.mark([0])
        self._marked()

    def _settled(self) -> None:
        self.table.wait(False)
        self._restate()

    def _failed(self, error: Exception) -> None:
        self.table.wait(False)
        if isinstance(error, UserError):
            self.banner.say(error.message, **error.values)
        else:
            self.banner.say(UNEXPECTED)
            self.background.failed.emit(error)
        self.banner.show()

    def _marked(self, *_: object) -> None:
        marked = self.table.marks()
        for act, button in self.buttons.items():
            button.setEnabled(act.on == "none" or marked > 0)
        self._soon.start()
        if marked == 1:
            self._show_marked()
        elif marked or not self.table.sorting_out():
            self.detail.show_count(marked)

    def _show_marked(self) -> None:
        line = self.table.line()
        if line is not None:
            self._show_detail([line.row])
        else:  # out of view: its page may never come
            work = partial(_row, self.about.listing, self.table.numbers())
            self.background.ask(work, self._show_detail, self._failed, f"row{id(self)}")

    def _show_detail(self, rows: list[Mapping[str, Any]]) -> None:
        if rows and list(self.table.numbers()[:2]) == [rows[0]["n"]]:
            self.detail.show_row(rows[0], columns.icon(self.about, rows[0]))

    # What can be done

    def run(self, act: Act) -> None:
        """Ask the window to do an act on what is marked."""
        numbers = self.table.numbers() if act.on != "none" else array("q")
        rows = self.table.rows(HANDED) if act.on != "none" else []
        self.act_requested.emit(act, numbers, rows)

    def _open(self, at: int) -> None:
        if (line := self.model.line(at)) is not None:
            self.open_requested.emit(line.row)

    def _edit(self) -> None:
        self.edit_requested.emit(self.detail.row)

    def _new(self) -> None:
        for act in (act for act in self.buttons if act.primary and act.on == "none"):
            self.run(act)

    def _menu(self, place: QPoint) -> None:
        acts.popup(self, self.table.viewport().mapToGlobal(place), self.acts, self.table.marks(), self.run)

    def _room(self) -> None:
        beside = bool(self.about.facts) and self.width() >= ROOM_FOR_PANE
        self.detail.setVisible(beside and self.stack.currentWidget() is self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()


def _row(listing: str, numbers: array[int], desk: Desk) -> list[Mapping[str, Any]]:
    return [*desk.page(listing, numbers)]
