"""Lists as files: whole or not at all, nothing that runs, and the same again when they are taken in."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services import exports
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from services.desk.listing import View
from services.imports.separated import guard, read, unguard
from services.sheets import sheet
from tests.services.people import Office, found
from tests.services.test_intake import counts, take

STARTS = [lead + sign for sign in "=+-@＝＋－＠" for lead in ("", " ", "\u3000", "'", "''", "' ", " '")]


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def cells(path: Path) -> dict[str, str]:
    head, row = lines(path)
    return dict(zip(head, row, strict=True))


def test_a_csv_is_what_other_programs_expect(office: Office, tmp_path: Path) -> None:
    office.asset(number="FX-1", cost=1268050, acquired_on=date(2024, 6, 4), room_id=office.room)
    out = tmp_path / "assets.CSV"
    assert exports.write(office.desk, View("assets"), out, "en") == 1
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 2
    said = cells(out)
    told = [said[name] for name in ("Number", "Original value", "Acquired on", "Status", "Room", "Keeper", "Net value")]
    assert told == ["FX-1", "12680.50", "2024-06-04", "In use", "302", "李秀英", ""]


def test_a_number_is_no_formula(tmp_path: Path) -> None:
    with sheet(tmp_path / "a.csv", "", ["sum", "day", "text"]) as put:
        put([Decimal("-0.50"), date(2024, 6, 4), "-0.50"])
    assert lines(tmp_path / "a.csv")[1] == ["-0.50", "2024-06-04", "'-0.50"]


def test_no_text_of_a_csv_runs_as_a_formula_and_all_of_it_comes_back(office: Office, tmp_path: Path) -> None:
    said = ["=1+1", "+86", "-5", "@SUM(A1)", "＝1", "'=1", "''@x", "'quoted'", "two\n=lines", 'a "word", and']
    for at, text in enumerate(said):
        line = text.replace("\n", " ")
        office.asset(line, number=f"FX-{at}", note=text, extra={"=色": line})
    out = tmp_path / "assets.csv"
    exports.write(office.desk, View("assets"), out, "zh_CN")
    for row in lines(out):
        assert not [cell for cell in row if cell.lstrip()[:1] in set("=+-@＝＋－＠")]
    assert counts(take(office, out, compound_id=None)) == (len(said), 0, len(said), 0, 0)


@given(st.text() | st.builds(str.__add__, st.sampled_from(STARTS), st.text()))
@example("'=1")
@example("\t1")
@example("'\r")
def test_a_guarded_text_is_harmless_and_comes_back_as_it_was(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert guard(text)[:1] not in ("\t", "\r", "\n")


@given(st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])), min_size=2, max_size=4))
def test_what_is_written_with_commas_is_read_again(tmp_path_factory: Any, row: list[str]) -> None:
    out = tmp_path_factory.getbasetemp() / "row.csv"
    with sheet(out, "", ["a"] * len(row)) as put:
        put(row)
    assert read(out.read_bytes(), 32_767)[1] == row


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_that_is_stopped_leaves_what_was_there(office: Office, tmp_path: Path, ending: str) -> None:
    office.asset()
    out = tmp_path / f"a.{ending}"
    out.write_text("the one before")
    with pytest.raises(Cancelled):
        exports.write(office.desk.having(tell=lambda done, total: False), View("assets"), out, "en")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("a.")] == [out.name]
    assert out.read_text() == "the one before"


def test_a_list_is_written_as_its_name_says_or_not_at_all(office: Office, tmp_path: Path) -> None:
    for name in ("a.ods", "a"):
        with pytest.raises(Invalid, match="must end in"):
            exports.write(office.desk, View("assets"), tmp_path / name, "en")
        assert not (tmp_path / name).exists()


def test_refused_rows_written_with_commas_come_in_again(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("资产编号,资产名称,取得日期\nZC-1,'=空调,去年\nZC-2,书柜,2020-01-02\n", "utf-8")
    report = take(office, file)
    assert counts(report) == (2, 1, 0, 0, 1)
    exports.write_refused(report, tmp_path / "out.csv", "zh_CN")
    head, row = lines(tmp_path / "out.csv")
    assert (head[:3], row[:3]) == (["资产编号", "资产名称", "取得日期"], ["ZC-1", "'=空调", "去年"])
    row[2] = "2019-05-01"
    with (tmp_path / "out.csv").open("w", encoding="utf-8", newline="") as again:
        csv.writer(again).writerows([head, row])
    assert counts(take(office, tmp_path / "out.csv")) == (1, 1, 0, 0, 0)
