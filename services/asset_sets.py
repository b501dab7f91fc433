"""Parts and sets: a thing may be part of another (主资产与附属资产), and moves with it.

Whoever moves, lends or disposes of assets asks `set_parts` first: what belongs to a thing goes where it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.asset import Asset
from resources.words import N_, Word
from services.assets import free
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.work import Work

ROUND = N_("{asset} is itself part of {whole}: a thing cannot be part of its own part")
ITSELF = N_("{asset} cannot be part of itself")
ELSEWHERE = N_("{asset} is in another compound; parts lie where their main asset does")
NO_PART = N_("{asset} is part of no other asset")
OTHER = N_("{asset} is part of {whole} already; take it out of that first")


@intent(N_("Put assets into a set"), on=Asset, name="assets.put_in_set")
def put_in_set(work: Work, asset_ids: Sequence[UUID], part_of_id: UUID) -> int:
    """Makes assets parts of a main asset of the same compound; returns how many. Conflict: one of them is part of
    another, or the main asset is a part of it."""
    whole = work.get(Asset, part_of_id)
    free(work, whole, but=("handover",))
    above = {whole.id: whole} | _above(work, whole)
    parts = _each(work, asset_ids)
    for part in parts:
        _fits(work, part, whole, above)
    free(work, *parts, but=("handover",))
    for part in parts:
        part.part_of_id = whole.id
    return len(parts)


@intent(N_("Take assets out of their set"), on=Asset, name="assets.take_out_of_set")
def take_out_of_set(work: Work, asset_ids: Sequence[UUID]) -> int:
    """Assets stand for themselves again; their own parts stay with them. Conflict: one is part of nothing."""
    parts = _each(work, asset_ids)
    for part in parts:
        if part.part_of_id is None:
            raise Conflict(NO_PART, asset=part.number)
    free(work, *parts, but=("handover",))
    for part in parts:
        part.part_of_id = None
    return len(parts)


def _each(work: Work, ids: Sequence[UUID]) -> list[Asset]:
    if not ids:
        raise Invalid(N_("Choose at least one asset"), field=Word("asset.asset_ids"))
    return [work.get(Asset, id) for id in dict.fromkeys(ids)]


def _fits(work: Work, part: Asset, whole: Asset, above: dict[UUID, Asset]) -> None:
    if part.id == whole.id:
        raise Conflict(ITSELF, asset=part.number)
    if part.compound_id != whole.compound_id:
        raise Conflict(ELSEWHERE, asset=part.number)
    if part.id in above:
        raise Conflict(ROUND, asset=whole.number, whole=part.number)
    if part.part_of_id and part.part_of_id != whole.id:
        raise Conflict(OTHER, asset=part.number, whole=work.get(Asset, part.part_of_id).number)


def _above(work: Work, asset: Asset) -> dict[UUID, Asset]:
    """Everything an asset is part of, directly or not."""
    found = dict[UUID, Asset]()
    while asset.part_of_id and asset.part_of_id not in found:
        asset = work.get(Asset, asset.part_of_id)
        found[asset.id] = asset
    return found


def top_of(session: Session, asset: Asset) -> Asset:
    """The main asset at the top of the set an asset belongs to; itself, when it is part of nothing."""
    over, seen = aliased(Asset), {asset.id}
    while asset.part_of_id and asset.part_of_id not in seen:
        above = session.scalar(sa.select(over).where(over.id == asset.part_of_id))
        if above is None:
            break
        seen.add(above.id)
        asset = above
    return asset
