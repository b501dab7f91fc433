"""What was said of differences: who explained which, when, why, and whether that still holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_
from services.reconciliation_facts import Standing
from services.reconciliation_sheet import STANDINGS
from ui.kit import show
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.screen import Tone
from ui.kit.text import Message, Own, said

if TYPE_CHECKING:
    from services.reconciliation_facts import Note

NAME = N_("Explanations")
HEADS = (
    Head("reconciliation_note.rule", 200), Head("reconciliation_note.about", 210),
    Head("reconciliation_note.explanation"), Head(N_("Explained by"), 150),
    Head("reconciliation_note.until_on", 110), Head(N_("State"), 130),
)  # fmt: skip
TONES: dict[Standing, Tone] = {Standing.HOLDS: "ok", Standing.AGAIN: "warn", Standing.GONE: "idle"}


class NotesGrid(Grid):
    """The explanations there are; a line is opened by the number of its place."""

    def __init__(self) -> None:
        super().__init__(NAME, HEADS, tall=48)
        self.notes: Sequence[Note] = ()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show other explanations."""
        self.notes = notes
        self.show_lines([Line(at, partial(_cells, note)) for at, note in enumerate(notes)])

    def note(self, key: object) -> Note | None:
        """The explanation of a line."""
        return self.notes[key] if isinstance(key, int) and key < len(self.notes) else None


def counted(notes: Sequence[Note]) -> Message:
    """The word of the tab with how many there are."""
    return said(N_("Explanations ({n})"), n=len(notes))


def _cells(note: Note) -> list[Cell]:
    order = [*type(note.rule)].index(note.rule)
    when = note.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return [
        Cell(f"reconciliation_note.rule={note.rule.value}", order=order, note=Own(note.number)),
        Cell(Own(note.about), order=note.about, note=Own(note.compound)),
        Cell(Own(note.explanation), order=note.explanation, note=Own(note.basis), tip=Own(note.explanation)),
        Cell(Own(note.by), order=note.at.isoformat(), note=Own(when)),
        Cell(Own(note.until_on.isoformat() if note.until_on else show.NOTHING), order=str(note.until_on or "")),
        Cell(STANDINGS[note.standing], order=list(Standing).index(note.standing), tone=TONES[note.standing], pill=True),
    ]
