"""A store on each engine, and a desk at it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

import services.registry  # noqa: F401 — the lists and intents people have
from services.desk import marker
from services.desk.desk import Desk
from services.desk.intent import Grant
from services.desk.keys import new_data_key
from services.desk.store import Store, open_file, open_server
from tests import compiled, memory, outside, postgres, zone
from tests.served import Served, provided_office, sql, template

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
compiled.share()
memory.use()
zone.use()
settings.register_profile("unhurried", deadline=None)  # other work on the machine says nothing about ours
settings.load_profile("unhurried")
TEMPLATE = "template_dayuan"
DATA_KEY = new_data_key()
_serial = count()


def pytest_collection_finish() -> None:
    """The modules stay: nobody looks through them again for what is gone."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this computer keeps outside of an office's folder lies among the other files of the tests."""
    place = tmp_path_factory.mktemp("state")
    os.environ[marker.STATE] = str(place)
    return place


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "dayuan.db"
    store = open_file(path, DATA_KEY, new=True)
    store.create()
    store.close()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server with a template of empty tables; the URL has a place for {database}."""
    with postgres.server() as url:
        sql(url, f"CREATE DATABASE {TEMPLATE}")
        store = open_server(url.format(database=TEMPLATE))
        store.create()
        store.close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store. What concerns one engine only says `@pytest.mark.parametrize("store", ["…"], indirect=True)`."""
    if request.param == "sqlite":
        path = tmp_path / "dayuan.db"
        shutil.copyfile(request.getfixturevalue("empty_file"), path)
        made = open_file(path, DATA_KEY)
        yield made
        made.close()
        return
    url, name = request.getfixturevalue("server"), f"t{next(_serial)}"
    sql(url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    made = open_server(url.format(database=name))
    yield made
    made.close()
    sql(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def guarded(server: str) -> str:
    """The name of another template: empty tables with the policies of an office on a server."""
    return template(server, f"{TEMPLATE}_guarded")


@pytest.fixture
def served(server: str, guarded: str) -> Iterator[Served]:
    """An office on a server, with the site code JGSW, for one test."""
    with provided_office(server, guarded, f"s{next(_serial)}") as made:
        yield made


@pytest.fixture(scope="module")
def shared(server: str, guarded: str) -> Iterator[Served]:
    """The same for all tests of a module, which leave it as it is."""
    with provided_office(server, guarded, f"m{next(_serial)}") as made:
        yield made


@pytest.fixture
def desk(store: Store) -> Desk:
    """Somebody who may do everything, in an office with the site code JGSW."""
    made = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "li.wei", (Grant(("*",)),))
    made.do("office.set_up", code="JGSW", name="机关事务管理局", account="li.wei")
    return made


@pytest.fixture
def raw(store: Store) -> Callable[..., Any]:
    """SQL from outside the program, in its own transaction: its rows, or how many it changed."""

    def run(sql: str, **values: object) -> Any:
        with store.writing.begin() as connection:
            result = connection.execute(sa.text(sql), values)
            return result.all() if result.returns_rows else result.rowcount

    return run


@pytest.fixture
def unguard(store: Store) -> Callable[[], None]:
    """What an attacker does first: takes every guard away."""
    return lambda: outside.unguard(store)
