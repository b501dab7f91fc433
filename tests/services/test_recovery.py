"""The way back in: the code of the sheet, what it opens, what it leaves behind, and that it works once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from models.base import table
from models.role_grant import Role
from models.site import Site
from services import accounts, office, recovery
from services.desk import keys, trail
from services.desk.codes import Code, new_code
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.listing import LISTINGS, View
from services.documents.recovery_sheet import Sheet, render
from tests import outside
from tests.documents.sample import text

PASSWORD, OTHER = "a good password", "another password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Code]:
    folder = tmp_path_factory.mktemp("founded")
    with closing(
        office.set_up(
            folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
        )
    ) as opened:
        sheet = opened.take_sheet()
        assert sheet and opened.take_sheet() is None, "it is given out once"
    return folder, sheet.code


@pytest.fixture
def folder(founded: tuple[Path, Code], tmp_path: Path) -> Path:
    for file in founded[0].iterdir():
        if file.suffix != ".lock":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def code(founded: tuple[Path, Code]) -> Code:
    return founded[1]


def signed_in(folder: Path, account: str, password: str = "") -> Any:
    return closing(office.sign_in(folder, account, password or OFFICERS.get(account, PASSWORD)))


def tries(folder: Path) -> keys.Try:
    held = keys._read(folder / office.KEYS)
    return held.tries.get(keys._filed(held, keys.RECOVERY), keys.Try())


def test_the_code_gives_a_lost_account_a_new_password_and_is_spent(folder: Path, code: Code) -> None:
    new = office.recover(folder, code.lower().replace("-", " "), "admin", OTHER)
    with pytest.raises(NotAllowed):
        office.sign_in(folder, "admin", PASSWORD)
    office.sign_in(folder, "admin", OTHER).close()
    with pytest.raises(NotAllowed, match="newer sheet"):
        office.recover(folder, code, "admin", PASSWORD)
    assert new.code != code and (new.office, new.site) == ("某局", "JGSW")
    office.recover(folder, new.code, "system", OTHER)
    office.sign_in(folder, "system", OTHER).close()


def stored_site(desk: Desk) -> Any:
    """The row of the office as it is stored."""
    with desk.store.reading.connect() as connection:
        return connection.execute(sa.select(table(Site))).one()


def test_it_stands_in_the_journal_who_came_and_what_for(folder: Path, code: Code) -> None:
    with pytest.raises(NotAllowed):
        office.recover(folder, new_code(), "admin", OTHER)
    office.recover(folder, code, "admin", OTHER)
    with signed_in(folder, "audit") as opened:
        row = next(r for r in opened.desk.first(View("accounts"), 9) if r["name"] == "admin")
        step = opened.desk.history("account", row["id"])[-1]
        site = stored_site(opened.desk)
        assert trail.check(opened.desk.store) == []
    assert (step.actor, step.cmd) == ("recovery sheet", "office.recover")
    assert set(step.fields) == {"password_at"}
    assert site.recovery_failed == 1 and site.recovery_at is not None


@pytest.mark.parametrize(("account", "password", "kind"), [
    ("nobody", OTHER, Missing), ("admin", "short", Invalid), ("", OTHER, Invalid), ("recovery sheet", OTHER, Invalid),
])  # fmt: skip
def test_what_is_refused_does_not_spend_the_code(
    folder: Path, code: Code, account: str, password: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        office.recover(folder, code, account, password)
    office.recover(folder, code, "admin", OTHER)


def test_the_folder_is_let_go_of_whatever_comes_of_it(
    folder: Path, code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, lock = list[Any](), office._locked

    def locked(place: Path) -> Any:
        held.append(lock(place))
        return held[-1]

    monkeypatch.setattr(office, "_locked", locked)
    with pytest.raises(Missing):
        office.recover(folder, code, "nobody", "a new password")
    office.recover(folder, code, "admin", "a new password")
    assert [each.is_locked for each in held] == [False, False], "not only when Python comes to clear it away"


def test_a_retired_account_is_not_brought_back(folder: Path, code: Code) -> None:
    with signed_in(folder, "security") as opened:
        row = next(r for r in opened.desk.first(View("accounts"), 9) if r["name"] == "admin")
        opened.desk.do("accounts.retire", account_id=row["id"])
    with pytest.raises(Conflict, match="retired"):
        office.recover(folder, code, "admin", OTHER)
    office.recover(folder, code, "security", OTHER)


def test_a_typing_error_is_no_failure_but_a_wrong_code_is_and_it_waits(folder: Path, code: Code) -> None:
    with pytest.raises(Invalid, match="group 1"):
        office.recover(folder, ("1" if code[0] != "1" else "2") + code[1:], "admin", OTHER)
    assert tries(folder) == keys.Try()
    for _ in range(3):
        with pytest.raises(NotAllowed, match="opens nothing here"):
            office.recover(folder, new_code(), "admin", OTHER)
    with pytest.raises(NotAllowed, match="try again in"):
        office.recover(folder, code, "admin", OTHER)
    with signed_in(folder, "system") as opened:
        assert opened.desk.ask("office.keys").recovery_failed == 3
        assert stored_site(opened.desk).recovery_failed == 3, "it is written down"


def test_who_may_only_read_the_name_of_the_office_is_told_nothing_of_its_doors(folder: Path, code: Code) -> None:
    with pytest.raises(NotAllowed):
        office.recover(folder, new_code(), "admin", OTHER)
    office.recover(folder, code, "admin", OTHER)
    with signed_in(folder, "system") as opened:
        somebody = replace(opened.desk, grants=accounts.of_role(Role.TECHNICIAN, None))
        row = somebody.first(View("sites"), 1)[0]
        past = [r for part in somebody.past("sites", datetime.now(UTC)) for r in part]
        steps = somebody.history("site", row["id"])
        assert len(steps) > 1
        for told in (row, *past, *(step.fields for step in steps)):
            assert not [name for name in told if name.startswith("recovery")]
        assert not [name for name in LISTINGS["sites"].columns if name.startswith("recovery")]
        with pytest.raises(NotAllowed):
            somebody.ask("office.keys")
        assert opened.desk.ask("office.keys").recovery_at is not None


def test_nobody_takes_the_name_of_the_code_or_signs_in_with_it(folder: Path, code: Code) -> None:
    for name in (keys.RECOVERY, "recovery", "RECOVERY SHEET", ""):
        with pytest.raises((NotAllowed, Invalid)):
            office.sign_in(folder, name, code)
    with signed_in(folder, "security") as opened, pytest.raises(Invalid, match="No account can be called"):
        opened.desk.do("accounts.add", name="Recovery  Sheet", person="x", password=OTHER)


def test_the_system_administrator_makes_a_new_sheet_and_the_old_one_dies(folder: Path, code: Code) -> None:
    with signed_in(folder, "system") as opened:
        with pytest.raises(NotAllowed):
            opened.desk.do("office.new_recovery", own_password="not it")
        before = opened.desk.ask("office.keys")
        done = opened.desk.do("office.new_recovery", own_password=OFFICERS["system"])
        after = opened.desk.ask("office.keys")
        sheet, paper = recovery.drawn(opened.desk, done.value)
    assert before.recovery and after.recovery and after.recovery_at > before.recovery_at
    assert done.value not in repr(done) and done.value not in repr(sheet)
    assert done.value.replace("-", "") in text(paper).replace(" ", "").replace("\n", "") or done.value[:5] in text(
        paper
    )
    with pytest.raises(NotAllowed):
        office.recover(folder, code, "admin", OTHER)
    office.recover(folder, done.value, "admin", OTHER)


def test_only_the_system_administrator_may(folder: Path) -> None:
    for who in ("admin", "security", "audit"):
        with signed_in(folder, who) as opened, pytest.raises(NotAllowed, match="role"):
            opened.desk.do("office.new_recovery", own_password="x")
    with signed_in(folder, "audit") as opened, pytest.raises(NotAllowed, match="role"):
        opened.desk.do("office.recover", name="admin", new_password=OTHER)


def test_the_doors_are_counted(folder: Path) -> None:
    with signed_in(folder, "system") as opened:
        found = opened.desk.ask("office.keys")
    assert (found.accounts, found.slots, found.recovery, found.below) == (4, 4, True, 0)
    assert (found.passes, found.mib) == (keys.FLOOR.passes, keys.FLOOR.kib // 1024)


def test_a_slot_that_costs_less_than_today_is_wrapped_anew_when_its_owner_comes(folder: Path) -> None:
    path = folder / office.KEYS
    held = keys._read(path)
    held.cost = dearer = keys.Cost(3, 20 * 1024, 1)
    path.write_bytes(msgspec.json.encode(held))
    with signed_in(folder, "system") as opened:
        found = opened.desk.ask("office.keys")
    assert (found.slots, found.below, found.passes) == (4, 3, dearer.passes)
    office.sign_in(folder, "system", OFFICERS["system"]).close()
    costs = sorted((slot.passes, slot.kib) for slot in keys._read(path).slots)
    assert costs == [(keys.FLOOR.passes, keys.FLOOR.kib)] * 4 + [(dearer.passes, dearer.kib)]


def test_the_sheet_is_one_page_with_office_code_and_date_and_tells_the_file_nothing(folder: Path, code: Code) -> None:
    with signed_in(folder, "system") as opened:
        sheet = recovery.sheet_of(opened.desk, code)
    paper = render(sheet)
    said = text(paper.data)
    assert paper.pages == 1 and not paper.losses
    for group in (*code.split("-"), "某局", "JGSW", "恢复单", "Recovery code"):
        assert group in said
    assert code.encode() not in paper.data
    long = render(Sheet("某某市机关事务管理局" * 12, "JGSW", code, sheet.made))
    assert long.pages == 1


@pytest.mark.parametrize(("lost", "kept"), [(office.KEYS, office.DB), (office.DB, office.KEYS)])
def test_half_an_office_is_named_and_nothing_is_set_up_over_it(folder: Path, code: Code, lost: str, kept: str) -> None:
    away = (folder / lost).rename(folder / "away")
    before = (folder / kept).read_bytes()
    assert office.missing(folder) == lost and not office.exists(folder)
    for attempt in (
        lambda: office.sign_in(folder, "admin", PASSWORD),
        lambda: office.recover(folder, code, "admin", OTHER),
        lambda: office.set_up(folder, name="二", code="ZWEI", account="x", password=PASSWORD, cost=keys.FLOOR),
    ):
        with pytest.raises(Conflict, match=f"^{lost} is missing"):
            attempt()
    assert (folder / kept).read_bytes() == before and not (folder / lost).exists()
    away.rename(folder / lost)
    office.sign_in(folder, "admin", PASSWORD).close()


def test_accounts_that_were_taken_out_of_the_store_are_told_as_tampering(folder: Path) -> None:
    with signed_in(folder, "admin") as opened:
        outside.unguard(opened.desk.store)
        with opened.desk.store.writing.begin() as connection:
            connection.exec_driver_sql("DELETE FROM role_grant")
            connection.exec_driver_sql("DELETE FROM account")
    for account in ("admin", "system"):
        with pytest.raises(Conflict, match="tampered"):
            office.sign_in(folder, account, OFFICERS.get(account, PASSWORD))
    with pytest.raises(NotAllowed, match="Account or password is wrong"):
        office.sign_in(folder, "admin", "guess")
    with pytest.raises(Conflict, match="already"):
        office.set_up(folder, name="二", code="ZWEI", account="x", password=PASSWORD, cost=keys.FLOOR)
