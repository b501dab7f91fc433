"""The cards on a disposal: put on it with all their parts, taken off it, held while it is pending, put back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset, AssetStatus
from models.disposal import Disposal, DisposalLine
from resources.words import N_, Word
from services import set_parts
from services.assets import free, holding
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work

AT_ONCE = 500
NOT_ON_IT = N_("An asset is not on this disposal")
NONE_LEFT = N_("A disposal needs at least one asset; cancel the disposal instead")
ONE_COMPOUND = N_("A disposal covers assets of one compound only")
TOGETHER = N_("{part} is a part of {asset}: they leave together")


@holding("disposal")
def _open(ids: Sequence[UUID]) -> sa.Select[UUID, str]:
    """The numbers of the pending disposals assets are on."""
    found = sa.select(DisposalLine.asset_id, Disposal.number).join(Disposal, Disposal.id == DisposalLine.disposal_id)
    return found.where(DisposalLine.asset_id.in_(ids), DisposalLine.open)


def of(work: Work, disposal: UUID) -> list[DisposalLine]:
    """The lines in order."""
    found = sa.select(DisposalLine).where(DisposalLine.disposal_id == disposal).order_by(DisposalLine.position)
    return list(work.session.scalars(found))


def cards(work: Work, ids: Iterable[UUID]) -> list[Asset]:
    """The cards in the given order, each once. Invalid: none, or one is not there; Conflict: of several compounds."""
    wanted, found = list(dict.fromkeys(ids)), dict[UUID, Asset]()
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(Asset).where(Asset.id.in_(wanted[start : start + AT_ONCE]))
        found |= {asset.id: asset for asset in work.session.scalars(part)}
    if not wanted:
        raise Invalid(N_("Choose at least one asset"), field=Word("disposal.asset_ids"))
    if len(found) != len(wanted):
        raise Invalid(N_("An asset is not there, or out of your reach"), field=Word("disposal.asset_ids"))
    if len({asset.compound_id for asset in found.values()}) > 1:
        raise Conflict(ONE_COMPOUND)
    return [found[id] for id in wanted]


def with_parts(work: Work, ids: Iterable[UUID]) -> list[Asset]:
    """The cards, then what is part of them and still there: parts leave with the whole."""
    return cards(work, set_parts.with_parts(work.session, ids))


def put(work: Work, found: Disposal, assets: Sequence[Asset]) -> None:
    """Cards as further lines. Conflict: one is on another open document, is gone, or lies in another compound."""
    if any(asset.compound_id != found.compound_id for asset in assets):
        raise Conflict(ONE_COMPOUND)
    there = of(work, found.id)
    known, last = {line.asset_id for line in there}, max((line.position for line in there), default=0)
    new = [asset for asset in assets if asset.id not in known]
    free(work, *new)
    for position, asset in enumerate(new, last + 1):
        where = {"compound_id": found.compound_id, "disposal_id": found.id, "asset_id": asset.id}
        work.add(DisposalLine(position=position, was=asset.status, **where))
        asset.status = AssetStatus.TO_DISPOSE


def take_off(work: Work, found: Disposal, ids: Iterable[UUID]) -> None:
    """Fewer lines: those cards are as they were before. At least one stays, and no part stays without its whole."""
    lines, gone = of(work, found.id), set(ids)
    if gone - {line.asset_id for line in lines}:
        raise Invalid(NOT_ON_IT, field=Word("disposal.asset_ids"))
    staying = [line for line in lines if line.asset_id not in gone]
    if not staying:
        raise Invalid(NONE_LEFT)
    _together(work, [line.asset_id for line in lines], gone)
    for line in lines:
        if line.asset_id in gone:
            _put_back(work, line)
            line.alive = False
    for position, line in enumerate(staying, 1):
        line.position = position


def _together(work: Work, ids: Sequence[UUID], gone: set[UUID]) -> None:
    named = {asset.id: asset for asset in cards(work, ids)}
    for part in named.values():
        if part.part_of_id in named and (part.id in gone) != (part.part_of_id in gone):
            raise Conflict(TOGETHER, part=part.number, asset=named[part.part_of_id].number)


def release(work: Work, found: Disposal) -> None:
    """The disposal comes to nothing: every card is as it was before."""
    for line in of(work, found.id):
        _put_back(work, line)


def _put_back(work: Work, line: DisposalLine) -> None:
    line.open = False
    asset = work.get(Asset, line.asset_id)
    if asset.status is AssetStatus.TO_DISPOSE:
        asset.status = line.was
