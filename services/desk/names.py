"""How people name a record: its number (with what the number is unique in) and its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, Scoped, entities, present
from models.beside import AssetClass
from services.desk.listing import View, chosen, of_entity
from services.desk.reader import Reader
from services.desk.session import DeskSession

AT_ONCE = 500


@dataclass(frozen=True)
class Named:
    """`number` is the whole path where a number alone is not unique (`C01/B2/301`)."""

    id: UUID | str
    number: str
    label: str


def parents(kind: type[Entity]) -> list[type[Entity]]:
    """What the number of this kind is unique in, outermost first."""
    if not kind.naming.within:
        return []
    column = kind.__table__.c[kind.naming.within]
    above = entities()[next(iter(column.foreign_keys)).target_fullname.split(".")[0]]
    return [*parents(above), above]


def named(session: DeskSession, target: str, ids: Sequence[UUID], dead: bool = True) -> dict[UUID, Named]:
    """Names by id; also of records made by mistake, which others may still mention. Out of reach is left out."""
    kind = entities()[target]
    naming, out = kind.naming, dict[UUID, Named]()
    above = getattr(kind, naming.within) if naming.within else sa.null()
    for start in range(0, len(ids), AT_ONCE):
        found = sa.select(kind.id, getattr(kind, naming.number), getattr(kind, naming.label), above)
        rows = session.execute(
            found.where(kind.id.in_(ids[start : start + AT_ONCE])), execution_options={"dead": dead}
        ).all()
        prefixes: dict[UUID, Named] = {}
        if naming.within:
            prefixes = named(session, parents(kind)[-1].__tablename__, list({r[3] for r in rows}))
        for id, number, label, parent in rows:
            prefix = f"{prefixes[parent].number}/" if parent in prefixes else ""
            out[id] = Named(id, f"{prefix}{number}", str(label or number))
    return out


def resolve(session: DeskSession, target: str, number: str) -> UUID | None:
    """The record with exactly this number (or path), or None."""
    kind = entities()[target]
    chain = [*parents(kind), kind]
    parts = number.split("/", len(chain) - 1)
    if len(parts) != len(chain):
        return None
    id: UUID | None = None
    for each, part in zip(chain, parts, strict=True):
        found = sa.select(each.id).where(getattr(each, each.naming.number) == part.strip(), present(each))
        if each.naming.within:
            found = found.where(getattr(each, each.naming.within) == id)
        id = session.scalar(found)
        if id is None:
            return None
    return id


def namesakes(session: DeskSession, target: str) -> frozenset[str]:
    """Labels that several records have, of one compound where records stay inside theirs: a label alone names none."""
    kind = entities()[target]
    label = getattr(kind, kind.naming.label)
    if kind.naming.label == kind.naming.number:
        return frozenset()
    inside = [kind.compound_id] if issubclass(kind, Scoped) and kind.stays_inside else []
    found = sa.select(label).where(present(kind)).group_by(label, *inside).having(sa.func.count() > 1)
    return frozenset(session.scalars(found))


def find(
    session: DeskSession, target: str, text: str, limit: int, within: Mapping[str, Any], on: date | None = None
) -> list[Named]:
    """The exact number first, then what a search finds; with a day, only what may be chosen on it."""
    filters = tuple((name, (value,)) for name, value in within.items())
    view = View(of_entity(target).name, search=text.strip(), filters=filters)
    reader = Reader(session, view, on)
    rows = reader.page(reader.ids(limit))
    if target == AssetClass.__tablename__:
        return [Named(r["code"], r["code"], r["name"]) for r in rows]
    ids = [r["id"] for r in rows]
    if text.strip() and (exact := resolve(session, target, text.strip())):
        kind = entities()[target]
        inside = sa.select(kind.id).where(kind.id == exact, *(getattr(kind, k) == v for k, v in within.items()))
        inside = inside.where(chosen(kind, on)) if on else inside
        ids = [*session.scalars(inside), *(i for i in ids if i != exact)]
    names = named(session, target, ids)
    return [names[i] for i in ids if i in names][:limit]
