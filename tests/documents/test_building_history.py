"""The history of a building on paper: every entry of every title that covers it, and its users, each with its proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.base import new_id
from services import history_papers
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.documents.verify import inspect
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

DAY, Y = date(2024, 6, 30), date


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC)))
    whole, part = title(made), title(made, location="1号楼302室")
    enter(made.desk, part, "housing_sale", Y(2001, 5, 1), party="王建国", paper="房改售〔2001〕5号")
    enter(made.desk, whole, "transfer", Y(2019, 8, 6), party="市机关事务管理局", certificate="京（2019）0023187号")
    enter(
        made.desk, whole, "first_registration", Y(1998, 12, 1), party="市直机关管理局", paper="海国用（1998）第0412号"
    )
    enter(made.desk, whole, "mortgage", Y(2025, 1, 1), party="建设银行", paper="抵2025")
    use = {"compound_id": made.compound, "room_id": made.room}
    made.add("occupancies", **use, unit_id=made.unit, from_on=Y(2010, 1, 1), until_on=Y(2012, 12, 31), agreement="协甲")
    made.add("occupancies", **use, unit_id=made.unit, from_on=Y(2013, 1, 1), agreement="协甲")
    made.add("occupancies", **use, staff_id=made.taker, from_on=Y(2024, 1, 1))
    return made


def test_entries_stand_in_the_order_of_their_days_whichever_title_they_are_of(office: Office) -> None:
    told = office.desk.ask("rights.history", building_id=office.building, on=DAY)
    assert [(s.entry.on.year, s.entry.kind.value) for s in told.steps] == [
        (1998, "first_registration"), (2001, "housing_sale"), (2019, "transfer"),
    ]  # fmt: skip
    assert told.steps[2].title == "京（2019）0023187号" and told.titles == 2
    assert told.now == office.desk.ask("rights.on", building_id=office.building, on=DAY)
    later = office.desk.ask("rights.history", building_id=office.building, on=Y(2025, 1, 1))
    assert len(later.steps) == 4 and later.steps[-1].entry.open and not told.steps[-1].entry.open


def test_uses_by_one_agreement_are_one_line_until_the_last_has_ended(office: Office) -> None:
    told = office.desk.ask("rights.history", building_id=office.building, on=DAY)
    assert [(u.who, u.agreement, u.from_on, u.until_on, u.rooms) for u in told.uses] == [
        ("后勤处", "协甲", Y(2010, 1, 1), None, ("302",)), ("王建国", "", Y(2024, 1, 1), None, ("302",)),
    ]  # fmt: skip
    early = office.desk.ask("rights.history", building_id=office.building, on=Y(2012, 12, 31))
    assert [(u.from_on, u.until_on) for u in early.uses] == [(Y(2010, 1, 1), Y(2012, 12, 31))]


def test_a_building_out_of_reach_has_no_history(office: Office) -> None:
    with pytest.raises(Missing):
        office.desk.ask("rights.history", building_id=new_id(), on=DAY)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_paper_names_each_proof_once(office: Office, lang: str) -> None:
    data = history_papers.history(office.desk, office.building, DAY, lang)
    text = "".join(pages(data))
    assert inspect(data).intact and inspect(data).kind == "building-history"
    for proof in ("海国用（1998）第0412号", "房改售〔2001〕5号", "协甲"):
        assert text.count(proof) == 1, proof
    assert {"zh_CN": "房屋产权沿革", "en": "History of a building"}[lang] in text and "抵2025" not in text
    assert {"zh_CN": "无协议使用人", "en": "Users without an agreement"}[lang] in text
    assert data == history_papers.history(office.desk, office.building, DAY, lang)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_building_nothing_is_known_of_says_so(office: Office) -> None:
    bare = office.add("buildings", compound_id=office.compound, code="9", name="9号楼")
    text = "".join(pages(history_papers.history(office.desk, bare, DAY, "zh_CN")))
    assert text.count("（无记录）") == 2
