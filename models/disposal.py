"""A disposal: assets leave the office by a decision, an approval and an execution; nothing is deleted."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.asset import AssetStatus
from models.base import Fen, Naming, Scoped, living, reference
from models.occupancy import UnitLevel


class DisposalMode(enum.StrEnum):
    """How they leave (处置方式, 财资〔2021〕127号 art. 3)."""

    ALLOCATION = "allocation"
    DONATION = "donation"
    TRANSFER = "transfer"
    EXCHANGE = "exchange"
    SCRAPPING = "scrapping"
    WRITE_OFF = "write_off"


class DisposalGround(enum.StrEnum):
    """Why (财资〔2021〕127号 art. 4; Decree 738 art. 21)."""

    OBSOLETE = "obsolete"
    LOSS = "loss"
    OVER_AGE = "over_age"
    FORCE_MAJEURE = "force_majeure"
    REORGANISED = "reorganised"
    TITLE_CHANGED = "title_changed"
    OTHER = "other"


class DisposalState(enum.StrEnum):
    """draft → applied → approved → executed; refused, cancelled. `STEPS` says what may follow what."""

    DRAFT = "draft"
    APPLIED = "applied"
    APPROVED = "approved"
    EXECUTED = "executed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Stage(enum.StrEnum):
    """The papers a disposal leaves behind, one for each step."""

    APPLICATION = "application"
    APPROVAL = "approval"
    WRITE_OFF = "write_off"


S = DisposalState
STEPS: Mapping[DisposalState, frozenset[DisposalState]] = {
    S.DRAFT: frozenset({S.APPLIED, S.CANCELLED}),
    S.APPLIED: frozenset({S.DRAFT, S.APPROVED, S.REFUSED, S.CANCELLED}),  # to draft: recalled
    S.APPROVED: frozenset({S.EXECUTED, S.CANCELLED}),
    S.EXECUTED: frozenset({S.APPROVED}),  # the execution is taken back
    S.REFUSED: frozenset(),
    S.CANCELLED: frozenset(),
}
PENDING = frozenset({S.DRAFT, S.APPLIED, S.APPROVED})


class Authority(enum.StrEnum):
    """Who approves, the lowest first."""

    UNIT = "unit"
    DEPARTMENT = "department"
    AFFAIRS = "affairs"
    FINANCE = "finance"
    GOVERNMENT = "government"

    @property
    def rank(self) -> int:
        """The higher, the further up."""
        return list(Authority).index(self)


class LossCause(enum.StrEnum):
    """What became of a thing that is not there, or no longer whole."""

    MISSING = "missing"
    THEFT = "theft"
    DAMAGE = "damage"
    DISASTER = "disaster"
    OTHER = "other"


class PaperItem(enum.StrEnum):
    """The papers of an application; which are asked for says `resources/reference/disposal_papers.csv`."""

    APPLICATION = "application"
    DECISION = "decision"
    VALUE = "value"
    TITLE = "title"
    INSPECTION = "inspection"
    APPRAISAL = "appraisal"
    LOSS = "loss"
    POLICE = "police"
    AGREEMENT = "agreement"
    CONSENT = "consent"
    RECYCLING = "recycling"


class IncomeKind(enum.StrEnum):
    """What a disposal brings, and what it costs."""

    PROCEEDS = "proceeds"
    SCRAP = "scrap"
    COMPENSATION = "compensation"
    INSURANCE = "insurance"
    TAX = "tax"
    APPRAISAL = "appraisal"
    AUCTION = "auction"
    OTHER_COST = "other_cost"


COSTS = frozenset({IncomeKind.TAX, IncomeKind.APPRAISAL, IncomeKind.AUCTION, IncomeKind.OTHER_COST})


class Disposal(Scoped):
    """Over cards of one compound. `level` is that of the organ that owns them: it decides who must approve.

    `authority` approved under `approval_no`, or refused for `refusal`; `appraised` is the value an appraisal came to,
    fen. `executed_on` is the day they left; `voucher` of `booked_on` wrote them off, `reversal` put them back when an
    execution was taken back that had been booked.
    """

    __tablename__ = "disposal"
    __table_args__ = (living("disposal", "number", unique=True), living("disposal", "state"))
    naming = Naming(number="number", label="number", search=("number", "receiver", "approval_no", "reason"))
    number: Mapped[str] = mapped_column(sa.String(60))
    state: Mapped[DisposalState] = mapped_column(default=DisposalState.DRAFT)
    mode: Mapped[DisposalMode]
    ground: Mapped[DisposalGround]
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    level: Mapped[UnitLevel | None]
    receiver: Mapped[str | None] = mapped_column(sa.String(120))
    appraised: Mapped[int | None] = mapped_column(Fen)
    applied_on: Mapped[date | None]
    authority: Mapped[Authority | None]
    approver: Mapped[str | None] = mapped_column(sa.String(120))
    approval_no: Mapped[str | None] = mapped_column(sa.String(80))
    approved_on: Mapped[date | None]
    refusal: Mapped[str | None] = mapped_column(sa.String(200))
    executed_on: Mapped[date | None]
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
    booked_on: Mapped[date | None]
    reversal: Mapped[str | None] = mapped_column(sa.String(60))
    note: Mapped[str | None] = mapped_column(sa.Text)

    def may_become(self, state: DisposalState) -> bool:
        """Whether this state may follow the one it is in."""
        return state in STEPS[self.state]


class DisposalLine(Scoped):
    """One card. While the disposal is pending no other one may hold it; `was` is its status before it was on it.

    Of a loss: what happened, who answers for it and what he pays, fen.
    """

    __tablename__ = "disposal_line"
    __table_args__ = (
        living("disposal_line", "disposal_id", "position"),
        sa.Index("one_disposal_line", "asset_id", unique=True, sqlite_where=sa.text("alive = 1 AND open = 1"),
                 postgresql_where=sa.text("alive AND open")),
    )  # fmt: skip
    naming = Naming(number="position", label="position", within="disposal_id")
    disposal_id: Mapped[UUID] = reference("disposal.id")
    asset_id: Mapped[UUID] = reference("asset.id")
    position: Mapped[int]
    open: Mapped[bool] = mapped_column(default=True)
    was: Mapped[AssetStatus]
    cause: Mapped[LossCause | None]
    responsibility: Mapped[str | None] = mapped_column(sa.String(200))
    compensation: Mapped[int | None] = mapped_column(Fen)


class DisposalPaper(Scoped):
    """One paper of the checklist that is there: its own number and day. The scan is attached to it."""

    __tablename__ = "disposal_paper"
    __table_args__ = (
        living("disposal_paper", "disposal_id", "item", unique=True),
        living("disposal_paper", "paper_no"),
    )
    naming = Naming(number="paper_no", label="item", within="disposal_id", search=("paper_no",))
    disposal_id: Mapped[UUID] = reference("disposal.id")
    item: Mapped[PaperItem]
    paper_no: Mapped[str] = mapped_column(sa.String(80))
    paper_on: Mapped[date | None]


class DisposalIncome(Scoped):
    """A sum a disposal brings or costs, fen: due, received (or spent), and of income what went to the treasury when,
    under which voucher (非税收入, Decree 738 art. 25–26)."""

    __tablename__ = "disposal_income"
    __table_args__ = (living("disposal_income", "number", unique=True), living("disposal_income", "due_on"))
    naming = Naming(number="number", label="number", search=("number", "payer", "voucher"), through=("disposal_id",))
    disposal_id: Mapped[UUID] = reference("disposal.id")
    number: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[IncomeKind]
    amount: Mapped[int] = mapped_column(Fen)
    payer: Mapped[str | None] = mapped_column(sa.String(120))
    due_on: Mapped[date | None]
    received_on: Mapped[date | None]
    paid: Mapped[int | None] = mapped_column(Fen)
    paid_on: Mapped[date | None]
    voucher: Mapped[str | None] = mapped_column(sa.String(60))
    note: Mapped[str | None] = mapped_column(sa.String(200))

    @property
    def cost(self) -> bool:
        """Whether it is money that goes out."""
        return self.kind in COSTS
