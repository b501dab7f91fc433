"""Passwords open key slots; nothing else opens the store, and damage is said in one sentence."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from argon2.low_level import hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from services.desk import files, keys
from services.desk.errors import Conflict, NotAllowed, UserError
from services.desk.sealed import SealedFile

KEY = keys.new_data_key()
CHEAP = keys.Cost(1, 64, 1)  # far below what people get: these tests are about the file


@pytest.fixture
def slots(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    for account, password in (("li.wei", "first password"), ("recovery", "second password"), ("王伟", "三号密码")):
        keys.add_slot(path, account, password, KEY, CHEAP)
    return path


def test_each_password_opens_its_own_slot(slots: Path) -> None:
    assert keys.unlock(slots, "li.wei", "first password") == KEY
    assert keys.unlock(slots, "recovery", "second password") == KEY
    assert keys.unlock(slots, "王伟", "三号密码") == KEY


def test_a_new_password_takes_the_place_of_the_old_one(slots: Path) -> None:
    keys.add_slot(slots, "li.wei", "another password", KEY, CHEAP)
    assert keys.unlock(slots, "li.wei", "another password") == KEY
    assert keys.unlock(slots, "recovery", "second password") == KEY
    with pytest.raises(NotAllowed):
        keys.unlock(slots, "li.wei", "first password")


def test_unknown_account_and_wrong_password_say_the_same(slots: Path) -> None:
    said = set()
    for account, password in (
        ("li.wei", "second password"), ("li.wei", ""), ("nobody", "first password"), ("", ""),
        ("Li.wei", "first password"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed) as refused:
            keys.unlock(slots, account, password)
        said.add(str(refused.value))
    assert said == {"Account or password is wrong"}


def test_unknown_account_and_wrong_password_cost_the_same(slots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paid = list[tuple[int, ...]]()
    real = hash_secret_raw

    def counted(password: bytes, salt: bytes, *costs: Any) -> bytes:
        paid.append((len(salt), *costs))
        return real(password, salt, *costs)

    monkeypatch.setattr(keys, "hash_secret_raw", counted)
    for account in ("li.wei", "nobody"):
        with pytest.raises(NotAllowed):
            keys.unlock(slots, account, "wrong")
    assert len(paid) == 2
    assert paid[0] == paid[1]


def test_where_slots_differ_in_cost_an_unknown_account_pays_as_one_of_them_does_and_always_the_same(
    slots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.add_slot(slots, "dear", "password", KEY, keys.Cost(2, 128, 1))
    paid = dict[str, set[tuple[int, ...]]]()
    real, now = hash_secret_raw, [0.0]

    def counted(password: bytes, salt: bytes, *costs: Any) -> bytes:
        paid.setdefault(password.decode(), set()).add(costs[:2])
        return real(password, salt, *costs)

    monkeypatch.setattr(keys, "hash_secret_raw", counted)
    for n in [*range(40)] * 2:
        now[0] += 10_000
        with pytest.raises(NotAllowed):
            keys.unlock(slots, f"nobody{n}", f"nobody{n}", lambda: now[0])
    assert {len(costs) for costs in paid.values()} == {1}, "or asking twice would tell that nobody is there"
    assert set.union(*paid.values()) == {(1, 64), (2, 128)}


def test_the_file_names_neither_account_nor_password(slots: Path) -> None:
    text = slots.read_text("utf-8")
    for secret in ("li.wei", "recovery", "王伟", "first password", "三号密码", KEY.hex(), "\\u738b"):
        assert secret not in text
    assert len(json.loads(text)["slots"]) == 3


def test_only_the_owner_may_read_the_files(slots: Path) -> None:
    old = os.umask(0)
    try:
        keys.add_slot(slots, "new", "password", KEY, CHEAP)
        keys.writer_key(slots.with_name("writer.key"), KEY)
    finally:
        os.umask(old)
    assert {f.name: f.stat().st_mode & 0o777 for f in slots.parent.iterdir()} == {
        "keys.json": 0o600,
        "writer.key": 0o600,
    }


def edited(slots: Path, **fields: Any) -> None:
    held = json.loads(slots.read_text())
    held["slots"][0] |= fields
    slots.write_text(json.dumps(held))


def test_a_slot_is_bound_to_its_account_store_and_cost(slots: Path) -> None:
    text = slots.read_text()
    held = json.loads(text)
    edited(slots, account=keys._filed(keys._read(slots), "mallory"))
    with pytest.raises(NotAllowed):
        keys.unlock(slots, "mallory", "first password")
    for fields in ({"passes": 2}, {"kib": 128}, {"lanes": 2}, {"salt": held["slots"][1]["salt"]}):
        slots.write_text(text)
        edited(slots, **fields)
        with pytest.raises(NotAllowed):
            keys.unlock(slots, "li.wei", "first password")
    slots.write_text(text.replace(held["store"], "0" * 32))
    with pytest.raises(NotAllowed):
        keys.unlock(slots, "li.wei", "first password")


@pytest.mark.parametrize("damage", [
    b"", b"{}", b"[]", b"\xff\xfe", b"{", b'{"store":"x","slots":[]}', b'{"store":"x","format":2,"slots":[]}', b"null",
    b'{"store":1,"slots":[]}',
])  # fmt: skip
def test_a_damaged_slot_file_is_said_in_one_sentence(slots: Path, damage: bytes) -> None:
    slots.write_bytes(damage)
    with pytest.raises(Conflict, match=r"^keys\.json is damaged or belongs to another store$"):
        keys.unlock(slots, "li.wei", "first password")


@pytest.mark.parametrize("fields", [
    {"passes": 0}, {"kib": 0}, {"lanes": 0}, {"lanes": 9999}, {"passes": -1}, {"kib": 2**40}, {"passes": 2**40},
    {"salt": ""}, {"salt": "x"}, {"nonce": ""}, {"nonce": "AAAA"}, {"wrapped": ""}, {"wrapped": "AAAA"}, {"salt": "é"},
])  # fmt: skip
def test_a_slot_that_makes_no_sense_is_refused_in_words(slots: Path, fields: dict[str, Any]) -> None:
    edited(slots, **fields)
    with pytest.raises(UserError):
        keys.unlock(slots, "li.wei", "first password")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_the_file_opens_it_or_breaks_the_program(slots: Path, data: st.DataObject) -> None:
    whole = slots.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(1, 255))
    slots.write_bytes(whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :])
    try:
        assert keys.unlock(slots, "li.wei", "first password") == KEY  # another slot was hit, or the case of an escape
    except UserError:
        pass
    finally:
        slots.write_bytes(whole)


def test_the_floor_is_what_owasp_asks_for_and_people_get_more(tmp_path: Path) -> None:
    assert keys.Cost(2, 19 * 1024, 1) == keys.FLOOR
    assert keys.Cost().passes > keys.FLOOR.passes
    assert keys.Cost().kib >= 64 * 1024
    path, start = tmp_path / "keys.json", time.process_time()
    keys.add_slot(path, "li.wei", "password", KEY, keys.FLOOR)
    assert keys.unlock(path, "li.wei", "password") == KEY
    assert time.process_time() - start < 5  # what a test run pays for a sign-in
    slot = msgspec.json.decode(path.read_bytes())["slots"][0]
    assert (slot["passes"], slot["kib"], slot["lanes"]) == (2, 19 * 1024, 1)


def test_the_writers_key_is_made_once_and_kept_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "writer.key"
    made = keys.writer_key(path, KEY).private_bytes_raw()
    assert keys.writer_key(path, KEY).private_bytes_raw() == made
    assert made not in path.read_bytes()
    assert SealedFile(path, KEY, "writer").read() == made, "as every small secret beside the store is kept"
    other = Ed25519PrivateKey.generate()
    keys.keep_writer_key(path, KEY, other)
    assert keys.writer_key(path, KEY).private_bytes_raw() == other.private_bytes_raw()


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 12, b"\0" * 60, None])
def test_a_damaged_writers_key_is_said_in_one_sentence(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "writer.key"
    keys.writer_key(path, KEY)
    other = KEY if damage is not None else keys.new_data_key()
    if damage is not None:
        path.write_bytes(damage)
    with pytest.raises(Conflict, match=r"^writer\.key is damaged or belongs to another store$"):
        keys.writer_key(path, other)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    files.write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        files.write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_each_failure_after_a_few_doubles_the_wait_and_a_right_password_ends_it(slots: Path) -> None:
    clock = [1000.0]

    def tried(password: str) -> str:
        try:
            keys.unlock(slots, "li.wei", password, lambda: clock[0])
        except NotAllowed as refused:
            return str(refused)
        return "open"

    assert {tried("wrong") for _ in range(3)} == {"Account or password is wrong"}
    assert "1 seconds" in tried("first password"), "too early, even with the right one"
    clock[0] += 1
    assert tried("wrong") == "Account or password is wrong"
    assert "2 seconds" in tried("first password")
    clock[0] -= 500
    assert "again in" in tried("first password"), "a clock that was set back lets nobody in"
    clock[0] += 502
    assert tried("first password") == "open"
    assert tried("wrong") == "Account or password is wrong", "and the count begins anew"
    assert tried("first password") == "open"


def test_failures_are_counted_before_they_are_ones_and_for_each_account_apart(
    slots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_opened", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            keys.unlock(slots, "li.wei", "guess", lambda: 5.0)
    monkeypatch.undo()
    with pytest.raises(NotAllowed, match="Too many"):
        keys.unlock(slots, "li.wei", "first password", lambda: 5.0)
    assert keys.unlock(slots, "recovery", "second password", lambda: 5.0) == KEY
    with pytest.raises(NotAllowed, match="wrong"):
        keys.unlock(slots, "nobody", "x", lambda: 5.0)


def test_a_wait_is_never_longer_than_the_longest(slots: Path) -> None:
    for n in range(40):
        with pytest.raises(NotAllowed):
            keys.unlock(slots, "li.wei", "x", lambda n=n: 10_000.0 * n)  # type: ignore[misc]
    longest = resources.settings("sign_in")["longest_delay_seconds"]
    assert keys.unlock(slots, "li.wei", "first password", lambda: 390_000.0 + longest) == KEY
