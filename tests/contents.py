"""Everything a store holds, to be compared with what it held before."""

from __future__ import annotations

import sqlalchemy as sa

from models.base import Base
from services.desk.store import Store


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, the journal's records and the counters of the number series among them."""
    with store.writing.connect() as connection:
        tables = Base.metadata.tables.values()  # their order is nobody's: compounds and staff name each other
        return {t.name: sorted(map(tuple, connection.execute(sa.select(t))), key=repr) for t in tables}
