"""A small chart: a bar for each of a few counts, with its name, its figure and its share; read out as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_
from ui.kit.card import Card
from ui.kit.text import Follower, Heading, Message, Note, Own, words
from ui.kit.theme import colour, font

TALL, THICK, GAP = 22, 8, 10  # pixels of a line, of its bar, between its parts
Counts = Sequence[tuple[Message, int]]


class Bars(QWidget, Follower):
    """Holds the counts; the longest bar takes all the room there is."""

    def __init__(self, name: Message) -> None:
        super().__init__()
        self._name = name
        self.counts: Counts = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow()

    def put(self, counts: Counts) -> None:
        """Show other counts."""
        self.counts = counts
        self.look()
        self.updateGeometry()

    def look(self) -> None:
        """Say the counts again, and paint them in the colours in force."""
        told = "; ".join(f"{words(name)} {figure}" for name, figure in zip(
            (name for name, _ in self.counts), self._figures(), strict=True
        ))  # fmt: skip
        self.setAccessibleName(f"{words(self._name)}: {told or words(N_('nobody'))}")
        self.setToolTip("")
        self.update()

    def _figures(self) -> list[str]:
        whole = sum(count for _, count in self.counts)
        return [f"{count:,} · {_share(count, whole)}" for _, count in self.counts]

    def sizeHint(self) -> QSize:
        """One line each."""
        return QSize(200, TALL * len(self.counts))

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be."""
        return QSize(140, TALL * len(self.counts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, face = QPainter(self), font(12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(face)
        metrics, figures = QFontMetricsF(face), self._figures()
        names = [words(name) for name, _ in self.counts]
        first = min(max((metrics.horizontalAdvance(name) for name in names), default=0), self.width() * 0.42)
        last = max(map(metrics.horizontalAdvance, figures), default=0)
        most = max((count for _, count in self.counts), default=0)
        room = max(self.width() - first - last - 2 * GAP, 8)
        for at, (name, figure, (_, count)) in enumerate(zip(names, figures, self.counts, strict=True)):
            top = at * TALL
            painter.setPen(colour("text2"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, first + 0.5)
            painter.drawText(QRectF(0, top, first + 1, TALL), Qt.AlignmentFlag.AlignVCenter, shown)
            painter.setPen(colour("text"))
            spot = QRectF(self.width() - last - 1, top, last + 1, TALL)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figure)
            painter.setPen(Qt.PenStyle.NoPen)
            bar = QRectF(first + GAP, top + (TALL - THICK) / 2, room, THICK)
            painter.setBrush(colour("track"))
            painter.drawRoundedRect(bar, THICK / 2, THICK / 2)
            if count:
                bar.setWidth(max(THICK, room * count / most))
                painter.setBrush(colour("primary"))
                painter.drawRoundedRect(bar, THICK / 2, THICK / 2)


class BarsCard(Card):
    """Bars under their name, with a remark beside it."""

    def __init__(self, name: Message) -> None:
        super().__init__(pad=16, gap=8)
        self.title, self.remark, self.bars = Heading(name), Note(Own(" "), elide=True), Bars(name)
        for item in (self.title, self.remark, self.bars, None):
            self.add(item)

    def put(self, counts: Counts, remark: Message = Own(" ")) -> None:
        """Show other counts."""
        self.bars.put(counts)
        self.remark.say(remark)


def _share(count: int, whole: int) -> str:
    """Per cent, rounded half up; nothing where there is no whole."""
    return f"{(200 * count + whole) // (2 * whole)} %" if whole else "—"
