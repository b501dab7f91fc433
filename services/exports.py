"""A list as a workbook: every cell written by its type, so that nothing a person typed becomes a formula."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.base import entities
from resources.words import N_, tr
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from services.desk.listing import LISTINGS, Listing, View
from services.desk.schema import FieldSpec, Kind
from services.imports.report import Report
from services.imports.words import WHY

AT_ONCE = 500
LONGEST = 1_048_575  # rows of a worksheet below its header
FIRST_DAY = date(1900, 3, 1)  # earlier ones a worksheet counts with a day that never was, or not at all; they are text
LONGEST_TEXT = 32_767  # characters of a cell


def write(desk: Desk, view: View, out: Path, lang: str) -> int:
    """Writes every row of the view, whole or not at all; returns how many. Money in yuan, areas in m²."""
    ids = desk.ids(view)
    if len(ids) > LONGEST:
        raise Invalid(N_("{n} rows do not fit into one worksheet; filter the list first"), n=len(ids))
    with _book(out) as book:
        _sheet(book, desk, view, ids, lang)
    return len(ids)


def write_refused(report: Report, out: Path, lang: str) -> None:
    """Writes the rows of a register that stayed out, as they stand in it, each with its reason: to be corrected and
    taken in again."""
    reasons = dict[int, list[str]]()
    for problem in (p for p in report.problems if p.refuses):
        where = f"{problem.column}: " if problem.column else ""
        reasons.setdefault(problem.row, []).append(where + tr(lang, problem.reason, **problem.places))
    with _book(out) as book:
        sheet, formats = book.add_worksheet((report.sheet or "1")[:31]), _formats(book)
        heads = [*report.header, tr(lang, WHY)]
        for x, head in enumerate(heads):
            sheet.write_string(0, x, head, formats["bold"])
        for y, left in enumerate(report.left_out, 1):
            for x, cell in enumerate(left.cells[: len(report.header)]):
                _plain(sheet, y, x, cell, formats)
            sheet.write_string(y, len(report.header), "；".join(reasons.get(left.row, [])))


@contextmanager
def _book(out: Path) -> Iterator[Any]:
    """A workbook that appears whole or not at all."""
    import xlsxwriter

    part = out.with_name(out.name + ".part")
    part.touch()  # where nothing can be written the system says so, before any work is done
    book = xlsxwriter.Workbook(
        str(part), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        try:
            yield book
        finally:
            book.close()
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "bold": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }  # fmt: skip


def _sheet(book: Any, desk: Desk, view: View, ids: Any, lang: str) -> None:
    """Every field a column, references by the words an import finds them by, every extra fact a column of its own."""
    listing, formats = LISTINGS[view.listing], _formats(book)
    columns = {
        n: s for n, s in listing.columns.items() if n != "class_name" and s.kind not in (Kind.REFERENCE, Kind.EXTRA)
    }
    sheet, extras = book.add_worksheet(tr(lang, view.listing)[:31]), desk.extras(view)
    for x, head in enumerate([*(tr(lang, spec.key) for spec in columns.values()), *extras]):
        sheet.write_string(0, x, head, formats["bold"])
    sheet.freeze_panes(1, 0)
    words = _Words(desk, listing)
    for start in range(0, len(ids), AT_ONCE):
        if not desk.tell(start, len(ids)):
            raise Cancelled(N_("Cancelled; nothing was stored"))
        rows = desk.page(view.listing, ids[start : start + AT_ONCE])
        words.look(rows)
        for y, row in enumerate(rows, start + 1):
            for x, (name, spec) in enumerate(columns.items()):
                _cell(sheet, y, x, words.of(name, row), spec, formats, lang)
            known = row.get("extra") or {}
            for x, key in enumerate(extras, len(columns)):
                if key in known:
                    sheet.write_string(y, x, str(known[key])[:LONGEST_TEXT])


class _Words:
    """What a record refers to: its name, or where several are called so, its number."""

    def __init__(self, desk: Desk, listing: Listing) -> None:
        self.desk = desk
        specs = [s for s in listing.columns.values() if s.kind is Kind.REFERENCE and s.target in entities()]
        self.targets = {spec.name.removesuffix("_id"): spec for spec in specs}
        self.shared = {target: desk.namesakes(target) for target in {spec.target for spec in specs}}
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


def _cell(sheet: Any, y: int, x: int, value: Any, spec: FieldSpec, formats: dict[str, Any], lang: str) -> None:
    if value is not None and spec.kind in (Kind.MONEY, Kind.AREA):
        sheet.write_number(y, x, value / 100, formats["money"])
    elif isinstance(value, enum.Enum):
        sheet.write_string(y, x, tr(lang, spec.choice_key(value.value)))
    elif isinstance(value, bool):
        sheet.write_string(y, x, tr(lang, N_("yes") if value else N_("no")))
    else:
        _plain(sheet, y, x, value, formats)


def _plain(sheet: Any, y: int, x: int, value: Any, formats: dict[str, Any]) -> None:
    """By its type; what a person typed stays text."""
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(y, x, value)
    elif isinstance(value, datetime):
        sheet.write_string(y, x, (value.astimezone() if value.tzinfo else value).isoformat(" ", "seconds"))
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001 — a day has no zone
    else:
        sheet.write_string(y, x, str(value)[:LONGEST_TEXT])
