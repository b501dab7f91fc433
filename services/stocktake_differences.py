"""The differences of a stocktake: what was said of each, what it still owes, by which document it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.stocktake import (
    DIFFERS,
    CountResult,
    DifferenceCause,
    Settlement,
    Stocktake,
    StocktakeLine,
    StocktakeSurplus,
    ValueBasis,
)
from resources.words import N_
from services.desk.intent import query
from services.stocktake_blind import told
from services.stocktake_differing import lost, lying, rows_of
from services.stocktake_documents import Settling, document, documents, is_settled, settling
from services.stocktake_facts import Line, Where
from services.stocktake_rules import Gap, of_line, of_surplus
from services.stocktake_shown import Row, lines, surpluses
from services.stocktake_tally import Place

R = CountResult


@dataclass(frozen=True)
class Difference:
    """A line that differs, or (`surplus`) a thing in no book. `result` is None for the latter. `pieces` are too many or
    (negative) too few, 0 of what lies elsewhere; `value` (fen) is what is lost, is too much, or lies elsewhere.
    `place` and `keeper` are what the books say, `found` and `found_keeper` what was seen. `gaps` is what it owes before
    the report; `settled` whether nothing is left to be done."""

    id: UUID
    surplus: bool
    number: str
    name: str
    model: str
    result: CountResult | None
    pieces: int
    value: int | None
    place: Where
    keeper: str
    found: Where
    found_keeper: str
    found_word: str
    cause: DifferenceCause | None
    explanation: str
    responsible: str
    compensation: int | None
    basis: ValueBasis | None
    value_paper: str
    keeper_opinion: str
    department_opinion: str
    office_opinion: str
    settlement: Settlement | None
    document: Settling | None
    settled: bool
    settled_on: date | None
    gaps: tuple[Gap, ...]


@query(N_("Differences of a stocktake"), on=Stocktake, name="stocktakes.differences")
def differences(session: Session, stocktake_id: UUID) -> list[Difference]:
    """The lines that differ as they are walked, then what is in no book. Missing: there is no such stocktake. Conflict:
    it is still counted blind."""
    return differences_of(session, told(session, stocktake_id))


def differences_of(session: Session, found: Stocktake) -> list[Difference]:
    """The same of a stocktake that is at hand."""
    rows, more = rows_of(session, found.id)
    known = documents(session, settling(rows, more))
    shown = {line.card.line_id: line for line in lines(session, found, StocktakeLine.result.in_(DIFFERS))}
    where, lies = surpluses(session, more), lying(session, rows)
    return [
        *(_of_line(found, row, shown[row.id], known, lies[row.id]) for row in rows),
        *(_of_surplus(found, row, where[row.id], known) for row in more),
    ]


def _of_line(
    found: Stocktake, row: StocktakeLine, shown: Line, known: Mapping[str, Settling], lies: Mapping[Place, int]
) -> Difference:
    pieces, by = lost(row), document(known, row)
    whole = row.result in (R.ELSEWHERE, R.MISSING)
    value = None if row.cost is None else row.cost if whole else row.cost * abs(pieces) // row.quantity
    card = shown.card
    return Difference(
        row.id, False, row.number, row.name, row.model or "", row.result, pieces, value,
        Where(card.building, card.floor, card.room), card.keeper, Where(shown.building, shown.floor, shown.room),
        shown.keeper, row.found_word or "", row.cause, row.explanation or "", row.responsible or "", row.compensation,
        None, "", row.keeper_opinion or "", row.department_opinion or "", row.office_opinion or "", row.settlement, by,
        is_settled(found, row, by), _on(row, by), tuple(of_line(row, lies)),
    )  # fmt: skip


def _of_surplus(found: Stocktake, row: StocktakeSurplus, shown: Row, known: Mapping[str, Settling]) -> Difference:
    by = document(known, row)
    where = Where(*(shown[name] or "" for name in ("building", "room_floor", "room")))
    return Difference(
        row.id, True, row.code or "", row.name, row.model or "", None, row.quantity, row.value, Where(), "", where,
        shown["keeper"] or "", row.found_word or "", row.cause, row.explanation or "", "", None, row.basis,
        row.value_paper or "", row.keeper_opinion or "", row.department_opinion or "", row.office_opinion or "",
        row.settlement, by, is_settled(found, row, by), _on(row, by), tuple(of_surplus(row)),
    )  # fmt: skip


def _on(row: StocktakeLine | StocktakeSurplus, by: Settling | None) -> date | None:
    return row.settled_on or (by.on if by and by.done else None)
