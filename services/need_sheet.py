"""The page of a need: itself, what lies idle that could meet it, which ledger its things belong to, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.acquisition import AssetNeed, NeedCard
from models.asset import Asset
from models.compound import Compound
from models.room import Room
from resources.words import N_
from services.asset_needs import idle_of
from services.asset_thresholds import Verdict, verdict
from services.desk.beyond import beyond
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession

SHOWN = 200  # idle assets listed; all are counted


@dataclass(frozen=True)
class Idle:
    """An idle asset of the class somebody needs; cost in fen, `here` in the compound of the need."""

    id: UUID
    number: str
    name: str
    model: str
    compound: str
    room: str
    acquired_on: date | None
    cost: int | None
    here: bool


@dataclass(frozen=True)
class Offer:
    """What lies idle: those in reach, how many those are, and how many more there are out of reach."""

    assets: tuple[Idle, ...]
    count: int
    beyond: int


@dataclass(frozen=True)
class NeedSheet:
    """`row` is the need as its list shows it; `cards` the assets that came of it."""

    id: UUID
    row: Mapping[str, Any]
    offer: Offer
    verdict: Verdict
    cards: tuple[Idle, ...]


@query(N_("A need with what could meet it"), on=AssetNeed, name="asset_needs.sheet")
def sheet(session: Session, *, asset_need_id: UUID, on: date) -> NeedSheet:
    """Everything its page shows, thresholds as of a day. Missing: there is no such need."""
    need = session.get(AssetNeed, asset_need_id)
    rows = Reader(cast("DeskSession", session), View("asset_needs")).page([need.n]) if need else []
    if need is None or not rows:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    price = need.price if need.price is not None else need.unit_price
    said = verdict(session, need.class_code, price, need.quantity, need.accepted_on or on)
    made = sa.select(NeedCard.asset_id).where(NeedCard.asset_need_id == need.id)
    return NeedSheet(need.id, rows[0], idle(session, class_code=need.class_code, compound_id=need.compound_id), said,
                     tuple(_assets(session, need.compound_id, Asset.id.in_(made))))  # fmt: skip


@query(N_("Idle assets of a class"), on=Asset, name="asset_needs.idle")
def idle(session: Session, *, class_code: str, compound_id: UUID | None = None) -> Offer:
    """What lies idle of a class, and is on no open note, in all compounds within reach, those of `compound_id` first,
    the newest first; and how many more there are elsewhere."""
    fits = idle_of(class_code)
    here = (*fits, Asset.moved_on.is_(None))
    count = session.scalar(sa.select(sa.func.count(Asset.id)).where(*here)) or 0
    return Offer(tuple(_assets(session, compound_id, *here)), count, beyond(session, Asset, *fits))


def _assets(session: Session, compound: UUID | None, *where: sa.ColumnElement[bool]) -> list[Idle]:
    first = [sa.case((Asset.compound_id == compound, 0), else_=1)] if compound else []
    rows = (
        sa.select(Asset, Compound.name, Room.number)
        .join(Compound, Compound.id == Asset.compound_id)
        .outerjoin(Room, Room.id == Asset.room_id)
        .where(*where)
        .order_by(*first, Asset.acquired_on.desc(), Asset.number)
        .limit(SHOWN)
    )
    return [
        Idle(asset.id, asset.number, asset.name, asset.model or "", compound_, room or asset.place_text or "",
             asset.acquired_on, asset.cost, asset.compound_id == compound)
        for asset, compound_, room in session.execute(rows)
    ]  # fmt: skip
