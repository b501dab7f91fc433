"""Notices when a widget is painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """`done` once the widget was painted while the condition held."""

    def __init__(self, widget: QWidget, condition: Callable[[], object]) -> None:
        super().__init__(widget)
        self.condition, self.done = condition, False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.condition():
            self.done = True
        return False
