"""Headers are known in Chinese and English, with their units, however they are typed."""

from __future__ import annotations

import pytest

from services.imports.columns import RECOGNISED
from services.imports.words import Match, is_signature, is_total, match_header, stated_units, synonyms
from tests.imports.fields import ASSET, BUILDING, ROOM, STAFF


@pytest.mark.parametrize(
    ("kind", "header", "field", "unit"),
    [
        ("asset", "资 产\n名 称", "name", ""), ("asset", "原值（万元）", "cost", "万元"),
        ("asset", "金额(元)", "cost", "元"),
        ("asset", "原值（单位：元）", "cost", "元"), ("asset", "原值_万元", "cost", "万元"),
        ("asset", "使用（保管）人", "keeper", ""),
        ("asset", "资产编号（必填）", "number", ""), ("asset", "Purchase Date", "acquired_on", ""),
        ("building", "建筑面积(㎡)", "area", "m²"), ("building", "建筑面积（平方米）", "area", "m²"),
        ("building", "Building Rentable Square Feet", "area", "sq ft"),
        ("building", "Floor area (sq. ft.)", "area", "sq ft"),
        ("room", "使用面积 m²", "area", "m²"), ("staff", "姓　名", "name", ""), ("asset", "序号", "line", ""),
    ],
)  # fmt: skip
def test_a_header_is_a_field_and_a_unit(kind: str, header: str, field: str, unit: str) -> None:
    match = match_header(kind, header)
    assert match
    assert (match.field, match.unit) == (field, unit)


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("asset", "购进时间", "acquired_on"), ("asset", "Date of Acquisition", "acquired_on"),
        ("asset", "acq_date", "acquired_on"),
        ("asset", "固资编号", "number"), ("asset", "领用人姓名", "keeper"), ("asset", "Custodian Name", "keeper"),
        ("asset", "目前状况", "status"), ("asset", "Site / Campus", "compound"), ("room", "房号/室号", "number"),
        ("building", "# of Floors", "floors"), ("building", "Facility Name", "name"),
        ("building", "房屋层数", "floors"),
        ("staff", "职工号码", "number"), ("organization", "机构编码", "code"), ("compound", "院区编码", "code"),
    ],
)  # fmt: skip
def test_a_header_in_words_of_the_same_meaning_is_known_less_surely(kind: str, header: str, field: str) -> None:
    match = match_header(kind, header)
    assert match
    assert match.field == field
    assert match.confidence < RECOGNISED


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("asset", "采购方式"), ("asset", "发票日期"), ("asset", "原资产编号"), ("asset", "Parent Asset"),
        ("asset", "Unit Cost"), ("asset", "品牌/数量"), ("staff", "配偶姓名"),
        ("staff", "部门负责人"), ("building", "Construction Cost"), ("room", "使用人数"), ("organization", "单位地址"),
    ],
)  # fmt: skip
def test_words_in_common_are_not_yet_the_same_meaning(kind: str, header: str) -> None:
    assert match_header(kind, header) is None


@pytest.mark.parametrize("header", ["", "上级资产编号", "使用部门负责人", "颜色", "单元", "①"])
def test_what_only_resembles_a_known_header_is_not_taken_for_it(header: str) -> None:
    assert match_header("asset", header) is None


def test_a_whole_name_is_surer_than_a_vague_one() -> None:
    whole, vague, part = (match_header("asset", h) for h in ("资产名称", "名称", "资产名称（全称）"))
    assert isinstance(whole, Match)
    assert isinstance(vague, Match)
    assert isinstance(part, Match)
    assert whole.confidence == 1 > vague.confidence > part.confidence > 0


def test_a_unit_above_the_table_is_not_the_name_of_an_office() -> None:
    assert stated_units("填报单位：某局　金额单位：万元　面积单位：平方米") == {"money": "万元", "area": "m²"}
    assert stated_units("单位：元") == {"money": "元"}
    assert stated_units("单位：机关事务管理局") == {}


def test_rows_that_are_no_records_are_known_by_their_first_word() -> None:
    assert all(map(is_total, ["合计", "小　计：", "总 计", "本页合计", "Total", "Sub-total", "GRAND TOTAL"]))
    assert not any(map(is_total, ["Total Station", "小计算机", "合计器", "设备"]))
    assert all(map(is_signature, ["制表人：周敏", "审核:", "Prepared by: Li"]))
    assert not any(map(is_signature, ["审核", "比例尺：1:500", "桌子"]))


def test_the_list_names_only_fields_and_choices_that_exist() -> None:
    for fields in (ASSET, BUILDING, ROOM, STAFF):
        entity = next(iter(fields.values())).entity
        words = {"line"} | {name.removesuffix("_id").removesuffix("_text") for name in fields}
        assert {field for field, _ in synonyms(entity).values()} <= words | set(fields)
        for spec in fields.values():
            assert {value for value, _ in synonyms(spec.key).values()} <= set(spec.choices)
