"""Who holds what on a day: of each person and kind the paper that counts, and how it stands. Two selects however many
people there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate, CertificateRecheck
from services.certificate_kinds import Kinds, kinds, steps
from services.certificate_state import Standing, State, stand

FAR = date.max
MOST = 500  # names in one question; of more all are read


class Held(NamedTuple):
    """One certificate and how it stands on the day."""

    id: UUID
    staff_id: UUID
    kind: str
    number: str
    paper_no: str
    issued_on: date
    valid_until: date | None
    revoked_on: date | None
    standing: Standing


COLUMNS = (
    Certificate.id, Certificate.staff_id, Certificate.kind, Certificate.number, Certificate.paper_no,
    Certificate.issued_on, Certificate.valid_until, Certificate.revoked_on,
)  # fmt: skip


def held(
    session: Session, on: date, *where: sa.ColumnElement[bool], people: Collection[UUID] | None = None,
    of: Collection[str] | None = None,
) -> list[Held]:  # fmt: skip
    """Every certificate as it stands on a day: of these people, of these kinds, or of all in reach."""
    found = sa.select(*COLUMNS).where(*where)
    if people is not None:
        found = found.where(Certificate.staff_id.in_(people))
    if of is not None:
        found = found.where(Certificate.kind.in_(of))
    rows = session.execute(found).all()
    known, warned = kinds(session), steps()
    passed = _passed(session, on, known, None if people is None and of is None and not where else rows)
    return [Held(*row, _standing(row, known, passed.get(row.id), on, warned)) for row in rows]


def best(rows: Collection[Held]) -> dict[tuple[UUID, str], Held]:
    """Of each person and kind the paper that counts: one that holds, the longest; else the newest that has begun."""
    found = dict[tuple[UUID, str], Held]()
    for row in rows:
        key = (row.staff_id, row.kind)
        known = found.get(key)
        if known is None or _rank(row) > _rank(known):
            found[key] = row
    return found


def _rank(row: Held) -> tuple[bool, bool, date]:
    standing = row.standing
    if standing.holds:
        return True, True, standing.until or FAR
    return False, standing.state is not State.AHEAD, row.issued_on


def _standing(row: Any, known: Kinds, passed: date | None, on: date, warned: Sequence[int]) -> Standing:
    rule = known.of(row.kind, row.issued_on)
    if rule is None:  # a kind a newer program knows
        return stand(_Bare(), row, None, on, warned)
    return stand(rule, row, passed, on, warned)


class _Bare:
    valid_months = recheck_months = apply_days = None


def _passed(session: Session, on: date, known: Kinds, rows: Sequence[Any] | None) -> dict[UUID, date]:
    """The newest re-check passed by a day, of each certificate that has one."""
    checked = {row.code for row in known.rows if row.recheck_months}
    check = CertificateRecheck
    found = (
        sa.select(check.certificate_id, sa.func.max(check.on))
        .join(Certificate, Certificate.id == check.certificate_id)
        .where(
            check.passed, check.on <= on, check.on >= Certificate.issued_on,
            sa.or_(Certificate.valid_until.is_(None), check.on <= Certificate.valid_until),
        )
        .group_by(check.certificate_id)
    )  # fmt: skip
    if rows is not None:
        asked = [row.id for row in rows if row.kind in checked]
        if not asked:
            return {}
        if len(asked) < MOST:
            found = found.where(check.certificate_id.in_(asked))
    return dict(session.execute(found).all())
