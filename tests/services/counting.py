"""A small office that counts its things: rooms, cards and two teams, and short words for what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from models.base import GLOBAL
from services.desk.desk import Desk
from services.desk.listing import View
from services.stocktake_sheet import Equation, Progress, Scanned
from tests.services.people import Office, found

TODAY = datetime.now(UTC).astimezone().date()
BASE = TODAY - timedelta(days=1)
SINCE = date(2020, 1, 1)


@dataclass
class Count:
    """A stocktake of an office, being counted."""

    office: Office
    rooms: dict[str, UUID] = field(default_factory=dict)
    cards: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    id: UUID = GLOBAL
    teams: dict[str, UUID] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.office.desk

    def at(self, day: date) -> datetime:
        """Noon of a day."""
        return datetime.combine(day, time(12)).astimezone()

    def do(self, name: str, /, **values: Any) -> Any:
        return self.desk.do(f"stocktakes.{name}", **values).value

    def ask(self, name: str, /, **values: Any) -> Any:
        return self.desk.ask(f"stocktakes.{name}", stocktake_id=self.id, **values)

    def rows(self, listing: str, **values: Any) -> list[dict[str, Any]]:
        filters = tuple((name, (value,)) for name, value in ({"stocktake_id": self.id} | values).items())
        return self.desk.first(View(listing, filters=filters), 500)

    def scan(self, code: str, room: str = "301", team: str = "甲", **values: Any) -> Scanned:
        place = {"room_id": self.rooms[room]} if room else {}
        made: Scanned = self.do("scan", stocktake_id=self.id, team_id=self.teams[team], code=code, **place, **values)
        return made

    def progress(self) -> Progress:
        made: Progress = self.ask("progress")
        return made

    def equation(self) -> Equation:
        made: Equation = self.ask("equation")
        return made

    def line(self, number: str) -> dict[str, Any]:
        (row,) = self.rows("stocktake_lines", number=number)
        return row

    def result(self, number: str) -> tuple[str, int | None]:
        """Of a line: what the count says of it, and how many pieces."""
        row = self.line(number)
        return row["result"].value, row["counted"]

    def begin(self, **scope: Any) -> Count:
        """Drafts it, forms the teams and freezes the books."""
        given = {"compound_id": self.office.compound, "title": "年度盘点", "base_on": BASE} | scope
        self.id = self.do("draft", **given)
        self.teams = {
            name: self.do("team", stocktake_id=self.id, name=name, counter_id=self.people[one],
                          supervisor_id=self.people[two])
            for name, one, two in (("甲", "陈静", "刘洋"), ("乙", "赵磊", "王建国"))
        }  # fmt: skip
        self.do("start", stocktake_id=self.id)
        return self


CARDS = (  # number, name, class, room, quantity, cost in fen, serial
    ("ZC-1", "空调机", "A02061804", "301", 1, 329900, "SN-1"),
    ("ZC-2", "台式计算机", "A02010105", "301", 1, 500001, "SN-2"),
    ("ZC-3", "会议椅", "A05010303", "301", 10, 100003, None),
    ("ZC-4", "办公桌", "A05010201", "302", 1, 80000, None),
    ("ZC-5", "空调机", "A02061804", "302", 1, None, "SN-5"),
    ("ZC-6", "会议椅", "A05010303", "", 4, 20000, None),
)


def counting(desk: Desk) -> Count:
    """The office with its cards, in the name of 李秀英; nothing is drafted yet."""
    office = found(desk)
    made = Count(office)
    add = office.add
    made.rooms = {"302": office.room} | {
        number: add("rooms", compound_id=office.compound, building_id=office.building, number=number, floor=number[0])
        for number in ("301", "401")
    }
    made.people = {"李秀英": office.giver, "王建国": office.taker, "赵磊": office.witness} | {
        name: add("staff", compound_id=office.compound, number=name, name=name, unit_id=office.unit)
        for name in ("陈静", "刘洋")
    }
    for number, name, code, room, quantity, cost, serial in CARDS:
        place = {"room_id": made.rooms[room]} if room else {}
        made.cards[number] = office.asset(
            name, number=number, class_code=code, quantity=quantity, cost=cost, serial=serial, entered_on=SINCE, **place
        )
    return made
