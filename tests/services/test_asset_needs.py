"""Needs: idle things first, then a decision; accepted by two persons onto cards, with a paper that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from models.acquisition import STEPS, NeedState
from models.asset import Acquisition, AssetStatus, Depreciation
from services.asset_thresholds import Verdict, verdict
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, UserError
from services.desk.intent import Grant, query
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from services.documents.verify import inspect
from services.need_sheet import NeedSheet
from tests.documents.sample import text
from tests.services.people import Office, found

SPLIT, DESK_ = "A02061804", "A05010201"
LAST_YEAR = date(2025, 11, 1)


@query("T", name="tests.verdict")
def judged(session: Session, *, code: str, price: int | None, quantity: int, on: date) -> Verdict:
    return verdict(session, code, price, quantity, on)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def need(office: Office, quantity: int = 3, **values: Any) -> UUID:
    given_ = {"compound_id": office.compound, "name": "空调机", "class_code": SPLIT, "unit_price": 329900}
    return office.add("asset_needs", quantity=quantity, **given_ | values)


def sheet(desk: Desk, wanted: UUID) -> NeedSheet:
    answer: NeedSheet = desk.ask("asset_needs.sheet", asset_need_id=wanted, on=date(2026, 11, 23))
    return answer


def decided(office: Office, quantity: int = 3, **values: Any) -> UUID:
    wanted = need(office, quantity)
    office.desk.do("asset_needs.decide", asset_need_id=wanted, **{"source": "purchase"} | values)
    return wanted


def accept(office: Office, wanted: UUID, accepted: int, **values: Any) -> int:
    persons = {"accepted_by_id": office.giver, "second_by_id": office.taker}
    made: int = office.desk.do("asset_needs.accept", asset_need_id=wanted, accepted=accepted, **persons | values).value
    return made


def test_what_is_bought_comes_onto_cards_with_its_papers(office: Office) -> None:
    wanted = decided(office, decision="局党组会议纪要〔2026〕12号")
    procured = {"procurement": "central", "supplier": "某公司", "contract": "HT-1", "invoice": "FP-1", "price": 310000}
    office.desk.do("asset_needs.procure", asset_need_id=wanted, **procured)
    assert accept(office, wanted, 3, serials="S1\nS2\n\nS3", keeper_id=office.giver, room_id=office.room) == 3
    cards = office.desk.ask("asset_needs.cards", asset_need_id=wanted)
    rows = [office.row("assets", card) for card in cards]
    assert [row["serial"] for row in rows] == ["S1", "S2", "S3"]
    assert {row["cost"] for row in rows} == {310000} and {row["acquisition"] for row in rows} == {Acquisition.PURCHASE}
    for row in rows:
        assert (row["supplier"], row["contract"], row["invoice"]) == ("某公司", "HT-1", "FP-1")
        assert (row["class_name"], row["room"], row["building"], row["status"]) == (
            "空调机", "302", "1号楼", AssetStatus.IN_USE)  # fmt: skip
    told = sheet(office.desk, wanted)
    assert told.row["state"] is NeedState.ACCEPTED and [card.id for card in told.cards] == cards
    store = office.desk.store
    assert verify(store) == compare(store) == papers(store) == []


def test_the_acceptance_note_says_who_what_and_how_many(office: Office) -> None:
    wanted = decided(office)
    accept(office, wanted, 2, rejected=1, rejected_why="外壳破损", price=300000)
    paper = office.desk.ask("asset_needs.paper", asset_need_id=wanted)
    said = text(paper)
    for words in ("固定资产验收单", "李秀英", "王建国", "外壳破损", "陆仟元整", "空调机", "ZC-JGSW"):
        assert words in said
    assert inspect(paper).intact and inspect(paper).kind == "acceptance"
    assert office.desk.ask("asset_needs.paper", asset_need_id=wanted) == paper, "the paper that was kept"
    with pytest.raises(Missing):
        office.desk.ask("asset_needs.paper", asset_need_id=need(office))


def test_many_equal_things_may_stand_on_one_card(office: Office) -> None:
    wanted = decided(office, 200)
    assert accept(office, wanted, 200, each=False, price=45000) == 1
    [card] = office.desk.ask("asset_needs.cards", asset_need_id=wanted)
    row = office.row("assets", card)
    assert (row["quantity"], row["cost"], row["status"]) == (200, 9_000_000, AssetStatus.IDLE)


def test_what_is_accepted_is_depreciated_as_its_class_says(office: Office) -> None:
    wanted = decided(office)
    accept(office, wanted, 1)
    [card] = office.desk.ask("asset_needs.cards", asset_need_id=wanted)
    row = office.row("assets", card)
    assert (row["life_months"], row["depreciation"]) == (60, Depreciation.STRAIGHT_LINE)


def test_nothing_is_accepted_into_a_month_that_is_booked(office: Office) -> None:
    office.add("assets", compound_id=office.compound, name="空调机", class_code=SPLIT, cost=1, acquired_on=LAST_YEAR)
    office.desk.do("depreciation.book", month=LAST_YEAR)
    wanted = decided(office, decided_on=LAST_YEAR)
    with pytest.raises(Conflict) as told:
        accept(office, wanted, 1, accepted_on=LAST_YEAR, entered_on=LAST_YEAR)
    assert told.value.values["field"] == "asset.entered_on"
    assert not office.desk.ask("asset_needs.cards", asset_need_id=wanted)


def test_everything_rejected_makes_no_card_but_a_paper(office: Office) -> None:
    wanted = decided(office)
    assert accept(office, wanted, 0, rejected=3, rejected_why="型号不符") == 0
    assert "未建立资产卡片" in text(office.desk.ask("asset_needs.paper", asset_need_id=wanted))


@pytest.mark.parametrize(
    ("field", "accepted", "values"),
    [
        ("second_by_id", 3, {"second_by_id": "giver"}), ("accepted", 4, {}), ("accepted", 0, {}),
        ("rejected_why", 2, {"rejected": 1}), ("serials", 3, {"serials": "S1\nS2"}),
        ("serials", 2, {"serials": "S1\nS1"}), ("accepted_on", 3, {"accepted_on": date(2100, 1, 1)}),
        ("accepted_on", 3, {"accepted_on": date(2000, 1, 1)}),
        ("warranty_until", 3, {"warranty_until": date(2000, 1, 1)}),
    ],
)  # fmt: skip
def test_an_acceptance_that_cannot_be_is_refused_whole(
    office: Office, field: str, accepted: int, values: dict[str, Any]
) -> None:
    wanted = decided(office)
    given_ = {name: getattr(office, value) if value == "giver" else value for name, value in values.items()}
    with pytest.raises(Invalid) as refused:
        accept(office, wanted, accepted, **given_)
    assert str(refused.value.values["field"]).endswith(field)
    assert sheet(office.desk, wanted).cards == () and sheet(office.desk, wanted).row["state"] is NeedState.DECIDED


# Idle things first


def test_what_lies_idle_anywhere_comes_before_a_decision(office: Office) -> None:
    here = office.asset(class_code=SPLIT, status="idle")
    there = office.asset(class_code=SPLIT, status="idle", compound_id=office.elsewhere, keeper_id=None)
    office.asset(class_code=SPLIT)
    office.asset(class_code=DESK_, status="idle")
    wanted = need(office)
    told = sheet(office.desk, wanted).offer
    assert ([asset.id for asset in told.assets], told.count, told.beyond) == ([here, there], 2, 0)
    with pytest.raises(Invalid) as refused:
        office.desk.do("asset_needs.decide", asset_need_id=wanted, source="purchase")
    assert refused.value.values["n"] == 2
    office.desk.do("asset_needs.decide", asset_need_id=wanted, source="purchase", not_idle="功率不足")
    assert sheet(office.desk, wanted).row["not_idle"] == "功率不足"


def test_what_lies_idle_out_of_reach_is_counted_and_not_shown(office: Office) -> None:
    office.asset(class_code=SPLIT, status="idle", compound_id=office.elsewhere, keeper_id=None)
    clerk = replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),))
    wanted = need(office)
    told = sheet(clerk, wanted).offer
    assert (told.assets, told.count, told.beyond) == ((), 0, 1)
    with pytest.raises(Invalid):
        clerk.do("asset_needs.decide", asset_need_id=wanted, source="purchase")


def test_a_need_is_met_by_a_handover_of_idle_things_and_their_parts(office: Office) -> None:
    idle, part = office.asset(class_code=SPLIT, status="idle"), office.asset("支架")
    office.desk.do("assets.put_in_set", asset_ids=[part], part_of_id=idle)
    wanted = need(office, 1)
    met = {"asset_need_id": wanted, "asset_ids": [idle], "to_staff_id": office.taker}
    note = office.desk.do("asset_needs.meet", **met).value
    assert office.desk.ask("handovers.facts", handover_id=note).lines == 2
    told = sheet(office.desk, wanted)
    assert (told.row["state"], told.row["handover_id"], [c.id for c in told.cards]) == (NeedState.MET, note, [idle])
    with pytest.raises(Conflict):
        office.desk.do("asset_needs.reconsider", asset_need_id=wanted)
    office.desk.do("handovers.cancel", handover_id=note)
    office.desk.do("asset_needs.reconsider", asset_need_id=wanted)
    assert sheet(office.desk, wanted).row["state"] is NeedState.REQUESTED and sheet(office.desk, wanted).cards == ()


def test_only_idle_things_of_one_compound_meet_a_need(office: Office) -> None:
    used, idle = office.asset(class_code=SPLIT), {"class_code": SPLIT, "status": "idle"}
    near, far = office.asset(**idle), office.asset(**idle, compound_id=office.elsewhere, keeper_id=None)
    wanted = need(office, 1)
    for assets in ([used], [near, far]):
        with pytest.raises(Conflict):
            office.desk.do("asset_needs.meet", asset_need_id=wanted, asset_ids=assets, to_staff_id=office.taker)


def test_what_lies_idle_in_another_compound_comes_here_by_a_transfer_note(office: Office) -> None:
    far = office.asset(class_code=SPLIT, status="idle", compound_id=office.elsewhere, keeper_id=None)
    wanted = need(office, 1)
    assert [asset.id for asset in sheet(office.desk, wanted).offer.assets] == [far]
    meeting = {"asset_need_id": wanted, "asset_ids": [far], "to_staff_id": office.taker}
    note = office.desk.do("asset_needs.meet", **meeting).value
    assert sheet(office.desk, need(office, 1)).offer.assets == (), "it is promised"
    [row] = office.desk.first(View("handovers"), 9)
    assert (row["purpose"], row["to_compound_id"]) == ("transfer", office.compound)
    office.desk.do("handovers.issue", handover_id=note)
    for side in ("from", "to"):
        office.desk.do("handovers.sign", handover_id=note, side=side)
    [card] = sheet(office.desk, wanted).cards
    here = office.row("assets", card.id)
    assert (here["compound_id"], here["keeper"], here["status"]) == (office.compound, "王建国", "in_use")


# The machine


@pytest.mark.parametrize("state", [NeedState.ACCEPTED, NeedState.CANCELLED, NeedState.DECIDED])
def test_a_need_goes_only_where_its_states_lead(office: Office, state: NeedState) -> None:
    wanted = decided(office) if state is not NeedState.CANCELLED else need(office)
    if state is NeedState.ACCEPTED:
        accept(office, wanted, 3)
    elif state is NeedState.CANCELLED:
        office.desk.do("asset_needs.cancel", asset_need_id=wanted)
    acts: dict[NeedState, dict[str, Any]] = {
        NeedState.DECIDED: {"source": "purchase"}, NeedState.REQUESTED: {}, NeedState.CANCELLED: {},
    }  # fmt: skip
    names = {NeedState.DECIDED: "decide", NeedState.REQUESTED: "reconsider", NeedState.CANCELLED: "cancel"}
    for goal, values in acts.items():
        if goal not in STEPS[state]:
            with pytest.raises(Conflict):
                office.desk.do(f"asset_needs.{names[goal]}", asset_need_id=wanted, **values)
    with pytest.raises(Conflict):
        office.desk.do("asset_needs.revise", asset_need_id=wanted, quantity=9)


def test_a_decision_of_tomorrow_is_none(office: Office) -> None:
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011
    with pytest.raises(UserError):
        decided(office, decided_on=tomorrow)


# Fixed asset or not


@pytest.mark.parametrize(
    ("on", "code", "yuan", "quantity", "ledger"),
    [
        (date(2026, 11, 23), SPLIT, 1000, 1, "fixed_asset"), (date(2026, 11, 23), SPLIT, 999.99, 1, "low_value"),
        (date(2026, 11, 23), DESK_, 450, 200, "large_batch"), (date(2026, 11, 23), DESK_, 450, 2, "low_value"),
        (date(2015, 6, 1), "A02130000", 1400, 1, "low_value"), (date(2015, 6, 1), SPLIT, 1400, 1, "fixed_asset"),
        (date(2023, 3, 1), "A02130000", 1400, 1, "fixed_asset"), (date(2023, 2, 28), "A02130000", 1400, 1, "low_value"),
        (date(2005, 1, 1), SPLIT, 600, 1, "fixed_asset"),
        (date(2026, 1, 1), SPLIT, None, 1, "fixed_asset"),
    ],
)  # fmt: skip
def test_what_is_a_fixed_asset_follows_the_rule_of_the_day(
    desk: Desk, on: date, code: str, yuan: float | None, quantity: int, ledger: str
) -> None:
    price = None if yuan is None else round(yuan * 100)
    assert desk.ask(judged, code=code, price=price, quantity=quantity, on=on).ledger == ledger
