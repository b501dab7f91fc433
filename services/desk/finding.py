"""Records found through what they refer to: an asset by its keeper's name. Looked up when it is asked for, so a renamed
keeper is found by the new name at once and no write costs more."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models.base import Entity, entities, table
from services.desk import search

SHORTEST = 2  # characters: one alone is in the name of too much


def through(connection: sa.Connection, kind: type[Entity], part: str) -> sa.CompoundSelect[Any] | None:
    """The row numbers of the records that say this part of a search or refer to a record that does; None when nothing
    they may refer to says it, which is most often so, and then their own index is enough."""
    words = search.wanted(part)
    if not words or len(part) < SHORTEST:
        return None
    dialect, t = connection.dialect.name, table(kind).alias()
    named = {name: _named(table(kind).c[name], part, words, dialect) for name in kind.naming.through}
    if not named:
        return None
    there = connection.execute(sa.select(*(found.exists() for found in named.values()))).one()
    said = [pair for pair, is_there in zip(named.items(), there, strict=True) if is_there]
    hits = [sa.select(t.c.n).where(t.c[name].in_(found)) for name, found in said]
    index, matching = search.hits(kind, words, dialect)
    own = sa.select(index.c.rowid).where(matching)
    if search.loose(part):
        fields = [t.c[name] for name in kind.naming.search]
        own = own.join_from(index, t, t.c.n == index.c.rowid).where(search.said(fields, part))
    return sa.union(own, *hits) if hits else None


def _named(column: sa.Column[Any], part: str, words: list[str], dialect: str) -> sa.Select[Any]:
    """The ids of the records a reference may name whose number or label says this part."""
    kind = entities()[next(iter(column.foreign_keys)).target_fullname.partition(".")[0]]
    t, naming = table(kind).alias(), kind.naming
    index, matching = search.hits(kind, words, dialect)
    fields = [t.c[name] for name in dict.fromkeys((naming.number, naming.label))]
    found = sa.select(t.c.id).join_from(t, index, index.c.rowid == t.c.n)
    return found.where(matching, search.said(fields, part))
