"""The asset card and the register: what they say, on which paper, and that nothing of a card is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from services import asset_papers
from services.commands import line, prints
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.listing import View
from services.documents.verify import inspect
from tests.documents.sample import pages, text
from tests.services.people import Office, found

ON = date(2026, 11, 23)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


@pytest.mark.parametrize(("size", "wide"), [("a5", 148), ("a4", 210)])
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_card_says_what_it_knows_of_a_thing_of_its_kind(office: Office, size: str, wide: int) -> None:
    days = {"acquired_on": date(2024, 6, 1), "warranty_until": date(2027, 6, 1)}
    car = office.asset("轿车", number="ZC-7", class_code="A02030501", plate="川A12345", chassis="LSV123", **days,
                       room_id=office.room, note="含导航", supplier="某汽车公司")  # fmt: skip
    part = office.asset("行车记录仪", number="ZC-8")
    office.desk.do("assets.put_in_set", asset_ids=[part], part_of_id=car)
    note = office.desk.do("handovers.draft", asset_ids=[car], to_staff_id=office.taker).value
    paper = asset_papers.card(office.desk, car, ON, size, "zh_CN")
    said = text(paper)
    wanted = (
        "资产卡片 ZC-7 川A12345 LSV123 A02030501 3,299.00 1号楼 李秀英 2027-06-01 含导航 某汽车公司 ZC-8 行车记录仪"
    )
    for words in (*wanted.split(), office.desk.named("handover", note).number):
        assert words in said, words
    assert "建筑结构" not in said, "a car has none"
    assert inspect(paper).intact and inspect(paper).kind == "asset_card"
    with pypdfium2.PdfDocument(paper) as pdf:
        assert abs(pdf[0].get_size()[0] / 72 * 25.4 - wide) < 0.2


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_ordinary_card_is_one_leaf_with_its_number_named_and_room_to_sign(office: Office) -> None:
    thing = office.asset("碎纸机", class_code="A02021301", model="C-838", measure="台", acquired_on=date(2024, 6, 1),
                         room_id=office.room, acquisition="purchase", voucher="记-1")  # fmt: skip
    for taker in (office.taker, office.giver):
        note = office.desk.do("handovers.draft", asset_ids=[thing], to_staff_id=taker).value
        office.desk.do("handovers.issue", handover_id=note)
        for side in ("from", "to"):
            office.desk.do("handovers.sign", handover_id=note, side=side)
    [leaf] = pages(asset_papers.card(office.desk, thing, ON, "a5", "zh_CN"))
    assert "资产编号" in leaf and "文件编号" not in leaf
    assert all(post in leaf for post in ("资产管理员", "保管人", "会计"))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_register_has_every_column_of_a_ledger_and_its_total(office: Office) -> None:
    for n in range(60):
        office.asset(number=f"ZC-{n:03d}", class_code="A02061804", model=f"KFR-{n}", measure="台", room_id=office.room,
                     acquisition="purchase", acquired_on=date(2024, 6, 1))  # fmt: skip
    paper = asset_papers.register(office.desk, View("assets"), ON, "zh_CN")
    sheets = pages(paper)
    heads = (
        "资产编号 分类代码 资产名称 规格型号 计量单位 数量 取得方式 取得日期 原值 净值 位置 使用部门 保管人 使用状况"
    )
    for head in heads.split():
        assert all(head in sheet for sheet in sheets), head
    said = "".join(sheets)
    assert all(said.count(f"ZC-{n:03d}") == 1 for n in range(60)) and "197,940.00" in said
    for words in ("KFR-59", "A02061804", "购置", "2024-06-01", "1号楼 302", "后勤处", "李秀英", "在用"):
        assert words in said, words
    with pytest.raises(Invalid):
        asset_papers.register(office.desk, View("assets", search="没有这样的东西"), ON, "zh_CN")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_both_are_printed_from_the_command_line(office: Office, tmp_path: Path) -> None:
    office.asset(number="ZC-1")
    for words in (["card", "ZC-1", "--size", "a4"], ["register", "JSL"]):
        args = line.parser().parse_args(["print", *words, "--out", str(tmp_path / "x.pdf")])
        assert prints.print_paper(office.desk, args) == 0
        assert "ZC-1" in text((tmp_path / "x.pdf").read_bytes())
