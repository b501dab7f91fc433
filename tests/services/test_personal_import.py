"""Staff registers with personal columns: sealed, recognised again, masked in what is written about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter

from models.base import table
from models.staff import Staff
from services import exports, import_papers, intake
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.trail import check
from services.imports.words import is_personal
from services.intake import Report
from tests.documents.sample import text
from tests.services.people import Office, found
from tests.services.secrets import ADDRESS, NUMBER, OWN, PHONE, asked, erase, held, id_number, reveal

HEAD = ["工号", "姓名", "身份证号", "手机", "住址"]
OTHER = id_number("99000019851120004")
ROWS: list[list[Any]] = [
    ["A1", "周敏", NUMBER, 13800005678, ADDRESS],
    ["A2", "吴超", OTHER, "139 0000 1234", ""],
    ["", "徐勇", "", "13700001111", ""],
]


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return found(asked(desk, tmp_path))


def book(path: Path, rows: list[list[Any]], head: list[str] = HEAD) -> Path:
    made = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = made.add_worksheet()
    for y, row in enumerate([head, *rows]):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    made.close()
    return path


def take(office: Office, file: Path, **options: Any) -> Report:
    values: dict[str, Any] = {"kind": "staff", "compound_id": office.compound} | options
    return intake.run(office.desk, file=str(file), **values)


def counts(report: Report) -> tuple[int, ...]:
    return report.read, report.new, report.unchanged, report.changed, report.refused


def people(office: Office) -> dict[str, dict[str, Any]]:
    return {r["name"]: r for r in office.desk.first(View("staff"), 99)}


def test_a_register_comes_in_sealed_and_again_unchanged(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ROWS)
    assert counts(take(office, file)) == (3, 3, 0, 0, 0)
    rows = people(office)
    assert (rows["周敏"]["phone"], rows["周敏"]["id_number"][-4:]) == ("138****5678", NUMBER[-4:])
    assert reveal(office.desk, rows["周敏"]["id"], "phone") == PHONE
    assert reveal(office.desk, rows["吴超"]["id"], "id_number") == OTHER
    everything = held(office.desk.store)
    assert not [v for v in (PHONE, NUMBER, OTHER, ADDRESS, "13700001111", "0000 1234") if v.encode() in everything]
    assert counts(take(office, file)) == (3, 0, 3, 0, 0)
    assert check(office.desk.store) == []


def test_what_changed_is_told_by_its_mask(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    changed = [["A1", "周敏", NUMBER, "13911112222", ADDRESS], ROWS[1], ["", "徐勇", "", "13700002222", ""]]
    report = take(office, book(tmp_path / "b.xlsx", changed))
    assert counts(report) == (3, 0, 1, 2, 0)  # one without a number is recognised by the rest of its row
    assert [(c.field, c.before, c.after) for c in report.changes] == [
        ("phone", "138****5678", "139****2222"), ("phone", "137****1111", "137****2222"),
    ]  # fmt: skip
    assert reveal(office.desk, people(office)["周敏"]["id"], "phone") == "13911112222"


def test_two_rows_of_one_number_with_other_phones_are_not_one(office: Office, tmp_path: Path) -> None:
    rows = [["A1", "周敏", "", "13911112222", ""], ["A1", "周敏", "", "13911113333", ""]]
    assert counts(take(office, book(tmp_path / "a.xlsx", rows))) == (2, 0, 0, 0, 2)


def test_our_own_export_comes_in_again_without_a_change(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    erase(office.desk, people(office)["吴超"]["id"])
    for out, lang in (("b.xlsx", "zh_CN"), ("c.csv", "en")):
        exports.write(office.desk, View("staff"), tmp_path / out, lang)
        report = take(office, tmp_path / out)
        assert (report.unchanged, report.refused) == (report.read, 0), list(intake.told(report, "en"))
    assert reveal(office.desk, people(office)["周敏"]["id"], "phone") == PHONE


def test_stars_that_are_no_mask_of_what_is_there_stay_out(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    rows = [
        ["A1", "周敏", "", "139****5678", ""],
        ["A9", "新人", "", "138****5678", ""],
        ["A8", "又新", "", "1380", ""],
    ]
    report = take(office, book(tmp_path / "b.xlsx", rows))
    assert counts(report) == (3, 1, 0, 0, 2)
    assert "only a part" in "\n".join(intake.told(report, "en"))


def test_a_number_that_the_spreadsheet_rounded_stays_out(office: Office, tmp_path: Path) -> None:
    report = take(office, book(tmp_path / "a.xlsx", [["A1", "周敏", int(NUMBER), "", ""]]))
    assert counts(report) == (1, 0, 0, 0, 1)
    assert "rounded" in "\n".join(intake.told(report, "en"))


def test_refused_rows_reports_and_remarks_carry_masks(office: Office, tmp_path: Path) -> None:
    wrong, long = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), "建设路" * 50
    rows = [
        ["A1", "周敏", wrong, PHONE, ADDRESS], ["A2", "", NUMBER, "13911112222", ""], ["A3", "吴超", "", "", long],
        ["A4", "李秀", NUMBER, "13911113333", "西湖里宿舍2号楼901室"], ["A4", "李秀", NUMBER, "13911114444", ""],
    ]  # fmt: skip
    report = take(office, book(tmp_path / "a.xlsx", rows))
    assert report.refused == 5 and report.new == 0
    exports.write_refused(report, tmp_path / "r.csv", "zh_CN")
    import_papers.write_report(office.desk, report, tmp_path / "r.pdf", "zh_CN", stored=True)
    said = "\n".join((*intake.told(report, "zh_CN"), (tmp_path / "r.csv").read_text("utf-8-sig")))
    said += text((tmp_path / "r.pdf").read_bytes()) + str(report)
    plain = (wrong, NUMBER, PHONE, ADDRESS, long, "13911112222", "13911113333", "13911114444", "901室")
    assert not [value for value in plain if value in said]
    assert "138****5678" in said
    assert not [value for value in plain if value.encode() in held(office.desk.store)]


def test_the_fingerprint_of_a_row_says_nothing_of_its_personal_columns(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", [["A1", "周敏", NUMBER, PHONE, ADDRESS]]))
    t = table(Staff)
    with office.desk.store.reading.connect() as connection:
        first = connection.scalar(sa.select(t.c.source).where(t.c.number == "A1"))
    take(office, book(tmp_path / "b.xlsx", [["A1", "周敏", OTHER, "13911112222", "别处"]]))
    with office.desk.store.reading.connect() as connection:
        assert connection.scalar(sa.select(t.c.source).where(t.c.number == "A1")) == first


def test_taking_a_register_back_restores_the_values(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    file = book(tmp_path / "b.xlsx", [["A1", "周敏", OTHER, "13911112222", ""]])
    options: dict[str, Any] = {"file": str(file), "kind": "staff", "compound_id": office.compound}
    done = office.desk.do("imports.take_in", **options)
    office.desk.do("journal.undo", operation=done.operation.hex)
    who = people(office)["周敏"]["id"]
    assert (reveal(office.desk, who, "phone"), reveal(office.desk, who, "id_number")) == (PHONE, NUMBER)
    assert check(office.desk.store) == []


def test_a_file_with_personal_data_comes_in_again_unchanged(office: Office, tmp_path: Path) -> None:
    take(office, book(tmp_path / "a.xlsx", ROWS))
    out = tmp_path / "all.xlsx"
    office.desk.do("staff.export_personal", file=str(out), reason="换系统", own_password=OWN)
    report = take(office, out)
    assert (report.unchanged, report.refused) == (report.read, 0), list(intake.told(report, "en"))


@pytest.mark.parametrize("dry", [True, False])
def test_personal_columns_of_other_registers_stay_in_the_file(office: Office, tmp_path: Path, dry: bool) -> None:
    head = ["资产编号", "资产名称", "联系电话", "使用人身份证号码", "地址", "电话机型号", "颜色"]
    rows = [["Z1", "电话机", PHONE, NUMBER, "一号院", "HCD007", "白"], ["Z2", "", PHONE, NUMBER, "", "", ""]]
    file = book(tmp_path / "a.xlsx", rows, head)
    read = {match.header: match.left for match in intake.look(office.desk, file=str(file), kind="assets").columns}
    assert [header for header, left in read.items() if left] == ["联系电话", "使用人身份证号码"], (
        "before it is taken in"
    )
    report = take(office, file, kind="assets", dry=dry)
    for lang, word in (("en", "looks like personal data"), ("zh_CN", "个人信息")):
        assert sum(word in line for line in intake.told(report, lang)) == 2
        said = import_papers.write_report(office.desk, report, tmp_path / "r.pdf", lang, stored=not dry)
        assert said and word.split()[0] in text((tmp_path / "r.pdf").read_bytes())
    exports.write_refused(report, tmp_path / "refused.csv", "en")
    everything = held(office.desk.store) + (tmp_path / "refused.csv").read_bytes() + repr(report).encode()
    assert not [value for value in (PHONE, NUMBER) if value.encode() in everything]
    if not dry:
        row = next(r for r in office.desk.first(View("assets"), 9) if r["number"] == "Z1")
        assert (row["place_text"], row["extra"]) == ("一号院", {"电话机型号": "HCD007", "颜色": "白"})
        again = take(office, file, kind="assets")
        assert counts(again) == (2, 0, 1, 0, 1)


def test_a_second_phone_of_staff_stays_in_the_file_unless_the_person_says_so(office: Office, tmp_path: Path) -> None:
    head, other = [*HEAD, "紧急联系电话", "通讯地址", "籍贯"], "13722223333"
    file = book(tmp_path / "a.xlsx", [["A1", "周敏", NUMBER, PHONE, ADDRESS, other, "南里九号", "浙江"]], head)
    take(office, file)
    assert people(office)["周敏"]["extra"] == {"籍贯": "浙江"}
    everything = held(office.desk.store)
    assert other.encode() not in everything and "南里九号".encode() not in everything
    take(office, file, keep_personal=True)
    assert people(office)["周敏"]["extra"] == {"籍贯": "浙江", "紧急联系电话": other, "通讯地址": "南里九号"}


def test_what_is_said_of_columns_does_not_keep_personal_ones(office: Office, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", [["Z1", "桌", PHONE]], ["编号", "名称", "负责人手机"])
    take(office, file, kind="assets", columns={"编号": "number", "名称": "name", "负责人手机": ""})
    assert PHONE.encode() not in held(office.desk.store)


@pytest.mark.parametrize(
    ("header", "left"),
    [("联系电话", True), ("Emergency phone", True), ("领用人身份证", True), ("身份证号", True), ("家庭住址", True),
     ("地址", False), ("Address", False), ("Microphone", False), ("电话机", False),
     ("证件号码", False), ("话费", False)],
)  # fmt: skip
def test_which_headers_promise_personal_data_of_things(header: str, left: bool) -> None:
    assert is_personal("asset", header) is left
    assert is_personal("staff", header) or not left
