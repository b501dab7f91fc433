"""Measures how many columns of registers are understood, in wordings that were tuned on and in wordings that were not.

`python -m tests.imports.recall` prints the table, with `--missed` also what the tuned wordings still miss. Eleven
registers of different shape draw the names of their columns from `tests/data/recall-wordings.csv`; what each column is,
is known.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.compound import Compound
from models.organization import Organization
from services.desk.errors import Invalid
from services.desk.schema import describe
from services.imports.cells import fold
from services.imports.columns import ColumnMatch
from services.imports.register import read_register
from tests.imports import shapes
from tests.imports.fields import ASSET, BUILDING, ROOM, STAFF
from tests.imports.shapes import Named, Table

WORDINGS = Path(__file__).parents[1] / "data" / "recall-wordings.csv"
TUNING, HOLDOUT = "tuning", "holdout"
FILES = 8
"""Files made of each register: every wording of most fields comes up once."""
SURE = 0.9
FIELDS = {
    "assets": ASSET, "buildings": BUILDING, "rooms": ROOM, "staff": STAFF,
    "organizations": describe(Organization), "compounds": describe(Compound),
}  # fmt: skip
_CARD = "line number name class_code class_text brand model serial quantity measure cost net_value acquired_on"
_BOOK = "line number name class_code model quantity measure cost acquired_on status unit keeper place note"
_EXPORT = f"{_BOOK} brand serial net_value acquisition building room compound"


class Shape(NamedTuple):
    """One register: what it lists, the fields it has, how many columns beside them, how it is written down."""

    title: str
    kind: str
    language: str
    fields: str
    others: int
    write: Callable[[Path, Table], Path]


SHAPES = (
    Shape("固定资产登记表: two lines, merged, 万元", "assets", "zh",
          "number name class_code model quantity measure | acquired_on acquisition | cost net_value "
          "| unit keeper place status | note", 0, shapes.two_lines),
    Shape("房屋台账: ㎡", "buildings", "zh",
          "line compound code name kind tenure state area floors built_year address note", 6, shapes.ledger),
    Shape("房间清单: buildings merged downwards", "rooms", "zh",
          "line compound building floor number name use area note", 4, shapes.merged_down),
    Shape("人员花名册: xls", "staff", "zh", "line number name unit compound phone id_number address", 6,
          shapes.old_workbook),
    Shape("单位名录: ods", "organizations", "zh", "line code name parent", 5, shapes.document),
    Shape("院落一览表: columns counted, signatures", "compounds", "zh", "line code name kind address unit", 5,
          shapes.counted),
    Shape("固定资产卡片汇总: 1994 and 2010 codes", "assets", "zh",
          f"{_CARD} acquisition voucher status unit keeper place compound note", 6, shapes.pages),
    Shape("资产月报: a sheet for each month", "assets", "zh",
          "line number name model quantity cost net_value acquired_on status unit keeper building room", 4,
          shapes.months),
    Shape("FM asset export: csv", "assets", "en", _EXPORT, 8, shapes.export),
    Shape("Building list: sq ft", "buildings", "en",
          "code name kind tenure state area floors built_year address compound note", 7, shapes.square_feet),
    Shape("资产清单: GB18030 csv, semicolons", "assets", "zh", f"{_BOOK} brand serial", 5, shapes.semicolons),
)  # fmt: skip


class Score(NamedTuple):
    """Of one list of wordings: columns that have a field, those read as it, all that are read as any, those read as a
    wrong one, and those wrong and sure."""

    true: int = 0
    found: int = 0
    read: int = 0
    wrong: int = 0
    sure: int = 0

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.found / self.true

    @property
    def precision(self) -> float:
        return 1 - self.wrong / self.read if self.read else 1.0


class Miss(NamedTuple):
    """A column that is read as something else than it is ("" for no field)."""

    shape: str
    header: str
    truth: str
    said: str
    confidence: float


@cache
def wordings(which: str) -> dict[tuple[str, str], dict[str, list[str]]]:
    """(kind of record, language) -> field -> the words of a list; field "-" is what has none."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    with WORDINGS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["kind"], row["language"]][row["field"]] = row[which].split(" | ")
    return found


def tables(shape: Shape, which: str) -> Iterator[Table]:
    """The tables of a register. Each time the next wording of every field, in an order of its own."""
    entity = next(iter(FIELDS[shape.kind].values())).entity
    known = wordings(which)
    words = known.get(("common", shape.language), {}) | known[entity, shape.language]
    order = {
        field: random.Random(f"{shape.title} {field} {which}").sample(said, len(said)) for field, said in words.items()
    }
    for place in range(FILES):
        dice = random.Random(f"{shape.title} {place}")
        named, used = list[Named](), set[str]()
        for group, part in enumerate(shape.fields.split(" | ")):
            for field in part.split():
                named.append(Named(field, _next(order[field], place, used), group))
        for number in range(shape.others):
            other = Named("", _next(order["-"], place * shape.others + number, used), 0)
            named.insert(dice.randint(1, len(named)), other)
        yield shapes.filled(named, known["below", "zh"], place, dice)


def _next(words: Sequence[str], place: int, used: set[str]) -> str:
    """The next of the words that no other column of this file has."""
    for step in range(len(words)):
        word = words[(place + step) % len(words)]
        if fold(word) not in used:
            used.add(fold(word))
            return word
    raise AssertionError(words)


def measure(shape: Shape, which: str, folder: Path) -> tuple[Score, list[Miss]]:
    """How the columns of a register are understood, over all its files."""
    score, misses = Score(), list[Miss]()
    for table in tables(shape, which):
        path = shape.write(folder, table)
        try:
            columns = read_register(path, shape.kind, FIELDS[shape.kind]).columns
        except Invalid:
            columns = []
        more = list(_compared(shape, table, columns))
        wrong = [miss for miss in more if miss.said]
        true = sum(bool(named.field) for named in table.columns)
        score += Score(
            true, true - sum(bool(miss.truth) for miss in more), sum(bool(column.field) for column in columns),
            len(wrong), sum(miss.confidence >= SURE for miss in wrong),
        )  # fmt: skip
        misses += more
    return score, misses


def _compared(shape: Shape, table: Table, columns: Sequence[ColumnMatch]) -> Iterator[Miss]:
    by_place = {column.index: column for column in columns}
    for place, named in enumerate(table.columns):
        column = by_place.pop(place, None)
        said = (column.field or "") if column else ""
        if said != named.field:
            header = column.header if column else named.word
            yield Miss(shape.title, header, named.field, said, column.confidence if column else 0.0)
    for column in by_place.values():  # beside the table
        if column.field:
            yield Miss(shape.title, column.header, "", column.field, column.confidence)


def measured(which: str) -> tuple[dict[str, Score], list[Miss]]:
    """The score of every register in one list of wordings, and what is not as it should be."""
    scores, misses = dict[str, Score](), list[Miss]()
    with tempfile.TemporaryDirectory() as folder:
        for shape in SHAPES:
            scores[shape.title], more = measure(shape, which, Path(folder))
            misses += more
    return scores, misses


def total(scores: dict[str, Score]) -> Score:
    """Of all registers together."""
    return sum(scores.values(), Score())


def main() -> None:
    """Both lists, register by register."""
    asked = argparse.ArgumentParser(prog="python -m tests.imports.recall", description=__doc__)
    asked.add_argument("--missed", action="store_true", help="list what is not understood, of the tuned wordings only")
    missed = asked.parse_args().missed
    lists = {which: measured(which) for which in (TUNING, HOLDOUT)}
    told = ["| register | " + " | ".join(f"{which}: recall | wrong of read | sure" for which in lists) + " |"]
    told.append("|---" * (1 + 3 * len(lists)) + "|")
    for title in [*(shape.title for shape in SHAPES), ""]:
        scores = [scores[title] if title else total(scores) for scores, _ in lists.values()]
        cells = [f"{s.recall:.1%} ({s.found}/{s.true}) | {s.wrong}/{s.read} | {s.sure}" for s in scores]
        told.append(f"| {title or 'all'} | " + " | ".join(cells) + " |")
    if missed:
        told += ["", *(f"{m.shape[:8]}\t{m.header!r}\t{m.truth} → {m.said}\t{m.confidence}" for m in lists[TUNING][1])]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
