"""A long register on paper: every row once, repeated head, pages counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.desk.errors import Cancelled, Invalid
from services.documents.register import render_register
from services.documents.sheet import Paper, Tell
from services.documents.table import Column
from services.documents.verify import inspect
from tests.documents.sample import pages

COLUMNS = (Column("资产编号", 2, wraps=False), Column("名称", 3), Column("原值（元）", 2, "right", wraps=False))
MADE = datetime(2026, 11, 23, tzinfo=UTC)


def _printed(count: int, tell: Tell = lambda done, total: True) -> Paper:
    rows = ((f"A-{n:05d}", "台式计算机", f"{n:,}.00") for n in range(count))
    return render_register("资产台账", COLUMNS, rows, office="某某局", number="TZ-1", made=MADE, tell=tell)


@pytest.mark.parametrize("count", [1, 100, 3000])
def test_every_row_stands_once_under_a_head(count: int) -> None:
    paper = _printed(count)
    found = pages(paper.data)
    assert len(found) == paper.pages and all("资产编号" in page and "原值（元）" in page for page in found)
    assert all("".join(found).count(f"A-{n:05d}") == 1 for n in range(count))
    assert "（以下空白）" in found[-1] and inspect(paper.data).kind == "register" and inspect(paper.data).intact


def test_an_empty_register_is_refused_and_printing_can_be_stopped() -> None:
    with pytest.raises(Invalid):
        _printed(0)
    with pytest.raises(Cancelled):
        _printed(100, lambda done, total: False)
