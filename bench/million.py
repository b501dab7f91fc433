"""An encrypted office with a million assets: the sample office, filled up through the desk, kept under `out/bench`."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import resources
import services.registry  # noqa: F401 — the lists people have
from models.asset import Acquisition, Asset, AssetStatus, Depreciation
from services import demo
from services.desk.desk import Desk
from services.desk.intent import Grant, intent
from services.desk.listing import View
from services.desk.store import Store, open_file
from services.desk.work import Work

COUNT, CHUNK, SEED = 1_000_000, 50_000, 20261123
RARE, EVERY = "欧阳䶮", 5_000  # in one of so many rows the keeper has a character that nobody else has
FOLDER = Path(__file__).parents[1] / "out" / "bench"
KEY = hashlib.sha256(b"invented data, for measuring only").digest()
SIGNING = Ed25519PrivateKey.from_private_bytes(KEY)
HALLS = ("主楼", "东配楼", "西配楼", "综合楼", "动力中心", "信息楼", "档案楼", "后勤服务楼", "地下车库")


class Built(NamedTuple):
    """The file, and the seconds it took to fill it; none when it was there already."""

    path: Path
    seconds: float


def build() -> Built:
    """The store for this version of tables and rows: made once, found again by the digest of both."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    part, began = FOLDER / "million.part", time.process_time()
    for left in FOLDER.glob("million.part*"):
        left.unlink()
    store = open_file(part, KEY, new=True)
    store.create()
    path = FOLDER / f"million-{_digest(store)}.db"
    if path.exists():
        store.close()
        part.unlink()
        return Built(path, 0.0)
    for old in FOLDER.glob("million-*"):
        old.unlink()
    try:
        _fill(desk(store))
    finally:
        store.close()
    part.replace(path)
    return Built(path, time.process_time() - began)


def desk(store: Store) -> Desk:
    """Somebody who may do everything in it."""
    return Desk(store, store.enroll(SIGNING), "bench", (Grant(("*",)),))


def open_million() -> Desk:
    """A desk at the store that was built."""
    return desk(open_file(next(FOLDER.glob("million-*.db")), KEY))


def _digest(store: Store) -> str:
    """Changes with any table, index or guard, with the row maker and with the words it draws from."""
    with store.reading.connect() as connection:
        tables = connection.scalars(sa.text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
        parts = "\n".join(tables), Path(__file__).read_text("utf-8"), _words_text()
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _words_text() -> str:
    return resources.path("reference", "sample.json").read_text("utf-8")


@intent("Load assets for measuring", name="bench.load")
def load(work: Work, /, rows: Iterable[Mapping[str, Any]]) -> int:
    """Many assets at once, as an import brings them."""
    return work.bulk_insert(Asset, rows)


def _fill(desk: Desk) -> None:
    """Places, people and the first assets of the sample office, then as many more as are missing."""
    desk.do("office.set_up", code=demo.SITE, name=demo.NAME, account="bench")
    desk.do(demo.fill)
    rooms, staff = desk.first(View("rooms"), 5_000), desk.first(View("staff"), 5_000)
    more = _assets(rooms, staff, COUNT - desk.count(View("assets")))
    while chunk := list(itertools.islice(more, CHUNK)):
        desk.do(load, chunk)


def _assets(rooms: list[dict[str, Any]], staff: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    draw, words = random.Random(SEED), json.loads(_words_text())
    people: dict[Any, list[dict[str, Any]]] = {}
    for person in staff:
        people.setdefault(person["compound_id"], []).append(person)
    for at, kind in enumerate(draw.choices(words["kinds"], [k["share"] for k in words["kinds"]], k=count)):
        room = draw.choice(rooms)
        row = _asset(draw, at, kind) | {"compound_id": room["compound_id"]}
        if draw.random() < 0.6:  # known here by room and person; of the others the register has words only
            keeper = draw.choice(people[room["compound_id"]])
            row |= {"building_id": room["building_id"], "room_id": room["id"], "keeper_id": keeper["id"]}
            yield row | {"unit_id": keeper["unit_id"]}
        else:
            name = RARE if at % EVERY == 0 else draw.choice(words["surnames"]) + draw.choice(words["given"])
            place = f"{draw.choice(HALLS)}{draw.randint(1, 9)}层{draw.randint(101, 940)}室"
            yield row | {"place_text": place, "keeper_text": name}


def _asset(draw: random.Random, at: int, kind: dict[str, Any]) -> dict[str, Any]:
    acquired = date(2011, 1, 1) + timedelta(days=draw.randrange(5_750))
    cost = draw.randrange(kind["low"], kind["high"]) * 100
    return {
        "number": f"B{acquired.year}{at:07d}", "name": kind["name"], "class_code": kind["class_code"],
        "class_edition": "2022", "model": draw.choice(kind["models"]), "serial": f"SN{draw.getrandbits(40):010X}",
        "measure": kind["measure"], "cost": cost, "net_value": cost // 2, "acquired_on": acquired,
        "acquisition": Acquisition.PURCHASE, "status": draw.choice(list(AssetStatus)),
        "depreciation": Depreciation.STRAIGHT_LINE, "life_months": 180 if kind["class_code"].startswith("A05") else 72,
    }  # fmt: skip
