"""The board of work orders: four columns with the figures of the week above them, worked by keys."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services import work_board
from services.work_pulse import Pulse
from ui.kit.button import Button
from ui.kit.going import ToList, ToOrder
from ui.kit.keys import shortcuts
from ui.kit.layout import column, hide_unless
from ui.kit.page import PageHead
from ui.kit.text import Message, Own, counted, said, words
from ui.kit.theme import MARGIN
from ui.pages import work_cards
from ui.pages.work_lanes import WorkLanes

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

CHIPS = ("compound_id", "building_id", "trade", "technician_id", "priority")


class BoardPage(QWidget):
    """`went` tells where to go, `board_asked` names another board; `asked` an act of an order's way."""

    went = Signal(object)
    board_asked = Signal(str)
    asked = Signal(object, object)  # Act, card
    reported = Signal(object)  # what is known already: values by name

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.pulse = background, Pulse(0, None, 0, None)
        self.board = WorkLanes(background, tuple(work_board.LANES), CHIPS)
        may = background.desk.may
        self.list, self.plan = Button(N_("List"), "list"), Button(N_("Assign and plan"), "calendar")
        self.add = Button(N_("New work order"), "plus", kind="primary")
        rights = {self.list: "work_orders.list", self.plan: "work_orders.planned", self.add: "work_orders.add"}
        for button, right in rights.items():
            hide_unless(may(right), button)
        self.head = PageHead(N_("Work orders"), *rights, facts=Own(" "))
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, (self.board, 1), gap=12, margins=margins))
        self.setFocusProxy(self.board)
        self.list.clicked.connect(self._list)
        self.plan.clicked.connect(self._plan)
        self.add.clicked.connect(self.report)
        self.board.added.connect(self.report)
        self.board.opened.connect(self._open)
        self.board.asked.connect(self.asked)
        self.board.read_again.connect(self._read)
        shortcuts(self, {"N": self.report, "F5": self.board.read})

    def _read(self, _lanes: object) -> None:
        """The figures follow the board."""
        work = partial(_pulse, self.board)
        self.background.ask(work, self._got, tag=f"pulse{id(self)}")

    def _got(self, found: Pulse) -> None:
        self.pulse = found
        self.head.show_facts(self._facts)

    def _facts(self) -> str:
        found = self.pulse
        parts: list[Message] = [counted("{n} new this week", "{n} new this week", found.new)]
        if found.answered is not None:
            parts.append(said(N_("answered after {time} on average"), time=_spoken(found.answered)))
        if found.content is not None:
            parts.append(said(N_("{share} % of ratings content"), share=f"{found.content / 10:.1f}"))
        return " · ".join(words(part) for part in parts)

    def report(self) -> None:
        """Report what is broken: in the compound and building that are looked at."""
        if not self.background.desk.may("work_orders.add"):
            return
        known = {}
        for name in ("compound_id", "building_id"):
            values = self.board.chips[name].values
            if len(values) == 1 and values[0] is not None:
                known[name] = (values[0], self.board.chips[name].name(values[0]))
        self.reported.emit(known)

    def _list(self) -> None:
        chips = self.board.chips.items()
        names = {key: word for _, chip in chips for key, word in chip.names.items()}
        open_ = ("state", tuple(state.value for state in work_board.LANE_OF))
        filters = (open_, *((name, chip.values) for name, chip in chips if chip.values))
        self.went.emit(ToList("work_orders", filters, names))

    def _plan(self) -> None:
        self.board_asked.emit("work_calendar")

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.went.emit(ToOrder(key))


def _spoken(span: timedelta) -> str:
    return work_cards.duration(span)


def _pulse(board: WorkLanes, desk: Desk) -> Pulse:
    found: Pulse = desk.ask("work_orders.pulse", at=board.now())
    return found
