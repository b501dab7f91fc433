"""Bringing a register in, in the real window: look, correct how columns are read, take in, keep what was refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import Qt

import resources
from services.desk.listing import View
from services.imports.profile import load
from tests.ui.test_window import bench, hand, loaded, opened, sample  # noqa: F401 — fixtures
from ui.hand import Hand
from ui.pages.take_in import TakeInPage
from ui.workbench import Workbench

SAMPLE = resources.path("samples", "zichan-taizhang.xlsx")


@pytest.fixture
def page(bench: Workbench, hand: Hand) -> TakeInPage:  # noqa: F811
    listed = loaded(bench, hand, "assets")
    listed.run(next(a for a in listed.acts if a.name == "imports.take_in"))
    made = bench.pages.currentWidget()
    assert isinstance(made, TakeInPage)
    made.use_files([SAMPLE])
    compound = next(r for r in bench.background.desk.first(View("compounds"), 9) if r["code"] == "JSL")
    made.compound.set_value(compound["id"], compound["name"])
    return made


def looked_at(page: TakeInPage, hand: Hand, button: str) -> Any:  # noqa: F811
    hand.click(button, page)
    hand.until(
        lambda: page.source is not None and page.source.report is not None and not page.reading.busy, "the report"
    )
    assert page.source is not None
    return page.source.report


def test_columns_show_what_they_are_read_as_with_samples(page: TakeInPage, hand: Hand) -> None:  # noqa: F811
    report = looked_at(page, hand, "Check")
    assert page.columns.isVisible()
    assert [m.header for m in report.columns] == list(page.columns.boxes)
    chosen = page.columns.chosen()
    assert (chosen["原值(元)"], chosen["供应商"]) == ("cost", "supplier")
    supplier = next(m for m in report.columns if m.header == "供应商")
    assert supplier.samples


def test_a_column_is_read_as_a_person_says_and_a_field_from_one_column_only(
    page: TakeInPage,
    bench: Workbench,  # noqa: F811
    hand: Hand,  # noqa: F811
) -> None:
    looked_at(page, hand, "Check")
    page.columns.boxes["供应商"].set_value("note")
    page.columns.boxes["供应商"].edited.emit()
    assert page.columns.chosen()["备注"] == "", "the field left the column it was read from"
    report = looked_at(page, hand, "Take in")
    assert (report.new, report.refused) == (114, 5)
    supplier = next(m for m in report.columns if m.header == "供应商")
    rows = bench.background.desk.first(View("assets"), 120)
    assert set(supplier.samples) & {row["note"] for row in rows}
    assert not [row for row in rows if "供应商" in (row["extra"] or {})]


def test_how_columns_are_read_is_kept_as_a_profile_and_used_again(
    page: TakeInPage,
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    looked_at(page, hand, "Check")
    page.columns.boxes["供应商"].set_value("brand")
    page.columns.boxes["供应商"].edited.emit()
    page.columns.keep_as(tmp_path / "own.json")
    hand.until((tmp_path / "own.json").exists, "the profile")
    hand.until(lambda: json.loads((tmp_path / "own.json").read_text("utf-8")), "its content")
    assert load(tmp_path / "own.json").columns["供应商"] == "brand"
    page.use_profile(tmp_path / "own.json")
    assert not page.columns.isVisible(), "what was read before counts no more"
    looked_at(page, hand, "Check")
    assert page.columns.chosen()["供应商"] == "brand"


def test_refused_rows_are_saved_with_their_reasons(page: TakeInPage, hand: Hand, tmp_path: Path) -> None:  # noqa: F811
    looked_at(page, hand, "Check")
    place = tmp_path / "refused.xlsx"
    page.result.save_refused(place)
    hand.until(place.exists, "the workbook")
    page.use_files([place])
    report = looked_at(page, hand, "Check")
    assert (report.read, report.refused) == (5, 5)


def test_a_place_that_cannot_be_written_is_said(page: TakeInPage, hand: Hand) -> None:  # noqa: F811
    looked_at(page, hand, "Check")
    page.result.save_refused(Path("/no/such/folder/x.xlsx"))
    hand.until(page.banner.isVisible, "the refusal")
    assert "No such file" in page.banner.sentence.text()


def written(folder: Path, name: str, rows: str, head: str = "编号,名称,原值") -> Path:
    place = folder / name
    place.write_text(f"{head}\n{rows}\n", "utf-8")
    return place


def chosen(page: TakeInPage, hand: Hand, *files: Path) -> None:  # noqa: F811
    page.use_files(list(files))
    hand.until(lambda: page.source and (page.source.seen or page.source.error), "the first rows")


def at(page: TakeInPage, row: int, column: int) -> Any:
    return page.rows.model.index(row, column)


def test_the_first_rows_and_columns_show_before_anything_is_checked(
    page: TakeInPage,
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    many = "\n".join(f"ui-{n},桌{n},{n}" for n in range(1, 400))
    chosen(page, hand, written(tmp_path, "long.csv", many))
    assert page.columns.isVisible() and page.rows.isVisible() and not page.result.isVisible()
    model = page.rows.model
    assert (model.rowCount(), model.columnCount()) == (200, 3)
    assert model.headerData(0, Qt.Orientation.Horizontal).startswith("A  编号\n→ ")
    assert (model.headerData(0, Qt.Orientation.Vertical), model.text(at(page, 0, 1))) == ("2", "桌1")


def test_a_cell_is_corrected_in_place_and_the_row_comes_in(
    page: TakeInPage,
    bench: Workbench,  # noqa: F811
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    chosen(page, hand, written(tmp_path, "wrong.csv", "UI-C1,桌,约四千\nUI-C2,椅,5"))
    model = page.rows.model
    assert "约四千" in model.sentences(at(page, 0, 2))
    assert model.data(at(page, 0, 2), Qt.ItemDataRole.BackgroundRole) is not None
    assert looked_at(page, hand, "Check").refused == 1
    assert [row.row for row in model.rows] == [2], "after the check the rows with remarks stand there"
    page.rows.table.setCurrentIndex(at(page, 0, 2))
    assert page.rows.sentence.text().startswith("wrong!C2: ")
    assert model.setData(at(page, 0, 2), "4000")
    assert page.source and page.source.corrections == {"wrong!C2": "4000"}
    assert model.text(at(page, 0, 2)) == "4000"
    assert looked_at(page, hand, "Check").refused == 0
    assert "Checked only" in str(page.good.sentence._message) or page.good.sentence.text() == "仅检查，没有保存"
    report = looked_at(page, hand, "Take in")
    assert (report.new, report.refused) == (2, 0)
    found = bench.background.desk.first(View("assets", search="UI-C1"), 2)
    assert [row["cost"] for row in found] == [400000]


def test_a_register_is_taken_back_as_a_whole(
    page: TakeInPage,
    bench: Workbench,  # noqa: F811
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    desk = bench.background.desk
    chosen(page, hand, written(tmp_path, "back.csv", "UI-B1,桌,1\nUI-B2,椅,2"))
    before = desk.count(View("assets"))
    looked_at(page, hand, "Take in")
    hand.until(lambda: page.lately.buttons, "what was taken in lately")
    assert page.source and page.source.operation and page.result.undo.isVisible()
    assert desk.count(View("assets")) == before + 2
    page.take_back(page.source.operation)
    hand.until(lambda: not page.reading.busy and page.good.isVisible(), "the taking back")
    assert desk.count(View("assets")) == before
    assert page.good.sentence.text() == "已撤回：2 条记录恢复原状。"
    assert not page.result.isVisible(), "its report tells of nothing that is there"


def test_several_files_come_in_one_after_the_other_and_one_with_a_fault_stops_no_other(
    page: TakeInPage,
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook\x00")
    files = [written(tmp_path, "one.csv", "UI-S1,桌,1"), bad, written(tmp_path, "two.csv", "UI-S2,椅,2")]
    chosen(page, hand, *files)
    hand.click("Take in", page)
    hand.until(lambda: not page.reading.busy, "all files")
    assert [source.state()[0] for source in page.sources] == ["taken in", "cannot be read", "taken in"]
    assert page.source and page.source.file == bad, "the file with the fault is the one that is shown"
    assert page.banner.isVisible() and "bad.xlsx" in page.banner.sentence.text()
    lines = [(button.text(), pill.text(), note.text()) for button, pill, note in page.files._lines]
    assert lines[0] == ("one.csv", "已导入", "1 行：新增 1，变更 0，拒绝 0")
    page.files._lines[2][0].click()
    assert page.source.file == files[2] and page.result.isVisible()


def test_only_the_chosen_fields_of_known_records_change(
    page: TakeInPage,
    bench: Workbench,  # noqa: F811
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    chosen(page, hand, written(tmp_path, "first.csv", "UI-O1,桌,1"))
    looked_at(page, hand, "Take in")
    chosen(page, hand, written(tmp_path, "second.csv", "UI-O1,会议桌,2"))
    page.files.only.choose(("cost",))
    looked_at(page, hand, "Take in")
    found = bench.background.desk.first(View("assets", search="UI-O1"), 2)
    assert [(row["name"], row["cost"]) for row in found] == [("桌", 200)]


def test_a_source_is_known_again_by_its_header(
    page: TakeInPage,
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    head = "编号,名称,原值,来路"
    chosen(page, hand, written(tmp_path, "财政局.csv", "UI-K1,桌,1,红星", head))
    assert page.columns.chosen()["来路"] == ""
    page.columns.boxes["来路"].set_value("brand")
    page.columns.boxes["来路"].edited.emit()
    page.columns.remember()
    asked = page.background.desk.ask
    hand.until(lambda: "财政局" in {p.name for p in asked("imports.profiles", kind="assets")}, "the profile")
    chosen(page, hand, written(tmp_path, "next.csv", "UI-K2,椅,1,甲", head))
    assert page.columns.chosen()["来路"] == "brand"
    looked_at(page, hand, "Check")
    assert "财政局" in page.result.told.toPlainText()


def test_a_sheet_is_chosen_where_a_workbook_has_several(
    page: TakeInPage,
    hand: Hand,  # noqa: F811
    tmp_path: Path,
) -> None:
    place = tmp_path / "months.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        for month in ("1月", "2月"):
            sheet = book.add_worksheet(month)
            for y, row in enumerate((("编号", "名称"), (f"UI-{month}", "桌"))):
                sheet.write_row(y, 0, row)
    chosen(page, hand, place)
    assert page.files.sheets.isVisible() and page.rows.model.rowCount() == 2
    page.files.sheets.choose(("2月",))
    hand.until(lambda: page.rows.model.rowCount() == 1, "the rows of the chosen sheet")
    assert looked_at(page, hand, "Check").sheets == ["2月"]
