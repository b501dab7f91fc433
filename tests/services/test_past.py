"""Lists as they were: added, revised and removed on one day, looked at on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.asset import Asset
from models.base import entities
from services import demo
from services.desk import keys
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.intent import Grant, intent
from services.desk.listing import LISTINGS, View
from services.desk.work import Work
from services.office import EVERYTHING
from tests.services.people import Office, found

MONDAY = datetime(2024, 6, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = [name for name, found in LISTINGS.items() if found.entity in entities()]


class Clock:
    """The clock of the machine, as far as records look at it."""

    now = MONDAY

    def time_ns(self) -> int:
        return int(self.now.timestamp() * 1000) * 1_000_000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("services.desk.chain.time", made)
    return made


@pytest.fixture
def office(clock: Clock, desk: Desk) -> Office:
    return found(desk)


def past(desk: Desk, until: datetime, listing: str = "assets") -> list[dict[str, Any]]:
    return [row for rows in desk.past(listing, until) for row in rows]


def now(desk: Desk, listing: str = "assets") -> list[dict[str, Any]]:
    rows = desk.page(listing, desk.ids(View(listing)))
    return [{key: value for key, value in row.items() if key != "n"} for row in rows]


def names(desk: Desk, until: datetime) -> list[str]:
    return [row["name"] for row in past(desk, until)]


@intent("Take in", name="past.load")
def load(work: Work, /, compound_id: Any, names_: list[str]) -> None:
    """Many assets at once."""
    rows = ({"compound_id": compound_id, "number": f"ZC-{name}", "name": name} for name in names_)
    work.bulk_insert(Asset, rows, len(names_))


def test_a_list_is_what_it_was_at_the_end_of_every_day(office: Office, clock: Clock) -> None:
    desk, seen = office.desk, dict[datetime, dict[str, list[dict[str, Any]]]]()

    def evening() -> None:
        clock.now += DAY
        seen[clock.now - DAY / 2] = {kind: now(desk, kind) for kind in ("assets", "rooms", "organizations", "staff")}

    desk.do(load, office.compound, ["柜", "椅", "灯"])
    air = office.asset(number="FX-1", extra={"色": "白", "旧": "1"}, acquired_on=MONDAY.date(), class_code="A02010105")
    evening()
    desk.do("assets.revise", asset_id=air, name="柜式空调", cost=None, status="idle", extra={"色": "灰"})
    desk.do("assets.revise", asset_id=air, room_id=office.room, keeper_id=office.taker)
    evening()
    gone = next(row["id"] for row in now(desk) if row["name"] == "椅")
    desk.do("assets.remove", asset_id=gone)
    office.add("rooms", compound_id=office.elsewhere, building_id=office.row("rooms", office.far_room)["building_id"],
               number="102", area=2050)  # fmt: skip
    evening()
    desk.do("assets.revise", asset_id=air, number="FX-9", extra=None, acquired_on=None)
    evening()
    for until, kinds in seen.items():
        for kind, rows in kinds.items():
            assert past(desk, until, kind) == rows, (until, kind)
    first, last = next(iter(seen.values())), now(desk)
    assert [len(first["assets"]), len(last)] == [4, 3]
    assert past(desk, MONDAY - DAY) == []


def test_what_was_revised_today_shows_the_value_of_yesterday(office: Office, clock: Clock) -> None:
    air = office.asset("空调机", number="FX-1")
    clock.now += DAY
    office.desk.do("assets.revise", asset_id=air, name="柜式空调")
    assert (names(office.desk, clock.now), names(office.desk, clock.now + DAY)) == (["空调机"], ["柜式空调"])


def test_what_was_removed_today_is_there_yesterday(office: Office, clock: Clock) -> None:
    air = office.asset("空调机")
    clock.now += DAY
    office.desk.do("assets.remove", asset_id=air)
    assert (names(office.desk, clock.now), names(office.desk, clock.now + DAY)) == (["空调机"], [])


def test_a_list_of_the_past_reaches_as_far_as_the_right_to_it(office: Office, clock: Clock) -> None:
    office.asset("这里的")
    office.asset("那里的", compound_id=office.elsewhere, keeper_id=None)
    later = clock.now + DAY
    clerk = replace(office.desk, grants=(Grant(("assets.list", "compounds.list"), frozenset({office.compound})),))
    assert sorted(names(office.desk, later)) == ["这里的", "那里的"]
    assert names(clerk, later) == ["这里的"]
    assert past(clerk, later) == now(clerk)
    assert past(clerk, later, "compounds") == now(clerk, "compounds")


def test_records_written_while_the_clock_was_set_back_break_nothing(office: Office, clock: Clock) -> None:
    air = office.asset("空调机")
    clock.now -= DAY
    office.desk.do("assets.revise", asset_id=air, name="柜式空调")
    assert (names(office.desk, MONDAY), names(office.desk, MONDAY + DAY)) == ([], ["柜式空调"])


def test_reference_data_has_no_past(office: Office) -> None:
    with pytest.raises(Invalid, match="keeps no history"):
        past(office.desk, MONDAY, "asset_classes")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = demo.make(tmp_path_factory.mktemp("sample"), account="a", password="sample office", cost=keys.FLOOR)
    yield replace(opened.desk, grants=EVERYTHING)
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_of_tomorrow_is_the_list_of_now(sample: Desk, kind: str) -> None:
    assert past(sample, datetime.now(UTC) + DAY, kind) == now(sample, kind)
