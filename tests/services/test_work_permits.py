"""Permits: nobody begins dangerous work without one that holds, nor ends it with one that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.listing import View
from tests.services.people import Office
from tests.services.working import MONDAY, at, do, line, opened, report, until

HOUR = timedelta(hours=1)


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def permit(office: Office, order: UUID, kind: str = "confined_space", **values: Any) -> UUID:
    given = {"place": "3号化粪池", "measures": "先通风、再检测、后作业", "issued_by_id": office.giver,
             "watched_by_id": office.witness, "valid_from": MONDAY, "valid_until": MONDAY + 4 * HOUR}  # fmt: skip
    return line(office, "work_permits", order, kind=kind, **given | values)


def close(office: Office, made: UUID) -> None:
    office.desk.do("work_permits.close", work_permit_id=made, closing="人员已撤出，井盖复位")


def test_an_order_that_says_so_cannot_begin_without_a_permit(office: Office) -> None:
    order = until(office, "assign", title="化粪池清掏", permit="confined_space")
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "begin", order)
    permit(office, order, kind="fire")
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "begin", order)
    made = permit(office, order)
    do(office, "begin", order)
    with pytest.raises(Conflict, match="still open"):
        do(office, "finish", order)
    for row in office.desk.first(View("work_permits"), 9):
        close(office, row["id"])
    do(office, "finish", order)
    with pytest.raises(Conflict, match="is closed"):
        close(office, made)


@pytest.mark.parametrize(("trade", "kind"), [("welding", "fire"), ("height", "height")])
def test_the_rules_say_which_trades_take_one(office: Office, trade: str, kind: str) -> None:
    order = report(office, trade=trade)
    do(office, "accept", order)
    do(office, "assign", order, technician_id=None, team_id=office.unit)
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "begin", order)
    permit(office, order, kind=kind)
    do(office, "begin", order)


@pytest.mark.parametrize("span", [(-2 * HOUR, -HOUR), (HOUR, 2 * HOUR)])
def test_a_permit_counts_only_while_it_holds(office: Office, span: tuple[timedelta, timedelta]) -> None:
    order = until(office, "assign", permit="height")
    permit(office, order, "height", valid_from=MONDAY + span[0], valid_until=MONDAY + span[1])
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "begin", order)
    do(replace(office, desk=at(office.desk, MONDAY + HOUR)) if span[0] > 0 * HOUR else _again(office, order), "begin",
       order)  # fmt: skip


def _again(office: Office, order: UUID) -> Office:
    permit(office, order, "height")
    return office


def test_work_that_waited_goes_on_under_a_permit(office: Office) -> None:
    order = until(office, "assign", permit="fire")
    made = permit(office, order, "fire")
    do(office, "begin", order)
    close(office, made)
    do(office, "hold", order, hold_reason="part")
    with pytest.raises(Conflict, match="no open permit"):
        do(office, "resume", order)


def test_what_was_found_wanting_is_not_done_again_without_a_permit(office: Office) -> None:
    order = until(office, "assign", permit="fire")
    made = permit(office, order, "fire")
    do(office, "begin", order)
    close(office, made)
    do(office, "finish", order)
    later = replace(office, desk=at(office.desk, MONDAY + 8 * HOUR))
    do(later, "redo", order)
    with pytest.raises(Conflict, match="no permit while this was worked on"):
        do(later, "finish", order)
    again = permit(later, order, "fire", valid_from=MONDAY + 8 * HOUR, valid_until=MONDAY + 9 * HOUR)
    close(later, again)
    do(later, "finish", order)


def test_what_a_permit_must_say(office: Office) -> None:
    order = until(office, "assign", permit="confined_space")
    with pytest.raises(Invalid, match="who watches"):
        permit(office, order, watched_by_id=None)
    with pytest.raises(Invalid, match="24 hours at most"):
        permit(office, order, valid_until=MONDAY + 25 * HOUR)
    with pytest.raises(Invalid, match="ends before it begins"):
        permit(office, order, valid_until=MONDAY)
    permit(office, order, "height", watched_by_id=None, valid_until=MONDAY + 168 * HOUR)
    sources = {(row["kind"], row["trade"]): row["source"] for row in office.desk.first(View("permit_rules"), 9)}
    assert "应急管理部令第13号" in sources["confined_space", ""]


def test_a_permit_work_began_under_is_not_removed(office: Office) -> None:
    order = until(office, "assign", permit="fire")
    mistake = permit(office, order, "fire")
    office.desk.do("work_permits.remove", work_permit_id=mistake)
    made = permit(office, order, "fire")
    do(office, "begin", order)
    with pytest.raises(Conflict):
        office.desk.do("work_permits.remove", work_permit_id=made)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_no_role_begins_without_a_permit(office: Office, role: Role) -> None:
    order = until(office, "assign", permit="confined_space")
    somebody = replace(office.desk, grants=accounts.of_role(role))
    with pytest.raises((Conflict, NotAllowed)) as refused:
        somebody.do("work_orders.begin", work_order_id=order)
    may = role in (Role.COMPOUND_ADMINISTRATOR, Role.MAINTENANCE_SUPERVISOR, Role.TECHNICIAN)
    assert isinstance(refused.value, Conflict if may else NotAllowed)
