"""账实: the cards as they are now against what was counted last, and cards that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
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
from services.reconciliation_facts import Asked, Found, Unit, about, called, joined, some, word
from services.reconciliation_rules import since
from services.stocktake_documents import DECIDED, Settling, document, documents, is_settled, settling
from services.stocktake_tally import Place

COUNTS = (
    StocktakeState.COUNTING, StocktakeState.EXPLAINING, StocktakeState.REPORTED, StocktakeState.APPROVED,
    StocktakeState.CLOSED,
)  # fmt: skip
TOLD = (
    CountResult.MATCHED,
    CountResult.ELSEWHERE,
    CountResult.OVER,
)  # stands as soon as it is seen; a lack only when counting has ended
STAYS = frozenset(Settlement) - {Settlement.WRITE_OFF, Settlement.SEARCH_ON}  # settled, the card may stay as it is
COUNTED = frozenset({R.THING_MISSING, R.THING_SHORT, R.THING_OVER, R.THING_ELSEWHERE, R.THING_KEEPER, R.THING_DAMAGED})
DAMAGED = Word("stocktake_line.damaged")


class Seen(NamedTuple):
    """A card as it is now beside the line of its newest count, and the document that is to settle it."""

    card: Asset
    line: StocktakeLine
    stocktake: Stocktake
    by: Settling | None = None

    @property
    def settled(self) -> bool:
        """Whether what was decided of it is done."""
        return is_settled(self.stocktake, self.line, self.by)


def counted(asked: Asked) -> list[Seen]:
    """The cards in the books whose newest count says something else, or that they are damaged."""
    line, of = StocktakeLine, (Stocktake, Stocktake.id == StocktakeLine.stocktake_id)
    newest_first = (Stocktake.base_on.desc(), Stocktake.n.desc())
    rank = sa.func.row_number().over(partition_by=line.asset_id, order_by=newest_first).label("rank")
    lacks = sa.and_(
        line.result.in_((CountResult.SHORT, CountResult.MISSING)), Stocktake.state != StocktakeState.COUNTING
    )
    seen = (Stocktake.state.in_(COUNTS), Stocktake.base_on <= asked.on, sa.or_(line.result.in_(TOLD), lacks))
    newest = sa.select(line.id.label("id"), rank).join(*of).where(*seen, *asked.inside(line)).subquery()
    says = (line.result != CountResult.MATCHED, line.damaged)  # of 20,000 that match nothing is read
    found = (
        sa.select(Asset, line, Stocktake).join(line, line.asset_id == Asset.id).join(*of)
        .join(newest, newest.c.id == line.id)
        .where(newest.c.rank == 1, sa.or_(*says), *here(asked.on), *asked.inside(Asset))
    )  # fmt: skip
    rows = [Seen(*row) for row in asked.session.execute(found)]
    known = documents(asked.session, settling((seen.line for seen in rows), ()))
    return [seen._replace(by=document(known, seen.line)) for seen in rows]


def of_counts(asked: Asked) -> Iterator[Found]:
    """Missing, short, over, elsewhere, with somebody else, damaged: as long as the card still says the other thing."""
    if not asked.wants(*COUNTED):
        return
    rows = counted(asked)
    named = ((Room, "room_id", "found_room_id"), (Building, "building_id", "found_building_id"),
             (Staff, "keeper_id", "found_keeper_id"))  # fmt: skip
    names = dict[UUID | None, str]()
    for kind, own, found in named:
        ids = [id for row in rows for id in (getattr(row.card, own), getattr(row.line, found))]
        names |= called(asked.session, kind, ids)
    for seen in rows:
        if not (seen.settled and seen.line.settlement in STAYS):
            yield from _pieces(seen)
            yield from _moved(seen, names)
        if seen.line.result is not CountResult.MISSING:
            yield from _damaged(seen)


def _said(seen: Seen) -> Callable[..., Found]:
    return partial(about("asset", seen.card), opens="stocktake", opens_id=seen.stocktake.id)


def _pieces(seen: Seen) -> Iterator[Found]:
    """Pieces that lack stay listed when a card was split off for them, until that has left."""
    line, there = seen.line, seen.line.counted or 0
    if line.result not in (CountResult.MISSING, CountResult.SHORT, CountResult.OVER):
        return
    split = line.result is CountResult.SHORT and line.settled_by and not seen.settled
    book = line.quantity if split else seen.card.quantity
    if there != book:
        lacks = R.THING_MISSING if line.result is CountResult.MISSING else R.THING_SHORT
        rule = lacks if there < book else R.THING_OVER
        yield _said(seen)(rule, book=book, other=there, unit=Unit.PIECES, amount=there - book)


def _moved(seen: Seen, names: dict[UUID | None, str]) -> Iterator[Found]:
    """It is listed while the card says what the books said when they were frozen: later papers know better. What the
    books do not say is no difference."""
    card, line = seen.card, seen.line
    now, found = Place(card.building_id, card.room_id), Place(line.found_building_id, line.found_room_id)
    if now == (line.building_id, line.room_id) and not found.fits(now):
        book, other = (joined(names.get(building), names.get(room)) for building, room in (now, found))
        yield _said(seen)(R.THING_ELSEWHERE, book=book or card.place_text, other=other)
    keeper = line.found_keeper_id
    if keeper and card.keeper_id and card.keeper_id == line.keeper_id != keeper:
        yield _said(seen)(R.THING_KEEPER, book=names.get(card.keeper_id), other=names.get(keeper))


def _damaged(seen: Seen) -> Iterator[Found]:
    if seen.line.damaged and seen.card.status is AssetStatus.IN_USE:
        book = word("asset.status", AssetStatus.IN_USE.value)
        yield _said(seen)(R.THING_DAMAGED, book=book, other=seen.line.found_word or DAMAGED)


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
        if stocktake.state in DECIDED and row.settlement in (Settlement.GIVE_BACK, Settlement.LEAVE):
            continue
        said = about("stocktake_surplus", row, f"{stocktake.number}-{row.position}")
        yield said(R.THING_SURPLUS, book=0, other=row.quantity, unit=Unit.PIECES, amount=row.quantity,
                   opens="stocktake", opens_id=stocktake.id)  # fmt: skip


def not_counted(asked: Asked) -> Iterator[Found]:
    """Cards of a compound where things are counted that no stocktake of the last year has on its lines."""
    if not asked.wants(R.THING_NOT_COUNTED):
        return
    after = since(R.THING_NOT_COUNTED, asked.on)
    ran = (Stocktake.state.in_(COUNTS), Stocktake.base_on <= asked.on)
    lately = (
        sa.select(StocktakeLine.asset_id).join(Stocktake, Stocktake.id == StocktakeLine.stocktake_id)
        .where(*ran, Stocktake.base_on > after, *asked.inside(Stocktake))
    )  # fmt: skip
    begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
    picked = (Asset.id, Asset.compound_id, Asset.number, Asset.name, Asset.quantity, begun.label("begun"))
    found = sa.select(*picked).where(
        Asset.compound_id.in_(sa.select(Stocktake.compound_id).where(*ran)), Asset.id.not_in(lately),
        *here(asked.on), sa.or_(begun.is_(None), begun <= after), *asked.inside(Asset),
    )  # fmt: skip
    for row in asked.session.execute(found):
        yield about("asset", row)(R.THING_NOT_COUNTED, book=row.begun, unit=Unit.PIECES, amount=row.quantity,
                                  opens="asset", opens_id=row.id)  # fmt: skip


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
        others_ = some([row.number for row in others])
        yield about("asset", first, subject=f"serial:{serial}")(
            R.THING_SAME_SERIAL, book=serial, other=others_, unit=Unit.PIECES, amount=len(others), opens="asset",
            opens_id=others[0].id,
        )  # fmt: skip
