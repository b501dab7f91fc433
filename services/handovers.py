"""Handover notes: drafted, issued as a paper, signed by both sides; then the things change hands.

Decree 738 (行政事业性国有资产管理条例) art. 15: when the user or keeper of a state asset changes, a handover is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset, AssetStatus
from models.document import Document
from models.handover import OPEN, Handover, HandoverLine, HandoverMode, HandoverState, Side
from models.room import Room
from models.staff import Staff
from resources.words import N_, Word
from services.checks import checked_all
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.handover_facts import Facts, facts, kept_by, paper
from services.records import write

__all__ = ["Facts", "facts", "kept_by", "paper"]  # what is read of notes, beside what is done with them
AT_ONCE = 500
HANDOVERS = listing(Listing("handovers", Handover, ("number", "state")))
LINES = listing(
    Listing(
        "handover_lines", HandoverLine, ("position",),
        also={"asset_id": ("number", "name", "model", "quantity", "measure", "cost", "net_value")},
    )
)  # fmt: skip
DOCUMENTS = listing(Listing("documents", Document, ("number",)))
KEPT = N_("A handover note is changed on its page: recall it or cancel it there")
SIGNED = {Side.FROM: "from_signed_on", Side.TO: "to_signed_on", Side.SUPERVISOR: "supervised_on"}


@intent(N_("Draft handover note"), on=Handover, kept=KEPT)
def draft(
    work: Work,
    asset_ids: Sequence[UUID],
    to_staff_id: UUID,
    *,
    to_unit_id: UUID | None = None,
    to_room_id: UUID | None = None,
    from_staff_id: UUID | None = None,
    from_unit_id: UUID | None = None,
    supervisor_id: UUID | None = None,
    basis: str | None = None,
    handed_on: date | None = None,
    mode: HandoverMode = HandoverMode.ITEM_CHECK,
    note: str | None = None,
) -> UUID:
    """A new note over these assets of one compound. Who hands over is taken from the cards when they agree."""
    terms = checked_all(TERMS, {"basis": basis, "note": note, "mode": mode, "handed_on": handed_on}, whole=False)
    assets = _assets(work, asset_ids)
    giver = from_staff_id or _common(a.keeper_id for a in assets)
    made = Handover(
        compound_id=assets[0].compound_id, number=next(work.numbers("YJ")), to_staff_id=to_staff_id,
        to_unit_id=to_unit_id or _unit_of(work, to_staff_id), to_room_id=to_room_id, from_staff_id=giver,
        from_unit_id=from_unit_id or _common(a.unit_id for a in assets) or (_unit_of(work, giver) if giver else None),
        supervisor_id=supervisor_id, **terms | {"handed_on": handed_on or work.today},
    )  # fmt: skip
    _sensible(work, made)
    if made.from_staff_id is None and made.from_unit_id is None:
        raise Invalid(N_("The cards name no common keeper; say who hands over"), field=Word("handover.from_staff_id"))
    work.add(made)
    _put_lines(work, made, assets, 0)
    return made.id


TERMS = {
    name: replace(describe(Handover)[name], required=False, default=None)
    for name in ("to_staff_id", "to_unit_id", "to_room_id", "from_staff_id", "from_unit_id", "supervisor_id", "basis",
                 "handed_on", "mode", "note")
}  # fmt: skip


@intent(N_("Revise handover note"), on=Handover, kept=KEPT)
def revise(work: Work, handover_id: UUID, **terms: Any) -> None:
    """The parties and terms of a draft; what is not given stays. A new receiver brings his own unit."""
    found = _in_state(work, handover_id, HandoverState.DRAFT)
    given = checked_all(TERMS, terms, whole=False)
    if given.get("to_staff_id", found.to_staff_id) != found.to_staff_id and "to_unit_id" not in given:
        given["to_unit_id"] = _unit_of(work, given["to_staff_id"])
    write(found, describe(Handover), given)
    _sensible(work, found)


takes(
    "handovers.revise", (FieldSpec("handover", "handover_id", Kind.REFERENCE, True, target="handover"), *TERMS.values())
)


@intent(N_("Add assets to handover note"), on=Handover, kept=KEPT)
def put(work: Work, handover_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """More assets on a draft."""
    found = _in_state(work, handover_id, HandoverState.DRAFT)
    assets = _assets(work, asset_ids)
    if assets[0].compound_id != found.compound_id:
        raise Conflict(N_("A note covers assets of one compound only"))
    last = sa.select(sa.func.max(HandoverLine.position)).where(HandoverLine.handover_id == handover_id)
    _put_lines(work, found, assets, work.session.scalar(last) or 0)


@intent(N_("Take assets off handover note"), on=Handover, kept=KEPT)
def take_off(work: Work, handover_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """Fewer assets on a draft; at least one stays."""
    _in_state(work, handover_id, HandoverState.DRAFT)
    lines, gone = _lines(work, handover_id), set(asset_ids)
    if gone - {line.asset_id for line in lines}:
        raise Invalid(N_("An asset is not on this note"), field=Word("handover.asset_ids"))
    staying = [line for line in lines if line.asset_id not in gone]
    if not staying:
        raise Invalid(N_("A note needs at least one asset; cancel the note instead"))
    for line in lines:
        if line.asset_id in gone:
            line.open = line.alive = False
    for position, line in enumerate(staying, 1):
        line.position = position


@intent(N_("Issue handover note"), on=Handover, kept=KEPT)
def issue(work: Work, handover_id: UUID) -> str:
    """Freezes the note as a paper, kept byte for byte; returns its SHA-256."""
    from services.documents import notes  # the PDF libraries are loaded with the first paper

    found = _in_state(work, handover_id, HandoverState.DRAFT)
    if found.from_staff_id is None and found.from_unit_id is None:
        raise Invalid(N_("Say who hands over: a unit or a person"), field=Word("handover.from_staff_id"))
    _sensible(work, found)
    _present(_assets(work, [line.asset_id for line in _lines(work, handover_id)]))
    found.version, found.state, found.issued_at = found.version + 1, HandoverState.ISSUED, work.now
    paper = notes.render(work.session, found, tell=work.tell, head=work.head())
    digest = work.keep(paper.data)
    work.add(
        Document(
            compound_id=found.compound_id, kind="handover", number=found.number, version=found.version,
            about_id=found.id, sha256=digest, size=len(paper.data),
        )
    )  # fmt: skip
    return digest


@intent(N_("Recall handover note"), on=Handover, kept=KEPT)
def recall(work: Work, handover_id: UUID) -> None:
    """An issued note nobody signed goes back to draft; issued again it is the next version."""
    _in_state(work, handover_id, HandoverState.ISSUED).state = HandoverState.DRAFT


@intent(N_("Record signature on handover note"), on=Handover, kept=KEPT)
def sign(work: Work, handover_id: UUID, side: Side, *, on: date | None = None) -> None:
    """One party has signed the paper. With both signatures every asset changes hands in this unit of work.

    A named supervisor signs after both and moves nothing.
    """
    found = work.get(Handover, handover_id)
    day = on or work.today
    _signable(found, side, day, work.today, None if work.now.tzinfo is UTC else work.now.tzinfo)
    setattr(found, SIGNED[side], day)
    if side is Side.SUPERVISOR:
        return
    found.state = HandoverState.DONE if found.signed else HandoverState.HALF_SIGNED
    if found.signed:
        _hand_over(work, found)


@intent(N_("Cancel handover note"), on=Handover, kept=KEPT)
def cancel(work: Work, handover_id: UUID) -> None:
    """Before it is done: the assets are free again, the number is void."""
    found = work.get(Handover, handover_id)
    if found.state not in OPEN:
        raise Conflict(N_("This note is {state}; that cannot be done any more"), state=_state(found))
    found.state = HandoverState.CANCELLED
    for line in _lines(work, handover_id):
        line.open = False


def _hand_over(work: Work, found: Handover) -> None:
    room = work.get(Room, found.to_room_id) if found.to_room_id else None
    place = (room.id, room.building_id) if room else (None, None)
    for line in (lines := _lines(work, found.id)):
        line.open = False
    for asset in _assets(work, [line.asset_id for line in lines]):
        asset.hand_to(found.to_staff_id, found.to_unit_id, *place)


def _signable(found: Handover, side: Side, day: date, today: date, zone: tzinfo | None) -> None:
    if found.state not in (HandoverState.ISSUED, HandoverState.HALF_SIGNED, HandoverState.DONE):
        raise Conflict(N_("This note is {state}; only an issued note can be signed"), state=_state(found))
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


def _sensible(work: Work, found: Handover) -> None:
    """The parties are there, and they are not one and the same."""
    for staff in filter(None, (found.to_staff_id, found.from_staff_id, found.supervisor_id)):
        work.get(Staff, staff)
    same_unit = found.from_unit_id == found.to_unit_id
    if found.from_staff_id == found.to_staff_id and same_unit and found.to_room_id is None:
        raise Invalid(
            N_("Giver and receiver are the same, and no new room is named"), field=Word("handover.to_staff_id")
        )
    if found.supervisor_id in (found.to_staff_id, found.from_staff_id) and found.supervisor_id:
        raise Invalid(N_("The supervisor is neither giver nor receiver"), field=Word("handover.supervisor_id"))
    if found.to_room_id and work.get(Room, found.to_room_id).compound_id != found.compound_id:
        raise Conflict(N_("“{field}” is in another compound"), field=Word("handover.to_room_id"))


def _assets(work: Work, ids: Sequence[UUID]) -> list[Asset]:
    """The assets in the given order, each once, all of one compound."""
    wanted, found = list(dict.fromkeys(ids)), dict[UUID, Asset]()
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(Asset).where(Asset.id.in_(wanted[start : start + AT_ONCE]))
        found |= {asset.id: asset for asset in work.session.scalars(part)}
    if not wanted:
        raise Invalid(N_("Choose at least one asset"), field=Word("handover.asset_ids"))
    if len(found) != len(wanted):
        raise Invalid(N_("An asset is not there, or out of your reach"), field=Word("handover.asset_ids"))
    if len({asset.compound_id for asset in found.values()}) > 1:
        raise Conflict(N_("A note covers assets of one compound only"))
    return [found[id] for id in wanted]


def _put_lines(work: Work, found: Handover, assets: Sequence[Asset], last: int) -> None:
    ids = [a.id for a in assets]
    for start in range(0, len(ids), AT_ONCE):
        held = (
            sa.select(Asset.number, Handover.number)
            .join(HandoverLine, HandoverLine.asset_id == Asset.id)
            .join(Handover, Handover.id == HandoverLine.handover_id)
            .where(HandoverLine.open, Asset.id.in_(ids[start : start + AT_ONCE]))
        )
        with work.session.no_autoflush:
            if busy := work.session.execute(held).first():
                message = N_("{asset} is already on open handover note {number}")
                raise Conflict(message, asset=busy[0], number=busy[1])
    _present(assets)
    for position, asset in enumerate(assets, last + 1):
        work.add(
            HandoverLine(compound_id=found.compound_id, handover_id=found.id, asset_id=asset.id, position=position)
        )


def _present(assets: Sequence[Asset]) -> None:
    for asset in assets:
        if asset.status is AssetStatus.DISPOSED:
            raise Conflict(N_("{asset} has been disposed of"), asset=asset.number)


def _lines(work: Work, handover_id: UUID) -> list[HandoverLine]:
    found = sa.select(HandoverLine).where(HandoverLine.handover_id == handover_id).order_by(HandoverLine.position)
    return list(work.session.scalars(found))


def _in_state(work: Work, handover_id: UUID, state: HandoverState) -> Handover:
    found = work.get(Handover, handover_id)
    if found.state is not state:
        raise Conflict(N_("This note is {state}; that cannot be done any more"), state=_state(found))
    return found


def _state(found: Handover) -> Word:
    return Word(f"handover.state={found.state.value}")


def _common(values: object) -> UUID | None:
    """The one value all have, or None."""
    seen = set(values)  # type: ignore[call-overload]
    return seen.pop() if len(seen) == 1 else None


def _unit_of(work: Work, staff_id: UUID) -> UUID | None:
    return work.get(Staff, staff_id).unit_id
