"""The jobs of one person: what is assigned to him, what he is at, what waits to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services import work_board
from services.desk.errors import UserError
from services.desk.listing import View
from ui.kit.going import ToOrder
from ui.kit.keys import shortcuts
from ui.kit.layout import column
from ui.kit.page import PageHead
from ui.kit.text import Own, said
from ui.kit.theme import MARGIN
from ui.pages.work_lanes import WorkLanes

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from ui.kit.background import Background

MINE = ("assigned", "working", "done")


class MyJobsPage(QWidget):
    """Whoever is signed in is looked for by his name among the staff; anybody else is chosen with the chip."""

    went = Signal(object)
    asked = Signal(object, object)  # Act, card

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background = background
        self.board = WorkLanes(background, MINE, ("technician_id", "compound_id", "priority"))
        self.person = self.board.chips["technician_id"]
        self.head = PageHead(N_("My jobs"), facts=Own(" "))
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, (self.board, 1), gap=12, margins=margins))
        self.setFocusProxy(self.board)
        self.board.opened.connect(self._open)
        self.board.asked.connect(self.asked)
        self.board.read_again.connect(self._say)
        shortcuts(self, {"F5": self.board.read})
        background.ask(_who, self._known)

    def _known(self, found: Named | None) -> None:
        if found is not None and not self.person.values:
            self.person.names[found.id] = found.label
            self.person.choose((found.id,))

    def _say(self, lanes: list[work_board.Lane]) -> None:
        mine = [lane for lane in lanes if lane.name in MINE]
        late = sum(lane.late for lane in mine)
        if self.person.values:
            told = N_("Open: {n} · late: {late}")
            self.head.show_facts(said(told, n=sum(lane.total for lane in mine), late=late))
        else:
            self.head.show_facts(N_("Choose whose jobs are shown."))

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.went.emit(ToOrder(key))


def _who(desk: Desk) -> Named | None:
    """The only person with the name the account stands for, or with its own name for a number; else nobody."""
    try:
        rows: list[Any] = desk.first(View("accounts", filters=(("name", (desk.account,)),)), 1)
        name = str(rows[0]["person"]) if rows else desk.account
        found = [one for one in desk.find("staff", name, 5) if name in (one.label, one.number)]
    except UserError:
        return None
    return found[0] if len(found) == 1 else None
