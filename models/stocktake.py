"""A stocktake: what the books say on a day, frozen; what was counted; why they differ, and what becomes of it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.asset import AssetStatus
from models.base import Fen, Naming, Scoped, living, reference

DERIVED = {"derived": True}


class StocktakeReason(enum.StrEnum):
    """Why things are counted: every year, at irregular times (Decree 738 art. 34), or for one of the causes of art. 37
    and at a change of keeper."""

    YEARLY = "yearly"
    IRREGULAR = "irregular"
    GOVERNMENT_ORDER = "government_order"
    REORGANISATION = "reorganisation"
    DISASTER = "disaster"
    DISTORTED_BOOKS = "distorted_books"
    ACCOUNTING_CHANGE = "accounting_change"
    KEEPER_CHANGE = "keeper_change"
    OTHER = "other"


class StocktakeState(enum.StrEnum):
    """draft → counting → explaining → reported → approved → closed; cancelled. `STEPS` says what may follow what."""

    DRAFT = "draft"
    COUNTING = "counting"
    EXPLAINING = "explaining"
    REPORTED = "reported"
    APPROVED = "approved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = StocktakeState
STEPS: Mapping[StocktakeState, frozenset[StocktakeState]] = {
    S.DRAFT: frozenset({S.COUNTING, S.CANCELLED}),
    S.COUNTING: frozenset({S.EXPLAINING, S.CANCELLED}),
    S.EXPLAINING: frozenset({S.COUNTING, S.REPORTED, S.CANCELLED}),  # to counting: somebody looks again
    S.REPORTED: frozenset({S.EXPLAINING, S.APPROVED}),  # to explaining: recalled, or sent back
    S.APPROVED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}
RUNNING = frozenset({S.DRAFT, S.COUNTING, S.EXPLAINING, S.REPORTED, S.APPROVED})


class CountResult(enum.StrEnum):
    """What the count says of a line: not seen yet, seen and (blind) not compared before the count ends, as in the
    books, in another place or with another person, fewer or more pieces than in the books, not there (盘亏)."""

    PENDING = "pending"
    COUNTED = "counted"
    MATCHED = "matched"
    ELSEWHERE = "elsewhere"
    SHORT = "short"
    OVER = "over"
    MISSING = "missing"


DIFFERS = frozenset({CountResult.ELSEWHERE, CountResult.SHORT, CountResult.OVER, CountResult.MISSING})


class DifferenceCause(enum.StrEnum):
    """Why book and thing differ (差异原因)."""

    UNRECORDED_MOVE = "unrecorded_move"
    UNRECORDED_DISPOSAL = "unrecorded_disposal"
    UNRECORDED_RECEIPT = "unrecorded_receipt"
    LOST = "lost"
    THEFT = "theft"
    DAMAGE = "damage"
    DISASTER = "disaster"
    BOOKKEEPING = "bookkeeping"
    DOUBLE_CARD = "double_card"
    OTHER = "other"


class Settlement(enum.StrEnum):
    """What is to become of a difference (处理意见): the loss is written off by a disposal, the card follows the thing,
    the thing goes back to where the card says, it is looked for further, the surplus gets a card, it is given back to
    whose it is, it stays as it is."""

    WRITE_OFF = "write_off"
    CORRECT_CARD = "correct_card"
    PUT_BACK = "put_back"
    SEARCH_ON = "search_on"
    ENTER_CARD = "enter_card"
    GIVE_BACK = "give_back"
    LEAVE = "leave"


class ValueBasis(enum.StrEnum):
    """What a surplus is valued by, the first that is there: papers, appraisal, market price, else nominally 1 yuan
    (政府会计准则第3号 art. 7–8, 16)."""

    PAPERS = "papers"
    APPRAISAL = "appraisal"
    MARKET = "market"
    NOMINAL = "nominal"


class Opinion(enum.StrEnum):
    """Who says what he thinks of a difference: the keeper, the department that uses it, the office that manages it."""

    KEEPER = "keeper"
    DEPARTMENT = "department"
    OFFICE = "office"


class Stocktake(Scoped):
    """A campaign over cards of one compound, narrowed to what `building_id`, `room_id`, `unit_id`, `keeper_id` and the
    beginning of the class code say. `base_on` is the day the books are frozen as of (基准日).

    `blind`: until counting ends nobody sees how much the books say, and nothing is compared with it. What is derived is
    written by the step that says it.
    """

    __tablename__ = "stocktake"
    __table_args__ = (living("stocktake", "number", unique=True), living("stocktake", "state", "base_on"))
    naming = Naming(number="number", label="title", search=("number", "title", "approval_no"))
    number: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(120))
    reason: Mapped[StocktakeReason] = mapped_column(default=StocktakeReason.YEARLY)
    state: Mapped[StocktakeState] = mapped_column(default=StocktakeState.DRAFT, info=DERIVED)
    base_on: Mapped[date]
    due_on: Mapped[date | None]
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    unit_id: Mapped[UUID | None] = reference("organization.id")
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    class_prefix: Mapped[str | None] = mapped_column(sa.String(9))
    blind: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date | None] = mapped_column(info=DERIVED)
    counted_on: Mapped[date | None] = mapped_column(info=DERIVED)
    reported_on: Mapped[date | None] = mapped_column(info=DERIVED)
    approver: Mapped[str | None] = mapped_column(sa.String(120), info=DERIVED)
    approval_no: Mapped[str | None] = mapped_column(sa.String(80), info=DERIVED)
    approved_on: Mapped[date | None] = mapped_column(info=DERIVED)
    sent_back: Mapped[str | None] = mapped_column(sa.String(200), info=DERIVED)
    closed_on: Mapped[date | None] = mapped_column(info=DERIVED)
    note: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def hides(self) -> bool:
        """Whether how much the books say is still kept from everybody."""
        return self.blind and self.state in (S.DRAFT, S.COUNTING)

    def may_become(self, state: StocktakeState) -> bool:
        """Whether this state may follow the one it is in."""
        return state in STEPS[self.state]


class StocktakeTeam(Scoped):
    """Two persons: one counts, another supervises (盘点人、监盘人)."""

    __tablename__ = "stocktake_team"
    __table_args__ = (living("stocktake_team", "stocktake_id", "name", unique=True),)
    naming = Naming(number="name", label="name", within="stocktake_id")
    stocktake_id: Mapped[UUID] = reference("stocktake.id")
    name: Mapped[str] = mapped_column(sa.String(60))
    counter_id: Mapped[UUID] = reference("staff.id")
    supervisor_id: Mapped[UUID] = reference("staff.id")


class StocktakeRoom(Scoped):
    """A room somebody has to go to; without a `room_id` the things of a building, or of nowhere, that no room is known
    of. `done_on`: the team has said that everything in it was looked at."""

    __tablename__ = "stocktake_room"
    __table_args__ = (living("stocktake_room", "stocktake_id", "position"),)
    naming = Naming(number="position", label="position", within="stocktake_id")
    stocktake_id: Mapped[UUID] = reference("stocktake.id")
    position: Mapped[int]
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    team_id: Mapped[UUID | None] = reference("stocktake_team.id")
    done_on: Mapped[date | None]


class StocktakeLine(Scoped):
    """One card as the books said when they were frozen, and what the count says of it. Money in fen.

    What is counted (`counted` pieces, where, with whom, when) follows from the scans alone and is written by them; the
    count of a card that left by a document after `base_on` is what that document (`left_by`) says. Cause, opinions and
    `settlement` are said while the differences are explained; `settled_by` names the document that settles it.
    """

    __tablename__ = "stocktake_line"
    __table_args__ = (
        living("stocktake_line", "stocktake_id", "number"),
        living("stocktake_line", "stocktake_id", "result", "number"),
        living("stocktake_line", "stocktake_id", "stocktake_room_id", "result"),  # how far each room is
        sa.Index(  # the equation is told by it alone
            "by_stocktake_line_equation", "stocktake_id", "class_code", "result", "quantity", "counted", "cost",
            sqlite_where=sa.text("alive = 1"), postgresql_where=sa.text("alive"),
        ),
        living("stocktake_line", "stocktake_id", "asset_id", unique=True),
    )  # fmt: skip
    naming = Naming(number="number", label="name", within="stocktake_id", search=("number", "name", "model", "serial"))
    stocktake_id: Mapped[UUID] = reference("stocktake.id")
    asset_id: Mapped[UUID] = reference("asset.id")
    number: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    class_code: Mapped[str | None] = mapped_column(sa.String(9), info={"class_code": True})
    class_edition: Mapped[str | None] = mapped_column(sa.String(8), info={"hidden": True})
    model: Mapped[str | None] = mapped_column(sa.String(160))
    serial: Mapped[str | None] = mapped_column(sa.String(80))
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[AssetStatus]
    quantity: Mapped[int]
    cost: Mapped[int | None] = mapped_column(Fen)
    accumulated: Mapped[int | None] = mapped_column(Fen)
    stocktake_room_id: Mapped[UUID | None] = reference("stocktake_room.id")
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    unit_id: Mapped[UUID | None] = reference("organization.id")
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    result: Mapped[CountResult] = mapped_column(default=CountResult.PENDING)
    counted: Mapped[int | None]
    counted_at: Mapped[datetime | None]
    found_building_id: Mapped[UUID | None] = reference("building.id")
    found_room_id: Mapped[UUID | None] = reference("room.id")
    found_keeper_id: Mapped[UUID | None] = reference("staff.id")
    damaged: Mapped[bool] = mapped_column(default=False)
    unlabelled: Mapped[bool] = mapped_column(default=False)
    found_word: Mapped[str | None] = mapped_column(sa.String(200))
    left_by: Mapped[str | None] = mapped_column(sa.String(60))
    cause: Mapped[DifferenceCause | None]
    explanation: Mapped[str | None] = mapped_column(sa.String(400))
    responsible: Mapped[str | None] = mapped_column(sa.String(120))
    compensation: Mapped[int | None] = mapped_column(Fen)
    keeper_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    department_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    office_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    settlement: Mapped[Settlement | None]
    settled_by: Mapped[str | None] = mapped_column(sa.String(60))
    settled_on: Mapped[date | None]


class StocktakeSurplus(Scoped):
    """Something that is there and in no book (盘盈). `value` in fen for all pieces, on the `basis` of `value_paper`.

    `asset_id` is the card it got after the approval.
    """

    __tablename__ = "stocktake_surplus"
    __table_args__ = (living("stocktake_surplus", "stocktake_id", "position"),)
    naming = Naming(number="position", label="name", within="stocktake_id", search=("name", "code"))
    stocktake_id: Mapped[UUID] = reference("stocktake.id")
    position: Mapped[int]
    code: Mapped[str | None] = mapped_column(sa.String(120))
    name: Mapped[str] = mapped_column(sa.String(120))
    class_code: Mapped[str | None] = mapped_column(sa.String(9), info={"class_code": True})
    class_edition: Mapped[str | None] = mapped_column(sa.String(8), default="2022", info={"hidden": True})
    model: Mapped[str | None] = mapped_column(sa.String(160))
    serial: Mapped[str | None] = mapped_column(sa.String(80))
    quantity: Mapped[int] = mapped_column(default=1, info={"least": 1})
    measure: Mapped[str | None] = mapped_column(sa.String(20))
    building_id: Mapped[UUID | None] = reference("building.id")
    room_id: Mapped[UUID | None] = reference("room.id")
    keeper_id: Mapped[UUID | None] = reference("staff.id")
    found_word: Mapped[str | None] = mapped_column(sa.String(200))
    value: Mapped[int | None] = mapped_column(Fen)
    basis: Mapped[ValueBasis | None]
    value_paper: Mapped[str | None] = mapped_column(sa.String(120))
    cause: Mapped[DifferenceCause | None]
    explanation: Mapped[str | None] = mapped_column(sa.String(400))
    keeper_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    department_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    office_opinion: Mapped[str | None] = mapped_column(sa.String(200))
    settlement: Mapped[Settlement | None]
    settled_by: Mapped[str | None] = mapped_column(sa.String(60))
    settled_on: Mapped[date | None]
    asset_id: Mapped[UUID | None] = reference("asset.id", info=DERIVED)
