"""The board of differences as a file: one row for each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from resources.words import N_, tr
from services.desk.desk import Desk
from services.reconciliation_facts import Board, Difference, Standing, Unit, Value
from services.reconciliation_rules import Way, rules
from services.reconciliation_words import UNITS, about, state, value
from services.sheets import Cell, sheet

HEADS = (
    N_("Way"), "reconciliation_note.rule", "compound", N_("Number"), N_("About"), N_("Books say"), N_("The other says"),
    N_("Difference"), N_("Unit"), N_("Explanation"), N_("Source"),
)  # fmt: skip
NOTE_HEADS = (
    N_("Number"), "reconciliation_note.rule", N_("About"), "compound", N_("Explanation"), "reconciliation_note.basis",
    N_("Explained by"), N_("Explained at"), "reconciliation_note.until_on", N_("State"),
)  # fmt: skip
STANDINGS = {
    Standing.HOLDS: N_("Still valid"),
    Standing.AGAIN: N_("Open again"),
    Standing.GONE: N_("Difference gone"),
}
WAYS = {
    Way.BOOK: N_("Books and accounts"),
    Way.THING: N_("Books and things"),
    Way.TITLE: N_("Books and certificates"),
}


def write(desk: Desk, on: date, compound_id: UUID | None, out: Path, lang: str, *, only_open: bool = False) -> int:
    """Writes it as xlsx or csv, whole or not at all; returns how many differences it has. Sums in yuan, areas in m²."""
    board: Board = desk.ask("reconciliation.board", on=on, compound_id=compound_id)
    rows = [found for found in board.differences if found.open or not only_open]
    with sheet(out, on.isoformat(), [tr(lang, head) for head in HEADS]) as put:
        for found in rows:
            put(_row(lang, found))
    return len(rows)


def write_notes(desk: Desk, on: date, compound_id: UUID | None, out: Path, lang: str) -> int:
    """Writes what was ever said of differences: who, when, why, and how it stands; returns how many rows it has."""
    board: Board = desk.ask("reconciliation.board", on=on, compound_id=compound_id)
    with sheet(out, on.isoformat(), [tr(lang, head) for head in NOTE_HEADS]) as put:
        for note in board.notes:
            put([
                note.number, tr(lang, f"reconciliation_note.rule={note.rule.value}"), note.about, note.compound,
                note.explanation, note.basis, note.by, note.at.astimezone().strftime("%Y-%m-%d %H:%M"), note.until_on,
                tr(lang, STANDINGS[note.standing]),
            ])  # fmt: skip
    return len(board.notes)


def _row(lang: str, found: Difference) -> list[Cell]:
    return [
        tr(lang, WAYS[found.way]), tr(lang, f"reconciliation_note.rule={found.rule.value}"), found.compound,
        found.number, found.name if found.number else about(lang, found), _cell(lang, found.book, found.unit),
        _cell(lang, found.other, found.unit), _cell(lang, found.amount, found.unit), tr(lang, UNITS[found.unit]),
        state(lang, found), rules()[found.rule].cited(lang),
    ]  # fmt: skip


def _cell(lang: str, said: Value, unit: Unit) -> Cell:
    if isinstance(said, int):
        return said if unit is Unit.PIECES else Decimal(said).scaleb(-2)
    return said if isinstance(said, date) else (value(lang, said, unit) if said else None)
