"""Personal values on both engines: sealed, masked, found, revealed with a reason, kept, taken back, erased."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from models.base import personal, table
from models.journal import Record
from models.role_grant import Role
from models.staff import Staff
from services import accounts, exports
from services.checks import checked
from services.desk import trail
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed, UserError
from services.desk.intent import INTENTS, Grant, intent
from services.desk.listing import LISTINGS, View
from services.desk.people import people
from services.desk.personal import CHANGED, ERASED, UNREADABLE, PersonKeys, mask
from services.desk.schema import describe
from services.desk.trail import check
from services.desk.undo import take_back
from services.desk.work import Work
from services.staff import PersonalField
from tests.outside import unguard
from tests.services.people import Office, found
from tests.services.secrets import ADDRESS, NUMBER, OWN, PHONE, asked, erase, held, id_number, key_of, reveal

SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn"))
MARKED = "印{}鉴记".format  # signs that stand in no id, number or hash
FIELDS, SERIAL = describe(Staff), count()
ALL = {"phone": PHONE, "id_number": NUMBER, "address": ADDRESS}


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return found(asked(desk, tmp_path))


@pytest.fixture
def person(office: Office) -> Any:
    return office.add("staff", compound_id=office.compound, number="P9", name="周敏", **ALL)


def test_what_can_be_revealed_is_what_is_personal() -> None:
    assert [field.value for field in PersonalField] == list(personal(Staff))


def test_rules_of_masks() -> None:
    assert mask("staff.phone", "13800005678") == "138****5678"
    assert mask("staff.id_number", "990000199003070011") == "990***********0011"
    assert mask("staff.address", ADDRESS) == "建设路大院3…"
    assert mask("staff.phone", "62345678") == "****5678" and mask("staff.phone", "110") == "****"
    assert mask("staff.address", "3号楼") == "…" and mask("staff.address", "西湖里3号") == "西…"


def test_lists_files_and_the_past_show_masks(office: Office, person: Any, tmp_path: Path) -> None:
    shown = {name: mask(f"staff.{name}", value) for name, value in ALL.items()}
    row = office.row("staff", person)
    assert {name: row[name] for name in ALL} == shown
    desk = office.desk
    past = [r for part in desk.past("staff", datetime.now(UTC) + timedelta(days=1)) for r in part]
    assert [{name: r[name] for name in ALL} for r in past if r["id"] == person] == [shown]
    exports.write(desk, View("staff"), tmp_path / "a.csv", "en")
    written = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert shown["phone"] in written and not any(value in written for value in ALL.values())
    assert not {"phone", "id_number", "address"} & set(LISTINGS["staff"].filters)


def test_nothing_plain_is_stored_or_journaled(office: Office, person: Any) -> None:
    everything = held(office.desk.store)
    assert not [value for value in ALL.values() if value.encode() in everything]
    assert check(office.desk.store) == []


def test_plain_text_is_refused_by_the_table_itself(office: Office, person: Any) -> None:
    t = table(Staff)
    with pytest.raises(StatementError, match="sealed or not at all") as told, office.desk.store.writing.begin() as c:
        c.execute(sa.update(t).where(t.c.id == person), {"phone": "13911112222"})
    assert "13911112222" not in str(told.value)


def test_a_whole_number_finds_the_person_and_a_part_does_not(office: Office, person: Any) -> None:
    def ids(text: str) -> list[Any]:
        return [r["id"] for r in office.desk.first(View("staff", search=text), 9)]

    for text in (NUMBER, PHONE, f"+86 {PHONE}", "138-0000-5678", NUMBER.lower()):
        assert ids(text) == [person], text
        assert office.desk.count(View("staff", search=text)) == 1
        assert [n.id for n in office.desk.find("staff", text)] == [person]
    for text in (PHONE[:-1], NUMBER[3:], "5678", ADDRESS, "13800005679"):
        assert ids(text) == [], text
    office.desk.do("staff.revise", staff_id=person, phone="13911112222")
    assert ids(PHONE) == [] and ids("13911112222") == [person]


def test_who_reaches_one_compound_finds_nobody_of_another(office: Office, person: Any) -> None:
    far = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    assert far.count(View("staff", search=PHONE)) == 0
    with pytest.raises(Missing):
        reveal(far, person, "phone")


def seen(desk: Desk, text: str) -> list[Any]:
    """Who a search finds, by each way there is."""
    view = View("staff", search=text)
    found = [r["id"] for r in desk.first(view, 9)]
    assert desk.count(view) == len(desk.ids(view)) == len(found)
    assert {n.id for n in desk.find("staff", text)} == set(found)
    return found


def test_who_may_not_have_a_number_shown_does_not_find_it_out_by_searching(office: Office, person: Any) -> None:
    office.add("staff", compound_id=office.compound, number=PHONE, name="总机")
    for role in (Role.VIEWER, Role.MAINTENANCE_SUPERVISOR, Role.AUDIT):
        somebody = replace(office.desk, grants=accounts.of_role(role, None))
        assert [r["name"] for r in somebody.first(View("staff", search=PHONE), 9)] == ["总机"], role
        assert seen(somebody, NUMBER) == []
    two = (*accounts.of_role(Role.VIEWER, None), *accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.elsewhere))
    assert seen(replace(office.desk, grants=two), NUMBER) == [], "he may show it in another compound"
    here = accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.compound)
    assert seen(replace(office.desk, grants=here), NUMBER) == [person]
    assert person in seen(replace(office.desk, grants=here), PHONE)


def test_a_number_of_somebody_gone_or_out_of_reach_changes_no_search(office: Office, person: Any) -> None:
    desk = office.desk
    plain = office.add("staff", compound_id=office.elsewhere, number=PHONE, name="总机")
    far = replace(desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.elsewhere))
    assert seen(far, PHONE) == [plain]
    assert set(seen(desk, PHONE)) == {person, plain}
    desk.do("staff.remove", staff_id=person)
    assert seen(desk, PHONE) == [plain] and seen(desk, NUMBER) == []


def test_a_value_is_revealed_with_reason_and_password_and_that_stands_in_the_history(
    office: Office, person: Any
) -> None:
    assert {name: reveal(office.desk, person, name) for name in ALL} == ALL
    steps = office.desk.history("staff", person)[-3:]
    assert {(s.cmd, s.reason, s.actor) for s in steps} == {("staff.reveal", "体检名单", "li.wei")}
    before = len(office.desk.history("staff", person))
    with pytest.raises(NotAllowed):
        office.desk.do("staff.reveal", staff_id=person, field="phone", reason="x", own_password="wrong")
    with pytest.raises(Invalid):
        office.desk.do("staff.reveal", staff_id=person, field="phone", reason=" ", own_password=OWN)
    with pytest.raises(Missing, match="nothing"):
        reveal(office.desk, office.giver, "phone")
    assert len(office.desk.history("staff", person)) == before


def test_the_history_says_that_it_changed_and_not_what(office: Office, person: Any) -> None:
    office.desk.do("staff.revise", staff_id=person, phone="13911112222", name="周敏敏")
    step = office.desk.history("staff", person)[-1]
    assert step.fields == {"name": ["周敏", "周敏敏"], "phone": [CHANGED, CHANGED]}
    assert office.desk.history("staff", person)[0].fields["id_number"] == [None, CHANGED]
    erase(office.desk, person)
    assert office.desk.history("staff", person)[-2].fields["phone"] == [ERASED, ERASED]


def test_the_mask_means_what_is_there_and_other_stars_are_refused(office: Office, person: Any) -> None:
    desk, before = office.desk, len(office.desk.history("staff", person))
    desk.do("staff.revise", staff_id=person, phone="138****5678", address="建设路大院3…", id_number=NUMBER)
    assert len(desk.history("staff", person)) == before
    for wrong in ("139****5678", "138****567", "*"):
        with pytest.raises(Invalid, match="only a part"):
            desk.do("staff.revise", staff_id=person, phone=wrong)
    with pytest.raises(Invalid, match="only a part"):
        office.add("staff", compound_id=office.compound, number="P10", name="吴超", phone="138****5678")
    desk.do("staff.revise", staff_id=person, phone="")
    assert office.row("staff", person)["phone"] is None
    assert reveal(desk, person, "id_number") == NUMBER


def test_a_wrong_check_digit_is_told_and_passports_pass(office: Office, person: Any) -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    with pytest.raises(Invalid, match="check digit") as told:
        office.desk.do("staff.revise", staff_id=person, id_number=wrong)
    assert wrong not in str(told.value)
    office.desk.do("staff.revise", staff_id=person, id_number="E12345678")
    office.desk.do("staff.revise", staff_id=person, id_number="990000 19900307 " + NUMBER[14:].lower())
    assert reveal(office.desk, person, "id_number") == NUMBER
    assert id_number("11010519491231002") == "11010519491231002X"  # the example of the standard


def test_taking_back_gives_back_what_was_there(office: Office, person: Any) -> None:
    desk = office.desk
    done = desk.do("staff.revise", staff_id=person, phone="13911112222")

    @intent("T", name="tests.undo")
    def undo(work: Work, operation: Any) -> int:
        return take_back(work, operation)

    try:
        desk.do(undo, done.operation)
        assert reveal(desk, person, "phone") == PHONE
        assert desk.count(View("staff", search=PHONE)) == 1
        later = desk.do("staff.revise", staff_id=person, phone="13911112222")
        erase(desk, person)
        desk.do(undo, later.operation)
        assert office.row("staff", person)["phone"] == ERASED
        with pytest.raises(Missing, match="erased"):
            reveal(desk, person, "phone")
    finally:
        del INTENTS["tests.undo"]
    assert check(desk.store) == []


def test_erased_is_erased_in_rows_journal_history_and_search(office: Office, person: Any) -> None:
    desk, key = office.desk, key_of(office.desk.store, person)
    others = [office.add("staff", compound_id=office.compound, name=f"甲{i}", phone=f"1390000{i:04}") for i in range(5)]
    erase(desk, person)
    row = office.row("staff", person)
    assert {row[name] for name in ALL} == {ERASED}
    assert desk.count(View("staff", search=PHONE)) == 0
    assert desk.history("staff", person)[-1].cmd == "staff.erase_personal"
    assert key not in held(desk.store) and check(desk.store) == []
    assert [reveal(desk, id, "phone") for id in others] == [f"1390000{i:04}" for i in range(5)]
    desk.do("staff.revise", staff_id=person, name="周某", phone=ERASED, address="已删除")
    assert office.row("staff", person)["phone"] == ERASED
    desk.do("staff.revise", staff_id=person, phone="13700001111")  # somebody who came back
    row = office.row("staff", person)
    assert (row["phone"], row["address"]) == ("137****1111", ERASED)
    assert desk.history("staff", person)[-1].fields["phone"] == [ERASED, CHANGED]
    assert check(desk.store) == []


def test_one_who_was_removed_can_be_erased(office: Office, person: Any) -> None:
    office.desk.do("staff.remove", staff_id=person)
    key = key_of(office.desk.store, person)
    erase(office.desk, person)
    assert key not in held(office.desk.store)


def test_a_ciphertext_opens_nowhere_else(office: Office, person: Any) -> None:
    t = table(Staff)
    with office.desk.store.reading.connect() as connection:
        row = connection.execute(sa.select(t).where(t.c.id == person)).one()
        people = PersonKeys(connection)
        assert people.opened(Staff, person, "phone", row.phone) == PHONE
        with pytest.raises(Invalid):
            people.opened(Staff, person, "address", row.phone)
        assert people.opened(Staff, office.giver, "phone", row.phone) is None
        assert people.shown(Staff, person, "phone", "not a cipher!") == "unreadable"


def test_a_file_with_personal_data_names_everybody_in_it(office: Office, person: Any, tmp_path: Path) -> None:
    desk, out = office.desk, tmp_path / "people.csv"
    asked_for: dict[str, Any] = {"reason": "体检名单", "own_password": OWN}
    done = desk.do("staff.export_personal", file=str(out), staff_ids=[person, office.giver], language="en", **asked_for)
    assert done.value == 2
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(r["Name"], r["Phone"], r["ID number"], r["Address"]) for r in rows] == [
        ("周敏", PHONE, NUMBER, ADDRESS), ("李秀英", "", "", ""),
    ]  # fmt: skip
    for id in (person, office.giver):
        step = desk.history("staff", id)[-1]
        assert (step.cmd, step.reason) == ("staff.export_personal", "体检名单 (2)")
    assert desk.history("staff", office.taker)[-1].cmd == "staff.add"
    everybody = desk.do("staff.export_personal", file=str(tmp_path / "all.xlsx"), **asked_for)
    assert everybody.value == 4 and (tmp_path / "all.xlsx").stat().st_size
    with pytest.raises(Invalid):
        desk.do("staff.export_personal", file=str(tmp_path / "nowhere" / "a.csv"), **asked_for)
    rec = table(Record)
    with desk.store.reading.connect() as connection:
        bodies = connection.scalars(sa.select(rec.c.body).where(rec.c.cmd == "staff.export_personal")).all()
    assert bodies and not any(value.encode() in bytes(body) for body in bodies for value in ALL.values())


@pytest.mark.skipif(os.name != "posix", reason="no modes of files")
@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_a_file_with_personal_data_is_nobody_elses_to_read(
    office: Office, person: Any, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    for left in (out, out.with_name(f"{name}.part")):  # an earlier one, and what a killed program left of it
        left.touch()
        left.chmod(0o644)
    office.desk.do("staff.export_personal", file=str(out), staff_ids=[person], reason="体检名单", own_password=OWN)
    assert out.stat().st_mode & 0o777 == 0o600


def test_many_at_once_are_sealed_too(office: Office) -> None:
    def load(work: Work) -> int:
        rows = [
            {"compound_id": office.compound, "number": f"B{i}", "name": "众", "phone": f"1360000{i:04}"}
            for i in range(30)
        ]
        return work.bulk_insert(Staff, rows)

    intent("T", name="tests.load")(load)
    try:
        office.desk.do("tests.load")
    finally:
        del INTENTS["tests.load"]
    rows = office.desk.first(View("staff", search="众"), 99)
    assert {r["phone"] for r in rows} == {f"136****{i:04}" for i in range(30)}
    assert reveal(office.desk, rows[0]["id"], "phone").startswith("1360000")
    assert b"1360000" not in held(office.desk.store) and check(office.desk.store) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(SIGNS, max_size=26).map(MARKED), st.text(SIGNS, max_size=96).map(MARKED))
def test_no_record_holds_what_was_typed(desk: Desk, phone: str, address: str) -> None:
    compound = desk.do("compounds.add", code=f"C{next(SERIAL)}", name="大院").value
    try:
        id = desk.do("staff.add", compound_id=compound, name="某", phone=phone, address=address).value
        desk.do("staff.revise", staff_id=id, phone=address[:30], address=phone)
    except UserError:
        return  # a mask, or something no field takes
    rec = table(Record)
    with desk.store.reading.connect() as connection:
        bodies = b"".join(map(bytes, connection.scalars(sa.select(rec.c.body).where(rec.c.st == compound))))
        row = connection.execute(sa.select(table(Staff)).where(table(Staff).c.id == id)).one()
        people = PersonKeys(connection)
        assert people.opened(Staff, id, "address", row.address) == checked(FIELDS["address"], phone)
    for said in (phone, address, json.dumps(phone)[1:-1], json.dumps(address)[1:-1]):
        assert said.encode() not in bodies
    assert trail.compare(desk.store) == []


def test_a_key_is_never_another_one(office: Office, person: Any, raw: Any) -> None:
    for sql in ("UPDATE person_key SET key = key", "UPDATE person_secret SET key = key"):
        with pytest.raises(sa.exc.DBAPIError):
            raw(sql)
    with pytest.raises(sa.exc.DBAPIError):
        raw("INSERT INTO person_key (row, key) SELECT row, key FROM person_key")
    assert reveal(office.desk, person, "phone") == PHONE


def test_what_stands_in_a_personal_column_is_no_list_of_values(office: Office, person: Any) -> None:
    for name in (*ALL, "source", "extra", "person_key"):
        with pytest.raises(KeyError):
            office.desk.values("staff", name)
    assert "周敏" in office.desk.values("staff", "name")


DELETED = ("DELETE FROM person_key", "DELETE FROM person_hash", "UPDATE person_hash SET field = 'address'")


@pytest.mark.parametrize("sql", DELETED)
def test_what_is_done_to_keys_by_hand_is_told_by_the_check_and_by_the_row(
    office: Office, person: Any, raw: Any, sql: str
) -> None:
    for id, name in ((person, "周敏"), (office.giver, "李秀英")):
        assert office.desk.proof("staff", id).holds, name
    raw(f"{sql} WHERE field = 'phone'" if "hash" in sql else sql)
    told = people(office.desk.store)
    assert told and all("staff" in fault for fault in told)
    assert check(office.desk.store) == told
    proof = office.desk.proof("staff", person)
    assert not proof.holds and "personal data" in proof.sentence
    assert office.desk.proof("staff", office.giver).holds, "nothing is kept of him"


def test_an_erasure_on_record_excuses_what_was_written_before_it_alone(office: Office, person: Any, raw: Any) -> None:
    erase(office.desk, person)
    assert check(office.desk.store) == [] and office.desk.proof("staff", person).holds
    office.desk.do("staff.revise", staff_id=person, phone=PHONE)
    assert check(office.desk.store) == []
    raw("DELETE FROM person_key")
    raw("DELETE FROM person_hash")
    [fault] = check(office.desk.store)
    assert "staff.phone" in fault, "the address was erased, the new phone was not"


def test_a_damaged_value_reads_unreadable_and_not_erased(office: Office, person: Any, raw: Any) -> None:
    unguard(office.desk.store)
    raw("UPDATE staff SET phone = 'AAAA' || substr(phone, 5), address = 'AAAA' WHERE phone IS NOT NULL")
    row = office.row("staff", person)
    assert (row["phone"], row["address"]) == (UNREADABLE, UNREADABLE)
    assert sum("damaged" in fault for fault in people(office.desk.store)) == 2
    erase(office.desk, person)
    assert office.row("staff", person)["address"] == UNREADABLE


def test_no_table_of_keys_is_emptied_at_once(office: Office, person: Any, raw: Any) -> None:
    if office.desk.store.path is None:
        for name in ("person_key", "person_hash", "person_secret"):
            with pytest.raises(sa.exc.DBAPIError):
                raw(f"TRUNCATE {name}")
    assert reveal(office.desk, person, "phone") == PHONE


def test_what_is_still_used_is_no_reason_against_erasing(office: Office) -> None:
    office.desk.do("staff.revise", staff_id=office.giver, phone=PHONE)
    office.asset()
    with pytest.raises(Conflict):
        office.desk.do("staff.remove", staff_id=office.giver)
    erase(office.desk, office.giver)
    assert office.row("staff", office.giver)["phone"] == ERASED
