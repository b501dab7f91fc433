"""账实: the cards as they are now against what was counted last, and cards that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset, AssetStatus
from models.building import Building
from models.reconciliation import ReconciliationRule as R
from models.room import Room
from models.staff import Staff
from models.stocktake import (
    CountResult,
    Settlement,
    Stocktake,
    StocktakeLine,
    StocktakeState,
    StocktakeSurplus,
)
from resources.words import Word
from services.reconciliation_books import here
from services.reconciliation_facts import Asked, Found, Unit, called, joined, some, word
from services.reconciliation_rules import since

COUNTS = (
    StocktakeState.COUNTING, StocktakeState.EXPLAINING, StocktakeState.REPORTED, StocktakeState.APPROVED,
    StocktakeState.CLOSED,
)  # fmt: skip
DECIDED = (StocktakeState.APPROVED, StocktakeState.CLOSED)
STAYS = (Settlement.PUT_BACK, Settlement.LEAVE)  # the card is right as it is, or is to be left so
COUNTED = frozenset({R.THING_MISSING, R.THING_SHORT, R.THING_OVER, R.THING_ELSEWHERE, R.THING_KEEPER, R.THING_DAMAGED})
DAMAGED = Word("stocktake_line.damaged")
Place = tuple[UUID | None, UUID | None]


class Seen(NamedTuple):
    """A card as it is now beside the line of its newest count."""

    card: Asset
    line: StocktakeLine
    stocktake: Stocktake


def counted(asked: Asked) -> list[Seen]:
    """The cards in the books whose newest count says something else, or that they are damaged."""
    L, S = StocktakeLine, Stocktake
    rank = sa.func.row_number().over(partition_by=L.asset_id, order_by=(S.base_on.desc(), S.n.desc())).label("rank")
    newest = (
        sa.select(L.id.label("id"), rank).join(S, S.id == L.stocktake_id)
        .where(S.state.in_(COUNTS), S.base_on <= asked.on, L.result != CountResult.PENDING, *asked.inside(L))
        .subquery()
    )  # fmt: skip
    moved = sa.or_(L.found_building_id.is_not(None), L.found_room_id.is_not(None), L.found_keeper_id.is_not(None))
    says = sa.or_(L.result != CountResult.MATCHED, L.damaged, moved)
    found = (
        sa.select(Asset, L, S).join(L, L.asset_id == Asset.id).join(S, S.id == L.stocktake_id)
        .join(newest, newest.c.id == L.id)
        .where(newest.c.rank == 1, says, *here(asked.on), *asked.inside(Asset))
    )  # fmt: skip
    return [Seen(*row) for row in asked.session.execute(found)]


def of_counts(asked: Asked) -> Iterator[Found]:
    """Missing, short, over, elsewhere, with somebody else, damaged: as long as the card still says the other thing."""
    if not asked.wants(*COUNTED):
        return
    rows = counted(asked)
    lines = [seen.line for seen in rows]
    names = called(asked.session, Room, [id for s in rows for id in (s.card.room_id, s.line.found_room_id)])
    names |= called(asked.session, Building, [id for s in rows for id in (s.card.building_id, s.line.found_building_id)])
    names |= called(asked.session, Staff, [*(s.card.keeper_id for s in rows), *(line.found_keeper_id for line in lines)])
    for seen in rows:
        yield from _pieces(seen)
        if seen.line.result is not CountResult.MISSING:
            yield from _moved(seen, names)
            yield from _damaged(seen)


def _about(seen: Seen) -> tuple[Any, ...]:
    card = seen.card
    return (card.compound_id, "asset", card.id, card.number, card.name, card.id.hex)


def _pieces(seen: Seen) -> Iterator[Found]:
    card, line, opens = seen.card, seen.line, ("stocktake", seen.stocktake.id)
    if line.result is CountResult.MISSING:
        rule, there = R.THING_MISSING, 0
    elif line.result in (CountResult.SHORT, CountResult.OVER) and line.counted is not None:
        there = line.counted
        rule = R.THING_SHORT if there < card.quantity else R.THING_OVER
    else:
        return
    if there != card.quantity:
        yield Found(rule, *_about(seen), card.quantity, there, Unit.PIECES, there - card.quantity, *opens)


def _moved(seen: Seen, names: dict[UUID | None, str]) -> Iterator[Found]:
    """It is listed while the card says what the books said when they were frozen: later papers know better."""
    card, line, opens = seen.card, seen.line, ("stocktake", seen.stocktake.id)
    if seen.stocktake.state in DECIDED and line.settlement in STAYS:
        return
    now, found = _place(card.building_id, card.room_id), _place(line.found_building_id, line.found_room_id)
    if any(found) and now == _place(line.building_id, line.room_id) and not _same(now, found):
        book, other = (joined(names.get(place[0]), names.get(place[1])) for place in (now, found))
        yield Found(R.THING_ELSEWHERE, *_about(seen), book or card.place_text, other, Unit.NONE, None, *opens)
    keeper = line.found_keeper_id
    if keeper and card.keeper_id == line.keeper_id and keeper != card.keeper_id:
        book, other = names.get(card.keeper_id) or card.keeper_text or None, names.get(keeper, "")
        yield Found(R.THING_KEEPER, *_about(seen), book, other, Unit.NONE, None, *opens)


def _place(building: UUID | None, room: UUID | None) -> Place:
    return building, room


def _same(now: Place, found: Place) -> bool:
    """Whether two places are one: a room says enough, without one the building does."""
    return now[1] == found[1] if found[1] else now[0] == found[0]


def _damaged(seen: Seen) -> Iterator[Found]:
    if seen.line.damaged and seen.card.status is AssetStatus.IN_USE:
        book, other = word("asset.status", AssetStatus.IN_USE.value), seen.line.found_word or DAMAGED
        yield Found(R.THING_DAMAGED, *_about(seen), book, other, Unit.NONE, None, "stocktake", seen.stocktake.id)


def surpluses(asked: Asked) -> Iterator[Found]:
    """What was found and has no card yet."""
    if not asked.wants(R.THING_SURPLUS):
        return
    open_ = (Stocktake.state.in_(COUNTS), Stocktake.state != StocktakeState.CLOSED, Stocktake.base_on <= asked.on)
    found = (
        sa.select(StocktakeSurplus, Stocktake).join(Stocktake, Stocktake.id == StocktakeSurplus.stocktake_id)
        .where(StocktakeSurplus.asset_id.is_(None), *open_, *asked.inside(Stocktake))
    )  # fmt: skip
    for row, stocktake in asked.session.execute(found):
        if stocktake.state in DECIDED and row.settlement is Settlement.GIVE_BACK:
            continue
        yield Found(
            R.THING_SURPLUS, row.compound_id, "stocktake_surplus", row.id, f"{stocktake.number}-{row.position}",
            row.name, row.id.hex, 0, row.quantity, Unit.PIECES, row.quantity, "stocktake", stocktake.id,
        )  # fmt: skip


def not_counted(asked: Asked) -> Iterator[Found]:
    """Cards of a compound where things are counted that no stocktake of the last year has on its lines."""
    if not asked.wants(R.THING_NOT_COUNTED):
        return
    after, S = since(R.THING_NOT_COUNTED, asked.on), Stocktake
    ran = (S.state.in_(COUNTS), S.base_on <= asked.on)
    lately = (
        sa.select(StocktakeLine.asset_id).join(S, S.id == StocktakeLine.stocktake_id)
        .where(*ran, S.base_on > after, *asked.inside(S))
    )  # fmt: skip
    begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
    found = sa.select(Asset.id, Asset.compound_id, Asset.number, Asset.name, Asset.quantity, begun.label("begun")).where(
        Asset.compound_id.in_(sa.select(S.compound_id).where(*ran)), Asset.id.not_in(lately), *here(asked.on),
        sa.or_(begun.is_(None), begun <= after), *asked.inside(Asset),
    )  # fmt: skip
    for row in asked.session.execute(found):
        yield Found(
            R.THING_NOT_COUNTED, row.compound_id, "asset", row.id, row.number, row.name, row.id.hex, row.begun, None,
            Unit.PIECES, row.quantity, "asset", row.id,
        )  # fmt: skip


def same_serial(asked: Asked) -> Iterator[Found]:
    """One serial number on several cards that are in the books: one difference a serial number, about the first."""
    if not asked.wants(R.THING_SAME_SERIAL):
        return
    own = (*here(asked.on), Asset.serial.is_not(None), Asset.serial != "")  # a double may lie in another compound
    twice = sa.select(Asset.serial).where(*own).group_by(Asset.serial).having(sa.func.count() > 1)
    found = sa.select(Asset.id, Asset.compound_id, Asset.number, Asset.name, Asset.serial)
    cards: dict[str, list[Any]] = defaultdict(list)
    for row in asked.session.execute(found.where(*own, Asset.serial.in_(twice)).order_by(Asset.number)):
        cards[row.serial].append(row)
    for serial, rows in cards.items():
        if asked.compound_id and all(row.compound_id != asked.compound_id for row in rows):
            continue
        first, *others = rows
        yield Found(
            R.THING_SAME_SERIAL, first.compound_id, "asset", first.id, first.number, first.name, f"serial:{serial}",
            serial, some([row.number for row in others]), Unit.PIECES, len(others), "asset", others[0].id,
        )  # fmt: skip
