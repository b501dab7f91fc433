"""Which writer an opened store is written with: the one before, or a new one where the marker remembers another store.

Two copies of a store that went on under one writer could never be told apart or brought together again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import resources
from models.incident import IncidentKind
from models.journal import Writer
from services.desk import keys
from services.desk.machine import file_id
from services.desk.marker import Mark, Marker, gap, heads_of, newest, operations
from services.desk.pen import Pen
from services.desk.sealed import Unreadable
from services.desk.store import Store
from services.desk.trail import heads


@dataclass(frozen=True)
class Finding:
    """What was found, as `models.incident.Incident` keeps it."""

    kind: IncidentKind
    lost: int | None = None
    kept_at: datetime | None = None
    seen_at: datetime | None = None
    predecessor: str | None = None


def recognise(store: Store, marker: Marker, data_key: bytes, writer: Path) -> tuple[Pen, list[Finding], Mark | None]:
    """The writer to go on with, what was found, and the mark. The file of the writer's key is `writer`; the key of a
    new writer is kept there by `settle`, once what was found is recorded: an opening that fails is as if it had not
    been, and the next one finds the same.
    """
    assert store.path
    mark: Mark | None = None
    key = keys.writer_key(writer, data_key)
    known = _known(store, key)
    found: list[Finding] = []
    try:
        mark = marker.read()
    except Unreadable:
        found.append(Finding(IncidentKind.UNREADABLE, predecessor=known or None))
    if mark is not None:
        found += _compared(store, mark, known, marker.machine)
    elif not found:
        found.append(Finding(IncidentKind.UNMARKED, predecessor=known or None))
    if not any(finding.kind is not IncidentKind.CLOCK for finding in found):
        return store.enroll(key), found, mark
    if known:  # its key may be in other hands, or write elsewhere too: it never writes here again
        key = Ed25519PrivateKey.generate()
    return store.enroll(key), found, mark


def settle(marker: Marker, pen: Pen, data_key: bytes, writer: Path) -> None:
    """From the next opening on this is the writer, and this what the computer saw."""
    kept = keys.writer_key(writer, data_key)
    if kept.private_bytes_raw() != pen.key.private_bytes_raw():
        keys.keep_writer_key(writer, data_key, pen.key)
    marker.write()


def follow(store: Store, marker: Marker, pen: Pen, mark: Mark | None) -> None:
    """From now on the marker follows this writer; what was known of the chains stays known."""
    assert store.path
    own = mark if mark and mark.writer == pen.id.hex else None
    known = heads_of(own) if own else heads(store)
    with store.reading.connect() as connection:
        marker.begin(connection, pen, store.path, own, known)
    if mark and not own:
        marker.note(0, {}, mark.counts)


def _known(store: Store, key: Ed25519PrivateKey) -> str:
    """The writer of this key, if the store knows it."""
    public = key.public_key().public_bytes_raw()
    with store.reading.connect() as connection:
        found = connection.scalar(sa.select(Writer.id).where(Writer.public_key == public))
    return found.hex if found else ""


def _compared(store: Store, mark: Mark, known: str, machine: str) -> list[Finding]:
    """The one thing that says most of what happened to the store, and whether the clock was set back."""
    assert store.path
    with store.reading.connect() as connection:
        apart = gap(connection, heads_of(mark))
        there = operations(connection, mark.writer) if apart.missing and not apart.different else 0
        last, seen = newest(connection), mark.at
    found = list[Finding]()
    if apart.different:
        found.append(Finding(IncidentKind.REPLACED, None, last, seen, mark.writer))
    elif apart.missing:
        found.append(Finding(IncidentKind.TRUNCATED, max(mark.operations - there, 1), last, seen, mark.writer))
    elif known != mark.writer:
        found.append(Finding(IncidentKind.KEY, None, last, seen, mark.writer))
    elif (machine, file_id(store.path)) != (mark.machine, mark.file):
        found.append(Finding(IncidentKind.COPIED, 0, last, seen, mark.writer))
    if datetime.now(UTC) < seen - timedelta(seconds=resources.settings("marker")["clock_back_seconds"]):
        found.append(Finding(IncidentKind.CLOCK, None, last, seen))
    return found
