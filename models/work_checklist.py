"""Checklists: templates of an office or compound, and their lines as they stand on a work order with the answers."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, Shared, living, reference
from models.meter import MeterKind
from models.quantity import Quantity
from models.work_rules import WORK_TRADES


class CheckKind(enum.StrEnum):
    """How a line is answered: yes or no, a number within limits, words, the reading of a meter, or a photo."""

    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"
    READING = "reading"
    PHOTO = "photo"


NUMBERS = frozenset({CheckKind.NUMBER, CheckKind.READING})


class Checklist(Shared):
    """A template: what is gone through when work of a trade is done."""

    __tablename__ = "checklist"
    __table_args__ = (living("checklist", "number", unique=True), living("checklist", "name"))
    naming = Naming(number="number", label="name", search=("number", "name"))
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    trade: Mapped[str | None] = mapped_column(sa.String(24), info=WORK_TRADES)
    source: Mapped[str | None] = mapped_column(sa.String(160))


class ChecklistItem(Shared):
    """One line of a template. Limits are thousandths of `measure`. A line of the kind “reading” may name the kind of
    `meter` it reads: that of the asset, room or building of the order it is laid on."""

    __tablename__ = "checklist_item"
    __table_args__ = (living("checklist_item", "checklist_id", "position"),)
    naming = Naming(number="position", label="text", within="checklist_id", search=("text",), through=("checklist_id",))
    checklist_id: Mapped[UUID] = reference("checklist.id")
    position: Mapped[int] = mapped_column(default=1, info={"least": 1})
    text: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[CheckKind] = mapped_column(default=CheckKind.YES_NO)
    least: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    most: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    meter: Mapped[MeterKind | None]
    required: Mapped[bool] = mapped_column(default=True)


class WorkChecklistLine(Scoped):
    """A line of a template as it was copied onto an order, and its answer. `failed`: no, or beyond the limits;
    `follow_up_id` is the order that was made of it. Photos are attachments about the line. What a line
    that reads a `meter` is answered by is entered once, as `reading_id`; `restarted`: the meter was changed and counts
    anew."""

    __tablename__ = "work_checklist_line"
    __table_args__ = (living("work_checklist_line", "work_order_id", "position"),)
    naming = Naming(number="position", label="text", search=("text",), through=("work_order_id",))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    checklist_id: Mapped[UUID] = reference("checklist.id")
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[CheckKind]
    least: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    most: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    required: Mapped[bool] = mapped_column(default=True)
    yes: Mapped[bool | None]
    number: Mapped[int | None] = mapped_column(Quantity, info={"least": None})
    words: Mapped[str | None] = mapped_column(sa.String(500))
    failed: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(sa.String(40))
    follow_up_id: Mapped[UUID | None] = reference("work_order.id")
    meter: Mapped[MeterKind | None]
    reading_id: Mapped[UUID | None] = reference("meter_reading.id")
    restarted: Mapped[bool | None]

    def beyond(self, value: int) -> bool:
        """Whether a number (thousandths) lies outside the limits."""
        return (self.least is not None and value < self.least) or (self.most is not None and value > self.most)
