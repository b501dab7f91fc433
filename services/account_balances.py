"""Balances of the accounting books by class, entered or taken in from a statement."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models.account_balance import AccountBalance
from models.beside import AssetClass
from resources.words import N_, Word
from services.account_arrivals import classed
from services.depreciation_lives import EDITION
from services.desk.errors import Invalid
from services.desk.work import Work
from services.records import records

AHEAD = N_("{date} lies ahead")
NOTHING = N_("Say a quantity, an original value or a net value: a line without any is compared with nothing")


def _settle(work: Work, balance: AccountBalance, given: dict[str, Any]) -> None:
    """Of a day that has come, with a figure; without a class code name and account are looked up."""
    if balance.on > work.today:
        raise Invalid(AHEAD, field=Word("account_balance.on"), date=balance.on)
    if all(value is None for value in (balance.quantity, balance.cost, balance.net)):
        raise Invalid(NOTHING)
    if not balance.class_code and {"name", "account", "class_code"} & given.keys():
        every = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION)
        known = {row.code: row.name for row in work.session.execute(every)}
        found = (classed(said, known) for said in (balance.name, balance.account) if said)
        balance.class_code = next(filter(None, found), None)


BALANCES = records(
    "account_balances", AccountBalance, sorts=("on", "name", "cost", "number"), sums=("cost", "accumulated"),
    series="KM", settle=_settle,
)  # fmt: skip
