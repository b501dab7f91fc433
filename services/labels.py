"""Labels of assets: printed for a selection or for what changed, and fitted to a person's printer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus
from models.building import Building
from models.journal import Record
from models.label_fit import LabelFit
from models.organization import Organization
from models.room import Room
from resources.words import N_, Word
from services.checks import checked_all
from services.desk.errors import Invalid, Missing
from services.desk.intent import intent, query
from services.desk.schema import describe
from services.desk.site import the_office
from services.desk.work import Work
from services.label_stocks import Fit, Stock, stock_of

if TYPE_CHECKING:
    from services.documents.sheet import Tell

AT_ONCE = 500
SHOWN = ("name", "model", "room_id", "building_id", "place_text", "unit_id", "unit_text")  # what a label says
MEASURED = ("left", "top", "across", "down")
GONE = N_("An asset is not there, or out of your reach")


@dataclass(frozen=True)
class Measured:
    """What a person measured on the calibration page, in 0.01 mm; `fit` is what follows from it."""

    left: int
    top: int
    across: int
    down: int

    def fit(self, stock: Stock) -> Fit:
        """How the printer misses the stock. Invalid: measured wrongly."""
        return Fit.measured(stock, (self.left / 100, self.top / 100), (self.across / 100, self.down / 100))


@intent(N_("Fit labels to the printer"), on=LabelFit)
def fit(work: Work, stock: str, left: int, top: int, across: int, down: int) -> None:
    """Keeps what somebody measured for a kind of stock, for himself alone; printing takes it out again."""
    given = {"left": left, "top": top, "across": across, "down": down}
    known = describe(LabelFit)
    values = checked_all({name: known[name] for name in MEASURED}, given, whole=True)
    Measured(**values).fit(stock_of(stock))
    found = work.session.scalar(_mine(work.actor, stock))
    if found is None:
        work.add(LabelFit(account=work.actor, stock=stock, **values))
        return
    for name, value in values.items():
        setattr(found, name, value)


@query(N_("How labels were fitted to the printer"), on=LabelFit)
def fitted(session: Session, stock: str) -> Measured | None:
    """What the person himself measured for a kind of stock, None where he did not."""
    found = session.scalar(_mine(session.info["account"], stock_of(stock).name))
    return Measured(found.left, found.top, found.across, found.down) if found else None


@query(N_("Calibration page for labels"), on=LabelFit)
def calibration(session: Session, stock: str, lang: str = "zh_CN") -> bytes:
    """A PDF with a cross, rulers and the outlines of the labels, as the printer makes them without any correction."""
    from services.documents.labels import render_calibration  # the PDF libraries are loaded with the first paper

    return render_calibration(stock_of(stock), made=datetime.now(UTC), lang=lang).data


@query(N_("Labels of assets"), on=Asset)
def sheet(session: Session, asset_ids: Sequence[UUID], stock: str, start: int = 1, fitted: bool = True) -> bytes:
    """A PDF with a label for each asset in the given order, the first at place `start`; moved and stretched by what
    the person measured, unless told not to. Missing: one is not there."""
    from services.documents.labels import Label, render_labels

    about, office = stock_of(stock), the_office(session).name
    mine = session.scalar(_mine(session.info["account"], stock)) if fitted else None
    known = {} if mine is None else {"fit": Measured(mine.left, mine.top, mine.across, mine.down).fit(about)}
    tell: Tell = session.info["tell"]
    labels = [Label(number, office, name, model, place) for number, name, model, place in _said(session, asset_ids)]
    return render_labels(labels, about, made=datetime.now(UTC), start=start, tell=tell, **known).data


@query(N_("Assets whose label is out of date"), on=Asset)
def changed(session: Session, since: date, compound_id: UUID | None = None) -> list[UUID]:
    """The assets that came, or whose name, model, place or unit changed, since the beginning of a day where the
    machine is: by place and number."""
    moment = datetime.combine(since, time()).astimezone()
    first = session.scalar(sa.select(sa.func.min(Record.lsn)).where(Record.at >= moment))
    if first is None:
        return []
    later = [Asset.created_rid >= first, *(Asset.stamps[name].as_integer() >= first for name in SHOWN)]
    found = sa.select(Asset.id).where(sa.or_(*later), Asset.moved_on.is_(None), Asset.rid >= first)
    found = found.where(Asset.status != AssetStatus.DISPOSED)
    if compound_id is not None:
        found = found.where(Asset.compound_id == compound_id)
    return list(session.scalars(found.order_by(Asset.building_id, Asset.room_id, Asset.number)))


def _mine(account: str, stock: str) -> sa.Select[LabelFit]:
    return sa.select(LabelFit).where(LabelFit.account == account, LabelFit.stock == stock)


def _said(session: Session, ids: Sequence[UUID]) -> Iterable[tuple[str, str, str, str]]:
    """Number, name, model and place of each asset, in the given order."""
    if not ids:
        raise Invalid(N_("Choose at least one asset"), field=Word("asset.asset_ids"))
    found = dict[UUID, tuple[str, str, str, str]]()
    for start in range(0, len(ids), AT_ONCE):
        rows = (
            sa.select(Asset, Building.name, Room.number, Organization.name)
            .outerjoin(Building, Building.id == Asset.building_id)
            .outerjoin(Room, Room.id == Asset.room_id)
            .outerjoin(Organization, Organization.id == Asset.unit_id)
            .where(Asset.id.in_(ids[start : start + AT_ONCE]))
        )
        for asset, building, room, unit in session.execute(rows):
            where = " ".join(filter(None, (building, room))) or asset.place_text
            place = " · ".join(filter(None, (where, unit or asset.unit_text)))
            found[asset.id] = (asset.number, asset.name, asset.model or "", place)
    if len(found) < len(set(ids)):
        raise Missing(GONE)
    return [found[id] for id in ids]
