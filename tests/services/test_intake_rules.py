"""Registers against what the office already has: rules of the card, other compounds, other kinds of record."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import python_calamine

import resources
from models.handover import Side
from resources import rest
from services import demo, exports, handovers, intake, references
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.listing import View
from services.desk.trail import compare, verify
from services.intake import Report
from tests.services.people import Office, found
from tests.services.test_intake import book, counts, take

HEAD = ["资产编号", "资产名称", "使用人", "楼栋", "房间", "存放地点", "分类", "数量", "原值（元）"]


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def bring(office: Office, path: Path, *rows: list[Any], head: list[str] = HEAD, **options: Any) -> Report:
    return take(office, book(path / "r.xlsx", list(rows), head), **options)


def card(office: Office, number: str) -> dict[str, Any]:
    return next(row for row in office.desk.first(View("assets"), 100) if row["number"] == number)


def why(report: Report) -> list[str]:
    return [p.reason.format(**p.places) for p in report.problems if p.refuses]


def test_a_register_does_not_move_what_an_issued_note_is_about(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, ["ZC-1", "空调机", "李秀英", "1号楼", "302", "", "", 1, 100])
    asset = card(office, "ZC-1")["id"]
    note = office.desk.do(handovers.draft, [asset], office.taker).value
    office.desk.do(handovers.issue, note)
    report = bring(office, tmp_path, ["ZC-1", "柜式空调", "赵磊", "1号楼", "302", "", "", 1, 100])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert office.desk.ask(handovers.facts, note).number in why(report)[0]
    assert (card(office, "ZC-1")["keeper"], card(office, "ZC-1")["name"]) == ("李秀英", "空调机")
    assert compare(office.desk.store) == []


def test_a_register_does_not_take_back_what_both_sides_have_signed(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, ["ZC-1", "空调机", "李秀英", "1号楼", "302", "", "", 1, 100])
    note = office.desk.do(handovers.draft, [card(office, "ZC-1")["id"]], office.taker).value
    office.desk.do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)
    report = bring(office, tmp_path, ["ZC-1", "柜式空调", "李秀英", "1号楼", "302", "", "", 1, 100])
    assert counts(report) == (1, 0, 0, 1, 0)
    assert (card(office, "ZC-1")["keeper"], card(office, "ZC-1")["name"]) == ("王建国", "柜式空调")
    assert report.problems[0].places == {"number": office.desk.ask(handovers.facts, note).number}


def test_an_export_with_words_beside_a_field_comes_in_unchanged(office: Office, tmp_path: Path) -> None:
    row = ["ZC-1", "空调机", "", "", "", "", "", "若干", 100]
    bring(office, tmp_path, row)
    exports.write(office.desk, View("assets"), tmp_path / "a.xlsx", "zh_CN")
    assert counts(take(office, tmp_path / "a.xlsx")) == (1, 0, 1, 0, 0)
    assert counts(bring(office, tmp_path, row)) == (1, 0, 1, 0, 0)


def test_a_changed_row_leaves_no_card_that_says_two_things(office: Office, tmp_path: Path) -> None:
    office.add("buildings", compound_id=office.compound, code="B2", name="2号楼")
    bring(office, tmp_path, ["ZC-1", "空调机", "李秀英", "1号楼", "302", "", "微机类", 1, 100])
    bring(office, tmp_path, ["ZC-1", "空调机", "外聘小陈", "2号楼", "299", "", "A02010105", 1, 100])
    row = card(office, "ZC-1")
    assert (row["keeper"], row["keeper_text"]) == (None, "外聘小陈")
    assert (row["building"], row["room"], row["place_text"]) == ("2号楼", None, "299")
    assert (row["class_code"], row["class_text"]) == ("A02010105", None)
    bring(office, tmp_path, ["ZC-1", "空调机", "王建国", "1号楼", "302", "", "", 1, 100])
    row = card(office, "ZC-1")
    assert (row["keeper"], row["keeper_text"]) == ("王建国", None)
    assert (row["building"], row["room"], row["place_text"]) == ("1号楼", "302", None)


def test_rows_without_numbers_belong_to_their_compound(office: Office, tmp_path: Path) -> None:
    same = [["", "办公椅", "", "", "", "", "", 2, 800]] * 2
    assert counts(bring(office, tmp_path, *same)) == (2, 2, 0, 0, 0)
    assert counts(bring(office, tmp_path, *same, compound_id=office.elsewhere)) == (2, 2, 0, 0, 0)
    assert counts(bring(office, tmp_path, *same, compound_id=office.elsewhere)) == (2, 0, 2, 0, 0)


def test_what_may_not_be_stored_is_kept_as_written_and_said(office: Office, tmp_path: Path) -> None:
    report = bring(office, tmp_path, ["ZC-1", "空调机", "", "", "", "", "", -3, -300])
    assert counts(report) == (1, 1, 0, 0, 0)
    row = card(office, "ZC-1")
    assert (row["quantity"], row["cost"]) == (1, None)
    assert row["extra"] == {"数量": "-3", "原值（元）": "-30000"}
    assert {p.letter for p in report.problems} == {"H", "I"}


def test_one_row_never_stops_the_others(office: Office, tmp_path: Path) -> None:
    head = ["楼栋编号", "楼栋名称", "所属大院"]
    rows = [["B7", "7号楼", "JSL"], ["B8", "8号楼", ""], ["B7", "另一栋", "建设路大院"], ["B9", "9号楼", "没有的院"]]
    report = bring(office, tmp_path, *rows, head=head, kind="buildings", compound_id=None)
    assert counts(report) == (4, 1, 0, 0, 3)
    assert why(report) == [
        "it names no compound", "there is no compound 没有的院", "the number B7 is used in row 3 for something else"
    ]  # fmt: skip


def test_a_compound_renamed_here_is_known_by_its_code(office: Office) -> None:
    profile = str(resources.path("profiles", "gsa.json"))
    file = Path(__file__).parents[1] / "data" / "gsa-buildings-2025-06-20.xlsx"
    take(office, file, kind="buildings", compound_id=None, profile=profile)
    made = next(r for r in office.desk.first(View("compounds"), 5000) if r["name"] == "GAINESVILLE, GA")
    office.desk.do("compounds.revise", compound_id=made["id"], name="Gainesville")
    again = take(office, file, kind="buildings", compound_id=None, profile=profile)
    assert counts(again) == (8645, 0, 8645, 0, 0)


def test_refused_rows_come_in_again_after_correction(office: Office, tmp_path: Path) -> None:
    head = ["资产编号", "资产名称", "取得日期"]
    report = bring(office, tmp_path, ["ZC-1", "空调机", "去年"], ["ZC-2", "书柜", "2020-01-02"], head=head)
    exports.write_refused(report, tmp_path / "out.xlsx", "zh_CN")
    lines = python_calamine.load_workbook(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert lines[0] == [*head, "拒绝原因"]
    assert lines[1][:3] == ["ZC-1", "空调机", "去年"]
    assert "去年" in str(lines[1][3])
    corrected = ["ZC-1", "空调机", "2019-05-01", lines[1][3]]
    assert counts(bring(office, tmp_path, corrected, head=[*head, "拒绝原因"])) == (1, 1, 0, 0, 0)
    assert "拒绝原因" not in (card(office, "ZC-1")["extra"] or {})


def test_a_long_value_is_shortened_in_the_sentences_and_whole_in_the_workbook(office: Office, tmp_path: Path) -> None:
    head, long = ["资产编号", "资产名称", "取得日期", "规格型号"], "很" * 61
    report = bring(office, tmp_path, ["ZC-1", "空调机", long, ""], ["ZC-2", "柜", "", "长" * 161], head=head)
    refused, kept = list(intake.remarks(report, "zh_CN"))[:2]
    assert f"“{'很' * 59}…”" in refused
    assert f"“{'长' * 59}…”" in kept
    exports.write_refused(report, tmp_path / "out.csv", "zh_CN")
    assert (tmp_path / "out.csv").read_text("utf-8-sig").count(long) == 2
    bring(office, tmp_path, ["ZC-3", "灯", "", "甲" * 70], head=head)
    again = bring(office, tmp_path, ["ZC-3", "灯", "", "乙" * 60], head=head)
    assert f"{'甲' * 59}… → {'乙' * 60}" in "\n".join(intake.remarks(again, "zh_CN"))


def test_only_the_chosen_fields_change_and_empty_cells_empty_when_told(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, ["ZC-1", "空调机", "李秀英", "", "", "走廊", "", 1, 100])
    changed = ["ZC-1", "柜式空调", "李秀英", "", "", "", "", 2, 200]
    report = bring(office, tmp_path, changed, only=("cost",))
    assert [(c.field, c.before, c.after) for c in report.changes] == [("cost", "100.00", "200.00")]
    bring(office, tmp_path, ["ZC-1", "柜式空调", "", "", "", "", "", 2, ""], blank=True)
    row = card(office, "ZC-1")
    assert (row["name"], row["keeper"], row["cost"]) == ("柜式空调", None, None)


def test_rooms_people_and_units_come_in_and_are_made_when_allowed(office: Office, tmp_path: Path) -> None:
    units = bring(office, tmp_path, ["ZF", "政府办", ""], ["ZFM", "秘书科", "政府办"],
                  head=["单位代码", "单位名称", "上级单位"], kind="organizations", compound_id=None)  # fmt: skip
    assert counts(units) == (2, 2, 0, 0, 0)
    rooms = [["1号楼", "401", "办公用房"], ["12号楼", "101", "办公用房"]]
    head = ["楼栋", "房间号", "用途"]
    refused = bring(office, tmp_path, *rooms, head=head, kind="rooms", dry=True)
    assert counts(refused) == (2, 1, 0, 0, 1)
    assert "did you mean 1号楼?" in why(refused)[0]
    made = bring(office, tmp_path, *rooms, head=head, kind="rooms", create=True)
    assert counts(made) == (2, 2, 0, 0, 0)
    assert made.created == {"building": 1}
    people = [["A1", "陈静", "秘书科"], ["A2", "林涛", "信访局"]]
    staff = bring(office, tmp_path, *people, head=["人员编号", "姓名", "所属单位"], kind="staff", create=True)
    assert staff.created == {"organization": 1}
    assert verify(office.desk.store) == compare(office.desk.store) == []


@pytest.mark.parametrize(("lang", "ending"), [("zh_CN", "xlsx"), ("en", "csv")])
def test_every_export_of_the_sample_office_comes_in_again_unchanged(
    tmp_path: Path, lang: str, ending: str, sample: Desk
) -> None:
    for kind in intake.registers():
        out = tmp_path / f"{kind}.{ending}"
        count = exports.write(sample, View(kind), out, lang)
        again = intake.run(sample, file=str(out), kind=kind, compound_id=None)
        assert counts(again) == (count, 0, count, 0, 0), kind


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from services.desk import keys

    opened = demo.make(tmp_path_factory.mktemp("sample"), account="a", password="sample office", cost=keys.FLOOR)
    yield opened.desk
    opened.close()


def test_what_was_probably_meant_is_looked_for_once_a_name_and_not_without_end(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()

    def nearest(text: str, *_: Any) -> list[str]:
        looked.append(text)
        return ["后勤处"]

    monkeypatch.setattr(references, "get_close_matches", nearest)
    monkeypatch.setattr(references, "COMPARISONS", 5)  # two units, by name and code: enough for two names
    rows = [["N1", "甲", "后勤出"], ["N2", "乙", "后勤出"], ["N3", "丙", "财物处"], ["N4", "丁", "人事出"]]
    report = bring(office, tmp_path, *rows, head=["工号", "姓名", "部门"], kind="staff")
    assert looked == ["后勤出", "财物处"]
    assert [p.places.get("near") for p in report.problems] == ["后勤处", "后勤处", "后勤处", None]


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collector(request: pytest.FixtureRequest) -> Iterator[bool]:
    """The collector at work, or off as the window has it, which collects by itself."""
    before = gc.isenabled()
    gc.enable() if request.param else gc.disable()
    yield request.param
    gc.enable() if before else gc.disable()


def test_the_collector_is_as_it_was_whatever_became_of_a_register(
    office: Office, tmp_path: Path, collector: bool
) -> None:
    bring(office, tmp_path, ["ZC-1", "空调机", "", "", "", "", "", 1, 100])
    assert (gc.isenabled(), rest.asked()) == (collector, False)
    with pytest.raises(Invalid):
        take(office, tmp_path / "r.xlsx", compound_id=None)
    assert (gc.isenabled(), rest.asked()) == (collector, False)
