"""What the columns of a screen show and how they are painted, worked out from its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from services.desk.schema import FieldSpec
from ui.kit import show
from ui.kit.screen import Col, Row, Screen
from ui.kit.text import words
from ui.kit.theme import LOOK

Specs = Mapping[str, FieldSpec]


class Column(NamedTuple):
    """What a list has to know of a column: its field, its title, and the texts it shows of a row in a language."""

    name: str
    title: Callable[[], str]
    text: Callable[[str, Row], str]
    second: Callable[[str, Row], str]


@dataclass(frozen=True)
class Shape:
    """How a column is painted. `states` are the keys of the words its pills may show."""

    name: str
    width: int
    right: bool
    second: bool
    pill: Mapping[str, str] | None
    tile: str | Callable[[Row], str]
    states: tuple[str, ...] = ()


def column(col: Col, specs: Specs) -> Column:
    """What a column shows."""
    spec = specs[col.name]
    return Column(col.name, partial(_title, col, spec), partial(_text, col, spec), partial(_second, col, specs))


def shape(col: Col, specs: Specs) -> Shape:
    """How a column is painted."""
    spec = specs[col.name]
    states = tuple(map(spec.choice_key, spec.choices)) if col.pill is not None else ()
    return Shape(
        col.name, col.width, spec.kind in show.RIGHT and not col.tile, bool(col.second), col.pill, col.tile, states
    )


def language() -> str:
    """The language in force, asked for when a page of rows is read."""
    return LOOK.lang


def icon(screen: Screen, row: Row) -> str:
    """The icon of a record."""
    tile = screen.columns[0].tile or screen.icon
    return tile if isinstance(tile, str) else tile(row)


def _title(col: Col, spec: FieldSpec) -> str:
    return words(col.label) if col.label else show.title(LOOK.lang, spec)


def _text(col: Col, spec: FieldSpec, lang: str, row: Row) -> str:
    if col.name not in row:
        return ""
    return col.words(row) if col.words else show.text(lang, spec, row[col.name], row)


def _second(col: Col, specs: Specs, lang: str, row: Row) -> str:
    value: Any = row.get(col.second)
    return "" if value in (None, "") else show.text(lang, specs[col.second], value, row)
