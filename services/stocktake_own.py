"""Who counted things in his own keeping: two persons count, so that nobody answers for himself alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.staff import Staff
from models.stocktake import Stocktake, StocktakeLine, StocktakeTeam
from models.stocktake_scan import StocktakeScan
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD


@dataclass(frozen=True)
class OwnCount:
    """A counter who was the only one to count things in his own keeping: how many cards."""

    team: str
    counter: str
    cards: int


@query(N_("Things counted by their own keepers alone"), on=Stocktake, name="stocktakes.own_keeping")
def own_keeping(session: Session, stocktake_id: UUID) -> list[OwnCount]:
    """Who counted what is in his own keeping, and no other team did: told on page and report, not refused.
    Missing: there is no such stocktake."""
    if session.get(Stocktake, stocktake_id) is None:
        raise Missing(NO_RECORD)
    line, scan, team, other = StocktakeLine, StocktakeScan, StocktakeTeam, aliased(StocktakeScan)
    others = sa.select(other.id).where(
        other.stocktake_id == stocktake_id, other.asset_id == line.asset_id, other.team_id != team.id
    )
    found = (
        sa.select(team.name, Staff.name.label("counter"), sa.func.count(sa.distinct(line.id)).label("cards"))
        .join(Staff, Staff.id == team.counter_id)
        .join(line, sa.and_(line.stocktake_id == team.stocktake_id, line.keeper_id == team.counter_id))
        .join(scan, sa.and_(scan.stocktake_id == stocktake_id, scan.asset_id == line.asset_id, scan.team_id == team.id))
        .where(team.stocktake_id == stocktake_id, ~others.exists())
        .group_by(team.name, Staff.name).order_by(team.name)
    )  # fmt: skip
    return [OwnCount(row.name, row.counter, row.cards) for row in session.execute(found)]
