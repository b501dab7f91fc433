"""The strip that says how a paper can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.documents.blocks import ENGLISH, NOTE, NOTE_MUTED
from services.documents.fonts import Face
from services.documents.ink import WHITE, Ink, Style


@dataclass(frozen=True)
class Verification:
    """How the paper can be checked, beside its QR code."""

    code: str
    heading: str
    english: str
    lines: Sequence[str]
    height: float = 80.0

    def paint(self, ink: Ink, top: float) -> None:
        """A filled strip; the code on white."""
        form, size = ink.form, 64.0
        ink.area(form.left, top - self.height, form.measure, self.height)
        ink.area(form.left + 6, top - size - 10, size + 4, size + 4, WHITE)
        ink.code(self.code, form.left + 8, top - size - 8, size)
        x, heading = form.left + size + 22, Style(Face.SANS_BOLD, 8.5)
        ink.text(x, top - 16, self.heading, heading)
        ink.text(x + heading.width(self.heading) + 7, top - 16, self.english, ENGLISH)
        for n, line in enumerate(self.lines):
            ink.text(x, top - 30 - 12.5 * n, line, NOTE_MUTED if n else NOTE, fit=form.end - x - 8)
