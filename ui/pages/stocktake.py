"""One stocktake: counted room by room, its differences explained, reported, approved, settled, closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.stocktake_scan import ScanMeans, ScanOutcome
from resources.words import N_
from services.desk.errors import UserError
from services.desk.listing import View
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.text import Own, said, words
from ui.kit.theme import LOOK, MARGIN
from ui.pages.stocktake_differences import DifferencesCard
from ui.pages.stocktake_lines import LinesCard
from ui.pages.stocktake_rooms import RoomsPane
from ui.pages.stocktake_scan import ScanCard
from ui.pages.stocktake_tiles import Counters, TeamButton
from ui.pages.stocktake_words import room_name
from ui.screens.stocktakes import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.stocktake_differences import Difference
    from services.stocktake_sheet import Progress, Scanned
    from ui.kit.background import Background

NEXT = {  # by state: the act of the one primary button, its word and icon
    "draft": ("stocktakes.start", N_("Start counting"), "check"),
    "counting": ("stocktakes.finish", N_("End counting"), "check"),
    "explaining": ("stocktakes.report", N_("Report"), "check"),
    "reported": ("stocktakes.approve", N_("Record approval…"), "stamp"),
    "approved": ("stocktakes.settle", N_("Draft the documents"), "file-text"),
}
BESIDE = (  # act, word, icon, states
    ("stocktakes.revise", N_("Revise"), "pencil", ("draft",)),
    ("stocktakes.cancel", N_("Cancel stocktake…"), "x", ("draft", "counting", "explaining")),
    ("stocktakes.resume", N_("Resume counting"), "undo-2", ("explaining",)),
    ("stocktakes.recall", N_("Recall"), "undo-2", ("reported",)),
    ("stocktakes.send_back", N_("Sent back…"), "circle-x", ("reported",)),
    ("stocktakes.close", N_("Close stocktake"), "check", ("approved",)),
)
WATCHED = frozenset({"stocktake", "stocktake_line", "stocktake_room", "stocktake_scan", "stocktake_surplus",
                     "stocktake_team", "disposal", "handover", "asset_need"})  # fmt: skip
Row = dict[str, Any]


class Read(NamedTuple):
    """What the page shows."""

    progress: Progress
    teams: list[Row]
    open: list[Scanned]
    last: Scanned | None
    differences: list[Difference]


class StocktakePage(QWidget):
    """Shows a stocktake; the window runs what `asked` names."""

    asked = Signal(str, object)  # name of an act, its values
    left = Signal()

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.stocktake = background, stocktake
        self.found: Read | None = None
        self._make()
        self._arrange()
        self.background.changed.connect(self._touched)
        LOOK.changed.connect(self._say)
        self.read()

    def _make(self) -> None:
        self.team, self.next = TeamButton(), Button(N_("Start counting"), "check", kind="primary")
        self.print = Button(N_("Print"), "printer")
        self.beside = {act: Button(word, icon) for act, word, icon, _ in BESIDE}
        for act, button in self.beside.items():
            button.clicked.connect(partial(self._ask, act))
            hide_unless(False, button)
        hide_unless(False, self.next)
        self.head = PageHead("stocktake", self.team, *self.beside.values(), self.print, self.next,
                             back=(("stocktakes", "stocktakes"),), facts=Own(" "))  # fmt: skip
        self.head.went_back.connect(self._back)
        self.wrong, self.counters = Banner("bad", Own("")), Counters()
        self.wrong.hide()
        self.scan, self.lines = ScanCard(), LinesCard(self.background, self.stocktake)
        self.differences, self.rooms = DifferencesCard(self.background, self.stocktake), RoomsPane()
        self.empty = EmptyState("clipboard-check", N_("Nothing is counted yet"),
                                N_("Form the teams, then start: the books are frozen as of the base date."),
                                N_("Form a team…"))  # fmt: skip
        self.next.clicked.connect(self._next)
        self.print.clicked.connect(partial(self._ask, "print"))
        self.team.wanted.connect(partial(self._ask, "stocktakes.team"))
        self.empty.acted.connect(partial(self._ask, "stocktakes.team"))
        self.scan.read.connect(self.count)
        self.scan.asked.connect(self._about)
        self.lines.asked.connect(self._found)
        self.rooms.chosen.connect(self._enter)
        self.rooms.done.connect(self._room_done)
        self.differences.asked.connect(self._explain)
        self.differences.opened.connect(partial(self.asked.emit, "open"))

    def _arrange(self) -> None:
        self.left_side = QStackedWidget()
        counting = QWidget()
        counting.setLayout(column(self.scan, (self.lines, 1), gap=14))
        for page in (self.empty, counting, self.differences):
            self.left_side.addWidget(page)
        middle = row((self.left_side, 1), self.rooms, gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, self.counters, (middle, 1), gap=14, margins=margins))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scan.setFocus()

    @property
    def state(self) -> str:
        """The state as it is stored."""
        row = self.found.progress.row if self.found else {}
        return str(getattr(row.get("state"), "value", row.get("state", "")))

    # Reading

    def read(self) -> None:
        """Read the stocktake again."""
        self.background.ask(partial(_read, self.stocktake), self._got, self._refused, tag=f"stocktake{id(self)}")

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED:
            self.read()

    def _got(self, found: Read) -> None:
        first, self.found = self.found is None, found
        self.wrong.hide()
        self.counters.show_progress(found.progress)
        self.team.show_teams(found.teams, may_form=self.state in ("draft", "counting") and self._may("team"))
        self.rooms.show_progress(found.progress)
        if first or self.rooms.current() is None:
            self._stand(found)
        self.lines.show_progress(found.progress)
        self.scan.show_open(found.open)
        self.differences.show_differences(found.differences, self.state)
        self._say()

    def _stand(self, found: Read) -> None:
        """Where the last reading was made, else in the first room that is not done."""
        at = next((r for r in found.progress.rooms if found.last and (r.building, r.room) == (found.last.building,
                   found.last.room)), None)  # fmt: skip
        open_ = next((r for r in found.progress.rooms if r.done_on is None and r.seen < r.all), None)
        room = at or open_
        self.rooms.choose(room.stocktake_room_id if room else None)
        self.lines.show_room(room.stocktake_room_id if room else None)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.background.failed.emit(error)
            return
        self.wrong.say(said(error.message, **error.values))
        self.wrong.show()

    # What is said

    def _say(self) -> None:
        if self.found is None:
            return
        state, row_ = self.state, self.found.progress.row
        self.head.title.say(Own(str(row_["title"])))
        self.head.show_pills(Pill(f"stocktake.state={state}", STATES[state]))
        self.head.show_facts(self._line)
        here = self.rooms.current()
        self.scan.show_where(room_name(here) if here else None)
        counted = state not in ("draft", "cancelled")
        self.left_side.setCurrentIndex(0 if not counted else 1 if state == "counting" else 2)
        self.counters.setVisible(counted)
        self.rooms.setVisible(counted)
        self.team.setVisible(state in ("draft", "counting"))
        self.print.setVisible(counted)
        for act, _, _, states in BESIDE:
            self.beside[act].setVisible(state in states and self.background.desk.may(act))
        step = NEXT.get(state)
        unsettled = state != "approved" or any(d.document is None and not d.settled for d in self.found.differences)
        self.next.setVisible(step is not None and unsettled and self.background.desk.may(step[0]))
        if step:
            self.next.say(step[1], step[2])

    def _line(self) -> str:
        assert self.found is not None
        row_ = self.found.progress.row
        parts = [
            str(row_["number"]), words(N_("as of {date}"), date=row_["base_on"]),
            words(N_("{n} cards frozen"), n=f"{self.found.progress.cards:,}") if self.state != "draft" else "",
            str(row_["compound"]), str(row_["building"] or ""), str(row_["room"] or ""), str(row_["keeper"] or ""),
            words(N_("counted blind")) if row_["blind"] else "",
        ]  # fmt: skip
        return " · ".join(filter(None, parts))

    def _may(self, act: str) -> bool:
        return self.background.desk.may(f"stocktakes.{act}")

    # Counting

    def take_scan(self, code: str) -> bool:
        """A scanner read a code while this page is in front."""
        if self.state != "counting":
            return False
        self.count(0, code)
        return True

    def count(self, pieces: int, code: str, means: ScanMeans = ScanMeans.SCANNER, **more: Any) -> None:
        """Count a thing in the room the team stands in."""
        here = self.rooms.current()
        if self.team.team is None:
            self._ask("stocktakes.team")
            return
        values: dict[str, Any] = {"stocktake_id": self.stocktake, "team_id": self.team.team, "code": code,
                                  "quantity": pieces or 1, "means": means}  # fmt: skip
        if here is not None:
            values |= {"room_id": here.room_id} if here.room_id else {"building_id": here.building_id}
        self.background.do("stocktakes.scan", values | more, self._met, self._refused)

    def _met(self, done: Done[Scanned]) -> None:
        self.wrong.hide()
        self.scan.show_met(done.value)

    def _found(self, _act: str, numbers: list[str]) -> None:
        for number in numbers:
            self.count(0, number, ScanMeans.LIST)

    def _about(self, act: str, found: Scanned) -> None:
        if act == "stocktakes.take_back_scan":
            self.scan.last.show_reading(None)
            self.background.do(act, {"scan_id": found.scan_id}, None, self._refused)
        elif act == "stocktakes.put_aside":
            self.background.do(act, {"scan_id": found.scan_id}, None, self._refused)
        else:
            self.asked.emit(act, self._values() | {"_scan": found})
        self.scan.setFocus()

    def _enter(self, room: UUID) -> None:
        self.lines.show_room(room)
        if self.found is not None:
            self.lines.show_progress(self.found.progress)
        self._say()
        self.scan.setFocus()

    def _room_done(self, room: UUID, done: bool) -> None:
        self.background.do("stocktakes.room_done", {"stocktake_room_id": room, "done": done}, None, self._refused)

    # What is asked

    def _values(self) -> dict[str, Any]:
        progress = self.found.progress if self.found else None
        return {"stocktake_id": self.stocktake, "_row": progress.row if progress else {}, "_team": self.team.team,
                "_room": self.rooms.current()}  # fmt: skip

    def _next(self) -> None:
        self._ask(NEXT[self.state][0])

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(act, self._values())

    def _explain(self, act: str, kind: str, rows: list[Row]) -> None:
        self.asked.emit(act, self._values() | {"_kind": kind, "_rows": rows})

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _read(stocktake: UUID, desk: Desk) -> Read:
    progress: Progress = desk.ask("stocktakes.progress", stocktake_id=stocktake)
    teams = desk.first(View("stocktake_teams", filters=(("stocktake_id", (stocktake,)),)), 100)
    lately: list[Scanned] = desk.ask("stocktakes.lately", stocktake_id=stocktake, limit=200)
    open_ = [one for one in lately if one.outcome in (ScanOutcome.UNKNOWN, ScanOutcome.OUTSIDE)
             and not one.put_aside and one.surplus_id is None]  # fmt: skip
    state = str(getattr(progress.row["state"], "value", progress.row["state"]))
    differences = [] if state in ("draft", "counting") else desk.ask("stocktakes.differences", stocktake_id=stocktake)
    return Read(progress, teams, open_, lately[0] if lately else None, differences)
