"""What `check` finds after somebody with the key took the guards away and edited the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.asset import Asset
from models.base import Base, Entity, Id, entities, journaled, table
from models.compound import Compound
from services.desk import codec
from services.desk.desk import Desk
from services.desk.trail import check, compare, engine_faults, heads, papers, verify
from tests.outside import careless
from tests.services.desk.acts import filled, issue, load, register, revise, sound, two

Raw = Callable[..., Any]
Unguard = Callable[[], None]


def edit(desk: Desk, *statements: str, **values: object) -> None:
    with desk.store.writing.begin() as c:
        for statement in statements:
            assert c.execute(sa.text(statement), values).rowcount > 0, statement


SAID = ("part", "at", "actor", "cmd", "reason", "undoes")
BYTES = [("rec", c) for c in ("body", "hash", "sig", "seq", "gseq", "hlc", "uow", "st", "w", *SAID)]
BYTES += [("touch", "lsn"), ("touch", "row"), ("writer", "public_key"), ("writer", "id")]


def spoiled(value: Any, uuids: bool) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
    if value is None:
        return uuid4() if uuids else uuid4().bytes
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, datetime):
        return value + timedelta(seconds=1)
    return UUID(int=value.int ^ 1) if isinstance(value, UUID) else value + 1000


@pytest.mark.parametrize(("name", "column"), BYTES)
def test_any_changed_value_of_a_record_is_found(desk: Desk, unguard: Unguard, name: str, column: str) -> None:
    filled(desk)
    assert verify(desk.store) == []
    unguard()
    uuids = desk.store.engine.dialect.name == "postgresql"
    made = Base.metadata.tables[name]
    real = sa.table(name, *(sa.column(c.name, sa.Uuid() if uuids and isinstance(c.type, Id) else None) for c in made.c))
    with desk.store.writing.begin() as c:
        keys = [k.name for k in made.primary_key]
        first = c.execute(sa.select(real).order_by(*(real.c[k].desc() for k in keys)).limit(1)).one()._mapping
        same = [real.c[k] == first[k] for k in keys]
        assert c.execute(sa.update(real).where(*same).values({column: spoiled(first[column], uuids)})).rowcount == 1
    assert verify(desk.store) != []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_every_byte_of_a_body_counts(desk: Desk, unguard: Unguard, raw: Raw) -> None:
    filled(desk)
    unguard()
    [(lsn, body)] = raw("select lsn, body from rec order by lsn desc limit 1")
    for at in range(0, len(body), 5):
        raw("update rec set body = :b where lsn = :l", b=body[:at] + bytes([body[at] ^ 4]) + body[at + 1 :], l=lsn)
        assert verify(desk.store), at


@pytest.mark.parametrize("wrong", [b"", b"{}", b"\xff", b"[1]"])
def test_a_rewritten_record_is_found_though_its_hash_fits(desk: Desk, unguard: Unguard, wrong: bytes) -> None:
    filled(desk)
    unguard()
    change = "update rec set body = :b, hash = :h where lsn = (select max(lsn) from rec)"
    edit(desk, change, b=wrong, h=hashlib.sha256(wrong).digest())
    assert verify(desk.store) != []
    assert compare(desk.store) != []


@pytest.mark.parametrize(("before", "after", "fault"), [
    (b'"cost":[null,500]', b'"cost":[null,501]', "seal"),  # what was done
    (b'"gseq":', b'"gseq":1', "columns"),
    (b'"ph":"', b'"ph":"00', "chain"),
])  # fmt: skip
def test_every_part_of_a_record_is_checked(
    desk: Desk, unguard: Unguard, raw: Raw, before: bytes, after: bytes, fault: str
) -> None:
    made = filled(desk)
    assert made
    unguard()
    bodies = [(lsn, bytes(body)) for lsn, body in raw("select lsn, body from rec order by lsn desc")]
    lsn, body = next((n, b) for n, b in bodies if before in b)
    wrong = body.replace(before, after)
    edit(desk, "update rec set body = :b, hash = :h where lsn = :l", b=wrong, h=codec.digest(wrong), l=lsn)
    faults = [f for f in verify(desk.store) if f.startswith(f"record {lsn}:")]
    assert any(fault in f for f in faults), faults
    assert all("seal" not in f for f in verify(desk.store, signatures=False))


def test_a_gap_in_the_chain_is_found_though_its_writer_sealed_it(desk: Desk, unguard: Unguard, raw: Raw) -> None:
    filled(desk)
    unguard()
    [(lsn, seq, body)] = raw("select lsn, seq, body from rec order by lsn desc limit 1")
    wrong = bytes(body).replace(b'"seq":%d' % seq, b'"seq":%d' % (seq + 1))
    own = codec.digest(wrong)
    sealed = {"b": wrong, "h": own, "s": desk.pen.key.sign(codec.SEAL + own), "l": lsn}
    edit(desk, "update rec set body = :b, hash = :h, sig = :s, seq = seq + 1 where lsn = :l", **sealed)
    assert verify(desk.store) == [f"record {lsn}: the chain is broken"]


def test_a_writer_that_vanished_or_has_no_key_is_found(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    unguard()
    edit(desk, "update writer set public_key = :k", k=b"short")
    assert verify(desk.store) != []
    edit(desk, "delete from writer")
    assert verify(desk.store) != []


def test_a_record_that_was_left_out_is_found(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    unguard()
    edit(desk, "delete from rec where lsn = (select max(lsn) - 2 from rec)")
    assert any("missing" in f for f in verify(desk.store))
    assert any("chain" in f for f in verify(desk.store))


def test_a_touch_that_was_added_or_taken_away_is_found(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    unguard()
    edit(desk, "insert into touch (row, lsn) select id, rid from compound")
    assert verify(desk.store) != []
    edit(desk, "delete from touch where row in (select id from compound)")
    assert verify(desk.store) == []
    edit(desk, "delete from touch where lsn = (select max(lsn) from touch)")
    assert verify(desk.store) != []


def test_a_tail_that_was_cut_off_is_found_with_what_is_kept_elsewhere(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    anchors = heads(desk.store)
    assert verify(desk.store, anchors) == []
    unguard()
    last = "(select max(lsn) from rec)"
    edit(desk, f"delete from document where rid = {last}", f"delete from rec where lsn = {last}")
    assert verify(desk.store) == []
    assert compare(desk.store) == []
    assert [f for f in verify(desk.store, anchors) if "anchored" in f]


def another(kind: type[Entity], key: str, value: Any) -> Any:
    """Another value of the same type for a column."""
    match journaled(kind)[key].type:
        case sa.Enum(enums=choices):
            return next(c for c in choices if c != value)
        case sa.Boolean():
            return not value
        case sa.Date():
            return date(1999, 1, 1)
        case Id():
            return UUID(int=7)
        case sa.JSON():
            return {"颜色": "绿"}
        case sa.String():
            return f"{value}!"
    return (value or 0) + 1


def test_any_edited_column_of_a_row_is_found(desk: Desk, unguard: Unguard) -> None:
    made = filled(desk)
    unguard()
    t, special = table(Asset), {"rid": 1, "created_rid": 1, "stamps": {}, "id": UUID(int=9)}
    for key in (*journaled(Asset), *special):
        with desk.store.writing.begin() as c:
            before = c.execute(sa.select(t.c[key]).where(t.c.id == made)).scalar_one()
            after = special[key] if key in special else another(Asset, key, before)
            c.execute(sa.update(t).where(t.c.id == made).values({key: after}))
        assert any(f"asset {made}" in fault for fault in compare(desk.store)), key
        with desk.store.writing.begin() as c:
            c.execute(sa.update(t).where(t.c.id.in_([made, UUID(int=9)])).values({key: before}))
        assert compare(desk.store) == [], key


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", [
    "extra = '{\"颜色\": \"蓝\", \"new\": \"1\"}'", "extra = null", "extra = '{}'", "extra = 'nonsense'", "extra = '7'",
    "stamps = null", "stamps = '{\"name\": 3}'", "status = 'nonsense'", "acquired_on = 'nonsense'", "cost = 'nonsense'",
    "cost = 500.5", "name = x'00'", "keeper_id = x'00'", "alive = 7", "id = x'00'",
])  # fmt: skip
def test_what_makes_no_sense_is_found_too(desk: Desk, unguard: Unguard, change: str) -> None:
    filled(desk)
    unguard()
    edit(desk, f"update asset set {change}")
    assert compare(desk.store) != []


def test_rows_that_were_added_or_taken_away_are_found(desk: Desk, unguard: Unguard) -> None:
    made = filled(desk)
    unguard()
    edit(
        desk,
        "insert into asset (id, compound_id, number, name, quantity, shared, status, alive, rid, created_rid)"
        " select id, id, '9', 'z', 1, alive, 'idle', alive, rid, created_rid from compound",
    )
    assert [f for f in compare(desk.store) if "does not know" in f]
    edit(desk, "delete from asset where number = '9'")
    assert compare(desk.store) == []
    edit(desk, "delete from asset")
    assert compare(desk.store) == [f"asset {made}: missing"]


def test_a_row_of_a_bulk_insert_is_compared_like_any_other(desk: Desk, unguard: Unguard) -> None:
    a, b = two(desk)
    desk.do(load, [{"compound_id": (a, b)[i % 2], "number": str(i), "name": f"n{i}"} for i in range(1200)])
    sound(desk)
    unguard()
    edit(desk, "update asset set name = 'z' where number = '1100'")
    [fault] = compare(desk.store)
    assert fault.startswith("asset ")
    assert fault.endswith(": name")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_replacing_a_row_by_its_number_is_found(desk: Desk) -> None:
    """Without references and recursive triggers a unique number in the way is deleted unseen: compare sees it."""
    made = filled(desk)
    careless(desk.store)
    new = "(select max(lsn) from reserved)"
    edit(desk, "insert into reserved (lsn) values (null)")
    edit(
        desk,
        "insert or replace into asset (id, compound_id, number, name, quantity, shared, status, alive, rid,"
        f" created_rid) select x'{'01' * 16}', compound_id, number, 'z', 1, 0, 'idle', 1, {new}, {new} from asset",
    )
    assert f"asset {made}: missing" in compare(desk.store)


def test_changes_by_two_writers_are_followed(desk: Desk) -> None:
    made = filled(desk)
    other = replace(desk, pen=desk.store.enroll(Ed25519PrivateKey.generate()), account="wang")
    other.do(revise, made, name="z", extra=None)
    desk.do(revise, made, name="zz", cost=None)
    assert [s.actor for s in desk.history("asset", made)] == ["li.wei"] * 3 + ["wang", "li.wei"]
    assert len(heads(desk.store)) == 3  # this writer here and for all compounds, the other here
    sound(desk)


def test_papers_are_looked_at(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    assert papers(desk.store) == []
    again = desk.do("tests.found", code="B").value
    desk.do(issue, again, "YJ-2", b"%PDF-1")  # the same bytes are kept once
    assert papers(desk.store) == []
    unguard()
    edit(desk, "update blob set bytes = :b", b=b"%PDF-2")
    assert papers(desk.store) == [f"paper YJ-{n} version 1: changed" for n in (1, 2)]
    edit(desk, "delete from blob")
    assert papers(desk.store) == [f"paper YJ-{n} version 1: missing" for n in (1, 2)]


def test_references_and_pages_are_looked_at(desk: Desk, unguard: Unguard) -> None:
    filled(desk)
    assert engine_faults(desk.store) == []
    if desk.store.path is not None:
        unguard()
        edit(desk, f"update asset set keeper_id = x'{'00' * 16}'")
        assert [f for f in engine_faults(desk.store) if "staff" in f]


def test_every_kind_of_record_is_compared(desk: Desk) -> None:
    a, _ = two(desk)
    desk.do(register, a, "1")
    assert {kind.__tablename__ for kind in entities().values()} == set(entities())
    assert entities()["compound"] is Compound


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change", ["update rec set st = x'00' where lsn = 1", "update rec set hlc = 'x'", "update rec set body = x'00'"]
)
def test_damage_is_told_and_never_stops_the_check(desk: Desk, unguard: Unguard, change: str) -> None:
    filled(desk)
    unguard()
    edit(desk, change)
    assert check(desk.store) != []
