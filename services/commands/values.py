"""Text typed on a command line into argument values, and rows into plain JSON."""

from __future__ import annotations

import enum
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from uuid import UUID

from models.base import entities
from resources.words import N_, Word, tr
from services.commands.asking import asked, variable
from services.desk.desk import Desk
from services.desk.errors import Invalid, Missing, WrongUse
from services.desk.schema import FieldSpec, Kind

IN_SIGHT = N_("“{field}” is no word of a command line, where others can see it: set {name}, or type it when asked")
YES, NO = {"true", "yes", "1", "是"}, {"false", "no", "0", "否"}


def typed(desk: Desk, specs: Iterable[FieldSpec], given: Iterable[str]) -> dict[str, Any]:
    """`name=value` words as arguments: yuan and m², ISO dates, records by number, lists by comma, `@file.json`."""
    given, known, out = list(given), {spec.name: spec for spec in specs}, dict[str, Any]()
    if (kind := next((w.partition("=")[2].strip() for w in given if w.startswith("about_kind=")), "")) in entities():
        known |= {n: replace(s, target=kind) for n, s in known.items() if n == "about_id"}  # a record of any kind
    for word in given:
        name, equals, text = word.partition("=")
        if not equals or name not in known:
            raise WrongUse(N_("There is no argument “{name}”; there are: {names}"), name=name, names=", ".join(known))
        if known[name].kind is Kind.SECRET:
            raise WrongUse(IN_SIGHT, field=name, name=variable(name))
        out[name] = _value(desk, known[name], _loaded(text) if text.startswith("@") else text)
        if known[name].required and out[name] is None:
            raise Invalid(N_("“{field}” is required"), field=known[name].key)
    for spec in known.values():
        if spec.required and spec.name not in out and spec.kind is not Kind.SECRET:
            raise WrongUse(N_("“{field}” is required"), field=spec.name)
    return out | _secrets(known.values())


def _secrets(specs: Iterable[FieldSpec]) -> dict[str, str]:
    """Passwords an act asks for: all others are known to be right by now."""
    wanted = [s for s in specs if s.kind is Kind.SECRET and (s.required or os.environ.get(variable(s.name)))]
    return {spec.name: asked(variable(spec.name), spec.key) for spec in wanted}


def _loaded(text: str) -> Any:
    try:
        return json.loads(Path(text[1:]).read_text("utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise Invalid(N_("{file} cannot be read as JSON: {error}"), file=text[1:], error=error) from None


def _value(desk: Desk, spec: FieldSpec, raw: Any) -> Any:
    if spec.many:
        parts = [p for p in raw.split(",") if p.strip()] if isinstance(raw, str) else list(raw)
        return [_one(desk, spec, part) for part in parts]
    return _one(desk, spec, raw)


def _one(desk: Desk, spec: FieldSpec, raw: Any) -> Any:
    text = raw.strip() if isinstance(raw, str) else raw
    if text in ("", None):
        return None
    if spec.kind is Kind.REFERENCE and spec.target in entities():
        return record(desk, spec.target, str(text))
    if spec.kind is Kind.EXTRA:
        return _facts(spec, text)
    if spec.kind is Kind.CHOICE:
        if spec.choices and str(text) not in spec.choices:
            message = N_("“{field}” cannot be {value}; it is one of: {choices}")
            raise Invalid(message, field=spec.key, value=text, choices=", ".join(spec.choices))
        return spec.choice_type(str(text)) if spec.choice_type else text
    try:
        return READ.get(spec.kind, str)(text)
    except (ValueError, InvalidOperation, OverflowError):
        raise Invalid(N_("“{field}” cannot be {value}"), field=spec.name, value=text) from None


def _facts(spec: FieldSpec, raw: Any) -> dict[str, str]:
    """Extra facts: a JSON object whose values are text."""
    try:
        found = raw if isinstance(raw, dict) else json.loads(str(raw))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid(N_("“{field}” cannot be {value}"), field=spec.name, value=raw)
    return found


def record(desk: Desk, target: str, number: str) -> UUID:
    """The record with this number; Missing says which ones are near it."""
    near = desk.find(target, number, 3, ended=True)  # a whole number names whom it names; the act says who may not
    for found in near:
        if found.number == number and isinstance(found.id, UUID):
            return found.id
    if near:
        names = ", ".join(f"{n.number} {n.label}" for n in near)
        message = N_("There is no {kind} {number}; did you mean: {names}")
        raise Missing(message, kind=Word(target), number=number, names=names)
    raise Missing(N_("There is no {kind} {number}"), kind=Word(target), number=number)


def _hundredths(raw: Any) -> int:
    value = Decimal(str(raw).replace(",", "")) * 100
    if value != value.to_integral_value():
        raise ValueError(raw)
    return int(value)


def _tenths(raw: Any) -> int:
    value = Decimal(str(raw)) * 10
    if value != value.to_integral_value():
        raise ValueError(raw)
    return int(value)


def _thousandths(raw: Any) -> int:
    value = Decimal(str(raw).replace(",", "")) * 1000
    if value != value.to_integral_value():
        raise ValueError(raw)
    return int(value)


def _flag(raw: Any) -> bool:
    text = str(raw).lower()
    if text not in YES | NO:
        raise ValueError(raw)
    return text in YES


def _instant(raw: Any) -> datetime:
    found = datetime.fromisoformat(str(raw))
    return found if found.tzinfo else found.astimezone(UTC)


READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: int, Kind.MONEY: _hundredths, Kind.AREA: _hundredths, Kind.HOURS: _tenths,
    Kind.QUANTITY: _thousandths,
    Kind.FLAG: _flag, Kind.INSTANT: _instant,
    Kind.DATE: lambda raw: date.fromisoformat(str(raw)),
}  # fmt: skip


def plain(value: Any) -> Any:
    """A value as JSON: money in fen, areas in 0.01 m², ISO dates, ids as text."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key) if isinstance(key, UUID) else key: plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    fields = getattr(value, "__dataclass_fields__", None) or getattr(value, "__struct_fields__", ())
    if fields:
        return {name: plain(getattr(value, name)) for name in fields}
    return value


def shown_as(lang: str, spec: FieldSpec, value: Any) -> str:
    """A plain value as people read it: money in yuan, areas in m², choices in words."""
    if value is None:
        return tr(lang, spec.empty) if spec.empty else ""
    if spec.kind in (Kind.MONEY, Kind.AREA):
        return str(Decimal(value).scaleb(-2))
    if spec.kind is Kind.HOURS:
        return str(Decimal(value).scaleb(-1))
    if spec.kind is Kind.QUANTITY:
        return format(Decimal(value).scaleb(-3).normalize(), "f")
    if spec.kind is Kind.PERSONAL:
        return tr(lang, value)
    if spec.kind is Kind.INSTANT:  # where the machine is, as the window shows it
        return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M")
    return tr(lang, spec.choice_key(value)) if spec.kind is Kind.CHOICE else str(value)


def rows_by_number(desk: Desk, specs: dict[str, FieldSpec], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a listing as JSON objects, references given by number (a room as `COMPOUND/BUILDING/ROOM`)."""
    for name, spec in specs.items():
        if spec.kind is Kind.REFERENCE and spec.target in entities():
            names = desk.names(spec.target, {r[name] for r in rows if r[name]})
            for row in rows:
                row[name] = names[row[name]].number if row[name] in names else row[name]
    return [{key: plain(value) for key, value in row.items() if key != "n"} for row in rows]
