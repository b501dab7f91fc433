"""Text with separators (csv): its encoding, its separator, its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from resources.words import N_
from services.desk.errors import Invalid

NOT_TEXT = N_("{file} is not a workbook that can be read: it is damaged or of another kind")
WEB_PAGE = N_(
    "{file} is not a workbook that can be read: it is a web page under another name; "
    "open it in a spreadsheet program and save it as xlsx"
)

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t"
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
# What a spreadsheet program runs as a formula, also behind apostrophes: one more is what a guarded text has.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def read(data: bytes, cell_characters: int) -> list[list[str]]:
    """The rows of a csv file: UTF-8, GB18030 or UTF-16, comma, semicolon or tab (Invalid: none of them)."""
    text = decode(data)
    if text.lstrip()[:1] == "<":
        raise Invalid(WEB_PAGE)
    if _BINARY.search(text):
        raise Invalid(NOT_TEXT)
    csv.field_size_limit(cell_characters)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    return [[unguard(cell) for cell in line] for line in lines]


def decode(data: bytes) -> str:
    """The text of the bytes: by their mark, else UTF-8, else UTF-16 when every other byte is empty, else GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    for half, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[half:400:2].count(0) > len(data[half:400:2]) // 4:
            return _decoded(data, encoding)
    return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid(NOT_TEXT) from None


def separator(text: str) -> str:
    """The separator under which most lines have the same number of columns, and the most of them."""

    def fit(char: str) -> int:
        lines = islice(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=char), 60)
        try:
            widths = Counter(len(line) for line in lines if len(line) > 1)
        except csv.Error:  # under a wrong separator a long line is one cell, and too long for one
            return 0
        return max((width * times for width, times in widths.items()), default=0)

    return max(_SEPARATORS, key=fit)


def guard(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet program would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text that was guarded: whatever it was, `unguard(guard(text))` is it again."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell
