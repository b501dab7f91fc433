"""What is needed: asked for, met by what lies idle or decided how to come by, accepted onto cards.

Decree 738 art. 9 and 11: what there is comes first (优先调剂); so idle things of the class in all compounds are shown
before the source is decided, and whoever buys nevertheless says why they do not serve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.acquisition import AssetNeed, NeedCard, NeedState, Procurement, Source
from models.asset import Asset, AssetStatus
from models.beside import AssetClass
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState
from resources.words import N_, Word
from services import handovers
from services.desk.beyond import beyond
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import records, write
from services.set_parts import with_parts

EDITION = "2022"
WRONG = N_("Need {number} is {state}; that cannot be done any more")
SAY_WHY = N_("{n} idle assets of this class are there; say why they do not serve, or meet the need with them")
NOTE_FIRST = N_("Cancel the handover note, then reconsider the need")
SEVERAL = N_("{asset} and {other} lie in different compounds: meet the need with those of one")
LATER = N_("A decision is dated by today at the latest")
FIELDS = describe(AssetNeed)
PROCURED = ("procurement", "supplier", "contract", "invoice", "price")


def _settle(work: Work, need: AssetNeed, given: dict[str, Any]) -> None:
    if need.rid and need.state is not NeedState.REQUESTED:
        raise Conflict(WRONG, number=need.number, state=_state(need))
    if given.get("class_code"):
        known = sa.select(AssetClass.n).where(AssetClass.code == need.class_code, AssetClass.edition == EDITION)
        with work.session.no_autoflush:
            if work.session.scalar(known) is None:
                message = N_("GB/T 14885-2022 has no class {code}")
                raise Invalid(message, field=Word("asset_need.class_code"), code=need.class_code)
        need.class_edition = EDITION


NEEDS = records("asset_needs", AssetNeed, sorts=("number", "state", "needed_on"), series="XQ", settle=_settle)
CARDS = listing(
    Listing(
        "need_cards", NeedCard, ("position",),
        also={"asset_id": ("number", "name", "serial", "quantity", "cost", "status")},
    )
)  # fmt: skip


@intent(N_("Decide how to meet a need"), on=AssetNeed)
def decide(
    work: Work, asset_need_id: UUID, source: Source, decision: str | None = None, decided_on: date | None = None,
    not_idle: str | None = None,
) -> None:  # fmt: skip
    """The source is decided, with the paper it rests on. Invalid: idle things are there and nobody says why they do
    not serve (surplus that was found needs no reason)."""
    need, day = work.get(AssetNeed, asset_need_id), decided_on or work.today
    if day > work.today:
        raise Invalid(LATER, field=Word("asset_need.decided_on"))
    _step(need, NeedState.DECIDED)
    idle = idle_count(work, need.class_code)
    if idle and not not_idle and source is not Source.SURPLUS:
        raise Invalid(SAY_WHY, field=Word("asset_need.not_idle"), n=idle)
    said = {"source": source, "decision": decision, "decided_on": day, "not_idle": not_idle}
    write(need, FIELDS, said)


@intent(N_("Reconsider a need"), on=AssetNeed)
def reconsider(work: Work, asset_need_id: UUID) -> None:
    """What was decided is open again; so is what idle assets met, once their handover note is cancelled."""
    need = work.get(AssetNeed, asset_need_id)
    if need.handover_id:
        note = work.get(Handover, need.handover_id)
        if note.state is not HandoverState.CANCELLED:
            raise Conflict(N_("Handover note {number} meets this need; cancel that first"), number=note.number)
        need.handover_id = None
        for card in work.session.scalars(sa.select(NeedCard).where(NeedCard.asset_need_id == need.id)):
            card.alive = False
    _step(need, NeedState.REQUESTED)
    need.source = need.decided_on = need.decision = need.not_idle = None


@intent(N_("Record procurement"), on=AssetNeed)
def procure(
    work: Work, asset_need_id: UUID, procurement: Procurement | None = None, supplier: str | None = None,
    contract: str | None = None, invoice: str | None = None, price: int | None = None,
) -> None:  # fmt: skip
    """From whom, how and for how much a piece; what is not said stays."""
    need = work.get(AssetNeed, asset_need_id)
    if need.state is not NeedState.DECIDED:
        raise Conflict(WRONG, number=need.number, state=_state(need))
    given = dict(zip(PROCURED, (procurement, supplier, contract, invoice, price), strict=True))
    write(need, FIELDS, {name: value for name, value in given.items() if value is not None})


@intent(N_("Meet a need with idle assets"), on=AssetNeed, kept=NOTE_FIRST)
def meet(
    work: Work, asset_need_id: UUID, asset_ids: Sequence[UUID], to_staff_id: UUID, from_staff_id: UUID | None = None
) -> UUID:
    """Idle assets of one compound go to somebody on a handover note, which is drafted; its id. Those of another
    compound come here by it, as a transfer. Conflict: one is not idle, or they lie in several compounds."""
    need = work.get(AssetNeed, asset_need_id)
    assets = [work.get(Asset, id) for id in dict.fromkeys(asset_ids)]
    for asset in assets:
        if asset.status is not AssetStatus.IDLE:
            raise Conflict(N_("{asset} does not lie idle"), asset=asset.number)
        if asset.compound_id != assets[0].compound_id:
            raise Conflict(SEVERAL, asset=asset.number, other=assets[0].number)
    ids = with_parts(work.session, [asset.id for asset in assets])
    basis = f"{need.number} {need.name}"[:200]
    away = bool(assets) and assets[0].compound_id != need.compound_id
    note = handovers.draft(
        work, ids, to_staff_id, from_staff_id=from_staff_id, basis=basis,
        purpose=HandoverPurpose.TRANSFER if away else HandoverPurpose.ASSIGN,
        to_compound_id=need.compound_id if away else None,
    )  # fmt: skip
    _step(need, NeedState.MET)
    need.handover_id = note
    link(work, need, [asset.id for asset in assets])
    return note


takes("asset_needs.meet", (
    FieldSpec("asset_need", "asset_need_id", Kind.REFERENCE, True, target="asset_need"),
    FieldSpec("asset_need", "asset_ids", Kind.REFERENCE, True, target="asset", many=True),
    replace(describe(Handover)["to_staff_id"], required=True), describe(Handover)["from_staff_id"],
))  # fmt: skip


@intent(N_("Cancel need"), on=AssetNeed)
def cancel(work: Work, asset_need_id: UUID) -> None:
    """It is needed no more."""
    _step(work.get(AssetNeed, asset_need_id), NeedState.CANCELLED)


def idle_of(class_code: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What lies idle of a class and goes to nobody yet."""
    noted = sa.exists().where(HandoverLine.asset_id == Asset.id, HandoverLine.open, HandoverLine.alive)
    return (Asset.class_code == class_code, Asset.status == AssetStatus.IDLE, sa.not_(noted))


def idle_count(work: Work, class_code: str) -> int:
    """How many idle assets of a class there are, in reach or not."""
    idle = idle_of(class_code)
    with work.session.no_autoflush:
        here = work.session.scalar(sa.select(sa.func.count(Asset.id)).where(*idle, Asset.moved_on.is_(None))) or 0
        return here + beyond(work.session, Asset, *idle)


def link(work: Work, need: AssetNeed, assets: Sequence[UUID]) -> None:
    """Says which cards came of a need."""
    for position, asset in enumerate(assets, 1):
        work.add(NeedCard(compound_id=need.compound_id, asset_need_id=need.id, asset_id=asset, position=position))


def _step(need: AssetNeed, state: NeedState) -> None:
    was = _state(need)
    if not need.step(state):
        raise Conflict(WRONG, number=need.number, state=was)


def _state(need: AssetNeed) -> Word:
    return Word(f"asset_need.state={need.state.value}")
