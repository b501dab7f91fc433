"""A list of who was there, before it is taken in: what it comes to, and the rows that stay out with their reason."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from ui.kit.button import Button
from ui.kit.card import Banner, Card
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead, StickyFooter
from ui.kit.refusing import refuse
from ui.kit.stat import Stat
from ui.kit.text import Note, Own, said
from ui.kit.theme import MARGIN
from ui.kit.tick import Tick

if TYPE_CHECKING:
    from services.attendance_rows import Refused, Taken
    from services.desk.desk import Desk, Done
    from services.training_sheet import SessionSheet
    from ui.kit.background import Background

HEADS = (Head(N_("Row"), 80, right=True), Head(N_("Name"), 200), Head(N_("Why it stays out")))


class ListPage(QWidget):
    """`taken` tells what was taken in."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, background: Background, sheet: SessionSheet, place: Path, back: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.place = background, place
        self.values: dict[str, Any] = {"training_session_id": sheet.id, "file": str(place)}
        self.head = PageHead(N_("Take in attendance list"), back=(back,),
                             facts=Own(f"{place.name} · {sheet.row['title']}"))  # fmt: skip
        self.banner = Banner("bad")
        self.banner.hide()
        titles = {"came": N_("Were there"), "absent": N_("Absent"), "fresh": N_("Without being enrolled"),
                  "refused": N_("Stay out")}  # fmt: skip
        self.stats = {name: Stat(title) for name, title in titles.items()}
        self.walk_ins = Tick(N_("Take in those too who came without being enrolled"))
        self.grid = Grid(N_("Rows that stay out"), HEADS)
        self.none = EmptyState("circle-check", N_("Every row comes in"), N_("Rows that stay out would stand here."))
        self.stack = QStackedWidget()
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        self.cancel, self.take = Button(N_("Cancel")), Button(N_("Take in"), "check", kind="primary")
        card = Card(gap=0, margins=(1, 1, 1, 1))
        card.add((self.stack, 1))
        figures = row(*((stat, 1) for stat in self.stats.values()), gap=12)
        remark = Note(
            N_("A person counts as there by a column of presence or signature, else by standing in the list.")
        )
        margins = (MARGIN, MARGIN, MARGIN, 14)
        page = column(self.head, self.banner, figures, self.walk_ins, remark, (card, 1), gap=14, margins=margins)
        self.setLayout(column((page, 1), StickyFooter([self.cancel], [self.take]), gap=0))
        self.take.setEnabled(False)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self._back)
        self.head.went_back.connect(self._back)
        self.walk_ins.toggled.connect(self._look)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self._look()

    def _look(self, *_: Any) -> None:
        self.values["walk_ins"] = self.walk_ins.isChecked()
        self.background.ask(partial(_checked, dict(self.values)), self._got, self._refused, tag=f"list{id(self)}")

    def _got(self, found: Taken) -> None:
        self.banner.hide()
        for name in ("came", "absent", "fresh"):
            self.stats[name].say(Own(str(getattr(found, name))))
        self.stats["refused"].say(Own(str(len(found.refused))), tone="warn" if found.refused else "text")
        self.grid.show_lines([Line(at, partial(_cells, refused)) for at, refused in enumerate(found.refused)])
        self.stack.setCurrentWidget(self.grid if found.refused else self.none)
        self.take.setEnabled(found.came + found.absent > 0)

    def _refused(self, error: Exception) -> None:
        refuse(self.banner, self.background, error)
        self.take.setEnabled(False)

    def _take(self) -> None:
        self.take.setEnabled(False)
        self.background.do("training_sessions.take_in", self.values, self._done, self._refused)

    def _done(self, done: Done[Taken]) -> None:
        self.taken.emit(done.value)
        self.left.emit()

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _cells(found: Refused) -> list[Cell]:
    why = said(found.reason, **found.values)
    return [Cell(Own(str(found.row)), found.row), Cell(Own(found.name), found.name), Cell(why, tip=why)]


def _checked(values: dict[str, Any], desk: Desk) -> Taken:
    from services.attendance_import import Checked

    try:
        taken: Taken = desk.do("training_sessions.take_in", **values, dry_run=True).value
    except Checked as done:
        return done.taken
    return taken
