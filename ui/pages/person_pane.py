"""What stands on a tab of a person's page: the base of every pane, and the list of one kind of line about him."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.listing import LISTINGS
from services.desk.schema import arguments
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToFiles, ToForm
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless
from ui.kit.page import EmptyState
from ui.kit.record_tabs import RecordPane
from ui.kit.text import Own
from ui.kit.theme import LOOK
from ui.screens.person_lines import Lines

if TYPE_CHECKING:
    from services.staff_sheet import PersonSheet
    from ui.kit.background import Background

Row = Mapping[str, Any]
REMOVE = N_("Remove")


class PersonPane(RecordPane):
    """It asks for an act of the list of people through `acted` (its name), and for an intent somebody is asked about
    first through `asked`."""

    acted = Signal(str, str)  # the name of an act on this person, the field it is about
    asked = Signal(str, object, object)  # the name of an intent, its values, what it is about in words

    sheet: PersonSheet | None

    def named(self) -> Own:
        """How the person is named above a form about him."""
        assert self.sheet is not None
        return Own(f"{self.sheet.row['number']} · {self.sheet.row['name']}")


class LinesPane(PersonPane):
    """The lines of one list about a person, the newest first, with what can be done about them."""

    def __init__(self, background: Background, lines: Lines) -> None:
        super().__init__(background)
        self.lines, self.specs, may = lines, LISTINGS[lines.listing].columns, background.desk.may
        self.rows: dict[Any, Row] = {}
        heads = [Head(self.specs[name].key, width) for name, width in lines.heads]
        self.grid = Grid(lines.title, heads, tall=40)
        self.add = LinkButton(INTENTS[lines.act(lines.adds)].label, "plus")
        self.change, self.files, self.remove = LinkButton(N_("Edit")), LinkButton(N_("Files…")), LinkButton(REMOVE)
        self.end = LinkButton(N_("End…"))
        self.may = {self.add: may(lines.act(lines.adds)), self.change: may(lines.act("revise")),
                    self.remove: may(lines.act("remove")), self.files: may("attachments.list"),
                    self.end: bool(lines.ends) and may(lines.act(lines.ends))}  # fmt: skip
        slots = {self.add: self._add, self.change: self._change, self.remove: self._remove, self.files: self._files,
                 self.end: self._end}  # fmt: skip
        for link, slot in slots.items():
            link.clicked.connect(slot)
            hide_unless(link is self.add and self.may[link], link)
        self.grid.marked.connect(self._offer)
        self.grid.opened.connect(self._opened)
        self.none = EmptyState("list", lines.title, lines.empty)
        self.stack = QStackedWidget()
        for part in (self.grid, self.none):
            self.stack.addWidget(part)
        links = (self.end, self.files, self.remove, self.change, self.add)
        self.setLayout(column(headed(SectionHead(lines.title, *links), (self.stack, 1))))
        self.setFocusProxy(self.grid)

    def show_sheet(self, sheet: PersonSheet) -> None:
        """Show his lines."""
        super().show_sheet(sheet)
        self.rows = {line["id"]: line for line in sheet.lines[self.lines.listing]}
        self.grid.show_lines([Line(id, partial(self._cells, line)) for id, line in self.rows.items()])
        self.stack.setCurrentWidget(self.grid if self.rows else self.none)
        self._offer()

    def _cells(self, line: Row) -> list[Cell]:
        def cell(name: str) -> Cell:
            value, spec = show.plain(line.get(name)), self.specs[name]
            text = Own(show.text(LOOK.lang, spec, line.get(name), line))
            return Cell(text, value.isoformat() if isinstance(value, date) else text)

        return [cell(name) for name, _ in self.lines.heads]

    def _marked(self) -> Row | None:
        return self.rows.get(self.grid.key())

    def _offer(self, _key: object = None) -> None:
        line = self._marked()
        for link in (self.change, self.remove, self.files):
            link.setVisible(line is not None and self.may[link])
        self.end.setVisible(line is not None and self.may[self.end] and line.get("until_on") is None)

    # What is asked

    def _form(self, act: str, sections: Any, fixed: dict[str, Any], initial: dict[str, Any]) -> None:
        name = self.lines.act(act)
        revising = act == "revise"
        self.went.emit(ToForm(name, INTENTS[name].label, fixed, initial, sections, self.named(), revising))

    def _add(self) -> None:
        assert self.sheet is not None
        begins = {"from_on": today()} if self.lines.ends else {}  # as on the page of a post
        self._form(self.lines.adds, self.lines.add, {self.lines.names_person: self.sheet.id}, begins)

    def _change(self) -> None:
        line = self._marked()
        if line is not None and self.may[self.change]:
            me = f"{self.lines.entity}_id"
            known = [field.name for field in arguments(self.lines.act("revise")) if field.name != me]
            initial = {name: line.get(name) for name in known}
            self._form("revise", self.lines.revise, {me: line["id"]}, initial)

    def _end(self) -> None:
        if line := self._marked():
            self._form(self.lines.ends, self.lines.end, {f"{self.lines.entity}_id": line["id"]}, {"until_on": today()})

    def _opened(self, _key: object) -> None:
        if self.may[self.change]:
            self._change()
        elif self.may[self.files]:
            self._files()

    def _remove(self) -> None:
        if line := self._marked():
            self.asked.emit(self.lines.act("remove"), {f"{self.lines.entity}_id": line["id"]}, self._said(line))

    def _files(self) -> None:
        if line := self._marked():
            self.went.emit(ToFiles(self.lines.entity, line["id"], self._said(line)))

    def _said(self, line: Row) -> Own:
        shown = [show.text(LOOK.lang, self.specs[name], line.get(name), line) for name, _ in self.lines.heads[:3]]
        return Own(" · ".join((*self.named().split(" · ")[1:], *(text for text in shown if text != show.NOTHING))))
