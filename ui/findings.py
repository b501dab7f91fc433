"""What was wrong with the data when it was opened, and what was tried with one's account, said above the workbench
until somebody has read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from models.incident import IncidentKind
from resources.words import N_
from services import sign_ins
from services.incidents import in_words
from ui.kit.card import Banner
from ui.kit.layout import column
from ui.kit.theme import LOOK, MARGIN

if TYPE_CHECKING:
    from services.desk.opening import Finding
    from services.sign_ins import Before

MILD = (IncidentKind.COPIED, IncidentKind.CLOCK)


class Announced(QFrame):
    """Banners between the top bar and the pages; one that was read goes away."""

    def __init__(self, *banners: Banner) -> None:
        super().__init__()
        self.setProperty("box", "clear")
        self.banners = banners
        self.setLayout(column(*banners, gap=8, margins=(MARGIN, 12, MARGIN, 0)))
        for banner in banners:
            banner.acted.connect(self._read)

    def _read(self) -> None:
        self.setVisible(any(not banner.isHidden() for banner in self.banners))


class Findings(Announced):
    """A banner for each finding."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        mild = (finding.kind in MILD for finding in findings)
        super().__init__(
            *(_Said("warn" if m else "bad", partial(in_words, f)) for m, f in zip(mild, findings, strict=True))
        )


class Tried(Announced):
    """Wrong passwords that were tried for the account of who signed in or unlocked."""

    def __init__(self, before: Before) -> None:
        super().__init__(_Said("warn", partial(sign_ins.in_words, before)))


class _Said(Banner):
    """`sentence` says it in a language."""

    def __init__(self, kind: str, sentence: Callable[[str], str]) -> None:
        self._says = sentence
        super().__init__(kind, self._sentence, N_("I have read this"))
        self.setAccessibleName(self._sentence())
        self.acted.connect(self.hide)

    def _sentence(self) -> str:
        return self._says(LOOK.lang)
