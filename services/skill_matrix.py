"""The skill matrix: people against kinds of certificate, how many may be counted on, and where too few may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.organization import Organization
from models.post import Post, PostFunction, PostHolding, RequirementKind
from models.staff import Staff
from resources.rest import resting
from resources.words import N_
from services.certificate_kinds import kinds, steps
from services.certificate_state import HOLDS, State
from services.certificates_held import Held, Key, as_id, best, held, raw
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.may_do import present_on
from services.post_fitness import Fitness
from services.posts_held import posts_on
from services.reasons import Reason
from services.skill_needs import Needs, Scope, holdings, needs
from services.skill_risks import Risk, Weak, find, worst

if TYPE_CHECKING:
    from services.post_asked import Judged

COURSE, SCHOOLING, AGE, ASKED_BY_POST = "@course", "@education", "@age", "post"
OTHERS = {  # columns beside the certificates, in their order
    COURSE: (RequirementKind.COURSE,), SCHOOLING: (RequirementKind.EDUCATION,),
    AGE: (RequirementKind.LEAST_AGE, RequirementKind.MOST_AGE),
}  # fmt: skip
SHOWN = 300  # people with a row; all are counted


@dataclass(frozen=True)
class Cell:
    """What somebody has of a kind. Without a `state` he has none and his post asks for it; `asked`: the post does."""

    state: State | None
    asked: bool
    until: date | None = None
    rechecked: bool = False
    near: bool = False  # within the nearest of the days warned of
    certificate_id: UUID | None = None
    why: tuple[Reason, ...] = ()  # what of it is not met, of what is no certificate
    unsaid: bool = False  # nobody entered what it could be told by


@dataclass(frozen=True)
class Person:
    """A row: who, in which post or unit, and his cells by kind."""

    id: UUID
    name: str
    number: str
    post: str
    unit: str
    compound_id: UUID
    compound: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Column:
    """A kind, by its category; how many hold it (of the first of a group: it or what does instead), how many are
    needed, and what is weak about it."""

    kind: str
    category: str
    valid: int
    needed: int
    weak: Weak | None


@dataclass(frozen=True)
class Matrix:
    """`count` people have a row, the first of them are here; `scope` names in how many compounds."""

    on: date
    near: int
    count: int
    compounds: int
    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    risks: tuple[Risk, ...]


@query(N_("Skill matrix on a day"), on=Staff, name="staff.matrix")
def matrix(
    session: Session, on: date, compound_ids: Sequence[UUID] = (), unit_ids: Sequence[UUID] = (),
    functions: Sequence[PostFunction] = (),
) -> Matrix:  # fmt: skip
    """Everybody here who holds a certificate or whose post asks for one, of some compounds, units, functions."""
    with resting():
        return Reading(session, on, scope_of(compound_ids, unit_ids, functions)).matrix()


def other_cells(rows: Sequence[Judged], on: date, near: int) -> dict[str, Cell]:
    """Courses, schooling and age of somebody as cells, each of the worst that is asked of him."""
    made = dict[str, Cell]()
    for kind, of in OTHERS.items():
        mine = [row for row in rows if row.asked.asks.kind in of]
        if not mine:
            continue
        why = tuple(reason for row in mine if row.lacking and (reason := row.why()))
        ends = [row.answer.until for row in mine if row.answer.until and (not why or row.lacking)]
        until = min(ends, default=None)
        state: State | None = None
        if not any(row.answer.state is not Fitness.MET for row in mine):
            state = State.VALID
        elif why and all(row.answer.until for row in mine if row.lacking):
            state = State.EXPIRED
        soon = state is State.VALID and until is not None and (until - on).days <= near
        made[kind] = Cell(state, True, until, near=soon, why=why, unsaid=not why and state is None)
    return made


DAY_OF = FieldSpec("staff", "on", Kind.DATE, True)
SCOPED = (
    FieldSpec("post", "compound_ids", Kind.REFERENCE, target="compound", many=True),
    FieldSpec("post", "unit_ids", Kind.REFERENCE, target="organization", many=True),
    replace(describe(Post)["function"], name="functions", required=False, many=True, shared="post.function"),
)
takes("staff.matrix", (DAY_OF, *SCOPED))


def scope_of(compounds: Sequence[UUID], units: Sequence[UUID], functions: Sequence[PostFunction]) -> Scope:
    """What was asked for; the functions of posts may be named by their values."""
    return Scope(tuple(compounds), tuple(units), tuple(map(PostFunction, functions)))


class Reading:
    """One matrix while it is made. People and compounds go by the keys of the store until they are told."""

    def __init__(self, session: Session, on: date, scope: Scope) -> None:
        self.session, self.on, self.scope, self.kinds = session, on, scope, kinds(session)
        self.near = min(steps())
        self.needs: Needs = needs(session, on, scope, self.kinds.order)
        self.homes: dict[Key, Key] = dict(session.execute(self._present()).all())
        self.mine = defaultdict[Key, dict[str, Held]](dict)
        self.others: Mapping[Key, Sequence[Judged]] = {}  # what posts ask for besides, where that is looked at
        within = None if scope == Scope() else [as_id(person) for person in self.homes]
        for (person, kind), row in best(held(session, on, people=within)).items():
            if person in self.homes:
                self.mine[person][kind] = row

    def _present(self) -> sa.Select[Any]:
        """Everybody who is here, with his home, in the order of the rows: who is at home in the scope, or holds a post
        of it; of functions those alone who hold one."""
        found = (
            sa.select(raw(Staff.id), raw(Staff.compound_id))
            .outerjoin(Compound, Compound.id == Staff.compound_id)
            .outerjoin(Organization, Organization.id == Staff.unit_id)
            .where(*present_on(self.on))
            .order_by(Compound.code, Organization.code, Staff.number)
        )
        if self.scope == Scope():
            return found
        here = Staff.id.in_(holdings(self.on, self.scope, PostHolding.staff_id))
        return found.where(here if self.scope.functions else sa.or_(here, sa.and_(*self.scope.people())))

    def matrix(self) -> Matrix:
        """All of it."""
        asked = self.needs.of.keys() | self.others.keys()
        rows = [person for person in self.homes if person in self.mine or person in asked]
        where = {row.id: row.name for row in self.session.scalars(sa.select(Compound))}
        risks = tuple(find(self.session, self.needs, self.homes, self.mine, self.on + timedelta(days=self.near),
                           self._place, where))  # fmt: skip
        seen = {self.homes[person] for person in rows}
        people = self._people([as_id(person) for person in rows[:SHOWN]], where)
        return Matrix(self.on, self.near, len(rows), len(seen), tuple(people), tuple(self._columns(risks)), risks)

    # People

    def _people(self, ids: list[UUID], where: Mapping[UUID, str]) -> Iterable[Person]:
        found = (
            sa.select(Staff.id, raw(Staff.id), Staff.name, Staff.number, Staff.compound_id, Organization.name)
            .outerjoin(Organization, Organization.id == Staff.unit_id)
            .where(Staff.id.in_(ids))
        )
        said, posts = {row[0]: row for row in self.session.execute(found)}, posts_on(self.session, self.on, ids)
        for id in ids:
            if id in said:
                _, key, name, number, home, unit = said[id]
                post = posts[key].name if key in posts else ""
                yield Person(id, name, number, post, unit or "", home, where.get(home, ""), self._cells(key))

    def _cells(self, person: Key) -> dict[str, Cell]:
        mine, cells, of = self.mine.get(person, {}), dict[str, Cell](), self.needs.of.get(person, set())
        asked = {kind for group in of | self.needs.some.get(person, set()) for kind in group}
        for kind, row in mine.items():
            stands = row.standing
            cells[kind] = Cell(stands.state, kind in asked, stands.until, stands.rechecked, stands.step == self.near,
                               as_id(row.id))  # fmt: skip
        for group in of:
            if not any(kind in mine for kind in group):
                cells[group[0]] = Cell(None, True)
        return cells | other_cells(self.others.get(person, ()), self.on, self.near)

    # Counts

    def _columns(self, risks: Iterable[Risk]) -> Iterable[Column]:
        needed, groups = defaultdict[str, int](int), defaultdict[str, set[str]](set)
        for (_, group), count in self.needs.needed.items():
            needed[group[0]] += count
            groups[group[0]] |= set(group)
        holds, shown = defaultdict[str, set[Key]](set), set(needed)
        for person, mine in self.mine.items():
            for kind, row in mine.items():
                shown.add(kind)
                if row.standing.state in HOLDS:
                    holds[kind].add(person)
        categories = {row.code: row.category for row in self.kinds.rows}
        weak = dict[str, Weak]()
        for risk in risks:
            kind = risk.group[0]
            weak[kind] = min(risk.weak, weak.get(kind, risk.weak), key=worst)
        for kind in sorted(shown, key=self._place):
            people = set[Key]().union(*(holds[other] for other in groups[kind] | {kind}))
            yield Column(kind, categories.get(kind, "other"), len(people), needed[kind], weak.get(kind))
        yield from self._others()

    def _others(self) -> Iterable[Column]:
        """Of each thing besides certificates, how many meet all that is asked of them, of how many."""
        cells = [other_cells(rows, self.on, self.near) for rows in self.others.values()]
        for kind in OTHERS:
            mine = [of[kind] for of in cells if kind in of]
            met = sum(cell.state in HOLDS for cell in mine)
            if mine:
                yield Column(kind, ASKED_BY_POST, met, len(mine), Weak.SHORT if any(c.why for c in mine) else None)

    def _place(self, kind: str) -> int:
        return self.kinds.order.get(kind, len(self.kinds.order))
