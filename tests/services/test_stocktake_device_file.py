"""The file of a collecting device: whatever parts its lines, in which letters it is written, and what it cannot be."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.desk.errors import Invalid
from services.stocktake_device_file import readings

AT = datetime(2026, 10, 31, 9, 41, 26).astimezone()
GOOD = [("ZC-1", AT, "301", 2), ("ZC-2", AT, None, 1)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "time", ["2026-10-31 09:41:26", "2026/10/31 09:41:26", "20261031094126", "2026-10-31T09:41:26"]
)
def test_lines_are_read_however_they_are_written(mark: str, encoding: str, time: str) -> None:
    lines = (("编码", "时间", "房间", "数量"), ("ZC-1", time, "301", "2"), (), ("ZC-2", time))
    found = readings("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    assert list(found.rows) == GOOD and found.lines == (2, 4)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("ZC-1,2026-10-31 09:41,301,1\n,2026-10-31 09:41", 2, "code"),
        ("\nZC-1,2026-13-31 09:41", 2, "no time"),
        ("ZC-1,2026-10-31 09:41,301,0", 1, "pieces"),
        ("ZC-1,2026-10-31 09:41,301,-3", 1, "pieces"),
        ("ZC-1,2026-10-31 09:41,301," + "9" * 5000, 1, "pieces"),
        ("ZC-1,0001-01-01 00:00,301", 1, "no time"),
        ("ZC-1,9999/12/31 23:59,301", 1, "no time"),
        ("ZC-1,2026-10-31 09:41\n" + "Z" * 140_000, 2, "no time"),
    ],
)
def test_a_line_that_makes_no_sense_is_told_by_its_number(text: str, line: int, word: str) -> None:
    with pytest.raises(Invalid, match=word) as refused:
        readings(text.encode())
    assert refused.value.values["line"] == line


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04\x00\x00\xff\xfe", b"code,time\n"])
def test_a_file_without_readings_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        readings(data)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=80))
def test_no_file_breaks_it(data: bytes) -> None:
    try:
        assert all(code and quantity > 0 for code, _, _, quantity in readings(data).rows)
    except Invalid:
        pass
