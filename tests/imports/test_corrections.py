"""What somebody writes over a cell is read instead of it, and is never lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.desk.errors import Invalid
from services.imports.profile import Profile
from services.imports.register import Choice, read_register
from tests.imports.fields import ASSET
from tests.imports.paper import Page, read, save

HEAD = ["资产编号", "资产名称", "原值"]
MONTHS = {
    "一月": Page([HEAD, ["A1", "桌", "约四千"], ["合计", "", 1]]),
    "二月": Page([HEAD, ["A2", "", 7]]),
    "附注": Page([["说明"], ["手工台账"]]),
}


def test_a_cell_of_one_of_several_sheets_is_named_with_its_sheet(tmp_path: Path) -> None:
    register = read(tmp_path / "a.xlsx", MONTHS, corrections={"一月!C2": "4000", "二月!B2": "椅"})
    assert [(r.refused, r.values["name"], r.values["cost"]) for r in register.rows] == [
        (False, "桌", 400_000), (False, "椅", 700),
    ]  # fmt: skip


def test_it_may_be_named_so_where_the_sheet_is_read_alone_too(tmp_path: Path) -> None:
    said = {"一月!C2": "4000", "二月!B2": "椅"}
    register = read(tmp_path / "a.xlsx", MONTHS, corrections=said, sheets=["二月"])
    assert [(row.values["name"], row.corrected) for row in register.rows] == [("椅", True)]


@pytest.mark.parametrize("cell", ["C", "c2", "C0", "C2", "一月!C9", "一月!C3", "一月!Z2", "三月!C2", "一月!!C2"])
def test_a_cell_that_no_record_has_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(Invalid, match="There is no cell"):
        read(tmp_path / "a.xlsx", MONTHS, corrections={cell: "1"})


def test_the_first_rows_are_shown_whatever_was_corrected_below_them(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", {"S": Page([HEAD, *[[f"A{n}", "桌", n] for n in range(900)]])})
    path.write_text(path.read_text("utf-8") + "\n" * 10, "utf-8")
    short = read_register(path, "assets", ASSET, Choice(corrections={"B2": "椅", "B890": "柜"}), short=True)
    assert short.rows[0].values["name"] == "椅"


def test_of_two_equal_rows_one_that_was_corrected_is_no_repetition(tmp_path: Path) -> None:
    page = Page([HEAD, ["A1", "桌", 5], ["A1", "桌", 5]])
    assert [row.same_as for row in read(tmp_path / "a.xlsx", page).rows] == [None, ("", 2)]
    register = read(tmp_path / "a.xlsx", page, corrections={"B3": "椅"})
    assert [row.refused for row in register.rows] == [True, True]
    register = read(tmp_path / "a.xlsx", page, corrections={"A3": "A2"})
    assert [(row.number, row.refused, row.same_as) for row in register.rows] == [
        ("A1", False, None), ("A2", False, None),
    ]  # fmt: skip


def test_a_number_put_together_of_cells_is_put_together_of_the_corrected_ones(tmp_path: Path) -> None:
    page = Page([["楼", "件", "资产名称"], ["1", "7", "桌"]])
    own = Profile("assets", columns={"资产名称": "name", "楼": "", "件": ""}, number=["楼", "件"])
    register = read(tmp_path / "a.xlsx", page, profile=own, corrections={"B2": "8"})
    assert register.rows[0].values["number"] == "1-8"
