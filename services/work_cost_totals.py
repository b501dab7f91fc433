"""What maintenance costs, by order, asset, place, unit, payer or month: sums of the cost lines of a period."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.base import Entity
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.room import Room
from models.work_money import CostKind, WorkCost
from models.work_order import Payer, WorkOrder
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes

KEY = "cost_key"
MOST = 500  # so many of the dearest are told; what the rest costs is in the sums


class CostBy(enum.StrEnum):
    """What cost lines are put together by."""

    ORDER = "order"
    ASSET = "asset"
    ROOM = "room"
    BUILDING = "building"
    COMPOUND = "compound"
    UNIT = "unit"
    PAYER = "payer"
    MONTH = "month"


NAMED: dict[CostBy, tuple[Any, type[Entity]]] = {  # the column of the key, and what it names
    CostBy.ORDER: (WorkCost.work_order_id, WorkOrder),
    CostBy.ASSET: (WorkOrder.asset_id, Asset),
    CostBy.ROOM: (WorkOrder.room_id, Room),
    CostBy.BUILDING: (WorkOrder.building_id, Building),
    CostBy.COMPOUND: (WorkCost.compound_id, Compound),
    CostBy.UNIT: (WorkOrder.unit_id, Organization),
}


@dataclass(frozen=True)
class Total:
    """The cost of one order, asset, place, unit, payer or month (`key`; None: the orders name none), fen by kind;
    `capital` of it went into the value of assets. `lines` cost lines."""

    key: Any
    number: str
    name: str
    labour: int
    material: int
    contract: int
    other: int
    capital: int
    lines: int

    @property
    def total(self) -> int:
        """All of it, fen."""
        return self.labour + self.material + self.contract + self.other


@dataclass(frozen=True)
class Totals:
    """`rows`, the dearest first (months in order), and `whole`: the sums of all there are, told or not."""

    by: CostBy
    rows: tuple[Total, ...]
    whole: Total


@query(N_("What maintenance costs"), on=WorkCost, name="work_costs.totals")
def totals(
    session: Session, from_on: date, until_on: date, by: CostBy = CostBy.COMPOUND, compound_ids: Sequence[UUID] = (),
    payer: Payer | None = None,
) -> Totals:  # fmt: skip
    """The lines of a period (both days counted) within reach, of some compounds and one payer or of all. The database
    adds up."""
    by = CostBy(by)
    key = NAMED[by][0] if by in NAMED else WorkCost.payer if by is CostBy.PAYER else _month()
    where: list[Any] = [WorkCost.on.between(from_on, until_on)]
    where += [WorkCost.compound_id.in_(compound_ids)] if compound_ids else []
    where += [WorkCost.payer == payer] if payer else []
    source: Any = sa.select(key.label(KEY), *SUMS).where(*where)
    if by in NAMED and by not in (CostBy.ORDER, CostBy.COMPOUND):
        source = source.join(WorkOrder, WorkOrder.id == WorkCost.work_order_id)
    order: list[Any] = [KEY] if by is CostBy.MONTH else [WHOLE.desc()]
    found = session.execute(source.group_by(KEY).order_by(*order).limit(MOST)).all()
    whole = session.execute(sa.select(*SUMS).where(*where)).one()
    names = _names(session, by, [row[0] for row in found])
    rows = tuple(_total(row[0], *names.get(row[0], ("", "")), row[1:]) for row in found)
    return Totals(by, rows, _total(None, "", "", whole))


_BY = FieldSpec("work_cost", "by", Kind.CHOICE, choices=tuple(by.value for by in CostBy), choice_type=CostBy,
                default=CostBy.COMPOUND)  # fmt: skip
takes("work_costs.totals", (
    FieldSpec("work_cost", "from_on", Kind.DATE, True), FieldSpec("work_cost", "until_on", Kind.DATE, True), _BY,
    FieldSpec("work_cost", "compound_ids", Kind.REFERENCE, target="compound", many=True),
    FieldSpec("work_cost", "payer", Kind.CHOICE, choices=tuple(p.value for p in Payer), choice_type=Payer),
))  # fmt: skip


def _of(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, WorkCost.amount), else_=0)), 0)


WHOLE = sa.func.coalesce(sa.func.sum(WorkCost.amount), 0).label("whole")
SUMS = (
    *(_of(WorkCost.kind == kind) for kind in CostKind), _of(WorkCost.value_change_id.is_not(None)), sa.func.count(),
    WHOLE,
)  # fmt: skip


def _month() -> Any:
    """The first seven characters of a day."""
    return sa.func.substr(sa.cast(WorkCost.on, sa.String), 1, 7)


def _total(key: Any, number: str, name: str, sums: Sequence[Any]) -> Total:
    *amounts, count, _whole = map(int, sums)
    labour, material, contract, other, capital = amounts
    return Total(key, number, name, labour, material, contract, other, capital, count)


def _names(session: Session, by: CostBy, keys: Sequence[Any]) -> dict[Any, tuple[str, str]]:
    """Number and name of what the keys name."""
    ids = [key for key in keys if key is not None]
    if by not in NAMED or not ids:
        return {}
    _, kind = NAMED[by]
    told = (getattr(kind, kind.naming.number), getattr(kind, kind.naming.label))
    rows = session.execute(sa.select(kind.id, *told).where(kind.id.in_(ids)))
    return {id: (number or "", name or "") for id, number, name in rows}
