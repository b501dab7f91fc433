"""What a difference owes before it is reported: a cause, an explanation, what becomes of it; a loss who answers for it,
a surplus what it is worth and by what.

Decree 738 art. 39: the cause of every difference is found before anything is adjusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.stocktake import CountResult, Settlement, StocktakeLine, StocktakeSurplus, ValueBasis
from resources.words import N_
from services.stocktake_differing import astray
from services.stocktake_tally import Place

R, T, B = CountResult, Settlement, ValueBasis
LOSS = (R.MISSING, R.SHORT)
# What can become of a difference; a surplus is settled as what is too much of a card.
MAY: Mapping[CountResult, tuple[Settlement, ...]] = {
    R.MISSING: (T.WRITE_OFF, T.SEARCH_ON), R.SHORT: (T.WRITE_OFF, T.SEARCH_ON),
    R.OVER: (T.ENTER_CARD, T.GIVE_BACK, T.LEAVE), R.ELSEWHERE: (T.CORRECT_CARD, T.PUT_BACK, T.LEAVE),
}  # fmt: skip
BY_DOCUMENT = frozenset({T.WRITE_OFF, T.CORRECT_CARD, T.ENTER_CARD})
NO_CAUSE = N_("{thing}: say what caused the difference")
NO_WORD = N_("{thing}: explain the difference")
NO_SETTLEMENT = N_("{thing}: say what is to become of it")
NOBODY = N_("{thing}: say who answers for the loss, or that nobody does")
NO_KEEPER = N_("{thing}: its card names no keeper and none was found; read it once more with the person who has it")
NO_ROOM = N_("{thing}: it was read in no room; read it once more in the room it is in")
MANY_ROOMS = N_("{thing}: its pieces lie in several rooms; put them back, or split the card")
NO_VALUE = N_("{thing}: say what it is worth, and by what")
NO_PAPER = N_("{thing}: name the paper or appraisal its value rests on")
WHY_MARKET = N_("{thing}: say in the explanation why there is no paper and no appraisal")
WHY_NOMINAL = N_("{thing}: say in the explanation why there is no paper, no appraisal and no market price")
NO_CLASS = N_("{thing}: a card needs a class")


@dataclass(frozen=True)
class Gap:
    """A sentence that says what is missing before the report, with what fills its places."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


def of_line(line: StocktakeLine, lies: Mapping[Place, int]) -> Iterator[Gap]:
    """What the difference of a line owes; `lies` is how many of its pieces were counted where."""
    thing = {"thing": f"{line.number} {line.name}"}
    yield from _said(line, thing)
    if line.result in LOSS and not line.responsible:
        yield Gap(NOBODY, thing)
    if line.settlement is not T.CORRECT_CARD:
        return
    if not (line.found_keeper_id or line.keeper_id):
        yield Gap(NO_KEEPER, thing)
    moved = line.found_keeper_id and line.found_keeper_id != line.keeper_id
    if not line.found_room_id and not moved:
        yield Gap(NO_ROOM, thing)
    if len(astray(line, lies)) > 1:
        yield Gap(MANY_ROOMS, thing)


def of_surplus(row: StocktakeSurplus) -> Iterator[Gap]:
    """What a surplus owes; one that is given back needs no value."""
    thing = {"thing": f"{row.position} {row.name}"}
    if row.basis in (B.MARKET, B.NOMINAL) and not row.explanation:
        yield Gap(WHY_MARKET if row.basis is B.MARKET else WHY_NOMINAL, thing)
    yield from _said(row, thing)
    if row.settlement is T.GIVE_BACK:
        return
    if row.value is None or row.basis is None:
        yield Gap(NO_VALUE, thing)
    if row.basis in (B.PAPERS, B.APPRAISAL) and not row.value_paper:
        yield Gap(NO_PAPER, thing)
    if row.settlement is T.ENTER_CARD and not row.class_code:
        yield Gap(NO_CLASS, thing)


def _said(row: StocktakeLine | StocktakeSurplus, thing: dict[str, Any]) -> Iterator[Gap]:
    if row.cause is None:
        yield Gap(NO_CAUSE, thing)
    if not row.explanation:
        yield Gap(NO_WORD, thing)
    if row.settlement is None:
        yield Gap(NO_SETTLEMENT, thing)
