"""What was wrong with the data when it was opened, said above the workbench until somebody has read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from models.incident import IncidentKind
from resources.words import N_
from services.incidents import in_words
from ui.kit.card import Banner
from ui.kit.layout import column
from ui.kit.theme import LOOK, MARGIN

if TYPE_CHECKING:
    from services.desk.opening import Finding

MILD = (IncidentKind.COPIED, IncidentKind.CLOCK)


class Findings(QFrame):
    """A banner for each finding; one that was read goes away."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.setProperty("box", "clear")
        self.banners = [_Said(finding) for finding in findings]
        self.setLayout(column(*self.banners, gap=8, margins=(MARGIN, 12, MARGIN, 0)))
        for banner in self.banners:
            banner.acted.connect(self._read)

    def _read(self) -> None:
        self.setVisible(any(not banner.isHidden() for banner in self.banners))


class _Said(Banner):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__("warn" if finding.kind in MILD else "bad", self._sentence, N_("I have read this"))
        self.setAccessibleName(self._sentence())
        self.acted.connect(self.hide)

    def _sentence(self) -> str:
        return in_words(self.finding, LOOK.lang)
