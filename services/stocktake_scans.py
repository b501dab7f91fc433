"""Things are counted: every reading is kept as it was made, and says at once what it means for its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from models.stocktake import Stocktake, StocktakeState
from models.stocktake_scan import ScanMeans, ScanOutcome, StocktakeScan
from resources.words import N_
from services import checks
from services.desk.intent import intent
from services.desk.schema import describe
from services.desk.work import Work
from services.stocktake_codes import instant, meet, surplus_of
from services.stocktake_facts import Scanned
from services.stocktake_lines import counted
from services.stocktake_shown import scanned
from services.stocktake_states import by_turns, in_state, placed
from services.stocktake_takings_back import take_back_scan
from services.stocktake_teams import team_of

S, Met = StocktakeState, ScanOutcome
OWN = ("code", "means", "building_id", "room_id", "keeper_id", "quantity", "damaged", "unlabelled", "word")
FIELDS = {name: describe(StocktakeScan)[name] for name in OWN}
FIELDS |= {"quantity": replace(FIELDS["quantity"], required=True, least=1)}


@intent(N_("Count a thing"), on=StocktakeScan, name="stocktakes.scan")
def scan(
    work: Work, stocktake_id: UUID, team_id: UUID, code: str, *, room_id: UUID | None = None,
    building_id: UUID | None = None, quantity: int = 1, means: ScanMeans = ScanMeans.SCANNER,
    keeper_id: UUID | None = None, damaged: bool = False, unlabelled: bool = False, word: str | None = None,
    scanned_at: datetime | None = None, stocktake_scan_id: UUID | None = None,
) -> Scanned:  # fmt: skip
    """A team has a thing before it: `code` as it was read, standing in a room (or only a building), so many pieces;
    what it met. The same reading once more, told by team, code and `scanned_at`, is the one that is there; what says
    more of an earlier reading (`stocktake_scan_id`) stands in its place.

    Conflict: counting is over, or several cards have this serial number. Invalid: the code is empty.
    """
    by_turns(work, stocktake_id)
    found = in_state(work, stocktake_id, S.COUNTING)
    team_of(work, found, team_id)
    given = {"code": code, "room_id": room_id, "building_id": building_id, "quantity": quantity, "means": means,
             "keeper_id": keeper_id, "damaged": damaged, "unlabelled": unlabelled, "word": word}  # fmt: skip
    row = StocktakeScan(
        compound_id=found.compound_id, stocktake_id=found.id, team_id=team_id, outcome=Met.UNKNOWN,
        scanned_at=instant(work, scanned_at) or work.now, **checks.checked_all(FIELDS, given, whole=True),
    )  # fmt: skip
    if scanned_at and (there := _there(work, row)):
        return scanned(work.session, found, there)
    if stocktake_scan_id:
        take_back_scan(work, stocktake_scan_id)
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


def _there(work: Work, row: StocktakeScan) -> StocktakeScan | None:
    """The same reading of the same team at the same instant."""
    scan, same = StocktakeScan, ("stocktake_id", "team_id", "scanned_at", "code")
    found = sa.select(scan).where(*(getattr(scan, name) == getattr(row, name) for name in same))
    return work.session.scalar(found.limit(1))
