"""The office of a great stocktake: its books loaded at once, the campaign begun; and one who plays a script at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset, AssetStatus
from models.base import new_id, table
from models.building import Building
from models.room import Room
from models.staff import Staff
from models.stocktake_scan import StocktakeScan
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.listing import View
from services.desk.work import Work
from services.office import EVERYTHING
from tests.great.things import BUILDINGS, FLOORS, KEEPERS, ROOMS, Thing
from tests.services.counting import BASE, SINCE

AT = datetime.combine(BASE, time(8)).astimezone()
Row = Mapping[str, Any]


@intent("T", name="tests.load_great")
def load(work: Work, /, buildings: Iterable[Row], rooms: Iterable[Row], people: Iterable[Row],
         cards: Iterable[Row]) -> None:  # fmt: skip
    """Many at once."""
    for kind, rows in ((Building, buildings), (Room, rooms), (Staff, people), (Asset, cards)):
        work.bulk_insert(kind, rows)


@dataclass
class Great:
    """A great stocktake at a desk: found again by what it is called, so that it can be gone on with anywhere."""

    desk: Desk
    id: UUID
    teams: dict[str, UUID]
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)

    def do(self, name: str, /, **values: Any) -> Any:
        return self.desk.do(f"stocktakes.{name}", stocktake_id=self.id, **values).value

    def ask(self, name: str, /, **values: Any) -> Any:
        return self.desk.ask(f"stocktakes.{name}", stocktake_id=self.id, **values)

    @cached_property
    def rooms(self) -> dict[str, UUID]:
        return {row["number"]: row["id"] for row in self.desk.first(View("rooms"), ROOMS)}

    @cached_property
    def people(self) -> dict[str, UUID]:
        return {row["number"]: row["id"] for row in self.desk.first(View("staff"), 100)}

    def rows(self, kind: type[Any], *names: str) -> list[Any]:
        """Living rows as they are stored."""
        t = table(kind)
        with self.desk.store.reading.connect() as connection:
            return list(connection.execute(sa.select(*(t.c[name] for name in names)).where(t.c.alive)).all())

    # A script

    def play(self, step: Row) -> None:
        """Do one step; the same once more does nothing more."""
        getattr(self, f"_{step['do']}")(step)

    def _file(self, step: Row) -> None:
        rows = [(code, at(second), room, many) for code, second, room, many in step["rows"]]
        self.do("read_in", team_id=self.teams[step["team"]], rows=rows)

    def _scan(self, step: Row) -> None:
        if step["back"] and self._read(step, dead=True):
            return  # it was taken back: sent again it is no new one
        keeper = {} if step["keeper"] is None else {"keeper_id": self.people[f"P{step['keeper']}"]}
        values = {name: step[name] for name in ("code", "quantity", "means", "damaged", "unlabelled")}
        self.do("scan", team_id=self.teams[step["team"]], room_id=self.rooms[str(step["room"])],
                scanned_at=at(step["second"]), **values, **keeper)  # fmt: skip

    def _back(self, step: Row) -> None:
        for id in self._read(step):
            self.desk.do("stocktakes.take_back_scan", scan_id=id)

    def _read(self, step: Row, *, dead: bool = False) -> Sequence[UUID]:
        t = table(StocktakeScan)
        mine = sa.select(t.c.id).where(t.c.stocktake_id == self.id, t.c.team_id == self.teams[step["team"]],
                                       t.c.code == step["code"], t.c.scanned_at == at(step["second"]))  # fmt: skip
        with self.desk.store.reading.connect() as connection:
            return connection.scalars(mine if dead else mine.where(t.c.alive)).all()

    def _surplus(self, step: Row) -> None:
        if waiting := self._waiting(step["code"]):
            given = {name: step[name] for name in ("name", "class_code", "quantity", "value", "basis", "code")}
            paper = {"value_paper": "发票1"} if step["basis"] == "papers" else {}
            self.do("surplus", scan_id=waiting[0].scan_id, **given, **paper)

    def _aside(self, step: Row) -> None:
        for one in self._waiting(step["code"]):
            self.desk.do("stocktakes.put_aside", scan_id=one.scan_id)

    def _waiting(self, code: str) -> list[Any]:
        return [one for one in self.ask("lately", limit=500, waiting=True) if one.code == code]


def at(second: int) -> datetime:
    """When a reading was made."""
    return AT + timedelta(milliseconds=second * 100)


def begun(desk: Desk, every: Sequence[Thing], *, blind: bool = False) -> Great:
    """The books are loaded, the campaign is drafted, two teams of two persons have their rooms, counting begins."""
    made = drafted(desk, every, blind=blind)
    made.do("start")
    assigned(made)
    return made


def drafted(desk: Desk, every: Sequence[Thing], *, blind: bool = False) -> Great:
    """The books are loaded, the campaign is drafted, two teams of two persons are formed."""
    _load(desk, every)
    found = desk.first(View("compounds"), 1)[0]["id"]
    staff = {row["number"]: row["id"] for row in desk.first(View("staff"), 100)}
    draft = desk.do("stocktakes.draft", compound_id=found, title="年度盘点", base_on=BASE, blind=blind)
    made = Great(desk, draft.value, {})
    for name, pair in (("甲", "T0 T1"), ("乙", "T2 T3")):
        one, two = (staff[number] for number in pair.split())
        made.teams[name] = made.do("team", name=name, counter_id=one, supervisor_id=two)
    return made


def assigned(made: Great) -> None:
    """Every team has its rooms."""
    rooms = made.ask("progress").rooms
    for side, team in enumerate(made.teams.values()):
        ids = [room.stocktake_room_id for room in rooms if int(room.room) % 2 == side]
        made.do("assign", stocktake_room_ids=ids, team_id=team)


def found(desk: Desk) -> Great:
    """The campaign that is there."""
    (row,) = desk.first(View("stocktakes"), 2)
    return Great(desk, row["id"], {team["name"]: team["id"] for team in desk.first(View("stocktake_teams"), 9)})


def _load(desk: Desk, every: Sequence[Thing]) -> None:
    compound = desk.do("compounds.add", code="JSL", name="建设路大院").value
    buildings, rooms = [new_id() for _ in range(BUILDINGS)], [new_id() for _ in range(ROOMS)]
    people = [new_id() for _ in range(KEEPERS)]
    here = {"compound_id": compound}
    replace(desk, grants=EVERYTHING).do(
        "tests.load_great",
        buildings=[{**here, "id": id, "code": f"B{n}", "name": f"{n}号楼"} for n, id in enumerate(buildings, 1)],
        rooms=[
            {**here, "id": id, "number": str(n), "floor": str(n * FLOORS // ROOMS + 1),
             "building_id": buildings[n % BUILDINGS]} for n, id in enumerate(rooms)
        ],
        people=[
            *({**here, "id": id, "number": f"P{n}", "name": f"保管人{n}"} for n, id in enumerate(people)),
            *({**here, "id": new_id(), "number": f"T{n}", "name": f"盘点人{n}"} for n in range(4)),
        ],
        cards=[
            {**here, "id": new_id(), "number": one.number, "name": "会议椅" if one.quantity > 1 else "空调机",
             "building_id": buildings[one.room % BUILDINGS], "room_id": rooms[one.room],
             "keeper_id": people[one.keeper], "class_code": one.class_code, "class_edition": "2022",
             "quantity": one.quantity, "cost": one.cost, "status": AssetStatus.IN_USE, "serial": one.serial,
             "entered_on": SINCE} for one in every
        ],
    )  # fmt: skip
