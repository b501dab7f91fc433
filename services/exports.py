"""A list as a file: every field a column, references by the words an import finds them by."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.base import entities
from resources.words import N_, tr
from services.desk.desk import Desk
from services.desk.errors import NOT_STORED, Cancelled, Invalid
from services.desk.listing import LISTINGS, Listing, View, of_entity
from services.desk.personal import STATES
from services.desk.reader import Reader
from services.desk.schema import FieldSpec, Kind
from services.imports.report import Report
from services.imports.words import WHY, unit_in
from services.sheets import LONGEST, Cell, sheet

AT_ONCE = 500
Row = dict[str, Any]
USUAL = ("元", "m²")  # what a column is read in that names no unit


def write(desk: Desk, view: View, out: Path, lang: str) -> int:
    """Writes every row of the view as xlsx or csv, whole or not at all; returns how many. Money in yuan, areas in m²;
    every extra fact has a column of its own."""
    listing, extras, ids = LISTINGS[view.listing], desk.extras(view), desk.ids(view)
    if len(ids) > LONGEST and out.suffix.lower() != ".csv":
        raise Invalid(N_("{n} rows do not fit into one worksheet; filter the list first, or write a csv"), n=len(ids))
    columns = _columns(listing)
    words = _Words(desk, listing)
    with sheet(out, tr(lang, view.listing), [*(tr(lang, spec.key) for spec in columns.values()), *extras]) as put:
        for row in _rows(desk, listing, ids, words):
            known = row.get("extra") or {}
            cells = [_cell(words.of(name, row), spec, lang) for name, spec in columns.items()]
            put([*cells, *(str(known[key]) if key in known else None for key in extras)])
    return len(ids)


def filled(session: Any, listing: str, ns: Sequence[int], plain: Mapping[Any, Mapping[str, Any]]) -> list[Row]:
    """Rows of a list by their local numbers, with some fields of each (by id) as they are given instead. For intents:
    what they write out they answer for."""
    reader = Reader(session, View(listing))
    pages = (reader.page(ns[start : start + AT_ONCE]) for start in range(0, len(ns), AT_ONCE))
    return [{**row, **plain.get(row["id"], {})} for page in pages for row in page]


def write_private(rows: Sequence[Row], listing: str, out: Path, lang: str) -> None:
    """Writes these rows of a list as xlsx or csv, whole or not at all, into a file that is nobody else's to read; a
    reference by the words the row has for it."""
    columns = _columns(LISTINGS[listing], private=True)
    extras = sorted({key for row in rows for key in row.get("extra") or {}})
    heads = [*(tr(lang, spec.key) for spec in columns.values()), *extras]
    with sheet(out, tr(lang, listing), heads, private=True) as put:
        for row in rows:
            known = row.get("extra") or {}
            put([*(_cell(row[name], spec, lang) for name, spec in columns.items()), *map(known.get, extras)])


def _columns(listing: Listing, *, private: bool = False) -> dict[str, FieldSpec]:
    """The columns of a list as it is written; private ones only where they are asked for."""
    hidden = (Kind.REFERENCE, Kind.EXTRA)
    shown = {n: s for n, s in listing.columns.items() if n != "class_name" and s.kind not in hidden}
    return {n: s for n, s in shown.items() if private or not s.private}


def write_refused(report: Report, out: Path, lang: str) -> None:
    """Writes the rows of a register that stayed out, as they stand in it, each with its reason: to be corrected and
    taken in again."""
    reasons = dict[tuple[str, int], list[str]]()
    for problem in (p for p in report.problems if p.refuses):
        where = f"{problem.column}: " if problem.column else ""
        reasons.setdefault(problem.at, []).append(where + tr(lang, problem.reason, **problem.places))
    heads, width = list(report.header), len(report.header)
    for match in report.columns:  # a unit that stood above the table is lost there, and a sum would be another
        if match.unit not in ("", *USUAL) and not unit_in(match.header) and match.index < width:
            heads[match.index] = f"{heads[match.index]}（{match.unit}）"
    with sheet(out, (report.sheets or ["1"])[0], [*heads, tr(lang, WHY)]) as put:
        for left in report.left_out:
            cells = [*left.cells[:width], *[None] * (width - len(left.cells))]
            put([*cells, "；".join(reasons.get(left.at, []))])


def _rows(desk: Desk, listing: Listing, ids: Any, words: _Words) -> Iterator[dict[str, Any]]:
    for start in range(0, len(ids), AT_ONCE):
        if not desk.tell(start, len(ids)):
            raise Cancelled(NOT_STORED)
        rows = desk.page(listing.name, ids[start : start + AT_ONCE])
        words.look(rows)
        yield from rows


class _Words:
    """What a record refers to: its name, or where several are called so, its number."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self.desk = desk
        specs = [s for s in listing.columns.values() if s.kind is Kind.REFERENCE and s.target in entities()]
        self.targets = {spec.name.removesuffix("_id"): spec for spec in specs}
        known = {spec.target for spec in specs if desk.may(f"{of_entity(spec.target).name}.list")}
        self.shared = {spec.target: frozenset[str]() for spec in specs} | {t: desk.namesakes(t) for t in known}
        self.numbers = dict[Any, str]()

    def look(self, rows: list[dict[str, Any]]) -> None:
        """The numbers these rows need."""
        for label, spec in self.targets.items():
            ids = {row[spec.name] for row in rows if row[label] in self.shared[spec.target]} - self.numbers.keys()
            named = self.desk.names(spec.target, ids) if ids else {}
            self.numbers |= {id: found.number.rpartition("/")[2] for id, found in named.items()}

    def of(self, name: str, row: dict[str, Any]) -> Any:
        """The value of a column."""
        if name == "class_code" and row[name]:
            return " ".join(filter(None, (row[name], row.get("class_name"))))
        spec = self.targets.get(name)
        return self.numbers.get(row[spec.name], row[name]) if spec else row[name]


def _cell(value: Any, spec: FieldSpec, lang: str) -> Cell:
    """A value as it is written: sums as decimals, choices in words."""
    cell: Cell = value
    if value is not None and spec.kind in (Kind.MONEY, Kind.AREA):
        cell = Decimal(value).scaleb(-2)
    elif value is not None and spec.kind is Kind.HOURS:
        cell = Decimal(value).scaleb(-1)
    elif value is not None and spec.kind is Kind.QUANTITY:
        cell = Decimal(value).scaleb(-3)
    elif value in STATES and spec.kind is Kind.PERSONAL:
        cell = tr(lang, value)
    elif value is not None and spec.kind is Kind.CHOICE:
        cell = tr(lang, spec.choice_key(value.value if isinstance(value, enum.Enum) else value))
    elif isinstance(value, bool):
        cell = tr(lang, N_("yes") if value else N_("no"))
    elif value is None and spec.empty:
        cell = tr(lang, spec.empty)
    return cell
