"""Who does a work order: the people of its compound and the firms, who is free on the day, who may, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_, Word
from services.desk.errors import Invalid, UserError
from services.desk.schema import arguments
from services.workload import Firm, Free, Workload
from ui.kit.button import Button, KeyHints
from ui.kit.card import Banner, Card, HairLine, SectionHead
from ui.kit.editors import today
from ui.kit.field import Field
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import PageHead, StickyFooter
from ui.kit.refusing import refuse
from ui.kit.text import Own, said, words
from ui.kit.theme import GAP, MARGIN

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

PEOPLE = (
    Head("staff"), Head(N_("That day"), 80, right=True), Head(N_("Open jobs"), 84, right=True),
    Head(N_("Allowed"), 220),
)  # fmt: skip
FIRMS = (Head("provider"), Head(N_("Open jobs"), 84, right=True), Head(N_("Allowed"), 130))
MAY = N_("Yes")


class AssignPage(QWidget):
    """`chosen` tells who is to have it, and for when, as the intent wants it."""

    chosen = Signal(object)
    left = Signal()

    def __init__(
        self, background: Background, order: UUID, facts: str, back: tuple[str, str], start: datetime | None = None
    ) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.order = background, order
        self.found: Workload | None = None
        self._make(facts, back, start)
        self._arrange()
        self.read()

    def _make(self, facts: str, back: tuple[str, str], start: datetime | None) -> None:
        self.head = PageHead(N_("Assign work order"), back=(back,), facts=Own(facts))
        self.wrong = Banner("bad")
        self.wrong.hide()
        specs = {spec.name: spec for spec in arguments("work_orders.assign")}
        names = ("planned_from", "planned_until", "team_id")
        self.fields = {name: Field(replace(specs[name], required=False), self.background) for name in names}
        if start is not None:
            self.fields["planned_from"].set_value(start)
        self.people, self.firms = Grid(N_("Own people"), PEOPLE, tall=50), Grid(N_("Firms"), FIRMS, tall=50)
        self.asks = SectionHead(N_("Own people"), note=Own(" "))
        self.team, self.save = Button(N_("Give it to the team")), Button(N_("Assign"), "check", kind="primary")
        self.cancel = Button(N_("Cancel"))
        self.fields["planned_from"].edited.connect(self.read)
        self.people.opened.connect(self._person)
        self.firms.opened.connect(self._firm)
        self.people.marked.connect(self._marked)
        self.firms.marked.connect(self._marked)
        self.team.clicked.connect(self._team)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.leave)
        self.head.went_back.connect(self.leave)

    def _arrange(self) -> None:
        when = Card(row(*((self.fields[name], 1) for name in self.fields), column(22, self.team, None, gap=0)))
        sides = []
        for head, grid in ((self.asks, self.people), (SectionHead(N_("Firms")), self.firms)):
            above = QWidget()
            above.setLayout(row(head, margins=(19, 12, 19, 8)))
            sides.append(Card(above, HairLine(), (grid, 1), gap=0, margins=(1, 1, 1, 1)))
        middle = row((sides[0], 3), (sides[1], 2), gap=GAP)
        page = column(self.head, self.wrong, when, (middle, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        hints = KeyHints([("Enter", N_("Assign")), ("Ctrl+S", N_("Assign")), ("Esc", N_("Cancel"))])
        self.setLayout(column((page, 1), StickyFooter([self.cancel], [self.save], hints), gap=0))
        shortcuts(self, {"Esc": self.leave, "Ctrl+S": self.submit})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.people.setFocus()

    # Reading

    def day(self) -> date:
        """The day it is planned for; today without one."""
        start = self._said("planned_from")
        return start.astimezone().date() if isinstance(start, datetime) else today()

    def read(self) -> None:
        """Read who is free and who may, on the day that is chosen."""
        self.background.ask(partial(_read, self.order, self.day()), self._got, self._refused, tag=f"assign{id(self)}")

    def _got(self, found: Workload) -> None:
        self.found = found
        self.people.show_lines([Line(one.id, partial(_free, one)) for one in found.people])
        self.firms.show_lines([Line(firm.id, partial(_hired, firm)) for firm in found.firms])
        if self.people.key() is None and self.firms.key() is None and found.people:
            self.people.mark(found.people[0].id)
        kinds = " · ".join(words(Word(f"trade_certificate.trade={kind}")) for kind in found.asks)
        self.asks.note.say(said(N_("takes a certificate: {kinds}"), kinds=kinds) if kinds else Own(" "))
        self.asks.note.show()

    def _refused(self, error: Exception) -> None:
        refuse(self.wrong, self.background, error)

    def refuse(self, error: Exception) -> None:
        """It was not assigned, and why."""
        self.save.setEnabled(True)
        if isinstance(error, UserError):
            self.wrong.say(said(error.message, **error.values))
            self.wrong.show()
        else:
            self.background.failed.emit(error)

    # What is asked

    def submit(self) -> None:
        """Give it to whoever is marked in the table that was used last."""
        grid = self.firms if self.firms.hasFocus() or self.people.key() is None else self.people
        (self._firm if grid is self.firms else self._person)(grid.key())

    def _marked(self, key: object) -> None:
        """One at a time: a person or a firm."""
        grid, other = (self.people, self.firms) if self.sender() is self.people else (self.firms, self.people)
        if key is not None and grid.hasFocus():
            other.clearSelection()

    def _person(self, key: object) -> None:
        self._give("technician_id", key)

    def _firm(self, key: object) -> None:
        self._give("provider_id", key)

    def _team(self) -> None:
        self._give("team_id", self._said("team_id"))

    def _give(self, name: str, key: object) -> None:
        wrong = [field for field in self.fields.values() if not field.check(whole=True)]
        if wrong:
            wrong[0].setFocus()
            return
        when = {part: self.fields[part].value() for part in ("planned_from", "planned_until")}
        values: dict[str, Any] = {"work_order_id": self.order, name: key, **when}
        self.wrong.hide()
        self.chosen.emit({part: value for part, value in values.items() if value is not None})

    def _said(self, name: str) -> Any:
        try:
            return self.fields[name].value()
        except Invalid:
            return None

    def leave(self, _key: str = "") -> None:
        """Go back; nobody was chosen."""
        self.left.emit()


def _reasons(against: Sequence[Any]) -> Cell:
    if not against:
        return Cell(MAY, tone="ok", pill=True)
    told = "; ".join(words(reason.message, **reason.values) for reason in against)
    return Cell(Own(told), tone="bad", icon="circle-alert", tip=Own(told))


def _free(one: Free) -> Sequence[Cell]:
    about = " · ".join(part for part in (one.number, one.unit) if part)
    return (Cell(Own(one.name), one.name, note=Own(about)), Cell(Own(str(one.busy)), one.busy),
            Cell(Own(str(one.open)), one.open), _reasons(one.against))  # fmt: skip


def _hired(firm: Firm) -> Sequence[Cell]:
    return (Cell(Own(firm.name), firm.name, note=Own(firm.number)), Cell(Own(str(firm.open)), firm.open),
            _reasons(firm.against))  # fmt: skip


def _read(order: UUID, on: date, desk: Desk) -> Workload:
    found: Workload = desk.ask("work_orders.workload", work_order_id=order, on=on)
    return found
