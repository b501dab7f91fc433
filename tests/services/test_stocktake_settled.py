"""The end of a stocktake: differences are explained, reported, approved, and settled by documents of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.services.counting import CARDS, TODAY, Count, counting

LOST = {"cause": "lost", "explanation": "搬迁时遗失", "responsible": "无责任人", "compensation": 0,
        "settlement": "write_off"}  # fmt: skip
MOVED = {"cause": "unrecorded_move", "explanation": "借去未登记", "settlement": "correct_card"}
MORE = {"cause": "unrecorded_receipt", "explanation": "无凭据，未经评估", "settlement": "enter_card", "basis": "market",
        "value": 120000}  # fmt: skip


@pytest.fixture
def count(desk: Desk) -> Count:
    """Counted: ZC-1 missing, two of ten ZC-3 short, ZC-4 elsewhere, one ZC-6 too much, a printer in no book."""
    made = counting(desk).begin()
    made.scan("ZC-2")
    made.scan("ZC-3", quantity=8)
    made.scan("ZC-4", "401", keeper_id=made.people["赵磊"])
    made.scan("ZC-5", "302")
    made.scan("ZC-6", "", quantity=5)
    scan = made.scan("无名打印机", "401")
    made.do("surplus", stocktake_id=made.id, name="打印机", class_code="A02021001", scan_id=scan.scan_id)
    return made


def lines(count: Count, *numbers: str) -> list[UUID]:
    return [count.line(number)["id"] for number in numbers]


def surplus(count: Count) -> UUID:
    filters = (("stocktake_id", (count.id,)),)
    found: UUID = count.desk.first(View("stocktake_surpluses", filters=filters), 1)[0]["id"]
    return found


def explain(count: Count, *numbers: str, **said: Any) -> None:
    count.do("explain", stocktake_id=count.id, line_ids=lines(count, *numbers), **said)


def explained(count: Count) -> None:
    count.do("finish", stocktake_id=count.id)
    explain(count, "ZC-1", "ZC-3", **LOST)
    explain(count, "ZC-4", **MOVED)
    explain(count, "ZC-6", cause="bookkeeping", explanation="卡片少记", settlement="enter_card")
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[surplus(count)], **MORE)


def approved(count: Count) -> None:
    explained(count)
    count.do("report", stocktake_id=count.id)
    count.do("approve", stocktake_id=count.id, approval_no="批〔2026〕1号", approved_on=TODAY, approver="局长办公会")


def differences(count: Count) -> dict[str, Any]:
    return {one.number or one.name: one for one in count.ask("differences")}


def sound(count: Count) -> None:
    store = count.desk.store
    assert verify(store) == compare(store) == papers(store) == []


def test_a_stocktake_is_settled_by_documents_and_closed(count: Count) -> None:
    approved(count)
    office, desk = count.office, count.desk
    made = count.do("settle", stocktake_id=count.id)
    assert [number[:2] for number in made] == ["CZ", "YJ", "XQ", "XQ"]
    found = differences(count)
    assert {name: one.document.kind for name, one in found.items()} == {
        "ZC-1": "disposal", "ZC-3": "disposal", "ZC-4": "handover", "ZC-6": "asset_need", "无名打印机": "asset_need",
    }  # fmt: skip
    assert not any(one.settled for one in found.values())
    with pytest.raises(Conflict, match="5 differences"):
        count.do("close", stocktake_id=count.id)
    assert count.do("settle", stocktake_id=count.id) == []
    disposal, note = found["ZC-1"].document.id, found["ZC-4"].document.id
    for item in ("application", "decision", "value", "loss", "inspection"):
        desk.do("disposals.file", disposal_id=disposal, item=item, paper_no="1", paper_on=TODAY)
    desk.do("disposals.revise", disposal_id=disposal, level="city")
    desk.do("disposals.apply", disposal_id=disposal)
    desk.do("disposals.approve", disposal_id=disposal, authority="government", approval_no="1", approved_on=TODAY)
    desk.do("disposals.execute", disposal_id=disposal, executed_on=TODAY)
    desk.do("handovers.issue", handover_id=note)
    for side in ("from", "to"):
        desk.do("handovers.sign", handover_id=note, side=side)
    for name in ("ZC-6", "无名打印机"):
        need = found[name].document.id
        desk.do("asset_needs.accept", asset_need_id=need, accepted=1, accepted_by_id=office.giver,
                second_by_id=office.taker)  # fmt: skip
    count.do("close", stocktake_id=count.id)
    assert all(one.settled and one.settled_on == TODAY for one in differences(count).values())
    cards = {row["number"]: row for row in desk.first(View("assets"), 50)}
    assert cards["ZC-1"]["status"] == "disposed"
    assert (cards["ZC-3"]["quantity"], cards["ZC-3"]["status"]) == (8, "in_use")
    assert (cards["ZC-4"]["room"], cards["ZC-4"]["keeper"]) == ("401", "赵磊")
    new = [row for number, row in cards.items() if number not in {card[0] for card in CARDS}]
    assert sorted((row["name"], row["quantity"], row["status"], row["acquisition"]) for row in new) == [
        ("会议椅", 1, "idle", "surplus"), ("会议椅", 2, "disposed", None), ("打印机", 1, "idle", "surplus"),
    ]  # fmt: skip
    sound(count)
