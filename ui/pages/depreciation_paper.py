"""The card that prints a period: what came, changed and went in it, and the statement of a term of office."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from resources.words import N_
from services.desk.errors import Invalid
from services.document_issuing import Subject
from ui.kit.button import Button
from ui.kit.card import Card, SectionHead
from ui.kit.editors import DateBox, today
from ui.kit.going import ToPaper
from ui.kit.layout import row
from ui.kit.picker import Picker
from ui.kit.text import Note, words
from ui.kit.theme import LOOK
from ui.kit.tongue import tongue

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

STATEMENT = N_("Movements of assets in a period")
TERM, AUDIT = N_("Assets of a term of office"), N_("Audit of the term")
ABOUT = N_("What came, changed and went in a period, by compound and class.")
OF = N_("An audit of the term is of a compound, of a unit, or of everything.")


class PeriodCard(Card):
    """`went` tells which paper somebody wants. The audit is of the compound or unit that is chosen, or of everything
    within reach; it is offered to who may ask for it."""

    went = Signal(object)

    def __init__(self, background: Background, begin: date, end: date) -> None:
        super().__init__(pad=16, gap=8)
        self.first, self.last = DateBox(N_("From")), DateBox(N_("To"))
        self.first.set_value(begin)
        self.last.set_value(end)
        self.compound, self.unit = Picker(background, "compound"), Picker(background, "organization")
        self.print, self.audit = Button(N_("Print"), "printer"), Button(AUDIT, "printer")
        self.print.clicked.connect(self._print)
        self.audit.clicked.connect(self._audit)
        may = background.desk.may("assets.term")
        for item in (SectionHead(STATEMENT), Note(ABOUT, wrap=True), row((self.first, 1), (self.last, 1))):
            self.add(item)
        if may:
            self.add(row((self.compound, 1), (self.unit, 1)))
        self.add(row(None, *([self.audit] if may else []), self.print))
        LOOK.changed.connect(self.say)
        self.say()

    def say(self) -> None:
        """Name the boxes."""
        boxes = ((self.first, N_("From")), (self.last, N_("To")), (self.compound, "asset.compound_id"),
                 (self.unit, "asset.unit_id"))  # fmt: skip
        for box, name in boxes:
            box.inner().setAccessibleName(words(name))
        self.audit.setToolTip(words(OF))
        for picker, name in ((self.compound, "asset.compound_id"), (self.unit, "organization")):
            picker.line.setPlaceholderText(words(name))

    def _days(self) -> tuple[date, date] | None:
        try:
            begin, end = self.first.value(), self.last.value()
        except Invalid:
            return None
        return (begin, end) if begin and end and begin <= end else None

    def _print(self) -> None:
        if days := self._days():
            name = f"{words(STATEMENT)}-{days[0]}-{days[1]}.pdf"
            about = Subject.over("situation", *days, today())
            self.went.emit(ToPaper(STATEMENT, name, partial(_paper, *days), about))

    def _audit(self) -> None:
        try:
            of = (self.compound.value(), self.unit.value())
        except Invalid:
            return
        if days := self._days():
            about = Subject("term", *of, min(days[1], today()), f"{days[0]}..{days[1]}")
            name = f"{words(TERM)}-{days[0]}-{days[1]}.pdf"
            self.went.emit(ToPaper(TERM, name, partial(_statement, *days, *of), about))


def _paper(begin: date, end: date, desk: Desk) -> bytes:
    import services.asset_situation as papers

    return papers.situation(desk, begin, end, None, tongue())


def _statement(begin: date, end: date, compound: UUID | None, unit: UUID | None, desk: Desk) -> bytes:
    import services.term_statement as papers

    return papers.statement(desk, begin, end, tongue(), compound, unit)
