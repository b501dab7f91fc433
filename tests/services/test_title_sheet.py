"""A title on one page, on any day; and what ends soon."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from models.base import new_id
from models.title import TitleState
from services.desk.desk import Desk
from services.desk.errors import Invalid, Missing
from services.desk.listing import View
from services.title_sheet import Sheet
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

Y = date
TODAY = Y(2026, 11, 23)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def sheet(office: Office, right: UUID, on: date = TODAY) -> Sheet:
    made = office.desk.ask("titles.sheet", title_id=right, on=on)
    assert isinstance(made, Sheet)
    return made


def test_a_past_day_shows_nothing_that_came_later(office: Office) -> None:
    right, desk = title(office), office.desk
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="市直机关管理局", area=1440806)
    mortgage = enter(desk, right, "mortgage", Y(2010, 1, 1), party="某银行", amount=5_000_000)
    enter(desk, right, "mortgage_release", Y(2015, 1, 1), ends_id=mortgage)
    enter(desk, right, "transfer", Y(2019, 8, 6), party="市机关事务管理局", area=1482036)
    enter(desk, right, "management", Y(2024, 3, 18), unit_id=office.unit, paper="机管〔2024〕18号")

    then = sheet(office, right, Y(2012, 6, 1))
    assert [fact.who for fact in then.rights.holders] == ["市直机关管理局"] and then.rights.managers == ()
    assert then.now.area == 1440806 and then.later == 3
    assert [(e.kind.value, e.who, e.open) for e in then.events] == [
        ("mortgage", "某银行", True), ("first_registration", "市直机关管理局", False),
    ]  # fmt: skip
    now = sheet(office, right)
    assert [fact.who for fact in now.rights.holders] == ["市机关事务管理局"] and now.later == 0
    assert [(f.who, f.since, f.paper) for f in now.rights.managers] == [("后勤处", Y(2024, 3, 18), "机管〔2024〕18号")]
    assert now.now.area == 1482036 and not any(event.open for event in now.events)
    before = sheet(office, right, Y(1990, 1, 1))
    assert before.now.state is TitleState.UNREGISTERED and before.rights.holders == () and before.events == ()


def test_who_uses_it_without_an_agreement_is_named(office: Office) -> None:
    right = title(office)
    use = {"compound_id": office.compound, "room_id": office.room}
    office.add("occupancies", **use, unit_id=office.unit, from_on=Y(2020, 1, 1), agreement="使-1")
    office.add("occupancies", **use, unit_id=office.other_unit, from_on=Y(2023, 1, 1))
    assert [fact.who for fact in sheet(office, right).unagreed] == ["财务处"]
    assert sheet(office, right, Y(2021, 1, 1)).unagreed == ()
    room = office.desk.do("titles.cover", title_id=right, building_id=office.building, room_id=office.room).value
    both = sheet(office, right)  # the room is named twice: by its building and for itself
    assert len(both.rights.actual) == 2 and {cover.name for cover in both.covers} == {"1号楼", "1号楼 302"}
    office.desk.do("titles.uncover", title_coverage_id=room)
    assert len(sheet(office, right).covers) == 1


def test_the_books_are_compared_with_the_certificate(office: Office) -> None:
    right, desk = title(office), office.desk
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="某局", area=1482036)
    desk.do("buildings.revise", building_id=office.building, area=1440806)
    enter(desk, right, "survey", Y(2025, 5, 22), area=1486890)
    made = sheet(office, right)
    assert (made.booked, made.tolerance) == (1440806, 10)
    assert [(d.by, d.too_large) for d in made.differences] == [(4854, False), (-41230, True)]
    assert [d.by for d in sheet(office, right, Y(2000, 1, 1)).differences] == [-41230]


def test_a_defect_is_late_open_or_settled_as_it_was_on_the_day(office: Office) -> None:
    right = title(office)
    given = {"compound_id": office.compound, "title_id": right, "opened_on": Y(2020, 1, 1)}
    made = office.desk.do("title_defects.add", **given, kind="name_outdated", due_on=Y(2020, 6, 30)).value
    office.desk.do("title_defects.settle", title_defect_id=made, settled_on=Y(2021, 3, 1), result="变更登记")
    said = [sheet(office, right, on).defects for on in (Y(2019, 1, 1), Y(2020, 6, 30), Y(2021, 1, 1), TODAY)]
    assert [[(d.state.value, d.late, d.result) for d in found] for found in said] == [
        [], [("open", False, "")], [("open", True, "")], [("settled", False, "变更登记")],
    ]  # fmt: skip


def test_a_number_that_looks_wrong_is_remarked_upon(office: Office) -> None:
    right = title(office, paper="estate_certificate", certificate="京字 5 号", unit_number="110108 001001")
    assert [value for _, value in sheet(office, right).doubts] == ["京字 5 号", "110108001001"]


def test_no_title_out_of_reach_is_shown(office: Office) -> None:
    with pytest.raises(Missing):
        sheet(office, new_id())


def test_terms_and_mortgages_that_end_soon_are_listed_the_earliest_first(office: Office) -> None:
    desk, right, other = office.desk, title(office), title(office, location="别处")
    enter(desk, right, "first_registration", Y(2000, 1, 1), party="某局", term_until=Y(2027, 2, 1))
    enter(desk, other, "first_registration", Y(2000, 1, 1), party="某局", term_until=Y(2050, 1, 1))
    enter(desk, other, "mortgage", Y(2020, 1, 1), party="某银行", until_on=Y(2026, 11, 1))
    ended = enter(desk, other, "mortgage", Y(2019, 1, 1), party="别家银行", until_on=Y(2026, 12, 1))
    enter(desk, other, "mortgage_release", Y(2021, 1, 1), ends_id=ended)
    rows = desk.ask("titles.expiring", on=TODAY)
    assert [(row.kind, row.until, row.days) for row in rows] == [
        ("mortgage", Y(2026, 11, 1), -22), ("term", Y(2027, 2, 1), 70),
    ]  # fmt: skip
    assert [row.kind for row in desk.ask("titles.expiring", on=Y(2026, 1, 1))] == []
    gone = title(office, location="已注销")
    enter(desk, gone, "first_registration", Y(2000, 1, 1), party="某局", term_until=Y(2027, 1, 1))
    enter(desk, gone, "cancellation", Y(2023, 1, 1))
    enter(desk, right, "change", Y(2020, 1, 1), term_until=Y(2057, 2, 1))
    enter(desk, other, "cancellation", Y(2022, 1, 1))
    assert desk.ask("titles.expiring", on=TODAY) == []


def test_the_survey_on_paper_says_what_the_ledgers_say_on_the_day(office: Office) -> None:
    desk, right = office.desk, title(office)
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="市直机关管理局", area=1440806)
    enter(desk, right, "seizure", Y(2020, 1, 1), party="某法院")
    title(office, location="没有证的楼")
    said = ["".join("".join(pages(desk.ask("titles.survey", on=on))).split()) for on in (Y(2019, 1, 1), TODAY)]
    assert "市直机关管理局" in said[0] and "14,408.06" in said[0] and "没有证的楼" in said[0] and "无证" in said[0]
    assert "查封登记" not in said[0] and "查封登记" in said[1] and "产权沿革" not in said[1]
    assert "产权沿革" in "".join(pages(desk.ask("titles.survey", on=TODAY, title_ids=[right])))


def test_a_cancelled_title_is_said_to_be_one_and_its_areas_are_counted_nowhere(office: Office) -> None:
    desk, old = office.desk, title(office)
    desk.do("buildings.revise", building_id=office.building, area=200_000)
    for right, number, area in ((old, "旧证1号", 100_000), (title(office), "新证2号", 200_000)):
        enter(desk, right, "first_registration", Y(1998, 12, 1), party="某局", area=area, certificate=number)
    assert [d["state"].value for d in desk.first(View("title_defects"), 9)] == ["open"]
    enter(desk, old, "cancellation", Y(2019, 8, 6))
    assert [d["state"].value for d in desk.first(View("title_defects"), 9)] == ["settled"]
    assert sheet(office, old).differences == ()
    said = "".join("".join(pages(desk.ask("titles.survey", on=TODAY))).split())
    assert "旧证1号（已注销）" in said and "1,000.00" not in said and said.count("2,000.00") == 4  # and twice the sums


def test_the_survey_of_many_titles_asks_no_more_often_than_that_of_a_few(office: Office) -> None:
    asked, tell = list[str](), office.desk.store.reading

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    counts = []
    event.listen(tell, "before_cursor_execute", note)
    try:
        for _ in range(2):
            for n in range(6):
                right = title(office, location=f"{n}号楼")
                enter(office.desk, right, "first_registration", Y(1998, 12, 1), unit_id=office.unit)
            asked.clear()
            office.desk.ask("titles.survey", on=TODAY)
            counts.append(len(asked))
    finally:
        event.remove(tell, "before_cursor_execute", note)
    assert counts[0] == counts[1] > 0


def test_an_office_without_titles_has_no_survey(office: Office) -> None:
    with pytest.raises(Invalid):
        office.desk.ask("titles.survey", on=TODAY)
