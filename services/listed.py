"""Tables of papers made from lists: every row of a view, some at a time, each cell as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from resources.words import N_, tr
from services.commands.values import plain, shown_as
from services.desk.desk import Desk
from services.desk.errors import NOT_STORED, Cancelled
from services.desk.listing import LISTINGS, View, label_of
from services.desk.schema import FieldSpec, Kind
from services.documents.amounts import figures
from services.documents.statement import Chapter
from services.documents.table import Column
from services.place_papers import other_tongue

AT_ONCE = 500
FIGURES = frozenset({Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER, Kind.HOURS})
Heads = Sequence[tuple[str, float]]
Cell = Callable[[Mapping[str, Any]], str]


def every(desk: Desk, view: View) -> Iterator[dict[str, Any]]:
    """All rows of a view, however many. NotAllowed: the list is not the person's to read. Cancelled: `tell` says no."""
    ids = desk.ids(view)
    for start in range(0, len(ids), AT_ONCE):
        if not desk.tell(start, len(ids)):
            raise Cancelled(NOT_STORED)
        yield from desk.page(view.listing, ids[start : start + AT_ONCE])


def chapter(title: str, lang: str, heads: Heads, rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> Chapter:
    """A table under its name; the columns at `right` are figures."""
    say, figured = partial(tr, lang), set(right)
    columns = [Column(say(name), width, "right" if n in figured else "left", n not in figured)
               for n, (name, width) in enumerate(heads)]  # fmt: skip
    return Chapter(say(title), other_tongue(lang, title), columns, rows)


def listed(
    title: str, lang: str, listing: str, rows: Iterable[Mapping[str, Any]], wide: Sequence[tuple[str, float]],
    made: Mapping[str, Cell] | None = None,
) -> Chapter:  # fmt: skip
    """A table of rows of a listing: its columns by name with their shares of the sheet, under the words of their
    fields. `made` are cells that are no field, or said otherwise, by the words over them or the name of the field."""
    specs, other = LISTINGS[listing].columns, made or {}
    heads = [(specs[name].key if name in specs else name, width) for name, width in wide]
    right = [n for n, (name, _) in enumerate(wide) if name in specs and specs[name].kind in FIGURES]
    cells = [other.get(name) or partial(cell, lang, specs[name]) for name, _ in wide]
    return chapter(title, lang, heads, [[say(row) for say in cells] for row in rows], right)


def cell(lang: str, spec: FieldSpec, row: Mapping[str, Any]) -> str:
    """A field of a row as papers say it; nothing for nothing."""
    value = row.get(label_of(spec) if spec.kind is Kind.REFERENCE else spec.name)
    if value is None or value == "":
        return ""
    if spec.kind is Kind.REFERENCE:
        return str(value)
    if spec.kind is Kind.FLAG:
        return tr(lang, N_("yes")) if value else ""
    return figures(value) if spec.kind in (Kind.MONEY, Kind.AREA) else shown_as(lang, spec, plain(value))
