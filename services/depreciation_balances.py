"""What assets were worth on any day: original value, accumulated depreciation and what is left, put together."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, Depreciation, ValueKind
from models.asset_value import AssetValueChange, ValueChange
from models.beside import AssetClass
from models.compound import Compound
from models.organization import Organization
from models.staff import Staff
from resources.words import N_
from services import depreciation as rules
from services.asset_worth import booked_until, changes_of, depreciated
from services.depreciation_lives import EDITION, threshold
from services.depreciation_sql import class_prefix, figures
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.work import NO_RECORD

AT_ONCE = 500


class By(enum.StrEnum):
    """What balances are put together by."""

    COMPOUND = "compound"
    CLASS = "class"
    UNIT = "unit"
    KEEPER = "keeper"


@dataclass(frozen=True)
class Balance:
    """Cards in the books at the end of a day, in fen. `key` is an id or the beginning of a class code; empty and
    without a `name` where the card says none."""

    key: str
    name: str
    cards: int
    cost: int
    accumulated: int
    unknown: int

    @property
    def net(self) -> int:
        """What is left of the value."""
        return self.cost - self.accumulated


@query(N_("Asset balances on a day"), name="depreciation.balances")
def balances(session: Session, *, on: date, by: By = By.CLASS, compound_id: UUID | None = None) -> list[Balance]:
    """The dearest first. Months count once they have ended."""
    by = By(by)
    column = {By.COMPOUND: Asset.compound_id, By.UNIT: Asset.unit_id, By.KEEPER: Asset.keeper_id}.get(by)
    where = (Asset.compound_id == compound_id,) if compound_id else ()
    found = figures(on, (class_prefix() if column is None else column).label("key"), where=where)
    rows = session.execute(sa.select(found.rows.c.key, *found.sums).group_by(found.rows.c.key)).all()
    names = _names(session, by, [row.key for row in rows if row.key])
    made = [
        Balance(str(row.key or ""), names.get(row.key, ""), row.cards, int(row.cost), int(row.accumulated),
                int(row.unknown))
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=_dearest)


def _dearest(balance: Balance) -> tuple[int, str]:
    return (-balance.cost, balance.key)


def _names(session: Session, by: By, keys: Sequence[Any]) -> dict[Any, str]:
    if by is By.CLASS:
        return class_names(session)
    kind: Any = {By.COMPOUND: Compound, By.UNIT: Organization, By.KEEPER: Staff}[by]
    found = dict[Any, str]()
    for start in range(0, len(keys), AT_ONCE):
        part = sa.select(kind.id, kind.name).where(kind.id.in_(keys[start : start + AT_ONCE]))
        found |= {row.id: row.name for row in session.execute(part)}
    return found


def class_names(session: Session) -> dict[str, str]:
    """The names of the second level of the standard by the beginning of their codes."""
    found = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION, AssetClass.level == 2)
    return {row.code[:5]: row.name for row in session.execute(found)}


@query(N_("Worth of assets on a day"), name="depreciation.worth")
def worth(session: Session, *, asset_ids: Sequence[UUID], on: date) -> dict[UUID, tuple[int, int]]:
    """Original value and accumulated depreciation of each in fen; of those that left, until they did."""
    found = dict[UUID, tuple[int, int]]()
    for start in range(0, len(asset_ids), AT_ONCE):
        some = Asset.id.in_(asset_ids[start : start + AT_ONCE])
        rows = figures(on, Asset.id.label("id"), where=(some,), there=False).rows.c
        every = session.execute(sa.select(rows.id, rows.cost, rows.accumulated))
        found |= {row.id: (row.cost, row.accumulated) for row in every}
    return found


def net_values(session: Session, assets: Sequence[Asset], on: date) -> dict[UUID, int | None]:
    """What is left of each value on a day, in fen. Of a card nobody knows the life of it is what its register said, or
    None."""
    known = worth(session, asset_ids=[asset.id for asset in assets], on=on)
    nets = {id: cost - accumulated for id, (cost, accumulated) in known.items()}
    return {a.id: a.net_value if rules.unknown(a) else nets.get(a.id, a.net_value) for a in assets}


@dataclass(frozen=True)
class Changed:
    """A change of value, in fen; `other` is the number of the card that was split off or merged into this one."""

    id: UUID
    number: str
    kind: ValueChange
    on: date
    cost_before: int | None
    cost: int | None
    life_before: int | None
    life: int | None
    accumulated_before: int
    accumulated: int
    paper: str
    reason: str
    other: str


@dataclass(frozen=True)
class Sheet:
    """What one asset is worth on a day, in fen, with its months until then and its changes, the oldest first. `begun`
    is the day depreciation counts from; `left_on` when it left; `threshold` what a fixed asset of its class had to cost
    then, by `threshold_source`; `said_net` what its register said was left; `origin` the number of the card it was
    split off from; `booked` the last month that is booked."""

    number: str
    name: str
    on: date
    cost: int | None
    accumulated: int
    monthly: int
    life: int | None
    begun: date | None
    ends: date | None
    left_on: date | None
    value_kind: ValueKind | None
    depreciation: Depreciation | None
    depreciated: bool
    unknown: bool
    threshold: int | None
    threshold_source: str
    said_net: int | None
    origin: str
    booked: date | None
    months: tuple[rules.Month, ...]
    changes: tuple[Changed, ...]

    @property
    def net(self) -> int:
        """What is left of the value."""
        return (self.cost or 0) - self.accumulated


@query(N_("Value of an asset"), name="depreciation.sheet")
def sheet(session: Session, *, asset_id: UUID, on: date) -> Sheet:
    """Everything about the value of one asset. Missing: there is none."""
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise Missing(NO_RECORD)
    changes = changes_of(session, asset_id)
    card = rules.card_of(asset, changes)
    now, begun = card.stretch(on), asset.entered_on or asset.acquired_on
    until = rules.last_of(rules.month_of(now.on) + now.months - 1) if now and now.months else None
    runs = now is not None and now.months is not None and rules.accumulated(card, on) < now.cost
    bought = asset.acquired_on or begun
    limit = threshold(session, asset.class_code, bought) if bought else None
    return Sheet(
        asset.number, asset.name, on, asset.cost if now is None else rules.cost(card, on) if changes else asset.cost,
        rules.accumulated(card, on), now.monthly() if now and runs else 0, asset.life_months, begun, until,
        card.ended_on, asset.value_kind, asset.depreciation, depreciated(asset),
        rules.unknown(asset, changed=bool(changes)), limit.amount if limit else None,
        limit.source if limit else "",
        asset.net_value, _origin(session, asset_id), booked_until(session, asset.compound_id),
        tuple(rules.months(card, rules.ended(on))), tuple(_changed(session, change) for change in changes),
    )  # fmt: skip


def _changed(session: Session, c: AssetValueChange) -> Changed:
    other = session.scalar(sa.select(Asset.number).where(Asset.id == c.other_id)) if c.other_id else ""
    return Changed(c.id, c.number, c.kind, c.on, c.cost_before, c.cost, c.life_before, c.life_months,
                   c.accumulated_before, c.accumulated, c.paper, c.reason or "", other or "")  # fmt: skip


def _origin(session: Session, asset: UUID) -> str:
    found = (
        sa.select(Asset.number).join(AssetValueChange, AssetValueChange.asset_id == Asset.id)
        .where(AssetValueChange.other_id == asset, AssetValueChange.kind == ValueChange.SPLIT)
    )  # fmt: skip
    return session.scalar(found.limit(1)) or ""
