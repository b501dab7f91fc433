"""Posts and who holds them: people join, move, cover and leave; the establishment on any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.establishment import Establishment, PostLine, vacant_since
from tests.services.people import Office, found

TODAY = datetime.now(UTC).astimezone().date()
D = date


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def post(office: Office, name: str = "电工", **values: Any) -> UUID:
    given_ = {"compound_id": office.compound, "name": name, "function": "electricity", "unit_id": office.unit}
    return office.add("posts", **given_ | values)


def assign(office: Office, person: UUID, to: UUID, since: date, **values: Any) -> UUID:
    made: UUID = office.desk.do(
        "post_holdings.assign", staff_id=person, post_id=to, from_on=since, **values
    ).value  # fmt: skip
    return made


def holds(office: Office, person: UUID) -> str | None:
    said = office.row("staff", person)["post"]
    return None if said is None else str(said)


def held(office: Office, person: UUID) -> list[tuple[str, date, date | None]]:
    sheet = office.desk.ask("staff.sheet", staff_id=person, on=TODAY)
    return [(row["post"], row["from_on"], row["until_on"]) for row in sheet.lines["post_holdings"]]


def line(office: Office, id: UUID, on: date = TODAY) -> PostLine:
    found_: Establishment = office.desk.ask("posts.establishment", on=on)
    return next(line for line in found_.posts if line.id == id)


def test_who_moves_holds_the_new_post_and_the_old_one_until_the_day_before(office: Office) -> None:
    first, second = post(office), post(office, "电工班长")
    assign(office, office.giver, first, D(2020, 3, 1), basis="人〔2020〕1号")
    assert holds(office, office.giver) == "电工"
    moved = office.desk.do("post_holdings.assign", staff_id=office.giver, post_id=second, from_on=D(2024, 7, 1))
    assert holds(office, office.giver) == "电工班长"
    assert held(office, office.giver) == [("电工班长", D(2024, 7, 1), None), ("电工", D(2020, 3, 1), D(2024, 6, 30))]
    office.desk.do("journal.undo", operation=moved.operation.hex)
    assert holds(office, office.giver) == "电工", "what was taken back leaves him where he was"
    assert held(office, office.giver) == [("电工", D(2020, 3, 1), None)]


def test_somebody_holds_one_post_at_a_time_and_covers_any_number(office: Office) -> None:
    own, other, third = post(office), post(office, "水工"), post(office, "锅炉工")
    assign(office, office.giver, own, D(2022, 1, 1))
    for covered in (other, third):
        assign(office, office.giver, covered, D(2023, 1, 1), acting=True)
    assert holds(office, office.giver) == "电工"
    with pytest.raises(Conflict, match="one post at a time"):
        assign(office, office.giver, other, D(2021, 6, 1))
    with pytest.raises(Invalid, match="has come"):
        assign(office, office.giver, other, TODAY + timedelta(days=1))
    assert line(office, other).covered_by == ("李秀英",) and line(office, other).vacant == 1


def test_a_holding_is_ended_corrected_and_taken_off(office: Office) -> None:
    mine = assign(office, office.giver, post(office), D(2022, 1, 1))
    with pytest.raises(Invalid, match="lies after"):
        office.desk.do("post_holdings.end", post_holding_id=mine, until_on=D(2021, 1, 1))
    office.desk.do("post_holdings.end", post_holding_id=mine, until_on=D(2025, 1, 31), basis="人〔2025〕2号")
    assert holds(office, office.giver) is None
    with pytest.raises(Conflict, match="ended on 2025-01-31"):
        office.desk.do("post_holdings.end", post_holding_id=mine, until_on=D(2025, 2, 1))
    office.desk.do("post_holdings.revise", post_holding_id=mine, until_on=None)
    assert holds(office, office.giver) == "电工"
    office.desk.do("post_holdings.remove", post_holding_id=mine)
    assert holds(office, office.giver) is None and held(office, office.giver) == []


def test_a_post_holds_nobody_before_or_after_it_is_there(office: Office) -> None:
    short = post(office, from_on=D(2020, 1, 1), until_on=D(2024, 12, 31))
    with pytest.raises(Conflict, match="2020-01-01 to 2024-12-31"):
        assign(office, office.giver, short, D(2019, 1, 1))
    open_ = post(office, "门卫", function="guards")
    assign(office, office.giver, open_, D(2022, 1, 1))
    with pytest.raises(Conflict, match="1 people still hold"):
        office.desk.do("posts.revise", post_id=open_, until_on=D(2025, 1, 1))
    with pytest.raises(Conflict, match="Still used"):
        office.desk.do("posts.remove", post_id=open_)
    with pytest.raises(Invalid, match="lies after"):
        post(office, from_on=D(2024, 1, 2), until_on=D(2024, 1, 1))


def test_the_establishment_tells_approved_actual_and_since_when_one_is_missing(office: Office) -> None:
    two = post(office, approved=2, from_on=D(2020, 1, 1))
    for person, kind in ((office.giver, "workman"), (office.taker, "contract"), (office.witness, "agency")):
        office.desk.do("staff.revise", staff_id=person, employment=kind)
    assign(office, office.giver, two, D(2020, 6, 1))
    mine = assign(office, office.taker, two, D(2021, 1, 1))
    now = line(office, two, D(2020, 7, 1))
    assert (now.approved, now.actual.own, now.vacant, now.vacant_since) == (2, 1, 1, D(2020, 1, 1))
    assert line(office, two, D(2021, 1, 1)).vacant_since is None
    office.desk.do("post_holdings.end", post_holding_id=mine, until_on=D(2024, 3, 31))
    now = line(office, two)
    assert (now.holders, now.vacant, now.vacant_since) == (("李秀英",), 1, D(2024, 4, 1))
    whole: Establishment = office.desk.ask("posts.establishment", on=TODAY)
    rows = {(row.compound, row.function and row.function.value): row.actual for row in whole.by_function}
    assert rows["建设路大院", "electricity"].own == 1
    postless = rows["建设路大院", None]
    assert (postless.contract, postless.agency, postless.all) == (1, 1, 2), "who holds no post is counted too"
    assert (whole.approved, whole.actual.all, whole.vacant) == (2, 3, 1)


def test_who_joins_later_or_left_is_not_counted(office: Office) -> None:
    office.desk.do("staff.revise", staff_id=office.giver, joined_on=D(2025, 2, 1))
    office.desk.do("staff.leave", staff_id=office.taker, left_on=D(2025, 3, 31), left_why="transferred")
    for on, people in ((D(2025, 1, 31), 2), (D(2025, 2, 1), 3), (D(2025, 3, 31), 3), (D(2025, 4, 1), 2)):
        assert office.desk.ask("posts.establishment", on=on).actual.all == people, on


def test_who_leaves_holds_nothing_any_more(office: Office) -> None:
    mine = post(office)
    assign(office, office.witness, mine, D(2022, 1, 1))
    asset = office.asset(keeper_id=office.witness)
    with pytest.raises(Conflict, match="1 assets"):
        office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY, left_why="retired")
    office.desk.do("assets.revise", asset_id=asset, keeper_id=office.giver)
    left = office.desk.do("staff.leave", staff_id=office.witness, left_on=D(2025, 5, 31), left_why="retired")
    row = office.row("staff", office.witness)
    assert (row["left_on"], row["left_why"].value, row["post"]) == (D(2025, 5, 31), "retired", None)
    assert held(office, office.witness) == [("电工", D(2022, 1, 1), D(2025, 5, 31))]
    assert line(office, mine).vacant_since == D(2025, 6, 1)
    with pytest.raises(Conflict, match="left on"):
        office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY, left_why="other")
    with pytest.raises(Conflict, match="left on 2025-05-31"):
        assign(office, office.witness, mine, D(2025, 6, 1))
    office.desk.do("journal.undo", operation=left.operation.hex)
    assert holds(office, office.witness) == "电工"


DAY = st.dates(D(2020, 1, 1), D(2020, 3, 1))
TERMS = st.lists(st.tuples(DAY, st.one_of(st.none(), st.integers(0, 40))), max_size=6)


@settings(max_examples=300, deadline=None)
@given(TERMS, st.integers(0, 3), DAY)
def test_a_post_is_vacant_since_the_last_day_too_few_held_it(
    terms: list[tuple[date, int | None]], approved: int, on: date
) -> None:
    spans = [(start, None if days is None else start + timedelta(days=days)) for start, days in terms if start <= on]
    first = D(2019, 12, 31)

    def there(day: date) -> int:
        return sum(start <= day and (end is None or day <= end) for start, end in spans)

    since: date | None = None
    day = on
    while there(day) < approved and day >= first:
        since, day = day, day - timedelta(days=1)
    assert vacant_since(spans, approved, on, first) == since


def test_nobody_holds_two_posts_by_taking_back(office: Office) -> None:
    first, second = post(office), post(office, "水工")
    old = assign(office, office.giver, first, D(2020, 1, 1))
    office.desk.do("post_holdings.end", post_holding_id=old, until_on=D(2022, 1, 1))
    new = assign(office, office.giver, second, D(2023, 1, 1))
    removed = office.desk.do("post_holdings.remove", post_holding_id=old)
    office.desk.do("post_holdings.revise", post_holding_id=new, from_on=D(2021, 1, 1))
    with pytest.raises(Conflict, match="one post at a time"):
        office.desk.do("journal.undo", operation=removed.operation.hex)
    office.desk.do("post_holdings.revise", post_holding_id=new, from_on=D(2022, 1, 2))
    office.desk.do("journal.undo", operation=removed.operation.hex)
    assert len(held(office, office.giver)) == 2


def test_a_post_begins_before_who_holds_it(office: Office) -> None:
    of = post(office)
    assign(office, office.giver, of, D(2024, 1, 1))
    with pytest.raises(Conflict, match="1 people held post"):
        office.desk.do("posts.revise", post_id=of, from_on=D(2024, 1, 2))
    office.desk.do("posts.revise", post_id=of, from_on=D(2024, 1, 1))


def test_who_left_held_nothing_afterwards_whenever_it_is_entered(office: Office) -> None:
    of = post(office)
    holding = assign(office, office.giver, of, D(2024, 1, 1))
    office.desk.do("post_holdings.end", post_holding_id=holding, until_on=D(2026, 5, 1))
    office.desk.do("staff.leave", staff_id=office.giver, left_on=D(2026, 4, 1), left_why="resigned")
    assert office.row("post_holdings", holding)["until_on"] == D(2026, 4, 1)
    with pytest.raises(Invalid, match="lies after the day this person left"):
        office.desk.do("staff.revise", staff_id=office.giver, joined_on=D(2026, 4, 2))


def test_nobody_of_a_register_holds_a_post_before_it_was_there(office: Office, tmp_path: Path) -> None:
    from services import intake

    post(office, from_on=D(2020, 1, 1))
    post(office, "老岗", until_on=D(2020, 1, 1))
    place = tmp_path / "名册.csv"
    place.write_text("工号,姓名,岗位,入职日期\nX1,张　三,电工,2001-01-01\nX2,李四,老岗,2001-01-01\n", "utf-8")
    report = intake.run(office.desk, file=str(place), kind="staff", compound_id=office.compound)
    assert (report.new, report.refused) == (1, 1)
    [row] = office.desk.first(View("post_holdings"), 9)
    assert (row["staff"], row["from_on"]) == ("张三", D(2020, 1, 1))
