"""The lines that differ, how many pieces differ, and where the pieces lie."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.stocktake import DIFFERS, CountResult, StocktakeLine, StocktakeSurplus
from models.stocktake_scan import ScanOutcome, StocktakeScan
from services.stocktake_tally import Book, Place, spread

R = CountResult


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


def lying(session: Session, line: StocktakeLine) -> Mapping[Place, int]:
    """How many pieces of a line were counted where; nothing for a card of one piece, whose line says it."""
    if line.quantity == 1 or line.result is not R.ELSEWHERE:
        return {}
    scan = StocktakeScan
    mine = sa.select(scan).where(scan.stocktake_id == line.stocktake_id, scan.asset_id == line.asset_id)
    return spread(session.scalars(mine))


def unknown(session: Session, stocktake_id: UUID) -> int:
    """How many readings of unknown codes nobody dealt with."""
    scan = StocktakeScan
    open_ = sa.select(sa.func.count(scan.id)).where(
        scan.stocktake_id == stocktake_id, scan.outcome == ScanOutcome.UNKNOWN, sa.not_(scan.put_aside),
        scan.stocktake_surplus_id.is_(None),
    )  # fmt: skip
    return session.scalar(open_) or 0
