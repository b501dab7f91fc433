"""Lines of Chinese text: punctuation where it belongs, nothing lost, nothing beyond the edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.documents.fonts import Face, measure
from services.documents.wrap import NO_END, NO_START, cap, wrap

EIGHT = measure(Face.SANS, 8)
HAN = st.text("固定资产移交清单房间设备一二三〇䶮", min_size=2, max_size=3)
LATIN = st.sampled_from(["KFR-72LW/01", "10kV", "6000×1800", "A4", "2026", "DS-2CD3T"])
OPEN, CLOSE = (
    st.sampled_from(["", "（", "《", "“", "【", "￥"]),
    st.sampled_from(["", *"，。、；：？！）》”…—％", "）。", "”，"]),
)
PHRASES = st.lists(st.tuples(OPEN, HAN | LATIN, CLOSE, st.sampled_from(["", "", " "])), max_size=40)
PROSE = PHRASES.map(lambda parts: "".join("".join(part) for part in parts))


@settings(deadline=None)  # the first text reads the face
@given(PROSE, st.integers(8, 40), st.booleans())
def test_no_line_begins_or_ends_with_the_wrong_sign(text: str, characters: int, balanced: bool) -> None:
    lines = wrap(text, EIGHT, characters * 8.0, 8.0 if balanced else 0.0)
    assert not any(line[0] in NO_START for line in lines[1:])
    assert not any(line[-1] in NO_END for line in lines[:-1])


@settings(deadline=None)  # the first text reads the face
@given(st.text(st.characters(exclude_characters="\n"), max_size=120) | PROSE, st.floats(8, 300), st.booleans())
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: float, balanced: bool) -> None:
    lines = wrap(text, EIGHT, width, 8.0 if balanced else 0.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(EIGHT(line.rstrip()) <= width + 1e-6 or len(line.rstrip()) <= 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("空调型号KFR-72LW/01两台", ["空调型号", "KFR-72LW/01", "两台"]),
        ("JGSW-ZC-2026-000123", ["JGSW-ZC-", "2026-000123"]),
        ("A" * 15, ["A" * 10, "A" * 5]),
        ("甲乙丙丁戊己庚（辛", ["甲乙丙丁戊己", "庚（辛"]),
        ("甲乙丙丁戊己。庚辛", ["甲乙丙丁戊", "己。庚辛"]),
        ("甲\n乙", ["甲", "乙"]),
        ("", [""]),
    ],
)
def test_latin_runs_stay_whole_and_only_overlong_ones_break(text: str, lines: list[str]) -> None:
    assert wrap(text, EIGHT, 50) == lines


def test_no_orphan_of_one_or_two_characters() -> None:
    assert wrap("动力中心一层变压器室", EIGHT, 64) == ["动力中心一层变压", "器室"]
    assert wrap("动力中心一层变压器室", EIGHT, 64, 8) == ["动力中心一层变", "压器室"]


@pytest.mark.parametrize("width", [1.0, 7.9])
def test_a_column_narrower_than_a_character_still_shows_every_character(width: float) -> None:
    assert wrap("固定资产", EIGHT, width) == list("固定资产")


@settings(deadline=None)  # the first text reads the face
@given(PROSE, st.integers(1, 5))
def test_a_huge_cell_is_cut_with_an_ellipsis_inside_its_width(text: str, most: int) -> None:
    narrow: Callable[[str], float] = measure(Face.SANS, 8)
    lines = wrap(text, narrow, 64)
    shown = cap(lines, most, narrow, 64)
    assert len(shown) == min(most, len(lines))
    assert shown == lines or (shown[-1].endswith("…") and narrow(shown[-1]) <= 64)
