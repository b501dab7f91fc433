"""The ledger of titles: what the right is on any day, and what may be done with a place."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import new_id
from models.title import Title, TitleState
from models.title_event import TitleEvent, TitleEventKind
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import INTENTS, intent
from services.desk.listing import View
from services.desk.trail import check
from services.desk.work import Work
from services.rights import Purpose
from services.title_state import ENDS, STARTS, standing
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

K = TitleEventKind
Y = date
CERTIFICATE = "京（2019）海不动产权第0023187号"


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def states(desk: Desk) -> set[str]:
    return {defect["state"].value for defect in desk.first(View("title_defects"), 9)}


def row(desk: Desk, id: UUID) -> dict[str, Any]:
    return next(r for r in desk.first(View("titles"), 50) if r["id"] == id)


def test_the_right_on_any_past_day_is_answered_with_the_paper_that_proves_it(office: Office) -> None:
    desk, right = office.desk, title(office)
    on = {"building_id": office.building}
    enter(
        desk, right, "transfer", Y(2019, 8, 6), party="市机关事务管理局", certificate="京（2019）海不动产权第0023187号"
    )
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="市直机关管理局", paper="海国用（1998）第0412号")
    enter(desk, right, "management", Y(2024, 3, 18), unit_id=office.unit, paper="机管〔2024〕18号")
    then = {
        day: desk.ask("rights.on", **on, on=day) for day in (Y(1990, 1, 1), Y(2005, 1, 1), Y(2020, 1, 1), Y(2025, 1, 1))
    }
    assert then[Y(1990, 1, 1)].holders == ()
    assert [(f.who, f.paper) for f in then[Y(2005, 1, 1)].holders] == [("市直机关管理局", "海国用（1998）第0412号")]
    assert [f.who for f in then[Y(2020, 1, 1)].holders] == ["市机关事务管理局"] and not then[Y(2020, 1, 1)].managers
    assert [(f.who, f.paper) for f in then[Y(2025, 1, 1)].managers] == [("后勤处", "机管〔2024〕18号")]
    held = row(desk, right)
    assert (held["holder"], held["certificate"]) == ("市机关事务管理局", CERTIFICATE)
    assert check(desk.store) == []


def test_users_with_and_without_an_agreement_are_told_apart(office: Office) -> None:
    desk = office.desk
    use = {"compound_id": office.compound, "room_id": office.room}
    office.add(
        "occupancies", **use, unit_id=office.unit, from_on=Y(2020, 1, 1), until_on=Y(2022, 12, 31), agreement="使-1"
    )
    office.add("occupancies", **use, unit_id=office.other_unit, staff_id=office.taker, from_on=Y(2023, 1, 1))
    for where in ({"room_id": office.room}, {}):
        before = desk.ask("rights.on", building_id=office.building, on=Y(2021, 5, 5), **where)
        now = desk.ask("rights.on", building_id=office.building, on=Y(2024, 5, 5), **where)
        assert [f.who for f in before.users] == ["后勤处"] == [f.who for f in before.actual]
        assert now.users == () and [f.who for f in now.actual] == ["财务处 · 王建国"]


def test_no_place_is_answered_for_that_is_out_of_reach(office: Office) -> None:
    with pytest.raises(Missing):
        office.desk.ask("rights.on", building_id=new_id(), on=Y(2024, 1, 1))
    with pytest.raises(Missing):
        office.desk.ask("rights.on", building_id=office.building, room_id=office.far_room, on=Y(2024, 1, 1))


@pytest.mark.parametrize(
    ("events", "dispose", "lease"),
    [
        ((), {"unregistered"}, {"unregistered"}),
        (("first_registration",), set(), set()),
        (("first_registration", "mortgage"), set(), set()),
        (("first_registration", "seizure"), {"seized"}, {"seized"}),
        (("first_registration", "seizure", "seizure_release"), set(), set()),
        (("first_registration", "dispute_opened"), {"disputed"}, {"disputed"}),
        (("first_registration", "objection"), {"objection"}, set()),
        (("record_filing",), {"filed"}, set()),
        (("first_registration", "cancellation"), {"cancelled", "unregistered"}, {"cancelled", "unregistered"}),
    ],
)
def test_disposal_and_lease_are_refused_with_reasons(
    office: Office, events: tuple[str, ...], dispose: set[str], lease: set[str]
) -> None:
    right = title(office)
    for at, kind in enumerate(events):
        enter(office.desk, right, kind, Y(2020, 1, 1) + timedelta(days=at), party="某某")
    for purpose, refusals in ((Purpose.DISPOSE, dispose), (Purpose.LEASE, lease)):
        said = office.desk.ask("rights.may", building_id=office.building, purpose=purpose, on=Y(2024, 1, 1))
        assert {f.code for f in said.findings if f.effect == "refuse"} == refusals
        assert said.allowed is not bool(refusals)
        assert all(f.source for f in said.findings)


def test_an_office_in_use_is_neither_leased_nor_sold_an_empty_one_under_conditions(office: Office) -> None:
    right, on = title(office), {"building_id": office.building, "room_id": office.room, "on": Y(2024, 1, 1)}
    enter(office.desk, right, "first_registration", Y(2020, 1, 1), party="某局")
    said = office.desk.ask("rights.may", purpose=Purpose.LEASE, **on)
    assert said.allowed and [f.code for f in said.findings] == ["office"]
    office.add(
        "occupancies", compound_id=office.compound, room_id=office.room, unit_id=office.unit, from_on=Y(2023, 1, 1)
    )
    said = office.desk.ask("rights.may", purpose=Purpose.LEASE, **on)
    assert not said.allowed and ("in_use", "后勤处") in [(f.code, f.about) for f in said.findings]


def test_one_room_sold_as_public_housing_leaves_the_others(office: Office) -> None:
    right, day = title(office), Y(2024, 1, 1)
    other = office.add("rooms", compound_id=office.compound, building_id=office.building, number="303")
    enter(office.desk, right, "first_registration", Y(1990, 1, 1), party="某局")
    enter(office.desk, right, "housing_sale", Y(2001, 1, 1), party="张三", room_id=office.room)
    for room, allowed in ((office.room, False), (other, True)):
        answer = office.desk.ask(
            "rights.may", building_id=office.building, room_id=room, purpose=Purpose.DISPOSE, on=day
        )
        assert answer.allowed is allowed


def test_the_standing_can_be_thrown_away_and_is_made_again_from_the_ledger(office: Office) -> None:
    desk, right = office.desk, title(office)
    enter(
        desk,
        right,
        "first_registration",
        Y(1998, 12, 1),
        party="某局",
        area=1482036,
        certificate="X京房权证海字第05127号",
    )
    enter(desk, right, "mortgage", Y(2010, 5, 1), party="某银行", amount=5000000)
    enter(desk, right, "loss", Y(2011, 5, 1))
    before = row(desk, right)

    @intent("T", name="tests.forget")
    def forget(work: Work) -> None:
        held = work.get(Title, right)
        held.state, held.holder, held.area, held.lost = TitleState.CANCELLED, "nobody", None, False
        held.mortgaged, held.disputed = False, True

    try:
        desk.do("tests.forget")
    finally:
        del INTENTS["tests.forget"]
    assert row(desk, right) != before
    assert desk.do("titles.rebuild").value == 1
    assert row(desk, right) == before and before["mortgaged"] and before["lost"]
    assert desk.do("titles.rebuild").value == 0


def test_a_wrong_event_is_taken_off_and_the_right_stands_as_before(office: Office) -> None:
    desk, right = office.desk, title(office)
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="某局")
    seizure = enter(desk, right, "seizure", Y(2010, 1, 1), party="某法院")
    release = enter(desk, right, "seizure_release", Y(2011, 1, 1), ends_id=seizure)
    with pytest.raises(Conflict, match="Still used"):
        desk.do("titles.strike", title_event_id=seizure, reason="typed twice")
    desk.do("titles.strike", title_event_id=release, reason="typed twice")
    assert row(desk, right)["seized"]
    desk.do("titles.strike", title_event_id=seizure, reason="typed twice")
    assert not row(desk, right)["seized"]


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("mortgage", {"on": Y(2199, 1, 1), "party": "x"}, "lies ahead"), ("mortgage", {}, "says"),
        ("survey", {}, "says"), ("transfer", {"paper": ""}, "required"),
        ("mortgage", {"party": "x", "until_on": Y(2000, 1, 1)}, "lies after"),
    ],
)  # fmt: skip
def test_an_event_that_makes_no_sense_is_refused(office: Office, kind: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        enter(office.desk, title(office), kind, **{"on": Y(2010, 1, 1)} | values)


def test_an_end_ends_what_it_can_end_once(office: Office) -> None:
    desk, right = office.desk, title(office)
    mortgage = enter(desk, right, "mortgage", Y(2010, 1, 1), party="某银行")
    for kind, on, says in (
        ("seizure_release", Y(2011, 1, 1), "does not end"),
        ("mortgage_release", Y(2009, 1, 1), "before"),
    ):
        with pytest.raises(Invalid, match=says):
            enter(desk, right, kind, on, ends_id=mortgage)
    enter(desk, right, "mortgage_release", Y(2011, 1, 1), ends_id=mortgage)
    with pytest.raises(Conflict, match="already"):
        enter(desk, right, "mortgage_release", Y(2012, 1, 1), ends_id=mortgage)


def test_areas_that_differ_too_much_open_a_defect_and_settle_it_when_they_agree(office: Office) -> None:
    desk, right = office.desk, title(office)
    desk.do("buildings.revise", building_id=office.building, area=1482000)
    enter(desk, right, "first_registration", Y(1998, 12, 1), party="某局", area=1482036)
    assert desk.count(View("title_defects")) == 0  # within one per cent
    enter(desk, right, "survey", Y(2025, 5, 22), area=1520000)
    (defect,) = desk.first(View("title_defects"), 9)
    assert defect["kind"].value == "area_differs" and defect["evidence"] == "14820.36 m² ≠ 15200.00 m²"
    desk.do("titles.rebuild")
    assert desk.count(View("title_defects")) == 1
    enter(desk, right, "change", Y(2025, 8, 1), area=1520000)
    assert states(desk) == {"settled", "open"}  # now the books differ
    desk.do("buildings.revise", building_id=office.building, area=1520000)
    assert states(desk) == {"settled"}


KINDS = [K.FIRST_REGISTRATION, K.CHANGE, K.TRANSFER, K.SURVEY, K.MANAGEMENT, K.LOSS, K.REISSUE, K.CANCELLATION]
KINDS += [*STARTS, *ENDS, K.RECORD_FILING, K.CORRECTION, K.HOUSING_SALE]
serial = count()


@st.composite
def ledgers(draw: st.DrawFn) -> list[TitleEvent]:
    events: list[TitleEvent] = []
    for _ in range(draw(st.integers(0, 12))):
        kind, day = draw(st.sampled_from(KINDS)), Y(2000, 1, 1) + timedelta(days=draw(st.integers(0, 20)))
        started = [e for e in events if kind in ENDS and e.kind is ENDS[kind] and e.on <= day]
        ends = draw(st.none() | st.sampled_from(started)) if started else None
        values = {"party": draw(st.none() | st.sampled_from(["甲", "乙"])), "area": draw(st.none() | st.integers(1, 9))}
        events.append(
            TitleEvent(
                compound_id=new_id(), title_id=new_id(), number=str(next(serial)), kind=kind, on=day,
                paper=draw(st.sampled_from(["p", "q"])), ends_id=ends.id if ends else None, **values,
            )
        )  # fmt: skip
    return events


@given(ledgers(), st.randoms(), st.integers(0, 21))
def test_it_does_not_matter_in_which_order_events_are_entered(events: list[TitleEvent], chance: Any, days: int) -> None:
    day = Y(2000, 1, 1) + timedelta(days=days)
    shuffled = list(events)
    chance.shuffle(shuffled)
    one, other = standing(events, day), standing(shuffled, day)
    assert one == other


@given(ledgers(), st.integers(0, 21))
def test_what_happens_later_changes_nothing_of_the_day(events: list[TitleEvent], days: int) -> None:
    day = Y(2000, 1, 1) + timedelta(days=days)
    assert standing(events, day) == standing([e for e in events if e.on <= day], day)
    limits = standing(events, day).open
    assert all(e.on <= day and e.kind in STARTS for e in limits)
    assert not [e for e in events if e.ends_id in {limit.id for limit in limits} and e.on <= day]
