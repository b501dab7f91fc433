"""A card of a board: what stands on it, and how it is painted."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ui.kit import icons, pill
from ui.kit.theme import colour, font

TALL, GAP, PAD, RADIUS, SYMBOL = 142, 10, 15, 8, 15  # pixels
END = Qt.TextElideMode.ElideLeft  # of a number the end tells the record
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Card(NamedTuple):
    """`key` is handed back when it is opened. `word` is its pill in the colours of `kind`; `icon`, `tone` and `when`
    say its time. All of it are words in the language in force; `spoken` is what a screen reader says of it."""

    key: Any
    number: str
    word: str
    kind: str
    title: str
    where: str
    when: str
    icon: str
    tone: str
    who: str
    spoken: str


def paint(painter: QPainter, area: QRectF, card: Card, *, chosen: bool, held: bool, over: bool) -> None:
    """A card in its area. `chosen`: it is the marked one; `held`: and the keyboard is there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = 1.0 if chosen else 0.5
    painter.setPen(QPen(colour("primary" if chosen and held else "control" if chosen else "border"), 2 * half))
    painter.setBrush(colour("hover" if over and not chosen else "surface"))
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), RADIUS, RADIUS)
    if card.tone == "bad":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("badfill"))
        painter.drawRoundedRect(QRectF(area.left() + 4, area.top() + 14, 3, area.height() - 28), 1.5, 1.5)
    x, y, wide = area.left() + PAD, area.top(), area.width() - 2 * PAD
    room = pill.width(card.word, dot=False) if card.word else 0
    _text(painter, QRectF(x, y + 13, wide - room - 8, 22), card.number, 12, 400, "text3", END)
    if card.word:
        pill.draw(painter, area.right() - PAD - room, y + 13, card.word, card.kind, dot=False)
    _text(painter, QRectF(x, y + 44, wide, 24), card.title, 15, 500, "text")
    icons.draw(painter, "map-pin", colour("text3"), x, y + 75, SYMBOL)
    _text(painter, QRectF(x + 21, y + 72, wide - 21, 21), card.where, 13, 400, "text2")
    painter.fillRect(QRectF(x, y + 102, wide, 1), colour("line"))
    _foot(painter, x, y + 111, wide, card)


def _foot(painter: QPainter, x: float, y: float, wide: float, card: Card) -> None:
    """Its time at the left, who has it at the right: the name gives way."""
    measure, both = QFontMetricsF(font(13)), wide - 2 * 21 - 8
    least = min(measure.horizontalAdvance(card.who), both * (0.2 if card.tone == "bad" else 0.36))
    icons.draw(painter, card.icon, colour(card.tone), x, y + 3, SYMBOL)
    strong = 400 if card.tone in ("text2", "text3") else 500
    took = _text(painter, QRectF(x + 21, y, both - least, 21), card.when, 13, strong, card.tone)
    name = measure.elidedText(card.who, Qt.TextElideMode.ElideRight, both - took)
    ink = measure.horizontalAdvance(name)
    icons.draw(painter, "user-round", colour("text3"), x + wide - ink - 21, y + 3, SYMBOL)
    _text(painter, QRectF(x + wide - ink - 1, y, ink + 2, 21), name, 13, 400, "text2")


def _text(
    painter: QPainter, area: QRectF, text: str, px: int, weight: int, tone: str,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:  # fmt: skip
    """A line, cut where it must be; its width."""
    face = font(px, weight)
    measure = QFontMetricsF(face)
    shown = measure.elidedText(text, cut, area.width())
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(area, LEFT, shown)
    return measure.horizontalAdvance(shown)
