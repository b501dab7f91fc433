"""Any file is read, or refused in one sentence, and nothing of the reading is left behind."""

from __future__ import annotations

import random
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from services.desk.errors import Cancelled, Invalid, Missing
from services.imports.limits import LIMITS, Limits
from services.imports.workbook import read_workbook
from tests.imports import files
from tests.imports.files import inline

MORNING = datetime(2024, 6, 4, 8, 30)  # noqa: DTZ001 — spreadsheets know no time zones
TABLE = [["编号", "名称", "备注"], ["1", "办公桌", "一、二"], ["2", "𠮷野家椅", "=1+1"]]


@pytest.fixture(autouse=True)
def no_process_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No reading process outlives the reading."""
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    yield
    assert all(process.returncode is not None for process in started)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_every_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in TABLE).encode(encoding))
    assert read_workbook(path)[0].rows == TABLE


def test_the_guard_before_what_looks_like_a_formula_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "guarded.csv"
    path.write_text("名称,备注\n'=1+1,'＋8\n'@x,\"' -3\"\n's Gravenhage,it's\n", "utf-8")
    assert read_workbook(path)[0].rows[1:] == [["=1+1", "＋8"], ["@x", " -3"], ["'s Gravenhage", "it's"]]


def test_xls_and_ods_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    assert read_workbook(files.xls(tmp_path / "old.xlsx", [["名称", 12.5], ["办公桌", 3.0]]))[0].rows == [
        ["名称", 12.5],
        ["办公桌", 3.0],
    ]
    assert read_workbook(files.ods(tmp_path / "open.xls", TABLE))[0].rows == TABLE


def test_cells_keep_their_place_and_dates_stay_dates(tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账")
        day, instant = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        sheet.write_datetime(3, 2, date(2024, 6, 4), day)
        sheet.write_datetime(3, 3, MORNING, instant)
        sheet.write(3, 4, "2024-06-04")
        book.add_worksheet("隐藏").hide()
    shown, hidden = read_workbook(path)
    assert (shown.name, shown.top, shown.left) == ("台账", 3, 2)
    assert shown.rows == [[date(2024, 6, 4), MORNING, "2024-06-04"]]
    assert (shown.visible, hidden.visible) == (True, False)


def far_cell(path: Path) -> Path:
    return files.xlsx(path, inline("A1", "a") + inline("XFD1048576", "z"))


def far_cell_that_lies(path: Path) -> Path:
    return files.xlsx(path, inline("A1", "a") + inline("XFD1048576", "z"), '<dimension ref="A1:B2"/>')


def tight(path: Path) -> Path:
    return files.xlsx(path, inline("A1", "A" * 50_000_000))


def huge(path: Path) -> Path:
    return files.xlsx(path, inline("A1", "A" * 100_000_001))


def long_cell(path: Path) -> Path:
    return files.xlsx(path, inline("B7", "A" * 32_768))


def wide(path: Path) -> Path:
    return files.xlsx(path, inline("A1", "a") + inline("GS2", "z"))


def entities(path: Path) -> Path:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return files.xlsx(path, inline("A1", "&e9;"), declaration=f'<!DOCTYPE x [<!ENTITY e0 "lol">{inner}]>')


def truncated(path: Path) -> Path:
    whole = files.xlsx(path, inline("A1", "hello")).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def web_page(path: Path) -> Path:
    path.write_bytes(b"\n<html><table><tr><td>1</td></tr></table></html>")
    return path


def locked(path: Path) -> Path:
    path.write_bytes(files.compound_file("EncryptedPackage", b"x" * 5000))
    return path


def locked_member(path: Path) -> Path:
    data = bytearray(files.xlsx(path, inline("A1", "hello")).read_bytes())
    for place in range(len(data) - 10):
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 8] |= 1
    path.write_bytes(data)
    return path


def noise(path: Path) -> Path:
    path.write_bytes(random.Random(3).randbytes(20_000))
    return path


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (far_cell, "a sheet reaches row 1048576, column 16384; 200000 rows and 200 columns can be read"),
        (wide, "a sheet reaches row 2, column 201; 200000 rows and 200 columns can be read"),
        (far_cell_that_lies, "it is damaged, or made to need more than it may"),
        (tight, "it unpacks to far more than any register needs"),
        (huge, "it is larger than 100 MB when unpacked"),
        (long_cell, "cell B7 holds more than 32767 characters"),
        (entities, "it is damaged or of another kind"),
        (truncated, "it is damaged or of another kind"),
        (noise, "it is damaged or of another kind"),
        (
            web_page,
            "it is a web page under another name; open it in a spreadsheet program and save it as xlsx",
        ),
        (locked, "it is protected by a password; save a copy without one"),
        (locked_member, "it is protected by a password; save a copy without one"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, make: Callable[[Path], Path], sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_workbook(make(tmp_path / "bad.xlsx"))
    assert str(refusal.value) == f"bad.xlsx is not a workbook that can be read: {sentence}"


def test_a_sheet_that_is_only_formatted_far_out_is_read(tmp_path: Path) -> None:
    path = tmp_path / "formatted.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "名称")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert read_workbook(path)[0].rows == [["名称"]]


def test_a_small_part_may_be_packed_tightly(tmp_path: Path) -> None:
    path = files.xlsx(tmp_path / "spaces.xlsx", inline("A1", "名称") + " " * 900_000)
    with zipfile.ZipFile(path) as archive:
        assert max(m.file_size // m.compress_size for m in archive.infolist()) > LIMITS.ratio
    assert read_workbook(path)[0].rows == [["名称"]]


def test_a_reading_that_takes_too_long_ends_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_text("名称\n桌\n", "utf-8")
    begun = time.monotonic()
    with pytest.raises(Invalid, match="it took longer than -1 seconds"):
        read_workbook(path, limits=Limits(wall_seconds=-1))
    assert time.monotonic() - begun < 10


def test_a_person_can_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_text("名称\n桌\n", "utf-8")
    with pytest.raises(Cancelled, match=r"the reading of slow\.csv was stopped"):
        read_workbook(path, tell=lambda done, total: False)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"there is no file gone\.xlsx"):
        read_workbook(tmp_path / "gone.xlsx")


def test_damaged_workbooks_are_read_or_refused_and_never_crash(tmp_path: Path) -> None:
    dice = random.Random(11)
    whole = files.xlsx(tmp_path / "whole.xlsx", inline("A1", "名称") + inline("A2", "办公桌")).read_bytes()
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / "mutant.xlsx"
        path.write_bytes(data)
        try:
            read_workbook(path)
        except Invalid as refusal:
            assert str(refusal).startswith("mutant.xlsx is not a workbook that can be read: ")
