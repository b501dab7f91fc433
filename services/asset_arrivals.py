"""The cards of a register on their way in: their class, what follows from it, and what stands against the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.beside import AssetClass
from resources.words import N_, Word
from services.asset_worth import FIXED, MORE, TOO_EARLY, booked_until, fixed, said_of
from services.assets import EDITION, keep_moved, keep_status
from services.class_arrivals import classify
from services.depreciation import month_of
from services.depreciation_lives import lives
from services.desk.errors import Conflict, Invalid, UserError
from services.desk.work import Work

SET = N_("the status of {number} stays: lending, leasing and disposal are entered as documents")
STAYS = N_("keeper, unit and place stay as handover note {number} says")


class Cards:
    """New cards get what follows from their class; known ones keep what was signed, booked or changed by paper."""

    def __init__(self, work: Work) -> None:
        self.work, self.lives = work, lives(work.session)
        found = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION)
        self.classes: dict[str, str] = {row.code: row.name for row in work.session.execute(found)}
        self._booked = dict[UUID, date | None]()

    def decided(self, values: dict[str, Any]) -> bool:
        """Sets what the values say of a class straight; whether that is decided."""
        return classify(values, self.classes)

    def new(self, values: dict[str, Any], compound: UUID | None) -> UserError | None:
        """Fills in the column values of a new card; why it is refused, if it is."""
        values |= self.lives.fill(values, self.work.today)
        if (values.get("prior_accumulated") or 0) > (values.get("cost") or 0):
            return Invalid(MORE)
        name = "entered_on" if values.get("entered_on") else "acquired_on"
        begun, until = values.get(name), self._until(compound)
        if until and begun and month_of(begun) <= month_of(until):
            return Conflict(TOO_EARLY, field=Word(f"asset.{name}"), month=said_of(until))
        return None

    def _until(self, compound: UUID | None) -> date | None:
        if compound is None:
            return None
        if compound not in self._booked:
            self._booked[compound] = booked_until(self.work.session, compound)
        return self._booked[compound]

    def kept(self, asset: Asset, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Takes out of the values for a known card what stands against the register; sentences that say so."""
        if number := keep_moved(self.work, asset, values):
            yield STAYS, {"number": number}
        if keep_status(self.work, asset, values):
            yield SET, {"number": asset.number}
        differing = {name: getattr(asset, name) for name in FIXED if name in values}
        typed = {name: was for name, was in differing.items() if was != values[name]}
        for why in list(fixed(self.work, asset, typed)) if typed else ():
            values.pop(str(why.values["field"]).removeprefix("asset."))
            yield why.message, why.values
