"""The papers of places from a real store: every room and user once, sums that agree, both languages, empty ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services import place_papers
from services.desk.desk import Desk
from services.desk.errors import Cancelled
from services.documents.verify import inspect
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.test_places import room, use

DAY = date(2024, 5, 5)
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC)))
    first = room(made, "401", 3000)
    use(made, first, "staff", staff_id=made.giver, agreement="协1号", agreement_until=date(2027, 1, 1))
    use(made, first, "staff", staff_id=made.taker, unit_id=made.other_unit)
    room(made, "402", 1300)
    made.desk.do("buildings.revise", building_id=made.building, area=500000)
    made.desk.do("compounds.revise", compound_id=made.compound, headcount=200)
    made.desk.do("cost_entries.enter", compound_id=made.compound, year=2025, guards=50000000, energy=25000000)
    return made


def test_the_sheet_of_use_has_every_room_and_user_once(office: Office) -> None:
    data = place_papers.usage(office.desk, office.compound, None, DAY, "zh_CN")
    text = "".join(pages(data))
    assert inspect(data).intact and inspect(data).kind == "room-use"
    for once in ("401", "402", "302", "李秀英", "王建国", "协1号", "2027-01-01", "12.00"):
        assert text.count(once) == (2 if once == "12.00" else 1), once  # the excess stands in its row and in the sum
    assert "43.00" in text and "无人使用" in text and "办公用房使用情况统计表" in text
    assert data == place_papers.usage(office.desk, office.compound, None, DAY, "zh_CN")
    one = "".join(pages(place_papers.usage(office.desk, office.compound, office.building, DAY, "en")))
    assert "建设路大院 · 1号楼" in one and "Use of office premises" in one and "nobody" in one


def test_a_long_sheet_keeps_its_end_together(office: Office) -> None:
    for n in range(300):
        room(office, f"9{n:03d}", 100, name="很长的房间名称")
    found_ = pages(place_papers.usage(office.desk, office.compound, None, DAY, "zh_CN"))
    assert len(found_) > 5 and all("使用单位" in page for page in found_)
    assert "合计" in found_[-1] and "制表人" in found_[-1] and "9299" in found_[-1]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_list_of_offices_over_the_standard(office: Office, lang: str) -> None:
    text = "".join(pages(place_papers.over(office.desk, DAY, lang)))
    assert "401" in text and "402" not in text and "12.00" in text and "18.00" in text
    assert {"zh_CN": "办公用房超标清单", "en": "Offices over the standard"}[lang] in text


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_comparison_says_what_a_compound_costs(office: Office, lang: str) -> None:
    data = place_papers.comparison(office.desk, 2025, lang)
    text = "".join(pages(data))
    assert len(pages(data)) == 1 and "建设路大院" in text and "西湖里宿舍" not in text, "one page, of those that cost"
    for figure in ("5,000.00", "200", "50.00", "25.00", "75.00", "150.00", "3,750.00"):
        assert figure in text, figure


def test_a_paper_about_nothing_says_so_and_one_can_be_stopped(office: Office) -> None:
    early = "".join(pages(place_papers.over(office.desk, date(2000, 1, 1), "zh_CN")))
    assert "（无记录）" in early
    assert "（无记录）" in "".join(pages(place_papers.comparison(office.desk, 1999, "zh_CN")))
    with pytest.raises(Cancelled):
        stopped = office.desk.having(tell=lambda done, total: False)
        place_papers.usage(stopped, office.compound, None, DAY, "zh_CN")
