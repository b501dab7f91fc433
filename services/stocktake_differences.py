"""The differences of a stocktake: what was said of each, what it still owes, by which document it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.acquisition import AssetNeed, NeedState
from models.asset_value import AssetValueChange
from models.disposal import Disposal, DisposalState
from models.handover import Handover, HandoverState
from models.stocktake import (
    DIFFERS,
    CountResult,
    DifferenceCause,
    Settlement,
    Stocktake,
    StocktakeLine,
    StocktakeState,
    StocktakeSurplus,
    ValueBasis,
)
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD
from services.stocktake_facts import Line, Where, lines, places
from services.stocktake_rules import BY_DOCUMENT, UNKNOWN, Gap, lying, of_line, of_surplus, unknown

R = CountResult
AT_ONCE = 500
DECIDED = (StocktakeState.APPROVED, StocktakeState.CLOSED)


@dataclass(frozen=True)
class Settling:
    """The document that settles a difference: its kind and state (as in the word catalogues), whether it has done so,
    and on which day, or whether it came to nothing."""

    kind: str
    id: UUID
    number: str
    state: str
    done: bool
    void: bool
    on: date | None


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
    """The lines that differ as they are walked, then what is in no book. Missing: there is no such stocktake."""
    found = session.get(Stocktake, stocktake_id)
    if found is None:
        raise Missing(NO_RECORD)
    rows, more = rows_of(session, found.id)
    known = documents(session, settling(rows, more))
    shown = {line.card.line_id: line for line in lines(session, found, StocktakeLine.result.in_(DIFFERS))}
    where = places(session, more)
    return [
        *(_of_line(session, found, row, shown[row.id], known) for row in rows),
        *(_of_surplus(found, row, *where[row.id], known) for row in more),
    ]


def rows_of(session: Session, stocktake_id: UUID) -> tuple[list[StocktakeLine], list[StocktakeSurplus]]:
    """The lines that differ and the surpluses, in order."""
    line, more = StocktakeLine, StocktakeSurplus
    differing = sa.select(line).where(line.stocktake_id == stocktake_id, line.result.in_(DIFFERS)).order_by(line.n)
    beyond = sa.select(more).where(more.stocktake_id == stocktake_id).order_by(more.position)
    return list(session.scalars(differing)), list(session.scalars(beyond))


def gaps(session: Session, stocktake_id: UUID) -> Iterator[Gap]:
    """What is missing before the report."""
    if n := unknown(session, stocktake_id):
        yield Gap(UNKNOWN, {"n": n})
    rows, more = rows_of(session, stocktake_id)
    for row in rows:
        yield from of_line(row, lying(session, row))
    for surplus in more:
        yield from of_surplus(surplus)


def settling(rows: Iterable[StocktakeLine], more: Iterable[StocktakeSurplus]) -> list[str]:
    """The numbers of the documents that are to settle them."""
    return [by for by in (*(row.settled_by for row in rows), *(row.settled_by for row in more)) if by]


def documents(session: Session, numbers: Iterable[str]) -> Mapping[str, Settling]:
    """The documents with these numbers, as far as they are in reach."""
    wanted, found = sorted(set(numbers)), dict[str, Settling]()
    for start in range(0, len(wanted), AT_ONCE):
        found |= {one.number: one for one in _documents(session, wanted[start : start + AT_ONCE])}
    return found


def _documents(session: Session, some: Sequence[str]) -> Iterator[Settling]:
    void = (DisposalState.REFUSED, DisposalState.CANCELLED)
    for d in session.scalars(sa.select(Disposal).where(Disposal.number.in_(some))):
        done = d.state is DisposalState.EXECUTED
        yield Settling("disposal", d.id, d.number, d.state.value, done, d.state in void, d.executed_on)
    for h in session.scalars(sa.select(Handover).where(Handover.number.in_(some))):
        done, signed = h.state is HandoverState.DONE, [day for day in (h.from_signed_on, h.to_signed_on) if day]
        void_ = h.state is HandoverState.CANCELLED
        yield Settling("handover", h.id, h.number, h.state.value, done, void_, max(signed, default=None))
    for n in session.scalars(sa.select(AssetNeed).where(AssetNeed.number.in_(some))):
        done, none = n.state is NeedState.ACCEPTED and bool(n.accepted), n.accepted == 0
        gone = n.state is NeedState.CANCELLED or none
        yield Settling("asset_need", n.id, n.number, n.state.value, done, gone, n.accepted_on)
    for c in session.scalars(sa.select(AssetValueChange).where(AssetValueChange.number.in_(some))):
        yield Settling("asset_value_change", c.id, c.number, "", True, False, c.on)


def is_settled(found: Stocktake, row: StocktakeLine | StocktakeSurplus, by: Settling | None) -> bool:
    """Whether nothing is left to be done: its document is done, or what becomes of it takes none."""
    if found.state not in DECIDED or row.settlement is None:
        return False
    if row.settlement not in BY_DOCUMENT or (row.settled_on and not row.settled_by):
        return True
    return by is not None and by.done


def lost(row: StocktakeLine) -> int:
    """How many pieces are too many or, negative, too few."""
    return 0 if row.result is R.ELSEWHERE else (row.counted or 0) - row.quantity


def _of_line(
    session: Session, found: Stocktake, row: StocktakeLine, shown: Line, known: Mapping[str, Settling]
) -> Difference:
    pieces, by = lost(row), known.get(row.settled_by or "")
    whole = row.result in (R.ELSEWHERE, R.MISSING)
    value = None if row.cost is None else row.cost if whole else row.cost * abs(pieces) // row.quantity
    card = shown.card
    return Difference(
        row.id, False, row.number, row.name, row.model or "", row.result, pieces, value,
        Where(card.building, card.floor, card.room), card.keeper, Where(shown.building, shown.floor, shown.room),
        shown.keeper, row.found_word or "", row.cause, row.explanation or "", row.responsible or "", row.compensation,
        None, "", row.keeper_opinion or "", row.department_opinion or "", row.office_opinion or "", row.settlement, by,
        is_settled(found, row, by), _on(row, by), tuple(of_line(row, lying(session, row))),
    )  # fmt: skip


def _of_surplus(
    found: Stocktake, row: StocktakeSurplus, place: Where, keeper: str, known: Mapping[str, Settling]
) -> Difference:
    by = known.get(row.settled_by or "")
    return Difference(
        row.id, True, row.code or "", row.name, row.model or "", None, row.quantity, row.value, Where(), "", place,
        keeper, row.found_word or "", row.cause, row.explanation or "", "", None, row.basis, row.value_paper or "",
        row.keeper_opinion or "", row.department_opinion or "", row.office_opinion or "", row.settlement, by,
        is_settled(found, row, by), _on(row, by), tuple(of_surplus(row)),
    )  # fmt: skip


def _on(row: StocktakeLine | StocktakeSurplus, by: Settling | None) -> date | None:
    return row.settled_on or (by.on if by and by.done else None)
