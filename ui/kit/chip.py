"""One filter: a chip that states its values and opens what its kind of field is filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from resources.words import N_, tr
from services.desk.schema import FieldSpec
from ui.kit import icons, show
from ui.kit.chip_popup import popup
from ui.kit.text import Follower, words
from ui.kit.theme import CHIP, LOOK, colour, font

if TYPE_CHECKING:
    from ui.kit.background import Background

SYMBOL, STATED = 14, 2  # pixels, values a chip names
EMPTY = N_("Not filled in")


class Chip(QAbstractButton, Follower):
    """`values` is what a view wants: alternatives, or (from, to) of a quantity; empty lets everything through. With a
    `listing`, a field of words offers what stands in its column."""

    changed = Signal()

    def __init__(self, background: Background, spec: FieldSpec, listing: str = "") -> None:
        super().__init__()
        self.background, self.spec, self.listing = background, spec, listing
        self.values: tuple[Any, ...] = ()
        self.names: dict[Any, str] = {}
        self._over = False
        self.setFont(font(12, 500))
        self.setFixedHeight(CHIP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open)
        self.follow()

    def look(self) -> None:
        """Say again what is let through."""
        name = show.label(LOOK.lang, self.spec)
        said = tr(LOOK.lang, N_("{field}: {values}"), field=name, values=self._stated()) if self.values else name
        self.setText(said)
        hint = tr(LOOK.lang, N_("{chip}; Backspace clears it"), chip=said) if self.values else ""
        self.setAccessibleName(hint or tr(LOOK.lang, N_("Filter by {field}"), field=name))
        self.updateGeometry()
        self.update()

    def put(self, values: tuple[Any, ...]) -> None:
        """Let these through, without telling anybody."""
        self.values = values
        self.look()

    def choose(self, values: tuple[Any, ...]) -> None:
        """Let these through."""
        if values != self.values:
            self.put(values)
            self.changed.emit()

    def open(self) -> None:
        """Show what can be chosen."""
        opened = popup(self)
        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened.open_under(self, opened.wanted)
        opened.begin()

    def name(self, value: Any) -> str:
        """A value in words."""
        if value is None:
            return words(self.spec.empty or EMPTY)
        return self.names.get(value) or show.text(LOOK.lang, self.spec, value)

    def _stated(self) -> str:
        if self.spec.kind in show.RANGES:
            low, high = (None if v is None else show.bound(LOOK.lang, self.spec, v) for v in self.values)
            if low and high:
                return low if low == high else f"{low} – {high}"
            return f"≥ {low}" if low else f"≤ {high}"
        said = tr(LOOK.lang, N_(", ")).join(self.name(value) for value in self.values[:STATED])
        more = N_("{values} and others, {count} in all")
        return said if len(self.values) <= STATED else tr(LOOK.lang, more, values=said, count=len(self.values))

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        return QSize(round(self.fontMetrics().horizontalAdvance(self.text())) + 11 + 6 + SYMBOL + 10, CHIP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose(())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.values and event.position().x() > self.width() - SYMBOL - 16:
            self.setDown(False)
            self.choose(())
            return
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: Any) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = bool(self.values)
        focus = self.hasFocus()
        painter.setPen(QPen(colour("primary" if on or focus else "border"), 2 if focus else 1))
        painter.setBrush(colour("tint" if on else "hover" if self._over else "surface"))
        half = 1.0 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        painter.setFont(font(12, 500 if on else 400))
        painter.setPen(colour("primary" if on else "text2"))
        room = QRectF(self.rect()).adjusted(11, 0, -SYMBOL - 10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        spot = self.width() - SYMBOL - 9, (CHIP - SYMBOL) / 2
        icons.draw(painter, "x" if on else "chevron-down", colour("primary" if on else "text3"), *spot, SYMBOL)
