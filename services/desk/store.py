"""Opens a store: an encrypted file, or PostgreSQL. Both behave alike above this module."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event

from models import guards
from models.base import Base, entities, new_id, table
from models.journal import Writer
from resources.words import N_
from services.desk import personal, reference, search
from services.desk.copies import Copies
from services.desk.doors import Ring
from services.desk.errors import Conflict
from services.desk.marker import Marker
from services.desk.numbers import HighWater
from services.desk.pen import Pen, own_role
from services.desk.sealed import SealedFile
from services.desk.vault import Vault

NOT_OURS = N_("{file} cannot be opened: it is damaged or not a Dayuan store")
NUMBERS = "numbers.high"  # the highest numbers given out, beside the file
APPLICATION, VERSION = 0x4459554E, 6  # "DYUN"; the version goes up with every change of the tables
PRAGMAS = (
    "cipher_log_level = NONE", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000",
    "recursive_triggers = ON", "trusted_schema = OFF", "secure_delete = ON", "cache_size = -65536",
)  # fmt: skip


@dataclass(frozen=True)
class Store:
    """The tables of one office. `path` is the file of an embedded store."""

    engine: sa.Engine
    path: Path | None = None
    high: HighWater = field(default_factory=lambda: HighWater(None))
    ring: Ring | None = None  # who may open it
    vault: Vault | None = None  # the files beside an embedded store; a server keeps their bytes in its tables
    copies: Copies = field(default_factory=lambda: Copies("server"))
    marker: Marker | None = None  # what this computer last saw of it

    @cached_property
    def writing(self) -> sa.Engine:
        """Transactions that may write."""
        return self.engine.execution_options(writes=True)

    @cached_property
    def reading(self) -> sa.Engine:
        """Transactions the database itself keeps from writing."""
        return self.engine.execution_options(postgresql_readonly=True)

    def create(self) -> None:
        """Tables, guards, search index and shipped reference data, in one transaction."""
        for kind in entities().values():
            if sa.inspect(kind).relationships:
                raise TypeError(f"{kind.__name__}: the desk knows no relationships, set the id to write")
        with self.writing.begin() as connection:
            Base.metadata.create_all(connection)
            search.create(connection)
            personal.create(connection)
            guards.install(connection)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
                connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
        self.ship()

    def ship(self) -> None:
        """Bring the shipped reference data up to this version of the program."""
        with self.writing.begin() as connection:
            reference.fill(connection)

    def enroll(self, key: Ed25519PrivateKey) -> Pen:
        """The writer of this key; a new one at first start, or after a restore or a copy."""
        public = key.public_key().public_bytes_raw()
        with self.writing.begin() as connection:
            known = connection.execute(sa.select(Writer.no, Writer.id).where(Writer.public_key == public)).first()
            if known:
                return Pen(known.no, known.id, key)
            if connection.dialect.name == "postgresql":  # two that come at once take two numbers
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(APPLICATION)))
            taken = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(Writer.no), 0))) or 0
            pen = Pen(taken + 1, new_id(), key)
            values = {"no": pen.no, "id": pen.id, "place": platform.node()[:80], "public_key": public}
            connection.execute(sa.insert(table(Writer)), values)
        return pen

    def forget(self) -> None:
        """What was deleted is gone from the files too: the write-ahead log is emptied, on a server the tables of the
        keys are written anew. A reader that is busy delays it, to when the office is closed at the latest."""
        if self.path is None:
            if own_role(self.engine):  # the server does it by itself, in its own time
                return
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM FULL person_key, person_hash")
            return
        held = self.engine.raw_connection()  # outside of every transaction
        try:
            held.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            held.close()

    def close(self) -> None:
        """Let go of every connection; the plain copies that were opened are removed."""
        if self.marker:
            self.marker.close()
        self.engine.dispose()
        self.copies.clear()


def open_file(path: Path, data_key: bytes, *, new: bool = False) -> Store:
    """The encrypted file. A wrong key, a foreign file or a newer version fail here, with a sentence."""
    if new:
        path.touch(0o600)
    if not path.exists() or (not new and path.stat().st_size == 0):
        raise Conflict(NOT_OURS, file=path.name)
    path.chmod(0o600)  # before it is opened: its log takes the same mode
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlcipher3.dbapi2, pool_size=4, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes, held = connection.get_execution_options().get("writes", False), connection.connection
        raw: Any = held.driver_connection
        if held.info.get("writes") is not writes:  # a pooled connection keeps its mode
            raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
            held.info["writes"] = writes
        raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            said = [connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("application_id", "user_version")]
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise Conflict(NOT_OURS, file=path.name) from error
    if not new:
        _recognise(path, engine, *said)
    high = HighWater(SealedFile(path.with_name(NUMBERS), data_key, "numbers"))
    beside = Vault(path.with_name("attachments"), data_key)
    return Store(engine, path, high, vault=beside, copies=Copies(str(path.resolve())))


def _recognise(path: Path, engine: sa.Engine, application: Any, version: Any) -> None:
    message = ""
    if application != APPLICATION:
        message = NOT_OURS
    elif version > VERSION:
        message = N_("{file} was written by a newer version of Dayuan; please update the program first")
    elif version < VERSION:
        message = N_("{file} was written by an early trial version of Dayuan; this one cannot open it")
    if message:
        engine.dispose()
        raise Conflict(message, file=path.name)


def open_server(url: str) -> Store:
    """A store on PostgreSQL."""
    engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    return Store(engine, copies=Copies(engine.url.render_as_string()))


def fingerprint(data: bytes) -> str:
    """SHA-256 in hex, the name of shipped data and of papers."""
    return hashlib.sha256(data).hexdigest()
