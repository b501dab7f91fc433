"""By when somebody answers and work is done, by the rows that hold at a compound on a day.

What a compound says comes before what the office says, and that before what is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.compound import Compound
from models.service_level import CalendarDay, ServiceLevel, WorkingHours
from models.work_rules import (
    HOLD_REASONS,
    Clock,
    HoldReason,
    Priority,
    PublicHoliday,
    ServiceLevelRule,
    WorkingHoursRule,
    WorkTrade,
)
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import NO_RECORD
from services.working_time import Calendar, Stretch, minute_of


@dataclass(frozen=True)
class Promise:
    """What holds for work: the minutes and the clock they are counted by, and what it rests on."""

    clock: Clock
    respond_minutes: int | None
    complete_minutes: int | None
    basis: str


@dataclass(frozen=True)
class Due:
    """By when somebody answers, and the work is done; None where nothing is promised."""

    respond: datetime | None
    complete: datetime | None
    basis: str


@query(N_("Deadlines of work reported now"), on=ServiceLevel, name="service_levels.due")
def due(session: Session, compound_id: UUID, priority: Priority, trade: str, at: datetime) -> Due:
    """By the rows of the day it is reported on, where the machine is. Missing: the compound is out of reach."""
    _reached(session, compound_id)
    promise = promised(session, compound_id, priority, trade, at.astimezone().date())
    if promise is None:
        return Due(None, None, "")
    calendar = calendar_of(session, compound_id) if promise.clock is Clock.WORKING else None
    respond, complete = (
        moment(calendar, at, minutes) for minutes in (promise.respond_minutes, promise.complete_minutes)
    )
    return Due(respond, complete, promise.basis)


@query(N_("Deadline after waiting"), on=ServiceLevel, name="service_levels.extended")
def extended(
    session: Session, compound_id: UUID, priority: Priority, trade: str, at: datetime, complete: datetime,
    hold_reason: str, since: datetime, until: datetime,
) -> datetime:  # fmt: skip
    """When work is due that was reported `at` and due at `complete`, after it waited from `since` until `until`: moved
    by that time, counted by the clock of its service level, where the reason pauses the deadline. Missing: the compound
    is out of reach."""
    _reached(session, compound_id)
    day = at.astimezone().date()
    promise = promised(session, compound_id, priority, trade, day)
    if promise is None or not pauses(session, hold_reason, day):
        return complete
    return _moved(session, compound_id, promise, complete, since, until)


class Asked(NamedTuple):
    """What deadlines follow from: they are those of the level that holds for it."""

    priority: Priority
    trade: str
    at: datetime


def renewed(session: Session, compound_id: UUID, was: Asked, now: Asked, complete: datetime | None) -> Due:
    """The deadlines of work due at `complete` that is something else than it was: by how much it was due later than
    promised, for it waited, the new deadline is later too, counted by the clock of its own service level."""
    fresh, old = (due(session, compound_id, *asked) for asked in (now, was))
    promise = promised(session, compound_id, now.priority, now.trade, now.at.astimezone().date())
    if promise is None or fresh.complete is None or old.complete is None or complete is None:
        return fresh
    if complete <= old.complete:
        return fresh
    return replace(fresh, complete=_moved(session, compound_id, promise, fresh.complete, old.complete, complete))


def _moved(
    session: Session, compound_id: UUID, promise: Promise, complete: datetime, since: datetime, until: datetime
) -> datetime:
    """A deadline later by the time between two instants, counted by the clock of what was promised."""
    if promise.clock is Clock.ALL:
        return complete + (until - since)
    calendar = calendar_of(session, compound_id)
    return calendar.after(complete, calendar.between(since, until)) or complete


_ASKED = {name: replace(describe(ServiceLevel)[name], required=True) for name in ("compound_id", "priority", "trade")}
_WHEN = {name: FieldSpec("service_level", name, Kind.INSTANT, True) for name in ("at", "complete", "since", "until")}
takes("service_levels.due", (*_ASKED.values(), _WHEN["at"]))
takes("service_levels.extended", (
    *_ASKED.values(), _WHEN["at"], _WHEN["complete"],
    FieldSpec("service_level", "hold_reason", Kind.CHOICE, True, choices=resources.codes(*HOLD_REASONS["codes"][:2]),
              shared="hold_reason.code"),
    _WHEN["since"], _WHEN["until"],
))  # fmt: skip


def moment(calendar: Calendar | None, start: datetime, minutes: int | None) -> datetime | None:
    """So many minutes later: of work by a calendar, of every hour without one."""
    if minutes is None:
        return None
    return calendar.after(start, minutes) if calendar else start + timedelta(minutes=minutes)


def promised(session: Session, compound_id: UUID, priority: Priority, trade: str, on: date) -> Promise | None:
    """The row that holds: that of the compound before that of the office before the shipped one; of each, the one of
    this trade before one of all, then the one that began last."""
    own = sa.select(ServiceLevel).where(
        ServiceLevel.priority == priority, *_holds(ServiceLevel, on), _here(ServiceLevel, compound_id),
        sa.or_(ServiceLevel.trade.is_(None), ServiceLevel.trade == trade),
    )  # fmt: skip
    rows = sorted(session.scalars(own), key=lambda r: (r.compound_id is not None, r.trade is not None, r.from_on))
    if rows:
        row = rows[-1]
        return Promise(row.clock, row.respond_minutes, row.complete_minutes, row.basis)
    shipped = sa.select(ServiceLevelRule).where(
        ServiceLevelRule.priority == priority, *_holds(ServiceLevelRule, on)
    ).order_by(ServiceLevelRule.from_on.desc())  # fmt: skip
    rule = session.scalars(shipped).first()
    return Promise(rule.clock, rule.respond_minutes, rule.complete_minutes, rule.source) if rule else None


def calendar_of(session: Session, compound_id: UUID) -> Calendar:
    """When a compound works: of each day by its own hours, or those of the office, or the shipped ones; days off alike,
    one by one."""
    own = session.scalars(sa.select(WorkingHours).where(_here(WorkingHours, compound_id))).all()
    hours: Sequence[Any] = [*session.scalars(sa.select(WorkingHoursRule)), *own]
    days = {row.on: row.kind for row in session.scalars(sa.select(PublicHoliday))}
    said = session.scalars(sa.select(CalendarDay).where(_here(CalendarDay, compound_id))).all()
    days |= {row.on: row.kind for row in sorted(said, key=lambda row: row.compound_id is not None)}
    return Calendar([
        Stretch(row.weekday, minute_of(row.opens), minute_of(row.closes), row.from_on, row.until_on, _level(row))
        for row in hours
    ], days)  # fmt: skip


def _level(row: Any) -> int:
    """What is said of a compound before what is said of the office, and that before what is shipped."""
    return 0 if isinstance(row, WorkingHoursRule) else 2 if row.compound_id else 1


def trade_of(session: Session, code: str, on: date) -> WorkTrade | None:
    """The row of a trade of work that holds on a day."""
    found = sa.select(WorkTrade).where(WorkTrade.code == code, *_holds(WorkTrade, on))
    return session.scalars(found.order_by(WorkTrade.from_on.desc())).first()


def pauses(session: Session, reason: str, on: date) -> bool:
    """Whether the deadline waits too while work waits for this reason."""
    found = sa.select(HoldReason).where(HoldReason.code == reason, *_holds(HoldReason, on))
    row = session.scalars(found.order_by(HoldReason.from_on.desc())).first()
    return row is not None and row.pauses


def _reached(session: Session, compound_id: UUID) -> None:
    if session.get(Compound, compound_id) is None:
        raise Missing(NO_RECORD)


def _holds(kind: Any, on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return kind.from_on <= on, sa.or_(kind.until_on.is_(None), kind.until_on >= on)


def _here(kind: Any, compound_id: UUID) -> sa.ColumnElement[bool]:
    return sa.or_(kind.compound_id.is_(None), kind.compound_id == compound_id)
