"""Which column of a register is which field, and how its cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from resources.words import N_
from services.desk.errors import Invalid
from services.imports import profile as profiles
from services.imports.cells import Cell, fold, text_of
from services.imports.problems import Unreadable
from services.imports.profile import Profile
from services.imports.sheet import Heading, Table
from services.imports.values import converter, to_class, to_code
from services.imports.words import LINE, Match, is_empty, is_personal, match_header, synonyms, unit_in

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

TOO_LONG = N_("“{value}” is longer than {limit} characters")
NO_COLUMN = N_("the mapping profile names a column {column}, which {file} does not have: look at {key}")

LOOKED_AT, SAMPLES, SHOWN = 200, 3, 40
RECOGNISED = 0.9  # from this confidence on a column counts as recognised; below, somebody should look
_NOT_WRITTEN = frozenset({"reference", "instant", "extra"})
# Facts that a sheet may give in other words than ours: what cannot be matched is kept as it was written.
_IN_WORDS = ("place", "unit", "keeper")


class ColumnMatch(msgspec.Struct, frozen=True):
    """Column `letter`, called `header`, is read as `field` (None: kept as an extra fact) in `unit` ("" without one).

    `confidence` is 1 for a profile's word and for the best known name, less for a vague name or one read in part.
    `samples` are the first different things its cells say; `index` is its place among the cells of a row. What is
    `left` is no field and looks like personal data: it stays in the file.
    """

    letter: str
    header: str
    field: str | None
    unit: str
    confidence: float
    samples: tuple[str, ...] = ()
    index: int = 0
    left: bool = False


class Reading(NamedTuple):
    """What one cell says.

    `part`: what it adds to the fingerprint of its row. `text`: as written, cleaned. `value`: None when it says that
    there is nothing, or cannot be read; `error` is then why. A text that had to be cut has both.
    """

    part: str
    text: str
    value: Any = None
    error: Unreadable | None = None


class Column:
    """Reads the cells of one column into `store` under `key`; what was read before is not read again. What is `private`
    is no part of what a row is recognised by: that is kept, and a short value could be guessed from it."""

    def __init__(
        self, index: int, match: ColumnMatch, store: str, convert: Callable[[Cell], Any], limit: int | None = None,
        *, private: bool = False,
    ) -> None:  # fmt: skip
        self.index, self.match, self.store, self.key = index, match, store, match.field or match.header
        self._tag = f"{fold(match.header) or match.header}\x1f"
        self._convert, self._limit, self._private = convert, limit, private
        self._seen: dict[Cell, Reading] = {}

    def read(self, cell: Cell) -> Reading:
        """What the cell says."""
        found = self._seen.get(cell)
        if found is None:
            found = self._reading(cell)
            if not isinstance(cell, (bool, int)):  # True, 1 and 1.0 are one key, and different texts
                self._seen[cell] = found
        return found

    def _reading(self, cell: Cell) -> Reading:
        text = text_of(cell)
        part = self._tag + text if text and not self._private else ""
        if is_empty(text):
            return Reading(part, text)
        try:
            value = self._convert(cell)
        except Unreadable as error:
            return Reading(part, text, None, error)
        if self._limit and isinstance(value, str) and len(value) > self._limit:
            long = Unreadable(TOO_LONG, value=text, limit=self._limit)
            return Reading(part, text, value[: self._limit].rstrip(), long)
        return Reading(part, text, value)


def references(fields: Mapping[str, FieldSpec]) -> frozenset[str]:
    """What a sheet names in words, to be matched later: "keeper" for `keeper_id`, "place" for `place_text`."""
    ids = {name.removesuffix("_id") for name, spec in fields.items() if spec.kind == "reference"}
    return frozenset(ids | {word for word in _IN_WORDS if f"{word}_text" in fields})


def targets(fields: Mapping[str, FieldSpec]) -> frozenset[str]:
    """Everything a column can be mapped to."""
    own = {name for name, spec in fields.items() if spec.kind not in _NOT_WRITTEN}
    return frozenset(own | references(fields) | {LINE})


def match_columns(
    table: Table, kind: str, fields: Mapping[str, FieldSpec], profile: Profile | None, keep_personal: bool = False
) -> list[ColumnMatch]:
    """What each heading of the table means, in order: by the profile's columns if it lists any, else by known words.
    Personal data that no field takes is left out: kept as an extra fact it would stand in the clear, and in the journal
    for good. `keep_personal`: the person wants it kept."""
    possible = targets(fields)
    own = profile.columns if profile else {}
    listed = {fold(header): field for header, field in own.items()} | dict(own)
    found = [_listed(h, listed) if listed else match_header(kind, h.header) for h in table.headings]
    if not listed:
        _read_beside(kind, table.headings, found)
    surest: dict[str, int] = {}
    for place, match in enumerate(found):
        if match and match.field in possible and match.field != LINE:
            best = surest.get(match.field)
            if best is None or match.confidence > _sure(found[best]):
                surest[match.field] = place
    chosen = {place: field for field, place in surest.items()}
    chosen |= {place: LINE for place, match in enumerate(found) if match and match.field == LINE}
    made = []
    for place, heading in enumerate(table.headings):
        read = _column(heading, chosen.get(place), found[place], table, fields, profile)
        left = read.field is None and not keep_personal and is_personal(kind, heading.header)
        samples = () if left else _samples(table, heading)
        made.append(msgspec.structs.replace(read, samples=samples, index=heading.index, left=left))
    return made


def _read_beside(kind: str, headings: list[Heading], found: list[Match | None]) -> None:
    """A vague word means something else beside a certain column, or where another column has its usual meaning: "Unit"
    beside "Qty", or "Unit" and "Department" of a sheet with quantities."""
    fields = [match.field if match else "" for match in found]
    for place, heading in enumerate(headings):
        for other, near in enumerate(fields):
            meant = synonyms(f"{kind} beside {near}").get(fold(heading.header))
            fits = abs(place - other) == 1 or fields.count(fields[place]) > 1
            if meant and fits and meant[0] not in fields:
                found[place], fields[place] = Match(meant[0], "", RECOGNISED), meant[0]


def _samples(table: Table, heading: Heading) -> tuple[str, ...]:
    said = dict[str, None]()
    for line in table.rows[:LOOKED_AT]:
        if heading.index < len(line.cells) and (text := text_of(line.cells[heading.index])):
            said[text[:SHOWN]] = None
            if len(said) == SAMPLES:
                break
    return tuple(said)


def _listed(heading: Heading, listed: Mapping[str, str]) -> Match | None:
    field = listed.get(heading.header, listed.get(fold(heading.header)))
    return Match(field, unit_in(heading.header), 1.0) if field else None


def _sure(match: Match | None) -> float:
    return match.confidence if match else 0.0


def _column(
    heading: Heading, field: str | None, match: Match | None, table: Table, fields: Mapping[str, FieldSpec],
    profile: Profile | None,
) -> ColumnMatch:  # fmt: skip
    if field is None or match is None:
        return ColumnMatch(heading.letter, heading.header, None, "", 0.0)
    measured = fields[field].kind if field in fields else ""
    unit = ""
    if measured in ("money", "area"):
        own = profile.units.get(field) if profile else None
        unit = own or match.unit or table.units.get(measured) or ("元" if measured == "money" else "m²")
    return ColumnMatch(heading.letter, heading.header, field, unit, match.confidence)


def make_columns(
    table: Table, matches: list[ColumnMatch], fields: Mapping[str, FieldSpec], profile: Profile | None
) -> list[Column]:
    """The readers of the columns, but for those that only count lines or are left out."""
    pairs = [(h, m) for h, m in zip(table.headings, matches, strict=True) if m.field != LINE and not m.left]
    read = {match.header for match in matches if match.field}
    made, taken = [], set[str]()
    for heading, match in pairs:
        column = _make(heading.index, match, fields, profile)
        name = table.header[heading.index] if heading.index < len(table.header) else ""
        if column.store == "extra" and name in read - taken:  # what an export has beside the field of that name
            column.key = name
            taken.add(name)
        made.append(column)
    return made


def _make(index: int, match: ColumnMatch, fields: Mapping[str, FieldSpec], profile: Profile | None) -> Column:
    field = match.field
    if field is None:
        return Column(index, match, "extra", text_of)
    if field not in fields:
        return Column(index, match, "texts", text_of)
    spec = fields[field]
    if field == number_field(fields):
        return Column(index, match, "values", to_code, spec.max_length)
    if spec.kind == "class_code":
        edition = profile.class_edition if profile else ""
        return Column(index, match, "class", lambda cell: to_class(cell, edition))
    if spec.kind == "personal":  # too long a one is refused later: nothing of it is kept as an extra fact
        return Column(index, match, "values", text_of, private=True)
    codes = profile.choices.get(field) if profile else None
    return Column(index, match, "values", converter(spec, match.unit, codes), spec.max_length)


def number_field(fields: Mapping[str, FieldSpec]) -> str:
    """The field that holds the number people name a record by."""
    return "number" if "number" in fields else "code"


def check_headers(table: Table, profile: Profile, file: str) -> None:
    """Refuse a profile that counts on a column this file does not have (Invalid: which, and which key says so)."""
    there = {fold(heading.header) for heading in table.headings}
    for header, key in profiles.headers_used(profile).items():
        if fold(header) not in there:
            raise Invalid(NO_COLUMN, column=header, file=file, key=key)
