"""The check of everything: each part finds what only it can find, says how far it is, and can be stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from models.journal import Record
from services import soundness
from services.desk import checking, fold
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid, Missing
from services.desk.marker import Marker
from services.desk.opening import follow
from services.desk.trail import compare
from services.soundness import Anchored
from tests.conftest import DATA_KEY
from tests.documents.sample import text
from tests.outside import careless, unguard
from tests.services import people
from tests.services.desk.acts import filled, found, lose, register, revise
from tests.services.desk.conftest import own_acts
from tests.services.storing import part, receive, store

__all__ = ["own_acts"]
on_file = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
PARTS = ["pages", "structure", "references", "records", "rows", "people", "papers", "stocks", "attachments", "marker"]


@pytest.fixture
def marked(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of an office whose computer keeps a marker of it."""
    monkeypatch.setenv("DAYUAN_STATE", str(tmp_path / "state"))
    marker = Marker.of(tmp_path, DATA_KEY)
    follow(desk.store, marker, desk.pen, None)
    made = replace(desk, store=replace(desk.store, marker=marker))
    filled(made)
    marker.write()
    return made


def wrong(desk: Desk) -> dict[str, int]:
    """How many faults each part finds."""
    return {result.part: result.count for result in desk.ask(soundness.check) if result.count}


def sql(desk: Desk, *statements: str) -> None:
    with desk.store.writing.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def a_page(desk: Desk, *, used: bool = False) -> None:
    assert desk.store.path
    sql(desk, "CREATE TABLE padding (x)", "INSERT INTO padding VALUES (zeroblob(40000))")
    if not used:
        sql(desk, "DROP TABLE padding")
    desk.store.engine.dispose()
    at = desk.store.path.stat().st_size - 4096 * 3 + 100
    with desk.store.path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


def an_index(desk: Desk) -> None:
    sql(
        desk,
        "CREATE INDEX probe ON asset (name)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX probe ON asset (number)' WHERE name = 'probe'",
    )
    desk.store.engine.dispose()


def a_reference(desk: Desk) -> None:
    careless(desk.store)
    compound = desk.do(found, "R").value
    desk.do(register, compound, "9", keeper_id=uuid4())


def a_seal(desk: Desk) -> None:
    unguard(desk.store)
    sql(desk, "UPDATE rec SET sig = zeroblob(64) WHERE lsn = 2")


def a_row(desk: Desk) -> None:
    unguard(desk.store)
    sql(desk, "UPDATE asset SET name = 'z'")


def a_key(desk: Desk) -> None:
    """The key of somebody is deleted by hand, which the database cannot tell from an erasure."""
    compound = desk.do(found, "K").value
    desk.do("staff.add", compound_id=compound, name="周敏", phone="13800005678")
    sql(desk, "DELETE FROM person_key")


def a_paper(desk: Desk) -> None:
    unguard(desk.store)
    sql(desk, "UPDATE blob SET bytes = zeroblob(6)")


def a_stock(desk: Desk) -> None:
    """Something is taken out of a store in a way the journal tells of, but no movement does."""
    office = people.found(desk)
    receive(office, store(office), part(office), 2, 100)
    desk.do(lose)


def a_file(desk: Desk) -> None:
    """A file nobody attached, put beside the others."""
    assert desk.store.vault
    stray = desk.store.vault.folder / "ab" / ("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")


def the_tail(desk: Desk) -> None:
    unguard(desk.store)
    last = "(SELECT max(lsn) FROM rec)"
    cut = [f"DELETE FROM {table} WHERE {column} = {last}" for table, column in
           (("document", "rid"), ("reserved", "lsn"), ("rec", "lsn"))]  # fmt: skip
    sql(desk, *cut)


DAMAGE: dict[str, Callable[[Desk], None]] = dict(
    zip(PARTS, (a_page, an_index, a_reference, a_seal, a_row, a_key, a_paper, a_stock, a_file, the_tail), strict=True)
)


@on_file
@pytest.mark.parametrize("part", PARTS)
def test_each_part_alone_finds_what_only_it_can_find(marked: Desk, part: str) -> None:
    assert wrong(marked) == {}
    DAMAGE[part](marked)
    assert set(wrong(marked)) == {part}
    [result] = marked.ask(soundness.check, part)
    assert result.part == part and result.count and result.faults and result.seconds >= 0
    for lang in ("zh_CN", "en"):
        assert all("{" not in soundness.in_words(fault, lang) for fault in result.faults)
        assert f"{result.count:,}" in soundness.told([result], lang)


@on_file
def test_a_damaged_page_keeps_nothing_else_from_being_looked_at(marked: Desk) -> None:
    """A connection that read it reads nothing any more: the next part has another one."""
    a_page(marked, used=True)
    assert set(wrong(marked)) == {"pages", "structure"}
    assert wrong(marked).keys() == {"pages", "structure"}, "and so has the next check"


def test_a_server_has_no_file_to_look_at(desk: Desk) -> None:
    filled(desk)
    names = [result.part for result in desk.ask(soundness.check)]
    on_server = [part for part in PARTS if not checking.PARTS[part].on_file]
    assert names == (PARTS if desk.store.path else on_server)
    assert on_server == ["records", "rows", "people", "papers", "stocks", "attachments"]
    with pytest.raises(Missing):
        desk.ask(soundness.check, "weather")


@on_file
@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_a_marker_that_is_gone_or_damaged_is_a_fault(marked: Desk, damage: str) -> None:
    assert marked.store.marker
    file = marked.store.marker.file.path
    file.unlink() if damage == "gone" else file.write_bytes(b"x" * 5000)
    assert wrong(marked) == {"marker": 1}


@pytest.mark.parametrize("part", ["records", "rows", "papers"])
def test_a_part_says_how_far_it_is_and_stops_when_it_is_told(desk: Desk, part: str) -> None:
    filled(desk)
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> bool:
        heard.append((done, total))
        return True

    desk.having(tell=hear).ask(soundness.check, part)
    assert heard[-1][0] == heard[-1][1] > 0
    with pytest.raises(Cancelled):
        desk.having(tell=lambda *_: False).ask(soundness.check, part)


@on_file
@pytest.mark.parametrize("part", ["structure"])
def test_what_the_database_looks_at_can_be_stopped_too(desk: Desk, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.desk.pages.INSTRUCTIONS", 1)
    filled(desk)
    with pytest.raises(Cancelled):
        desk.having(tell=lambda *_: False).ask(soundness.check, part)
    assert desk.ask(soundness.check, part)[0].count == 0, "and the connection is as it was"


def test_rows_that_are_folded_in_several_turns_are_compared_all(
    desk: Desk, raw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "FOLDED", 1)
    compound = desk.do(found, "A").value
    made = [desk.do(register, compound, str(n)).value for n in range(12)]
    for id in made[::2]:
        desk.do(revise, id, name="y")
    assert compare(desk.store) == []
    unguard(desk.store)
    raw("update asset set name = 'z' where number in ('3', '4')")
    assert len(compare(desk.store)) == 2
    raw("delete from asset where number in ('5', '6')")
    assert sorted(fault.endswith("missing") for fault in compare(desk.store)) == [False, False, True, True]


def test_that_somebody_looked_and_what_he_found_is_in_the_journal(desk: Desk) -> None:
    done = desk.do(soundness.note_check, parts=["records", "rows"], faults=[0, 0], lang="en")
    bad = desk.do(soundness.note_check, parts=["records", "rows"], faults=[2, 0], lang="en")
    with desk.store.reading.connect() as connection:
        made = connection.execute(
            sa.select(Record.cmd, Record.actor, Record.reason).where(Record.uow == done.operation)
        )
        assert made.all() == [("journal.note_check", "li.wei", "Everything is whole: Records, Values")]
        said = connection.scalar(sa.select(Record.reason).where(Record.uow == bad.operation))
    assert said and said.startswith("2 faults found")


@pytest.mark.parametrize("said", [
    {"parts": ["records"], "faults": []}, {"parts": [], "faults": []}, {"parts": ["everything"], "faults": [0]},
    {"parts": ["rows", "rows"], "faults": [0, 0]}, {"parts": ["rows"], "faults": [-1]},
    {"parts": ["rows"], "faults": [0], "lang": "all is well"},
])  # fmt: skip
def test_no_other_words_get_into_the_record_of_a_check(desk: Desk, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        desk.do(soundness.note_check, **said)


def test_the_heads_name_the_newest_record_of_every_chain(desk: Desk) -> None:
    filled(desk)
    heads = desk.ask(soundness.heads)
    assert [head.scope for head in heads] == ["", "A"]
    with desk.store.reading.connect() as connection:
        newest, own = connection.execute(sa.select(Record.lsn, Record.hash).order_by(Record.lsn.desc()).limit(1)).one()
    assert max(head.record for head in heads) == newest
    assert own.hex() in {head.hash for head in heads}


def test_a_record_that_a_paper_names_is_found_unchanged_missing_or_different(
    desk: Desk, raw: Callable[..., Any]
) -> None:
    filled(desk)
    [(lsn, own)] = raw("select lsn, hash from rec order by lsn desc limit 1")
    digits = bytes(own).hex()[:16].upper()
    spaced = " ".join(digits[n : n + 4] for n in range(0, 16, 4))

    def ask(record: int, digest: str) -> Anchored:
        return desk.ask(soundness.anchored, record, digest)

    assert ask(lsn, digits) == ask(lsn, spaced) == ask(lsn, spaced[:14].lower()) == Anchored.UNCHANGED
    assert ask(lsn, "0" * 16) == Anchored.DIFFERENT
    assert ask(lsn + 1, digits) == Anchored.MISSING
    for mistyped in ("", digits[:11], "g" * 16):
        with pytest.raises(Invalid):
            ask(lsn, mistyped)
    unguard(desk.store)
    raw("update rec set body = :b where lsn = :l", b=b"{}", l=lsn)
    assert ask(lsn, digits) == Anchored.DIFFERENT, "though its hash was left as it was"


def test_an_issued_paper_names_the_record_before_it_in_its_foot(desk: Desk) -> None:
    office = people.found(desk)
    asset = office.asset()
    note = desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker).value
    assert "Journal record" not in text(desk.ask("handovers.paper", handover_id=note)), "a draft is no paper"
    with desk.store.reading.connect() as connection:
        lsn, own = connection.execute(sa.select(Record.lsn, Record.hash).order_by(Record.lsn.desc()).limit(1)).one()
    desk.do("handovers.issue", handover_id=note)
    said = text(desk.ask("handovers.paper", handover_id=note))
    found = re.search(r"Journal record (\d+)\s+((?:[0-9A-F]{4} ?){4})", said)
    assert found and int(found[1]) == lsn
    assert found[2].replace(" ", "").strip().lower() == own.hex()[:16]
    assert desk.ask(soundness.anchored, int(found[1]), found[2]) == Anchored.UNCHANGED
