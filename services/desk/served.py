"""Sets up the store of an office on a server, as who owns the server, and opens it as the role of an account."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool

import resources
from models import policies
from models.base import table
from models.beside import Shipped
from models.doors import OWNER, PEOPLE, office_of, role_of
from resources.words import N_
from services.desk import allowed
from services.desk.copies import Copies
from services.desk.doors import Doors, engine_of, knocking, verifier, written
from services.desk.errors import Conflict
from services.desk.store import VERSION, Store

TABLES = "tables"  # under this name the store says of which version its tables are, once all of it is there
TAKEN = N_("The database “{database}” is not empty: an office is set up in one of its own")
OLD = N_("The server is PostgreSQL {version}; an office needs {least} or later")
NOT_READY = N_("The office in “{database}” is half set up, or none: who runs the server sets it up again")
NEWER = N_("The office on the server belongs to a newer version of Dayuan; please update the program first")
OLDER = N_("The office on the server belongs to an older version of Dayuan; who runs the server has to bring it up")
LEFT = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, :office || '_')"


def people_of(url: sa.URL) -> str:
    """The role that every account of an office is in."""
    return f"{office_of(str(url.database))}_{PEOPLE}"


def owner_of(url: sa.URL) -> str:
    """The role that owns the tables of an office; nobody logs in as it."""
    return f"{office_of(str(url.database))}_{OWNER}"


def prepare(url: sa.URL) -> None:
    """The roles of a new office in an empty database. Conflict: it is not empty, or the server is too old."""
    owner, people = owner_of(url), people_of(url)
    engine = engine_of(url, poolclass=NullPool)
    with knocking(url), engine.begin() as connection:
        version, least = connection.dialect.server_version_info or (0,), resources.settings("server")["least_version"]
        if version[0] < least:
            raise Conflict(OLD, version=version[0], least=least)
        there = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        if connection.scalar(sa.text(there)):
            raise Conflict(TAKEN, database=url.database)
        database = _quoted(connection, url)
        for statement in (
            f"CREATE ROLE {owner} NOLOGIN CREATEROLE", f"GRANT {owner} TO CURRENT_USER", f"SET LOCAL ROLE {owner}",
            f"CREATE ROLE {people} NOLOGIN", "RESET ROLE", *_closed(database, owner, people),
        ):  # fmt: skip
            connection.exec_driver_sql(statement)


def _closed(database: str, owner: str, people: str) -> list[str]:
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC", f"GRANT CONNECT ON DATABASE {database} TO {people}",
        f"GRANT CREATE, CONNECT ON DATABASE {database} TO {owner}", "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT CREATE, USAGE ON SCHEMA public TO {owner}", f"GRANT USAGE ON SCHEMA public TO {people}",
    ]  # fmt: skip


def forsake(url: sa.URL) -> None:
    """Nothing is left of an office that could not be set up."""
    owner, people, office = owner_of(url), people_of(url), office_of(str(url.database))
    engine = engine_of(url, poolclass=NullPool)
    with suppress(sa.exc.DBAPIError), engine.begin() as connection:
        database = _quoted(connection, url)
        there = [role for role in connection.scalars(sa.text(LEFT), {"office": office}) if role != owner]
        for statement in (
            f"REVOKE ALL ON DATABASE {database} FROM {people}", f"REVOKE ALL ON SCHEMA public FROM {people}",
            f"SET LOCAL ROLE {owner}", f"DROP OWNED BY {owner} CASCADE", *(f"DROP ROLE {role}" for role in there),
            "RESET ROLE", f"REVOKE ALL ON DATABASE {database} FROM {owner}",
            f"REVOKE ALL ON SCHEMA public FROM {owner}", f"DROP ROLE {owner}",
        ):  # fmt: skip
            connection.exec_driver_sql(statement)


def _quoted(connection: sa.Connection, url: sa.URL) -> str:
    return connection.dialect.identifier_preparer.quote(sa.sql.quoted_name(str(url.database), quote=True))


def as_owner(url: sa.URL) -> Store:
    """The store with the rights of its owner, for who administers the server."""
    engine, owner = engine_of(url), owner_of(url)

    @event.listens_for(engine, "connect")
    def become(connection: Any, _: object) -> None:
        connection.execute(f"SET ROLE {owner}")
        connection.commit()

    return Store(engine, copies=Copies(engine.url.render_as_string()))


def secure(store: Store, passwords: Mapping[str, str], people: str = "", owner: str = "") -> None:
    """The policies of this version of the program, what the roles may, and a login role for each of these accounts
    ("" is the recovery code). From here on nobody reads or writes past them."""
    url = store.engine.url
    people, owner = people or people_of(url), owner or owner_of(url)
    with store.writing.begin() as connection:
        for statement in policies.rules(people, owner, resources.settings("server")["zone"]):
            connection.exec_driver_sql(statement.replace("%", "%%"))
        insert = "INSERT INTO sec.role_may VALUES (:role, :kind, :verb, :placed)"
        connection.execute(
            sa.text(insert), [dict(zip(("role", "kind", "verb", "placed"), row, strict=True)) for row in allowed.rows()]
        )
        for account, password in passwords.items():
            door = role_of(str(url.database), account)
            sealed = verifier(connection, door, password)
            connection.exec_driver_sql(f"CREATE ROLE {door} LOGIN PASSWORD '{sealed}' IN ROLE {people}")
        shipped = table(Shipped)
        connection.execute(sa.delete(shipped).where(shipped.c.name == TABLES))
        connection.execute(sa.insert(shipped), {"name": TABLES, "sha256": str(VERSION)})


def rejoin(url: sa.URL) -> None:
    """Who administers the server may do as the owner again. Conflict: there is no office in this database."""
    engine, owner = engine_of(url, poolclass=NullPool), owner_of(url)
    with knocking(url), engine.begin() as connection:
        if connection.scalar(sa.text("SELECT to_regrole(:owner) IS NULL"), {"owner": owner}):
            raise Conflict(NOT_READY, database=url.database)
        connection.exec_driver_sql(f"GRANT {owner} TO CURRENT_USER")


def leave(url: sa.URL) -> None:
    """Who administers the server is not the owner any more."""
    engine = engine_of(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"REVOKE {owner_of(url)} FROM CURRENT_USER")


def open_as(url: sa.URL, account: str, password: str) -> Store:
    """The store as the role of an account ("" is the recovery code). NotAllowed: the server does not let him in.
    Conflict: it does not answer, or what is there is no office of this version."""
    role = role_of(str(url.database), account)
    engine = engine_of(url, role, password, pool_pre_ping=True, execution_options={"own_role": True})
    try:
        with knocking(url, role), engine.connect() as connection:
            _recognise(connection, url)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, ring=Doors(url), copies=Copies(f"{written(url)} {role}"))


def _recognise(connection: sa.Connection, url: sa.URL) -> None:
    shipped = table(Shipped)
    try:
        said = connection.scalar(sa.select(shipped.c.sha256).where(shipped.c.name == TABLES))
    except sa.exc.ProgrammingError:
        said = None
    if said is None or not said.isdigit():
        raise Conflict(NOT_READY, database=url.database)
    if int(said) != VERSION:
        raise Conflict(NEWER if int(said) > VERSION else OLDER)
