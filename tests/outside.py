"""What somebody from outside does, who holds the key of the file or owns the database."""

from __future__ import annotations

import sqlalchemy as sa

from services.desk.store import Store


def careless(store: Store) -> None:
    """A connection to the file that looks neither at references nor at what REPLACE deletes."""
    if store.path is not None:
        connection = store.engine.raw_connection()
        for pragma in ("recursive_triggers", "foreign_keys"):
            connection.cursor().execute(f"PRAGMA {pragma} = OFF")
        connection.close()


def unguard(store: Store) -> None:
    """Every trigger away, and no reference looked at."""
    careless(store)
    with store.writing.begin() as c:
        if store.path is None:
            for table in sa.inspect(c).get_table_names():
                c.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            for (name,) in c.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                c.exec_driver_sql(f"DROP TRIGGER {name}")
