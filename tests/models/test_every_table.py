"""The guards of every table there is, one by one: a table somebody adds is guarded, or says here why not."""

from __future__ import annotations

import re
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
    "trade_certificate", "hold_reason", "provider_licence_rule", "public_holiday", "service_level_rule", "work_trade",
    "working_hours_rule", "periodic_work_rule", "permit_rule",
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


def refused(desk: Desk, attack: sa.Executable, *values: Any) -> bool:
    """Whether the guards keep the store from it, and say so."""
    try:
        with desk.store.writing.begin() as connection:
            connection.execute(attack, *values)
    except sa.exc.DBAPIError as error:
        return re.search(SAID, str(error)) is not None
    return False


def row(made: sa.Table) -> dict[str, Any]:
    return {c.name: some(c) for c in made.c if not c.nullable and c.name != "n"}


def test_no_row_is_put_past_the_records(desk: Desk) -> None:
    tables = [Base.metadata.tables[name] for name in sorted(entities())]
    assert [made.name for made in tables if not refused(desk, sa.insert(made), row(made))] == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_row_is_changed_or_deleted_past_the_records(desk: Desk) -> None:
    tables = [Base.metadata.tables[name] for name in sorted({*entities(), *FROZEN})]
    unguard(desk.store)
    with desk.store.writing.begin() as connection:
        for made in tables:
            if not connection.scalar(sa.select(sa.func.count()).select_from(made)):
                connection.execute(sa.insert(made), row(made))
        guards.install(connection)
    for made in tables:
        changed = next(c for c in made.c if c.name not in ("n", "id", "rid"))
        assert refused(desk, sa.update(made).values({changed.name: changed})), made.name
        assert refused(desk, sa.delete(made)), made.name
