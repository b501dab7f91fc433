"""A register from a file: its columns understood, its rows typed, every row that cannot be used with its reason.

It knows no store: matching people and places, and telling new from changed, is the intake's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from resources.words import N_
from services.desk.errors import Cancelled, Invalid
from services.imports import profile as profiles
from services.imports.cells import text_of
from services.imports.columns import (
    Column,
    ColumnMatch,
    check_headers,
    make_columns,
    match_columns,
    number_field,
    targets,
)
from services.imports.compounds import compound_code
from services.imports.problems import Problem, Unreadable
from services.imports.profile import Profile
from services.imports.sheet import Table, find_table
from services.imports.values import ClassCode, converter, to_code
from services.imports.words import is_empty
from services.imports.workbook import STOPPED, Tell, read_workbook

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

NO_NAME = N_("there is no name")
TWICE = N_("the number {number} is used in row {other} for something else")

# An unreadable date or sum in a mapped column keeps a row out; anything else unreadable is kept as it was written.
_REFUSING = ("date", "money")
# What a number is unique in: rooms 101 stand in many buildings.
_WITHIN = {"building": ("compound",), "room": ("compound", "building")}
_STEP = 1000


class Row(msgspec.Struct, frozen=True):
    """One record as the sheet has it.

    `row`: its number in the spreadsheet. `values`: field -> typed value, only of filled cells that were understood.
    `texts`: reference ("keeper", "place" …) -> the words of its cell. `extra`: header -> text of what was not
    understood. `source`: SHA-256 over all its cells, whatever their place. `number`: "" when the sheet gives none; then
    `ordinal` counts rows with the same source, from 0. `same_as`: the earlier row it only repeats (0: none). `cells`:
    all of them as they stand in the sheet.
    """

    row: int
    values: dict[str, Any]
    texts: dict[str, str]
    extra: dict[str, str]
    source: str
    number: str = ""
    ordinal: int = 0
    same_as: int = 0
    problems: tuple[Problem, ...] = ()
    cells: tuple[Any, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it stays out."""
        return any(problem.refuses for problem in self.problems)


class Register(msgspec.Struct, frozen=True):
    """A whole register. `compounds`: name -> code of those the profile makes. `skipped`: (row, why) of rows that are no
    records ("total", "signature", "header", "title"); empty rows are nowhere."""

    kind: str
    file: str
    sheet: str
    header_row: int
    header: list[str]
    columns: list[ColumnMatch]
    rows: list[Row]
    compounds: dict[str, str]
    skipped: list[tuple[int, str]]

    @property
    def read(self) -> int:
        """How many records the file holds, refused ones included."""
        return len(self.rows)


def read_register(
    path: Path, kind: str, fields: Mapping[str, FieldSpec], profile: Profile | None = None, tell: Tell | None = None
) -> Register:
    """The register of one kind ("assets", "buildings", "rooms", "staff") in a file, by the fields its records have.

    `tell(done, total)` hears of progress in rows; when it returns False the reading stops (Cancelled). Invalid: the
    file is no workbook or holds no register, or the profile does not fit; Missing: there is no such file.
    """
    if profile:
        profiles.check(profile, kind, fields, targets(fields))
    entity = next(iter(fields.values())).entity
    table = find_table(read_workbook(path, tell), entity, path.name, profile)
    if profile:
        check_headers(table, profile, path.name)
    matches = match_columns(table, entity, fields, profile)
    reader = _RowReader(table, matches, fields, profile)
    rows = []
    for done, (number, cells) in enumerate(table.rows):
        if tell and done % _STEP == 0 and not tell(done, len(table.rows)):
            raise Cancelled(STOPPED, file=path.name)
        rows.append(reader.read(number, cells))
    rows = _one_thing_per_number(rows, _WITHIN.get(entity, ()), _place(matches, number_field(fields)))
    made = {row.texts["compound"] for row in rows if "compound" in row.texts} if profile and profile.compound else set()
    compounds = {name: compound_code(name) for name in sorted(made)}
    return Register(
        kind, path.name, table.sheet, table.header_row, table.header, matches, rows, compounds, table.skipped
    )


class _RowReader:
    """Reads the rows of one table, one after the other."""

    def __init__(
        self, table: Table, matches: list[ColumnMatch], fields: Mapping[str, FieldSpec], profile: Profile | None
    ) -> None:
        self._fields, self._profile, self._number = fields, profile or Profile(""), number_field(fields)
        label = fields.get("name")
        self._label = "name" if label and label.required else self._number
        self._columns = make_columns(table, matches, fields, profile)
        self._named = _place(matches, self._label)
        self._constants = _constants(fields, self._profile)
        self._ordinals: dict[str, int] = {}

    def read(self, number: int, cells: list[Any]) -> Row:
        """One row of the table as a record."""
        values, texts, extra = dict[str, Any](), dict[str, str](), dict[str, str]()
        stores, parts, problems, width = {"values": values, "texts": texts, "extra": extra}, [], [], len(cells)
        for column in self._columns:
            if column.index >= width or (cell := cells[column.index]) == "":
                continue
            part, text, value, error = column.read(cell)
            parts.append(part)
            if error:
                problems.append(self._problem(number, column, error))
                extra[column.match.header] = text
            if value is None:
                continue
            if column.store == "class":
                values.update(_class_values(value))
            else:
                stores[column.store][column.key] = value
        self._complete(cells, values, texts)
        if not values.get(self._label):
            problems.append(Problem(number, *self._named, NO_NAME, ""))
        source = hashlib.sha256("\x1e".join(sorted(filter(None, parts))).encode()).hexdigest()
        own = values.get(self._number, "")
        return Row(
            number,
            values,
            texts,
            extra,
            source,
            own,
            0 if own else self._ordinal(source),
            0,
            tuple(problems),
            tuple(cells),
        )

    def _complete(self, cells: list[Any], values: dict[str, Any], texts: dict[str, str]) -> None:
        """What the profile adds: constants, a number put together, the compound its rule names."""
        for field, value in self._constants.items():
            (values if field in self._fields else texts).setdefault(field, value)
        rule, number = self._profile.compound, self._profile.number
        if not rule and not number:
            return
        said = {
            column.match.header: reading.text
            for column in self._columns
            if column.index < len(cells) and (reading := column.read(cells[column.index])).text
            and not is_empty(reading.text)
        }  # fmt: skip
        if number and all(header in said for header in number):
            values[self._number] = to_code("-".join(said[header] for header in number))
        if rule and (name := profiles.compound_name(rule, said)):
            texts["compound"] = name

    def _problem(self, row: int, column: Column, error: Unreadable) -> Problem:
        field = column.key
        refuses = field == self._number or (field in self._fields and self._fields[field].kind in _REFUSING)
        value = str(error.places.get("value", ""))
        return Problem(row, column.match.header, column.match.letter, error.reason, value, refuses, error.places)

    def _ordinal(self, source: str) -> int:
        count = self._ordinals.get(source, 0)
        self._ordinals[source] = count + 1
        return count


def _constants(fields: Mapping[str, FieldSpec], profile: Profile) -> dict[str, Any]:
    """The profile's constants as values of their fields."""
    made = {}
    for field, value in profile.constants.items():
        convert = converter(fields[field], profile.units.get(field, "")) if field in fields else text_of
        try:
            made[field] = convert(value)
        except Unreadable:
            raise Invalid(profiles.WRONG, key=f"constants.{field}") from None
    return made


def _class_values(found: ClassCode) -> dict[str, str]:
    named = {"class_code": found.code, "class_edition": found.edition, "class_text": found.text}
    return {field: part for field, part in named.items() if part}


def _place(matches: list[ColumnMatch], field: str) -> tuple[str, str]:
    """Header and letter of the column of a field."""
    return next(((match.header, match.letter) for match in matches if match.field == field), ("", ""))


def _one_thing_per_number(rows: list[Row], within: tuple[str, ...], column: tuple[str, str]) -> list[Row]:
    """Refuse every row whose number another row has for something else; a row that only repeats another says so."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        if row.number:
            groups.setdefault((row.number, *(row.texts.get(name, "") for name in within)), []).append(place)
    changed = list(rows)
    for places in groups.values():
        if len(places) > 1:
            for place in places:
                changed[place] = _against(rows[place], [rows[other] for other in places if other != place], column)
    return changed


def _against(row: Row, others: list[Row], column: tuple[str, str]) -> Row:
    different = next((other for other in others if other.source != row.source), None)
    if different is None:
        first = min(others, key=lambda other: other.row).row
        return msgspec.structs.replace(row, same_as=first if first < row.row else 0)
    places = {"number": row.number, "other": different.row}
    problem = Problem(row.row, *column, TWICE, row.number, True, places)
    return msgspec.structs.replace(row, problems=(*row.problems, problem))
