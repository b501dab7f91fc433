"""How a stocktake stands: what a reading met, how far the count is, whether the equation holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeSurplus
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.work import NO_RECORD
from services.stocktake_blind import told
from services.stocktake_differences import Difference
from services.stocktake_documents import Settling
from services.stocktake_equation import ClassRow, Equation, Sums, equation_of
from services.stocktake_facts import Card, Line, Scanned, Where
from services.stocktake_own import OwnCount
from services.stocktake_rooms import NO_LINE, RoomCount, RoomSheet, rooms_of

__all__ = [  # what the queries of stocktakes answer with
    "Card", "ClassRow", "Difference", "Equation", "Line", "OwnCount", "RoomCount", "RoomSheet", "Scanned", "Settling",
    "Sums", "Where",
]  # fmt: skip
R = CountResult
NOT_TOLD = Equation((), Sums(), Sums())


@dataclass(frozen=True)
class Floor:
    """How many of the cards of a floor were seen, of all."""

    building: str
    floor: str
    seen: int
    all: int


@dataclass(frozen=True)
class Progress:
    """`row` is the stocktake as its list shows it. The counters are cards: all of them, those that were `seen`, and by
    result; `surplus` entries of things in no book, `unknown` codes nobody dealt with, `outside` readings of cards that
    are not to be counted here. Pieces and money are in the `equation`. `hidden`: it is counted blind, what was seen is
    `counted` without being compared, and the equation is empty."""

    row: Mapping[str, Any]
    cards: int
    seen: int
    counted: int
    matched: int
    elsewhere: int
    pending: int
    missing: int
    short: int
    over: int
    surplus: int
    unknown: int
    outside: int
    floors: tuple[Floor, ...]
    rooms: tuple[RoomCount, ...]
    hidden: bool
    equation: Equation


@query(N_("Progress of a stocktake"), on=Stocktake, name="stocktakes.progress")
def progress(session: Session, stocktake_id: UUID) -> Progress:
    """How far it is, by floor and by room in the order they are walked. Missing: there is none."""
    found = session.get(Stocktake, stocktake_id)
    rows = Reader(cast("DeskSession", session), View("stocktakes")).page([found.n]) if found else []
    if found is None or not rows:
        raise Missing(NO_RECORD)
    counts = by_room(session, stocktake_id)
    results = {result: sum(one.get(result, 0) for one in counts.values()) for result in R}
    rooms = rooms_of(session, stocktake_id, counts)
    cards, surplus = sum(results.values()), sa.select(sa.func.count(StocktakeSurplus.id))
    open_ = _open(session, stocktake_id)
    return Progress(
        rows[0], cards, cards - results[R.PENDING] - results[R.MISSING], results[R.COUNTED], results[R.MATCHED],
        results[R.ELSEWHERE], results[R.PENDING], results[R.MISSING], results[R.SHORT], results[R.OVER],
        session.scalar(surplus.where(StocktakeSurplus.stocktake_id == stocktake_id)) or 0,
        open_.get(ScanOutcome.UNKNOWN, 0), open_.get(ScanOutcome.OUTSIDE, 0), _floors(rooms), rooms,
        found.hides, NOT_TOLD if found.hides else equation_of(session, stocktake_id),
    )  # fmt: skip


def by_room(session: Session, stocktake_id: UUID) -> dict[UUID | None, dict[CountResult, int]]:
    """How many cards of each room came out how."""
    line, out = StocktakeLine, dict[UUID | None, dict[CountResult, int]]()
    found = (
        sa.select(line.stocktake_room_id, line.result, sa.func.count())
        .where(line.stocktake_id == stocktake_id).group_by(line.stocktake_room_id, line.result)
    )  # fmt: skip
    for room, result, count in session.execute(found):
        out.setdefault(room, {})[result] = count
    return out


def _open(session: Session, stocktake_id: UUID) -> dict[ScanOutcome, int]:
    """Readings of no line that nobody dealt with, by outcome."""
    scan = StocktakeScan
    found = (
        sa.select(scan.outcome, sa.func.count(scan.id))
        .where(scan.stocktake_id == stocktake_id, scan.outcome.in_(NO_LINE),
               sa.not_(scan.put_aside), scan.stocktake_surplus_id.is_(None))
        .group_by(scan.outcome)
    )  # fmt: skip
    return {row[0]: row[1] for row in session.execute(found)}


def _floors(rooms: Sequence[RoomCount]) -> tuple[Floor, ...]:
    sums: dict[tuple[str, str], list[int]] = {}
    for room in rooms:
        known = sums.setdefault((room.building, room.floor), [0, 0])
        known[0] += room.seen
        known[1] += room.all
    return tuple(Floor(building, floor, seen, every) for (building, floor), (seen, every) in sums.items())


@query(N_("Equation of a stocktake"), on=Stocktake, name="stocktakes.equation")
def equation(session: Session, stocktake_id: UUID) -> Equation:
    """Book + surplus − loss = counted, by class and in total, in pieces and fen. Missing: there is none. Conflict: it
    is still counted blind."""
    return equation_of(session, told(session, stocktake_id).id)
