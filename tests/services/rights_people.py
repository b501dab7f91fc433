"""Titles for tests: a right over a building, and events of its ledger in few words."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.desk.desk import Desk
from tests.services.people import Office


def title(office: Office, **values: Any) -> UUID:
    """A right over the first building."""
    made = office.add("titles", **{"compound_id": office.compound, "location": "建设路1号1号楼"} | values)
    office.desk.do("titles.cover", title_id=made, building_id=office.building)
    return made


def enter(desk: Desk, title: UUID, kind: str, on: date, **values: Any) -> UUID:
    """An event, with a paper of its own unless one is given."""
    given: dict[str, Any] = {"paper": f"{kind} {on}"} | values
    made = desk.do("titles.enter", title_id=title, kind=kind, on=on, **given).value
    assert isinstance(made, UUID)
    return made
