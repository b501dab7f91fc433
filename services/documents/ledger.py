"""What the papers that list a ledger have in common: the office above the title, and columns over the whole width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.documents.blocks import HEADING, LABEL_SMALL
from services.documents.fonts import Face
from services.documents.ink import LANDSCAPE, MUTED, Ink, Style
from services.documents.table import Column

BODY, COUNT = Style(Face.SANS, 7.5), Style(Face.SANS, 7.5, MUTED)


@dataclass(frozen=True)
class Office:
    """The name of the office above the title at the left, the unit of what is counted at the right."""

    name: str
    unit: str = ""
    height: float = 16.0

    def paint(self, ink: Ink, top: float) -> None:
        """Both on one line."""
        ink.text(ink.form.left, top - 9, self.name, HEADING, fit=ink.form.measure * 0.7)
        if self.unit:
            ink.text(ink.form.end, top - 9, self.unit, LABEL_SMALL, "right")


def columns(widths: Sequence[tuple[str, float]], *right: int) -> list[Column]:
    """Columns by title and relative width, the first counting the lines; those at `right` hold figures."""
    scale = LANDSCAPE.measure / sum(width for _, width in widths)
    made = [Column(name, width * scale, style=BODY) for name, width in widths]
    made[0] = replace(made[0], align="center", wraps=False, style=COUNT)
    for at in right:
        made[at] = replace(made[at], align="right", wraps=False)
    return made
