"""Work orders as a board that reads itself: by the filters in force, again after each change, and each minute, for
time passes on its cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services import work_board
from services.desk.listing import LISTINGS
from ui.kit import acts
from ui.kit.button import KeyHints
from ui.kit.card import Banner
from ui.kit.cards import Card
from ui.kit.chip import Chip
from ui.kit.lanes import LaneHead, Lanes
from ui.kit.layout import column, row
from ui.kit.refusing import refuse
from ui.kit.screen import Act
from ui.kit.theme import LOOK
from ui.pages import work_cards
from ui.screens.work_orders import WATCHED
from ui.screens.work_ways import WAYS

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

MINUTE, MORE = 60_000, 200  # milliseconds; cards of a column once its end was near
HEADS = {
    "reported": LaneHead("reported", N_("To accept"), "idle", N_("New work order")),
    "assigned": LaneHead("assigned", N_("Assigned"), "info"),
    "working": LaneHead("working", N_("In progress"), "warn"),
    "done": LaneHead("done", N_("To check"), "ok"),
}
ARGUMENTS = {
    "compound_id": "compound_ids", "building_id": "building_ids", "trade": "trades",
    "technician_id": "technician_ids", "priority": "priorities",
}  # fmt: skip


class WorkLanes(QWidget):
    """`opened` names an order; `asked` an act of its way and its card; `added` asks for a new one; `read_again` says
    that the lanes were read."""

    opened = Signal(object)
    asked = Signal(object, object)  # Act, services.work_board.Card
    added = Signal()
    read_again = Signal(object)  # the lanes

    def __init__(self, background: Background, lanes: Sequence[str], chips: Sequence[str]) -> None:
        super().__init__()
        self.background, self.found = background, dict[str, work_board.Lane]()
        self.most, self.names = work_board.CARDS, tuple(lanes)
        may = background.desk.may("work_orders.add")
        self.lanes = Lanes([head if may else head._replace(add="") for head in (HEADS[name] for name in lanes)])
        specs = LISTINGS["work_orders"].columns
        self.chips = {name: Chip(background, specs[name], "work_orders") for name in chips}
        self.wrong = Banner("bad")
        self.wrong.hide()
        hints = KeyHints([("J/K", N_("up and down")), ("H/L", N_("columns")), ("M", N_("move"))], gap=10)
        bar = row(*self.chips.values(), None, hints)
        self.setLayout(column(bar, self.wrong, (self.lanes, 1), gap=14))
        self.setFocusProxy(self.lanes)
        for chip in self.chips.values():
            chip.changed.connect(self.read)
        self.lanes.opened.connect(self.opened)
        self.lanes.moving.connect(self.offer)
        self.lanes.wanted.connect(self._more)
        self.lanes.added.connect(self._add)
        background.changed.connect(self._touched)
        LOOK.changed.connect(self.say)
        self.clock = QTimer(self, interval=MINUTE)
        self.clock.timeout.connect(self._minute)
        self.clock.start()
        self.now: Callable[[], datetime] = _now

    # Reading

    def filters(self) -> dict[str, Sequence[Any]]:
        """What the chips let through, as the query wants it."""
        return {ARGUMENTS[name]: list(chip.values) for name, chip in self.chips.items() if chip.values}

    def read(self) -> None:
        """Read the board again."""
        ask = partial(_read, self.now(), self.most, self.filters())
        self.background.ask(ask, self._got, self._refused, tag=f"board{id(self)}")

    def _minute(self) -> None:
        """Time passed, and somebody at another computer may have changed something."""
        if self.isVisible():
            self.read()

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED:
            self.read()

    def _got(self, found: list[work_board.Lane]) -> None:
        self.wrong.hide()
        marked = self.lanes.current()
        self.found = {lane.name: lane for lane in found}
        self.say()
        if marked is not None:
            self.lanes.mark(marked.key)  # it may stand in another column now
        self.read_again.emit(found)

    def _refused(self, error: Exception) -> None:
        refuse(self.wrong, self.background, error)

    def _more(self, name: str) -> None:
        """Near the end of a column its other cards are read too."""
        lane = self.found.get(name)
        if lane is not None and lane.more > 0 and len(lane.cards) >= self.most:
            self.most += MORE
            self.read()

    def say(self) -> None:
        """Write every card anew: the language changed, or time passed."""
        now = self.now()
        for name in self.names:
            lane = self.found.get(name)
            if lane is not None:
                self.lanes.lanes[name].show_lane([work_cards.card(c, now) for c in lane.cards], lane.total, lane.late)

    # What is asked

    def order(self, key: object) -> work_board.Card | None:
        """The order behind a card."""
        return next((card for lane in self.found.values() for card in lane.cards if card.id == key), None)

    def ways(self, card: Card) -> list[Act]:
        """What may be done with it now, and by whoever sits here."""
        order = self.order(card.key)
        every = WAYS[order.state.value] if order is not None else ()
        return [act for act in every if self.background.desk.may(act.name)]

    def offer(self, card: Card, spot: QPoint) -> None:
        """A menu of where it may go."""
        acts.popup(self, spot, self.ways(card), 1, partial(self._move, card.key))

    def _move(self, key: UUID, act: Act) -> None:
        order = self.order(key)
        if order is not None:
            self.asked.emit(act, order)

    def _add(self, _name: str) -> None:
        self.added.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lanes.setFocus()
        self.read()


def _now() -> datetime:
    return datetime.now(UTC)


def _read(at: datetime, most: int, filters: Mapping[str, Sequence[Any]], desk: Desk) -> list[work_board.Lane]:
    found: list[work_board.Lane] = desk.ask("work_orders.board", at=at, most=most, **filters)
    return found
