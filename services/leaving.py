"""Somebody leaves a post: what is in his name, one note over all of it, and no leaving while anything is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus
from models.base import present
from models.compound import Compound
from models.handover import Handover, HandoverMode, HandoverPurpose
from models.staff import LeavingReason, Staff
from resources.words import N_, Word
from services import enrolment, loans, posts
from services.assets import held_by
from services.desk.beyond import everywhere
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent, query
from services.desk.undo import guarding
from services.desk.work import Work
from services.handover_facts import kept_by
from services.handover_lines import KEPT
from services.handovers import draft

NOTHING = N_("Nothing is in the name of {name}; no note is needed")
STILL = N_("{name} cannot leave yet: {assets} assets, {loans} loans and {notes} open notes are in this name")
BEFORE = N_("A day of leaving is today or before")
JOINED = N_("A day of leaving is not before the day of joining, {date}")
LEFT = N_("{name} left on {date} already")


@dataclass(frozen=True)
class Held:
    """What is in a person's name in one compound."""

    compound_id: UUID
    compound: str
    assets: int
    pieces: int
    cost: int


@dataclass(frozen=True)
class Outstanding:
    """What keeps somebody from leaving: what he keeps by compound, loans he has not brought back, open notes."""

    staff_id: UUID
    name: str
    held: tuple[Held, ...]
    loans: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Nothing is open."""
        return not (self.held or self.loans or self.notes)


@query(N_("What is open in a person's name"), on=Staff, name="staff.outstanding")
def outstanding(session: Session, staff_id: UUID) -> Outstanding:
    """Everything in the name of a person, in reach. Missing: there is no such person."""
    person = session.get(Staff, staff_id)
    if person is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    total = sa.func.coalesce
    found = session.execute(
        sa.select(
            Compound.id, Compound.name, sa.func.count(Asset.id), total(sa.func.sum(Asset.quantity), 0),
            total(sa.func.sum(Asset.cost), 0),
        )
        .join(Compound, Compound.id == Asset.compound_id)
        .where(Asset.keeper_id == staff_id, Asset.status != AssetStatus.DISPOSED, present(Asset))
        .group_by(Compound.id, Compound.name)
        .order_by(Compound.name)
    )  # fmt: skip
    held = tuple(Held(id, name, n, int(pieces or 0), int(cost or 0)) for id, name, n, pieces, cost in found)
    borrowed, notes = (tuple(session.scalars(found(staff_id))) for found in (loans.borrowed, loans.open_notes))
    return Outstanding(staff_id, person.name, held, borrowed, notes)


def _kept(staff_id: UUID) -> sa.Select[Any]:
    there = (Asset.alive, Asset.status != AssetStatus.DISPOSED, present(Asset))
    return sa.select(Asset.id).where(Asset.keeper_id == staff_id, *there)


@intent(N_("Draft leaving-post handover"), on=Handover, name="handovers.draft_leaving", kept=KEPT)
def draft_leaving(
    work: Work, from_staff_id: UUID, to_staff_id: UUID, *, supervisor_id: UUID | None = None, basis: str | None = None,
    handed_on: date | None = None, note: str | None = None,
) -> Sequence[UUID]:  # fmt: skip
    """A note in each compound over everything a person keeps there and no other note is about; their ids."""
    person, found = work.get(Staff, from_staff_id), list[UUID]()
    free = set(kept_by(work.session, from_staff_id))
    for compound in work.session.scalars(sa.select(Compound.id).order_by(Compound.code)):
        mine = sa.select(Asset).where(Asset.compound_id == compound, Asset.keeper_id == from_staff_id)
        cards = work.session.scalars(mine.order_by(Asset.number)).all()
        # what is being disposed of or let stays in the name until that is over
        held = held_by(work, [card.id for card in cards])
        if ids := [card.id for card in cards if card.id in free and card.id not in held]:
            made = draft(
                work, ids, to_staff_id, purpose=HandoverPurpose.LEAVING, from_staff_id=from_staff_id,
                supervisor_id=supervisor_id, basis=basis, handed_on=handed_on, note=note,
                mode=HandoverMode.ITEM_CHECK,
            )  # fmt: skip
            found.append(made)
    if not found:
        raise Invalid(NOTHING, name=person.name)
    return found


@intent(N_("Record that a person left"), on=Staff, name="staff.leave")
def leave(work: Work, staff_id: UUID, *, left_on: date, left_why: LeavingReason) -> None:
    """The person is no longer offered as keeper or receiver, and holds no post after this day; his place in a session
    that is still to come goes to who waits. Conflict: something is still in his name, or he left already."""
    person = work.get(Staff, staff_id)
    if person.left_on:
        raise Conflict(LEFT, name=person.name, date=person.left_on)
    if left_on > work.today:
        raise Invalid(BEFORE, field=Word("staff.left_on"))
    if person.joined_on and left_on < person.joined_on:
        raise Invalid(JOINED, field=Word("staff.left_on"), date=person.joined_on)
    _clear(work, person)
    posts.end_all(work, staff_id, left_on)
    enrolment.free(work, person, left_on)
    person.left_on, person.left_why = left_on, LeavingReason(left_why)


def _clear(work: Work, person: Staff) -> None:
    """Conflict: something is in his name, in reach or not."""
    assets, lent, notes = (
        everywhere(work.session, found(person.id)) for found in (_kept, loans.borrowed, loans.open_notes)
    )
    if assets or lent or notes:
        raise Conflict(STILL, name=person.name, assets=assets, loans=lent, notes=notes)


@guarding(Staff)
def _stays(work: Work, person: Staff, values: dict[str, Any], since: int) -> None:
    """Nobody is gone by taking something back while things are in his name."""
    if values.get("left_on") and not person.left_on:
        _clear(work, person)


@intent(N_("Take back that a person left"), on=Staff, name="staff.come_back")
def come_back(work: Work, staff_id: UUID) -> None:
    """He is here again; the posts he held are over, and he is assigned anew."""
    person = work.get(Staff, staff_id)
    person.left_on = person.left_why = None
