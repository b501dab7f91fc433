"""The foot of the skill matrix: of each kind how many hold it, and how many must."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from ui.kit.text import Follower, words
from ui.kit.theme import colour, font
from ui.pages.skill_cells import named
from ui.pages.skill_heads import PEOPLE
from ui.pages.skill_model import foot_tone, foot_words
from ui.pages.skill_table import SkillTable

FOOT, TITLE = 48, N_("valid / needed")


class SkillFoot(QWidget, Follower):
    """Stands under a table and scrolls with it."""

    def __init__(self, table: SkillTable) -> None:
        super().__init__()
        self.table = table
        self.setFixedHeight(FOOT)
        table.horizontalScrollBar().valueChanged.connect(self._moved)
        table.records.modelReset.connect(self.look)
        self.follow()

    def look(self) -> None:
        """Say it for who does not see it, and paint it."""
        columns = self.table.records.columns
        counts = (f"{words(named(one.kind))} {foot_words(one)}" for one in columns)
        self.setAccessibleName(f"{words(TITLE)}: {', '.join(counts)}")
        self.update()

    def _moved(self, _value: int) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, head = QPainter(self), self.table.horizontalHeader()
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, colour("border"))
        painter.setFont(font(13, 600))
        for at, column in enumerate(self.table.records.columns):
            left = PEOPLE + head.sectionViewportPosition(at)
            painter.setPen(colour(foot_tone(column)))
            spot = QRectF(left, 0, head.sectionSize(at), FOOT)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, foot_words(column))
        painter.fillRect(0, 1, PEOPLE, FOOT, colour("surface"))
        painter.setFont(font(12))
        painter.setPen(colour("text2"))
        painter.drawText(QRectF(16, 0, PEOPLE - 20, FOOT), Qt.AlignmentFlag.AlignVCenter, words(TITLE))
