"""Checklists on work orders: laid on from a template, answered line by line; what failed becomes an order of its own.

An order with a required line unanswered is neither done nor closed, whoever asks: the guard stands at the step itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.work_checklist import NUMBERS, CheckKind, WorkChecklistLine
from models.work_order import Channel, LinkKind, WorkOrder, WorkOrderLink
from models.work_states import WorkState
from resources.words import N_, Word
from services import checklists, checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.work_entries import open_order
from services.work_order_steps import BEFORE
from services.work_orders import ORDERS, gone_by

S = WorkState
LINES = listing(Listing("work_checklist_lines", WorkChecklistLine, ("position",)))
FIELDS = describe(WorkChecklistLine)
ANSWERS = {name: replace(FIELDS[name], required=False) for name in ("yes", "number", "words")}
FIELD_OF = {CheckKind.YES_NO: "yes", CheckKind.NUMBER: "number", CheckKind.READING: "number", CheckKind.TEXT: "words"}
TWICE = N_("“{checklist}” is on this order already")
EMPTY = N_("“{checklist}” has no lines yet")
ELSEWHERE = N_("“{checklist}” is a checklist of another compound")
BEGUN = N_("Work has begun: a checklist stays on the order and is answered")
MISSING = N_("Checklist line {n} “{text}” is not answered yet")
BY_PHOTO = N_("This line is answered by a photo: attach one to it")
ANSWERED_BY = N_("This line is answered by “{field}”")
NOT_FAILED = N_("This line has not failed: there is nothing to make an order of")
MADE = N_("Work order {number} was made of this line already")
COPIED = ("text", "kind", "least", "most", "measure", "required")
STAYS = N_("A checklist is taken off an order by the step for that")
KEPT = N_("An answer is changed by another answer")


@intent(N_("Put checklist on work order"), on=WorkChecklistLine, name="work_checklists.lay", kept=STAYS)
def lay(work: Work, work_order_id: UUID, checklist_id: UUID) -> int:
    """Copies the lines of a template; how many. Later changes of the template leave them as they are. Conflict: it is
    on the order already, has no lines, or is of another compound."""
    order, template = open_order(work, work_order_id), work.see("checklist", checklist_id)
    if template.compound_id not in (None, order.compound_id):
        raise Conflict(ELSEWHERE, checklist=template.name)
    there = _lines(work, order.id)
    if any(line.checklist_id == template.id for line in there):
        raise Conflict(TWICE, checklist=template.name)
    rows = checklists.items(work.session, template.id)
    if not rows:
        raise Conflict(EMPTY, checklist=template.name)
    first = max((line.position for line in there), default=0)
    for at, row in enumerate(rows, first + 1):
        copied = {name: getattr(row, name) for name in COPIED} | {"position": at, "checklist_id": template.id}
        work.add(WorkChecklistLine(compound_id=order.compound_id, work_order_id=order.id, **copied))
    return len(rows)


@intent(N_("Take checklist off work order"), on=WorkChecklistLine, name="work_checklists.take_off", kept=STAYS)
def take_off(work: Work, work_order_id: UUID, checklist_id: UUID) -> None:
    """Before work begins. Conflict: it has begun."""
    order = open_order(work, work_order_id)
    if order.started_at is not None or order.state in (S.WORKING, S.DONE):
        raise Conflict(BEGUN)
    for line in _lines(work, order.id):
        if line.checklist_id == checklist_id:
            line.alive = False


@intent(N_("Answer checklist line"), on=WorkChecklistLine, name="work_checklists.answer", kept=KEPT)
def answer(work: Work, work_checklist_line_id: UUID, **values: Any) -> bool:
    """Yes or no, a number (thousandths) or words, as the line asks; whether it failed: no, or a number beyond its
    limits. Conflict: the order is done."""
    line = work.get(WorkChecklistLine, work_checklist_line_id)
    order = open_order(work, line.work_order_id)
    if order.state in (S.DONE, S.CHECKED, S.RATED, S.SETTLED):
        raise gone_by(order)
    if line.kind is CheckKind.PHOTO:
        raise Invalid(BY_PHOTO, field=Word("work_checklist_line.text"))
    name, given = FIELD_OF[line.kind], checks.checked_all(ANSWERS, values, whole=False)
    if given.get(name) is None:
        raise Invalid(ANSWERED_BY, field=Word(f"work_checklist_line.{name}"))
    setattr(line, name, given[name])
    line.words = given.get("words") or line.words
    line.failed = line.beyond(given[name]) if line.kind in NUMBERS else given[name] is False
    line.answered_at, line.answered_by = work.now, work.actor
    return bool(line.failed)


@intent(N_("Report what failed"), on=WorkChecklistLine, name="work_checklists.report", kept=KEPT)
def report(work: Work, work_checklist_line_id: UUID, description: str | None = None) -> UUID:
    """A work order for a failed line, at the same place and asset, linked to the order it was found on; its id.
    Conflict: the line has not failed, or an order was made of it already."""
    line = work.get(WorkChecklistLine, work_checklist_line_id)
    if not line.failed:
        raise Conflict(NOT_FAILED)
    if line.follow_up_id is not None:
        raise Conflict(MADE, number=work.see("work_order", line.follow_up_id).number)
    found: WorkOrder = work.see("work_order", line.work_order_id)
    place = {name: getattr(found, name) for name in ("building_id", "room_id", "place", "asset_id", "unit_id")}
    made = ORDERS.add(
        work, compound_id=found.compound_id, title=line.text[:120], trade=found.trade, channel=Channel.CHECKLIST.value,
        description=description or _said(found, line), **place,
    )  # fmt: skip
    link = {"work_order_id": found.id, "kind": LinkKind.RELATED, "other_id": made}
    work.add(WorkOrderLink(compound_id=found.compound_id, **link))
    line.follow_up_id = made
    return made


@query(N_("Checklist lines without an answer"), on=WorkChecklistLine, name="work_checklists.missing")
def missing(session: Session, work_order_id: UUID) -> list[tuple[int, str]]:
    """Position and text of the required lines of an order that nobody answered; photos are attachments."""
    photo = sa.exists().where(Attachment.about_id == WorkChecklistLine.id, Attachment.alive)
    found = sa.select(WorkChecklistLine.position, WorkChecklistLine.text).where(
        WorkChecklistLine.work_order_id == work_order_id, WorkChecklistLine.required,
        sa.case((WorkChecklistLine.kind == CheckKind.PHOTO, ~photo), else_=WorkChecklistLine.answered_at.is_(None)),
    )  # fmt: skip
    rows = session.execute(found.order_by(WorkChecklistLine.position))
    return [(position, text) for position, text in rows]


def _answered(work: Work, order: WorkOrder) -> None:
    for n, text in missing(work.session, order.id)[:1]:
        raise Conflict(MISSING, n=n, text=text)


for _state in (S.DONE, S.CLOSED):
    BEFORE[_state].append(_answered)
_ME = FieldSpec("work_checklist_line", "work_checklist_line_id", Kind.REFERENCE, True, target="work_checklist_line")
_LIST = (ORDERS.me, FIELDS["checklist_id"])
takes("work_checklists.lay", _LIST)
takes("work_checklists.take_off", _LIST)
takes("work_checklists.answer", (_ME, *ANSWERS.values()))
takes("work_checklists.report", (_ME, FieldSpec("work_order", "description", Kind.LONG)))
takes("work_checklists.missing", (ORDERS.me,))


def _lines(work: Work, order_id: UUID) -> list[WorkChecklistLine]:
    return list(work.session.scalars(sa.select(WorkChecklistLine).where(WorkChecklistLine.work_order_id == order_id)))


def _said(order: WorkOrder, line: WorkChecklistLine) -> str:
    number = "" if line.number is None else f" {line.number / 1000:g} {line.measure or ''}".rstrip()
    return " ".join(filter(None, (f"{order.number}:", f"{line.text}{number}", line.words)))
