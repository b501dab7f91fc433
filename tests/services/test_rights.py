"""Who may do what: the table written by hand is what the desk really does, in every role, in and out of reach."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.base import Entity, Scoped
from models.journal import Record
from models.role_grant import OFFICERS, Role
from services import accounts, demo, exports  # noqa: F401 — the sample has an act of its own, which no role holds
from services.desk import allowed, uses
from services.desk.desk import Desk
from services.desk.errors import NotAllowed, UserError
from services.desk.intent import INTENTS, QUERIES, Act
from services.desk.listing import LISTINGS, View
from services.desk.schema import arguments
from tests.served import Served, changed
from tests.services import people

OTHERS = {"pretended", "tests"}  # lists that other tests make
COUNTED = {  # kinds whose rows a role's queries count or name without listing them
    Role.CONTRACT_CLERK: {"assets"}, Role.SYSTEM: {"accounts", "compounds"},
    Role.SETTLEMENT_CLERK: {
        "asset_needs", "disposal_lines", "handovers", "staff", "title_coverages", "title_defects", "title_events",
        "titles",
    },
    Role.TRAINING_OFFICER: {"documents"}, Role.VIEWER: {"staff_absences", "staff_educations"},
    Role.TECHNICIAN: {"certificates", "certificate_rechecks", "organizations", "post_holdings", "post_requirements",
                      "posts", "staff"},
}  # fmt: skip
TRUST = (
    "accounts",
    "role_grants",
    "office",
    "demo",
    "journal",
    "signing_requests",
    "signing_certificates",
    "signing_roots",
)
DOORS = {  # kinds by which somebody comes in or makes others come in, and whose roles a server lets write them
    "site": {"system", "recovery"},  # the office: who writes its row everywhere renews its recovery code
    "account": {"security", "recovery"}, "role_grant": {"security"},
    "signing_root": {"security"}, "signing_certificate": {"security"},
    "signing_request": set(), "incident": set(),  # his own alone; the program's
}  # fmt: skip
TABLE = Path(__file__).with_name("rights.csv")


def ours(acts: dict[str, Act]) -> set[str]:
    """The acts of the program; tests make some of their own."""
    return {name for name, act in acts.items() if act.function.__module__.startswith("services.")}


def table() -> dict[str, dict[str, bool]]:
    """Act -> role -> whether it may."""
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row.pop("act"): {role: said == "yes" for role, said in row.items()} for row in rows}


def tried(desk: Desk, act: str) -> bool:
    """Whether the desk lets somebody do it; what it lacks besides the right does not matter."""
    verb, name = act.split(" ")
    try:
        desk.count(View(name)) if verb == "list" else getattr(desk, verb)(name)
    except NotAllowed as refusal:
        return refusal.values.get("needs") != (f"{name}.list" if verb == "list" else name)
    except UserError:
        return True
    except (TypeError, KeyError):
        if verb != "list" and bare(name):
            raise  # it lacks nothing: that is a fault of its own
        return True
    return True


def bare(name: str) -> bool:
    """Whether an act needs no arguments."""
    known = INTENTS.get(name) or QUERIES[name]
    return not any(argument.required for argument in arguments(known))


def test_every_act_and_every_role_stands_in_the_table() -> None:
    acts = [f"do {name}" for name in ours(INTENTS)] + [f"ask {name}" for name in ours(QUERIES)]
    acts += [f"list {name}" for name, found in LISTINGS.items() if name not in OTHERS]
    assert sorted(table()) == sorted(acts)
    assert {tuple(row) for row in table().values()} == {tuple(role.value for role in Role)}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_the_desk_does_what_the_table_says(desk: Desk, role: Role) -> None:
    said(replace(desk, grants=accounts.of_role(role)), role)


def test_a_server_lets_every_role_do_the_same(served: Served) -> None:
    for role in Role:
        said(served.join(role.value, (role, None)), role)


def said(somebody: Desk, role: Role) -> None:
    """He may what the table says."""
    expected = {act: row[role.value] for act, row in table().items()}
    assert {act: tried(somebody, act) for act in expected} == expected


def test_a_program_that_lets_everybody_do_everything_gains_nothing_on_a_server(served: Served) -> None:
    office = people.found(served.boss)
    office.asset("here")
    office.add("assets", compound_id=office.elsewhere, name="there", cost=5)
    for role in Role:
        where = None if role in OFFICERS else office.compound
        cheat, may = (
            changed(served.join(role.value, (role, where))),
            {act: row[role.value] for act, row in table().items()},
        )
        for name in (act.split(" ")[1] for act in may if act.startswith("list ")):
            kind, rows = LISTINGS[name].kind, cheat.first(View(name), 3000)
            assert cheat.count(View(name)) == len(rows)
            if where and issubclass(kind, Scoped | Record):
                assert {r["compound_id"] for r in rows} <= {where, None}, (role, name)
            if issubclass(kind, Entity) and not may[f"list {name}"] and name not in COUNTED.get(role, ()):
                assert len(rows) == (name in ("accounts", "role_grants")), (role, name)  # his own
        for compound in (office.compound, office.elsewhere):
            if not may["do assets.add"] or compound != where:
                with pytest.raises(UserError):
                    cheat.do("assets.add", compound_id=compound, name="mine")


def test_officers_touch_no_business_record_and_the_auditor_changes_nothing() -> None:
    business = [act for act in table() if act.split(".")[0].split(" ")[1] not in TRUST]
    changing = [act for act in business if act.startswith("do ")]
    for officer in OFFICERS:
        assert not [act for act in changing if table()[act][officer.value]]
    does = [act for act in table() if act.startswith("do ") and table()[act]["audit"]]
    said = [
        "do accounts.change_password", "do accounts.signed_in", "do journal.note_check", "do signing_requests.ask",
    ]  # fmt: skip
    assert does == said, "which say that he came and looked, and no more"


@pytest.mark.parametrize("kind", sorted(DOORS))
def test_no_role_writes_a_door_of_the_office_on_a_server_but_its_officers(kind: str) -> None:
    assert {role for role, name, verb, _ in allowed.rows() if (name, verb) == (kind, "write")} == DOORS[kind]


def test_no_act_writes_the_offices_own_row_but_those_that_make_it_or_its_recovery_code() -> None:
    """An act that only says what the office is called asks `the_office`."""
    does = {name for name in ours(INTENTS) if "site" in uses.written(INTENTS[name])}
    assert does == {"office.set_up", "office.new_recovery", "office.recover", "accounts.signed_in"}
    assert INTENTS["accounts.signed_in"].own, "no role holds it: it notes tries of doors beside a file"


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICERS])
def test_a_role_for_one_compound_sees_that_compound_alone(desk: Desk, role: Role, tmp_path: Path) -> None:
    office = people.found(desk)
    office.asset("here")
    office.add("assets", compound_id=office.elsewhere, name="there", cost=5)
    clerk = replace(desk, grants=accounts.of_role(role, office.compound))
    for name in (act.split(" ")[1] for act, row in table().items() if act.startswith("list ") and row[role.value]):
        kind = LISTINGS[name].kind
        rows = clerk.first(View(name), 3000)
        assert clerk.count(View(name)) == len(rows) == len(clerk.ids(View(name)))
        if issubclass(kind, Scoped):
            every = [r for r in desk.first(View(name), 1000) if r["compound_id"] == office.compound]
            assert [r["id"] for r in rows] == [r["id"] for r in every]
            assert exports.write(clerk, View(name), tmp_path / f"{name}.csv", "en") == len(every)
            assert "there" not in (tmp_path / f"{name}.csv").read_text("utf-8-sig")
            assert clerk.sums(View(name)) == {sum_: sum(r[sum_] or 0 for r in every) for sum_ in LISTINGS[name].sums}
    assert [r["id"] for r in clerk.first(View("compounds"), 9)] == [office.compound]


def test_what_lies_out_of_reach_is_not_there_for_a_clerk(desk: Desk) -> None:
    office = people.found(desk)
    far = office.add("assets", compound_id=office.elsewhere, name="there", cost=5)
    clerk = replace(desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.compound))
    assert clerk.count(View("assets", search="there")) == 0
    assert (
        clerk.find("asset", "there") == [] and clerk.names("asset", [far]) == {} and clerk.history("asset", far) == []
    )
    assert clerk.names("compound", [office.elsewhere]) == {}
    attempts: tuple[Callable[[], object], ...] = (
        lambda: clerk.do("assets.revise", asset_id=far, name="mine"),
        lambda: clerk.do("assets.remove", asset_id=far),
        lambda: clerk.do("assets.add", compound_id=office.elsewhere, name="x"),
        lambda: clerk.do("compounds.revise", compound_id=office.elsewhere, name="x"),
        lambda: clerk.do("organizations.add", code="N", name="concerns all"),
        lambda: clerk.do("handovers.draft", asset_ids=[far], to_staff_id=office.taker),
    )
    for attempt in attempts:
        with pytest.raises(UserError):
            attempt()
    assert office.row("assets", far)["name"] == "there"
