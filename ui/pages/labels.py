"""Labels before they are printed: which assets, on which stock, from which place on, as they will come out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid
from services.label_stocks import Stock, source, stocks
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Banner, HairLine, SectionHead
from ui.kit.editors import ChoiceBox, DateBox
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, ScrollPage, SidePane
from ui.kit.picker import Picker
from ui.kit.preview import PdfPreview
from ui.kit.refusing import refuse
from ui.kit.sheet_picker import SheetPicker
from ui.kit.text import Message, Note, Own, counted, said, words
from ui.kit.theme import GAP, LOOK, MARGIN
from ui.pages.label_fit import FitPart

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

WIDE, SOON = 340, 250  # pixels; milliseconds after the last change
ASK = N_("Choose a day: the labels of assets that came or moved since then are drawn here.")
NOTHING = N_("No label is out of date since that day.")


class LabelsPage(QWidget):
    """Labels of `assets`; without any, of what came or moved since a day that is asked for here."""

    left = Signal()

    def __init__(self, background: Background, assets: Sequence[UUID] | None, back: tuple[str, Message]) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.assets, self.asked_for = background, list(assets or ()), assets is not None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.draw)
        self._make(back)
        self._arrange()
        self._connect()
        self._stock_chosen()

    def _make(self, back: tuple[str, Message]) -> None:
        self.keep, self.print = Button(N_("Save a copy"), "download"), Button(N_("Print"), "printer", kind="primary")
        self.head = PageHead(N_("Labels"), self.keep, self.print, back=(back,), facts=Own(" "))
        self.banner = Banner("info")
        self.banner.hide()
        self.stock = ChoiceBox([(stock.name, stock_words(stock)) for stock in stocks().values()], must=True)
        self.stock.set_value(next(iter(stocks())))
        self.sheet, self.where = SheetPicker(), Note(Own(""))
        self.fit = FitPart(self.background)
        self.since, self.compound = DateBox(N_("Choose a day")), Picker(self.background, "compound")
        self.preview = PdfPreview(title=N_("As it will be printed"), name="labels.pdf", exact=True)
        for button in (self.keep, self.print):
            button.setEnabled(False)

    def _arrange(self) -> None:
        changed = QWidget()
        changed.setLayout(column(
            SectionHead(N_("What changed")), Note(N_("Since")), self.since, Note("asset.compound_id"), self.compound,
            HairLine(), gap=6,
        ))  # fmt: skip
        hide_unless(not self.asked_for, changed)
        parts = (
            changed, SectionHead(N_("Label stock")), self.stock, Note(show.source(source()), wrap=True),
            row(None, self.sheet, None), self.where, HairLine(), self.fit,
        )  # fmt: skip
        side = ScrollPage(SidePane(*parts, width=WIDE - 20), None, margin=0)
        side.setFixedWidth(WIDE)
        middle = row(side, (self.preview, 1), gap=GAP)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.banner, (middle, 1), gap=14, margins=margins))

    def _connect(self) -> None:
        self.head.went_back.connect(self._back)
        self.keep.clicked.connect(self.preview.save)
        self.print.clicked.connect(self.preview.print)
        self.stock.edited.connect(self._stock_chosen)
        self.sheet.picked.connect(self._picked)
        self.fit.changed.connect(self._soon.start)
        self.fit.calibrating.connect(self._calibrate)
        for box in (self.since, self.compound):
            box.edited.connect(self._find)
        LOOK.changed.connect(self._name)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._back)
        self._name()

    def _name(self) -> None:
        for box, name in (
            (self.stock, N_("Label stock")),
            (self.since, N_("Since")),
            (self.compound, "asset.compound_id"),
        ):
            box.inner().setAccessibleName(words(name))

    def release(self) -> None:
        """Let go of the file."""
        self.preview.release()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.sheet if self.asked_for else self.since.inner()).setFocus()

    # What is printed

    def chosen(self) -> Stock:
        """The stock in force."""
        return stocks()[self.stock.value()]

    def _stock_chosen(self) -> None:
        self.fit.show_stock(self.chosen())
        self._show_sheet()
        self._soon.start()

    def _show_sheet(self) -> None:
        stock, (wide, high) = self.chosen(), self.chosen().page
        spots = [
            (x / wide, y / high, stock.label[0] / wide, stock.label[1] / high)
            for x, y in map(stock.place, range(stock.places))
        ]
        self.sheet.show_sheet(stock.page, spots, stock.columns, len(self.assets))
        self._say()

    def _say(self) -> None:
        stock, count = self.chosen(), len(self.assets)
        pages = -(-(self.sheet.start - 1 + count) // stock.places)
        self.head.show_facts(counted("{n} label", "{n} labels", count))
        self.where.say(said(N_("From place {start}; pages: {pages}"), start=self.sheet.start, pages=pages))

    def _picked(self, _start: int) -> None:
        self._say()
        self._soon.start()

    def _find(self) -> None:
        """Ask what changed since the day, once both fields can be read."""
        try:
            since, compound = self.since.value(), self.compound.value()
        except Invalid:
            return
        if isinstance(since, date):
            self.background.ask(
                partial(_changed, since, compound), self._found, self._refused, tag=f"changed{id(self)}"
            )

    def _found(self, assets: list[UUID]) -> None:
        self.assets = assets
        self._show_sheet()
        self.draw()

    def draw(self) -> None:
        """Draw the labels as they are chosen now."""
        self.banner.say(NOTHING if self.since.line.text() else ASK)
        self.banner.setVisible(not self.assets)
        for button in (self.keep, self.print):
            button.setEnabled(bool(self.assets))
        if self.assets:
            work = partial(_drawn, tuple(self.assets), self.stock.value(), self.sheet.start, self.fit.used)
            self.background.ask(work, self.preview.show_pdf, self._refused, tag=f"labels{id(self)}")

    def _calibrate(self) -> None:
        work = partial(_calibration, self.stock.value(), LOOK.lang)
        self.background.ask(work, self._calibrating, self._refused, tag=f"labels{id(self)}")

    def _calibrating(self, data: bytes) -> None:
        self.preview.show_pdf(data)
        self.print.setEnabled(True)
        self.keep.setEnabled(True)

    def _refused(self, error: Exception) -> None:
        refuse(self.banner, self.background, error)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def stock_words(stock: Stock) -> Message:
    """A kind of stock as people name it."""
    wide, high = (f"{size:g}" for size in stock.label)
    if stock.places == 1:
        return said(N_("Roll, {wide} × {high} mm"), wide=wide, high=high)
    sheet = N_("A4, {columns} × {rows} labels of {wide} × {high} mm")
    return said(sheet, columns=stock.columns, rows=stock.rows, wide=wide, high=high)


def _drawn(assets: tuple[UUID, ...], stock: str, start: int, fitted: bool, desk: Desk) -> bytes:
    data: bytes = desk.ask("labels.sheet", asset_ids=list(assets), stock=stock, start=start, fitted=fitted)
    return data


def _calibration(stock: str, lang: str, desk: Desk) -> bytes:
    data: bytes = desk.ask("labels.calibration", stock=stock, lang=lang)
    return data


def _changed(since: date, compound: UUID | None, desk: Desk) -> list[UUID]:
    found: list[UUID] = desk.ask("labels.changed", since=since, compound_id=compound)
    return found
