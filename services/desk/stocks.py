"""What a card of parts says lies there, and what that is worth, is the sum of its movements."""

from __future__ import annotations

import sqlalchemy as sa

from models.base import table
from models.part import PartMovement, PartStock
from resources.words import N_
from services.desk.faults import Fault, Tell, counted, goes_on, snapshot, step, streamed
from services.desk.store import Store

QUANTITY = N_("card {number}: it says {said} thousandths, its movements make {sum}")
VALUE = N_("card {number}: it says {said} fen, its movements make {sum}")
NOTHING = N_("card {number}: nothing lies there, and it is worth {said} fen")


def stocks(store: Store, tell: Tell = goes_on) -> list[str]:
    """Every card whose balance or value is not what its movements come to. One that was taken back has none."""
    card, moved, faults = table(PartStock), table(PartMovement), list[str]()
    sums = (
        sa.select(moved.c.part_stock_id, sa.func.sum(moved.c.quantity).label("quantity"),
                  sa.func.sum(moved.c.amount).label("value"))
        .where(moved.c.alive == sa.true()).group_by(moved.c.part_stock_id).subquery()
    )  # fmt: skip
    there = [sa.case((card.c.alive == sa.true(), column), else_=0) for column in (card.c.quantity, card.c.value)]
    come = [sa.func.coalesce(column, 0) for column in (sums.c.quantity, sums.c.value)]
    every = sa.select(card.c.number, *there, *come).outerjoin_from(card, sums, sums.c.part_stock_id == card.c.id)
    with snapshot(store) as connection:
        total = counted(connection, PartStock)
        with streamed(connection, every) as rows:
            for done, (number, quantity, value, moves, worth) in enumerate(rows, 1):
                if quantity != moves:
                    faults.append(Fault(QUANTITY, number=number, said=quantity, sum=int(moves)))
                if value != worth:
                    faults.append(Fault(VALUE, number=number, said=value, sum=int(worth)))
                if value and not quantity:
                    faults.append(Fault(NOTHING, number=number, said=value))
                step(tell, done, total)
    return faults
