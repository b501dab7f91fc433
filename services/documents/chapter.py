"""A further table of a paper, under its name in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.documents.blocks import HEADING, LABEL_SMALL
from services.documents.ink import Ink
from services.documents.sheet import Block, Flow
from services.documents.table import Row, Table, lay


@dataclass(frozen=True)
class Heading:
    """The name of a table, then the name in the other language, small."""

    role = "H2"
    text: str
    other: str
    height: float = 30.0

    def paint(self, ink: Ink, top: float) -> None:
        """On one line."""
        ink.text(ink.form.left, top - 20, self.text, HEADING)
        ink.text(ink.form.left + HEADING.width(self.text) + 8, top - 20, self.other, LABEL_SMALL)


def below(flow: Flow, heading: Heading, table: Table, rows: Sequence[Row], tail: Sequence[Block] = ()) -> None:
    """A table under its name, which does not stay behind alone; the last rows keep together with the tail."""
    if heading.height + 20 + sum(row.height for row in rows[:2]) > flow.room:
        flow.turn()
    flow.place(heading)
    lay(flow, table, rows, tail)
