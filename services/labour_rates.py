"""What an hour of the office's own people costs, by dated rows of the office or one of its compounds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.work_doing import LabourRate
from models.work_rules import WORK_TRADES
from resources import codes
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.records import records
from services.work_entries import ENDS_BEFORE


def _rate(work: Work, row: LabourRate, given: dict[str, Any]) -> None:
    if row.until_on is not None and row.until_on < row.from_on:
        raise Invalid(ENDS_BEFORE, field=Word("labour_rate.until_on"))


RATES = records("labour_rates", LabourRate, sorts=("from_on",), settle=_rate)


@query(N_("What an hour costs on a day"), on=LabourRate, name="labour_rates.on")
def rate_on(session: Session, compound_id: UUID, trade: str, on: date) -> int | None:
    """Fen an hour: the row of the compound before that of the office; of each the one of this trade before one of all,
    then the one that began last. None: nothing is set."""
    found = sa.select(LabourRate).where(
        LabourRate.from_on <= on, sa.or_(LabourRate.until_on.is_(None), LabourRate.until_on >= on),
        sa.or_(LabourRate.compound_id.is_(None), LabourRate.compound_id == compound_id),
        sa.or_(LabourRate.trade.is_(None), LabourRate.trade == trade),
    )  # fmt: skip
    rows = sorted(session.scalars(found), key=lambda r: (r.compound_id is not None, r.trade is not None, r.from_on))
    return rows[-1].an_hour if rows else None


takes("labour_rates.on", (
    FieldSpec("labour_rate", "compound_id", Kind.REFERENCE, True, target="compound"),
    FieldSpec("labour_rate", "trade", Kind.CHOICE, True, choices=codes(*WORK_TRADES["codes"][:2]),
              shared="work_trade.code"),
    FieldSpec("labour_rate", "on", Kind.DATE, True),
))  # fmt: skip
