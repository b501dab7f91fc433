"""Who holds, manages and uses a place on a day, by which paper; and whether it may be disposed of or leased."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.building import Building, BuildingKind
from models.occupancy import Occupancy
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from models.title import CoOwnership, RightKind, Title, TitleCoverage, TitleState
from models.title_event import TitleEvent, TitleEventKind
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.title_state import STANDS, Standing, standing

K, R = TitleEventKind, RightKind
Said = list[tuple[Title, Standing]]
LAND = (R.LAND_USE, R.LAND_USE_AND_HOUSE, R.COLLECTIVE_LAND, R.OTHER)  # rights by which land is one's own to give away
HOUSE = (R.HOUSE, R.LAND_USE_AND_HOUSE, R.OTHER)
NO_PLACE = N_("There is no such building or room, or it is out of your reach")


@dataclass(frozen=True)
class Fact:
    """One of the four facts: who, since when, by which paper ("" when there is none), under which record."""

    who: str
    since: date | None
    paper: str
    number: str


@dataclass(frozen=True)
class Rights:
    """The four facts of a place on a day. `users` are those with an agreement, `actual` all who use it."""

    holders: tuple[Fact, ...] = ()
    managers: tuple[Fact, ...] = ()
    users: tuple[Fact, ...] = ()
    actual: tuple[Fact, ...] = ()


class Effect(enum.StrEnum):
    """What a finding does to a disposal or a lease."""

    REFUSE = "refuse"
    CONDITION = "condition"


@dataclass(frozen=True)
class Finding:
    """A reason: its code in `title_rules.json`, what it does, the rule it rests on as English and as Chinese cite it,
    and what it is about."""

    code: str
    effect: Effect
    source: str
    source_zh: str
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """Whether a place may be disposed of or leased, and every reason against it or condition of it."""

    allowed: bool
    findings: tuple[Finding, ...] = field(default=())


class Purpose(enum.StrEnum):
    """What is meant to be done with a place."""

    DISPOSE = "dispose"
    LEASE = "lease"


@query(N_("Rights in a place on a day"), name="rights.on")
def on_day(session: Session, *, building_id: UUID, room_id: UUID | None = None, on: date) -> Rights:
    """The four facts of a building or of one room of it; a room that was sold is its buyer's. Missing: there is no such
    place."""
    _known(session, building_id, room_id)
    holders, managers = list[Fact](), list[Fact]()
    for title, now in _standings(session, building_id, room_id, on):
        sale = now.sale(room_id) if room_id else None
        if sale and sale.room_id and now.state in STANDS:
            holders.append(proved(session, sale.party, sale.unit_id, sale, title, sale.on))
        else:
            holders += holders_of(session, title, now)
        managers += managers_of(session, title, now)
    actual = users_of(session, building_id, room_id, on)
    users = tuple(fact for fact, agreed in actual if agreed)
    return Rights(tuple(holders), tuple(managers), users, tuple(fact for fact, _ in actual))


@query(N_("May a place be disposed of or leased"), name="rights.may")
def may(session: Session, *, building_id: UUID, room_id: UUID | None = None, purpose: Purpose, on: date) -> Answer:
    """What disposal and lease ask before anything else; what stands against a room stands against its building.
    Missing: there is no such place."""
    building = _known(session, building_id, room_id)
    said = _standings(session, building_id, room_id, on)
    codes = [*_registered(building, said), *(pair for title, now in said for pair in _limits(title, now, room_id))]
    if room_id is None:
        codes += [pair for title, now in _of_rooms(session, building_id, on) for pair in _limits(title, now, None)]
    codes += [("in_use", fact.who) for fact, _ in users_of(session, building_id, room_id, on)]
    if _is_office(session, building_id, room_id):
        codes.append(("office", ""))
    rules = resources.settings("title_rules")["findings"]
    findings = tuple(
        Finding(code, Effect(rules[code][purpose.value]), rules[code]["source"], rules[code]["source_zh"], about)
        for code, about in dict.fromkeys(codes)
    )
    return Answer(all(f.effect is not Effect.REFUSE for f in findings), findings)


def _registered(building: Building, said: Said) -> Iterable[tuple[str, str]]:
    """What is wrong with the ground all else stands on: a right of our own to the place itself, registered or filed. A
    lease gives none, nor does the land under a house."""
    kinds = LAND if building.kind is BuildingKind.LAND else HOUSE
    own = [(title, now) for title, now in said if title.right_kind in kinds]
    if any(now.state is TitleState.REGISTERED for _, now in own):
        return
    if filed := [(title, now) for title, now in own if now.state is TitleState.FILED]:
        yield from (("filed", _name_of(title, now)) for title, now in filed)
        return
    yield from (("cancelled", _name_of(title, now)) for title, now in said if now.state is TitleState.CANCELLED)
    let = [(title, now) for title, now in said if title.right_kind is R.LEASE and now.state in STANDS]
    yield from (("leased_in", _name_of(title, now)) for title, now in let)
    if not let:
        yield "unregistered", ""


def _limits(title: Title, now: Standing, room: UUID | None) -> Iterable[tuple[str, str]]:
    """The codes of what stands against a title, each with what it is about; nothing against one that was cancelled."""
    if now.state is TitleState.CANCELLED:
        return
    name = _name_of(title, now)
    kinds = {K.SEIZURE: "seized", K.DISPUTE_OPENED: "disputed", K.OBJECTION: "objection", K.MORTGAGE: "mortgaged"}
    for event in now.open:
        yield kinds[event.kind], " · ".join(filter(None, (event.party, event.paper)))
    if now.lost:
        yield "lost", name
    if now.co_ownership in (CoOwnership.JOINT, CoOwnership.SHARES):
        yield "co_owned", name
    if now.sale(room):
        yield "sold", name


def _name_of(title: Title, now: Standing) -> str:
    return now.certificate or title.number


def _known(session: Session, building: UUID, room: UUID | None) -> Building:
    found, inside = session.get(Building, building), session.get(Room, room) if room else None
    if found is None or (room and (inside is None or inside.building_id != building)):
        raise Missing(NO_PLACE)
    return found


def _standings(session: Session, building: UUID, room: UUID | None, on: date) -> Said:
    """The titles that cover a place, by number, as they stood on a day; that of one room says nothing of others."""
    inside = [TitleCoverage.room_id.is_(None)] + ([TitleCoverage.room_id == room] if room else [])
    return _covering(session, [TitleCoverage.building_id == building, sa.or_(*inside)], on)


def _of_rooms(session: Session, building: UUID, on: date) -> Said:
    """The titles of single rooms of a building."""
    return _covering(session, [TitleCoverage.building_id == building, TitleCoverage.room_id.is_not(None)], on)


def _covering(session: Session, where: Iterable[sa.ColumnElement[bool]], on: date) -> Said:
    covering = sa.select(TitleCoverage.title_id).where(*where)
    titles = session.scalars(sa.select(Title).where(Title.id.in_(covering)).order_by(Title.number)).all()
    ledgers: dict[UUID, list[TitleEvent]] = defaultdict(list)
    for event in session.scalars(sa.select(TitleEvent).where(TitleEvent.title_id.in_(covering))):
        ledgers[event.title_id].append(event)
    return [(title, standing(ledgers[title.id], on)) for title in titles]


def holders_of(session: Session, title: Title, now: Standing) -> tuple[Fact, ...]:
    """Who holds what a title is about, where it is registered or filed."""
    if now.state not in STANDS:
        return ()
    proof = now.proofs.get("holder") or now.proofs.get("holder_unit_id") or now.proofs["state"]
    since = max((now.begun[name] for name in ("holder", "holder_unit_id") if name in now.begun), default=proof.on)
    return (proved(session, now.holder, now.holder_unit_id, proof, title, since),)


def managers_of(session: Session, title: Title, now: Standing) -> tuple[Fact, ...]:
    """Who manages it: whether it is registered or not, unless that was cancelled."""
    if now.manager_id is None or now.state is TitleState.CANCELLED:
        return ()
    return (proved(session, None, now.manager_id, now.proofs["manager_id"], title, now.begun["manager_id"]),)


def proved(session: Session, who: str | None, unit: UUID | None, proof: TitleEvent, title: Title, since: date) -> Fact:
    """A fact that an event of a ledger says; a unit by its name as it is now."""
    named = _name(session, Organization, unit) if unit else who
    return Fact(named or who or "", since, proof.paper, title.number)


def users_of(session: Session, building: UUID, room: UUID | None, on: date) -> list[tuple[Fact, bool]]:
    """Who uses a place on a day, by whom it belongs to, and whether by an agreement."""
    rooms = [Occupancy.room_id == room] if room else [
        Occupancy.room_id.in_(sa.select(Room.id).where(Room.building_id == building))
    ]  # fmt: skip
    held = sa.select(Occupancy).where(
        *rooms, Occupancy.from_on <= on, sa.or_(Occupancy.until_on.is_(None), Occupancy.until_on >= on)
    )
    found = []
    for row in session.scalars(held.order_by(Occupancy.number)):
        unit = _name(session, Organization, row.unit_id) if row.unit_id else ""
        person = _name(session, Staff, row.staff_id) if row.staff_id else ""
        who = " · ".join(filter(None, (unit, person)))
        found.append((Fact(who, row.from_on, row.agreement or "", row.number), bool(row.agreement)))
    return found


def _name(session: Session, kind: Any, id: UUID) -> str:
    row = session.get(kind, id)
    return str(row.name) if row is not None else ""


def _is_office(session: Session, building: UUID, room: UUID | None) -> bool:
    if room:
        found = session.get(Room, room)
        return found is not None and found.use is RoomUse.OFFICE
    offices = sa.select(Room.id).where(Room.building_id == building, Room.use == RoomUse.OFFICE).limit(1)
    return session.scalar(offices) is not None
