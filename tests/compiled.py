"""Statements that were compiled for the store of one test serve that of the next: thousands of stores are opened."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

KEPT = 3000  # statements; a program that opens one store keeps 500
DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)


def share() -> None:
    """From now on. Compiled statements are kept by dialect: those of one engine, which differ in nothing, are equal."""
    for dialect in DIALECTS:
        dialect.__hash__ = _hash  # type: ignore[method-assign]
        dialect.__eq__ = _same  # type: ignore[method-assign]
    sa.Engine._compiled_cache = _Kept()  # type: ignore[assignment]


class _Kept:
    """The one collection, whichever engine asks."""

    def __init__(self) -> None:
        self.statements = LRUCache[Any, Any](KEPT)

    def __get__(self, engine: object, kind: type) -> LRUCache[Any, Any]:
        return self.statements

    def __set__(self, engine: object, own: object) -> None:
        """An engine brings its own, which nobody asks for."""


def _hash(self: object) -> int:
    return hash(type(self))


def _same(self: object, other: object) -> bool:
    return type(self) is type(other)
