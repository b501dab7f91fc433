"""In and out of reach: what somebody who holds an act in one compound can do there and elsewhere, act by act."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from models.base import entities
from models.role_grant import Role
from services import accounts, demo  # noqa: F401 — the sample has an act of its own
from services.desk import allowed, uses
from services.desk.desk import Desk
from services.desk.errors import UserError
from services.desk.intent import INTENTS, QUERIES, Grant
from services.papers import Known, KnownCode, Standing
from services.soundness import Anchored
from tests.served import Served
from tests.services.reach import ARGUMENTS, Place
from tests.services.secrets import OWN, asked
from tests.services.test_rights import ours

TABLE = Path(__file__).with_name("reach.csv")
NOBODYS = {"do demo.fill", "do incidents.note", "do office.recover", "do office.set_up"}  # the program's own acts
LOOKS = {
    "ask journal.check",
    "ask journal.extract",
    "ask journal.operation",
}  # at all there is, or at what may be listed
OFFICE = {
    "ask imports.profiles",
    "ask journal.check",
    "ask office.keys",
    "ask paper_settings.of",
    "ask papers.trusted",
    "ask signing_certificates.mine",
    "ask signing_roots.newest",
    "ask providers.may_do",
    "ask role_grants.register",
    "ask assets.term",
    "ask work_orders.pulse",  # figures of all within reach, without the names of places
    "ask periodic_works.in_force",
}  # answers about no compound
SILENT: tuple[Any, ...] = (
    Standing.OUT, Anchored.MISSING, Known(Standing.OUT, 0, {}), KnownCode(Standing.OUT, 0, None, True),
)  # fmt: skip
LISTED = {  # answers about all that is within reach
    "ask asset_needs.idle", "ask assets.undecided", "ask costs.compare", "ask costs.years",
    "ask depreciation.balances", "ask depreciation.flows", "ask depreciation.preview", "ask handovers.loans",
    "ask imports.taken", "ask journal.extract",
    "ask journal.heads", "ask leases.due", "ask occupancies.by_unit", "ask occupancies.check",
    "ask occupancies.idle", "ask places.tree", "ask reconciliation.board", "ask titles.expiring",
    "ask training.due",
    "ask training.hours", "ask training_sessions.between",
    "ask posts.establishment", "ask staff.retention",
    "ask certificates.due", "ask staff.matrix", "ask staff.skills", "ask staff.who_may",
    "ask staff.compare", "ask staff.coverage", "ask staff.structure",
    "ask work_orders.board", "ask work_orders.planned",
    "ask work_costs.totals", "ask work_orders.kpis",
}  # fmt: skip


def table() -> dict[str, tuple[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {row["act"]: (row["in"], row["out"]) for row in csv.DictReader(file)}


def outcome(desk: Desk, act: str, place: Place, values: dict[str, Any]) -> str:
    """What becomes of it: "yes", or the name of the refusal; "nothing" when it passes over what it was asked for."""
    verb, name = act.split(" ")
    try:
        if verb == "ask":
            return told(act, desk.ask(name, **values), place)
        known = INTENTS[name]
        again = {"own_password": OWN} if known.again else {}
        value = desk.do(name, **values, **again, **({"reason": "x"} if known.why else {})).value
    except UserError as refused:
        return type(refused).__name__
    if name == "imports.take_in":
        return "yes" if value.read > value.refused else "nothing"
    return "nothing" if name in ("staff.export_personal", "titles.rebuild") and not value else "yes"


def told(act: str, answer: Any, place: Place) -> str:
    if act in LISTED:
        marks = [place.name, str(place.year)] if act == "ask costs.years" else [place.name]
        return "yes" if any(mark in repr(answer) for mark in marks) else "nothing"
    return "nothing" if not answer or answer in SILENT else "yes"


def test_every_act_stands_in_the_table_and_has_arguments() -> None:
    acts = [f"do {name}" for name in ours(INTENTS)] + [f"ask {name}" for name in ours(QUERIES)]
    assert sorted(table()) == sorted(ARGUMENTS) == sorted(acts)
    assert {said for row in table().values() for said in row} <= {"yes", "-"}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_desk_does_in_and_out_of_reach_what_the_table_says(
    desk: Desk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    boss, files = asked(desk, tmp_path), tmp_path_factory.mktemp("files")
    here, far = Place(boss, files, "NEAR", 2024), Place(boss, files, "FAR", 2021)
    with read(boss) as tables:
        compared(boss, here, far, replace(boss, grants=within(here)), table(), tables)


def test_a_server_lets_an_account_do_the_same(
    served: Served, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    boss, files = asked(served.boss, tmp_path), tmp_path_factory.mktemp("files")
    here, far = Place(boss, files, "NEAR", 2024), Place(boss, files, "FAR", 2021)
    held = [(role, compound) for role in Role for compound in (here.compound, here.spare)]
    clerk = replace(served.join("clerk", *held, password=OWN), grants=within(here))
    auditors = dict.fromkeys(("ask journal.check", "ask journal.extract"), ("-", "-"))  # who reads all
    compared(boss, here, far, clerk, table() | auditors, set())


@contextmanager
def read(desk: Desk) -> Iterator[set[str]]:
    """The tables that are read from now on; whoever wants to know what an act reads empties the set before."""
    tables = set[str]()

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        # what is joined under another name is only called by its own
        tables.update(
            re.findall(r'(?:FROM|(?<!OUTER )JOIN|OUTER JOIN(?! "?\w+"? AS)|,)\s+"?(\w+)\b(?!"?\.)', statement)
        )

    event.listen(desk.store.engine, "before_cursor_execute", note)
    yield tables
    event.remove(desk.store.engine, "before_cursor_execute", note)


def within(here: Place) -> tuple[Grant, ...]:
    """Everything, in the compounds of one place."""
    *everyone, _ = accounts.of_role(Role.VIEWER)
    return (*everyone, Grant(("*",), frozenset({here.compound, here.spare})))


def compared(
    boss: Desk, here: Place, far: Place, clerk: Desk, expected: dict[str, tuple[str, str]], tables: set[str]
) -> None:
    """What the clerk of one place can do there and elsewhere is what the table says."""
    open_ = {kind for role, kind, verb, _ in allowed.rows() if (role, verb) == (allowed.EVERYONE, "read")}
    does, whys = dict[str, tuple[str, str]](), dict[str, tuple[str, str, str]]()
    for act, prepared in ARGUMENTS.items():
        values = prepared(far)
        out = outcome(clerk, act, far, dict(values))
        tables.clear()
        able = "yes" if act in NOBODYS else outcome(boss, act, far, dict(values))
        if act.startswith("ask ") and act not in LOOKS:  # or a server would keep it back
            assert tables & entities().keys() <= uses.named(QUERIES[act[4:]]) | open_, act
        inside = outcome(clerk, act, here, prepared(here))
        does[act] = ("yes" if inside == "yes" else "-", "yes" if out == "yes" else "-")
        whys[act] = (inside, out, able)
    assert {act: why for act, why in whys.items() if why[2] != "yes"} == {}, "who may do everything can"
    assert does == expected, whys
    refusals = {out for _, out, _ in whys.values()} - {"yes"}
    assert refusals <= {"Missing", "NotAllowed", "Invalid", "Conflict", "nothing"}, whys


@pytest.mark.parametrize("act", sorted(OFFICE))
def test_what_is_told_of_the_whole_office_names_no_compound(act: str) -> None:
    assert table()[act] == ("yes", "yes")
