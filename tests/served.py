"""An office on a server for tests: its accounts come as their own roles, and a plain connection is what a changed
client has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import psycopg
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.account import Account
from models.doors import OWNER, PEOPLE, office_of, role_of
from models.role_grant import Role
from services import accounts
from services.desk import doors, served
from services.desk.desk import Desk
from services.desk.doors import verifier
from services.desk.intent import Grant, intent
from services.desk.store import Store, open_server
from services.desk.work import Work

PASSWORD = "a password of his own"
Held = tuple[Role, UUID | None]


@intent("T", name="tests.join")
def join(work: Work, name: str, held: Iterable[Held], days: tuple[int, int] | None) -> None:
    """An account that holds these roles, whatever the rules about that: from now on, or between two days from now."""
    row = work.add(Account(name=name, person=name))
    work.session.flush()
    for role, compound in held:
        begin, until = (work.today + timedelta(n) for n in days) if days else (work.today, None)
        accounts.give(work, row.id, role, compound, begin, until)


@intent("T", name="tests.retire")
def retire(work: Work, name: str) -> None:
    """His row says so; his role is still there."""
    work.session.scalars(sa.select(Account).where(Account.name == name)).one().retired_on = work.today


@dataclass(frozen=True)
class Served:
    """`boss` owns the server: nothing keeps him from anything. `people` is the role all accounts are in."""

    boss: Desk
    people: str
    stores: list[Store] = field(default_factory=list)  # of those who came in

    @property
    def url(self) -> sa.URL:
        """The address of the office."""
        return self.boss.store.engine.url

    @property
    def owner(self) -> str:
        """The role that owns the tables."""
        return self.people.removesuffix(PEOPLE) + OWNER

    def join(self, name: str, *held: Held, days: tuple[int, int] | None = None, password: str = PASSWORD) -> Desk:
        """The desk of a new account with these roles, or none; in his program he may what they say."""
        self.boss.do(join, name, held, days)
        role = role_of(str(self.url.database), name)
        with self.boss.store.writing.begin() as connection:
            sealed = verifier(connection, role, password)
            connection.exec_driver_sql(f"SET LOCAL ROLE {self.owner}")
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{sealed}' IN ROLE {self.people}")
        store = served.open_as(self.url, name, password)
        self.stores.append(store)
        grants = (each for role, compound in held for each in accounts.of_role(role, compound))
        pen = store.enroll(Ed25519PrivateKey.generate())
        return Desk(store, pen, name, tuple(dict.fromkeys(grants)))

    def retire(self, name: str) -> None:
        """An account that is, by its row alone."""
        self.boss.do(retire, name)

    def plain(self, name: str, password: str = PASSWORD) -> psycopg.Connection:
        """What somebody has who connects without the program."""
        role = role_of(str(self.url.database), name)
        host = str(self.url.query["host"])
        return psycopg.connect(host=host, dbname=str(self.url.database), user=role, password=password)


def changed(desk: Desk) -> Desk:
    """A program that lets its owner do everything."""
    return replace(desk, grants=(Grant(("*",)),))


def sql(server: str, text: str) -> None:
    """Statements of who runs the server, each by itself."""
    with psycopg.connect(server.format(database="postgres").replace("+psycopg", ""), autocommit=True) as connection:
        for statement in text.split("; "):
            connection.execute(statement.encode())


def template(server: str, name: str) -> str:
    """A database with empty tables and the policies of an office, to be copied."""
    sql(server, f"CREATE DATABASE {name}")
    url = doors.address(server.format(database=name)).set(username="postgres")
    served.prepare(url)
    store = served.as_owner(url)
    store.create()
    served.secure(store, {})
    store.close()
    return name


@contextmanager
def provided_office(server: str, guarded: str, name: str) -> Iterator[Served]:
    """An office in a copy of the template; its roles go with it."""
    sql(server, f"CREATE DATABASE {name} TEMPLATE {guarded} STRATEGY FILE_COPY")
    people = served.people_of(sa.make_url(server.format(database=guarded)))
    sql(server, f"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {people}")
    store = open_server(server.format(database=name))
    boss = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "li.wei", (Grant(("*",)),))
    boss.do("office.set_up", code="JGSW", name="机关事务管理局", account="li.wei")
    made = Served(boss, people)
    yield made
    with store.engine.connect() as connection:
        own = sa.text("SELECT rolname FROM pg_roles WHERE starts_with(rolname, :office)")
        drops = [f"DROP ROLE {role}" for role in connection.scalars(own, {"office": f"{office_of(name)}_"})]
    for each in (store, *made.stores):
        each.close()
    sql(server, "; ".join([f"DROP DATABASE {name} WITH (FORCE)", *drops]))
