"""What a card is worth and how it is depreciated, while it is written: what follows from its class, what is fixed.

财会〔2017〕4号: the life, once set, stays. What a booked month or a change of value rests on is not typed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, Depreciation, ValueKind
from models.asset_value import AssetValueChange
from models.depreciation_run import DepreciationRun
from resources.words import N_, Word
from services.depreciation import month_of
from services.depreciation_lives import lives
from services.desk.errors import Conflict, Invalid, UserError
from services.desk.undo import guarding
from services.desk.work import Work

FIXED = ("cost", "life_months", "entered_on", "acquired_on", "prior_accumulated", "depreciation", "value_kind")
FROM_CLASS = {"class_code", "structure", "value_kind"}
CHANGED = N_("{asset} has changes of value: change “{field}” by another one, not by typing")
BOOKED = N_("{month} is booked and rests on “{field}” of {asset}: make a change of value instead")
TOO_EARLY = N_("{month} is booked for this compound: name a day after it under “{field}”")
MORE = N_("More cannot have been depreciated before than it cost")
KEPT = N_("{month} is booked with {asset} in it: dispose of it instead of removing it")
STAND = N_("It cannot be taken back: the depreciation of {month} is booked and rests on {asset}")


def booked_until(session: Session, compound: UUID) -> date | None:
    """The first day of the last month that is booked for a compound."""
    with session.no_autoflush:
        last = sa.select(sa.func.max(DepreciationRun.month)).where(DepreciationRun.compound_id == compound)
        return session.scalar(last)


def changes_of(session: Session, asset: UUID) -> list[AssetValueChange]:
    """The changes of a card in order of time."""
    found = sa.select(AssetValueChange).where(AssetValueChange.asset_id == asset)
    with session.no_autoflush:
        return list(session.scalars(found.order_by(AssetValueChange.on, AssetValueChange.id)))


def unbooked(work: Work, compound: UUID, day: date, field: Word) -> None:
    """Conflict: the depreciation of the month of a day is booked; nothing that it rests on may begin or end in it."""
    if (until := booked_until(work.session, compound)) and month_of(day) <= month_of(until):
        raise Conflict(TOO_EARLY, field=field, month=said_of(until))


def settle(work: Work, asset: Asset, given: dict[str, Any]) -> None:
    """What a card that is written owes to its class and to what is booked."""
    wrong = next(iter(fixed(work, asset, _typed(asset))), None) if asset.rid else None
    if wrong:
        raise wrong
    begun = asset.entered_on or asset.acquired_on
    if begun and (not asset.rid or {"entered_on", "acquired_on"} & given.keys()):
        unbooked(work, asset.compound_id, begun, _field(asset))
    if asset.prior_accumulated and asset.prior_accumulated > (asset.cost or 0):
        raise Invalid(MORE, field=Word("asset.prior_accumulated"))
    state = sa.inspect(asset).attrs
    if not asset.rid or any(state[name].history.added for name in FROM_CLASS):
        _from_class(work, asset, given)


def stays(work: Work, asset: Asset) -> None:
    """Conflict: what a booked month rests on is not taken off as a mistake."""
    until, begun = booked_until(work.session, asset.compound_id), asset.entered_on or asset.acquired_on
    if until and (begun is None or month_of(begun) <= month_of(until)):
        raise Conflict(KEPT, asset=asset.number, month=said_of(until))


def _field(asset: Asset) -> Word:
    return Word("asset.entered_on" if asset.entered_on else "asset.acquired_on")


def said_of(month: date) -> str:
    """A month as people write it."""
    return f"{month:%Y-%m}"


def _typed(asset: Asset) -> dict[str, Any]:
    """The values before of what is about to change."""
    state = sa.inspect(asset).attrs
    past = {name: state[name].history.deleted for name in FIXED}
    return {name: was[0] for name, was in past.items() if was and was[0] != getattr(asset, name)}


def fixed(work: Work, asset: Asset, typed: dict[str, Any]) -> Iterator[UserError]:
    """Why fields of a known card may not change, one by one: `typed` holds what they were before."""
    entered = typed.get("entered_on", asset.entered_on)
    begun = entered or typed.get("acquired_on", asset.acquired_on)
    names = [name for name in typed if name != "acquired_on" or not entered]
    if not names:
        return
    changed, until = bool(changes_of(work.session, asset.id)), booked_until(work.session, asset.compound_id)
    for name in names:
        field = Word(f"asset.{name}")
        if changed:
            yield Conflict(CHANGED, field=field, asset=asset.number)
        elif until and (begun is None or month_of(begun) <= month_of(until)):
            yield Conflict(BOOKED, field=field, asset=asset.number, month=said_of(until))


def _from_class(work: Work, asset: Asset, given: dict[str, Any]) -> None:
    """Life and whether it is depreciated, where nobody said so and no booked month rests on it."""
    known, state = lives(work.session), sa.inspect(asset).attrs
    values = {name: getattr(asset, name) for name in (*FIXED, *FROM_CLASS, "class_edition")}
    if asset.rid and state["class_code"].history.added and not given.get("depreciation"):
        values["depreciation"] = None  # it was what the class before said
    said = known.fill(values, work.today)
    wanted = {name: value for name, value in said.items() if getattr(asset, name) != value}
    if wanted and not (asset.rid and list(fixed(work, asset, {name: getattr(asset, name) for name in wanted}))):
        for name, value in wanted.items():
            setattr(asset, name, value)


@guarding(Asset)
def _rests(work: Work, asset: Asset, values: dict[str, Any], since: int) -> None:
    """Nothing is taken back that a booked month rests on."""
    names = [name for name in FIXED if name in values and values[name] != getattr(asset, name)]
    until = booked_until(work.session, asset.compound_id) if names else None
    if until is None:
        return
    stamps, begun = asset.stamps or {}, asset.entered_on or asset.acquired_on
    wrote = {stamps.get(name, asset.created_rid) for name in names}
    made = [change.on for change in changes_of(work.session, asset.id) if change.created_rid in wrote]
    days = made or [begun or date.min, *_days(values)]
    if any(month_of(day) <= month_of(until) for day in days):
        raise Conflict(STAND, asset=asset.number, month=said_of(until))


def _days(values: dict[str, Any]) -> Iterable[date]:
    return (day for name in ("entered_on", "acquired_on") if (day := values.get(name)))


def depreciated(asset: Asset) -> bool:
    """Whether it is of a kind that is depreciated at all."""
    return asset.depreciation is not Depreciation.NONE and asset.value_kind is not ValueKind.NOMINAL
