"""Places in a session: enrolled while there are any, then in a line; a place that is freed goes to who waits longest.

Whoever is away then, or sits in another session, is told and is enrolled only with a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.staff import Staff, StaffAbsence
from models.training import Attendance, PlaceState, SessionState, TrainingSession
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.undo import following, guarding
from services.desk.work import Work
from services.rent_schedule import DAY

AWAY = N_("{n} cannot come: {who}. Leave them out, or say in a word why they are enrolled nevertheless")
OVER = N_("This session is {state}; nobody is enrolled any more")
LEFT = N_("{name} left on {date}")
FULL = N_("It cannot be taken back: all {n} places of {number} are taken by others now")
NOT_IN = N_("{name} has no place in this session")
THERE = N_("{name} has signed in already")
ME = FieldSpec("training_session", "training_session_id", Kind.REFERENCE, True, target="training_session")
PEOPLE = FieldSpec("training_session", "staff_ids", Kind.REFERENCE, True, target="staff", many=True)
DESPITE = FieldSpec("training_session", "despite", Kind.TEXT, max_length=200)
OPEN = (SessionState.PLANNED, SessionState.RUNNING)


@dataclass(frozen=True)
class Enrolled:
    """What came of it: how many have a place, how many wait, and how many had one or waited before."""

    enrolled: int
    waiting: int
    known: int


@dataclass(frozen=True)
class Clash:
    """Why somebody cannot come: the days he is away, or the number of another session."""

    staff_id: UUID
    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} ({self.why})"


@intent(N_("Enrol in session"), on=TrainingSession, name="training_sessions.enrol")
def enrol(work: Work, training_session_id: UUID, staff_ids: Sequence[UUID], despite: str | None = None) -> Enrolled:
    """These people get a place, or wait for one in this order. Conflict: one has left; or one is away or elsewhere then
    and nobody says why he is enrolled `despite` that."""
    found, word = work.hold(TrainingSession, training_session_id), checks.checked(DESPITE, despite)
    if found.state not in OPEN:
        raise Conflict(OVER, state=Word(f"training_session.state={found.state.value}"))
    people = [work.get(Staff, id) for id in dict.fromkeys(staff_ids)]
    if not people:
        raise Invalid(N_("“{field}” is required"), field=PEOPLE.key)
    for person in people:
        still_here(person, found)
    before = {seat.staff_id: seat for seat in seats(work.session, found.id, *PlaceState)}
    fresh = [p for p in people if p.id not in before or before[p.id].state is PlaceState.WITHDRAWN]
    away = list(clashes(work.session, found, {person.id: person.name for person in fresh}))
    if away and not word:
        raise Conflict(AWAY, field=DESPITE.key, n=len(away), who=", ".join(map(str, away)))
    against = {clash.staff_id for clash in away}
    for person in fresh:
        if person.id in before:
            before[person.id].alive = False  # who comes back stands at the end of the line
    work.session.flush()
    for person in fresh:
        note = word if person.id in against else None
        work.add(Attendance(compound_id=found.compound_id, training_session_id=found.id, staff_id=person.id,
                            state=PlaceState.WAITING, note=note))  # fmt: skip
    placed = {seat.staff_id for seat in move_up(work, found)}
    mine = {person.id for person in fresh}
    return Enrolled(len(placed & mine), len(mine - placed), len(people) - len(fresh))


takes("training_sessions.enrol", (ME, PEOPLE, DESPITE))


@intent(N_("Withdraw from session"), on=TrainingSession, name="training_sessions.withdraw")
def withdraw(work: Work, training_session_id: UUID, staff_ids: Sequence[UUID]) -> Sequence[UUID]:
    """These people do not come; who waits longest gets the place. Returns the people who moved up. Conflict: one has
    signed in."""
    found = work.hold(TrainingSession, training_session_id)
    if found.state not in OPEN:
        raise Conflict(OVER, state=Word(f"training_session.state={found.state.value}"))
    there = {seat.staff_id: seat for seat in seats(work.session, found.id, PlaceState.ENROLLED, PlaceState.WAITING)}
    for id in dict.fromkeys(staff_ids):
        seat = there.get(id)
        if seat is None or seat.signed_in_at is not None:
            raise Conflict(NOT_IN if seat is None else THERE, name=work.get(Staff, id).name)
        seat.state = PlaceState.WITHDRAWN
    return [seat.staff_id for seat in move_up(work, found)]


takes("training_sessions.withdraw", (ME, PEOPLE))


def free(work: Work, person: Staff, left_on: date) -> None:
    """Somebody leaves: his places in sessions that begin after that day are free again."""
    after = datetime.combine(left_on + DAY, time()).astimezone()
    ahead = (
        sa.select(TrainingSession)
        .join(Attendance, Attendance.training_session_id == TrainingSession.id)
        .where(Attendance.staff_id == person.id, Attendance.state != PlaceState.WITHDRAWN,
               Attendance.signed_in_at.is_(None), TrainingSession.state.in_(OPEN), TrainingSession.starts_at >= after)
    )  # fmt: skip
    for found in work.session.scalars(ahead).all():
        withdraw(work, found.id, [person.id])


def still_here(person: Staff, found: TrainingSession) -> None:
    """Conflict: somebody had left before the session began."""
    if person.left_on is not None and person.left_on < found.starts_at.astimezone().date():
        raise Conflict(LEFT, name=person.name, date=person.left_on)


@guarding(Attendance)
def _place_back(work: Work, row: Attendance, values: dict[str, Any], since: int) -> None:
    """Somebody gets his place again: whether it is free is looked at when all is taken back."""
    placed = values.get("state", row.state) is PlaceState.ENROLLED
    if placed and (row.state is not PlaceState.ENROLLED or values.get("alive") is True):
        work.session.info.setdefault(FULL, set()).add(row.training_session_id)


@guarding(TrainingSession)
def _places_back(work: Work, row: TrainingSession, values: dict[str, Any], since: int) -> None:
    """The same of a session that gets back the places it had."""
    if "capacity" in values:
        work.session.info.setdefault(FULL, set()).add(row.id)


@following(TrainingSession)
@following(Attendance)
def _full(work: Work, ids: list[UUID]) -> None:
    """Taking back gives nobody a place that another has by now."""
    for of in work.session.info.pop(FULL, ()):
        found = work.get(TrainingSession, of)
        taken, most = len(seats(work.session, of, PlaceState.ENROLLED)), found.capacity
        if most is not None and taken > most:
            raise Conflict(FULL, number=found.number, n=most)


def seats(session: Session, training_session_id: UUID, *states: PlaceState) -> list[Attendance]:
    """The places of a session in the order they were asked for."""
    found = (
        sa.select(Attendance)
        .where(Attendance.training_session_id == training_session_id, Attendance.state.in_(states))
        .order_by(Attendance.id)  # ids are in order of time, wherever they were made
    )
    return list(session.scalars(found))


def move_up(work: Work, found: TrainingSession) -> list[Attendance]:
    """Gives the places that are free to who waits longest; returns who got one."""
    work.session.flush()
    taken = len(seats(work.session, found.id, PlaceState.ENROLLED))
    moved = first_in_line(taken, seats(work.session, found.id, PlaceState.WAITING), found.capacity)
    for seat in moved:
        seat.state = PlaceState.ENROLLED
    return moved


def first_in_line(taken: int, waiting: list[Attendance], capacity: int | None) -> list[Attendance]:
    """Who of a line gets a place: all where there is no limit, else the first ones until the places are taken."""
    return waiting if capacity is None else waiting[: max(0, capacity - taken)]


def clashes(session: Session, found: TrainingSession, names: Mapping[UUID, str]) -> Iterator[Clash]:
    """Why some of these people cannot come: away on one of its days, or in another session at its time."""
    first, last = (moment.astimezone().date() for moment in (found.starts_at, found.ends_at))
    away = sa.select(StaffAbsence).where(
        StaffAbsence.staff_id.in_(names), StaffAbsence.from_on <= last, StaffAbsence.until_on >= first
    )
    for absence in session.scalars(away.order_by(StaffAbsence.from_on)):
        days = f"{absence.from_on.isoformat()} – {absence.until_on.isoformat()}"
        yield Clash(absence.staff_id, names[absence.staff_id], days)
    busy = (
        sa.select(Attendance.staff_id, TrainingSession.number)
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(
            Attendance.staff_id.in_(names), Attendance.state == PlaceState.ENROLLED, TrainingSession.id != found.id,
            TrainingSession.state.in_(OPEN), TrainingSession.starts_at < found.ends_at,
            TrainingSession.ends_at > found.starts_at,
        )
        .order_by(TrainingSession.number)
    )  # fmt: skip
    for staff_id, number in session.execute(busy):
        yield Clash(staff_id, names[staff_id], number)
