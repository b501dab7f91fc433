"""One card becomes two, and equal cards become one: what they are worth and what was depreciated adds up to the fen.

Decree 738 art. 30: the ledger follows the things. A part that was split off goes on as a card of its own from its day,
as a thing that had an owner before does; the change of value of the other card names it, so its history is followed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.asset_value import AssetValueChange, ValueChange
from models.base import journaled, new_id
from resources.words import N_, Word
from services import asset_values, checks
from services.assets import free
from services.depreciation import month_of
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work

OWN = {"id", "number", "serial", "quantity", "cost", "net_value", "prior_accumulated", "life_months", "entered_on",
       "alive", "predecessor_id", "source"}  # fmt: skip
ALIKE = ("compound_id", "name", "class_code", "class_edition", "class_text", "brand", "model", "measure",
         "depreciation", "value_kind", "keeper_id", "keeper_text", "unit_id", "unit_text", "room_id", "building_id",
         "place_text", "status", "shared", "part_of_id", "funding", "ownership")  # fmt: skip
SHARE = N_("Of {n} pieces at least one stays and at least one goes: name 1 to {most}")
NEITHER = N_("Say how many pieces get a card of their own, or what the part is worth")
LESS = N_("A part is worth something, and less than the whole cost")
UNLIKE = N_("{asset} and {other} are not alike: “{field}” differs")
AGES = N_("{asset} and {other} are not alike: they are not depreciated over the same months")
FEW = N_("Mark at least two cards to be merged")
_CARD = describe(Asset)
SPLIT = {
    "asset_id": FieldSpec("asset", "asset_id", Kind.REFERENCE, True, target="asset"),
    **{name: replace(_CARD[name], required=False, default=None) for name in ("quantity", "cost", "name")},
    "paper": replace(describe(AssetValueChange)["paper"], required=False, default=None),
}
PAPER = "—"  # of parts that somebody merely counted


@intent(N_("Split card"), on=Asset, name="assets.split")
def split_off(work: Work, **values: Any) -> UUID:
    """So many pieces of a card get one of their own, or a part of it that is worth `cost` (fen) under its own `name`;
    its id. Invalid: not fewer pieces than there are, not less than it cost. Conflict: an open document is about the
    card, or it is gone."""
    given = checks.checked_all(SPLIT, values, whole=True)
    asset = work.get(Asset, given["asset_id"])
    made = split(work, asset, given.get("quantity"), given.get("paper") or "", cost=given.get("cost"))
    if given.get("name"):
        made.name = given["name"]
    return made.id


takes("assets.split", tuple(SPLIT.values()))


def split(
    work: Work, asset: Asset, quantity: int | None, paper: str = "", *, cost: int | None = None,
    on: date | None = None, but: Collection[str] = (),
) -> Asset:  # fmt: skip
    """The new card, there from a day on (today), with its share of the value by pieces, or what of it is said (`cost`,
    fen). `but` names the kinds of document that may be open about the asset:
    the one that asks for it."""
    free(work, asset, but=but)
    part, whole = _share(asset, quantity, cost)
    day = on or work.today
    row = asset_values.begun(work, asset, ValueChange.SPLIT, day, paper or PAPER)
    cost = None if row.cost is None else row.cost * part // whole
    carried = min(row.accumulated * part // whole, cost or 0)
    said = None if asset.net_value is None else asset.net_value * part // whole  # by the register it came with
    made = Asset(
        **copied(asset), number=next(work.numbers("ZC")), quantity=quantity or 1, cost=cost,
        net_value=said, prior_accumulated=carried or None, life_months=left(row),
        entered_on=day if asset.entered_on or asset.acquired_on else None,
    )  # fmt: skip
    work.add(made)
    asset.quantity -= quantity or 0
    row.cost = None if row.cost is None or cost is None else row.cost - cost
    row.accumulated -= carried
    row.other_id = made.id
    if said:
        asset.net_value = (asset.net_value or 0) - said
    asset_values.write(work, asset, row)
    work.session.flush()  # what comes next goes on from this
    return made


def _share(asset: Asset, quantity: int | None, cost: int | None) -> tuple[int, int]:
    """Which part of the value goes: by pieces, or by what is said of it."""
    if quantity is None and cost is None:
        raise Invalid(NEITHER, field=Word("asset.quantity"))
    if quantity is not None and not 0 < quantity < asset.quantity:
        raise Invalid(SHARE, field=Word("asset.quantity"), n=asset.quantity, most=asset.quantity - 1)
    if cost is None:
        return quantity or 0, asset.quantity
    if not 0 < cost < (asset.cost or 0):
        raise Invalid(LESS, field=Word("asset.cost"))
    return cost, asset.cost or 1


def copied(asset: Asset) -> dict[str, Any]:
    """What a card that goes on from this one says as well, under an id of its own."""
    return {key: getattr(asset, key) for key in journaled(type(asset)) if key not in OWN} | {"id": new_id()}


def left(row: AssetValueChange) -> int | None:
    """Months the new card is still depreciated: one at least, when it is over already."""
    return None if row.life_months is None else max(1, row.life_months - row.months_taken)


@intent(N_("Merge cards"), on=Asset, name="assets.merge")
def merge(work: Work, *, asset_ids: Sequence[UUID], paper: str = "") -> UUID:
    """Cards that are alike in all but number, pieces and value become the first of them; its id. Conflict: they are not
    alike, or an open document is about one of them."""
    wanted = list(dict.fromkeys(asset_ids))
    if len(wanted) < 2:
        raise Invalid(FEW)
    kept, *others = (work.get(Asset, id) for id in wanted)
    free(work, kept, *others)
    for other in others:
        _alike(kept, other)
        _take_up(work, kept, other, paper or PAPER)
    return kept.id


def _alike(kept: Asset, other: Asset) -> None:
    field = next((name for name in ALIKE if getattr(kept, name) != getattr(other, name)), None)
    if field or (kept.cost is None) != (other.cost is None):
        raise Conflict(UNLIKE, asset=kept.number, other=other.number, field=Word(f"asset.{field or 'cost'}"))


def _take_up(work: Work, kept: Asset, other: Asset, paper: str) -> None:
    row, gone = (asset_values.begun(work, a, ValueChange.MERGE, work.today, paper) for a in (kept, other))
    if _last_month(work, row) != _last_month(work, gone):
        raise Conflict(AGES, asset=kept.number, other=other.number)
    row.cost = None if row.cost is None else row.cost + (gone.cost or 0)
    row.accumulated += gone.accumulated
    row.other_id = other.id
    kept.quantity += other.quantity
    known = kept.net_value is not None and other.net_value is not None
    kept.net_value = (kept.net_value or 0) + (other.net_value or 0) if known else None
    for part in work.session.scalars(sa.select(Asset).where(Asset.part_of_id == other.id)):
        part.part_of_id = kept.id
    asset_values.write(work, kept, row)
    other.moved_on = work.today
    work.session.flush()  # the next one goes on from this


def _last_month(work: Work, row: Any) -> int | None:
    months = left(row)
    return None if months is None else month_of(work.today) + months
