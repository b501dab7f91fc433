"""The papers of a stocktake out of the store: which there are at which step, those that are kept, those drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import Blob
from models.document import Document
from models.stocktake import Stocktake, StocktakeState
from models.stocktake_paper import StocktakePaper, StocktakeStage
from resources.words import N_
from services import issued, paper_settings
from services.desk.errors import Conflict, Missing
from services.desk.faults import goes_on
from services.documents import stocktake_form, stocktake_result, stocktake_sheets, stocktake_tables
from services.documents.sheet import anchored
from services.documents.stocktake_form import Form
from services.documents.stocktake_words import About

if TYPE_CHECKING:
    from services.desk.work import Work

S, P = StocktakeState, StocktakePaper
LANG = "zh_CN"  # what is frozen is Chinese by decision
CHINA = timezone(timedelta(hours=8))
ENDING = {P.REPORT: "-B", P.APPROVAL: "-P"}  # each is filed under a number of its own
FROZEN = {P.REPORT: (S.REPORTED, S.APPROVED, S.CLOSED), P.APPROVAL: (S.APPROVED, S.CLOSED)}
COUNTED = (S.EXPLAINING, S.REPORTED, S.APPROVED, S.CLOSED)
DRAWN: dict[StocktakePaper, Callable[[About], Form]] = {
    P.SHEET: stocktake_sheets.sheet, P.SURPLUS: stocktake_tables.surplus, P.LOSS: stocktake_tables.loss,
    P.DIFFERENCES: stocktake_tables.differences, P.ADJUSTMENTS: stocktake_tables.adjustments,
    P.APPROVAL: stocktake_result.approval, P.REPORT: stocktake_result.report,
}  # fmt: skip
VOID = N_("Stocktake {number} was cancelled; its number is void and it is not printed")
NOT_BEGUN = N_("Begin counting first: before the books are frozen there is nothing to print")
NOT_COUNTED = N_("Counting is not finished; only the sheet to count on can be printed")
LATER = N_("This paper is made with a later step")


def issue(work: Work, found: Stocktake, stage: StocktakeStage) -> str:
    """Freezes the paper of a stage; returns its SHA-256. Invalid: it could not be read."""
    kind = StocktakePaper(stage.value)
    number = found.number + ENDING[kind]
    versions = sa.select(sa.func.max(Document.version)).where(Document.number == number)
    version = (work.session.scalar(versions) or 0) + 1
    work.session.flush()  # what it says is read as the lists show it
    about = About(work.session, found, LANG, work.now.astimezone(CHINA), issued=True)
    form = replace(DRAWN[kind](about), number=number, version=version, anchor=anchored(*work.head()))
    with paper_settings.dress(work.session, form.kind).worn():
        paper = stocktake_form.render(form, tell=work.tell)
    return issued.keep(
        work, paper, compound_id=found.compound_id, kind=form.kind, number=number, version=version, about_id=found.id,
        on=found.base_on,
    ).sha256  # fmt: skip


def of(
    session: Session, stocktake_id: UUID, paper: StocktakePaper, team_id: UUID | None = None,
    stocktake_room_id: UUID | None = None, lang: str = LANG,
) -> bytes:  # fmt: skip
    """The kept bytes of what is frozen, in its newest version; else the paper as it is now, with a watermark as long as
    what it says may change. Missing: it comes with a later step. Conflict: the stocktake was cancelled. Cancelled:
    nobody wants it any more."""
    found = session.get(Stocktake, stocktake_id)
    if found is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    if found.state is S.CANCELLED:
        raise Conflict(VOID, number=found.number)
    if found.state is S.DRAFT:
        raise Missing(NOT_BEGUN)
    if paper is not P.SHEET and found.state not in COUNTED:
        raise Missing(NOT_COUNTED)
    if paper is P.ADJUSTMENTS and found.state not in (S.APPROVED, S.CLOSED):
        raise Missing(LATER)
    if found.state in FROZEN.get(paper, ()):
        return _kept(session, found, paper)
    made = datetime.combine(datetime.now(CHINA).date(), time(), CHINA)  # by the day it is shown
    about = About(session, found, lang, made, team_id=team_id, stocktake_room_id=stocktake_room_id)
    return stocktake_form.render(DRAWN[paper](about), tell=session.info.get("tell", goes_on)).data


def _kept(session: Session, found: Stocktake, paper: StocktakePaper) -> bytes:
    number = found.number + ENDING[paper]
    kept = sa.select(Document.sha256).where(Document.about_id == found.id, Document.number == number)
    sha256 = session.scalar(kept.order_by(Document.version.desc()).limit(1))
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(sha256))) if sha256 else None
    if data is None:
        raise Missing(N_("The paper of {number} is missing from the store; run a check"), number=found.number)
    return data
