"""Where a stocktake is counted: the scanner's line, what it met, the lines of the room; every reading is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.stocktake_scan import ScanMeans
from services.stocktake_rooms import NO_LINE
from ui.kit.layout import column
from ui.pages.stocktake_lines import LinesCard
from ui.pages.stocktake_scan import ScanCard
from ui.pages.stocktake_words import room_name

if TYPE_CHECKING:
    from services.desk.desk import Done
    from services.stocktake_sheet import Progress, RoomCount, Scanned
    from ui.kit.background import Background

TAKE_BACK, ASIDE = "stocktakes.take_back_scan", "stocktakes.put_aside"


class CountSide(QWidget):
    """`asked`: an act the window has a form for, and the reading it is about; `refused`: why a reading was not taken,
    None once one was; `teamless`: there is nobody to count for; `opened`: an act on marked surpluses."""

    asked = Signal(str, object)
    refused = Signal(object)
    teamless = Signal()
    opened = Signal(str, object)

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__()
        self.background, self.stocktake = background, stocktake
        self.team: UUID | None = None
        self.here: RoomCount | None = None
        self._waiting, self._undoing = 0, False  # readings that are being written; whether the last is to be taken back
        self._open: list[Scanned] = []  # codes nobody dealt with, the newest first
        self._many: list[Scanned] = []  # chosen in the list; how many there are is asked one after the other
        self.scan, self.lines = ScanCard(), LinesCard(background, stocktake)
        self.setLayout(column(self.scan, (self.lines, 1), gap=14))
        self.scan.read.connect(self.count)
        self.scan.asked.connect(self.about)
        self.scan.pieces.connect(self._pieces)
        self.scan.last.left_off.connect(self._ask_next)
        self.scan.undone.connect(self.undo)
        self.lines.counted.connect(self._listed)
        self.lines.asked.connect(self.opened)
        self.setFocusProxy(self.scan)

    def stand(self, here: RoomCount | None, team: UUID | None) -> None:
        """Where readings are made from now on, and for whom."""
        self.here, self.team = here, team
        self.scan.show_where(room_name(here) if here else None)
        self.lines.show_room(here.stocktake_room_id if here else None)

    def show_progress(self, found: Progress, open_: list[Scanned]) -> None:
        """Show how far it is, and the codes that wait."""
        self.lines.show_progress(found)
        self._show_open(open_)

    def _show_open(self, open_: list[Scanned]) -> None:
        self._open = open_
        self.scan.show_open(open_, may=self.background.desk.may(ASIDE))

    # Counting

    def count(self, pieces: int, code: str, means: ScanMeans = ScanMeans.SCANNER) -> None:
        """Count a thing in the room the team stands in; readings are written one after the other."""
        if self.team is None:
            self.teamless.emit()
        else:
            self._write(bool(pieces), {"team_id": self.team, "code": code, "means": means, "quantity": pieces or 1,
                                       **self._place()})  # fmt: skip

    def _write(self, told: bool, values: dict[str, Any]) -> None:
        self._waiting += 1
        values["stocktake_id"], listed = self.stocktake, values.get("means") is ScanMeans.LIST
        self.background.do("stocktakes.scan", values, partial(self._met, told, listed), self._not_met)

    def _place(self) -> dict[str, Any]:
        here = self.here
        if here is None:
            return {}
        return {"room_id": here.room_id} if here.room_id else {"building_id": here.building_id}

    def _met(self, told: bool, listed: bool, done: Done[Scanned]) -> None:
        found = done.value
        self._waiting -= 1
        self.refused.emit(None)
        self.scan.show_met(found)
        if found.outcome in NO_LINE:  # at once: F6 pressed now must not mean the code before
            self._show_open([found, *self._open])
        several = found.line is not None and found.line.line_id is not None and found.line.quantity != 1
        if several and not told and listed:
            self._many.append(found)
        elif several and not told:
            self.scan.last.ask_pieces()
        self._ask_next()
        self._undo_late()

    def _ask_next(self) -> None:
        if self._many and not self._waiting:
            self.scan.last.show_reading(self._many.pop(0))
            self.scan.last.ask_pieces()

    def _not_met(self, error: Exception) -> None:
        self._waiting -= 1
        self._refused(error)
        self._ask_next()
        self._undo_late()

    def _refused(self, error: Exception) -> None:
        self.scan.sound(bad=True)
        self.refused.emit(error)

    def _listed(self, numbers: list[str]) -> None:
        for number in numbers:
            self.count(0, number, ScanMeans.LIST)
        self.scan.setFocus()

    def _pieces(self, found: Scanned, pieces: int) -> None:
        """The reading stood for one piece; now it is known how many there are."""
        self._write(True, {"quantity": pieces, **instead(found)})

    def undo(self) -> None:
        """Take the last reading back: one that is still being written when it is."""
        if self._waiting:
            self._undoing = True
        elif self.scan.last.found is not None:
            self.about(TAKE_BACK, self.scan.last.found)

    def _undo_late(self) -> None:
        if self._undoing and not self._waiting:
            self._undoing = False
            self.undo()

    def remark(self) -> None:
        """Say more of the last reading."""
        if self.scan.last.found is not None:
            self.about("remark", self.scan.last.found)

    def surplus(self) -> None:
        """Make a surplus of the code that waits."""
        if self.scan.open.found is not None:
            self.about("stocktakes.surplus", self.scan.open.found)

    def about(self, act: str, found: Scanned) -> None:
        """Do what is asked about a reading."""
        self.scan.setFocus()
        if act == TAKE_BACK:
            self.scan.last.show_reading(None)
            self.background.do(act, {"scan_id": found.scan_id}, None, self._refused)
        elif act == ASIDE:
            self.background.do(act, {"scan_id": found.scan_id}, None, self._refused)
        elif act == "rescan":
            self.background.do(TAKE_BACK, {"scan_id": found.scan_id}, None, self._refused)
        else:
            self.asked.emit(act, found)


def instead(found: Scanned) -> dict[str, Any]:
    """A reading that stands in the place of another: of the same team, made where that one was."""
    same = ("code", "team_id", "building_id", "room_id")
    return {"stocktake_scan_id": found.scan_id} | {name: getattr(found, name) for name in same}
