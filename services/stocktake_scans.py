"""Things are counted: every reading is kept as it was made, and says at once what it means for its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.room import Room
from models.stocktake import CountResult, Stocktake, StocktakeLine, StocktakeRoom, StocktakeState, StocktakeSurplus
from models.stocktake_scan import ScanMeans, ScanOutcome, StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import following, guarding
from services.desk.work import Work
from services.stocktake_codes import Met, meet
from services.stocktake_facts import Scanned, scanned
from services.stocktake_tally import Book, Place, Tally, tally
from services.stocktake_teams import room_of, team_of
from services.stocktakes import OTHER_ROOM, in_state, inside

S = StocktakeState
O = ScanOutcome  # noqa: E741 — its values stand below, one a line
AT_ONCE = 500
NO_ZONE = N_("{at} names no time zone")
NOT_OPEN = N_("{code} was no unknown code, or it was dealt with: it cannot be put aside")
IS_SURPLUS = N_("{code} was entered as surplus {position}: drop that first")
TOO_LATE = N_("Counting is over: resume it first")
SCAN = FieldSpec("stocktake_scan", "scan_id", Kind.REFERENCE, True, target="stocktake_scan")
FIELDS = {
    name: replace(describe(StocktakeScan)[name], required=False)
    for name in ("code", "means", "building_id", "room_id", "keeper_id", "quantity", "damaged", "unlabelled", "word")
} | {"quantity": replace(describe(StocktakeScan)["quantity"], required=True, least=1)}  # fmt: skip


@intent(N_("Count a thing"), on=StocktakeScan, name="stocktakes.scan")
def scan(
    work: Work, stocktake_id: UUID, team_id: UUID, code: str, *, room_id: UUID | None = None,
    building_id: UUID | None = None, quantity: int = 1, means: ScanMeans = ScanMeans.SCANNER,
    keeper_id: UUID | None = None, damaged: bool = False, unlabelled: bool = False, word: str | None = None,
    scanned_at: datetime | None = None,
) -> Scanned:  # fmt: skip
    """A team has a thing before it: `code` as it was read, standing in a room (or only a building), so many pieces;
    what it met. The same reading once more, told by team, code and `scanned_at`, is the one that is there.

    Conflict: counting is over, or several cards have this serial number. Invalid: the code is empty.
    """
    found = in_state(work, stocktake_id, S.COUNTING)
    team_of(work, found, team_id)
    if scanned_at and (twice := known(work, team_id, code, scanned_at)):
        return scanned(work.session, found, twice)
    given = {"code": code, "room_id": room_id, "building_id": building_id, "quantity": quantity, "means": means,
             "keeper_id": keeper_id, "damaged": damaged, "unlabelled": unlabelled, "word": word}  # fmt: skip
    row = StocktakeScan(
        compound_id=found.compound_id, stocktake_id=found.id, team_id=team_id, outcome=O.UNKNOWN,
        scanned_at=_instant(work, scanned_at), **checks.checked_all(FIELDS, given, whole=True),
    )  # fmt: skip
    _placed(work, row)
    enter(work, found, row)
    return scanned(work.session, found, row)


def enter(work: Work, found: Stocktake, row: StocktakeScan) -> None:
    """A new reading meets its line: it says so, and the line says what was counted."""
    met = meet(work, found.id, found.compound_id, row.code)
    row.asset_id, row.outcome = met.card, O.OUTSIDE if met.asset_id else O.UNKNOWN
    work.add(row)
    if met.line:
        row.outcome = _outcome(work, met, row)


def _outcome(work: Work, met: Met, row: StocktakeScan) -> ScanOutcome:
    """What it met on a line, which is brought up to it."""
    line = met.line
    assert line
    before = (line.result, line.found_building_id, line.found_room_id, line.found_keeper_id, line.damaged,
              line.unlabelled, line.found_word)  # fmt: skip
    _, book = retally(work, [line])[0]
    after = (line.result, line.found_building_id, line.found_room_id, line.found_keeper_id, line.damaged,
             line.unlabelled, line.found_word)  # fmt: skip
    if line.quantity == 1 and before[0] is not CountResult.PENDING and before == after:
        return O.AGAIN
    right = book.right(Place(row.building_id, row.room_id)) and book.kept(row.keeper_id)
    return O.MATCHED if right else O.ELSEWHERE


def known(work: Work, team_id: UUID, code: str, at: datetime) -> StocktakeScan | None:
    """The reading of a team with this code at this instant."""
    same = sa.select(StocktakeScan).where(
        StocktakeScan.team_id == team_id, StocktakeScan.scanned_at == at, StocktakeScan.code == code.strip()
    )
    return work.session.scalar(same.limit(1))


def _instant(work: Work, at: datetime | None) -> datetime:
    if at is not None and at.tzinfo is None:
        raise Invalid(NO_ZONE, field=Word("stocktake_scan.scanned_at"), at=at)
    return at or work.now


def _placed(work: Work, row: StocktakeScan) -> None:
    """Where it was read lies in the compound; a room says its building. The code is not empty."""
    if not row.code:
        raise Invalid(N_("“{field}” is required"), field=Word("stocktake_scan.code"))
    inside(work, row, ("building_id", "room_id", "keeper_id"))
    if row.room_id:
        building = work.get(Room, row.room_id).building_id
        if row.building_id not in (None, building):
            raise Invalid(OTHER_ROOM, field=Word("stocktake_scan.room_id"))
        row.building_id = building


@intent(N_("Take back a reading"), on=StocktakeScan, name="stocktakes.take_back_scan")
def take_back_scan(work: Work, scan_id: UUID) -> None:
    """It was a mistake: its line says what the others say. Conflict: counting is over, or a surplus was made of it."""
    row = work.get(StocktakeScan, scan_id)
    in_state(work, row.stocktake_id, S.COUNTING)
    if row.stocktake_surplus_id:
        surplus = work.get(StocktakeSurplus, row.stocktake_surplus_id)
        raise Conflict(IS_SURPLUS, code=row.code, position=surplus.position)
    row.alive = False
    work.session.flush()
    retally(work, lines_of(work, row.stocktake_id, [row.asset_id] if row.asset_id else []))


takes("stocktakes.take_back_scan", (SCAN,))


@intent(N_("Put an unknown code aside"), on=StocktakeScan, name="stocktakes.put_aside")
def put_aside(work: Work, scan_id: UUID) -> None:
    """A reading of no card, or of one that is not to be counted here: nothing becomes of it. Conflict: it is of a line,
    or was dealt with."""
    row = work.get(StocktakeScan, scan_id)
    in_state(work, row.stocktake_id, S.COUNTING, S.EXPLAINING)
    if row.outcome not in (O.UNKNOWN, O.OUTSIDE) or row.put_aside or row.stocktake_surplus_id:
        raise Conflict(NOT_OPEN, code=row.code)
    row.put_aside = True


takes("stocktakes.put_aside", (SCAN,))


@intent(N_("Room is done"), on=StocktakeRoom, name="stocktakes.room_done")
def room_done(work: Work, stocktake_room_id: UUID, done: bool = True) -> None:
    """Everything in it was looked at; or, after all, it was not."""
    row = room_of(work, stocktake_room_id, S.COUNTING)
    if (row.done_on is not None) != done:
        row.done_on = work.today if done else None


# -- lines follow their scans ------------------------------------------------------------------------------------
def lines_of(work: Work, stocktake_id: UUID, assets: Iterable[UUID]) -> list[StocktakeLine]:
    """The lines of these cards, those that are on the stocktake."""
    wanted, found = list(dict.fromkeys(assets)), list[StocktakeLine]()
    for start in range(0, len(wanted), AT_ONCE):
        part = StocktakeLine.asset_id.in_(wanted[start : start + AT_ONCE])
        found += work.session.scalars(sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == stocktake_id, part))
    return found


def retally(work: Work, lines: Sequence[StocktakeLine]) -> list[tuple[StocktakeLine, Book]]:
    """Writes onto the lines of one stocktake what their scans say now; with what is right for each."""
    made = list[tuple[StocktakeLine, Book]]()
    for start in range(0, len(lines), AT_ONCE):
        part = lines[start : start + AT_ONCE]
        ids = [line.asset_id for line in part]
        seen = _scans(work, part[0].stocktake_id, ids)
        now = _now(work, ids)
        for line in part:
            book = book_of(line, now.get(line.asset_id))
            _write(line, tally(book, seen.get(line.asset_id, ())))
            made.append((line, book))
    return made


def _scans(work: Work, stocktake_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, list[StocktakeScan]]:
    found = sa.select(StocktakeScan).where(
        StocktakeScan.stocktake_id == stocktake_id, StocktakeScan.asset_id.in_(ids)
    )  # fmt: skip
    out: dict[UUID, list[StocktakeScan]] = {}
    for scan_ in work.session.scalars(found):
        if scan_.asset_id:
            out.setdefault(scan_.asset_id, []).append(scan_)
    return out


def _now(work: Work, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    """Where and with whom the cards are by the books of today."""
    found = sa.select(Asset.id, Asset.building_id, Asset.room_id, Asset.keeper_id).where(Asset.id.in_(ids))
    return {row.id: row for row in work.session.execute(found)}


def book_of(line: StocktakeLine, now: Any) -> Book:
    """What is right for a line: what was frozen, and what the card says since."""
    sides = (line, now) if now else (line,)
    places = tuple({Place(side.building_id, side.room_id): None for side in sides if side.building_id or side.room_id})
    frozen = places if line.building_id or line.room_id else ()  # a book that said no place is wrong about none
    keepers = frozenset(side.keeper_id for side in sides if side.keeper_id) if line.keeper_id else frozenset()
    return Book(line.quantity, frozen, keepers)


def _write(line: StocktakeLine, said: Tally) -> None:
    for name, value in vars(said).items():
        if getattr(line, name) != value:
            setattr(line, name, value)


@guarding(StocktakeScan)
@guarding(StocktakeLine)
def _still_counting(work: Work, row: Any, values: dict[str, Any], since: int) -> None:
    """What was counted is taken back only while it is counted."""
    _counting(work, row.stocktake_id)


@following(StocktakeScan)
def _follow(work: Work, ids: list[UUID]) -> None:
    """The lines of readings that came back or went say what the readings say that are there."""
    by: dict[UUID, list[UUID]] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = sa.select(StocktakeScan).where(StocktakeScan.id.in_(ids[start : start + AT_ONCE]))
        for row in work.session.scalars(part, execution_options={"dead": True}):
            by.setdefault(row.stocktake_id, []).extend([row.asset_id] if row.asset_id else [])
    for stocktake, assets in by.items():
        _counting(work, stocktake)
        retally(work, lines_of(work, stocktake, assets))


def _counting(work: Work, stocktake_id: UUID) -> None:
    if work.get(Stocktake, stocktake_id).state is not S.COUNTING:
        raise Conflict(TOO_LATE)
