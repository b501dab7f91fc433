"""After the approval every difference is settled by a document of its own: made here as a draft, done by its own steps.

Losses are written off by a disposal, cards follow their things by handover notes, what is in no book is accepted by two
persons. Nothing is adjusted by the stocktake itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.acquisition import AssetNeed, Source
from models.asset import Asset, AssetStatus
from models.asset_value import AssetValueChange, ValueChange
from models.disposal import Disposal, DisposalGround, DisposalMode, LossCause
from models.handover import Handover
from models.stocktake import (
    CountResult,
    DifferenceCause,
    Settlement,
    Stocktake,
    StocktakeLine,
    StocktakeState,
    StocktakeSurplus,
)
from resources.words import N_
from services import asset_needs, disposals, handovers
from services.asset_parts import split
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.work import Work
from services.disposal_lines import with_parts
from services.stocktake_differing import astray, lost, lying, rows_of
from services.stocktake_documents import document, documents, settling
from services.stocktake_finish import left_by
from services.stocktake_rules import BY_DOCUMENT
from services.stocktake_states import KEPT, in_state

R, T, S = CountResult, Settlement, StocktakeState
C = DifferenceCause
CAUSES = {C.LOST: LossCause.MISSING, C.THEFT: LossCause.THEFT, C.DAMAGE: LossCause.DAMAGE,
          C.DISASTER: LossCause.DISASTER}  # fmt: skip
FOUND_PART = N_("{part} is a part of {asset} and was found: take it out of the set first, or it leaves with it")
OTHER_PIECES = N_(
    "{asset} has {now} pieces now and had {was} when the books were frozen: split or merge its card so that it has"
    " {was} again, then draft the documents"
)
NO_CLASS = N_("{asset} has no class: give its card one first")


class Move(NamedTuple):
    """A handover: from whom, to whom, into which room."""

    giver: UUID | None
    taker: UUID
    room: UUID | None


@intent(N_("Draft the documents that settle differences"), on=Stocktake, name="stocktakes.settle", kept=KEPT)
def settle(work: Work, stocktake_id: UUID) -> list[str]:
    """Drafts what is not settled yet; the numbers of the drafts. What left, or came to its place or pieces, by another
    document meanwhile needs none. Conflict: an open document is about one of the cards, its pieces changed otherwise,
    or a part of a lost thing was found."""
    found = in_state(work, stocktake_id, S.APPROVED)
    rows, more = rows_of(work.session, found.id)
    known = documents(work.session, settling(rows, more))

    def due(row: StocktakeLine | StocktakeSurplus) -> bool:
        by = document(known, row)
        return row.settlement in BY_DOCUMENT and not row.settled_on and (by is None or by.void)

    lines = _left(work, [row for row in rows if due(row)])
    lines = [row for row in lines if not _right(work, found, row)]
    made = list(_write_off(work, found, [row for row in lines if row.settlement is T.WRITE_OFF]))
    made += _correct(work, found, [row for row in lines if row.settlement is T.CORRECT_CARD])
    made += _enter(work, found, [row for row in lines if row.settlement is T.ENTER_CARD])
    return made + list(_enter_surplus(work, found, [row for row in more if due(row)]))


def _left(work: Work, rows: Sequence[StocktakeLine]) -> list[StocktakeLine]:
    """Those that are left: what left the books meanwhile is settled by the document that says so."""
    gone = left_by(work, [row.asset_id for row in rows])
    for row in rows:
        if by := gone.get(row.asset_id):
            row.settled_by, row.settled_on = by, work.today
    return [row for row in rows if row.asset_id not in gone]


def _right(work: Work, found: Stocktake, row: StocktakeLine) -> bool:
    """Whether another document brought the card to the pieces that were counted. Conflict: to others."""
    now = work.get(Asset, row.asset_id)
    if now.quantity == row.quantity or work.session.scalar(_parts(found, now).limit(1)):
        return False
    moved = sum(astray(row, lying(work.session, [row])[row.id]).values())
    if now.quantity != (row.quantity - moved if row.result is R.ELSEWHERE else row.counted):
        raise Conflict(OTHER_PIECES, asset=now.number, now=now.quantity, was=row.quantity)
    row.settled_by, row.settled_on = None, work.today
    return True


def _parts(found: Stocktake, asset: Asset) -> sa.Select[Asset]:
    """The cards that were split off from one for this stocktake, and are in the books."""
    change = AssetValueChange
    return sa.select(Asset).join(change, change.other_id == Asset.id).where(
        change.asset_id == asset.id, change.kind == ValueChange.SPLIT, change.paper == found.number,
        Asset.status != AssetStatus.DISPOSED, Asset.moved_on.is_(None),
    )  # fmt: skip


def _basis(found: Stocktake) -> str:
    return f"{found.number} {found.title}（{found.approval_no}）"[:200]


# -- losses ------------------------------------------------------------------------------------------------------
def _write_off(work: Work, found: Stocktake, rows: Sequence[StocktakeLine]) -> Iterator[str]:
    """One disposal over what is lost and its parts; of some pieces the card is split first."""
    if not rows:
        return
    cards = {_card(work, found, row, -lost(row)).id: row for row in rows}
    disposal = disposals.draft(work, list(cards), DisposalMode.WRITE_OFF, DisposalGround.LOSS, reason=_basis(found))
    said, sets = dict[tuple[LossCause, str, int], list[UUID]](), len(with_parts(work, cards)) > len(cards)
    for id, row in cards.items():
        parts = [id]
        if sets:
            parts = [asset.id for asset in with_parts(work, [id]) if asset.id == id or asset.id not in cards]
            _not_found(work, found, row, parts)
        cause = CAUSES.get(row.cause, LossCause.OTHER) if row.cause else LossCause.OTHER
        for part in parts:
            pays = row.compensation or 0 if part == id else 0
            said.setdefault((cause, row.responsible or "", pays), []).append(part)
    for (cause, who, pays), ids in said.items():  # together: every call reads the whole disposal
        disposals.explain(work, disposal, ids, cause, who, pays)
    number = work.get(Disposal, disposal).number
    for row in rows:
        row.settled_by = number
    yield number


def _not_found(work: Work, found: Stocktake, row: StocktakeLine, parts: Sequence[UUID]) -> None:
    """Conflict: a part of what is lost, or went elsewhere, was counted where it belongs."""
    line = StocktakeLine
    seen = sa.select(line.number).where(
        line.stocktake_id == found.id, line.asset_id.in_(parts), line.id != row.id, line.counted > 0
    )
    if number := work.session.scalar(seen.limit(1)):
        raise Conflict(FOUND_PART, part=number, asset=row.number)


def _card(work: Work, found: Stocktake, row: StocktakeLine, pieces: int) -> Asset:
    """The card of so many pieces of a line: the whole one, or what was split off for this stocktake — now, or before a
    draft that came to nothing."""
    asset = work.get(Asset, row.asset_id)
    if row.result is R.MISSING or pieces >= row.quantity:
        return asset
    before = _parts(found, asset).where(Asset.quantity == pieces).limit(1)
    made = work.session.scalars(before).first() or split(work, asset, pieces, found.number)
    work.session.flush()
    return made


# -- what lies elsewhere -----------------------------------------------------------------------------------------
def _correct(work: Work, found: Stocktake, rows: Sequence[StocktakeLine]) -> Iterator[str]:
    """One handover note for each way things went: from whom, to whom, into which room."""
    moves, lies = dict[Move, list[tuple[StocktakeLine, UUID]]](), lying(work.session, rows)
    for row in rows:
        places = astray(row, lies[row.id])
        card = _card(work, found, row, next(iter(places.values()), row.quantity))
        taker = row.found_keeper_id or card.keeper_id or row.keeper_id
        there = (not row.found_room_id or card.room_id == row.found_room_id) and card.keeper_id == taker
        if there or taker is None:  # a document did it meanwhile
            row.settled_by, row.settled_on = None, work.today
            continue
        room = row.found_room_id if card.room_id != row.found_room_id else None
        giver = card.keeper_id or (None if card.unit_id else taker)  # nobody's: who has it says where it is
        moves.setdefault(Move(giver, taker, room), []).append((row, card.id))
    for move, cards in moves.items():
        ids = [id for _, id in cards]
        beside = [asset.id for asset in with_parts(work, ids) if asset.id not in ids]
        _not_found(work, found, cards[0][0], beside)
        note = handovers.draft(work, ids, move.taker, from_staff_id=move.giver,
                               to_room_id=move.room, basis=_basis(found))  # fmt: skip
        number = work.get(Handover, note).number
        for row, _ in cards:
            row.settled_by = number
        yield number


# -- what is in no book ------------------------------------------------------------------------------------------
def _enter(work: Work, found: Stocktake, rows: Sequence[StocktakeLine]) -> Iterator[str]:
    """A need for the pieces a card does not have, at its cost a piece."""
    for row in rows:
        asset = work.get(Asset, row.asset_id)
        if not asset.class_code:
            raise Conflict(NO_CLASS, asset=asset.number)
        row.settled_by = _need(
            work, found, name=row.name, class_code=asset.class_code, model=row.model, quantity=lost(row),
            measure=row.measure, unit_price=None if row.cost is None else row.cost // row.quantity,
            unit_id=row.unit_id, staff_id=row.keeper_id,
        )  # fmt: skip
        yield row.settled_by


def _enter_surplus(work: Work, found: Stocktake, rows: Sequence[StocktakeSurplus]) -> Iterator[str]:
    for row in rows:
        row.settled_by = _need(
            work, found, name=row.name, class_code=row.class_code, model=row.model, quantity=row.quantity,
            measure=row.measure, unit_price=None if row.value is None else row.value // row.quantity,
            staff_id=row.keeper_id,
        )  # fmt: skip
        yield row.settled_by


def _need(work: Work, found: Stocktake, **values: object) -> str:
    """A need that is decided: what was found is entered. Its acceptance by two persons makes the cards."""
    given = {name: value for name, value in values.items() if value is not None}
    id = asset_needs.NEEDS.add(work, compound_id=found.compound_id, reason=_basis(found), **given)
    asset_needs.decide(work, id, Source.SURPLUS, decision=(found.approval_no or "")[:120],
                       decided_on=found.approved_on)  # fmt: skip
    return work.get(AssetNeed, id).number
