"""What a cell of the skill matrix says and how it is painted: a symbol, and a year or a day, which never look alike."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from resources.words import N_
from services.certificate_state import HOLDS, State
from services.skill_matrix import AGE, ASKED_BY_POST, COURSE, SCHOOLING, Cell, Person
from ui.kit import icons
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import colour, font

TALL, LEAST, SYMBOL, ROUND = 26, 58, 13, 6  # pixels
MET = N_("met")
FOR_EVER, MISSING, REVOKED = N_("For ever"), N_("lacking"), N_("withdrawn")
UNSAID = N_("not said")
OTHERS = {COURSE: N_("Courses"), SCHOOLING: "staff.education", AGE: N_("Age")}  # beside the certificates
VALID, NEAR, GONE, LACKS = N_("valid"), N_("ends within {n} days"), N_("expired"), N_("asked for by the post, missing")
SAYS = {  # a cell in words, for who does not see it
    State.VALID: N_("valid until {date}"), State.DUE: N_("valid until {date}"),
    State.RECHECK: N_("the re-check was due on {date}"), State.EXPIRED: N_("expired on {date}"),
    State.REVOKED: N_("withdrawn; it held until {date}"), State.AHEAD: N_("not valid yet"),
}  # fmt: skip
ALWAYS, AGAIN = N_("valid for ever"), N_("to be re-checked by {date}")


class Shape(NamedTuple):
    """A cell as it is painted: its tone, whether it has an edge, its symbol (`minus` is a stroke), its words."""

    tone: str
    edge: bool
    icon: str
    text: Message


def shape(cell: Cell) -> Shape:
    """How a cell looks. What does not hold and is not asked for is there, and alarms nobody."""
    day = cell.until
    if cell.unsaid:
        return Shape("idle", False, "minus", UNSAID)
    if cell.state is None and cell.why:
        return Shape("bad", True, "x", MISSING)
    if cell.state is None:
        return Shape("idle", True, "minus", MISSING)
    if cell.state in HOLDS:
        if cell.asked and day is None and not cell.certificate_id:
            return Shape("ok", False, "check", MET)
        if cell.near and day:
            return Shape("warn", True, "clock", Own(f"{day:%m-%d}"))
        return Shape("ok", False, "check", Own(str(day.year)) if day else FOR_EVER)
    if cell.state is State.AHEAD:
        return Shape("idle", False, "clock", N_("not yet"))
    text: Message = REVOKED if cell.state is State.REVOKED else Own(f"{day:%m-%d}" if day else "")
    return Shape("bad" if cell.asked else "idle", cell.asked, "x", text)


def in_words(person: Person, kind: str, cell: Cell | None) -> str:
    """A cell as a sentence: who, what, how it stands."""
    why = [words(reason.message, **reason.values) for reason in cell.why] if cell else []
    return " · ".join((person.name, words(named(kind)), *(why or (words(_stands(cell)),))))


def named(kind: str) -> Message:
    """What a column is about: a kind of certificate, or what else posts ask for."""
    return OTHERS.get(kind) or f"certificate_kind.code={kind}"


def category(name: str) -> Message:
    """What stands over columns."""
    return N_("The post asks for") if name == ASKED_BY_POST else f"certificate_kind.category={name}"


def _stands(cell: Cell | None) -> Message:
    if cell is None:
        return N_("not asked for")
    if cell.unsaid:
        return UNSAID
    if cell.state is None:
        return LACKS
    if cell.state in HOLDS and cell.until is None:
        return ALWAYS if cell.certificate_id else MET
    sentence = AGAIN if cell.state in HOLDS and cell.rechecked else SAYS[cell.state]
    return said(sentence, date=cell.until.isoformat() if cell.until else "")


def wide(text: str) -> int:
    """Pixels a cell with this text takes."""
    return max(LEAST, round(QFontMetricsF(font(12, 500)).horizontalAdvance(text)) + SYMBOL + 18)


def draw(painter: QPainter, area: QRectF, looks: Shape, *, ring: bool) -> None:
    """Paint a cell in the middle of an area; the one the cursor is on has a ring."""
    text = words(looks.text)
    box = QRectF(0, 0, min(wide(text), area.width() - 6), TALL)
    box.moveCenter(area.center())
    edges = {"warn": "warnline", "bad": "badline", "idle": "border"}
    painter.setPen(QPen(colour(edges[looks.tone])) if looks.edge and looks.tone in edges else Qt.PenStyle.NoPen)
    painter.setBrush(colour(looks.tone, 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
    ink = colour(looks.tone)
    painter.setFont(font(12, 500))
    inner = box.width() - SYMBOL - 5
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(inner - 6))
    left = box.left() + (box.width() - SYMBOL - 5 - painter.fontMetrics().horizontalAdvance(shown)) / 2
    middle = box.center().y()
    if looks.icon == "minus":
        painter.setPen(QPen(ink, 1.6))
        painter.drawLine(QPointF(left + 2, middle), QPointF(left + SYMBOL - 2, middle))
    else:
        icons.draw(painter, looks.icon, ink, left, middle - SYMBOL / 2, SYMBOL, 2)
    painter.setPen(ink)
    spot = QRectF(left + SYMBOL + 5, box.top(), inner, TALL)
    painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    if ring:
        ring_around(painter, box)


def ring_around(painter: QPainter, box: QRectF) -> None:
    """The cursor of the keyboard."""
    painter.setPen(QPen(colour("primary"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), ROUND + 2, ROUND + 2)
