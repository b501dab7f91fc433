"""The papers of a work order, chosen in the menu of its page: the job sheet to take along, the record of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.document_issuing import Subject
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.screen import Act

if TYPE_CHECKING:
    from services.desk.desk import Desk

PAPERS = (
    Act("work_orders.job_sheet", "printer", N_("Print job sheet")),
    Act("work_orders.record", "printer", N_("Print order record")),
)


def paper(act: Act, row: Mapping[str, Any]) -> ToPaper:
    """The way to a paper of an order."""
    name = f"{row['number']}-{act.name.rpartition('.')[2].replace('_', '-')}.pdf"
    about = Subject.of("order", row, today()) if act.name == "work_orders.record" else None
    return ToPaper(act.label, name, partial(_drawn, act.name, row["id"]), about)


def _drawn(name: str, order: UUID, desk: Desk) -> bytes:
    data: bytes = desk.ask(name, work_order_id=order, on=today())
    return data
