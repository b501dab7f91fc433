"""The office keeps how a source writes its registers: the next file of that source is known by its header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter

from services import intake
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.test_intake import DATA, book, rows, take

HEAD = ["Ident", "Ding", "Wert", "Farbe"]
COLUMNS = {"Ident": "number", "Ding": "name", "Wert": "cost", "Farbe": "brand"}
BODY: list[list[Any]] = [["K1", "Tisch", 5, "rot"], ["K2", "Stuhl", 7, "blau"]]


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def keep(office: Office, name: str, columns: dict[str, str], kind: str = "assets", **more: Any) -> None:
    """The office keeps a profile."""
    content = msgspec.json.encode({"kind": kind, "columns": columns, **more}).decode()
    office.desk.do("import_profiles.add", name=name, kind=kind, content=content)


def told(report: intake.Report) -> str:
    return " | ".join(intake.remarks(report, "en"))


def test_the_next_file_of_a_source_is_known_by_its_header(office: Office, tmp_path: Path) -> None:
    keep(office, "Hausverwaltung", COLUMNS, units={"cost": "千元"})
    report = take(office, book(tmp_path / "a.xlsx", BODY, HEAD))
    assert (report.new, report.profile) == (2, "Hausverwaltung")
    assert "mapping profile “Hausverwaltung”" in told(report)
    assert [(r["number"], r["cost"], r["brand"]) for r in rows(office).values()] == [
        ("K1", 500_000, "rot"), ("K2", 700_000, "blau"),
    ]  # fmt: skip
    register = intake.look(office.desk, file=str(tmp_path / "a.xlsx"), kind="assets")
    assert register.profile == "Hausverwaltung"


def test_a_header_of_two_lines_is_known_too(office: Office, tmp_path: Path) -> None:
    keep(office, "FM", {"Ident": "number", "Ding": "name", "Geld › Wert": "cost", "Geld › Rest": "net_value"})
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for span in ("A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_range(span, "")
        lines: list[list[Any]] = [["Liste"], ["Ident", "Ding", "Geld", ""], ["", "", "Wert", "Rest"]]
        lines.append(["K1", "Tisch", 5, 4])
        for y, row in enumerate(lines):
            sheet.write_row(y, 0, [cell or None for cell in row])
    report = take(office, path)
    assert (report.new, report.profile, rows(office)["Tisch"]["net_value"]) == (1, "FM", 400)


def test_a_file_that_shares_a_few_columns_is_another_source(office: Office, tmp_path: Path) -> None:
    keep(office, "Haus", {"资产编号": "number", "资产名称": "name", "原值": "net_value"})
    wide = ["资产编号", "资产名称", "原值", "使用人", "颜色", "楼栋", "房间", "备注"]
    report = take(office, book(tmp_path / "a.xlsx", [["A1", "桌", 5]], wide))
    assert (report.profile, rows(office)["桌"]["cost"]) == ("", 500)
    narrow = take(office, book(tmp_path / "b.xlsx", [["A2", "椅"]], ["资产编号", "资产名称"]))
    assert (narrow.profile, narrow.new) == ("", 1)


def test_of_two_the_newest_is_used_and_one_of_another_kind_never(office: Office, tmp_path: Path) -> None:
    keep(office, "old", COLUMNS)
    keep(office, "new", COLUMNS | {"Farbe": "model"})
    keep(office, "people", {"Ident": "number", "Ding": "name", "Wert": "unit"}, kind="staff")
    report = take(office, book(tmp_path / "a.xlsx", BODY, HEAD))
    assert (report.profile, rows(office)["Tisch"]["model"], rows(office)["Tisch"]["brand"]) == ("new", "rot", None)
    newest = next(r for r in office.desk.first(View("import_profiles"), 9) if r["name"] == "new")
    office.desk.do("import_profiles.remove", import_profile_id=newest["id"])
    assert take(office, book(tmp_path / "b.xlsx", [["K3", "Bank", 1, "x"]], HEAD)).profile == "old"


def test_the_shipped_profile_is_known_without_being_named(office: Office) -> None:
    report = take(office, DATA / "gsa-buildings-2025-06-20.xlsx", kind="buildings", compound_id=None, dry=True)
    assert (report.new, report.refused) == (8645, 0)
    assert "General Services Administration" in report.profile or "GSA" in report.profile
