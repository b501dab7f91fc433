"""Things are counted: every reading is kept as it was made, and says at once what it means for its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from models.stocktake import Stocktake, StocktakeRoom, StocktakeState, StocktakeSurplus
from models.stocktake_scan import ScanMeans, ScanOutcome, StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.stocktake_codes import meet
from services.stocktake_facts import Scanned, scanned
from services.stocktake_lines import counted, lines_of, retally
from services.stocktake_teams import room_of, team_of
from services.stocktakes import in_state, placed

S, Met = StocktakeState, ScanOutcome
NO_ZONE = N_("{at} names no time zone")
NOT_OPEN = N_("{code} was no unknown code, or it was dealt with: it cannot be put aside")
IS_SURPLUS = N_("{code} was entered as surplus {position}: drop that first")
SCAN = FieldSpec("stocktake_scan", "scan_id", Kind.REFERENCE, True, target="stocktake_scan")
OWN = ("code", "means", "building_id", "room_id", "keeper_id", "quantity", "damaged", "unlabelled", "word")
FIELDS = {name: describe(StocktakeScan)[name] for name in OWN}
FIELDS |= {"quantity": replace(FIELDS["quantity"], required=True, least=1)}


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
    given = {"code": code, "room_id": room_id, "building_id": building_id, "quantity": quantity, "means": means,
             "keeper_id": keeper_id, "damaged": damaged, "unlabelled": unlabelled, "word": word}  # fmt: skip
    row = StocktakeScan(
        compound_id=found.compound_id, stocktake_id=found.id, team_id=team_id, outcome=Met.UNKNOWN,
        scanned_at=instant(scanned_at) or work.now, **checks.checked_all(FIELDS, given, whole=True),
    )  # fmt: skip
    if scanned_at and (there := _there(work, row)):
        return scanned(work.session, found, there)
    placed(work, row, ("building_id", "room_id", "keeper_id"))
    _enter(work, found, row)
    return scanned(work.session, found, row)


def _enter(work: Work, found: Stocktake, row: StocktakeScan) -> None:
    """A new reading meets its line, which says what was counted; or a surplus that was entered under this code."""
    met = meet(work, found.id, found.compound_id, row.code)
    row.asset_id = met.card
    if met.line:
        one = next(iter(counted(work, [met.line])))
        row.outcome = one.meets(row)
        one.tell()
    elif met.asset_id:
        row.outcome = Met.OUTSIDE
    elif surplus := surplus_of(work, found.id, row.code):
        row.outcome, row.stocktake_surplus_id = Met.AGAIN, surplus
    work.add(row)


def surplus_of(work: Work, stocktake_id: UUID, code: str) -> UUID | None:
    """The surplus that was entered under a code nobody knows."""
    more, wanted = StocktakeSurplus, checks.number(code)
    named = sa.select(more.id, more.code).where(more.stocktake_id == stocktake_id, more.code.is_not(None))
    return next((row.id for row in work.session.execute(named) if checks.number(row.code) == wanted), None)


def _there(work: Work, row: StocktakeScan) -> StocktakeScan | None:
    """The same reading of the same team at the same instant."""
    scan, same = StocktakeScan, ("stocktake_id", "team_id", "scanned_at", "code")
    found = sa.select(scan).where(*(getattr(scan, name) == getattr(row, name) for name in same))
    return work.session.scalar(found.limit(1))


def instant(at: datetime | None) -> datetime | None:
    """An instant that says its time zone. Invalid: it does not."""
    if at is not None and at.tzinfo is None:
        raise Invalid(NO_ZONE, field=Word("stocktake_scan.scanned_at"), at=at)
    return at


@intent(N_("Take back a reading"), on=StocktakeScan, name="stocktakes.take_back_scan")
def take_back_scan(work: Work, scan_id: UUID) -> None:
    """It was a mistake: its line says what the others say. Conflict: counting is over, or a surplus was made of it."""
    row = work.get(StocktakeScan, scan_id)
    in_state(work, row.stocktake_id, S.COUNTING)
    if row.stocktake_surplus_id and row.outcome is Met.UNKNOWN:
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
    if row.outcome not in (Met.UNKNOWN, Met.OUTSIDE) or row.put_aside or row.stocktake_surplus_id:
        raise Conflict(NOT_OPEN, code=row.code)
    row.put_aside = True


takes("stocktakes.put_aside", (SCAN,))


@intent(N_("Room is done"), on=StocktakeRoom, name="stocktakes.room_done")
def room_done(work: Work, stocktake_room_id: UUID, done: bool = True) -> None:
    """Everything in it was looked at; or, after all, it was not."""
    row = room_of(work, stocktake_room_id, S.COUNTING)
    if (row.done_on is not None) != done:
        row.done_on = work.today if done else None
