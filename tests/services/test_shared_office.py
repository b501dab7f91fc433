"""An office on a server as people live with it: set up, passwords, retirement, recovery; each comes as his own role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from models.asset import Asset
from models.doors import office_of, role_of
from models.role_grant import Role
from services import shared
from services.commands import line
from services.desk import doors, keys, trail
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.intent import Grant, intent
from services.desk.listing import View
from services.desk.store import open_server
from services.desk.work import Work
from services.documents.recovery_sheet import Sheet
from tests.served import sql

PASSWORD, OTHER = "a good password", "another password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
_serial = count()


@dataclass
class Place:
    """An office on a server: its address, and the sheet that is good just now."""

    server: str
    name: str
    sheet: Sheet

    @property
    def where(self) -> str:
        """As people type it."""
        return address(self.server, self.name)

    def desk(self, account: str = "admin", password: str = "") -> Any:
        """Somebody signed in, to be closed."""
        return closing(
            shared.sign_in(self.where, account, password or OFFICERS.get(account, PASSWORD), cost=keys.FLOOR)
        )

    def do(self, intent: str, by: str = "security", **values: Any) -> Any:
        """What somebody does, signed in for it alone."""
        with self.desk(by) as opened:
            return opened.desk.do(intent, **values).value

    def account(self, *roles: Role, compound: UUID | None = None) -> tuple[str, UUID]:
        """A new account, by the security administrator."""
        name = f"p{next(_serial)}"
        made = self.do("accounts.add", name=name, person="某", password=PASSWORD)
        for role in roles:
            self.do("role_grants.add", account_id=made, role=role, compound_id=compound)
        return name, made

    def connect(self, account: str, password: str = PASSWORD) -> psycopg.Connection:
        """Without the program."""
        url = doors.address(self.where)
        host, role = str(url.query["host"]), role_of(self.name, account)
        return psycopg.connect(host=host, dbname=self.name, user=role, password=password)


def address(server: str, name: str) -> str:
    return server.format(database=name).replace("+psycopg", "")


def found(server: str, name: str) -> Sheet:
    sql(server, f"CREATE DATABASE {name}")
    return shared.set_up(
        address(server, name), name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS
    )


def forget(server: str, name: str) -> None:
    sql(server, f"DROP DATABASE {name} WITH (FORCE)")
    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        own = connection.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [office_of(name)])
        for (role,) in sorted(own.fetchall(), key=lambda row: row[0].endswith("_owner")):
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


@pytest.fixture(scope="module")
def place(server: str) -> Iterator[Place]:
    yield Place(server, "shared1", found(server, "shared1"))
    forget(server, "shared1")


def test_the_officers_and_the_first_account_come_in_and_do_what_is_theirs(place: Place) -> None:
    with place.desk() as opened:
        made = opened.desk.do("compounds.add", code="C1", name="大院").value
        assert made in [row["id"] for row in opened.desk.first(View("compounds"), 99)]
    with place.desk("security") as opened:
        assert opened.desk.count(View("accounts")) >= 4
        with pytest.raises(NotAllowed):
            opened.desk.count(View("assets"))
    with place.desk("system") as opened:
        assert opened.desk.ask("office.keys").recovery
    with place.desk("audit") as opened:
        assert opened.desk.count(View("journal")) > 0


def test_a_wrong_password_and_an_unknown_account_say_the_same(place: Place) -> None:
    said = set()
    for account, password in (("admin", OTHER), ("nobody", PASSWORD)):
        with pytest.raises(NotAllowed) as refused:
            place.desk(account, password)
        said.add(str(refused.value))
    assert said == {doors.NOBODY}


def test_an_account_without_a_role_is_let_in_by_nobody(place: Place) -> None:
    name, _ = place.account()
    with pytest.raises(NotAllowed, match="no role"):
        place.desk(name)


def test_who_is_retired_does_not_connect_any_more_and_reads_nothing_where_he_still_is(place: Place) -> None:
    name, account = place.account(Role.SECURITY)
    with place.connect(name) as connection:
        assert connection.execute(b"select count(*) > 1 from account").fetchone() == (True,)
        connection.commit()
        place.do("accounts.retire", account_id=account)
        assert connection.execute(b"select count(*) from account").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError):
        place.connect(name)
    with pytest.raises(NotAllowed):
        place.desk(name)


def test_a_grant_that_ends_is_gone_at_once_also_for_a_program_that_does_not_know(place: Place) -> None:
    name, account = place.account(Role.SECURITY)
    with place.desk(name) as opened:
        assert opened.desk.count(View("accounts")) > 1
        with place.desk("security") as other:
            held = [row["id"] for row in other.desk.first(View("role_grants"), 99) if row["account_id"] == account]
            other.desk.do("role_grants.end", role_grant_id=held[0])
        assert opened.desk.count(View("accounts")) == 1, "his own"
        with pytest.raises(NotAllowed):
            opened.desk.do("accounts.add", name="x", person="x", password=PASSWORD)


def test_a_new_password_is_the_roles_the_moment_it_is_stored(place: Place) -> None:
    name, account = place.account(Role.VIEWER)
    with place.desk(name) as opened:
        with pytest.raises(NotAllowed, match="password is wrong"):
            opened.desk.do("accounts.change_password", old_password=OTHER, new_password=OTHER)
        opened.desk.do("accounts.change_password", old_password=PASSWORD, new_password=OTHER)
    place.connect(name, OTHER).close()
    with pytest.raises(NotAllowed):
        place.desk(name)
    place.do("accounts.reset_password", account_id=account, password=PASSWORD)
    place.connect(name).close()
    with pytest.raises(psycopg.OperationalError):
        place.connect(name, OTHER)


def test_what_fails_changes_no_password(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    name, account = place.account(Role.VIEWER)
    with place.desk("security") as opened, monkeypatch.context() as patch:
        patch.setattr("services.desk.journal.Unit.close", lambda unit: (_ for _ in ()).throw(Conflict("no")))
        with pytest.raises(Conflict):
            opened.desk.do("accounts.reset_password", account_id=account, password=OTHER)
    place.connect(name).close()


def test_an_officer_gets_his_password_from_nobody(place: Place) -> None:
    _, other = place.account(Role.AUDIT)
    with pytest.raises(Conflict, match="office"):
        place.do("accounts.reset_password", account_id=other, password=OTHER)


def test_the_sheet_gives_a_lost_account_a_new_password_and_is_spent(place: Place) -> None:
    name, _ = place.account(Role.AUDIT)
    first, place.sheet = place.sheet, shared.recover(place.where, place.sheet.code, name, OTHER)
    place.connect(name, OTHER).close()
    with pytest.raises(NotAllowed, match="opens nothing"):
        shared.recover(place.where, first.code, name, PASSWORD)
    with place.desk("audit") as opened:
        newest = opened.desk.first(View("journal", filters=(("cmd", ("office.recover",)),)), 1)[0]
    assert newest["actor"] == "recovery sheet"
    with place.desk("system") as opened:
        fresh = opened.desk.do("office.new_recovery", own_password=OFFICERS["system"]).value
    with pytest.raises(NotAllowed, match="opens nothing"):
        shared.recover(place.where, place.sheet.code, name, PASSWORD)
    place.sheet = shared.recover(place.where, fresh, name, PASSWORD)


def test_on_each_computer_an_account_goes_on_as_one_writer(place: Place) -> None:
    name, _ = place.account(Role.VIEWER)
    with place.desk(name) as one:
        pen = one.desk.pen.id
    with place.desk(name) as again:
        assert again.desk.pen.id == pen
        files = {file.name for file in again.folder.iterdir()}
    assert files == {"keys.json", "writer.key"}


def test_every_record_is_whole_and_the_rows_follow_from_them(place: Place) -> None:
    with closing(open_server(place.server.format(database=place.name))) as store:
        assert trail.check(store) == []


def test_the_auditor_checks_the_data_and_nobody_else_can(place: Place) -> None:
    compound = place.do("compounds.add", "admin", code=f"K{next(_serial)}", name="大院")
    place.do("staff.add", "admin", compound_id=compound, number=f"S{next(_serial)}", name="某", phone="13800005678")
    with place.desk("audit") as opened:
        found = opened.desk.ask("journal.check")
        assert {each.part: each.faults for each in found} == {each.part: () for each in found}
    with place.desk("system") as opened, pytest.raises(Conflict, match="auditor"):
        opened.desk.ask("journal.check")


def test_two_at_once_see_each_other_and_the_later_change_of_the_same_is_refused(place: Place) -> None:
    with place.desk() as one, place.desk() as two, place.desk("audit") as three:
        compound = one.desk.do("compounds.add", code=f"K{next(_serial)}", name="大院").value
        asset = two.desk.do("assets.add", compound_id=compound, name="空调").value
        assert three.desk.names("asset", [asset])[asset].label == "空调"

        @intent("T", name="tests.slowly")
        def slowly(work: Work) -> None:
            row = work.get(Asset, asset)
            two.desk.do("assets.revise", asset_id=asset, name="theirs")
            row.note = "mine"

        able = replace(one.desk, grants=(Grant(("*",)),))
        with pytest.raises(Conflict, match="Somebody else"):
            able.do(slowly)
        assert three.desk.names("asset", [asset])[asset].label == "theirs"
        assert one.desk.pen.id == two.desk.pen.id, "one account at one computer is one writer, in however many windows"


def test_a_server_that_goes_away_is_told_and_the_next_try_connects_anew(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.desk() as opened:
        desk = opened.desk

        def cut() -> None:
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"
            with psycopg.connect(address(place.server, "postgres"), autocommit=True) as connection:
                connection.execute(end, [desk.store.engine.url.username])

        @intent("T", name="tests.cut")
        def cutting(work: Work) -> None:
            work.session.scalars(sa.select(Asset))
            cut()
            work.session.scalars(sa.select(Asset))

        able = replace(desk, grants=(Grant(("*",)),))
        with pytest.raises(Conflict, match="does not answer"):
            able.do(cutting)
        assert desk.count(View("sites")) == 1
        cut()
        assert desk.count(View("sites")) == 1, "what was in the pool is tried first"


def test_who_may_not_read_a_person_is_told_the_name_of_a_keeper_and_no_more(place: Place) -> None:
    compound = place.do("compounds.add", "admin", code=f"K{next(_serial)}", name="大院")
    home = place.do("compounds.add", "admin", code=f"K{next(_serial)}", name="宿舍区")
    keeper = place.do("staff.add", "admin", compound_id=home, number=f"S{next(_serial)}", name="李秀英")
    place.do("assets.add", "admin", compound_id=compound, name="空调", keeper_id=keeper)
    name, _ = place.account(Role.TECHNICIAN, compound=compound)
    with place.desk(name) as opened:
        [row] = opened.desk.first(View("assets"), 9)
    assert row["keeper"] == "李秀英"
    with place.connect(name) as connection:
        assert connection.execute(b"select count(*) from staff").fetchone() == (0,)


def test_nothing_is_left_of_a_set_up_that_fails(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.recovery.sheet_of", lambda *_: (_ for _ in ()).throw(Conflict("no")))
    with pytest.raises(Conflict, match="no"):
        found(server, "shared2")
    with psycopg.connect(address(server, "shared2")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'asset'").fetchone() == (0,)
        roles = connection.execute(
            "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [office_of("shared2")]
        )
        assert roles.fetchall() == []
    sql(server, "DROP DATABASE shared2")


def test_an_office_is_set_up_in_an_empty_database_only(place: Place) -> None:
    with pytest.raises(Conflict, match="not empty"):
        shared.set_up(place.where, name="x", code="AB", account="admin", password=PASSWORD, officers=OFFICERS)


def test_the_rights_of_a_newer_program_are_brought_in(place: Place) -> None:
    url = doors.address(place.where).set(username="postgres")
    engine = doors.engine_of(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM sec.role_may"))
    with place.desk("audit") as opened:
        assert opened.desk.count(View("accounts")) == 1, "his own"
    shared.renew(place.where)
    with place.desk("audit") as opened:
        assert opened.desk.count(View("accounts")) > 3
    engine.dispose()


@pytest.mark.parametrize(("said", "match"), [("99", "newer version"), ("1", "older version"), (None, "half set up")])
def test_an_office_of_another_version_is_not_opened(place: Place, said: str | None, match: str) -> None:
    engine = doors.engine_of(doors.address(place.where).set(username="postgres"))
    with engine.begin() as connection:
        row = connection.execute(sa.text("DELETE FROM shipped WHERE name = 'tables' RETURNING sha256")).scalar_one()
        if said:
            connection.execute(sa.text("INSERT INTO shipped VALUES ('tables', :said)"), {"said": said})
    with pytest.raises(Conflict, match=match):
        place.desk()
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM shipped WHERE name = 'tables'"))
        connection.execute(sa.text("INSERT INTO shipped VALUES ('tables', :row)"), {"row": row})
    engine.dispose()


def test_a_server_that_does_not_answer_and_one_without_the_database_are_told_apart(place: Place) -> None:
    with pytest.raises(Conflict, match="does not answer"):
        shared.sign_in("postgresql://127.0.0.1:9/office", "admin", PASSWORD)
    with pytest.raises((Conflict, NotAllowed)):
        shared.sign_in(place.where.replace("shared1", "nowhere"), "admin", PASSWORD)


@pytest.mark.parametrize("text", ["", "postgresql://server", "mysql://server/office", "C:\\data"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        doors.address(text)


def test_another_computer_has_to_prove_that_it_is_the_server() -> None:
    assert doors.address("postgresql://db.example.cn/office").query["sslmode"] == "verify-full"
    assert "sslmode" not in doors.address("postgresql://localhost/office").query
    assert doors.address("postgresql://db.example.cn/office?sslmode=require").query["sslmode"] == "require"
    assert "secret" not in doors.written(doors.address("postgresql://li:secret@localhost/office"))


def test_everything_is_done_from_a_terminal_too(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, password: str = PASSWORD, status: int = 0) -> str:
        monkeypatch.setenv("DAYUAN_PASSWORD", password)
        args = line.parser().parse_args(["--lang", "en", "--data", str(tmp_path), *words])
        assert line.run(args, signed_in=True) == status
        out = capsys.readouterr()
        return out.out + out.err

    real = shared.pen
    monkeypatch.setattr(shared, "pen", lambda *given: real(given[0], given[1], given[2], given[3], keys.FLOOR))
    sql(server, "CREATE DATABASE shared3")
    where = address(server, "shared3")
    said = run("setup", where, "--name", "某局", "--code", "JGSW")
    code = re.search(r"Recovery code: (\S+)", said)
    assert "set up in postgresql://" in said and "security" in said and code
    at = ["--office", where]
    assert "某局" in run(*at, "list", "sites")
    assert "wrong" in run(*at, "list", "sites", password=OTHER, status=1)
    run(*at, "do", "compounds.add", "code=C1", "name=大院")
    assert "up to this version" in run("renew", where)
    monkeypatch.setenv("DAYUAN_RECOVERY", code[1])
    run(*at, "recover", "admin", password=OTHER)
    assert "C1" in run(*at, "list", "compounds", password=OTHER)
    assert "not empty" in run("setup", where, "--name", "某局", "--code", "JGSW", status=1)
    forget(server, "shared3")
