"""What a code read during a stocktake names: a line of it, another card, nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from models.stocktake import StocktakeLine, StocktakeSurplus
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import QUERIES
from services.desk.work import Work
from services.stocktake_states import not_ahead

CODE = Word("stocktake_scan.code")
SEVERAL = N_("{n} cards have the serial number {code}: enter the number of the card instead")
EMPTY = N_("Read or enter a number first")
NO_ZONE = N_("{at} names no time zone")


@dataclass(frozen=True)
class Met:
    """A line of the stocktake; or a card that is not on it; or neither."""

    line: StocktakeLine | None = None
    asset_id: UUID | None = None
    here: bool = True  # the card is in the compound of the stocktake

    @property
    def card(self) -> UUID | None:
        """The card it names, where it may be named here."""
        return self.line.asset_id if self.line else self.asset_id if self.here else None


def meet(work: Work, stocktake_id: UUID, compound_id: UUID, code: str) -> Met:
    """By the number that was frozen, by the number a card has now, by its serial number. Conflict: several cards have
    this serial number; Invalid: the code is empty."""
    number = checks.number(code)
    if not number:
        raise Invalid(EMPTY, field=CODE)
    mine = sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == stocktake_id)
    if line := work.session.scalar(mine.where(StocktakeLine.number == number).limit(1)):
        return Met(line)
    ids: list[UUID] = QUERIES["assets.find_code"].function(work.session, code=number)  # only looked at: see `work.see`
    lines = work.session.scalars(mine.where(StocktakeLine.asset_id.in_(ids))).all() if ids else ()
    if len(lines) == 1:
        return Met(lines[0])
    if len(lines or ids) > 1:
        raise Conflict(SEVERAL, field=CODE, n=len(lines or ids), code=number)
    if not ids:
        return Met()
    return Met(None, ids[0], work.see("asset", ids[0]).compound_id == compound_id)


def surplus_of(work: Work, stocktake_id: UUID, code: str) -> UUID | None:
    """The surplus that was entered under a code nobody knows."""
    more, wanted = StocktakeSurplus, checks.number(code)
    named = sa.select(more.id, more.code).where(more.stocktake_id == stocktake_id, more.code.is_not(None))
    return next((row.id for row in work.session.execute(named) if checks.number(row.code) == wanted), None)


def instant(work: Work, at: datetime | None) -> datetime | None:
    """An instant that says its time zone. Invalid: it does not, or its day lies ahead: what was read last says where a
    thing is."""
    if at is not None and at.tzinfo is None:
        raise Invalid(NO_ZONE, field=Word("stocktake_scan.scanned_at"), at=at)
    not_ahead(work, at.astimezone().date() if at else None, "stocktake_scan.scanned_at")
    return at
