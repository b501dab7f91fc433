"""Keys that work wherever the keyboard is inside a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def shortcuts(page: QWidget, slots: Mapping[str, Callable[[], object]]) -> None:
    """Does what belongs to a key (`Ctrl+N`) when it is pressed in a page or in anything inside it."""
    for keys, slot in slots.items():
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
