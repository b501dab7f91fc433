"""A real window as a program of its own: somebody scans at speed, and it is killed at a moment.

python -m tests.great.window FOLDER PASSWORD SCANS MOMENT — SCANS has lines `team,room,code`. It says where it stands
when it opens (`at TEAM ROOM`), what the window acknowledged (`met TEAM CODE`), and how long that took (`ms N`).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import services.registry  # noqa: F401 — the intents people have
from services import office
from services.stocktake_sheet import Scanned
from tests.great.machine import doomed
from tests.great.office import found
from ui.app import Application
from ui.hand import Hand
from ui.pages.stocktake import StocktakePage
from ui.workbench import Workbench


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(folder: str, password: str, scans: str, moment: str) -> None:
    app = Application("en")
    opened = office.sign_in(Path(folder), "admin", password)
    great, bench = found(opened.desk), Workbench(opened.desk)
    bench.show()
    page, hand = shown(bench, great.id), Hand(bench)
    here = page.rooms.current()
    say("at", page.team.mine()["name"], here.room if here else "-")  # type: ignore[index]
    page.scan.show_met = Heard(page)  # type: ignore[method-assign, assignment]
    if int(moment):
        doomed(opened.desk, int(moment))
    for line in Path(scans).read_text("utf-8").splitlines():
        scan(page, *line.split(","))
    hand.until(lambda: not bench.background.busy, "the last reading")
    bench.leave()
    opened.close()
    del app


class Heard:
    """Shows what a reading met as the page does, and says so."""

    def __init__(self, page: StocktakePage) -> None:
        self.show, self.since = page.scan.show_met, time.monotonic()

    def __call__(self, met: Scanned) -> None:
        self.show(met)
        say("met", met.team, met.code)
        say("ms", int((time.monotonic() - self.since) * 1000))


def shown(bench: Workbench, stocktake: object) -> StocktakePage:
    """The page of the stocktake, as it comes up."""
    bench.activateWindow()
    bench.show_screen("stocktakes")
    bench.stocktakes.open(stocktake)  # type: ignore[arg-type]
    page = bench.pages.currentWidget()
    assert isinstance(page, StocktakePage)
    Hand(bench).until(lambda: page.found is not None, "the stocktake")
    return page


def scan(page: StocktakePage, team: str, room: str, code: str) -> None:
    """Somebody of a team stands in a room and reads a label; where the keyboard is, there the scanner types."""
    stand(page, team, room)
    QTest.keyClicks(QApplication.focusWidget() or page.scan.code.line, code)
    QTest.keyClick(QApplication.focusWidget() or page.scan.code.line, Qt.Key.Key_Return)
    QCoreApplication.processEvents()


def stand(page: StocktakePage, team: str, room: str) -> None:
    """Choose the team and go into a room, where they are others."""
    here, mine = page.rooms.current(), page.team.mine()
    if mine is None or mine["name"] != team:
        other = next(one["id"] for one in page.team.teams if one["name"] == team)
        page.team.choose(other)
        page.team.chosen.emit(other)
    if here is None or here.room != room:
        assert page.found is not None
        there = next(one.stocktake_room_id for one in page.found.progress.rooms if one.room == room)
        page.rooms.choose(there)
        page.rooms.chosen.emit(there)


if __name__ == "__main__":
    main(*sys.argv[1:])
