"""In which state a stocktake is, what may follow, and where what it names lies: asked before every step and reading.

Kinds that are only looked at are named by their tables: who counts things on a server writes none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import sqlalchemy as sa

from models.base import Scoped
from models.stocktake import Stocktake, StocktakeState
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.schema import describe
from services.desk.work import Work

if TYPE_CHECKING:
    from services.desk.session import DeskSession

S = StocktakeState
KEPT = N_("A stocktake is changed on its page: it goes back by the steps that are there")
GONE_BY = N_("This stocktake is {state}; that cannot be done any more")
NOT_YET = N_("This stocktake is {state}; that comes later")
AHEAD = N_("{date} lies ahead")
FAR = N_("“{field}” is in another compound")
OTHER_ROOM = N_("This room is not in that building")


def inside(work: Work, row: Scoped, names: Iterable[str]) -> None:
    """The places, units and persons a row names are there, and the places lie in its compound. Missing, Conflict."""
    for name in names:
        id = getattr(row, name)
        other = work.see(describe(type(row))[name].target, id) if id else None
        if isinstance(other, Scoped) and other.stays_inside and other.compound_id != row.compound_id:
            raise Conflict(FAR, field=Word(f"{row.__tablename__}.{name}"))


def placed(work: Work, row: Any, names: Iterable[str]) -> None:
    """A reading or a surplus lies where it says, in the compound; a room says its building. Invalid: another one."""
    inside(work, row, names)
    if row.room_id:
        building = work.see("room", row.room_id).building_id
        if row.building_id not in (None, building):
            raise Invalid(OTHER_ROOM, field=Word(f"{row.__tablename__}.room_id"))
        row.building_id = building


def by_turns(work: Work, stocktake_id: UUID) -> None:
    """On a server those who count write one after the other until their work is stored: what a line says follows from
    all of its readings, and two teams may have the same thing before them. A file of an office has one writer."""
    connection = cast("DeskSession", work.session).raw()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(stocktake_id.int >> 65)))


def in_state(work: Work, stocktake_id: UUID, *states: StocktakeState) -> Stocktake:
    """The stocktake, in one of these states. Conflict: it is in another."""
    found: Stocktake = work.see("stocktake", stocktake_id)
    if found.state not in states:
        raise Conflict(_wrong(found, *states), state=state_of(found))
    return found


def _wrong(found: Stocktake, *states: StocktakeState) -> str:
    """Whether it was in such a state before, or may still come to it."""
    order = list(StocktakeState)
    return NOT_YET if order.index(found.state) < min(map(order.index, states)) else GONE_BY


def stepping(work: Work, stocktake_id: UUID, to: StocktakeState) -> Stocktake:
    """The stocktake, one step further. Conflict: this state does not follow its own."""
    found: Stocktake = work.see("stocktake", stocktake_id)
    if not found.may_become(to):
        raise Conflict(_wrong(found, to), state=state_of(found))
    found.state = to
    return found


def state_of(found: Stocktake) -> Word:
    """The word for the state it is in."""
    return Word(f"stocktake.state={found.state.value}")


def not_ahead(work: Work, day: date | None, field: str) -> None:
    """Invalid: the day lies ahead."""
    if day is not None and day > work.today:
        raise Invalid(AHEAD, field=Word(field), date=day)
