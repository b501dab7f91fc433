"""The file of a collecting device is read in: all of its readings, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import journaled, new_id
from models.building import Building
from models.room import Room
from models.stocktake import Stocktake, StocktakeLine, StocktakeState
from models.stocktake_scan import ScanMeans, ScanOutcome, StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Invalid, UserError
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.stocktake_codes import Met, instant, meet, surplus_of
from services.stocktake_lines import Counted, counted
from services.stocktake_scans import FIELDS
from services.stocktake_states import by_turns, in_state
from services.stocktake_teams import team_of
from services.stocktakes import ME

S, O = StocktakeState, ScanOutcome  # noqa: E741
AT_ONCE = 500
Reading = tuple[str, datetime, "UUID | str | None", int]
NO_ROOM = N_("Line {line}: there is no room {room} here; write its number as in the list of rooms")
SEVERAL = N_("Line {line}: several buildings have a room {room}; write building and room, as in B1/{room}")
WRONG = N_("Line {line}: {problem}")
NOTHING = N_("The file has no readings")


@dataclass(frozen=True)
class ReadIn:
    """What a file brought: how many readings it has, how many of them were there before, and what the others met."""

    readings: int
    twice: int
    outcomes: Mapping[ScanOutcome, int] = field(default_factory=dict)


@intent(N_("Read in the file of a device"), on=StocktakeScan, name="stocktakes.read_in")
def read_in(work: Work, stocktake_id: UUID, team_id: UUID, rows: Sequence[Reading]) -> ReadIn:
    """Readings of one team: code, when, in which room (its number, with several buildings building/number; or its id;
    or nothing), how many pieces. Those that are there, told by code and instant, are passed over.

    Invalid: a line makes no sense; nothing of the file is stored then.
    """
    by_turns(work, stocktake_id)
    found = in_state(work, stocktake_id, S.COUNTING)
    team_of(work, found, team_id)
    if not rows:
        raise Invalid(NOTHING, field=Word("stocktake_scan.rows"))
    made = list(_made(work, found, team_id, rows))
    new = _new(work, found, team_id, made)
    outcomes = _meet(work, found, new)
    names = [name for name in journaled(StocktakeScan) if name != "alive"]
    work.bulk_insert(
        StocktakeScan, ({name: getattr(row, name) for name in names} | {"id": row.id} for _, row in new), len(new)
    )
    return ReadIn(len(rows), len(rows) - len(new), outcomes)


takes("stocktakes.read_in", (
    ME, FieldSpec("stocktake_scan", "team_id", Kind.REFERENCE, True, target="stocktake_team"),
    FieldSpec("stocktake_scan", "rows", Kind.EXTRA, True, many=True),
))  # fmt: skip


def _made(work: Work, found: Stocktake, team_id: UUID, rows: Sequence[Reading]) -> Iterator[tuple[int, StocktakeScan]]:
    """A reading for each line of the file, in no session yet, with the number of the line."""
    rooms = _rooms(work, found)
    for line, (code, at, room, quantity) in enumerate(rows, 1):
        try:
            given = checks.checked_all(FIELDS, {"code": code, "quantity": quantity}, whole=True)
            day = instant(work, at)
        except UserError as error:
            raise Invalid(WRONG, field=Word("stocktake_scan.rows"), line=line, problem=error) from error
        place = _place(rooms, line, room)
        yield line, StocktakeScan(
            id=new_id(), compound_id=found.compound_id, stocktake_id=found.id, team_id=team_id, scanned_at=day,
            outcome=O.UNKNOWN, building_id=place[0], room_id=place[1],
            **given | {"means": ScanMeans.FILE, "damaged": False, "unlabelled": False},
        )  # fmt: skip


def _rooms(work: Work, found: Stocktake) -> Mapping[Any, list[tuple[UUID, UUID]]]:
    """The rooms of the compound by all that may be written for them."""
    out = dict[Any, list[tuple[UUID, UUID]]]()
    every = (
        sa.select(Room.id, Room.number, Room.building_id, Building.code, Building.name)
        .join(Building, Building.id == Room.building_id).where(Room.compound_id == found.compound_id)
    )  # fmt: skip
    for id, number, building, code, name in work.session.execute(every):
        for key in {id, checks.number(number), *(checks.number(f"{of}/{number}") for of in (code, name))}:
            out.setdefault(key, []).append((building, id))
    return out


def _place(rooms: Mapping[Any, list[tuple[UUID, UUID]]], line: int, room: UUID | str | None) -> tuple[Any, Any]:
    if room is None or room == "":
        return None, None
    known = rooms.get(checks.number(room) if isinstance(room, str) else room, [])
    if len(known) != 1:
        raise Invalid(SEVERAL if known else NO_ROOM, field=Word("stocktake_scan.rows"), line=line, room=room)
    return known[0]


def _new(
    work: Work, found: Stocktake, team_id: UUID, made: Sequence[tuple[int, StocktakeScan]]
) -> list[tuple[int, StocktakeScan]]:
    """Those that are not there yet, each once, in the order they were read."""
    times = [row.scanned_at for _, row in made]
    scan = StocktakeScan
    there = sa.select(scan.code, scan.scanned_at).where(
        scan.stocktake_id == found.id, scan.team_id == team_id, scan.scanned_at.between(min(times), max(times))
    )
    known, out = {(row.code, row.scanned_at) for row in work.session.execute(there)}, list[tuple[int, StocktakeScan]]()
    for line, row in sorted(made, key=lambda one: (one[1].scanned_at, one[0])):
        if (key := (row.code, row.scanned_at)) not in known:
            known.add(key)
            out.append((line, row))
    return out


def _meet(work: Work, found: Stocktake, new: Sequence[tuple[int, StocktakeScan]]) -> Mapping[ScanOutcome, int]:
    """Every reading meets its line; the lines say what was counted."""
    by_number = _lines(work, found, {checks.number(row.code) for _, row in new})
    met = dict[str, Met]()
    for line, row in new:
        code = checks.number(row.code)
        if code not in met:
            try:
                met[code] = Met(by_number[code]) if code in by_number else meet(work, found.id, found.compound_id, code)
            except UserError as error:
                raise Invalid(WRONG, field=Word("stocktake_scan.rows"), line=line, problem=error) from error
    lines = {one.line.id: one.line for one in met.values() if one.line}
    counts: dict[UUID, Counted] = {one.line.id: one for one in counted(work, list(lines.values()))}
    for _, row in new:
        one = met[checks.number(row.code)]
        row.asset_id = one.card
        if one.line:
            row.outcome = counts[one.line.id].meets(row)
        elif one.asset_id:
            row.outcome = O.OUTSIDE
        elif surplus := surplus_of(work, found.id, row.code):
            row.outcome, row.stocktake_surplus_id = O.AGAIN, surplus
    for known in counts.values():
        known.tell()
    return Counter(row.outcome for _, row in new)


def _lines(work: Work, found: Stocktake, numbers: set[str]) -> Mapping[str, StocktakeLine]:
    wanted, out = sorted(numbers), dict[str, StocktakeLine]()
    for start in range(0, len(wanted), AT_ONCE):
        part = StocktakeLine.number.in_(wanted[start : start + AT_ONCE])
        rows = work.session.scalars(sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == found.id, part))
        out |= {row.number: row for row in rows}
    return out
