"""What a disposal says of itself on one day: its sums, its papers, whose approval it takes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.disposal import (
    Authority,
    Disposal,
    DisposalGround,
    DisposalIncome,
    DisposalLine,
    DisposalMode,
    DisposalPaper,
    DisposalState,
    IncomeKind,
    PaperItem,
)
from resources.words import N_, Word
from services import rights
from services.depreciation_balances import net_values
from services.desk.errors import Missing
from services.desk.intent import query
from services.disposal_rules import APPLY, EXECUTE, PLACES, Limit, Thing, limit, papers
from services.right_words import SAYS

NO_DISPOSAL = N_("There is no such record, or it is out of your reach")
M = DisposalMode
RECEIVED = frozenset({M.ALLOCATION, M.DONATION, M.EXCHANGE})  # who gets them is known before
APPRAISED = frozenset({M.TRANSFER, M.EXCHANGE})
LOSSES = frozenset({DisposalGround.LOSS, DisposalGround.FORCE_MAJEURE})
NO_LEVEL = N_("Say of which level the organ is: it decides who must approve")
NO_PAPER = N_("“{item}” is missing: enter its number")
NO_RECEIVER = N_("Say who receives the assets")
NO_BUYER = N_("Say who bought the assets")
NO_VALUE = N_("Enter the value the appraisal came to")
NO_COST = N_("{asset} has no original value: enter it on the card first")
NO_CAUSE = N_("Say of {asset} what happened, who answers for it and what he pays (0 for nothing)")
NO_LOSS = N_("Only a loss or force majeure is written off as a loss: choose another mode or ground")
NO_PROCEEDS = N_("Enter what the sale brings")
NO_BUILDING = N_("{asset} is real property: name its building on the card, so that its title can be looked at")
AGAINST = N_("{asset}: {why}")


@dataclass(frozen=True)
class Gap:
    """A sentence that says what is missing before a step, with what fills its places."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One paper of the checklist: whether the rules ask for it, by which rule, and what is there."""

    item: PaperItem
    step: str
    source: str
    paper_id: UUID | None = None
    paper_no: str = ""
    paper_on: date | None = None


@dataclass(frozen=True)
class Balance:
    """Money of a disposal, fen: due of what it brings, received, spent on costs, paid to the treasury, and left to
    pay, which is what was received less costs and what was paid, never below zero."""

    due: int = 0
    received: int = 0
    spent: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """Still to be paid to the treasury."""
        return max(0, self.received - self.spent - self.paid)


@dataclass(frozen=True)
class Sheet:
    """A disposal at a glance. Money in fen; `net` counts the known values, `net_missing` says how many are not."""

    number: str
    state: DisposalState
    mode: DisposalMode
    lines: int
    pieces: int
    cost: int
    net: int
    net_missing: int
    checks: tuple[Check, ...]
    needed: Limit | None
    authority: Authority | None
    balance: Balance
    compensation: int
    conditions: tuple[Gap, ...]
    missing: tuple[Gap, ...]


@dataclass(frozen=True)
class Line:
    """A line with its card."""

    line: DisposalLine
    asset: Asset

    @property
    def thing(self) -> Thing:
        """What the rules ask of it."""
        return Thing(self.asset.class_code or "", self.asset.cost or 0, self.line.cause)


def lines_of(session: Session, disposal: UUID) -> list[Line]:
    """The lines with their cards, in order."""
    found = (
        sa.select(DisposalLine, Asset)
        .join(Asset, Asset.id == DisposalLine.asset_id)
        .where(DisposalLine.disposal_id == disposal)
        .order_by(DisposalLine.position)
    )
    return [Line(line, asset) for line, asset in session.execute(found)]


@query(N_("A disposal, what it needs and what is missing"), on=Disposal, name="disposals.sheet")
def sheet(session: Session, disposal_id: UUID, on: date) -> Sheet:
    """As it stands, by the rules of a day. Missing: it is out of reach."""
    found = session.get(Disposal, disposal_id)
    if found is None:
        raise Missing(NO_DISPOSAL)
    lines = lines_of(session, disposal_id)
    nets = list(net_values(session, [line.asset for line in lines], on).values())
    refused, conditions = _titles(session, lines, on)
    needed = limit(found.level, [line.thing for line in lines], on) if found.level else None
    checks = checklist(session, found, lines, on)
    return Sheet(
        found.number, found.state, found.mode, len(lines), sum(line.asset.quantity for line in lines),
        sum(line.asset.cost or 0 for line in lines), sum(net or 0 for net in nets), nets.count(None), checks, needed,
        found.authority, balance(session, disposal_id), sum(line.line.compensation or 0 for line in lines),
        tuple(conditions), tuple(_missing(session, found, lines, checks, refused)),
    )  # fmt: skip


def checklist(session: Session, found: Disposal, lines: Sequence[Line], on: date) -> tuple[Check, ...]:
    """What the rules ask for, then what is there beyond it."""
    rows = session.scalars(sa.select(DisposalPaper).where(DisposalPaper.disposal_id == found.id))
    there = {paper.item: paper for paper in rows}
    made = []
    for asked in papers(found.mode, [line.thing for line in lines], on):
        paper = there.pop(asked.item, None)
        made.append(Check(asked.item, asked.step, asked.source, *_there(paper)))
    return (*made, *(Check(item, "", "", *_there(paper)) for item, paper in there.items()))


def _there(paper: DisposalPaper | None) -> tuple[UUID | None, str, date | None]:
    return (paper.id, paper.paper_no, paper.paper_on) if paper else (None, "", None)


def gaps(session: Session, found: Disposal, on: date) -> list[Gap]:
    """What is missing before the next step of a disposal; nothing when it may be taken."""
    lines = lines_of(session, found.id)
    refused, _ = _titles(session, lines, on)
    return list(_missing(session, found, lines, checklist(session, found, lines, on), refused))


def _missing(
    session: Session, found: Disposal, lines: Sequence[Line], checks: Sequence[Check], refused: Sequence[Gap]
) -> Iterator[Gap]:
    step = {DisposalState.DRAFT: APPLY, DisposalState.APPROVED: EXECUTE}.get(found.state)
    if step is None:
        return
    yield from _terms(session, found, lines) if step == APPLY else _sold(session, found)
    for check in checks:
        if check.step == step and check.paper_id is None:
            yield Gap(NO_PAPER, {"item": Word(f"disposal_paper.item={check.item.value}")})
    yield from refused


def _terms(session: Session, found: Disposal, lines: Sequence[Line]) -> Iterator[Gap]:
    if found.level is None:
        yield Gap(NO_LEVEL)
    if found.mode in RECEIVED and not found.receiver:
        yield Gap(NO_RECEIVER)
    if found.mode in APPRAISED and found.appraised is None:
        yield Gap(NO_VALUE)
    if found.mode is M.WRITE_OFF and found.ground not in LOSSES:
        yield Gap(NO_LOSS)
    for line in lines:
        about = {"asset": line.asset.number}
        if line.asset.cost is None:
            yield Gap(NO_COST, about)
        said = line.line.cause and line.line.responsibility and line.line.compensation is not None
        if found.mode is M.WRITE_OFF and not said:
            yield Gap(NO_CAUSE, about)


def _sold(session: Session, found: Disposal) -> Iterator[Gap]:
    if found.mode is not M.TRANSFER:
        return
    if not found.receiver:
        yield Gap(NO_BUYER)
    sums = sa.select(DisposalIncome.id).where(
        DisposalIncome.disposal_id == found.id, DisposalIncome.kind == IncomeKind.PROCEEDS
    )
    if session.scalar(sums.limit(1)) is None:
        yield Gap(NO_PROCEEDS)


def _titles(session: Session, lines: Sequence[Line], on: date) -> tuple[list[Gap], list[Gap]]:
    """What refuses the disposal of buildings and land by their titles, and its conditions."""
    refused, conditions = list[Gap](), list[Gap]()
    for asset in (line.asset for line in lines if (line.asset.class_code or "").startswith(PLACES)):
        if asset.building_id is None:
            refused.append(Gap(NO_BUILDING, {"asset": asset.number}))
            continue
        answer = rights.may(session, building_id=asset.building_id, purpose=rights.Purpose.DISPOSE, on=on)
        for finding in answer.findings:
            gap = Gap(AGAINST, {"asset": asset.number, "why": Word(SAYS[finding.code])})
            (refused if finding.effect is rights.Effect.REFUSE else conditions).append(gap)
    return refused, conditions


def balance(session: Session, disposal: UUID) -> Balance:
    """The money of a disposal as it stands."""
    return total(session.scalars(sa.select(DisposalIncome).where(DisposalIncome.disposal_id == disposal)).all())


def total(rows: Sequence[DisposalIncome]) -> Balance:
    """The sums of these rows."""
    earned = [row for row in rows if not row.cost]
    return Balance(
        sum(row.amount for row in earned), sum(row.amount for row in earned if row.received_on),
        sum(row.amount for row in rows if row.cost and row.received_on), sum(row.paid or 0 for row in earned),
    )  # fmt: skip
