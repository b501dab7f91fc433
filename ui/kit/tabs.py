"""Tabs above a pane: words with a line under the one in force."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui.kit.layout import row
from ui.kit.text import Follower, Message, words
from ui.kit.theme import colour, font

HEIGHT, LINE = 32, 2


class Tabs(QWidget):
    """One of a few pages; Left and Right move between them."""

    chosen = Signal(int)

    def __init__(self, *names: Message) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._box = row(gap=20)
        for at, name in enumerate(names):
            tab = _Tab(name)
            self._group.addButton(tab, at)
            self._box.addWidget(tab)
        self._box.addStretch(1)
        self.setLayout(self._box)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._chosen)

    def _chosen(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.chosen.emit(at)

    def current(self) -> int:
        """The tab in force."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Turn to a tab."""
        if at != self.current():
            self._group.button(at).click()

    def rename(self, at: int, name: Message) -> None:
        """Show another word on a tab."""
        tab = self._group.button(at)
        assert isinstance(tab, _Tab)
        tab.say(name)

    def offer(self, at: int, *, there: bool) -> None:
        """Show or leave out a tab; who stood on it stands on the first."""
        tab = self._group.button(at)
        if not there and tab.isChecked():
            self.choose(0)
        tab.setVisible(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        tab = self._group.button(self.current() + step) if step else None
        if tab is None or tab.isHidden():
            super().keyPressEvent(event)
            return
        tab.setFocus()
        tab.click()


class _Tab(QAbstractButton, Follower):
    def __init__(self, name: Message) -> None:
        super().__init__()
        self._name = name
        self.setCheckable(True)
        self.setFont(font(13, 500))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow()

    def say(self, name: Message) -> None:
        self._name = name
        self.look()

    def look(self) -> None:
        self.setText(words(self._name))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self.fontMetrics().horizontalAdvance(self.text())) + 2, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setFont(font(13, 500 if on else 400))
        painter.setPen(colour("primary" if on else "text3"))
        room = QRectF(0, 0, self.width(), self.height() - 8)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if on:
            painter.fillRect(QRectF(0, self.height() - LINE, self.width(), LINE), colour("primary"))
        if self.hasFocus():
            painter.setPen(colour("primary"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(-3, 0.5, self.width() + 5, self.height() - 6), 4, 4)
