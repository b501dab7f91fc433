"""账证: buildings, land and their cards against the certificates, as the ledgers of the titles stand on a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.building import Building, BuildingKind, Tenure
from models.compound import Compound
from models.organization import Organization
from models.reconciliation import ReconciliationRule as R
from models.title import RightKind, Title, TitleCoverage, TitleState
from models.title_defect import DefectState, TitleDefect
from models.title_event import TitleEvent
from services import checks, title_areas
from services.depreciation_lives import EDITION
from services.desk.site import the_office
from services.reconciliation_facts import Asked, Found, Unit, about, some, word
from services.reconciliation_rules import within
from services.rights import HOUSE, LAND
from services.title_state import STANDS, Standing, standing

CLASSES = {BuildingKind.BUILDING: "A0101", BuildingKind.STRUCTURE: "A0102", BuildingKind.LAND: "A0103"}
OTHERS = (RightKind.LEASE, RightKind.EASEMENT, RightKind.RESIDENCE)  # rights in what belongs to somebody else
AREAS = {title_areas.BOOK: R.TITLE_AREA_BOOK, title_areas.SURVEY: R.TITLE_AREA_SURVEY}
SEVERAL = re.compile(r"[;；、,，\n]+")  # between the numbers of several certificates
RULES = frozenset(rule for rule in R if rule.value.startswith("title_"))


class Right(NamedTuple):
    """A right of the office's own, as its ledger stands on the day, and what it covers."""

    title: Title
    now: Standing
    covers: tuple[TitleCoverage, ...]

    @property
    def stands(self) -> bool:
        """Whether there is a right."""
        return self.now.state in STANDS

    @property
    def certificate(self) -> str:
        """The number on the paper, or that of the record."""
        return self.now.certificate or self.title.certificate or ""

    @property
    def holder(self) -> bool:
        """Whether its holder is to be one of ours: not once everything was sold."""
        return self.stands and not any(sale.room_id is None for sale in self.now.sold)


class Cards(NamedTuple):
    """The cards of one building: in the books, and those that were disposed of."""

    here: tuple[Any, ...] = ()
    gone: tuple[Any, ...] = ()

    @property
    def left(self) -> bool:
        """Whether all of it was disposed of."""
        return bool(self.gone) and not self.here


class Read:
    """Buildings, their cards and the rights in them, read at once."""

    def __init__(self, asked: Asked) -> None:
        self.asked, session, on = asked, asked.session, asked.on
        of = asked.inside
        self.every = session.scalars(sa.select(Building).where(*of(Building)).order_by(Building.code)).all()
        self.buildings = {b.id: b for b in self.every if b.tenure in (None, Tenure.OWNED)}
        ledgers, covers = defaultdict[UUID, list[TitleEvent]](list), defaultdict[UUID, list[TitleCoverage]](list)
        for event in session.scalars(sa.select(TitleEvent).where(*of(TitleEvent))):
            ledgers[event.title_id].append(event)
        for cover in session.scalars(sa.select(TitleCoverage).where(*of(TitleCoverage))):
            covers[cover.title_id].append(cover)
        titles = session.scalars(sa.select(Title).where(*of(Title), Title.right_kind.not_in(OTHERS))).all()
        self.rights = [Right(t, standing(ledgers[t.id], on), tuple(covers[t.id])) for t in titles]
        self.over: dict[UUID, list[Right]] = defaultdict(list)
        for right in self.rights:
            for id in {cover.building_id for cover in right.covers}:
                self.over[id].append(right)
        self.cards, self.loose = self._cards(on)
        units = session.execute(sa.select(Organization.id, Organization.name, Organization.parent_id))
        self.units = {row.id: (row.name, row.parent_id) for row in units}
        compounds = session.execute(sa.select(Compound.id, Compound.unit_id))
        self.managing: dict[UUID, UUID | None] = {row.id: row.unit_id for row in compounds}
        self.office = the_office(session).name.strip()

    def _cards(self, on: date) -> tuple[dict[UUID, Cards], list[Any]]:
        """The cards of real property by building, and those that are of none."""
        begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
        real = sa.or_(*(Asset.class_code.startswith(prefix) for prefix in CLASSES.values()))
        picked = sa.select(
            Asset.id, Asset.compound_id, Asset.number, Asset.name, Asset.class_code, Asset.building_id,
            Asset.certificate, Asset.floor_area, Asset.disposed_on,
        ).where(
            real, Asset.class_edition == EDITION, Asset.moved_on.is_(None),
            sa.or_(begun.is_(None), begun <= on), *self.asked.inside(Asset),
        )  # fmt: skip
        here, gone, loose = defaultdict[UUID, list[Any]](list), defaultdict[UUID, list[Any]](list), list[Any]()
        for row in self.asked.session.execute(picked.order_by(Asset.number)):
            disposed = row.disposed_on is not None and row.disposed_on <= on
            if row.building_id:
                (gone if disposed else here)[row.building_id].append(row)
            elif not disposed:
                loose.append(row)
        return {id: Cards(tuple(here[id]), tuple(gone[id])) for id in here.keys() | gone.keys()}, loose

    def of(self, building: Building) -> Cards:
        """The cards of a building of its own kind: the land under a house is another thing."""
        every, prefix = self.cards.get(building.id, Cards()), CLASSES[building.kind]
        return Cards(*(tuple(row for row in rows if row.class_code.startswith(prefix)) for rows in every))

    def rights_of(self, building: Building) -> list[Right]:
        """The rights in a building by which it is the office's own."""
        kinds = LAND if building.kind is BuildingKind.LAND else HOUSE
        return [right for right in self.over[building.id] if right.title.right_kind in kinds]


def differences(asked: Asked) -> Iterator[Found]:
    """Everything the certificates and the books say otherwise."""
    if not asked.wants(*RULES):
        return
    read = Read(asked)
    for found in (*_buildings(read), *_cards(read), *_rights(read), *_areas(read)):
        if found.rule in asked.rules:
            yield found


def _buildings(read: Read) -> Iterator[Found]:
    """Buildings and land without a right, or without a card; floor areas that differ."""
    for b in read.buildings.values():
        rights, cards = read.rights_of(b), read.of(b)
        said = partial(about("building", b, b.code), unit=Unit.AREA)
        if cards.left:
            continue
        cancelled = cards.here and any(right.now.state is TitleState.CANCELLED for right in rights)
        if b.kind is not BuildingKind.STRUCTURE and not cancelled and not any(right.stands for right in rights):
            kind, id = next((("title", right.title.id) for right in rights), ("building", b.id))
            yield said(R.TITLE_NONE, book=b.area, opens=kind, opens_id=id)
        if not cards.here:
            yield said(R.TITLE_NO_CARD, other=b.area, opens="building", opens_id=b.id)
        if b.kind is BuildingKind.BUILDING and b.area is not None and cards.here:
            areas = [row.floor_area for row in cards.here if row.floor_area is not None]
            whole = sum(areas)
            if len(areas) == len(cards.here) and not within(R.TITLE_FLOOR_AREA, whole, b.area):
                yield said(R.TITLE_FLOOR_AREA, book=whole, other=b.area, amount=b.area - whole, opens="asset",
                           opens_id=cards.here[0].id)  # fmt: skip


def _cards(read: Read) -> Iterator[Found]:
    """Cards of no building, and cards that give another certificate than the right has."""
    for row in read.loose:
        said = about("asset", row)
        yield said(R.TITLE_CARD_NOWHERE, book=row.floor_area, unit=Unit.AREA, opens="asset", opens_id=row.id)
    for b in read.buildings.values():
        numbers = [right.certificate for right in read.rights_of(b) if right.stands and right.certificate]
        known = {_folded(number) for number in numbers}
        for row in read.of(b).here if known else ():
            own = [part for part in SEVERAL.split(row.certificate or "") if part.strip()]
            if any(_folded(part) not in known for part in own):
                said = about("asset", row)
                yield said(R.TITLE_NUMBER, book=row.certificate, other=some(numbers), opens="asset", opens_id=row.id)


def _folded(number: str) -> str:
    return checks.number(number).replace(" ", "")


def _rights(read: Read) -> Iterator[Found]:
    """Rights that cover nothing, whose holder is another, that ended, or whose building was disposed of."""
    for right in read.rights:
        t, now = right.title, right.now
        said = partial(about("title", t, name=t.location), opens="title", opens_id=t.id)
        cards = _covered(read, right)
        here = some([row.number for each in cards for row in each.here])
        gone = [row.disposed_on for each in cards if each.left for row in each.gone]
        if right.stands and not right.covers:
            yield said(R.TITLE_NOT_BOOKED, other=right.certificate or t.number)
        if right.holder and (names := _other_holder(read, right)):
            yield said(R.TITLE_HOLDER, book=names[0], other=names[1])
        if here and now.state is TitleState.CANCELLED and not _replaced(read, right):
            yield said(R.TITLE_CANCELLED, book=here, other=word("title.state", now.state.value))
        if here and right.stands and now.term_until and now.term_until < read.asked.on:
            yield said(R.TITLE_EXPIRED, book=here, other=now.term_until)
        if right.stands and gone:
            yield said(R.TITLE_CARD_GONE, book=max(gone), other=right.certificate or t.number)


def _covered(read: Read, right: Right) -> list[Cards]:
    ids = dict.fromkeys(cover.building_id for cover in right.covers)
    return [read.of(read.buildings[id]) for id in ids if id in read.buildings]


def _replaced(read: Read, right: Right) -> bool:
    """Whether another right stands in for it, over all it covered."""
    ids = {cover.building_id for cover in right.covers}
    return all(any(other.stands for other in read.over[id]) for id in ids)


def _other_holder(read: Read, right: Right) -> tuple[str, str] | None:
    """The unit that is to hold it and the one that does; None where the holder is that unit, one above it, or the
    office itself, or where one of the two is not known."""
    now = right.now
    unit = now.manager_id or read.managing.get(right.title.compound_id)
    holder = read.units.get(now.holder_unit_id, ("", None))[0] if now.holder_unit_id else (now.holder or "").strip()
    if unit is None or not holder or unit not in read.units:
        return None
    fitting, at = {read.office}, unit
    while at in read.units and read.units[at][0] not in fitting:
        name, above = read.units[at]
        fitting.add(name)
        if above is None:
            break
        at = above
    return None if holder in fitting else (read.units[unit][0], holder)


def _areas(read: Read) -> Iterator[Found]:
    """Areas that differ by more than the tolerance, as `services.title_areas` says; the defect it opened settles it."""
    books = {b.id: (b.kind, b.area) for b in read.every}
    ruled = sa.select(TitleDefect).where(TitleDefect.by_rule.in_(AREAS), *read.asked.inside(TitleDefect))
    known = {(row.title_id, row.by_rule): row for row in read.asked.session.scalars(ruled.order_by(TitleDefect.n))}
    for right in read.rights:
        t, now = right.title, right.now
        booked = title_areas.booked(t, right.covers, books)
        for found in title_areas.differences(now.area if right.stands else None, now.surveyed_area, booked):
            if not found.too_large:
                continue
            defect = known.get((t.id, found.rule))
            kind, id = ("title_defect", defect.id) if defect else ("title", t.id)
            settled = (defect.result or "") if defect and defect.state is DefectState.SETTLED else ""
            yield about("title", t, name=t.location)(
                AREAS[found.rule], book=found.said, other=now.area, unit=Unit.AREA, amount=-found.by, opens=kind,
                opens_id=id, settled=settled,
            )  # fmt: skip
