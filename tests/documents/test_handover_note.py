"""The handover note as people read it: every asset once, sums that add up, room to sign, nothing false."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from services.desk.errors import Invalid
from services.documents.amounts import figures, in_words
from services.documents.fonts import Cleaner
from services.documents.handover_note import code, digest, render
from services.documents.handover_words import Found, Line, Note, Party
from services.documents.ink import PORTRAIT
from services.documents.table import Column, Running, Table
from tests.documents.sample import DRAFT, NOTE, RARE, lines, pages, printed, text

NUMBER = re.compile(r"JGSW-ZC-2026-\d{6}")


@pytest.mark.parametrize("count", [2, 40, 5000])
def test_every_asset_stands_on_the_note_once_in_order(count: int) -> None:
    assert NUMBER.findall(text(printed(count).data)) == [line.number for line in lines(count)]


@pytest.mark.parametrize("count", [2, 40, 5000])
def test_every_page_says_which_it_is_of_how_many(count: int) -> None:
    paper = printed(count)
    found = pages(paper.data)
    assert len(found) == paper.pages
    for n, page in enumerate(found, 1):
        assert f"第 {n} 页　共 {paper.pages} 页" in page and f"Page {n} of {paper.pages}" in page
        assert NOTE.number in page and ("固定资产移交清单（续）" in page) == (n > 1)


def test_a_note_of_two_assets_is_one_sheet() -> None:
    assert printed(2).pages == 1


@pytest.mark.parametrize("count", [40, 5000])
def test_sums_are_carried_from_page_to_page(count: int) -> None:
    cards = {line.number: line for line in lines(count)}
    pieces = cost = net = 0
    found = [page for page in pages(printed(count).data) if NUMBER.search(page)]
    for n, page in enumerate(found):
        plain = page.replace(" ", "")
        assert not n or f"Broughtforward{pieces:,}{figures(cost)}{figures(net)}" in plain
        for number in NUMBER.findall(page):
            line = cards[number]
            pieces, cost, net = pieces + line.quantity, cost + (line.cost or 0), net + (line.net or 0)
        label = "Carriedforward" if n < len(found) - 1 else "Total"
        assert f"{label}{pieces:,}{figures(cost)}{figures(net)}" in plain


@pytest.mark.parametrize("count", [1, 2, 3, *range(9, 40)])
def test_however_many_assets_the_end_is_kept_together(count: int) -> None:
    found = pages(render(replace(NOTE, lines=lines(count))).data)
    total = next(page for page in found if "Total" in page)
    assert len(NUMBER.findall(total)) >= min(2, count) and "净值合计（大写）" in total
    last = found[-1]
    assert all(words in last for words in ("移交声明", "移交人", "接收人", "监交人", "文件核对", "（以下空白）"))
    assert last.count("签字") >= 3 and not any("文件核对" in page for page in found[:-1])


def test_missing_values_are_counted_not_guessed() -> None:
    found = text(printed(40).data).replace(" ", "")
    known = sum(line.net or 0 for line in lines(40))
    assert f"{in_words(known)}另有8项净值未录" in found
    assert in_words(sum(line.cost or 0 for line in lines(40))) in found and "原值未录" not in found
    none = text(render(replace(NOTE, lines=[replace(line, net=None) for line in lines(2)])).data)
    assert "净值均未录" in none


def test_without_a_supervisor_nobody_is_asked_to_supervise() -> None:
    found = text(render(replace(NOTE, supervisor=None)).data)
    assert "监交人" not in found and "移交人" in found


def test_dates_and_posts_already_known_are_printed() -> None:
    signed = replace(NOTE.from_, post="科长", signed_on=NOTE.on)
    found = text(render(replace(NOTE, from_=signed, to=Party("", ""))).data)
    assert "科长" in found and found.count("2026年11月23日") == 2


def test_a_later_version_says_what_it_replaces() -> None:
    assert "替代" not in text(printed(2).data)
    assert "第 2 版　替代此前版本" in text(render(replace(NOTE, version=2)).data)


def test_issue_time_is_chinese_time() -> None:
    assert "2026-11-23 09:30" in text(printed(2).data)


def test_every_page_of_a_draft_is_watermarked_behind_the_text() -> None:
    paper = render(replace(DRAFT, lines=lines(40)))
    assert all("草　稿" in page for page in pages(paper.data))
    assert "本件是草稿，不作移交凭证" in text(paper.data) and "草　稿" not in text(printed(40).data)
    with pypdfium2.PdfDocument(paper.data) as pdf:
        first = next(pdf[1].get_objects())
        assert first.get_matrix().get()[1] != 0, "the slanted text is painted before everything else"


def test_rare_characters_of_names_are_printed_and_found() -> None:
    paper = render(replace(NOTE, to=Party("后勤处", RARE), lines=[replace(NOTE.lines[0], place=RARE)]))
    assert not paper.losses and all(text(paper.data).count(char) >= 2 for char in RARE)


def test_a_character_one_face_lacks_comes_from_the_other() -> None:
    assert "\u9ff4\u4db8" in text(render(replace(NOTE, lines=[replace(NOTE.lines[0], name="\u9ff4\u4db8")])).data)


def test_what_cannot_be_printed_is_named_and_never_an_empty_box() -> None:
    paper = render(replace(NOTE, basis="甲😀", lines=[replace(NOTE.lines[0], model="a\ue000b\udc00")]))
    assert set(paper.losses) == {"😀", "\ue000", "\udc00"}
    assert "甲〓" in text(paper.data) and "a〓b〓" in text(paper.data)


def test_text_is_never_markup_and_control_characters_vanish() -> None:
    strange = replace(NOTE.lines[0], name="<b>粗</b>&a\x00b\u202e(\\)", number="甲<dayuan:digest>&")
    found = text(render(replace(NOTE, lines=[strange])).data).replace(" ", "")
    assert "<b>粗</b>&ab(\\)" in found and "甲<dayuan:digest>&" in found


def test_names_of_80_characters_and_cells_of_4000_fit() -> None:
    long = Line("JG-1", "长" * 80, "", "台", 10**6, 10**15, 10**15, "很长的单元格，" * 600)
    found = text(render(replace(NOTE, lines=[long] * 3)).data)
    assert found.count("长") >= 240 and "1,000,000" in found and "3,000,000" in found
    assert found.count("…") >= 3 and "有 3 个单元格内容过长" in found
    assert "30,000,000,000,000.00" in found and "人民币叁拾万亿元整" in found


@pytest.mark.parametrize("cards", [(), (replace(NOTE.lines[0], cost=10**18),), (replace(NOTE.lines[0], net=10**18),)])
def test_a_note_without_assets_or_beyond_words_is_refused(cards: tuple[Line, ...]) -> None:
    with pytest.raises(Invalid):
        render(replace(NOTE, lines=cards))


def test_the_code_carries_the_sums_and_the_digest_of_the_rows() -> None:
    row = '["A-1","\\u684c","","",2,100,null,""]\n'
    note = replace(NOTE, lines=(Line("A-1", "桌", "", "", 2, 100, None, ""),))
    assert digest(note) == hashlib.sha256(row.encode()).hexdigest()
    assert code(note, "00" * 32) == f"DAYUAN2:H:JGSW-YJ-2026-0187:1:20261123:1/2/100/-:{'A' * 52}:-"
    assert digest(note) in text(render(note).data).replace(" ", "")


@pytest.mark.parametrize("field", ["name", "model", "measure", "place"])
def test_any_change_of_a_row_changes_the_digest(field: str) -> None:
    def with_(value: str) -> Note:
        changed: dict[str, Any] = {field: value}
        return replace(NOTE, lines=[replace(NOTE.lines[0], **changed)])

    assert digest(with_("甲")) != digest(with_("乙"))


def test_a_sum_of_nothing_known_is_a_dash_and_not_zero() -> None:
    columns = [Column(title, 50, "right", wraps=False) for title in ("数量", "原值", "净值")]
    running = Running(Table(columns, PORTRAIT, Cleaner()), dict.fromkeys(range(3), figures))
    running.add({0: 100, 1: 250, 2: None})
    assert running.block("过次页").figures == {0: "1.00", 1: "2.50", 2: "—"}
    running.add({0: 100, 1: None, 2: 5})
    assert running.block("合计").figures == {0: "2.00", 1: "2.50", 2: "0.05"}


@pytest.mark.parametrize("count", [1, 9, 14])
def test_however_much_was_found_otherwise_the_note_is_drawn_and_says_all_of_it(count: int) -> None:
    wrong = [Found(n, "会议桌", f"移交方：短缺 {n} 张") for n in range(1, 61)]
    paper = render(replace(NOTE, lines=lines(count), found=wrong))
    said = "".join(pages(paper.data)).replace(" ", "")
    assert "60处与清单不符" in said and all(f"第{n}项会议桌：移交方：短缺{n}张" in said for n in range(1, 61))
