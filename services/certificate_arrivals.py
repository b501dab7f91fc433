"""Certificates of a register on their way in: what follows from them, and the re-checks it names beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import resources
from models.base import new_id
from models.certificate import Certificate, CertificateRecheck
from models.staff import Staff
from resources.words import N_
from services.certificate_rules import SAME, followed, held_already, without_identity
from services.desk.errors import Conflict, Invalid
from services.desk.schema import describe
from services.desk.work import Work
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
    person = work.get(Staff, values["staff_id"])
    values["compound_id"] = person.compound_id
    values["paper_no"] = without_identity(values["paper_no"])
    values |= followed(work, values, new=True)
    key = (person.id, values["kind"], values["issued_on"])
    if number := work.session.scalar(held_already(*key)):
        raise Conflict(SAME, name=person.name, date=key[2], number=number)
    earlier: set[Any] = work.session.info.setdefault(arriving, set())  # rows of this register, not stored yet
    if key in earlier:
        raise Conflict(TWICE, name=person.name, date=key[2])
    earlier.add(key)


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
