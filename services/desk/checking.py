"""The parts of a check of everything, each with its progress. A new kind of thing that is kept adds its part here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from resources.words import N_
from services.desk.evidence import attachments
from services.desk.faults import Fault, Tell, goes_on, snapshot
from services.desk.fold import compare
from services.desk.marker import gap
from services.desk.pages import pages, references, structure
from services.desk.people import people
from services.desk.sealed import Unreadable
from services.desk.stocks import stocks
from services.desk.store import Store
from services.desk.trail import papers, verify

ATTACHED = N_("Every attached file is there, unchanged, and no other.")
PRIVATE = N_("Every personal value can be read, or was erased on record.")
STOCKS = N_("Every balance and value of a part is the sum of its movements.")
KEPT = 1000  # faults of a part that are told one by one


@dataclass(frozen=True)
class Checked:
    """What a part came to: how many faults, the first of them in words, how long it took (seconds)."""

    part: str
    count: int
    faults: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Part:
    """Something to look at: its name and one sentence what is proved. `on_file`: a server has no such thing."""

    name: str
    title: str
    proves: str
    look: Callable[[Store, Tell], list[str]]
    on_file: bool = False


def _records(store: Store, tell: Tell) -> list[str]:
    return verify(store, None, tell)


def marker(store: Store, tell: Tell = goes_on) -> list[str]:
    """What this computer saw of the journal is still in it, unchanged."""
    if store.marker is None:
        return []
    try:
        kept = store.marker.read()
    except Unreadable:
        return [Fault(N_("marker: it is damaged, or it is not this office's"))]
    known = store.marker.known()  # before the snapshot: it may lag behind it, never lead
    with snapshot(store) as connection:
        apart = gap(connection, known)
    faults: list[str] = [] if kept else [Fault(N_("marker: this computer keeps none"))]
    if apart.missing:
        faults.append(Fault(N_("marker: {n} records that this computer saw are missing"), n=apart.missing))
    if apart.different:
        faults.append(Fault(N_("marker: {n} chains are not those this computer saw"), n=apart.different))
    return faults


PARTS = {
    part.name: part
    for part in (
        Part("pages", N_("Pages"), N_("Every page of the file is as it was written."), pages, on_file=True),
        Part("structure", N_("Structure"), N_("Tables and indexes fit together."), structure, on_file=True),
        Part("references", N_("References"), N_("Nothing names a record that is not there."), references, on_file=True),
        Part("records", N_("Records"), N_("Every record is whole, chained and sealed by its writer."), _records),
        Part("rows", N_("Values"), N_("Every value follows from the records."), compare),
        Part("people", N_("Personal data"), PRIVATE, people),
        Part("papers", N_("Papers"), N_("Every issued paper is there, byte for byte."), papers),
        Part("stocks", N_("Stocks"), STOCKS, stocks),
        Part("attachments", N_("Attachments"), ATTACHED, attachments),
        Part("marker", N_("Marker"), N_("What this computer saw before is still there."), marker, on_file=True),
    )
}


def parts(store: Store) -> list[Part]:
    """Those there are for this store."""
    return [part for part in PARTS.values() if store.path is not None or not part.on_file]


def look(store: Store, part: Part, tell: Tell = goes_on) -> Checked:
    """One part. What cannot be read is a fault. Cancelled: `tell` said so."""
    begun = time.monotonic()
    try:
        found = part.look(store, tell)
    except sa.exc.DatabaseError as error:
        found = [Fault(N_("{part}: {problem}"), part=part.name, problem=error.orig)]
    except (ValueError, TypeError, LookupError) as error:  # a value that makes no sense where it stands
        found = [Fault(N_("{part}: {problem}"), part=part.name, problem=error)]
    return Checked(part.name, len(found), tuple(found[:KEPT]), time.monotonic() - begun)


def everything(store: Store) -> Iterator[Checked]:
    """All of them, one after the other."""
    for part in parts(store):
        yield look(store, part)
