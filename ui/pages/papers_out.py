"""Several papers of the archive go out, printed or saved one after the other: how far it is, what failed and why."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import UserError
from ui import asks
from ui.kit.button import KeyHints
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.messages import confirm
from ui.kit.page import PageHead
from ui.kit.progress import ProgressPanel
from ui.kit.refusing import refuse
from ui.kit.text import Own, said, words
from ui.kit.theme import MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background, Task

Row = Mapping[str, Any]
Told = Callable[[str, str], None]  # what is wrong with a paper, "" for nothing, and a remark when it is well
HEADS = (Head("document.number", 230, sorts=False), Head("document.version", 70, sorts=False),
         Head("document.title", 210, sorts=False), Head(N_("Result"), sorts=False))  # fmt: skip
STOPPED = N_("stopped")
SURE = N_("Papers that wait are left out; what is done stays as it is.")


class Way(Protocol):
    """What is done with each paper, in the window's thread and without keeping it waiting."""

    title: str  # of the page
    done: str  # the word for a paper that is done
    all_done: str  # a sentence with {n}, how many are, of {m}

    def take(self, page: PapersOut, row: Row, data: bytes, told: Told) -> None:
        """Begin with a paper; `told` once it has ended."""

    def stop(self) -> None:
        """Leave the paper that is under way as soon as possible; it ends as ever."""


class PapersOut(QWidget):
    """Begins at once with the papers behind these local numbers, in their order. `left` when it is closed."""

    left = Signal()

    def __init__(self, background: Background, way: Way, numbers: array[int], back: list[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.way = background, way
        self.rows: list[Row] = []
        self.results: dict[UUID, tuple[str, str]] = {}
        self.running, self.stopped = True, False
        self._at = 0
        self.task: Task | None = None
        self._then: Callable[[Any], None] = self._have
        self.head = PageHead(way.title, back=back)
        self.good, self.wrong, self.panel = Banner("ok"), Banner("bad"), ProgressPanel(way.title)
        self.grid = Grid(N_("Papers, in the order they go out"), HEADS)
        self.good.hide()
        self.wrong.hide()
        hints = KeyHints([("Esc", N_("Back"))])
        card = Card(SectionHead(N_("Papers, in the order they go out")), (self.grid, 1), gap=8)
        parts = (self.head, self.wrong, self.good, self.panel, (card, 1), row(None, hints))
        self.setLayout(column(*parts, gap=12, margins=(MARGIN, MARGIN, MARGIN, MARGIN)))
        self.head.went_back.connect(self._back)
        self.panel.cancelled.connect(self.stop)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self.panel.begin()
        self.background.ask(partial(_rows, numbers), self._begin, self._refused)

    # One after the other

    def _begin(self, rows: list[Row]) -> None:
        self.rows = rows
        self.grid.show_lines([Line(row["id"], partial(self._cells, row)) for row in rows])
        self.grid.setFocus()
        self._next()

    def _next(self) -> None:
        self.panel.tell(self._at, len(self.rows))
        if self.stopped or self._at == len(self.rows):
            self._end()
        else:
            self.ask(partial(asks.signed, self.rows[self._at]["id"]), self._have)

    def ask(self, work: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        """Do a piece of work for the paper at hand off the window's thread; where it fails the paper does."""
        self._then = then
        self.task = self.background.ask(work, self._answered, self._lacks)  # told to a page that is still there

    def _answered(self, answer: Any) -> None:
        self._then(answer)

    def _have(self, data: bytes) -> None:
        if self.stopped:
            self._told(words(STOPPED), "")
        else:
            self.way.take(self, self.rows[self._at], data, self._told)

    def _lacks(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
        self._told(words(error.message, **error.values) if isinstance(error, UserError) else str(error), "")

    def _told(self, problem: str, remark: str) -> None:
        if not self.running:
            return
        id = self.rows[self._at]["id"]
        self.results[id] = problem, remark
        self._redraw(self._at, self._at + 1)
        self._at += 1
        self._next()

    def stop(self) -> None:
        """Go no further than the paper that is under way, and break that off where it can be."""
        self.stopped = True
        self.way.stop()

    def _end(self) -> None:
        self.running = False
        for left in self.rows[self._at :]:
            self.results[left["id"]] = words(STOPPED), ""
        self._redraw(self._at)
        self.panel.hide()
        failed = [paper for paper in self.rows if self.results[paper["id"]][0]]
        well = len(self.rows) - len(failed)
        if well or not failed:
            self.good.say(said(self.way.all_done, n=f"{well:,}", m=f"{len(self.rows):,}"))
            self.good.show()
        if failed:
            self.wrong.say(partial(self._failures, failed))
            self.wrong.show()

    def _failures(self, failed: list[Row]) -> str:
        first = failed[0]
        facts = {"n": f"{len(failed):,}", "number": first["number"], "why": self.results[first["id"]][0]}
        if len(failed) == 1:
            return words(N_("{number} is left out: {why}"), **facts)
        return words(N_("{n} papers are left out, the first is {number}: {why}. The list says why for each."), **facts)

    def _refused(self, error: Exception) -> None:
        self.running = False
        self.panel.hide()
        refuse(self.wrong, self.background, error)

    # What is said

    def _cells(self, row: Row) -> list[Cell]:
        problem, remark = self.results.get(row["id"], ("", ""))
        if problem:
            result = Cell(Own(problem), tone="bad", icon="circle-x", tip=Own(problem))
        elif row["id"] in self.results:
            result = Cell(Own(remark) or self.way.done, tone="ok", icon="circle-check", tip=Own(remark))
        else:
            result = Cell(N_("waits"), tone="text3")
        title = Own(row["title"] or "")
        number = Cell(Own(row["number"]), icon="file-text")
        return [number, Cell(Own(str(row["version"]))), Cell(title, tip=title), result]

    def _redraw(self, first: int, end: int | None = None) -> None:
        for line in self.grid.records.every[first:end]:
            line.cells_ = None
        self.grid.viewport().update()

    # Leaving

    def may_leave(self) -> bool:
        """Whether nothing is under way, or somebody agrees to stop it."""
        return not self.running or confirm(self, N_("Stop here?"), SURE, N_("Stop"))

    def release(self) -> None:
        """Stop: nobody sees how it ends."""
        self.running = False
        if self.task is not None:
            self.task.cancel()
        self.stop()

    def _back(self, _key: str = "") -> None:
        if self.may_leave():
            self.left.emit()


def _rows(numbers: array[int], desk: Desk) -> list[Row]:
    """The papers behind local numbers, in their order."""
    starts = range(0, len(numbers), asks.AT_ONCE)
    return [row for start in starts for row in desk.page("documents", numbers[start : start + asks.AT_ONCE])]
