"""How far certificates cover what posts ask for and what trades take, in each compound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.post import PostFunction
from models.staff import Staff
from resources.rest import resting
from resources.words import N_
from services.certificate_kinds import trades
from services.certificates_held import Key, as_id
from services.desk.intent import query
from services.desk.schema import takes
from services.skill_matrix import DAY_OF, SCOPED, Reading, scope_of
from services.skill_needs import Group
from services.skill_risks import Weak, skills_of, weakness, worst


@dataclass(frozen=True)
class Covered:
    """A certificate (or one that does instead) posts of a compound ask for: how many hold it, still hold it when what
    ends within the nearest days has ended, and must; what is weak about it."""

    compound_id: UUID
    compound: str
    group: Group
    valid: int
    after: int
    needed: int
    weak: Weak | None


@dataclass(frozen=True)
class Able:
    """Work in a compound: how many hold all it takes, and how many the posts ask for. Whoever is away counts too."""

    compound_id: UUID
    compound: str
    trade: str
    valid: int
    needed: int

    @property
    def weak(self) -> Weak | None:
        """Too few, or one person alone."""
        return weakness(self.valid, max(self.valid, 2), self.needed)


@dataclass(frozen=True)
class Coverage:
    """`kinds`: the weakest first; `trades`: those anybody has the certificates of, or a post asks for them."""

    on: date
    kinds: tuple[Covered, ...]
    trades: tuple[Able, ...]


@query(N_("What certificates cover"), on=Staff, name="staff.coverage")
def coverage(
    session: Session, on: date, compound_ids: Sequence[UUID] = (), unit_ids: Sequence[UUID] = (),
    functions: Sequence[PostFunction] = (),
) -> Coverage:  # fmt: skip
    """Of each compound, by certificate and by trade, as on a day; counted as the skill matrix counts."""
    with resting():
        reading = Reading(session, on, scope_of(compound_ids, unit_ids, functions))
        where = {id: (name, n) for n, (id, name) in enumerate(session.execute(
            sa.select(Compound.id, Compound.name).order_by(Compound.code)
        ))}  # fmt: skip
        return Coverage(on, tuple(_kinds(reading, where)), tuple(_trades(session, reading, where)))


takes("staff.coverage", (DAY_OF, *SCOPED))
Where = dict[UUID, tuple[str, int]]


def _kinds(reading: Reading, where: Where) -> list[Covered]:
    soon, known = reading.on + timedelta(days=reading.near), skills_of(reading.needs, reading.homes, reading.mine)
    made = list[Covered]()
    for (compound, group), needed in reading.needs.needed.items():
        if needed:
            here = known[compound, group].here
            after, id = sum(until > soon for until in here.values()), as_id(compound)
            weak = weakness(len(here), after, needed)
            made.append(Covered(id, where.get(id, ("", 0))[0], group, len(here), after, needed, weak))
    return sorted(made, key=lambda row: (
        worst(row.weak) if row.weak else len(Weak), where.get(row.compound_id, ("", 0))[1], row.group
    ))  # fmt: skip


def _trades(session: Session, reading: Reading, where: Where) -> list[Able]:
    """Who holds one of each group of kinds a trade takes counts where he is at home and where he holds a post."""
    asked = trades(session, reading.on)
    able, needed = defaultdict[tuple[Key, str], int](int), defaultdict[tuple[Key, str], int](int)
    for person, papers in reading.mine.items():
        holds = {kind for kind, row in papers.items() if row.standing.holds}
        places = {reading.homes[person], *reading.needs.posts.get(person, ())}
        for trade, groups in asked.items() if holds else ():
            if all(not holds.isdisjoint(group) for group in groups.values()):
                for compound in places:
                    able[compound, trade] += 1
    for (compound, wanted), count in reading.needs.needed.items():
        for trade, groups in asked.items():
            if any(set(wanted) & set(group) for group in groups.values()):
                needed[compound, trade] = max(needed[compound, trade], count)
    order = list(asked)
    keys = sorted(able.keys() | needed.keys(), key=lambda at: (order.index(at[1]), where.get(as_id(at[0]), ("", 0))[1]))
    return [Able(as_id(c), where.get(as_id(c), ("", 0))[0], trade, able[c, trade], needed[c, trade])
            for c, trade in keys]  # fmt: skip
