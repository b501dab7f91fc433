"""Templates of checklists: what is gone through when work of a trade is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.meter import MeterKind
from models.work_checklist import NUMBERS, CheckKind, Checklist, ChecklistItem
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.records import records

NO_NUMBER = N_("Only numbers and readings have limits and a unit")
NO_METER = N_("Only a line of the kind “reading” reads a meter")
CROSSED = N_("The lower limit lies above the upper one")


def _item(work: Work, row: ChecklistItem, given: dict[str, Any]) -> None:
    if not row.rid:
        row.compound_id = work.see("checklist", row.checklist_id).compound_id  # it lies where its template lies
    limits = {name: getattr(row, name) for name in ("least", "most", "measure")}
    wrong = next((name for name, value in limits.items() if value is not None), "")
    if wrong and row.kind not in NUMBERS:
        raise Invalid(NO_NUMBER, field=Word(f"checklist_item.{wrong}"))
    if row.meter is not None and row.kind is not CheckKind.READING:
        raise Invalid(NO_METER, field=Word("checklist_item.meter"))
    if row.least is not None and row.most is not None and row.most < row.least:
        raise Invalid(CROSSED, field=Word("checklist_item.most"))


CHECKLISTS = records("checklists", Checklist, sorts=("number", "name"), series="JC")
ITEMS = records("checklist_items", ChecklistItem, sorts=("position",), settle=_item)


@dataclass(frozen=True)
class Item:
    """A line of a template; limits are thousandths of `measure`."""

    id: UUID
    position: int
    text: str
    kind: CheckKind
    least: int | None
    most: int | None
    measure: str | None
    meter: MeterKind | None
    required: bool


@query(N_("Lines of a checklist"), on=ChecklistItem, name="checklists.items")
def items(session: Session, checklist_id: UUID) -> list[Item]:
    """The lines of a template in order."""
    of = ChecklistItem
    found = sa.select(of.id, of.position, of.text, of.kind, of.least, of.most, of.measure, of.meter, of.required)
    rows = session.execute(found.where(of.checklist_id == checklist_id).order_by(of.position, of.n))
    return [Item(*row) for row in rows]


takes("checklists.items", (FieldSpec("checklist", "checklist_id", Kind.REFERENCE, True, target="checklist"),))
