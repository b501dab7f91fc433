"""The reading process: opens one file that nobody has vouched for, within limits, and answers in bytes.

`python -m services.imports.child FILE [head]` writes an encoded Answer to its standard output; with `head` of the first
rows alone. It knows no store, no account.
"""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import structs
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from resources.words import N_
from services.desk.errors import Invalid
from services.imports import archive, head, separated
from services.imports.cells import Answer, Sheet, encode, letter, pack_row
from services.imports.layout import MOST, Layout, layouts
from services.imports.limits import LIMITS, Limits

TOO_BIG = N_("{file} is not a workbook that can be read: it is larger than {limit} MB")
TOO_MANY = N_("{file} is not a workbook that can be read: it has more than {limit} cells")
TOO_MUCH = N_("{file} is not a workbook that can be read: it has more than {limit} characters of text")
CLOSED = N_("{file} cannot be opened: you may not read it, or another program holds it")
TOO_LONG = N_("{file} is not a workbook that can be read: cell {cell} holds more than {limit} characters")

_PACKED, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An xlsx with a password is a compound file that names this; an xls says so in the first or second record of its book.
_LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0",
    re.DOTALL,
)


def main() -> None:
    """Read the file named on the command line and answer."""
    _confine(LIMITS)
    sys.stdout.buffer.write(encode(answer(Path(sys.argv[1]), LIMITS, short="head" in sys.argv[2:])))


def answer(path: Path, limits: Limits, *, short: bool = False) -> Answer:
    """The sheets of a file, or the sentence that refuses it. Whatever a reader chokes on is a damaged file."""
    try:
        return Answer(sheets=read(path, limits, short=short))
    except Invalid as refusal:
        return Answer(refusal=refusal.message, values=dict(refusal.values))  # type: ignore[arg-type]
    except PasswordError:
        return Answer(refusal=archive.PROTECTED)
    except PermissionError:
        return Answer(refusal=CLOSED)
    except (CalamineError, zipfile.BadZipFile, csv.Error, OSError, ValueError, ArithmeticError, LookupError):
        return Answer(refusal=separated.NOT_TEXT)


def read(path: Path, limits: Limits, *, short: bool = False) -> list[Sheet]:
    """The sheets of a workbook (xlsx, xls, ods) or a csv file, told apart by what they hold, not by their name; of a
    long one, when that is enough, the first rows."""
    if path.stat().st_size > limits.file_bytes:
        raise Invalid(TOO_BIG, limit=limits.file_bytes // 1_000_000)
    data, about = path.read_bytes(), dict[int, Layout]()
    if data.startswith(_PACKED):
        archive.check(data, limits)
        data = head.packed_head(data) if short else data
        about = layouts(data)
    elif data.startswith(_COMPOUND):
        if _LOCKED.search(data):
            raise Invalid(archive.PROTECTED)
    else:
        return _first(_lines(path, head.text_head(data), limits)) if short else _lines(path, data, limits)
    sheets = _sheets(CalamineWorkbook.from_filelike(BytesIO(data)), about, limits)
    return _first(sheets) if short else sheets


def _first(sheets: list[Sheet]) -> list[Sheet]:
    return [structs.replace(sheet, rows=sheet.rows[: head.ROWS]) for sheet in sheets]


def _sheets(book: CalamineWorkbook, layout: dict[int, Layout], limits: Limits) -> list[Sheet]:
    found, cells, written = list[Sheet](), 0, 0
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        top, left = sheet.start or (0, 0)
        archive.check_range(top + sheet.height, left + sheet.width, limits)
        cells += sheet.height * sheet.width
        _check_cells(cells, limits)
        visible = about.visible == SheetVisibleEnum.Visible
        rows = _packed(sheet.to_python(), top, left, limits)
        written += sum(len(cell) for row in rows for cell in row if type(cell) is str)
        if written > limits.characters:
            raise Invalid(TOO_MUCH, limit=limits.characters)
        hidden, merged = layout.get(index, Layout([], []))
        merged = merged or (sheet.merged_cell_ranges or [])[:MOST]
        found.append(Sheet(about.name, rows, top, left, visible, merged, hidden))
    return found


def _lines(path: Path, data: bytes, limits: Limits) -> list[Sheet]:
    rows = separated.read(data, limits.cell_characters)
    archive.check_range(len(rows), max(map(len, rows), default=0), limits)
    _check_cells(sum(map(len, rows)), limits)
    name = path.stem.encode("utf-8", "replace").decode()  # old archives leave names in other encodings
    return [Sheet(name, rows)]


def _packed(rows: list[list[Any]], top: int, left: int, limits: Limits) -> list[list[Any]]:
    for number, row in enumerate(rows, top + 1):
        for place, cell in enumerate(row):
            if type(cell) is str and len(cell) > limits.cell_characters:
                raise Invalid(TOO_LONG, cell=f"{letter(left + place)}{number}", limit=limits.cell_characters)
    return [pack_row(row) for row in rows]


def _check_cells(cells: int, limits: Limits) -> None:
    if cells > limits.cells:
        raise Invalid(TOO_MANY, limit=limits.cells)


def _confine(limits: Limits) -> None:
    """Bound memory and processor time, and leave no core dump with people's names in it, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time limit and the checks before reading remain
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))


if __name__ == "__main__":
    main()
