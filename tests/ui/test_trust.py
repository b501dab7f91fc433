"""Officers and passwords in the real window: who sees what, accounts made, roles granted, passwords changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.role_grant import Role
from services import office, registry  # noqa: F401
from services.desk import keys
from services.desk.errors import NotAllowed
from services.desk.intent import QUERIES
from services.desk.listing import View
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.text import words
from ui.workbench import Workbench

PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
# acts that open something to be read
READING = ("export", "handovers.open", "journal.operation", "occupancies.room", "places.tree")
Sign = Callable[[str], tuple[Workbench, Hand]]


@pytest.fixture
def sign_in(qtbot: Any, tmp_path: Path) -> Iterator[Sign]:
    office.set_up(
        tmp_path, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    opened: list[tuple[office.Office, Workbench]] = []

    def sign(account: str) -> tuple[Workbench, Hand]:
        found = office.sign_in(tmp_path, account, OFFICERS.get(account, PASSWORD))
        made = Workbench(found.desk)
        opened.append((found, made))
        qtbot.addWidget(made)
        made.resize(1440, 900)
        made.show()
        return made, Hand(made)

    yield sign
    for found, made in opened:
        assert made.leave()
        found.close()


def places(bench: Workbench) -> list[str]:
    return list(bench.rail._items)


def test_everybody_sees_the_places_of_his_roles_and_no_others(sign_in: Sign) -> None:
    bench, _ = sign_in("security")
    assert places(bench) == [
        "compounds", "accounts", "role_grants", "incidents",
        "signing_certificates", "signing_requests", "signing_roots",
    ]  # fmt: skip
    offered = [act.name for act in bench.lists["compounds"].acts]
    assert offered == ["export"], "and changes no business record"


def test_a_new_account_gets_a_role_in_the_window(sign_in: Sign, tmp_path: Path) -> None:
    bench, hand = sign_in("security")
    bench.show_screen("accounts")
    hand.click("Add account")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    for name, text in (("name", "li.wei"), ("person", "李伟"), ("password", PASSWORD)):
        hand.type(form.fields[name].box.inner(), text)
    assert form.fields["password"].box.line.displayText() != PASSWORD, "dots, not letters"
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is bench.lists["accounts"], "the account")
    desk = bench.background.desk
    made = next(row["id"] for row in desk.first(View("accounts"), 9) if row["name"] == "li.wei")
    bench.show_screen("role_grants")
    hand.click("Grant role")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    form.fields["account_id"].set_value(made, "李伟")
    form.fields["role"].set_value(Role.VIEWER)
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is bench.lists["role_grants"], "the grant")
    assert desk.count(View("role_grants")) == 5
    grants = bench.lists["role_grants"]
    hand.until(lambda: grants.model.complete and grants.model.line(4), "the grants")
    line = grants.model.line(4)
    assert line is not None and words("All compounds") in line.texts, "a grant without a compound is the widest of all"


def test_the_auditor_reads_everything_and_is_offered_no_change(sign_in: Sign) -> None:
    bench, _ = sign_in("audit")
    assert {"assets", "handovers", "accounts", "role_grants", "journal"} <= set(places(bench))
    assert "operations" not in places(bench), "the journal holds all of them"
    for name in places(bench):
        bench.show_screen(name)
        acts = bench.lists[name].acts if name in bench.lists else ()  # a board offers none
        reading = {"export", "assets.list", "signing_requests.ask", *QUERIES}  # he may ask for his own certificate
        asked = [act.needs or act.name for act in acts if not act.name.endswith((".open", ".list"))]
        assert [right for right in asked if right not in reading] == []


def test_a_password_is_changed_from_the_account_menu(sign_in: Sign, tmp_path: Path) -> None:
    bench, hand = sign_in("admin")
    bench.top.account.menu_.actions()[0].trigger()
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["old_password"].box.inner(), "wrong one")
    hand.type(form.fields["new_password"].box.inner(), "another password")
    hand.click("Save", form)
    hand.until(form.banner.isVisible, "the refusal")
    hand.type(form.fields["old_password"].box.inner(), PASSWORD)
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is not form, "the change")
    keys.unlock(tmp_path / office.KEYS, "admin", "another password")
    with pytest.raises(NotAllowed):
        keys.unlock(tmp_path / office.KEYS, "admin", PASSWORD)


def test_the_system_administrator_checks_and_can_change_his_password(sign_in: Sign, tmp_path: Path) -> None:
    bench, hand = sign_in("system")
    assert places(bench) == ["incidents", "check", "doors", "signing_certificates"]
    told = bench.pages.currentWidget()
    bench.top.account.menu_.actions()[0].trigger()
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["old_password"].box.inner(), OFFICERS["system"])
    hand.type(form.fields["new_password"].box.inner(), "another password")
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is told, "the change")
    keys.unlock(tmp_path / office.KEYS, "system", "another password")
