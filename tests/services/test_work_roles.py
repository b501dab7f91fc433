"""Whatever role somebody has: work that asks for a certificate is given to nobody without one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Conflict, NotAllowed
from tests.services.people import Office
from tests.services.working import opened, until


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_no_role_gives_work_to_somebody_without_the_certificate(office: Office, role: Role) -> None:
    order = until(office, "accept", trade="high_voltage")
    somebody = replace(office.desk, grants=accounts.of_role(role))
    with pytest.raises((Conflict, NotAllowed)) as refused:
        somebody.do("work_orders.assign", work_order_id=order, technician_id=office.giver)
    may = role in (Role.COMPOUND_ADMINISTRATOR, Role.MAINTENANCE_SUPERVISOR)
    assert isinstance(refused.value, Conflict if may else NotAllowed)
    row = office.row("work_orders", order)
    assert (row["state"], row["technician_id"]) == ("accepted", None)
