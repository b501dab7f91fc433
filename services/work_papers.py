"""The papers of one work order, drawn when they are asked for: the job sheet to take along, the record of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.asset import Asset
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.provider import Provider
from models.room import Room
from models.staff import Staff
from models.work_order import WorkOrder, WorkOrderStep
from models.work_states import WorkState
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.private import closed
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.session import DeskSession
from services.desk.site import the_office
from services.desk.work import NO_RECORD
from services.work_doing import doing
from services.work_money import money

if TYPE_CHECKING:
    from services.documents.plain_paper import PlainPaper


@dataclass(frozen=True)
class Head:
    """What an order is, as its papers head it: where, on what, who reported it, who does it, its row."""

    office: str
    place: str
    asset: str
    warranty_until: date | None
    reporter: str
    contact: str
    doer: str
    order: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step an order took."""

    at: datetime
    became: WorkState
    account: str
    word: str


@query(N_("Job sheet"), on=WorkOrder, name="work_orders.job_sheet")
def job_sheet(session: Session, work_order_id: UUID, on: date) -> bytes:
    """What is to be done, with room to write on where no screen is at hand, as a PDF. Missing: it is out of reach."""
    from services.documents import work_sheet

    return _drawn(work_sheet.job_sheet(head(session, work_order_id), doing(session, work_order_id, on), on))


@query(N_("Work order record"), on=WorkOrder, name="work_orders.record")
def record(session: Session, work_order_id: UUID, on: date) -> bytes:
    """Everything that was done, said and spent, as a PDF. Missing: it is out of reach."""
    from services.documents import work_record

    found = head(session, work_order_id)
    done, spent = doing(session, work_order_id, on), money(session, work_order_id, on)
    return _drawn(work_record.record(found, done, spent, steps(session, work_order_id), on))


_OF = (
    FieldSpec("work_order", "work_order_id", Kind.REFERENCE, True, target="work_order"),
    FieldSpec("work_order", "on", Kind.DATE, True),
)
takes("work_orders.job_sheet", _OF)
takes("work_orders.record", _OF)


def head(session: Session, order_id: UUID) -> Head:
    """Missing: it is out of reach. How to reach the reporter is told to those alone who may open the page."""
    team, by = aliased(Organization), aliased(Staff)
    found = (
        sa.select(WorkOrder, Compound.name, Building.name, Room.number, Asset.number, Asset.name, Asset.warranty_until,
                  Staff.name, team.name, Provider.name, by.name)
        .outerjoin(Compound, Compound.id == WorkOrder.compound_id)
        .outerjoin(Building, Building.id == WorkOrder.building_id).outerjoin(Room, Room.id == WorkOrder.room_id)
        .outerjoin(Asset, Asset.id == WorkOrder.asset_id).outerjoin(Staff, Staff.id == WorkOrder.technician_id)
        .outerjoin(team, team.id == WorkOrder.team_id).outerjoin(Provider, Provider.id == WorkOrder.provider_id)
        .outerjoin(by, by.id == WorkOrder.reporter_id).where(WorkOrder.id == order_id)
    )  # fmt: skip
    row = session.execute(found).first()
    if row is None:
        raise Missing(NO_RECORD)
    order, compound, building, room, number, name, until, technician, crew, firm, reporter = row
    told = "contact" not in closed(cast("DeskSession", session), WorkOrder)
    fields = ("number", "title", "kind", "trade", "priority", "state", "description", "reported_at", "respond_due",
              "completion_due", "started_at", "done_at", "result", "cause", "speed", "quality", "manner", "opinion",
              "reopened", "unlicensed_why")  # fmt: skip
    return Head(
        the_office(session).name, _joined(compound, building, room, order.place),
        _joined(number, name), until, _joined(reporter or order.reporter), (order.contact or "") if told else "",
        _joined(technician, crew, firm), {name: getattr(order, name) for name in fields},
    )  # fmt: skip


def steps(session: Session, order_id: UUID) -> tuple[Step, ...]:
    """Every step of an order, in order."""
    of = WorkOrderStep
    found = sa.select(of.at, of.became, of.account, sa.func.coalesce(of.word, "")).where(of.work_order_id == order_id)
    rows: Any = session.execute(found.order_by(of.at, of.n))
    return tuple(Step(*row) for row in rows)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _drawn(paper: PlainPaper) -> bytes:
    from services.documents import plain_paper  # the PDF libraries are loaded with the first paper

    return plain_paper.draw(paper)
