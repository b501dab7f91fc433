"""What can be read of handover notes: their state and totals, their paper, what a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.handover import Handover, HandoverLine, HandoverState
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query


@dataclass(frozen=True)
class Facts:
    """A note at a glance. Money in fen; `net` counts the known ones, `net_missing` says how many lines have none."""

    number: str
    version: int
    state: HandoverState
    lines: int
    pieces: int
    cost: int
    net: int
    net_missing: int


@query(N_("Facts of a handover note"), on=Handover, name="handovers.facts")
def facts(session: Session, handover_id: UUID) -> Facts:
    """State and totals of a note; Missing when it is out of reach."""
    found = session.get(Handover, handover_id)
    if found is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    total = sa.func.coalesce
    sums = session.execute(
        sa.select(
            sa.func.count(HandoverLine.id), total(sa.func.sum(Asset.quantity), 0), total(sa.func.sum(Asset.cost), 0),
            total(sa.func.sum(Asset.net_value), 0), sa.func.count(HandoverLine.id) - sa.func.count(Asset.net_value),
        )
        .join(Asset, Asset.id == HandoverLine.asset_id)
        .where(HandoverLine.handover_id == handover_id)
    ).one()  # fmt: skip
    return Facts(found.number, found.version, found.state, *(int(n or 0) for n in sums))


@query(N_("Paper of a handover note"), on=Handover, name="handovers.paper")
def paper(session: Session, handover_id: UUID) -> bytes:
    """The PDF: an issued note as it was issued, byte for byte; a draft is drawn anew, with a watermark."""
    from services.documents import notes

    return notes.of(session, handover_id)


@query(N_("Assets a person keeps"), on=Asset, name="handovers.kept_by")
def kept_by(session: Session, staff_id: UUID) -> list[UUID]:
    """What is in a person's name and on no open note, by number."""
    busy = sa.select(HandoverLine.asset_id).where(HandoverLine.open)
    found = sa.select(Asset.id).where(Asset.keeper_id == staff_id, Asset.id.not_in(busy)).order_by(Asset.number)
    return list(session.scalars(found))
