"""The list of assets holds for a million: an index alone says which rows there are and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from services.assets import ASSETS
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.people import found


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("sort", ASSETS.listing.sorts)
def test_order_and_number_of_all_assets_come_from_an_index_alone(desk: Desk, sort: str) -> None:
    found(desk).asset()
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(desk.store.reading, "before_cursor_execute", note)
    view = View("assets", sort=sort)
    desk.first(view, 50)
    desk.count(view)
    event.remove(desk.store.reading, "before_cursor_execute", note)
    whole = [(s, p) for s, p in asked if s.startswith(("SELECT asset.n AS n \nFROM", "SELECT count(*)"))]
    assert len(whole) == 2
    with desk.store.reading.connect() as connection:
        for statement, parameters in whole:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert any("USING COVERING INDEX" in row[3] for row in plan), (statement, plan)
