"""The lines of a stocktake follow the readings: by every reading, by every taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import entities
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeState, StocktakeSurplus
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_
from services.desk.errors import Conflict
from services.desk.undo import following, guarding
from services.desk.work import Work
from services.stocktake_tally import Book, Place, Tally, tally

S = StocktakeState
AT_ONCE = 500
TOO_LATE = N_("Counting is over: resume it first")
OVER = N_("The differences were reported: recall the report first")
DEALT_WITH = {"put_aside", "stocktake_surplus_id", "outcome"}  # what is said of a reading of no line
SAID = {"cause", "explanation", "responsible", "compensation", "settlement", "keeper_opinion", "department_opinion",
        "office_opinion"}  # fmt: skip


class Counted:
    """A line with what is right for it and the readings of it so far."""

    def __init__(self, line: StocktakeLine, book: Book, seen: Sequence[StocktakeScan]) -> None:
        self.line, self.book, self.seen = line, book, list(seen)
        self.said = tally(book, self.seen)

    def meets(self, row: StocktakeScan) -> ScanOutcome:
        """One reading more: what it met, beyond what was known before. `tell` brings the line up to it."""
        before, self.said = self.said, tally(self.book, [*self.seen, row])
        self.seen.append(row)
        known = before.result is not CountResult.PENDING and _same(before, self.said, blind=self.book.quantity is None)
        if self.book.quantity in (1, None) and known:
            return ScanOutcome.AGAIN
        right = self.book.right(Place(row.building_id, row.room_id)) and self.book.kept(row.keeper_id)
        return ScanOutcome.MATCHED if right else ScanOutcome.ELSEWHERE

    def tell(self) -> None:
        """Writes onto the line what its readings say."""
        for name, value in vars(self.said).items():
            if getattr(self.line, name) != value:
                setattr(self.line, name, value)


def _same(one: Tally, other: Tally, *, blind: bool) -> bool:
    """Whether they say the same, but for the time; counted blind, but for the pieces too."""
    apart: dict[str, Any] = {"counted_at": None} | ({"counted": None} if blind else {})
    return vars(one) | apart == vars(other) | apart


def counted(work: Work, lines: Sequence[StocktakeLine]) -> Iterator[Counted]:
    """The lines of one stocktake with their readings."""
    blind = bool(lines) and work.see("stocktake", lines[0].stocktake_id).hides
    for start in range(0, len(lines), AT_ONCE):
        part = lines[start : start + AT_ONCE]
        ids = [line.asset_id for line in part]
        seen, now = _scans(work, part[0].stocktake_id, ids), _now(work, ids)
        for line in part:
            yield Counted(line, _book(line, now.get(line.asset_id), blind=blind), seen.get(line.asset_id, ()))


def retally(work: Work, lines: Sequence[StocktakeLine]) -> None:
    """Every line says what its readings say now."""
    for at, one in enumerate(counted(work, lines), 1):
        one.tell()
        if at % AT_ONCE == 0:
            work.progress(at, len(lines))


def lines_of(work: Work, stocktake_id: UUID, assets: Iterable[UUID]) -> list[StocktakeLine]:
    """The lines of these cards, those that are on the stocktake."""
    wanted, found = list(dict.fromkeys(assets)), list[StocktakeLine]()
    for start in range(0, len(wanted), AT_ONCE):
        part = StocktakeLine.asset_id.in_(wanted[start : start + AT_ONCE])
        found += work.session.scalars(sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == stocktake_id, part))
    return found


def _scans(work: Work, stocktake_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, list[StocktakeScan]]:
    scan, out = StocktakeScan, dict[UUID, list[StocktakeScan]]()
    found = sa.select(scan).where(scan.stocktake_id == stocktake_id, scan.asset_id.in_(ids))
    for row in work.session.scalars(found):
        if row.asset_id:
            out.setdefault(row.asset_id, []).append(row)
    return out


def _now(work: Work, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    """Where and with whom the cards are by the books of today."""
    card: Any = entities()["asset"]  # only looked at: see `work.see`
    found = sa.select(card.id, card.building_id, card.room_id, card.keeper_id).where(card.id.in_(ids))
    return {row.id: row for row in work.session.execute(found)}


def _book(line: StocktakeLine, now: Any, *, blind: bool) -> Book:
    """What is right for a line: what was frozen, and what the card says since. A book that said no place, or no keeper,
    is wrong about none."""
    sides = (line, now) if now else (line,)
    placed, kept = bool(line.building_id or line.room_id), bool(line.keeper_id)
    places = {Place(side.building_id, side.room_id): None for side in sides if side.building_id or side.room_id}
    keepers = frozenset(side.keeper_id for side in sides if side.keeper_id)
    return Book(None if blind else line.quantity, tuple(places) if placed else (), keepers if kept else frozenset())


# -- taking back -------------------------------------------------------------------------------------------------
@guarding(StocktakeScan)
def _read(work: Work, row: StocktakeScan, values: dict[str, Any], since: int) -> None:
    """A reading is taken back while things are counted; what became of an unknown code, until it is reported."""
    (_still_open if values.keys() <= DEALT_WITH else _counting)(work, row.stocktake_id)


@guarding(StocktakeLine)
def _explained(work: Work, row: StocktakeLine, values: dict[str, Any], since: int) -> None:
    """What was said of a difference is taken back until it is reported; what was counted, while it is counted."""
    (_still_open if values.keys() <= SAID else _counting)(work, row.stocktake_id)


@guarding(StocktakeSurplus)
def _added(work: Work, row: StocktakeSurplus, values: dict[str, Any], since: int) -> None:
    _still_open(work, row.stocktake_id)


@following(StocktakeScan)
def _follow(work: Work, ids: list[UUID]) -> None:
    """The lines of readings that came back or went say what the readings say that are there."""
    by = dict[UUID, list[UUID]]()
    for row in _rows(work, StocktakeScan, ids):
        if not row.alive:
            _counting(work, row.stocktake_id)  # of what was only made nothing is asked before
        by.setdefault(row.stocktake_id, []).extend([row.asset_id] if row.asset_id else [])
    for stocktake, assets in by.items():
        if work.get(Stocktake, stocktake).state is S.COUNTING:
            retally(work, lines_of(work, stocktake, assets))


@following(StocktakeSurplus)
def _dropped(work: Work, ids: list[UUID]) -> None:
    for row in _rows(work, StocktakeSurplus, ids):
        _still_open(work, row.stocktake_id)


def _rows(work: Work, kind: Any, ids: Sequence[UUID]) -> Iterator[Any]:
    for start in range(0, len(ids), AT_ONCE):
        part = sa.select(kind).where(kind.id.in_(ids[start : start + AT_ONCE]))
        yield from work.session.scalars(part, execution_options={"dead": True})


def _counting(work: Work, stocktake_id: UUID) -> None:
    if work.get(Stocktake, stocktake_id).state is not S.COUNTING:
        raise Conflict(TOO_LATE)


def _still_open(work: Work, stocktake_id: UUID) -> None:
    if work.get(Stocktake, stocktake_id).state not in (S.COUNTING, S.EXPLAINING):
        raise Conflict(OVER)
