"""Columns of registers in the words of many offices are understood, and none is taken for what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.imports.near import near
from services.imports.words import match_header
from tests.imports import recall, recall_words
from tests.imports.recall import Score

FLOORS = {"tuned": (0.95, 0.99), "held out": (0.6, 0.97)}


@pytest.mark.parametrize("words", FLOORS)
def test_no_less_is_understood_than_was_measured(words: str) -> None:
    total = sum((score for _, score in recall.measure(words)), Score())
    floor, precise = FLOORS[words]
    assert total.recall >= floor, "\n".join(recall.missed(words))
    assert total.precision >= precise, "\n".join(recall.missed(words))


@pytest.mark.parametrize("shape", recall_words.SHAPES, ids=lambda shape: shape.name)
def test_every_row_of_every_shape_is_accounted_for(shape: recall_words.Shape, tmp_path: Path) -> None:
    for seed in (1, 2, 3):
        drawn = recall.draw(shape, recall_words.WORDS["tuned"], seed)
        register = recall.read(drawn, shape, tmp_path)
        assert register is not None
        sheets = shape.sheets(drawn.page)
        assert len(register.rows) == drawn.records * len(sheets)
        for name, page in sheets.items():
            own = name if len(sheets) > 1 else ""
            told = [row.row for row in register.rows if row.sheet == own]
            told += [skipped.row for skipped in register.skipped if skipped.sheet == own]
            depth = 1 + any(" › " in header for header in register.header)
            filled = [n for n, row in enumerate(page.rows, 1) if any(str(cell) for cell in row)]
            assert sorted(told) == [n for n in filled if n >= register.header_row + depth]


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("asset", "资产存放处", "place"), ("asset", "目前使用状态", "status"), ("asset", "采购年月", "acquired_on"),
        ("asset", "实物保管员", "keeper"), ("asset", "规格、型号", "model"), ("building", "Bldg No.", "code"),
        ("building", "Yr Built", "built_year"), ("building", "产权性质", "tenure"), ("room", "所在层", "floor"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_less_sure(kind: str, header: str, field: str) -> None:
    match = match_header(kind, header)
    assert match is not None and match.field == field
    assert near(kind, header) == field


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("asset", "上级资产编号"), ("asset", "使用部门负责人"), ("asset", "供货单位"), ("asset", "资产处置状态"),
        ("asset", "出厂日期"), ("asset", "清查日期"), ("asset", "单价"), ("asset", "折旧年限"), ("asset", "资产用途"),
        ("building", "产权证号"), ("building", "产权单位"), ("building", "房屋结构"), ("building", "Energy Rating"),
        ("building", "Facility Manager"), ("staff", "性别"), ("staff", "出生年月"), ("room", "使用人数"),
    ],
)  # fmt: skip
def test_what_only_sounds_alike_is_kept_as_a_fact(kind: str, header: str) -> None:
    assert match_header(kind, header) is None
