"""A desk in memory with as many assets as a test wants: what the window kit needs of the real one."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.asset import Asset
from services.desk.desk import Done
from services.desk.listing import LISTINGS, Listing, View, listing
from services.desk.names import Named
from services.desk.schema import Kind
from services.desk.trail import Step
from ui.kit.screen import Act, Col, Screen, Section

THINGS = (
    "联想 启天 台式电脑", "格力 壁挂式空调", "惠普 激光打印机", "海康威视 监控摄像机", "震旦 文件柜",
    "华为 交换机 S5735", "明基 投影仪", "戴尔 笔记本电脑", "山特 不间断电源", "震旦 办公桌", "曙光 服务器",
    "安吉尔 饮水机", "美的 壁挂式空调",
)  # fmt: skip
PEOPLE = ("王建国", "李秀英", "张伟", "陈静", "刘洋", "赵磊", "周敏", "吴超", "徐勇", "孙丽", "马强")
STATES = ("in_use", "in_use", "repair", "in_use", "to_dispose", "lent", "idle")
PLACES = ("1号楼", "2号楼", "3号楼", "会议中心", "南门岗亭")
CLASSES = ("信息设备", "空调设备", "安防设备", "办公家具", "通信设备")

if "pretended" not in LISTINGS:
    listing(Listing("pretended", Asset, sorts=("number", "name", "cost", "acquired_on", "status"), sums=("cost",)))

SCREEN = Screen(
    name="assets",
    title="Assets of the office",
    icon="package",
    listing="pretended",
    entity="asset",
    columns=(
        Col("name", second="number", tile="package"),
        Col("class_code", 98),
        Col("room_id", 150),
        Col("status", 100, pill={"in_use": "ok", "repair": "warn", "to_dispose": "bad", "lent": "info"}),
        Col("cost", 124),
        Col("keeper_id", 96),
    ),
    filters=("status", "class_code", "keeper_id", "acquired_on", "cost"),
    form=(
        Section("Basics", "What it is.", ("name", 4), ("number", 2), ("class_code", 3), ("model", 2), ("quantity", 1)),
        Section("Value", "What was paid for it.", "cost", "acquisition", "acquired_on"),
        Section("Place and use", "Where it stands.", "room_id", "unit_id", "keeper_id", ("note", 6)),
    ),
    add="assets.register",
    revise="assets.revise",
    acts=(
        Act("assets.export", "download", "Export", on="none"),
        Act("assign", "arrow-right-left", "Assign to…", on="many"),
        Act("assets.register", "plus", "New asset", on="none", primary=True),
    ),
    facts=("room_id", "keeper_id", "cost", "net_value", "acquired_on", "serial", "model"),
    empty="Bring in a register or write down the first asset.",
)


def person(at: int) -> UUID:
    """The id of a person of the fake office."""
    return UUID(int=0xA000 + at)


@dataclass
class FakeDesk:
    """`holding` keeps answers back until released; `broken` is raised by every read, `refusal` by every write."""

    size: int = 100
    account: str = "tester"
    broken: Exception | None = None
    refusal: Exception | None = None
    calls: list[str] = field(default_factory=list)
    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    steps: int = 0
    tell: Callable[[int, int], bool] = lambda done, total: True
    free: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.free.set()

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Reads inside wait until the block ends."""
        self.free.clear()
        try:
            yield
        finally:
            self.free.set()

    def row(self, n: int) -> dict[str, Any]:
        """The asset with this local number."""
        made = {
            "id": UUID(int=n), "n": n, "number": f"ZC{2010 + n % 15}{n:07d}", "name": THINGS[n % len(THINGS)],
            "status": STATES[n % len(STATES)], "cost": (n * 7919) % 5_000_000 + 10_000, "net_value": None,
            "acquired_on": date(2015, 1, 1) + timedelta(days=n % 3000), "keeper_id": person(n % len(PEOPLE)),
            "keeper": PEOPLE[n % len(PEOPLE)], "room_id": UUID(int=0xB000 + n % 5),
            "room": f"{PLACES[n % 5]} · {n % 9 + 1}0{n % 8 + 1}室", "class_code": "A02010105",
            "class_name": CLASSES[n % 5], "serial": f"SN-{n:06d}", "model": None, "quantity": 1, "note": None,
            "acquisition": "purchase", "unit_id": None, "unit": None,
            "extra": {"供应商": "本地服务站"} if n % 2 else None,
        }  # fmt: skip
        return made | self.changed.get(n, {})

    def _read(self, name: str) -> None:
        assert threading.current_thread() is not threading.main_thread(), "the window called the desk itself"
        self.calls.append(name)
        self.free.wait(10)
        if self.broken is not None:
            raise self.broken

    def _matching(self, view: View) -> Sequence[int]:
        every = range(1, self.size + 1)
        if not (view.search or view.filters or view.sort or self.gone or view.descending):
            return every
        columns = LISTINGS[view.listing].columns
        found = [n for n in every if n not in self.gone and self._fits(self.row(n), view, columns)]
        if view.sort:
            found.sort(key=lambda n: (self.row(n)[view.sort], n), reverse=view.descending)
        return found

    def _fits(self, row: dict[str, Any], view: View, columns: dict[str, Any]) -> bool:
        if view.search and view.search not in row["name"] + row["number"]:
            return False
        for name, values in view.filters:
            if columns[name].kind in (Kind.MONEY, Kind.DATE):
                low, high = values
                if (low is not None and row[name] < low) or (high is not None and row[name] > high):
                    return False
            elif row[name] not in values:
                return False
        return True

    def count(self, view: View) -> int:
        self._read("count")
        return len(self._matching(view))

    def ids(self, view: View) -> array[int]:
        self._read("ids")
        return array("q", self._matching(view))

    def first(self, view: View, limit: int) -> list[dict[str, Any]]:
        self._read("first")
        return [self.row(n) for n in self._matching(view)[:limit]]

    def page(self, listing: str, ns: Sequence[int]) -> list[dict[str, Any]]:
        self._read("page")
        return [self.row(n) for n in ns if n not in self.gone]

    def sums(self, view: View) -> dict[str, int]:
        self._read("sums")
        return {"cost": sum(self.row(n)["cost"] for n in self._matching(view)[:1000])}

    def find(self, target: str, text: str, limit: int = 20, *, ended: bool = False, **within: UUID) -> list[Named]:
        self._read(f"find {target} {text}")
        if target == "staff":
            every = [Named(person(i), f"P{i:03d}", name) for i, name in enumerate(PEOPLE)]
        elif target == "asset_class":
            every = [Named(f"A0201{i:04d}", f"A0201{i:04d}", name) for i, name in enumerate(CLASSES)]
        else:
            every = [Named(UUID(int=0xB000 + i), f"C01/{place}", place) for i, place in enumerate(PLACES)]
        return [n for n in every if text in n.number or text in n.label][:limit]

    def names(self, target: str, ids: Sequence[UUID]) -> dict[UUID, Named]:
        self._read(f"names {target}")
        return {id: Named(id, "P", PEOPLE[id.int - 0xA000]) for id in ids}

    def history(self, entity: str, id: UUID) -> list[Step]:
        self._read("history")
        made: dict[str, list[Any]] = {
            "name": [None, "格力 壁挂式空调"],
            "cost": [None, 329900],
            "status": [None, "in_use"],
        }
        moved: dict[str, list[Any]] = {"keeper_id": [person(0).hex, person(1).hex], "status": ["in_use", "repair"]}
        wall = "2026-11-2{}T01:14:00.000000+00:00"
        return [
            Step(UUID(int=1), wall.format(1), "admin", "assets.register", "", True, made),
            Step(UUID(int=2), wall.format(2), "tester", "assets.revise", "", False, moved),
        ]

    def may(self, needs: str) -> bool:
        return needs not in ("assets.forbidden", "saved_filters.save")

    def having(self, *, tell: Callable[[int, int], bool] | None = None, reason: str = "") -> FakeDesk:
        self.tell = tell or self.tell
        return self

    def do(self, intent: str, /, **values: Any) -> Done[Any]:
        assert threading.current_thread() is not threading.main_thread(), "the window called the desk itself"
        self.calls.append(f"do {intent}")
        self.free.wait(10)
        for step in range(self.steps):
            if not self.tell(step, self.steps):
                from services.desk.errors import Cancelled

                raise Cancelled("Stopped; nothing was changed.")
        if self.refusal is not None:
            raise self.refusal
        self.done.append((intent, values))
        return Done(UUID(int=9), UUID(int=10), frozenset({"asset"}))
