"""A stocktake of the sample office: one building is being counted by two teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.desk.desk import Desk
from services.desk.listing import View

CLOCKED = timedelta(seconds=40)  # from one reading to the next
COUNTED, FAR = 8, 5  # rooms that were counted to the end; the thing of this line is read in the next room
UNKNOWN = "ZC20190004471"  # a label of no card


def fill(desk: Desk, begun: datetime) -> None:
    """Drafted, begun and counted in part in the first compound, as two collecting devices brought it."""
    home = desk.first(View("compounds"), 1)[0]["id"]
    building = desk.first(View("buildings", filters=(("compound_id", (home,)),)), 1)[0]
    people = desk.first(View("staff", filters=(("compound_id", (home,)),)), 4)
    id: UUID = desk.do(
        "stocktakes.draft", compound_id=home, title=f"2026年度盘点·{building['name']}", base_on=begun.date(),
        due_on=begun.date() + timedelta(days=27), building_id=building["id"],
    ).value  # fmt: skip
    teams = [
        desk.do("stocktakes.team", stocktake_id=id, name=name, counter_id=people[at]["id"],
                supervisor_id=people[at + 1]["id"]).value
        for name, at in (("第一组", 0), ("第二组", 2))
    ]  # fmt: skip
    desk.do("stocktakes.start", stocktake_id=id)
    counted = replace(desk, clock=lambda: begun + timedelta(days=1))
    for team, rows in zip(teams, _readings(desk, id, begun), strict=True):
        counted.do("stocktakes.read_in", stocktake_id=id, team_id=team, rows=rows)


def _readings(desk: Desk, id: UUID, begun: datetime) -> list[list[Any]]:
    """What the devices of both teams read: every second room is the other team's."""
    out: list[list[Any]] = [[], []]
    rooms = [room for room in desk.ask("stocktakes.progress", stocktake_id=id).rooms if room.room_id]
    for at, room in enumerate(rooms[:COUNTED]):
        sheet = desk.ask("stocktakes.room", stocktake_id=id, stocktake_room_id=room.stocktake_room_id)
        for n, line in enumerate(sheet.lines):
            place = rooms[at + 1].room_id if n == FAR else room.room_id
            out[at % 2].append([line.card.number, begun, place, line.card.quantity or 1])
    out[0].append([UNKNOWN, begun, rooms[0].room_id, 1])
    for rows in out:
        for n, row in enumerate(rows):
            row[1] = begun + n * CLOCKED
    return [[tuple(row) for row in rows] for rows in out]
