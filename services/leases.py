"""Leases and shared use: agreed, running, ended. The rent of each period is in `lease_rents`.

Decree 738 art. 18 (共享共用), 19; Decree 621 art. 23: organs let out no office rooms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.asset import Asset, AssetStatus
from models.building import Building
from models.lease import OPEN, Lease, LeaseKind, LeaseState
from models.room import Room
from resources.words import N_, Word
from services import checks, lease_rents, rights
from services.assets import free, holding
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.disposal_rules import PLACES
from services.disposal_sheet import Gap
from services.records import write
from services.rent_schedule import longer_than
from services.right_words import SAYS

LEASES = listing(Listing("leases", Lease, ("number", "until_on", "state")))
KEPT = N_("A lease is changed on its page: end it or cancel it there")
STATE = N_("This lease is {state}; that cannot be done any more")
OFFICE_SPACE = N_("It is office space, which is not let out (Decree 621 art. 23): give it another use first")
AGAINST = N_("It cannot be let: {why}")
NO_BUILDING = N_("{asset} is real property: name its building on the card, so that its title can be looked at")
ENTER = N_("“{field}” is missing: {source}")
TOO_LONG = N_("Longer than {years} years: say why in “{field}” ({source})")
NEVER = N_("Longer than {years} years: no lease may be ({source})")
TAKEN = N_("{number} lets this place, or a part of it, in that time already")
ONE_THING = N_("Say what is let: one asset, or a building or room")
OTHER_BUILDING = N_("The room is in another building")
ORDER = N_("“From” lies after “To”.")
END = N_("A lease ends within its term, from {first} to {last}")
MADE = ("kind", "asset_id", "building_id", "room_id", "lessee", "contact", "purpose", "approval_no", "approved_on",
        "bidding_no", "appraisal_no", "appraised", "contract_no", "from_on", "until_on", "exception", "rent", "period",
        "note")  # fmt: skip
FIELDS = {name: describe(Lease)[name] for name in MADE}
CHANGEABLE = {name: replace(spec, required=False, default=None) for name, spec in FIELDS.items() if name != "kind"}
ME = FieldSpec("lease", "lease_id", Kind.REFERENCE, True, target="lease")


@holding("lease")
def _open(ids: Sequence[UUID]) -> sa.Select[Any, str]:
    """The numbers of the open leases of assets."""
    return sa.select(Lease.asset_id, Lease.number).where(Lease.asset_id.in_(ids), Lease.state.in_(OPEN))


@intent(N_("Draft lease"), on=Lease, name="leases.draft", kept=KEPT)
def draft(work: Work, **values: Any) -> UUID:
    """A lease, or a use shared for compensation, with the rents its term and period make. Conflict: the asset is on
    another open document."""
    given = checks.checked_all(FIELDS, values, whole=True)
    thing = _thing(work, given)
    made = Lease(
        compound_id=thing.compound_id, number=next(work.numbers("ZL")),
        **{name: value for name, value in given.items() if value is not None},
    )  # fmt: skip
    _sensible(work, made)
    work.add(made)
    lease_rents.make(work, made)
    return made.id


takes("leases.draft", tuple(FIELDS.values()))


@intent(N_("Revise lease"), on=Lease, name="leases.revise", kept=KEPT)
def revise(work: Work, lease_id: UUID, **values: Any) -> None:
    """The terms of a draft; what is not given stays. Another term, rent or period makes the rents anew."""
    found = _in_state(work, lease_id, LeaseState.DRAFT)
    given = checks.checked_all(CHANGEABLE, values, whole=False)
    terms = [getattr(found, name) for name in lease_rents.TERMS]
    write(found, FIELDS, given)
    if _thing(work, {name: getattr(found, name) for name in FIELDS}).compound_id != found.compound_id:
        raise Conflict(N_("“{field}” is in another compound"), field=Word("lease.asset_id"))
    _sensible(work, found)
    if terms != [getattr(found, name) for name in lease_rents.TERMS]:
        lease_rents.make(work, found)


takes("leases.revise", (ME, *CHANGEABLE.values()))


@intent(N_("Start lease"), on=Lease, name="leases.start", kept=KEPT)
def start(work: Work, lease_id: UUID) -> None:
    """From now on it runs: an asset is let, or shared. Conflict: something is missing or stands against it."""
    found = _in_state(work, lease_id, LeaseState.DRAFT)
    for gap in gaps(work.session, found, work.today):
        raise Conflict(gap.message, **gap.values)
    found.state = LeaseState.RUNNING
    if found.asset_id:
        asset = work.get(Asset, found.asset_id)
        found.was = asset.status
        if found.kind is LeaseKind.LEASE:
            asset.status = AssetStatus.LEASED
        else:
            asset.shared = True


@intent(N_("End lease"), on=Lease, name="leases.end", kept=KEPT)
def end(work: Work, lease_id: UUID, ended_on: date, end_reason: str | None = None) -> None:
    """The last day it ran: the asset is as it was before, and rents of later periods that were not received are taken
    off. Before the end of its term a reason is needed."""
    found = _in_state(work, lease_id, LeaseState.RUNNING)
    if not found.from_on <= ended_on <= found.until_on:
        raise Invalid(END, field=Word("lease.ended_on"), first=found.from_on, last=found.until_on)
    if ended_on > work.today:
        raise Invalid(lease_rents.AHEAD, field=Word("lease.ended_on"), date=ended_on)
    needed = replace(describe(Lease)["end_reason"], required=ended_on < found.until_on)
    found.end_reason, found.ended_on = checks.checked(needed, end_reason), ended_on
    found.state = LeaseState.ENDED
    lease_rents.cut(work, found, ended_on)
    if found.asset_id:
        _give_back(work.get(Asset, found.asset_id), found)


@intent(N_("Cancel lease"), on=Lease, name="leases.cancel", kept=KEPT)
def cancel(work: Work, lease_id: UUID) -> None:
    """A draft comes to nothing; its number is void."""
    _in_state(work, lease_id, LeaseState.DRAFT).state = LeaseState.CANCELLED
    lease_rents.clear(work, lease_id)


def gaps(session: Session, found: Lease, on: date) -> list[Gap]:
    """What is missing before a draft may run, and what stands against it."""
    return [*_numbers(found), *_term(found), *_place(session, found, on)]


def _numbers(found: Lease) -> Iterator[Gap]:
    for name, source in resources.settings("lease_rules")["needed"][found.kind.value].items():
        if not getattr(found, name):
            yield Gap(ENTER, {"field": Word(f"lease.{name}"), "source": source})


def term_rule(on: date) -> dict[str, Any] | None:
    """How long a lease that begins on a day may be, by `lease_rules.json`."""
    for rule in resources.settings("lease_rules")["terms"]:
        if rule["from_on"] <= on.isoformat() <= (rule["until_on"] or "9999"):
            return dict(rule)
    return None


def _term(found: Lease) -> Iterator[Gap]:
    rule = term_rule(found.from_on) if found.kind is LeaseKind.LEASE else None
    if rule is None:
        return
    if longer_than(found.from_on, found.until_on, rule["most"]):
        yield Gap(NEVER, {"years": rule["most"], "source": rule["source"]})
    elif longer_than(found.from_on, found.until_on, rule["years"]) and not found.exception:
        yield Gap(TOO_LONG, {"years": rule["years"], "field": Word("lease.exception"), "source": rule["source"]})


def _place(session: Session, found: Lease, on: date) -> Iterator[Gap]:
    """What the title of the place, or of the building a card stands for, says against letting it."""
    building, room = found.building_id, found.room_id
    if found.asset_id:
        asset = session.get(Asset, found.asset_id)
        if asset is None or not (asset.class_code or "").startswith(PLACES):
            return
        building, room = asset.building_id, None
        if building is None:
            yield Gap(NO_BUILDING, {"asset": asset.number})
    if building is None or found.kind is LeaseKind.SHARE:
        return
    answer = rights.may(session, building_id=building, room_id=room, purpose=rights.Purpose.LEASE, on=on)
    for finding in answer.findings:
        if finding.code == "office":
            yield Gap(OFFICE_SPACE)
        elif finding.effect is rights.Effect.REFUSE:
            yield Gap(AGAINST, {"why": Word(SAYS[finding.code])})


def _thing(work: Work, given: dict[str, Any]) -> Asset | Building:
    """What is let: one card, or a building or a room of it, whose building is filled in."""
    if bool(given.get("asset_id")) == bool(given.get("building_id") or given.get("room_id")):
        raise Invalid(ONE_THING, field=Word("lease.asset_id"))
    if given.get("asset_id"):
        return work.get(Asset, given["asset_id"])
    room = work.get(Room, given["room_id"]) if given.get("room_id") else None
    if room is not None and given.get("building_id") not in (None, room.building_id):
        raise Conflict(OTHER_BUILDING)
    given["building_id"] = room.building_id if room else given["building_id"]
    return work.get(Building, given["building_id"])


def _sensible(work: Work, row: Lease) -> None:
    if row.until_on < row.from_on:
        raise Invalid(ORDER, field=Word("lease.until_on"))
    if row.asset_id:
        _free(work, row)
    elif number := _beside(work, row):
        raise Conflict(TAKEN, number=number)


def _free(work: Work, row: Lease) -> None:
    """No other open document has the asset; this one has it once it is there."""
    with work.session.no_autoflush:
        asset = work.get(Asset, row.asset_id)  # type: ignore[arg-type]
        if other := work.session.execute(_open([asset.id]).where(Lease.id != row.id).limit(1)).first():
            raise Conflict(TAKEN, number=other.number)
    free(work, asset, but=("lease",))


def _beside(work: Work, row: Lease) -> str | None:
    """The number of another open lease of the place, of all of it or of a part, in days this one runs."""
    found = sa.select(Lease.number).where(
        Lease.id != row.id, Lease.building_id == row.building_id, Lease.state.in_(OPEN),
        Lease.from_on <= row.until_on, Lease.until_on >= row.from_on,
    )  # fmt: skip
    if row.room_id:
        found = found.where(sa.or_(Lease.room_id.is_(None), Lease.room_id == row.room_id))
    with work.session.no_autoflush:
        return work.session.scalar(found.limit(1))


def _give_back(asset: Asset, found: Lease) -> None:
    if found.kind is LeaseKind.SHARE:
        asset.shared = False
    elif asset.status is AssetStatus.LEASED:
        asset.status = found.was or AssetStatus.IDLE


def _in_state(work: Work, lease_id: UUID, state: LeaseState) -> Lease:
    found = work.get(Lease, lease_id)
    if found.state is not state:
        raise Conflict(STATE, state=Word(f"lease.state={found.state.value}"))
    return found
