"""A major repair that goes into the value and life of the asset (政府会计准则第3号: 后续支出)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.asset_value import AssetValueChange, ValueChange
from models.work_money import WorkCost
from models.work_order import Payer
from resources.words import N_, Word
from services import asset_values
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe, takes
from services.desk.work import Work
from services.work_costs import COSTS
from services.work_entries import open_order

NO_ASSET = N_("Work order {number} is not about an asset: there is no value to change")
NOTHING = N_("There is no cost line that did not go into a value yet")
PAID = N_("Cost line {number} is paid by the warranty or the contractor: the asset cost nothing more by it")
PAID_FOR = frozenset({Payer.WARRANTY, Payer.PENALTY})  # no spending of the office
OTHERS = N_("A cost line of another work order is among them")


@intent(N_("Put a repair into the asset's value"), on=WorkCost, name="work_costs.capitalise")
def capitalise(
    work: Work, work_order_id: UUID, on: date, paper: str, life_months: int | None = None,
    work_cost_ids: tuple[UUID, ...] = (), reason: str | None = None,
) -> UUID:  # fmt: skip
    """The cost lines, or without any named all that did not yet and the office paid for, make the asset dearer from a
    day on; the id of the change of its value, which the lines name. `life_months` is the new life in all. Conflict: no
    asset, no lines. Invalid: a line named is of another order, or paid by the warranty or the contractor."""
    order = open_order(work, work_order_id)
    if order.asset_id is None:
        raise Conflict(NO_ASSET, number=order.number)
    found = sa.select(WorkCost).where(WorkCost.work_order_id == order.id, WorkCost.value_change_id.is_(None))
    lines = list(work.session.scalars(found))
    if work_cost_ids:
        named, lines = set(work_cost_ids), [line for line in lines if line.id in set(work_cost_ids)]
        if named - {line.id for line in lines}:
            raise Invalid(OTHERS, field=Word("work_cost.number"))
        for line in (line for line in lines if line.payer in PAID_FOR):
            raise Invalid(PAID, field=Word("work_cost.payer"), number=line.number)
    lines = [line for line in lines if line.payer not in PAID_FOR]
    total = sum(line.amount for line in lines)
    if not total:
        raise Conflict(NOTHING)
    cost = work.see("asset", order.asset_id).cost or 0
    change = asset_values.change(
        work, asset_id=order.asset_id, kind=ValueChange.REBUILT.value, on=on, cost=cost + total, paper=paper,
        life_months=life_months, reason=reason,
    )  # fmt: skip
    for line in lines:
        line.value_change_id = change
    return change


_OF = describe(AssetValueChange)
takes("work_costs.capitalise", (
    replace(COSTS.fields["work_order_id"], required=True), _OF["on"], _OF["paper"], _OF["life_months"],
    replace(COSTS.me, name="work_cost_ids", many=True, required=False), _OF["reason"],
))  # fmt: skip
