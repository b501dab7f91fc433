"""Finds the header of a register: the line that names its columns, or up to three lines that do so together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from services.imports.cells import Sheet, fold, text_of
from services.imports.words import JOINED, LONGEST, match_header, unit_of

WITHIN = 60
"""Rows in which a header is looked for; titles and notes above one have never been seen to take more than 20."""
DEEPEST = 3
_COVERED = 0.7  # of a further line's cells stand below a wider name, are known names themselves, or name a unit


class Header(NamedTuple):
    """Lines `place` to `place + depth - 1`, 0-based; `names` of the columns, what stands above joined to it."""

    known: int
    likeness: float
    place: int
    depth: int
    names: list[str]

    @property
    def body(self) -> int:
        """Where the rows below it begin."""
        return self.place + self.depth


def text(cell: Any) -> str:
    """What a cell says; nothing for an empty one."""
    return text_of(cell) if cell != "" else ""


def find_header(sheet: Sheet, kind: str, wanted: frozenset[str]) -> Header | None:
    """The header with most known words (`wanted`: those of a profile), then most text, then fullest; None: no line
    has enough of them."""
    found = [header for place in range(min(len(sheet.rows), WITHIN)) for header in _at(sheet, place, kind, wanted)]
    return max(found, key=lambda h: (h.known + h.likeness, -h.depth, -h.place), default=None)


def header_at(sheet: Sheet, place: int) -> Header:
    """The one line that somebody who knows the register says is its header."""
    return Header(0, 0, place, 1, [text(cell) for cell in sheet.rows[place]])


def _at(sheet: Sheet, place: int, kind: str, wanted: frozenset[str]) -> Iterable[Header]:
    """The headers that begin at this line: of one line, and of more where the next belongs to it."""
    width = max(map(len, sheet.rows[:WITHIN]))
    before = 0
    for depth in range(1, min(DEEPEST, len(sheet.rows) - place) + 1):
        how = _goes_on(sheet, place, depth, kind, wanted) if depth > 1 else "first"
        if not how:
            return
        names = _names(sheet, place, depth)
        filled = [name for name in names if name]
        known = _known(filled, kind, wanted)
        if depth > 1 and known <= before and how == "guessed":
            return
        before = known
        if known >= 2 or (known and (wanted or known == len(filled))):
            wordy = sum(not name[0].isdigit() for name in filled) / len(filled)
            yield Header(known, wordy + len(filled) / width, place, depth, names)


def _known(names: Sequence[str], kind: str, wanted: frozenset[str]) -> int:
    if wanted:
        return len({folded for name in names if (folded := fold(name)) in wanted})
    return len({match.field for name in names if len(name) <= LONGEST and (match := match_header(kind, name))})


def _goes_on(sheet: Sheet, place: int, depth: int, kind: str, wanted: frozenset[str]) -> str:
    """Whether the last of these lines belongs to the header: "" no, "merged" as its cells say, "guessed" by words."""
    line, above = sheet.rows[place + depth - 1], sheet.rows[place + depth - 2]
    filled = {column: cell for column, cell in enumerate(line) if text(cell)}
    if sum(bool(text(cell)) for cell in above) < 2 or not filled:
        return ""
    if any(not isinstance(cell, str) or len(cell) > LONGEST for cell in filled.values()):
        return ""
    if all(unit_of(text(cell)) for cell in filled.values()):
        return "merged"
    alone = {column for column, cell in enumerate(above) if text(cell) and column not in filled}
    wide = _spread(sheet, place + depth - 2).keys() - alone
    under = {column for column in filled if column in wide}
    known = {c for c, cell in filled.items() if unit_of(text(cell)) or _known([text(cell)], kind, wanted)}
    if len(under | known) < _COVERED * len(filled):
        return ""
    return "merged" if under and _merged(sheet, place + depth - 2) else "guessed"


def _names(sheet: Sheet, place: int, depth: int) -> list[str]:
    """Of every column what the lines say of it, one after the other; a unit alone in the last goes in brackets."""
    lines = []
    for index in range(place, place + depth):
        said = {column: text(cell) for column, cell in enumerate(sheet.rows[index]) if text(cell)}
        lines.append(said | _spread(sheet, index) if index < place + depth - 1 else said)
    names = []
    for column in range(max(map(len, sheet.rows[place : place + depth]))):
        parts = list(dict.fromkeys(line[column] for line in lines if column in line))
        if len(parts) > 1 and unit_of(parts[-1]):
            parts[-2:] = [f"{parts[-2]}（{parts[-1].strip('()（）')}）"]
        names.append(JOINED.join(parts))
    return names


def _merged(sheet: Sheet, index: int) -> dict[int, int]:
    """First column -> last column of the cells of a line that are merged with others beside them."""
    line = index + sheet.top
    return {
        left - sheet.left: right - sheet.left
        for (top, left), (bottom, right) in sheet.merged
        if top <= line <= bottom and right > left
    }


def _spread(sheet: Sheet, index: int) -> dict[int, str]:
    """Column -> the wider name above it: as its cells are merged, else as the empty cells beside it suggest where the
    line below has names, its own column's included."""
    line, below = sheet.rows[index], sheet.rows[index + 1] if index + 1 < len(sheet.rows) else []
    found = dict[int, str]()
    if merged := _merged(sheet, index):
        for first, last in merged.items():
            if name := text(line[first]) if 0 <= first < len(line) else "":
                found |= dict.fromkeys(range(first, last + 1), name)
        return found
    name, start = "", -1
    for column in range(max(len(line), len(below))):
        own = text(line[column]) if column < len(line) else ""
        under = text(below[column]) if column < len(below) else ""
        if own:
            name, start = (own, column) if under else ("", -1)
        elif name and under:
            found[column] = found[start] = name
        else:
            name = ""
    return found
