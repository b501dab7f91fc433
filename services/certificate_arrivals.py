"""Certificates of a register on their way in: what follows from them, and the re-checks it names beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.base import new_id
from models.certificate import Certificate, CertificateRecheck
from models.staff import Staff
from resources.words import N_
from services.certificate_rules import SAME, followed, without_identity
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.schema import describe
from services.desk.work import NO_RECORD, Work
from services.imports.cells import fold
from services.imports.dates import to_date
from services.imports.problems import Unreadable

Values = dict[str, Any]
OWN = N_("“{field}” is required")
TWICE = N_("{name} has this certificate of {date} in an earlier row of this register")


def arriving(work: Work, values: Values) -> None:
    """Fills in what follows from a row: the compound of its person, the end and the issuer its kind says. Conflict: the
    person has this certificate already, or its days cannot be."""
    for name in ("staff_id", "kind", "paper_no", "issued_on"):
        if values.get(name) is None:
            raise Invalid(OWN, field=describe(Certificate)[name].key)
    if arriving not in work.session.info:
        work.session.info[arriving] = _Known(work.session)
    known: _Known = work.session.info[arriving]
    if values["staff_id"] not in known.people:
        raise Missing(NO_RECORD)
    id, name, values["compound_id"] = known.people[values["staff_id"]]
    values["paper_no"] = without_identity(values["paper_no"])
    values |= followed(work, values, new=True)
    key = (id, values["kind"], values["issued_on"])
    if number := known.held.get(key):
        raise Conflict(SAME, name=name, date=key[2], number=number)
    if key in known.earlier:
        raise Conflict(TWICE, name=name, date=key[2])
    known.earlier.add(key)


class _Known:
    """Who is there and holds what when a register begins to come in, read once; and what its `earlier` rows say."""

    def __init__(self, session: Session) -> None:
        people = sa.select(Staff.id, Staff.name, Staff.compound_id)
        held = sa.select(Certificate.staff_id, Certificate.kind, Certificate.issued_on, Certificate.number)
        self.people = {row.id: row for row in session.execute(people)}
        self.held = {(staff, kind, day): number for staff, kind, day, number in session.execute(held)}
        self.earlier = set[tuple[UUID, str, date]]()


def arrived(work: Work, made: Sequence[Mapping[str, Any]]) -> None:
    """The last re-check a register names, in a column of its own, is entered as passed; one that lies ahead is the
    next, which follows from the rules."""
    rows = [
        {"id": new_id(), "compound_id": row["compound_id"], "certificate_id": row["id"], "on": day}
        for row in made if (day := _rechecked(row, work.today))
    ]  # fmt: skip
    work.bulk_insert(CertificateRecheck, rows, len(rows))


def _rechecked(row: Mapping[str, Any], today: date) -> date | None:
    heads = {fold(name) for name in resources.settings("certificate_rules")["day_of_recheck"]["value"]}
    for header, text in (row.get("extra") or {}).items():
        if fold(header) in heads:
            try:
                day = to_date(str(text))
            except Unreadable:
                return None
            return day if row["issued_on"] < day <= today else None
    return None
