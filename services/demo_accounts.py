"""The accounts of the sample office at the end of October: by class and compound, nearly as the register has it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.desk.desk import Desk
from services.desk.listing import View

BASIS = "固定资产明细账（{on:%Y年%m月}）"
MORE = 3_299_000  # fen: bought, paid and booked, and on no card yet


def fill(desk: Desk, start: datetime) -> None:
    """Balances of the month before `start`: the dearest class of the first compound is more, the cheapest of the last
    is missing."""
    on = start.date().replace(day=1) - timedelta(days=1)
    compounds = desk.first(View("compounds", sort="code"), 99)
    for compound in compounds:
        found = [one for one in desk.ask("depreciation.balances", on=on, compound_id=compound["id"]) if one.key]
        last = compound is compounds[-1]
        for at, one in enumerate(found[:-1] if last else found):
            more = MORE if compound is compounds[0] and at == 0 else 0
            _book(desk, on, compound["id"], one.name, one.cost + more, one.accumulated)


def _book(desk: Desk, on: date, compound_id: object, name: str, cost: int, accumulated: int) -> None:
    figures = {"cost": cost, "accumulated": accumulated, "net": cost - accumulated}
    desk.do("account_balances.add", compound_id=compound_id, on=on, name=name, basis=BASIS.format(on=on), **figures)
