"""Handing over a compound: twelve volumes in one file, where the index says, everything counted, nobody's number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.base import new_id
from services import compound_handover
from services.compound_handover import MARKS
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.intent import Grant
from services.documents.verify import inspect
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

DAY, Y = date(2026, 11, 20), date


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 20, 12, tzinfo=UTC)))
    right = title(made)
    enter(made.desk, right, "first_registration", Y(2010, 1, 1), party="机关事务管理局", certificate="京1号")
    made.add("title_defects", compound_id=made.compound, title_id=right, kind="dangerous", opened_on=Y(2026, 1, 1))
    made.asset("电梯", class_code="A02051227", cost=200_00)
    made.asset("办公桌", class_code="A05010201", cost=30_00, quantity=2)
    made.asset("便携式计算机", class_code="A02010108", cost=4_00)
    made.add("work_orders", compound_id=made.compound, title="水管漏水", trade="plumbing", room_id=made.room)
    meter = made.add("meters", compound_id=made.compound, name="总水表", kind="water", measure="吨")
    for day, value in ((Y(2026, 9, 30), 100_500), (Y(2026, 10, 31), 234_000), (Y(2026, 12, 31), 999_000)):
        if day <= DAY:
            made.add("meter_readings", compound_id=made.compound, meter_id=meter, on=day, value=value)
    made.desk.do("staff.revise", staff_id=made.giver, phone="13800138000")
    return made


def written(office: Office, lang: str = "zh_CN", desk: Desk | None = None) -> list[str]:
    return pages(compound_handover.handover(desk or office.desk, office.compound, DAY, lang))


def test_each_volume_begins_on_the_page_the_index_says(office: Office) -> None:
    told = written(office)
    starts = {mark: n for n, page in enumerate(told, 1) for mark in MARKS[1:] if page.startswith(mark)
              and "（续）" not in page[:40]}  # fmt: skip
    assert list(starts) == list(MARKS[1:]) and len(told) == max(starts.values())
    index = told[1]
    for mark, following in zip(MARKS[1:], [*MARKS[2:], "各清单"], strict=True):
        line = index[index.index(mark) : index.index(following)]
        assert line.rstrip().endswith(str(starts[mark])), (mark, line)
    for role in ("移交方", "接收方", "监交方"):
        assert role in told[0] and role in told[-1]


def test_equipment_and_all_else_are_every_card_once(office: Office) -> None:
    told = {page[0]: page for page in written(office)[2:]}
    assert "电梯" in told["③"] and "200.00" in told["③"] and "办公桌" not in told["③"]
    for said in ("办公桌", "便携式计算机", "34.00", "234.00"):  # the sum of the volume, and of both
        assert said in told["④"], said
    assert "电梯" not in told["④"] and "4" in told["④"]
    assert "京1号" in told["②"] and "234" in told["⑧"] and "2026-10-31" in told["⑧"]
    assert "水管漏水" in told["⑪"] and "危房" in told["⑪"]


def test_the_list_of_people_says_no_more_than_name_unit_and_post(office: Office) -> None:
    text = "".join(written(office))
    people = next(page for page in written(office) if page.startswith("⑦"))
    assert "李秀英" in people and "后勤处" in people
    for secret in ("138", "P0", "P1"):
        assert secret not in people
    assert "13800138000" not in text


def test_what_one_may_not_read_is_not_printed_and_the_paper_says_so(office: Office) -> None:
    allowed = ("compounds.list", "sites.list", "assets.list", "buildings.list")
    told = written(office, desk=replace(office.desk, grants=(Grant(allowed),)))
    text = "".join(told)
    assert "李秀英" not in next(page for page in told if page.startswith("⑦"))
    assert "因无查阅权限未列：在册人员" in text and "水管漏水" not in text and "电梯" in text


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("lang", "words"), [
    ("zh_CN", ("大院移交书", "目录", "移交协议书", "遗留问题", "现场查验记录表")),
    ("en", ("Handover of a compound", "Index", "Protocol of the handover", "Open matters", "Record of the inspection")),
])  # fmt: skip
def test_it_is_said_in_either_language_and_nothing_is_said_to_be_none(
    office: Office, lang: str, words: tuple[str, ...]
) -> None:
    data = compound_handover.handover(office.desk, office.compound, DAY, lang)
    assert inspect(data).intact and inspect(data).kind == "compound-handover"
    text = "".join(pages(data))
    for said in (*words, "建设路大院"):
        assert said in text, said
    empty = office.add("compounds", code="ZZ", name="新大院")
    bare = pages(compound_handover.handover(office.desk, empty, DAY, lang))
    assert len(bare) == 13 and "".join(bare).count({"zh_CN": "无", "en": "None"}[lang]) > 20


def test_a_compound_out_of_reach_is_not_handed_over(office: Office) -> None:
    with pytest.raises(Missing):
        compound_handover.handover(office.desk, new_id(), DAY, "en")
