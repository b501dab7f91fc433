"""The property-rights survey on paper: every right, every defect, sums carried, the same bytes for the same data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.desk.errors import Cancelled, Invalid
from services.documents.title_survey import Defect, Happened, Right, Survey, render
from services.documents.verify import inspect
from tests.documents.sample import pages


def _right(n: int) -> Right:
    number = f"京（2019）海不动产权第{n:07d}号"
    return Right(f"建设路{n}号楼", number, "市机关局", (100_00, None, 99_00), "办公", "划拨", "无", "无", "")


def _defect(n: int) -> Defect:
    return Defect(f"建设路{n}号楼", "名称未变更", f"依据{n:04d}", "变更登记", "王建国", "2026-12-31", "处理中", True)


def survey(rights: int, defects: int = 0, history: int = 0) -> Survey:
    return Survey(
        "某某局", "建设路办公大院", date(2026, 11, 23), "1",
        [_right(n) for n in range(rights)], [_defect(n) for n in range(defects)],
        datetime(2026, 11, 23, tzinfo=UTC),
        [Happened("1998-12-01", "首次登记", "市直机关管理局", f"海国用第{n:04d}号") for n in range(history)],
    )  # fmt: skip


@pytest.mark.parametrize(("rights", "defects"), [(1, 0), (1, 1), (60, 90)])
def test_every_right_and_every_defect_stands_once(rights: int, defects: int) -> None:
    paper = render(survey(rights, defects))
    found = pages(paper.data)
    whole = "".join("".join(found).split())
    assert all(whole.count(f"第{n:07d}号") == 1 for n in range(rights))
    assert all(whole.count(f"依据{n:04d}") == 1 for n in range(defects))
    assert ("权属问题台账" in whole) is bool(defects) and f"{defects}项，未结{defects}项" in whole
    assert f"{rights * 100:,}.00" in whole and f"{rights * 99:,}.00" in whole, "the sums"
    assert "填表人" in found[-1] and "（以下空白）" in found[-1]
    assert inspect(paper.data).kind == "title_survey" and inspect(paper.data).intact
    assert render(survey(rights, defects)).data == paper.data


def test_the_survey_of_one_title_tells_its_history() -> None:
    whole = "".join(pages(render(survey(1, history=3)).data))
    assert "产权沿革" in whole and whole.count("首次登记") == 3


def test_nothing_to_print_is_refused_and_printing_can_be_stopped() -> None:
    with pytest.raises(Invalid):
        render(survey(0))
    with pytest.raises(Cancelled):
        render(survey(60), lambda done, total: False)
