"""Who may do what on a day: every account with its roles, by whom given, and what is against the three officers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.account import Account
from models.role_grant import Role, RoleGrant
from services import accounts, rights_papers
from services.desk.desk import Desk
from services.desk.errors import NotAllowed
from services.desk.intent import INTENTS, intent
from services.desk.work import Work
from services.documents.verify import inspect
from services.rights_papers import _sentence
from services.rights_register import Holder, Register
from tests.documents.sample import pages
from tests.served import Served
from tests.services.people import Office, found

D = timedelta(days=1)
if "tests.let_in" not in INTENTS:

    @intent("Let somebody in", name="tests.let_in")
    def let_in(work: Work, *, name: str, person: str, retired_on: date | None, grants: list[dict[str, Any]]) -> UUID:
        """An account with grants no rule looked at, as they come from an older program or from outside."""
        account = work.add(Account(name=name, person=person, retired_on=retired_on))
        for n, given in enumerate(grants):
            work.add(RoleGrant(number=f"{name}{n}", account_id=account.id, **given))
        return account.id


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def put(office: Office, name: str, *grants: tuple[Role, dict[str, Any]], **values: Any) -> None:
    """By `sec`, unless another is said."""
    by = replace(office.desk, account=values.pop("by", "sec"))
    begun = today(office) - 10 * D
    made = [{"role": role, "from_on": begun} | more for role, more in grants]
    by.do("tests.let_in", name=name, person=values.pop("person", name), grants=made, **{"retired_on": None} | values)


def today(office: Office) -> date:
    return office.desk.clock().astimezone().date()


def told(office: Office, on: date | None = None) -> Register:
    answer = office.desk.ask("role_grants.register", on=on or today(office))
    assert isinstance(answer, Register)
    return answer


def held_by(found_: Register, name: str) -> Holder:
    return next(holder for holder in found_.holders if holder.account == name)


def officers(office: Office) -> None:
    """Each office is held by somebody of its own."""
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        put(office, role.value, (role, {}))


def against(found_: Register, lang: str = "en") -> list[str]:
    return sorted(_sentence(each, lang) for each in found_.against)


def test_it_names_every_account_with_its_roles_and_who_gave_them(office: Office) -> None:
    officers(office)
    on = today(office)
    put(office, "wang", (Role.VIEWER, {"compound_id": office.compound, "until_on": on}),
        (Role.TECHNICIAN, {"from_on": on + D}), (Role.TRAINING_OFFICER, {"until_on": on - D}), by="root")  # fmt: skip
    put(office, "nobody")
    replace(office.desk, account="wang").do("accounts.signed_in")
    found_ = told(office)
    (held,) = held_by(found_, "wang").held
    assert (held.role, held.compound, held.until_on, held.by) == (Role.VIEWER, "建设路大院", on, "root") and held.at
    assert held_by(found_, "wang").signed_in_at and not held_by(found_, "audit").signed_in_at
    assert held_by(found_, "nobody").held == () and found_.against == ()
    assert [holder.account for holder in found_.holders] == sorted(holder.account for holder in found_.holders)


def test_it_is_as_on_the_day_that_is_asked_for(office: Office) -> None:
    officers(office)
    on = today(office)
    put(office, "wang", (Role.VIEWER, {}), (Role.TECHNICIAN, {"from_on": on + D}), retired_on=on + 5 * D)
    assert [held.role for held in held_by(told(office, on + D), "wang").held] == [Role.VIEWER, Role.TECHNICIAN]
    assert held_by(told(office, on), "wang").retired_on is None
    assert held_by(told(office, on + 5 * D), "wang").retired_on == on + 5 * D
    assert told(office, on - D).holders == (), "the accounts were made today"


def test_whatever_is_against_the_three_officers_is_listed(office: Office) -> None:
    put(office, "zhao", (Role.AUDIT, {}), (Role.VIEWER, {}), person="赵 磊")
    put(office, "zhao2", (Role.SECURITY, {"compound_id": office.compound}), person="赵磊", by="zhao2")
    put(office, "gone", (Role.TECHNICIAN, {}), retired_on=today(office))
    assert against(told(office)) == sorted((
        "zhao holds the office of Auditor and other roles beside it: Viewer",
        "zhao2 holds the office of Security administrator in one compound only; an officer's role holds in all",
        "zhao2 gave the role Security administrator to himself",
        f"gone is retired since {today(office)} and still holds Technician",
        "赵 磊 has several accounts, one of them an officer's: zhao, zhao2. Are they the same person?",
        "Nobody holds the office of System administrator",
    ))  # fmt: skip


def test_officers_alone_may_read_it_also_on_a_server(served: Served) -> None:
    for role in (Role.SYSTEM, Role.COMPOUND_ADMINISTRATOR, Role.VIEWER):
        somebody = served.join(role.value, (role, None))
        with pytest.raises(NotAllowed):
            somebody.ask("role_grants.register", on=date(2040, 1, 1))
    for role in (Role.SECURITY, Role.AUDIT):
        found_: Register = served.join(role.value, (role, None)).ask("role_grants.register", on=date(2040, 1, 1))
        assert {"system", "viewer", role.value} <= {holder.account for holder in found_.holders}
        assert held_by(found_, "viewer").held[0].by


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_paper_says_who_holds_what_what_that_allows_and_what_is_wrong(office: Office, lang: str) -> None:
    officers(office)
    put(office, "zhao", (Role.AUDIT, {}), (Role.VIEWER, {}), person="赵" * 40)
    data = rights_papers.register(office.desk, today(office), lang)
    text = "".join("".join(pages(data)).split())
    assert inspect(data).intact and inspect(data).kind == "rights-register"
    words = {
        "zh_CN": ("权限清单", "三员分立核对", "zhao担任审计管理员，同时持有：查阅人员", "新增资产；", "另可查阅"),
        "en": ("Rights and roles", "Separation of powers", "zhao holds the office of Auditor", "Add asset;", "Reads"),
    }[lang]
    for said in (*words, "zhao0"):
        assert "".join(said.split()) in text, said
    early = "".join(pages(rights_papers.register(office.desk, date(2001, 1, 1), lang)))
    assert {"zh_CN": "（无记录）", "en": "(no rows)"}[lang] in early


def test_every_act_of_a_role_stands_in_it(desk: Desk) -> None:
    """In words, once for the role."""
    import resources

    rows = rights_papers._may(resources.settings("roles")[Role.SECURITY.value], str)
    told_ = {act for about, acts in rows for act in acts.split("; ")}
    may = replace(desk, grants=(accounts._grant(Role.SECURITY.value, None),))
    assert {act.label for name, act in INTENTS.items() if may.may(name)} <= told_
