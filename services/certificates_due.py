"""Certificates to be seen to: what ends or is to be re-checked within the days warned of, and what has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

import resources
from models.certificate import Certificate
from models.compound import Compound
from models.organization import Organization
from models.staff import Staff
from resources.rest import resting
from resources.words import N_
from services.certificate_kinds import Kinds, kinds, steps
from services.certificate_state import State
from services.certificates_held import Held, Key, as_id, best, held, raw
from services.desk.intent import query
from services.may_do import present_on
from services.rent_schedule import DAY, months_on

FEW = 500  # names in one question; of more all are read
ENDS = frozenset({State.DUE, State.RECHECK, State.EXPIRED})


@dataclass(frozen=True)
class Due:
    """One line of the work list: whose, what, and until when it holds; `days` left, below zero when it has passed.
    `rechecked`: a re-check is due, of `hours` of training, or else the whole of it ends. One applies by `apply_by`.
    `step`: within how many days of the end, of those warned of; None when it has passed."""

    certificate_id: UUID
    staff_id: UUID
    name: str
    staff_number: str
    unit: str
    compound: str
    kind: str
    paper_no: str
    state: State
    rechecked: bool
    until: date
    days: int
    step: int | None
    apply_by: date | None
    hours: int | None


@query(N_("Certificates that are due"), on=Certificate, name="certificates.due")
def due(session: Session, on: date) -> list[Due]:
    """Of everybody here the papers that count, as far as they end within the days of `certificate_rules.json` or have
    ended within its days; the earliest first. What was renewed in time is not among them."""
    with resting():
        return _due(session, on)


def _due(session: Session, on: date) -> list[Due]:
    rules = resources.settings("certificate_rules")
    last, first = on + timedelta(days=max(steps())), on - timedelta(days=rules["expired_listed_days"]["value"])
    known = kinds(session)
    rows = best(held(session, on, _near(known, first, last), ~_outlasted(known, on, last))).values()
    found = [row for row in rows if row.standing.state in ENDS and first <= _until(row)]
    people = _people(session, on, {row.staff_id for row in found})
    return sorted(_lines(found, people, known, on), key=_order)


def _outlasted(known: Kinds, on: date, last: date) -> sa.Exists:
    """By another paper of the same person and kind that surely holds, and longer: how one stands whose re-check may be
    near is looked at closely."""
    other = aliased(Certificate)
    longer = sa.or_(
        other.valid_until.is_(None), other.valid_until > Certificate.valid_until,
        sa.and_(other.valid_until == Certificate.valid_until, other.issued_on > Certificate.issued_on),
    )  # fmt: skip
    return (
        sa.select(other.id)
        .where(other.staff_id == Certificate.staff_id, other.kind == Certificate.kind, other.id != Certificate.id,
               other.issued_on <= on, longer, sa.or_(other.valid_until.is_(None), other.valid_until >= on),
               sa.or_(other.revoked_on.is_(None), other.revoked_on > on), ~_checked(known, last, other))
        .exists()
    )  # fmt: skip


def _near(known: Kinds, first: date, last: date) -> sa.ColumnElement[bool]:
    """Those whose end, or first line of re-check, may lie in these days: few of many are looked at closely."""
    return sa.or_(Certificate.valid_until.between(first, last), _checked(known, last, Certificate))


def _checked(known: Kinds, last: date, of: Any) -> sa.ColumnElement[bool]:
    """Papers that had a line of re-check before a day, or have one until then."""
    return sa.or_(sa.false(), *(
        sa.and_(of.kind == row.code, of.issued_on <= months_on(last, -row.recheck_months) + DAY)
        for row in known.rows if row.recheck_months
    ))  # fmt: skip


def _until(row: Held) -> date:
    return row.standing.until or date.max


def _people(session: Session, on: date, keys: set[Key]) -> dict[Key, Any]:
    if not keys:
        return {}
    found = (
        sa.select(raw(Staff.id), Staff.name, Staff.number, Organization.name.label("unit"),
                  Compound.name.label("compound"))
        .outerjoin(Organization, Organization.id == Staff.unit_id)
        .outerjoin(Compound, Compound.id == Staff.compound_id)
        .where(*present_on(on))
    )  # fmt: skip
    if len(keys) < FEW:
        found = found.where(Staff.id.in_([as_id(key) for key in keys]))
    return {row[0]: row for row in session.execute(found)}


def _lines(rows: Sequence[Held], people: dict[Key, Any], known: Kinds, on: date) -> Iterator[Due]:
    for row in rows:
        person, rule, stands = people.get(row.staff_id), known.of(row.kind, row.issued_on), row.standing
        if person is None or stands.until is None:
            continue
        days = (stands.until - on).days
        early = rule.apply_days if rule else None
        by = stands.until - timedelta(days=early) if early and stands.holds else None
        whose = (as_id(row.staff_id), person.name, person.number, person.unit or "", person.compound or "")
        yield Due(
            as_id(row.id), *whose, row.kind, row.paper_no, stands.state, stands.rechecked, stands.until, days,
            stands.step, by, rule.recheck_hours if rule and stands.rechecked else None,
        )  # fmt: skip


def _order(row: Due) -> tuple[date, str, str]:
    return row.until, row.staff_number, row.kind
