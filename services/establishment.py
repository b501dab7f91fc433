"""The establishment on a day: how many people each post is approved for, who holds it, since when one is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.organization import Organization
from models.post import Post, PostFunction, PostHolding
from models.staff import Employment, Staff
from resources.words import N_
from services.desk.intent import query

OWN = frozenset({Employment.CIVIL_SERVANT, Employment.PUBLIC_INSTITUTION, Employment.WORKMAN})
LENT = frozenset({Employment.AGENCY, Employment.PROVIDER})
DAY, UNSEEN = timedelta(days=1), "…"


@dataclass(frozen=True)
class Manned:
    """People by how they are employed: the office's own, on contract, of agencies and providers, not said."""

    own: int = 0
    contract: int = 0
    agency: int = 0
    unsaid: int = 0

    @property
    def all(self) -> int:
        """How many they are together."""
        return self.own + self.contract + self.agency + self.unsaid

    def __add__(self, other: Manned) -> Manned:
        return Manned(self.own + other.own, self.contract + other.contract, self.agency + other.agency,
                      self.unsaid + other.unsaid)  # fmt: skip


@dataclass(frozen=True)
class PostLine:
    """One post: how many are approved and there, since which day one is missing, who covers it."""

    id: UUID
    number: str
    name: str
    function: PostFunction
    unit: str
    compound_id: UUID
    compound: str
    approved: int
    actual: Manned
    vacant_since: date | None
    holders: tuple[str, ...]
    covered_by: tuple[str, ...]

    @property
    def vacant(self) -> int:
        """How many are missing."""
        return max(0, self.approved - self.actual.all)

    @property
    def over(self) -> int:
        """How many are there beyond what is approved."""
        return max(0, self.actual.all - self.approved)


@dataclass(frozen=True)
class Staffed:
    """The people of one compound and function (None: they hold no post), with how many are approved."""

    compound_id: UUID
    compound: str
    function: PostFunction | None
    approved: int
    actual: Manned


@dataclass(frozen=True)
class Establishment:
    """All posts within reach on a day, and the people by compound and function."""

    on: date
    posts: tuple[PostLine, ...]
    by_function: tuple[Staffed, ...]

    @property
    def approved(self) -> int:
        """How many people all posts are approved for."""
        return sum(line.approved for line in self.posts)

    @property
    def actual(self) -> Manned:
        """Everybody who is there, with a post or without."""
        return sum((line.actual for line in self.by_function), Manned())

    @property
    def vacant(self) -> int:
        """How many are missing in posts."""
        return sum(line.vacant for line in self.posts)


@query(N_("Establishment on a day"), on=Post, name="posts.establishment")
def establishment(session: Session, on: date) -> Establishment:
    """Posts that are there on a day with their holders, and everybody who is, by compound and function. Three selects,
    whatever the size of the office."""
    held = defaultdict[UUID, list[Any]](list)
    for row in session.execute(_holdings(on)):
        held[row.post_id].append(row)
    lines = tuple(_line(post, held[post.id], on) for post in session.execute(_posts(on)))
    return Establishment(on, lines, tuple(_by_function(lines, session.execute(_postless(on)))))


def _posts(on: date) -> sa.Executable:
    return (
        sa.select(Post.id, Post.number, Post.name, Post.function, Post.approved, Post.from_on, Post.compound_id,
                  Compound.name.label("compound"), Organization.name.label("unit"))
        .join(Compound, Compound.id == Post.compound_id)
        .outerjoin(Organization, Organization.id == Post.unit_id)
        .where(sa.or_(Post.from_on.is_(None), Post.from_on <= on), sa.or_(Post.until_on.is_(None), Post.until_on >= on))
        .order_by(Compound.code, Post.number)
    )  # fmt: skip


def _holdings(on: date) -> sa.Executable:
    """Everybody who ever held or covered a post until a day, the first of them first; of somebody whose home is out of
    reach it is only known that he is there."""
    return (
        sa.select(PostHolding.post_id, PostHolding.staff_id, PostHolding.from_on, PostHolding.until_on,
                  PostHolding.acting, Staff.name, Staff.employment)
        .outerjoin(Staff, Staff.id == PostHolding.staff_id)
        .where(PostHolding.from_on <= on)
        .order_by(PostHolding.from_on, PostHolding.n)
    )  # fmt: skip


def _postless(on: date) -> sa.Executable:
    """How many people hold nothing on a day, by compound and employment; who joins later or left is not counted."""
    holds = (
        sa.exists()
        .where(PostHolding.staff_id == Staff.id, PostHolding.acting.is_(False), PostHolding.alive)
        .where(PostHolding.from_on <= on, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
    )
    here = (
        sa.or_(Staff.joined_on.is_(None), Staff.joined_on <= on),
        sa.or_(Staff.left_on.is_(None), Staff.left_on >= on),
    )
    return (
        sa.select(Staff.compound_id, Compound.name, Staff.employment, sa.func.count(Staff.id))
        .join(Compound, Compound.id == Staff.compound_id)
        .where(*here, sa.not_(holds))
        .group_by(Staff.compound_id, Compound.name, Staff.employment)
        .order_by(Compound.name)
    )


def _line(post: Any, held: Sequence[Any], on: date) -> PostLine:
    now = [row for row in held if row.until_on is None or row.until_on >= on]
    holding = [row for row in now if not row.acting]
    actual = sum((manned(row.employment) for row in holding), Manned())
    since = vacant_since([(r.from_on, r.until_on) for r in held if not r.acting], post.approved, on, post.from_on)
    return PostLine(
        post.id, post.number, post.name, post.function, post.unit or "", post.compound_id, post.compound,
        post.approved, actual, since, _names(holding), _names(row for row in now if row.acting),
    )  # fmt: skip


def _names(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(row.name or UNSEEN for row in rows)


def vacant_since(terms: Iterable[tuple[date, date | None]], approved: int, on: date, first: date | None) -> date | None:
    """Since which day a post has had fewer people than approved, as it has on a day; None: it has not, or nobody knows
    since when. `terms` are the days people held it from and to, `first` is the first day of the post."""
    steps = defaultdict[date, int](int)
    for from_on, until_on in terms:
        steps[from_on] += 1
        if until_on is not None and until_on < on:
            steps[until_on + DAY] -= 1
    count, since = 0, first
    for day in sorted(steps):
        before, count = count, count + steps[day]
        if count >= approved:
            since = None
        elif before >= approved:
            since = day
    return since if count < approved else None


def manned(employment: Employment | None, count: int = 1) -> Manned:
    """So many people of one employment."""
    if employment is None:
        return Manned(unsaid=count)
    if employment in OWN:
        return Manned(own=count)
    return Manned(agency=count) if employment in LENT else Manned(contract=count)


def _by_function(lines: Iterable[PostLine], postless: Iterable[Any]) -> list[Staffed]:
    """Compounds in the order of their lines, functions in theirs; who holds no post comes last in his compound."""
    found = dict[tuple[UUID, PostFunction | None], Staffed]()
    places = dict[UUID, int]()
    for line in lines:
        _put(found, places, Staffed(line.compound_id, line.compound, line.function, line.approved, line.actual))
    for compound, name, employment, count in postless:
        _put(found, places, Staffed(compound, name, None, 0, manned(employment, count)))
    order = list(PostFunction)
    return sorted(
        found.values(),
        key=lambda row: (places[row.compound_id], len(order) if row.function is None else order.index(row.function)),
    )


def _put(found: dict[Any, Staffed], places: dict[UUID, int], more: Staffed) -> None:
    places.setdefault(more.compound_id, len(places))
    key, was = (more.compound_id, more.function), found.get((more.compound_id, more.function))
    found[key] = more if was is None else Staffed(
        was.compound_id, was.compound, was.function, was.approved + more.approved, was.actual + more.actual
    )  # fmt: skip
