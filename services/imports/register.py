"""A register from a file: its columns understood, its rows typed, every row that cannot be used with its reason.

It knows no store: matching people and places, and telling new from changed, is the intake's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from resources.words import N_
from services.desk.errors import Cancelled, Invalid
from services.imports import profile as profiles
from services.imports.cells import Sheet
from services.imports.columns import ColumnMatch, check_headers, match_columns, number_field, targets
from services.imports.compounds import compound_code
from services.imports.problems import Problem, written
from services.imports.profile import Profile, recognised
from services.imports.rows import Row, RowReader, check_corrections, column_of
from services.imports.sheet import Skipped, Table, find_table
from services.imports.workbook import STOPPED, Tell, read_workbook

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

TWICE = N_("the number {number} is used in row {other} for something else")

# What a number is unique in: rooms 101 stand in many buildings.
_WITHIN = {"building": ("compound",), "room": ("compound", "building")}
_STEP = 1000


class Register(msgspec.Struct, frozen=True):
    """A whole register. `compounds`: name -> code of those the profile makes. `skipped`: rows that are no records;
    empty rows are nowhere. `others`: sheets that were not read -> their rows; `hidden`: rows nobody sees, read like the
    others. `profile`: the name of the one it was recognised by, `given` of the one it was to be read with.
    `entity`: the table of what it lists. `titles`: what is said above its header."""

    kind: str
    file: str
    sheets: list[str]
    header_row: int
    header: list[str]
    columns: list[ColumnMatch]
    rows: list[Row]
    compounds: dict[str, str]
    skipped: list[Skipped]
    others: dict[str, int]
    hidden: list[tuple[str, int]]
    profile: str = ""
    entity: str = ""
    given: str | None = None
    titles: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """How many records the file holds, refused ones included."""
        return len(self.rows)


class Choice(msgspec.Struct, frozen=True):
    """What a person, or what is known of the source, says about how a file is read.

    `profile` goes before the `known` ones, of which one may be recognised by the header. `columns`: header -> field
    ("": kept as an extra fact), before what either says. `sheets`: these alone. `corrections`: cell ("B12", or with
    several sheets "March!B12") -> what is to be read instead. `keep_personal`: personal data that no field takes is an
    extra fact like any other.
    """

    profile: Profile | None = None
    known: Sequence[Profile] = ()
    columns: Mapping[str, str] = {}
    sheets: Sequence[str] = ()
    corrections: Mapping[str, str] = {}
    keep_personal: bool = False


def read_register(
    path: Path, kind: str, fields: Mapping[str, FieldSpec], choice: Choice | None = None, tell: Tell | None = None,
    *, short: bool = False,
) -> Register:  # fmt: skip
    """The register of one kind ("assets", "buildings", "rooms", "staff") in a file, by the fields its records have;
    with `short` its first rows.

    `tell(done, total)` hears of progress in rows; when it returns False the reading stops (Cancelled). Invalid: the
    file is no workbook or holds no register, or the profile does not fit; Missing: there is no such file.
    """
    chosen = choice or Choice()
    entity = next(iter(fields.values())).entity
    sheets = read_workbook(path, tell, short=short)
    known = None if chosen.profile else recognised(sheets, entity, chosen.known)
    try:
        table, matches, profile = _columns(sheets, kind, fields, path.name, chosen, known)
    except Invalid:
        if known is None:
            raise
        known = None  # nobody asked for it: a profile that no longer fits stands in nobody's way
        table, matches, profile = _columns(sheets, kind, fields, path.name, chosen, None)
    if not short:
        check_corrections(table, chosen.corrections)
    reader = RowReader(table, matches, fields, profile, chosen.corrections)
    rows = []
    for done, line in enumerate(table.rows):
        if tell and done % _STEP == 0 and not tell(done, len(table.rows)):
            raise Cancelled(STOPPED, file=path.name)
        rows.append(reader.read(line))
    rows = _one_thing_per_number(rows, _WITHIN.get(entity, ()), column_of(matches, number_field(fields)))
    made = {row.texts["compound"] for row in rows if "compound" in row.texts} if profile and profile.compound else set()
    return Register(
        kind, path.name, table.sheets, table.header_row, table.header, matches, rows,
        {name: compound_code(name) for name in sorted(made)}, table.skipped, table.others, table.hidden,
        known.name if known else "", entity, chosen.profile.name if chosen.profile else None,
        table.titles,
    )  # fmt: skip


def _columns(
    sheets: Sequence[Sheet], kind: str, fields: Mapping[str, FieldSpec], file: str, chosen: Choice,
    known: Profile | None,
) -> tuple[Table, list[ColumnMatch], Profile | None]:  # fmt: skip
    """The table, what its columns are read as, and the profile that says so."""
    entity = next(iter(fields.values())).entity
    if profile := chosen.profile or known:
        profiles.check(profile, kind, fields, targets(fields))
    if chosen.columns:
        profile = msgspec.structs.replace(profile or Profile(kind), columns=dict(chosen.columns))
    table = find_table(sheets, entity, file, profile, chosen.sheets)
    if profile:
        check_headers(table, profile, file)
    return table, match_columns(table, entity, fields, profile, chosen.keep_personal), profile


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
                changed[place] = _against(rows[place], [rows[other] for other in places], column)
    return changed


def _said(row: Row) -> tuple[Any, ...]:
    """What two rows of one number must have in common to be one thing: what is corrected or personal is not in their
    fingerprint."""
    return (row.source, row.values, row.texts, row.extra)


def _against(row: Row, same: list[Row], column: tuple[str, str]) -> Row:
    """A row beside the others of its number, in their order."""
    different = next((other for other in same if _said(other) != _said(row)), None)
    if different is None:
        return row if row is same[0] else msgspec.structs.replace(row, same_as=same[0].at)
    places = {"number": row.number, "other": written(different.at)}
    problem = Problem(row.row, *column, TWICE, row.number, True, places, row.sheet)
    return msgspec.structs.replace(row, problems=(*row.problems, problem))
