"""Who left, and an account that is retired, are offered no more and stay where they are named."""

from __future__ import annotations

# ruff: noqa: F811 - a fixture is imported, and asked for by name
from dataclasses import replace
from datetime import date

import pytest

from models.handover import Handover
from models.staff import Staff
from services import accounts, leaving
from services.desk.desk import Desk
from services.desk.schema import describe
from tests.services.people import Office, found
from tests.services.secrets import OWN, asked
from tests.services.test_past import DAY, Clock, clock  # noqa: F401


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def today(desk: Desk) -> date:
    return desk.clock().astimezone().date()


def offered(desk: Desk, text: str = "", ended: bool = False) -> list[str]:
    return sorted(named.label for named in desk.find("staff", text, ended=ended))


def test_who_left_is_offered_no_more(office: Office) -> None:
    desk = office.desk
    desk.do(leaving.leave, office.taker, left_on=today(desk))
    assert offered(desk) == ["李秀英", "赵磊"]
    assert offered(desk, "王建国") == offered(desk, "P1") == [], "not by the whole name or number either"
    assert desk.named("staff", office.taker).label == "王建国", "what names him shows him"
    desk.do(leaving.come_back, office.taker)
    assert offered(desk, "P1") == ["王建国"]


def test_a_list_is_narrowed_to_what_somebody_kept_who_left(office: Office) -> None:
    office.desk.do(leaving.leave, office.taker, left_on=today(office.desk))
    assert offered(office.desk, "王", ended=True) == offered(office.desk, "P1", ended=True) == ["王建国"]


def test_the_day_of_leaving_is_the_first_without_him(clock: Clock, desk: Desk) -> None:
    office, day = found(desk), today(desk)
    desk.do(leaving.leave, office.taker, left_on=day)
    before = replace(desk, clock=lambda: clock.now - DAY)
    assert offered(before, "王建国") == ["王建国"]
    assert offered(desk, "王建国") == []


def test_a_few_who_are_here_are_found_behind_many_who_left(office: Office) -> None:
    for n in range(6):
        gone = office.add("staff", compound_id=office.compound, number=f"A{n}", name="陈静")
        office.desk.do(leaving.leave, gone, left_on=date(2020, 1, 1))
    office.add("staff", compound_id=office.compound, number="B0", name="陈静")
    assert [named.number for named in office.desk.find("staff", "陈静", 2)] == ["B0"]


def test_only_who_hands_over_may_have_left() -> None:
    fields = describe(Handover)
    assert [name for name, spec in fields.items() if spec.ended] == ["from_staff_id"]
    assert describe(Staff)["left_on"].derived


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_retired_account_gets_no_role(office: Office, tmp_path: object) -> None:
    desk = asked(office.desk, tmp_path)  # type: ignore[arg-type]
    made = desk.do(accounts.add, name="zhang.wei", person="张伟", password=OWN).value
    assert [named.number for named in desk.find("account", "zhang")] == ["zhang.wei"]
    desk.do(accounts.retire, account_id=made)
    assert desk.find("account", "zhang.wei") == []
