"""Plain records: from one entity, the intents to add, revise and remove, and its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, Scoped, entities
from resources.words import N_, Word
from services import checks
from services.desk.desk import Work
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes

Settle = Callable[[Work, Any, dict[str, Any]], None]


def _nothing(work: Work, row: Any, values: dict[str, Any]) -> None:
    """Most records need no rule of their own."""


@dataclass(frozen=True)
class Records:
    """The intents and the list of one kind of plain record."""

    kind: type[Entity]
    listing: Listing
    add: Callable[..., UUID]
    revise: Callable[..., None]
    remove: Callable[..., None]


def records(
    name: str,
    kind: type[Entity],
    *,
    sorts: tuple[str, ...] = (),
    sums: tuple[str, ...] = (),
    series: str = "",
    settle: Settle = _nothing,
) -> Records:
    """Makes `<name>.add`, `<name>.revise`, `<name>.remove` and the list `<name>`.

    `series` names the number series an empty number is taken from; `settle(work, row, values)` is the kind's own
    rule, run on a new or revised row before it is stored.
    """
    noun = kind.__tablename__.replace("_", " ")
    naming, fields = kind.naming, describe(kind)
    number = fields[naming.number]
    if series:
        fields = fields | {naming.number: replace(number, required=False)}
    later = {
        k: replace(f, required=False, default=None)
        for k, f in fields.items()
        if k not in ("compound_id", naming.within)
    }
    me = FieldSpec(kind.__tablename__, f"{kind.__tablename__}_id", Kind.REFERENCE, True, target=kind.__tablename__)

    def add(work: Work, **values: Any) -> UUID:
        given = checks.checked_all(fields, values, whole=True)
        if series and not given.get(naming.number):
            given[naming.number] = next(work.numbers(series))
        row = kind(**{k: v for k, v in given.items() if v is not None})
        _settled(work, row, given, settle)
        return work.add(row).id

    def revise(work: Work, **values: Any) -> None:
        row = work.get(kind, values.pop(me.name))
        given = checks.checked_all(later, values, whole=False)
        write(row, fields, given)
        with work.session.no_autoflush:  # a rule may ask what was changed
            _settled(work, row, given, settle)

    def remove(work: Work, **values: Any) -> None:
        work.remove(work.get(kind, values[me.name]))

    for verb, function, arguments in (
        ("add", add, tuple(fields.values())), ("revise", revise, (me, *later.values())), ("remove", remove, (me,)),
    ):  # fmt: skip
        intent(f"{verb.capitalize()} {noun}", on=kind, name=f"{name}.{verb}")(function)
        takes(f"{name}.{verb}", arguments)
    made = listing(Listing(name, kind, sorts or (naming.number, naming.label), sums))
    return Records(kind, made, add, revise, remove)


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
    if given.get(naming.number):
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
    number = checks.code(str(getattr(row, naming.number)))
    field = Word(f"{kind.__tablename__}.{naming.number}")
    if not number or "/" in number:
        raise Invalid(N_("“{field}” may not be empty or contain “/”"), field=field)
    setattr(row, naming.number, number)
    same = sa.select(kind.id).where(getattr(kind, naming.number) == number, kind.id != row.id)
    if naming.within:
        same = same.where(getattr(kind, naming.within) == getattr(row, naming.within))
    with work.session.no_autoflush:
        if work.session.scalar(same.limit(1)):
            raise Conflict(N_("“{field}” {number} is already in use"), field=field, number=number)
