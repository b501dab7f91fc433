"""A small store with parts in it, for the tests of parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.desk.listing import View
from tests.services.people import Office

WHOLE = 1000  # thousandths


def store(office: Office, name: str = "工程部库房", **values: Any) -> UUID:
    """A store of the first compound."""
    return office.add("part_stores", **{"compound_id": office.compound, "name": name} | values)


def part(office: Office, name: str = "水龙头", **values: Any) -> UUID:
    """A tap."""
    return office.add("parts", **{"name": name, "measure": "个"} | values)


def receive(office: Office, place: UUID, what: UUID, quantity: int, unit_price: int, **values: Any) -> UUID:
    """So many whole pieces at so many fen each."""
    given = {"part_store_id": place, "part_id": what, "quantity": quantity * WHOLE, "unit_price": unit_price}
    made: UUID = office.desk.do("part_movements.receive", **given | values).value
    return made


def issue(office: Office, place: UUID, what: UUID, quantity: int, **values: Any) -> UUID:
    """So many whole pieces."""
    given = {"part_store_id": place, "part_id": what, "quantity": quantity * WHOLE}
    made: UUID = office.desk.do("part_movements.issue", **given | values).value
    return made


def movement(office: Office, id: UUID) -> dict[str, Any]:
    """A movement as the list shows it."""
    return office.row("part_movements", id)


def lies(office: Office, place: UUID, what: UUID) -> tuple[int, int]:
    """What lies in a store of a part: thousandths and fen, as its card says; its movements say the same."""
    filters = (("part_store_id", (place,)), ("part_id", (what,)))
    [card] = office.desk.first(View("part_stocks", filters=filters), 2)
    moved = office.desk.first(View("part_movements", filters=filters), 1000)
    summed = sum(row["quantity"] for row in moved), sum(row["amount"] for row in moved)
    assert summed == (card["quantity"], card["value"])
    return summed
