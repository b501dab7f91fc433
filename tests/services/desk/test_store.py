"""Opening the file: nothing but the right key opens the right file, and every refusal is one sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import resources
from models.beside import AssetClass
from services.desk import reference
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.keys import new_data_key
from services.desk.listing import View
from services.desk.store import APPLICATION, VERSION, Store, open_file
from services.desk.trail import check, compare, engine_faults, verify
from tests.conftest import DATA_KEY
from tests.services.desk.acts import filled, found, sound

NOT_OURS = r"^dayuan\.db cannot be opened: it is damaged or not a Dayuan store$"
on_file = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A closed store."""
    return Path(shutil.copyfile(empty_file, tmp_path / "dayuan.db"))


def pragma(path: Path, statement: str, key: bytes = DATA_KEY) -> None:
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_right_key_opens_it_again(path: Path) -> None:
    store = open_file(path, DATA_KEY)
    assert (verify(store), compare(store), engine_faults(store)) == ([], [], [])
    store.close()


def test_another_key_does_not(path: Path) -> None:
    whole = path.read_bytes()
    with pytest.raises(Conflict, match=NOT_OURS):
        open_file(path, new_data_key())
    assert path.read_bytes() == whole


@pytest.mark.parametrize("what", ["plain", "random", "empty", "text", "missing"])
def test_a_foreign_file_is_refused_and_left_as_it_was(tmp_path: Path, what: str) -> None:
    path = tmp_path / "dayuan.db"
    if what == "plain":
        connection = sqlcipher3.connect(str(path))
        connection.execute("CREATE TABLE asset (n INTEGER)")
        connection.close()
    elif what != "missing":
        path.write_bytes({"random": os.urandom(8192), "empty": b"", "text": b"name,price\n" * 999}[what])
    whole = path.read_bytes() if path.exists() else None
    with pytest.raises(Conflict, match=NOT_OURS):
        open_file(path, DATA_KEY)
    assert (path.read_bytes() if path.exists() else None) == whole


def test_a_damaged_file_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(Conflict, match=NOT_OURS):
        open_file(path, DATA_KEY)


def test_an_encrypted_file_of_another_program_is_refused(path: Path) -> None:
    pragma(path, "PRAGMA application_id = 7")
    with pytest.raises(Conflict, match=NOT_OURS):
        open_file(path, DATA_KEY)


def test_a_newer_file_asks_for_a_newer_program(path: Path) -> None:
    pragma(path, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(Conflict, match=r"^dayuan\.db was written by a newer version of Dayuan"):
        open_file(path, DATA_KEY)


@on_file
def test_the_file_is_encrypted_durable_and_checked(desk: Desk, raw: Callable[..., Any]) -> None:
    filled(desk)
    assert desk.store.path
    whole = b"".join(f.read_bytes() for f in [desk.store.path.with_name("dayuan.db-wal")])
    for clear in (b"SQLite format 3", "机关事务管理局".encode(), b"CREATE TABLE", b"tests.register"):
        assert clear not in whole
    said = {name: raw(f"PRAGMA {name}")[0][0] for name in (
        "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete", "application_id",
        "user_version", "trusted_schema",
    )}  # fmt: skip
    assert said == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1,
        "application_id": APPLICATION, "user_version": VERSION, "trusted_schema": 0,
    }  # fmt: skip


def test_only_the_owner_may_read_the_file_and_its_log(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        store = open_file(tmp_path / "dayuan.db", DATA_KEY, new=True)
        store.create()
        modes = {f.name: f.stat().st_mode & 0o777 for f in tmp_path.iterdir()}
    finally:
        os.umask(old)
        store.close()
    assert modes == {"dayuan.db": 0o600, "dayuan.db-wal": 0o600, "dayuan.db-shm": 0o600}


@on_file
def test_a_damaged_page_is_found(desk: Desk) -> None:
    filled(desk)
    assert desk.store.path
    desk.store.close()
    page = (
        desk.store.path.stat().st_size // 4096 // 2 * 4096 + 100
    )  # not of the first, which hold the tables themselves
    with desk.store.path.open("r+b") as file:
        file.seek(page)
        byte = file.read(1)
        file.seek(page)
        file.write(bytes([byte[0] ^ 1]))
    store = open_file(desk.store.path, DATA_KEY)
    assert [f for f in engine_faults(store) if f.startswith("page")]
    assert [f for f in check(store) if f.startswith("page")]
    store.close()


@on_file
def test_check_goes_on_where_it_cannot_read(desk: Desk, raw: Callable[..., Any]) -> None:
    filled(desk)
    assert check(desk.store) == []
    raw("ALTER TABLE touch RENAME TO gone")
    assert {fault.partition(":")[0] for fault in check(desk.store)} == {"records", "rows"}


def test_the_same_key_is_the_same_writer(desk: Desk) -> None:
    key = Ed25519PrivateKey.generate()
    first, again = desk.store.enroll(key), desk.store.enroll(key)
    assert (first.no, first.id) == (again.no, again.id)
    other = desk.store.enroll(Ed25519PrivateKey.generate())
    assert other.no != first.no
    assert other.id != first.id


def test_shipped_classes_are_there_and_are_brought_up_to_date(
    desk: Desk, raw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    count = desk.count(View("asset_classes"))
    assert count > 1000
    [(n, name)] = raw("select n, name from asset_class where code = 'A02010105'")
    desk.store.ship()
    assert desk.count(View("asset_classes")) == count
    shipped = resources.path("reference", reference.CLASSES).read_text("utf-8-sig").splitlines()
    changed = tmp_path / "classes.csv"
    header = shipped[0].split(",")
    added = ",".join({"code": "A99999999", "name": "全新分类", "level": "4"}.get(h, "") for h in header)
    changed.write_text("\n".join([*(line.replace(name, "新名称") for line in shipped), added]), "utf-8")
    others = resources.path
    monkeypatch.setattr(reference, "path", lambda *at: changed if at[-1] == reference.CLASSES else others(*at))
    desk.store.ship()
    assert raw("select n, name from asset_class where code = 'A02010105'") == [(n, "新名称")]
    assert desk.count(View("asset_classes")) == count + 1
    sound(desk)


def test_tables_are_made_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_file(tmp_path / "dayuan.db", DATA_KEY, new=True)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("models.guards.install", lambda _: 1 // 0)
        store.create()
    assert sa.inspect(store.writing).get_table_names() == []
    store.create()
    assert AssetClass.__tablename__ in sa.inspect(store.writing).get_table_names()
    store.close()


@on_file
def test_two_programs_at_one_file_wait_for_each_other(store: Store, desk: Desk) -> None:
    assert store.path
    other = open_file(store.path, DATA_KEY)
    second = Desk(other, other.enroll(Ed25519PrivateKey.generate()), "wang", desk.grants)
    for i in range(10):
        (desk, second)[i % 2].do(found, f"C{i}")
    assert desk.count(View("compounds")) == second.count(View("compounds")) == 10
    sound(desk)
    other.close()
