"""Counting ends, and begins again: what nobody saw is missing, unless a document says where it went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.asset_value import AssetValueChange, ValueChange
from models.disposal import Disposal, DisposalLine, DisposalState
from models.handover import Handover, HandoverLine, HandoverState
from models.stocktake import DIFFERS, CountResult, Stocktake, StocktakeLine, StocktakeState
from models.stocktake_scan import StocktakeScan
from resources.words import N_
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.work import Work
from services.stocktake_lines import SAID, retally
from services.stocktake_rules import LOSS, MAY
from services.stocktake_states import KEPT, by_turns, in_state, stepping

R, S = CountResult, StocktakeState
AT_ONCE = 500
OF_LOSS = ("responsible", "compensation")
NOTHING = N_("Nothing was counted yet: everything would be missing. Count first, or cancel the stocktake")


@intent(N_("End counting"), on=Stocktake, name="stocktakes.finish", kept=KEPT)
def finish(work: Work, stocktake_id: UUID) -> int:
    """What nobody saw is missing, but for what left by a document since the base date; how many lines are. What was
    found elsewhere is looked at once more: a document may have moved it meanwhile; and what was counted blind is
    compared with the books. Conflict: nothing was counted."""
    by_turns(work, stocktake_id)
    found = in_state(work, stocktake_id, S.COUNTING)
    read = sa.select(StocktakeScan.id).where(StocktakeScan.stocktake_id == found.id).limit(1)
    if work.session.scalar(read) is None:
        raise Conflict(NOTHING)
    found.state = S.EXPLAINING
    retally(work, _lines(work, found, StocktakeLine.result.in_((R.COUNTED, R.ELSEWHERE))))
    pending, missing = _lines(work, found, StocktakeLine.result == R.PENDING), 0
    for start in range(0, len(pending), AT_ONCE):
        part = pending[start : start + AT_ONCE]
        by = left_by(work, [line.asset_id for line in part])
        for line in part:
            line.left_by = by.get(line.asset_id)
            line.result = R.MATCHED if line.left_by else R.MISSING
            line.counted = line.quantity if line.left_by else 0
            missing += not line.left_by
        work.session.flush()
        work.progress(start + len(part), len(pending))
    _split_off(work, found)
    _unsaid(work, found)
    found.counted_on, found.sent_back = work.today, None
    return missing


@intent(N_("Resume counting"), on=Stocktake, name="stocktakes.resume", kept=KEPT)
def resume(work: Work, stocktake_id: UUID) -> None:
    """Somebody looks again: what was missing is pending, and what was compared with the books is not any more where it
    is counted blind. What was said of differences that stay is kept."""
    in_state(work, stocktake_id, S.EXPLAINING)
    found = stepping(work, stocktake_id, S.COUNTING)
    found.counted_on = None
    unseen = sa.or_(StocktakeLine.result == R.MISSING, StocktakeLine.left_by.is_not(None))
    lines = _lines(work, found, *(() if found.blind else (unseen,)))
    for line in lines:
        line.left_by = None
    retally(work, lines)


def _lines(work: Work, found: Stocktake, *where: sa.ColumnElement[bool]) -> list[StocktakeLine]:
    picked = sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == found.id, *where).order_by(StocktakeLine.n)
    return list(work.session.scalars(picked))


def _split_off(work: Work, found: Stocktake) -> None:
    """Pieces that lack because they got a card of their own since the books were frozen left by that split."""
    line, change = StocktakeLine, AssetValueChange
    since = sa.and_(change.kind == ValueChange.SPLIT, change.on >= found.started_on)
    fewer = (
        sa.select(line, change.number).join(Asset, Asset.id == line.asset_id)
        .join(change, sa.and_(change.asset_id == line.asset_id, since))
        .where(line.stocktake_id == found.id, line.result == R.SHORT, Asset.quantity == line.counted)
    )  # fmt: skip
    for row, number in work.session.execute(fewer.order_by(change.n)).all():
        row.left_by, row.result, row.counted = number, R.MATCHED, row.quantity


def _unsaid(work: Work, found: Stocktake) -> None:
    """What differs no more, or in another way than it was explained, is as if nothing had been said of it."""
    said = sa.or_(*(getattr(StocktakeLine, name).is_not(None) for name in sorted(SAID)))
    for line in _lines(work, found, said):
        fits = line.result in DIFFERS and line.settlement in (None, *MAY[line.result])
        for name in SAID if not fits else OF_LOSS if line.result not in LOSS else ():
            setattr(line, name, None)


def left_by(work: Work, assets: Sequence[UUID]) -> Mapping[UUID, str]:
    """The number of the document by which each of these cards left the books, where one did."""
    left, out = sa.or_(Asset.disposed_on.is_not(None), Asset.moved_on.is_not(None)), dict[UUID, str]()
    for start in range(0, len(assets), AT_ONCE):
        gone = sa.select(Asset.id).where(Asset.id.in_(assets[start : start + AT_ONCE]), left)
        ids = list(work.session.scalars(gone))
        out |= {row[0]: row[1] for select in _documents(ids) if ids for row in work.session.execute(select)}
    return out


def _documents(ids: Sequence[UUID]) -> Iterator[Any]:
    """Merged into another card, moved to another compound, disposed of."""
    yield sa.select(AssetValueChange.other_id, AssetValueChange.number).where(
        AssetValueChange.other_id.in_(ids), AssetValueChange.kind == ValueChange.MERGE
    )
    line = HandoverLine
    yield (
        sa.select(line.asset_id, Handover.number).join(Handover, Handover.id == line.handover_id)
        .where(line.asset_id.in_(ids), line.successor_id.is_not(None), Handover.state == HandoverState.DONE)
    )  # fmt: skip
    yield (
        sa.select(DisposalLine.asset_id, Disposal.number).join(Disposal, Disposal.id == DisposalLine.disposal_id)
        .where(DisposalLine.asset_id.in_(ids), Disposal.state == DisposalState.EXECUTED)
    )  # fmt: skip
