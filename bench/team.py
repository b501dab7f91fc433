"""20,000 people: how they are made up, who retires, what certificates cover and the compounds side by side, against
bare SQL of the same rows on the same store."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import lessons, million, skills
from bench.figures import HEAD, Figure, told
from bench.premises import against
from models.base import table
from models.post import Post, PostHolding
from models.staff import EducationLevel, Employment, SkillLevel, Staff
from services import office
from services.age_bands import bands
from services.desk import keys
from services.staff_structure import YEARS, By

ON, LIMIT = date(2026, 11, 23), 3.0
KINDS, LEVELS, STEPS = list(Employment), list(EducationLevel), [None, *SkillLevel]
staff, post, holding = (table(kind) for kind in (Staff, Post, PostHolding))
Select = sa.Select[Any]


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        skills.fill(desk, facts)
        lessons.fill(desk)
        ask = partial(desk.ask, on=ON)
        by = {kind: partial(ask, "staff.structure", by=kind) for kind in By}
        yield against(desk, "structure of 20,000 people by compound", LIMIT, 1, by[By.COMPOUND],
                      _counts(staff.c.compound_id, ON))  # fmt: skip
        yield against(desk, "… by post function", LIMIT, 1, by[By.FUNCTION], _counts(_function(), ON, held=True))
        ends = [ON, *(date(ON.year - n, 12, 31) for n in range(1, YEARS))]
        floor = [count for on in ends for count in _counts(None, on)]
        yield against(desk, "… at the ends of six years", LIMIT, 1, by[By.YEAR], floor)
        yield against(desk, "… retirements ahead", LIMIT, 1, partial(ask, "staff.retiring"), [_ahead()])
        yield against(desk, "… what certificates cover", LIMIT, 1, partial(ask, "staff.coverage"), skills._matrix())  # noqa: SLF001
        rows = [*_counts(staff.c.compound_id, ON), *skills._matrix(), *lessons._hours()]  # noqa: SLF001
        yield against(desk, "… the compounds side by side", LIMIT, 1, partial(ask, "staff.compare"), rows)
        opened.close()


def facts(n: int) -> Mapping[str, Any]:
    """Birth, schooling, skill, employment and day of retirement of the nth person."""
    return {
        "born_on": date(1962 + n % 44, 1 + n % 12, 1 + n % 28), "employment": KINDS[n % 6],
        "education": LEVELS[n * 7 % 6], "skill_level": STEPS[n * 5 % 9], "joined_on": date(2005 + n % 21, 3, 1),
        "retires_on": date(2025 + n % 40, 1 + n % 12, 1),
    }  # fmt: skip


# What anybody would send


def _here(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        staff.c.alive == sa.true(), sa.or_(staff.c.left_on.is_(None), staff.c.left_on >= on),
        sa.or_(staff.c.joined_on.is_(None), staff.c.joined_on <= on),
    )  # fmt: skip


HELD = (
    sa.select(holding.c.staff_id, sa.func.min(post.c.function).label("function"))
    .join_from(holding, post, post.c.id == holding.c.post_id)
    .where(holding.c.alive == sa.true(), holding.c.acting == sa.false(), holding.c.from_on <= ON)
    .group_by(holding.c.staff_id).subquery()
)  # fmt: skip


def _function() -> Any:
    return HELD.c.function


def _counts(by: Any, on: date, *, held: bool = False) -> list[Select]:
    """Four counts and the sum of ages."""
    cases = []
    for band in bands(on):
        first, last = (day or edge for day, edge in zip(band.born(on), (date.min, date.max), strict=True))
        cases.append((staff.c.born_on.between(first, last), band.label))
    group = [] if by is None else [by]
    source: Any = staff.outerjoin(HELD, HELD.c.staff_id == staff.c.id) if held else staff
    columns = (staff.c.employment, staff.c.education, staff.c.skill_level, sa.case(*cases))
    counts = [
        sa.select(*group, column, sa.func.count()).select_from(source).where(*_here(on)).group_by(*group, column)
        for column in columns
    ]
    sums = (sa.func.sum(sa.extract(part, staff.c.born_on)) for part in ("year", "month"))
    return [*counts, sa.select(*group, sa.func.count(), *sums).select_from(source).where(*_here(on)).group_by(*group)]


def _ahead() -> Select:
    year = sa.extract("year", staff.c.retires_on)
    source = staff.outerjoin(HELD, HELD.c.staff_id == staff.c.id)
    picked = sa.select(year, HELD.c.function, sa.func.count()).select_from(source)
    return picked.where(*_here(ON)).group_by(year, HELD.c.function)


if __name__ == "__main__":
    print(told(HEAD), flush=True)
    figures = list(measure())
    for figure in figures:
        print(figure.line(), flush=True)
    sys.exit(any(figure.over for figure in figures))
