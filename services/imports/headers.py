"""Finds the header of a register: the line that names its columns, or up to three lines that do so together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from services.imports.cells import Sheet, fold, text_of
from services.imports.words import JOINED, LONGEST, join, match_header, measured, named, unit_of

WITHIN = 60
"""Rows in which a header is looked for; titles and notes above one have never been seen to take more than 20."""
DEEPEST = 3
STATED = re.compile(r"[:：]\s*\S")  # 填报单位：某局 stands above a header and is none
_COVERED = 0.7  # of the cells of a line in another language are known names
SURE, GUESSED = "sure", "guessed"


class Header(NamedTuple):
    """Lines `place` to `place + depth - 1`, 0-based; `names` of the columns, what stands above joined to it."""

    known: int
    likeness: float
    place: int
    depth: int
    names: list[str]
    sure: bool = False  # its further lines belong to it whatever they say

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
    found, covered = list[Header](), 0
    for place in range(min(len(sheet.rows), WITHIN)):
        if place >= covered:
            found += (here := _at(sheet, place, kind, wanted))
            covered = max(covered, *(header.body for header in here if header.sure), 0)
    return max(found, key=lambda h: (h.known + h.likeness, -h.depth, -h.place), default=None)


def header_at(sheet: Sheet, place: int) -> Header:
    """The one line that somebody who knows the register says is its header."""
    return Header(0, 0, place, 1, [text(cell) for cell in sheet.rows[place]])


def _at(sheet: Sheet, place: int, kind: str, wanted: frozenset[str]) -> list[Header]:
    """The headers that begin at this line: of one line, and of more where the next belongs to it. A line that surely
    does leaves none without it."""
    width = max(map(len, sheet.rows[:WITHIN]))
    found, names, before = list[Header](), list[str](), 0
    for depth in range(1, min(DEEPEST, len(sheet.rows) - place) + 1):
        how = _goes_on(sheet, place, depth, names, kind, wanted) if depth > 1 else GUESSED
        names = _names(sheet, place, depth) if how else []
        filled = [name for name in names if name]
        known = _known(filled, kind, wanted)
        if not how or (depth > 1 and known <= before and how == GUESSED):
            break
        before = known
        if known >= 2 or (known and (wanted or known == len(filled))):
            wordy = sum(not name[0].isdigit() for name in filled) / len(filled)
            header = Header(known, wordy + len(filled) / width, place, depth, names, how == SURE)
            found = [header] if header.sure else [*found, header]
    return found


def _known(names: Sequence[str], kind: str, wanted: frozenset[str]) -> int:
    if wanted:
        return len({folded for name in names if (folded := fold(name)) in wanted})
    return len({match.field for name in names if len(name) <= LONGEST and (match := match_header(kind, name))})


def _goes_on(
    sheet: Sheet, place: int, depth: int, names: Sequence[str], kind: str, wanted: frozenset[str]
) -> str:  # fmt: skip
    """Whether the last of these lines belongs to the header: "" no; SURE: its merged cells, its units or its other
    language say so; GUESSED: if more is known with it. `names`: what the lines above it say."""
    index = place + depth - 1
    filled = {column: text(cell) for column, cell in enumerate(sheet.rows[index]) if text(cell)}
    if sum(map(bool, names)) < 2 or any(map(STATED.search, names)):
        return ""
    if not filled:  # names may be taller than the lines below them
        return SURE if _reaches(sheet, place, index) else ""
    if any(not isinstance(sheet.rows[index][c], str) or len(said) > LONGEST for c, said in filled.items()):
        return ""
    above = {c: names[c] for c in filled if c < len(names) and names[c]}
    if all(_is_unit(said, above.get(c, ""), kind) for c, said in filled.items()) and any(
        match_header(kind, name) for name in above.values()
    ):
        return SURE
    words = {c for c, said in filled.items() if fold(said) in wanted or named(kind, said)}
    several = len({filled[c] for c in words}) > 1  # one alone may be what a row says
    many = several and len(words) >= _COVERED * len(filled)
    if many and _other_language(list(filled.values()), [text(cell) for cell in sheet.rows[index - 1]]):
        return SURE
    wide = _spread(sheet, index - 1)
    if not all(_is_unit(filled[c], above.get(c, ""), kind) for c in filled.keys() - wide.keys() - words):
        return ""
    if not _divided(wide, filled):
        return GUESSED if many else ""
    alone = any(said and c not in wide and c not in filled for c, said in enumerate(names))
    if _reaches(sheet, place, index) or (alone and _merged(sheet, index - 1)):
        return SURE
    joined = any(join(kind, wide[c], said) for c, said in filled.items() if c in wide)
    return SURE if alone and (joined or several) else GUESSED if several else ""


def _is_unit(said: str, name: str, kind: str) -> bool:
    """Whether a cell says the unit of the name above it, if that may be a sum or an area: 万 below 姓名 is somebody."""
    if not unit_of(said):
        return False
    match = match_header(kind, name) if name else None
    return match is None or match.field in measured(kind)


def _other_language(line: Sequence[str], above: Sequence[str]) -> bool:
    """Whether one of two lines is English and the other is not."""
    english = [[name.isascii() for name in names if name] for names in (line, above)]
    shares = [sum(each) / len(each) for each in english if each]
    return len(shares) == 2 and min(shares) < 1 - _COVERED and max(shares) > _COVERED


def _divided(wide: dict[int, str], filled: dict[int, str]) -> bool:
    """Whether different names stand below every wider name there is: one alone is what a row says in a wide column."""
    below: dict[str, set[str]] = {}
    for column, said in filled.items():
        below.setdefault(wide.get(column, ""), set()).add(said)
    counts = [len(names) for name, names in below.items() if name]
    return min(counts, default=0) > 1


def _reaches(sheet: Sheet, place: int, index: int) -> bool:
    """Whether the name of a column is merged down to this line, and so makes it part of the header."""
    return any(
        place <= top - sheet.top < index <= bottom - sheet.top
        and 0 <= left - sheet.left < len(sheet.rows[top - sheet.top])
        and text(sheet.rows[top - sheet.top][left - sheet.left])
        for (top, left), (bottom, _) in sheet.merged
    )


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


def _merged(sheet: Sheet, index: int) -> dict[int, tuple[int, str]]:
    """First column -> last column and name of the cells of a line that are merged with others beside them."""
    found = dict[int, tuple[int, str]]()
    for (top, left), (bottom, right) in sheet.merged:
        first, place = top - sheet.top, left - sheet.left
        if first <= index <= bottom - sheet.top and right > left and first >= 0 and 0 <= place < len(sheet.rows[first]):
            found[place] = right - sheet.left, text(sheet.rows[first][place])
    return found


def _spread(sheet: Sheet, index: int) -> dict[int, str]:
    """Column -> the wider name above it: as its cells are merged, else as the empty cells beside it suggest where the
    line below has names, its own column's included."""
    line, below = sheet.rows[index], sheet.rows[index + 1] if index + 1 < len(sheet.rows) else []
    found = dict[int, str]()
    if merged := _merged(sheet, index):
        for first, (last, name) in merged.items():
            if name:
                found |= dict.fromkeys(range(first, last + 1), name)
        return found
    name, gap = "", list[int]()
    for column in range(max(len(line), len(below))):
        own = text(line[column]) if column < len(line) else ""
        under = text(below[column]) if column < len(below) else ""
        if own:
            name, gap = own, [column]
        elif name:
            gap.append(column)
        if under and len(gap) > 1 and text(below[gap[0]]):
            found |= dict.fromkeys(gap, name)
    return found
