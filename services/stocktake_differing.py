"""The lines that differ, how many pieces differ, and where the pieces lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.stocktake import DIFFERS, CountResult, StocktakeLine, StocktakeSurplus
from models.stocktake_scan import ScanOutcome, StocktakeScan
from services.stocktake_tally import Book, Place, spread

R, AT_ONCE = CountResult, 500


def rows_of(session: Session, stocktake_id: UUID) -> tuple[list[StocktakeLine], list[StocktakeSurplus]]:
    """The lines that differ and the surpluses, in order."""
    line, more = StocktakeLine, StocktakeSurplus
    differing = sa.select(line).where(line.stocktake_id == stocktake_id, line.result.in_(DIFFERS)).order_by(line.n)
    beyond = sa.select(more).where(more.stocktake_id == stocktake_id).order_by(more.position)
    return list(session.scalars(differing)), list(session.scalars(beyond))


def lost(row: StocktakeLine) -> int:
    """How many pieces are too many or, negative, too few."""
    return 0 if row.result is R.ELSEWHERE else (row.counted or 0) - row.quantity


def astray(line: StocktakeLine, lies: Mapping[Place, int]) -> dict[Place, int]:
    """Where pieces of a line lie that should not, and how many."""
    book = Book(line.quantity, (Place(line.building_id, line.room_id),))
    return {place: count for place, count in lies.items() if not book.right(place)}


def lying(session: Session, lines: Sequence[StocktakeLine]) -> Mapping[UUID, Mapping[Place, int]]:
    """How many pieces of each line of a stocktake (by its id) were counted where; nothing for a card of one piece: its
    line says it."""
    several = {line.asset_id: line for line in lines if line.quantity > 1 and line.result is R.ELSEWHERE}
    scan, ids, seen = StocktakeScan, list(several), defaultdict[UUID, list[StocktakeScan]](list)
    for start in range(0, len(ids), AT_ONCE):
        of = (scan.stocktake_id == lines[0].stocktake_id, scan.asset_id.in_(ids[start : start + AT_ONCE]))
        for row in session.scalars(sa.select(scan).where(*of)):
            if row.asset_id:
                seen[several[row.asset_id].id].append(row)
    return defaultdict(dict, {id: spread(scans) for id, scans in seen.items()})


def unknown(session: Session, stocktake_id: UUID) -> int:
    """How many readings of unknown codes nobody dealt with."""
    scan = StocktakeScan
    open_ = sa.select(sa.func.count(scan.id)).where(
        scan.stocktake_id == stocktake_id, scan.outcome == ScanOutcome.UNKNOWN, sa.not_(scan.put_aside),
        scan.stocktake_surplus_id.is_(None),
    )  # fmt: skip
    return session.scalar(open_) or 0
