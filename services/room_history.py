"""What happened to the rights in a room: the certificates that covered it one after the other, what is wrong with them,
the entries of their ledgers, and who used it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building
from models.compound import Compound
from models.occupancy import Occupancy, Rank
from models.organization import Organization
from models.room import Room, RoomUse
from models.staff import Staff
from models.title import Title, TitleCoverage, TitlePaper, TitleState
from models.title_defect import DefectKind, DefectRoute, DefectState, TitleDefect
from models.title_event import TitleEvent
from resources.words import N_
from services.building_history import Step
from services.desk.errors import Missing
from services.desk.intent import query
from services.rights import NO_PLACE, Rights, on_day
from services.title_sheet import entry_of
from services.title_state import Standing, in_order, standing


@dataclass(frozen=True)
class Span:
    """A certificate as long as it and its holder stayed what they were; `until_on` None: it still does. `room`: it is
    of the room alone, not of its whole building. Areas in 0.01 m²."""

    title: str
    certificate: str
    paper: TitlePaper
    room: bool
    holder: str
    manager: str
    state: TitleState
    from_on: date
    until_on: date | None
    area: int | None
    surveyed: int | None


@dataclass(frozen=True)
class Wrong:
    """A defect of one of the titles that was known by the day."""

    number: str
    title: str
    kind: DefectKind
    evidence: str
    route: DefectRoute | None
    opened_on: date
    settled_on: date | None
    state: DefectState
    result: str


@dataclass(frozen=True)
class Used:
    """A unit or person in the room. `area` is the share that was agreed, in 0.01 m²; `until_on` None: still there."""

    unit: str
    person: str
    rank: Rank | None
    area: int | None
    agreement: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class RoomHistory:
    """A room up to a day, everything oldest first. `area` is its usable floor area, in 0.01 m²."""

    number: str
    name: str
    building: str
    compound: str
    use: RoomUse
    area: int | None
    on: date
    now: Rights
    titles: int
    spans: tuple[Span, ...]
    steps: tuple[Step, ...]
    wrongs: tuple[Wrong, ...]
    uses: tuple[Used, ...]


@query(N_("History of the rights in a room"), name="rights.room_history")
def room_history(session: Session, *, room_id: UUID, on: date) -> RoomHistory:
    """Everything entered for a day up to `on` that concerns the room: of titles of its building, not what is said of
    other rooms. Missing: there is no such room."""
    room = session.get(Room, room_id)
    if room is None:
        raise Missing(NO_PLACE)
    building, compound = session.get(Building, room.building_id), session.get(Compound, room.compound_id)
    titles = _covering(session, room)
    spans, steps = list[Span](), list[Step]()
    for title, alone in titles:
        every = session.scalars(sa.select(TitleEvent).where(TitleEvent.title_id == title.id)).all()
        ledger = [event for event in every if event.room_id in (None, room.id)]
        spans += _spans(session, title, alone, ledger, room.id, on)
        steps += _steps(session, title, ledger, on)
    return RoomHistory(
        room.number, room.name or "", building.name if building else "", compound.name if compound else "", room.use,
        room.area, on, on_day(session, building_id=room.building_id, room_id=room.id, on=on), len(titles),
        tuple(sorted(spans, key=lambda span: (span.from_on, span.title))),
        tuple(sorted(steps, key=lambda step: step.entry.on)), _wrongs(session, [title for title, _ in titles], on),
        _uses(session, room.id, on),
    )  # fmt: skip


def _covering(session: Session, room: Room) -> list[tuple[Title, bool]]:
    """The titles of the room (True) and of its whole building, by number."""
    found = (
        sa.select(Title, TitleCoverage.room_id)
        .join(TitleCoverage, TitleCoverage.title_id == Title.id)
        .where(TitleCoverage.building_id == room.building_id)
        .where(sa.or_(TitleCoverage.room_id.is_(None), TitleCoverage.room_id == room.id))
        .order_by(Title.number)
    )
    made: dict[UUID, tuple[Title, bool]] = {}
    for title, alone in session.execute(found):
        made[title.id] = (title, made.get(title.id, (title, True))[1] and alone is not None)
    return list(made.values())


def _spans(
    session: Session, title: Title, alone: bool, ledger: list[TitleEvent], room: UUID, on: date
) -> Iterator[Span]:
    """A stretch for every certificate, holder or state there was, with the areas known at its end."""
    days = sorted({event.on for event in ledger if event.on <= on})
    stands = [(day, standing(ledger, day)) for day in days]
    stands = [(day, now) for day, now in stands if now.state is not TitleState.UNREGISTERED]
    at = 0
    while at < len(stands):
        begun, now = stands[at]
        same = _key(session, now, room)
        while at < len(stands) and _key(session, stands[at][1], room) == same:
            now, at = stands[at][1], at + 1
        until = stands[at][0] if at < len(stands) else None
        manager = session.get(Organization, now.manager_id) if now.manager_id else None
        yield Span(
            title.number, now.certificate or title.certificate or "", title.paper, alone, same[1],
            manager.name if manager else "", now.state, begun, until, now.area, now.surveyed_area,
        )  # fmt: skip


def _key(session: Session, now: Standing, room: UUID) -> tuple[str | None, str, TitleState]:
    """What makes it another stretch. A room that was sold is its buyer's."""
    sale = now.sale(room)
    party, unit_id = (sale.party, sale.unit_id) if sale and sale.room_id else (now.holder, now.holder_unit_id)
    unit = session.get(Organization, unit_id) if unit_id else None
    return now.certificate, unit.name if unit else party or "", now.state


def _steps(session: Session, title: Title, ledger: list[TitleEvent], on: date) -> Iterator[Step]:
    now, past = standing(ledger, on), in_order(event for event in ledger if event.on <= on)
    for at, event in enumerate(past, 1):
        certificate = standing(past[:at], event.on).certificate
        yield Step(certificate or title.certificate or title.number, entry_of(session, event, now))


def _wrongs(session: Session, titles: list[Title], on: date) -> tuple[Wrong, ...]:
    names = {title.id: title.certificate or title.number for title in titles}
    found = (
        sa.select(TitleDefect)
        .where(TitleDefect.title_id.in_(list(names)), TitleDefect.opened_on <= on)
        .order_by(TitleDefect.opened_on, TitleDefect.number)
    )
    return tuple(
        Wrong(row.number, names[row.title_id], row.kind, row.evidence or "", row.route, row.opened_on,
              row.settled_on if row.settled_on and row.settled_on <= on else None,
              row.state if row.settled_on is None or row.settled_on <= on else DefectState.OPEN, row.result or "")
        for row in session.scalars(found)
    )  # fmt: skip


def _uses(session: Session, room: UUID, on: date) -> tuple[Used, ...]:
    found = (
        sa.select(Occupancy, Organization.name, Staff.name)
        .outerjoin(Organization, Organization.id == Occupancy.unit_id)
        .outerjoin(Staff, Staff.id == Occupancy.staff_id)
        .where(Occupancy.room_id == room, Occupancy.from_on <= on)
        .order_by(Occupancy.from_on, Occupancy.number)
    )
    return tuple(
        Used(unit or "", person or "", row.rank, row.area, row.agreement or "", row.from_on,
             row.until_on if row.until_on and row.until_on <= on else None)
        for row, unit, person in session.execute(found)
    )  # fmt: skip
