"""The steps of a disposal: applied for, approved or refused, executed; recalled, cancelled, taken back.

Papers are frozen at each of them. Decree 738 art. 19 and 53: nothing leaves without a decision and an approval.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset, AssetStatus
from models.asset_value import AssetValueChange
from models.disposal import Authority, Disposal, DisposalIncome, DisposalLine, DisposalState, IncomeKind
from resources.words import N_, Word
from services import asset_worth, checks, disposal_lines
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe
from services.desk.work import Work
from services.disposal_income import rows_of
from services.disposal_rules import limit
from services.disposal_sheet import gaps, lines_of
from services.disposals import GONE_BY, KEPT, in_state, not_ahead

S = DisposalState
TOO_LOW = N_("This takes the approval of {authority}: {source}")
BEFORE = N_("{date} lies before the day of the step before it: {first}")
EARNED = N_("{number} was received or paid already: this can no longer be called off")
NO_REVERSAL = N_("It was booked by voucher {voucher}: enter the voucher that books it back")
TWICE_BOOKED = N_("It is written off by voucher {voucher} already")


@intent(N_("Apply for disposal"), on=Disposal, name="disposals.apply", kept=KEPT)
def apply(work: Work, disposal_id: UUID) -> str:
    """Freezes the application as a paper, kept byte for byte; returns its SHA-256. Conflict: something is missing."""
    found = _stepping(work, disposal_id, S.APPLIED)
    _nothing_missing(work, found)
    found.state, found.applied_on = S.APPLIED, work.today
    return _issue(work, found)


@intent(N_("Recall disposal"), on=Disposal, name="disposals.recall", kept=KEPT)
def recall(work: Work, disposal_id: UUID) -> None:
    """An application nobody decided on is a draft again; made again it is the next version."""
    _stepping(work, disposal_id, S.DRAFT).state = S.DRAFT


@intent(N_("Record approval of disposal"), on=Disposal, name="disposals.approve", kept=KEPT)
def approve(
    work: Work, disposal_id: UUID, authority: Authority, approval_no: str, approved_on: date,
    approver: str | None = None,
) -> str:  # fmt: skip
    """Who approved under which number; the list of what may leave is frozen as a paper. Conflict: the rules of that
    day ask for a higher authority."""
    found = _stepping(work, disposal_id, S.APPROVED)
    given = _checked({"authority": authority, "approval_no": approval_no, "approved_on": approved_on,
                      "approver": approver}, "approval_no", "authority", "approved_on")  # fmt: skip
    not_ahead(work, given["approved_on"], "disposal.approved_on")
    _in_order(found.applied_on, given["approved_on"], "disposal.approved_on")
    _high_enough(work, found, given["authority"], given["approved_on"])
    for name, value in given.items():
        setattr(found, name, value)
    found.state = S.APPROVED
    return _issue(work, found)


@intent(N_("Record refusal of disposal"), on=Disposal, name="disposals.refuse", kept=KEPT)
def refuse(
    work: Work, disposal_id: UUID, refusal: str, approved_on: date | None = None, approver: str | None = None
) -> None:
    """It was not approved, and why: the cards are as they were before."""
    found = _stepping(work, disposal_id, S.REFUSED)
    given = _checked({"refusal": refusal, "approved_on": approved_on or work.today, "approver": approver}, "refusal")
    not_ahead(work, given["approved_on"], "disposal.approved_on")
    for name, value in given.items():
        setattr(found, name, value)
    found.state = S.REFUSED
    disposal_lines.release(work, found)


@intent(N_("Cancel disposal"), on=Disposal, name="disposals.cancel", kept=KEPT)
def cancel(work: Work, disposal_id: UUID) -> None:
    """Before it is executed: the cards are as they were before, the number is void, and sums that were expected of it
    are not any more. Conflict: money was received."""
    found = _stepping(work, disposal_id, S.CANCELLED)
    _nothing_earned(work, found)
    for row in rows_of(work.session, disposal_id):
        row.alive = False
    found.state = S.CANCELLED
    disposal_lines.release(work, found)


@intent(N_("Execute disposal"), on=Disposal, name="disposals.execute", kept=KEPT)
def execute(
    work: Work, disposal_id: UUID, executed_on: date, receiver: str | None = None, voucher: str | None = None,
    booked_on: date | None = None,
) -> str:  # fmt: skip
    """The assets have left: their cards say so and stay. What a loss is to be compensated with is due from this day.
    The voucher may follow (`disposals.book`). Conflict: something is missing."""
    found = _stepping(work, disposal_id, S.EXECUTED)
    given = _checked({"executed_on": executed_on, "receiver": receiver, "voucher": voucher, "booked_on": booked_on},
                     "executed_on")  # fmt: skip
    not_ahead(work, given["executed_on"], "disposal.executed_on")
    _in_order(found.approved_on, given["executed_on"], "disposal.executed_on")
    asset_worth.unbooked(work, found.compound_id, given["executed_on"], Word("disposal.executed_on"))
    found.receiver = given["receiver"] or found.receiver
    _nothing_missing(work, found)
    if found.authority and found.approved_on:
        _high_enough(work, found, found.authority, found.approved_on)  # cards may have become dearer since
    _after_changes(work, found.id, given["executed_on"])
    found.state, found.executed_on = S.EXECUTED, given["executed_on"]
    _book(work, found, given["voucher"], given["booked_on"])
    for line in disposal_lines.of(work, disposal_id):
        line.open = False
        asset = work.get(Asset, line.asset_id)
        asset.status, asset.disposed_on = AssetStatus.DISPOSED, found.executed_on
        if line.compensation:
            _owed(work, found, line.compensation, line.responsibility)
    return _issue(work, found)


@intent(N_("Book disposal"), on=Disposal, name="disposals.book", kept=KEPT)
def book(work: Work, disposal_id: UUID, voucher: str, booked_on: date | None = None) -> str:
    """The voucher that wrote the assets off; the list of what was written off is issued anew with it."""
    found = in_state(work, disposal_id, S.EXECUTED)
    if found.voucher:
        raise Conflict(TWICE_BOOKED, voucher=found.voucher)
    given = _checked({"voucher": voucher, "booked_on": booked_on}, "voucher")
    _book(work, found, given["voucher"], given["booked_on"])
    return _issue(work, found)


@intent(N_("Take back execution of disposal"), on=Disposal, name="disposals.reopen", why=True, kept=KEPT)
def reopen(work: Work, disposal_id: UUID, reversal: str | None = None) -> None:
    """The assets had not left after all. Conflict: money was received or paid, the voucher that books them back is not
    named, or the depreciation of the month they left in is booked."""
    found = _stepping(work, disposal_id, S.APPROVED, then=S.EXECUTED)
    _nothing_earned(work, found)
    if found.executed_on:
        asset_worth.unbooked(work, found.compound_id, found.executed_on, Word("disposal.executed_on"))
    given = _checked({"reversal": reversal})
    if found.voucher and not given["reversal"]:
        raise Conflict(NO_REVERSAL, field=Word("disposal.reversal"), voucher=found.voucher)
    for row in rows_of(work.session, disposal_id):
        row.alive = row.alive and row.kind is not IncomeKind.COMPENSATION  # it is owed again when it is executed again
    found.state, found.executed_on, found.voucher, found.booked_on = S.APPROVED, None, None, None
    found.reversal = given["reversal"] or found.reversal
    for line in disposal_lines.of(work, disposal_id):
        line.open = True
        asset = work.get(Asset, line.asset_id)
        asset.status, asset.disposed_on = AssetStatus.TO_DISPOSE, None


def _stepping(work: Work, disposal_id: UUID, to: DisposalState, *, then: DisposalState | None = None) -> Disposal:
    """The disposal, where this state may follow its own (`then`: the only one it may come from)."""
    found = work.get(Disposal, disposal_id)
    if not found.may_become(to) or (to is S.APPROVED and found.state is not (then or S.APPLIED)):
        raise Conflict(GONE_BY, state=Word(f"disposal.state={found.state.value}"))
    return found


def _checked(values: dict[str, Any], *required: str) -> dict[str, Any]:
    specs = {n: replace(describe(Disposal)[n], required=n in required, default=None) for n in values}
    return checks.checked_all(specs, values, whole=True)


def _high_enough(work: Work, found: Disposal, authority: Authority, on: date) -> None:
    """Conflict: what the cards cost now takes a higher authority by the rules of a day."""
    if found.level is None:
        return
    needed = limit(found.level, [line.thing for line in lines_of(work.session, found.id)], on)
    if needed and authority.rank < needed.authority.rank:
        word = Word(f"disposal.authority={needed.authority.value}")
        raise Conflict(TOO_LOW, field=Word("disposal.authority"), authority=word, source=needed.source)


def _after_changes(work: Work, disposal_id: UUID, on: date) -> None:
    """Invalid: the value of one of the cards was changed after the day they are to have left."""
    cards = sa.select(DisposalLine.asset_id).where(DisposalLine.disposal_id == disposal_id)
    last = sa.select(sa.func.max(AssetValueChange.on)).where(AssetValueChange.asset_id.in_(cards))
    _in_order(work.session.scalar(last), on, "disposal.executed_on")


def _nothing_missing(work: Work, found: Disposal) -> None:
    for gap in gaps(work.session, found, work.today):
        raise Conflict(gap.message, **gap.values)


def _nothing_earned(work: Work, found: Disposal) -> None:
    for row in rows_of(work.session, found.id):
        if row.received_on or row.paid_on:
            raise Conflict(EARNED, number=row.number)


def _in_order(first: date | None, day: date, field: str) -> None:
    if first is not None and day < first:
        raise Invalid(BEFORE, field=Word(field), date=day, first=first)


def _book(work: Work, found: Disposal, voucher: str | None, on: date | None) -> None:
    if not voucher:
        return
    day = on or max(found.executed_on or work.today, work.today)
    not_ahead(work, day, "disposal.booked_on")
    _in_order(found.executed_on, day, "disposal.booked_on")
    found.voucher, found.booked_on = voucher, day


def _owed(work: Work, found: Disposal, amount: int, payer: str | None) -> None:
    work.add(
        DisposalIncome(
            compound_id=found.compound_id, disposal_id=found.id, number=next(work.numbers("SR")), amount=amount,
            kind=IncomeKind.COMPENSATION, payer=(payer or "")[:120] or None, due_on=found.executed_on,
        )
    )  # fmt: skip


def _issue(work: Work, found: Disposal) -> str:
    from services.documents import disposed  # the PDF libraries are loaded with the first paper

    return disposed.issue(work, found)
