"""Bringing a register in, in the real window: look, correct how columns are read, take in, keep what was refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
    assert not page.columns.isVisible()
    report = looked_at(page, hand, "Check")
    assert page.columns.isVisible()
    assert [m.header for m in report.columns] == list(page.columns.boxes)
    chosen = page.columns.chosen()
    assert (chosen["原值(元)"], chosen["供应商"]) == ("cost", "")
    supplier = next(m for m in report.columns if m.header == "供应商")
    assert supplier.samples
    assert page.columns.levels["供应商"].text() != page.columns.levels["原值(元)"].text()


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
