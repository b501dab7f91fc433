"""Disposals: drafted over cards, with terms, papers and what is known of losses. What follows: `disposal_steps`.

Decree 738 (行政事业性国有资产管理条例) art. 19–21, 53; 财资〔2021〕127号.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.disposal import (
    PENDING,
    Disposal,
    DisposalGround,
    DisposalLine,
    DisposalMode,
    DisposalPaper,
    DisposalState,
    LossCause,
    PaperItem,
)
from models.occupancy import UnitLevel
from resources.words import N_, Word
from services import checks, disposal_lines
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.disposal_lines import NOT_ON_IT
from services.records import write

DISPOSALS = listing(Listing("disposals", Disposal, ("number", "state")))
LINES = listing(
    Listing(
        "disposal_lines", DisposalLine, ("position",),
        also={"asset_id": ("number", "name", "model", "quantity", "measure", "cost", "net_value")},
    )
)  # fmt: skip
PAPERS = listing(Listing("disposal_papers", DisposalPaper, ("paper_no",)))
KEPT = N_("A disposal is changed on its page: recall it, cancel it or take its execution back there")
GONE_BY = N_("This disposal is {state}; that cannot be done any more")
NO_SUCH_PAPER = N_("This disposal has no paper “{item}”")
AHEAD = N_("{date} lies ahead")
ME = FieldSpec("disposal", "disposal_id", Kind.REFERENCE, True, target="disposal")
TERMS = {
    name: replace(describe(Disposal)[name], required=False, default=None)
    for name in ("mode", "ground", "reason", "level", "receiver", "appraised", "note")
}  # fmt: skip
PAPER = describe(DisposalPaper)
LOSS = {name: describe(DisposalLine)[name] for name in ("cause", "responsibility", "compensation")}


@intent(N_("Draft disposal"), on=Disposal, name="disposals.draft", kept=KEPT)
def draft(
    work: Work,
    asset_ids: Sequence[UUID],
    mode: DisposalMode,
    ground: DisposalGround,
    *,
    reason: str | None = None,
    level: UnitLevel | None = None,
    receiver: str | None = None,
    appraised: int | None = None,
    note: str | None = None,
) -> UUID:
    """A new disposal over these cards of one compound and all that is part of them; `appraised` in fen. A level that
    is not given is that of the newest disposal."""
    terms = {"mode": mode, "ground": ground, "reason": reason, "level": level, "receiver": receiver,
             "appraised": appraised, "note": note}  # fmt: skip
    given = checks.checked_all(TERMS, terms, whole=False)
    assets = disposal_lines.with_parts(work, asset_ids)
    newest = sa.select(Disposal.level).where(Disposal.level.is_not(None)).order_by(Disposal.n.desc()).limit(1)
    given["level"] = given["level"] or work.session.scalar(newest)
    made = Disposal(compound_id=assets[0].compound_id, number=next(work.numbers("CZ")), **given)
    work.add(made)
    disposal_lines.put(work, made, assets)
    return made.id


@intent(N_("Revise disposal"), on=Disposal, name="disposals.revise", kept=KEPT)
def revise(work: Work, disposal_id: UUID, **terms: Any) -> None:
    """The terms of a draft; what is not given stays."""
    found = in_state(work, disposal_id, DisposalState.DRAFT)
    write(found, describe(Disposal), checks.checked_all(TERMS, terms, whole=False))


takes("disposals.revise", (ME, *TERMS.values()))


@intent(N_("Add assets to disposal"), on=Disposal, name="disposals.put", kept=KEPT)
def put(work: Work, disposal_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """More cards on a draft, with their parts."""
    found = in_state(work, disposal_id, DisposalState.DRAFT)
    disposal_lines.put(work, found, disposal_lines.with_parts(work, asset_ids))


@intent(N_("Take assets off disposal"), on=Disposal, name="disposals.take_off", kept=KEPT)
def take_off(work: Work, disposal_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """Fewer cards on a draft; at least one stays, and parts go with the whole."""
    disposal_lines.take_off(work, in_state(work, disposal_id, DisposalState.DRAFT), asset_ids)


@intent(N_("Explain losses"), on=Disposal, name="disposals.explain", kept=KEPT)
def explain(
    work: Work, disposal_id: UUID, asset_ids: Sequence[UUID], cause: LossCause, responsibility: str, compensation: int
) -> None:
    """Of these cards of a draft: what happened, who answers for it, what he pays for each, fen (0 for nothing)."""
    in_state(work, disposal_id, DisposalState.DRAFT)
    values = {"cause": cause, "responsibility": responsibility, "compensation": compensation}
    needed = {name: replace(spec, required=True) for name, spec in LOSS.items()}
    given, wanted = checks.checked_all(needed, values, whole=True), set(asset_ids)
    lines = [line for line in disposal_lines.of(work, disposal_id) if line.asset_id in wanted]
    if len(lines) != len(wanted) or not lines:
        raise Invalid(NOT_ON_IT, field=Word("disposal.asset_ids"))
    for line in lines:
        write(line, LOSS, given)


takes(
    "disposals.explain",
    (ME, FieldSpec("disposal", "asset_ids", Kind.REFERENCE, True, target="asset", many=True),
     *(replace(spec, required=True) for spec in LOSS.values())),
)  # fmt: skip


@intent(N_("Enter paper of disposal"), on=DisposalPaper, name="disposals.file", kept=KEPT)
def file(work: Work, disposal_id: UUID, item: PaperItem, paper_no: str, paper_on: date | None = None) -> UUID:
    """A paper is there, under this number; entered again it is corrected. Its scan is attached to what this makes."""
    found = in_state(work, disposal_id, *PENDING)
    given = checks.checked_all(
        {name: PAPER[name] for name in ("item", "paper_no", "paper_on")},
        {"item": item, "paper_no": paper_no, "paper_on": paper_on}, whole=True,
    )  # fmt: skip
    not_ahead(work, given.get("paper_on"), "disposal_paper.paper_on")
    row = _paper(work, disposal_id, given["item"])
    if row is None:
        row = work.add(DisposalPaper(compound_id=found.compound_id, disposal_id=disposal_id, **given))
    else:
        write(row, PAPER, given)
    return row.id


@intent(N_("Take off paper of disposal"), on=DisposalPaper, name="disposals.unfile", kept=KEPT)
def unfile(work: Work, disposal_id: UUID, item: PaperItem) -> None:
    """A paper entered by mistake, while the disposal is a draft. Conflict: something is attached to it."""
    in_state(work, disposal_id, DisposalState.DRAFT)
    row = _paper(work, disposal_id, PaperItem(item))
    if row is None:
        raise Missing(NO_SUCH_PAPER, item=Word(f"disposal_paper.item={item}"))
    work.remove(row)


def _paper(work: Work, disposal: UUID, item: PaperItem) -> DisposalPaper | None:
    found = sa.select(DisposalPaper).where(DisposalPaper.disposal_id == disposal, DisposalPaper.item == item)
    return work.session.scalar(found)


def in_state(work: Work, disposal_id: UUID, *states: DisposalState) -> Disposal:
    """The disposal, in one of these states. Conflict: it is in another."""
    found = work.get(Disposal, disposal_id)
    if found.state not in states:
        raise Conflict(GONE_BY, state=Word(f"disposal.state={found.state.value}"))
    return found


def not_ahead(work: Work, day: date | None, field: str) -> None:
    """Invalid: the day lies ahead."""
    if day is not None and day > work.today:
        raise Invalid(AHEAD, field=Word(field), date=day)
