"""Changes of value and life: what a card is worth from a day on, by which paper, and what that goes on from.

政府会计准则第3号 and 财会〔2017〕4号: rebuilt and extended things have a new value and a new life; what is left is
spread over what is left of the life; settling a provisional value restates nothing that was taken.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from models.asset import Asset, AssetStatus, ValueKind
from models.asset_value import AssetValueChange, ValueChange
from resources.words import N_, Word
from services import asset_worth, checks
from services.depreciation import card_of, so_far
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import describe, takes
from services.desk.work import Work

BY_PARTS = (ValueChange.SPLIT, ValueChange.MERGE)
CHANGES = listing(Listing("asset_value_changes", AssetValueChange, ("on", "number"), also={"asset_id": ("number",)}))
FIELDS = {name: spec for name, spec in describe(AssetValueChange).items()
          if name not in ("compound_id", "number") and not spec.derived}  # fmt: skip
GONE = N_("{asset} is not in the books any more")
AHEAD = N_("A change is entered when it has happened: {date} lies ahead")
EARLIER = N_("“{field}” lies before {date}, the day of what it goes on from")
SAME = N_("Say a new value or a new life: nothing would change")
NO_LIFE = N_("Say over how many months in all it is depreciated")
USED_UP = N_("{n} months were taken already: the new life must be longer")
BELOW = N_(
    "{sum} were depreciated: the new value cannot lie below, unless you say what of that goes with the part taken off"
)
MORE_OFF = N_("No more than the {sum} that were depreciated can be taken off")
WRONG_WAY = N_("This kind of change does not fit the new value")
NOT_PROVISIONAL = N_("The value of {asset} is not provisional")
PARTS = N_("This comes of splitting or merging cards")
IDLE = N_("{asset} is not depreciated: it has no life to change")


@intent(N_("Change value"), on=AssetValueChange, name="assets.change_value")
def change(work: Work, **values: Any) -> UUID:
    """A new value or life (in months, in all) from a day on; the id of the change. What was taken stays taken.

    Invalid: the day, value or life makes no sense after what there was. Conflict: the card is gone, or the month is
    booked.
    """
    given = checks.checked_all(FIELDS, values, whole=True)
    if given["kind"] in BY_PARTS:
        raise Invalid(PARTS, field=Word("asset_value_change.kind"))
    asset = work.get(Asset, given["asset_id"])
    row = begun(work, asset, given["kind"], given["on"], given["paper"], given.get("reason"))
    row.cost = given["cost"] if given.get("cost") is not None else asset.cost
    row.life_months = given.get("life_months") or asset.life_months
    row.accumulated_off = given.get("accumulated_off")
    _sensible(asset, row)
    row.accumulated = row.accumulated_before - (row.accumulated_off or 0)
    _spread(asset, row)
    if row.kind is ValueChange.FINAL:
        asset.value_kind = ValueKind.COST
    return write(work, asset, row)


takes("assets.change_value", tuple(FIELDS.values()))


def begun(
    work: Work, asset: Asset, kind: ValueChange, on: date, paper: str, reason: str | None = None
) -> AssetValueChange:
    """A change of a card on a day, with what it goes on from; nothing is stored yet."""
    day = Word("asset_value_change.on")
    if asset.status is AssetStatus.DISPOSED or asset.disposed_on or asset.moved_on:
        raise Conflict(GONE, asset=asset.number)
    if on > work.today:
        raise Invalid(AHEAD, field=day, date=on)
    changes = asset_worth.changes_of(work.session, asset.id)
    since = changes[-1].on if changes else asset.entered_on or asset.acquired_on
    if since and on < since:
        raise Invalid(EARLIER, field=day, date=since)
    asset_worth.unbooked(work, asset.compound_id, on, day)
    was, months = so_far(card_of(asset, changes), on)
    return AssetValueChange(
        compound_id=asset.compound_id, number="", asset_id=asset.id, kind=kind, on=on, paper=paper, reason=reason,
        cost=asset.cost, life_months=asset.life_months, cost_before=asset.cost, life_before=asset.life_months,
        accumulated_before=was, accumulated=was, months_taken=months,
    )  # fmt: skip


def write(work: Work, asset: Asset, row: AssetValueChange) -> UUID:
    """Stores a change; the card says what it is worth now."""
    row.number = next(work.numbers("JZ"))
    if row.months_left is None and row.life_months is not None and asset_worth.depreciated(asset):
        row.months_left = max(0, row.life_months - row.months_taken)
    for name in ("cost", "life_months"):
        if getattr(asset, name) != getattr(row, name):
            setattr(asset, name, getattr(row, name))
    return work.add(row).id


def _sensible(asset: Asset, row: AssetValueChange) -> None:
    cost, before, off = row.cost or 0, row.cost_before or 0, row.accumulated_off or 0
    if off > row.accumulated_before:
        raise Invalid(MORE_OFF, field=_field("accumulated_off"), sum=_yuan(row.accumulated_before))
    if row.kind is ValueChange.FINAL and asset.value_kind is not ValueKind.PROVISIONAL:
        raise Invalid(NOT_PROVISIONAL, field=_field("kind"), asset=asset.number)
    same = row.cost == row.cost_before and row.life_months == row.life_before
    if same and row.kind is not ValueChange.FINAL:
        raise Invalid(SAME, field=_field("cost"))
    fits = {ValueChange.INCREASE: cost > before, ValueChange.DECREASE: cost < before, ValueChange.LIFE: cost == before}
    if not fits.get(row.kind, True):
        raise Invalid(WRONG_WAY, field=_field("cost"))
    if cost < row.accumulated_before - off:
        raise Invalid(BELOW, field=_field("cost"), sum=_yuan(row.accumulated_before))


def _spread(asset: Asset, row: AssetValueChange) -> None:
    """Over how many months what is left is taken."""
    field = _field("life_months")
    if not asset_worth.depreciated(asset):
        if row.life_months != row.life_before:
            raise Invalid(IDLE, field=field, asset=asset.number)
        return
    if row.life_months is None:
        raise Invalid(NO_LIFE, field=field)
    if row.life_months <= row.months_taken and (row.cost or 0) > row.accumulated:
        raise Invalid(USED_UP, field=field, n=row.months_taken)
    row.months_left = max(0, row.life_months - row.months_taken)


def _field(name: str) -> Word:
    return Word(f"asset_value_change.{name}")


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
