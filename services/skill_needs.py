"""What certificates posts ask for on a day, of whom, and of how many: what the skill matrix counts against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import Post, PostFunction, PostHolding, PostRequirement, RequirementKind
from models.staff import Staff
from services.certificates_held import Key, raw

Group = tuple[str, ...]  # kinds of certificate of which one will do, in the order of the shipped file


@dataclass(frozen=True)
class Scope:
    """Whose matrix: of some compounds, units, functions of posts, or (empty) of all in reach."""

    compounds: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()
    functions: tuple[PostFunction, ...] = ()
    holder: UUID | None = None  # what is asked of him alone
    post: UUID | None = None  # of this post alone

    def posts(self) -> list[sa.ColumnElement[bool]]:
        """The posts in it."""
        one = (self.post,) if self.post else ()
        return _among((Post.compound_id, self.compounds), (Post.unit_id, self.units), (Post.function, self.functions),
                      (Post.id, one))  # fmt: skip

    def people(self) -> list[sa.ColumnElement[bool]]:
        """The people in it, whatever post they hold."""
        return _among((Staff.compound_id, self.compounds), (Staff.unit_id, self.units))


@dataclass
class Needs:
    """By people as the store keeps their ids: `of`: of whom each group is asked for himself; `some`: whose post asks
    for it of some of its people; `posts`: the compounds of the posts somebody holds. `needed`: how many people of a
    compound must have a group."""

    of: dict[Key, set[Group]] = field(default_factory=lambda: defaultdict(set))
    some: dict[Key, set[Group]] = field(default_factory=lambda: defaultdict(set))
    needed: dict[tuple[Key, Group], int] = field(default_factory=lambda: defaultdict(int))
    posts: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))


def needs(session: Session, on: date, scope: Scope, order: Mapping[str, int]) -> Needs:
    """What the posts in the scope ask for on a day. A post asks as many people as hold it, or as many as the
    requirement says."""
    found, holders = Needs(), defaultdict[Key, set[Key]](set)
    picked = (raw(PostHolding.staff_id), raw(PostHolding.post_id), raw(PostHolding.compound_id))
    held = holdings(on, scope, *picked)
    held = held.join(Staff, Staff.id == PostHolding.staff_id)  # of who is out of reach nobody knows the papers
    for staff, post, compound in session.execute(held):
        holders[post].add(staff)
        found.posts[staff].add(compound)
    for (post, compound), asked in groups_asked(session, on, scope, order).items():
        there = holders.get(post, set())
        for group, some in asked.items():
            found.needed[compound, group] += some or len(there)
            for staff in there:
                (found.some if some else found.of)[staff].add(group)
    return found


def holdings(on: date, scope: Scope, *picked: Any) -> sa.Select[Any]:
    """What is picked of who holds or covers which post of the scope on a day."""
    held = sa.select(*picked).select_from(PostHolding).where(*lasts(PostHolding, on))
    if within := scope.posts():
        held = held.join(Post, Post.id == PostHolding.post_id).where(*within)
    return held.where(PostHolding.staff_id == scope.holder) if scope.holder else held


def groups_asked(
    session: Session, on: date, scope: Scope, order: Mapping[str, int]
) -> dict[tuple[Key, Key], dict[Group, int]]:
    """Post and its compound -> what it asks for -> of how many of its people, 0 for each of them."""
    ask = PostRequirement
    rows = session.execute(
        sa.select(raw(ask.post_id), raw(ask.compound_id), ask.certificate_kind, ask.alternative, ask.holders)
        .join(Post, Post.id == ask.post_id)
        .where(ask.kind == RequirementKind.CERTIFICATE, *lasts(ask, on), *lasts(Post, on), *scope.posts())
        .order_by(ask.n)
    )
    posts = defaultdict[tuple[Key, Key], dict[str, list[tuple[str, int]]]](dict)
    for post, compound, kind, alternative, some in rows:
        posts[post, compound].setdefault(alternative or f"={kind}", []).append((kind or "", some or 0))
    return {post: dict(_group(kinds, order) for kinds in groups.values()) for post, groups in posts.items()}


def _group(kinds: Sequence[tuple[str, int]], order: Mapping[str, int]) -> tuple[Group, int]:
    names = sorted({kind for kind, _ in kinds}, key=lambda kind: order.get(kind, len(order)))
    return tuple(names), max(some for _, some in kinds)


def lasts(kind: type[Any], on: date) -> tuple[sa.ColumnElement[bool], ...]:
    """What has begun and not ended by a day; on its last day it is still there."""
    return sa.or_(kind.from_on.is_(None), kind.from_on <= on), sa.or_(kind.until_on.is_(None), kind.until_on >= on)


def _among(*given: tuple[Any, tuple[Any, ...]]) -> list[sa.ColumnElement[bool]]:
    return [column.in_(values) for column, values in given if values]
