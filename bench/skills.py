"""20,000 people, their posts and certificates: the skill matrix, what is due and who may do some work, against bare SQL
of the same rows on the same store."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import services.registry  # noqa: F401 — the queries people have
from bench import million
from bench.figures import HEAD, Figure, told
from bench.premises import against
from models.base import Entity, new_id, table
from models.certificate import Certificate, CertificateRecheck
from models.compound import Compound
from models.organization import Organization
from models.post import Post, PostFunction, PostHolding, PostRequirement, RequirementKind
from models.staff import AbsenceKind, Staff, StaffAbsence
from services import office
from services.certificate_state import last_day
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.work import Work

COMPOUNDS, UNITS, POSTS, PEOPLE, ON = 40, 200, 2_000, 20_000, date(2026, 11, 23)
KINDS = (("low_voltage", 72), ("welding", 72), ("boiler_g1", 48), ("health", 12), ("guard", 0), ("fire_4", 0))
LIMIT = 3.0
Row = Mapping[str, Any]
staff, paper, check, post, holding, asks, away, home, unit = (
    table(kind) for kind in (Staff, Certificate, CertificateRecheck, Post, PostHolding, PostRequirement, StaffAbsence,
                             Compound, Organization)
)  # fmt: skip


@intent("Load people for measuring", name="bench.load_people")
def load(work: Work, /, kind: type[Entity], rows: Iterable[Row]) -> None:
    """Many at once."""
    work.bulk_insert(kind, rows)


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        opened = office.set_up(
            Path(folder), name="测", code="BENCH", account="admin", password="measure this", cost=keys.FLOOR
        )
        desk = million.desk(opened.desk.store)
        one = fill(desk)
        ask = partial[object]
        what: tuple[tuple[str, float, int, Callable[[], object], list[sa.Select[Any]]], ...] = (
            (f"skill matrix of {PEOPLE:,} people", LIMIT, 1, ask(desk.ask, "staff.matrix", on=ON), _matrix()),
            ("… certificates that are due", LIMIT, 1, ask(desk.ask, "certificates.due", on=ON), _due()),
            ("… who may do low-voltage work", LIMIT, 1,
             ask(desk.ask, "staff.who_may", trade="low_voltage_work", on=ON), _who()),
            ("… whether one person may", 20.0, 50,
             ask(desk.ask, "staff.may_do", staff_id=one, trade="low_voltage_work", on=ON), _one()),
        )  # fmt: skip
        for name, limit, times, ours, floor in what:
            yield against(desk, name, limit, times, ours, floor)
        opened.close()


def fill(desk: Desk, more: Callable[[int], Row] = lambda n: {}) -> UUID:
    """Posts of ten people each, what they require, and a paper or two of nine in ten; the id of the fifth person.
    `more`: what else is known of the nth."""
    homes = [{"id": new_id(), "code": f"C{n:03d}", "name": f"大院{n}"} for n in range(COMPOUNDS)]
    units = [{"id": new_id(), "code": f"U{n:03d}", "name": f"单位{n}"} for n in range(UNITS)]
    posts: list[Row] = [
        {"id": new_id(), "compound_id": homes[n % COMPOUNDS]["id"], "number": f"GW{n}", "name": f"岗位{n}",
         "function": list(PostFunction)[n % 14]} for n in range(POSTS)
    ]  # fmt: skip
    people: list[Row] = [
        {"id": new_id(), "compound_id": posts[n % POSTS]["compound_id"], "number": f"P{n}", "name": f"某{n}",
         "unit_id": units[n % UNITS]["id"], "post_id": posts[n % POSTS]["id"], **more(n)} for n in range(PEOPLE)
    ]  # fmt: skip
    papers = [row for n, person in enumerate(people) for row in _papers(n, person)]
    for kind, rows in (
        (Compound, homes), (Organization, units), (Post, posts), (Staff, people), (PostHolding, map(_holding, people)),
        (PostRequirement, [_asked(n, post) for n, post in enumerate(posts)]), (Certificate, papers),
        (CertificateRecheck, filter(None, map(_checked, papers))),
        (StaffAbsence, [_absence(person) for person in people[::97]]),
    ):  # fmt: skip
        desk.do(load, kind, rows)
    found = people[4]["id"]
    assert isinstance(found, UUID)
    return found


def _papers(n: int, person: Row) -> Iterator[Row]:
    for turn in range(1 + n % 2 if n % 10 else 0):
        kind, months = KINDS[(n // POSTS + n + turn * 3) % len(KINDS)]
        issued = ON - timedelta(days=(n * 37 + turn * 11) % ((months or 60) * 31))
        yield {
            "id": new_id(), "compound_id": person["compound_id"], "staff_id": person["id"], "number": f"ZS{n}-{turn}",
            "kind": kind, "paper_no": f"T{n}{turn}", "issuer": "某局", "issued_on": issued,
            "valid_until": last_day(issued, months) if months else None,
        }  # fmt: skip


def _checked(row: Row) -> Row | None:
    on = last_day(row["issued_on"], 36) - timedelta(days=20)
    if row["kind"] not in ("low_voltage", "welding") or on > ON:
        return None
    return {"compound_id": row["compound_id"], "certificate_id": row["id"], "on": on, "passed": True, "hours": 8}


def _holding(person: Row) -> Row:
    return {"compound_id": person["compound_id"], "post_id": person["post_id"], "staff_id": person["id"],
            "from_on": date(2020, 1, 1), "acting": False}  # fmt: skip


def _asked(n: int, post: Row) -> Row:
    return {"compound_id": post["compound_id"], "post_id": post["id"], "kind": RequirementKind.CERTIFICATE,
            "certificate_kind": KINDS[n % len(KINDS)][0], "from_on": date(2020, 1, 1)}  # fmt: skip


def _absence(person: Row) -> Row:
    return {"compound_id": person["compound_id"], "staff_id": person["id"], "kind": AbsenceKind.ANNUAL,
            "from_on": ON - timedelta(days=2), "until_on": ON + timedelta(days=2)}  # fmt: skip


# What anybody would send


def _there(t: sa.Table) -> sa.ColumnElement[bool]:
    return t.c.alive == sa.true()


def _held() -> sa.Select[Any]:
    names = ("id", "staff_id", "kind", "number", "paper_no", "issued_on", "valid_until", "revoked_on")
    return sa.select(*(paper.c[name] for name in names)).where(_there(paper))


def _passed() -> sa.Select[Any]:
    """The newest re-check of each."""
    found = sa.select(check.c.certificate_id, sa.func.max(check.c.on)).where(_there(check), check.c.passed == sa.true())
    return found.group_by(check.c.certificate_id)


def _matrix() -> list[sa.Select[Any]]:
    """Everybody with his home, in order; posts held; what they require; papers and re-checks."""
    people = (
        sa.select(staff.c.id, staff.c.compound_id, staff.c.name)
        .outerjoin_from(staff, home, home.c.id == staff.c.compound_id)
        .outerjoin(unit, unit.c.id == staff.c.unit_id)
        .where(_there(staff)).order_by(home.c.code, unit.c.code, staff.c.number)
    )  # fmt: skip
    held = (
        sa.select(holding.c.staff_id, holding.c.post_id, post.c.compound_id)
        .join_from(holding, post, post.c.id == holding.c.post_id).where(_there(holding), holding.c.from_on <= ON)
    )  # fmt: skip
    return [people, held, sa.select(asks).where(_there(asks)), _held(), _passed()]


def _due() -> list[sa.Select[Any]]:
    """Whose papers end, or whose re-check may, in the days that are listed."""
    checked = sa.and_(paper.c.kind.in_(("low_voltage", "welding")), paper.c.issued_on <= date(2024, 2, 22))
    near = sa.or_(paper.c.valid_until.between(ON - timedelta(days=365), ON + timedelta(days=90)), checked)
    whose = sa.select(staff.c.id, staff.c.name, staff.c.number, unit.c.name, home.c.name).select_from(
        staff.outerjoin(unit, unit.c.id == staff.c.unit_id).outerjoin(home, home.c.id == staff.c.compound_id)
    )
    return [_held().where(near), _passed(), whose.where(_there(staff))]


def _who() -> list[sa.Select[Any]]:
    people = sa.select(staff.c.id, staff.c.name, staff.c.number).where(_there(staff))
    gone = sa.select(away.c.staff_id).where(_there(away), away.c.from_on <= ON, away.c.until_on >= ON)
    return [_held().where(paper.c.kind == "low_voltage"), _passed(), people, gone]


def _one() -> list[sa.Select[Any]]:
    him = sa.select(staff.c.id).where(staff.c.number == "P4").scalar_subquery()
    return [sa.select(staff).where(staff.c.number == "P4"), _held().where(paper.c.staff_id == him),
            sa.select(away).where(away.c.staff_id == him)]  # fmt: skip


if __name__ == "__main__":
    print(told(HEAD), flush=True)
    figures = list(measure())
    for figure in figures:
        print(figure.line(), flush=True)
    sys.exit(any(figure.over for figure in figures))
