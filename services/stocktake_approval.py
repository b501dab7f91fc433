"""A stocktake is reported, sent back or approved, closed: its papers are frozen at these steps.

Decree 738 art. 39: nothing is adjusted before it is approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.stocktake import Stocktake, StocktakeLine, StocktakeState, StocktakeSurplus
from models.stocktake_paper import StocktakeStage
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe
from services.desk.work import Work
from services.stocktake_differing import lying, rows_of, unknown
from services.stocktake_documents import document, documents, is_settled, settling
from services.stocktake_rules import Gap, of_line, of_surplus
from services.stocktake_states import KEPT, in_state, not_ahead, stepping
from services.stocktake_teams import members

S = StocktakeState
COUNTED = N_("{name} counted: somebody else approves")
BEFORE = N_("{date} lies before the day it was reported: {first}")
UNKNOWN = N_("{n} unknown codes are open: enter each as a surplus, or put it aside")
NOT_SETTLED = N_("{n} differences are not settled yet, the first is {thing}: finish the documents that settle them")


@intent(N_("Report a stocktake"), on=Stocktake, name="stocktakes.report", kept=KEPT)
def report(work: Work, stocktake_id: UUID) -> str:
    """Freezes the report as a paper, kept byte for byte; returns its SHA-256. Conflict: a difference is not explained,
    or an unknown code is open."""
    in_state(work, stocktake_id, S.EXPLAINING)
    for gap in _gaps(work.session, stocktake_id):
        raise Conflict(gap.message, **gap.values)
    found = stepping(work, stocktake_id, S.REPORTED)
    found.reported_on, found.sent_back = work.today, None
    return _issue(work, found, StocktakeStage.REPORT)


def _gaps(session: Session, stocktake_id: UUID) -> Iterator[Gap]:
    """What is missing before the report."""
    if n := unknown(session, stocktake_id):
        yield Gap(UNKNOWN, {"n": n})
    rows, more = rows_of(session, stocktake_id)
    lies = lying(session, rows)
    for row in rows:
        yield from of_line(row, lies[row.id])
    for surplus in more:
        yield from of_surplus(surplus)


@intent(N_("Recall the report of a stocktake"), on=Stocktake, name="stocktakes.recall", kept=KEPT)
def recall(work: Work, stocktake_id: UUID) -> None:
    """What nobody decided on is explained further; reported again it is the next version."""
    in_state(work, stocktake_id, S.REPORTED)
    stepping(work, stocktake_id, S.EXPLAINING).reported_on = None


@intent(N_("Send a stocktake back"), on=Stocktake, name="stocktakes.send_back", kept=KEPT)
def send_back(work: Work, stocktake_id: UUID, sent_back: str) -> None:
    """It was not approved, and why: it is explained further."""
    in_state(work, stocktake_id, S.REPORTED)
    said = checks.checked(replace(describe(Stocktake)["sent_back"], required=True), sent_back)
    found = stepping(work, stocktake_id, S.EXPLAINING)
    found.reported_on, found.sent_back = None, said


@intent(N_("Record approval of a stocktake"), on=Stocktake, name="stocktakes.approve", kept=KEPT)
def approve(work: Work, stocktake_id: UUID, approval_no: str, approved_on: date, approver: str | None = None) -> str:
    """Who approved under which number; the approval sheet is frozen as a paper, its SHA-256 is returned. Invalid: the
    day lies ahead, or before the report; or who approves was in a team that counted."""
    in_state(work, stocktake_id, S.REPORTED)
    values = {"approval_no": approval_no, "approved_on": approved_on, "approver": approver}
    specs = {n: replace(describe(Stocktake)[n], required=n != "approver", default=None) for n in values}
    given = checks.checked_all(specs, values, whole=True)
    if given["approver"] in members(work, stocktake_id):
        raise Invalid(COUNTED, field=Word("stocktake.approver"), name=given["approver"])
    not_ahead(work, given["approved_on"], "stocktake.approved_on")
    found = stepping(work, stocktake_id, S.APPROVED)
    if found.reported_on and given["approved_on"] < found.reported_on:
        raise Invalid(BEFORE, field=Word("stocktake.approved_on"), date=approved_on, first=found.reported_on)
    for name, value in given.items():
        setattr(found, name, value)
    return _issue(work, found, StocktakeStage.APPROVAL)


@intent(N_("Close a stocktake"), on=Stocktake, name="stocktakes.close", kept=KEPT)
def close(work: Work, stocktake_id: UUID) -> None:
    """Every difference is settled, and on which day. Conflict: one is not."""
    found = in_state(work, stocktake_id, S.APPROVED)
    lines, more = rows_of(work.session, found.id)
    rows: list[StocktakeLine | StocktakeSurplus] = [*lines, *more]
    known = documents(work.session, settling(lines, more))
    open_ = [row for row in rows if not is_settled(found, row, document(known, row))]
    if open_:
        raise Conflict(NOT_SETTLED, n=len(open_), thing=open_[0].name)
    for row in rows:
        by = document(known, row)
        row.settled_on = row.settled_on or (by.on if by else None) or work.today
    stepping(work, stocktake_id, S.CLOSED).closed_on = work.today


def _issue(work: Work, found: Stocktake, stage: StocktakeStage) -> str:
    from services.documents import stocktaken  # the PDF libraries are loaded with the first paper

    return stocktaken.issue(work, found, stage)
