"""The page of a post: how it is manned, who held it from when until when, what it asks for and who lacks what of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import Post, RequirementKind
from models.staff import Staff
from resources.words import N_
from services.certificate_kinds import kinds
from services.certificates_held import Held, Key, best, held, raw
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.work import NO_RECORD
from services.establishment import vacant_since
from services.may_do import lacking
from services.post_asked import asked_by, judged
from services.reasons import Reason
from services.skill_needs import Group, Scope, groups_asked

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Holder:
    """Somebody who held or covers the post, as the list of holdings shows it (`row`); `here`: on the day; `lacks`: what
    he does not meet then. None where his papers are out of reach."""

    row: Row
    here: bool
    lacks: tuple[Reason, ...] | None


@dataclass(frozen=True)
class Requirement:
    """One thing it asks for (`row`, as the list shows it); `now`: on the day. `met` of those who hold or cover it meet
    it, and `needed` must; what cannot be told of somebody, or may not be, counts as not met by nobody."""

    row: Row
    now: bool
    met: int
    needed: int

    @property
    def short(self) -> bool:
        """Fewer meet it than must."""
        return self.now and self.met < self.needed


@dataclass(frozen=True)
class PostSheet:
    """`row` is the post as the list shows it; `actual` hold it on the day, one is missing since `vacant_since`."""

    id: UUID
    row: Row
    actual: int
    vacant_since: date | None
    holders: tuple[Holder, ...]
    requirements: tuple[Requirement, ...]

    @property
    def vacant(self) -> int:
        """How many are missing."""
        return max(0, int(self.row["approved"]) - self.actual)

    @property
    def covered_by(self) -> tuple[str, ...]:
        """Who covers it on the day."""
        return tuple(str(one.row["staff"]) for one in self.holders if one.here and one.row["acting"])


@query(N_("A post with its people and what it asks for"), on=Post, name="posts.sheet")
def sheet(session: Session, post_id: UUID, on: date) -> PostSheet:
    """Everything its page shows as of a day. Missing: there is no such post in reach."""
    post, read = session.get(Post, post_id), cast("DeskSession", session)
    rows = Reader(read, View("posts")).page([post.n]) if post else []
    if post is None or not rows:
        raise Missing(NO_RECORD)
    held_rows = _rows(read, "post_holdings", post_id)
    there = [row for row in held_rows if _lasts(row, on)]
    look = _Look(session, post_id, on, [row["staff_id"] for row in there])
    holders = tuple(Holder(row, row in there, look.lacks(row["staff_id"]) if row in there else ()) for row in held_rows)
    own = [row for row in there if not row["acting"]]
    since = None
    if len(own) < post.approved:
        terms = [(row["from_on"], row["until_on"]) for row in held_rows if not row["acting"] and row["from_on"] <= on]
        since = vacant_since(terms, post.approved, on, post.from_on)
    asked = tuple(look.requirement(row) for row in _rows(read, "post_requirements", post_id))
    return PostSheet(post.id, rows[0], len(own), since, holders, asked)


class _Look:
    """How those who hold or cover a post on a day stand to what it asks for."""

    def __init__(self, session: Session, post_id: UUID, on: date, people: list[UUID]) -> None:
        self.on = on
        found = sa.select(raw(Staff.id), Staff.id).where(Staff.id.in_(people))
        self.keys: dict[UUID, Key] = {id: key for key, id in session.execute(found)}
        asked, order = (
            groups_asked(session, on, Scope(post=post_id), kinds(session).order),
            asked_by(session, on, post_id),
        )
        self.groups: dict[Group, int] = {group: some for found_ in asked.values() for group, some in found_.items()}
        self.papers: dict[Key, dict[str, Held]] = {key: {} for key in self.keys.values()}
        for (key, kind), paper in best(held(session, on, people=list(self.keys))).items() if self.groups else ():
            self.papers[key][kind] = paper
        self.judged = judged(session, on, dict.fromkeys(self.papers, order))

    def lacks(self, person: UUID) -> tuple[Reason, ...] | None:
        """What somebody does not meet of what is asked of each."""
        key = self.keys.get(person)
        if key is None:
            return None
        found = [lacking(group, self.papers[key], self.on) for group, some in self.groups.items() if not some]
        found += [row.why() for row in self.judged.get(key, ()) if row.lacking]
        return tuple(why for why in found if why is not None)

    def requirement(self, row: Row) -> Requirement:
        """How many meet one."""
        now = _lasts(row, self.on)
        if row["kind"] is RequirementKind.CERTIFICATE:
            group = next((group for group in self.groups if row["certificate_kind"] in group), ())
            met = sum(lacking(group, papers, self.on) is None for papers in self.papers.values()) if group else 0
        else:
            met = sum(one.asked.id == row["id"] and not one.lacking for rows in self.judged.values() for one in rows)
        return Requirement(row, now, met if now else 0, (row["holders"] or len(self.papers)) if now else 0)


def _rows(session: DeskSession, listing: str, post_id: UUID) -> list[Row]:
    """Of one list what is about a post, what is or was last first."""
    reader = Reader(session, View(listing, filters=(("post_id", (post_id,)),)))
    return sorted(reader.page(reader.ids()), key=_newest)


def _lasts(row: Row, on: date) -> bool:
    return bool(row["from_on"] <= on and (row["until_on"] is None or row["until_on"] >= on))


def _newest(row: Row) -> tuple[int, int]:
    """Those that last first, the newest on top; then those that are over, the last to end on top."""
    ends = row["until_on"] or date.max
    return -ends.toordinal(), -row["from_on"].toordinal()
