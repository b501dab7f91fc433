"""What is kept of people who left, and how long: groups of facts as dated data, and what is due for deletion on a day.

`resources/reference/retention.csv`, each group with its source. Personal data is erased with its key, everywhere;
private facts are emptied: the history keeps what stood there, for those who may read it.
"""

from __future__ import annotations

import csv
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.staff import Staff
from resources import path
from resources.words import N_, Word
from services.desk import personal
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent, query
from services.desk.session import DeskSession
from services.desk.work import Work
from services.rent_schedule import months_on

NOT_YET = N_("{what} of {name} is kept until {date} ({source})")
HERE = N_("{name} has not left; his data is needed")
NEVER = N_("{what} is erased, not emptied: use “Erase personal data”")
WHAT = {
    "personal": N_("ID number, phone and address"),
    "status": N_("Ethnicity and political status"),
    "birth": N_("Sex, birth and retirement group"),
}
KEPT = N_("What was deleted because its time was over stays deleted")


class Deletion(enum.StrEnum):
    """How a group of facts goes: with the key of the person, or emptied."""

    ERASE = "erase"
    EMPTY = "empty"


@dataclass(frozen=True)
class Kept:
    """A group of facts of a person: which fields, how many months after leaving they are kept, and by which rule."""

    code: str
    fields: tuple[str, ...]
    months: int
    act: Deletion
    from_on: date
    source: str


@dataclass(frozen=True)
class Due:
    """Facts of somebody who left, or (without `left_on`) was removed, that are to be deleted: which, since when."""

    staff_id: UUID
    number: str
    name: str
    compound: str
    left_on: date | None
    what: str
    act: Deletion
    due_on: date
    source: str


@cache
def groups() -> tuple[Kept, ...]:
    """As shipped."""
    lines = csv.DictReader(path("reference", "retention.csv").read_text("utf-8").splitlines())
    return tuple(
        Kept(line["code"], tuple(line["fields"].split()), int(line["months"]), Deletion(line["act"]),
             date.fromisoformat(line["from_on"]), line["source"])
        for line in lines
    )  # fmt: skip


@query(N_("Data due for deletion"), on=Staff, name="staff.retention")
def retention(session: Session, *, on: date) -> tuple[Due, ...]:
    """What is still kept of people who left long enough ago, the oldest first, and of those who were removed."""
    first = months_on(on, -min(group.months for group in groups()))
    fields = [getattr(Staff, name) for group in groups() for name in group.fields]
    found = (
        sa.select(Staff.id, Staff.alive, Staff.number, Staff.name, Staff.left_on, *fields,
                  Compound.name.label("compound"))
        .join(Compound, Compound.id == Staff.compound_id)
        .where(sa.or_(Staff.left_on <= first, sa.not_(Staff.alive)))
    )  # fmt: skip
    rows = session.execute(found, execution_options={"dead": True}).all()
    erased = personal.gone(cast("DeskSession", session).raw(), [row.id for row in rows])
    every = [due for row in rows for due in _due(row, on, erased=row.id in erased)]
    return tuple(sorted(every, key=lambda due: (due.due_on, due.number)))


def _due(row: Any, on: date, *, erased: bool) -> Iterator[Due]:
    for group in groups():
        until = months_on(row.left_on, group.months) if row.alive else on  # nobody needs what was entered by mistake
        said = any(getattr(row, name) is not None for name in group.fields)
        if until <= on and said and not (erased and group.act is Deletion.ERASE):
            left = row.left_on if row.alive else None
            yield Due(row.id, row.number, row.name, row.compound, left, group.code, group.act, until, group.source)


@intent(N_("Delete private facts"), on=Staff, name="staff.clear_private", kept=KEPT)
def clear_private(work: Work, staff_id: UUID, what: str) -> None:
    """Empties a group of private facts of somebody who left, or was removed. Conflict: its time is not over."""
    group = next((group for group in groups() if group.code == what), None)
    if group is None:
        known = ", ".join(group.code for group in groups())
        raise Invalid(N_("There is no field “{name}”; there are: {names}"), name=what, names=known)
    person, called = work.get(Staff, staff_id, dead=True), Word(WHAT[what])
    if group.act is Deletion.ERASE:
        raise Conflict(NEVER, what=called)
    if person.alive and person.left_on is None:
        raise Conflict(HERE, name=person.name)
    if person.alive and (until := months_on(person.left_on or work.today, group.months)) > work.today:
        raise Conflict(NOT_YET, what=called, name=person.name, date=until, source=group.source)
    for name in group.fields:
        setattr(person, name, None)
