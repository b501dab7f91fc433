"""What was done on one order, as rows: visits, hours, materials, checklist lines, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.meter import MeterKind
from models.work_checklist import CheckKind
from models.work_feedback import FeedbackKind
from services.work_permits import Standing


@dataclass(frozen=True)
class Visit:
    """`who` was there: of the office, of a firm, or a name."""

    id: UUID
    came_at: datetime
    left_at: datetime | None
    travel_minutes: int | None
    who: str
    note: str


@dataclass(frozen=True)
class Labour:
    """Minutes of a person on a day; fen an hour (None: no rate) and in all."""

    id: UUID
    on: date
    person: str
    minutes: int
    an_hour: int | None
    amount: int
    note: str


@dataclass(frozen=True)
class Material:
    """Thousandths of `measure`, fen each and in all; `issue_id` is the movement by which a store issued it."""

    id: UUID
    on: date
    name: str
    quantity: int
    measure: str
    unit_price: int
    amount: int
    note: str
    issue_id: UUID | None = None


@dataclass(frozen=True)
class Line:
    """A line of a checklist and its answer (numbers and limits in thousandths); `answered` counts photos too. `meter`:
    the kind of meter it reads."""

    id: UUID
    position: int
    text: str
    kind: CheckKind
    least: int | None
    most: int | None
    measure: str
    required: bool
    yes: bool | None
    number: int | None
    words: str
    failed: bool | None
    answered_by: str
    photos: int
    follow_up_id: UUID | None
    follow_up: str
    meter: MeterKind | None
    restarted: bool | None

    @property
    def answered(self) -> bool:
        """Whether nothing is left to say."""
        return self.photos > 0 if self.kind is CheckKind.PHOTO else bool(self.answered_by)


@dataclass(frozen=True)
class Said:
    """A complaint or return visit, and its answer; `waiting`: it is still to be answered."""

    id: UUID
    number: str
    kind: FeedbackKind
    at: datetime
    person: str
    satisfied: bool | None
    words: str
    answered_at: datetime | None
    answer: str
    waiting: bool


@dataclass(frozen=True)
class Doing:
    """In order of time; `down` are the minutes the asset was out of order so far (None: it was not)."""

    visits: tuple[Visit, ...]
    labour: tuple[Labour, ...]
    materials: tuple[Material, ...]
    lines: tuple[Line, ...]
    permits: Standing
    said: tuple[Said, ...]
    down: int | None

    @property
    def open(self) -> int:
        """Required lines without an answer."""
        return sum(line.required and not line.answered for line in self.lines)

    @property
    def minutes(self) -> int:
        """All the time that was worked."""
        return sum(row.minutes for row in self.labour)
