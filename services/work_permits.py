"""Permits to work in confined spaces, with fire and at heights: nobody begins without one that holds, nor ends with one
that is open. Which work takes one is shipped data (`PermitRule`), or the order says so itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.staff import Staff
from models.work_order import WorkOrder, WorkOrderStep
from models.work_permit import PermitKind, PermitRule, WorkPermit
from models.work_states import WorkState
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import following
from services.desk.work import NO_RECORD, Work
from services.records import records
from services.work_entries import ENDS_BEFORE, open_order, stays
from services.work_order_steps import BEFORE
from services.work_orders import ORDERS

S = WorkState
AGAIN = frozenset({S.DONE, S.CHECKED, S.RATED, S.SETTLED, S.CLOSED})  # found wanting: work is still to begin
FIELDS = describe(WorkPermit)
NO_WATCH = N_("Say who watches: nobody works in a confined space alone")
TOO_LONG = N_("Such a permit holds {hours} hours at most")
CLOSED = N_("Permit {number} is closed")
NO_PERMIT = N_("There is no open permit for this work now ({kind}): issue one first")
NEVER = N_("There was no permit while this was worked on ({kind})")
OPEN = N_("Permit {number} is still open: close it first")
KEPT = N_("A permit that was closed stays closed: issue another one")


def _permit(work: Work, row: WorkPermit, given: dict[str, Any]) -> None:
    open_order(work, row.work_order_id)
    if row.closed_at is not None:
        raise Conflict(CLOSED, number=row.number)
    if row.valid_until <= row.valid_from:
        raise Invalid(ENDS_BEFORE, field=Word("work_permit.valid_until"))
    if row.kind is PermitKind.CONFINED_SPACE and row.watched_by_id is None:  # 应急管理部令第13号 art. 5: 监护制
        raise Invalid(NO_WATCH, field=Word("work_permit.watched_by_id"))
    hours = most_hours(work.session, row.kind, row.valid_from.astimezone().date())
    if hours is not None and row.valid_until - row.valid_from > timedelta(hours=hours):
        raise Invalid(TOO_LONG, field=Word("work_permit.valid_until"), hours=hours)


def _parting(work: Work, row: WorkPermit) -> None:
    order = open_order(work, row.work_order_id)
    if row.closed_at is not None or order.started_at is not None:
        raise Conflict(KEPT)


PERMITS = records(
    "work_permits", WorkPermit, sorts=("number", "valid_until"), series="ZY", settle=_permit, parting=_parting
)
stays(WorkPermit)


@following(WorkPermit)
def _taken_back(work: Work, ids: list[UUID]) -> None:
    """A permit under which work began is there for ever."""
    found = sa.select(WorkPermit).where(WorkPermit.id.in_(ids))
    for row in work.session.scalars(found, execution_options={"dead": True}).all():
        if not row.alive:
            _parting(work, row)


STILL_OPEN = listing(Listing("work_permits_open", WorkPermit, ("valid_until", "number"), blank="closed_at"))
RULES = listing(Listing("permit_rules", PermitRule, ("kind",), words=("source",)))


@intent(N_("Close permit"), on=WorkPermit, name="work_permits.close", kept=KEPT)
def close(work: Work, work_permit_id: UUID, closing: str) -> None:
    """Work under it has ended, and how the place was left. Conflict: it is closed."""
    row = work.get(WorkPermit, work_permit_id)
    if row.closed_at is not None:
        raise Conflict(CLOSED, number=row.number)
    row.closing = checks.checked(replace(FIELDS["closing"], required=True), closing)
    row.closed_at = work.now


takes("work_permits.close", (PERMITS.me, replace(FIELDS["closing"], required=True, derived=False)))


@dataclass(frozen=True)
class Permit:
    """A permit as people read it."""

    id: UUID
    number: str
    kind: PermitKind
    place: str
    measures: str
    issued_by: str
    watched_by: str
    valid_from: datetime
    valid_until: datetime
    closed_at: datetime | None
    closing: str


@dataclass(frozen=True)
class Standing:
    """The kinds of permit an order takes on a day, the permits it has, and when work on it began last (or None)."""

    needed: tuple[PermitKind, ...]
    permits: tuple[Permit, ...]
    begun: datetime | None


@query(N_("Permits of a work order"), on=WorkPermit, name="work_permits.standing")
def standing(session: Session, work_order_id: UUID, on: date) -> Standing:
    """Those of its trade by the rules of the day, and the one it says itself. Missing: it is out of reach."""
    order = session.get(WorkOrder, work_order_id)
    if order is None:
        raise Missing(NO_RECORD)
    rules = sa.select(PermitRule.kind).where(PermitRule.trade == order.trade, *_holds(on))
    found = set(session.scalars(rules)) | ({order.permit} if order.permit else set())
    begun = sa.select(sa.func.max(WorkOrderStep.at)).where(
        WorkOrderStep.work_order_id == work_order_id, WorkOrderStep.became == S.WORKING
    )  # fmt: skip
    kinds = tuple(kind for kind in PermitKind if kind in found)
    return Standing(kinds, _permits(session, work_order_id), session.scalar(begun))


takes("work_permits.standing", (ORDERS.me, FieldSpec("work_permit", "on", Kind.DATE, True)))


def _permits(session: Session, order_id: UUID) -> tuple[Permit, ...]:
    by, watch = aliased(Staff), aliased(Staff)
    found = (
        sa.select(WorkPermit, by.name, watch.name)
        .outerjoin(by, by.id == WorkPermit.issued_by_id).outerjoin(watch, watch.id == WorkPermit.watched_by_id)
        .where(WorkPermit.work_order_id == order_id).order_by(WorkPermit.valid_from, WorkPermit.n)
    )  # fmt: skip
    return tuple(
        Permit(p.id, p.number, p.kind, p.place, p.measures, issued or "", watched or "", p.valid_from, p.valid_until,
               p.closed_at, p.closing or "")
        for p, issued, watched in session.execute(found)
    )  # fmt: skip


def most_hours(session: Session, kind: PermitKind, on: date) -> int | None:
    """How long such a permit may hold by the rules of the day, hours; None: nothing is said."""
    rules = sa.select(PermitRule.most_hours).where(PermitRule.kind == kind, PermitRule.trade == "", *_holds(on))
    return session.scalars(rules.order_by(PermitRule.from_on.desc())).first()


def _holds(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return PermitRule.from_on <= on, sa.or_(PermitRule.until_on.is_(None), PermitRule.until_on >= on)


def _permitted(work: Work, order: WorkOrder, at: datetime) -> None:
    """Before work begins or goes on. What was found wanting is still to begin: `_all_closed` asks for its permit."""
    if order.state in AGAIN:
        return
    found = standing(work.session, order.id, at.astimezone().date())
    for kind in found.needed:
        if not any(_open(p, at) for p in found.permits if p.kind is kind):
            raise Conflict(NO_PERMIT, kind=_word(kind))


def _open(permit: Permit, now: datetime) -> bool:
    return (permit.closed_at is None or permit.closed_at > now) and permit.valid_from <= now <= permit.valid_until


def _all_closed(work: Work, order: WorkOrder, at: datetime) -> None:
    """Before it is done: no permit is open, and each kind it takes was there since work began last."""
    found = standing(work.session, order.id, at.astimezone().date())
    for permit in found.permits:
        if permit.closed_at is None:
            raise Conflict(OPEN, number=permit.number)
    since = found.begun or order.reported_at or at
    for kind in found.needed:
        if not any(p.valid_from <= at and p.valid_until >= since for p in found.permits if p.kind is kind):
            raise Conflict(NEVER, kind=_word(kind))


def _word(kind: PermitKind) -> Word:
    return Word(f"work_permit.kind={kind.value}")


BEFORE[S.WORKING].append(_permitted)
BEFORE[S.DONE].append(_all_closed)
