"""What compounds cost, side by side: per square metre and per head."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.building import Building, BuildingKind
from models.compound import Compound
from models.cost_entry import CostEntry, Function
from resources.words import N_, Word
from services.desk.errors import Conflict
from services.desk.intent import query
from services.desk.work import Work
from services.records import records

TWICE = N_("{year} has an entry for this function already: {number}")


def _settle(work: Work, entry: CostEntry, given: dict[str, Any]) -> None:
    """One entry for each compound, year and function."""
    same = sa.select(CostEntry.number).where(
        CostEntry.compound_id == entry.compound_id, CostEntry.year == entry.year,
        CostEntry.function == entry.function, CostEntry.id != entry.id,
    )  # fmt: skip
    with work.session.no_autoflush:
        if number := work.session.scalar(same.limit(1)):
            raise Conflict(TWICE, field=Word("cost_entry.function"), year=entry.year, number=number)


COSTS = records(
    "cost_entries", CostEntry, sorts=("number", "year", "amount"), sums=("amount",), series="CB", settle=_settle
)


@dataclass(frozen=True)
class CompoundCost:
    """A compound's year. Amounts in fen, `area` the floor area of its buildings in 0.01 m²; the two rates are None
    where what they are divided by is not known or nothing."""

    id: UUID
    code: str
    name: str
    kind: str
    area: int
    heads: int | None
    amounts: dict[Function, int] = field(default_factory=dict)
    posts_own: int = 0
    posts_contracted: int = 0

    @property
    def total(self) -> int:
        """All functions together."""
        return sum(self.amounts.values())

    @property
    def per_square_metre(self) -> int | None:
        """Fen per m², rounded half up."""
        return _rate(self.total * 100, self.area)

    @property
    def per_head(self) -> int | None:
        """Fen per head, rounded half up."""
        return _rate(self.total, self.heads)


def _rate(amount: int, over: int | None) -> int | None:
    return (2 * amount + over) // (2 * over) if over else None


@query(N_("Costs of compounds side by side"), name="costs.compare")
def compare(session: Session, *, year: int) -> list[CompoundCost]:
    """Every compound within reach, the dearest per square metre first; those without a rate last."""
    summed = (
        sa.select(Building.compound_id, sa.func.coalesce(sa.func.sum(Building.area), 0).label("area"))
        .where(Building.kind == BuildingKind.BUILDING)
        .group_by(Building.compound_id)
    )
    areas = {row.compound_id: int(row.area) for row in session.execute(summed)}
    amounts: dict[UUID, dict[Function, int]] = defaultdict(dict)
    posts: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for entry in session.scalars(sa.select(CostEntry).where(CostEntry.year == year)):
        amounts[entry.compound_id][entry.function] = entry.amount
        posts[entry.compound_id][0] += entry.posts_own or 0
        posts[entry.compound_id][1] += entry.posts_contracted or 0
    found = [
        CompoundCost(
            c.id, c.code, c.name, c.kind.value, areas.get(c.id, 0),
            c.establishment if c.headcount is None else c.headcount, amounts[c.id], *posts[c.id],
        )
        for c in session.scalars(sa.select(Compound))
    ]  # fmt: skip
    return sorted(found, key=lambda c: (c.per_square_metre is None, -(c.per_square_metre or 0), c.code))


@query(N_("Years with costs"), name="costs.years")
def years(session: Session) -> list[int]:
    """The newest first."""
    return list(session.scalars(sa.select(CostEntry.year).distinct().order_by(CostEntry.year.desc())))
