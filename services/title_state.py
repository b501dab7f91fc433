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
REGISTERS = (K.FIRST_REGISTRATION, K.TRANSFER, K.CHANGE, K.CORRECTION, K.REISSUE)
SAYS_FACTS = (*REGISTERS, K.RECORD_FILING)
FACTS = ("certificate", "co_ownership", "use", "land_nature", "term_until", "area")
ORDER = {kind: at for at, kind in enumerate(TitleEventKind)}  # of two events of one day


@dataclass(frozen=True)
class Standing:
    """A right on a day. Areas in 0.01 m². `open` are the events that limit it and have not ended; `sold` the rooms
    that were sold as public housing; `proofs` names for each fact the event, and so the paper, it rests on."""

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
    sold: frozenset[UUID] = frozenset()
    proofs: Mapping[str, TitleEvent] = field(default_factory=dict)

    def limited(self, *kinds: TitleEventKind) -> tuple[TitleEvent, ...]:
        """The open events of these kinds."""
        return tuple(event for event in self.open if event.kind in kinds)


def in_order(events: Iterable[TitleEvent]) -> list[TitleEvent]:
    """By day; on one day by kind and by what they say, so that it does not matter in which order they were entered."""
    return sorted(events, key=_place)


def _place(event: TitleEvent) -> tuple[Any, ...]:
    said = (event.paper, event.certificate, event.party, event.area, event.amount, event.use, event.term_until)
    return (event.on, ORDER[event.kind], *(str(value or "") for value in said), event.id)


def standing(events: Iterable[TitleEvent], on: date) -> Standing:
    """The right at the end of a day."""
    past = in_order(event for event in events if event.on <= on)
    now, proofs = Standing(), dict[str, TitleEvent]()
    for event in past:
        said = _said(now, event)
        proofs |= dict.fromkeys(said, event)
        now = replace(now, **said)
    limits = () if now.state is TitleState.CANCELLED else _open(past)
    return replace(now, open=limits, proofs=proofs)


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
        case K.HOUSING_SALE if event.room_id:
            return {"sold": now.sold | {event.room_id}}
        case K.HOUSING_SALE:
            return {"holder": event.party, "holder_unit_id": event.unit_id}
    if event.kind not in SAYS_FACTS:
        return {}
    said: dict[str, Any] = {name: value for name in FACTS if (value := getattr(event, name)) is not None}
    if event.party or event.unit_id:
        said |= {"holder": event.party, "holder_unit_id": event.unit_id}
    if event.kind is K.RECORD_FILING:
        return said | ({"state": TitleState.FILED} if now.state is TitleState.UNREGISTERED else {})
    return said | {"state": TitleState.REGISTERED} | ({"lost": False} if event.kind is K.REISSUE else {})


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
