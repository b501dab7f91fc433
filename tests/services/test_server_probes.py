"""What somebody gains who connects to the server without the program, under the role of his account: nothing."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from models.base import PLACED, entities, table
from models.guards import FROZEN
from models.staff import Staff
from services.desk.listing import View
from services.desk.private import private
from tests.models.test_every_table import some
from tests.served import Served
from tests.services.secrets import PHONE
from tests.services.served_here import NO, Here, inhabited

LINE = "insert into reserved (lsn) values (nextval('rec_lsn')); "
NEW = "(select max(lsn) from reserved)"
ASSET = "insert into asset (id, compound_id, number, name, quantity, shared, status, alive, rid, created_rid) values "
ROW = f"(gen_random_uuid(), '{{0}}', 'X1', 'x', 1, false, 'in_use', true, {NEW}, {NEW})"
GRANT = "insert into role_grant (id, number, account_id, role, from_on, alive, rid, created_rid) values "
GIVEN = f"(gen_random_uuid(), 'S1', '{{0}}', 'viewer', '2020-01-01', true, {NEW}, {NEW})"
REC = "insert into rec (lsn, w, st, seq, gseq, hlc, uow, part, at, actor, cmd, reason, body, hash, sig) select "
SAID = f"{NEW}, no, '{{0}}', 99, 99, 1, gen_random_uuid(), 0, now(), '{{1}}', 'x', '', '{{{{}}}}', 'h', 's' from writer"
SITE = (
    "insert into site (id, code, name, recovery_failed, unknown_tries, alive, rid, created_rid)"
    f" values (gen_random_uuid(), 'X1', 'x', 0, 0, true, {NEW}, {NEW})"
)
SAYS, OWN = LINE + REC + SAID, " where door = session_user"


KEPT = ("account", "role_grant", "signing_root", "signing_certificate")  # by the security officer


@pytest.fixture(scope="module")
def here(shared: Served) -> Here:
    return inhabited(shared)


PROBES: list[tuple[str, str, Any]] = [
    # reading
    ("clerk", "select count(*) from asset", 1),
    ("clerk", "select count(*) from asset where compound_id = ':there'", 0),
    ("clerk", "select count(*) from compound", 1),
    ("viewer", "select count(*) from asset", 2),
    ("past", "select count(*) from asset", 0),
    ("later", "select count(*) from asset", 0),
    ("clerk", "select name from asset where id = ':near'", "here"),
    ("clerk", "select count(*) from found_asset('th')", 0),
    ("clerk", "select count(*) from found_asset('he')", 1),
    ("clerk", "select tokens from asset_search", NO),
    ("clerk", "select count(*) from account", 1),
    ("clerk", "select count(*) from role_grant where account_id <> ':clerk'", 0),
    ("clerk", "select count(*) from rec where st = ':there'", 0),
    ("clerk", "select count(*) from rec where split_part(tells[1], ':', 1) = 'compound'", 1),
    ("clerk", "select count(*) from rec where 'account' = any(tells)", 0),
    ("clerk", "select count(*) > 0 from rec where st = ':here'", True),
    ("reader", "select count(*) from rec where 'staff' = any(tells)", 0),
    ("technician", "select count(*) > 0 from rec where tells = '{asset}'", True),
    ("reader", "select count(*) from staff", 0),
    ("clerk", "select count(*) from touch where lsn in (select lsn from rec_line where st = ':there')", 0),
    ("clerk", "select count(*) from person_key", 1),
    ("clerk", "select count(*) from person_hash where row = ':stranger'", 0),
    ("technician", "select count(*) from person_key", 0),
    ("technician", "select count(*) from person_secret", 0),
    ("audit", "select count(*) from staff", 5),
    ("audit", "select count(*) from person_key", 0),
    ("audit", "select count(*) from person_hash", 0),
    ("security", "select count(*) from asset", 0),
    ("security", "select count(*) from staff", 0),
    ("security", "select count(*) from rec where 'asset' = any(tells)", 0),
    ("security", "select count(*) > 3 from account", True),
    ("system", "select count(*) from asset", 0),
    ("system", "select count(*) from rec where 'asset' = any(tells)", 0),
    ("clerk", "set timezone = 'Etc/GMT+12'; select sec.today() - (now() at time zone 'Asia/Shanghai')::date", 0),
    # writing
    ("clerk", f"{LINE}{ASSET}{ROW}".format(":here"), 1),
    ("clerk", f"{LINE}{ASSET}{ROW}".format(":there"), NO),
    ("clerk", f"{LINE}{ASSET}{ROW} on conflict do nothing".format(":there"), NO),
    ("clerk", f"{ASSET}{ROW}".format(":here"), NO),
    ("clerk", f"{LINE}update asset set name = 'z', rid = {NEW} where id = ':near'", 1),
    ("clerk", f"{LINE}update asset set name = 'z', rid = {NEW} where id = ':far'", 0),
    ("clerk", "update asset set name = 'z' where id = ':near'", NO),
    ("technician", f"{LINE}update asset set name = 'z', rid = {NEW} where id = ':near'", 0),
    ("technician", f"{LINE}{ASSET}{ROW}".format(":here"), NO),
    ("audit", f"{LINE}update asset set name = 'z', rid = {NEW}", 0),
    ("clerk", "update asset set compound_id = ':there' where id = ':near'", NO),
    ("clerk", "update asset set created_rid = 1 where id = ':near'", NO),
    ("clerk", "delete from asset", NO),
    ("clerk", "truncate asset", NO),
    ("clerk", f"{LINE}update compound set name = 'z', rid = {NEW}", 0),
    ("clerk", "update asset_class set name = 'z'", NO),
    ("clerk", "update shipped set sha256 = 'z'", NO),
    ("clerk", "update counter set last = last + 1", 2),
    ("clerk", "update counter set last = 0", NO),
    ("payer", "update counter set last = last + 1", 0),
    ("payer", "insert into counter values ('X', 1)", NO),
    ("clerk", "insert into asset_search select n, '' from asset where id = ':far'", 0),
    ("clerk", "insert into asset_search values (1, '')", NO),
    ("technician", "insert into asset_search select n, '' from asset", NO),
    ("clerk", "delete from asset_search", 1),
    ("technician", "delete from asset_search", 0),
    ("clerk", "delete from person_key", 1),
    ("technician", "delete from person_key", 0),
    ("technician", "insert into person_key values (gen_random_uuid(), 'k')", NO),
    ("technician", "insert into person_hash values (gen_random_uuid(), 'f', 'h')", NO),
    ("technician", "delete from person_hash", 0),
    ("clerk", "insert into blob values (sha256('x'), 'y')", NO),
    ("clerk", "insert into blob values (sha256('x'), 'x')", 1),
    ("payer", "insert into blob values (sha256('x'), 'x')", NO),
    # the journal
    ("clerk", "update rec set actor = 'somebody'", NO),
    ("clerk", "delete from rec", NO),
    ("audit", "delete from rec", NO),
    ("audit", "truncate rec", NO),
    ("clerk", "delete from touch", NO),
    ("clerk", "insert into touch select id, rid from asset", NO),
    ("clerk", SAYS.format(":here", "clerk") + OWN, 1),
    ("clerk", SAYS.format(":here", "audit") + OWN, NO),
    ("clerk", SAYS.format(":there", "clerk") + OWN, NO),
    ("clerk", SAYS.format(":here", "clerk") + " where no = 1", NO),
    ("payer", SAYS.format(":here", "payer") + OWN, NO),
    ("security", SAYS.format(":here", "security") + OWN, NO),
    ("clerk", "insert into writer values (99, gen_random_uuid(), '', '', ':audit_role')", NO),
    ("clerk", "update writer set public_key = 'k'", NO),
    # rights
    ("clerk", f"{LINE}{GRANT}{GIVEN}".format(":clerk"), NO),
    ("security", f"{LINE}{GRANT}{GIVEN}".format(":clerk"), 1),
    ("security", f"{LINE}{GRANT}{GIVEN}".format(":security"), NO),
    ("security", f"{LINE}update role_grant set role = 'viewer', rid = {NEW} where account_id = ':security'", 0),
    ("security", f"{LINE}update role_grant set account_id = ':security', rid = {NEW} where account_id = ':clerk'", NO),
    ("audit", f"{LINE}update role_grant set until_on = '2020-01-01', rid = {NEW}", 0),
    ("clerk", f"{LINE}update account set signed_in_at = now(), rid = {NEW} where name = 'clerk'", 1),
    ("clerk", f"{LINE}update account set name = 'audit2', rid = {NEW} where name = 'clerk'", NO),
    ("security", f"{LINE}update account set retired_on = '2020-01-01', rid = {NEW} where name = 'security'", NO),
    ("clerk", f"{LINE}update account set retired_on = '2020-01-01', rid = {NEW} where name = 'audit'", 0),
    ("clerk", "insert into sec.role_may values ('technician', 'asset', 'write', true)", NO),
    ("clerk", "select count(*) from sec.role_may", NO),
    ("clerk", "select sec.let_in('clerk', ':seal')", ""),
    ("clerk", "select sec.let_in('technician', ':seal')", NO),
    ("security", "select sec.let_in('clerk', ':seal')", ""),
    ("security", "select sec.let_in('clerk', 'plain')", NO),
    ("security", "select sec.let_in('audit', ':seal')", NO),
    ("security", "select sec.let_in('nobody', ':seal')", NO),
    ("security", "select sec.shut('gone')", ""),
    ("clerk", "select sec.shut('gone')", NO),
    ("gone", "select count(*) from asset", 0),
    ("gone", "select count(*) from account", 0),
    ("security", "select sec.shut('clerk')", NO),  # his row says nothing of it
    ("system", "select sec.let_in('clerk', ':seal')", NO),
    ("security", "select sec.renew(':seal')", NO),
    ("clerk", "select sec.renew(':seal')", NO),
    ("clerk", "select sec.uses('pg_authid', 'oid', '{}', '{}', '{}')", NO),
    ("clerk", "select sec.uses('asset', 'compound_id', array[':there']::uuid[], '{}', '{}')", 1),
    # the office's own row, which everybody reads, and its recovery code
    ("chief", "select count(*) from site", 1),
    ("chief", f"{LINE}update site set recovery_at = now(), rid = {NEW}", 0),
    ("chief", f"{LINE}{SITE}", NO),
    ("chief", "select sec.everywhere('site', 'write')", False),
    ("chief", "select sec.renew(':seal')", NO),
    ("system", "select sec.everywhere('site', 'write')", True),
    ("system", f"{LINE}update site set recovery_at = now(), rid = {NEW}", 1),
    # the server
    ("clerk", "set role :owner", NO),
    ("clerk", "set role :audit_role", NO),
    ("clerk", "set session authorization :audit_role", NO),
    ("clerk", "alter role :audit_role password 'x'", NO),
    ("clerk", "alter role :clerk_role bypassrls", NO),
    ("clerk", "create role evil", NO),
    ("clerk", "grant :owner to :clerk_role", NO),
    ("clerk", "alter table asset disable row level security", NO),
    ("clerk", "alter table asset disable trigger all", NO),
    ("clerk", "create policy mine on asset using (true)", NO),
    ("clerk", "drop policy read on asset", NO),
    ("clerk", "set session_replication_role = replica", NO),
    ("clerk", "set row_security = off; select count(*) from asset", NO),
    ("clerk", "create table public.evil (a int)", NO),
    ("clerk", "create temp table evil (a int)", NO),
    ("clerk", "create function pg_temp.f() returns int language sql as 'select 1'", NO),
    ("clerk", "create or replace function sec.me() returns uuid language sql as 'select null::uuid'", NO),
    ("clerk", "create schema evil", NO),
    ("clerk", "select pg_read_file('/etc/passwd')", NO),
    ("clerk", "copy (select 1) to program 'id'", NO),
    ("clerk", "copy asset to '/tmp/asset'", NO),
    ("clerk", "select count(*) from pg_authid", NO),
]  # fmt: skip


@pytest.mark.parametrize(("who", "probe", "comes_to"), PROBES)
def test_a_plain_connection_gains_nothing(here: Here, who: str, probe: str, comes_to: Any) -> None:
    assert here.ask(who, probe) == comes_to


def test_what_a_connection_without_the_program_reads_of_people_is_known(here: Here) -> None:
    """ID numbers, phones and addresses are sealed with keys that who may not reveal them does not get. Birth, sex,
    ethnicity and the like are counted by the database, so that they lie open in the rows; the program hides them, and
    the server does not: who may see a list, a matrix or figures of people of a compound reads them there."""
    [person] = [row["id"] for row in here.office.desk.first(View("staff"), 99) if row["number"] == "N1"]
    of = f"from staff where id = '{person}'"
    for who in ("technician", "trainer", "viewer"):
        assert here.ask(who, f"select position('{PHONE}' in phone) {of}") == 0, "sealed"
        keys = here.ask(who, f"select count(*) from person_key where row = '{person}'")
        assert keys == (who == "trainer"), "its key is with who may reveal it"
        open_ = [name for name in private(Staff) if here.ask(who, f"select {name} is not null {of}")]
        assert sorted(open_) == ["born_on", "ethnicity", "retirement_group", "retires_on", "sex"], who
    for who in ("reader", "security", "system", "past"):
        assert here.ask(who, f"select count(*) {of}") == 0, who
    assert here.ask("technician", "select count(*) from rec where 'staff' = any(tells)") == 0, "nor the past of it"


def test_every_table_has_its_policies(here: Here) -> None:
    with here.served.boss.store.reading.connect() as connection:
        tables = connection.execute(sa.text(
            "select relname, relrowsecurity and relforcerowsecurity, array(select polname::text from pg_policy"
            " where polrelid = c.oid order by 1) from pg_class c where relkind = 'r'"
            " and relnamespace = 'public'::regnamespace"
        )).all()  # fmt: skip
    found = {name: set(policies) for name, forced, policies in tables if forced}
    assert found.keys() == {name for name, *_ in tables}
    assert {name for name in entities() if found[name] != {"look", "read", "add", "change"}} == set()
    assert {name for name, policies in found.items() if "drop" in policies} == {
        "person_key", "person_hash", *(f"{name}_search" for name, kind in entities().items() if kind.naming.search)
    }  # fmt: skip
    assert not [name for name in FROZEN if "change" in found[name]]
    assert not [name for name, policies in found.items() if "read" not in policies]


@pytest.mark.parametrize("who", ["clerk", "technician", "security", "audit"])
def test_no_kind_of_record_is_put_where_he_may_not_write(here: Here, who: str) -> None:
    kinds = [(name, kind) for name, kind in entities().items() if who != "security" or name not in KEPT]
    for name, kind in kinds:
        given = {c.name: some(c) for c in table(kind).c if not c.nullable and c.name != "n"}
        given |= {"compound_id": here.office.elsewhere} if issubclass(kind, PLACED) else {}
        columns, places = ", ".join(f'"{column}"' for column in given), ", ".join(f"%({column})s" for column in given)
        with here.served.plain(who) as connection:
            reserved = connection.execute("insert into reserved values (nextval('rec_lsn')) returning lsn").fetchone()
            assert reserved
            given |= dict.fromkeys(("rid", "created_rid"), reserved[0])
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                connection.execute(f"insert into {name} ({columns}) values ({places})".encode(), given)
            connection.rollback()
