"""Files made to do harm: each is refused in one sentence, or read as far as it is harmless, and the next is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from models.asset import Asset
from models.building import Building
from resources.words import tr
from services import intake
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid, Missing, UserError
from services.desk.schema import describe
from services.imports import separated
from services.imports.child import answer
from services.imports.limits import LIMITS
from services.imports.register import read_register
from services.imports.workbook import read_workbook
from tests.contents import contents
from tests.imports import bombs, files

Make = Callable[[Path], Path]
DAMAGED, DIED = "it is damaged or of another kind", "it is damaged, or made to need more than it may"
LOCKED = "it is protected by a password; save a copy without one"
TABLE = [["资产编号", "资产名称"], ["ZC-1", "空调机"], ["ZC-2", "办公桌"]]

REFUSED: list[tuple[Make, str]] = [
    (bombs.many_large_parts, "it is larger than 200 MB when unpacked"),
    (bombs.lying_size, DAMAGED),
    (bombs.one_string_in_every_cell, DIED),
    (bombs.more_text_than_any_register, "it has more than 100000000 characters of text"),
    (bombs.sheet_is_a_directory, DAMAGED),
    (bombs.sheet_is_missing, DAMAGED),
    (bombs.unknown_packing, DIED),
    (bombs.wrong_checksum, DAMAGED),
    (bombs.second_workbook_of_one_name, DAMAGED),
    (bombs.word_document, DAMAGED),
    (bombs.program, DAMAGED),
    (bombs.ods_repeated_columns, "a sheet reaches row 1, column 16384; 200000 rows and 200 columns can be read"),
    (bombs.ods_repeated_rows, "a sheet reaches row 1048576, column 1; 200000 rows and 200 columns can be read"),
    (bombs.ods_repeated_both, DAMAGED),
    (bombs.ods_negative_repeat, DAMAGED),
    (bombs.ods_laughs, DAMAGED),
    (bombs.ods_cut_short, DAMAGED),
    (bombs.xls_record_longer_than_the_file, DAMAGED),
    (bombs.xls_far_cell, DIED),
    (bombs.xls_cut_between_sectors, DAMAGED),
    (bombs.xls_cut_within_a_sector, DIED),
    (bombs.xls_directory_in_a_ring, DIED),
    (bombs.xls_no_workbook, DAMAGED),
    (bombs.xls_protected, LOCKED),
    (bombs.csv_line_of_200_mb, "it is larger than 104 MB"),
    (bombs.csv_line_of_90_mb, DAMAGED),
    (bombs.csv_90_million_lines, DIED),
    (bombs.csv_million_columns, "a sheet reaches row 1, column 1000002; 200000 rows and 200 columns can be read"),
    (bombs.csv_quote_never_closed, DAMAGED),
    (bombs.csv_quotes_only, DAMAGED),
    (bombs.csv_with_nul, DAMAGED),
    (bombs.csv_half_a_mark, DAMAGED),
    (bombs.csv_lone_surrogates, DAMAGED),
]
HARMLESS: list[Make] = [
    bombs.zip_in_zip,
    bombs.four_million_strings,
    bombs.million_merged,
    bombs.merged_everything,
    bombs.endless_attributes,
    bombs.names_that_lead_outside,
    bombs.xls_text_longer_than_its_record,
    bombs.xls_sectors_in_a_ring,
]


def good_file_is_read(folder: Path) -> bool:
    path = folder / "good.csv"
    path.write_text("\n".join(",".join(row) for row in TABLE), "utf-8")
    return read_workbook(path)[0].rows == TABLE


def named(make: Make | tuple[Make, str]) -> str:
    return (make[0] if isinstance(make, tuple) else make).__name__


@pytest.mark.parametrize("bad", REFUSED, ids=named)
def test_a_file_that_does_harm_is_refused_and_the_next_is_read(tmp_path: Path, bad: tuple[Make, str]) -> None:
    make, sentence = bad
    with pytest.raises(Invalid) as refusal:
        read_workbook(make(tmp_path / "bad.xlsx"))
    assert str(refusal.value) == f"bad.xlsx is not a workbook that can be read: {sentence}"
    assert "bad.xlsx 不能作为工作簿读取：" in tr("zh_CN", refusal.value.message, **refusal.value.values)
    assert good_file_is_read(tmp_path)


@pytest.mark.parametrize("make", HARMLESS, ids=named)
def test_what_only_looks_like_harm_is_read(tmp_path: Path, make: Make) -> None:
    assert len(read_workbook(make(tmp_path / "odd.xlsx"))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["odd.xlsx"]
    assert good_file_is_read(tmp_path)


@pytest.mark.parametrize("make", [bombs.nothing, bombs.pdf], ids=named)
def test_a_file_without_a_register_says_so(tmp_path: Path, make: Make) -> None:
    with pytest.raises(Invalid, match=r"no sheet of bad\.xlsx looks like a register"):
        read_register(make(tmp_path / "bad.xlsx"), "buildings", describe(Building))


def test_a_web_page_of_another_kind_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="save it as xlsx"):
        read_workbook(bombs.xml_page(tmp_path / "page.xls"))


@pytest.mark.parametrize("name", ["folder", "pipe", "x" * 5000, "a\0b", "good.csv/inside", "loop"])
def test_what_is_no_file_is_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    assert good_file_is_read(tmp_path)
    with pytest.raises(Missing, match="there is no file"):
        read_workbook(tmp_path / name)


def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = files.xls(tmp_path / "theirs.xls", [["名称"]])
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert answer(path, LIMITS).refusal == "{file} cannot be opened: you may not read it, or another program holds it"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_one_may_not_look_into_is_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0)
    with pytest.raises(Missing):
        read_workbook(folder / "register.xlsx")


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_csv_whose_name_came_from_an_old_archive_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + "/台账.csv".encode("gb18030")))
    path.write_text("资产编号,资产名称\nZC-1,空调机\n", "utf-8")
    assert len(read_register(path, "assets", describe(Asset)).rows) == 1


@pytest.mark.parametrize("line", ['"a;""b",c,' + "x" * 20_000 + "," + "y" * 20_000, "1,2,3" + ",z" * 150 * 200])
def test_a_long_line_is_no_reason_to_refuse_a_csv(line: str) -> None:
    data = f"{line}\n1,2,3\n1,2,3\n".encode()
    assert separated.separator(data.decode()) == ","
    assert separated.read(data, LIMITS.cell_characters)[1] == ["1", "2", "3"]


def test_a_header_shorter_than_its_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("资产编号,资产名称\nZC-1,空调机,靠窗\n", "utf-8")
    assert read_register(path, "assets", describe(Asset)).rows[0].extra == {"C": "靠窗"}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "make",
    [bombs.many_large_parts, bombs.ods_repeated_both, bombs.xls_far_cell, bombs.csv_quotes_only, bombs.nothing],
    ids=named,
)
def test_an_office_is_as_it_was_after_a_harmful_file(desk: Desk, tmp_path: Path, make: Make) -> None:
    compound = desk.do("compounds.add", code="JSL", name="建设路大院").value
    before = contents(desk.store)
    with pytest.raises(UserError):
        intake.run(desk, file=str(make(tmp_path / "bad.xlsx")), kind="assets", compound_id=compound)
    assert contents(desk.store) == before
    good_file_is_read(tmp_path)
    report = intake.run(desk, file=str(tmp_path / "good.csv"), kind="assets", compound_id=compound)
    assert (report.new, report.refused) == (2, 0)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_stopping_while_a_harmful_file_is_read_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    compound = desk.do("compounds.add", code="JSL", name="建设路大院").value
    before, bad = contents(desk.store), bombs.csv_90_million_lines(tmp_path / "bad.csv")
    with pytest.raises(Cancelled):
        stopping = desk.having(tell=lambda done, total: False)
        intake.run(stopping, file=str(bad), kind="assets", compound_id=compound)
    assert contents(desk.store) == before
