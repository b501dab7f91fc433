"""Shipped reference data: filled from `resources/` when the shipped file is another than the store was filled from."""

from __future__ import annotations

import csv
import hashlib
from typing import Any

import sqlalchemy as sa

from models.base import table
from models.beside import AssetClass, Shipped
from resources import path

CLASSES = "asset_classes_2022.csv"


def fill(connection: sa.Connection) -> None:
    """Bring every reference table up to the shipped file. Rows are only added or reworded: records cite them."""
    data = path("reference", CLASSES).read_bytes()
    digest, shipped = hashlib.sha256(data).hexdigest(), table(Shipped)
    if connection.scalar(sa.select(shipped.c.sha256).where(shipped.c.name == CLASSES)) == digest:
        return
    classes = table(AssetClass)
    known = {
        (r.code, r.edition): r.n for r in connection.execute(sa.select(classes.c.code, classes.c.edition, classes.c.n))
    }
    rows = [_class(r) for r in csv.DictReader(data.decode("utf-8-sig").splitlines())]
    fresh = [r for r in rows if (r["code"], r["edition"]) not in known]
    if fresh:
        connection.execute(sa.insert(classes), fresh)
    for row in rows:
        if n := known.get((row["code"], row["edition"])):
            connection.execute(sa.update(classes).where(classes.c.n == n).values(row))
    connection.execute(sa.delete(shipped).where(shipped.c.name == CLASSES))
    connection.execute(sa.insert(shipped), {"name": CLASSES, "sha256": digest})


def _class(row: dict[str, str]) -> dict[str, Any]:
    name = row["name"].replace(" ", "")  # the catalogue breaks long names over lines
    return {
        "code": row["code"],
        "edition": "2022",
        "name": name,
        "level": int(row["level"]),
        "parent": row["parent"] or None,
    }
