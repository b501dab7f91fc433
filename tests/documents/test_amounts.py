"""Sums in words are read back by finance offices: official examples, and any sum read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.amounts import DIGITS, LIMIT, figures, in_words

OFFICIAL = {
    1409_50: ("壹仟肆佰零玖元伍角", "壹仟肆佰零玖元伍角整"),
    6007_14: ("陆仟零柒元壹角肆分",),
    1680_32: ("壹仟陆佰捌拾元零叁角贰分", "壹仟陆佰捌拾元叁角贰分"),
    107000_53: ("壹拾万柒仟元零伍角叁分", "壹拾万零柒仟元伍角叁分"),
    16409_02: ("壹万陆仟肆佰零玖元零贰分",),
    325_04: ("叁佰贰拾伍元零肆分",),
    10001_00: ("壹万零壹元整",),
    1000000_01: ("壹佰万元零壹分",),
    100500_00: ("壹拾万零伍佰元整",),
    10010000_00: ("壹仟零壹万元整",),
    5: ("伍分",),
    50: ("伍角", "伍角整"),
    0: ("零元整",),
    10_00: ("壹拾元整",),
    12_00: ("壹拾贰元整",),
    1234567_89: ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",),
    100000001_00: ("壹亿零壹元整",),
    1_2345_6789_0000_00: ("壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万元整",),
    1000_0000_0000_00: ("壹仟亿元整",),
}


@pytest.mark.parametrize("fen", OFFICIAL)
def test_the_examples_of_the_payment_rules(fen: int) -> None:
    assert in_words(fen).removeprefix("人民币") in OFFICIAL[fen]


def _read(words: str) -> int:
    """Fen of an amount in words, read as a clerk reads it: knows nothing of how it was written."""
    yuan, _, rest = words.removeprefix("人民币").rpartition("元")
    total = _number(yuan) * 100
    for unit, worth in (("角", 10), ("分", 1)):
        total += DIGITS.index(rest[rest.index(unit) - 1]) * worth if unit in rest else 0
    return total


def _number(words: str) -> int:
    for unit, worth in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if unit in words:
            high, _, low = words.rpartition(unit) if unit == "亿" else words.partition(unit)
            return _number(high) * worth + _number(low)
    return DIGITS.index(words[-1]) if words else 0


@given(st.integers(0, LIMIT - 1) | st.integers(0, 10**9))
def test_any_sum_is_read_back(fen: int) -> None:
    words = in_words(fen)
    assert _read(words) == fen
    assert "零零" not in words and words.startswith("人民币") and not words.startswith("人民币零元零")
    assert words.endswith("整") != bool(fen % 10)


@pytest.mark.parametrize("fen", [-1, LIMIT])
def test_no_words_for_negative_and_absurd_sums(fen: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        in_words(fen)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(123456, "1,234.56"), (5, "0.05"), (0, "0.00"), (-123456, "-1,234.56"), (10**14, "1,000,000,000,000.00")],
)
def test_figures(fen: int, shown: str) -> None:
    assert figures(fen) == shown
