"""What the asset handover list says of a note: every line with its worth, its place and the papers along with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.attachment import Attachment
from models.building import Building
from models.compound import Compound
from models.handover import Handover, HandoverLine, LineCheck
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from resources.words import N_
from services.depreciation_balances import net_values
from services.desk.errors import Conflict, Missing
from services.desk.intent import query
from services.desk.site import the_office
from services.desk.work import NO_RECORD

VOID = N_("Note {number} was cancelled; its number is void and it is not printed")
DASH = "—"


@dataclass(frozen=True)
class Item:
    """One line: money in fen, None where it is not known; `papers` are the names of files kept about the card, `word`
    what a side found otherwise."""

    number: str
    code: str
    name: str
    model: str
    measure: str
    quantity: int
    acquired_on: date | None
    cost: int | None
    net: int | None
    place: str
    status: str
    papers: tuple[str, ...]
    word: str


@dataclass(frozen=True)
class HandoverList:
    """A note as its list heads it: parties as unit and person."""

    office: str
    number: str
    state: str
    compound: str
    purpose: str
    basis: str
    on: date
    giver: str
    taker: str
    items: tuple[Item, ...]


@query(N_("Asset handover list"), on=Handover, name="handovers.listed")
def listed(session: Session, handover_id: UUID) -> HandoverList:
    """The lines of a note in order, as the cards say on the day of handing over. Missing: it is out of reach. Conflict:
    the note was cancelled."""
    note = session.get(Handover, handover_id)
    if note is None:
        raise Missing(NO_RECORD)
    if note.state.value == "cancelled":
        raise Conflict(VOID, number=note.number)
    of = HandoverLine
    found = (
        sa.select(of, Asset, Building.name, Room.number).join(Asset, Asset.id == of.asset_id)
        .outerjoin(Building, Building.id == Asset.building_id).outerjoin(Room, Room.id == Asset.room_id)
        .where(of.handover_id == note.id).order_by(of.position)
    )  # fmt: skip
    rows = session.execute(found).all()
    assets = [row[1] for row in rows]
    nets, papers = net_values(session, assets, note.handed_on), _papers(session, [asset.id for asset in assets])
    return HandoverList(
        the_office(session).name, note.number, note.state.value,
        session.scalar(sa.select(Compound.name).where(Compound.id == note.compound_id)) or "", note.purpose.value,
        note.basis or "", note.handed_on, _party(session, note.from_unit_id, note.from_staff_id, note.borrower),
        _party(session, note.to_unit_id, note.to_staff_id, note.borrower),
        tuple(_item(line, asset, (building, room), nets[asset.id], papers) for line, asset, building, room in rows),
    )  # fmt: skip


def _item(
    line: HandoverLine, asset: Asset, place: tuple[str | None, ...], net: int | None, papers: dict[UUID, list[str]]
) -> Item:
    wrong = (LineCheck.SHORT, LineCheck.DAMAGED)
    words = [word for check, word in ((line.from_check, line.from_word), (line.to_check, line.to_word))
             if check in wrong and word]  # fmt: skip
    return Item(
        asset.number, asset.class_code or "", asset.name, " ".join(filter(None, (asset.brand, asset.model))),
        asset.measure or "", line.quantity, asset.acquired_on, asset.cost, net,
        " ".join(filter(None, place)) or asset.place_text or "", asset.status.value,
        tuple(papers.get(asset.id, ())), "; ".join(words),
    )  # fmt: skip


def _papers(session: Session, assets: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The names of the files about these cards."""
    found = sa.select(Attachment.about_id, Attachment.name).where(
        Attachment.about_kind == "asset", Attachment.about_id.in_(assets)
    )
    kept: dict[UUID, list[str]] = {}
    for id, name in session.execute(found.order_by(Attachment.n)):
        kept.setdefault(id, []).append(name)
    return kept


def _party(session: Session, unit: UUID | None, person: UUID | None, outside: str | None) -> str:
    name = session.scalar(sa.select(Organization.name).where(Organization.id == unit)) if unit else None
    who = session.scalar(sa.select(Staff.name).where(Staff.id == person)) if person else None
    return " ".join(filter(None, (name, who))) or outside or DASH
