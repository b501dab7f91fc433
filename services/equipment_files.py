"""The safety file of special equipment: what the records say of one asset, by the parts the law names.

特种设备安全法 art. 35: papers of design, quality, installation; inspections and own checks; daily use; upkeep; faults
and accidents.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.attachment import Attachment
from models.compound import Compound
from models.inspection import Inspection, Verdict
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from models.meter import Meter, MeterReading
from models.provider import Provider
from models.staff import Staff
from models.work_order import WorkKind, WorkOrder
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.site import the_office
from services.desk.work import NO_RECORD
from services.meters import shown
from services.periodic_rules import Rules, rules

VERDICTS = {Verdict.PASSED: "合格", Verdict.RECHECK: "复检", Verdict.FAILED: "不合格"}
BROKEN = (WorkKind.REPAIR, WorkKind.EMERGENCY)
Rows = list[tuple[str, ...]]


@query(N_("Safety file of special equipment"), on=MaintenancePlan, name="maintenance_plans.equipment_file")
def equipment_file(session: Session, asset_id: UUID, on: date) -> bytes:
    """特种设备安全技术档案 of an asset until a day, as a PDF. Missing: it is out of reach."""
    from services.documents import equipment_file as document  # the PDF libraries are loaded with the first paper
    from services.documents import plain_paper

    asset = session.get(Asset, asset_id)
    if asset is None:
        raise Missing(NO_RECORD)
    faults, minutes = _faults(session, asset.id, on)
    found = document.File(
        _facts(session, asset), _papers(session, asset.id), _inspections(session, asset.id, on),
        _upkeep(session, asset.id, on), _readings(session, asset.id, on), faults, _long(minutes),
    )  # fmt: skip
    office = the_office(session).name
    return plain_paper.draw(document.paper(office, str(asset.number), on, found))


takes("maintenance_plans.equipment_file", (
    FieldSpec("maintenance_plan", "asset_id", Kind.REFERENCE, True, target="asset"),
    FieldSpec("maintenance_plan", "on", Kind.DATE, True),
))  # fmt: skip


def _facts(session: Session, asset: Asset) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    compound = session.scalar(sa.select(Compound.name).where(Compound.id == asset.compound_id)) or ""
    keeper = session.scalar(sa.select(Staff.name).where(Staff.id == asset.keeper_id)) or ""
    return [
        (("设备名称", asset.name), ("资产编号", str(asset.number))),
        (("品牌型号", _joined(asset.brand, asset.model)), ("出厂编号", asset.serial or "")),
        (("供货单位", asset.supplier or ""), ("启用日期", _day(asset.in_service_on or asset.acquired_on))),
        (("使用地点", _joined(compound, asset.place_text)), ("保管人", keeper)),
    ]


def _papers(session: Session, asset: UUID) -> Rows:
    of = Attachment
    found = sa.select(of.number, of.name, of.note, of.taken_on, of.added_at).where(of.about_id == asset)
    rows: Any = session.execute(found.order_by(of.added_at, of.n))
    return [(number, name, note or "", _day(taken or added.astimezone().date()))
            for number, name, note, taken, added in rows]  # fmt: skip


def _inspections(session: Session, asset: UUID, on: date) -> Rows:
    of, known = Inspection, rules(session, on)
    found = sa.select(of).where(of.asset_id == asset, of.inspected_on <= on).order_by(of.inspected_on, of.n)
    return [
        (_rule(known, row.rule), row.number, _day(row.inspected_on), _day(row.valid_until), VERDICTS[row.verdict],
         row.issuer or "")
        for row in session.scalars(found)
    ]  # fmt: skip


def _rule(known: Rules, code: str) -> str:
    rule = known.shipped.get(code)
    return f"{rule.object}{rule.task}" if rule else code


def _upkeep(session: Session, asset: UUID, on: date) -> Rows:
    """What plans asked for and was done, or was not done by the last day the law left."""
    of = PlanOccurrence
    who = sa.func.coalesce(Provider.name, Staff.name, "")
    found = (
        sa.select(WorkOrder.number, MaintenancePlan.title, of.planned_on, of.done_on, of.legal_until, who)
        .join(MaintenancePlan, MaintenancePlan.id == of.maintenance_plan_id)
        .outerjoin(WorkOrder, WorkOrder.id == of.work_order_id)
        .outerjoin(Provider, Provider.id == WorkOrder.provider_id).outerjoin(Staff, Staff.id == WorkOrder.technician_id)
        .where(of.asset_id == asset, of.planned_on <= on, of.dropped_on.is_(None)).order_by(of.planned_on, of.n)
    )  # fmt: skip
    return [
        (number or "", title or "", _day(planned), _day(done) or "未完成", _day(latest), doer)
        for number, title, planned, done, latest, doer in session.execute(found)
    ]


def _readings(session: Session, asset: UUID, on: date) -> Rows:
    of = MeterReading
    found = (
        sa.select(of.on, Meter.name, Meter.measure, of.value, of.total, of.note).join(Meter, Meter.id == of.meter_id)
        .where(Meter.asset_id == asset, of.on <= on).order_by(of.on, of.n)
    )  # fmt: skip
    return [
        (_day(day), name, f"{shown(value)} {measure or ''}".strip(), shown(total), note or "")
        for day, name, measure, value, total, note in session.execute(found)
    ]


def _faults(session: Session, asset: UUID, on: date) -> tuple[Rows, int]:
    """Repairs and emergencies reported until a day, and the minutes out of use in all."""
    found = sa.select(WorkOrder).where(WorkOrder.asset_id == asset, WorkOrder.kind.in_(BROKEN))
    rows, minutes = Rows(), 0
    for order in session.scalars(found.order_by(WorkOrder.reported_at, WorkOrder.n)):
        if order.reported_at is None or order.reported_at.astimezone().date() > on:
            continue
        down = _down(order)
        minutes += down or 0
        said = (order.number, f"{order.reported_at.astimezone():%Y-%m-%d %H:%M}", order.title, order.cause or "")
        rows.append((*said, order.result or "", "" if down is None else _long(down)))
    return rows, minutes


def _down(order: WorkOrder) -> int | None:
    until: datetime | None = order.down_until or order.done_at
    if order.down_from is None or until is None or until < order.down_from:
        return None
    return int((until - order.down_from).total_seconds()) // 60


def _long(minutes: int) -> str:
    return f"{minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"{minutes} 分"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
