"""How far something has come: bars, rows of bars, and the panel of a long piece of work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.layout import hide_unless, row
from ui.kit.text import Follower, Heading, Message, Note, Own, words
from ui.kit.theme import colour

SLIDE = 33  # milliseconds between two pictures of a bar whose end is not known
LAP = 45  # pictures of one lap


class Bar(QProgressBar, Follower):
    """A thin bar. A `maximum` of 0 means that the end is not known: a piece runs along it."""

    def __init__(
        self, message: Message, value: int = 0, maximum: int = 100, *, tone: str = "primary", height: int = 6
    ) -> None:
        super().__init__()
        self._message, self._tone, self._thick, self._lap = message, tone, height, 0
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self)
        self._clock.setInterval(SLIDE)
        self._clock.timeout.connect(self._slide)
        self.tell(value, maximum)
        self.follow()

    def tell(self, value: int, maximum: int) -> None:
        """Show how far it is."""
        self.setRange(0, maximum)
        self.setValue(min(value, maximum))
        self._run()

    def tone(self, name: str) -> None:
        """Fill it with another colour of the theme."""
        self._tone = name
        self.update()

    def look(self) -> None:
        """Name the bar again."""
        self.setAccessibleName(words(self._message))
        self.update()

    def sizeHint(self) -> QSize:
        """Thin, and as wide as there is room."""
        return QSize(80, self._thick)

    def minimumSizeHint(self) -> QSize:
        """Short bars still say something."""
        return QSize(24, self._thick)

    def showEvent(self, event: QShowEvent) -> None:
        """Run only while somebody can see it."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody can see it."""
        super().hideEvent(event)
        self._clock.stop()

    def _run(self) -> None:
        if self.maximum() == 0 and self.isVisible():
            self._clock.start()
        else:
            self._clock.stop()

    def _slide(self) -> None:
        self._lap = (self._lap + 1) % LAP
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track, and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wide, high = float(self.width()), float(self._thick)
        top, round_ = (self.height() - high) / 2, high / 2
        painter.setBrush(colour("track"))
        painter.drawRoundedRect(QRectF(0, top, wide, high), round_, round_)
        painter.setBrush(colour(self._tone))
        if self.maximum() == 0:
            left = (wide * 1.3) * self._lap / LAP - wide * 0.3
            part = QRectF(left, top, wide * 0.3, high).intersected(QRectF(0, top, wide, high))
        else:
            share = self.value() / self.maximum()
            part = QRectF(0, top, max(high, wide * share) if share else 0, high)
        if part.width() > 0:
            painter.drawRoundedRect(part, round_, round_)


class ProgressRow(QWidget):
    """One bar of several: its name, the bar, its figure."""

    def __init__(self, name: Message, value: int, maximum: int, figure: Message, *, tone: str = "primary") -> None:
        super().__init__()
        self.bar, self.figure = Bar(name, value, maximum, tone=tone), Note(figure, tone="text2")
        label = Note(name)
        label.setFixedWidth(96)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figure.setMinimumWidth(64)
        self.setLayout(row(label, (self.bar, 1), self.figure, gap=12))

    def tell(self, value: int, maximum: int, figure: Message) -> None:
        """Show how far it is."""
        self.bar.tell(value, maximum)
        self.figure.say(figure)


class ProgressPanel(Card):
    """A long piece of work: what it is, how far it is, and the way to stop it."""

    cancelled = Signal()

    def __init__(self, title: Message, note: Message = "") -> None:
        super().__init__(gap=10)
        self.title, self.note = Heading(title), Note(note, wrap=True)
        hide_unless(note, self.note)
        self.bar, self.figure = Bar(title, 0, 0, height=8), Note(Own(""), tone="text2")
        self.stop = Button(N_("Stop"), "x", small=True)
        self.stop.clicked.connect(self._stop)
        for item in (row(self.title, None, self.stop), self.bar, row(self.figure, None), self.note):
            self.add(item)

    def tell(self, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is not known yet."""
        self.bar.tell(done, total)
        if total:
            self.figure.say(N_("{done} of {total}"), done=f"{done:,}", total=f"{total:,}")
        elif done:
            self.figure.say(Own(f"{done:,}"))

    def begin(self) -> None:
        """Show it, with nothing done and the way to stop it open."""
        self.tell(0, 0)
        self.figure.say(Own(""))
        self.stop.setEnabled(True)
        self.stop.say(N_("Stop"), "x")
        self.show()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.say(N_("Stopping…"), "")
        self.cancelled.emit()
