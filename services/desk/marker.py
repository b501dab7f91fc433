"""The marker outside the store: what this computer last saw of the journal. A store that was put back, cut off,
replaced or copied cannot take it along.

It holds the newest record of every chain, is encrypted like everything, and is written about a second after a commit
and when the office is closed: it may lag behind the store, it never leads.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer
from uuid import UUID

import msgspec
import platformdirs
import sqlalchemy as sa

import resources
from models.journal import Record, Writer
from services.desk.machine import file_id, machine
from services.desk.pen import Pen
from services.desk.sealed import SealedFile, Unreadable, derived

STATE = "DAYUAN_STATE"  # environment: the folder for what is kept outside of an office's own
log = logging.getLogger(__name__)
Heads = dict[tuple[int, UUID], tuple[int, bytes]]  # (writer, scope) -> (number, hash) of the newest record


class Mark(msgspec.Struct):
    """What a marker says. `heads` are [writer, scope, number, hash]; `counts` the highest numbers given out."""

    writer: str
    gseq: int
    operations: int
    heads: list[tuple[int, str, int, str]]
    counts: dict[str, int]
    at: datetime
    machine: str
    file: str


@dataclass(frozen=True)
class Gap:
    """How a store differs from a mark: records that are missing, chains with another record in the same place."""

    missing: int
    different: int


def state_folder() -> Path:
    """Where this computer keeps its markers."""
    given = os.environ.get(STATE)
    return Path(given) if given else platformdirs.user_state_path("dayuan", appauthor=False)


@dataclass
class Marker:
    """The marker of the office in a folder, on this computer. May be used from any thread."""

    file: SealedFile
    machine: str
    _mark: Mark | None = None
    _heads: Heads = field(default_factory=Heads)
    _timer: Timer | None = None
    _lock: Lock = field(default_factory=Lock)
    _writing: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, folder: Path, data_key: bytes, state: Path | None = None) -> Marker:
        """Its name follows from the data key and the folder, and tells neither."""
        place = os.path.normcase(folder.resolve()).encode()
        name = hmac.digest(derived(data_key, "marker name"), place, hashlib.sha256).hex()[:32]
        return cls(SealedFile((state or state_folder()) / name, data_key, "marker"), machine(data_key))

    def read(self) -> Mark | None:
        """What it says; None when there is none. Unreadable: it is damaged, or another store's."""
        raw = self.file.read()
        try:
            return None if raw is None else msgspec.json.decode(raw, type=Mark)
        except ValueError as error:
            raise Unreadable(self.file.path.name) from error

    def begin(self, connection: sa.Connection, pen: Pen, db: Path, before: Mark | None, heads: Heads) -> None:
        """From now on it follows this writer. `before` is what it said of him, `heads` what it knows of the chains."""
        of_his = [Record.w == pen.no, Record.gseq > (before.gseq if before else 0)]
        count = sa.select(sa.func.count(sa.distinct(Record.uow)), sa.func.max(Record.gseq)).where(*of_his)
        operations, gseq = connection.execute(count).one()
        newer = sa.select(Record.st, Record.seq, Record.hash).where(*of_his).order_by(Record.gseq)
        self._heads = heads | {(pen.no, st): (seq, own) for st, seq, own in connection.execute(newer)}
        self._mark = Mark(
            pen.id.hex, gseq or (before.gseq if before else 0), operations + (before.operations if before else 0), [],
            dict(before.counts) if before else {}, datetime.now(UTC), self.machine, file_id(db),
        )  # fmt: skip

    def note(self, gseq: int, heads: Mapping[tuple[int, UUID], tuple[int, bytes]], taken: Mapping[str, int]) -> None:
        """A unit of work was stored: its newest record, the heads it left, the numbers it took."""
        with self._lock:
            if self._mark is None:
                return
            self._mark.operations += 1
            self._mark.gseq = max(gseq, self._mark.gseq)
            self._heads |= {chain: head for chain, head in heads.items() if head > self._heads.get(chain, (0, b""))}
            self._mark.counts |= {p: max(n, self._mark.counts.get(p, 0)) for p, n in taken.items()}
            if self._timer is None:
                self._timer = Timer(resources.settings("marker")["write_after_seconds"], self.write)
                self._timer.daemon = True
                self._timer.start()

    def known(self) -> Heads:
        """The newest record of every chain, as of the last commit."""
        with self._lock:
            return dict(self._heads)

    def write(self) -> None:
        """Now. That it cannot be written stops nobody: the next opening will miss it."""
        with self._writing:
            with self._lock:
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
                if self._mark is None:
                    return
                self._mark.heads = [(w, st.hex, seq, own.hex()) for (w, st), (seq, own) in self._heads.items()]
                self._mark.at = datetime.now(UTC)
                said = msgspec.json.encode(self._mark)
            try:
                self.file.path.parent.mkdir(0o700, parents=True, exist_ok=True)
                self.file.write(said)
            except OSError as error:
                log.warning("the marker could not be written: %s", error.strerror)

    def close(self) -> None:
        """Write it for the last time."""
        self.write()
        self.drop()

    def drop(self) -> None:
        """Let go of it, as it was written last."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._mark = None


def heads_of(mark: Mark) -> Heads:
    """The newest records a mark knows."""
    return {(w, UUID(st)): (seq, bytes.fromhex(own)) for w, st, seq, own in mark.heads}


def gap(connection: sa.Connection, heads: Heads) -> Gap:
    """How the records of a store differ from what was known of them."""
    missing = different = 0
    for (w, st), (seq, own) in heads.items():
        chain = sa.and_(Record.w == w, Record.st == st)
        found = connection.scalar(sa.select(Record.hash).where(chain, Record.seq == seq))
        if found is None:
            missing += seq - (connection.scalar(sa.select(sa.func.max(Record.seq)).where(chain)) or 0)
        else:
            different += found != own
    return Gap(missing, different)


def operations(connection: sa.Connection, writer: str) -> int:
    """How many operations of a writer are there. Reads all of his records: for when some are missing."""
    his = sa.select(sa.func.count(sa.distinct(Record.uow))).join(Writer).where(Writer.id == UUID(writer))
    return connection.scalar(his) or 0


def newest(connection: sa.Connection) -> datetime | None:
    """When the newest record of all was written."""
    return connection.scalar(sa.select(Record.at).order_by(Record.lsn.desc()).limit(1))
