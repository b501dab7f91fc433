"""How the people are made up on a day: ages, schooling, skill, employment, by compound, unit, function, year."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.organization import Organization
from models.post import Post, PostFunction, PostHolding
from models.staff import EducationLevel, Employment, SkillLevel, Staff
from resources.words import N_
from services.age_bands import bands
from services.certificates_held import Key, as_id, raw
from services.desk.intent import query
from services.desk.private import closed
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.session import DeskSession
from services.may_do import present_on
from services.skill_matrix import DAY_OF, SCOPED, scope_of
from services.skill_needs import Scope

YEARS = 6  # so many ends of years are looked at, the newest of them the day itself
Of = Mapping[Any, int]  # how many people there are of each; None: not said


class By(enum.StrEnum):
    """What people are put together by."""

    COMPOUND = "compound"
    UNIT = "unit"
    FUNCTION = "function"
    EMPLOYMENT = "employment"
    YEAR = "year"


@dataclass(frozen=True)
class Group:
    """The people of one compound, unit (both with their `name`), function, employment, or end of a year (`key`, None
    where it is not said). `ages` go by the labels of bands; `aged` of them are known, `months` old together."""

    key: Any
    name: str
    people: int
    ages: Of = field(default_factory=dict)
    education: Of = field(default_factory=dict)
    skill: Of = field(default_factory=dict)
    employment: Of = field(default_factory=dict)
    aged: int = 0
    months: int = 0

    @property
    def mean(self) -> float | None:
        """The mean age in years, as far as births are known by their months."""
        return self.months / self.aged / 12 if self.aged else None

    def __add__(self, other: Group) -> Group:
        def both(name: str) -> Of:
            return Counter(getattr(self, name)) + Counter(getattr(other, name))

        return Group(self.key, self.name, self.people + other.people, both("ages"), both("education"), both("skill"),
                     both("employment"), self.aged + other.aged, self.months + other.months)  # fmt: skip


@dataclass(frozen=True)
class Structure:
    """`whole` is everybody who was looked at; `told`: whether who asks may be told ages."""

    on: date
    by: By
    bands: tuple[str, ...]
    told: bool
    groups: tuple[Group, ...]
    whole: Group


@query(N_("How the people are made up"), on=Staff, name="staff.structure")
def structure(
    session: Session, on: date, by: By = By.COMPOUND, compound_ids: Sequence[UUID] = (),
    unit_ids: Sequence[UUID] = (), functions: Sequence[PostFunction] = (),
) -> Structure:  # fmt: skip
    """Everybody who is here on a day, of some compounds, units, functions; by year: at the ends of the last years too.
    Posts are those of the day; schooling, skill and employment are as they are known now. The database counts."""
    by, scope = By(by), scope_of(compound_ids, unit_ids, functions)
    told = "born_on" not in closed(cast("DeskSession", session), Staff)
    if by is By.YEAR:
        days = [*(date(on.year - n, 12, 31) for n in range(YEARS - 1, 0, -1)), on]
        groups = [replace(_whole(_Count(session, day, None, scope, told).groups()), key=day.year) for day in days]
        whole = replace(groups[-1], key=None)
    else:
        groups = _Count(session, on, by, scope, told).groups()
        whole = _whole(groups)
    return Structure(on, by, tuple(band.label for band in bands(on)), told, tuple(groups), whole)


BY = FieldSpec("staff", "by", Kind.CHOICE, choices=tuple(by.value for by in By), choice_type=By, default=By.COMPOUND)
takes("staff.structure", (DAY_OF, BY, *SCOPED))


def held_on(on: date) -> sa.Subquery:
    """The function of the post each person holds on a day; who holds several counts once."""
    return (
        sa.select(PostHolding.staff_id, sa.func.min(Post.function).label("function"))
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.acting.is_(False), PostHolding.from_on <= on,
               sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
        .group_by(PostHolding.staff_id).subquery()
    )  # fmt: skip


def people(on: date, scope: Scope, held: sa.Subquery | None, *picked: Any) -> sa.Select[Any]:
    """What is picked of everybody here on a day; `held` is joined where functions are asked for."""
    found = sa.select(*picked).select_from(Staff).where(*present_on(on), *scope.people())
    if held is not None:
        found = found.outerjoin(held, held.c.staff_id == Staff.id)
        if scope.functions:
            found = found.where(held.c.function.in_(scope.functions))
    return found


class _Count:
    """One count: of a day, by one thing or (None) of all together."""

    def __init__(self, session: Session, on: date, by: By | None, scope: Scope, told: bool) -> None:
        self.session, self.on, self.by, self.scope, self.told = session, on, by, scope, told
        self.held = held_on(on) if by is By.FUNCTION or scope.functions else None
        self.column: Any = sa.null().label("whole")
        match by:
            case By.COMPOUND:
                self.column = raw(Staff.compound_id)
            case By.UNIT:
                self.column = raw(Staff.unit_id)
            case By.EMPLOYMENT:
                self.column = Staff.employment
            case By.FUNCTION:
                self.column = cast("sa.Subquery", self.held).c.function

    def groups(self) -> list[Group]:
        """Those anybody is in, in the order of codes or of choices; what is not said comes last."""
        employment = self._of(Staff.employment)
        education, skill = self._of(Staff.education), self._of(Staff.skill_level)
        ages, months = (self._of(self._band()), self._months()) if self.told else ({}, {})
        names = self._names()
        made = [
            Group(self._key(key), names.get(key, ""), sum(by.values()), ages.get(key, {}), education[key], skill[key],
                  by, *months.get(key, (0, 0)))
            for key, by in employment.items()
        ]  # fmt: skip
        order = {key: n for n, key in enumerate([*map(self._key, names), *PostFunction, *Employment])}
        return sorted(made, key=lambda group: order.get(group.key, len(order)))

    def _of(self, column: Any) -> dict[Any, dict[Any, int]]:
        found: dict[Any, dict[Any, int]] = {}
        asked = people(self.on, self.scope, self.held, self.column, column, sa.func.count(Staff.id))
        for key, value, count in self.session.execute(asked.group_by(*self._grouped(), column)):
            found.setdefault(key, {})[value] = count
        return found

    def _band(self) -> Any:
        """The label of the band of everybody, None where his birth is not known."""
        cases = []
        for band in bands(self.on):
            first, last = band.born(self.on)
            ends = [] if first is None else [Staff.born_on >= first]
            cases.append((sa.and_(*ends, *([] if last is None else [Staff.born_on <= last])), band.label))
        return sa.case((Staff.born_on.is_(None), None), *cases, else_=None).label("band")

    def _months(self) -> dict[Any, tuple[int, int]]:
        """How many births are known, and how many whole months these people are old together."""
        year, month = (sa.func.sum(sa.extract(part, Staff.born_on)) for part in ("year", "month"))
        asked = people(self.on, self.scope, self.held, self.column, sa.func.count(Staff.born_on), year, month)
        now = self.on.year * 12 + self.on.month
        grouped = self._grouped()
        return {
            key: (count, now * count - int(years or 0) * 12 - int(months or 0))
            for key, count, years, months in self.session.execute(asked.group_by(*grouped) if grouped else asked)
        }

    def _grouped(self) -> tuple[Any, ...]:
        return () if self.by is None else (self.column,)

    def _names(self) -> dict[Key, str]:
        kind: Any = {By.COMPOUND: Compound, By.UNIT: Organization}.get(cast("By", self.by))
        if kind is None:
            return {}
        return dict(self.session.execute(sa.select(raw(kind.id), kind.name).order_by(kind.code)).all())

    def _key(self, key: Any) -> Any:
        return as_id(key) if self.by in (By.COMPOUND, By.UNIT) and key is not None else key


def _whole(groups: Iterable[Group]) -> Group:
    return sum((replace(group, key=None, name="") for group in groups), Group(None, "", 0))


LEVELS: Mapping[str, tuple[Any, ...]] = {  # the parts of a group that go by choices, in their order
    "education": tuple(reversed(EducationLevel)), "skill": tuple(reversed(SkillLevel)), "employment": tuple(Employment),
}  # fmt: skip
