"""Quotes of firms for one job: compared, and one of them chosen, with the reason where it is not the cheapest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.work_money import WorkQuote
from models.work_order import Payer
from resources.words import N_, Word
from services import checks, work_costs
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe, takes
from services.desk.work import Work
from services.records import records
from services.work_entries import AHEAD, ENDS_BEFORE, open_order, parting, stays

FIELDS = describe(WorkQuote)
WHY = Word("work_quote.chosen_why")
EXPIRED = N_("This quote held until {date}: ask for a new one")
DEARER = N_("Another firm asks for {sum} yuan: say why it is not chosen")


def _quote(work: Work, row: WorkQuote, given: dict[str, Any]) -> None:
    open_order(work, row.work_order_id)
    if row.quoted_on > work.today:
        raise Invalid(AHEAD, field=Word("work_quote.quoted_on"))
    if row.valid_until and row.valid_until < row.quoted_on:
        raise Invalid(ENDS_BEFORE, field=Word("work_quote.valid_until"))
    if row.rid and row.chosen_on and sa.inspect(row).attrs.amount.history.has_changes():
        row.chosen_on = row.chosen_why = None  # what was chosen was another quote


QUOTES = records("work_quotes", WorkQuote, sorts=("number", "amount"), series="BJ", settle=_quote, parting=parting)
stays(WorkQuote)


@intent(N_("Choose quote"), on=WorkQuote, name="work_quotes.choose")
def choose(work: Work, work_quote_id: UUID, chosen_why: str | None = None) -> None:
    """This one instead of the others. Invalid: another is cheaper, or the asset is under warranty, and no reason is
    given. Conflict: it does not hold any more."""
    quote = work.get(WorkQuote, work_quote_id)
    order, why = open_order(work, quote.work_order_id), checks.checked(FIELDS["chosen_why"], chosen_why)
    if quote.valid_until and quote.valid_until < work.today:
        raise Conflict(EXPIRED, date=quote.valid_until)
    every = work.session.scalars(sa.select(WorkQuote).where(WorkQuote.work_order_id == order.id)).all()
    holding = [each.amount for each in every if each.valid_until is None or each.valid_until >= work.today]
    if min(holding) < quote.amount and not why:
        raise Invalid(DEARER, field=WHY, sum=f"{min(holding) // 100:,}.{min(holding) % 100:02d}")
    if order.payer is not Payer.WARRANTY:
        work_costs.warranted(work, order, why, WHY)
    for each in every:
        each.chosen_on, each.chosen_why = (work.today, why) if each is quote else (None, None)


takes("work_quotes.choose", (QUOTES.me, replace(FIELDS["chosen_why"], derived=False)))
