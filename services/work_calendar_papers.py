"""The work calendar of a month and compound as a paper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.compound import Compound
from models.work_order import WorkOrder
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.site import the_office
from services.desk.work import NO_RECORD
from services.work_board import Card
from services.work_planned import planned


@query(N_("Work calendar of a month"), on=WorkOrder, name="work_orders.calendar_paper")
def calendar_paper(session: Session, compound_id: UUID, month: date, on: date) -> bytes:
    """派工月历 of the month a day lies in, as it stands `on` a day, as a PDF of one page. Missing: the compound is out
    of reach."""
    from services.documents import plain_paper, work_calendar  # the PDF libraries are loaded with the first paper

    compound = session.get(Compound, compound_id)
    if compound is None:
        raise Missing(NO_RECORD)
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(day, time()).astimezone() for day in (first, after))
    days = defaultdict[date, list[Card]](list)
    for order in planned(session, begin, end, [compound_id]).days:
        if order.planned_from is not None:
            days[order.planned_from.astimezone().date()].append(order)
    office = the_office(session).name
    return plain_paper.draw(work_calendar.paper(office, compound.name, first, on, days))


takes("work_orders.calendar_paper", (
    replace(describe(WorkOrder)["compound_id"], required=True), FieldSpec("work_order", "month", Kind.DATE, True),
    FieldSpec("work_order", "on", Kind.DATE, True),
))  # fmt: skip
