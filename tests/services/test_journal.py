"""What was done is listed, told in full and taken back, within reach and by those who may, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.attachment import Attachment, Media
from models.role_grant import Role
from services import accounts, exports
from services.desk.desk import Desk
from services.desk.errors import Conflict, Missing, NotAllowed
from services.desk.intent import INTENTS, Grant, intent
from services.desk.listing import View
from services.desk.trail import check
from services.desk.work import Work
from services.journal import SHOWN, Operation
from tests.services.people import Office, found
from tests.services.secrets import PHONE, asked, reveal


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def done(office: Office, name: str, /, **values: Any) -> UUID:
    return office.desk.do(name, **values).operation


def told(desk: Desk, operation: UUID) -> Operation:
    answer = desk.ask("journal.operation", operation=operation.hex)
    assert isinstance(answer, Operation)
    return answer


def back(office: Office, operation: UUID) -> UUID:
    return done(office, "journal.undo", operation=operation.hex)


def clerk(office: Office, compound: UUID | None = None) -> Desk:
    """A compound administrator, of one compound or of all."""
    return replace(office.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, compound), account="wang.fang")


def test_the_journal_lists_one_row_for_each_operation_and_compound_newest_first(office: Office) -> None:
    asset = office.asset()
    operation = done(office, "assets.revise", asset_id=asset, cost=5)
    row = office.desk.first(View("journal"), 1)[0]
    assert [row[key] for key in ("id", "actor", "cmd", "compound")] == [
        operation, "li.wei", "assets.revise", "建设路大院",
    ]  # fmt: skip
    before = office.desk.count(View("journal"))
    for n in range(5):
        done(office, "buildings.add", compound_id=office.compound, code=f"Z{n}", name=f"楼{n}")
    assert office.desk.count(View("journal")) == before + 5
    ids = office.desk.ids(View("journal"))
    assert list(ids) == sorted(ids, reverse=True)
    assert not {"body", "hash", "sig", "w", "st"} & row.keys(), "what only the machine reads is never listed"


def test_an_operation_of_many_records_is_one_row(office: Office) -> None:
    from models.staff import Staff
    from services.desk.intent import INTENTS, intent

    if "tests.many_people" not in INTENTS:

        @intent("Many people", name="tests.many_people")
        def many(work: Any, *, compound: UUID, unit: UUID) -> int:
            people = [{"compound_id": compound, "number": f"M{n}", "name": "甲", "unit_id": unit} for n in range(2500)]
            return int(work.bulk_insert(Staff, people))

    before = office.desk.count(View("journal"))
    operation = done(office, "tests.many_people", compound=office.compound, unit=office.unit)
    assert office.desk.count(View("journal")) == before + 1
    answer = told(office.desk, operation)
    assert (answer.total, len(answer.changes)) == (2500, SHOWN)
    back(office, operation)
    assert office.desk.count(View("staff")) == 3


def test_it_is_filtered_by_person_act_compound_and_period_and_searched_by_reason(office: Office) -> None:
    asset = office.asset()
    why = office.desk.having(reason="盘点后更正").do("assets.revise", asset_id=asset, cost=7).operation
    far = done(office, "buildings.add", compound_id=office.elsewhere, code="B9", name="九")
    other = replace(office.desk, account="wang.fang").do("assets.revise", asset_id=asset, cost=8).operation

    def seen(*filters: tuple[str, tuple[Any, ...]], search: str = "") -> set[UUID]:
        return {row["id"] for row in office.desk.first(View("journal", search=search, filters=filters), 100)}

    assert seen(("actor", ("wang.fang",))) == {other} == seen(search="wang.f")
    assert seen(("cmd", ("assets.revise",))) == {why, other}
    assert far in seen(("compound_id", (office.elsewhere,))) and why not in seen(("compound_id", (office.elsewhere,)))
    assert seen(search="盘点") == {why}
    now = datetime.now(UTC)
    assert (
        far in seen(("at", (now - timedelta(hours=1), None)))
        and seen(("at", (now + timedelta(hours=1), None))) == set()
    )
    assert office.desk.values("journal", "actor") == ["li.wei", "wang.fang"]
    assert {"assets.revise", "office.set_up"} <= set(office.desk.values("journal", "cmd"))


def test_an_operation_is_told_by_the_names_people_use(office: Office) -> None:
    asset = office.asset(number="A1")
    operation = done(office, "assets.revise", asset_id=asset, keeper_id=office.taker, cost=5)
    answer = told(office.desk, operation)
    assert (answer.actor, answer.cmd, answer.auth, answer.compounds) == (
        "li.wei", "assets.revise", "password", ("建设路大院",)
    )  # fmt: skip
    assert answer.place and answer.total == 1 and not answer.everywhere
    change = answer.changes[0]
    assert change.named is not None
    assert (change.entity, change.named.number, change.created) == ("asset", "A1", False)
    assert change.fields["cost"] == [329900, 5]
    assert [answer.names[UUID(value)].label for value in change.fields["keeper_id"]] == ["李秀英", "王建国"]


def test_a_clerk_of_one_compound_sees_neither_another_one_nor_what_concerns_all(office: Office, tmp_path: Path) -> None:
    here = done(office, "buildings.add", compound_id=office.compound, code="B7", name="七")
    there = done(office, "buildings.add", compound_id=office.elsewhere, code="B8", name="八")
    everywhere = done(office, "organizations.add", code="N", name="新处")
    mine = clerk(office, office.compound)
    rows = mine.first(View("operations"), 100)
    assert {row["compound"] for row in rows} == {"建设路大院"} and here in {row["id"] for row in rows}
    assert mine.count(View("operations")) == len(rows) == len(mine.ids(View("operations")))
    assert set(mine.values("operations", "cmd")) == {row["cmd"] for row in rows}
    hidden = office.desk.first(View("operations", filters=(("compound_id", (office.elsewhere,)),)), 100)
    assert mine.page("operations", [row["n"] for row in hidden]) == []
    exports.write(mine, View("operations"), tmp_path / "o.csv", "zh_CN")
    assert "西湖里" not in (tmp_path / "o.csv").read_text("utf-8-sig")
    assert told(mine, here).total == 1
    for away in (there, everywhere):
        with pytest.raises(Missing):
            mine.ask("journal.operation", operation=away.hex)
        with pytest.raises(Missing):
            mine.do("journal.undo", operation=away.hex)
    with pytest.raises(NotAllowed):
        mine.count(View("journal"))
    assert check(office.desk.store) == []


def test_who_may_not_see_accounts_is_told_nothing_of_them(office: Office) -> None:
    account = office.desk.first(View("journal", search="", filters=(("cmd", ("office.set_up",)),)), 1)[0]["id"]
    everywhere = clerk(office)
    assert everywhere.count(View("operations")) == len(
        [r for r in office.desk.first(View("journal"), 999) if r["compound"]]
    )
    kinds = {change.entity for change in told(everywhere, account).changes}
    assert kinds == {"site"}, "the accounts made with the office are not theirs to see"
    auditor = replace(office.desk, grants=accounts.of_role(Role.AUDIT))
    assert "account" in {change.entity for change in told(auditor, account).changes}


def test_an_operation_tells_of_a_compound_only_the_kinds_that_may_be_listed_there(office: Office) -> None:
    made = done(office, "assets.add", compound_id=office.compound, name="柜")
    asset = office.asset()

    @intent("T", name="tests.attach")
    def attach(work: Work) -> None:
        for kind, id in (("asset", asset), ("staff", office.giver)):
            row = Attachment(
                compound_id=office.compound, about_kind=kind, about_id=id, number=kind,
                name="x.txt", media=Media.TEXT, size=1, sha256="0" * 64, added_at=work.now, added_by="a",
            )  # fmt: skip
            work.add(row)

    try:
        both = done(office, "tests.attach")
    finally:
        del INTENTS["tests.attach"]
    reads = ("journal.operation", "attachments.list", "compounds.list")
    here, there = (frozenset({c}) for c in (office.compound, office.elsewhere))
    somebody = replace(office.desk, grants=(Grant((), reads=reads), Grant((), there, ("assets.list",))))
    with pytest.raises(Missing):
        told(somebody, made)
    somebody = replace(office.desk, grants=(Grant((), reads=reads), Grant((), here, ("assets.list",))))
    assert {c.entity for c in told(somebody, made).changes} == {"asset"}
    assert [c.fields["about_kind"][1] for c in told(somebody, both).changes] == ["asset"]
    everything = replace(office.desk, grants=accounts.of_role(Role.AUDIT))
    assert told(everything, both).total == 2


def test_an_export_names_acts_and_says_what_was_taken_back(office: Office, tmp_path: Path) -> None:
    back(office, done(office, "assets.revise", asset_id=office.asset(), cost=5))
    for ending in ("csv", "xlsx"):
        exports.write(office.desk, View("journal"), tmp_path / f"j.{ending}", "zh_CN")
    text = (tmp_path / "j.csv").read_text("utf-8-sig")
    first, second, *_ = text.splitlines()[1:]
    assert "撤销一次操作" in first and "修改资产" in second and "已撤销" in second


State = Callable[[], Any]


def _added(office: Office) -> tuple[UUID, State]:
    operation = done(office, "assets.add", compound_id=office.compound, name="柜")
    return operation, lambda: office.desk.count(View("assets"))


def _revised(office: Office) -> tuple[UUID, State]:
    asset = office.asset()
    return done(office, "assets.revise", asset_id=asset, name="新名"), lambda: office.row("assets", asset)["name"]


def _removed(office: Office) -> tuple[UUID, State]:
    asset = office.asset()
    return done(office, "assets.remove", asset_id=asset), lambda: office.desk.count(View("assets"))


def backs(office: Office) -> dict[UUID, str | None]:
    """What the journal says of each operation: taken back, taking back, or nothing."""
    return {row["id"]: row["back"] for row in office.desk.first(View("journal"), 100)}


ACTS = {"add": _added, "revise": _revised, "remove": _removed}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_taken_back_and_brought_back_and_so_on(office: Office, act: str) -> None:
    operation, state = ACTS[act](office)
    after = state()
    undone = back(office, operation)
    before = state()
    assert before != after
    again = back(office, undone)
    assert state() == after
    assert backs(office)[operation] is None, "it stands again, and the list says so"
    back(office, again)
    assert state() == before
    with pytest.raises(Conflict, match="take that back instead"):
        back(office, operation)
    answer = told(office.desk, undone)
    assert answer.first == told(office.desk, operation).cmd and answer.takes_back and answer.taken_back
    assert (answer.takes_back.operation, answer.taken_back.operation) == (operation, again)
    rows = backs(office)
    assert (rows[operation], rows[undone]) == ("taken", "taken")
    assert check(office.desk.store) == []


def test_operations_on_one_row_are_taken_back_one_after_the_other(office: Office) -> None:
    """As the keys of the window do: the last one, the one before, and forward again, however often."""
    asset = office.asset("一")
    steps = [done(office, "assets.revise", asset_id=asset, name=name, note=name) for name in "二三"]

    def name() -> str:
        return str(office.row("assets", asset)["name"])

    for _ in range(2):
        second = back(office, steps[1])
        assert name() == "二"
        with pytest.raises(Conflict, match="taken back already"):
            back(office, steps[1])
        first = back(office, steps[0])
        assert name() == "一"
        steps = [back(office, first)]
        assert name() == "二"
        steps.append(back(office, second))
        assert name() == "三"
    with pytest.raises(Conflict, match="was changed since"):
        back(office, steps[0])
    assert check(office.desk.store) == [] and office.desk.proof("asset", asset).holds


def test_a_signature_stands_against_taking_back_whatever_came_and_went_since(office: Office) -> None:
    asset = office.asset()
    moved = done(office, "assets.revise", asset_id=asset, keeper_id=office.taker)
    note = office.desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker, handed_on=None).value
    office.desk.do("handovers.issue", handover_id=note)
    for side in ("from", "to"):
        office.desk.do("handovers.sign", handover_id=note, side=side, on=office.desk.clock().date())
    back(office, done(office, "assets.revise", asset_id=asset, note="x"))
    with pytest.raises(Conflict):
        back(office, moved)


def test_what_is_brought_back_must_still_have_what_it_refers_to(office: Office) -> None:
    room = office.add("rooms", compound_id=office.compound, building_id=office.building, number="9")
    asset = office.asset(room_id=room)
    gone = done(office, "assets.remove", asset_id=asset)
    office.desk.do("rooms.remove", room_id=room)
    with pytest.raises(Conflict, match="removed now"):
        back(office, gone)
    assert office.desk.count(View("assets")) == 0


def test_what_is_removed_again_must_not_be_used(office: Office) -> None:
    room = office.add("rooms", compound_id=office.compound, building_id=office.building, number="9")
    there = back(office, done(office, "rooms.remove", room_id=room))
    office.asset(room_id=room)
    with pytest.raises(Conflict, match="refer to what it made"):
        back(office, there)


def test_nothing_is_taken_back_that_an_issued_note_is_about(office: Office) -> None:
    asset = office.asset()
    operation = done(office, "assets.revise", asset_id=asset, keeper_id=office.witness)
    note = office.desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker, handed_on=None).value
    office.desk.do("handovers.issue", handover_id=note)
    with pytest.raises(Conflict, match="handover note"):
        back(office, operation)


def test_acts_that_reach_further_say_why_they_stay(office: Office) -> None:
    asset = office.asset()
    draft = done(office, "handovers.draft", asset_ids=[asset], to_staff_id=office.taker, handed_on=None)
    with pytest.raises(Conflict, match="on its page"):
        back(office, draft)
    first = office.desk.first(View("journal", filters=(("cmd", ("office.set_up",)),)), 1)[0]["id"]
    with pytest.raises(Conflict, match="stays"):
        back(office, first)


def test_it_takes_the_right_to_what_is_taken_back_also_to_bring_it_back(office: Office) -> None:
    operation = done(office, "assets.revise", asset_id=office.asset(), cost=5)
    undone_by_all = clerk(office, office.compound)
    weak = replace(office.desk, grants=(Grant(("journal.undo", "rooms.*")),))
    with pytest.raises(NotAllowed):
        weak.do("journal.undo", operation=operation.hex)
    undone = undone_by_all.do("journal.undo", operation=operation.hex).operation
    assert told(office.desk, undone).actor == "wang.fang", "another person may, and it is written down"
    with pytest.raises(NotAllowed):
        weak.do("journal.undo", operation=undone.hex)
    split = replace(office.desk, grants=(Grant(("journal.undo",)), Grant(("assets.*",), frozenset({office.elsewhere}))))
    with pytest.raises(NotAllowed):
        split.do("journal.undo", operation=undone.hex)


def test_the_history_of_a_row_says_where_and_can_be_proved(office: Office, raw: Any, unguard: Any) -> None:
    asset = office.asset()
    done(office, "assets.revise", asset_id=asset, cost=5)
    step = office.desk.history("asset", asset)[-1]
    assert step.place and step.auth == "password"
    proof = office.desk.proof("asset", asset)
    assert proof.holds and proof.count == 2
    unguard()
    raw("UPDATE asset SET cost = 999 WHERE id = :id", id=asset if raw("SELECT 1") and _server(office) else asset.bytes)
    forged = office.desk.proof("asset", asset)
    assert not forged.holds and not forged.wrong and not forged.follows


def test_a_record_that_was_changed_is_found_out(office: Office, raw: Any, unguard: Any) -> None:
    asset = office.asset()
    done(office, "assets.revise", asset_id=asset, cost=5)
    unguard()
    raw("UPDATE rec SET actor = 'nobody' WHERE lsn = (SELECT max(lsn) FROM rec)")
    proof = office.desk.proof("asset", asset)
    assert not proof.holds and proof.wrong == 1
    with pytest.raises(Missing):
        clerk(office, office.elsewhere).proof("asset", asset)


def test_a_look_that_was_taken_out_of_a_history_is_left_to_the_check_and_the_answer_says_so(
    office: Office, raw: Any, unguard: Any, tmp_path: Path
) -> None:
    person = office.add("staff", compound_id=office.compound, name="陈", phone=PHONE)
    reveal(asked(office.desk, tmp_path), person, "phone")
    assert len(office.desk.history("staff", person)) == 2
    unguard()
    raw("DELETE FROM touch WHERE lsn = (SELECT max(lsn) FROM rec)")
    proof = office.desk.proof("staff", person)
    assert proof.holds and proof.count == 1 and "the data check" in proof.sentence
    assert any("touch" in fault for fault in check(office.desk.store))


BROKEN = (b"{", b"", b"\xff", b'{"wall": 1}')


@pytest.mark.parametrize("body", BROKEN)
def test_one_damaged_record_is_said_and_hides_nothing_else(
    office: Office, raw: Any, unguard: Any, tmp_path: Path, body: bytes
) -> None:
    asset = office.asset()
    damaged = done(office, "assets.revise", asset_id=asset, cost=5)
    last = done(office, "assets.revise", asset_id=asset, cost=6)
    unguard()
    raw("UPDATE rec SET body = :body WHERE lsn = (SELECT max(lsn) - 1 FROM rec)", body=body)
    steps = office.desk.history("asset", asset)
    assert [(s.readable, s.actor, s.cmd) for s in steps] == [
        (True, "li.wei", "assets.add"), (False, "li.wei", "assets.revise"), (True, "li.wei", "assets.revise"),
    ]  # fmt: skip
    assert steps[-1].operation == last and steps[1].wall <= steps[2].wall
    assert office.desk.proof("asset", asset).wrong >= 1
    told_ = told(clerk(office, office.compound), damaged)
    assert (told_.unread, told_.actor, told_.changes) == (1, "li.wei", ())
    assert told(office.desk, last).unread == 0
    [part] = office.desk.past("assets", datetime.now(UTC) + timedelta(1))
    assert [row["cost"] for row in part] == [6]
    assert office.desk.ask("imports.taken") == []
    with pytest.raises(Conflict, match="cannot be read"):
        back(office, damaged)


def test_a_writers_key_that_is_none_makes_its_records_doubtful_and_no_error(
    office: Office, raw: Any, unguard: Any
) -> None:
    asset = office.asset()
    unguard()
    raw("UPDATE writer SET public_key = :key", key=b"short")
    proof = office.desk.proof("asset", asset)
    assert not proof.holds and proof.wrong == proof.count == 1


def _server(office: Office) -> bool:
    return office.desk.store.engine.dialect.name == "postgresql"
