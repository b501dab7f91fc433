"""Whose people do the work: the office's own beside those on contract, of agencies and of providers."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.staff import Employment, Staff
from resources.rest import resting
from resources.words import N_
from services.certificates_held import Key, raw
from services.desk.intent import query
from services.desk.private import closed
from services.desk.schema import takes
from services.desk.session import DeskSession
from services.establishment import OWN
from services.may_do import present_on
from services.skill_matrix import DAY_OF, SCOPED, Reading
from services.skill_needs import Scope
from services.team_comparison import SCHOOLED
from services.training_hours import hours


class Whose(enum.StrEnum):
    """Whose people they are, in the order they are told."""

    OWN = "own"
    CONTRACT = "contract"
    AGENCY = "agency"
    PROVIDER = "provider"
    UNSAID = "unsaid"


WORDS = {
    Whose.OWN: N_("The office's own"), Whose.CONTRACT: N_("On contract"), Whose.AGENCY: N_("Agency"),
    Whose.PROVIDER: N_("Provider"), Whose.UNSAID: N_("Not said"),
}  # fmt: skip


@dataclass
class Side:
    """The people of one side; of agencies and providers each `employer` apart. `aged` births are known, `months` old
    together; of `bound` people `met` have all the hours the rules ask of them; `hours` in tenths; of `asked` whose post
    asks for certificates `certified` hold them all."""

    whose: Whose
    employer: str
    people: int = 0
    aged: int = 0
    months: int = 0
    schooled: int = 0
    skilled: int = 0
    bound: int = 0
    met: int = 0
    hours: int = 0
    asked: int = 0
    certified: int = 0

    @property
    def mean(self) -> float | None:
        """The mean age in years, as far as births are known and may be told."""
        return self.months / self.aged / 12 if self.aged else None


@query(N_("The office's own people beside those of providers"), on=Staff, name="staff.sides")
def sides(session: Session, on: date, compound_ids: Sequence[UUID] = ()) -> list[Side]:
    """Everybody here on a day, in some compounds or in all in reach; hours of the year until then."""
    told = "born_on" not in closed(cast("DeskSession", session), Staff)
    found, of = dict[tuple[Whose, str], Side](), dict[Key, Side]()
    with resting():
        reading = Reading(session, on, Scope(tuple(compound_ids)))
        for key, *facts in session.execute(_people(on, compound_ids)):
            employment, employer = facts[:2]
            at = (whose(employment), (employer or "") if employment not in OWN else "")
            of[key] = side = found.setdefault(at, Side(*at))
            _count(side, facts[2:], on, told=told)
        for person in hours(session, on.year, on):
            if side_ := of.get(person.key):
                side_.bound += bool(person.targets)
                side_.met += bool(person.targets) and person.met
                side_.hours += person.heard.total
    for key, groups in reading.needs.of.items():
        if key in of and groups:
            holds = {kind for kind, row in reading.mine.get(key, {}).items() if row.standing.holds}
            of[key].asked += 1
            of[key].certified += all(not holds.isdisjoint(group) for group in groups)
    return sorted(found.values(), key=_order)


takes("staff.sides", (DAY_OF, SCOPED[0]))


def whose(employment: Employment | None) -> Whose:
    """The side somebody is on by how he is employed."""
    if employment is None:
        return Whose.UNSAID
    return Whose.OWN if employment in OWN else Whose(employment.value)


def _people(on: date, compounds: Sequence[UUID]) -> sa.Select[Any]:
    picked = sa.select(raw(Staff.id), Staff.employment, Staff.employer, Staff.education, Staff.skill_level,
                       Staff.born_on).where(*present_on(on))  # fmt: skip
    return picked.where(Staff.compound_id.in_(compounds)) if compounds else picked


def _count(side: Side, facts: Sequence[Any], on: date, *, told: bool) -> None:
    education, skill, born = facts
    side.people += 1
    side.schooled += education in SCHOOLED
    side.skilled += skill is not None
    if told and born is not None:
        side.aged += 1
        side.months += (on.year - born.year) * 12 + on.month - born.month


def _order(side: Side) -> tuple[int, int, str]:
    return list(Whose).index(side.whose), -side.people, side.employer
