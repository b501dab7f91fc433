"""Lists: one description serves screens, command line, export, papers and pickers, scoped, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from models.base import Base, Entity, entities, table
from models.beside import AssetClass
from services.desk.errors import NotAllowed
from services.desk.intent import Grant, reach
from services.desk.schema import FieldSpec, Kind, describe
from services.desk.sight import Kinds, Reach


@dataclass(frozen=True)
class View:
    """What somebody wants to see of a listing: filter values are alternatives; of a quantity they are (from, to)."""

    listing: str
    search: str = ""
    filters: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Made:
    """A column that is no field of the kind: what it is, what a select from the table says for it, and what the state
    of a row said before (nothing, where it cannot be told). `named`: it is what something is called that the row always
    refers to, of lists of the past as it is called now."""

    spec: FieldSpec
    value: Callable[[sa.Table], sa.ColumnElement[Any]]
    was: Callable[[Mapping[str, Any]], Any] | None = None
    named: bool = False


@dataclass(frozen=True)
class Listing:
    """Named columns of an entity and of what it refers to; `sorts` are indexed, so they hold for a million rows.

    Without sorts the newest row stands first. Of entities only rows with `filled` said and `blank` not said are listed,
    of other kinds those `only` keeps; `within` names the column with the compound of
    a row, and `id` the one it is asked about by, where the kind is no entity.
    """

    name: str
    kind: type[Base]
    sorts: tuple[str, ...]
    sums: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # what a search looks at when the entity keeps no index
    also: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # reference -> its record's fields, as `asset_cost`
    made: tuple[Made, ...] = ()  # beside its fields, or instead of those of the same name
    filled: str = ""
    blank: str = ""
    only: Callable[[sa.Table], sa.ColumnElement[bool]] | None = None
    within: str = ""
    id: str = "id"
    latest: bool = False  # the newest row stands first as long as nobody wishes for another order

    @property
    def entity(self) -> str:
        """The entity's name."""
        return str(self.kind.__tablename__)

    @property
    def key(self) -> str:
        """The column with the local number of a row."""
        return next(column.name for column in table(self.kind).primary_key) if self.within else "n"

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """The fields of the entity and what is made beside them."""
        return describe(self.kind) | {made.spec.name: made.spec for made in self.made}

    def value(self, name: str) -> sa.ColumnElement[Any]:
        """What a select from the table says for a field."""
        t = table(self.kind)
        made = next((made.value for made in self.made if made.spec.name == name), None)
        return made(t) if made else t.c[name]

    @cached_property
    def columns(self) -> dict[str, FieldSpec]:
        """Every field of the entity; a reference `room_id` is followed by `room`, the words people see for it."""
        out: dict[str, FieldSpec] = {}
        for name, spec in self.fields.items():
            out[name] = spec
            if label := label_of(spec):
                out[label] = FieldSpec(self.entity, label, Kind.TEXT, empty=spec.empty)
                fields = describe(entities()[spec.target]) if name in self.also else {}
                out |= {f"{label}_{other}": fields[other] for other in self.also.get(name, ())}
        return out

    @cached_property
    def filters(self) -> tuple[str, ...]:
        """What a view may filter by."""
        return tuple(n for n, s in self.fields.items() if s.kind not in (Kind.EXTRA, Kind.LONG, Kind.PERSONAL))

    @cached_property
    def _page(self) -> sa.Select[Any]:
        t = table(self.kind)
        picked: list[Any] = [t.c[self.key].label("n"), *([t.c[self.id].label("id")] if self.id in t.c else [])]
        source: Any = t
        for name, spec in self.fields.items():
            picked.append(self.value(name).label(name))
            if not (label := label_of(spec)):
                continue
            if spec.kind is Kind.CLASS_CODE:
                other = table(AssetClass).alias(label)
                source = source.outerjoin(other, (other.c.code == t.c[name]) & (other.c.edition == t.c.class_edition))
                picked.append(other.c.name.label(label))
            else:
                target = entities()[spec.target]
                other = table(target).alias(label)
                source = source.outerjoin(other, other.c.id == self.value(name))
                picked.append(other.c[target.naming.label].label(label))
                picked += [other.c[f].label(f"{label}_{f}") for f in self.also.get(name, ())]
        found = sa.select(*picked).select_from(source).where(t.c[self.key].in_(sa.bindparam("ns", expanding=True)))
        return self.standing(found)

    def standing(self, found: sa.Select[Any]) -> sa.Select[Any]:
        """The rows that are there for people: of entities the living ones."""
        t = table(self.kind)
        if self.only is not None:
            found = found.where(self.only(t))
        if self.filled:
            found = found.where(t.c[self.filled].is_not(None))
        if self.blank:
            found = found.where(t.c[self.blank].is_(None))
        return found.where(t.c.alive == sa.true()) if issubclass(self.kind, Entity) else found

    def stood(self, state: Mapping[str, Any]) -> bool:
        """The same of a record of an entity as the journal has it."""
        said = not self.filled or state.get(self.filled) is not None
        return said and not (self.blank and state.get(self.blank) is not None) and bool(state.get("alive", True))


def label_of(spec: FieldSpec) -> str:
    """The name of the column with the words for a reference, or nothing."""
    if spec.kind is Kind.CLASS_CODE:
        return "class_name"
    return spec.name.removesuffix("_id") if spec.kind is Kind.REFERENCE and spec.target in entities() else ""


def chosen(kind: type[Entity], on: date) -> sa.ColumnElement[bool]:
    """The records of a kind that may be chosen on a day: who left on it or before stays where he is named, and is
    offered no more."""
    end = table(kind).c[kind.ends] if kind.ends else sa.null()
    return sa.or_(end.is_(None), end > on)


LISTINGS: dict[str, Listing] = {}


def listing(found: Listing) -> Listing:
    """Makes a listing known by its name and its entity."""
    LISTINGS[found.name] = found
    return found


def of_entity(entity: str) -> Listing:
    """The listing of a kind of record."""
    return next(found for found in LISTINGS.values() if found.entity == entity)


def readable(grants: tuple[Grant, ...]) -> Kinds:
    """The kinds of record these grants may list, and where."""
    return _readable(grants, len(LISTINGS))


@lru_cache(maxsize=64)  # asked before every read
def _readable(grants: tuple[Grant, ...], _known: int) -> Kinds:
    found, kinds = set[tuple[str, Reach]](), {known.entity for known in LISTINGS.values()} & entities().keys()
    for kind in kinds:
        try:
            found.add((kind, reach(grants, f"{of_entity(kind).name}.list", reading=True)))
        except NotAllowed:
            continue
    everywhere = len(found) == len(kinds) and all(compounds is None for _, compounds in found)
    return None if everywhere else frozenset(found)
