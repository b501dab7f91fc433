"""Hours worked on an order, charged by the rate of their day: each writes the cost line that follows it."""

from __future__ import annotations

from typing import Any

from models.work_doing import WorkLabour
from models.work_money import CostKind
from resources.words import N_, Word
from services import labour_rates, work_costs
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD, open_order, share, stays

DAY, HOUR = 24 * 60, 60
MORE = N_("A day has 24 hours: enter each day by itself")


def _labour(work: Work, row: WorkLabour, given: dict[str, Any]) -> None:
    order = open_order(work, row.work_order_id)
    if row.on > work.today:
        raise Invalid(AHEAD, field=Word("work_labour.on"))
    if row.minutes > DAY:
        raise Invalid(MORE, field=Word("work_labour.minutes"))
    row.an_hour = labour_rates.rate_on(work.session, row.compound_id, order.trade, row.on)
    row.amount = share(row.an_hour or 0, row.minutes, HOUR, Word("work_labour.minutes"))
    work_costs.follow(work, order, row, CostKind.LABOUR, work.see("staff", row.staff_id).name)


def _parting(work: Work, row: WorkLabour) -> None:
    open_order(work, row.work_order_id)
    work_costs.part(work, row)


LABOUR = records("work_labour", WorkLabour, sorts=("on",), sums=("minutes", "amount"), settle=_labour, parting=_parting)
stays(WorkLabour)
