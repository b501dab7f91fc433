"""One journalled, sealed write through the desk against the same ORM write without a journal."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

import services.registry  # noqa: F401 — the intents people have
from bench.figures import Figure, spent
from models.asset import Asset
from models.base import Id, new_id, table
from services import office
from services.desk import keys, search

PUT = sa.text("INSERT INTO twin_search (rowid, tokens) SELECT n, :tokens FROM twin WHERE id = :id").bindparams(
    sa.bindparam("id", type_=Id())
)
TIMES, INSERT_LIMIT, EDIT_LIMIT = 300, 2.5, 3.0


class Twin:
    """The asset's columns and indexes without guards, journal or references; it keeps its search row as well."""

    def __init__(self, engine: sa.Engine) -> None:
        source = table(Asset)
        self.table = sa.Table(
            "twin",
            sa.MetaData(),
            *(sa.Column(c.name, c.type, primary_key=c.name == "n", unique=c.unique) for c in source.c),
        )
        for index in source.indexes:
            columns = [self.table.c[c.name] for c in index.columns]
            where = index.dialect_options["sqlite"]["where"]
            sa.Index(f"twin_{index.name}", *columns, unique=index.unique, sqlite_where=where)
        self.engine = engine
        self.kind: Any = type("TwinRow", (), {})
        mapper = sa.orm.registry()
        mapper.map_imperatively(self.kind, self.table, primary_key=[self.table.c.id])
        with engine.begin() as connection:
            self.table.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE VIRTUAL TABLE twin_search USING fts5(tokens, content='', contentless_delete=1, detail=none)"
            )

    def insert(self, values: dict[str, Any]) -> Any:
        """One row, its search row, one commit."""
        with Session(self.engine) as session, session.begin():
            row = self.kind()
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
            session.flush()
            self._index(session, row.id, values["name"])
        return values["id"]

    def edit(self, id: Any, name: str) -> None:
        """Read it, change it, index it, one commit."""
        with Session(self.engine) as session, session.begin():
            row: Any = session.get(self.kind, id)
            row.name = name
            session.flush()
            session.execute(sa.text("DELETE FROM twin_search WHERE rowid = :n"), {"n": row.n})
            self._index(session, id, name)

    def fill(self, rows: list[tuple[Any, ...]]) -> None:
        """Rows as the driver takes them, in the order of the columns; one commit, no search rows."""
        marks = ", ".join("?" * len(self.table.c))
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO twin VALUES ({marks})", rows)

    @staticmethod
    def _index(session: Session, id: Any, name: str) -> None:
        session.execute(PUT, {"id": id, "tokens": search.tokens([name])})


def measure() -> Iterator[Figure]:
    """Insert and edit, interleaved, median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        found = _rounds(opened.desk)
        opened.close()
    yield Figure("one journalled, sealed insert", found["insert"], INSERT_LIMIT, found["twin insert"])
    yield Figure("one journalled, sealed edit", found["edit"], EDIT_LIMIT, found["twin edit"])


def _rounds(desk: Any) -> dict[str, float]:
    twin = Twin(desk.store.writing)
    compound = desk.do("compounds.add", code="C", name="C").value
    times: dict[str, list[float]] = {"insert": [], "edit": [], "twin insert": [], "twin edit": []}
    for at in range(TIMES):
        name, made = f"空调机{at}", new_id()
        ours: list[Any] = []
        values = {"id": made, "compound_id": compound, "number": f"T{at}", "name": name, "quantity": 1, "alive": True,
                  "rid": at, "created_rid": at, "status": "in_use", "cost": 329900}  # fmt: skip
        add = {"compound_id": compound, "number": f"Z{at}", "name": name, "cost": 329900}
        times["twin insert"].append(spent(partial(twin.insert, values)))
        times["insert"].append(spent(partial(_add, desk, add, ours)))
        times["twin edit"].append(spent(partial(twin.edit, made, name + "改")))
        times["edit"].append(spent(partial(desk.do, "assets.revise", asset_id=ours[0], name=name + "改")))
    return {what: statistics.median(found[10:]) for what, found in times.items()}


def _add(desk: Any, values: dict[str, Any], made: list[Any]) -> None:
    made.append(desk.do("assets.add", **values).value)
