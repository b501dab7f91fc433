"""What can be read of handover notes: their state and totals, their paper, what a person keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus
from models.base import present, table
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState, LineCheck
from resources.words import N_
from services.desk.errors import Missing
from services.desk.intent import query

FOUND = ("pending", "one_side", "checked", "short", "damaged")


def found(t: sa.Table) -> sa.ColumnElement[str]:
    """What was found of a line, by both sides together: the worst of it."""
    sides = (t.c.from_check, t.c.to_check)
    return sa.case(
        *((sa.or_(*(side == worst for side in sides)), worst.value) for worst in (LineCheck.DAMAGED, LineCheck.SHORT)),
        (sa.and_(*(side == LineCheck.CHECKED for side in sides)), "checked"),
        (sa.or_(*(side == LineCheck.CHECKED for side in sides)), "one_side"),
        else_="pending",
    )


def was_found(state: Mapping[str, Any]) -> str:
    """The same, of a line as it was."""
    sides = {state.get("from_check"), state.get("to_check")}
    worst = next((found for found in ("damaged", "short") if found in sides), "")
    return worst or ("checked" if sides == {"checked"} else "one_side" if "checked" in sides else "pending")


@dataclass(frozen=True)
class Facts:
    """A note at a glance. Money in fen; `net` counts the known ones, `net_missing` says how many lines have none.
    `looked_at` is how many lines giver and receiver looked at, `wrong` how many are not as listed, `out` how many of a
    loan are not back; `unsaid` when something was found otherwise than the issued paper says."""

    number: str
    version: int
    state: HandoverState
    lines: int
    pieces: int
    cost: int
    net: int
    net_missing: int
    purpose: HandoverPurpose
    looked_at: tuple[int, int]
    wrong: int
    out: int
    unsaid: bool = False


@query(N_("Facts of a handover note"), on=Handover, name="handovers.facts")
def facts(session: Session, handover_id: UUID) -> Facts:
    """State and totals of a note; Missing when it is out of reach."""
    note = session.get(Handover, handover_id)
    if note is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    line = HandoverLine
    wrong = found(table(line)).in_(("short", "damaged"))
    sums = session.execute(
        sa.select(
            sa.func.count(line.id), sa.func.sum(line.quantity), sa.func.sum(Asset.cost), sa.func.sum(Asset.net_value),
            sa.func.count(line.id) - sa.func.count(Asset.net_value),
            sa.func.count(line.id).filter(line.from_check != LineCheck.PENDING),
            sa.func.count(line.id).filter(line.to_check != LineCheck.PENDING),
            sa.func.count(line.id).filter(wrong), sa.func.count(line.id).filter(line.out()),
        )
        .join(Asset, Asset.id == line.asset_id)
        .where(line.handover_id == handover_id)
    ).one()  # fmt: skip
    lines, pieces, cost, net, missing, given, taken, bad, out = (int(n or 0) for n in sums)
    handed_out = note.purpose is HandoverPurpose.LEND and note.state is HandoverState.DONE
    return Facts(
        note.number, note.version, note.state, lines, pieces, cost, net, missing, note.purpose, (given, taken), bad,
        out if handed_out else 0, note.unsaid,
    )  # fmt: skip


@query(N_("Paper of a handover note"), on=Handover, name="handovers.paper")
def paper(session: Session, handover_id: UUID) -> bytes:
    """The PDF: an issued note as it was issued, byte for byte; a draft is drawn anew, with a watermark."""
    from services.documents import notes

    return notes.of(session, handover_id)


@query(N_("Assets a person keeps"), on=Asset, name="handovers.kept_by")
def kept_by(session: Session, staff_id: UUID) -> list[UUID]:
    """What is in a person's name, on no open note and not lent, by number."""
    noted = sa.select(HandoverLine.asset_id).where(HandoverLine.open)
    lent = sa.select(HandoverLine.asset_id).join(Handover, Handover.id == HandoverLine.handover_id)
    lent = lent.where(
        HandoverLine.out(), Handover.purpose == HandoverPurpose.LEND, Handover.state == HandoverState.DONE
    )
    free = (Asset.id.not_in(noted), Asset.id.not_in(lent), Asset.status != AssetStatus.DISPOSED, present(Asset))
    found = sa.select(Asset.id).where(Asset.keeper_id == staff_id, *free).order_by(Asset.number)
    return list(session.scalars(found))
