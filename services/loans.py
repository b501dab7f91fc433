"""Loans: what a note lends is remembered, comes back in parts, and what the loan changed is changed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.asset import Asset, AssetStatus
from models.compound import Compound
from models.handover import OPEN, Handover, HandoverLine, HandoverMode, HandoverPurpose, HandoverState
from models.room import Room
from models.staff import Staff
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent, query
from services.desk.work import Work
from services.handover_lines import KEPT, assets_of, lines_of, put_lines
from services.handover_rules import LEFT, sensible, unit_of

ALL_BACK = N_("Everything of {number} is back")
NOT_OUT = N_("{number} is not a loan that was handed out")
KEPT_FIELDS = ("status", "keeper_id", "unit_id", "building_id", "room_id")
ON_RETURN = N_("{asset} is on return note {number} already")


@dataclass(frozen=True)
class Loan:
    """A loan something is still out of: `left` of its `lines`; days until it is due, below zero when overdue."""

    handover_id: UUID
    number: str
    compound: str
    borrower: str
    contact: str
    things: str
    lines: int
    left: int
    handed_on: date
    due_on: date | None
    days: int | None


def remember(line: HandoverLine, asset: Asset) -> None:
    """What of a card a loan is about to change."""
    for field in KEPT_FIELDS:
        setattr(line, f"was_{field}", getattr(asset, field))


def lend(line: HandoverLine, asset: Asset, note: Handover, room: Room | None) -> None:
    """The card is out. What its register said in words stays on it for the day it comes back."""
    remember(line, asset)
    asset.status = AssetStatus.LENT
    if note.to_staff_id:
        words = {name: getattr(asset, name) for name in ("keeper_text", "unit_text", "place_text")}
        asset.hand_to(note.to_staff_id, note.to_unit_id, room.id if room else None, room.building_id if room else None)
        for name, said in words.items():
            setattr(asset, name, said)


@intent(N_("Take back what was lent"), on=Handover, name="handovers.take_back", kept=KEPT)
def take_back(
    work: Work, handover_id: UUID, *, asset_ids: Sequence[UUID] | None = None, to_staff_id: UUID | None = None,
    to_room_id: UUID | None = None, supervisor_id: UUID | None = None, handed_on: date | None = None,
    note: str | None = None,
) -> UUID:  # fmt: skip
    """A return note over these assets of a loan, or over all that is still out. Each goes back to who had it, unless
    somebody is named who takes it."""
    loan = work.get(Handover, handover_id)
    if loan.purpose is not HandoverPurpose.LEND or loan.state is not HandoverState.DONE:
        raise Conflict(NOT_OUT, number=loan.number)
    out = {line.asset_id: line for line in lines_of(work, loan.id) if line.returned_on is None and line.was_status}
    if not out:
        raise Conflict(ALL_BACK, number=loan.number)
    wanted = list(out) if asset_ids is None else list(dict.fromkeys(asset_ids))
    if set(wanted) - out.keys():
        raise Invalid(N_("An asset is not on this loan, or is back already"), field=Word("handover.asset_ids"))
    _not_coming(work, wanted)
    _not_left(work, [out[id].was_keeper_id for id in wanted if to_staff_id is None])
    made = Handover(
        compound_id=loan.compound_id, number=next(work.numbers("YJ")), purpose=HandoverPurpose.RETURN, loan_id=loan.id,
        from_staff_id=loan.to_staff_id, from_unit_id=loan.to_unit_id, borrower=loan.borrower, contact=loan.contact,
        to_staff_id=to_staff_id or loan.from_staff_id, to_unit_id=unit_of(work, to_staff_id) or loan.from_unit_id,
        to_room_id=to_room_id, supervisor_id=supervisor_id, basis=loan.number, note=note,
        mode=HandoverMode.ITEM_CHECK, handed_on=handed_on or work.today,
    )  # fmt: skip
    sensible(work, made)
    work.add(made)
    for line in put_lines(work, made, assets_of(work, wanted), 0):
        line.loan_line_id = out[line.asset_id].id
    return made.id


def _not_coming(work: Work, wanted: Sequence[UUID]) -> None:
    for id in wanted:
        held = sa.select(Asset.number, Handover.number).join(HandoverLine, HandoverLine.asset_id == Asset.id)
        held = held.join(Handover, Handover.id == HandoverLine.handover_id)
        if busy := work.session.execute(held.where(HandoverLine.open, Asset.id == id)).first():
            raise Conflict(ON_RETURN, asset=busy[0], number=busy[1])


def _not_left(work: Work, keepers: Sequence[UUID | None]) -> None:
    """Each goes back to who had it, as far as he is there."""
    left = sa.select(Staff.name).where(Staff.id.in_({id for id in keepers if id}), Staff.left_on.is_not(None))
    if name := work.session.scalar(left.limit(1)):
        raise Conflict(LEFT, field=Word("handover.to_staff_id"), name=name)


def put_back(work: Work, found: Handover, line: HandoverLine, asset: Asset) -> None:
    """A line of a return note: the card is as it was before the loan. Who is named as taker, and was not its keeper,
    becomes it; a card that had none goes back to who lent it without."""
    assert line.loan_line_id
    lent = work.get(HandoverLine, line.loan_line_id)
    lent.returned_on = max(filter(None, (found.from_signed_on, found.to_signed_on)))
    for field in KEPT_FIELDS:
        setattr(asset, field, getattr(lent, f"was_{field}"))
    lender = work.get(Handover, lent.handover_id).from_staff_id
    if found.to_staff_id and found.to_staff_id != (lent.was_keeper_id or lender):
        asset.hand_to(found.to_staff_id, found.to_unit_id, None, None)
    if found.to_room_id:
        room = work.get(Room, found.to_room_id)
        asset.room_id, asset.building_id, asset.place_text = room.id, room.building_id, None


def still_out(work: Work, note: Handover, line: HandoverLine, rest: Asset) -> None:
    """What is missing on its return is a card of its own now, and a line of the loan."""
    assert note.loan_id
    assert line.loan_line_id
    lent = work.get(HandoverLine, line.loan_line_id)
    kept = {f"was_{field}": getattr(lent, f"was_{field}") for field in KEPT_FIELDS}
    position = max(other.position for other in lines_of(work, note.loan_id)) + 1
    where = {"compound_id": note.compound_id, "handover_id": note.loan_id, "position": position, "open": False}
    work.add(HandoverLine(asset_id=rest.id, quantity=rest.quantity, **where, **kept))


def over(work: Work, note: Handover) -> None:
    """The loan is over when none of its own lines is out."""
    assert note.loan_id
    if all(line.returned_on or not line.was_status for line in lines_of(work, note.loan_id)):
        loan = work.get(Handover, note.loan_id)
        loan.returned_on = max(line.returned_on for line in lines_of(work, loan.id) if line.returned_on)


@query(N_("Loans that are out"), on=Handover, name="handovers.loans")
def loans(session: Session, on: date) -> list[Loan]:
    """Every loan something is still out of, the first due first."""
    out = sa.func.count(HandoverLine.id).filter(HandoverLine.out())
    counted = (
        sa.select(HandoverLine.handover_id, sa.func.count(HandoverLine.id).label("lines"), out.label("left"))
        .group_by(HandoverLine.handover_id)
        .subquery()
    )  # fmt: skip
    first = aliased(HandoverLine)
    found = (
        sa.select(Handover, Compound.name, Staff.name, Asset.name, counted.c.lines, counted.c.left)
        .join(counted, counted.c.handover_id == Handover.id)
        .join(Compound, Compound.id == Handover.compound_id)
        .outerjoin(Staff, Staff.id == Handover.to_staff_id)
        .outerjoin(first, (first.handover_id == Handover.id) & (first.position == 1))
        .outerjoin(Asset, Asset.id == first.asset_id)
        .where(Handover.purpose == HandoverPurpose.LEND, Handover.state == HandoverState.DONE, counted.c.left > 0)
        .order_by(Handover.due_on, Handover.number)
    )
    return [
        Loan(
            note.id, note.number, compound, staff or note.borrower or "", note.contact or "", name or "", lines, left,
            note.handed_on, note.due_on, (note.due_on - on).days if note.due_on else None,
        )
        for note, compound, staff, name, lines, left in session.execute(found)
    ]  # fmt: skip


def borrowed(staff_id: UUID) -> sa.Select[str]:
    """The numbers of the loans a person has not brought back."""
    out = sa.exists().where(HandoverLine.handover_id == Handover.id, HandoverLine.out())
    lent = (Handover.purpose == HandoverPurpose.LEND, Handover.state == HandoverState.DONE)
    found = sa.select(Handover.number).where(Handover.to_staff_id == staff_id, Handover.alive, *lent, out)
    return found.order_by(Handover.number)


def open_notes(staff_id: UUID) -> sa.Select[str]:
    """The numbers of the open notes a person gives or takes by."""
    party = sa.or_(Handover.from_staff_id == staff_id, Handover.to_staff_id == staff_id)
    found = sa.select(Handover.number).where(party, Handover.alive, Handover.state.in_(OPEN))
    return found.order_by(Handover.number)
