"""The recovery code: read as people type it, and every slip of the hand is told by its group."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.codes import DRAWN, GROUPS, SIGNS, new_code, read_code
from services.desk.errors import Invalid

CODES = st.builds(new_code)


def test_a_code_has_at_least_120_random_bits_in_groups_a_person_can_type() -> None:
    codes = [new_code() for _ in range(200)]
    assert all(re.fullmatch(r"([0-9A-Z]{5}-){5}[0-9A-Z]{5}", code) for code in codes)
    assert len(set(codes)) == 200
    assert GROUPS * DRAWN * math.log2(len(SIGNS)) >= 120
    assert not set("ILOU") & set(SIGNS), "they pass for other signs"
    assert all(len({code[at] for code in codes}) > 20 for code_at in [range(29)] for at in code_at if at % 6 != 5)


@given(CODES, st.randoms())
def test_case_width_gaps_and_look_alikes_do_not_matter(code: str, draw: object) -> None:
    assert read_code(code.lower()) == code
    assert read_code(code.replace("-", "")) == code
    assert read_code(f"  {code.replace('-', ' — ')}\r\n") == code
    assert read_code(code.replace("1", "l").replace("0", "O").replace("V", "u")) == code
    assert read_code("".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in code)) == code, "full width"


@given(CODES, st.integers(0, GROUPS * (DRAWN + 1) - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_told_by_its_group(code: str, at: int, sign: str) -> None:
    bare = code.replace("-", "")
    if bare[at] == sign:
        return
    with pytest.raises(Invalid, match=rf"group {at // 5 + 1} "):
        read_code(bare[:at] + sign + bare[at + 1 :])


@given(CODES, st.integers(0, GROUPS * (DRAWN + 1) - 2))
def test_two_neighbours_that_changed_places_are_noticed(code: str, at: int) -> None:
    bare = code.replace("-", "")
    if bare[at] != bare[at + 1] and at % 5 != 4:
        with pytest.raises(Invalid, match="typing error"):
            read_code(bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :])


@given(CODES, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_a_group_at_another_place_is_noticed(code: str, one: int, other: int) -> None:
    groups = code.split("-")
    if one != other:
        groups[one], groups[other] = groups[other], groups[one]
        with pytest.raises(Invalid, match="typing error"):
            read_code("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "said"), [("", "these are 0"), ("ABCDE", "these are 5"), ("账号", "账"), ("1" * 31, "these are 31")]
)
def test_what_is_no_code_is_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_code(typed)


def test_a_code_shows_itself_to_nobody_who_asks_what_it_is() -> None:
    code = new_code()
    assert code not in repr(code) + repr([code]) + repr({"value": code})
    assert f"{code}" == str(code) == code
