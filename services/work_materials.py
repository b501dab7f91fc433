"""Materials used up on an order: each writes the cost line that follows it, and follows the store that issued it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from models.work_doing import WorkMaterial
from models.work_money import CostKind
from resources.words import N_, Word
from services import work_costs
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD, open_order, share, stays

if TYPE_CHECKING:
    from models.part import Part, PartMovement
    from models.work_order import WorkOrder

WHOLE = 1000  # thousandths
NAME = 120  # characters of a name
FROM_STORE = N_("It came out of a store: bring back there what was not used")


def _material(work: Work, row: WorkMaterial, given: dict[str, Any]) -> None:
    order = open_order(work, row.work_order_id)
    if row.part_movement_id:
        if {each.key for each in sa.inspect(row).attrs if each.history.has_changes()} - {"note"}:
            raise Conflict(FROM_STORE)
        return
    if row.on > work.today:
        raise Invalid(AHEAD, field=Word("work_material.on"))
    row.amount = share(row.unit_price, row.quantity, WHOLE, Word("work_material.quantity"))
    work_costs.follow(work, order, row, CostKind.MATERIAL, row.name)


def _parting(work: Work, row: WorkMaterial) -> None:
    open_order(work, row.work_order_id)
    if row.part_movement_id:
        raise Conflict(FROM_STORE)
    work_costs.part(work, row)


MATERIALS = records("work_materials", WorkMaterial, sorts=("on",), sums=("amount",), settle=_material, parting=_parting)
stays(WorkMaterial)


def issued(work: Work, order: WorkOrder, movement: PartMovement, part: Part) -> None:
    """A store issued a part to an order: its line and the cost line that follows it, for what the issue is worth."""
    name = " ".join(filter(None, (part.name, part.specification)))[:NAME]
    row = WorkMaterial(
        compound_id=order.compound_id, work_order_id=order.id, on=movement.on, name=name, quantity=-movement.quantity,
        measure=part.measure, unit_price=movement.unit_price, amount=-movement.amount, part_movement_id=movement.id,
    )  # fmt: skip
    work.add(row)
    work_costs.follow(work, order, row, CostKind.MATERIAL, name)


def came_back(work: Work, order: WorkOrder, movement_id: UUID, quantity: int, amount: int) -> None:
    """Some of what was issued came back (thousandths, fen): the line becomes less, or goes with the last of it."""
    row = work.session.scalars(sa.select(WorkMaterial).where(WorkMaterial.part_movement_id == movement_id)).one()
    row.quantity, row.amount = row.quantity - quantity, row.amount - amount
    if row.quantity == 0:
        work_costs.part(work, row)
        row.alive = False
    else:
        work_costs.follow(work, order, row, CostKind.MATERIAL, row.name)
