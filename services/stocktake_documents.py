"""The documents that settle the differences of a stocktake: which they are, whether they have done so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.acquisition import AssetNeed, NeedState
from models.asset_value import AssetValueChange, ValueChange
from models.disposal import Disposal, DisposalLine, DisposalState
from models.handover import Handover, HandoverLine, HandoverState, LineCheck
from models.stocktake import Stocktake, StocktakeLine, StocktakeState, StocktakeSurplus
from services.stocktake_rules import BY_DOCUMENT

AT_ONCE = 500
DECIDED = (StocktakeState.APPROVED, StocktakeState.CLOSED)


@dataclass(frozen=True)
class Settling:
    """The document that settles a difference: its kind and state (as in the word catalogues), whether it has done so,
    and on which day, or whether it came to nothing. `cards` are those it is about, and those they were split off
    from; None where it names none."""

    kind: str
    id: UUID
    number: str
    state: str
    done: bool
    void: bool
    on: date | None
    cards: frozenset[UUID] | None = None


def settling(rows: Iterable[StocktakeLine], more: Iterable[StocktakeSurplus]) -> list[str]:
    """The numbers of the documents that are to settle them."""
    return [by for by in (*(row.settled_by for row in rows), *(row.settled_by for row in more)) if by]


def documents(session: Session, numbers: Iterable[str]) -> Mapping[str, Settling]:
    """The documents with these numbers, as far as they are in reach."""
    wanted, found = sorted(set(numbers)), dict[str, Settling]()
    for start in range(0, len(wanted), AT_ONCE):
        found |= {one.number: one for one in _documents(session, wanted[start : start + AT_ONCE])}
    return found


def document(known: Mapping[str, Settling], row: StocktakeLine | StocktakeSurplus) -> Settling | None:
    """The document that settles a difference, unless its card was taken off it, or was not there to be handed over."""
    by = known.get(row.settled_by or "")
    off = by and by.cards is not None and isinstance(row, StocktakeLine) and row.asset_id not in by.cards
    return None if off else by


def _documents(session: Session, some: Sequence[str]) -> Iterator[Settling]:
    void = (DisposalState.REFUSED, DisposalState.CANCELLED)
    disposals = session.scalars(sa.select(Disposal).where(Disposal.number.in_(some))).all()
    cards = _cards(session, DisposalLine.disposal_id, DisposalLine.asset_id, [d.id for d in disposals])
    for d in disposals:
        done = d.state is DisposalState.EXECUTED
        yield Settling("disposal", d.id, d.number, d.state.value, done, d.state in void, d.executed_on, cards[d.id])
    notes = session.scalars(sa.select(Handover).where(Handover.number.in_(some))).all()
    line = HandoverLine
    came = sa.not_(sa.and_(line.to_check == LineCheck.SHORT, sa.func.coalesce(line.to_short, 0) >= line.quantity))
    cards = _cards(session, line.handover_id, line.asset_id, [h.id for h in notes], came)
    for h in notes:
        done, signed = h.state is HandoverState.DONE, [day for day in (h.from_signed_on, h.to_signed_on) if day]
        void_, on = h.state is HandoverState.CANCELLED, max(signed, default=None)
        yield Settling("handover", h.id, h.number, h.state.value, done, void_, on, cards[h.id])
    for n in session.scalars(sa.select(AssetNeed).where(AssetNeed.number.in_(some))):
        done, none = n.state is NeedState.ACCEPTED and bool(n.accepted), n.accepted == 0
        gone = n.state is NeedState.CANCELLED or none
        yield Settling("asset_need", n.id, n.number, n.state.value, done, gone, n.accepted_on)
    for c in session.scalars(sa.select(AssetValueChange).where(AssetValueChange.number.in_(some))):
        yield Settling("asset_value_change", c.id, c.number, "", True, False, c.on)


def _cards(session: Session, of: Any, card: Any, ids: Sequence[UUID], *where: Any) -> dict[UUID, frozenset[UUID]]:
    """The cards on each of these documents, and those they were split off from."""
    change, made = AssetValueChange, dict[UUID, set[UUID]]()
    split = sa.and_(change.other_id == card, change.kind == ValueChange.SPLIT)
    rows = sa.select(of, card, change.asset_id).outerjoin(change, split).where(of.in_(ids), *where)
    for id, *found in session.execute(rows):
        made.setdefault(id, set()).update(filter(None, found))
    return {id: frozenset(made.get(id, ())) for id in ids}


def is_settled(found: Stocktake, row: StocktakeLine | StocktakeSurplus, by: Settling | None) -> bool:
    """Whether nothing is left to be done: its document is done, or what becomes of it takes none."""
    if found.state not in DECIDED or row.settlement is None:
        return False
    if row.settlement not in BY_DOCUMENT or (row.settled_on and not row.settled_by):
        return True
    return by is not None and by.done
