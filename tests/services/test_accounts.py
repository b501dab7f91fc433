"""Accounts as an office lives with them: officers, grants, passwords, failures; each on its own encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts, office
from services.desk import keys, trail
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed, UserError
from services.desk.held import Held
from services.desk.intent import Grant
from services.desk.listing import View
from services.desk.session import DeskSession

PASSWORD, OTHER = "a good password", "another password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
TODAY = date.today()  # noqa: DTZ011 — grants hold by the day of the machine


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    office.set_up(
        folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    return folder


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Iterator[Path]:
    for file in founded.iterdir():
        if file.suffix != ".lock":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    yield tmp_path


def signed_in(folder: Path, account: str, password: str = "") -> Any:
    return closing(office.sign_in(folder, account, password or OFFICERS.get(account, PASSWORD)))


def told(folder: Path, intent: str, by: str = "security", **values: Any) -> Any:
    """What the security administrator does, signed in for it alone."""
    with signed_in(folder, by) as opened:
        return opened.desk.do(intent, **values).value


def id_of(folder: Path, account: str) -> UUID:
    with signed_in(folder, "security") as opened:
        found = next(r["id"] for r in opened.desk.first(View("accounts"), 99) if r["name"] == account)
    assert isinstance(found, UUID)
    return found


def test_the_first_run_makes_three_officers_who_each_do_their_own(folder: Path) -> None:
    with signed_in(folder, "security") as opened:
        rows = opened.desk.first(View("role_grants"), 99)
        held = sorted((row["account_name"], row["role"].value) for row in rows)
        assert not opened.desk.may("assets.list")
    assert held == [
        ("admin", "compound_administrator"), ("audit", "audit"), ("security", "security"), ("system", "system"),
    ]  # fmt: skip
    with signed_in(folder, "audit") as opened:
        assert opened.desk.may("assets.list") and not opened.desk.may("assets.add")
    with signed_in(folder, "admin") as opened:
        assert opened.desk.may("assets.add") and not opened.desk.may("accounts.add")
    with pytest.raises(Conflict):
        office.set_up(folder, name="二", code="ZWEI", account="x", password=PASSWORD, officers=OFFICERS)


def test_a_new_account_does_nothing_until_a_role_is_granted_and_then_that_alone(folder: Path) -> None:
    made = told(folder, "accounts.add", name="li.wei", person="李伟", password=OTHER)
    with pytest.raises(NotAllowed, match="no role"):
        office.sign_in(folder, "li.wei", OTHER)
    told(folder, "role_grants.add", account_id=made, role=Role.VIEWER)
    with signed_in(folder, "li.wei", OTHER) as opened:
        assert opened.desk.may("assets.list") and not opened.desk.may("assets.add")
        assert opened.desk.account == "li.wei"


@pytest.mark.parametrize(
    ("begin", "until", "holds"), [(0, None, True), (-9, 0, True), (1, None, False), (-9, -1, False)]
)
def test_a_grant_holds_from_its_first_day_to_its_last(folder: Path, begin: int, until: int | None, holds: bool) -> None:
    made = told(folder, "accounts.add", name="li.wei", person="李伟", password=OTHER)
    last = None if until is None else TODAY + timedelta(until)
    told(folder, "role_grants.add", account_id=made, role=Role.VIEWER, from_on=TODAY + timedelta(begin), until_on=last)
    if holds:
        office.sign_in(folder, "li.wei", OTHER).close()
    else:
        with pytest.raises(NotAllowed):
            office.sign_in(folder, "li.wei", OTHER)


class Day:
    """What day it is, for a desk; it can be another one."""

    def __init__(self) -> None:
        self.on = TODAY

    def __call__(self) -> date:
        return self.on


def at_work(desk: Desk, day: Day) -> tuple[Desk, Desk, UUID]:
    """Li Wei at his own desk and somebody beside him who may do everything; Li Wei's grant."""
    held = Held(desk.store, lambda session, on: accounts.grants(session, "li.wei", on), day)
    [grant] = desk.first(View("role_grants"), 9)
    return replace(desk, grants=held), replace(desk, account="boss"), grant["id"]


def test_a_grant_until_today_holds_today_and_not_tomorrow_in_a_window_left_open(desk: Desk) -> None:
    day = Day()
    own, boss, grant = at_work(desk, day)
    boss.do("role_grants.end", role_grant_id=grant, until_on=TODAY)
    own.do("compounds.add", code="A", name="一院")
    assert own.count(View("compounds")) == 1 and own.may("compounds.add")
    day.on += timedelta(1)
    for _ in range(2):
        for attempt in (
            lambda: own.do("compounds.add", code="B", name="二院"),
            lambda: own.count(View("compounds")),
            lambda: own.ask("places.tree"),
        ):
            with pytest.raises(NotAllowed, match="no role"):
                attempt()
    assert not own.may("compounds.add")
    day.on -= timedelta(1)
    assert own.count(View("compounds")) == 1, "a clock that was set right"


def test_grants_are_asked_anew_once_this_desk_touched_accounts_or_grants(desk: Desk) -> None:
    """As unlocking does, which is a sign-in."""
    asked = list[date]()

    def read(_session: DeskSession, on: date) -> tuple[Grant, ...]:
        asked.append(on)
        return (Grant(("*",)),)

    own = replace(desk, grants=Held(desk.store, read, Day()))
    boss, grant = replace(own, account="boss"), own.first(View("role_grants"), 9)[0]
    own.do("compounds.add", code="A", name="一院")
    assert own.count(View("compounds")) == 1 and len(asked) == 1
    for touching in (
        partial(own.do, "accounts.signed_in"),
        partial(boss.do, "role_grants.end", role_grant_id=grant["id"], until_on=TODAY),
    ):
        before = len(asked)
        touching()
        assert own.count(View("compounds")) == 1 and len(asked) == before + 1


def test_while_grants_are_asked_anew_those_of_before_are_known(desk: Desk) -> None:
    """The window asks what may be done while a reader asks anew: no button may be missing for that moment."""
    seen = list[bool]()

    def read(_session: DeskSession, _on: date) -> tuple[Grant, ...]:
        seen.append(own.may("assets.list"))
        return (Grant(("*",)),)

    held = Held(desk.store, read, Day())
    own = replace(desk, grants=held)
    for _ in range(2):
        own.count(View("assets"))
        held.look_again()
    assert seen == [False, True]


def test_who_is_signed_in_is_asked_for_by_the_day_of_each_act(folder: Path) -> None:
    with signed_in(folder, "admin") as opened:
        assert isinstance(opened.desk.grants, Held)
        opened.desk.grants._today = lambda: TODAY - timedelta(9)
        with pytest.raises(NotAllowed, match="no role"):
            opened.desk.count(View("compounds"))


def test_nobody_grants_or_takes_anything_from_himself(folder: Path) -> None:
    own = id_of(folder, "security")
    grant = next(r["id"] for r in _grants(folder) if r["account_name"] == "security")
    for intent, values in (
        ("role_grants.add", {"account_id": own, "role": Role.VIEWER}),
        ("role_grants.end", {"role_grant_id": grant}),
        ("accounts.retire", {"account_id": own}),
        ("accounts.reset_password", {"account_id": own, "password": OTHER}),
    ):
        with pytest.raises(Conflict, match="himself"):
            told(folder, intent, **values)


def _grants(folder: Path) -> list[dict[str, Any]]:
    with signed_in(folder, "security") as opened:
        found: list[dict[str, Any]] = opened.desk.first(View("role_grants"), 99)
    return found


def test_an_officer_holds_one_role_and_there_is_always_one_of_each(folder: Path) -> None:
    system, admin = id_of(folder, "system"), id_of(folder, "admin")
    for account, role in ((system, Role.VIEWER), (system, Role.AUDIT), (admin, Role.SECURITY)):
        with pytest.raises(Conflict, match="one role"):
            told(folder, "role_grants.add", account_id=account, role=role)
    with pytest.raises(Conflict, match="last"):
        told(folder, "accounts.retire", account_id=system)
    second = told(folder, "accounts.add", name="system2", person="王工", password=OTHER)
    told(folder, "role_grants.add", account_id=second, role=Role.SYSTEM)
    told(folder, "accounts.retire", account_id=system)
    office.sign_in(folder, "system2", OTHER).close()


def test_a_grant_that_begins_later_counts_as_well(folder: Path) -> None:
    made = told(folder, "accounts.add", name="li.wei", person="李伟", password=OTHER)
    week, month = TODAY + timedelta(7), TODAY + timedelta(30)
    told(folder, "role_grants.add", account_id=made, role=Role.VIEWER, from_on=week)
    with pytest.raises(Conflict, match="one role"):
        told(folder, "role_grants.add", account_id=made, role=Role.AUDIT)
    told(folder, "role_grants.add", account_id=made, role=Role.AUDIT, until_on=TODAY + timedelta(6))
    with pytest.raises(Conflict, match="one role"):
        told(folder, "role_grants.add", account_id=made, role=Role.SECURITY, from_on=month)
    told(folder, "accounts.retire", account_id=made)
    assert {r["until_on"] for r in _grants(folder) if r["account_name"] == "li.wei"} == {TODAY - timedelta(1)}


def test_a_retired_account_opens_nothing_any_more_and_its_slot_is_gone(folder: Path) -> None:
    before = len(keys._read(folder / office.KEYS).slots)
    told(folder, "accounts.retire", account_id=id_of(folder, "admin"))
    with pytest.raises(NotAllowed, match="Account or password is wrong"):
        office.sign_in(folder, "admin", PASSWORD)
    assert len(keys._read(folder / office.KEYS).slots) == before - 1
    assert [r["until_on"] for r in _grants(folder) if r["account_name"] == "admin"] == [TODAY - timedelta(1)]
    with pytest.raises(Conflict):
        told(folder, "accounts.reset_password", account_id=id_of(folder, "admin"), password=OTHER)
    with signed_in(folder, "audit") as opened:
        assert trail.check(opened.desk.store) == []


def test_a_password_is_changed_by_who_knows_the_old_one(folder: Path) -> None:
    with pytest.raises(NotAllowed):
        told(folder, "accounts.change_password", by="admin", old_password="wrong", new_password=OTHER)
    with pytest.raises(Invalid):
        told(folder, "accounts.change_password", by="admin", old_password=PASSWORD, new_password="short")
    told(folder, "accounts.change_password", by="admin", old_password=PASSWORD, new_password=OTHER)
    with pytest.raises(NotAllowed):
        office.sign_in(folder, "admin", PASSWORD)
    office.sign_in(folder, "admin", OTHER).close()
    told(folder, "accounts.reset_password", account_id=id_of(folder, "admin"), password=PASSWORD)
    office.sign_in(folder, "admin", PASSWORD).close()


def test_nobody_gives_an_officer_a_password_to_come_in_as_him(folder: Path) -> None:
    second = told(folder, "accounts.add", name="audit2", person="王工", password=OTHER)
    told(folder, "role_grants.add", account_id=second, role=Role.AUDIT, from_on=TODAY + timedelta(7))
    for account in (id_of(folder, "audit"), id_of(folder, "system"), second):
        with pytest.raises(Conflict, match="recovery sheet"):
            told(folder, "accounts.reset_password", account_id=account, password=PASSWORD)
    told(folder, "accounts.change_password", by="audit", old_password=OFFICERS["audit"], new_password=PASSWORD)
    office.sign_in(folder, "audit", PASSWORD).close()
    with pytest.raises(NotAllowed):
        office.sign_in(folder, "system", PASSWORD)


def test_a_password_that_was_not_stored_opens_nothing(folder: Path) -> None:
    with pytest.raises(Conflict):
        told(folder, "accounts.add", name="admin", person="二", password=OTHER)
    with pytest.raises(NotAllowed):
        office.sign_in(folder, "admin", OTHER)


def test_passwords_are_in_no_record_and_in_no_file(folder: Path) -> None:
    secret = "canary-5f3a-password"
    made = told(folder, "accounts.add", name="li.wei", person="李伟", password=secret)
    told(folder, "accounts.reset_password", account_id=made, password=secret + "2")
    with signed_in(folder, "audit") as opened:
        steps = opened.desk.history("account", made)
        assert len(steps) == 2 and secret not in repr(steps) + repr(opened)
        with opened.desk.store.reading.connect() as connection:
            bodies = connection.exec_driver_sql("SELECT body FROM rec").scalars().all()
    assert not [body for body in bodies if secret.encode() in body]
    assert not [file for file in folder.iterdir() if file.is_file() and secret.encode() in file.read_bytes()]


def test_the_files_name_nobody(folder: Path) -> None:
    told(folder, "accounts.add", name="zhang.jianguo", person="张建国", password=OTHER)
    for file in filter(Path.is_file, folder.iterdir()):
        data = file.read_bytes()
        assert not [name for name in ("zhang.jianguo", "张建国", "admin", "security") if name.encode() in data], (
            file.name
        )


def test_only_the_security_administrator_keeps_accounts(folder: Path) -> None:
    for by in ("admin", "system", "audit"):
        with pytest.raises(UserError):
            told(folder, "accounts.add", by=by, name="x", person="x", password=OTHER)


def test_an_account_that_only_looks_like_another_is_not_made(folder: Path) -> None:
    with pytest.raises(Invalid, match="look alike"):
        told(folder, "accounts.add", name="\u0430dmin", person="x", password=OTHER)
