"""Files beside the store: each content once, unreadable and unrecognisable to who has the files alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from services.desk.keys import new_data_key
from services.desk.vault import Damaged, Vault, padded

KEY = new_data_key()
CHUNK = resources.settings("attachments")["chunk_bytes"]
LEAST = resources.settings("attachments")["padded_to_at_least"]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(vault: Vault, data: bytes) -> Path:
    vault.keep(BytesIO(data), len(data), sha(data))
    vault.kept(sha(data))
    return vault.place(sha(data))


def read(vault: Vault, data: bytes) -> bytes:
    return b"".join(vault.read(sha(data), len(data)))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "attachments", KEY)


@pytest.mark.parametrize("size", [0, 1, LEAST - 9, LEAST - 8, LEAST, CHUNK - 8, CHUNK - 7, CHUNK, 3 * CHUNK + 5])
def test_what_is_kept_comes_back(vault: Vault, size: int) -> None:
    data = bytes(at * 31 % 251 for at in range(size))
    keep(vault, data)
    assert read(vault, data) == data
    assert vault.whole(sha(data), size)


def test_the_same_content_is_stored_once(vault: Vault) -> None:
    first = keep(vault, b"same")
    before = first.read_bytes()
    keep(vault, b"same")
    assert [*vault.files()] == [first]
    assert first.read_bytes() == before


def test_the_files_alone_tell_nothing(vault: Vault, tmp_path: Path) -> None:
    data = b"%PDF-1.7 a known paper" * 50
    file = keep(vault, data)
    assert sha(data) not in str(file)
    assert b"known paper" not in file.read_bytes()
    other = Vault(tmp_path / "other", new_data_key())  # the same document in another office
    assert keep(other, data).name != file.name
    small, larger = (keep(vault, b"x" * n).stat().st_size for n in (10, 30_000))
    assert small == larger
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(Damaged):
        [*Vault(vault.folder, new_data_key()).read(sha(data), len(data))]


@given(st.integers(1, 2**40))
def test_padding_costs_little_and_hides_most_of_the_size(size: int) -> None:
    total = padded(size, 1)
    assert size <= total <= size * 1.12 + 1
    assert padded(total, 1) == total


ONE, TWO = 22 + CHUNK + 16, 22 + 2 * (CHUNK + 16)  # where the first chunk ends, and the second
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "cut at a chunk": lambda data: data[:ONE],
    "longer": lambda data: data + b"\0",
    "magic": lambda data: b"x" + data[1:],
    "salt": lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:],
    "first": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "last": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "chunks swapped": lambda data: data[:22] + data[ONE:TWO] + data[22:ONE] + data[TWO:],
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGE)
def test_a_changed_file_is_found_out(vault: Vault, how: str) -> None:
    data = bytes(range(256)) * (CHUNK // 100)
    file = keep(vault, data)
    file.write_bytes(DAMAGE[how](file.read_bytes()))
    with pytest.raises(Damaged):
        read(vault, data)
    keep(vault, data)  # adding the same content again mends it
    assert read(vault, data) == data


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_single_bit_that_flips_is_found_out(vault: Vault, data: st.DataObject) -> None:
    content = b"evidence" * 20_000
    file = keep(vault, content)
    raw = bytearray(file.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(raw)
    assert not vault.whole(sha(content), len(content))


def test_one_file_in_the_place_of_another_is_found_out(vault: Vault) -> None:
    one, other = keep(vault, b"one"), keep(vault, b"two")
    other.write_bytes(one.read_bytes())
    assert not vault.whole(sha(b"two"), 3)
    other.unlink()
    with pytest.raises(Damaged):
        read(vault, b"two")


def test_a_content_that_is_not_what_was_read_is_not_kept(vault: Vault) -> None:
    for data, size in ((b"changed!", 8), (b"short", 8), (b"", 8)):
        with pytest.raises(Damaged):
            vault.keep(BytesIO(data), size, sha(b"expected"))
    assert [*vault.files()] == []
    assert not [*vault.folder.glob(".part-*")]
    assert vault.pending() == frozenset()


def test_stopping_leaves_nothing(vault: Vault) -> None:
    data = b"x" * (5 * CHUNK)
    told = list[int]()

    def stop(done: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault.keep(BytesIO(data), len(data), sha(data), stop)
    assert told == sorted(told)
    assert [f for f in vault.folder.rglob("*") if f.is_file()] == []


def test_what_a_killed_program_left_is_swept_and_nothing_else(vault: Vault) -> None:
    named = keep(vault, b"named")
    for data in (b"never named", b"just named"):  # killed after the rename: before the commit, and after it
        vault.keep(BytesIO(data), len(data), sha(data))
    (vault.folder / ".part-0011").write_bytes(b"half")
    stray = named.parent / "of-an-older-backup"
    stray.write_bytes(b"x")
    vault.sweep(lambda: {sha(b"named"), sha(b"just named")})
    assert {*vault.files()} == {named, vault.place(sha(b"just named")), stray}
    assert vault.pending() == frozenset()
    assert not [*vault.folder.glob(".*")]
    Vault(vault.folder.parent / "not there", KEY).sweep(set)
