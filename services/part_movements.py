"""Movements of parts: received, issued to people and work orders, brought back, moved to another store, reversed.

A movement is never changed: a wrong one is reversed by another, or taken back while nothing moved on its card since.
Its price is the average of the moment it is entered (`services.part_value`), also where that is for an earlier day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from models.part import MovementKind, PartMovement, PartStock
from models.work_states import ENDED
from resources.words import N_, Word
from services import checks, part_takers, part_value, work_materials
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import following
from services.desk.work import Work
from services.part_cards import OF_PART, card, hold, post
from services.part_value import Balance
from services.work_entries import AHEAD, GONE_BY, MOST, TOO_LARGE, open_order, share

K = MovementKind
AT_ONCE = 500
ELSEWHERE = N_("“{field}” is in another compound")
ENDED_ON = N_("{name} is out of use since {date}")
NO_PRICE = N_("Say what one costs, or what all of it costs together")
SHORT = N_("Of {part} only {there} {measure} are in {store}: issue less, or say why more leaves nevertheless")
NOT_THERE = N_("Of {part} only {there} {measure} are left in {store}: what was issued since has to come back first")
TOO_MUCH = N_("Of this issue only {left} {measure} are still out")
ALL_BACK = N_("All of it came back: there is nothing to reverse")
NO_ISSUE = N_("Only what was issued comes back")
SAME = N_("It lies in this store already")
NO_REVERSAL = N_("A {kind} is not reversed: enter what is right as a new movement")
TWICE = N_("It was reversed already, by {number}")
MOVEMENTS = listing(Listing("part_movements", PartMovement, ("on",), ("amount",), also=OF_PART, latest=True))
FLAGGED = listing(Listing("part_movements_flagged", PartMovement, (), also=OF_PART, filled="despite",
                          blank="cleared_on"))  # fmt: skip
FIELDS = describe(PartMovement)
ME = FieldSpec("part_movement", "part_movement_id", Kind.REFERENCE, True, target="part_movement")
QUANTITY = replace(FIELDS["quantity"], least=1)
DAY = replace(FIELDS["on"], required=False)
STORE, PART = FIELDS["part_store_id"], FIELDS["part_id"]
RECEIPT = (
    STORE, PART, QUANTITY, replace(FIELDS["unit_price"], required=False), replace(FIELDS["amount"], required=False),
    DAY, FIELDS["provider_id"], FIELDS["voucher"], FIELDS["note"],
)  # fmt: skip
ISSUE = (STORE, PART, QUANTITY, DAY, FIELDS["work_order_id"], FIELDS["taker"], FIELDS["note"], FIELDS["despite"])
BACK = (ME, QUANTITY, DAY, FIELDS["note"])
TO_STORE = FieldSpec("part_movement", "to_store_id", Kind.REFERENCE, True, target="part_store")
TRANSFER = (STORE, TO_STORE, PART, QUANTITY, DAY, FIELDS["note"])
REVERSE = (ME, replace(FIELDS["note"], required=True))


@intent(N_("Receive part"), on=PartMovement, name="part_movements.receive")
def receive(work: Work, **values: Any) -> UUID:
    """Goods come in at their price: `unit_price` fen each, or `amount` fen for all. Invalid: neither is said; Conflict:
    part or store is out of use on the day."""
    given = _given(work, RECEIPT, values)
    store, part = _there(work, given)
    unit, amount = given.pop("unit_price", None), given.pop("amount", None)
    if amount is None:
        if unit is None:
            raise Invalid(NO_PRICE, field=FIELDS["unit_price"].key)
        amount = share(unit, given["quantity"], part_value.WHOLE, FIELDS["quantity"].key)
    if amount > MOST:
        raise Invalid(TOO_LARGE, field=FIELDS["amount"].key)
    row, quantity = card(work, store, part.id, make=True), given.pop("quantity")
    assert row is not None
    row.last_price = part_value.price(amount, quantity)
    return post(work, row, K.RECEIPT, quantity, amount, **given).id


@intent(N_("Issue part"), on=PartMovement, name="part_movements.issue")
def issue(work: Work, **values: Any) -> UUID:
    """A part leaves for a work order, whose material and cost line are written with it, or for whoever takes it.
    Conflict: less is there and nobody says why it leaves `despite` that; the order has ended. NotAllowed: who keeps no
    store takes parts for his own orders alone."""
    given = _given(work, ISSUE, values)
    store, part = work.see("part_store", given.pop("part_store_id")), work.see("part", given.pop("part_id"))
    order = _order(work, store, given)
    part_takers.may_take(work, store.compound_id, order)
    given["taker"] = part_takers.taker(work, store.compound_id, given.get("taker"))
    quantity, word = given.pop("quantity"), given.pop("despite", None)
    row = card(work, store, part.id, make=bool(word))
    there = 0 if row is None else max(row.quantity, 0)
    short = there < quantity
    if row is None or (short and not word):
        raise _short(SHORT, part, store, there)
    if short:
        given["despite"] = word
        work.because(str(word))
    amount = part_value.issued(Balance(row.quantity, row.value), quantity, row.last_price or 0)
    made = post(work, row, K.ISSUE, -quantity, -amount, **given)
    if order is not None:
        work_materials.issued(work, order, made, part)
    return made.id


@intent(N_("Bring part back"), on=PartMovement, name="part_movements.give_back")
def give_back(work: Work, **values: Any) -> UUID:
    """What was issued and not used comes back at the price it was issued for; the material and the cost line of its
    order become less. Conflict: more than is still out, or the order has ended."""
    given = _given(work, BACK, values)
    first = work.see("part_movement", given.pop("part_movement_id"))
    if first.kind is not K.ISSUE:
        raise Conflict(NO_ISSUE)
    part_takers.may_bring(work, first)
    return _back(work, first, given.pop("quantity"), K.RETURN, given)


def _back(work: Work, first: PartMovement, quantity: int, kind: MovementKind, said: dict[str, Any]) -> UUID:
    row = work.hold(PartStock, first.part_stock_id)
    out, before = -first.quantity, _returned(work, first)
    if kind is K.REVERSAL and quantity == 0:
        raise _gone(work, first)
    if quantity > out - before:
        measure = work.see("part", first.part_id).measure
        raise Conflict(TOO_MUCH, field=FIELDS["quantity"].key, left=written(out - before), measure=measure)
    amount = part_value.returned(-first.amount, out, before, quantity)
    made = post(work, row, kind, quantity, amount, work_order_id=first.work_order_id, taker=first.taker,
                follows_id=first.id, **said)  # fmt: skip
    if first.work_order_id:
        work_materials.came_back(work, open_order(work, first.work_order_id), first.id, quantity, amount)
    return made.id


@intent(N_("Move part to another store"), on=PartMovement, name="part_movements.transfer")
def transfer(work: Work, **values: Any) -> UUID:
    """Both stores are in one compound; the value goes along. Out of a store that is given up everything may go, into
    it nothing. Conflict: less is there."""
    given = _given(work, TRANSFER, values)
    store, part = work.see("part_store", given.pop("part_store_id")), work.see("part", given.pop("part_id"))
    other = work.see("part_store", given.pop("to_store_id"))
    if other.id == store.id:
        raise Invalid(SAME, field=TO_STORE.key)
    if other.compound_id != store.compound_id:
        raise Conflict(ELSEWHERE, field=TO_STORE.key)
    _in_use(other, given["on"])
    return _move(work, part, store, other, given)


def _move(work: Work, part: Any, store: Any, other: Any, given: dict[str, Any]) -> UUID:
    quantity, of = given.pop("quantity"), PartStock
    both = sa.select(of.id).where(of.part_store_id.in_((store.id, other.id)), of.part_id == part.id)
    hold(work, work.session.scalars(both))
    row = card(work, store, part.id, make=False)
    if row is None or row.quantity < quantity:
        raise _short(NOT_THERE, part, store, max(row.quantity, 0) if row else 0)
    target = card(work, other, part.id, make=True)
    assert target is not None
    amount = part_value.issued(Balance(row.quantity, row.value), quantity, 0)
    out = post(work, row, K.TRANSFER_OUT, -quantity, -amount, **given)
    target.last_price = target.last_price if target.last_price is not None else row.last_price
    post(work, target, K.TRANSFER_IN, quantity, amount, follows_id=out.id, **given)
    return out.id


@intent(N_("Reverse movement"), on=PartMovement, name="part_movements.reverse")
def reverse(work: Work, **values: Any) -> UUID:
    """A movement that was entered wrongly is written once more the other way round, at its own price; of an issue what
    is still out. Conflict: it was reversed, what it brought is not there any more, or its order has ended."""
    given = checks.checked_all({spec.name: spec for spec in REVERSE}, values, whole=True)
    first, said = work.see("part_movement", given["part_movement_id"]), {"on": work.today, "note": given["note"]}
    if first.kind is K.ISSUE:
        return _back(work, first, -first.quantity - _returned(work, first), K.REVERSAL, said)
    if first.kind not in (K.RECEIPT, K.ADJUSTMENT, K.TRANSFER_OUT):
        raise Conflict(NO_REVERSAL, kind=Word(f"part_movement.kind={first.kind.value}"))
    other = sa.select(PartMovement).where(PartMovement.follows_id == first.id, PartMovement.kind == K.TRANSFER_IN)
    entered = work.session.scalars(other).first()
    hold(work, [each.part_stock_id for each in (first, entered) if each is not None])
    if entered is not None:
        _turned(work, entered, said)
    return _turned(work, first, said)


def _gone(work: Work, first: PartMovement) -> Conflict:
    """Why there is nothing to reverse."""
    if number := _reversal(work, first):
        return Conflict(TWICE, number=number)
    return Conflict(ALL_BACK)


def _reversal(work: Work, first: PartMovement) -> str | None:
    of = PartMovement
    return work.session.scalar(sa.select(of.number).where(of.follows_id == first.id, of.kind == K.REVERSAL).limit(1))


def _turned(work: Work, first: PartMovement, said: dict[str, Any]) -> UUID:
    row = work.hold(PartStock, first.part_stock_id)
    if number := _reversal(work, first):
        raise Conflict(TWICE, number=number)
    if first.quantity > 0 and row.quantity < first.quantity:
        store, part = work.see("part_store", first.part_store_id), work.see("part", first.part_id)
        raise _short(NOT_THERE, part, store, max(row.quantity, 0))
    made = post(work, row, K.REVERSAL, -first.quantity, -first.amount, follows_id=first.id, **said)
    if first.kind is K.RECEIPT:
        row.last_price = _last_price(work, row)
    return made.id


def _last_price(work: Work, row: PartStock) -> int | None:
    """That of the newest receipt that stands; before there was one, nothing is known."""
    of, back = PartMovement, aliased(PartMovement)
    turned = sa.exists().where(back.follows_id == of.id, back.kind == K.REVERSAL, back.alive == sa.true())
    stands = sa.select(of.unit_price).where(of.part_stock_id == row.id, of.kind == K.RECEIPT, ~turned)
    return work.session.scalar(stands.order_by(of.n.desc()).limit(1))


for _name, _fields in (
    ("receive", RECEIPT), ("issue", ISSUE), ("give_back", BACK), ("transfer", TRANSFER), ("reverse", REVERSE),
):  # fmt: skip
    takes(f"part_movements.{_name}", _fields)


def _given(work: Work, specs: tuple[FieldSpec, ...], values: dict[str, Any]) -> dict[str, Any]:
    """What was said, checked; without a day it is today. Invalid: the day lies ahead."""
    given = checks.checked_all({spec.name: spec for spec in specs}, values, whole=True)
    given = {name: value for name, value in given.items() if value is not None}
    if given.setdefault("on", work.today) > work.today:
        raise Invalid(AHEAD, field=FIELDS["on"].key)
    return given


def _there(work: Work, given: dict[str, Any]) -> tuple[Any, Any]:
    """Store and part of something that is brought in. Conflict: one of them is out of use."""
    store, part = work.see("part_store", given.pop("part_store_id")), work.see("part", given.pop("part_id"))
    for each in (store, part):
        _in_use(each, given["on"])
    return store, part


def _in_use(each: Any, on: date) -> None:
    if each.ended_on and each.ended_on <= on:
        raise Conflict(ENDED_ON, name=each.name, date=each.ended_on)


def _order(work: Work, store: Any, given: dict[str, Any]) -> Any:
    if not given.get("work_order_id"):
        return None
    order = open_order(work, given["work_order_id"])
    if order.compound_id != store.compound_id:
        raise Conflict(ELSEWHERE, field=FIELDS["part_store_id"].key)
    return order


def _returned(work: Work, first: PartMovement) -> int:
    """What came back of an issue, thousandths."""
    of = PartMovement
    found = sa.select(sa.func.coalesce(sa.func.sum(of.quantity), 0))
    return int(work.session.scalar(found.where(of.follows_id == first.id, of.quantity > 0)) or 0)


def _short(sentence: str, part: Any, store: Any, there: int) -> Conflict:
    name = " ".join(filter(None, (part.name, part.specification)))
    return Conflict(sentence, field=FIELDS["quantity"].key, part=name, there=written(there), measure=part.measure,
                    store=store.name)  # fmt: skip


def written(thousandths: int) -> str:
    """A quantity without needless decimals."""
    return f"{thousandths / part_value.WHOLE:.3f}".rstrip("0").rstrip(".")


@following(PartMovement)
def _follow(work: Work, ids: list[UUID]) -> None:
    """What belongs to a work order is not taken back once that has ended."""
    for start in range(0, len(ids), AT_ONCE):
        of = PartMovement
        named = sa.select(of.work_order_id).where(of.id.in_(ids[start : start + AT_ONCE]))
        for id in set(work.session.scalars(named, execution_options={"dead": True})) - {None}:
            order = work.see("work_order", id)  # type: ignore[arg-type]
            if order.state in ENDED:
                state = Word(f"work_order.state={order.state.value}")
                raise Conflict(GONE_BY, number=order.number, state=state)
