"""The people of the compounds side by side: whose they are, how old, how schooled, what they learnt, its cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.staff import EducationLevel, Employment, Staff
from models.training import SessionState, TrainingSession
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import takes
from services.establishment import OWN
from services.skill_coverage import coverage
from services.skill_matrix import DAY_OF
from services.staff_structure import Group, structure
from services.training_hours import PersonHours, hours
from services.training_sessions import year_of

SCHOOLED = frozenset({EducationLevel.COLLEGE, EducationLevel.BACHELOR, EducationLevel.MASTER, EducationLevel.DOCTOR})


@dataclass(frozen=True)
class Team:
    """A compound's people (of agencies and of providers apart): `mean` age in years or None, how many have been to
    college, how many of `bound` people have all the hours the rules ask of them, hours in tenths, what sessions of the
    year cost (fen), how many certificates too few hold."""

    compound_id: UUID
    compound: str
    people: int
    own: int
    contract: int
    agency: int
    provider: int
    mean: float | None
    schooled: int
    bound: int
    met: int
    hours: int
    cost: int
    short: int

    @property
    def unsaid(self) -> int:
        """How many of whom it is not said whose they are."""
        return self.people - self.own - self.contract - self.agency - self.provider

    @property
    def per_head(self) -> int | None:
        """Fen of training a head, rounded half up; None where nobody is."""
        return (2 * self.cost + self.people) // (2 * self.people) if self.people else None


@query(N_("The people of the compounds side by side"), on=Staff, name="staff.compare")
def compare(session: Session, on: date) -> list[Team]:
    """Every compound in reach with people on a day, by code; hours until then, money of the whole year."""
    trained, short = defaultdict[UUID, list[PersonHours]](list), Counter[UUID]()
    for person in hours(session, on.year, on):
        trained[person.compound_id].append(person)
    for row in coverage(session, on).kinds:
        short[row.compound_id] += row.valid < row.needed
    money = _cost(session, on)
    return [
        _team(group, trained[group.key], money.get(group.key, 0), short[group.key])
        for group in structure(session, on).groups
    ]


takes("staff.compare", (DAY_OF,))


def _team(group: Group, trained: Sequence[PersonHours], cost: int, short: int) -> Team:
    of = group.employment
    bound = [person for person in trained if person.targets]
    return Team(
        group.key, group.name, group.people, sum(of.get(kind, 0) for kind in OWN), of.get(Employment.CONTRACT, 0),
        of.get(Employment.AGENCY, 0), of.get(Employment.PROVIDER, 0), group.mean,
        sum(group.education.get(level, 0) for level in SCHOOLED), len(bound), sum(person.met for person in bound),
        sum(person.heard.total for person in trained), cost, short,
    )  # fmt: skip


def _cost(session: Session, on: date) -> dict[UUID, int]:
    """What the sessions of the year cost each compound that were not cancelled, fen."""
    first, last = year_of(on.year)
    found = sa.select(TrainingSession.compound_id, sa.func.coalesce(sa.func.sum(TrainingSession.cost), 0)).where(
        TrainingSession.starts_at >= first, TrainingSession.starts_at < last,
        TrainingSession.state != SessionState.CANCELLED,
    )  # fmt: skip
    return {id: int(fen or 0) for id, fen in session.execute(found.group_by(TrainingSession.compound_id))}
