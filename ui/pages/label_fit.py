"""What a person measured of his printer: the calibration page, the four lengths on it, and whether they are used."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from services.desk.errors import Invalid, UserError
from services.label_stocks import Stock
from ui.kit import read, show
from ui.kit.button import Button
from ui.kit.card import SectionHead
from ui.kit.layout import column, row
from ui.kit.line_box import LineBox
from ui.kit.text import Follower, Note, Own, said, words
from ui.kit.tick import Tick

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.labels import Measured
    from ui.kit.background import Background

NAMES = {
    "left": N_("Cross from the left"),
    "top": N_("Cross from the top"),
    "across": N_("Ruler across"),
    "down": N_("Ruler down"),
}
ALL_FOUR = N_("Please measure all four lengths.")


class FitPart(QWidget, Follower):
    """`changed` tells that labels come out elsewhere now; `calibrating` asks for the page with the rulers."""

    changed = Signal()
    calibrating = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.background, self.stock = background, ""
        self.use = Tick(N_("Corrected for my printer"))
        self.use.setChecked(True)
        self.use.toggled.connect(self._used)
        self.boxes = {name: LineBox(read.hundredths, show.money, after="mm") for name in NAMES}
        self.page, self.keep = (
            Button(N_("Calibration page"), "ruler", small=True),
            Button(N_("Keep"), "check", small=True),
        )
        self.page.clicked.connect(self.calibrating)
        self.keep.clicked.connect(self._keep)
        self.told = Note(Own(""), wrap=True)
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, (name, box) in enumerate(self.boxes.items()):
            grid.addLayout(column(Note(NAMES[name]), box, gap=3), at // 2, at % 2)
        self.setLayout(column(SectionHead(N_("Printer")), self.use, self.told, fields, row(self.page, None, self.keep)))
        self.follow()

    def look(self) -> None:
        """Name the fields for screen readers."""
        for name, box in self.boxes.items():
            box.inner().setAccessibleName(words(NAMES[name]))

    @property
    def used(self) -> bool:
        """Whether labels are to be corrected."""
        return self.use.isChecked()

    def show_stock(self, stock: Stock) -> None:
        """Read what was measured for another kind of stock."""
        self.stock = stock.name
        (x, y), (across, down) = stock.cross, stock.rulers
        for name, length in zip(self.boxes, (x, y, across, down), strict=True):
            self.boxes[name].line.setPlaceholderText(f"{Decimal(str(length)):.2f}")
            self.boxes[name].set_value(None)
        work = partial(_fitted, stock.name)
        self.background.ask(work, self._got, self.background.failed.emit, tag=f"fit{id(self)}")

    def _got(self, found: Measured | None) -> None:
        for name, box in self.boxes.items():
            box.set_value(None if found is None else getattr(found, name))
        none = N_("Nothing measured yet: print the calibration page, measure it and keep what you find.")
        self._tell(N_("Measured; labels are moved and stretched by the difference.") if found else none)

    def _tell(self, message: Any, tone: str = "text3") -> None:
        self.told.say(message)
        self.told.tone(tone)

    def _used(self, _on: bool) -> None:
        self.changed.emit()

    def _keep(self) -> None:
        try:
            values = {name: box.value() for name, box in self.boxes.items()}
            if None in values.values():
                raise Invalid(ALL_FOUR)
        except Invalid as refused:
            self._refused(refused)
            return
        self.background.do("labels.fit", {"stock": self.stock, **values}, self._kept, self._refused)

    def _kept(self, _done: Done[Any]) -> None:
        self._tell(N_("Kept: labels come out where they belong."), "ok")
        self.use.setChecked(True)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._tell(said(error.message, **error.values), "bad")
        else:
            self.background.failed.emit(error)


def _fitted(stock: str, desk: Desk) -> Measured | None:
    found: Measured | None = desk.ask("labels.fitted", stock=stock)
    return found
