"""Hours that were heard, by person and kind of course, and how far everybody is from what the rules ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.post import PostFunction
from models.staff import Staff
from models.training import Attendance, Course, TrainingSession
from resources.rest import resting
from resources.words import N_
from services.certificates_held import Key, as_id, raw
from services.desk.intent import query
from services.may_do import present_on
from services.posts_held import posts_on, worker
from services.training_rules import Heard, Target, targets
from services.training_sessions import held

NONE = Heard({}, {})
PERSON = (raw(Staff.id), Staff.number, Staff.name, raw(Staff.compound_id), Staff.employment, Staff.joined_on)


@dataclass(frozen=True)
class PersonHours:
    """What somebody heard in a year (tenths of an hour), and the rules that bind him. Keys are ids as the store keeps
    them."""

    key: Key
    number: str
    name: str
    unit: str
    home: Key
    function: PostFunction | None
    heard: Heard
    targets: tuple[Target, ...]

    @property
    def staff_id(self) -> UUID:
        """The id of the person."""
        return as_id(self.key)

    @property
    def compound_id(self) -> UUID:
        """The id of his compound."""
        return as_id(self.home)

    @property
    def met(self) -> bool:
        """Nothing is missing."""
        return not any(target.short for target in self.targets)


@query(N_("Hours of training and what is missing"), on=Attendance, name="training.hours")
def hours(session: Session, year: int, on: date | None = None, compound_id: UUID | None = None) -> list[PersonHours]:
    """Everybody in reach who was there at the end of a year (or on a day of it), by name, with what he heard until
    then; what the rules of that year ask of him by the post he held."""
    day = on or date(year, 12, 31)
    people = sa.select(*PERSON, Organization.name.label("unit")).outerjoin(
        Organization, Organization.id == Staff.unit_id
    )
    people = people.where(*present_on(day))
    if compound_id is not None:
        people = people.where(Staff.compound_id == compound_id)
    made = list[PersonHours]()
    with resting():
        found, known = heard(session, year, day), posts_on(session, day)
        for key, number, name, home, employment, joined_on, unit in session.execute(
            people.order_by(Staff.name, Staff.number)
        ):
            post, had = known.get(key), found.get(key, NONE)
            who = worker(employment, joined_on, post)
            asked = targets(who, had, year)
            made.append(PersonHours(key, number, name, unit or "", home, who.function, had, asked))
    return made


def heard(session: Session, year: int, until: date, staff_ids: Sequence[UUID] | None = None) -> dict[Key, Heard]:
    """Hours (tenths) and times of a year until a day by person and kind of course: what was held, and where he was."""
    found = (
        sa.select(
            raw(Attendance.staff_id), Course.kind, sa.func.coalesce(sa.func.sum(Attendance.hours), 0), sa.func.count()
        )
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .join(Course, Course.id == TrainingSession.course_id)
        .where(*held(year, until), Attendance.signed_in_at.is_not(None))
        .group_by(Attendance.staff_id, Course.kind)
    )
    if staff_ids is not None:
        found = found.where(Attendance.staff_id.in_(staff_ids))
    made = dict[Key, Heard]()
    for key, kind, tenths, count in session.execute(found):
        mine = made.get(key)
        if mine is None:
            mine = made[key] = Heard({}, {})
        mine.hours[kind], mine.times[kind] = int(tenths or 0), count
    return made
