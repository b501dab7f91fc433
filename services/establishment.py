"""The establishment on a day: how many people each post is approved for, who holds it, since when one is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from services.may_do import present_on
from services.rent_schedule import DAY

OWN = frozenset({Employment.CIVIL_SERVANT, Employment.PUBLIC_INSTITUTION, Employment.WORKMAN})
LENT = frozenset({Employment.AGENCY, Employment.PROVIDER})
UNSEEN, BETWEEN, AT_ONCE = "…", "\n", 500


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
    """Posts that are there on a day with their holders, and everybody who is, by compound and function. The database
    counts; terms are read of posts alone where somebody is missing."""
    held = defaultdict[UUID, list[Any]](list)
    for row in session.execute(_holders(on)):
        held[row.post_id].append(row)
    posts = [(post, _manned(held[post.id])) for post in session.execute(_posts(on))]
    short = [post.id for post, actual in posts if actual.all < post.approved]
    terms = _terms(session, short, on)
    lines = tuple(_line(post, actual, held[post.id], terms, on) for post, actual in posts)
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


def _holders(on: date) -> sa.Executable:
    """How many hold and how many cover each post on a day, by employment, with their names; of somebody whose home is
    out of reach it is only known that he is there."""
    return (
        sa.select(PostHolding.post_id, PostHolding.acting, Staff.employment, sa.func.count(PostHolding.id).label("n"),
                  sa.func.aggregate_strings(Staff.name, BETWEEN).label("names"))
        .outerjoin(Staff, Staff.id == PostHolding.staff_id)
        .where(PostHolding.from_on <= on, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
        .group_by(PostHolding.post_id, PostHolding.acting, Staff.employment)
    )  # fmt: skip


def _terms(session: Session, posts: Sequence[UUID], on: date) -> dict[UUID, list[tuple[date, date | None]]]:
    """From when until when each of these posts was held until a day."""
    found = defaultdict[UUID, list[tuple[date, date | None]]](list)
    for start in range(0, len(posts), AT_ONCE):
        part = PostHolding.post_id.in_(posts[start : start + AT_ONCE])
        picked = sa.select(PostHolding.post_id, PostHolding.from_on, PostHolding.until_on)
        for row in session.execute(picked.where(part, PostHolding.acting.is_(False), PostHolding.from_on <= on)):
            found[row.post_id].append((row.from_on, row.until_on))
    return found


def _postless(on: date) -> sa.Executable:
    """How many people hold nothing on a day, by compound and employment; who joins later or left is not counted."""
    holds = (
        sa.exists()
        .where(PostHolding.staff_id == Staff.id, PostHolding.acting.is_(False), PostHolding.alive)
        .where(PostHolding.from_on <= on, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
    )
    return (
        sa.select(Staff.compound_id, Compound.name, Staff.employment, sa.func.count(Staff.id))
        .join(Compound, Compound.id == Staff.compound_id)
        .where(*present_on(on), sa.not_(holds))
        .group_by(Staff.compound_id, Compound.name, Staff.employment)
        .order_by(Compound.name)
    )


def _line(post: Any, actual: Manned, held: Sequence[Any], terms: Mapping[UUID, Any], on: date) -> PostLine:
    missing = actual.all < post.approved
    since = vacant_since(terms.get(post.id, ()), post.approved, on, post.from_on) if missing else None
    return PostLine(
        post.id, post.number, post.name, post.function, post.unit or "", post.compound_id, post.compound,
        post.approved, actual, since, _names(held, acting=False), _names(held, acting=True),
    )  # fmt: skip


def _manned(held: Iterable[Any]) -> Manned:
    return sum((manned(row.employment, row.n) for row in held if not row.acting), Manned())


def _names(held: Iterable[Any], *, acting: bool) -> tuple[str, ...]:
    """In the order of the names; whoever is out of reach comes last."""
    rows = [row for row in held if row.acting is acting]
    known = sorted(name for row in rows if row.names for name in row.names.split(BETWEEN))
    return (*known, *[UNSEEN] * (sum(row.n for row in rows) - len(known)))


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
