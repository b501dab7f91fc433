"""The papers of a stocktake as people read them: what may be printed when, and what each of them says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.commands import line
from services.commands.prints import print_paper
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Missing, WrongUse
from services.desk.trail import papers
from services.documents.stocktake_form import Form, Section, render
from services.documents.table import Column
from services.papers import Standing
from services.verdicts import judge
from tests.documents.sample import pages, text
from tests.services.counting import CARDS, TODAY, Count, counting
from tests.services.test_stocktake_settled import approved, count, explained

__all__ = ["count"]  # a counted stocktake, on each engine
FORM = Form("stocktake_loss_list", "List of losses", "zh_CN", "某某局", "PD-JGSW-2026-00001-1", 1,
            datetime(2026, 11, 30, tzinfo=UTC), (("单位", "某某局"),), posts=("盘点人", "监盘人"))  # fmt: skip


def told(count: Count, stage: str, **how: Any) -> str:
    """The text of a paper without spaces: cells follow each other."""
    return text(count.ask("paper", stage=stage, **how)).replace(" ", "")


def test_a_paper_nobody_wants_any_more_is_not_drawn_to_its_end(count: Count) -> None:
    asked = list[int]()

    def tell(_done: int, _total: int) -> bool:
        asked.append(1)
        return len(asked) < stop

    for stop in (1, 2):  # while the lines are read, while pages are drawn
        asked.clear()
        with pytest.raises(Cancelled):
            count.desk.having(tell=tell).ask("stocktakes.paper", stocktake_id=count.id, stage="sheet")
        assert len(asked) == stop


def test_the_sheet_to_count_on_tells_nothing_a_label_would(desk: Desk) -> None:
    made = counting(desk)
    add = made.office.asset
    for number, name in (("JGSW-TY-2019-000017", "投影仪"), ("JGSW-TY-2019-000018", "幕布")):
        add(name, number=number, serial=f"SN{number}", room_id=made.rooms["301"], model="甲乙丙型")
    made.begin()
    for lang in ("zh_CN", "en"):
        said = told(made, "sheet", lang=lang)
        assert all(card[1] in said for card in CARDS) and "甲乙丙型" in said
        assert said.count("JGSW-TY-2019-000") == 2
        assert not any(hidden in said for hidden in ("000017", "000018", "ZC-", "SN-", "SNJGSW"))
        assert said.index("投影仪") > said.index("幕布") > said.index("301") > said.index("302")


def test_the_sheet_of_a_team_and_of_a_room_has_its_rooms_with_the_same_positions(desk: Desk) -> None:
    made = counting(desk).begin()
    with pytest.raises(Missing, match="nothing to count here"):
        told(made, "sheet", team_id=made.teams["甲"])
    rooms = {room.room: room.stocktake_room_id for room in made.progress().rooms}
    made.do("assign", stocktake_id=made.id, stocktake_room_ids=[rooms["301"]], team_id=made.teams["甲"])
    said = told(made, "sheet", team_id=made.teams["甲"])
    assert "陈静盘点，刘洋监盘" in said and "台式计算机" in said and "办公桌" not in said
    assert [said.index(mark) for mark in ("3Z会议椅", "4Z台式计算机", "5Z空调机")] == sorted(
        said.index(mark) for mark in ("3Z会议椅", "4Z台式计算机", "5Z空调机")
    )
    assert "3Z会议椅" in told(made, "sheet", stocktake_room_id=rooms["301"])


def test_a_blind_sheet_names_the_rooms_and_nothing_that_is_in_them(desk: Desk) -> None:
    made = counting(desk).begin(blind=True)
    said = told(made, "sheet")
    assert not any(name in said for _, name, *_ in CARDS) and "盲盘" in said
    assert all(word in said for word in ("1号楼302", "1号楼301", "无位置"))
    assert "照标签抄写完整编号" in said


def test_before_counting_is_over_only_the_sheet_is_printed(desk: Desk) -> None:
    made = counting(desk)
    made.id = made.do("draft", compound_id=made.office.compound, title="盘点", base_on=TODAY)
    with pytest.raises(Missing, match="Begin counting first"):
        told(made, "sheet")
    made.begin()
    for stage in ("surplus", "loss", "differences", "approval", "adjustments", "report"):
        with pytest.raises(Missing, match="Counting is not finished"):
            told(made, stage)
    made.do("cancel", stocktake_id=made.id, reason="不盘了")
    with pytest.raises(Conflict, match="void"):
        told(made, "sheet")


def test_what_was_counted_stands_beside_what_the_books_say(count: Count) -> None:
    explained(count)
    said = told(count, "sheet")
    assert all(card[0] in said for card in CARDS)
    for cells in ("ZC-3A05010303会议椅101,000.03", "8完好1号楼301", "2200.00丢失报损核销", "1号楼401赵磊"):
        assert cells in said, cells
    assert "完好" in said and "good" in told(count, "sheet", lang="en")


def test_losses_surpluses_and_explanations(count: Count) -> None:
    explained(count)
    gone = told(count, "loss")
    assert "资产盘亏表" in gone and "ZC-1" in gone and "ZC-3" in gone and "ZC-4" not in gone
    assert "合计114,299.03" in gone and "33,499.00" in gone and "无责任人" in gone
    more = told(count, "surplus")
    assert "打印机" in more and "市场价格" in more and "ZC-6" in more and "合计21,250.00" in more
    line = count.line("ZC-1")["id"]
    for who, said in (("keeper", "确已丢失"), ("department", "同意核销"), ("office", "情况属实")):
        count.do("opine", stocktake_id=count.id, line_ids=[line], who=who, text=said)
    why = told(count, "differences")
    assert all(word in why for word in ("搬迁时遗失", "确已丢失同意核销情况属实", "借去未登记", "1号楼401赵磊"))
    english = told(count, "differences", lang="en")
    assert "Explanationofdifferences" in english and "Writeoff" in english


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_longest_explanations_and_opinions_are_told_whole_and_what_is_cut_is_said(count: Count) -> None:
    explained(count)
    numbers = ("ZC-1", "ZC-3", "ZC-4", "ZC-6")
    (more,) = (row["id"] for row in count.rows("stocktake_surpluses"))
    ids = [count.line(number)["id"] for number in numbers]
    count.do("explain", stocktake_id=count.id, line_ids=ids, explanation="释" * 400)
    count.do("explain_surplus", stocktake_id=count.id, surplus_ids=[more], explanation="余" * 400)
    for who, word in (("keeper", "甲"), ("department", "乙"), ("office", "丙")):
        count.do("opine", stocktake_id=count.id, line_ids=ids, surplus_ids=[more], who=who, text=word * 200)
    said = told(count, "differences")
    assert (said.count("释"), said.count("余"), said.count("乙")) == (1600, 400, 1000)
    assert "过长" not in said
    for stage in ("differences", "report", "approval", "loss", "surplus"):
        assert told(count, stage, lang="en")
    count.do("revise_surplus", stocktake_surplus_id=more, name="名" * 120, code="码" * 120)
    assert "内容过长，以“…”截止" in told(count, "differences")


def test_the_report_has_figures_equation_rooms_teams_causes(count: Count) -> None:
    explained(count)
    said = told(count, "report")
    for words in (
        "账面18＋盘盈2－盘亏3＝实盘17", "账面10,299.04＋盘盈1,250.00－盘亏3,499.00＝实盘8,050.04",
        "A05010303会议椅1412130", "合计1823171", "1号楼301", "按盘点小组", "陈静", "按差异原因", "记账差错",
        "仅由保管人本人盘点的资产", "盘点人", "监盘人", "资产管理员", "财务", "单位负责人",
    ):  # fmt: skip
        assert words in said, words


def test_who_counts_his_own_things_is_named(desk: Desk) -> None:
    made = counting(desk)
    made.office.asset("茶几", number="ZC-9", room_id=made.rooms["301"], keeper_id=made.people["陈静"])
    made.begin().scan("ZC-9")
    made.do("finish", stocktake_id=made.id)
    assert "甲陈静1" in told(made, "report").split("仅由保管人本人盘点的资产")[1]


def test_report_and_approval_are_kept_byte_for_byte_and_judged(count: Count) -> None:
    explained(count)
    draft = count.ask("paper", stage="report")
    assert "草　稿" in text(draft) and judge(draft).seal.kind == "stocktake_report_draft"
    sha = count.do("report", stocktake_id=count.id)
    kept = count.ask("paper", stage="report", lang="en")
    assert judge(kept).sha256 == sha and judge(kept).intact and "草" not in text(kept) and "第 1 页" in text(kept)
    assert "日志记录" in text(kept) and count.desk.ask("papers.standing", sha256=sha) is Standing.OURS
    assert judge(count.ask("paper", stage="approval")).seal.kind == "stocktake_approval_draft"
    count.do("recall", stocktake_id=count.id)
    assert count.desk.ask("papers.standing", sha256=sha) is Standing.SUPERSEDED
    assert "草　稿" in told(count, "report")
    again = count.do("report", stocktake_id=count.id)
    assert judge(count.ask("paper", stage="report")).seal.version == 2
    with pytest.raises(Missing, match="later step"):
        told(count, "adjustments")
    approval = count.do("approve", stocktake_id=count.id, approval_no="批〔2026〕1号", approved_on=TODAY,
                        approver="局长办公会")  # fmt: skip
    kept = count.ask("paper", stage="approval")
    assert judge(kept).sha256 == approval != again and "批复文号 批〔2026〕1号" in text(kept)
    assert "局长办公会" in text(kept) and "报损核销" in text(kept) and papers(count.desk.store) == []


def test_adjustments_name_the_document_of_each_difference(count: Count) -> None:
    approved(count)
    assert "5项差异中已办结0项" in told(count, "adjustments")
    numbers = count.do("settle", stocktake_id=count.id)
    said = told(count, "adjustments")
    assert all(number in said for number in numbers) and "批〔2026〕1号" in said and "移交单" in said


def test_a_paper_is_printed_from_the_command_line(count: Count, tmp_path: Path) -> None:
    number = count.desk.ask("stocktakes.progress", stocktake_id=count.id).row["number"]
    words = ["--lang", "zh_CN", "print", "stocktake", number, "--paper", "sheet", "--out", str(tmp_path / "sheet.pdf")]
    args = line.parser().parse_args(words)
    assert print_paper(count.desk, args) == 0
    assert "资产盘点表" in text((tmp_path / "sheet.pdf").read_bytes())
    args.team = "丙"
    with pytest.raises(WrongUse, match="no team “丙”"):
        print_paper(count.desk, args)
    args.paper, args.team = "offices", "甲"
    with pytest.raises(WrongUse, match="go with the papers of a stocktake"):
        print_paper(count.desk, args)


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 11, 12, 13, 14, 15, 16, 40, 300])
def test_every_row_stands_there_once_under_its_name_and_the_end_keeps_together(rows: int) -> None:
    cells = [(f"No{n:04d}", "名" * (n % 40)) for n in range(rows)]
    section = Section("明细", "", [Column("编号", 60), Column("名称", 90)], cells, ("合计", "") if rows else ())
    found = pages(render(replace(FORM, sections=[section])).data)
    whole = "".join(found)
    assert [whole.count(number) for number, _ in cells] == [1] * rows
    assert all("明细" in page for page in found) and all(word in found[-1] for word in ("盘点人", "以下空白"))
    assert not rows or cells[-1][0] in found[-1]
