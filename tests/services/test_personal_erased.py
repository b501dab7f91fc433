"""Erased for good: neither the value nor its key is in any page of the file, in use or not, nor in its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from models.base import Cipher, new_id, table
from models.beside import PersonHash, PersonKey, PersonSecret
from models.staff import Staff
from services.desk import personal
from services.desk.desk import Desk
from services.desk.intent import INTENTS, intent
from services.desk.listing import View
from services.desk.personal import ERASED, PersonKeys, mask
from services.desk.trail import check
from services.desk.work import Work
from tests.services.people import found
from tests.services.secrets import asked, erase, genuine, key_of, pages, reveal

PEOPLE = 400  # enough for the pages of the keys to be split many times
PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: not personal.cut(text)
)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_nothing_is_left_in_any_page(desk: Desk, tmp_path: Path) -> None:
    office = found(asked(desk, tmp_path))
    path = office.desk.store.path
    assert path is not None

    @intent("T", name="tests.load")
    def load(work: Work) -> None:
        numbers = [f"B{i * 7919 % PEOPLE:04}" for i in range(PEOPLE)]
        rows = [
            {"compound_id": office.compound, "number": n, "name": "众", "phone": f"1360000{n[1:]}"} for n in numbers
        ]
        for start in range(0, PEOPLE, 40):
            work.bulk_insert(Staff, rows[start : start + 40])

    try:
        office.desk.do("tests.load")
    finally:
        del INTENTS["tests.load"]
    rows = {r["number"]: r["id"] for r in office.desk.first(View("staff", search="众"), PEOPLE)}
    gone = [rows[f"B{i:04}"] for i in range(5, PEOPLE, 37)]
    keys = [key_of(office.desk.store, id) for id in gone]
    t = table(PersonHash)
    with office.desk.store.reading.connect() as connection:
        hashes = list(connection.scalars(sa.select(t.c.hash).where(t.c.row.in_(gone))))
    office.desk.store.forget()
    assert genuine(path) and all(key in pages(path) for key in keys)  # the test sees what it looks for
    for id in gone:
        erase(office.desk, id)
    left = pages(path)
    assert not [key for key in keys if key in left] and not [h for h in hashes if bytes(h) in left]
    assert b"1360000" not in left
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    assert check(office.desk.store) == []
    assert reveal(office.desk, rows["B0001"], "phone") == "13600000001"
    assert office.row("staff", gone[0])["phone"] == ERASED


@given(PLAIN, PLAIN)
def test_what_is_sealed_opens_again_and_shows_at_most_its_mask(text: str, other: str) -> None:
    engine = sa.create_engine("sqlite://", module=sqlcipher3.dbapi2)
    for kind in (PersonKey, PersonHash, PersonSecret):
        table(kind).create(engine)
    with engine.begin() as connection:
        personal.create(connection)
        people, id = PersonKeys(connection), new_id()
        row: dict[str, Any] = {"id": id, "phone": text, "address": other, "id_number": None}
        people.seal(Staff, [row])
        assert type(row["phone"]) is Cipher and people.opened(Staff, id, "phone", row["phone"]) == text
        assert people.same(Staff, id, "phone", row["phone"], text)
        assert people.same(Staff, id, "phone", row["phone"], mask("staff.phone", text))
        assert people.replaced(Staff, id, "phone", row["phone"], text) is row["phone"]
        changed = people.replaced(Staff, id, "phone", row["phone"], other)
        assert PersonKeys(connection).opened(Staff, id, "phone", changed) == other
        again = people.replaced(Staff, id, "address", row["address"], text)
        assert len(text) < 8 or text not in f"{row['phone']}{changed}{again}{people.shown(Staff, id, 'phone', changed)}"
        people.erase(id)
        assert PersonKeys(connection).shown(Staff, id, "phone", changed) == ERASED
    engine.dispose()


@given(st.text(min_size=5, max_size=40))
def test_a_mask_hides_at_least_four_characters(text: str) -> None:
    for field in ("staff.phone", "staff.id_number", "staff.address"):
        shown = mask(field, text)
        kept = shown.replace("…", "", 1) if field == "staff.address" else shown
        assert len(kept.replace("*", "")) <= len(text) - 4 or "*" in text or "…" in text
        assert personal.cut(shown)
