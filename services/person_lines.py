"""What is added to a person line by line: his schooling, levels of skill, commendations and reprimands, days away.

Each line lies in the home compound of the person, and its proof is attached to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Scoped
from models.staff import EducationLevel, SkillLevel, Staff, StaffAbsence, StaffEducation, StaffMerit, StaffSkill
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write

AHEAD = N_("“{field}” {date} lies ahead")
ORDER = N_("“From” lies after “To”.")
OVERLAP = N_("{name} is away from {from_on} to {until_on} already")
Settle = Callable[[Work, Staff, Any], None]


class PersonLines:
    """The list of one kind of line and the intents to add, revise and remove one. `settle(work, person, row)` is its
    own rule, run before a new or revised line is stored. `follows`: which facts of the person are those of the line
    with the highest level (fact of the line -> of the person)."""

    def __init__(
        self, name: str, kind: type[Scoped], labels: tuple[str, str, str], settle: Settle,
        follows: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.kind, self.settle, self.follows, entity = kind, settle, follows or {}, kind.__tablename__
        self.listing = listing(Listing(name, kind, ()))
        self.fields = {n: f for n, f in describe(kind).items() if not f.derived and n != "compound_id"}
        self.changeable = {
            n: replace(f, required=False, default=None) for n, f in self.fields.items() if n != "staff_id"
        }
        self.me = FieldSpec(entity, f"{entity}_id", Kind.REFERENCE, True, target=entity)
        acts = (self.add, tuple(self.fields.values())), (self.revise, (self.me, *self.changeable.values())), (
            self.remove, (self.me,))  # fmt: skip
        for (function, fields), label in zip(acts, labels, strict=True):
            act = f"{name}.{function.__name__}"
            intent(label, on=kind, name=act)(function)
            takes(act, fields)

    def add(self, work: Work, **values: Any) -> UUID:
        """A new line of a person, in his home compound; its id."""
        given = checks.checked_all(self.fields, values, whole=True)
        person: Staff = work.get(Staff, given["staff_id"])
        row = self.kind(compound_id=person.compound_id, **{k: v for k, v in given.items() if v is not None})
        self.settle(work, person, row)
        self._follow(work, person, row)
        return work.add(row).id

    def revise(self, work: Work, **values: Any) -> None:
        """What is given is changed, what is not stays."""
        row: Any = work.get(self.kind, values.pop(self.me.name))
        write(row, self.fields, checks.checked_all(self.changeable, values, whole=False))
        with work.session.no_autoflush:
            person = work.get(Staff, row.staff_id)
            self.settle(work, person, row)
            self._follow(work, person, row)

    def remove(self, work: Work, **values: Any) -> None:
        """Entered by mistake. Conflict: something is attached to it."""
        row: Any = work.get(self.kind, values[self.me.name])
        work.remove(row)
        self._follow(work, work.get(Staff, row.staff_id), row)

    def _follow(self, work: Work, person: Staff, row: Any) -> None:
        """A higher line is said of the person. Where what is said of him came from this line and it is lower now, or
        gone, the highest there is is said; without any it stays."""
        if not self.follows:
            return
        highest, facts = row, self.follows.items()
        if not row.alive or rank(row.level) <= rank(getattr(person, self.follows["level"])):
            past = sa.inspect(row).attrs
            if any((past[n].history.deleted or [getattr(row, n)])[0] != getattr(person, field) for n, field in facts):
                return
            with work.session.no_autoflush:
                kind: Any = self.kind
                mine = sa.select(kind).where(kind.staff_id == person.id, kind.id != row.id)
                lines = [*work.session.scalars(mine), *([row] if row.alive else [])]
            if not lines:
                return
            highest = max(lines, key=_level)
        for name, field in facts:
            if getattr(person, field) != getattr(highest, name):
                setattr(person, field, getattr(highest, name))


def not_ahead(work: Work, entity: str, row: object, *fields: str) -> None:
    """Invalid: one of these days lies ahead."""
    for field in fields:
        if (day := getattr(row, field)) is not None and day > work.today:
            raise Invalid(AHEAD, field=Word(f"{entity}.{field}"), date=day)


def _schooled(work: Work, person: Staff, row: StaffEducation) -> None:
    not_ahead(work, "staff_education", row, "finished_on")


def _skilled(work: Work, person: Staff, row: StaffSkill) -> None:
    not_ahead(work, "staff_skill", row, "awarded_on")


def _judged(work: Work, person: Staff, row: StaffMerit) -> None:
    not_ahead(work, "staff_merit", row, "on")


def _away(work: Work, person: Staff, row: StaffAbsence) -> None:
    if row.until_on < row.from_on:
        raise Invalid(ORDER, field=Word("staff_absence.until_on"))
    same = sa.select(StaffAbsence).where(
        StaffAbsence.staff_id == person.id, StaffAbsence.id != row.id, StaffAbsence.from_on <= row.until_on,
        StaffAbsence.until_on >= row.from_on,
    )  # fmt: skip
    with work.session.no_autoflush:
        other = work.session.scalar(same.limit(1))
    if other is not None:
        raise Conflict(OVERLAP, name=person.name, from_on=other.from_on, until_on=other.until_on)


def _level(row: Any) -> int:
    return rank(row.level)


def rank(level: EducationLevel | SkillLevel | None) -> int:
    """Where a level stands among its own, the lowest 0; -1 for none."""
    return -1 if level is None else list(type(level)).index(level)


EDUCATIONS = PersonLines(
    "staff_educations",
    StaffEducation,
    (N_("Add schooling"), N_("Revise schooling"), N_("Remove schooling")),
    _schooled,
    {"level": "education"},
)
SKILLS = PersonLines(
    "staff_skills",
    StaffSkill,
    (N_("Add skill level"), N_("Revise skill level"), N_("Remove skill level")),
    _skilled,
    {"level": "skill_level", "trade": "skill_trade"},
)
MERITS = PersonLines(
    "staff_merits", StaffMerit,
    (N_("Add commendation or reprimand"), N_("Revise commendation or reprimand"),
     N_("Remove commendation or reprimand")), _judged,
)  # fmt: skip
ABSENCES = PersonLines(
    "staff_absences", StaffAbsence, (N_("Add absence"), N_("Revise absence"), N_("Remove absence")), _away
)
LINES: Mapping[str, PersonLines] = {lines.kind.__tablename__: lines for lines in (EDUCATIONS, SKILLS, MERITS, ABSENCES)}
