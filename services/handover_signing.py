"""Both sides sign a handover note; with the second signature the things change hands, as its purpose says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, tzinfo
from uuid import UUID

import sqlalchemy as sa

from models.acquisition import AssetNeed, NeedCard
from models.asset import Asset, AssetStatus
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState, Side
from models.room import Room
from resources.words import N_, Word
from services import asset_moves, loans
from services.asset_parts import split
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.work import Work
from services.handover_lines import KEPT, LENT, accept, assets_of, lines_of

SIGNED = {Side.FROM: "from_signed_on", Side.TO: "to_signed_on", Side.SUPERVISOR: "supervised_on"}
P = HandoverPurpose
UNSAID = N_("The lines were found otherwise than the issued paper says; recall the note and issue it again")


@intent(N_("Record signature on handover note"), on=Handover, name="handovers.sign", kept=KEPT)
def sign(work: Work, handover_id: UUID, side: Side, *, on: date | None = None) -> None:
    """One party has signed the paper, and with that every line it did not find otherwise. With both signatures every
    asset that is there changes hands in this unit of work; of what is missing the card stays, or is split.

    A named supervisor signs after both and moves nothing.
    """
    found, side = work.get(Handover, handover_id), Side(side)
    day = on or work.today
    _signable(found, side, day, work.today, None if work.now.tzinfo is UTC else work.now.tzinfo)
    lines = lines_of(work, handover_id)
    if side is not Side.SUPERVISOR:
        if found.unsaid:
            raise Conflict(UNSAID)
        accept(lines, side)
    setattr(found, SIGNED[side], day)
    if side is Side.SUPERVISOR:
        return
    found.state = HandoverState.DONE if found.signed else HandoverState.HALF_SIGNED
    if found.signed:
        _hand_over(work, found, lines)


def _hand_over(work: Work, found: Handover, lines: list[HandoverLine]) -> None:
    effect = EFFECTS[found.purpose]
    assets = {asset.id: asset for asset in assets_of(work, [line.asset_id for line in lines])}
    both = max(filter(None, (found.from_signed_on, found.to_signed_on)))
    day = both if found.purpose is P.TRANSFER else None  # what moves, and what stays of it, part on one day
    depth = asset_moves.wholes_first(assets)
    for line in sorted(lines, key=lambda line: (depth[line.asset_id], line.position)):
        line.open = False
        if line.missing >= line.quantity:
            continue  # nothing of it is there: the card stays as it is
        asset = assets[line.asset_id]
        if line.missing:
            rest = split(work, asset, line.missing, found.number, on=day, but=("handover", LENT))
            if found.purpose is P.RETURN:
                loans.still_out(work, found, line, rest)
        effect(work, found, line, asset)
    if found.purpose is P.RETURN:
        loans.over(work, found)
    if found.purpose is P.TRANSFER:
        asset_moves.left_behind(work, [line.asset_id for line in lines if line.successor_id])
    _meet(work, found, {line.asset_id: line.successor_id or line.asset_id for line in lines})


def _meet(work: Work, found: Handover, became: Mapping[UUID, UUID]) -> None:
    """Idle things that met a need by this note are in use from now on, on the card they are on now."""
    need = sa.select(AssetNeed.id).where(AssetNeed.handover_id == found.id).scalar_subquery()
    for card in work.session.scalars(sa.select(NeedCard).where(NeedCard.asset_need_id == need)):
        card.asset_id = became.get(card.asset_id, card.asset_id)
        asset = work.get(Asset, card.asset_id)
        if asset.status is AssetStatus.IDLE and asset.keeper_id == found.to_staff_id:
            asset.status = AssetStatus.IN_USE


def _assign(work: Work, found: Handover, line: HandoverLine, asset: Asset) -> None:
    assert found.to_staff_id
    asset.hand_to(found.to_staff_id, found.to_unit_id, *_place(work, found.to_room_id))


def _lend(work: Work, found: Handover, line: HandoverLine, asset: Asset) -> None:
    loans.lend(line, asset, found, work.get(Room, found.to_room_id) if found.to_room_id else None)


def _transfer(work: Work, found: Handover, line: HandoverLine, asset: Asset) -> None:
    line.successor_id = asset_moves.move(work, found, asset).id


EFFECTS: Mapping[HandoverPurpose, Callable[[Work, Handover, HandoverLine, Asset], None]] = {
    P.ASSIGN: _assign, P.LEAVING: _assign, P.LEND: _lend, P.TRANSFER: _transfer, P.RETURN: loans.put_back,
}  # fmt: skip


def _place(work: Work, room_id: UUID | None) -> tuple[UUID | None, UUID | None]:
    room = work.get(Room, room_id) if room_id else None
    return (room.id, room.building_id) if room else (None, None)


def _signable(found: Handover, side: Side, day: date, today: date, zone: tzinfo | None) -> None:
    if found.state not in (HandoverState.ISSUED, HandoverState.HALF_SIGNED, HandoverState.DONE):
        state = Word(f"handover.state={found.state.value}")
        raise Conflict(N_("This note is {state}; only an issued note can be signed"), state=state)
    if getattr(found, SIGNED[side]) is not None:
        raise Conflict(N_("This side has already signed"))
    if side is Side.SUPERVISOR and found.supervisor_id is None:
        raise Invalid(N_("No supervisor is named on this note"))
    if side is Side.SUPERVISOR and not found.signed:
        raise Conflict(N_("The supervisor signs after both sides"))
    issued = found.issued_at.astimezone(zone).date() if found.issued_at else day
    if not issued <= day <= today:
        message = N_("A signature is dated from the day of issue ({issued}) to today ({today})")
        raise Invalid(message, field=Word("handover.on"), issued=issued, today=today)
    both = max(filter(None, (found.from_signed_on, found.to_signed_on)), default=day)
    if side is Side.SUPERVISOR and day < both:
        message = N_("The supervisor signs after both sides, not before {day}")
        raise Invalid(message, field=Word("handover.on"), day=both)
