"""What a read may see: rows of the compounds in reach, rows of no compound, and of what is said about other records
only what is about kinds of record that may be listed there."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import About, Shared

Reach = frozenset[UUID] | None  # compounds; None is everywhere
Kinds = frozenset[tuple[str, Reach]] | None  # the kinds of record that may be listed, and where; None is all of them


def inside(kind: type[Any], columns: Any, compounds: frozenset[UUID]) -> sa.ColumnElement[bool]:
    """The rows of a kind that lie in these compounds; those of the whole office too, where a kind has some for all."""
    found: sa.ColumnElement[bool] = columns.compound_id.in_(compounds)
    return sa.or_(found, columns.compound_id.is_(None)) if issubclass(kind, Shared) and kind.open else found


def told(columns: Any, kinds: frozenset[tuple[str, Reach]]) -> sa.ColumnElement[bool]:
    """What is said about records of kinds that may be listed, where they may be."""
    groups: dict[Reach, list[str]] = defaultdict(list)
    for name, compounds in sorted(kinds, key=lambda pair: pair[0]):
        groups[compounds].append(name)
    parts = list[sa.ColumnElement[bool]]()
    for compounds, names in groups.items():
        part = columns.about_kind.in_(names)
        parts.append(part if compounds is None else sa.and_(part, inside(About, columns, compounds)))
    return sa.or_(sa.false(), *parts)


def sees(kinds: Kinds, name: str, compound: UUID | None) -> bool:
    """Whether records of a kind may be listed in a compound; those of the whole office (None) wherever any may be."""
    if kinds is None:
        return True
    return any(k == name and (where is None or compound is None or compound in where) for k, where in kinds)
