"""The doors of an office on a server: every account is a login role of PostgreSQL, and its password is the role's.

`Doors` is for a server what `KeyRing` is beside a file. What changes a role runs in the unit of work that changes the
account, through functions of the server that look at the rights of who asks (`models.doors`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from models.doors import role_of
from resources.words import N_
from services.desk.errors import Conflict, Invalid, NotAllowed, UserError
from services.desk.keys import RECOVERY, Cost, Standing, Try
from services.desk.pen import own_role

HERE = ("localhost", "127.0.0.1", "::1")
NOBODY = N_("Account or password is wrong")
WRONG = N_("The password is wrong")
GONE = N_("The server {server} does not answer: is it running, and is this computer in its network?")
NOT_LET = N_("The server {server} lets nobody in from this computer; tell who runs it")
NOT_PROVED = N_("The server {server} cannot prove that it is the one it says: nothing was sent. Tell who runs it")
NO_DATABASE = N_("There is no database “{database}” on the server {server}")
NO_ADDRESS = N_("“{address}” is no address of an office: it begins with postgresql:// and ends with a database's name")
SERVERS = ("postgresql://", "postgres://")


class Ring(Protocol):
    """Who may open a store, and by which password."""

    def put(self, account: str, password: str) -> None: ...
    def remove(self, account: str) -> None: ...
    def check(self, account: str, password: str) -> None: ...
    def tries(self, accounts: Iterable[str]) -> dict[str, Try]: ...
    def strangers(self, accounts: Iterable[str]) -> int: ...
    def recorded(self, account: str, count: int) -> None: ...
    def standing(self) -> Standing: ...


def served(where: object) -> bool:
    """Whether an office is on a server: an address, not a folder."""
    return isinstance(where, str) and where.startswith(SERVERS)


def address(text: str) -> sa.URL:
    """The address of an office, without a name or password in it; of another computer the certificate is asked for.
    Invalid: it is none."""
    try:
        url = sa.make_url(text.strip())
    except sa.exc.ArgumentError:
        raise Invalid(NO_ADDRESS, address=text) from None
    if not url.drivername.startswith("postgres") or not url.database:
        raise Invalid(NO_ADDRESS, address=text)
    url = url.set(drivername="postgresql+psycopg")
    if url.host and url.host not in HERE and "sslmode" not in url.query:
        url = url.update_query_dict({"sslmode": "verify-full", "sslrootcert": url.query.get("sslrootcert", "system")})
    return url


def nameless(url: sa.URL) -> sa.URL:
    """The address alone: of the office, not of who comes."""
    return sa.URL.create(url.drivername, None, None, url.host, url.port, url.database, url.query)


def written(url: sa.URL) -> str:
    """An address as people write it, without a password."""
    return nameless(url).set(drivername="postgresql").render_as_string()


def engine_of(url: sa.URL, role: str = "", password: str = "", **options: Any) -> sa.Engine:
    """An engine that connects as this role, or as whom the address names."""
    found = nameless(url).set(username=role, password=password) if role else url
    alive = {"connect_timeout": 5, "application_name": "Dayuan", "tcp_user_timeout": 15000, "keepalives_idle": 30}
    return sa.create_engine(found, hide_parameters=True, connect_args=alive, **options)


@contextmanager
def knocking(url: sa.URL, role: str = "") -> Iterator[None]:
    """What the server says to somebody who connects, as a sentence. `role` is the one he comes as."""
    try:
        yield
    except OperationalError as error:
        if error.connection_invalidated or getattr(error.orig, "sqlstate", None) is None:
            raise _refused(url, role, str(error.orig)) from None
        raise


@contextmanager
def working(engine: sa.Engine) -> Iterator[None]:
    """A server that is lost in the middle of the work is told as a sentence; the next try connects anew."""
    try:
        yield
    except OperationalError as error:
        if own_role(engine) and (error.connection_invalidated or getattr(error.orig, "sqlstate", None) is None):
            raise _refused(engine.url, engine.url.username or "", str(error.orig)) from error
        raise


def _refused(url: sa.URL, role: str, said: str) -> UserError:
    """Told apart by names that stand in the server's words, whatever its language."""
    server = url.host or url.query.get("host") or "localhost"
    if "pg_hba.conf" in said:
        return NotAllowed(NOT_LET, server=server)
    if role and role in said:
        return NotAllowed(NOBODY)
    if "SSL" in said or "certificate" in said:
        return Conflict(NOT_PROVED, server=server)
    if f'"{url.database}"' in said:
        return Conflict(NO_DATABASE, database=url.database, server=server)
    return Conflict(GONE, server=server)


@dataclass(frozen=True)
class Doors:
    """The doors of one office, seen by who came in; `connection` is that of a unit of work."""

    url: sa.URL
    connection: sa.Connection | None = None

    def within(self, connection: sa.Connection) -> Doors:
        """The same, as part of a unit of work."""
        return replace(self, connection=connection)

    def put(self, account: str, password: str) -> None:
        """From now on this password opens the office for this account, and no other does."""
        assert self.connection is not None
        own = "" if account == RECOVERY else account
        sealed = verifier(self.connection, role_of(str(self.url.database), own), password)
        call = sa.func.sec.let_in(account, sealed) if own else sa.func.sec.renew(sealed)
        self.connection.execute(sa.select(call))

    def remove(self, account: str) -> None:
        """No password opens the office for this account any more."""
        assert self.connection is not None
        self.connection.execute(sa.select(sa.func.sec.shut(account)))

    def check(self, account: str, password: str) -> None:
        """NotAllowed: this is not the account's password."""
        role = role_of(str(self.url.database), account)
        engine = engine_of(self.url, role, password, poolclass=NullPool)
        try:
            with knocking(self.url, role), engine.connect():
                pass
        except NotAllowed as refused:
            raise refused if refused.message != NOBODY else NotAllowed(WRONG) from None

    def tries(self, accounts: Iterable[str]) -> dict[str, Try]:
        """The server keeps none for the office: who runs it finds them in its log."""
        return {}

    def strangers(self, accounts: Iterable[str]) -> int:
        """None either."""
        return 0

    def recorded(self, account: str, count: int) -> None:
        """Nothing is kept that could be recorded."""

    def standing(self) -> Standing:
        """How the doors stand, by the roles there are."""
        engine = self.connection
        assert engine is not None
        office = role_of(str(self.url.database), "").removesuffix("recovery")
        found = engine.execute(
            sa.text("SELECT rolname, rolcanlogin FROM pg_roles WHERE starts_with(rolname, :office)"), {"office": office}
        )
        open_ = [name.removeprefix(office) for name, may in found if may]
        recovery = "recovery" in open_
        return Standing(len(open_) - recovery, recovery, Cost(0, 0, 0), 0, Try())


def verifier(connection: sa.Connection, role: str, password: str) -> str:
    """What a server keeps of a password (SCRAM-SHA-256); the password itself never leaves this computer."""
    raw: Any = connection.connection.driver_connection
    sealed: bytes = raw.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sealed.decode()
