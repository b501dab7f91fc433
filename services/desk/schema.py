"""What the fields of a record and the arguments of an intent are, in plain data: forms, lists, imports and the
command line are made from it, and none of them sees the mapper."""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import sqlalchemy as sa

import resources
from models.base import Area, Base, Entity, Fen, Id, Personal, UtcTime, journaled
from models.hours import Hours
from models.quantity import Quantity
from resources.words import Word
from services.desk.intent import INTENTS, QUERIES, Act


class Kind(enum.StrEnum):
    """What a value is."""

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    MONEY = "money"
    AREA = "area"
    HOURS = "hours"  # of teaching, in tenths
    QUANTITY = "quantity"  # in thousandths of its unit
    DATE = "date"
    INSTANT = "instant"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"
    CLASS_CODE = "class_code"
    SECRET = "secret"
    EXTRA = "extra"
    PERSONAL = "personal"  # typed as text, shown as a mask


@dataclass(frozen=True)
class FieldSpec:
    """One field or argument. `choices` are stored values, `target` is the entity a reference names."""

    entity: str
    name: str
    kind: Kind
    required: bool = False
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    target: str = ""
    many: bool = False
    default: Any = None
    choice_type: type[enum.Enum] | None = None
    least: int | None = None
    derived: bool = False  # computed from other records: shown and listed, never typed
    empty: str = ""  # the sentence for no value, where that says something
    ended: bool = False  # a record that has ended may be chosen too: who left gives what is still in his name
    private: bool = False  # told to those alone who may open the page of the record
    shared: str = ""  # the field whose words its choices go by, where several name the same things

    @property
    def key(self) -> Word:
        """Its name in the word catalogues."""
        return Word(f"{self.entity}.{self.name}")

    def choice_key(self, value: str) -> Word:
        """The name of one of its choices in the word catalogues."""
        return Word(f"{self.shared or self.key}={value}")


PYTHON = {
    str: Kind.TEXT, int: Kind.INTEGER, bool: Kind.FLAG, date: Kind.DATE, datetime: Kind.INSTANT, UUID: Kind.REFERENCE,
    dict: Kind.EXTRA,
}  # fmt: skip


@cache
def describe(kind: type[Base]) -> dict[str, FieldSpec]:
    """The fields people may see, in order. The bookkeeping of the journal is not among them."""
    if issubclass(kind, Entity):
        columns = {k: c for k, c in journaled(kind).items() if k != "alive" and not c.info.get("hidden")}
    else:
        columns = {c.key: c for c in sa.inspect(kind).columns if c.key != "n" and not c.info.get("hidden")}
    return {name: _field(kind.__tablename__, name, column) for name, column in columns.items()}


def _field(entity: str, name: str, column: sa.Column[Any]) -> FieldSpec:
    default = column.default.arg if isinstance(column.default, sa.ColumnDefault) and column.default.is_scalar else None
    required, least = not column.nullable and default is None, column.info.get("least", 0)
    derived = bool(column.info.get("derived"))
    empty = column.info.get("empty", "")
    made = FieldSpec(entity, name, Kind.TEXT, required, default=default, least=least, derived=derived, empty=empty,
                     private=bool(column.info.get("private")))  # fmt: skip
    match column.type:
        case sa.Enum(enum_class=choices) if choices:
            values = tuple(m.value for m in choices)
            return replace(made, kind=Kind.CHOICE, choices=values, choice_type=choices)
        case Id():
            target = next((f.target_fullname.split(".")[0] for f in column.foreign_keys), "")
            return replace(made, kind=Kind.REFERENCE, target=target, ended=bool(column.info.get("ended")))
        case Fen() | Area() | Hours() | Quantity() | UtcTime() | sa.JSON() as known:
            special = {
                Fen: Kind.MONEY,
                Area: Kind.AREA,
                Hours: Kind.HOURS,
                Quantity: Kind.QUANTITY,
                UtcTime: Kind.INSTANT,
            }
            return replace(made, kind=special.get(type(known), Kind.EXTRA))
        case Personal(most=most):
            return replace(made, kind=Kind.PERSONAL, max_length=most)
        case sa.Text():
            return replace(made, kind=Kind.LONG)
        case sa.String() if codes := column.info.get("codes"):
            file, listed, shared = codes
            return replace(made, kind=Kind.CHOICE, choices=resources.codes(file, listed), shared=shared)
        case sa.String() if words := column.info.get("words"):
            return replace(made, kind=Kind.CHOICE, choices=words, shared=column.info.get("shared", ""))
        case sa.String(length=length):
            kind = Kind.CLASS_CODE if column.info.get("class_code") else Kind.TEXT
            return replace(made, kind=kind, max_length=length)
    return replace(made, kind=PYTHON[column.type.python_type])


WHY = FieldSpec("act", "reason", Kind.TEXT, True, max_length=200)
OWN_PASSWORD = FieldSpec("act", "own_password", Kind.SECRET, True)
_made: dict[str, tuple[FieldSpec, ...]] = {}


def takes(name: str, fields: tuple[FieldSpec, ...]) -> None:
    """Says what an intent made from a description takes: its own signature is only `**values`."""
    _made[name] = fields


def arguments(act: Act | str) -> tuple[FieldSpec, ...]:
    """The arguments of an intent or query, in order: its form. The work or session is not one of them."""
    known = INTENTS.get(act) or QUERIES[act] if isinstance(act, str) else act
    own = _made.get(known.name) or _signature(known.function, known.on, known.name.partition(".")[0])
    return (*own, *((WHY,) if known.why else ()), *((OWN_PASSWORD,) if known.again else ()))


@cache
def _signature(function: Callable[..., Any], on: type[Base] | None, name: str) -> tuple[FieldSpec, ...]:
    hints, fields = get_type_hints(function), describe(on) if on else {}
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return tuple(_argument(p, hints[p.name], fields, on.__tablename__ if on else name) for p in parameters)


def _argument(p: inspect.Parameter, hint: Any, fields: dict[str, FieldSpec], entity: str) -> FieldSpec:
    required = p.default is inspect.Parameter.empty
    default = None if required else p.default
    if p.name in fields:
        return replace(fields[p.name], required=required, default=default)
    if p.name.endswith("password"):
        return FieldSpec(entity, p.name, Kind.SECRET, required, default=default)
    bare, many = _bare(hint)
    if isinstance(bare, type) and issubclass(bare, enum.Enum):
        values = tuple(m.value for m in bare)
        return FieldSpec(
            entity, p.name, Kind.CHOICE, required, choices=values, choice_type=bare, many=many, default=default
        )
    target = p.name.removesuffix("_ids").removesuffix("_id") if bare is UUID else ""
    return FieldSpec(entity, p.name, PYTHON.get(bare, Kind.TEXT), required, target=target, many=many, default=default)


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type behind `X | None` and `Sequence[X]`, and whether there are many."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    origin = get_origin(hint)
    if origin is dict:
        return dict, False
    many = origin is not None and bool(get_args(hint))
    return (get_args(hint)[0], True) if many else (hint, False)
