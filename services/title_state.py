"""How a right stands on a day: computed from the events of its ledger and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from models.title import TitleState
from models.title_event import TitleEvent, TitleEventKind

K = TitleEventKind
STARTS = {  # what limits a right, and what ends it
    K.MORTGAGE: K.MORTGAGE_RELEASE,
    K.SEIZURE: K.SEIZURE_RELEASE,
    K.OBJECTION: K.OBJECTION_END,
    K.DISPUTE_OPENED: K.DISPUTE_SETTLED,
}
ENDS = {end: start for start, end in STARTS.items()}
STANDS = (TitleState.FILED, TitleState.REGISTERED)  # a right there is
REGISTERS = (K.FIRST_REGISTRATION, K.TRANSFER, K.CHANGE, K.CORRECTION, K.REISSUE)
SAYS_FACTS = (*REGISTERS, K.RECORD_FILING)
FACTS = ("certificate", "co_ownership", "use", "land_nature", "term_until", "area")
ORDER = {kind: at for at, kind in enumerate(TitleEventKind)}  # of two events of one day


@dataclass(frozen=True)
class Standing:
    """A right on a day. Areas in 0.01 m². `open` are the events that limit it and have not ended; `sold` the sales of
    public housing, each of one room or of everything; `proofs` names for each fact the event, and so the paper, it
    rests on, `begun` the day since which it is what it is, however often it was said again."""

    state: TitleState = TitleState.UNREGISTERED
    certificate: str | None = None
    holder: str | None = None
    holder_unit_id: UUID | None = None
    manager_id: UUID | None = None
    co_ownership: Any = None
    use: str | None = None
    land_nature: Any = None
    term_until: date | None = None
    area: int | None = None
    surveyed_area: int | None = None
    lost: bool = False
    open: tuple[TitleEvent, ...] = ()
    sold: tuple[TitleEvent, ...] = ()
    proofs: Mapping[str, TitleEvent] = field(default_factory=dict)
    begun: Mapping[str, date] = field(default_factory=dict)

    def limited(self, *kinds: TitleEventKind) -> tuple[TitleEvent, ...]:
        """The open events of these kinds."""
        return tuple(event for event in self.open if event.kind in kinds)

    def sale(self, room: UUID | None) -> TitleEvent | None:
        """By which a room was sold, for itself or with everything; without a room, the newest sale of any part."""
        return next((e for e in reversed(self.sold) if room is None or e.room_id in (None, room)), None)


def in_order(events: Iterable[TitleEvent]) -> list[TitleEvent]:
    """By day; on one day by kind and by what they say, so that it does not matter in which order they were entered."""
    return sorted(events, key=_place)


def _place(event: TitleEvent) -> tuple[Any, ...]:
    said = (event.paper, event.certificate, event.party, event.area, event.amount, event.use, event.term_until)
    return (event.on, ORDER[event.kind], *(str(value or "") for value in said), event.id)


def standing(events: Iterable[TitleEvent], on: date) -> Standing:
    """The right at the end of a day."""
    past = in_order(event for event in events if event.on <= on)
    now, proofs, begun = Standing(), dict[str, TitleEvent](), dict[str, date]()
    for event in past:
        said = _said(now, event)
        proofs |= dict.fromkeys(said, event)
        begun |= {name: event.on for name in said if name not in begun or getattr(now, name) != said[name]}
        now = replace(now, **said)
    limits = () if now.state is TitleState.CANCELLED else _open(past)
    return replace(now, open=limits, proofs=proofs, begun=begun)


def _said(now: Standing, event: TitleEvent) -> dict[str, Any]:
    """What an event changes."""
    match event.kind:
        case K.SURVEY:
            return {"surveyed_area": event.area} if event.area is not None else {}
        case K.MANAGEMENT:
            return {"manager_id": event.unit_id}
        case K.LOSS:
            return {"lost": True}
        case K.CANCELLATION:
            return {"state": TitleState.CANCELLED}
        case K.HOUSING_SALE:
            sold: dict[str, Any] = {"sold": (*now.sold, event)}
            return sold if event.room_id else sold | {"holder": event.party, "holder_unit_id": event.unit_id}
    return _registered(now, event) if event.kind in SAYS_FACTS else {}


def _registered(now: Standing, event: TitleEvent) -> dict[str, Any]:
    """What a register says. A change of what is only filed on record is filed; a new certificate stands in for a lost
    one; who gets everything by a transfer gets back what was sold as a whole."""
    said: dict[str, Any] = {name: value for name in FACTS if (value := getattr(event, name)) is not None}
    if event.party or event.unit_id:
        said |= {"holder": event.party, "holder_unit_id": event.unit_id}
    if event.kind is K.RECORD_FILING:
        return said | ({"state": TitleState.FILED} if now.state is TitleState.UNREGISTERED else {})
    if event.kind is K.TRANSFER and any(sale.room_id is None for sale in now.sold):
        said |= {"sold": tuple(sale for sale in now.sold if sale.room_id)}
    if event.kind is K.REISSUE or event.certificate not in (None, now.certificate):
        said |= {"lost": False}
    filed = now.state is TitleState.FILED and event.kind in (K.CHANGE, K.CORRECTION)
    return said if filed else said | {"state": TitleState.REGISTERED}


def _open(past: list[TitleEvent]) -> tuple[TitleEvent, ...]:
    """What limits the right and was not ended. An end that names nothing ends the oldest of its kind."""
    running = {event.id: event for event in past if event.kind in STARTS}
    ends = [event for event in past if event.kind in ENDS]
    for end in sorted(ends, key=lambda event: event.ends_id is None):
        if end.ends_id is not None:
            running.pop(end.ends_id, None)
            continue
        fitting = (e for e in running.values() if e.kind is ENDS[end.kind] and e.on <= end.on)
        if (oldest := next(fitting, None)) is not None:
            del running[oldest.id]
    return tuple(running.values())
