"""Cost lines of work orders: what was spent, when, and who pays. Hours and materials write theirs; others are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models.work_doing import WorkLabour, WorkMaterial
from models.work_money import CostKind, WorkCost
from models.work_order import Payer
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.listing import Listing
from services.desk.work import Work
from services.records import Records
from services.work_entries import AHEAD, open_order, stays

if TYPE_CHECKING:
    from models.work_order import WorkOrder

SERIES = "FY"
FOLLOWS = N_("This line follows hours or materials: change those; here only the payer and the voucher are set")
BOOKED = N_("It went into the value of the asset: take that change back first")
WARRANTED = N_("{asset} is under warranty until {date}: let the warranty pay, or say why not")
HERE = frozenset({"payer", "voucher", "despite_warranty", "provider_id"})  # of a line that follows another


def _cost(work: Work, row: WorkCost, given: dict[str, Any]) -> None:
    order = open_order(work, row.work_order_id)
    changed = {each.key for each in sa.inspect(row).attrs if each.history.has_changes()} if row.rid else set[str]()
    if row.value_change_id and changed:
        raise Conflict(BOOKED)
    if (row.labour_id or row.material_id) and changed - HERE:
        raise Conflict(FOLLOWS)
    if row.on > work.today:
        raise Invalid(AHEAD, field=Word("work_cost.on"))
    row.payer = row.payer or order.payer or Payer.BUDGET
    if row.kind in (CostKind.CONTRACT, CostKind.OTHER) and row.payer is not Payer.WARRANTY:
        warranted(work, order, row.despite_warranty, Word("work_cost.despite_warranty"))


def _parting(work: Work, row: WorkCost) -> None:
    open_order(work, row.work_order_id)
    if row.labour_id or row.material_id:
        raise Conflict(FOLLOWS)
    if row.value_change_id:
        raise Conflict(BOOKED)


COSTS = Records(
    "work_costs", WorkCost, SERIES, _cost,
    Listing("work_costs", WorkCost, ("on", "number", "amount"), ("amount",), also={
        "work_order_id": ("number", "trade", "asset_id", "room_id", "unit_id"),
    }),
    _parting,
)  # fmt: skip
stays(WorkCost)


def warranted(work: Work, order: WorkOrder, why: str | None, field: Word) -> None:
    """Invalid: the asset was under warranty when the fault was reported, and nobody says why money is spent all the
    same. A bill that comes after the warranty has ended is still one for its firm."""
    if why or order.asset_id is None:
        return
    asset = work.see("asset", order.asset_id)
    known = order.reported_at.astimezone().date() if order.reported_at else work.today
    if asset.warranty_until and asset.warranty_until >= known:
        raise Invalid(WARRANTED, field=field, asset=f"{asset.name} {asset.number}", date=asset.warranty_until)


def follow(work: Work, order: WorkOrder, entry: WorkLabour | WorkMaterial, kind: CostKind, label: str) -> None:
    """Writes the cost line of hours or materials, or brings it up to them. Conflict: it went into an asset's value."""
    line = _line(work, entry)
    if line is None:
        source = {"labour_id" if kind is CostKind.LABOUR else "material_id": entry.id}
        work.add(WorkCost(
            compound_id=order.compound_id, number=next(work.numbers(SERIES)), work_order_id=order.id, kind=kind,
            label=label, payer=order.payer or Payer.BUDGET, on=entry.on, amount=entry.amount, **source,
        ))  # fmt: skip
        return
    wanted = {"label": label, "on": entry.on, "amount": entry.amount}
    for name, value in wanted.items():
        if getattr(line, name) != value:
            if line.value_change_id:
                raise Conflict(BOOKED)
            setattr(line, name, value)


def part(work: Work, entry: WorkLabour | WorkMaterial) -> None:
    """The cost line goes with the hours or materials. Conflict: it went into an asset's value."""
    if line := _line(work, entry):
        if line.value_change_id:
            raise Conflict(BOOKED)
        line.alive = False
        work.session.flush()


def _line(work: Work, entry: WorkLabour | WorkMaterial) -> WorkCost | None:
    column = WorkCost.labour_id if isinstance(entry, WorkLabour) else WorkCost.material_id
    with work.session.no_autoflush:
        return work.session.scalars(sa.select(WorkCost).where(column == entry.id)).first()
