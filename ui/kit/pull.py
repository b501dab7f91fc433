"""Something pulled out of a table with the mouse, to be let go elsewhere in the window."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.kit.grid import Grid


class Pull(QObject):
    """Watches a table: `let_go` tells the key of a row that was pulled out of it, and where on the screen."""

    let_go = Signal(object, QPoint)

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.grid, self._from, self.pulling = grid, QPoint(), False
        self._key: Hashable = None
        grid.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == Qt.MouseButton.LeftButton:
                line = self.grid.records.line(self.grid.indexAt(event.position().toPoint()))
                self._from, self._key = event.position().toPoint(), line.key if line else None
            case QEvent.Type.MouseMove if self._key is not None and event.buttons() & Qt.MouseButton.LeftButton:
                far = (event.position().toPoint() - self._from).manhattanLength()
                if not self.pulling and far >= QApplication.startDragDistance():
                    self.pulling = True
                    self.grid.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                return self.pulling
            case QEvent.Type.MouseButtonRelease:
                return self._released(event)
        return False

    def _released(self, event: QMouseEvent) -> bool:
        key, pulled = self._key, self.pulling
        self._key, self.pulling = None, False
        self.grid.viewport().unsetCursor()
        if pulled:
            self.let_go.emit(key, event.globalPosition().toPoint())
        return pulled
