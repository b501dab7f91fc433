"""Lending and taking back: in parts, with what is missing, and everything as it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.handover import HandoverPurpose, LineCheck, Side
from models.staff import LeavingReason
from services import handovers, leaving, loans
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.services.people import Office, found

LEND = HandoverPurpose.LEND


@pytest.fixture
def office(desk: Any) -> Office:
    return found(desk)


def today(office: Office) -> Any:
    return office.desk.clock().astimezone().date()


def done(office: Office, note: UUID) -> None:
    office.desk.do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)


def lent(office: Office, *assets: UUID, **values: Any) -> UUID:
    values.setdefault("to_staff_id", office.taker)
    due = today(office) + timedelta(days=30)
    note = office.desk.do(handovers.draft, assets, purpose=LEND, due_on=due, **values).value
    done(office, note)
    return note


def note_of(office: Office, note: UUID) -> dict[str, Any]:
    return next(r for r in office.desk.first(View("handovers"), 99) if r["id"] == note)


def out(office: Office) -> list[tuple[int, int]]:
    return [(loan.lines, loan.left) for loan in office.desk.ask(loans.loans, today(office))]


def test_a_loan_comes_back_in_parts_and_is_over_with_its_own_last_line(office: Office) -> None:
    first, second = office.asset("投影仪", room_id=office.room, status="idle"), office.asset("音箱")
    loan = lent(office, first, second)
    for asset in (first, second):
        assert (office.row("assets", asset)["status"], office.row("assets", asset)["keeper"]) == ("lent", "王建国")
    assert out(office) == [(2, 2)]
    back = office.desk.do(loans.take_back, loan, asset_ids=[first]).value
    with pytest.raises(Conflict, match="on return note"):
        office.desk.do(loans.take_back, loan)
    done(office, back)
    row = office.row("assets", first)
    assert (row["status"], row["keeper"], row["room"]) == ("idle", "李秀英", "302")
    assert office.row("assets", second)["status"] == "lent"
    assert out(office) == [(2, 1)]
    assert note_of(office, loan)["returned_on"] is None
    office.desk.do(handovers.draft, [first], office.witness)  # on another note, which says nothing of the loan
    done(office, office.desk.do(loans.take_back, loan).value)
    assert note_of(office, loan)["returned_on"] == today(office)
    assert out(office) == []
    with pytest.raises(Conflict, match="is back"):
        office.desk.do(loans.take_back, loan)
    assert verify(office.desk.store) == compare(office.desk.store) == papers(office.desk.store) == []


def test_what_is_lent_is_on_no_other_document_and_its_keeper_is_not_typed(office: Office) -> None:
    asset = office.asset()
    lent(office, asset)
    with pytest.raises(Conflict, match="finish or cancel"):
        office.desk.do(handovers.draft, [asset], office.witness)
    with pytest.raises(Conflict, match="finish or cancel"):
        office.desk.do("assets.revise", asset_id=asset, keeper_id=office.witness)
    with pytest.raises(Invalid, match="set by the document"):
        office.desk.do("assets.revise", asset_id=asset, status="in_use")


def test_pieces_that_do_not_come_back_stay_out_on_a_card_of_their_own(office: Office) -> None:
    chairs = office.asset("折叠椅", quantity=10, cost=100_001)
    loan = lent(office, chairs)
    back = office.desk.do(loans.take_back, loan).value
    office.desk.do(handovers.check, back, Side.TO, asset_ids=[chairs], found=LineCheck.SHORT, short=3)
    done(office, back)
    rows = {r["status"]: r for r in office.desk.first(View("assets"), 9)}
    assert (rows["in_use"]["quantity"], rows["lent"]["quantity"]) == (7, 3)
    assert rows["in_use"]["cost"] + rows["lent"]["cost"] == 100_001
    assert out(office) == [(2, 1)]
    done(office, office.desk.do(loans.take_back, loan).value)
    assert {r["status"] for r in office.desk.first(View("assets"), 9)} == {"in_use"}
    assert out(office) == []


def test_nothing_of_a_line_that_is_missing_moves(office: Office) -> None:
    asset, other = office.asset(), office.asset()
    note = office.desk.do(handovers.draft, [asset, other], office.taker).value
    office.desk.do(handovers.check, note, Side.TO, asset_ids=[asset], found=LineCheck.SHORT, short=1)
    done(office, note)
    assert (office.row("assets", asset)["keeper"], office.row("assets", other)["keeper"]) == ("李秀英", "王建国")


def test_what_is_found_after_the_paper_was_issued_is_issued_again_before_it_is_signed(office: Office) -> None:
    asset = office.asset()
    note = office.desk.do(handovers.draft, [asset], office.taker).value
    office.desk.do(handovers.issue, note)
    with pytest.raises(Invalid, match="what is damaged"):
        office.desk.do(handovers.check, note, Side.TO, asset_ids=[asset], found=LineCheck.DAMAGED)
    office.desk.do(handovers.check, note, Side.TO, asset_ids=[asset], found=LineCheck.DAMAGED, word="屏幕裂")
    with pytest.raises(Conflict, match="otherwise than the issued paper"):
        office.desk.do(handovers.sign, note, Side.TO)
    office.desk.do(handovers.recall, note)
    done(office, note)
    with pytest.raises(Conflict, match="has signed"):
        office.desk.do(handovers.check, note, Side.TO)


def test_a_signature_says_that_the_lines_not_looked_at_are_as_listed(office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset(), office.asset()], office.taker).value
    office.desk.do(handovers.issue, note)
    office.desk.do(handovers.sign, note, Side.FROM)
    lines = office.desk.first(View("handover_lines", filters=(("handover_id", (note,)),)), 9)
    assert {(line["from_check"], line["to_check"]) for line in lines} == {("checked", "pending")}


def test_more_than_there_is_cannot_be_missing(office: Office) -> None:
    asset = office.asset(quantity=2)
    note = office.desk.do(handovers.draft, [asset], office.taker).value
    for short in (None, 0, 3):
        with pytest.raises(Invalid, match="1 to 2"):
            office.desk.do(handovers.check, note, Side.TO, asset_ids=[asset], found=LineCheck.SHORT, short=short)


def test_somebody_from_outside_borrows_and_our_keeper_answers_for_it(office: Office) -> None:
    asset = office.asset()
    lent(office, asset, to_staff_id=None, borrower="市第二中学", contact="李老师")
    assert office.row("assets", asset)["keeper"] == "李秀英"
    (loan,) = office.desk.ask(loans.loans, today(office) + timedelta(days=31))
    assert (loan.borrower, loan.contact, loan.days) == ("市第二中学", "李老师", -1)
    with pytest.raises(Invalid, match="who borrows"):
        office.desk.do(handovers.draft, [office.asset()], purpose=LEND, due_on=today(office))


def test_nobody_leaves_while_something_is_in_his_name(office: Office) -> None:
    here, there = office.asset(), office.asset("锅炉", compound_id=office.elsewhere)
    outside = office.asset("音箱", keeper_id=office.witness)
    open_ = office.desk.ask(leaving.outstanding, office.giver)
    assert [(held.assets, held.pieces) for held in open_.held] == [(1, 1), (1, 1)]
    with pytest.raises(Conflict, match="2 assets, 0 loans and 0 open notes"):
        office.desk.do(leaving.leave, office.giver, left_on=today(office), left_why=LeavingReason.RETIRED)
    notes = office.desk.do(leaving.draft_leaving, office.giver, office.taker).value
    assert len(notes) == 2
    with pytest.raises(Conflict, match="2 open notes"):
        office.desk.do(leaving.leave, office.giver, left_on=today(office), left_why=LeavingReason.RETIRED)
    for note in notes:
        done(office, note)
    assert {office.row("assets", a)["keeper"] for a in (here, there)} == {"王建国"}
    office.desk.do(leaving.leave, office.giver, left_on=today(office), left_why=LeavingReason.RETIRED)
    with pytest.raises(Invalid, match="has left"):
        office.desk.do(handovers.draft, [outside], office.giver)
    office.desk.do(leaving.come_back, office.giver)
    with pytest.raises(Invalid, match="Nothing is in the name"):
        office.desk.do(leaving.draft_leaving, office.giver, office.taker)


def test_who_has_borrowed_does_not_leave_before_it_is_back(office: Office) -> None:
    loan = lent(office, office.asset())
    with pytest.raises(Conflict, match="1 assets, 1 loans"):
        office.desk.do(leaving.leave, office.taker, left_on=today(office), left_why=LeavingReason.RETIRED)
    done(office, office.desk.do(loans.take_back, loan).value)
    office.desk.do(leaving.leave, office.taker, left_on=today(office), left_why=LeavingReason.RETIRED)


def test_a_card_goes_to_another_compound_under_its_number_and_with_its_history(office: Office) -> None:
    asset = office.asset("发电机", cost=500_000, number="ZC-9")
    note = office.desk.do(
        handovers.draft, [asset], office.taker, purpose=HandoverPurpose.TRANSFER, to_compound_id=office.elsewhere,
        to_room_id=office.far_room,
    ).value  # fmt: skip
    done(office, note)
    (row,) = office.desk.first(View("assets"), 9)
    assert (row["number"], row["compound_id"], row["room_id"]) == ("ZC-9", office.elsewhere, office.far_room)
    assert (row["cost"], row["keeper"], row["name"]) == (500_000, "王建国", "发电机")
    assert row["id"] != asset
    assert office.desk.find("asset", "ZC-9")[0].id == row["id"]
    (line,) = office.desk.first(View("handover_lines", filters=(("handover_id", (note,)),)), 9)
    assert line["asset"] == "发电机"
    with pytest.raises(Conflict, match="already in use"):
        office.asset(number="ZC-9")
    with pytest.raises(Conflict, match="moved"):
        office.desk.do(handovers.draft, [asset], office.taker)
    with pytest.raises(Conflict, match="moved"):
        office.desk.do("assets.revise", asset_id=asset, name="x")
    assert verify(office.desk.store) == compare(office.desk.store) == []


def test_a_move_needs_another_compound(office: Office) -> None:
    with pytest.raises(Invalid, match="in this compound already"):
        office.desk.do(
            handovers.draft, [office.asset()], office.taker, purpose=HandoverPurpose.TRANSFER,
            to_compound_id=office.compound,
        )  # fmt: skip
