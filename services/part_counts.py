"""A store is counted: on a blind sheet, entered in one go, approved by another account, and only then adjusted.

What differs is what was counted less what the card said at the moment it was entered; it is added to the balance at the
approval, so that what is received and issued between the two changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.part import MovementKind, Part, PartCount, PartCountLine, PartStock
from resources.words import N_, Word
from services import checks, part_value
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import guarding
from services.desk.work import Work
from services.part_cards import OF_PART, hold, post
from services.part_value import Balance

SERIES = "PK"
OPEN = N_("This store is being counted already: {number}")
EMPTY = N_("There is no card in this store yet: nothing can be counted")
APPROVED = N_("{number} was approved on {date}; it stays as it is")
NO_LINE = N_("The sheet has no line {position}; it has {last}")
NOT_COUNTED = N_("{n} lines are not counted yet, the first is line {position}; what is not there is counted as 0")
COUNTED = N_("{name} entered what was counted: somebody else approves")
NO_REASON = N_("Line {position} differs: say why, there or here for all of them")
ROWS = Word("part_count_line.rows")
COUNTS = listing(Listing("part_counts", PartCount, ("number", "started_on")))
LINES = listing(Listing("part_count_lines", PartCountLine, ("position",),
                        also=OF_PART | {"part_stock_id": ("place",)}))  # fmt: skip
OF_LINE, NOTE = describe(PartCountLine), describe(PartCount)["note"]
REASON = FieldSpec("part_count", "reason", Kind.TEXT, max_length=200)
ME = FieldSpec("part_count", "part_count_id", Kind.REFERENCE, True, target="part_count")


@intent(N_("Start counting a store"), on=PartCount, name="part_counts.start")
def start(work: Work, part_store_id: UUID, note: str | None = None) -> UUID:
    """Every card of the store becomes a line of the sheet, by its place there and its name. Conflict: it is being
    counted already, or has no card."""
    store = work.see("part_store", part_store_id)
    known = sa.select(PartCount.number).where(PartCount.part_store_id == store.id, PartCount.approved_on.is_(None))
    if number := work.session.scalar(known.limit(1)):
        raise Conflict(OPEN, number=number)
    of = PartStock
    cards = sa.select(of.id, of.part_id).join(Part, Part.id == of.part_id).where(of.part_store_id == store.id)
    found = work.session.execute(
        cards.order_by(sa.func.coalesce(of.place, "~"), Part.name, Part.specification, Part.number)
    ).all()
    if not found:
        raise Conflict(EMPTY)
    count = PartCount(
        compound_id=store.compound_id, number=next(work.numbers(SERIES)), part_store_id=store.id,
        started_on=work.today, note=checks.checked(NOTE, note),
    )  # fmt: skip
    work.add(count)
    for position, (stock, part) in enumerate(found, 1):
        work.add(PartCountLine(compound_id=store.compound_id, part_count_id=count.id, position=position,
                               part_stock_id=stock, part_id=part))  # fmt: skip
    return count.id


takes("part_counts.start", (describe(PartCount)["part_store_id"], NOTE))


@intent(N_("Enter what was counted"), on=PartCount, name="part_counts.enter")
def enter(work: Work, part_count_id: UUID, rows: Sequence[Sequence[Any]]) -> int:
    """Rows of (line of the sheet, thousandths, reason or nothing); a line that is entered again counts as it was last
    entered. All of them or none; returns how many. Invalid: the sheet has no such line; Conflict: it was approved."""
    count = _open(work, part_count_id)
    if not rows:
        raise Invalid(N_("“{field}” is required"), field=ROWS)
    lines = {line.position: line for line in _lines(work, count)}
    cards = sa.select(PartStock).where(PartStock.part_store_id == count.part_store_id)
    cards_by = {card.id: card for card in work.session.scalars(cards)}
    for position, counted, *reason in rows:
        line = lines.get(position)
        if line is None:
            raise Invalid(NO_LINE, field=ROWS, position=position, last=len(lines))
        line.counted = checks.checked(OF_LINE["counted"], counted)
        line.reason = checks.checked(OF_LINE["reason"], reason[0] if reason else None)
        line.book = cards_by[line.part_stock_id].quantity
        line.differs = None if line.counted is None else line.counted - line.book
        line.counted_by = work.actor
    count.counted_by, count.counted_on = work.actor, work.today
    return len(rows)


takes("part_counts.enter", (ME, FieldSpec("part_count_line", "rows", Kind.EXTRA, True, many=True)))


@intent(N_("Approve count"), on=PartCount, name="part_counts.approve")
def approve(work: Work, part_count_id: UUID, reason: str | None = None) -> int:
    """What differs is adjusted, each line for its own reason or for this one; returns how many were. Conflict: a line
    is not counted or has no reason, or whoever entered some of it approves."""
    count, why = _open(work, part_count_id), checks.checked(REASON, reason)
    lines = _lines(work, count)
    missing = [line.position for line in lines if line.counted is None]
    if missing:
        raise Conflict(NOT_COUNTED, n=len(missing), position=missing[0])
    if any(line.counted_by == work.actor for line in lines):
        raise Conflict(COUNTED, name=work.actor)
    differing = [line for line in lines if line.differs]
    hold(work, [line.part_stock_id for line in differing])
    for line in differing:
        if not (line.reason or why):
            raise Conflict(NO_REASON, field=REASON.key, position=line.position)
        _adjust(work, count, line, line.reason or why)
    count.approved_by, count.approved_on = work.actor, work.today
    return len(differing)


takes("part_counts.approve", (ME, REASON))


def _adjust(work: Work, count: PartCount, line: PartCountLine, why: str | None) -> None:
    """More is taken in at the average, less leaves at it; where nothing lies, at the price of the last receipt. What is
    less than what lies there now is a shortage like any other, until it is cleared."""
    assert line.differs is not None
    row = work.hold(PartStock, line.part_stock_id)
    there, more = Balance(row.quantity, row.value), line.differs
    price = row.last_price or 0
    if more < 0:
        amount = -part_value.issued(there, -more, price)
    elif there.quantity > 0:
        amount = part_value.half_up(there.value, more, there.quantity)
    elif there.quantity < 0 and there.value:
        amount = part_value.half_up(-there.value, more, -there.quantity)
    else:
        amount = part_value.half_up(price, more, part_value.WHOLE)
    short = {"despite": why} if there.quantity + more < 0 else {}
    post(work, row, MovementKind.ADJUSTMENT, more, amount, on=work.today, note=why, part_count_id=count.id, **short)


@intent(N_("Drop count"), on=PartCount, name="part_counts.drop")
def drop(work: Work, part_count_id: UUID) -> None:
    """The sheet and what was entered are given up. Conflict: it was approved."""
    count = _open(work, part_count_id)
    for line in _lines(work, count):
        line.alive = False
    work.session.flush()
    work.remove(count)


@guarding(PartCount)
def _one_at_a_time(work: Work, row: PartCount, values: dict[str, Any], _since: int) -> None:
    """A count that is open again by being taken back is the only one of its store."""
    if values.get("approved_on", row.approved_on) or not values.get("alive", row.alive):
        return
    of = PartCount
    known = sa.select(of.number).where(of.part_store_id == row.part_store_id, of.approved_on.is_(None), of.id != row.id)
    if number := work.session.scalar(known.limit(1)):
        raise Conflict(OPEN, number=number)


def _open(work: Work, part_count_id: UUID) -> PartCount:
    count = work.get(PartCount, part_count_id)
    if count.approved_on:
        raise Conflict(APPROVED, number=count.number, date=count.approved_on)
    return count


def _lines(work: Work, count: PartCount) -> Sequence[PartCountLine]:
    of = PartCountLine
    found = sa.select(of).where(of.part_count_id == count.id).order_by(of.position)
    return work.session.scalars(found).all()
