"""Lines of work orders in the window: added by small forms, revised in the same ones, checklist lines answered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.desk.errors import Missing
from services.desk.listing import View
from services.desk.schema import arguments
from services.work_checklists import ANSWERS, FIELD_OF
from ui.kit.screen import Act
from ui.kit.text import Own
from ui.screens.work_lines import LINE_FORMS, LINES, answer
from ui.screens.work_orders import FORMS

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.workbench import Workbench

MANY = 500  # lines of one kind on one order
GONE = N_("There is no such record, or it is out of your reach")


def asked(bench: Workbench, act: Act, values: Mapping[str, Any], sheet: Any) -> None:
    """What a tab of a work order asks for: at once, or after what it needs has been said in a form. `_line` is the line
    it is about, `_initial` what stands in the form of a new one."""
    fixed = {name: value for name, value in values.items() if not name.startswith("_")}
    line: Any = values["_line"]
    row = sheet.row
    if act.name in LINES:
        found = partial(_row, LINES[act.name].listing, sheet.id, line.id)
        bench.background.ask(found, partial(bench.edit, LINES[act.name]), bench.refused)
        return
    missing = any(field.name not in fixed for field in arguments(act.name))
    if not missing or act.name.endswith(".remove"):
        bench.background.do(act.name, fixed, bench.operations.saved, bench.refused)
        return
    sections, initial = LINE_FORMS.get(act.name, FORMS.get(act.name, ())), dict(values.get("_initial") or {})
    facts, once = f"{row['number']} · {row['title']}", not act.name.endswith(".add")
    if act.name == "work_checklists.answer":
        sections, facts = answer(FIELD_OF[line.kind], meter=line.meter is not None), line.text
        initial = {name: getattr(line, name) or None for name in ANSWERS if name in ("number", "words")}
        initial |= {"yes": line.yes, "restarted": line.restarted}
    shown = {name for section in sections for name, _ in section.fields}
    known = {name: value for name, value in initial.items() if not sections or name in shown}
    labels = {"staff_id": str(row["technician"] or "")}
    inside = {"compound_id": row["compound_id"]}
    bench.form(act.name, act.label, sections, fixed, once=once, facts=Own(facts), initial=known, labels=labels,
               inside=inside)  # fmt: skip


def _row(listing: str, order: UUID, line: UUID, desk: Desk) -> dict[str, Any]:
    rows = desk.first(View(listing, filters=(("work_order_id", (order,)),)), MANY)
    found = next((row for row in rows if row["id"] == line), None)
    if found is None:
        raise Missing(GONE)
    return dict(found)
