"""The areas of a title side by side: certificate, survey and books, each on a scale of its difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from resources.words import N_, tr
from services.title_areas import BOOK, SURVEY
from ui.kit import show
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.pill import Pill
from ui.kit.text import Follower, Message, Note, Own, Text, said, words
from ui.kit.theme import LOOK, colour, font

if TYPE_CHECKING:
    from services.title_areas import Difference
    from services.title_sheet import Sheet

REACH, TICKS = 4, 2  # the scale reaches as many tolerances to each side; a tick every two of them
WIDE, HIGH, DOT = 220, 34, 5


class Scale(QWidget, Follower):
    """One line of the scale. `share` is the difference in per mille of the certificate, None paints the ticks."""

    def __init__(self, tolerance: int, share: float | None, *, base: bool = False) -> None:
        super().__init__()
        self.tolerance, self.share, self._base = tolerance, share, base
        self.setFixedHeight(HIGH if share is not None else 20)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.follow()

    def look(self) -> None:
        """Colours or words changed."""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.height())

    def _x(self, share: float) -> float:
        """Where a difference stands; what is beyond the scale stands at its end."""
        end = REACH * self.tolerance
        half = self.width() / 2 - 14
        return self.width() / 2 + max(-1.0, min(1.0, share / end)) * half

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.share is None:
            self._ticks(painter)
        else:
            self._line(painter, self.share)

    def _ticks(self, painter: QPainter) -> None:
        painter.setFont(font(11))
        painter.setPen(colour("text3"))
        narrow = self.width() < WIDE
        for at in range(-REACH, REACH + 1, REACH if narrow else TICKS):
            percent = at * self.tolerance / 10
            text = f"{percent:+g}%" if at else tr(LOOK.lang, N_("certificate"))
            x = self._x(at * self.tolerance)
            painter.drawText(QRectF(x - 40, 0, 80, 18), Qt.AlignmentFlag.AlignCenter, text.replace("-", "−"))

    def _line(self, painter: QPainter, share: float) -> None:
        middle, left = self.height() / 2, self._x(-self.tolerance)
        painter.fillRect(QRectF(left, 0, self._x(self.tolerance) - left, self.height()), colour("ok", 1))
        ends = QPointF(self._x(-REACH * self.tolerance), middle), QPointF(self._x(REACH * self.tolerance), middle)
        painter.setPen(QPen(colour("track"), 1.5))
        painter.drawLine(*ends)
        painter.setPen(QPen(colour("text2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(self.width() / 2, 0), QPointF(self.width() / 2, self.height()))
        inside = abs(share) <= self.tolerance
        ink, x = colour("primary" if inside else "warnfill"), self._x(share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if not inside:
            painter.drawRoundedRect(
                QRectF(QPointF(x, middle - 4), QPointF(self.width() / 2, middle + 4)).normalized(), 2, 2
            )
        painter.drawEllipse(QPointF(x, middle), DOT, DOT)


class AreasCard(Card):
    """The check of the areas, with the cause of a difference that is too large."""

    def __init__(self) -> None:
        super().__init__(gap=12)
        self.note = Note()
        self.add(SectionHead(N_("Floor areas"), self.note, note="m²"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(1, 3)
        self.grid.setColumnStretch(3, 4)
        self.grid.setColumnMinimumWidth(3, 140)
        self.grid.setColumnMinimumWidth(4, 130)
        self.add(self.grid)
        self.warning = Banner("warn")
        self.warning.hide()
        self.add(self.warning)
        self.pills: dict[str, Pill] = {}

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the areas of a day."""
        while (old := self.grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        percent = sheet.tolerance / 10
        self.note.say(N_("measured against the certificate · green: tolerance ± {percent}%"), percent=f"{percent:g}")
        self._rows(sheet)
        wrong = [difference for difference in sheet.differences if difference.too_large]
        self.warning.setVisible(bool(wrong))
        if wrong:
            self.warning.say(lambda: "\n".join(words(_sentence(difference)) for difference in wrong))

    def _rows(self, sheet: Sheet) -> None:
        now, by = sheet.now, {difference.rule: difference for difference in sheet.differences}
        certified = now.area if sheet.differences or now.area else None
        self.pills.clear()
        if certified:
            self.grid.addWidget(Scale(sheet.tolerance, None), 0, 3)
        proof, survey = now.proofs.get("area"), now.proofs.get("surveyed_area")
        day = proof.on.isoformat() if proof else ""
        paper = Own(" · ".join(filter(None, (proof.paper if proof else "", day))))
        self._row(1, N_("Certified"), paper, certified, None, sheet, base=True)
        source = Own(f"{survey.paper} · {survey.on.isoformat()}") if survey else N_("No survey")
        self._row(2, N_("Survey"), source, now.surveyed_area, by.get(SURVEY), sheet)
        books: Message = N_("Register of buildings and rooms, as of today")
        self._row(
            3, N_("Books"), books if sheet.covers else N_("It covers nothing yet"), sheet.booked, by.get(BOOK), sheet
        )

    def _row(
        self, at: int, name: Message, source: Message, area: int | None, off: Difference | None, sheet: Sheet,
        *, base: bool = False,
    ) -> None:  # fmt: skip
        number = Text(Own(show.NOTHING if area is None else show.area(area)), px=14, weight=600)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.grid.addWidget(Text(name, weight=500), at, 0)
        self.grid.addWidget(Note(source, elide=True), at, 1)
        self.grid.addWidget(number, at, 2)
        certified = sheet.now.area or 0
        if base and certified:
            self.grid.addWidget(Scale(sheet.tolerance, 0.0, base=True), at, 3)
            self.grid.addWidget(Note(N_("base")), at, 4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        elif off is not None:
            self.grid.addWidget(Scale(sheet.tolerance, off.by * 1000 / certified), at, 3)
            self.grid.addWidget(
                self._pill(off, certified), at, 4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        self.grid.setRowMinimumHeight(at, HIGH)

    def _pill(self, off: Difference, certified: int) -> Pill:
        sign = "+" if off.by > 0 else "−" if off.by < 0 else "±"
        text = f"{sign}{show.area(abs(off.by))} ({sign}{abs(off.by) * 100 / certified:.2f}%)"
        kind, icon = ("warn", "triangle-alert") if off.too_large else ("ok", "check")
        self.pills[off.rule] = Pill(Own(text), kind, icon=icon)
        return self.pills[off.rule]


def _sentence(off: Difference) -> Message:
    by = show.area(abs(off.by))
    if off.rule == SURVEY:
        more = N_("The survey found {area} m² more than the certificate, beyond the tolerance.")
        less = N_("The survey found {area} m² less than the certificate, beyond the tolerance.")
    else:
        more = N_("The books say {area} m² more than the certificate, beyond the tolerance.")
        less = N_("The books say {area} m² less than the certificate, beyond the tolerance.")
    return said(more if off.by > 0 else less, area=by)
