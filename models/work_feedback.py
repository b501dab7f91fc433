"""What people said after work was done: complaints, and what was heard when somebody asked them."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Naming, Scoped, living, reference


class FeedbackKind(enum.StrEnum):
    """A complaint (投诉), or a visit or call to ask how it is (回访)."""

    COMPLAINT = "complaint"
    RETURN_VISIT = "return_visit"


class WorkFeedback(Scoped):
    """Said about an order, and what was answered. `satisfied` is not said of complaints; `waiting`: it is still to be
    answered, a complaint or somebody who was not satisfied (empty otherwise)."""

    __tablename__ = "work_feedback"
    __table_args__ = (
        living("work_feedback", "number", unique=True),
        living("work_feedback", "work_order_id", "at"),
        living("work_feedback", "at"),
    )
    naming = Naming(number="number", label="words", search=("number", "words", "person"), through=("work_order_id",))
    number: Mapped[str] = mapped_column(sa.String(40))
    work_order_id: Mapped[UUID] = reference("work_order.id")
    kind: Mapped[FeedbackKind]
    at: Mapped[datetime]
    person: Mapped[str | None] = mapped_column(sa.String(80))
    satisfied: Mapped[bool | None]
    words: Mapped[str] = mapped_column(sa.String(500))
    answered_at: Mapped[datetime | None] = mapped_column(info={"derived": True})
    answer: Mapped[str | None] = mapped_column(sa.String(500), info={"derived": True})
    waiting: Mapped[bool | None] = mapped_column(info={"derived": True})
