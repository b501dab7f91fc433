"""The page of one asset: its card as the list shows it, its set, the documents that are about it, its warranty.

An asset is looked up by what stands on its label, too: `find_code` answers what a scanner read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus
from models.handover import OPEN, Handover, HandoverLine
from resources.words import N_
from services import checks
from services.asset_sets import top_of
from services.assets import EDITION, holders
from services.card_kinds import CardKind, kind_of
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.sight import sees
from services.set_parts import with_parts

GONE = N_("There is no such record, or it is out of your reach")
NOTES = 20  # handover notes shown, the newest first
CODES = 9  # answers to one scan


@dataclass(frozen=True)
class Part:
    """One asset of a set and what is part of it."""

    id: UUID
    number: str
    name: str
    status: AssetStatus
    cost: int | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class About:
    """A document that is or was about the asset, of a kind the person may list. `id` is known of handover notes; others
    are found by their number."""

    kind: str
    number: str
    open: bool
    id: UUID | None = None
    state: str = ""
    on: date | None = None


@dataclass(frozen=True)
class AssetSheet:
    """`row` is the card as the list shows it; `warranty` the days left (below zero: over), None where none is known;
    `whole` the set it belongs to, from the top, None when it is part of nothing and has no parts; money in fen."""

    id: UUID
    row: Mapping[str, Any]
    kind: CardKind
    decided: bool
    on: date
    warranty: int | None
    whole: Part | None
    documents: tuple[About, ...] = field(default=())


@query(N_("The card of an asset"), on=Asset, name="assets.sheet")
def sheet(session: Session, *, asset_id: UUID, on: date) -> AssetSheet:
    """Everything its page shows, its warranty as of a day. Missing: there is no such asset, or it was moved away."""
    asset = session.get(Asset, asset_id)
    rows = Reader(cast("DeskSession", session), View("assets")).page([asset.n]) if asset else []
    if asset is None or not rows:
        raise Missing(GONE)
    decided = bool(asset.class_code) and asset.class_edition == EDITION
    left = (asset.warranty_until - on).days if asset.warranty_until else None
    return AssetSheet(
        asset.id, rows[0], kind_of(asset.class_code, asset.class_edition), decided, on, left,
        _set(session, asset), (*_held(session, asset), *_notes(session, asset)),
    )  # fmt: skip


@query(N_("Assets by a scanned code"), on=Asset, name="assets.find_code")
def find_code(session: Session, *, code: str) -> list[UUID]:
    """The assets with this number, or else with this serial number: what a scanner reads from a label of ours or of
    the maker. Nothing where none in reach has it."""
    number = checks.number(code)
    here = Asset.moved_on.is_(None)
    by_number = sa.select(Asset.id).where(Asset.number == number, here)
    if found := list(session.scalars(by_number)):
        return found
    by_serial = sa.select(Asset.id).where(sa.func.upper(Asset.serial) == number, here)
    return list(session.scalars(by_serial.order_by(Asset.number).limit(CODES)))


def _held(session: Session, asset: Asset) -> list[About]:
    """The open documents of every kind that hold it; handover notes are told by `_notes`."""
    found, kinds = list[About](), cast("DeskSession", session).kinds
    for kind, select in holders().items():
        if kind != "handover" and sees(kinds, kind, asset.compound_id):
            found += [About(kind, str(number), True) for _, number in session.execute(select([asset.id]))]
    return found


def _notes(session: Session, asset: Asset) -> list[About]:
    if not sees(cast("DeskSession", session).kinds, "handover", asset.compound_id):
        return []
    found = (
        sa.select(Handover)
        .join(HandoverLine, HandoverLine.handover_id == Handover.id)
        .where(HandoverLine.asset_id == asset.id)
        .order_by(Handover.n.desc())
        .limit(NOTES)
    )
    return [About("handover", note.number, note.state in OPEN, note.id, note.state.value, note.handed_on)
            for note in session.scalars(found)]  # fmt: skip


def _set(session: Session, asset: Asset) -> Part | None:
    top = top_of(session, asset)
    ids = with_parts(session, [top.id], gone=True)
    if len(ids) == 1:
        return None
    below = defaultdict[UUID | None, list[Asset]](list)
    for part in session.scalars(sa.select(Asset).where(Asset.id.in_(ids)).order_by(Asset.number)):
        below[part.part_of_id].append(part)
    return _part(top, below)


def _part(asset: Asset, below: Mapping[UUID | None, list[Asset]]) -> Part:
    parts = tuple(_part(one, below) for one in below.get(asset.id, ()))
    return Part(asset.id, asset.number, asset.name, asset.status, asset.cost, parts)
