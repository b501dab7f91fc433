"""The guards of every table there is, one by one: a table somebody adds is guarded, or says here why not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from models import guards
from models.base import Base, Id, entities
from models.guards import FROZEN
from services.desk.desk import Desk
from tests.outside import unguard

SHIPPED = {
    "asset_class", "asset_threshold", "certificate_kind", "depreciation_life", "office_standard", "shipped",
    "trade_certificate",
}  # fmt: skip
DERIVED = {"counter", *SHIPPED}  # shipped data, and what only ever goes up
ERASED = {"person_key", "person_hash", "person_secret"}  # what personal values are read with: deleted to erase them
SAID = "unjournaled write|identity is fixed|records never change|never deleted"


def some(column: sa.Column[Any]) -> Any:
    """Some value a column takes."""
    match column.type:
        case Id():
            return uuid4()
        case sa.Enum(enum_class=choices) if choices:
            return next(iter(choices))
        case sa.Boolean():
            return True
        case sa.Date():
            return date(2020, 1, 1)
        case sa.JSON():
            return {}
        case sa.LargeBinary():
            return b"x"
        case sa.String():
            return "x"
    return datetime(2020, 1, 1, tzinfo=UTC) if column.type.python_type is datetime else 1


def test_every_table_is_guarded_or_derived() -> None:
    tables = set(Base.metadata.tables)
    assert tables == set(entities()) | set(FROZEN) | DERIVED | ERASED
    assert "incident" in tables


@pytest.mark.parametrize("table", sorted(entities()))
def test_no_row_is_put_past_the_records(desk: Desk, table: str) -> None:
    made = Base.metadata.tables[table]
    values = {c.name: some(c) for c in made.c if not c.nullable and c.name != "n"}
    with pytest.raises(sa.exc.DBAPIError, match=SAID), desk.store.writing.begin() as connection:
        connection.execute(sa.insert(made), values)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", sorted({*entities(), *FROZEN}))
def test_no_row_is_changed_or_deleted_past_the_records(desk: Desk, table: str) -> None:
    made = Base.metadata.tables[table]
    unguard(desk.store)
    with desk.store.writing.begin() as connection:
        if not connection.scalar(sa.select(sa.func.count()).select_from(made)):
            connection.execute(sa.insert(made), {c.name: some(c) for c in made.c if not c.nullable and c.name != "n"})
        guards.install(connection)
    changed = next(c for c in made.c if c.name not in ("n", "id", "rid"))
    for attack in (sa.update(made).values({changed.name: changed}), sa.delete(made)):
        with pytest.raises(sa.exc.DBAPIError, match=SAID), desk.store.writing.begin() as connection:
            connection.execute(attack)
