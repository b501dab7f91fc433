"""Counted blind: until counting ends nothing tells how much the books say, in no list, file, search or sum."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import table
from models.stocktake import Stocktake, StocktakeLine, StocktakeState
from resources.words import N_
from services.desk.errors import Conflict, Missing
from services.desk.listing import Made
from services.desk.schema import describe
from services.desk.work import NO_RECORD

HIDDEN = ("quantity", "cost", "accumulated")  # the value tells the pieces to who knows what one costs
BLIND = N_("This stocktake is counted blind: what the books say is told when counting has ended")


def blinded() -> tuple[Made, ...]:
    """What a list of lines says instead of their fields that are hidden: nothing while it is counted blind."""
    fields = describe(StocktakeLine)
    return tuple(Made(fields[name], partial(_open, name)) for name in HIDDEN)


def _open(name: str, line: sa.Table) -> sa.ColumnElement[Any]:
    """Nothing, unless the stocktake is there and says that it may be told."""
    of = table(Stocktake).alias("counted_by")
    told = sa.or_(sa.not_(of.c.blind), of.c.state.not_in([StocktakeState.DRAFT, StocktakeState.COUNTING]))
    open_ = sa.select(of.c.n).where(of.c.id == line.c.stocktake_id, told).correlate(line).exists()
    return sa.case((open_, line.c[name]), else_=None)


def told(session: Session, stocktake_id: Any) -> Stocktake:
    """The stocktake, whose sums may be told. Missing: there is none; Conflict: it is counted blind, and still is."""
    found = session.get(Stocktake, stocktake_id)
    if found is None:
        raise Missing(NO_RECORD)
    if found.hides:
        raise Conflict(BLIND)
    return found
