"""Checklists on work orders: laid on from a template, answered line by line; what failed becomes an order of its own.

An order with a required line unanswered is neither done nor closed, whoever asks: the guard stands at the step itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.work_checklist import NUMBERS, CheckKind, WorkChecklistLine
from models.work_order import Channel, LinkKind, WorkOrder, WorkOrderLink
from models.work_states import WorkState
from resources.words import N_, Word
from services import checklists, checks, work_readings
from services.checklists import Item
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.work_entries import open_order
from services.work_order_steps import BEFORE
from services.work_orders import ORDERS, gone_by

S = WorkState
OVER = (S.DONE, S.CHECKED, S.RATED, S.SETTLED)  # what was answered stays
LINES = listing(Listing("work_checklist_lines", WorkChecklistLine, ("position",)))
FIELDS = describe(WorkChecklistLine)
ANSWERS = {name: replace(FIELDS[name], required=False) for name in ("yes", "number", "words", "restarted")}
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
COPIED = ("text", "kind", "least", "most", "measure", "meter", "required")
STAYS = N_("A checklist is taken off an order by the step for that")
KEPT = N_("An answer is changed by another answer, or taken back")
OPEN = N_("This line has no answer yet")


@intent(N_("Put checklist on work order"), on=WorkChecklistLine, name="work_checklists.lay", kept=STAYS)
def lay(work: Work, work_order_id: UUID, checklist_id: UUID) -> int:
    """Copies the lines of a template; how many. Later changes of the template leave them as they are. Conflict: it is
    on the order already, has no lines, or is of another compound."""
    order = open_order(work, work_order_id)
    name, rows = template(work, order.compound_id, checklist_id)
    there = _lines(work, order.id)
    if any(line.checklist_id == checklist_id for line in there):
        raise Conflict(TWICE, checklist=name)
    for line in copied(checklist_id, rows, max((line.position for line in there), default=0)):
        work.add(WorkChecklistLine(compound_id=order.compound_id, work_order_id=order.id, **line))
    return len(rows)


def template(work: Work, compound_id: UUID, checklist_id: UUID) -> tuple[str, list[Item]]:
    """The name and lines of a checklist that orders of a compound may carry. Conflict: it has no lines, or is of
    another compound. Missing: there is none."""
    found = work.see("checklist", checklist_id)
    if found.compound_id not in (None, compound_id):
        raise Conflict(ELSEWHERE, checklist=found.name)
    rows = checklists.items(work.session, checklist_id)
    if not rows:
        raise Conflict(EMPTY, checklist=found.name)
    return found.name, rows


def copied(checklist_id: UUID, rows: list[Item], after: int = 0) -> Iterator[dict[str, Any]]:
    """The lines of a template as an order carries them, counted on from a position."""
    for at, row in enumerate(rows, after + 1):
        yield {name: getattr(row, name) for name in COPIED} | {"position": at, "checklist_id": checklist_id}


@intent(N_("Take checklist off work order"), on=WorkChecklistLine, name="work_checklists.take_off", kept=STAYS)
def take_off(work: Work, work_order_id: UUID, checklist_id: UUID) -> None:
    """Before work begins. Conflict: it has begun."""
    order = open_order(work, work_order_id)
    if order.started_at is not None or order.state in (S.WORKING, S.DONE):
        raise Conflict(BEGUN)
    for line in _lines(work, order.id):
        if line.checklist_id == checklist_id:
            work_readings.take_back(work, line)
            line.alive = False


@intent(N_("Answer checklist line"), on=WorkChecklistLine, name="work_checklists.answer", kept=KEPT)
def answer(work: Work, work_checklist_line_id: UUID, **values: Any) -> bool:
    """Yes or no, a number (thousandths) or words, as the line asks; whether it failed: no, or a number beyond its
    limits. Conflict: the order is done, and this was its answer; what was laid on later is still to be answered."""
    line, order = _answerable(work, work_checklist_line_id)
    if line.kind is CheckKind.PHOTO:
        raise Invalid(BY_PHOTO, field=Word("work_checklist_line.text"))
    name, given = FIELD_OF[line.kind], checks.checked_all(ANSWERS, values, whole=False)
    if given.get(name) is None:
        raise Invalid(ANSWERED_BY, field=Word(f"work_checklist_line.{name}"))
    setattr(line, name, given[name])
    line.words = given.get("words") or line.words
    line.failed = line.beyond(given[name]) if line.kind in NUMBERS else given[name] is False
    line.answered_at, line.answered_by = work.now, work.actor
    line.restarted = given.get("restarted") if line.meter else None
    if line.meter is not None:
        work_readings.enter(work, order, line, restarted=bool(line.restarted))
    return bool(line.failed)


@intent(N_("Take answer back"), on=WorkChecklistLine, name="work_checklists.take_back", kept=KEPT)
def take_back(work: Work, work_checklist_line_id: UUID) -> None:
    """The line is to be answered again; what it read off a meter was not read. Conflict: it has no answer, an order was
    made of it, the order is done, or the meter was read again since."""
    line, _ = _answerable(work, work_checklist_line_id)
    if line.answered_at is None:
        raise Conflict(OPEN)
    if line.follow_up_id is not None:
        raise Conflict(MADE, number=work.see("work_order", line.follow_up_id).number)
    work_readings.take_back(work, line)
    for name in (*ANSWERS, "failed", "answered_at", "answered_by"):
        setattr(line, name, None)


def _answerable(work: Work, line_id: UUID) -> tuple[WorkChecklistLine, WorkOrder]:
    line = work.get(WorkChecklistLine, line_id)
    order = open_order(work, line.work_order_id)
    if order.state in OVER and line.answered_at is not None:
        raise gone_by(order)
    return line, order


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


def _answered(work: Work, order: WorkOrder, at: datetime) -> None:
    for n, text in missing(work.session, order.id)[:1]:
        raise Conflict(MISSING, n=n, text=text)


for _state in (S.DONE, S.CLOSED):
    BEFORE[_state].append(_answered)
_ME = FieldSpec("work_checklist_line", "work_checklist_line_id", Kind.REFERENCE, True, target="work_checklist_line")
_LIST = (ORDERS.me, FIELDS["checklist_id"])
takes("work_checklists.lay", _LIST)
takes("work_checklists.take_off", _LIST)
takes("work_checklists.answer", (_ME, *ANSWERS.values()))
takes("work_checklists.take_back", (_ME,))
takes("work_checklists.report", (_ME, FieldSpec("work_order", "description", Kind.LONG)))
takes("work_checklists.missing", (ORDERS.me,))


def _lines(work: Work, order_id: UUID) -> list[WorkChecklistLine]:
    return list(work.session.scalars(sa.select(WorkChecklistLine).where(WorkChecklistLine.work_order_id == order_id)))


def _said(order: WorkOrder, line: WorkChecklistLine) -> str:
    number = "" if line.number is None else f" {line.number / 1000:g} {line.measure or ''}".rstrip()
    return " ".join(filter(None, (f"{order.number}:", f"{line.text}{number}", line.words)))
