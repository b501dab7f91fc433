"""Who holds what on a day: of each person and kind the paper that counts, and how it stands. Two selects however many
people there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate, CertificateRecheck
from resources.rest import resting
from services.certificate_kinds import Kinds, kinds, steps
from services.certificate_state import Standing, State, stand

FAR = date.max
Key = UUID | bytes
MOST = 500  # names in one question; of more all are read


class Held(NamedTuple):
    """One certificate and how it stands on the day. `id` and `staff_id` are as the store keeps them: `as_id` makes ids
    of the few that are told."""

    id: Key
    staff_id: Key
    kind: str
    paper_no: str
    issued_on: date
    valid_until: date | None
    revoked_on: date | None
    standing: Standing


def raw(column: Any) -> Any:
    """A column of ids as the store keeps them: of tens of thousands few are looked at."""
    return sa.type_coerce(column, sa.types.NullType()).label(f"raw_{column.key}")


def as_id(key: Key) -> UUID:
    """The id behind a key."""
    return key if isinstance(key, UUID) else UUID(bytes=bytes(key))


def held(
    session: Session, on: date, *where: sa.ColumnElement[bool], people: Collection[UUID] | None = None,
    of: Collection[str] | None = None,
) -> list[Held]:  # fmt: skip
    """Every certificate as it stands on a day: of these people, of these kinds, or of all in reach."""
    found: Any = sa.select(
        raw(Certificate.id), raw(Certificate.staff_id), Certificate.kind, Certificate.paper_no, Certificate.issued_on,
        Certificate.valid_until, Certificate.revoked_on,
    ).where(*where)  # fmt: skip
    if people is not None:
        found = found.where(Certificate.staff_id.in_(people))
    if of is not None:
        found = found.where(Certificate.kind.in_(of))
    with resting():
        return _stood(session, on, found, some=people is not None or of is not None or bool(where))


def _stood(session: Session, on: date, found: Any, *, some: bool) -> list[Held]:
    """These certificates as they stand; `some`: they are not all there are."""
    rows = session.execute(found).all()
    known, warned = kinds(session), steps()
    checked = {row.code for row in known.rows if row.recheck_months}
    asked = [row[0] for row in rows if row[2] in checked]
    passed = _passed(session, on, asked if some and len(asked) < MOST else None) if asked else {}
    return [Held._make((*row, _standing(row, known, passed, on, warned))) for row in rows]


def best(rows: Iterable[Held]) -> dict[tuple[Key, str], Held]:
    """Of each person and kind the paper that counts: one that holds, the longest; else the newest that has begun."""
    found = dict[tuple[Key, str], Held]()
    for row in rows:
        key = (row.staff_id, row.kind)
        known = found.setdefault(key, row)
        if known is not row and _rank(row) > _rank(known):
            found[key] = row
    return found


def _rank(row: Held) -> tuple[bool, bool, date]:
    standing = row.standing
    if standing.holds:
        return True, True, standing.until or FAR
    return False, standing.state is not State.AHEAD, row.issued_on


def _standing(row: Any, known: Kinds, passed: Mapping[Key, date], on: date, warned: Sequence[int]) -> Standing:
    id, _, kind, _, issued, until, revoked = row
    rule = known.of(kind, issued) or BARE
    if not rule.recheck_months and revoked is None:  # most of them, and the many are waited for
        if until is None:
            return EVER if issued <= on else stand(rule, _Days(issued, until, revoked), None, on, warned)
        if issued <= on <= until and (until - on).days > warned[0]:
            return Standing(State.VALID, until)
    return stand(rule, _Days(issued, until, revoked), passed.get(id), on, warned)


class _Days(NamedTuple):
    issued_on: date
    valid_until: date | None
    revoked_on: date | None


class _Bare(NamedTuple):
    """A kind that a newer program knows: nothing is known of it but what the paper says."""

    valid_months: int | None = None
    recheck_months: int | None = None
    apply_days: int | None = None


BARE, EVER = _Bare(), Standing(State.VALID, None)


def _passed(session: Session, on: date, ids: Sequence[Key] | None) -> dict[Key, date]:
    """The newest re-check passed by a day, of these certificates or of all that have one."""
    check = CertificateRecheck
    found = (
        sa.select(raw(check.certificate_id), sa.func.max(check.on))
        .join(Certificate, Certificate.id == check.certificate_id)
        .where(check.passed, check.on <= on, check.on >= Certificate.issued_on)
        .group_by(check.certificate_id)
    )  # fmt: skip
    if ids is not None:
        found = found.where(check.certificate_id.in_([as_id(id) for id in ids]))
    return dict(session.execute(found).all())
