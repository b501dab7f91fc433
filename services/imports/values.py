"""One cell to the value of one field, by what the field is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from resources.words import LANGUAGES, N_, tr
from services.checks import MIXED, mixed, number
from services.imports.amounts import to_area, to_fen, to_tenths, to_whole
from services.imports.cells import Cell, clean_lines, fold, plain, text_of
from services.imports.dates import to_date, to_year
from services.imports.problems import Unreadable
from services.imports.words import synonyms

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

NO_CHOICE = N_("“{value}” is none of the known choices")
NO_FLAG = N_("“{value}” is neither yes nor no")

_CLASS = re.compile(r"(?P<code>A\d{8}|\d{6,7})(?!\d)[\s/,:;_\-—]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
# GB/T 14885: the editions differ in the length of their codes; the same digits mean other things in another edition.
_EDITIONS = {9: "2022", 7: "2010", 6: "1994"}

Convert = Callable[[Cell], Any]


class ClassCode(NamedTuple):
    """A class of assets: `code` and `edition` ("" when the cell names none that is known) and what else was written."""

    code: str
    edition: str
    text: str


def converter(spec: FieldSpec, unit: str = "", codes: Mapping[str, str] | None = None) -> Convert:
    """The function that makes a cell a value of the field, or raises Unreadable.

    `unit` is that of the column; `codes` are a profile's own words for choices, tried before the shipped ones.
    """
    if spec.name.endswith("_year"):
        return to_year
    if spec.kind == "choice":
        known = choice_words(spec) | {fold(word): value for word, value in (codes or {}).items()}
        return lambda cell: to_choice(cell, known)
    if spec.kind in ("money", "area"):
        convert = to_fen if spec.kind == "money" else to_area
        return lambda cell: convert(cell, unit)
    if spec.kind == "date" and spec.empty and (never := synonyms(spec.key)):  # words for no day at all: 长期
        return lambda cell: None if fold(text_of(cell)) in never else to_date(cell)
    return _PLAIN.get(spec.kind, text_of)


def to_text(cell: Cell) -> str:
    """Several lines of clean text."""
    return clean_lines(cell) if isinstance(cell, str) else text_of(cell)


def to_code(cell: Cell) -> str:
    """A number in the form the desk stores it in."""
    found = number(text_of(cell))
    if mixed(found):
        raise Unreadable(MIXED, value=found)
    return found


def to_flag(cell: Cell) -> bool:
    """Yes or no, 是 or 否, √ or ×. Unreadable: neither."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    found = synonyms("flag").get(fold(text) or plain(text))
    if not found:
        raise Unreadable(NO_FLAG, value=text)
    return found[0] == "true"


def to_choice(cell: Cell, known: Mapping[str, str]) -> str:
    """The stored value of a choice, by folded word. Unreadable: not among them."""
    text = text_of(cell)
    try:
        return known[fold(text)]
    except KeyError:
        raise Unreadable(NO_CHOICE, value=text) from None


def choice_words(spec: FieldSpec) -> dict[str, str]:
    """Folded words -> stored values of a choice field: shipped ones, what the screen says, and the value itself."""
    said = {fold(tr(lang, spec.choice_key(value))): value for lang in LANGUAGES for value in spec.choices}
    shipped = {word: value for word, (value, _) in synonyms(spec.key).items() if value in spec.choices}
    return said | shipped | {fold(value): value for value in spec.choices}


def to_class(cell: Cell, edition: str = "") -> ClassCode:
    """A class code of GB/T 14885 with its edition, told by its length: A02010105 is of 2022, 7 digits are of 2010,
    6 of 1994. What is written beside the code, or instead of one, is kept as text: its class is to be decided.
    """
    text = text_of(cell)
    found = _CLASS.match(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return ClassCode("", "", text)
    code = found["code"].upper()
    return ClassCode(code, edition or _EDITIONS[len(code)], found["rest"].strip())


_PLAIN: dict[str, Convert] = {
    "long": to_text,
    "date": to_date,
    "integer": to_whole,
    "hours": to_tenths,
    "flag": to_flag,
}
