"""What a stocktake found comes onto cards: their value rests on what the stocktake valued it by, as it was approved."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from models.acquisition import AssetNeed, Source
from models.asset import Asset, ValueKind
from models.stocktake import StocktakeLine, StocktakeSurplus, ValueBasis
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work

B = ValueBasis
# What an appraisal says is appraised; a price of the market is what it costs to come by another (重置成本).
RESTS = {B.PAPERS: ValueKind.COST, B.APPRAISAL: ValueKind.APPRAISED, B.MARKET: ValueKind.COST,
         B.NOMINAL: ValueKind.NOMINAL}  # fmt: skip
APPROVED = N_("{sum} yuan a piece were approved as the value of what was found: enter that price")
A_CARD = N_("A nominal value is 1 yuan a card: make one card for each piece")


def entered(work: Work, need: AssetNeed, cards: Sequence[Asset]) -> None:
    """The cards of a surplus say what their value rests on, and the surplus which card it got. Invalid: the price is
    not what was approved, pieces too many of a card at what one of its pieces cost; Conflict: several pieces of nominal
    value on one card."""
    if need.source is not Source.SURPLUS or not cards:
        return
    line, more = StocktakeLine, StocktakeSurplus
    with work.session.no_autoflush:
        found = work.session.scalars(sa.select(more).where(more.settled_by == need.number).limit(1)).first()
        over = sa.select(line.cost, line.quantity).where(line.settled_by == need.number, line.cost.is_not(None))
        worth = (found.value, found.quantity) if found else work.session.execute(over.limit(1)).first()
    each = worth[0] // worth[1] if worth and worth[0] is not None else None
    if each is not None and need.price != each:
        raise Invalid(APPROVED, field=Word("asset_need.price"), sum=f"{each // 100}.{each % 100:02d}")
    if found is None or found.basis is None:
        return
    if found.basis is B.NOMINAL and any(card.quantity > 1 for card in cards):
        raise Conflict(A_CARD, field=Word("asset_need.each"))
    for card in cards:
        card.value_kind = RESTS[found.basis]
    found.asset_id = cards[0].id
