"""A register is taken back as a whole, or not at all; and a source is known again by its header. On both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.compound import Compound
from models.role_grant import Role
from services import accounts, intake
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, UserError
from services.desk.intent import Grant
from services.desk.listing import LISTINGS, View
from services.desk.trail import compare, verify
from services.imports.profile import Profile, written
from services.journal import take_back as undo
from tests.services.people import Office, found

HEAD = "编号,名称,原值,使用人,部门,颜色"


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def register(folder: Path, *rows: str, head: str = HEAD, name: str = "台账.csv") -> Path:
    place = folder / name
    place.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return place


def taken(office: Office, file: Path, **options: Any) -> UUID:
    values: dict[str, Any] = {"file": str(file), "kind": "assets", "compound_id": office.compound} | options
    return office.desk.do("imports.take_in", **values).operation


BESIDE = ("asset_classes", "tests", "journal", "operations")  # what was done is told there, whatever became of it


def everything(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that the lists show, but for the bookkeeping of grants and accounts."""
    return {name: desk.first(View(name), 5000) for name in LISTINGS if name not in BESIDE}


def back(office: Office, operation: UUID) -> int:
    return office.desk.do(undo, operation=str(operation)).value


def test_what_a_register_made_and_changed_is_as_it_was(office: Office, tmp_path: Path) -> None:
    first = register(tmp_path, "A1,桌,100,李秀英,后勤处,白", "A2,椅,200,,,黑")
    taken(office, first)
    before = everything(office.desk)
    changed = register(tmp_path, "A1,会议桌,150,新人,新处,红", "A2,,,,,", "A3,柜,300,,,", name="二.csv")
    operation = taken(office, changed, create=True, blank=True)
    assert everything(office.desk) != before
    assert office.desk.count(View("staff")) == len(before["staff"]) + 1, "somebody was made on demand"
    assert back(office, operation) >= 4
    assert everything(office.desk) == before
    assert verify(office.desk.store) == compare(office.desk.store) == []


def test_a_clerk_of_one_compound_is_told_of_the_registers_of_his_own(office: Office, tmp_path: Path) -> None:
    mine = taken(office, register(tmp_path, "A1,桌,100,,,"))
    taken(office, register(tmp_path, "A2,椅,5,,,", name="别处.csv"), compound_id=office.elsewhere)
    units = register(tmp_path, "N1,新处", head="单位编号,单位名称", name="单位.csv")
    taken(office, units, kind="organizations", compound_id=None)
    for n in range(3):
        office.desk.do("buildings.add", compound_id=office.compound, code=f"N{n}", name=f"新{n}")
    assert [t.file for t in office.desk.ask("imports.taken")] == ["单位.csv", "别处.csv", "台账.csv"]
    clerk = replace(office.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.compound))
    assert [(t.file, t.operation, t.undone) for t in clerk.ask("imports.taken")] == [("台账.csv", mine, False)]
    back(office, mine)
    assert [t.undone for t in clerk.ask("imports.taken")] == [True]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_registers_taken_in_are_found_by_an_index(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[str, Any]]()
    listened = office.desk.store.reading

    @sa.event.listens_for(listened, "before_cursor_execute")
    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    office.desk.ask("imports.taken")
    sa.event.remove(listened, "before_cursor_execute", note)
    [(statement, parameters)] = [pair for pair in asked if "FROM rec" in pair[0]]
    with office.desk.store.reading.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
    assert "by_rec_act" in plan and "SCAN rec" not in plan and "TEMP B-TREE" not in plan


def test_the_same_file_comes_in_again_after_it_was_taken_back(office: Office, tmp_path: Path) -> None:
    file = register(tmp_path, "A1,桌,100,,,", ",无号,5,,,")
    back(office, taken(office, file))
    assert office.desk.count(View("assets")) == 0
    report = intake.run(office.desk, file=str(file), kind="assets", compound_id=office.compound)
    assert (report.new, report.unchanged, report.refused) == (2, 0, 0)


@pytest.mark.parametrize("later", ["changed", "referred to", "taken back"])
def test_what_something_happened_to_since_is_not_taken_back_and_nothing_else_either(
    office: Office, tmp_path: Path, later: str
) -> None:
    operation = taken(office, register(tmp_path, "A1,桌,100,,,", "A2,椅,200,新人,,"), create=True)
    rows = {row["number"]: row for row in office.desk.first(View("assets"), 9)}
    acts: dict[str, Callable[[], object]] = {
        "changed": lambda: office.desk.do("assets.revise", asset_id=rows["A2"]["id"], name="凳"),
        "referred to": lambda: office.asset("later", keeper_id=rows["A2"]["keeper_id"]),
        "taken back": lambda: back(office, operation),
    }
    acts[later]()
    before = everything(office.desk)
    with pytest.raises(Conflict):
        back(office, operation)
    assert everything(office.desk) == before


def test_who_may_work_in_one_compound_takes_back_nothing_of_another(office: Office, tmp_path: Path) -> None:
    file = register(tmp_path, "A1,桌,建设路大院", "A2,椅,西湖里宿舍", head="编号,名称,所属大院")
    operation = taken(office, file, compound_id=None)
    clerk = replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),))
    before = everything(office.desk)
    with pytest.raises(UserError):
        clerk.do(undo, operation=str(operation))
    assert everything(office.desk) == before
    assert back(office, operation) == 2


def test_taking_back_many_rows_can_be_stopped_and_leaves_them(office: Office, tmp_path: Path) -> None:
    operation = taken(office, register(tmp_path, *(f"M{n},桌,{n},,," for n in range(1, 1501))))
    calls = list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        calls.append((done, total))
        return done < 1000

    with pytest.raises(Cancelled):
        office.desk.having(tell=tell).do(undo, operation=str(operation))
    assert calls[-1] == (1000, 1500) and office.desk.count(View("assets")) == 1500
    assert back(office, operation) == 1500
    assert office.desk.count(View("assets")) == 0
    assert verify(office.desk.store) == compare(office.desk.store) == []


def test_what_was_taken_in_lately_is_listed_with_its_file(office: Office, tmp_path: Path) -> None:
    one = taken(office, register(tmp_path, "A1,桌,1,,,"))
    two = taken(office, register(tmp_path, "A2,桌,1,,,", name="二.csv"))
    taken(office, tmp_path / "二.csv")  # nothing in it is new: nothing was taken in
    back(office, one)
    listed = office.desk.ask("imports.taken")
    assert [(t.operation, t.file, t.undone) for t in listed] == [(two, "二.csv", False), (one, "台账.csv", True)]
    asset = next(row["id"] for row in office.desk.first(View("assets"), 9))
    assert office.desk.history("asset", asset)[0].reason == "二.csv", "the history of a record names its file"


def kept(office: Office, name: str, columns: dict[str, str], kind: str = "assets") -> None:
    content = written(Profile(kind, columns=columns)).decode()
    office.desk.do("import_profiles.add", name=name, kind=kind, content=content)


def test_a_source_is_known_again_by_its_header(office: Office, tmp_path: Path) -> None:
    head, columns = "甲,乙,丙,丁", {"甲": "number", "乙": "name", "丙": "cost", "丁": ""}
    file = register(tmp_path, "A1,桌,5,x", head=head)
    with pytest.raises(UserError):
        taken(office, file)
    kept(office, "财政局", columns | {"丁": "note"})
    kept(office, "财政局（新）", columns)
    kept(office, "房屋", {"甲": "code", "乙": "name", "丙": "address"}, kind="buildings")
    assert office.desk.count(View("import_profiles", search="财政")) == 2
    report = intake.run(office.desk, file=str(file), kind="assets", compound_id=office.compound)
    assert (report.profile, report.new) == ("财政局（新）", 1)
    row = office.desk.first(View("assets"), 1)[0]
    assert (row["number"], row["cost"], row["extra"]) == ("A1", 500, {"丁": "x"})


def test_a_file_that_shares_only_a_few_columns_is_not_taken_for_that_source(office: Office, tmp_path: Path) -> None:
    kept(office, "三列", {"编号": "number", "名称": "note", "原值": "cost"})
    report = intake.run(
        office.desk, file=str(register(tmp_path, "A1,桌,5,,,")), kind="assets", compound_id=office.compound
    )
    assert (report.profile, report.new) == ("", 1)
    assert office.desk.first(View("assets"), 1)[0]["name"] == "桌"
    named = intake.run(
        office.desk, file=str(register(tmp_path, "A2,桌,5", head="编号,名称,原值")), kind="assets",
        compound_id=office.compound, profile="三列", dry=True,
    )  # fmt: skip
    assert named.refused == 1, "but it can be asked for by its name: then the name is read as a note"


def test_the_shipped_source_is_known_without_being_named(office: Office) -> None:
    gsa = Path(__file__).parents[1] / "data" / "gsa-buildings-2025-06-20.xlsx"
    report = intake.run(office.desk, file=str(gsa), kind="buildings", compound_id=None, dry=True)
    assert report.profile.startswith("GSA") and (report.new, report.refused) == (8645, 0)
    assert report.created[Compound.__tablename__] == 2318


def test_a_profile_that_cannot_be_read_is_not_kept(office: Office) -> None:
    for content in ("no json", '{"kind": "rooms", "columns": {"a": "name"}}', '{"kind": "assets"}'):
        with pytest.raises(UserError):
            office.desk.do("import_profiles.add", name="x", kind="assets", content=content)
