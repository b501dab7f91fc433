"""Labels by selection and by what changed, and what a person measured of his printer."""

from __future__ import annotations

# ruff: noqa: F811 - a fixture is imported, and asked for by name
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
import pypdfium2
import pytest

from services import labels
from services.commands import labels as commands
from services.commands import line
from services.desk.desk import Desk
from services.desk.errors import Invalid, Missing, UserError
from services.desk.intent import Grant
from services.label_stocks import stock_of
from tests.services.people import Office, found
from tests.services.test_past import DAY, Clock, clock  # noqa: F401

MEASURED = {"left": 2130, "top": 1950, "across": 14920, "down": 15050}


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def printed(desk: Desk, *assets: UUID, **values: object) -> bytes:
    data: bytes = desk.ask("labels.sheet", asset_ids=list(assets), **{"stock": "roll-60x40"} | values)
    return data


def test_a_label_says_whose_it_is_what_it_is_and_where(office: Office) -> None:
    desk = office.asset("办公桌", model="1.4 米", room_id=office.room, number="ZC-9")
    [text] = texts(printed(office.desk, desk))
    for word in ("机关事务管理局", "办公桌", "1.4 米", "1号楼 302", "ZC-9"):
        assert word in text


def test_labels_come_in_the_order_they_were_asked_for(office: Office) -> None:
    assets = [office.asset(number=number) for number in ("ZC-3", "ZC-1", "ZC-2")]
    order = [next(n for n in ("ZC-3", "ZC-1", "ZC-2") if n in text) for text in texts(printed(office.desk, *assets))]
    assert order == ["ZC-3", "ZC-1", "ZC-2"]


def test_nothing_out_of_reach_is_printed(office: Office) -> None:
    asset = office.asset()
    clerk = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    with pytest.raises(Missing):
        printed(clerk, asset)
    with pytest.raises(Invalid):
        printed(office.desk)
    with pytest.raises(Invalid):
        printed(office.desk, asset, stock="a5")


def test_only_what_came_or_moved_since_a_day_is_printed_again(clock: Clock, desk: Desk) -> None:
    office = found(desk)
    old, moved, dearer = (office.asset(name) for name in ("旧", "移", "价"))
    clock.now += 9 * DAY
    desk.do("assets.revise", asset_id=moved, room_id=office.room)
    desk.do("assets.revise", asset_id=dearer, cost=5)
    fresh, day = office.asset("新"), clock.now.astimezone().date()
    changed = desk.ask("labels.changed", since=day)
    assert set(changed) == {moved, fresh}
    assert set(desk.ask("labels.changed", since=day - timedelta(days=20))) == {old, moved, dearer, fresh}
    assert desk.ask("labels.changed", since=day, compound_id=office.elsewhere) == []
    assert desk.ask("labels.changed", since=day + timedelta(days=2)) == []


def painted(data: bytes) -> bytes:
    """What stands on the first sheet; files drawn in different seconds differ elsewhere."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_what_somebody_measured_is_his_own_and_moves_his_labels(office: Office) -> None:
    asset = office.asset()
    plain = printed(office.desk, asset, stock="a4-3x8")
    office.desk.do("labels.fit", stock="a4-3x8", **MEASURED)
    assert office.desk.ask("labels.fitted", stock="a4-3x8") == labels.Measured(**MEASURED)
    assert office.desk.ask("labels.fitted", stock="a4-3x7") is None
    other = replace(office.desk, account="zhao.lei")
    assert other.ask("labels.fitted", stock="a4-3x8") is None
    fitted, bare = (printed(office.desk, asset, stock="a4-3x8", fitted=own) for own in (True, False))
    assert painted(fitted) != painted(plain) == painted(bare)
    office.desk.do("labels.fit", stock="a4-3x8", **MEASURED | {"left": 2000})
    assert office.desk.ask("labels.fitted", stock="a4-3x8").left == 2000


def test_a_printer_that_puts_the_cross_right_needs_no_fit(office: Office) -> None:
    stock = stock_of("a4-3x8")
    exact = labels.Measured(2000, 2000, 15000, 15000).fit(stock)
    assert exact.shift == (0, 0) and exact.scale == (1, 1)
    with pytest.raises(Invalid):
        office.desk.do("labels.fit", stock="a4-3x8", **MEASURED | {"across": 200})


# The command line


def run(desk: Desk, out: Path, *words: str) -> int:
    args = line.parser().parse_args(["labels", *words, "--out", str(out)])
    return commands.run(desk, args)


def test_labels_are_printed_from_the_command_line(office: Office, tmp_path: Path) -> None:
    asset, out = office.asset(number="ZC-1", room_id=office.room), tmp_path / "labels.pdf"
    office.asset(number="ZC-2")
    assert asset and run(office.desk, out, "ZC-2", "ZC-1", "--stock", "roll-50x30") == 0
    assert ["ZC-2" in page for page in texts(out.read_bytes())] == [True, False]
    assert run(office.desk, out, "--room", "JSL/B1/302") == 0
    assert "ZC-1" in texts(out.read_bytes())[0] and "ZC-2" not in texts(out.read_bytes())[0]
    assert run(office.desk, out, "--since", "2020-01-01", "--compound", "JSL", "--start", "24") == 0
    assert len(texts(out.read_bytes())) == 2
    assert run(office.desk, out, "--calibration") == 0 and "150" in texts(out.read_bytes())[0]


@pytest.mark.parametrize("words", [[], ["ZC-1", "--since", "2020-01-01"], ["--since", "yesterday"], ["ZC-404"]])
def test_the_command_line_says_what_it_needs(office: Office, tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(UserError):
        run(office.desk, tmp_path / "x.pdf", *words)
    assert not (tmp_path / "x.pdf").exists()
