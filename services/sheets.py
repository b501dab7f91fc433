"""Rows of cells into a file, whole or not at all: a workbook, or text with commas. Nothing a person typed becomes a
formula in either."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from resources.words import N_
from services.desk.errors import Invalid
from services.imports.cells import text_of
from services.imports.separated import guard

Cell: TypeAlias = str | int | float | Decimal | date | None
Put: TypeAlias = Callable[[Sequence[Cell]], None]

LONGEST = 1_048_575  # rows of a worksheet below its header
FIRST_DAY = date(1900, 3, 1)  # earlier ones a worksheet counts with a day that never was, or not at all; they are text
LONGEST_TEXT = 32_767  # characters of a cell
OPEN, PRIVATE = 0o666, 0o600  # the first less what the system keeps from others by itself
ENDINGS = N_("{file} must end in .xlsx or .csv")


def sheet(out: Path, title: str, heads: Sequence[str], *, private: bool = False) -> AbstractContextManager[Put]:
    """A sheet with a header, as the ending of its name says; what it yields takes the rows, one after the other.

    The file is there, with everything, when all rows were put; if they were not, nothing changed. Sums are decimals. A
    `private` one is nobody else's to read.
    """
    check(out)
    return (_separated if out.suffix.lower() == ".csv" else _workbook)(out, title, heads, private)


def check(out: Path) -> None:
    """Refuses a name that does not say what is to be written."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise Invalid(ENDINGS, file=out.name)


@contextmanager
def whole(out: Path, *, private: bool = False) -> Iterator[Path]:
    """The name to write a file under until everything is written: it is there whole, or as it was before. A `private`
    one is nobody else's to read, from its first byte on."""
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)  # what a killed program left would keep its mode
    part.touch(PRIVATE if private else OPEN)  # where nothing can be written the system says so, before any work is done
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _workbook(out: Path, title: str, heads: Sequence[str], private: bool) -> Iterator[Put]:
    import xlsxwriter

    how = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with whole(out, private=private) as part:
        book = xlsxwriter.Workbook(str(part), how)
        try:
            page, rows = book.add_worksheet(title[:31]), iter(range(1, LONGEST + 1))
            bold = book.add_format({"bold": True})
            day, sum_ = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "#,##0.00"))
            for x, head in enumerate(heads):
                page.write_string(0, x, head, bold)
            page.freeze_panes(1, 0)

            def put(cells: Sequence[Cell]) -> None:
                y = next(rows)
                for x, cell in enumerate(cells):
                    _write(page, y, x, cell, day, sum_)

            yield put
        finally:
            book.close()


def _write(page: Any, y: int, x: int, cell: Cell, day: Any, sum_: Any) -> None:
    """By its type; text stays text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, Decimal):
        page.write_number(y, x, float(cell), sum_)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(y, x, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_DAY:
        page.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 — a day has no zone
    else:
        page.write_string(y, x, _text(cell)[:LONGEST_TEXT])


@contextmanager
def _separated(out: Path, _title: str, heads: Sequence[str], private: bool) -> Iterator[Put]:
    """UTF-8 with its mark, without which spreadsheet programs take Chinese for something else."""
    with whole(out, private=private) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        line = csv.writer(file).writerow

        def put(cells: Sequence[Cell]) -> None:
            line([guard(cell)[:LONGEST_TEXT] if isinstance(cell, str) else _text(cell) for cell in cells])

        put(heads)
        yield put


def _text(cell: Cell) -> str:
    """A cell in words that need no language."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (cell.astimezone() if cell.tzinfo else cell).isoformat(" ", "seconds")
    return cell if isinstance(cell, str) else str(cell) if isinstance(cell, Decimal) else text_of(cell)
