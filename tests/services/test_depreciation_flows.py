"""A period of an office: what came, changed and went adds up by compound and class; and the command line."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base import new_id
from services.commands import jobs, worth
from services.commands.values import plain
from services.depreciation import last_of, month_of
from services.desk.desk import Desk
from services.desk.errors import Invalid, WrongUse
from services.desk.listing import View
from tests.services.ledgers import Book
from tests.services.people import Office, found
from tests.services.test_asset_values import TODAY, at, bought, change
from tests.services.test_depreciation import FIRST, books, load, rows_of

_serial = count(1)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(at(desk, TODAY))


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(every=st.lists(books(), min_size=10, max_size=25), days=st.tuples(st.integers(0, 3000), st.integers(0, 1200)))
def test_opening_and_all_that_happened_make_the_closing(desk: Desk, every: list[Book], days: tuple[int, int]) -> None:
    where = desk.do("compounds.add", code=f"F{next(_serial)}", name="大院").value
    made = [rows_of(book) for book in every]
    code = {"compound_id": where, "class_edition": "2022"}
    cards = [row | code | {"class_code": f"A020{n % 3 + 1}0000"} for n, (row, _) in enumerate(made)]
    desk.do(load, cards, [c | {"compound_id": where} for _, changes in made for c in changes])
    begin = FIRST + timedelta(days=days[0])
    end = begin + timedelta(days=days[1])
    flows = desk.ask("depreciation.flows", from_on=begin, until_on=end, compound_id=where)
    assert all(flow.holds for flow in flows), flows
    for day, name in ((begin - timedelta(days=1), "opening"), (end, "closing")):
        balances = desk.ask("depreciation.balances", on=day, by="class", compound_id=where)
        said = {b.key: (b.cards, b.cost, b.accumulated) for b in balances}
        sides = {f.class_prefix: getattr(f, name) for f in flows}
        assert said == {k: (a.cards, a.cost, a.accumulated) for k, a in sides.items() if a.cards}


def moved(office: Office, asset: UUID, day: date) -> UUID:
    """What a transfer to the other compound does to a card."""
    row, made = office.row("assets", asset), new_id()
    (cost, taken), month = office.desk.ask("depreciation.worth", asset_ids=[asset], on=day)[asset], month_of(day)
    left = row["life_months"] - (month - month_of(row["acquired_on"]))
    keep = {k: row[k] for k in ("number", "name", "class_code", "acquired_on", "depreciation")}
    office.desk.do("tests.moved_away", asset_id=asset, moved_on=day)
    here = {"id": made, "class_edition": "2022", "compound_id": office.elsewhere, "predecessor_id": asset}
    worth_ = {"cost": cost, "prior_accumulated": taken, "entered_on": day, "life_months": left}
    office.desk.do(load, [keep | here | worth_], [])
    return made


def test_over_the_office_a_move_changes_nothing_on_any_day(office: Office) -> None:
    alone, goes = bought(office, cost=720007), bought(office, cost=720007)
    day = date(2026, 7, 15)
    made = moved(office, goes, day)
    for n in range(250):
        at_ = date(2026, 3, 10) + timedelta(days=n)
        stayed = office.desk.ask("depreciation.worth", asset_ids=[alone], on=at_)[alone]
        both = office.desk.ask("depreciation.balances", on=at_, by="compound")
        assert sum(b.cost for b in both) == 2 * stayed[0] and sum(b.cards for b in both) == 2
        assert abs(sum(b.accumulated for b in both) - 2 * stayed[1]) <= 1, "but for the rounding of a month"
    flows = office.desk.ask("depreciation.flows", from_on=date(2026, 7, 1), until_on=TODAY)
    here, there = flows
    assert here.moved_out == -there.moved_in and here.holds and there.holds and there.moved_in.cards == 1
    assert office.desk.ask("depreciation.sheet", asset_id=made, on=TODAY).accumulated == 2 * 40000


def test_parts_of_a_card_move_nothing_over_all(office: Office) -> None:
    asset = bought(office, quantity=3)
    made = office.desk.do("assets.split", asset_id=asset, quantity=1).value
    (flow,) = office.desk.ask("depreciation.flows", from_on=date(2026, 11, 1), until_on=TODAY)
    assert flow.holds and (flow.parts.cards, flow.parts.cost, flow.parts.accumulated) == (1, 0, 0)
    assert flow.added.cards == 0 and flow.closing.cost == 720000
    assert (
        office.desk.ask("depreciation.sheet", asset_id=made, on=TODAY).origin == office.row("assets", asset)["number"]
    )
    with pytest.raises(Invalid):
        office.desk.ask("depreciation.flows", from_on=TODAY, until_on=date(2026, 1, 1))


@pytest.mark.parametrize("by", ["compound", "class", "unit", "keeper"])
def test_balances_by_whatever_is_asked(office: Office, by: str) -> None:
    bought(office)
    bought(office, unit_id=office.other_unit, keeper_id=office.taker, class_code="A05010201")
    balances = office.desk.ask("depreciation.balances", on=date(2026, 5, 31), by=by)
    assert len(balances) == (1 if by == "compound" else 2)
    assert sum(b.net for b in balances) == 2 * 720000 - 30000 - 12000 and all(b.name for b in balances)


def test_the_value_of_an_asset_is_told_whole(office: Office) -> None:
    asset = bought(office, net_value=700000, cost=90000)
    change(office, asset, "increase", date(2026, 7, 15), cost=100000)
    sheet = office.desk.ask("depreciation.sheet", asset_id=asset, on=TODAY)
    assert (sheet.cost, sheet.accumulated, sheet.net) == (100000, 5000 + 4 * 1397, 100000 - 10588)
    assert [m.amount for m in sheet.months] == [1250] * 4 + [1397] * 4 and sheet.months[0].month == date(2026, 3, 1)
    assert (sheet.ends, sheet.threshold, sheet.said_net) == (date(2032, 2, 29), 100000, 700000)
    assert [(c.cost_before, c.cost, c.paper) for c in sheet.changes] == [(90000, 100000, "某字1号")]
    json.dumps(plain(sheet))


def listed(desk: Desk, capsys: Any, **values: Any) -> list[dict[str, Any]]:
    args = {"kind": "assets", "search": "", "filter": "", "on": None, "json": True, "lang": "zh_CN"} | values
    assert jobs.list_rows(desk, Namespace(**args)) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_the_list_of_assets_says_what_each_is_worth(desk: Desk, office: Office, capsys: Any) -> None:
    asset = bought(office)
    office.asset("无原值", cost=None)
    now = {row["name"]: row for row in listed(office.desk, capsys)}
    assert (now["服务器"]["cost"], now["服务器"]["accumulated"], now["服务器"]["net"]) == (720000, 80000, 640000)
    assert now["无原值"]["net"] is None
    change(office, asset, "increase", date(2026, 6, 1), cost=900000)
    today = desk.clock().astimezone().date()
    said = desk.ask("depreciation.worth", asset_ids=[asset], on=today)[asset]
    (then,) = [row for row in listed(desk, capsys, on="2999-12-31") if row["name"] == "服务器"]
    assert (then["cost"], then["accumulated"]) == said and then["net"] == said[0] - said[1] == 900000 - said[1]
    assert (
        jobs.list_rows(office.desk, Namespace(kind="assets", search="", filter="", on=None, json=False, lang="en")) == 0
    )
    assert "9000.00" in capsys.readouterr().out


def test_months_are_booked_on_the_command_line(office: Office, capsys: Any) -> None:
    bought(office)
    for month, told in (("2026-08", "2026-08"), (None, "2026-10"), (None, "Every month")):
        assert worth.depreciate(office.desk, Namespace(month=month, lang="en")) == 0
        out = capsys.readouterr().out
        assert told in out and (month is None or "100.00 yuan" in out)
    rows = office.desk.first(View("depreciation_runs"), 9)
    assert Counter(row["month"] for row in rows) == Counter(date(2026, m, 1) for m in (8, 9, 10))
    with pytest.raises(WrongUse):
        worth.depreciate(office.desk, Namespace(month="2026-13", lang="en"))
    assert last_of(month_of(rows[0]["month"])) < TODAY
