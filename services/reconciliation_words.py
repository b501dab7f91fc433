"""What a difference says, in words: the same on the board, in a file and on paper."""

from __future__ import annotations

from datetime import date

from resources.words import N_, Word, tr
from services.reconciliation_facts import Difference, Unit, Value

NOTHING, NO_CLASS = "—", N_("Without a class")
UNITS = {Unit.PIECES: N_("pieces"), Unit.FEN: N_("yuan"), Unit.AREA: N_("m²"), Unit.NONE: ""}


def value(lang: str, said: Value, unit: Unit) -> str:
    """What one side says: sums in yuan, areas in m², `—` for nothing."""
    if said is None or said == "":
        return NOTHING
    if isinstance(said, int):
        return figure(said, unit)
    if isinstance(said, date):
        return said.isoformat()
    return tr(lang, said) if isinstance(said, Word) else said


def figure(number: int, unit: Unit) -> str:
    """A number with its decimals, without its unit."""
    return f"{number:,}" if unit is Unit.PIECES else f"{number / 100:,.2f}"


def amount(lang: str, found: Difference) -> str:
    """By how much the other side is more or less, with the unit; what a difference of no numbers is about as it is."""
    if found.amount is None:
        return NOTHING
    sign = "+" if found.amount > 0 and isinstance(found.book, int) and isinstance(found.other, int) else ""
    return f"{sign}{figure(found.amount, found.unit)} {tr(lang, UNITS[found.unit])}".rstrip()


def about(lang: str, found: Difference) -> str:
    """What it is about: its number and its name; cards without a class have neither."""
    return " ".join(filter(None, (found.number, found.name))) or tr(lang, NO_CLASS)


def state(lang: str, found: Difference) -> str:
    """Why it is as it is, on what paper and until when; that nobody has said."""
    said = found.explained
    if said is None:
        return tr(lang, N_("open"))
    until = tr(lang, N_("until {day}"), day=said.until_on.isoformat()) if said.until_on else ""
    words = " · ".join(filter(None, (said.explanation, said.basis, until)))
    return tr(lang, N_("open again: {words}"), words=words) if said.stale else words
