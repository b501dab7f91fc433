"""The rows of a table as a file: what goes in comes out, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import zlib

from hypothesis import given
from hypothesis import strategies as st

from services.documents.rows import Rows

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)
FORMULAS = ("=", "+", "-", "@", "\t")


@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=12), st.integers(-(10**15), 10**15))
def test_every_cell_comes_out_as_it_went_in(rows: list[list[str]], fen: int) -> None:
    made = Rows(["资产名称", "原值（元）", "备注"], [1])
    for name, _, note in rows:
        made.add((name, f"{fen / 100:,.2f}", note))
    head, *found = csv.reader(io.StringIO(zlib.decompress(made.packed()).decode("utf-8-sig"), newline=""))
    assert head == ["资产名称", "原值（元）", "备注"] and len(found) == len(rows)
    for (name, _, note), (told, figure, noted) in zip(rows, found, strict=True):
        assert (told.removeprefix("'") if name.startswith(FORMULAS) else told) == name
        assert (noted.removeprefix("'") if note.startswith(FORMULAS) else noted) == note
        assert not told.startswith(FORMULAS) and not noted.startswith(FORMULAS)
        assert float(figure) == round(fen / 100, 2), "a figure can be added up"


def test_a_code_with_a_comma_is_no_figure() -> None:
    made = Rows(["编号", "数量"], [1])
    made.add(("1,2", "1,234"))
    assert zlib.decompress(made.packed()).decode("utf-8-sig").splitlines()[1] == '"1,2",1234'
