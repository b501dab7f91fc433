"""One stocktake: counted room by room, its differences explained, reported, approved, settled, closed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.errors import UserError
from ui.kit.card import Banner
from ui.kit.keys import shortcuts
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState
from ui.kit.text import Own, said
from ui.kit.theme import LOOK, MARGIN
from ui.pages.stocktake_counting import CountSide
from ui.pages.stocktake_differences import DifferencesCard
from ui.pages.stocktake_draft import DraftSide
from ui.pages.stocktake_head import StocktakeHead, Waiting
from ui.pages.stocktake_met import OpenCodes
from ui.pages.stocktake_reading import DIFFERENCES, Read, Reading
from ui.pages.stocktake_result import ResultPane
from ui.pages.stocktake_rooms import RoomsPane
from ui.pages.stocktake_tiles import Counters
from ui.pages.stocktake_work import Refused, Then, WorkPanel

if TYPE_CHECKING:
    from services.stocktake_sheet import Scanned
    from ui.kit.background import Background

Row = Mapping[str, Any]


class StocktakePage(QWidget):
    """Shows a stocktake; the window runs what `asked` names."""

    asked = Signal(str, object)  # name of an act, its values
    left = Signal()

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.stocktake = background, stocktake
        self.found: Read | None = None
        self.reading = Reading(background, stocktake, self)
        self._make()
        self._wire()
        self._arrange()
        LOOK.changed.connect(self._say)
        self.read()

    def _make(self) -> None:
        self.head, self.panel = StocktakeHead(self.background.desk), WorkPanel(self.background)
        self.team = self.head.team
        self.wrong, self.hint, self.counters = Banner("bad", Own("")), Waiting(), Counters()
        self.count_side, self.draft = CountSide(self.background, self.stocktake), DraftSide()
        self.scan, self.lines = self.count_side.scan, self.count_side.lines
        self.differences, self.open = DifferencesCard(self.background, self.stocktake), OpenCodes()
        self.rooms, self.result = RoomsPane(), ResultPane()
        self.off = EmptyState("clipboard-check", N_("This stocktake was cancelled"),
                              N_("What was counted stays in its lists; its number is void."))  # fmt: skip
        for part in (self.wrong, self.counters, self.rooms, self.result):
            hide_unless(False, part)

    def _wire(self) -> None:
        self.reading.got.connect(self._got)
        self.reading.failed.connect(self._refused)
        self.head.went_back.connect(self._back)
        self.head.asked.connect(self._ask)
        self.head.printed.connect(self._print)
        self.head.team.chosen.connect(self._stand)
        self.panel.changed.connect(self._say)
        self.draft.asked.connect(self._of_team)
        self.count_side.asked.connect(self._of_reading)
        self.count_side.refused.connect(self._not_counted)
        self.count_side.teamless.connect(partial(self._ask, "stocktakes.team"))
        self.count_side.opened.connect(partial(self._marked, kind="stocktake_surplus"))
        self.open.asked.connect(self.count_side.about)
        self.rooms.chosen.connect(self._stand)
        self.rooms.done.connect(self._room_done)
        self.differences.asked.connect(self._explain)
        self.differences.opened.connect(partial(self.asked.emit, "open"))

    def _arrange(self) -> None:
        self.left_side = QStackedWidget()
        explained = QWidget()
        explained.setLayout(column(self.open, (self.differences, 1), gap=10))
        for page in (self.draft, self.count_side, explained, self.off):
            self.left_side.addWidget(page)
        middle = row((self.left_side, 1), self.rooms, self.result, gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        parts = (self.head, self.wrong, self.panel, self.hint, self.counters)
        self.setLayout(column(*parts, (middle, 1), gap=12, margins=margins))
        side = self.count_side
        keys = {"Esc": self._back, "F5": self.read, "F2": side.remark, "F6": side.surplus, "F7": self.rooms.next_room}
        shortcuts(self, keys)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_keyboard()
        if self.found is not None:  # a document that settles something was in front
            self.read()

    def _take_keyboard(self) -> None:
        explained = self.state not in ("", "draft", "counting", "cancelled")
        (self.scan if self.state == "counting" else self.differences if explained else self.head.next).setFocus()

    @property
    def state(self) -> str:
        """The state as it is stored; empty before anything was read."""
        return self.found.state if self.found else ""

    # Reading

    def read(self) -> None:
        """Read the stocktake again."""
        self.reading.read()

    def _got(self, found: Read) -> None:
        first, turned = self.found is None, self.state != found.state
        self.found = found
        may_form = found.state in ("draft", "counting") and self._may("stocktakes.team")
        self.team.show_teams(found.teams, may_form=may_form)
        self.rooms.may_finish = self._may("stocktakes.room_done")
        self.rooms.show_progress(found.progress)
        if first or self.rooms.current() is None:
            self._find_place(found)
        self.count_side.stand(self.rooms.current(), self.team.team)
        self.counters.show_progress(found.progress)
        self.draft.show_draft(found.progress.row, found.teams, may=may_form)
        self.open.show_codes(found.open, scanning=False, may=self._may("stocktakes.put_aside"))
        if found.state == "counting":
            self.count_side.show_progress(found.progress, found.open)
        elif found.state not in ("draft", "cancelled"):
            self.result.show_progress(found.progress)
            self.differences.show_differences(found.differences, found.state)
        self._say()
        if turned and self.isVisible():
            self._take_keyboard()

    def _find_place(self, found: Read) -> None:
        """Where and for whom the last reading was made, else the first room that is not done."""
        last, rooms = found.last, found.progress.rooms
        at = next((r for r in rooms if last and (r.building, r.room) == (last.building, last.room)), None)
        mine = next((team["id"] for team in found.teams if last and team["name"] == last.team), None)
        if mine is not None:
            self.team.choose(mine)
        room = at or next((r for r in rooms if r.done_on is None and r.seen < r.all), None)
        self.rooms.choose(room.stocktake_room_id if room else None)

    def _refused(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        if error is not None:
            self.wrong.say(said(error.message, **error.values))
        self.wrong.setVisible(error is not None)

    def _not_counted(self, error: Exception | None) -> None:
        """Why a reading was not taken; another machine may have ended the count."""
        self._refused(error)
        if error is not None:
            self.read()

    def _say(self) -> None:
        if self.found is None:
            return
        state, room = self.state, self.rooms.current()
        self.head.show_found(self.found, room=room is not None, busy=self.panel.task is not None)
        self.hint.show_found(self.found)
        if not self._may(DIFFERENCES):
            self.hint.hide()
        self.left_side.setCurrentIndex({"draft": 0, "counting": 1, "cancelled": 3}.get(state, 2))
        counted = state not in ("draft", "cancelled")
        self.counters.setVisible(counted)
        side = self.rooms if state == "counting" else self.result
        (self.result if side is self.rooms else self.rooms).hide()  # first: beside each other they widen the window
        side.setVisible(counted)

    def _may(self, act: str) -> bool:
        return self.background.desk.may(act)

    # Counting

    def take_scan(self, code: str) -> bool:
        """A scanner read a code while this page is in front."""
        if self.state != "counting":
            return False
        self.count_side.count(0, code)
        return True

    def _stand(self, _chosen: object = None) -> None:
        """Another room or another team."""
        self.count_side.stand(self.rooms.current(), self.team.team)
        if self.found is not None:
            self.lines.show_progress(self.found.progress)
            self._say()
        self.scan.setFocus()

    def _room_done(self, room: UUID, done: bool) -> None:
        self.background.do("stocktakes.room_done", {"stocktake_room_id": room, "done": done}, None, self._refused)
        self.scan.setFocus()

    # What is asked

    def run(self, act: str, values: Mapping[str, Any], then: Then, refused: Refused | None = None) -> None:
        """Do a long act, with its progress and a way to stop it."""
        self._refused(None)
        self.panel.run(act, values, then, refused or self._refused)

    def _values(self) -> dict[str, Any]:
        row_ = self.found.progress.row if self.found else {}
        return {"stocktake_id": self.stocktake, "_row": row_, "_team": self.team.team, "_room": self.rooms.current()}

    def _ask(self, act: str) -> None:
        self.asked.emit(act, self._values())

    def _print(self, stage: str) -> None:
        self.asked.emit("stocktakes.paper", self._values() | {"_stage": stage})

    def _of_team(self, act: str, team: Row | None) -> None:
        self.asked.emit(act, self._values() | ({"_about": team} if team else {}))

    def _of_reading(self, act: str, found: Scanned) -> None:
        self.asked.emit(act, self._values() | {"_scan": found})

    def _explain(self, act: str, kind: str, rows: list[Row]) -> None:
        self._marked(act, rows, kind)

    def _marked(self, act: str, rows: list[Row], kind: str) -> None:
        self.asked.emit(act, self._values() | {"_kind": kind, "_rows": rows})

    def _back(self, _key: str = "") -> None:
        self.left.emit()

    # Qt's events

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z on this page takes the last reading back: it is not the window's."""
        mine = event.type() == QEvent.Type.ShortcutOverride and self.state == "counting"
        if mine and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state == "counting" and event.matches(QKeySequence.StandardKey.Undo):
            self.count_side.undo()
        else:
            super().keyPressEvent(event)
