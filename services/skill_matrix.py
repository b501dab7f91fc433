"""The skill matrix: people against kinds of certificate, how many may be counted on, and where too few may."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.organization import Organization
from models.post import Post, PostFunction
from models.staff import Staff
from resources.words import N_
from services.certificate_kinds import kinds, steps
from services.certificate_state import State
from services.certificates_held import Held, best, held
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.may_do import present_on
from services.skill_needs import Group, Needs, Scope, needs

SHOWN = 300  # people with a row; all are counted


class Weak(enum.StrEnum):
    """Why a skill is a risk, the worst first."""

    SHORT = "short"  # fewer than the posts need
    ONLY = "only"  # one person alone
    SOON = "soon"  # short, or one alone, once what ends within the nearest days has ended


@dataclass(frozen=True)
class Cell:
    """What somebody has of a kind. Without a `state` he has none and his post asks for it; `asked`: the post does."""

    state: State | None
    asked: bool
    until: date | None = None
    rechecked: bool = False
    near: bool = False  # within the nearest of the days warned of
    certificate_id: UUID | None = None


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
class Holder:
    """Somebody whose certificate ends, or has ended; `state` says which."""

    staff_id: UUID
    name: str
    certificate_id: UUID
    number: str
    kind: str
    state: State
    until: date | None


@dataclass(frozen=True)
class Risk:
    """A skill of a compound that hangs on too few: `valid` hold it, `after` still do when what ends within the nearest
    days has ended, `needed` must. `sole`: who alone holds it; `ending`, `ended`: whose paper ends then, or has."""

    group: Group
    compound_id: UUID
    compound: str
    weak: Weak
    valid: int
    after: int
    needed: int
    sole: str
    ending: tuple[Holder, ...]
    ended: tuple[Holder, ...]


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
    return _Reading(session, on, scope_of(compound_ids, unit_ids, functions)).matrix()


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


class _Reading:
    """One matrix while it is made."""

    def __init__(self, session: Session, on: date, scope: Scope) -> None:
        self.session, self.on, self.scope, self.kinds = session, on, scope, kinds(session)
        self.near = min(steps())
        self.soon = on + timedelta(days=self.near)
        self.needs: Needs = needs(session, on, scope, self.kinds.order)
        self.homes = {row.id: row for row in self._present()}
        self.mine = defaultdict[UUID, dict[str, Held]](dict)
        within = None if scope == Scope() else list(self.homes)
        for (person, kind), row in best(held(session, on, people=within)).items():
            if person in self.homes:
                self.mine[person][kind] = row

    def _present(self) -> Iterable[sa.Row[tuple[UUID, UUID]]]:
        scope = self.scope
        found = (
            sa.select(Staff.id, Staff.compound_id)
            .outerjoin(Compound, Compound.id == Staff.compound_id)
            .outerjoin(Organization, Organization.id == Staff.unit_id)
            .where(*present_on(self.on), *scope.people())
            .order_by(Compound.code, Organization.code, Staff.number)
        )
        if scope.functions:
            found = found.where(Staff.id.in_(list(self.needs.posts)))
        return self.session.execute(found)

    def matrix(self) -> Matrix:
        """All of it."""
        rows = [id for id in self.homes if id in self.mine or id in self.needs.of]
        where = {row.id: row.name for row in self.session.scalars(sa.select(Compound))}
        risks = self._risks(where)
        seen = {self.homes[id].compound_id for id in rows}
        return Matrix(self.on, self.near, len(rows), len(seen), tuple(self._people(rows[:SHOWN], where)),
                      tuple(self._columns(risks)), tuple(risks))  # fmt: skip

    # People

    def _people(self, ids: list[UUID], where: Mapping[UUID, str]) -> Iterable[Person]:
        found = (
            sa.select(Staff, Post.name, Organization.name)
            .outerjoin(Post, Post.id == Staff.post_id)
            .outerjoin(Organization, Organization.id == Staff.unit_id)
            .where(Staff.id.in_(ids))
        )
        said = {staff.id: (staff, post, unit) for staff, post, unit in self.session.execute(found)}
        for id in ids:
            if id in said:
                staff, post, unit = said[id]
                home = staff.compound_id
                yield Person(id, staff.name, staff.number, post or "", unit or "", home, where.get(home, ""),
                             self._cells(id))  # fmt: skip

    def _cells(self, person: UUID) -> dict[str, Cell]:
        mine, cells, of = self.mine.get(person, {}), dict[str, Cell](), self.needs.of.get(person, set())
        asked = {kind for group in of | self.needs.some.get(person, set()) for kind in group}
        for kind, row in mine.items():
            stands = row.standing
            cells[kind] = Cell(stands.state, kind in asked, stands.until, stands.rechecked, stands.step == self.near,
                               row.id)  # fmt: skip
        for group in of:
            if not any(kind in mine for kind in group):
                cells[group[0]] = Cell(None, True)
        return cells

    # Counts

    def _holders(self, group: Group) -> dict[UUID, date]:
        """Who holds one of a group, and until when."""
        found = dict[UUID, date]()
        for person, mine in self.mine.items():
            for kind in group:
                if (row := mine.get(kind)) and row.standing.holds:
                    until = row.standing.until or date.max
                    found[person] = max(until, found.get(person, date.min))
        return found

    def _columns(self, risks: list[Risk]) -> Iterable[Column]:
        needed, groups = defaultdict[str, int](int), defaultdict[str, set[str]](set)
        for (_, group), count in self.needs.needed.items():
            needed[group[0]] += count
            groups[group[0]] |= set(group)
        holds, shown = defaultdict[str, set[UUID]](set), set(needed)
        for person, mine in self.mine.items():
            for kind, row in mine.items():
                shown.add(kind)
                if row.standing.holds:
                    holds[kind].add(person)
        categories = {row.code: row.category for row in self.kinds.rows}
        weak = {kind: min((r.weak for r in risks if r.group[0] == kind), key=_worst, default=None) for kind in shown}
        for kind in sorted(shown, key=self._place):
            people = set[UUID]().union(*(holds[other] for other in groups[kind] | {kind}))
            yield Column(kind, categories.get(kind, "other"), len(people), needed[kind], weak[kind])

    def _place(self, kind: str) -> int:
        return self.kinds.order.get(kind, len(self.kinds.order))

    # Risks

    def _risks(self, where: Mapping[UUID, str]) -> list[Risk]:
        found, holders = list[Risk](), dict[Group, dict[UUID, date]]()
        for (compound, group), count in self.needs.needed.items():
            if not count:
                continue
            every = holders[group] if group in holders else holders.setdefault(group, self._holders(group))
            here = {person: until for person, until in every.items() if compound in self._compounds(person)}
            after = sum(until > self.soon for until in here.values())
            weak = weakness(len(here), after, count)
            if weak is not None:
                found.append(self._risk(group, compound, where.get(compound, ""), weak, here, after, count))
        return sorted(found, key=lambda risk: (_worst(risk.weak), self._place(risk.group[0]), risk.compound))

    def _compounds(self, person: UUID) -> set[UUID]:
        return self.needs.posts.get(person, set()) | {self.homes[person].compound_id}

    def _risk(
        self, group: Group, compound: UUID, name: str, weak: Weak, here: Mapping[UUID, date], after: int, needed: int
    ) -> Risk:
        ending = [person for person, until in here.items() if until <= self.soon]
        ended = [
            person for person, mine in self.mine.items()
            if person not in here and any(kind in mine for kind in group) and compound in self._compounds(person)
        ]  # fmt: skip
        names = self._names([*ending, *ended, *here] if len(here) == 1 else [*ending, *ended])
        sole = names.get(next(iter(here)), "") if len(here) == 1 else ""
        return Risk(group, compound, name, weak, len(here), after, needed, sole,
                    tuple(self._holder(group, person, names) for person in ending),
                    tuple(self._holder(group, person, names) for person in ended))  # fmt: skip

    def _names(self, ids: list[UUID]) -> dict[UUID, str]:
        if not ids:
            return {}
        return dict(self.session.execute(sa.select(Staff.id, Staff.name).where(Staff.id.in_(ids))).all())

    def _holder(self, group: Group, person: UUID, names: Mapping[UUID, str]) -> Holder:
        rows = [self.mine[person][kind] for kind in group if kind in self.mine[person]]
        row = max(rows, key=lambda row: (row.standing.holds, row.standing.until or date.max, row.issued_on))
        return Holder(person, names.get(person, ""), row.id, row.paper_no, row.kind, row.standing.state,
                      row.standing.until)  # fmt: skip


def weakness(valid: int, after: int, needed: int) -> Weak | None:
    """What is weak about a skill that so many hold, so many still hold soon, and so many must."""
    if valid < needed:
        return Weak.SHORT
    if valid == 1:
        return Weak.ONLY
    return Weak.SOON if after < needed or after <= 1 else None


def _worst(weak: Weak) -> int:
    return list(Weak).index(weak)
