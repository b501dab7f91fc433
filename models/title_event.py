"""The ledger of a title: what happened to the right, on which day, by which paper."""

from __future__ import annotations

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Area, Fen, Naming, Scoped, living, reference
from models.title import CoOwnership, LandNature


class TitleEventKind(enum.StrEnum):
    """What can happen to a right (不动产登记暂行条例 art. 3: first, change, transfer, cancellation, correction,
    objection, pre-notice, seizure); record-filing 权属备案 stands in for registration where that is impossible
    (党政机关办公用房管理办法 art. 5); survey and change of managing unit are facts of the office's own."""

    FIRST_REGISTRATION = "first_registration"
    CHANGE = "change"
    CORRECTION = "correction"
    TRANSFER = "transfer"
    CANCELLATION = "cancellation"
    RECORD_FILING = "record_filing"
    SURVEY = "survey"
    MANAGEMENT = "management"
    MORTGAGE = "mortgage"
    MORTGAGE_RELEASE = "mortgage_release"
    SEIZURE = "seizure"
    SEIZURE_RELEASE = "seizure_release"
    OBJECTION = "objection"
    OBJECTION_END = "objection_end"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_SETTLED = "dispute_settled"
    HOUSING_SALE = "housing_sale"
    LOSS = "loss"
    REISSUE = "reissue"


class TitleEvent(Scoped):
    """One entry; never changed, a wrong one is taken off. `on` is the day it took effect, `paper` what proves it.

    What an event says nothing about stays as it was. `party` is the holder of a registration or transfer, the creditor
    of a mortgage, the court of a seizure, the buyer of a dwelling; `unit_id` the same as a unit of the office, of a
    change of management the managing unit. `ends_id` names what a release, an end or a settlement ends.
    """

    __tablename__ = "title_event"
    __table_args__ = (
        living("title_event", "number", unique=True),
        living("title_event", "on"),
        living("title_event", "until_on"),
    )
    naming = Naming(number="number", label="number", search=("number", "paper", "party"), through=("title_id",))
    number: Mapped[str] = mapped_column(sa.String(60))
    title_id: Mapped[UUID] = reference("title.id")
    kind: Mapped[TitleEventKind]
    on: Mapped[date]
    paper: Mapped[str] = mapped_column(sa.String(160))
    certificate: Mapped[str | None] = mapped_column(sa.String(80))
    party: Mapped[str | None] = mapped_column(sa.String(120))
    unit_id: Mapped[UUID | None] = reference("organization.id")
    co_ownership: Mapped[CoOwnership | None]
    use: Mapped[str | None] = mapped_column(sa.String(80))
    land_nature: Mapped[LandNature | None]
    term_until: Mapped[date | None]
    area: Mapped[int | None] = mapped_column(Area)
    amount: Mapped[int | None] = mapped_column(Fen)
    until_on: Mapped[date | None]
    room_id: Mapped[UUID | None] = reference("room.id")
    ends_id: Mapped[UUID | None] = reference("title_event.id")
    note: Mapped[str | None] = mapped_column(sa.Text)
