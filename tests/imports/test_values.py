"""Cells become what they mean, or are refused; nothing is guessed and nothing is rounded twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.imports.amounts import to_area, to_fen, to_whole
from services.imports.cells import Cell, clean, letter, reach, text_of
from services.imports.dates import to_date, to_year
from services.imports.problems import Unreadable
from services.imports.values import ClassCode, choice_words, converter, to_choice, to_class, to_code, to_flag
from services.imports.words import is_empty
from tests.imports.fields import ASSET, BUILDING

DAYS = st.dates(date(1927, 6, 1), date(2170, 1, 1))
NOON = datetime(2024, 6, 4, 12)  # noqa: DTZ001 — spreadsheets know no time zones


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-06-04", date(2024, 6, 4)), ("2024.6.4", date(2024, 6, 4)), ("2024/6/4", date(2024, 6, 4)),
        ("Mar 5, 2021", date(2021, 3, 5)), ("March 5 2021", date(2021, 3, 5)), ("Sept. 5th, 2021", date(2021, 9, 5)),
        ("5 March 2021", date(2021, 3, 5)), ("5-Mar-2021", date(2021, 3, 5)), ("05/MAR/2021", date(2021, 3, 5)),
        ("5 Mar 2021 08:30", date(2021, 3, 5)), ("2021-Mar-05", date(2021, 3, 5)), ("May 2021", date(2021, 5, 1)),
        ("二〇二四年六月四日", date(2024, 6, 4)), ("二○二四年六月", date(2024, 6, 1)), ("一九八五年", date(1985, 1, 1)),
        ("二零二四年十二月三十一日", date(2024, 12, 31)), ("二〇二四年十月二十日", date(2024, 10, 20)),
        ("2024年十一月廿一日", date(2024, 11, 21)),
        ("20240604", date(2024, 6, 4)), ("2024年6月4日", date(2024, 6, 4)), ("２０２４．６．４", date(2024, 6, 4)),
        (" 2024 年 6 月 4 号 ", date(2024, 6, 4)), ("2024-06-04 08:30:00", date(2024, 6, 4)),
        ("2024-06-04T00:00:00Z", date(2024, 6, 4)), ("2024年6月", date(2024, 6, 1)), ("2024.10", date(2024, 10, 1)),
        ("202406", date(2024, 6, 1)), ("2024", date(2024, 1, 1)), ("2024年", date(2024, 1, 1)),
        (2024.0, date(2024, 1, 1)),
        (20240604.0, date(2024, 6, 4)), (2024.6, date(2024, 6, 1)), (2024.12, date(2024, 12, 1)),
        (45447.0, date(2024, 6, 4)), (45447.75, date(2024, 6, 4)), ("45447", date(2024, 6, 4)),
        (NOON, date(2024, 6, 4)), (date(2024, 6, 4), date(2024, 6, 4)),
    ],
)  # fmt: skip
def test_a_date_is_understood_as_people_write_it(cell: Cell, day: date) -> None:
    assert to_date(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["5-Mar-21", "25-Mar-87", "Mar 5", "Marz 5, 2021", "31 June 2021", "5 2021", "Mar 2021 5", "二十四年六月",
     "二〇二四年十三月", "四五四四七", "二〇二四年六月四十日", "2024年1十月", "2024-02-30", "2024-13-01", "04/06/2024",
     "24.6.4", "去年春天", "0000-00-00", "9999-12-31", "2024.6.4.5", True,
     12.0, 1234567.0, 1e300, "1e5", -45447.0, 1e-7, 1.5e-9,
     float("inf"), float("nan")],
)  # fmt: skip
def test_what_is_no_date_or_may_be_two_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        to_date(cell)


@pytest.mark.parametrize(
    "text", ["Next Spring", "Feb 30, 2021", "２０２４０２３０", "ＦＹ2021", "二〇二四年十三月", "2021-Marz-05"]
)
def test_an_unreadable_date_is_quoted_as_it_was_written(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        to_date(text)
    assert refused.value.places == {"value": text}


def test_a_month_that_a_spreadsheet_shortened_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match="January or October"):
        to_date(2024.1)


@given(DAYS)
def test_every_day_comes_back_from_every_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways: list[Cell] = [
        day, f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", float(serial),
    ]  # fmt: skip
    assert {to_date(way) for way in ways} == {day}
    assert to_year(f"{day:%Y/%m/%d}") == day.year


@pytest.mark.parametrize(
    ("cell", "year"), [(1985.0, 1985), ("1985年", 1985), ("1985.7", 1985), (date(1985, 7, 1), 1985)]
)
def test_a_bare_year_is_a_year(cell: Cell, year: int) -> None:
    assert converter(BUILDING["built_year"])(cell) == year


def test_an_unknown_year_is_refused() -> None:
    with pytest.raises(Unreadable, match="is not a year"):
        to_year("八十年代")


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        (12680.0, "", 1_268_000), ("12,680.00", "", 1_268_000), ("¥12680", "", 1_268_000),
        ("￥ 12,680 元", "", 1_268_000),
        ("人民币12680元整", "", 1_268_000), ("１２，６８０．５０", "", 1_268_050), ("1.268万元", "", 1_268_000),
        ("1.268", "万元", 1_268_000), (1.268, "万元", 1_268_000), ("12680元", "万元", 1_268_000),
        ("12.68", "千元", 1_268_000),
        ("(300.00)", "", -30_000), ("（３００）", "", -30_000), ("-¥300", "", -30_000), ("¥-300", "", -30_000),
        ("−300", "", -30_000), (-0.5, "", -50), ("1.268e4", "", 1_268_000), (".5", "", 50), ("5.", "", 500),
        (0.0, "", 0),
        (0.1 + 0.2, "", 30), ("0.005", "", 0), ("0.015", "", 2), ("0.025", "", 2), (1.005, "", 100),
        ("0.00500000000000000000000000000000000000001", "", 1),
    ],
)  # fmt: skip
def test_a_sum_is_exact_to_the_fen(cell: Cell, unit: str, fen: int) -> None:
    assert to_fen(cell, unit) == fen


@pytest.mark.parametrize(
    "cell",
    ["约四千", "12,68", "1.2.3", "12 680", "元", "", ".", "1e999", "1_000", "nan", float("inf"), float("nan"), True,
     date(2024, 6, 4), "12㎡", "((3))", "(3", "9" * 90],
)  # fmt: skip
def test_what_is_no_sum_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        to_fen(cell)


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_every_sum_comes_back_to_the_fen(fen: int) -> None:
    yuan = Decimal(fen) / 100
    assert to_fen(f"{yuan:,.2f}") == to_fen(f"¥{yuan}元") == fen
    assert to_fen(f"{yuan / 10_000:.6f}万元") == to_fen(f"{yuan / 1000:.5f}", "千元") == fen


@given(st.integers(-(10**12), 10**12))
def test_a_sum_that_a_spreadsheet_holds_as_a_number_comes_back_to_the_fen(fen: int) -> None:
    assert to_fen(fen / 100) == fen


@given(st.decimals(0, 10**10, places=5, allow_nan=False))
def test_square_feet_become_hundredths_of_a_square_metre_rounded_half_to_even_once(feet: Decimal) -> None:
    exact = Fraction(feet) * Fraction(9290304, 10**8) * 100
    assert to_area(f"{feet:f}", "sq ft") == to_area(f"{feet:f} sq ft") == round(exact)


@given(st.integers(0, 10**12))
def test_every_area_comes_back(hundredths: int) -> None:
    metres = Decimal(hundredths).scaleb(-2).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert {to_area(f"{metres}{unit}") for unit in ("", "㎡", "m²", "m2", " 平方米", "平米")} == {hundredths}


@pytest.mark.parametrize("cell", ["-3", "3亩", "三百", "3元"])
def test_what_is_no_area_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        to_area(cell)


def test_whole_numbers_are_whole() -> None:
    assert [to_whole(cell) for cell in (3.0, "３", "1,200", "3.0", -2.0)] == [3, 3, 1200, 3, -2]
    for cell in ("3.5", 3.5, "三", "3台", "3元", True, "1e99"):
        with pytest.raises(Unreadable):
            to_whole(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("A02010105", ClassCode("A02010105", "2022", "")), ("ａ０２０１０１０５", ClassCode("A02010105", "2022", "")),
        ("A02010105 台式计算机", ClassCode("A02010105", "2022", "台式计算机")),
        ("2010104", ClassCode("2010104", "2010", "")),
        (2010104.0, ClassCode("2010104", "2010", "")), ("023100", ClassCode("023100", "1994", "")),
        ("台式计算机", ClassCode("", "", "台式计算机")), ("A0201", ClassCode("", "", "A0201")),
        ("A020101050", ClassCode("", "", "A020101050")), ("20101045", ClassCode("", "", "20101045")),
    ],
)  # fmt: skip
def test_a_class_code_keeps_its_edition_and_anything_else_is_to_be_decided(cell: Cell, found: ClassCode) -> None:
    assert to_class(cell) == found


def test_a_profile_can_name_the_edition() -> None:
    assert to_class("A02010104", "2013") == ClassCode("A02010104", "2013", "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("ＦＸ－００１", "FX-001"), ("fx—001", "FX-001"), ("FX‐001\u200b", "FX-001"), ("\u202eFX-001", "FX-001"),
     (20130001.0, "20130001"), (" 办字 001 ", "办字 001")],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_typed(cell: Cell, code: str) -> None:
    assert to_code(cell) == code


@pytest.mark.parametrize("cell", ["\u0410B-1", "\u0391B-1", "\uff21\u0412"])
def test_a_number_of_letters_that_only_look_alike_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="look alike"):
        to_code(cell)
    assert to_code("固资Ａ-1") == "固资A-1"


def test_choices_are_known_by_the_words_of_the_field() -> None:
    words = choice_words(ASSET["status"])
    known = {word: to_choice(word, words) for word in ("在用", " 闲 置 ", "待报废", "In Use", "in_use", "出租")}
    assert known == {
        "在用": "in_use", " 闲 置 ": "idle", "待报废": "to_dispose", "In Use": "in_use", "in_use": "in_use",
        "出租": "leased",
    }  # fmt: skip
    with pytest.raises(Unreadable, match="none of the known choices"):
        to_choice("F", choice_words(BUILDING["tenure"]))


def test_flags_are_yes_and_no() -> None:
    assert [to_flag(cell) for cell in ("是", "√", "Yes", True, "否", "×", "0", False)] == [True] * 4 + [False] * 4
    with pytest.raises(Unreadable):
        to_flag("也许")


def test_texts_lose_what_nobody_sees_and_keep_the_rest() -> None:
    assert clean("  泵\u202e房\u200b \t A\u0000<B>\ufeff ") == "泵房 A<B>"
    assert clean("Cafe\u0301") == "Café"
    assert clean("𠮷田 ㎡ ①") == "𠮷田 ㎡ ①"
    assert converter(ASSET["note"])("一\r\n\r\n 二  三 ") == "一\n\n二  三"
    assert [text_of(cell) for cell in (12.0, 12.5, True, date(2024, 6, 4))] == ["12", "12.5", "TRUE", "2024-06-04"]


@pytest.mark.parametrize("text", ["", "NA", "N/A", "n/a", "-", "—", "——", "－", "无", "NULL", "Ｎ／Ａ", "/"])
def test_words_for_nothing_are_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["0", "无线路由器", "√", "NAS", "。", "-1"])
def test_words_for_something_are_not(text: str) -> None:
    assert not is_empty(text)


@given(st.integers(0, 16_383), st.integers(1, 1_048_576))
def test_columns_are_named_as_people_see_them(column: int, row: int) -> None:
    assert reach(f"{letter(column)}{row}") == (row, column + 1)


def test_the_first_and_last_columns_have_their_names() -> None:
    assert [letter(index) for index in (0, 25, 26, 27, 16_383)] == ["A", "Z", "AA", "AB", "XFD"]


@given(DAYS)
def test_a_day_count_with_a_time_of_day_is_that_day(day: date) -> None:
    assert to_date((day - date(1899, 12, 30)) / timedelta(days=1) + 0.5) == day
