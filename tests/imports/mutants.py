"""Damages good registers in ten thousand ways and takes each in, to the store and back: a sentence or rows, no crash.

`python -m tests.imports.mutants --count 10000` does so for each format and exits 1 when our own code failed. What it
finds is repeated by `--only FORMAT NUMBER`. Reading runs in forked children, confined as the reader's own process is.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import services.registry  # noqa: F401 — the lists and intents people have
from services import intake
from services.desk import keys
from services.desk.desk import Desk
from services.desk.errors import Invalid, UserError
from services.desk.intent import Grant
from services.desk.store import open_file
from services.imports import child, register, workbook
from services.imports.cells import Answer, Sheet, decode, encode
from services.imports.limits import LIMITS
from tests.contents import contents
from tests.imports.seeds import FORMATS, Seed, packed, seeds, unpacked

AT_ONCE, AT_MOST = 50, 4  # files that one child reads, and its seconds of processor time; it needs a tenth of one
_CELL = rb"(?<=>)[^<>]*(?=</)|(?<=[,;\t\n])[^,;\t\r\n]*"
NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048577", b"4294967295", b"99999999999999999999", b"1e400", b"NaN", b"")
SCRAPS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b",", b"\t", b"\r", b"\n", b"'", b"=1+1", b"]]>", b"<!--", b"&#0;",
    b"&#x1F;", b"_x0000_", b"&amp;", b"\xf0\xa0\xae\xb7", b"\xed\xa0\x80", b"\xe2\x80\xae", b"1899-12-31",
    b"9999-99-99", b"/", b"\xe5\x90\x88\xe8\xae\xa1", b"\xe4\xb8\x87\xe5\x85\x83", b"A02010105",
    b"\xef\xbc\x9d\xef\xbc\x91", b"(", b"{0}",
)  # fmt: skip
GENTLE, ROUGH = (6, 7, 8), tuple(range(9))
Said = tuple[bytes, str, float]


def mutant(format: str, number: int, seed: int) -> tuple[Seed, bytes]:
    """The damaged file of this number, always the same, and the good one it was made from."""
    dice, known = random.Random(f"{seed}/{format}/{number}"), seeds()[format]
    chosen = dice.choice(known)
    if format in ("xlsx", "ods") and dice.random() < 0.8:
        return chosen, _repacked(chosen.data, dice)
    return chosen, _damaged(chosen.data, dice.choice(known).data, dice)


def _repacked(data: bytes, dice: random.Random) -> bytes:
    """One part damaged and everything packed anew, sums included, so that it is the parts that are read."""
    parts = unpacked(data)
    cells = [name for name in parts if "sheet" in name or name in ("content.xml", "xl/sharedStrings.xml")]
    name = dice.choice(cells if dice.random() < 0.7 else list(parts))
    gentle = dice.random() < 0.6  # most of what is rough leaves no XML
    parts[name] = _damaged(parts[name], parts[dice.choice(list(parts))], dice, GENTLE if gentle else ROUGH)
    return packed(parts)


def _damaged(data: bytes, other: bytes, dice: random.Random, ways: Sequence[int] = ROUGH) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        data = _once(data, other, dice, dice.choice(ways))
    return data


def _once(data: bytes, other: bytes, dice: random.Random, way: int) -> bytes:
    """One bit flipped, a span cut, doubled or deleted, two files joined, a number, a cell or a scrap in its place."""
    start = dice.randrange(len(data) + 1)
    end = min(len(data), start + dice.choice((1, 2, 4, 16, 100, 1000)))
    match way:
        case 0 if start < len(data):
            return data[:start] + bytes([data[start] ^ 1 << dice.randrange(8)]) + data[start + 1 :]
        case 1:
            return data[:start]
        case 2:
            return data[:end] + data[start:]
        case 3:
            return data[:start] + data[end:]
        case 4:
            return data[:start] + other[dice.randrange(len(other) + 1) :]
        case 5:
            return data[:start] + dice.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * (end - start) + data[end:]
        case 6:
            start, end = _somewhere(rb"\d+", data, dice)
            return data[:start] + dice.choice(NUMBERS) + data[end:]
        case 7:
            (start, end), (first, last) = _somewhere(_CELL, data, dice), _somewhere(_CELL, other, dice)
            return data[:start] + dice.choice((other[first:last], *dice.sample(SCRAPS, 3))) + data[end:]
    return data[:start] + dice.choice(SCRAPS) * dice.choice((1, 1, 3)) + data[start:]


def _somewhere(pattern: bytes, data: bytes, dice: random.Random) -> tuple[int, int]:
    return dice.choice([found.span() for found in re.finditer(pattern, data)] or [(0, 0)])


@dataclass
class Tally:
    """What became of the mutants of one format; `failures` are faults of our own code."""

    seconds: float = 0
    slowest: float = 0
    rows: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def told(self, format: str) -> str:
        """The lines people read."""
        head = f"{format}: {self.rows} rows; {self.seconds:.0f} s, the slowest {self.slowest:.2f} s"
        return "\n".join([head, *(f"  {n:6} {end}" for end, n in self.ends.most_common()), *self.failures])


class Trial:
    """One office that takes mutants in without keeping them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed, self.file = seed, folder / "mutant"
        store = open_file(folder / "dayuan.db", keys.new_data_key(), new=True)
        store.create()
        self.desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "a", (Grant(("*",)),))
        self.desk.do("office.set_up", code="JGSW", name="局", account="a")
        unit = self.desk.do("organizations.add", code="HQ", name="后勤处").value
        self.home: UUID = self.desk.do("compounds.add", code="JSL", name="建设路大院").value
        self.desk.do("buildings.add", compound_id=self.home, code="B1", name="1号楼")
        self.desk.do("staff.add", compound_id=self.home, number="P1", name="李秀英", unit_id=unit)

    def run(self, format: str, numbers: Sequence[int]) -> Tally:
        """Takes these mutants of a format in, one after the other; the office must be as it was."""
        tally, before, begun = Tally(), contents(self.desk.store), time.monotonic()
        for start in range(0, len(numbers), AT_ONCE):
            part = numbers[start : start + AT_ONCE]
            for number, (said, why, seconds) in zip(part, self._answers(format, part), strict=True):
                tally.slowest = max(tally.slowest, seconds)
                tally.ends.update([f"(the reader ended by itself: {why})"] if why else [])
                self._take_in(format, number, said, tally)
        if contents(self.desk.store) != before:
            tally.failures.append(f"{format}: something was stored")
        tally.seconds = time.monotonic() - begun
        return tally

    def _take_in(self, format: str, number: int, said: bytes, tally: Tally) -> None:
        seed, data = mutant(format, number, self.seed)
        self.file.write_bytes(data)
        with mock.patch.object(
            register, "read_workbook", lambda path, tell=None, *, short=False: _heard(said, path.name)
        ):
            begun = time.monotonic()
            try:
                report = intake.run(
                    self.desk, file=str(self.file), kind=seed.kind, compound_id=self.home, dry=True,
                    create=bool(number % 2),
                )  # fmt: skip
                tally.rows += report.read
                tally.ends["read"] += 1
                list(intake.told(report, "zh_CN"))
            except UserError as refusal:
                tally.ends[refusal.message] += 1
                str(refusal)
            except Exception as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                tally.failures.append(f"{format} {number}: {error!r:.200} at {Path(at.filename).name}:{at.lineno}")
            tally.slowest = max(tally.slowest, time.monotonic() - begun)

    def _answers(self, format: str, numbers: Sequence[int]) -> Iterator[Said]:
        """What the reading process says to each; nothing to the one it died of. The next child goes on behind that."""
        done = 0
        while done < len(numbers):
            for said in _forked(self._read(format, numbers[done:])):
                yield said
                done += 1
            if done < len(numbers):
                yield b"", "killed", 0.0
                done += 1

    def _read(self, format: str, numbers: Sequence[int]) -> Iterator[Said]:
        child._confine(replace(LIMITS, cpu_seconds=AT_MOST))
        for number in numbers:
            self.file.write_bytes(mutant(format, number, self.seed)[1])
            begun = time.monotonic()
            said, why = b"", ""
            try:
                said = encode(child.answer(self.file, LIMITS))
            except BaseException as error:  # the process would end here, and say nothing
                why = type(error).__name__
            yield said, why, time.monotonic() - begun


def _heard(said: bytes, file: str) -> list[Sheet]:
    """As `read_workbook` hears it."""
    answer = decode(said) if said else Answer(refusal=workbook.DIED)
    if answer.refusal:
        raise Invalid(answer.refusal, file=file, **answer.values)
    return answer.sheets


def _forked(work: Iterator[Said]) -> Iterator[Said]:
    """What a child of this process makes of the work, as far as it comes."""
    coming, going = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(coming)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where the reader tells its panics
            with os.fdopen(going, "wb") as pipe:
                for said in work:
                    pickle.dump(said, pipe)
                    pipe.flush()
        finally:
            os._exit(0)
    os.close(going)
    with os.fdopen(coming, "rb") as pipe, suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(pipe)
    os.waitpid(pid, 0)


def main() -> int:
    """The mutants that were asked for; 1 when our own code failed at one of them."""
    asked = argparse.ArgumentParser(prog="python -m tests.imports.mutants", description=__doc__)
    asked.add_argument("--count", type=int, default=150)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", nargs=2, metavar=("FORMAT", "NUMBER"))
    chosen = asked.parse_args()
    wanted = {chosen.only[0]: [int(chosen.only[1])]} if chosen.only else dict.fromkeys(FORMATS, range(chosen.count))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), chosen.seed)
        for format, numbers in wanted.items():
            tally = trial.run(format, numbers)
            failed += len(tally.failures)
            sys.stdout.write(tally.told(format) + "\n\n")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
