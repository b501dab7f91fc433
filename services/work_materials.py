"""Materials used up on an order: each writes the cost line that follows it."""

from __future__ import annotations

from typing import Any

from models.work_doing import WorkMaterial
from models.work_money import CostKind
from resources.words import Word
from services import work_costs
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD, open_order, share

WHOLE = 1000  # thousandths


def _material(work: Work, row: WorkMaterial, given: dict[str, Any]) -> None:
    order = open_order(work, row.work_order_id)
    if row.on > work.today:
        raise Invalid(AHEAD, field=Word("work_material.on"))
    row.amount = share(row.unit_price, row.quantity, WHOLE, Word("work_material.quantity"))
    work_costs.follow(work, order, row, CostKind.MATERIAL, row.name)


def _parting(work: Work, row: WorkMaterial) -> None:
    open_order(work, row.work_order_id)
    work_costs.part(work, row)


MATERIALS = records("work_materials", WorkMaterial, sorts=("on",), sums=("amount",), settle=_material, parting=_parting)
