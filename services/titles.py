"""Titles: the rights to real property, what each covers, and the ledger of what happened to it.

Law: 不动产登记暂行条例; Decree 738 art. 40 (confirmation) and 41 (disputes). How a right stands follows from its ledger
(`services.title_state`); the columns of the title that say so are kept up to date here, and can be made again.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.building import Building
from models.journal import Record
from models.room import Room
from models.title import Title, TitleCoverage
from models.title_event import TitleEvent, TitleEventKind
from resources.words import N_, Word
from services import checks, title_areas, title_numbers
from services.desk.errors import Conflict, Invalid
from services.desk.faults import body_of
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import describe, takes
from services.desk.undo import following
from services.desk.work import Work
from services.records import records
from services.title_state import ENDS, Standing, standing

CACHED = (
    "state", "holder", "holder_unit_id", "manager_id", "co_ownership", "use", "land_nature", "term_until", "area",
    "surveyed_area", "lost",
)  # fmt: skip
LIMITS = {
    "mortgaged": (TitleEventKind.MORTGAGE,),
    "seized": (TitleEventKind.SEIZURE,),
    "disputed": (TitleEventKind.DISPUTE_OPENED, TitleEventKind.OBJECTION),
}
AT_ONCE = 500
K = TitleEventKind
NEEDS = {  # what an event must say besides its day and its paper
    K.FIRST_REGISTRATION: ("party",), K.TRANSFER: ("party",), K.RECORD_FILING: ("party",), K.SURVEY: ("area",),
    K.MANAGEMENT: ("unit_id",), K.MORTGAGE: ("party",), K.SEIZURE: ("party",), K.HOUSING_SALE: ("party",),
    K.REISSUE: ("certificate",),
}  # fmt: skip
FUTURE = N_("An event is entered when it has happened: {date} lies ahead")
NOT_ITS_END = N_("“{field}” names an event of another title, or one that this does not end")
ENDED = N_("Event {number} was ended already")
TOO_EARLY = N_("It cannot end before it began, on {date}")
LEDGER = N_("The ledger names {value}: enter a change, or take off the entry")
FAR = N_("“{field}” is in another compound")
NAMED = N_("An event of this kind says “{field}”")


def spaced(certificate: str) -> str:
    """The number of a paper as it is kept: one blank where there are several."""
    return " ".join(certificate.split())


def _settle(work: Work, title: Title, given: dict[str, Any]) -> None:
    if title.unit_number:
        title.unit_number = title_numbers.bare(title.unit_number)
    if given.get("certificate"):
        title.certificate = spaced(given["certificate"])
    if "certificate" in given and title.rid:
        said = standing(events(work, title.id), work.today).certificate
        if said and spaced(said) != title.certificate:
            raise Conflict(LEDGER, field=Word("title.certificate"), value=said)


TITLES = records(
    "titles", Title, sorts=("number", "certificate", "state", "term_until"), sums=("area",), series="CQ", settle=_settle
)
COVERAGE = listing(
    Listing("title_coverages", TitleCoverage, ("number",), words=("number",), also={
        "building_id": ("code", "kind", "area"), "title_id": ("certificate", "number"),
    })
)  # fmt: skip
EVENTS = listing(Listing("title_events", TitleEvent, ("on", "number", "until_on"), also={"title_id": ("number",)}))


@intent(N_("Name what a title covers"), on=TitleCoverage, name="titles.cover")
def cover(work: Work, *, title_id: UUID, building_id: UUID, room_id: UUID | None = None) -> UUID:
    """A building as a whole, or one room of it; several titles may cover one thing, and one title several."""
    title, building = work.get(Title, title_id), work.get(Building, building_id)
    room = work.get(Room, room_id) if room_id else None
    if building.compound_id != title.compound_id:
        raise Conflict(FAR, field=Word("title_coverage.building_id"))
    if room is not None and room.building_id != building_id:
        raise Conflict(N_("The room is in another building"))
    same = sa.select(TitleCoverage.id).where(
        TitleCoverage.title_id == title_id, TitleCoverage.building_id == building_id, TitleCoverage.room_id == room_id
    )
    if work.session.scalar(same.limit(1)):
        raise Conflict(N_("The title covers this already"))
    made = TitleCoverage(
        compound_id=title.compound_id, number=next(work.numbers("FG")), title_id=title_id, building_id=building_id,
        room_id=room_id,
    )  # fmt: skip
    work.add(made)
    title_areas.watch(work, title)
    return made.id


@intent(N_("Take off what a title covers"), on=TitleCoverage, name="titles.uncover")
def uncover(work: Work, *, title_coverage_id: UUID) -> None:
    """Named by mistake."""
    row = work.get(TitleCoverage, title_coverage_id)
    work.remove(row)
    title_areas.watch(work, work.get(Title, row.title_id))


FIELDS = {
    name: spec for name, spec in describe(TitleEvent).items() if name != "compound_id" and name != "number"
}  # fmt: skip


@intent(N_("Enter title event"), on=TitleEvent, name="titles.enter")
def enter(work: Work, **values: Any) -> UUID:
    """An event of the ledger, in any order of entry. Invalid: it lies ahead, says too little or ends nothing."""
    given = checks.checked_all(FIELDS, values, whole=True)
    if given.get("certificate"):
        given["certificate"] = spaced(given["certificate"])
    title = work.get(Title, given["title_id"])
    event = TitleEvent(compound_id=title.compound_id, number="", **{k: v for k, v in given.items() if v is not None})
    _sensible(work, event)
    event.number = next(work.numbers("CS"))
    work.add(event)
    derive(work, title)
    return event.id


takes("titles.enter", tuple(FIELDS.values()))


@intent(N_("Take off title event"), on=TitleEvent, name="titles.strike", why=True)
def strike(work: Work, *, title_event_id: UUID) -> None:
    """Entered by mistake; the right stands again as the other events say. Conflict: another event ends it."""
    event = work.get(TitleEvent, title_event_id)
    title = work.get(Title, event.title_id)
    work.remove(event)
    derive(work, title)
    if event.certificate and event.certificate == title.certificate and not _certificates(work, title):
        title.certificate = _typed(work, event, title)


def _certificates(work: Work, title: Title) -> list[str]:
    """The certificates a ledger names."""
    return [event.certificate for event in events(work, title.id) if event.certificate]


def _typed(work: Work, event: TitleEvent, title: Title) -> str | None:
    """The certificate a title had before an event named another: no entry says it, so its record is asked."""
    body = work.session.scalar(sa.select(Record.body).where(Record.lsn == event.created_rid))
    said = body_of(body) if body else None
    for change in said.ch if said else ():
        if change.id == title.id.hex and "certificate" in change.f:
            before: str | None = change.f["certificate"][0]
            return before
    return title.certificate


@intent(N_("Compute titles anew"), name="titles.rebuild")
def rebuild(work: Work) -> int:
    """Every title's standing from its ledger once more; how many were wrong. Nothing else says how a right stands."""
    wrong, every = 0, work.session.scalars(sa.select(Title).order_by(Title.n)).all()
    for at, title in enumerate(every, 1):
        wrong += derive(work, title)
        work.progress(at, len(every))
    return wrong


def _sensible(work: Work, event: TitleEvent) -> None:
    if event.on > work.today:
        raise Invalid(FUTURE, field=Word("title_event.on"), date=event.on)
    for name in NEEDS.get(event.kind, ()):
        if getattr(event, name) is None and not (name == "party" and event.unit_id):
            raise Invalid(NAMED, field=Word(f"title_event.{name}"))
    if event.room_id and work.get(Room, event.room_id).compound_id != event.compound_id:
        raise Conflict(FAR, field=Word("title_event.room_id"))
    if event.until_on and event.until_on < event.on:
        raise Invalid(N_("“From” lies after “To”."), field=Word("title_event.until_on"))
    if event.ends_id is None:
        return
    start = work.get(TitleEvent, event.ends_id)
    if event.kind not in ENDS or start.kind is not ENDS[event.kind] or start.title_id != event.title_id:
        raise Invalid(NOT_ITS_END, field=Word("title_event.ends_id"))
    if event.on < start.on:
        raise Invalid(TOO_EARLY, field=Word("title_event.on"), date=start.on)
    if work.session.scalar(sa.select(TitleEvent.id).where(TitleEvent.ends_id == start.id).limit(1)):
        raise Conflict(ENDED, number=start.number)


def events(work: Work, title: UUID) -> list[TitleEvent]:
    """The living entries of a ledger."""
    return list(work.session.scalars(sa.select(TitleEvent).where(TitleEvent.title_id == title)))


def derive(work: Work, title: Title) -> bool:
    """Bring what the title says of itself up to its ledger; whether anything was different."""
    now = standing(events(work, title.id), work.today)
    wanted = columns(now)
    if now.certificate:
        wanted["certificate"] = now.certificate
    wrong = {name: value for name, value in wanted.items() if getattr(title, name) != value}
    for name, value in wrong.items():
        setattr(title, name, value)
    title_areas.watch(work, title)
    return bool(wrong)


def _follow(kind: type[TitleEvent | TitleCoverage], work: Work, ids: list[UUID]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        about = sa.select(kind.title_id).where(kind.id.in_(ids[start : start + AT_ONCE]))
        named = set(work.session.scalars(about, execution_options={"dead": True}))
        for title in work.session.scalars(sa.select(Title).where(Title.id.in_(named))).all():
            derive(work, title)


following(TitleEvent)(partial(_follow, TitleEvent))
following(TitleCoverage)(partial(_follow, TitleCoverage))


def columns(now: Standing) -> dict[str, Any]:
    """What a title says of itself when it stands like this; its certificate is its own where the ledger names none."""
    limits = {name: bool(now.limited(*kinds)) for name, kinds in LIMITS.items()}
    return {name: getattr(now, name) for name in CACHED} | limits
