"""The filters of a list: a search field and chips that state what they let through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from resources.words import N_
from services.desk.schema import FieldSpec
from ui.kit.box import Box, Line
from ui.kit.button import IconButton, LinkButton
from ui.kit.chip import Chip
from ui.kit.text import Follower, words
from ui.kit.theme import CHIP
from ui.kit.tile import Icon

if TYPE_CHECKING:
    from ui.kit.background import Background

PAUSE = 120  # milliseconds after the last key
SEARCH, GAP = 180, 8
Filters = tuple[tuple[str, tuple[Any, ...]], ...]


class SearchBox(Box):
    """What is typed is asked for a moment after the last key; Escape empties it."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(right=4)
        self.setMinimumHeight(CHIP)
        self.setFixedHeight(CHIP)
        self.setFixedWidth(SEARCH)
        self.line = Line()
        self._row.addWidget(Icon("search", "text3", 14))
        self._row.addWidget(self.line, 1)
        self._empty = IconButton("x", N_("Clear the search"), tone="text3", size=22, symbol=13)
        self._empty.clicked.connect(self.empty)
        self._empty.hide()
        self._row.addWidget(self._empty)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._say)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._say)
        self.line.focused.connect(self.focus)
        self.follow()

    def look(self) -> None:
        super().look()
        self.line.setPlaceholderText(words(N_("Search this list")))
        self.line.setAccessibleName(words(N_("Search this list")))

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, value: Any, words: str = "") -> None:
        self.line.setText(value or "")

    def empty(self) -> None:
        """Search for nothing."""
        self.line.clear()
        self._say()

    def _typed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._pause.start()

    def _say(self) -> None:
        self._pause.stop()
        self.asked.emit(self.value())


class FilterBar(QWidget, Follower):
    """Search and chips in a row that wraps, behind what leads to kept filters. `changed` tells that the view is another
    one now."""

    changed = Signal()

    def __init__(
        self, background: Background, specs: Sequence[FieldSpec], listing: str = "", lead: QWidget | None = None
    ) -> None:
        super().__init__()
        self.search = SearchBox()
        self.chips = tuple(Chip(background, spec, listing) for spec in specs)
        self.clear_all = LinkButton(N_("Clear filters"))
        self.clear_all.clicked.connect(self.clear)
        self._flow = Flow(GAP)
        for part in filter(None, (lead, self.search, *self.chips, self.clear_all)):
            self._flow.addWidget(part)
        self.setLayout(self._flow)
        for chip in self.chips:
            chip.changed.connect(self._changed)
        self.search.asked.connect(self._searched)
        self._searching = ""
        self.follow()

    def look(self) -> None:
        """Show what can be cleared."""
        self.clear_all.setVisible(bool(self.filters()))

    def filters(self) -> Filters:
        """What the chips let through, as a view wants it."""
        return tuple((chip.spec.name, chip.values) for chip in self.chips if chip.values)

    def text(self) -> str:
        """What is searched for."""
        return self._searching

    def clear(self) -> None:
        """Let everything through again."""
        for chip in self.chips:
            chip.put(())
        self.search.set_value("")
        self._searching = ""
        self._changed()

    def put(self, filters: Filters, search: str = "", names: Mapping[Any, str] | None = None) -> None:
        """Search for this and let through only this; `names` are the words of the records it names."""
        for chip in self.chips:
            chip.names |= names or {}
        self.search.set_value(search)
        self._searching = search.strip()
        self.set_filters(filters)

    def set_filters(self, filters: Filters) -> None:
        """Let through only this; fields that have no chip are left out."""
        given = dict(filters)
        for chip in self.chips:
            chip.put(given.get(chip.spec.name, ()))
        self._changed()

    def _searched(self, text: str) -> None:
        if text != self._searching:
            self._searching = text
            self.changed.emit()

    def _changed(self) -> None:
        self.look()
        self.changed.emit()


class Flow(QLayout):
    """Widgets in rows of equal height, as many as fit."""

    _items: list[QLayoutItem] = []  # Qt may ask once more when the interpreter has let go of the layout's own

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._items = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), lambda item, rect: None)

    def sizeHint(self) -> QSize:
        return QSize(sum(item.sizeHint().width() + self._gap for item in self._shown()), CHIP)

    def minimumSize(self) -> QSize:
        return QSize(SEARCH, CHIP)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, lambda item, spot: item.setGeometry(spot))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, put: Callable[[QLayoutItem, QRect], None]) -> int:
        x, y = rect.left(), rect.top()
        for item in self._shown():
            size = item.sizeHint()
            if x > rect.left() and x + size.width() > rect.right() + 1:
                x, y = rect.left(), y + CHIP + self._gap
            put(item, QRect(QPoint(x, y + (CHIP - size.height()) // 2), size))
            x += size.width() + self._gap
        return y + CHIP - rect.top()
