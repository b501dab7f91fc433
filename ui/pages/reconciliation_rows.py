"""The rows of the board of differences: what differs, what both say, and whether somebody has said why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_, Word
from services.reconciliation_rules import Severity, Way, rules
from services.reconciliation_sheet import WAYS
from services.reconciliation_words import NO_CLASS, amount, state, value
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.screen import Tone
from ui.kit.text import Message, Own, said
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from services.reconciliation_facts import Difference

HEADS = (
    Head("reconciliation_note.rule", 200), Head("reconciliation_note.about"), Head("account_balance.compound", 160),
    Head(N_("Books say"), 124, right=True), Head(N_("The other says"), 124, right=True),
    Head(N_("Differs by"), 124, right=True), Head("reconciliation_note.explanation", 130),
)  # fmt: skip
TONES: dict[Severity, Tone] = {Severity.BAD: "bad", Severity.WARN: "warn", Severity.INFO: "info"}
WHOLE = N_("Whole office")


def lines(found: Sequence[Difference]) -> list[Line]:
    """A line for each difference, by what it is about: it stays marked when others come or go."""
    return [Line(key(one), partial(_cells, one)) for one in found]


def key(found: Difference) -> tuple[str, str]:
    """What a difference is about."""
    return found.rule.value, found.subject


def rule_of(found: Difference) -> Message:
    """What differs."""
    return f"reconciliation_note.rule={found.rule.value}"


def _cells(found: Difference) -> list[Cell]:
    order = [*type(found.rule)].index(found.rule)
    tone, name = TONES[found.severity] if found.open else "idle", found.name or found.number
    return [
        Cell(rule_of(found), order=order, tip=partial(_cited, found), tone="bad" if tone == "bad" else ""),
        Cell(Own(name) if name else NO_CLASS, order=name, note=Own(found.number if found.number != name else "")),
        Cell(Own(found.compound) if found.compound else WHOLE, order=found.compound),
        Cell(partial(_value, found, other=False), order=_order(found.book)),
        Cell(partial(_value, found, other=True), order=_order(found.other)),
        Cell(partial(_amount, found), order=abs(found.amount) if found.amount is not None else None),
        _explained(found),
    ]


def _value(found: Difference, *, other: bool) -> str:
    return value(LOOK.lang, found.other if other else found.book, found.unit)


def _amount(found: Difference) -> str:
    return amount(LOOK.lang, found)


def _order(said: object) -> str | None:
    """Numbers and texts of one column are sorted as texts, numbers by their size."""
    if said is None:
        return None
    return f"{said:020d}" if isinstance(said, int) else str(said)


def _explained(found: Difference) -> Cell:
    """A word of where it stands; the whole explanation on a second line."""
    if found.explained is None:
        return Cell(N_("Not explained"), order=0, tone=TONES[found.severity], pill=True)
    whole = partial(_state, found)
    if found.explained.stale:
        return Cell(N_("Open again"), order=1, tone="warn", pill=True, tip=whole)
    return Cell(N_("Explained"), order=2, tone="ok", pill=True, tip=whole)


def _state(found: Difference) -> str:
    return state(LOOK.lang, found)


def told(found: Difference) -> str:
    """What the marked difference rests on, and why it is as it is."""
    return " · ".join(filter(None, (_cited(found), _state(found) if found.explained else "")))


def _cited(found: Difference) -> str:
    return rules()[found.rule].cited(LOOK.lang)


def counted(found: Sequence[Difference], way: Way) -> Message:
    """The word of a way with how many of its differences are open."""
    n = sum(one.open for one in found if one.way is way)
    return said(N_("{way} ({n})"), way=Word(WAYS[way]), n=n)
