"""What was done on one order, for its page and its papers: visits, hours, materials, checks, permits, words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.attachment import Attachment
from models.provider import Provider
from models.staff import Staff
from models.work_checklist import WorkChecklistLine
from models.work_doing import WorkLabour, WorkMaterial, WorkVisit
from models.work_feedback import WorkFeedback
from models.work_order import WorkOrder
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import NO_RECORD
from services.work_done import Doing, Labour, Line, Material, Said, Visit
from services.work_permits import standing


@query(N_("What was done on a work order"), on=WorkOrder, name="work_orders.doing")
def doing(session: Session, work_order_id: UUID, on: date, now: datetime | None = None) -> Doing:
    """Everything, in order of time; permits by the rules of the day. Missing: it is out of reach."""
    order = session.get(WorkOrder, work_order_id)
    if order is None:
        raise Missing(NO_RECORD)
    until = order.down_until or now
    down = int((until - order.down_from).total_seconds()) // 60 if order.down_from and until else None
    return Doing(
        _visits(session, order.id), _labour(session, order.id), _materials(session, order.id), lines(session, order.id),
        standing(session, order.id, on), _said(session, order.id), down,
    )  # fmt: skip


takes("work_orders.doing", (
    FieldSpec("work_order", "work_order_id", Kind.REFERENCE, True, target="work_order"),
    FieldSpec("work_order", "on", Kind.DATE, True), FieldSpec("work_order", "now", Kind.INSTANT),
))  # fmt: skip


def _visits(session: Session, order: UUID) -> tuple[Visit, ...]:
    of, who = WorkVisit, sa.func.coalesce(Staff.name, Provider.name, WorkVisit.person, "")
    found = (
        sa.select(of.id, of.came_at, of.left_at, of.travel_minutes, who, _text(of.note))
        .outerjoin(Staff, Staff.id == of.staff_id).outerjoin(Provider, Provider.id == of.provider_id)
        .where(of.work_order_id == order).order_by(of.came_at, of.n)
    )  # fmt: skip
    return tuple(Visit(*row) for row in session.execute(found))


def _labour(session: Session, order: UUID) -> tuple[Labour, ...]:
    of = WorkLabour
    found = (
        sa.select(of.id, of.on, _text(Staff.name), of.minutes, of.an_hour, of.amount, _text(of.note))
        .outerjoin(Staff, Staff.id == of.staff_id).where(of.work_order_id == order).order_by(of.on, of.n)
    )  # fmt: skip
    return tuple(Labour(*row) for row in session.execute(found))


def _materials(session: Session, order: UUID) -> tuple[Material, ...]:
    of = WorkMaterial
    found = sa.select(of.id, of.on, of.name, of.quantity, _text(of.measure), of.unit_price, of.amount, _text(of.note),
                      of.part_movement_id)  # fmt: skip
    return tuple(
        Material(*row) for row in session.execute(found.where(of.work_order_id == order).order_by(of.on, of.n))
    )


def lines(session: Session, order: UUID) -> tuple[Line, ...]:
    """The checklist of an order with its answers, in order."""
    of, after = WorkChecklistLine, aliased(WorkOrder)
    photos = sa.select(sa.func.count()).select_from(Attachment).where(Attachment.about_id == of.id).scalar_subquery()
    found = (
        sa.select(of.id, of.position, of.text, of.kind, of.least, of.most, _text(of.measure), of.required, of.yes,
                  of.number, _text(of.words), of.failed, _text(of.answered_by), photos, of.follow_up_id,
                  _text(after.number), of.meter, of.restarted)
        .outerjoin(after, after.id == of.follow_up_id).where(of.work_order_id == order).order_by(of.position, of.n)
    )  # fmt: skip
    return tuple(Line(*row) for row in session.execute(found))


def _said(session: Session, order: UUID) -> tuple[Said, ...]:
    of = WorkFeedback
    found = sa.select(of.id, of.number, of.kind, of.at, _text(of.person), of.satisfied, of.words, of.answered_at,
                      _text(of.answer), sa.func.coalesce(of.waiting, sa.false()))  # fmt: skip
    return tuple(Said(*row) for row in session.execute(found.where(of.work_order_id == order).order_by(of.at, of.n)))


def _text(column: Any) -> Any:
    return sa.func.coalesce(column, "")
