"""The page of a record with a tab for each kind of thing that is known of it; its attachments and changes come last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from ui.kit.attached import Attached, attachable
from ui.kit.card import Card, HairLine
from ui.kit.history import History
from ui.kit.layout import Item, column
from ui.kit.page import ScrollPage
from ui.kit.record_page import RecordPage
from ui.kit.tabs import Tabs
from ui.kit.text import Message, said
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from ui.kit.background import Background

FILES, CHANGES = N_("Attachments"), N_("Changes")


class RecordPane(QWidget):
    """What stands on a tab; `show_sheet` is called whenever the record was read anew. It goes elsewhere by `went`."""

    went = Signal(object)
    sheet: Any = None

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.background = background

    def show_sheet(self, sheet: Any) -> None:
        """Show this record."""
        self.sheet = sheet


class Tab(NamedTuple):
    """A tab: its name, its title, the right it takes, and what makes its pane (called when it is first shown)."""

    name: str
    title: str
    needs: str
    make: Callable[[Background], RecordPane]


class TabbedPage(RecordPage):
    """`every` are its tabs in order, `listing` is the list its records stand in. It opens with the tab of a name."""

    every: ClassVar[tuple[Tab, ...]]
    listing: ClassVar[str]

    def __init__(self, background: Background, tab: str = "") -> None:
        super().__init__(background)
        desk, self._opens = background.desk, tab
        self.panes = dict[str, Any]()
        self.offered = tuple(tab for tab in self.every if desk.may(tab.needs))
        self.files = Attached(background, self.kind) if attachable(desk, self.kind) else None
        self.history: History = History(background, LISTINGS[self.listing].columns)
        names = [tab.title for tab in self.offered] + ([FILES] if self.files is not None else []) + [CHANGES]
        self.tabs, self.stack = Tabs(*names), QStackedWidget()
        for page in (*(QWidget() for _ in self.offered), *self._others()):
            self.stack.addWidget(page)
        self.tabs.chosen.connect(self._turn)
        if self.files is not None:
            self.files.counted.connect(self._count)

    def _others(self) -> Iterable[QWidget]:
        for part in (self.files, self.history):
            if part is not None:
                yield ScrollPage(Card(part), None, margin=0)

    def _arrange(self, *above: Item) -> None:
        """The tabs below the head, and below what stands above them."""
        tabs = column(self.tabs, HairLine(), gap=0)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, *above, tabs, (self.stack, 1), gap=14, margins=margins))

    def _got(self, sheet: Any) -> None:
        for pane in self.panes.values():
            pane.show_sheet(sheet)
        super()._got(sheet)

    def _first(self, sheet: Any) -> None:
        if self.files is not None:
            self.files.show_record(sheet.id)
        names = [tab.name for tab in self.offered]
        at = names.index(self._opens) if self._opens in names else 0
        self.tabs.choose(at)
        self._turn(at)
        self.tabs.setFocus()

    def _count(self, count: int) -> None:
        name: Message = said(N_("Attachments {n}"), n=count) if count else FILES
        self.tabs.rename(len(self.offered), name)

    def show_tab(self, name: str) -> None:
        """Turn to a tab by its name."""
        self.tabs.choose(next(at for at, tab in enumerate(self.offered) if tab.name == name))
        self.tabs.setFocus()

    def pane(self, name: str) -> Any:
        """The pane of a tab, made when it is first shown."""
        if name not in self.panes:
            at = next(at for at, tab in enumerate(self.offered) if tab.name == name)
            pane = self.panes[name] = self.offered[at].make(self.background)
            pane.went.connect(self.went)
            self._wire(pane)
            if (old := self.stack.widget(at)) is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
            self.stack.insertWidget(at, pane)
            if self.sheet is not None:
                pane.show_sheet(self.sheet)
        return self.panes[name]

    def _wire(self, pane: Any) -> None:
        """Listen to what else a pane that was just made asks for."""

    def _turn(self, at: int) -> None:
        if at < len(self.offered):
            self.pane(self.offered[at].name)
        self.stack.setCurrentIndex(at)
