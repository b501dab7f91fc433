"""Life by class, changes of value by paper, what is fixed, and cards that are split and merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.asset import Asset
from services import depreciation, intake
from services.asset_worth import changes_of
from services.depreciation_lives import lives, threshold
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, UserError
from services.desk.intent import query
from services.desk.listing import View
from tests.services.people import Office, found

TODAY = date(2026, 11, 20)


def at(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    return replace(desk, clock=lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(at(desk, TODAY))


def bought(office: Office, day: date = date(2026, 3, 10), **values: Any) -> UUID:
    return office.asset("服务器", **{"acquired_on": day, "class_code": "A02010104", "cost": 720000} | values)


def change(office: Office, asset: UUID, kind: str, on: date, **values: Any) -> UUID:
    made = office.desk.do("assets.change_value", asset_id=asset, kind=kind, on=on, paper="某字1号", **values).value
    assert isinstance(made, UUID)
    return made


@query("T", name="tests.worth")
def worth(session: Session, *, asset_id: UUID, on: date) -> tuple[int, int]:
    asset = session.get(Asset, asset_id)
    card = depreciation.card_of(asset, changes_of(session, asset_id))
    return depreciation.cost(card, on), depreciation.accumulated(card, on)


# Life and class


@query("T", name="tests.life")
def life(session: Session, *, code: str, structure: str | None = None) -> Any:
    row = lives(session).find(code, structure, TODAY)
    return row and (row.least_years, row.most_years, row.source.startswith("财会〔2017〕4号"))


@pytest.mark.parametrize(
    ("code", "structure", "years"),
    [
        ("A01010100", "steel", (50, None)), ("A01010100", "brick_timber", (30, None)), ("A01020900", None, (8, None)),
        ("A02010104", None, (6, None)), ("A02030501", None, (8, None)), ("A02051227", None, (10, None)),
        ("A02061804", None, (5, None)), ("A02052305", None, (10, None)), ("A05010201", None, (15, None)),
        ("A02190000", None, (20, 30)), ("A02370100", None, (3, 10)), ("A01030000", None, (None, None)),
        ("A03020000", None, (None, None)), ("A04040000", None, (None, None)), ("A06020100", None, (None, None)),
    ],
)  # fmt: skip
def test_the_shipped_lives_are_those_of_the_guide(desk: Desk, code: str, structure: str, years: Any) -> None:
    assert desk.ask(life, code=code, structure=structure) == (*years, True)


def test_a_building_nobody_knows_the_structure_of_has_no_life(desk: Desk) -> None:
    assert desk.ask(life, code="A01010100") is None and desk.ask(life, code="A08060300") is None


@query("T", name="tests.threshold")
def limit(session: Session, *, code: str, on: date) -> int | None:
    row = threshold(session, code, on)
    return row.amount if row else None


def test_what_is_a_fixed_asset_follows_from_the_day(desk: Desk) -> None:
    assert desk.ask(limit, code="A02320000", on=date(2015, 1, 1)) == 150000
    assert desk.ask(limit, code="A02010105", on=date(2015, 1, 1)) == 100000
    assert desk.ask(limit, code="A02320000", on=date(2024, 1, 1)) == 100000
    assert desk.ask(limit, code="A02320000", on=date(2005, 1, 1)) is None


def test_a_card_gets_the_lower_limit_of_its_class_when_it_is_written(office: Office) -> None:
    row = office.row("assets", bought(office))
    assert (row["life_months"], row["depreciation"]) == (72, "straight_line")
    relic = office.row("assets", bought(office, class_code="A03020000"))
    assert (relic["life_months"], relic["depreciation"]) == (None, "none")
    coin = office.row("assets", bought(office, value_kind="nominal", cost=100))
    assert coin["depreciation"] == "none"
    said = office.row("assets", bought(office, life_months=40))
    assert said["life_months"] == 40, "of a second-hand thing what is left of it"
    late = office.asset("楼", acquired_on=TODAY, class_code="A01010100")
    assert office.row("assets", late)["life_months"] is None, "nobody guesses"
    office.desk.do("assets.revise", asset_id=late, structure="reinforced_concrete")
    assert office.row("assets", late)["life_months"] == 600
    office.desk.do("assets.revise", asset_id=late, structure="simple")
    assert office.row("assets", late)["life_months"] == 600, "once set it stays"


def test_a_class_put_right_says_whether_it_is_depreciated(office: Office) -> None:
    asset = bought(office, class_code="A03020000")
    office.desk.do("assets.revise", asset_id=asset, class_code="A02010104")
    row = office.row("assets", asset)
    assert (row["depreciation"], row["life_months"]) == ("straight_line", 72)


def test_more_cannot_have_been_taken_than_it_cost(office: Office) -> None:
    with pytest.raises(Invalid, match="cannot be more than the original value"):
        bought(office, prior_accumulated=720001)


def register(office: Office, tmp_path: Path, text: str, **options: Any) -> Any:
    path = tmp_path / "台账.csv"
    path.write_text(text, "utf-8")
    return intake.run(office.desk, file=str(path), kind="assets", compound_id=office.compound, **options)


def test_a_register_brings_cards_with_the_life_of_their_class(office: Office, tmp_path: Path) -> None:
    head = "资产编号,资产名称,分类代码,原值,取得日期\n"
    register(office, tmp_path, head + "K1,服务器,A02010104,7200,2026-03-10\nK2,书画,A03020000,100,2020-01-01\n")
    rows = {row["number"]: row for row in office.desk.first(View("assets"), 9)}
    assert (rows["K1"]["life_months"], rows["K1"]["depreciation"]) == (72, "straight_line")
    assert rows["K2"]["depreciation"] == "none"


# Changes of value


def test_a_rise_spreads_what_is_left_over_what_is_left(office: Office) -> None:
    asset = bought(office)
    change(office, asset, "increase", date(2026, 7, 15), cost=1060000)
    row = office.row("assets", asset)
    assert (row["cost"], row["life_months"]) == (1060000, 72)
    made = office.desk.first(View("asset_value_changes"), 1)[0]
    assert (made["accumulated_before"], made["months_taken"], made["months_left"]) == (40000, 4, 68)
    assert (made["cost_before"], made["number"][:2]) == (720000, "JZ")
    for month, taken in ((date(2026, 6, 30), 40000), (date(2026, 7, 31), 55000), (date(2026, 8, 31), 70000)):
        assert office.desk.ask(worth, asset_id=asset, on=month)[1] == taken
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 7, 14)) == (720000, 40000)
    assert office.desk.ask(worth, asset_id=asset, on=date(2032, 2, 28))[1] < 1060000
    assert office.desk.ask(worth, asset_id=asset, on=date(2032, 2, 29)) == (1060000, 1060000)


def test_settling_a_provisional_value_restates_nothing(office: Office) -> None:
    asset = bought(office, value_kind="provisional")
    change(office, asset, "final", date(2026, 6, 1), cost=651000)
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 5, 31)) == (720000, 30000)
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 6, 30)) == (651000, 39000)
    assert office.row("assets", asset)["value_kind"] == "cost"
    with pytest.raises(Invalid, match="not provisional"):
        change(office, asset, "final", date(2026, 6, 2), cost=1)


def test_a_rebuilt_thing_has_a_new_life_and_a_part_takes_its_depreciation_along(office: Office) -> None:
    asset = bought(office)
    change(office, asset, "rebuilt", date(2026, 9, 1), cost=660000, accumulated_off=60000, life_months=72)
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 9, 1)) == (660000, 0)
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 9, 30)) == (660000, 10000)


@pytest.mark.parametrize(
    ("kind", "on", "values", "why"),
    [
        ("increase", date(2026, 5, 1), {"cost": 1}, "does not fit"),
        ("decrease", date(2026, 5, 1), {"cost": 720001}, "does not fit"),
        ("life", date(2026, 5, 1), {"life_months": 2}, "2 months were taken"),
        ("life", date(2026, 5, 1), {}, "nothing would change"),
        ("decrease", date(2026, 5, 1), {"cost": 19999}, "200.00 were depreciated"),
        ("decrease", date(2026, 5, 1), {"cost": 1, "accumulated_off": 20001}, "No more than the 200.00"),
        ("life", date(2026, 3, 9), {"life_months": 80}, "lies before 2026-03-10"),
        ("life", date(2026, 11, 21), {"life_months": 80}, "lies ahead"),
        ("split", date(2026, 5, 1), {"cost": 5}, "splitting or merging"),
        ("life", date(2026, 5, 1), {"life_months": 80, "paper": ""}, "is required"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(office: Office, kind: str, on: date, values: dict[str, Any], why: str) -> None:
    asset = bought(office)
    with pytest.raises(UserError) as refused:
        office.desk.do("assets.change_value", **{"asset_id": asset, "kind": kind, "on": on, "paper": "x"} | values)
    assert why in str(refused.value)


def test_changes_come_in_order_of_time(office: Office) -> None:
    asset = bought(office)
    change(office, asset, "life", date(2026, 6, 10), life_months=80)
    with pytest.raises(Invalid, match="lies before 2026-06-10"):
        change(office, asset, "life", date(2026, 6, 9), life_months=90)
    change(office, asset, "increase", date(2026, 6, 10), cost=800000)
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 6, 30))[1] == 30000 + round(770000 / 77)


def test_what_a_change_rests_on_is_not_typed_over(office: Office, tmp_path: Path) -> None:
    asset = bought(office, number="K9", keeper_id=None, unit_id=None)
    change(office, asset, "increase", date(2026, 7, 15), cost=900000)
    typed = {"cost": 5, "life_months": 9, "acquired_on": date(2026, 1, 1), "prior_accumulated": 1,
             "entered_on": date(2026, 4, 1), "depreciation": "none", "value_kind": "appraised"}  # fmt: skip
    for field, value in typed.items():
        with pytest.raises(Conflict, match="changes of value"):
            office.desk.do("assets.revise", asset_id=asset, **{field: value})
    office.desk.do("assets.revise", asset_id=asset, cost=900000, name="存储服务器", note="x")
    report = register(office, tmp_path, "资产编号,资产名称,原值,型号\nK9,服务器甲,123,X100\n")
    row = office.row("assets", asset)
    assert (row["cost"], row["name"], row["model"]) == (900000, "服务器甲", "X100"), "the rest of the row is taken"
    assert any("changes of value" in problem.reason for problem in report.problems)


def test_a_change_is_taken_back_while_nothing_goes_on_from_it(office: Office) -> None:
    asset = bought(office, value_kind="provisional")
    first = office.desk.do("assets.change_value", asset_id=asset, kind="final", on=date(2026, 6, 1), cost=651000,
                           paper="结算1号")  # fmt: skip
    second = office.desk.do("assets.change_value", asset_id=asset, kind="life", on=date(2026, 8, 1), life_months=90,
                            paper="2号")  # fmt: skip
    with pytest.raises(Conflict):
        office.desk.do("journal.undo", operation=first.operation.hex)
    office.desk.do("journal.undo", operation=second.operation.hex)
    office.desk.do("journal.undo", operation=first.operation.hex)
    row = office.row("assets", asset)
    assert (row["cost"], row["life_months"], row["value_kind"]) == (720000, 72, "provisional")
    assert office.desk.ask(worth, asset_id=asset, on=date(2026, 8, 31)) == (720000, 60000)


# Parts


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cost=st.none() | st.integers(0, 10**7), pieces=st.integers(2, 40), part=st.integers(1, 39), prior=st.integers(0, 9),
    months=st.integers(1, 90), since=st.dates(date(2019, 1, 1), TODAY),
)  # fmt: skip
def test_the_parts_of_a_card_add_up_to_the_fen(
    desk: Desk, cost: int | None, pieces: int, part: int, prior: int, months: int, since: date
) -> None:
    office = Office(at(desk, TODAY), *[UUID(int=0)] * 10)
    where = office.add("compounds", code=f"C{since}{pieces}{part}{months}{cost}{prior}"[:30], name="某")
    taken = min(prior, cost or 0) or None
    asset = office.add("assets", compound_id=where, name="椅子", cost=cost, quantity=pieces, acquired_on=since,
                       class_code="A05010301", life_months=months, prior_accumulated=taken)  # fmt: skip
    before = office.desk.ask(worth, asset_id=asset, on=TODAY)
    if part >= pieces:
        with pytest.raises(Invalid, match="at least one stays"):
            office.desk.do("assets.split", asset_id=asset, quantity=part)
        return
    made = office.desk.do("assets.split", asset_id=asset, quantity=part).value
    parts = [office.desk.ask(worth, asset_id=id, on=TODAY) for id in (asset, made)]
    assert tuple(map(sum, zip(*parts, strict=True))) == before
    assert all(taken <= value for value, taken in parts)
    end = [office.desk.ask(worth, asset_id=id, on=date(2060, 1, 31)) for id in (asset, made)]
    assert sum(one[1] for one in end) == (cost or 0)


def test_a_card_is_split_and_merged_again(office: Office) -> None:
    asset = bought(office, quantity=3, cost=720001, measure="台")
    made = office.desk.do("assets.split", asset_id=asset, quantity=1, paper="清点记录").value
    old, new = office.row("assets", asset), office.row("assets", made)
    assert (old["quantity"], new["quantity"], old["cost"], new["cost"]) == (2, 1, 480001, 240000)
    assert (
        new["number"] != old["number"]
        and new["keeper_id"] == old["keeper_id"]
        and new["acquired_on"] == date(2026, 3, 10)
    )
    said = office.desk.first(View("asset_value_changes"), 1)[0]
    assert (said["other_id"], said["asset_id"], said["kind"], said["paper"]) == (made, asset, "split", "清点记录")
    before = [office.desk.ask(worth, asset_id=id, on=TODAY) for id in (asset, made)]
    done = office.desk.do("assets.merge", asset_ids=[asset, made])
    assert office.desk.ask(worth, asset_id=asset, on=TODAY) == tuple(map(sum, zip(*before, strict=True)))
    assert office.row("assets", asset)["quantity"] == 3 and office.desk.count(View("assets")) == 1
    office.desk.do("journal.undo", operation=done.operation.hex)
    assert office.desk.count(View("assets")) == 2
    assert [office.desk.ask(worth, asset_id=id, on=TODAY) for id in (asset, made)] == before


def test_unlike_cards_and_cards_on_open_papers_are_not_put_together(office: Office) -> None:
    one, two = bought(office, quantity=2), bought(office, life_months=60)
    with pytest.raises(Conflict, match="over the same months"):
        office.desk.do("assets.merge", asset_ids=[one, two])
    other = bought(office, model="X")
    with pytest.raises(Conflict, match="not alike"):
        office.desk.do("assets.merge", asset_ids=[one, other])
    with pytest.raises(Invalid, match="at least two"):
        office.desk.do("assets.merge", asset_ids=[one, one])
