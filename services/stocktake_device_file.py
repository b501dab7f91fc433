"""What a collecting device wrote: its lines as readings, each line that makes no sense told by its number."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import MAXYEAR, datetime
from typing import NamedTuple

from resources.words import N_, Word
from services.desk.errors import Invalid

ROWS = Word("stocktake_scan.rows")
ENCODINGS = ("utf-8-sig", "gb18030")
DIGITS = 9  # of a number of pieces
SEPARATORS = "\t;,，"
FORMS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y%m%d%H%M%S", "%Y.%m.%d %H:%M:%S")
NOTHING = N_("The file has no readings")
UNREADABLE = N_("This is no text file: save the readings as csv or txt")
NO_CODE = N_("Line {line}: the code is missing")
NO_TIME = N_("Line {line}: “{text}” is no time; write it as 2026-10-31 09:41:26")
NO_NUMBER = N_("Line {line}: “{text}” is no number of pieces")


class Readings(NamedTuple):
    """The readings of a file: `rows` as `stocktakes.read_in` takes them, `lines` the number of the line of each."""

    rows: tuple[tuple[str, datetime, str | None, int], ...]
    lines: tuple[int, ...]


def readings(data: bytes) -> Readings:
    """The readings in a text of lines `code, time, room, pieces`, parted by commas, semicolons or tabs; room and pieces
    may be missing, a first line without a time is a heading. Times are of this place. Invalid: a line makes no sense.
    """
    lines = _text(data).splitlines()
    rows, at = list[tuple[str, datetime, str | None, int]](), list[int]()
    for line, text in enumerate(lines, 1):
        cells = [cell.strip() for cell in _cells(text)]
        if not any(cells) or (line == 1 and len(cells) > 1 and _time(cells[1]) is None and not _digits(cells[1])):
            continue
        rows.append(_reading(line, [*cells, "", "", ""]))
        at.append(line)
    if not rows:
        raise Invalid(NOTHING, field=ROWS)
    return Readings(tuple(rows), tuple(at))


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(UNREADABLE, field=ROWS)


def _cells(text: str) -> list[str]:
    mark = next((mark for mark in SEPARATORS if mark in text), ",")
    try:
        return next(csv.reader([text], delimiter=mark), [])
    except csv.Error:  # longer than any reading
        return [text]


def _digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _reading(line: int, cells: Sequence[str]) -> tuple[str, datetime, str | None, int]:
    code, when, room, many = cells[:4]
    if not code:
        raise Invalid(NO_CODE, field=ROWS, line=line)
    at = _time(when)
    if at is None:
        raise Invalid(NO_TIME, field=ROWS, line=line, text=when)
    if many and not (many.isdecimal() and len(many) <= DIGITS and int(many) > 0):
        raise Invalid(NO_NUMBER, field=ROWS, line=line, text=many)
    return code, at, room or None, int(many or 1)


def _time(text: str) -> datetime | None:
    """An instant, of this place where no other is said."""
    made: datetime | None = None
    for form in FORMS:
        try:
            made = datetime.strptime(text, form)  # noqa: DTZ007 — its place is said below
            break
        except ValueError:
            continue
    if made is None:
        try:
            made = datetime.fromisoformat(text)
        except ValueError:
            return None
    if not 1 < made.year < MAXYEAR:
        return None
    return made if made.tzinfo else made.astimezone()
