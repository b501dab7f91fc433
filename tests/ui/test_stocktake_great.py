"""A stocktake of 20,000 lines through the window: begun, stopped, begun again, scanned at speed by two teams, killed,
gone on with, explained, settled, closed."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from models.base import table
from models.stocktake import StocktakeLine, StocktakeRoom
from models.stocktake_scan import StocktakeScan
from services import office as offices
from services.desk import keys
from services.desk.trail import compare, verify
from tests.great import ending
from tests.great.office import Great, assigned, at, drafted, found
from tests.great.readings import Reading, readings, room_name, script, team_of
from tests.great.things import Extra, Thing, extras, things
from tests.great.window import scan
from tests.services.test_stocktake_great import Played, books, details, holds, lines
from tests.ui.test_stocktakes import Counter
from ui.hand import Hand
from ui.kit.theme import LOOK
from ui.pages.paper import PaperPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="kills"),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
ROOT = Path(__file__).parents[2]
PASSWORD = "pull the plug now"
SCANS, WAITING = 150, 12  # typed by each window; readings that may be on their way when the plug is pulled
THIN = 10  # so much less happens than in the test without a window
PLAIN = ("there", "both", "twice", "resent")


@contextmanager
def window(folder: Path, qtbot: QtBot) -> Iterator[Counter]:
    """Somebody at the English window of this office, until it is closed."""
    LOOK.use(lang="en")
    opened = offices.sign_in(folder, "admin", PASSWORD)
    bench = Workbench(replace(opened.desk, grants=offices.EVERYTHING))
    qtbot.addWidget(bench)
    errors: list[object] = []
    bench.failed.connect(errors.append)
    bench.resize(1440, 900)
    bench.show()
    great: Any = found(opened.desk)
    yield Counter(bench, Hand(bench), great)
    assert not errors
    assert bench.leave()
    opened.close()


def test_a_great_stocktake_is_played_through_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    every, more, folder = things(thin=THIN), extras(2_000), tmp_path / "office"
    opened = offices.set_up(folder, name="局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    drafted(opened.desk, every)
    opened.close()
    with window(folder, qtbot) as counter:
        begin(counter)
        stop_a_sheet(counter)
    kill(folder, every)
    with window(folder, qtbot) as counter:
        read_in(counter, every, more, tmp_path)
        end(counter, every, more)


def stored(great: Great) -> dict[str, int]:
    """How many rows there are of what counting makes, and of records of the journal: dead ones too."""
    with great.desk.store.reading.connect() as connection:
        kinds = (StocktakeLine, StocktakeRoom, StocktakeScan)
        made = {kind.__name__: connection.scalar(sa.select(sa.func.count()).select_from(table(kind))) for kind in kinds}
        return {name: count or 0 for name, count in made.items()} | {"journal": _journal(connection)}


def _journal(connection: sa.Connection) -> int:
    return connection.scalar(sa.text("select count(*) from rec")) or 0


def begin(counter: Counter) -> None:
    """A start that is stopped leaves nothing, one that is not freezes the books."""
    great: Any = counter.count
    hand, page, before = counter.hand, counter.open(), stored(great)
    counter.agree()
    hand.click("Start counting", page)
    hand.until(lambda: page.panel.bar.maximum() > 0, "how far it is")
    hand.click("Stop", page)
    hand.until(lambda: page.panel.task is None, "the end of it")
    assert stored(great) == before and page.state == "draft" and not page.panel.isVisible()
    counter.agree()
    hand.click("Start counting", page)
    counter.there("counting")
    assert stored(great)["StocktakeLine"] == 20_000
    assigned(great)


def stop_a_sheet(counter: Counter) -> None:
    """Nobody wants the sheet of everything any more: the page is there again, and nobody goes on drawing."""
    page, hand = counter.open(), counter.hand
    before = stored(counter.count)  # type: ignore[arg-type]
    next(a for a in page.head.print.menu_.actions() if a.text() == "Count sheet").trigger()
    paper = counter.bench.pages.currentWidget()
    assert isinstance(paper, PaperPage)
    hand.until(paper.panel.stop.isVisible, "the way to stop it")
    hand.click("Stop", paper)
    assert counter.bench.pages.currentWidget() is page
    hand.until(lambda: not counter.bench.background.busy, "nobody draws any more")
    assert stored(counter.count) == before  # type: ignore[arg-type]


def typed(every: Sequence[Thing], start: int) -> list[Thing]:
    """What two teams walk past: rooms of both, one after the other, so many things."""
    walk = [one for one in sorted(every, key=lambda one: one.room) if one.quantity == 1 and one.fate in PLAIN]
    return walk[start : start + SCANS]


def scanned(folder: Path, some: Sequence[Thing], moment: int) -> tuple[list[str], int]:
    """What a window of its own says while it is scanned in, and how it ended."""
    file = folder.parent / "scans"
    file.write_text("\n".join(f"{team_of(t.room)},{t.room},{t.number}" for t in some), "utf-8")
    arguments = [sys.executable, "-m", "tests.great.window", str(folder), PASSWORD, str(file), str(moment)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout.splitlines(), done.returncode


def readings_of(folder: Path) -> list[Any]:
    """The readings that are stored, in order."""
    opened = offices.sign_in(folder, "admin", PASSWORD)
    rows = found(opened.desk).rows(StocktakeScan, "n", "code", "team_id", "room_id")
    opened.close()
    return sorted(rows, key=lambda row: row.n)


def kill(folder: Path, every: Sequence[Thing]) -> None:
    """A window is killed while it is scanned in: nothing acknowledged is lost, nothing is doubled."""
    chance, start, last = random.Random(5), 0, ""
    before = len(readings_of(folder))
    for moment in (chance.randrange(400, 1200), chance.randrange(1200, 2500), 0):
        some = typed(every, start)
        said, ended = scanned(folder, some, moment)
        met = [line.split()[2] for line in said if line.startswith("met")]
        kept = [row.code for row in readings_of(folder)][before:]
        before += len(kept)
        assert kept[: len(met)] == met == [one.number for one in some][: len(met)], "nothing is lost, nothing doubled"
        assert len(kept) - len(met) <= WAITING and (ended == 0) == (moment == 0)
        assert not last or said[0].split()[1:] == [team_of(int(last)), last], "it stands where it stood"
        start += len(kept)
        last = str(some[len(kept) - 1].room)
    pace = [int(line.split()[1]) for line in said if line.startswith("ms")]
    assert len(pace) == SCANS and pace[-1] < SCANS * 200, "five a second at least"


def device(file: Path, some: Sequence[Reading]) -> Path:
    """The file of a collecting device; what was sent twice stands there twice."""
    with file.open("w", encoding="utf-8", newline="") as to:
        rows = csv.writer(to)
        for one in some:
            for _ in range(1 + one.resent):
                rows.writerow((one.code, at(one.second).isoformat(), room_name(one.room), one.quantity))
    return file


def read_in(counter: Counter, every: Sequence[Thing], more: Sequence[Extra], place: Path) -> None:
    """The files of two machines are read in, and the rest is scanned."""
    hand, page, great = counter.hand, counter.open(), counter.count
    assert page.found is not None
    reads = readings(every, more)
    for team in ("甲", "乙"):
        page.team.choose(next(one["id"] for one in page.team.teams if one["name"] == team))
        plain = [one for one in reads if one.team == team and one.plain]
        hand.choose_file(lambda: counter.more("Read in the file of a device…"), device(place / f"{team}.csv", plain))
        hand.until(lambda: page.panel.task is not None, "it is being read in")
        hand.until(lambda: page.panel.task is None, "it is read in")
    unlabelled = [one for one in every if one.fate == "unlabelled"]
    before = page.reading.count
    for one in unlabelled:
        scan(page, team_of(one.room), str(one.room), one.serial)
    hand.until(lambda: not counter.bench.background.busy, "the last of them")
    assert page.reading.count - before <= len(unlabelled) + 2
    rest = place / "rest"
    script(every, more, rest)
    for step in Played(place, rest).steps:  # what is said of single things, and what becomes of codes
        if step["do"] != "file":
            great.play(step)  # type: ignore[attr-defined]
    missing = sum(one.expected[0] == "missing" for one in every)
    page.read()
    counter.shows(lambda page: page.found.progress.pending == missing, "what is pending")  # type: ignore[union-attr]


def end(counter: Counter, every: Sequence[Thing], more: Sequence[Extra]) -> None:
    """It is explained, with the opinion of the department, reported, approved, settled and closed."""
    hand, page, great = counter.hand, counter.open(), counter.count
    assert isinstance(great, Great)
    counter.agree()
    hand.click("End counting", page)
    page = counter.there("explaining")
    assert lines(great) == {one.number: one.expected for one in every}
    details(great, every)
    holds(great.ask("equation"), every, more)
    opinion(counter, great, every)
    ending.explain(great, every, more)
    page.read()
    counter.shows(lambda page: not any(one.gaps for one in page.found.differences), "all said")
    hand.click("Report", page)
    page = counter.there("reported")
    hand.click("Record approval…", page)
    counter.fill(approval_no="批1", approver="局长办公会")
    page = counter.there("approved")
    hand.click("Draft the documents", page)
    counter.shows(lambda page: any(one.document for one in page.found.differences), "the documents")
    assert ending.finished(great)["disposal"] == 1
    page.read()
    hand.until(lambda: page.head.next.text() == "Close stocktake" and page.head.next.isVisible(), "all is settled")
    counter.agree()
    hand.click("Close stocktake", page)
    counter.there("closed")
    holds(great.ask("equation"), every, more)
    books(great, every, more)
    assert verify(great.desk.store) == compare(great.desk.store) == []


def opinion(counter: Counter, great: Great, every: Sequence[Thing]) -> None:
    """What the department thinks of all that differs, also of what is not in view."""
    hand, page = counter.hand, counter.page
    table = page.differences.lines
    differ = {one.number for one in every if one.expected[0] != "matched"}
    hand.until(lambda: table.records.rowCount() == len(differ), "the lines")
    table.selectAll()
    hand.click("Opinion…", page)
    counter.fill(who="department", text="情况属实")
    rows = great.rows(StocktakeLine, "number", "department_opinion")
    assert {row.number for row in rows if row.department_opinion == "情况属实"} == differ
