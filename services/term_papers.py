"""What papers say of where cards were: executed disposals, signed handover notes, cards that were merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset_value import AssetValueChange, ValueChange
from models.disposal import Disposal, DisposalLine, DisposalState
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState
from models.organization import Organization

P = HandoverPurpose
BY_PARTS = (ValueChange.SPLIT, ValueChange.MERGE)


@dataclass(frozen=True)
class Gone:
    """How an executed disposal let a card go, and on which day."""

    kind: str
    on: date


@dataclass(frozen=True)
class Step:
    """A signed note took a card from one unit to another."""

    on: date
    was: UUID | None
    now: UUID


@dataclass(frozen=True)
class Papers:
    """By the id of a card. `units` are those that are asked about (None: all); `lent` says whose a thing is that is
    out on loan."""

    disposed: dict[UUID, Gone]
    moved: dict[UUID, date]
    merged: dict[UUID, date]
    parts: frozenset[UUID]
    steps: dict[UUID, list[Step]]
    lent: dict[UUID, UUID | None]
    units: frozenset[UUID] | None

    def has(self, row: Any, day: date) -> bool:
        """Whether the card was with the units at the end of a day."""
        return self.units is None or self._unit(row, day) in self.units

    def had(self, row: Any, day: date) -> bool:
        """The same at its beginning, before what was signed on it."""
        return self.units is None or self._unit(row, date.fromordinal(day.toordinal() - 1)) in self.units

    def handed(self, row: Any) -> Iterator[tuple[date, bool]]:
        """The days on which it came to the units (True) or went from them by a note."""
        if self.units is None:
            return
        for step in self.steps.get(row.id, ()):
            was, now = step.was in self.units, step.now in self.units
            if was is not now:
                yield step.on, now

    def _unit(self, row: Any, day: date) -> UUID | None:
        unit: UUID | None = self.lent.get(row.id, row.unit_id)
        for step in reversed(self.steps.get(row.id, ())):
            if step.on <= day:
                break
            unit = step.was
        return unit


def papers_of(session: Session, unit: UUID | None) -> Papers:
    """Every paper within reach."""
    change = AssetValueChange
    parts = session.execute(
        sa.select(change.other_id, change.kind, change.on).where(
            change.other_id.is_not(None), change.kind.in_(BY_PARTS)
        )
    ).all()
    return Papers(
        _disposed(session), _moved(session), {id: on for id, kind, on in parts if id and kind is ValueChange.MERGE},
        frozenset(id for id, kind, _ in parts if id and kind is ValueChange.SPLIT),
        _steps(session) if unit else {}, _lent(session) if unit else {}, _below(session, unit) if unit else None,
    )  # fmt: skip


def _disposed(session: Session) -> dict[UUID, Gone]:
    found = (
        sa.select(DisposalLine.asset_id, Disposal.mode, Disposal.executed_on)
        .join(Disposal, Disposal.id == DisposalLine.disposal_id)
        .where(Disposal.state == DisposalState.EXECUTED)
    )
    return {id: Gone(mode.value, on) for id, mode, on in session.execute(found) if on}


def _notes(*purposes: HandoverPurpose) -> sa.Select[HandoverLine, Handover]:
    return (
        sa.select(HandoverLine, Handover)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(Handover.state == HandoverState.DONE, Handover.purpose.in_(purposes))
        .order_by(Handover.n)
    )


def _signed(note: Handover) -> date:
    return max(filter(None, (note.from_signed_on, note.to_signed_on)))


def _moved(session: Session) -> dict[UUID, date]:
    rows = session.execute(_notes(P.TRANSFER))
    return {line.asset_id: _signed(note) for line, note in rows if line.successor_id}


def _steps(session: Session) -> dict[UUID, list[Step]]:
    """In order of time; a line of which everything was missing moved nothing."""
    made: dict[UUID, list[Step]] = defaultdict(list)
    for line, note in session.execute(_notes(P.ASSIGN, P.LEAVING)):
        if note.to_unit_id and line.missing < line.quantity:
            made[line.asset_id].append(Step(_signed(note), note.from_unit_id, note.to_unit_id))
    return {id: sorted(steps, key=lambda step: step.on) for id, steps in made.items()}


def _lent(session: Session) -> dict[UUID, UUID | None]:
    out = sa.select(HandoverLine.asset_id, HandoverLine.was_unit_id).where(HandoverLine.out())
    return {row.asset_id: row.was_unit_id for row in session.execute(out)}


def _below(session: Session, unit: UUID) -> frozenset[UUID]:
    """A unit and every unit below it."""
    rows = session.execute(sa.select(Organization.id, Organization.parent_id)).all()
    found, last = {unit}, 0
    while len(found) > last:
        last = len(found)
        found |= {row.id for row in rows if row.parent_id in found}
    return frozenset(found)
