"""A printed sheet is typed in: every line proves by the end of the number on the label that the thing was seen.

Lines of a stocktake have a position of their own, the same on every sheet it is printed on. Within a room they stand by
name and model, not by number: what is written on one label tells nothing of the next.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import journaled, new_id
from models.stocktake import Stocktake, StocktakeLine, StocktakeRoom, StocktakeState
from models.stocktake_scan import ScanMeans, ScanOutcome, StocktakeScan
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid, UserError
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.stocktake_codes import Met, instant, meet, surplus_of
from services.stocktake_devices import ReadIn
from services.stocktake_lines import Counted, counted
from services.stocktake_scans import FIELDS
from services.stocktake_states import by_turns, in_state, placed
from services.stocktake_teams import team_of
from services.stocktakes import ME

S, O = StocktakeState, ScanOutcome  # noqa: E741
AT_ONCE = 500
LAST = 3  # characters of the number that are written from the label
ROWS = Word("stocktake_scan.rows")
NOTHING = N_("The sheet has no lines; enter what is written on it")
NO_POSITION = N_("Line {line}: the sheets of this stocktake have no number {position}; they run from 1 to {last}")
NOT_ITS_END = N_(
    "Line {line}: the label of number {position} does not end in {code}. Look at the label once more and correct the "
    "sheet; if another thing stands there, enter its whole number without a position"
)
TWICE = N_("Line {line}: number {position} is on this sheet twice; add the pieces up in one line")
ENTERED = N_("Line {line}: number {position} was typed in from a sheet before; if it was wrong, take that back first")
WRONG = N_("Line {line}: {problem}")


class SheetRow(NamedTuple):
    """A line as it stands on the sheet: the position of the thing, what is written of its number, how many pieces, and
    what else was seen. Without a position it is something the sheet does not list: `code` is its whole number (or
    serial number), and it was seen in `room_id`."""

    position: int | None
    code: str
    quantity: int = 1
    damaged: bool = False
    unlabelled: bool = False
    word: str | None = None
    room_id: UUID | None = None


def positions(session: Session, stocktake_id: UUID) -> dict[UUID, int]:
    """The position of every line on the sheets, from 1 on, by its id: in the order of the rooms, there by name and
    model. It stays as it is from the freezing of the books on."""
    line, room = StocktakeLine, StocktakeRoom
    found = session.execute(
        sa.select(line.id, line.name, line.model, room.position).outerjoin(room, room.id == line.stocktake_room_id)
        .where(line.stocktake_id == stocktake_id)
    )  # fmt: skip
    order = sorted(found, key=lambda row: (row.position or 0, row.name, row.model or "", _shuffled(row.id)))
    return {row.id: n for n, row in enumerate(order, 1)}


def _shuffled(id: UUID) -> bytes:
    """Things that look alike stand in an order that says nothing of their numbers, and is always the same."""
    return hashlib.sha256(id.bytes).digest()


@intent(N_("Type in a printed sheet"), on=StocktakeScan, name="stocktakes.enter_sheet")
def enter_sheet(
    work: Work, stocktake_id: UUID, team_id: UUID, rows: Sequence[Sequence[Any]], counted_at: datetime | None = None
) -> ReadIn:
    """What a team wrote on a sheet (each row as `SheetRow`), counted at an instant, else now. All of it or nothing.

    Invalid: a line makes no sense, or what is written is not the end of the number; Conflict: it was typed in before,
    or counting is over.
    """
    by_turns(work, stocktake_id)
    found = in_state(work, stocktake_id, S.COUNTING)
    team_of(work, found, team_id)
    if not rows:
        raise Invalid(NOTHING, field=ROWS)
    written = [SheetRow(*row) for row in rows]
    named = _named(work, found, written)
    at, made = instant(work, counted_at) or work.now, list[tuple[StocktakeScan, Met]]()
    for n, row in enumerate(written, 1):
        line = named.get(n)
        try:
            made.append(_read(work, found, team_id, row, line, at + timedelta(microseconds=n)))
        except UserError as error:
            raise Invalid(WRONG, field=ROWS, line=n, problem=error) from error
    outcomes = _meet(work, found, made)
    names = [name for name in journaled(StocktakeScan) if name != "alive"]
    new = ({name: getattr(row, name) for name in names} | {"id": row.id} for row, _ in made)
    work.bulk_insert(StocktakeScan, new, len(made))
    return ReadIn(len(made), 0, outcomes)


takes("stocktakes.enter_sheet", (
    ME, FieldSpec("stocktake_scan", "team_id", Kind.REFERENCE, True, target="stocktake_team"),
    FieldSpec("stocktake_scan", "rows", Kind.EXTRA, True, many=True),
    FieldSpec("stocktake_scan", "counted_at", Kind.INSTANT, False),
))  # fmt: skip


def _named(work: Work, found: Stocktake, rows: Sequence[SheetRow]) -> Mapping[int, StocktakeLine]:
    """The line each row with a position is about, by the number of the row: what is written proves it."""
    order = {position: id for id, position in positions(work.session, found.id).items()}
    wanted = {n: row for n, row in enumerate(rows, 1) if row.position is not None}
    seen = set[int]()
    for n, row in wanted.items():
        if row.position not in order:
            raise Invalid(NO_POSITION, field=ROWS, line=n, position=row.position, last=len(order))
        if row.position in seen:
            raise Invalid(TWICE, field=ROWS, line=n, position=row.position)
        seen.add(row.position)
    ids = [order[row.position] for row in wanted.values() if row.position is not None]
    lines, before = {line.id: line for line in _lines(work, ids)}, _entered(work, found)
    named = dict[int, StocktakeLine]()
    for n, row in wanted.items():
        line = named[n] = lines[order[row.position or 0]]
        if not _proves(row.code, line):
            raise Invalid(NOT_ITS_END, field=ROWS, line=n, position=row.position, code=row.code)
        if (line.asset_id, line.room_id) in before:
            raise Conflict(ENTERED, field=ROWS, line=n, position=row.position)
    return named


def _proves(code: str, line: StocktakeLine) -> bool:
    """Whether it is the end of the number, the whole of it, or the serial number: none of them is on the sheet."""
    written = checks.number(str(code))
    serial = checks.number(line.serial) if line.serial else None
    return bool(written) and written in (line.number[-LAST:], line.number, serial)


def _lines(work: Work, ids: Sequence[UUID]) -> Iterator[StocktakeLine]:
    for start in range(0, len(ids), AT_ONCE):
        yield from work.session.scalars(
            sa.select(StocktakeLine).where(StocktakeLine.id.in_(ids[start : start + AT_ONCE]))
        )


def _entered(work: Work, found: Stocktake) -> set[tuple[UUID | None, UUID | None]]:
    """What was typed in from sheets: card and room."""
    scan = StocktakeScan
    typed = sa.select(scan.asset_id, scan.room_id).where(
        scan.stocktake_id == found.id, scan.means == ScanMeans.SHEET, scan.asset_id.is_not(None)
    )
    return {(row.asset_id, row.room_id) for row in work.session.execute(typed)}


def _read(
    work: Work, found: Stocktake, team_id: UUID, row: SheetRow, line: StocktakeLine | None, at: datetime
) -> tuple[StocktakeScan, Met]:
    """The reading a row stands for, in no session yet, and what it meets."""
    given = {"code": line.number if line else row.code, "quantity": row.quantity, "damaged": row.damaged,
             "unlabelled": row.unlabelled, "word": row.word, "means": ScanMeans.SHEET,
             "building_id": line.building_id if line else None,
             "room_id": line.room_id if line else row.room_id}  # fmt: skip
    scan = StocktakeScan(
        id=new_id(), compound_id=found.compound_id, stocktake_id=found.id, team_id=team_id, scanned_at=at,
        outcome=O.UNKNOWN, **checks.checked_all(FIELDS, given, whole=True),
    )  # fmt: skip
    if line is None:
        placed(work, scan, ("building_id", "room_id"))
    return scan, Met(line) if line else meet(work, found.id, found.compound_id, scan.code)


def _meet(work: Work, found: Stocktake, made: Sequence[tuple[StocktakeScan, Met]]) -> Mapping[ScanOutcome, int]:
    """Every reading meets its line; the lines say what was counted."""
    lines = {met.line.id: met.line for _, met in made if met.line}
    counts: dict[UUID, Counted] = {one.line.id: one for one in counted(work, list(lines.values()))}
    for row, met in made:
        row.asset_id = met.card
        if met.line:
            row.outcome = counts[met.line.id].meets(row)
        elif met.asset_id:
            row.outcome = O.OUTSIDE
        elif surplus := surplus_of(work, found.id, row.code):
            row.outcome, row.stocktake_surplus_id = O.AGAIN, surplus
    for known in counts.values():
        known.tell()
    return Counter(row.outcome for row, _ in made)
