"""A row of steps: what is done, what is going on, what follows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from resources.words import N_
from ui.kit import icons
from ui.kit.layout import row
from ui.kit.text import Follower, Message, words
from ui.kit.theme import colour, font

DISC, HEIGHT, LEAD = 24, 44, 34
DONE, NOW, NEXT = N_("done"), N_("current"), N_("to come")


class _Step(QAbstractButton, Follower):
    """One step; only steps that can be gone back to take the keyboard."""

    def __init__(self, n: int, of: int, name: Message, note: Message) -> None:
        super().__init__()
        self._n, self._of, self._name, self._note, self._current = n, of, name, note, 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow()

    def show_current(self, current: int, walk: bool) -> None:
        """Take the look of a step before, at or after the current one."""
        self._current = current
        self.setEnabled(not walk or self._n <= current)
        reach = walk and self._n <= current
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if reach else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if reach else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not reach)
        self.look()

    def look(self) -> None:
        """Say the step again, with where it stands."""
        state = DONE if self._n < self._current else NOW if self._n == self._current else NEXT
        self.setText(words(self._name))
        self.setAccessibleName(
            words(
                N_("Step {n} of {of}: {name}, {state}"),
                n=self._n + 1,
                of=self._of,
                name=self.text(),
                state=words(state),
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Disc and words; the widest weight, so that nothing moves when the step becomes the current one."""
        name = QFontMetricsF(font(13, 600)).horizontalAdvance(self.text())
        note = QFontMetricsF(font(12)).horizontalAdvance(words(self._note))
        return QSize(LEAD + round(max(name, note)) + 6, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the bar knows which step may be reached
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tick, a filled number or a bare number, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        done, on = self._n < self._current, self._n == self._current
        disc = QRectF(1, (HEIGHT - DISC) / 2, DISC, DISC)
        painter.setPen(Qt.PenStyle.NoPen if on or done else QPen(colour("control"), 1))
        painter.setBrush(colour("primary") if on else colour("ok", 1) if done else colour("surface"))
        painter.drawEllipse(disc if on or done else disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            icons.draw(painter, "check", colour("ok"), disc.x() + 5, disc.y() + 5, 14, 2.25)
        else:
            painter.setFont(font(12, 600 if on else 500))
            painter.setPen(colour("onprimary" if on else "text3"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._n + 1))
        self._paint_words(painter, done, on)
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_words(self, painter: QPainter, done: bool, on: bool) -> None:
        note, wide = words(self._note), float(self.width() - LEAD)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(13, 600 if on else 500 if done else 400))
        painter.setPen(colour("text" if on or done else "text3"))
        painter.drawText(QRectF(LEAD, 3 if note else 0, wide, 19 if note else HEIGHT), middle, self.text())
        painter.setFont(font(12))
        painter.setPen(colour("text3"))
        painter.drawText(QRectF(LEAD, 22, wide, 18), middle, note)


class StepBar(QWidget):
    """Steps (name, remark) from left to right. With `walk`, steps up to the current one can be gone back to."""

    chosen = Signal(int)

    def __init__(self, steps: Sequence[tuple[Message, Message]], current: int = 0, *, walk: bool = False) -> None:
        super().__init__()
        self._walk = walk
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._lines = [_Line() for _ in steps[1:]]
        self._steps: list[_Step] = []
        box = row(gap=12)
        for n, (name, note) in enumerate(steps):
            self._steps.append(_Step(n, len(steps), name, note))
            self._group.addButton(self._steps[-1], n)
            box.addWidget(self._steps[-1])
            if n < len(self._lines):
                box.addWidget(self._lines[n], 1)
        self.setLayout(box)
        self._group.idClicked.connect(self.chosen)
        self.show_current(current)

    def show_current(self, current: int) -> None:
        """Move on, or back; one past the last means that all is done."""
        self.current = current
        for step in self._steps:
            step.show_current(current, self._walk)
        for n, line in enumerate(self._lines):
            line.done = n < current
            line.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between the steps that can be gone back to."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = ways.get(Qt.Key(event.key()), 0)
        here = next((n for n, step in enumerate(self._steps) if step.hasFocus()), None)
        if not way or here is None:
            super().keyPressEvent(event)
        elif 0 <= here + way <= min(self.current, len(self._steps) - 1):
            self._steps[here + way].setFocus(Qt.FocusReason.TabFocusReason)


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.done = False
        self.setMinimumWidth(12)
        self.setFixedHeight(HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        painter.fillRect(QRectF(0, middle - 0.75, self.width(), 1.5), colour("primary" if self.done else "border"))
