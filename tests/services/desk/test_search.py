"""What a row is found by."""

from __future__ import annotations

import pytest

from services.desk import search


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["空调机"], "空 调 机 空调 调机"),
        (["空调", None, "", "机"], "空 调 空调 机"),  # neighbours are of one text
        (["A-１b", "a"], "a 1 b 1b"),
    ],
)
def test_characters_and_neighbours_of_each_text_are_found_once(texts: list[str | None], found: str) -> None:
    assert search.tokens(texts) == found
