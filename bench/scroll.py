"""The list of a million assets on the screen: first paint, wheel, jump and memory, against rows that lie in memory."""

from __future__ import annotations

import json
import statistics
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QTableView

from bench import million
from bench.figures import ROUNDS, Figure, alone, middle, spent
from bench.painted import Painted
from services.desk import store
from services.desk.listing import LISTINGS, View
from ui.app import Application
from ui.kit import columns
from ui.kit.background import Background
from ui.kit.list_table import ListTable
from ui.kit.record_table import RecordTable
from ui.kit.screen import Col
from ui.kit.table_model import Index, Line, RecordModel
from ui.kit.theme import HEAD, ROW
from ui.screens.assets import SCREEN

ROWS, WIDTH = 28, 1600  # of a large screen; a repaint of less is over before anything around it is worth comparing
COLUMNS = (*SCREEN.columns, Col("model", 150), Col("acquired_on", 110), Col("unit_id", 150))
HEIGHT = HEAD + ROWS * ROW
FRAME, FRAMES, JUMPS, PATIENCE = 0.016, 200, 10, 60.0
SMALL = "cache_size = -1024"  # 1 MiB for each connection, so that what is left is ours


def measure() -> Iterator[Figure]:
    """Five figures; the numbers of the list and of the constant model come from one process, memory from others."""
    seen, floor = alone("scroll", "paint"), "repaint"
    yield Figure("list of 1,000,000: first paint", seen["first"], 4, seen[floor])
    yield Figure("… wheel frame, p95", seen["wheel"], 1.5, seen["frame"])
    yield Figure("… jump to the middle, painted with data", seen["jump"], 3, seen[floor])
    yield Figure("… (QTableView's own repaint of constant text)", seen[floor], 0, seen["plain"])
    yield Figure("… memory beside the page cache", alone("scroll", "memory", "small")["list"], 60, unit="MiB")
    yield Figure(
        "… (memory with the page caches of 64 MiB each)", alone("scroll", "memory", "full")["list"], 0, unit="MiB"
    )


class Constant(RecordModel):
    """The same columns and as many rows, over 64 lines that never change."""

    def __init__(self, background: Background, lines: list[Line]) -> None:
        super().__init__(background, shown(), lambda: "zh_CN")
        self.lines, self.numbers, self.complete = lines, array("q", range(million.COUNT)), True

    def line(self, at: int) -> Line | None:
        return self.lines[at % len(self.lines)]

    def watch(self, first: int, last: int) -> None:
        """Everything is here."""


class Plain(QAbstractTableModel):
    """The same texts for a table of Qt's own."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self.texts = [line.texts for line in lines]

    def rowCount(self, parent: Index | None = None) -> int:
        return million.COUNT

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self.texts[0])

    def data(self, index: Index, role: int = 0) -> object:
        return self.texts[index.row() % len(self.texts)][index.column()] if role == 0 else None


def shown() -> tuple[columns.Column, ...]:
    """What the assets' screen shows of a row, and three columns more."""
    return tuple(columns.column(col, LISTINGS["assets"].columns) for col in COLUMNS)


class Stage:
    """An application at the store of a million, with both tables of constant rows."""

    def __init__(self) -> None:
        self.app = Application("zh_CN")
        self.desk = million.open_million()
        self.background = Background(self.desk)
        lines = self.lines()
        shapes = tuple(columns.shape(col, LISTINGS["assets"].columns) for col in COLUMNS)
        self.model = Constant(self.background, lines)
        self.constant = RecordTable(self.model, shapes, frozenset())
        self.plain = QTableView()
        self.plain_model = Plain(lines)
        self.plain.setModel(self.plain_model)
        self.plain.verticalHeader().setDefaultSectionSize(self.constant.verticalHeader().defaultSectionSize())
        for table in (self.constant, self.plain):
            show(table)

    def lines(self) -> list[Line]:
        said = shown()
        rows = self.desk.first(View("assets"), 64)
        texts = [(tuple(c.text("zh_CN", r) for c in said), tuple(c.second("zh_CN", r) for c in said)) for r in rows]
        return [Line(row, *both) for row, both in zip(rows, texts, strict=True)]

    def list(self) -> ListTable:
        """A new list, asked for its rows and not yet painted."""
        table = ListTable(self.background, View("assets"), COLUMNS)
        table.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # or the other tables are painted once more
        return table

    def close(self) -> None:
        self.background.close()
        self.desk.store.close()


def show(table: QTableView) -> None:
    """On the screen, at the size it has in the window."""
    table.resize(WIDTH, HEIGHT)
    table.show()
    for at in range(table.model().columnCount()):
        table.setColumnWidth(at, table.columnWidth(at))
    turn(lambda: True, 0.2)


def turn(done: Callable[[], object], least: float = 0.0) -> None:
    """Let Qt and the workers go on until it is done, and for so many seconds at least."""
    began = time.monotonic()
    while not done() or time.monotonic() - began < least:
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError("the list never came")
        QCoreApplication.processEvents()
        time.sleep(0.002)  # the workers need the interpreter


def there(table: ListTable) -> bool:
    """Whether every row in view has come."""
    first, last = table.seen()
    return last >= first and all(table.lines.line(at) is not None for at in range(first, last + 1))


def until_painted(table: ListTable) -> None:
    """Let the table work until it is painted with every row in view."""
    seen = Painted(table.viewport(), lambda: there(table))
    turn(lambda: seen.done)
    table.viewport().removeEventFilter(seen)


def paint() -> dict[str, float]:
    """Milliseconds of each, median of the rounds; the constant rows are painted in every round."""
    stage = Stage()
    rounds = [_round(stage, at) for at in range(ROUNDS + 1)][1:]  # the first one warms fonts and statements
    stage.close()
    return middle(rounds)


def _round(stage: Stage, at: int) -> dict[str, float]:
    made: list[ListTable] = []

    def first() -> None:
        made.append(stage.list())
        made[0].resize(WIDTH, HEIGHT)
        made[0].show()
        until_painted(made[0])

    found = _repaints(stage) | {"first": spent(first)}
    table = made[0]
    turn(lambda: table.lines.complete, 0.3)
    frames = [(spent(lambda: _wheel(table)), spent(stage.constant.viewport().repaint)) for _ in range(FRAMES)]
    found["wheel"], found["frame"] = (sorted(side)[int(FRAMES * 0.95)] for side in zip(*frames, strict=True))
    jumps = []
    for step in range(JUMPS):
        turn(lambda: True, 0.05)  # what the jump before left behind
        jumps.append(spent(partial(_jump, table, 0.4 + (at * JUMPS + step) / 1000)))
    found["jump"] = statistics.median(jumps)
    table.close()
    table.deleteLater()
    turn(lambda: True, 0.1)
    return found


def _repaints(stage: Stage) -> dict[str, float]:
    """The constant rows in our table, and in one of Qt's own."""
    sides = {"repaint": stage.constant, "plain": stage.plain}
    found = [{name: spent(table.viewport().repaint) for name, table in sides.items()} for _ in range(20)]
    return middle(found)


def _wheel(table: ListTable) -> None:
    """One notch, and everything that follows from it within a frame of a screen."""
    middle = QPointF(table.viewport().rect().center())
    notch = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(table.viewport(), notch)
    turn(lambda: True, FRAME)


def _jump(table: ListTable, part: float) -> None:
    bar = table.verticalScrollBar()
    bar.setValue(int(bar.maximum() * part))
    until_painted(table)


def memory(cache: str) -> dict[str, float]:
    """MiB above a process that has everything loaded and paints constant rows: list, wheel and jumps, at the most."""
    if cache == "small":
        store.PRAGMAS = (*store.PRAGMAS[:-1], SMALL)
    stage = Stage()
    before = _mebibytes("VmRSS")
    table = stage.list()
    show(table)
    turn(lambda: table.lines.complete)
    for _ in range(FRAMES):
        _wheel(table)
    for at in range(4 * JUMPS):
        _jump(table, (at + 0.5) / JUMPS / 4)
    most = _mebibytes("VmHWM")  # of this process; what getrusage tells began in the process that started it
    stage.close()
    return {"list": most - before}


def _mebibytes(what: str) -> float:
    said = Path("/proc/self/status").read_text().split(f"{what}:")[1].split()
    return int(said[0]) / 1024


if __name__ == "__main__":
    print(json.dumps({"paint": paint, "memory": memory}[sys.argv[1]](*sys.argv[2:])))  # type: ignore[operator]
