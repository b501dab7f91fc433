"""Somebody has the folder of an office, and what its computer keeps beside it, but no password: he learns nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services import office, registry  # noqa: F401
from services.desk import keys
from services.desk.errors import Conflict
from services.desk.marker import Marker
from services.desk.numbers import HighWater
from services.desk.sealed import BLOCK, SealedFile, Unreadable
from services.desk.store import NUMBERS
from services.documents import sheet  # noqa: F401 — the papers are drawn as in the program
from tests.services import people

PASSWORD, ACCOUNT, OFFICE, CODE = "a good password", "zhangsanfeng", "甲乙丙丁机关事务管理局", "QZXW"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
MADE = ("建设路大院", "西湖里宿舍", "李秀英", "王建国", "后勤处", "空调机")  # by `people.found`
PLANTS = (ACCOUNT, OFFICE, CODE, PASSWORD, "YJ-QZXW", "RY-QZXW", *OFFICERS.values(), *MADE)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[office.Office]:
    """An office with people, assets, an issued paper and a refused sign-in; it is open, so that its log is there."""
    monkeypatch.setenv("DAYUAN_STATE", str(tmp_path / "state"))
    made = office.set_up(
        tmp_path / "office", name=OFFICE, code=CODE, account=ACCOUNT, password=PASSWORD, officers=OFFICERS,
        cost=keys.FLOOR,
    )  # fmt: skip
    desk = replace(made.desk, grants=office.EVERYTHING)
    found = people.found(desk)
    asset = found.asset()
    desk.do("staff.add", compound_id=found.compound, name="赵磊")
    note = desk.do("handovers.draft", asset_ids=[asset], to_staff_id=found.taker).value
    desk.do("handovers.issue", handover_id=note)
    assert made.desk.store.marker
    made.desk.store.marker.write()
    yield made
    made.close()


def files(opened: office.Office) -> dict[str, bytes]:
    """Everything there is, by its path below the two folders."""
    root = opened.folder.parent
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def seen(held: dict[str, bytes]) -> list[tuple[str, str]]:
    """Which of the plants stand where, in whatever encoding, in a file or in its name."""
    return [
        (name, plant)
        for name, data in held.items()
        for plant in PLANTS
        if plant in name or any(plant.encode(encoding) in data for encoding in ENCODINGS)
    ]


def test_no_file_says_a_name_a_number_or_the_site_code(opened: office.Office) -> None:
    held = files(opened)
    names = {Path(name).name for name in held}
    assert {office.DB, office.KEYS, office.WRITER, NUMBERS, f"{office.DB}-wal"} <= names
    assert len([name for name in held if name.startswith("state")]) == 1
    assert seen(held) == []
    opened.desk.store.close()
    assert seen(files(opened)) == [], "nor once it is closed"


def test_the_plants_would_be_found(opened: office.Office, tmp_path: Path) -> None:
    (tmp_path / "office" / "x.json").write_text(json.dumps({f"YJ-{CODE}-2026": 1}))
    (tmp_path / "office" / "y").write_bytes(OFFICE.encode("gb18030"))
    assert {name for name, _ in seen(files(opened))} == {"office/x.json", "office/y"}


def test_another_data_key_reads_none_of_them(opened: office.Office) -> None:
    other, folder = keys.new_data_key(), opened.folder
    own = keys.unlock(folder / office.KEYS, ACCOUNT, PASSWORD)
    mine, foreign = (SealedFile(folder / NUMBERS, key, "numbers") for key in (own, other))
    assert set(HighWater(mine).read()) >= {f"YJ-{CODE}-{opened.desk.clock().year}"}
    assert HighWater(foreign).read() == {}
    with pytest.raises(Unreadable):
        foreign.read()
    with pytest.raises(Conflict):
        keys.writer_key(folder / office.WRITER, other)
    assert Marker.of(folder, own).read()
    assert Marker.of(folder, other).read() is None, "not even its name can be guessed"
    with pytest.raises(Unreadable):
        SealedFile(Marker.of(folder, own).file.path, other, "marker").read()
    with pytest.raises(Unreadable):
        SealedFile(Marker.of(folder, own).file.path, own, "numbers").read()


def test_the_length_of_a_sealed_file_says_nothing_of_what_is_in_it(tmp_path: Path) -> None:
    file = SealedFile(tmp_path / "x", keys.new_data_key(), "test")
    lengths = set()
    for data in (b"", b"1", bytes(100), bytes(range(256)) * 15):
        file.write(data)
        assert file.read() == data
        lengths.add(file.path.stat().st_size)
    assert lengths == {BLOCK + 12 + 16}


def test_no_folder_is_open_to_others(opened: office.Office, tmp_path: Path) -> None:
    for file in (*opened.folder.iterdir(), *(tmp_path / "state").iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
