"""Where the documents of assets meet: parts and wholes, cards split on a note, needs, those who left, booked months."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.handover import HandoverPurpose, LineCheck, Side
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_disposals import executed
from tests.services.test_handovers import draft, state

TODAY = datetime.now(UTC).astimezone().date()
LEND, TRANSFER = HandoverPurpose.LEND, HandoverPurpose.TRANSFER


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def at(office: Office, day: date) -> None:
    """That day has come."""
    office.desk = replace(office.desk, clock=lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def signed(office: Office, note: UUID, on: date | None = None) -> UUID:
    office.desk.do("handovers.issue", handover_id=note)
    for side in (Side.FROM, Side.TO):
        office.desk.do("handovers.sign", handover_id=note, side=side, on=on)
    return note


def join(office: Office, whole: UUID, *parts: UUID) -> None:
    office.desk.do("assets.put_in_set", asset_ids=list(parts), part_of_id=whole)


def there(office: Office, name: str) -> dict[str, Any]:
    [row] = [row for row in office.desk.first(View("assets"), 99) if row["name"] == name]
    return row


def moving(office: Office, *assets: UUID) -> UUID:
    return draft(office, *assets, purpose=TRANSFER, to_compound_id=office.elsewhere)


# Parts and the whole


def test_a_whole_is_handed_over_after_one_of_its_parts_was_disposed_of(office: Office) -> None:
    host, screen = office.asset("主机"), office.asset("显示器")
    join(office, host, screen)
    executed(office, screen)
    signed(office, draft(office, host))
    assert office.row("assets", host)["keeper"] == "王建国"


def test_a_set_moves_whole_whichever_was_named_first(office: Office) -> None:
    host, screen = office.asset("主机"), office.asset("显示器")
    join(office, host, screen)
    signed(office, moving(office, screen, host))
    assert there(office, "显示器")["part_of_id"] == there(office, "主机")["id"] != host


def test_a_part_that_stays_behind_stands_for_itself(office: Office) -> None:
    host, screen = office.asset("主机"), office.asset("显示器")
    join(office, host, screen)
    note = moving(office, host)
    office.desk.do("handovers.take_off", handover_id=note, asset_ids=[screen])
    signed(office, note)
    assert there(office, "主机")["id"] != host
    assert there(office, "显示器")["part_of_id"] is None


# Split and merged


def test_pieces_that_are_missing_of_a_move_signed_the_day_before_stay_here(office: Office) -> None:
    before = TODAY - timedelta(days=1)
    worth = {"cost": 100_000, "prior_accumulated": 50_000, "life_months": 60, "entered_on": before}
    chairs = office.asset("椅", quantity=5, **worth)
    at(office, before)
    note = moving(office, chairs)
    office.desk.do("handovers.issue", handover_id=note)
    at(office, TODAY)
    missing = {"asset_ids": [chairs], "found": LineCheck.SHORT, "short": 2}
    office.desk.do("handovers.check", handover_id=note, side=Side.TO, **missing)
    office.desk.do("handovers.recall", handover_id=note)
    at(office, before)
    office.desk.do("handovers.issue", handover_id=note)
    at(office, TODAY)
    for side in (Side.FROM, Side.TO):
        office.desk.do("handovers.sign", handover_id=note, side=side, on=before)
    rows = {row["compound_id"]: row for row in office.desk.first(View("assets"), 9)}
    told = {at: (row["quantity"], row["cost"], row["prior_accumulated"]) for at, row in rows.items()}
    assert told == {office.compound: (2, 40_000, 20_000), office.elsewhere: (3, 60_000, 30_000)}


def test_what_a_register_said_was_left_is_split_and_merged_with_the_card(office: Office) -> None:
    chairs = office.asset("椅", quantity=10, cost=100_000, net_value=40_001)
    rest = office.desk.do("assets.split", asset_id=chairs, quantity=3).value
    assert [office.row("assets", card)["net_value"] for card in (chairs, rest)] == [28_001, 12_000]
    office.desk.do("assets.merge", asset_ids=[chairs, rest])
    assert office.row("assets", chairs)["net_value"] == 40_001


def test_parts_of_a_card_that_is_merged_are_parts_of_the_one_that_stays(office: Office) -> None:
    one, two, arm = (office.asset(name, cost=60_000) for name in ("椅", "椅", "扶手"))
    join(office, two, arm)
    office.desk.do("assets.merge", asset_ids=[one, two])
    assert office.row("assets", arm)["part_of_id"] == one
    number = office.row("assets", one)["number"]
    with pytest.raises(Conflict) as refused:
        office.desk.do("assets.revise", asset_id=two, note="x")
    assert refused.value.values["into"] == number


@pytest.mark.parametrize("field", ["keeper_text", "unit_text", "place_text"])
def test_cards_of_different_people_are_not_merged_because_only_words_name_them(office: Office, field: str) -> None:
    nobody = {"keeper_id": None, "unit_id": None}
    one, two = (office.asset("椅", **nobody | {field: said}) for said in ("甲", "乙"))
    with pytest.raises(Conflict, match="not alike"):
        office.desk.do("assets.merge", asset_ids=[one, two])


# Signing


def test_what_the_second_side_finds_is_issued_anew_and_both_sign_that(office: Office) -> None:
    asset = office.asset()
    note = draft(office, asset)
    office.desk.do("handovers.issue", handover_id=note)
    office.desk.do("handovers.sign", handover_id=note, side=Side.FROM)
    broken = {"asset_ids": [asset], "found": LineCheck.DAMAGED, "word": "屏幕裂"}
    office.desk.do("handovers.check", handover_id=note, side=Side.TO, **broken)
    office.desk.do("handovers.recall", handover_id=note)
    [row] = office.desk.first(View("handovers"), 9)
    assert row["from_signed_on"] is None, "he signed a paper that does not stand any more"
    signed(office, note)
    assert state(office, note).value == "done"


# Accepted


def accepted(office: Office, **values: Any) -> UUID:
    need = office.add("asset_needs", compound_id=office.compound, name="空调机", class_code="A02061804", quantity=1)
    office.desk.do("asset_needs.decide", asset_need_id=need, source="purchase", decided_on=date(2026, 1, 5))
    persons = {"accepted_by_id": office.giver, "second_by_id": office.taker}
    office.desk.do("asset_needs.accept", asset_need_id=need, accepted=1, price=329900, **persons | values)
    [card] = office.desk.ask("asset_needs.cards", asset_need_id=need)
    assert isinstance(card, UUID)
    return card


def test_what_is_accepted_is_depreciated_over_the_life_of_its_class(office: Office) -> None:
    row = office.row("assets", accepted(office))
    assert (row["life_months"], row["depreciation"]) == (60, "straight_line")


def test_nothing_is_accepted_into_a_booked_month(office: Office) -> None:
    at(office, date(2026, 7, 3))
    office.asset("旧机", acquired_on=date(2026, 1, 8), class_code="A02061804")
    office.desk.do("depreciation.book", month=date(2026, 6, 1))
    with pytest.raises(Conflict, match="is booked"):
        accepted(office, accepted_on=date(2026, 6, 20))
    assert accepted(office, accepted_on=date(2026, 6, 20), entered_on=date(2026, 7, 1))


def test_an_idle_thing_that_meets_a_need_is_in_use(office: Office) -> None:
    idle = office.asset(status="idle", class_code="A02061804")
    need = office.add("asset_needs", compound_id=office.compound, name="空调机", class_code="A02061804")
    note = office.desk.do("asset_needs.meet", asset_need_id=need, asset_ids=[idle], to_staff_id=office.taker).value
    assert office.row("assets", idle)["status"] == "idle"
    signed(office, note)
    assert office.row("assets", idle)["status"] == "in_use"


# Who left


def test_nobody_is_gone_again_while_something_is_in_his_name(office: Office) -> None:
    office.desk.do("staff.leave", staff_id=office.taker, left_on=TODAY, left_why="retired")
    back = office.desk.do("staff.come_back", staff_id=office.taker).operation
    office.asset(keeper_id=office.taker)
    with pytest.raises(Conflict, match="cannot leave yet"):
        office.desk.do("journal.undo", operation=back)


def test_who_left_is_given_nothing(office: Office) -> None:
    asset = office.asset(keeper_id=office.taker)
    given = office.desk.do("assets.revise", asset_id=asset, keeper_id=office.giver).operation
    office.desk.do("staff.leave", staff_id=office.taker, left_on=TODAY, left_why="retired")
    for act in (("assets.revise", {"asset_id": asset, "keeper_id": office.taker}),
                ("assets.add", {"compound_id": office.compound, "name": "椅", "keeper_id": office.taker}),
                ("journal.undo", {"operation": given})):  # fmt: skip
        with pytest.raises((Invalid, Conflict), match="has left"):
            office.desk.do(act[0], **act[1])


def test_what_was_lent_goes_back_to_nobody_who_left(office: Office) -> None:
    asset = office.asset(keeper_id=office.witness, keeper_text=None)
    due = {"due_on": TODAY + timedelta(days=30), "from_staff_id": office.giver}
    loan = signed(office, draft(office, asset, purpose=LEND, **due))
    office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY, left_why="retired")
    with pytest.raises(Conflict, match="has left"):
        office.desk.do("handovers.take_back", handover_id=loan, to_staff_id=None)
    signed(office, office.desk.do("handovers.take_back", handover_id=loan, to_staff_id=office.giver).value)
    assert office.row("assets", asset)["keeper"] == "李秀英"


def test_a_loan_loses_no_word_of_the_card(office: Office) -> None:
    words = {"keeper_text": "老张", "unit_text": "旧处", "place_text": "旧库"}
    asset = office.asset(keeper_id=None, unit_id=None, **words)
    due = {"due_on": TODAY + timedelta(days=30), "from_staff_id": office.giver, "to_room_id": office.room}
    loan = signed(office, draft(office, asset, purpose=LEND, **due))
    signed(office, office.desk.do("handovers.take_back", handover_id=loan).value)
    row = office.row("assets", asset)
    assert {name: row[name] for name in words} == words


def test_a_note_asks_as_often_for_many_cards_as_for_few(office: Office) -> None:
    few, many = ([office.asset(f"椅{n}") for n in range(count)] for count in (2, 12))

    def asked(act: str, cards: list[UUID], **values: Any) -> int:
        heard = list[str]()

        def hear(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
            heard.extend([statement] if statement.lstrip().startswith("SELECT") else [])

        engine = office.desk.store.engine
        sa.event.listen(engine, "before_cursor_execute", hear)
        made = office.desk.do(act, asset_ids=cards, **values).value
        sa.event.remove(engine, "before_cursor_execute", hear)
        office.desk.do(f"{act.split('.')[0]}.cancel", **{f"{act.split('.')[0][:-1]}_id": made})
        return len(heard)

    for act, values in (("handovers.draft", {"to_staff_id": office.taker}),
                        ("disposals.draft", {"mode": "scrapping", "ground": "over_age"})):  # fmt: skip
        assert asked(act, few, **values) == asked(act, many, **values), act


def test_what_belongs_to_a_thing_is_typed_to_another_place_with_it(office: Office) -> None:
    host, screen, away = office.asset("主机"), office.asset("显示器"), office.asset("键盘", keeper_id=office.witness)
    join(office, host, screen, away)
    office.desk.do("assets.revise", asset_id=host, room_id=office.room, keeper_id=office.taker)
    rows = [office.row("assets", part) for part in (host, screen, away)]
    assert [row["room"] for row in rows] == ["302"] * 3
    assert [row["building"] for row in rows] == ["1号楼"] * 3
    assert [row["keeper"] for row in rows] == ["王建国", "王建国", "赵磊"], "with whom it was apart it stays"
    office.desk.do("assets.revise", asset_id=host, keeper_id=office.giver)
    office.desk.do("handovers.issue", handover_id=draft(office, screen))
    with pytest.raises(Conflict, match="is open for this asset"):
        office.desk.do("assets.revise", asset_id=host, keeper_id=office.witness)


def test_how_many_pieces_a_note_is_about_is_not_typed_beside_it(office: Office) -> None:
    chairs = office.asset("椅", quantity=5)
    note = draft(office, chairs)
    with pytest.raises(Conflict, match="finish or cancel"):
        office.desk.do("assets.revise", asset_id=chairs, quantity=3)
    office.desk.do("handovers.cancel", handover_id=note)
    office.desk.do("assets.revise", asset_id=chairs, quantity=3)
