"""What opens under a control: a surface, and a list of options to choose or to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from ui.kit import icons
from ui.kit.text import Follower
from ui.kit.theme import colour, font

ROW, TALLEST, RADIUS = 34, 8, 10
Index = QModelIndex | QPersistentModelIndex


class Option(NamedTuple):
    """One thing to choose: its value, its words, a remark at the right."""

    value: Any
    words: str
    note: str = ""


class Popup(QFrame):
    """A surface under a control. `quiet` leaves the keyboard where it is."""

    closed = Signal()

    def __init__(self, parent: QWidget, *, quiet: bool = False) -> None:
        kind = Qt.WindowType.ToolTip if quiet else Qt.WindowType.Popup
        super().__init__(parent, kind | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        if quiet:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(6, 6, 6, 6)
        self.box.setSpacing(4)

    def open_under(self, control: QWidget, width: int = 0) -> None:
        """Show it below the control, above it when there is no room below."""
        self.setFixedWidth(max(width, 0) or max(control.width(), 160))
        self.fit()
        place = control.mapToGlobal(QPoint(0, control.height() + 4))
        screen = control.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place = control.mapToGlobal(QPoint(0, -self.height() - 4))
        self.move(max(screen.left(), min(place.x(), screen.right() - self.width())), max(screen.top(), place.y()))
        self.show()

    def fit(self) -> None:
        """Take the height the content needs now."""
        self.box.invalidate()
        self.setFixedHeight(self.box.sizeHint().height())

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class Options(QAbstractListModel):
    """The options in force, and which of them are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.options: list[Option] = []
        self.ticked: set[Any] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{option.words} {option.note}".strip()
        return None

    def put(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.options = list(options)
        self.endResetModel()


class _Rows(QStyledItemDelegate):
    def __init__(self, view: PickList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item = self.view.offered.options[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = index.row() == self.view.currentIndex().row()
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("tint" if current else "hover"))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
        room = QRectF(rect).adjusted(10, 0, -10, 0)
        room = self._tick(painter, room, item.value in self.view.offered.ticked)
        self._words(painter, room, item)
        painter.restore()

    def _tick(self, painter: QPainter, room: QRectF, ticked: bool) -> QRectF:
        if self.view.many:
            spot = QRectF(room.left(), room.center().y() - 8, 16, 16)
            painter.setPen(QPen(colour("primary" if ticked else "control"), 1.25))
            painter.setBrush(colour("primary" if ticked else "surface"))
            painter.drawRoundedRect(spot, 4, 4)
            if ticked:
                icons.draw(painter, "check", colour("onprimary"), spot.left() + 2, spot.top() + 2, 12, 2.5)
            return room.adjusted(26, 0, 0, 0)
        if ticked:
            icons.draw(painter, "check", colour("primary"), room.right() - 14, room.center().y() - 7, 14, 2.25)
            return room.adjusted(0, 0, -22, 0)
        return room

    def _words(self, painter: QPainter, room: QRectF, item: Option) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(12))
        note = painter.fontMetrics().elidedText(item.note, Qt.TextElideMode.ElideMiddle, int(room.width() / 2))
        wide = painter.fontMetrics().horizontalAdvance(note)
        painter.setPen(colour("text3"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, note)
        painter.setFont(font(13))
        painter.setPen(colour("text"))
        left = int(room.width()) - (wide + 12 if wide else 0)
        words = painter.fontMetrics().elidedText(item.words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, words)


class PickList(QListView, Follower):
    """Options in rows of 34; Enter, Space or a click chooses, or ticks when `many`."""

    chosen = Signal(object)  # Option
    ticked = Signal()

    def __init__(self, name: str, *, many: bool = False) -> None:
        super().__init__()
        self.offered, self.many = Options(), many
        self.setModel(self.offered)
        self.setItemDelegate(_Rows(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.follow()

    def look(self) -> None:
        """Take the colours of the theme."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, colour("surface"))
        self.setPalette(palette)

    def offer(self, options: Sequence[Option], current: int = 0) -> None:
        """Show these options, as high as they need, eight rows at most."""
        self.offered.put(options)
        self.setFixedHeight(max(1, min(len(options), TALLEST)) * ROW)
        self.go(current)

    def go(self, row: int) -> None:
        """Move to a row."""
        if 0 <= row < len(self.offered.options):
            self.setCurrentIndex(self.offered.index(row))

    def step(self, by: int) -> None:
        """Move up or down."""
        self.go(min(max(self.currentIndex().row() + by, 0), len(self.offered.options) - 1))

    def choose(self, row: int) -> None:
        """Choose or tick a row."""
        if not 0 <= row < len(self.offered.options):
            return
        option = self.offered.options[row]
        if self.many:
            self.offered.ticked ^= {option.value}
            self.viewport().update()
            self.ticked.emit()
        else:
            self.chosen.emit(option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self.indexAt(event.position().toPoint()).row())
