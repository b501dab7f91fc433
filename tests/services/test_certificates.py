"""Certificates of people: entered, renewed, re-checked, withdrawn; what is due; who may do what, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.certificate_rules import without_identity
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.listing import View
from tests.services.people import Office, found

Y = date
ON = Y(2026, 11, 23)
CLOCK = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(replace(desk, clock=lambda: CLOCK))


def hold(office: Office, staff: UUID, kind: str, issued: date, **values: Any) -> UUID:
    given = {"staff_id": staff, "kind": kind, "paper_no": f"{kind}-1", "issued_on": issued} | values
    return office.add("certificates", **given)


def row(office: Office, id: UUID) -> dict[str, Any]:
    return office.row("certificates", id)


def why(office: Office, staff: UUID, trade: str, on: date = ON) -> list[str]:
    found = office.desk.ask("staff.may_do", staff_id=staff, trade=trade, on=on)
    assert found.ok == (not found.reasons)
    return [reason.code for reason in found.reasons]


def due(office: Office, on: date = ON) -> list[tuple[str, str, int]]:
    return [(line.name, line.state.value, line.days) for line in office.desk.ask("certificates.due", on=on)]


def test_a_certificate_is_entered_in_the_compound_of_its_person_and_ends_as_its_kind_says(office: Office) -> None:
    made = row(office, hold(office, office.giver, "low_voltage", Y(2024, 2, 29)))
    assert (made["compound_id"], made["valid_until"]) == (office.compound, Y(2030, 2, 28))
    assert made["issuer"] == "应急管理部门" and made["number"].startswith("ZS-JGSW-2026-")
    assert row(office, hold(office, office.giver, "guard", Y(2020, 1, 1)))["valid_until"] is None
    typed = hold(office, office.taker, "low_voltage", Y(2024, 2, 29), valid_until=Y(2027, 1, 1), issuer="某省应急厅")
    assert (row(office, typed)["valid_until"], row(office, typed)["issuer"]) == (Y(2027, 1, 1), "某省应急厅")
    with pytest.raises(Conflict, match="李秀英 has this certificate of 2024-02-29 already"):
        hold(office, office.giver, "low_voltage", Y(2024, 2, 29), paper_no="other")
    with pytest.raises(Invalid, match="lies before the day of issue"):
        hold(office, office.giver, "welding", Y(2024, 2, 29), valid_until=Y(2024, 2, 28))
    with pytest.raises(Invalid, match="it is one of: low_voltage"):
        hold(office, office.giver, "wizardry", Y(2024, 2, 29))


def test_an_identity_number_in_the_number_of_a_paper_is_not_kept_in_the_clear(office: Office, raw: Any) -> None:
    made = hold(office, office.giver, "low_voltage", Y(2024, 1, 1), paper_no="T99000019900101077X")
    assert row(office, made)["paper_no"] == "T99000019900101077X", "its check digit is none: some other number"
    made = hold(office, office.giver, "welding", Y(2024, 1, 1), paper_no="T110101199003070011")
    from services.checks import id_check

    body = "99000019900101001"
    number = f"T{body}{id_check(body)}"
    office.desk.do("certificates.revise", certificate_id=made, paper_no=number)
    assert row(office, made)["paper_no"] == f"T990000********{number[-4:]}"
    assert not [r for r in raw("SELECT body FROM rec") if body.encode() in bytes(r[0])]


def test_one_is_renewed_by_a_new_paper_and_the_old_one_stays(office: Office) -> None:
    old = hold(office, office.giver, "health", Y(2025, 12, 1), paper_no="J1", level="A")
    [new] = office.desk.do("certificates.renew", certificate_ids=[old], issued_on=Y(2026, 11, 20)).value
    made = row(office, new)
    assert (made["paper_no"], made["level"], made["renews_id"]) == ("J1", "A", old)
    assert made["valid_until"] == Y(2027, 11, 19) and row(office, old)["valid_until"] == Y(2026, 11, 30)
    with pytest.raises(Conflict, match="was renewed already"):
        office.desk.do("certificates.renew", certificate_ids=[old], issued_on=Y(2026, 11, 21))
    with pytest.raises(Invalid, match="what renews it is issued later"):
        office.desk.do("certificates.renew", certificate_ids=[new], issued_on=Y(2026, 11, 20))


def test_many_are_renewed_at_once_or_none(office: Office) -> None:
    people = (office.giver, office.taker, office.witness)
    papers = [hold(office, person, "health", Y(2025, 12, n), paper_no=f"J{n}") for n, person in enumerate(people, 1)]
    with pytest.raises(Invalid, match="each keeps its own"):
        office.desk.do("certificates.renew", certificate_ids=papers, issued_on=Y(2026, 11, 20), paper_no="J9")
    with pytest.raises(Invalid, match="issued later"):
        office.desk.do("certificates.renew", certificate_ids=papers, issued_on=Y(2025, 12, 3))
    assert office.desk.count(View("certificates")) == 3, "nothing half stored"
    made = office.desk.do("certificates.renew", certificate_ids=papers, issued_on=Y(2026, 11, 20)).value
    assert [row(office, id)["paper_no"] for id in made] == ["J1", "J2", "J3"]
    assert due(office) == []


def test_a_re_check_is_recorded_for_many_and_brings_them_back(office: Office) -> None:
    papers = [hold(office, person, "low_voltage", Y(2023, 11, 1)) for person in (office.giver, office.taker)]
    assert why(office, office.giver, "low_voltage_work") == ["recheck"]
    office.desk.do("certificates.recheck", certificate_ids=papers, on=Y(2026, 11, 20), hours=8, paper="复2026-7")
    assert why(office, office.giver, "low_voltage_work") == [] == why(office, office.taker, "low_voltage_work")
    assert why(office, office.giver, "low_voltage_work", Y(2026, 11, 19)) == ["recheck"], "as it was known that day"
    with pytest.raises(Invalid, match="lies ahead"):
        office.desk.do("certificates.recheck", certificate_ids=papers, on=ON + timedelta(1))
    with pytest.raises(Invalid, match="before the day of issue"):
        office.desk.do("certificates.recheck", certificate_ids=papers, on=Y(2023, 10, 31))
    [check] = [r["id"] for r in office.desk.first(View("certificate_rechecks"), 9) if r["certificate_id"] == papers[0]]
    office.desk.do("certificates.remove_recheck", certificate_recheck_id=check)
    assert why(office, office.giver, "low_voltage_work") == ["recheck"]
    office.desk.do("certificates.remove", certificate_id=papers[1])
    assert office.desk.count(View("certificate_rechecks")) == 0, "its re-checks went with it"


def test_what_was_withdrawn_does_not_hold_until_that_is_taken_back(office: Office) -> None:
    made = hold(office, office.giver, "boiler_g1", Y(2024, 1, 1))
    with pytest.raises(Invalid, match="required"):
        office.desk.do("certificates.revoke", certificate_id=made, revoked_on=ON, revoked_why="")
    office.desk.do("certificates.revoke", certificate_id=made, revoked_on=ON, revoked_why="虚假材料")
    assert why(office, office.giver, "boiler_running") == ["revoked"]
    assert why(office, office.giver, "boiler_running", ON - timedelta(1)) == []
    with pytest.raises(Conflict, match="was withdrawn"):
        office.desk.do("certificates.renew", certificate_ids=[made], issued_on=ON)
    office.desk.do("certificates.restore", certificate_id=made)
    assert why(office, office.giver, "boiler_running") == []


def test_one_question_says_whether_somebody_may_and_everything_against_it(office: Office) -> None:
    who = office.giver
    assert why(office, who, "high_voltage_work") == ["missing"]
    hold(office, who, "high_voltage", Y(2020, 11, 1))
    assert why(office, who, "high_voltage_work") == ["expired"]
    assert why(office, who, "high_voltage_work", Y(2020, 10, 31)) == ["ahead"]
    assert why(office, who, "low_voltage_work") == ["missing"], "one for high voltage is none for low"
    office.desk.do("staff.leave", staff_id=who, left_on=Y(2026, 11, 20), left_why="resigned")
    assert why(office, who, "high_voltage_work") == ["left", "expired"]
    assert why(office, who, "high_voltage_work", Y(2023, 10, 1)) == [], "that day he was here and it held"
    found = office.desk.ask("staff.may_do", staff_id=who, trade="high_voltage_work", on=ON)
    assert found.reasons[1].values["date"] == Y(2026, 10, 31)
    with pytest.raises(Invalid, match="no trade “magic”; there are: low_voltage_work"):
        why(office, who, "magic")
    with pytest.raises(Missing):
        office.desk.ask("staff.may_do", staff_id=office.room, trade="guarding", on=ON)


def test_of_several_that_would_do_one_is_enough_and_a_higher_one_does(office: Office) -> None:
    hold(office, office.giver, "fire_5", Y(2021, 1, 1))
    assert why(office, office.giver, "fire_patrol") == [] and why(office, office.giver, "fire_control") == ["missing"]
    hold(office, office.giver, "fire_3", Y(2022, 1, 1))
    assert why(office, office.giver, "fire_control") == []
    fit = office.desk.ask("staff.who_may", trade="fire_control", on=ON)
    assert [(one.name, one.until) for one in fit] == [("李秀英", None)]
    hold(office, office.taker, "fire_4", Y(2022, 1, 1), valid_until=Y(2027, 1, 1))
    fit = office.desk.ask("staff.who_may", trade="fire_control", on=ON)
    assert [(one.name, one.until) for one in fit] == [("李秀英", None), ("王建国", Y(2027, 1, 1))]


def test_what_is_due_is_a_work_list_by_day(office: Office) -> None:
    hold(office, office.giver, "health", Y(2025, 12, 21))
    hold(office, office.taker, "boiler_g1", Y(2022, 11, 19))
    hold(office, office.witness, "low_voltage", Y(2024, 2, 1))
    hold(office, office.witness, "welding", Y(2023, 1, 1))
    assert due(office) == [("赵磊", "recheck", -327), ("王建国", "expired", -5), ("李秀英", "due", 27),
                           ("赵磊", "due", 69)]  # fmt: skip
    lines = {line.kind: line for line in office.desk.ask("certificates.due", on=ON)}
    assert (lines["health"].step, lines["low_voltage"].step, lines["boiler_g1"].step) == (30, 90, None)
    assert lines["low_voltage"].rechecked and lines["low_voltage"].hours == 8
    assert lines["low_voltage"].apply_by == Y(2026, 12, 2) and lines["health"].apply_by == Y(2026, 11, 20)
    later = due(office, Y(2027, 12, 1))
    assert later == [("李秀英", "expired", -346), ("赵磊", "recheck", -304)], "after a year nobody means to renew it"
    office.desk.do("staff.leave", staff_id=office.taker, left_on=Y(2026, 11, 22), left_why="resigned")
    assert "王建国" not in [name for name, *_ in due(office)], "who is gone renews nothing"


def test_a_shorter_paper_beside_a_longer_one_is_not_due(office: Office) -> None:
    hold(office, office.giver, "health", Y(2025, 12, 1))
    hold(office, office.giver, "health", Y(2026, 10, 1))
    assert due(office) == []
    newest = hold(office, office.taker, "low_voltage", Y(2026, 10, 1))
    hold(office, office.taker, "low_voltage", Y(2020, 11, 1))
    assert due(office) == []
    office.desk.do("certificates.revoke", certificate_id=newest, revoked_on=ON, revoked_why="x")
    assert due(office) == [("王建国", "expired", -23)], "the one in its place was withdrawn"


def test_the_register_is_a_paper(office: Office) -> None:
    with pytest.raises(Invalid, match="no certificates to print"):
        office.desk.ask("certificates.register", on=ON)
    hold(office, office.giver, "low_voltage", Y(2024, 2, 1))
    hold(office, office.taker, "guard", Y(2020, 1, 1))
    data = office.desk.ask("certificates.register", on=ON)
    assert data.startswith(b"%PDF") and data == office.desk.ask("certificates.register", on=ON)


NUMBER = "990000199001010017"  # with its check digit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"21{NUMBER}", "21990000********0017"), ("990000 19900101 0017", "990000 ******** 0017"),
        ("９９００００１９９００１０１００１７", "990000********0017"), (f"T-{NUMBER}X", "T-990000********0017X"),
        (f"{NUMBER}/{NUMBER}", "990000********0017/990000********0017"), ("保 2024-11", "保 2024-11"),
        ("99000019900101077X", "99000019900101077X"),
    ],
)  # fmt: skip
def test_an_identity_number_is_found_among_other_signs(typed: str, kept: str) -> None:
    assert without_identity(typed) == kept


def test_who_holds_a_paper_that_lasts_longer_is_not_due(office: Office) -> None:
    hold(office, office.giver, "driving", Y(2020, 1, 1), valid_until=Y(2035, 1, 1))
    newer = hold(office, office.giver, "driving", Y(2025, 12, 1), valid_until=Y(2026, 12, 1))
    assert due(office) == [], "the older one holds longer"
    hold(office, office.taker, "low_voltage", Y(2020, 12, 1))
    hold(office, office.taker, "low_voltage", Y(2023, 11, 1), valid_until=Y(2029, 10, 31))
    assert due(office) == [("王建国", "recheck", -23)], "of both the re-check is overdue"
    office.desk.do("certificates.revoke", certificate_id=newer, revoked_on=ON, revoked_why="x")
    assert [name for name, *_ in due(office)] == ["王建国"]


def test_days_that_cannot_be_are_refused_with_a_sentence(office: Office) -> None:
    for year in (1600, 9998):
        with pytest.raises(Invalid, match="must lie between 1700 and 2200"):
            hold(office, office.giver, "low_voltage", Y(year, 1, 1))
    made = hold(office, office.giver, "low_voltage", Y(2024, 1, 1))
    with pytest.raises(Invalid, match="must lie between 1700 and 2200"):
        office.desk.do("certificates.renew", certificate_ids=[made], issued_on=Y(9998, 1, 1))
    office.desk.do("certificates.revoke", certificate_id=made, revoked_on=Y(2024, 6, 1), revoked_why="x")
    with pytest.raises(Invalid, match="2024-06-01 lies before the day of issue"):
        office.desk.do("certificates.revise", certificate_id=made, issued_on=Y(2025, 1, 1))


def test_a_re_check_is_entered_once(office: Office) -> None:
    made = hold(office, office.giver, "low_voltage", Y(2022, 1, 1))
    office.desk.do("certificates.recheck", certificate_ids=[made], on=Y(2024, 12, 1))
    with pytest.raises(Conflict, match="has a re-check of 2024-12-01 already"):
        office.desk.do("certificates.recheck", certificate_ids=[made], on=Y(2024, 12, 1))
