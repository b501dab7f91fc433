"""The card of a part in a store: its minimum, its balance, and the one way a movement is written on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.part import MovementKind, PartMovement, PartStock
from models.provider import Provider
from resources.words import N_, Word
from services import part_value
from services.desk.errors import Conflict, Invalid
from services.desk.listing import Listing, Made, listing
from services.desk.schema import FieldSpec, Kind
from services.desk.work import Work
from services.part_value import Balance
from services.records import Records

SERIES, CARDS = "LD", "KP"
FIXED = N_("Part and store of a card stay: make another card")
TWICE = N_("This part has a card in this store already: {number}")
TOO_HIGH = N_("The minimum lies above what is ordered up to")
WORTH = N_("A card is removed while nothing lies there: first issue or adjust what is left")


def _supplier(t: sa.Table) -> sa.ColumnElement[Any]:
    from models.base import table
    from models.part import Part

    part, firm = table(Part), table(Provider)
    found = sa.select(firm.c.name).select_from(part.join(firm, firm.c.id == part.c.provider_id))
    return found.where(part.c.id == t.c.part_id).scalar_subquery()


SUPPLIER = Made(FieldSpec("part", "provider", Kind.TEXT), _supplier, named=True)
OF_PART = {"part_id": ("number", "specification", "measure", "category")}


def wanted(row: PartStock) -> int | None:
    """How much is to be ordered (thousandths): up to the level it is ordered up to, once it is below the minimum."""
    if row.least is None or row.quantity >= row.least:
        return None
    return max(row.up_to or 0, row.least) - row.quantity


def _card(work: Work, row: PartStock, given: dict[str, Any]) -> None:
    changed = {each.key for each in sa.inspect(row).attrs if each.history.has_changes()} if row.rid else set[str]()
    if changed & {"part_id", "part_store_id"}:
        raise Conflict(FIXED)
    if row.least is not None and row.up_to is not None and row.up_to < row.least:
        raise Invalid(TOO_HIGH, field=Word("part_stock.up_to"))
    same = sa.select(PartStock.number).where(
        PartStock.part_store_id == row.part_store_id, PartStock.part_id == row.part_id, PartStock.id != row.id
    )
    with work.session.no_autoflush:
        if number := work.session.scalar(same):
            raise Conflict(TWICE, field=Word("part_stock.part_id"), number=number)
    row.wanted = wanted(row)


def _parting(work: Work, row: PartStock) -> None:
    if row.quantity or row.value:
        raise Conflict(WORTH)


STOCKS = Records(
    "part_stocks", PartStock, CARDS, _card,
    Listing("part_stocks", PartStock, ("number",), ("value",), also=OF_PART, made=(SUPPLIER,)),
    _parting,
)  # fmt: skip
TO_ORDER = listing(Listing("parts_to_order", PartStock, ("number", "wanted"), also=OF_PART, made=(SUPPLIER,),
                           filled="wanted"))  # fmt: skip


def card(work: Work, store: Any, part_id: UUID, *, make: bool) -> PartStock | None:
    """The card of a part in a store, held until the work is stored, so that of two who take the last one waits; a new
    one where there is none (or None)."""
    known = sa.select(PartStock.id).where(PartStock.part_store_id == store.id, PartStock.part_id == part_id)
    if id := work.session.scalar(known):
        return work.hold(PartStock, id)
    if not make:
        return None
    number = next(work.numbers(CARDS))
    return work.add(PartStock(compound_id=store.compound_id, number=number, part_store_id=store.id, part_id=part_id))


def hold(work: Work, ids: Iterable[UUID]) -> None:
    """Several cards until the work is stored, always in the same order and before any number is taken: or two who want
    the same ones would wait for each other."""
    for id in sorted(ids):
        work.hold(PartStock, id)


def post(work: Work, row: PartStock, kind: MovementKind, quantity: int, amount: int, **said: Any) -> PartMovement:
    """Writes a movement (signed thousandths and fen) and what follows from it: the balance, what is to be ordered, the
    difference where a shortage is filled, and that nothing is short any more."""
    before = Balance(row.quantity, row.value)
    made = _moved(work, row, kind, quantity, amount, said)
    rest = part_value.difference(before, quantity, amount)
    row.quantity, row.value = before.quantity + quantity, before.value + amount + rest
    if rest:
        facts = {"on": made.on, "follows_id": made.id, "note": said.get("note")}
        _moved(work, row, MovementKind.DIFFERENCE, 0, rest, facts)
    row.wanted = wanted(row)
    if before.quantity < 0 <= row.quantity:
        _cleared(work, row)
    return made


def _moved(
    work: Work, row: PartStock, kind: MovementKind, quantity: int, amount: int, said: dict[str, Any]
) -> PartMovement:
    return work.add(PartMovement(
        compound_id=row.compound_id, number=next(work.numbers(SERIES)), part_stock_id=row.id, kind=kind,
        part_store_id=row.part_store_id, part_id=row.part_id, quantity=quantity, amount=amount,
        unit_price=part_value.price(amount, quantity), **said,
    ))  # fmt: skip


def _cleared(work: Work, row: PartStock) -> None:
    """What was issued without being there is there now: nobody has to look at it any more."""
    of = PartMovement
    short = sa.select(of).where(of.part_stock_id == row.id, of.despite.is_not(None), of.cleared_on.is_(None))
    for each in work.session.scalars(short).all():
        each.cleared_on = work.today
