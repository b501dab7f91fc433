"""Shipped reference data: filled from `resources/` when the shipped file is another than the store was filled from."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.base import Base, table
from models.beside import AssetClass, OfficeStandard, Shipped
from models.occupancy import Rank, UnitLevel
from resources import path

CLASSES, STANDARDS = "asset_classes_2022.csv", "office_standards.csv"


@dataclass(frozen=True)
class Source:
    """One shipped file: the table it fills, what names a row of it, and how a line of the file becomes a row."""

    file: str
    kind: type[Base]
    key: tuple[str, ...]
    row: Callable[[dict[str, str]], dict[str, Any]]


def fill(connection: sa.Connection) -> None:
    """Bring every reference table up to the shipped files."""
    for source in SOURCES:
        _fill(connection, source)


def _fill(connection: sa.Connection, source: Source) -> None:
    """Rows are only added or reworded: records cite them."""
    data = path("reference", source.file).read_bytes()
    digest, shipped = hashlib.sha256(data).hexdigest(), table(Shipped)
    if connection.scalar(sa.select(shipped.c.sha256).where(shipped.c.name == source.file)) == digest:
        return
    t = table(source.kind)
    found = connection.execute(sa.select(t.c.n, *(t.c[name] for name in source.key)))
    known = {tuple(key): n for n, *key in found}
    rows = [source.row(line) for line in csv.DictReader(data.decode("utf-8-sig").splitlines())]
    fresh = [row for row in rows if _key(source, row) not in known]
    if fresh:
        connection.execute(sa.insert(t), fresh)
    for row in rows:
        if n := known.get(_key(source, row)):
            connection.execute(sa.update(t).where(t.c.n == n).values(row))
    connection.execute(sa.delete(shipped).where(shipped.c.name == source.file))
    connection.execute(sa.insert(shipped), {"name": source.file, "sha256": digest})


def _key(source: Source, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in source.key)


def _class(row: dict[str, str]) -> dict[str, Any]:
    name = row["name"].replace(" ", "")  # the catalogue breaks long names over lines
    return {
        "code": row["code"],
        "edition": "2022",
        "name": name,
        "level": int(row["level"]),
        "parent": row["parent"] or None,
    }


def _standard(row: dict[str, str]) -> dict[str, Any]:
    return {
        "edition": row["edition"],
        "level": UnitLevel(row["level"]),
        "rank": Rank(row["rank"]),
        "area": int(row["area_m2"]) * 100,
        "from_on": date.fromisoformat(row["from_on"]),
        "source": row["source"],
    }


SOURCES = (
    Source(CLASSES, AssetClass, ("code", "edition"), _class),
    Source(STANDARDS, OfficeStandard, ("edition", "level", "rank"), _standard),
)
