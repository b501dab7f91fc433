"""How many columns of registers as offices write them are understood: ten shapes, words drawn as people vary them.

`python -m tests.imports.recall` prints the table. Two sets of words: `tuned`, which the vocabulary was improved on, and
`held out`, which it was not. What a column means is known to the generator; no name was taken from the shipped list.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from services.desk.errors import Invalid
from services.imports.register import Register, read_register
from tests.imports import recall_words
from tests.imports.paper import FIELDS, Page, save
from tests.imports.recall_words import Column, Shape

SEEDS = {"tuned": range(100, 110), "held out": range(900, 910)}


class Score(NamedTuple):
    """Columns read as what they are, read as something else, and that have a field to be read as."""

    right: int = 0
    wrong: int = 0
    known: int = 0

    def __add__(self, other: tuple[int, ...]) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """Of the columns that have a field, those that are read as it."""
        return self.right / self.known

    @property
    def precision(self) -> float:
        """Of the columns that are read as a field, those that are it."""
        return self.right / max(self.right + self.wrong, 1)


class Drawn(NamedTuple):
    """A register that was drawn: its page, and what each of its columns is."""

    page: Page
    meant: list[str | None]
    records: int


def draw(shape: Shape, words: Mapping[str, list[str]], seed: int) -> Drawn:
    """One register of a shape, in the words of a set."""
    dice = random.Random(f"{shape.name} {seed}")
    columns = [column for column in shape.columns if column.always or dice.random() < 0.8]
    names = [dice.choice(words[column.word]) for column in columns]
    lines, merged = _header(columns, names, shape, len(shape.titles), words, dice)
    body = [[dice.choice(column.cells) if column.cells else n for column in columns] for n in range(1, 13)]
    for n, row in enumerate(body):
        row[next(i for i, column in enumerate(columns) if column.field in ("number", "code"))] = (
            f"{shape.prefix}{n:03d}"
        )
    rows = [[title] for title in shape.titles] + lines + body
    rows += [["合计"]] if shape.signed else []
    rows += [[], ["制表人：李秀英", "", "审核人：王建国"]] if shape.signed else []
    return Drawn(Page(rows, merged), [column.field for column in columns], len(body))


def _header(
    columns: list[Column], names: list[str], shape: Shape, top: int, words: Mapping[str, list[str]], dice: random.Random
) -> tuple[list[list[str]], list[str]]:  # fmt: skip
    """The line, or with wider names the two lines, of the header, and what of it is merged."""
    from services.imports.cells import letter

    groups = {column.group: 0 for column in columns if column.group}
    wide = {group for group in groups if sum(column.group == group for column in columns) > 1}
    if not wide:
        return [names], []
    upper, lower, merged, said = list[str](), list[str](), list[str](), ""
    over = {group: dice.choice(words[group]) for group in groups}
    for place, (column, name) in enumerate(zip(columns, names, strict=True)):
        if column.group not in wide:
            upper.append(name)
            lower.append("")
            merged.append(f"{letter(place)}{top + 1}:{letter(place)}{top + 2}")
        else:
            upper.append("" if said == column.group else over[column.group])
            lower.append(name)
        said = column.group
    for group in wide:
        places = [place for place, column in enumerate(columns) if column.group == group]
        merged.append(f"{letter(places[0])}{top + 1}:{letter(places[-1])}{top + 1}")
    return [upper, lower], merged


def read(drawn: Drawn, shape: Shape, folder: Path) -> Register | None:
    """The register as it is read from its file; None: nothing in it is known, and it is refused."""
    path = save(folder / f"a.{shape.format}", shape.sheets(drawn.page))
    if shape.format == "csv":
        text = "\r\n".join(";".join(map(str, row)) for row in drawn.page.rows)
        path.write_bytes(text.encode("gb18030"))
    try:
        return read_register(path, shape.kind, FIELDS[shape.kind])
    except Invalid:
        return None


def score(drawn: Drawn, register: Register | None) -> Score:
    """How the columns of one register were read."""
    found = [column.field for column in register.columns] if register else []
    pairs = list(zip(drawn.meant, found, strict=True)) if len(found) == len(drawn.meant) else []
    right = sum(meant == read is not None for meant, read in pairs)
    wrong = sum(read is not None and meant != read for meant, read in pairs)
    return Score(right, wrong, sum(meant is not None for meant in drawn.meant))


def measure(words: str) -> Iterator[tuple[str, Score]]:
    """The shapes and how they were read, in a set of words, over all its seeds."""
    for shape in recall_words.SHAPES:
        total = Score()
        with tempfile.TemporaryDirectory() as folder:
            for seed in SEEDS[words]:
                drawn = draw(shape, recall_words.WORDS[words], seed)
                total += score(drawn, read(drawn, shape, Path(folder)))
        yield shape.name, total


def missed(words: str) -> Iterator[str]:
    """What was read wrongly or not at all, a line each."""
    for shape in recall_words.SHAPES:
        with tempfile.TemporaryDirectory() as folder:
            for seed in SEEDS[words]:
                drawn = draw(shape, recall_words.WORDS[words], seed)
                register = read(drawn, shape, Path(folder))
                if register is None or len(register.columns) != len(drawn.meant):
                    yield f"{shape.name}: {drawn.page.rows[len(shape.titles)]} read as {register and register.header}"
                    continue
                for meant, column in zip(drawn.meant, register.columns, strict=True):
                    if meant != column.field:
                        yield f"{shape.name}: {column.header} is {meant}, read as {column.field}"


def table() -> str:
    """Both sets of words side by side, as in docs/benchmarks.md."""
    both = {words: dict(measure(words)) for words in SEEDS}
    lines = ["| register | recall | precision | recall, held out | precision, held out |", "|---|---|---|---|---|"]
    total = {words: sum(scores.values(), Score()) for words, scores in both.items()}
    for name in [*both["tuned"], "all"]:
        pairs = [(both[words] | {"all": total[words]})[name] for words in SEEDS]
        cells = [f"{figure:.0%}" for each in pairs for figure in (each.recall, each.precision)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write((table() if len(sys.argv) == 1 else "\n".join(sorted(set(missed(sys.argv[1]))))) + "\n")
