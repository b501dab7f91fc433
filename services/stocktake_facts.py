"""Lines and readings of a stocktake as they are shown: what they say, with the names of places and persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.stocktake import CountResult
from models.stocktake_scan import ScanOutcome


@dataclass(frozen=True)
class Card:
    """A card as the books of the stocktake say. Of a card that is not on it only what it is, without a `line_id` and a
    `quantity`, which is None too as long as it is counted blind."""

    line_id: UUID | None
    asset_id: UUID
    number: str
    name: str
    model: str
    serial: str
    measure: str
    quantity: int | None
    building: str = ""
    floor: str = ""
    room: str = ""
    unit: str = ""
    keeper: str = ""


@dataclass(frozen=True)
class Where:
    """Where something is, in words; empty as far as nobody knows."""

    building: str = ""
    floor: str = ""
    room: str = ""


@dataclass(frozen=True)
class Line:
    """A line as it stands: the card, and what was counted when, where and with whom."""

    card: Card
    result: CountResult
    counted: int | None
    counted_at: datetime | None
    building: str
    floor: str
    room: str
    keeper: str
    damaged: bool
    unlabelled: bool
    word: str
    left_by: str


@dataclass(frozen=True)
class Scanned:
    """A reading and what it met: `line` is the card it names, where one may be told — of an outcome OUTSIDE a card that
    is not on this stocktake; `result` and `counted` what its line says now. `building`, `floor`, `room` and `keeper`
    (and their ids) are where and with whom it was read; `nth` counts the readings of its team on that day, 0 in a list
    of many."""

    scan_id: UUID
    code: str
    outcome: ScanOutcome
    line: Card | None
    result: CountResult | None
    counted: int | None
    quantity: int
    building: str
    floor: str
    room: str
    keeper: str
    damaged: bool
    unlabelled: bool
    word: str
    team: str
    at: datetime
    nth: int
    put_aside: bool
    surplus_id: UUID | None
    team_id: UUID
    building_id: UUID | None
    room_id: UUID | None
    keeper_id: UUID | None
