"""The search index: single characters and pairs of neighbours, made here, looked up by the database.

A derived table beside each entity that names search fields: FTS5 on SQLite, `tsvector` with GIN on PostgreSQL.
Chinese needs no word list this way, and one or two characters are found as fast as ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias
from unicodedata import normalize
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from models.base import Base, Entity, Id, entities

Texts: TypeAlias = Iterable[str | None]
RUN = re.compile(r"[\w\uE000-\uF8FF\U00020000-\U0003FFFF]+")  # with the rare characters no Python knows yet


def fold(text: str) -> str:
    """Letters as they are compared: compatibility forms and case folded."""
    return normalize("NFKC", text).casefold().replace("_", " ")


def tokens(texts: Texts) -> str:
    """What a row is found by: every character and every pair of neighbours, each once, separated by spaces."""
    found = list[str]()
    for run in RUN.findall(fold("\n".join(filter(None, texts)))):
        found += run
        found += map("".join, pairwise(run))
    return " ".join(dict.fromkeys(found))


def wanted(text: str) -> list[str]:
    """The tokens a row must have to be a candidate for this search; empty when nothing can be looked up."""
    found: dict[str, None] = {}
    for run in RUN.findall(fold(text)):
        found |= dict.fromkeys([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return list(found)


@cache
def index_of(kind: type[Base]) -> sa.TableClause:
    """The derived table of an entity: row number and tokens."""
    name = f"{kind.__tablename__}_search"
    return sa.table(name, sa.column("rowid"), sa.column("tokens"), sa.column(name))


def searched(kind: type[Base]) -> bool:
    """Whether an index is kept for this kind."""
    return issubclass(kind, Entity) and bool(kind.naming.search)


def create(connection: sa.Connection) -> None:
    """Make every index table."""
    for kind in filter(searched, entities().values()):
        name = f"{kind.__tablename__}_search"
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)")
            connection.exec_driver_sql(f"CREATE INDEX ON {name} USING gin (tokens)")
            head = (
                f"CREATE FUNCTION found_{kind.__tablename__}(tsquery) RETURNS TABLE (rowid bigint) LANGUAGE sql STABLE"
            )
            connection.exec_driver_sql(f"{head} AS 'SELECT s.rowid FROM {name} s WHERE s.tokens @@ $1'")
        else:
            words = """tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Cn'\""""
            how = f"content='', contentless_delete=1, detail=none, {words}"
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5(tokens, {how})")


def hits(kind: type[Base], words: list[str], dialect: str) -> tuple[sa.FromClause, sa.ColumnElement[bool]]:
    """Where the numbers (`rowid`) of the rows that have all of these tokens come from, and on which condition. On
    PostgreSQL a function answers them: a server lets nobody read the words of others."""
    if dialect != "postgresql":
        index = index_of(kind)
        return index, index.c[index.name].op("MATCH")(" AND ".join(f'"{w}"' for w in words))
    asked = sa.cast(" & ".join(f"'{w}'" for w in words), TSQUERY)
    found = getattr(sa.func, f"found_{kind.__tablename__}")(asked)
    return found.table_valued(sa.column("rowid", sa.BigInteger)).alias(f"{kind.__tablename__}_search"), sa.true()


def loose(part: str) -> bool:
    """Whether the tokens of a part of a search may come from different places: then look at the text itself."""
    return len(part) > 2 or not part.isalnum()


def said(fields: Iterable[sa.ColumnElement[Any]], part: str) -> sa.ColumnElement[bool]:
    """One of the fields has this text."""
    spelled = dict.fromkeys((part, normalize("NFKC", part)))  # full-width letters come from input methods
    return sa.or_(*(f.icontains(s, autoescape=True) for f in fields for s in spelled))


def refresh(connection: sa.Connection, kind: type[Entity], rows: Mapping[UUID, Texts], *, known: bool) -> None:
    """Put what these rows (by id) are found by in place of their texts; `known` rows may have older ones."""
    postgresql = connection.dialect.name == "postgresql"
    remove, put = _refreshing(kind, "array_to_tsvector(:tokens)" if postgresql else ":tokens")
    if known:
        connection.execute(remove, [{"id": id} for id in rows])
    if rows:
        found = ((id, tokens(texts)) for id, texts in rows.items())
        connection.execute(put, [{"id": i, "tokens": t.split() if postgresql else t} for i, t in found])


@cache
def _refreshing(kind: type[Entity], value: str) -> tuple[sa.TextClause, sa.TextClause]:
    index, id = index_of(kind).name, sa.bindparam("id", type_=Id())
    row = f"FROM {kind.__tablename__} WHERE id = :id"
    remove = sa.text(f"DELETE FROM {index} WHERE rowid = (SELECT n {row})").bindparams(id)
    return remove, sa.text(f"INSERT INTO {index} (rowid, tokens) SELECT n, {value} {row}").bindparams(id)
