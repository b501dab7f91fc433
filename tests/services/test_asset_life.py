"""Where the documents of assets meet: parts and wholes, cards split on a note, needs, those who left, booked months."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from models.handover import HandoverPurpose, Side
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_disposals import executed
from tests.services.test_handovers import draft

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
