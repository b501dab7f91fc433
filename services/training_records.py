"""What a person has learnt: every session he was in, hours by year, what he passed, how far he is from his targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.organization import Organization
from models.staff import Staff
from models.training import Attendance
from resources.words import N_
from services import training_lines
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD
from services.posts_held import posts_on, worker
from services.training_hours import NONE, heard
from services.training_lines import HeldCertificate, Learnt
from services.training_rules import Target, targets


@dataclass(frozen=True)
class Passport:
    """Everything a person has learnt, the newest first; `by_year` sums hours in tenths."""

    staff_id: UUID
    number: str
    name: str
    unit: str
    post: str
    compound_id: UUID
    joined_on: date | None
    year: int
    learnt: tuple[Learnt, ...]
    by_year: tuple[tuple[int, int], ...]
    targets: tuple[Target, ...]
    certificates: tuple[HeldCertificate, ...]

    @property
    def ahead(self) -> tuple[Learnt, ...]:
        """Sessions he has a place in, or waits for, that are still to come."""
        return tuple(row for row in self.learnt if row.came is None)

    @property
    def behind(self) -> tuple[Learnt, ...]:
        """Sessions that were held."""
        return tuple(row for row in self.learnt if row.came is not None)


@query(N_("What a person has learnt"), on=Attendance, name="training.passport")
def passport(session: Session, staff_id: UUID, on: date) -> Passport:
    """As of a day, its year for the targets. Missing: there is no such person in reach."""
    person = session.get(Staff, staff_id)
    if person is None:
        raise Missing(NO_RECORD)
    unit = session.scalar(sa.select(Organization.name).where(Organization.id == person.unit_id))
    post = next(iter(posts_on(session, on, [staff_id]).values()), None)
    learnt = tuple(row for row in training_lines.learnt(session, staff_id) if row.on <= on or row.came is None)
    years = dict[int, int]()
    for row in learnt:
        years[row.on.year] = years.get(row.on.year, 0) + row.hours
    had = next(iter(heard(session, on.year, on, [staff_id]).values()), NONE)
    asked = targets(worker(person.employment, person.joined_on, post), had, on.year)
    return Passport(
        staff_id, person.number, person.name, unit or "", post[1] if post else "", person.compound_id,
        person.joined_on, on.year, learnt, tuple(sorted(((y, h) for y, h in years.items() if h), reverse=True)), asked,
        tuple(training_lines.certificates(session, staff_id)),
    )  # fmt: skip
