"""A register whose taking in is stopped or killed at any moment is in as a whole or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from services import intake, office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.errors import Cancelled
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.contents import contents
from tests.imports.seeds import FORMATS, seeds
from tests.services.people import Office, found
from tests.services.test_intake import book, counts, take

ROOT = Path(__file__).parents[2]
PASSWORD = "pull the plug now"
MANY = 1200
CHILD = """
import os, signal, sys
from pathlib import Path
from uuid import UUID
import sqlalchemy as sa
from services import intake, office, registry
opened = office.sign_in(Path(sys.argv[1]), "admin", sys.argv[2])
left = int(sys.argv[5])
def moment(*_, **__):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
    sa.event.listen(opened.desk.store.writing, event, moment)
intake.run(opened.desk, file=sys.argv[3], kind="assets", compound_id=UUID(sys.argv[4]), create=True)
print(-left)
"""


def many() -> list[list[Any]]:
    """Cards with and without numbers, of people and places that are known and that are not."""
    return [
        [f"ZC-{n}" if n % 3 else "", f"资产{n}", n, "2020-06-01", "李秀英" if n % 2 else f"新人{n % 7}",
         "1号楼", f"{300 + n % 5}", "白"] for n in range(MANY)
    ]  # fmt: skip


def asked(office: Office, file: Path, stop_at: int) -> int:
    """Takes the register in and stops at a call for progress; how many there were. The time that a file takes to be
    read calls too, as often as it likes: that is one."""
    calls = list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        if (done, total) != (0, 0) or (0, 0) not in calls:
            calls.append((done, total))
        return len(calls) != stop_at

    intake.run(office.desk.having(tell=tell), file=str(file), kind="assets", compound_id=office.compound, create=True)
    return len(calls)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_stop_at_any_moment_leaves_everything_as_it_was(desk: Desk, tmp_path: Path) -> None:
    here, file = found(desk), book(tmp_path / "a.xlsx", many())
    before, high, stopped = contents(desk.store), desk.store.high.read(), 0
    while True:
        try:
            calls = asked(here, file, stopped + 1)
        except Cancelled:
            stopped += 1
            assert (contents(desk.store), desk.store.high.read()) == (before, high)
        else:
            break
    assert calls == stopped > 5
    given = [r["number"] for r in desk.first(View("assets"), MANY) if r["number"].startswith("LS-")]
    assert sorted(number.split("-")[3] for number in given) == [f"{n:05d}" for n in range(1, MANY // 3 + 1)]
    assert verify(desk.store) == compare(desk.store) == []


def kept(desk: Desk) -> dict[str, object]:
    """Everything there is of the business: not who signed in, nor that the folder is a copy, and what says so."""
    held = contents(desk.store)
    beside = ("account", "incident", "writer", "counter", "rec", "reserved", "touch")
    return {name: rows for name, rows in held.items() if name not in beside}


def killed_at(folder: Path, file: Path, compound: object, moment: int) -> str:
    """What the program says that is killed at this moment of taking the register in."""
    arguments = [sys.executable, "-c", CHILD, str(folder), PASSWORD, str(file), str(compound), str(moment)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout


@pytest.mark.skipif(os.name != "posix", reason="kills")
def test_a_kill_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    whole, file = tmp_path / "whole", book(tmp_path / "a.xlsx", many())
    opened = office.set_up(whole, name="局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    compound, before = found(opened.desk).compound, kept(opened.desk)
    opened.close()
    counted = shutil.copytree(whole, tmp_path / "counted")
    moments = int(killed_at(counted, file, compound, 0))
    between, wanted = range(2, moments - 1), int(os.environ.get("KILLS", "4"))
    some, states = random.Random(17).sample(between, min(wanted, len(between))), set[str]()
    for moment in [1, *some, moments - 1, moments]:
        folder = shutil.copytree(whole, tmp_path / str(moment))
        assert killed_at(folder, file, compound, moment) == ""
        again = office.sign_in(folder, "admin", PASSWORD)
        store = again.desk.store
        assert verify(store) == compare(store) == papers(store) == []
        states.add(state := "nothing" if kept(again.desk) == before else "all")
        report = intake.run(again.desk, file=str(file), kind="assets", compound_id=compound, create=True)
        assert counts(report) == ((MANY, MANY, 0, 0, 0) if state == "nothing" else (MANY, 0, MANY, 0, 0)), moment
        assert again.desk.count(View("assets")) == MANY
        assert verify(store) == compare(store) == []
        again.close()
    assert "nothing" in states


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_file_twice_changes_nothing_whatever_its_shape(desk: Desk, tmp_path: Path, format: str) -> None:
    here = found(desk)
    for place, seed in enumerate(seeds()[format]):
        path = tmp_path / f"{place}.{format}"
        path.write_bytes(seed.data)
        first = take(here, path, kind=seed.kind, create=True)
        before = contents(desk.store)
        again = take(here, path, kind=seed.kind, create=True)
        assert (again.new, again.changed, again.refused) == (0, 0, first.refused), list(intake.remarks(again, "en"))
        assert contents(desk.store) == before
