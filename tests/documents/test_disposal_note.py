"""The papers of a disposal as people read them: every asset once, sums in words, papers and losses, nothing false."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.desk.errors import Cancelled, Invalid
from services.documents.amounts import in_words
from services.documents.disposal_note import APPLICATION, APPROVED, WRITTEN_OFF, Chapter, Line, Note, digest, render
from services.verdicts import judge
from tests.documents.sample import pages, text

NUMBER = re.compile(r"ZC\d{6}")
COLUMNS = (("序号", 24), ("材料", 200), ("金额", 80))
PAPERS = Chapter("随附材料", "Papers", COLUMNS, (("1", "申请文件", "5.00"),), right=(2,))
NOTE = Note(
    APPLICATION, "CZ-JGSW-2026-00001-X", 1, "某某局", "报废", date(2026, 11, 3), datetime(2026, 11, 3, 1, tzinfo=UTC),
    ((("处置方式", "报废"), ("所在大院", "建设路大院")),), (), (PAPERS,), authority="财政部门",
)  # fmt: skip


def lines(count: int) -> list[Line]:
    return [
        Line(f"ZC{n:06d}", "台式计算机", "启天 M4500" * (n % 4), "台", n % 3 + 1,
             None if n % 5 == 0 else date(2014, 1, n % 28 + 1), 100000 + n, None if n % 7 == 0 else n)
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3, 8, 9, 10, 11, 12, 13, 40, 300])
def test_every_asset_stands_there_once_and_the_end_is_kept_together(count: int) -> None:
    made = replace(NOTE, lines=lines(count))
    paper = render(made)
    found = pages(paper.data)
    assert NUMBER.findall(text(paper.data)) == [line.number for line in made.lines]
    assert len(found) == paper.pages and all(NOTE.number in page for page in found)
    last = found[-1]
    assert all(word in last for word in ("经办人", "审批机关", "财政部门", "明细摘要", "以下空白"))
    assert in_words(sum(line.cost or 0 for line in made.lines)) in text(paper.data)
    assert judge(paper.data).intact


def test_what_is_not_known_is_said() -> None:
    some = replace(lines(1)[0], net=None, acquired=None)
    assert "净值均未录" in text(render(replace(NOTE, lines=[some])).data)
    known = text(render(replace(NOTE, lines=[some, replace(some, net=0)])).data)
    assert "另有 1 项净值未录" in known and "零元整" in known


@pytest.mark.parametrize("kind", [APPLICATION, APPROVED, WRITTEN_OFF], ids=lambda kind: kind.name)
def test_each_moment_has_its_title_and_its_kind(kind: object) -> None:
    made = replace(NOTE, kind=kind, lines=lines(2))  # type: ignore[arg-type]
    paper = render(made)
    assert made.kind.title in text(paper.data) and judge(paper.data).seal.kind == made.kind.name
    draft = render(replace(made, draft=True))
    assert judge(draft.data).seal.kind == f"{made.kind.name}_draft" and "不作处置依据" in text(draft.data)


def test_the_same_rows_give_the_same_bytes_and_another_row_another_digest() -> None:
    made = replace(NOTE, lines=lines(3))
    assert render(made).data == render(made).data
    assert digest(made) != digest(replace(made, lines=[*made.lines[:2], replace(made.lines[2], cost=1)]))


def test_what_cannot_be_printed_is_refused() -> None:
    with pytest.raises(Invalid, match="at least one"):
        render(NOTE)
    for wrong in (replace(lines(1)[0], cost=-1), replace(lines(1)[0], net=-1)):
        with pytest.raises(Invalid, match="below zero"):
            render(replace(NOTE, lines=[wrong]))
    with pytest.raises(Invalid, match="too large"):
        render(replace(NOTE, lines=[replace(lines(1)[0], cost=10**18)]))
    with pytest.raises(Cancelled):
        render(replace(NOTE, lines=lines(2)), lambda done, total: False)


def test_signs_no_font_has_are_named() -> None:
    assert render(replace(NOTE, lines=[replace(lines(1)[0], name="空调\U0001f600")])).losses == ("\U0001f600",)
