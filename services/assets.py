"""Assets: the cards, and the rules a card must keep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import BY_DOCUMENT, Asset, AssetStatus
from models.asset_value import AssetValueChange, ValueChange
from models.beside import AssetClass
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState
from models.room import Room
from resources.words import N_, Word
from services import asset_worth, card_rules
from services.desk.errors import Conflict, Invalid
from services.desk.undo import guarding
from services.desk.work import Work
from services.handover_rules import is_here
from services.records import records
from services.set_parts import with_parts

EDITION = "2022"
MOVED = {"keeper_id", "keeper_text", "unit_id", "unit_text", "room_id", "building_id", "place_text"}
PLACES = ("keeper_id", "room_id", "building_id", "unit_id")
NOTED = N_("It cannot be taken back: handover note {note} is about asset {number}")
HELD = (HandoverState.ISSUED, HandoverState.HALF_SIGNED)
MOVED_AWAY = N_("{asset} was moved to another compound")
MERGED = N_("{asset} was merged into {into}")
BUSY = N_("{asset} is in {kind} {number}; finish or cancel that first")
BY_PAPER = N_("“{status}” is set by the document that says so: lend, lease or dispose of the asset, or end that")
Holder = Callable[[Sequence[UUID]], "sa.Select[Any, str]"]
AT_ONCE = 500
_holders: dict[str, Holder] = {}


def holding(kind: str) -> Callable[[Holder], Holder]:
    """Makes a kind of document known that holds assets while it is open: the function selects, of these assets, the id
    of each and the number of the open one it is on. What is on one of them goes on no other."""

    def known(function: Holder) -> Holder:
        _holders[kind] = function
        return function

    return known


def free(work: Work, *assets: Asset, but: Collection[str] = ()) -> None:
    """Conflict: one of the assets is gone, or an open document is about it. `but` names the kinds of document that may
    be."""
    for asset in assets:
        if asset.status is AssetStatus.DISPOSED:
            raise Conflict(N_("{asset} has been disposed of"), asset=asset.number)
        gone_elsewhere(work, asset)
    held = held_by(work, [asset.id for asset in assets], but)
    for asset in assets:
        if asset.id in held:
            kind, number = held[asset.id]
            raise Conflict(BUSY, asset=asset.number, kind=Word(kind), number=number)


def gone_elsewhere(work: Work, asset: Asset) -> None:
    """Conflict: it is a card no more, because it went to another compound or was merged into another."""
    if asset.moved_on is None:
        return
    merged = sa.select(Asset.number).join(AssetValueChange, AssetValueChange.asset_id == Asset.id)
    merged = merged.where(AssetValueChange.other_id == asset.id, AssetValueChange.kind == ValueChange.MERGE)
    with work.session.no_autoflush:
        into = work.session.scalar(merged.limit(1))
    raise Conflict(MERGED, asset=asset.number, into=into) if into else Conflict(MOVED_AWAY, asset=asset.number)


def held_by(work: Work, ids: Sequence[UUID], but: Collection[str] = ()) -> dict[UUID, tuple[str, str]]:
    """The open document each of these assets is on: its kind and number. One query a kind, however many assets."""
    found = dict[UUID, tuple[str, str]]()
    with work.session.no_autoflush:
        for kind, open_ in _holders.items():
            for start in range(0, len(ids) if kind not in but else 0, AT_ONCE):
                for id, number in work.session.execute(open_(ids[start : start + AT_ONCE])):
                    found.setdefault(id, (kind, number))
    return found


def holders() -> Mapping[str, Holder]:
    """The kinds of document that hold assets while they are open, and how to find the open ones an asset is on."""
    return _holders


def _settle(work: Work, asset: Asset, given: dict[str, Any]) -> None:
    """What the card's fields owe each other. A card that went to another compound stays as it was."""
    gone_elsewhere(work, asset)
    _by_people(work, asset, given)
    card_rules.check(asset, given)
    if given.get("class_code"):
        _classify(work, asset)
    asset_worth.settle(work, asset, given)
    if given.get("room_id"):
        asset.building_id = work.get(Room, given["room_id"]).building_id
        asset.place_text = None
    elif ("building_id" in given and not given["building_id"]) or (
        given.get("building_id") and asset.room_id and work.get(Room, asset.room_id).building_id != asset.building_id
    ):
        asset.room_id = None
    if given.get("unit_id"):
        asset.unit_text = None
    if given.get("keeper_id"):
        asset.keeper_text = None
        if not asset.rid or sa.inspect(asset).attrs.keeper_id.history.added:
            is_here(work, given["keeper_id"], "asset.keeper_id")
    if asset.rid and given.keys() & set(PLACES):
        _free(work, asset)
        _take_along(work, asset)
    if asset.rid and sa.inspect(asset).attrs.quantity.history.deleted:
        free(work, asset, but=("lease",))  # a note or a disposal says how many pieces it is about


def _take_along(work: Work, asset: Asset) -> None:
    """What is part of it, and was where it was, or with whom, goes along."""
    state = sa.inspect(asset).attrs
    past = {name: was[0] for name in PLACES if (was := list(state[name].history.deleted))}
    with work.session.no_autoflush:
        ids = with_parts(work.session, [asset.id])[1:] if past else []
        for start in range(0, len(ids), AT_ONCE):
            for part in work.session.scalars(sa.select(Asset).where(Asset.id.in_(ids[start : start + AT_ONCE]))):
                for name in (name for name, was in past.items() if getattr(part, name) == was):
                    setattr(part, name, getattr(asset, name))
                _free(work, part)


def _by_people(work: Work, asset: Asset, given: dict[str, Any]) -> None:
    """A card that exists gets the states of documents, and leaves them, by documents alone."""
    was = sa.inspect(asset).attrs.status.history.deleted if asset.rid and "status" in given else ()
    if was and not _typed(work, asset, was[0], asset.status):
        status = asset.status if asset.status in BY_DOCUMENT else was[0]
        raise Invalid(BY_PAPER, field=Word("asset.status"), status=Word(f"asset.status={status.value}"))


def _typed(work: Work, asset: Asset, was: AssetStatus, now: AssetStatus) -> bool:
    """Whether people may say that it is in another state: none that a document sets, nor out of one that a document
    set. Cards that came in so from a register have no document, and may leave it."""
    if now in BY_DOCUMENT:
        return False
    return was not in BY_DOCUMENT or not (asset.disposed_on or held_by(work, [asset.id]))


def keep_status(work: Work, asset: Asset, values: dict[str, Any]) -> bool:
    """What a document says of a card stands against a register, whose word for it is taken out of its values."""
    now = values.get("status")
    kept = now is not None and now != asset.status and not _typed(work, asset, asset.status, now)
    if kept:
        del values["status"]
    return kept


def _classify(work: Work, asset: Asset) -> None:
    found = sa.select(AssetClass.n).where(AssetClass.code == asset.class_code, AssetClass.edition == EDITION)
    with work.session.no_autoflush:
        if work.session.scalar(found) is None:
            message = N_("GB/T 14885-2022 has no class {code}")
            raise Invalid(message, field=Word("asset.class_code"), code=asset.class_code)
    asset.class_edition, asset.class_text = EDITION, None


def _free(work: Work, asset: Asset) -> None:
    """Keeper, unit and place are what an issued note is about: it is signed or cancelled first."""
    changed = sa.inspect(asset).attrs
    if not any(changed[name].history.added for name in PLACES):
        return
    if number := _held_by(work, asset):
        raise Conflict(N_("Handover note {number} is open for this asset; finish or cancel it first"), number=number)


def on_note(work: Work, asset: Asset, values: Mapping[str, Any]) -> str | None:
    """The number of the issued note that is about this asset, if these values would move it."""
    moved = any(values[name] != getattr(asset, name) for name in MOVED & values.keys())
    return _held_by(work, asset) if moved else None


def _held_by(work: Work, asset: Asset) -> str | None:
    """An issued note, or a loan it is not back from."""
    noted = sa.and_(HandoverLine.open, Handover.state.in_(HELD))
    lent = sa.and_(Handover.purpose == HandoverPurpose.LEND, Handover.state == HandoverState.DONE, HandoverLine.out())
    with work.session.no_autoflush:
        return work.session.scalar(_notes(asset).where(sa.or_(noted, lent)).limit(1))


def _notes(asset: Asset) -> sa.Select[str]:
    """The numbers of the notes that name the asset."""
    found = sa.select(Handover.number).join(HandoverLine, HandoverLine.handover_id == Handover.id)
    return found.where(HandoverLine.asset_id == asset.id)


def keep_moved(work: Work, asset: Asset, values: dict[str, Any]) -> str | None:
    """What both sides have signed stands against a register: keeper, unit and place are taken out of its values.

    The number of the note; None when the asset never changed hands, or the register says the same.
    """
    if not any(values[name] != getattr(asset, name) for name in MOVED & values.keys()):
        return None
    found = _notes(asset).where(Handover.state == HandoverState.DONE)
    with work.session.no_autoflush:
        number = work.session.scalar(found.order_by(Handover.n.desc()).limit(1))
    for name in MOVED & values.keys() if number else ():
        del values[name]
    return number


@guarding(Asset)
def _stands(work: Work, asset: Asset, values: dict[str, Any], since: int) -> None:
    """Nothing is taken back that an issued note is about, or that both sides have signed since, and nothing goes back
    to who has left."""
    if values.get("keeper_id") not in (None, asset.keeper_id):
        is_here(work, values["keeper_id"], "asset.keeper_id")
    number = on_note(work, asset, values)
    if number is None and any(values[name] != getattr(asset, name) for name in MOVED & values.keys()):
        signed = _notes(asset).where(Handover.state == HandoverState.DONE, Handover.rid > since)
        with work.session.no_autoflush:
            number = work.session.scalar(signed.order_by(Handover.n.desc()).limit(1))
    if number:
        raise Conflict(NOTED, number=asset.number, note=number)


ASSETS = records(
    "assets",
    Asset,
    sorts=("number", "name", "cost", "acquired_on", "status"),
    sums=("cost",),
    series="ZC",
    settle=_settle,
    blank="moved_on",
    parting=asset_worth.stays,
)
