"""A statement of the accounting books on its way in: of which day it is, and which class each of its lines means."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

import resources
from models.account_balance import AccountLedger
from models.beside import AssetClass
from resources.words import N_
from services.depreciation_lives import EDITION
from services.desk.work import Work
from services.imports.cells import fold
from services.imports.problems import Problem
from services.imports.register import Register
from services.imports.rows import Row

NO_DAY = N_("nothing says of which day the balance is; write it above the table (2025年12月31日) or in a column")
AHEAD = N_("the balance is of {day}, a day to come; correct the day")
NOTHING = N_("no quantity, original value or net value could be read; correct the cells, or leave the line out")
NO_BOOKS = N_("“{value}” names no books; write 财务账, 总账 or 分账")
CODE = re.compile(r"A(?:\d{2}){1,4}")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:份|末|底)?")
_YEAR = re.compile(r"(\d{4})\s*年\s*(?:度|末|底|年末|年度)")
_ACCOUNT = re.compile(r"^[\s\d.\-]+")  # 1601.02, before the name of an account
_ABOVE = re.compile(r"^(?:其中|固定资产|无形资产原价|原价|原值)+(?=.)")  # 固定资产—房屋 is about the second
_BETWEEN = re.compile(r"[及和与其的]")


def classed(said: str, known: Mapping[str, str]) -> str | None:
    """The whole code (9 characters) a line of the accounts means: a code, or the beginning of one, that is `known`, or
    the name of a class. None: nobody can say."""
    text = said.strip()
    if (found := CODE.match(text.upper())) and (code := found[0].ljust(9, "0")) in known:
        return code
    bare = _bare(text)
    return _words().get(bare) or _names(tuple(known.items())).get(bare)


def _bare(text: str) -> str:
    """A name as it is compared: without number and heading of the account, marks, and the words for “and”."""
    folded = fold(_ACCOUNT.sub("", text))
    return _BETWEEN.sub("", _ABOVE.sub("", folded)) or folded


@cache
def _words() -> dict[str, str]:
    text = resources.path("reference", "account_classes.csv").read_text("utf-8")
    return {_bare(row["word"]): row["code"] for row in csv.DictReader(text.splitlines())}


@cache
def _names(known: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The names of the standard, where only one class has it; the higher level before the lower."""
    found = dict[str, str]()
    for code, name in sorted(known, key=lambda pair: (len(pair[0].rstrip("0")), pair[0])):
        found.setdefault(_bare(name), code)
    return found


def stated_day(titles: Iterable[str]) -> date | None:
    """The day that is written above a statement, of a month or year its last; None where none is."""
    said = list(titles)
    for pattern in (_DAY, _MONTH, _YEAR):
        for title in said:
            if found := pattern.search(title):
                return _day(*map(int, found.groups()))
    return None


def _day(year: int, month: int = 12, day: int = 0) -> date | None:
    try:
        first = date(year, month, 1)
        return first.replace(day=day) if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None


def dated(work: Work, register: Register, home: UUID | None) -> Register:
    """The statement with the day and the class of each line. Its lines are known again by whose books, of which day,
    compound and account they are: the same statement, corrected, changes the figures and adds no line."""
    on = stated_day([*register.titles, PurePath(register.file).stem])
    every = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION)
    known, seen = {row.code: row.name for row in work.session.execute(every)}, Counter[tuple[Any, ...]]()
    ledger = {match.letter for match in register.columns if match.field == "ledger"}
    rows = [_read(_booked(row, ledger), on, work.today, known, seen, home) for row in register.rows]
    return msgspec.structs.replace(register, rows=rows)


def _booked(row: Row, letters: Collection[str]) -> Row:
    """Whose books it is of is not guessed: a line of some that nobody knows would stand for those of finance."""
    problems = [
        msgspec.structs.replace(problem, reason=NO_BOOKS, places={"value": problem.value}, refuses=True)
        if problem.letter in letters else problem for problem in row.problems
    ]  # fmt: skip
    return msgspec.structs.replace(row, problems=tuple(problems))


def _read(
    row: Row, on: date | None, today: date, known: Mapping[str, str], seen: Counter[tuple[Any, ...]], home: UUID | None
) -> Row:
    values = dict(row.values)
    names = [values.pop(name, None) for name in ("class_code", "class_text")]
    names += [values.get("name"), values.get("account")]
    if code := next((found for said in names if said and (found := classed(said, known))), None):
        values["class_code"] = code  # else what somebody chose for the line stays
    values.pop("class_edition", None)
    day = values.setdefault("on", on)
    problems = row.problems if row.refused else (*row.problems, *_wrong(row, values, day, today))
    if day is None or row.number:
        return msgspec.structs.replace(row, values=values, problems=problems)
    at = row.texts.get("compound") or (home.hex if home else "")
    key = (values.get("ledger") or AccountLedger.FINANCE.value, day, at, values.get("account"), values.get("name"))
    seen[key] += 1
    mark = hashlib.sha256("\x1f".join(map(str, (*key, seen[key]))).encode()).hexdigest()[:8].upper()
    number = f"KM-{day:%Y%m%d}-{mark}"
    return msgspec.structs.replace(row, values=values, problems=problems, number=number, ordinal=0)


def _wrong(row: Row, values: Mapping[str, Any], day: date | None, today: date) -> Iterator[Problem]:
    if all(values.get(name) is None for name in ("quantity", "cost", "net")):
        yield Problem(row.row, "", "", NOTHING, "", sheet=row.sheet)
    elif day is None:
        yield Problem(row.row, "", "", NO_DAY, "", sheet=row.sheet)
    elif day > today:
        yield Problem(row.row, "", "", AHEAD, day.isoformat(), True, {"day": day.isoformat()}, row.sheet)
