"""What a spreadsheet holds: cells, their text, sheets, and how they cross from the reading process to ours."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any, TypeAlias

import msgspec

Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last (row, column) of cells that are merged."""
Cell: TypeAlias = str | float | int | bool | date | datetime

_DATE, _INSTANT = 1, 2
_PLAIN = frozenset((str, float, int, bool))
# Control and format characters (bidirectional overrides, zero-width marks, byte order marks) show nothing and deceive.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: `rows` begin at the 0-based place (`top`, `left`) and may have different lengths. `merged` cells and
    `hidden` rows are by the 0-based places of the whole sheet."""

    name: str
    rows: list[list[Any]]
    top: int = 0
    left: int = 0
    visible: bool = True
    merged: list[Merged] = []
    hidden: list[int] = []


class Answer(msgspec.Struct, frozen=True):
    """What the reading process says: the sheets, or the sentence that refuses the file and the values of its places."""

    sheets: list[Sheet] = []
    refusal: str = ""
    values: dict[str, str | int] = {}


def encode(answer: Answer) -> bytes:
    """The answer as bytes; dates must have been packed before."""
    return msgspec.msgpack.encode(answer)


def decode(answer: bytes) -> Answer:
    """The answer behind the bytes. msgspec.MsgspecError: these bytes are none."""
    return msgspec.msgpack.decode(answer, type=Answer, ext_hook=_unpack)


def pack_row(row: list[Any]) -> list[Any]:
    """The cells of a row in a form that keeps dates apart from text on the way."""
    return [cell if type(cell) in _PLAIN else _pack(cell) for cell in row]


def _pack(cell: Any) -> Any:
    if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second):
        return msgspec.msgpack.Ext(_INSTANT, cell.isoformat(timespec="seconds").encode())
    if isinstance(cell, date):
        return msgspec.msgpack.Ext(_DATE, cell.isoformat()[:10].encode())
    return str(cell)


def _unpack(code: int, data: memoryview) -> date:
    text = bytes(data).decode()
    return datetime.fromisoformat(text) if code == _INSTANT else date.fromisoformat(text)


def text_of(cell: Cell) -> str:
    """The cell as one clean line: NFC, without invisible characters, spaces collapsed; 12.0 is "12", a date is ISO."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def clean(text: str) -> str:
    """One line as a person would have typed it: NFC, nothing invisible, spaces trimmed and collapsed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


def clean_lines(text: str) -> str:
    """As `clean`, but line breaks stay: for notes."""
    flat = unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _LINE.sub("\n", flat).strip()


def letter(index: int) -> str:
    """The name of a column, from its 0-based place: 0 is A, 27 is AB."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def reach(reference: str) -> tuple[int, int]:
    """The row and column, 1-based, of a cell reference: "C12" is (12, 3)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for char in letters:
        column = column * 26 + ord(char) - 64
    return int(reference[len(letters) :] or 0), column


def plain(text: str) -> str:
    """The text in one width and one case: `ＦＸ（万元）` is `fx(万元)`."""
    return unicodedata.normalize("NFKC", text).casefold()


def fold(text: str) -> str:
    """Letters and digits only, in one width and one case: what headers and choices are compared by."""
    return "".join(char for char in plain(text) if char.isalnum())
