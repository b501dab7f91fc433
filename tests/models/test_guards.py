"""What the database itself refuses, whoever holds the connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from models.base import BOOKKEEPING, Base, entities
from models.guards import FROZEN
from services.desk.desk import Desk
from tests.outside import careless
from tests.services.desk.acts import filled

NEXT = "(select max(lsn) + 1 from rec)"
FIRST = f"insert into reserved (lsn) values ({NEXT}); "  # as a unit of work begins
KEPT = "compound_id, number, name, cost, quantity, shared, status, alive"
FIXED, UNJOURNALED, NEVER, DELETED = (
    "identity is fixed",
    "unjournaled write",
    "records never change",
    "never deleted",
)
BOTH = {  # what somebody tries -> what he is told; :id stands for a new id
    "update asset set name = 'z'": UNJOURNALED,
    "update asset set name = 'z', rid = (select min(lsn) from rec)": UNJOURNALED,
    f"update asset set name = 'z', rid = {NEXT}": UNJOURNALED,
    f"{FIRST}update asset set name = 'z', rid = {NEXT}": "(?i)foreign key",
    f"insert into reserved (lsn) values ({NEXT})": "(?i)foreign key",
    "update reserved set lsn = lsn + 100": NEVER,
    "delete from reserved": NEVER,
    "update compound set name = 'z'": UNJOURNALED,
    f"insert into asset (id, {KEPT}, rid, created_rid) select :id, {KEPT}, rid, rid from asset": UNJOURNALED,
    f"{FIRST}insert into asset (id, {KEPT}, rid, created_rid) select :id, {KEPT}, {NEXT}, rid from asset": FIXED,
    f"{FIRST}insert into asset (id, {KEPT}, rid, created_rid) select :id, {KEPT.replace('number', ':id')}, {NEXT},"
    f" {NEXT} from asset": "(?i)foreign key",
    "delete from asset": DELETED,
    "delete from compound": DELETED,
    f"{FIRST}update asset set compound_id = :id, rid = {NEXT}": FIXED,
    f"{FIRST}update asset set id = :id, rid = {NEXT}": FIXED,
    f"{FIRST}update asset set n = 99, rid = {NEXT}": FIXED,
    f"{FIRST}update compound set n = 99, rid = {NEXT}": FIXED,
    f"{FIRST}update asset set created_rid = rid + 5, rid = {NEXT}": FIXED,
    "update rec set gseq = 99": NEVER,
    "delete from rec": NEVER,
    "update touch set lsn = 1": NEVER,
    "delete from touch": NEVER,
    "insert into touch (row, lsn) select id, rid from compound": NEVER,
    f"insert into touch (row, lsn) select id, {NEXT} from compound": NEVER,
    "update writer set no = 9": NEVER,
    "delete from writer": NEVER,
    "update blob set bytes = sha256": NEVER,
    "delete from blob": NEVER,
}
ROW = f"id, n, {KEPT}, rid, created_rid"
SAID = "uow, part, at, actor, cmd, reason, undoes, body, hash, sig"
SQLITE = {  # REPLACE deletes what is in its way without a delete trigger
    "insert or replace into asset select * from asset": f"{UNJOURNALED}|{FIXED}",
    f"{FIRST}insert or replace into asset ({ROW}) select id, 99, {KEPT}, {NEXT}, {NEXT} from asset": FIXED,
    f"{FIRST}insert or replace into asset ({ROW}) select :id, n, {KEPT}, {NEXT}, {NEXT} from asset": FIXED,
    f"{FIRST}insert or replace into asset ({ROW}) select id, n, {KEPT}, {NEXT}, {NEXT} from asset": FIXED,
    f"{FIRST}update or replace compound set n = (select max(n) from compound) + 1, rid = {NEXT}": FIXED,
    "insert or replace into rec select * from rec": NEVER,
    f"insert or replace into rec select lsn + 100, w, st, seq, gseq + 100, hlc, {SAID} from rec": NEVER,
    f"insert or replace into rec select lsn + 100, w, st, seq + 100, gseq, hlc, {SAID} from rec": NEVER,
    f"insert or replace into rec select lsn, w, st, seq + 100, gseq + 100, hlc, {SAID} from rec": NEVER,
    "insert or replace into reserved select * from reserved": NEVER,
    "insert or replace into writer select no, :id, place, zeroblob(32) from writer": NEVER,
    "insert or replace into writer select no + 1, id, place, zeroblob(32) from writer": NEVER,
    "insert or replace into touch select * from touch": NEVER,
    "insert or replace into blob select sha256, zeroblob(6) from blob": NEVER,
    "update or replace blob set sha256 = zeroblob(32)": NEVER,
}
POSTGRESQL = {
    f"truncate {t} cascade": DELETED if t in entities() else NEVER for t in (*FROZEN, "asset", "compound")
} | {
    "set local session_replication_role = replica; update asset set name = 'z'": UNJOURNALED,
    "set local session_replication_role = replica; delete from asset": DELETED,
    "set local session_replication_role = replica; delete from rec": NEVER,
    "set local session_replication_role = replica; truncate blob": NEVER,
}
CASES = [("sqlite", *case) for case in (BOTH | SQLITE).items()]
CASES += [("postgresql", *case) for case in (BOTH | POSTGRESQL).items()]


def everything(desk: Desk) -> object:
    with desk.store.reading.connect() as c:
        found = {t: c.exec_driver_sql(f"select * from {t}").all() for t in (*FROZEN, "asset", "compound")}
        return {t: sorted(map(repr, rows)) for t, rows in found.items()}


@pytest.mark.parametrize(("store", "attack", "said"), CASES, indirect=["store"])
def test_writing_past_the_records_is_refused(desk: Desk, attack: str, said: str) -> None:
    filled(desk)
    before = everything(desk)
    sqlite = desk.store.engine.dialect.name == "sqlite"
    if sqlite and "replace" in attack:
        careless(desk.store)
    quoted = "x'{}'" if sqlite else "'{}'" if "':id'" in attack else "'{}'::uuid"
    with pytest.raises(sa.exc.DBAPIError, match=said), desk.store.writing.begin() as connection:
        for statement in attack.replace(":id", quoted.format("0190" * 8)).split("; "):
            connection.exec_driver_sql(statement)
    assert everything(desk) == before


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_every_table_is_guarded_on_sqlite(desk: Desk, raw: Callable[..., Any]) -> None:
    held = {r[0] for r in raw("select name from sqlite_master where type = 'trigger'")}
    for table in entities():
        for rule in ("journaled_insert", "fresh_insert", "journaled_update", "same_identity", "kept"):
            assert f"{rule}_{table}" in held
    for table in FROZEN:
        assert {f"frozen_update_{table}", f"frozen_delete_{table}", f"once_{table}"} <= held


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_guard_takes_longer_the_more_is_recorded(desk: Desk, raw: Callable[..., Any]) -> None:
    asked = 0
    for name, sql in raw("select name, sql from sqlite_master where type = 'trigger' and sql like '% WHEN %'"):
        rule = re.sub(r"\b(NEW|OLD)\.\w+", "1", sql.split(" WHEN ")[1].split(" BEGIN ")[0])
        plan = [step[3] for step in raw(f"explain query plan select 1 where {rule}")]
        assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step], (name, plan)
        asked += len(plan) > 1
    assert asked > len(entities())


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_every_table_is_guarded_always_on_postgresql(desk: Desk, raw: Callable[..., Any]) -> None:
    found = raw("select tgrelid::regclass::text, tgname::text, tgenabled::text from pg_trigger where not tgisinternal")
    held = {(table, name) for table, name, enabled in found if enabled == "A"}
    assert len(held) == len(found)
    for table in entities():
        assert {(table, n) for n in ("journaled", "fresh", "same_identity", "kept", "kept_all")} <= held
    for table in FROZEN:
        assert {(table, "frozen"), (table, "frozen_all")} <= held


def test_every_reference_waits_for_the_commit_and_is_found_by_an_index() -> None:
    for table in Base.metadata.tables.values():
        led_by = {
            next(iter(index.columns)).name
            for index in table.indexes
            if index.dialect_options["sqlite"]["where"] is None
        }
        for unique in table.primary_key, *(c for c in table.constraints if isinstance(c, sa.UniqueConstraint)):
            led_by.add(next(iter(unique.columns)).name)
        for key in table.foreign_keys:
            assert key.deferrable, key
            assert key.initially == "DEFERRED", key
            assert key.parent.name in led_by, f"{key.parent}: a new {key.column.table} would read the whole {table}"
    for kind in entities().values():
        assert not sa.inspect(kind).relationships
        assert set(kind.__table__.c.keys()) >= BOOKKEEPING
