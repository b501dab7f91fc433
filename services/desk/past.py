"""A list as it was: the rows of one kind folded from their records up to an instant, with the values they had then."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from models.base import GLOBAL, PLACED, About, Cipher, Entity, Shared, entities, table
from models.beside import AssetClass
from models.compound import Compound
from models.journal import Record
from resources.words import N_, Word
from services.desk import codec, personal, private
from services.desk.errors import Invalid
from services.desk.faults import body_of
from services.desk.listing import Listing, label_of
from services.desk.schema import FieldSpec, Kind, describe
from services.desk.session import DeskSession
from services.desk.sight import sees

AT_ONCE = 500
REVIVE: dict[Kind, Callable[[Any], Any]] = {
    Kind.REFERENCE: UUID, Kind.DATE: date.fromisoformat, Kind.INSTANT: datetime.fromisoformat, Kind.PERSONAL: Cipher,
}  # fmt: skip
log = logging.getLogger(__name__)
pack, unpack = msgspec.msgpack.encode, msgspec.msgpack.decode


def rows(session: DeskSession, listing: Listing, until: datetime) -> Iterator[list[dict[str, Any]]]:
    """The rows that were alive before an instant, some at a time, by the listing's first order, without one the newest
    first. What they refer to is named as it is called now."""
    kind = entities().get(listing.entity)
    if kind is None:
        raise Invalid(N_("The list “{name}” keeps no history"), name=Word(listing.name))
    states, order = _folded(session, kind, listing, until), list[str]()
    if listing.sorts and not listing.latest:
        keys = ((id, unpack(state).get(listing.sorts[0])) for id, state in states.items())
        order = [id for *_, id in sorted((value is None, value, id) for id, value in keys)]
    else:
        t = table(listing.kind)  # what was removed keeps its number
        newest = session.raw().scalars(sa.select(t.c.id).order_by(t.c.n.desc()))
        order = [id for each in newest if (id := each.hex) in states]
    for start in range(0, len(order), AT_ONCE):
        yield _listed(session, listing, {UUID(id): unpack(states[id]) for id in order[start : start + AT_ONCE]})


def _folded(session: DeskSession, kind: type[Entity], listing: Listing, until: datetime) -> dict[str, bytes]:
    """What the records before an instant say of every row that stood in the list, packed: there may be a million."""
    states, name = dict[str, bytes](), kind.__tablename__
    own = Record.st != GLOBAL if issubclass(kind, PLACED) else Record.st == GLOBAL
    if issubclass(kind, Shared) and (kind.open or session.compounds is None):
        own = sa.true()
    every = sa.select(Record.body).where(own).order_by(Record.lsn).execution_options(yield_per=AT_ONCE)
    for body in map(body_of, session.scalars(every)):
        if body is None:
            log.warning("a record cannot be read: the list lacks what it said")
            continue
        if datetime.fromisoformat(body.wall) >= until:
            continue
        for change in (c for c in body.ch if c.e == name):
            if change.new is not None:
                states[change.id] = pack(change.new)
            elif change.id in states:  # not there when the clock was set back between the two
                after = {field: value for field, (_, value) in change.f.items()}
                states[change.id] = pack(unpack(states[change.id]) | after)
    if kind is Compound and session.compounds is not None:
        states = {id: states[id] for id in states.keys() & {compound.hex for compound in session.compounds}}
    if issubclass(kind, About):
        states = {id: state for id, state in states.items() if _told(session, unpack(state))}
    return {id: state for id, state in states.items() if listing.stood(unpack(state))}


def _told(session: DeskSession, state: dict[str, Any]) -> bool:
    """Whether the record it is about may be listed."""
    compound = UUID(said) if (said := state.get("compound_id")) else None
    return sees(session.kinds, state["about_kind"], compound)


def _listed(session: DeskSession, listing: Listing, states: dict[UUID, dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the list of today has them."""
    fields = describe(entities()[listing.entity])
    made = {id: {"id": id} | dict.fromkeys(listing.columns) for id in states}
    for id, state in states.items():
        made[id] |= {name: value_of(spec, state) for name, spec in fields.items()}
        made[id] |= {column.spec.name: column.was(state) for column in listing.made if column.was}
    if named := [column for column in listing.made if column.named]:
        t = table(listing.kind)
        naming = sa.select(t.c.id, *(column.value(t).label(column.spec.name) for column in named))
        for each in session.raw().execute(naming.where(t.c.id.in_(states))).mappings():
            made[each["id"]] |= {column.spec.name: each[column.spec.name] for column in named}
    for name, spec in fields.items():
        if spec.kind is Kind.CLASS_CODE:
            codes = {id: (state.get(name), state.get("class_edition")) for id, state in states.items()}
            known = _classes(session, {code for code, _ in codes.values() if code})
            for id, said in codes.items():
                made[id][label_of(spec)] = known.get(said)
        elif label := label_of(spec):
            called = _called(session, spec, label, listing.also.get(name, ()), {row[name] for row in made.values()})
            for row in made.values():
                row |= called.get(row[name], {})  # nothing for what names nothing
    found = list(made.values())
    personal.masked(session.raw(), entities()[listing.entity], found)
    private.hide(private.closed(session, entities()[listing.entity]), found)
    return found


def value_of(spec: FieldSpec, state: dict[str, Any]) -> Any:
    """A field's value as it was before it was journaled."""
    if spec.kind is Kind.EXTRA:
        facts = {k.removeprefix(codec.EXTRA): v for k, v in state.items() if k.startswith(codec.EXTRA)}
        return {k: v for k, v in facts.items() if v is not None} or None
    said = state.get(spec.name)
    if said is None:
        return None
    revive: Any = spec.choice_type or REVIVE.get(spec.kind)
    return revive(said) if revive else said


def _called(
    session: DeskSession, spec: FieldSpec, label: str, also: Iterable[str], ids: set[Any]
) -> dict[Any, dict[str, Any]]:
    """What the list says of the records these ids name, out of reach or not, as the list of today does."""
    kind = entities()[spec.target]
    t = table(kind)
    picked = [t.c[kind.naming.label].label(label), *(t.c[field].label(f"{label}_{field}") for field in also)]
    found = session.raw().execute(sa.select(t.c.id.label("id"), *picked).where(t.c.id.in_(ids - {None}))).mappings()
    return {row["id"]: {key: row[key] for key in row if key != "id"} for row in found}


def _classes(session: DeskSession, codes: set[str]) -> dict[tuple[Any, Any], str]:
    """The names of classes by code and edition."""
    t = table(AssetClass)
    found = session.raw().execute(sa.select(t.c.code, t.c.edition, t.c.name).where(t.c.code.in_(codes)))
    return {(row.code, row.edition): row.name for row in found}
