"""Handing over: who may do what when, and when the things change hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.handover import HandoverState, Side
from services import handovers
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid, Missing
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from services.papers import Standing, standing
from services.verdicts import judge
from tests.services.people import Office, found


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def draft(office: Office, *assets: UUID, **values: Any) -> UUID:
    return office.desk.do(handovers.draft, assets, office.taker, **values).value


def state(office: Office, note: UUID) -> HandoverState:
    return office.desk.ask(handovers.facts, note).state


def sound(office: Office) -> None:
    store = office.desk.store
    assert verify(store) == compare(store) == papers(store) == []


def test_things_change_hands_when_both_sides_have_signed(office: Office) -> None:
    assets = [office.asset(), office.asset("办公桌")]
    note = draft(office, *assets, to_room_id=office.room)
    office.desk.do(handovers.issue, note)
    office.desk.do(handovers.sign, note, Side.FROM)
    assert state(office, note) is HandoverState.HALF_SIGNED
    assert {office.row("assets", a)["keeper"] for a in assets} == {"李秀英"}
    done = office.desk.do(handovers.sign, note, Side.TO)
    assert done.touched == {"handover", "handover_line", "asset"}
    for asset in assets:
        row = office.row("assets", asset)
        assert (row["keeper"], row["unit"], row["building"], row["room"]) == ("王建国", "财务处", "1号楼", "302")
    assert state(office, note) is HandoverState.DONE
    steps = office.desk.history("asset", assets[0])
    assert [s.cmd for s in steps] == ["assets.add", "handovers.sign"]
    assert steps[1].operation == done.operation
    sound(office)


def test_without_a_new_room_things_stay_where_they_are(office: Office) -> None:
    asset = office.asset(room_id=office.room)
    note = draft(office, asset)
    office.desk.do(handovers.issue, note)
    for side in (Side.TO, Side.FROM):
        office.desk.do(handovers.sign, note, side)
    assert office.row("assets", asset)["room"] == "302"


def test_the_giver_is_read_from_the_cards_when_they_agree(office: Office) -> None:
    same = draft(office, office.asset(), office.asset())
    mixed = draft(office, office.asset(), office.asset(keeper_id=office.witness))
    rows = {r["id"]: r for r in office.desk.first(View("handovers"), 9)}
    assert rows[same]["from_staff"] == "李秀英"
    assert rows[mixed]["from_staff"] is None
    with pytest.raises(Invalid, match="say who hands over"):
        draft(office, office.asset(keeper_id=None, unit_id=None))


def test_an_asset_is_on_one_open_note_only(office: Office) -> None:
    asset = office.asset()
    first = draft(office, asset)
    with pytest.raises(Conflict, match="already on open handover note"):
        draft(office, asset)
    office.desk.do(handovers.cancel, first)
    again = draft(office, asset)
    with pytest.raises(Conflict):
        office.desk.do(handovers.put, again, [asset])
    sound(office)


def test_lines_come_from_one_compound_and_are_there(office: Office) -> None:
    far = office.asset(compound_id=office.elsewhere)
    with pytest.raises(Conflict, match="one compound"):
        draft(office, office.asset(), far)
    note = draft(office, office.asset())
    with pytest.raises(Conflict, match="one compound"):
        office.desk.do(handovers.put, note, [far])
    with pytest.raises(Invalid, match="at least one"):
        draft(office)
    with pytest.raises(Invalid, match="not there"):
        draft(office, office.room)
    with pytest.raises(Conflict, match="another compound"):
        draft(office, office.asset(), to_room_id=office.far_room)


def test_lines_of_a_draft_are_added_and_taken_off_in_order(office: Office) -> None:
    a, b, c = (office.asset(n) for n in ("一", "二", "三"))
    note = draft(office, a, b)
    office.desk.do(handovers.put, note, [c])
    office.desk.do(handovers.take_off, note, [a])
    lines = office.desk.first(View("handover_lines", filters=(("handover_id", (note,)),)), 9)
    assert [(line["position"], line["asset_id"]) for line in lines] == [(1, b), (2, c)]
    draft(office, a)  # free again
    with pytest.raises(Invalid, match="at least one asset"):
        office.desk.do(handovers.take_off, note, [b, c])


def test_a_disposed_asset_is_not_handed_over(office: Office) -> None:
    with pytest.raises(Conflict, match="disposed"):
        draft(office, office.asset(status="disposed"))


@pytest.mark.parametrize("act", ["put", "take_off", "issue", "revise"])
def test_an_issued_note_is_frozen(office: Office, act: str) -> None:
    asset = office.asset()
    note = draft(office, asset)
    office.desk.do(handovers.issue, note)
    cases: dict[str, dict[str, Any]] = {
        "put": {"asset_ids": [office.asset()]},
        "take_off": {"asset_ids": [asset]},
        "revise": {"to_staff_id": office.witness},
    }
    values = cases.get(act, {})
    with pytest.raises(Conflict):
        office.desk.do(f"handovers.{act}", handover_id=note, **values)


def test_recalled_and_issued_again_is_the_next_version(office: Office) -> None:
    note = draft(office, office.asset())
    first = office.desk.do(handovers.issue, note).value
    one = office.desk.ask(handovers.paper, note)
    office.desk.do(handovers.recall, note)
    assert office.desk.ask(standing, first) is Standing.SUPERSEDED
    office.desk.do("handovers.revise", handover_id=note, to_staff_id=office.witness)
    second = office.desk.do(handovers.issue, note).value
    two = office.desk.ask(handovers.paper, note)
    assert (judge(one).seal.version, judge(two).seal.version) == (1, 2)
    assert office.desk.ask(standing, first) is Standing.SUPERSEDED
    assert office.desk.ask(standing, second) is Standing.OURS
    sound(office)


def test_a_signed_note_is_not_recalled_and_a_finished_one_not_cancelled(office: Office) -> None:
    note = draft(office, office.asset())
    office.desk.do(handovers.issue, note)
    office.desk.do(handovers.sign, note, Side.FROM)
    with pytest.raises(Conflict):
        office.desk.do(handovers.recall, note)
    with pytest.raises(Conflict, match="already signed"):
        office.desk.do(handovers.sign, note, Side.FROM)
    office.desk.do(handovers.sign, note, Side.TO)
    with pytest.raises(Conflict):
        office.desk.do(handovers.cancel, note)


def test_a_cancelled_note_frees_its_assets_and_voids_its_number(office: Office) -> None:
    asset = office.asset()
    note = draft(office, asset)
    digest = office.desk.do(handovers.issue, note).value
    office.desk.do(handovers.cancel, note)
    assert office.desk.ask(standing, digest) is Standing.VOID
    with pytest.raises(Conflict, match="void"):
        office.desk.ask(handovers.paper, note)
    office.desk.do("assets.revise", asset_id=asset, keeper_id=office.witness)
    with pytest.raises(Conflict):
        office.desk.do(handovers.sign, note, Side.TO)
    sound(office)


def test_the_supervisor_signs_last_and_moves_nothing(office: Office) -> None:
    asset = office.asset()
    note = draft(office, asset, supervisor_id=office.witness)
    office.desk.do(handovers.issue, note)
    with pytest.raises(Conflict, match="after both"):
        office.desk.do(handovers.sign, note, Side.SUPERVISOR)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)
    done = office.desk.do(handovers.sign, note, Side.SUPERVISOR)
    assert done.touched == {"handover"}
    without = draft(office, office.asset())
    office.desk.do(handovers.issue, without)
    with pytest.raises(Invalid, match="No supervisor"):
        office.desk.do(handovers.sign, without, Side.SUPERVISOR)


def test_parties_are_three_different_people(office: Office) -> None:
    with pytest.raises(Invalid, match="the same"):
        draft(office, office.asset(keeper_id=office.taker, unit_id=office.other_unit))
    with pytest.raises(Invalid, match="neither"):
        draft(office, office.asset(), supervisor_id=office.taker)


def test_a_signature_is_not_dated_before_the_issue_or_after_today(office: Office) -> None:
    note = draft(office, office.asset())
    office.desk.do(handovers.issue, note)
    today = datetime.now(UTC).astimezone().date()
    for day in (today - timedelta(days=1), today + timedelta(days=1), date(2020, 1, 1)):
        with pytest.raises(Invalid, match="dated"):
            office.desk.do(handovers.sign, note, Side.FROM, on=day)


def test_what_an_issued_note_is_about_is_not_changed_beside_it(office: Office) -> None:
    asset = office.asset()
    note = draft(office, asset)
    office.desk.do("assets.revise", asset_id=asset, name="仍可改名")
    office.desk.do(handovers.issue, note)
    office.desk.do("assets.revise", asset_id=asset, note="also words about it")
    with pytest.raises(Conflict, match="open for this asset"):
        office.desk.do("assets.revise", asset_id=asset, keeper_id=office.witness)


def test_the_kept_paper_is_the_issued_one_byte_for_byte(office: Office) -> None:
    asset = office.asset()
    note = draft(office, asset)
    before = office.desk.ask(handovers.paper, note)
    digest = office.desk.do(handovers.issue, note).value
    paper = office.desk.ask(handovers.paper, note)
    assert judge(paper).sha256 == digest
    assert judge(paper).intact
    assert before != paper
    office.desk.do("assets.revise", asset_id=asset, name="later")
    assert office.desk.ask(handovers.paper, note) == paper
    assert office.desk.ask(standing, judge(before).sha256) is Standing.FOREIGN


def test_a_character_no_font_has_keeps_a_paper_from_being_issued(office: Office) -> None:
    note = draft(office, office.asset("空调\U0001f600"))
    with pytest.raises(Invalid, match=r"U\+1F600"):
        office.desk.do(handovers.issue, note)
    assert state(office, note) is HandoverState.DRAFT
    assert office.desk.ask(handovers.paper, note)[:4] == b"%PDF"


def test_stopping_while_the_paper_is_drawn_leaves_a_draft(office: Office) -> None:
    note = draft(office, office.asset())
    with pytest.raises(Cancelled):
        office.desk.having(tell=lambda done, total: False).do(handovers.issue, note)
    assert state(office, note) is HandoverState.DRAFT
    assert office.desk.first(View("documents"), 5) == []
    sound(office)


def test_another_compounds_notes_are_out_of_reach(office: Office) -> None:
    from services.desk.intent import Grant

    note = draft(office, office.asset())
    office.desk.do(handovers.issue, note)
    stranger = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    assert stranger.count(View("handovers")) == 0
    with pytest.raises(Missing):
        stranger.ask(handovers.paper, note)
    with pytest.raises(Missing):
        stranger.do(handovers.sign, note, Side.FROM)
    assert stranger.count(View("handover_lines")) == 0


def test_numbers_carry_the_site_and_never_repeat(office: Office) -> None:
    from services.desk.numbers import genuine

    notes = [draft(office, office.asset()) for _ in range(3)]
    numbers = [office.row("handovers", n)["number"] for n in notes]
    year = datetime.now(UTC).astimezone().year
    assert len(set(numbers)) == 3
    assert all(n.startswith(f"YJ-JGSW-{year}-0000") and genuine(n) for n in numbers)


def test_the_supervisor_does_not_sign_before_the_others(office: Office) -> None:
    then = datetime.now(UTC) - timedelta(days=3)
    note = draft(office, office.asset(), supervisor_id=office.witness)
    replace(office.desk, clock=lambda: then).do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)
    with pytest.raises(Invalid, match="not before"):
        office.desk.do(handovers.sign, note, Side.SUPERVISOR, on=then.astimezone().date())


def test_nobody_types_a_state_that_a_document_sets(office: Office) -> None:
    asset = office.asset()
    for status in ("disposed", "to_dispose", "lent", "leased"):
        with pytest.raises(Invalid, match="is set by the document"):
            office.desk.do("assets.revise", asset_id=asset, status=status)
    office.desk.do("assets.revise", asset_id=asset, status="idle")


def test_a_receiver_of_no_unit_leaves_the_unit_of_the_card(office: Office) -> None:
    nobody = office.add("staff", compound_id=office.compound, name="临时保管员")
    asset = office.asset()
    note = office.desk.do(handovers.draft, [asset], nobody).value
    office.desk.do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)
    row = office.row("assets", asset)
    assert (row["keeper"], row["unit"]) == ("临时保管员", "后勤处")


def test_only_what_is_on_a_note_is_taken_off(office: Office) -> None:
    note = draft(office, office.asset(), office.asset())
    with pytest.raises(Invalid, match="not on this note"):
        office.desk.do(handovers.take_off, note, [office.asset()])


def test_the_words_of_a_note_are_checked_like_any_others(office: Office) -> None:
    for basis, says in (("x" * 500, "at most 200"), ("a\u202eb", "invisible")):
        with pytest.raises(Invalid, match=says):
            draft(office, office.asset(), basis=basis)
