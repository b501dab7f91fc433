"""What the sheet of a room reads, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from services.desk.listing import View
from services.rights import Rights
from services.room_sheets import RoomSheet
from ui import asks

if TYPE_CHECKING:
    from services.desk.desk import Desk


@dataclass(frozen=True)
class Seen:
    """What the sheet shows; what somebody may not read is None."""

    sheet: RoomSheet
    rights: Rights | None
    row: dict[str, Any] | None
    assets: int | None


def read(room: UUID, on: date, desk: Desk) -> Seen:
    """The room as on a day, with what of it somebody may read."""
    sheet = cast("RoomSheet", desk.ask("occupancies.room", room_id=room, on=on))
    rights = (
        desk.ask("rights.on", building_id=sheet.building_id, room_id=room, on=on) if desk.may("rights.on") else None
    )
    inside = (("building_id", (sheet.building_id,)), ("number", (sheet.number,)))
    rows = desk.first(View("rooms", filters=inside), 1) if desk.may("rooms.list") else []
    mine = View("assets", filters=(("room_id", (room,)),))
    return Seen(sheet, rights, next(iter(rows), None), desk.count(mine) if desk.may("assets.list") else None)


def inside(room: UUID, desk: Desk) -> list[UUID]:
    """Everything that stands in it."""
    return asks.ids_of(View("assets", filters=(("room_id", (room,)),)), desk)


def occupancy(number: str, desk: Desk) -> dict[str, Any] | None:
    """The row of a use, by its number."""
    return next(iter(desk.first(View("occupancies", filters=(("number", (number,)),)), 1)), None)
