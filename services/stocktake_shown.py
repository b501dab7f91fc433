"""Reads lines and readings of a stocktake as its lists show them: names come from there, on a server too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.stocktake import Stocktake, StocktakeLine, StocktakeSurplus
from models.stocktake_scan import StocktakeScan
from services.desk.errors import STOPPED, Cancelled
from services.desk.faults import goes_on
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.stocktake_facts import Card, Line, Scanned

AT_ONCE = 500
Row = Mapping[str, Any]
# Names of words as they are shown, and those of their columns.
CARD = {name: name for name in ("number", "name", "model", "serial", "measure")}
BOOK = {"building": "building", "floor": "room_floor", "room": "room", "unit": "unit", "keeper": "keeper"}
FOUND = {name: f"found_{column}" for name, column in BOOK.items() if name != "unit"}
READ = {name: column for name, column in BOOK.items() if name != "unit"} | {"word": "word", "team": "team"}


def lines(session: Session, found: Stocktake, *where: Any) -> list[Line]:
    """The lines of a stocktake that fit, in the order they are walked."""
    line = StocktakeLine
    ns = list(session.scalars(sa.select(line.n).where(line.stocktake_id == found.id, *where).order_by(line.n)))
    return [_line(row) for row in _page(session, View("stocktake_lines"), ns)]


def _page(session: Session, view: View, ns: list[int]) -> Iterator[Row]:
    """A few at a time; Cancelled: nobody wants them any more."""
    reader, tell = Reader(cast("DeskSession", session), view), session.info.get("tell", goes_on)
    for start in range(0, len(ns), AT_ONCE):
        if not tell(start, len(ns)):
            raise Cancelled(STOPPED)
        yield from reader.page(ns[start : start + AT_ONCE])


def _line(row: Row) -> Line:
    card = Card(row["id"], row["asset_id"], quantity=row["quantity"], **_texts(row, "", CARD, BOOK))
    said = {name: row[name] for name in ("result", "counted", "counted_at", "damaged", "unlabelled")}
    return Line(card, **said, **_texts(row, "", {"word": "found_word", "left_by": "left_by"}, FOUND))


def _texts(row: Row, ahead: str, *named: Mapping[str, str]) -> dict[str, Any]:
    """The words of a row, by the names they have where they are shown; nothing is an empty word."""
    return {shown: row[f"{ahead}{name}"] or "" for names in named for shown, name in names.items()}


def surpluses(session: Session, rows: Sequence[StocktakeSurplus]) -> Mapping[UUID, Row]:
    """Surpluses as their list shows them, by their ids."""
    return {row["id"]: row for row in _page(session, View("stocktake_surpluses"), [row.n for row in rows])}


def scanned(session: Session, found: Stocktake, row: StocktakeScan) -> Scanned:
    """One reading, with its number in the round of its team that day."""
    session.flush()
    return scans(session, found, StocktakeScan.id == row.id, nth=_nth(session, row))[0]


def _nth(session: Session, row: StocktakeScan) -> int:
    day = datetime.combine(row.scanned_at.astimezone().date(), time()).astimezone(UTC)
    scan = StocktakeScan
    mine = sa.select(sa.func.count(scan.id)).where(
        scan.stocktake_id == row.stocktake_id, scan.scanned_at >= day, scan.scanned_at <= row.scanned_at,
        scan.team_id == row.team_id,
    )  # fmt: skip
    return session.scalar(mine) or 0


def scans(session: Session, found: Stocktake, *where: Any, limit: int | None = None, nth: int = 0) -> list[Scanned]:
    """The readings of a stocktake that fit, the last first."""
    scan = StocktakeScan
    picked = sa.select(scan.n).where(scan.stocktake_id == found.id, *where)
    ns = list(session.scalars(picked.order_by(scan.scanned_at.desc(), scan.n.desc()).limit(limit)))
    rows = list(_page(session, View("stocktake_scans"), ns))
    named, known = list({row["asset_id"] for row in rows if row["asset_id"]}), dict[UUID, Line]()
    for start in range(0, len(named), AT_ONCE):
        some = lines(session, found, StocktakeLine.asset_id.in_(named[start : start + AT_ONCE]))
        known |= {line.card.asset_id: line for line in some}
    return [_scan(row, known.get(row["asset_id"]), nth) for row in rows]


def _scan(row: Row, line: Line | None, nth: int) -> Scanned:
    own = ("code", "outcome", "quantity", "damaged", "unlabelled", "put_aside", "team_id", "building_id", "room_id",
           "keeper_id")  # fmt: skip
    return Scanned(
        row["id"], line=line.card if line else _outside(row), result=line.result if line else None,
        counted=line.counted if line else None, at=row["scanned_at"], nth=nth, surplus_id=row["stocktake_surplus_id"],
        **{name: row[name] for name in own}, **_texts(row, "", READ),
    )  # fmt: skip


def _outside(row: Row) -> Card | None:
    """A card that is not on the stocktake."""
    if not row["asset_id"]:
        return None
    return Card(None, row["asset_id"], quantity=None, **_texts(row, "asset_", CARD))
