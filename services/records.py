"""Plain records: from one entity, the intents to add, revise and remove, and its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, Scoped, entities, present
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work

Settle = Callable[[Work, Any, dict[str, Any]], None]
Parting = Callable[[Work, Any], None]
Arriving = Callable[[Work, dict[str, Any]], None]
Arrived = Callable[[Work, Sequence[Mapping[str, Any]]], None]
RECORDS: dict[type[Entity], Records] = {}


def _nothing(work: Work, row: Any, values: dict[str, Any]) -> None:
    """Most records need no rule of their own."""


def _freely(work: Work, row: Any) -> None:
    """Most records may be removed when nothing refers to them."""


def _as_it_is(work: Work, values: dict[str, Any]) -> None:
    """Nothing follows from what a register says of most records."""


def _all_there(work: Work, made: Sequence[Mapping[str, Any]]) -> None:
    """Most registers bring in one kind of record and no other."""


class Records:
    """The intents and the list of one kind of plain record."""

    def __init__(
        self, name: str, kind: type[Entity], series: str, settle: Settle, listed: Listing, parting: Parting = _freely,
        arriving: Arriving = _as_it_is, arrived: Arrived = _all_there,
    ) -> None:  # fmt: skip
        self.kind, self.series, self.settle, self.listing = kind, series, settle, listing(listed)
        self.parting, self.arriving, self.arrived = parting, arriving, arrived
        RECORDS[kind] = self
        naming, entity, described = kind.naming, kind.__tablename__, describe(kind)
        number = replace(described[naming.number], required=not series and described[naming.number].required)
        self.fields = {k: f for k, f in (described | {naming.number: number}).items() if not f.derived}
        fixed = ("compound_id", naming.within)
        changed = {k: replace(f, required=False, default=None) for k, f in self.fields.items() if k not in fixed}
        self.changeable = changed
        self.me = FieldSpec(entity, f"{entity}_id", Kind.REFERENCE, True, target=entity)
        noun = entity.replace("_", " ")
        self._mark(f"{name}.add", f"Add {noun}", self.add, tuple(self.fields.values()))
        self._mark(f"{name}.revise", f"Revise {noun}", self.revise, (self.me, *changed.values()))
        self._mark(f"{name}.remove", f"Remove {noun}", self.remove, (self.me,))

    def _mark(self, name: str, label: str, function: Callable[..., Any], takes_: tuple[FieldSpec, ...]) -> None:
        intent(label, on=self.kind, name=name)(function)
        takes(name, takes_)

    def add(self, work: Work, **values: Any) -> UUID:
        """A new record; its id. An empty number is taken from the kind's series, where it has one."""
        given, number = checks.checked_all(self.fields, values, whole=True), self.kind.naming.number
        if self.series and not given.get(number):
            given[number] = next(work.numbers(self.series))
        elif self.series:
            work.saw([given[number]])
        row = self.kind(**{k: v for k, v in given.items() if v is not None})
        _settled(work, row, given, self.settle)
        return work.add(row).id

    def revise(self, work: Work, **values: Any) -> None:
        """What is given is changed, what is not stays."""
        row = work.get(self.kind, values.pop(self.me.name))
        given = checks.checked_all(self.changeable, values, whole=False)
        if self.series and given.get(self.kind.naming.number):
            work.saw([given[self.kind.naming.number]])
        write(row, self.fields, given)
        with work.session.no_autoflush:  # a rule may ask what was changed
            _settled(work, row, given, self.settle)

    def remove(self, work: Work, **values: Any) -> None:
        """Made by mistake: refused while something refers to it."""
        row = work.get(self.kind, values[self.me.name])
        self.parting(work, row)
        work.remove(row)


def records(
    name: str,
    kind: type[Entity],
    *,
    sorts: tuple[str, ...] = (),
    sums: tuple[str, ...] = (),
    series: str = "",
    settle: Settle = _nothing,
    blank: str = "",
    parting: Parting = _freely,
    arriving: Arriving = _as_it_is,
    arrived: Arrived = _all_there,
) -> Records:
    """Makes `<name>.add`, `<name>.revise`, `<name>.remove` and the list `<name>`.

    `series` names the number series an empty number is taken from; `settle(work, row, values)` is the kind's own
    rule, run on a new or revised row before it is stored, `parting(work, row)` before one is removed; rows with
    `blank` said are not listed.
    """
    listed = Listing(name, kind, sorts or (kind.naming.number, kind.naming.label), sums, blank=blank)
    return Records(name, kind, series, settle, listed, parting, arriving, arrived)


def write(row: Entity, fields: Mapping[str, FieldSpec], given: Mapping[str, Any]) -> None:
    """Checked values onto a row, only where they differ; an emptied field takes its default, if it may be empty."""
    for key, value in given.items():
        if value is None and fields[key].required:
            raise Invalid(N_("“{field}” is required"), field=fields[key].key)
        wanted = fields[key].default if value is None else value
        if getattr(row, key) != wanted:
            setattr(row, key, wanted)


def _settled(work: Work, row: Entity, given: dict[str, Any], settle: Settle) -> None:
    kind, naming = type(row), type(row).naming
    if given.get(naming.number) and describe(kind)[naming.number].kind is Kind.TEXT:  # some go by a day or a choice
        _numbered(work, row)
    for key, spec in describe(kind).items():
        if spec.kind is Kind.REFERENCE and given.get(key) and spec.target in entities():
            target = entities()[spec.target]
            other = _named(work, target, given[key], spec)
            inside = isinstance(other, Scoped) and other.stays_inside and isinstance(row, Scoped)
            if inside and other.scope != row.scope:
                raise Conflict(N_("“{field}” is in another compound"), field=spec.key)
    settle(work, row, given)


def _named(work: Work, target: type[Entity], id: UUID, spec: FieldSpec) -> Entity:
    try:
        return work.get(target, id)
    except Missing:
        raise Missing(N_("“{field}” names no record, or one out of your reach"), field=spec.key) from None


def _numbered(work: Work, row: Entity) -> None:
    """The number folded, without the sign that joins paths, and not in use."""
    kind, naming = type(row), type(row).naming
    number = checks.number(str(getattr(row, naming.number)))
    field = Word(f"{kind.__tablename__}.{naming.number}")
    checks.checked(describe(kind)[naming.number], number)  # folded it may be longer
    if not number or "/" in number:
        raise Invalid(N_("“{field}” may not be empty or contain “/”"), field=field)
    if checks.mixed(number):
        raise Invalid(checks.MIXED, field=field, value=number)
    setattr(row, naming.number, number)
    within = getattr(row, naming.within) if naming.within else None
    with work.session.no_autoflush:
        if work.session.scalar(_same(kind), {"number": number, "id": row.id, "within": within}):
            raise Conflict(N_("“{field}” {number} is already in use"), field=field, number=number)


@cache
def _same(kind: type[Entity]) -> sa.Select[Any]:
    """Another record of a kind with a number, within what it is unique in: made once, it is asked for every record."""
    naming = kind.naming
    same = sa.select(kind.id).where(
        getattr(kind, naming.number) == sa.bindparam("number"), kind.id != sa.bindparam("id")
    )
    if naming.within:
        same = same.where(getattr(kind, naming.within) == sa.bindparam("within"))
    return same.where(present(kind)).limit(1)
