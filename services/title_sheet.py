"""A title on one page: how it stands on a day, the four facts, the areas, what is wrong with it and what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from models.title import RightKind, Title, TitleCoverage, TitlePaper
from models.title_defect import DefectKind, DefectRoute, DefectState, TitleDefect
from models.title_event import TitleEvent, TitleEventKind
from resources.words import N_
from services import title_areas, title_numbers
from services.desk.errors import Missing
from services.desk.intent import query
from services.rights import Fact, Rights, holders_of, managers_of, users_of
from services.title_areas import Difference
from services.title_state import STANDS, Standing, in_order, standing

AT_ONCE = 500  # ids of a statement
NO_TITLE = N_("There is no such title, or it is out of your reach")


@dataclass(frozen=True)
class Entry:
    """An event as it is read. `who` is the party or the unit by name; `open`: it limits the right on the day."""

    id: UUID
    number: str
    kind: TitleEventKind
    on: date
    paper: str
    certificate: str | None
    who: str
    use: str | None
    room: str
    area: int | None
    amount: int | None
    term_until: date | None
    until_on: date | None
    note: str | None
    open: bool


@dataclass(frozen=True)
class Cover:
    """A building, or a room of it, that the title is about; its area in the register, in 0.01 m²."""

    id: UUID
    building_id: UUID
    room_id: UUID | None
    name: str
    area: int | None


@dataclass(frozen=True)
class Wrong:
    """A defect as it stood on the day. `late`: it was due before the day and is not settled."""

    id: UUID
    number: str
    kind: DefectKind
    evidence: str
    route: DefectRoute | None
    person: str
    due_on: date | None
    state: DefectState
    result: str
    late: bool


@dataclass(frozen=True)
class Sheet:
    """Everything about a title on a day. Areas in 0.01 m²: by certificate, by survey, by the books, which are those of
    today. `tolerance` per mille; `doubts` are sentences with a place {value}, and what to put there."""

    id: UUID
    number: str
    compound_id: UUID
    compound: str
    location: str
    paper: TitlePaper
    certificate: str
    certified_on: date | None
    unit_number: str
    right_kind: RightKind
    note: str
    on: date
    now: Standing
    rights: Rights
    covers: tuple[Cover, ...]
    booked: int | None
    differences: tuple[Difference, ...]
    tolerance: int
    defects: tuple[Wrong, ...]
    events: tuple[Entry, ...]  # newest first
    later: int  # entries of the ledger after the day
    doubts: tuple[tuple[str, str], ...]

    @property
    def unagreed(self) -> tuple[Fact, ...]:
        """Those who use it without an agreement."""
        return tuple(fact for fact in self.rights.actual if not fact.paper)


@query(N_("Title on a day"), on=Title, name="titles.sheet")
def sheet(session: Session, title_id: UUID, on: date) -> Sheet:
    """The title as its ledger says it stood at the end of a day. Missing: it is out of reach."""
    found = sheets(session, on, [title_id])
    if not found:
        raise Missing(NO_TITLE)
    (one,) = found
    return replace(one, rights=_used(session, one.rights, one.covers, on))


def sheets(session: Session, on: date, ids: Sequence[UUID] | None = None) -> list[Sheet]:
    """These titles, or all in reach, by number; whoever uses what they cover is not asked for."""
    read = _Read(session, ids)
    return [_sheet(read, title, on) for title in read.titles]


class _Read:
    """The rows of titles, read at once. They are held for as long as names are looked up: the session finds them
    again without asking for each."""

    def __init__(self, session: Session, ids: Sequence[UUID] | None) -> None:
        self.session = session

        def of(column: Any) -> list[sa.ColumnElement[bool]]:
            return [] if ids is None else [column.in_(ids)]

        self.titles = session.scalars(sa.select(Title).where(*of(Title.id)).order_by(Title.number)).all()
        self.ledgers = _by_title(session.scalars(sa.select(TitleEvent).where(*of(TitleEvent.title_id))))
        self.covers = _by_title(session.scalars(sa.select(TitleCoverage).where(*of(TitleCoverage.title_id))))
        defects = sa.select(TitleDefect).where(*of(TitleDefect.title_id)).order_by(TitleDefect.number)
        self.defects = _by_title(session.scalars(defects))
        rows = [row for group in (self.ledgers, self.covers, self.defects) for rows in group.values() for row in rows]
        named = [(Compound, "compound_id"), (Organization, "unit_id"), (Building, "building_id"), (Room, "room_id"),
                 (Staff, "staff_id")]  # fmt: skip
        self.held = [row for kind, name in named for row in _named(session, kind, name, [*self.titles, *rows])]
        self.books = {row.id: (row.kind, row.area) for row in self.held if isinstance(row, Building)}


def _by_title(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.title_id].append(row)
    return found


def _named(session: Session, kind: Any, name: str, rows: Iterable[Any]) -> Iterator[Any]:
    """The rows of a kind that these name."""
    ids = list({id for row in rows if (id := getattr(row, name, None))})
    for start in range(0, len(ids), AT_ONCE):
        yield from session.scalars(sa.select(kind).where(kind.id.in_(ids[start : start + AT_ONCE])))


def _sheet(read: _Read, title: Title, on: date) -> Sheet:
    session, ledger, covered = read.session, read.ledgers[title.id], read.covers[title.id]
    now, covers = standing(ledger, on), _covers(session, covered)
    past = [event for event in in_order(ledger) if event.on <= on]
    booked = title_areas.booked(title, covered, read.books)
    certified = now.area if now.state in STANDS else None
    compound, proof = session.get(Compound, title.compound_id), now.proofs.get("certificate")
    certificate = now.certificate or (title.certificate if not ledger else None) or ""
    now_holds = certificate == title.certificate  # the number of an older paper is free text
    return Sheet(
        title.id, title.number, title.compound_id, compound.name if compound else "", title.location, title.paper,
        certificate, proof.on if proof else None, title.unit_number or "", title.right_kind, title.note or "", on, now,
        Rights(holders_of(session, title, now), managers_of(session, title, now)), covers, booked,
        tuple(title_areas.differences(certified, now.surveyed_area, booked)),
        resources.settings("title_rules")["area_tolerance_per_mille"]["value"],
        _defects(session, read.defects[title.id], on),
        tuple(entry_of(session, event, now) for event in reversed(past)), len(ledger) - len(past),
        tuple(title_numbers.doubts(title.paper, certificate if now_holds else None, title.unit_number)),
    )  # fmt: skip


def _used(session: Session, rights: Rights, covers: Iterable[Cover], on: date) -> Rights:
    """The rights with those who use what is covered on a day."""
    found = {
        fact.number: (fact, agreed) for c in covers for fact, agreed in users_of(session, c.building_id, c.room_id, on)
    }
    users = tuple(fact for fact, agreed in found.values() if agreed)
    return replace(rights, users=users, actual=tuple(fact for fact, _ in found.values()))


def _covers(session: Session, covered: Iterable[TitleCoverage]) -> tuple[Cover, ...]:
    made = []
    for row in covered:
        building = session.get(Building, row.building_id)
        room = session.get(Room, row.room_id) if row.room_id else None
        name = " ".join(filter(None, (building.name if building else "", room.number if room else "")))
        place = room if row.room_id else building
        made.append(Cover(row.id, row.building_id, row.room_id, name, place.area if place else None))
    return tuple(sorted(made, key=lambda cover: cover.name))


def _defects(session: Session, rows: Iterable[TitleDefect], on: date) -> tuple[Wrong, ...]:
    """Those known on the day: not settled first, then by the day they are due."""
    found = [_wrong(session, row, on) for row in rows if row.opened_on <= on]
    return tuple(sorted(found, key=lambda d: (d.state is DefectState.SETTLED, d.due_on or date.max)))


def _wrong(session: Session, row: TitleDefect, on: date) -> Wrong:
    state, person = row.state, session.get(Staff, row.staff_id) if row.staff_id else None
    if state is DefectState.SETTLED and row.settled_on and row.settled_on > on:
        state = DefectState.IN_HAND if row.staff_id and row.route else DefectState.OPEN
    settled = state is DefectState.SETTLED
    return Wrong(
        row.id, row.number, row.kind, row.evidence or "", row.route, person.name if person else "", row.due_on, state,
        (row.result or "") if settled else "", not settled and row.due_on is not None and row.due_on < on,
    )  # fmt: skip


def entry_of(session: Session, event: TitleEvent, now: Standing) -> Entry:
    """An event as it is read, its unit and room by name; `now` says whether it still limits the right."""
    unit = session.get(Organization, event.unit_id) if event.unit_id else None
    room = session.get(Room, event.room_id) if event.room_id else None
    return Entry(
        event.id, event.number, event.kind, event.on, event.paper, event.certificate,
        unit.name if unit else event.party or "", event.use, room.number if room else "", event.area, event.amount,
        event.term_until, event.until_on, event.note, any(limit.id == event.id for limit in now.open),
    )  # fmt: skip
