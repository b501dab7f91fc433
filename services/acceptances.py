"""Acceptance of what was acquired: two persons look, what is good comes onto cards, and a note is kept (验收单)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.acquisition import AssetNeed, NeedCard, NeedState, Source
from models.asset import Acquisition, Asset, AssetStatus
from models.beside import Blob
from models.document import Document
from models.room import Room
from models.staff import Staff
from resources.words import N_, Word
from services import asset_worth, card_rules, issued, paper_settings
from services.asset_needs import EDITION, FIELDS, WRONG, link
from services.checks import checked_all
from services.depreciation_lives import lives
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent, query
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.handover_rules import is_here
from services.records import write
from services.stocktake_entered import entered

KIND = "acceptance"
MOST = 2000  # cards of one acceptance
CAME = {
    Source.PURCHASE: Acquisition.PURCHASE, Source.ALLOCATION: Acquisition.ALLOCATED, Source.BUILT: Acquisition.BUILT,
    Source.DONATION: Acquisition.DONATED, Source.SURPLUS: Acquisition.SURPLUS,
}  # fmt: skip
SIGNED = N_("An acceptance stands on a signed note; correct the cards, or dispose of what should not be there")
TWO = N_("Two different persons accept")
COUNT = N_("{serials} serial numbers are given for {n} pieces: one a line, none twice")
TOO_MANY = N_("Accepted and rejected together are more than the {n} that were needed")


@dataclass(frozen=True)
class Pieces:
    """What the new cards say beside what the need says."""

    each: bool
    serials: tuple[str, ...]
    values: dict[str, object]


@intent(N_("Accept what was acquired"), on=AssetNeed, name="asset_needs.accept", kept=SIGNED)
def accept(
    work: Work, asset_need_id: UUID, accepted: int, accepted_by_id: UUID, second_by_id: UUID, *,
    accepted_on: date | None = None, rejected: int = 0, rejected_why: str | None = None, price: int | None = None,
    invoice: str | None = None, voucher: str | None = None, entered_on: date | None = None, brand: str | None = None,
    serials: str | None = None, each: bool = True, warranty_until: date | None = None, unit_id: UUID | None = None,
    keeper_id: UUID | None = None, room_id: UUID | None = None,
) -> int:  # fmt: skip
    """Cards for what is accepted, one a piece (`each`) or one for all, and the acceptance note as a kept paper; returns
    how many cards. `serials` has a serial number a line, `price` is in fen a piece. Nothing accepted: no cards."""
    need, day = work.get(AssetNeed, asset_need_id), accepted_on or work.today
    if need.state is not NeedState.DECIDED or need.source is None:
        raise Conflict(WRONG, number=need.number, state=Word(f"asset_need.state={need.state.value}"))
    _sensible(work, need, accepted, rejected, rejected_why, (accepted_by_id, second_by_id), day)
    said = {
        "accepted": accepted, "rejected": rejected, "rejected_why": rejected_why, "accepted_on": day,
        "accepted_by_id": accepted_by_id, "second_by_id": second_by_id, "price": price or need.price or need.unit_price,
        "invoice": invoice or need.invoice,
    }  # fmt: skip
    write(need, FIELDS, checked_all({name: FIELDS[name] for name in said}, said, whole=False))
    need.step(NeedState.ACCEPTED)
    place = work.get(Room, room_id) if room_id else None
    if place and place.compound_id != need.compound_id:
        raise Conflict(N_("“{field}” is in another compound"), field=Word("asset.room_id"))
    pieces = Pieces(each, _serials(serials, accepted, each=each), {
        "brand": brand, "voucher": voucher, "entered_on": entered_on or day, "warranty_until": warranty_until,
        "unit_id": unit_id or need.unit_id, "keeper_id": keeper_id, "room_id": room_id,
        "building_id": place.building_id if place else None,
        "status": AssetStatus.IN_USE if keeper_id or room_id else AssetStatus.IDLE,
    })  # fmt: skip
    cards = list(_cards(work, need, pieces)) if accepted else []
    entered(work, need, cards)
    link(work, need, [card.id for card in cards])
    _paper(work, need, cards)
    return len(cards)


OF_NEED = ("accepted", "accepted_by_id", "second_by_id", "accepted_on", "rejected", "rejected_why", "price", "invoice")
OF_CARD = ("voucher", "entered_on", "brand", "warranty_until", "unit_id", "keeper_id", "room_id")
MUST = ("accepted", "accepted_by_id", "second_by_id")
takes("asset_needs.accept", (
    FieldSpec("asset_need", "asset_need_id", Kind.REFERENCE, True, target="asset_need"),
    *(replace(FIELDS[name], required=name in MUST, default=None) for name in OF_NEED),
    FieldSpec("asset_need", "each", Kind.FLAG, default=True),
    FieldSpec("asset_need", "serials", Kind.LONG),
    *(describe(Asset)[name] for name in OF_CARD),
))  # fmt: skip


def _sensible(
    work: Work, need: AssetNeed, accepted: int, rejected: int, why: str | None, persons: Sequence[UUID], day: date
) -> None:
    if len(set(persons)) < 2:
        raise Invalid(TWO, field=Word("asset_need.second_by_id"))
    for person in persons:
        work.get(Staff, person)
    if accepted < 0 or rejected < 0 or accepted + rejected == 0:
        raise Invalid(N_("Say how many were accepted or rejected"), field=Word("asset_need.accepted"))
    if accepted + rejected > need.quantity:
        raise Invalid(TOO_MANY, field=Word("asset_need.accepted"), n=need.quantity)
    if rejected and not (why or "").strip():
        raise Invalid(N_("Say why something was rejected"), field=Word("asset_need.rejected_why"))
    if day > work.today or (need.decided_on and day < need.decided_on):
        message = N_("It is accepted between the day of the decision and today")
        raise Invalid(message, field=Word("asset_need.accepted_on"))


def _serials(text: str | None, accepted: int, *, each: bool) -> tuple[str, ...]:
    found = tuple(line.strip() for line in (text or "").splitlines() if line.strip())
    wanted = accepted if each else 1
    if found and (len(found) != wanted or len(set(found)) != len(found)):
        raise Invalid(COUNT, field=Word("asset_need.serials"), serials=len(found), n=wanted)
    if each and accepted > MOST:
        raise Invalid(N_("At most {most} cards at once; make one card for all"), most=MOST)
    return found


def _cards(work: Work, need: AssetNeed, pieces: Pieces) -> Sequence[Asset]:
    """New cards, checked as if somebody had typed each."""
    count = (need.accepted or 0) if pieces.each else 1
    quantity, known = 1 if pieces.each else need.accepted or 1, describe(Asset)
    assert need.source is not None
    values = {name: value for name, value in pieces.values.items() if value is not None} | {
        "name": need.name, "model": need.model, "measure": need.measure, "quantity": quantity,
        "cost": need.price * quantity if need.price is not None else None, "acquired_on": need.accepted_on,
        "acquisition": CAME[need.source], "supplier": need.supplier, "invoice": need.invoice,
        "contract": need.contract, "class_code": need.class_code,
    }  # fmt: skip
    given = checked_all({name: known[name] for name in values}, values, whole=False)
    given |= lives(work.session).fill(given | {"class_edition": EDITION}, work.today)
    asset_worth.unbooked(work, need.compound_id, given["entered_on"], Word("asset.entered_on"))
    if given.get("keeper_id"):
        is_here(work, given["keeper_id"], "asset.keeper_id")
    made, numbers = list[Asset](), work.numbers("ZC", count)
    for at, number in enumerate(numbers):
        serial = {"serial": pieces.serials[at]} if pieces.serials else {}
        card = Asset(compound_id=need.compound_id, number=number, class_edition=EDITION, **given, **serial)
        card_rules.check(card, given)
        asset_worth.settle(work, card, given)
        made.append(work.add(card))
        work.progress(at + 1, count)
    return made


def _paper(work: Work, need: AssetNeed, cards: Sequence[Asset]) -> None:
    from services.documents import acceptance  # the PDF libraries are loaded with the first paper

    work.session.flush()
    with paper_settings.dress(work.session, "acceptance").worn():
        paper = acceptance.render(work.session, need, cards, made=work.now, head=work.head(), seal=work.seal)
    issued.keep(
        work, paper, compound_id=need.compound_id, kind=KIND, number=need.number, version=1, about_id=need.id,
        on=need.accepted_on,
    )  # fmt: skip


@query(N_("Acceptance note"), on=AssetNeed, name="asset_needs.paper")
def paper(session: Session, asset_need_id: UUID) -> bytes:
    """The acceptance note as it was kept. Missing: nothing was accepted yet."""
    kept = sa.select(Document.sha256).where(Document.about_id == asset_need_id, Document.kind == KIND)
    digest = session.scalar(kept)
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(digest))) if digest else None
    if data is None:
        raise Missing(N_("Nothing was accepted yet"))
    return data


@query(N_("Cards made from a need"), on=NeedCard, name="asset_needs.cards")
def cards(session: Session, asset_need_id: UUID) -> list[UUID]:
    """The assets that came of a need, in order."""
    found = sa.select(NeedCard.asset_id).where(NeedCard.asset_need_id == asset_need_id).order_by(NeedCard.position)
    return list(session.scalars(found))
