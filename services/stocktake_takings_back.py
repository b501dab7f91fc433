"""Readings are taken back or put aside; a room is done."""

from __future__ import annotations

from uuid import UUID

from models.stocktake import StocktakeRoom, StocktakeState, StocktakeSurplus
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.stocktake_lines import lines_of, retally
from services.stocktake_states import by_turns, in_state
from services.stocktake_teams import room_of

S, Met = StocktakeState, ScanOutcome
NOT_OPEN = N_("{code} was no unknown code, or it was dealt with: it cannot be put aside")
IS_SURPLUS = N_("{code} was entered as surplus {position}: drop that first")
SCAN = FieldSpec("stocktake_scan", "scan_id", Kind.REFERENCE, True, target="stocktake_scan")


@intent(N_("Take back a reading"), on=StocktakeScan, name="stocktakes.take_back_scan")
def take_back_scan(work: Work, scan_id: UUID) -> None:
    """It was a mistake: its line says what the others say. Conflict: counting is over, or a surplus was made of it."""
    row = work.get(StocktakeScan, scan_id)
    by_turns(work, row.stocktake_id)
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
