"""Skills that hang on too few people: of each compound and group of kinds, who holds it, who must, and who will."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.staff import Staff
from services.certificate_state import HOLDS, State
from services.certificates_held import Held, Key, as_id, raw
from services.skill_needs import Group, Needs

FAR, AT_ONCE = date.max, 500
Mine = Mapping[Key, Mapping[str, Held]]


class Weak(enum.StrEnum):
    """Why a skill is a risk, the worst first."""

    SHORT = "short"  # fewer than the posts need
    ONLY = "only"  # one person alone
    SOON = "soon"  # short, or one alone, once what ends within the nearest days has ended


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


@dataclass
class Skill:
    """Who holds one in a compound, until when, and whose paper has ended."""

    here: dict[Key, date] = field(default_factory=dict)
    ended: list[Key] = field(default_factory=list)


def weakness(valid: int, after: int, needed: int) -> Weak | None:
    """What is weak about a skill that so many hold, so many still hold soon, and so many must."""
    if valid < needed:
        return Weak.SHORT
    if valid == 1:
        return Weak.ONLY
    return Weak.SOON if after < needed or after <= 1 else None


def worst(weak: Weak) -> int:
    """The worst first."""
    return list(Weak).index(weak)


def find(
    session: Session, needs: Needs, homes: Mapping[Key, Key], mine: Mine, soon: date, place: Callable[[str], int],
    where: Mapping[UUID, str],
) -> list[Risk]:  # fmt: skip
    """What is weak of what posts ask for, the worst first. `homes` are the people who are here; `soon` is the last of
    the nearest days warned of, `place` the order of kinds, `where` the names of compounds."""
    skills, weak = skills_of(needs, homes, mine), list[tuple[tuple[Key, Group], Weak, int, int]]()
    for at, needed in needs.needed.items():
        here = skills[at].here
        after = sum(until > soon for until in here.values())
        if needed and (found := weakness(len(here), after, needed)):
            weak.append((at, found, after, needed))
    named = _names(session, (skills[at] for at, *_ in weak), soon)
    risks = [_risk(at, skills[at], kind, after, needed, mine, soon, named, where) for at, kind, after, needed in weak]
    return sorted(risks, key=lambda risk: (worst(risk.weak), place(risk.group[0]), risk.compound))


def skills_of(needs: Needs, homes: Mapping[Key, Key], mine: Mine) -> dict[tuple[Key, Group], Skill]:
    """One look at every paper: somebody counts where he is at home and where he holds a post."""
    skills, groups = defaultdict[tuple[Key, Group], Skill](Skill), defaultdict[str, list[Group]](list)
    for group in {group for _, group in needs.needed}:
        for kind in group:
            groups[kind].append(group)
    for person, papers in mine.items():
        holds = dict[Group, date]()
        for kind, row in papers.items():
            standing = row.standing
            until = (standing.until or FAR) if standing.state in HOLDS else date.min
            for group in groups.get(kind, ()):
                holds[group] = max(until, holds.get(group, date.min))
        for group, until in holds.items():
            for compound in {homes[person], *needs.posts.get(person, ())}:
                skill = skills[compound, group]
                if until > date.min:
                    skill.here[person] = until
                else:
                    skill.ended.append(person)
    return skills


def _ending(skill: Skill, soon: date) -> list[Key]:
    return [person for person, until in skill.here.items() if until <= soon]


def _names(session: Session, skills: Iterable[Skill], soon: date) -> dict[Key, str]:
    """The names of all who are told."""
    told = set[Key]()
    for skill in skills:
        told |= {*skill.ended, *_ending(skill, soon), *(skill.here if len(skill.here) == 1 else ())}
    found, ids = dict[Key, str](), [as_id(key) for key in told]
    for start in range(0, len(ids), AT_ONCE):
        names = sa.select(raw(Staff.id), Staff.name).where(Staff.id.in_(ids[start : start + AT_ONCE]))
        found |= dict(session.execute(names).all())
    return found


def _risk(
    at: tuple[Key, Group], skill: Skill, weak: Weak, after: int, needed: int, mine: Mine, soon: date,
    named: Mapping[Key, str], where: Mapping[UUID, str],
) -> Risk:  # fmt: skip
    compound, group = as_id(at[0]), at[1]
    sole = named.get(next(iter(skill.here)), "") if len(skill.here) == 1 else ""
    ending, ended = (
        tuple(_holder(group, person, mine[person], named) for person in people)
        for people in (_ending(skill, soon), skill.ended)
    )
    return Risk(group, compound, where.get(compound, ""), weak, len(skill.here), after, needed, sole, ending, ended)


def _holder(group: Group, person: Key, papers: Mapping[str, Held], named: Mapping[Key, str]) -> Holder:
    rows = [papers[kind] for kind in group if kind in papers]
    row = max(rows, key=lambda row: (row.standing.holds, row.standing.until or FAR, row.issued_on))
    return Holder(as_id(person), named.get(person, ""), as_id(row.id), row.paper_no, row.kind, row.standing.state,
                  row.standing.until)  # fmt: skip
