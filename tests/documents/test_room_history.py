"""The history of a room on paper: the certificates that covered it, their entries and defects, and who used it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from models.base import new_id
from services import room_history_paper
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.listing import View
from services.documents.verify import inspect
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

DAY, Y = date(2024, 6, 30), date


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC)))
    whole = title(made)
    part: UUID = made.add("titles", compound_id=made.compound, location="1号楼302室")
    made.desk.do("titles.cover", title_id=part, building_id=made.building, room_id=made.room)
    other = made.add("rooms", compound_id=made.compound, building_id=made.building, number="401")
    enter(made.desk, whole, "first_registration", Y(1998, 12, 1), party="市直机关管理局", certificate="房1号",
          area=600000)  # fmt: skip
    enter(made.desk, whole, "survey", Y(2003, 1, 1), area=610000)
    enter(made.desk, whole, "transfer", Y(2019, 8, 6), party="市机关事务管理局", certificate="京（2019）0023187号")
    enter(made.desk, whole, "housing_sale", Y(2000, 1, 1), party="李某", room_id=other)
    enter(made.desk, part, "first_registration", Y(2021, 5, 1), party="市机关事务管理局", certificate="京302号")
    made.add("title_defects", compound_id=made.compound, title_id=whole, kind="area_differs", opened_on=Y(2020, 1, 1))
    made.add("title_defects", compound_id=made.compound, title_id=whole, kind="dangerous", opened_on=Y(2025, 1, 1))
    use = {"compound_id": made.compound, "room_id": made.room}
    made.add("occupancies", **use, unit_id=made.unit, from_on=Y(2010, 1, 1), until_on=Y(2012, 12, 31), agreement="协甲")
    made.add("occupancies", **use, staff_id=made.taker, from_on=Y(2024, 1, 1))
    made.add("occupancies", **use, unit_id=made.other_unit, from_on=Y(2025, 1, 1))
    return made


def test_certificates_follow_each_other_with_their_holders_and_areas(office: Office) -> None:
    told = office.desk.ask("rights.room_history", room_id=office.room, on=DAY)
    assert [(s.certificate, s.holder, s.from_on, s.until_on, s.room) for s in told.spans] == [
        ("房1号", "市直机关管理局", Y(1998, 12, 1), Y(2019, 8, 6), False),
        ("京（2019）0023187号", "市机关事务管理局", Y(2019, 8, 6), None, False),
        ("京302号", "市机关事务管理局", Y(2021, 5, 1), None, True),
    ]  # fmt: skip
    assert (told.spans[0].area, told.spans[0].surveyed) == (600000, 610000) and told.titles == 2
    assert told.now == office.desk.ask("rights.on", building_id=office.building, room_id=office.room, on=DAY)


def test_what_is_said_of_other_rooms_or_later_is_not_of_this_one(office: Office) -> None:
    told = office.desk.ask("rights.room_history", room_id=office.room, on=DAY)
    assert [step.entry.on.year for step in told.steps] == [1998, 2003, 2019, 2021], "the sale is of another room"
    assert [one.kind.value for one in told.wrongs] == ["area_differs"] and told.wrongs[0].settled_on is None
    assert [(one.unit or one.person, one.until_on) for one in told.uses] == [
        ("后勤处", Y(2012, 12, 31)), ("王建国", None),
    ]  # fmt: skip
    early = office.desk.ask("rights.room_history", room_id=office.room, on=Y(2012, 1, 1))
    assert [one.until_on for one in early.uses] == [None] and [s.until_on for s in early.spans] == [None]


def test_a_room_that_was_sold_is_its_buyers_from_that_day_on(office: Office) -> None:
    whole = office.desk.first(View("titles", sort="number"), 1)[0]
    enter(office.desk, whole["id"], "housing_sale", Y(2002, 5, 1), party="王建国", room_id=office.room)
    told = office.desk.ask("rights.room_history", room_id=office.room, on=Y(2003, 1, 1))
    assert [(s.holder, s.from_on) for s in told.spans] == [
        ("市直机关管理局", Y(1998, 12, 1)),
        ("王建国", Y(2002, 5, 1)),
    ]


def test_a_room_out_of_reach_has_no_history(office: Office) -> None:
    with pytest.raises(Missing):
        office.desk.ask("rights.room_history", room_id=new_id(), on=DAY)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh_CN", ("房间权属沿革", "使用沿革", "本房间", "整栋楼", "未了问题")),
     ("en", ("Title history of a room", "Users of the room", "the whole building", "Defects not settled"))],
)  # fmt: skip
def test_the_paper_says_it_in_either_language(office: Office, lang: str, words: tuple[str, ...]) -> None:
    data = room_history_paper.history(office.desk, office.room, DAY, lang)
    text = "".join(pages(data))
    assert inspect(data).intact and inspect(data).kind == "room-history"
    for said in (*words, "房1号", "京302号", "6,000.00", "6,100.00", "王建国", "协甲", "302"):
        assert said in text, said
    empty = "".join(pages(room_history_paper.history(office.desk, office.far_room, DAY, lang)))
    assert empty.count({"zh_CN": "（无记录）", "en": "(no rows)"}[lang]) == 4
