"""The rows of an attendance list on their way to the places of a session."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.staff import Staff
from models.training import Course, PlaceState, TrainingSession
from resources.words import N_
from services.attendances import CERTIFIED, apply, fitting, note_presence, seat_of
from services.checks import number as folded
from services.checks import person_name
from services.desk.errors import Conflict, Invalid, UserError
from services.desk.work import Work
from services.enrolment import seats
from services.imports.problems import Unreadable
from services.imports.register import Register
from services.imports.rows import NO_NAME, Row
from services.imports.values import to_flag
from services.may_do import present_on
from services.training_sessions import day_of

RESULT = ("hours", "score", "passed", "rating", "feedback", "note")


NOBODY = N_("nobody has the number {number}")


NO_NAMESAKE = N_("nobody in reach is called {name}")


MANY = N_("{n} people are called {name}: give the number")


OTHER = N_("the number {number} is that of {known}, the list says {name}")


TWICE = N_("row {row} is about {name} already")


NOT_IN = N_("{name} is not enrolled; take the list in with those who came without being enrolled")


@dataclass(frozen=True)
class Refused:
    """A row that stays out: its number in the file, what it says, and why as a sentence with what fills its places."""

    row: int
    name: str
    reason: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """What a list came to. `came` were there, `absent` were not, `fresh` of them came without being enrolled."""

    file: str
    read: int
    came: int
    absent: int
    fresh: int
    refused: tuple[Refused, ...]


class Lists:
    """One list on its way to the places of a session."""

    def __init__(self, work: Work, found: TrainingSession, register: Register, *, walk_ins: bool) -> None:
        self.work, self.found, self.register, self.walk_ins = work, found, register, walk_ins
        self.course = work.get(Course, found.course_id)
        self.fields = {match.field for match in register.columns if match.field}
        self.enrolled = {s.staff_id for s in seats(work.session, found.id, PlaceState.ENROLLED)}
        self.by_number, self.by_name = dict[str, Staff](), defaultdict[str, list[Staff]](list)
        self.seen, self.counts, self.refused = dict[UUID, int](), Counter[str](), list[Refused]()

    def run(self) -> Taken:
        """Every row, in order."""
        self._people(self.register.rows)
        for row in self.register.rows:
            try:
                self._row(row)
            except UserError as error:
                said = str(row.values.get("name") or row.number)
                self.refused.append(Refused(row.row, said, error.message, dict(error.values)))
        counts = self.counts
        return Taken(self.register.file, len(self.register.rows), counts["came"], counts["absent"], counts["fresh"],
                     tuple(self.refused))  # fmt: skip

    def _people(self, rows: Sequence[Row]) -> None:
        """Those the list may mean, read at once."""
        numbers = {folded(row.number) for row in rows if row.number}
        names = {person_name(str(row.values["name"])) for row in rows if row.values.get("name")}
        for part in _parts(sorted(numbers)):
            for person in self.work.session.scalars(sa.select(Staff).where(Staff.number.in_(part))):
                self.by_number[person.number] = person
        for part in _parts(sorted(names)):
            day = day_of(self.found.starts_at)
            there = sa.select(Staff).where(Staff.name.in_(part), *present_on(day))
            for person in self.work.session.scalars(there):
                self.by_name[person.name].append(person)

    def _row(self, row: Row) -> None:
        for problem in row.problems:
            if problem.refuses and not (problem.reason == NO_NAME and row.number):
                raise Invalid(problem.reason, **dict(problem.places))
        person = self._person(row)
        if person.id in self.seen:
            raise Invalid(TWICE, row=self.seen[person.id], name=person.name)
        self.seen[person.id] = row.row
        fresh = person.id not in self.enrolled
        if fresh and not self.walk_ins:
            raise Invalid(NOT_IN, name=person.name)
        came = self._came(row)
        if fresh and not came:
            return
        given = {name: row.values[name] for name in RESULT if row.values.get(name) is not None}
        fitting(self.found, given)
        seat = seat_of(self.work, self.found, person.id, walk_in=self.walk_ins)
        if seat.certificate_no:
            raise Conflict(CERTIFIED, number=seat.certificate_no)
        note_presence(seat, self.found, self.course, came=came)
        if came:
            apply(self.work, seat, self.found, self.course, given)
        self.counts["came" if came else "absent"] += 1
        self.counts["fresh"] += fresh

    def _person(self, row: Row) -> Staff:
        name = person_name(str(row.values.get("name") or ""))
        if row.number:
            person = self.by_number.get(folded(row.number))
            if person is None:
                raise Invalid(NOBODY, number=row.number)
            if name and person.name != name:
                raise Invalid(OTHER, number=row.number, known=person.name, name=name)
            return person
        same = self.by_name.get(name, [])
        mine = [person for person in same if person.id in self.enrolled]
        if len(same) != 1 and len(mine) != 1:
            raise Invalid(MANY if same else NO_NAMESAKE, name=name, n=len(same))
        return mine[0] if len(mine) == 1 else same[0]

    def _came(self, row: Row) -> bool:
        """By the column that says so, else by what stands where people sign; a list without either names who came."""
        if "came" in self.fields:
            return bool(row.values.get("came"))
        if "signed_in_at" in self.fields:
            return _signed(row.values.get("signed_in_at"))
        return True


def _signed(text: Any) -> bool:
    """What stands in the cell to sign: nothing and 否 or × are no signature, a name or a time is one."""
    if text in (None, ""):
        return False
    try:
        return to_flag(text)
    except Unreadable:  # whatever else stands where people sign
        return True


def _parts(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
