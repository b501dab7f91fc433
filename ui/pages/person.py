"""The page of one person: who he is and what he does here, a tab for each kind of thing that is known of him."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from ui.kit import acts
from ui.kit.attached import Attached, attachable
from ui.kit.button import Button
from ui.kit.card import Banner, Card, HairLine
from ui.kit.editors import today
from ui.kit.history import History
from ui.kit.layout import column
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.refusing import refuse
from ui.kit.screen import Act
from ui.kit.tabs import Tabs
from ui.kit.text import Message, Own, said
from ui.kit.theme import LOOK, MARGIN
from ui.pages.person_pane import PersonPane
from ui.pages.person_tabs import TABS
from ui.screens import staff as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.staff_sheet import PersonSheet
    from ui.kit.background import Background

FILES, CHANGES = N_("Attachments"), N_("Changes")
GONE, AWAY = N_("left {date}"), N_("away until {date}")


class PersonPage(QWidget):
    """`acted` asks for an act of the list on this person, `edited` for his form; other pages through `went`."""

    acted = Signal(object, object, object)  # Act, numbers of the rows (array), the rows
    edited = Signal(object)  # the row
    asked = Signal(str, object, object)  # name of an intent, its values, what it is about in words
    went = Signal(object)
    left = Signal()

    def __init__(self, background: Background, person: UUID, back: tuple[str, str], tab: str = "") -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.person = background, person
        self.sheet: PersonSheet | None = None
        self.panes: dict[str, PersonPane] = {}
        self._first = tab
        self._make(back)
        self._arrange()
        background.changed.connect(self._touched)
        LOOK.changed.connect(self._say)
        self.read()

    def _make(self, back: tuple[str, str]) -> None:
        desk = self.background.desk
        own = (act for act in acts.allowed(screen.SCREEN.acts, desk) if act.on == "one")
        self.rest = tuple(act for act in own if act.name != "staff.sheet")
        self.assign = Button(N_("Assign to post…"), "user-round")
        self.edit, self.more = Button(N_("Edit"), "pencil", kind="primary"), Button(N_("More"), "ellipsis")
        offered = [
            *([self.more] if self.rest else []), *([self.assign] if desk.may("post_holdings.assign") else []),
            *([self.edit] if desk.may("staff.revise") else []),
        ]  # fmt: skip
        self.head = PageHead("staff", *offered, back=(back,), facts=Own(" "))
        self.banner = Banner("bad")
        self.banner.hide()
        self.offered = tuple(tab for tab in TABS if desk.may(tab.needs))
        self.files = Attached(self.background, "staff") if attachable(desk, "staff") else None
        self.history = History(self.background, LISTINGS["staff"].columns)
        names = [tab.title for tab in self.offered] + ([FILES] if self.files is not None else []) + [CHANGES]
        self.tabs, self.stack = Tabs(*names), QStackedWidget()
        for page in (*(QWidget() for _ in self.offered), *self._others()):
            self.stack.addWidget(page)
        self.head.went_back.connect(self._back)
        self.edit.clicked.connect(self._edit)
        self.more.clicked.connect(self._menu)
        self.assign.clicked.connect(self._assign)
        self.tabs.chosen.connect(self._turn)
        if self.files is not None:
            self.files.counted.connect(self._count)

    def _others(self) -> Iterable[QWidget]:
        for part in (self.files, self.history):
            if part is not None:
                yield ScrollPage(Card(part), None, margin=0)

    def _arrange(self) -> None:
        tabs = column(self.tabs, HairLine(), gap=0)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.banner, tabs, (self.stack, 1), gap=14, margins=margins))
        for keys, slot in {"Esc": self._back, "F2": self._edit, "F5": self.read}.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # Reading

    def read(self) -> None:
        """Read the person again."""
        self.background.ask(partial(_read, self.person), self._got, self._refused, tag=f"person{id(self)}")

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & screen.WATCHED:
            self.read()
            self.history.again()

    def _got(self, sheet: PersonSheet) -> None:
        first, self.sheet = self.sheet is None, sheet
        self.banner.hide()
        self._say()
        for pane in self.panes.values():
            pane.show_person(sheet)
        if first:
            self.history.show_record("staff", sheet.id)
            if self.files is not None:
                self.files.show_record(sheet.id)
            names = [tab.name for tab in self.offered]
            at = names.index(self._first) if self._first in names else 0
            self.tabs.choose(at)
            self._turn(at)
            self.tabs.setFocus()

    def _refused(self, error: Exception) -> None:
        refuse(self.banner, self.background, error)

    # What is said

    def _say(self) -> None:
        if self.sheet is None:
            return
        row = self.sheet.row
        self.head.title.say(Own(str(row["name"])))
        self.head.show_facts(Own(" · ".join(str(row[part]) for part in ("number", "post", "unit", "compound")
                                            if row.get(part))))  # fmt: skip
        self.head.show_pills(*self._pills(row))

    def _pills(self, row: Any) -> list[Pill]:
        made = [Pill(f"staff.employment={row['employment'].value}", "info", dot=False)] if row["employment"] else []
        if row["left_on"]:
            made.append(Pill(said(GONE, date=row["left_on"]), "idle"))
        assert self.sheet is not None
        for line in self.sheet.lines["staff_absences"]:
            if line["from_on"] <= today() <= line["until_on"]:
                made.append(Pill(said(AWAY, date=line["until_on"]), "warn"))
        return made

    def _count(self, count: int) -> None:
        name: Message = said(N_("Attachments {n}"), n=count) if count else FILES
        self.tabs.rename(len(self.offered), name)

    # Tabs

    def show_tab(self, name: str) -> None:
        """Turn to a tab by its name."""
        self.tabs.choose(next(at for at, tab in enumerate(self.offered) if tab.name == name))
        self.tabs.setFocus()

    def pane(self, name: str) -> PersonPane:
        """The pane of a tab, made when it is first shown."""
        if name not in self.panes:
            at = next(at for at, tab in enumerate(self.offered) if tab.name == name)
            pane = self.panes[name] = self.offered[at].make(self.background)
            pane.went.connect(self.went)
            pane.asked.connect(self.asked)
            pane.acted.connect(self._act)
            if (old := self.stack.widget(at)) is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
            self.stack.insertWidget(at, pane)
            if self.sheet is not None:
                pane.show_person(self.sheet)
        return self.panes[name]

    def _turn(self, at: int) -> None:
        if at < len(self.offered):
            self.pane(self.offered[at].name)
        self.stack.setCurrentIndex(at)

    # What is asked

    def _act(self, name: str, field: str) -> None:
        self.run(Act(name, "eye", name, field=field))

    def run(self, act: Act) -> None:
        """Ask the window to do an act of the list on this person."""
        if self.sheet is not None:
            self.acted.emit(act, array("q", [self.sheet.row["n"]]), [self.sheet.row])

    def _menu(self) -> None:
        acts.popup(self, self.more.mapToGlobal(QPoint(0, self.more.height() + 4)), self.rest, 1, self.run)

    def _assign(self) -> None:
        if self.sheet is not None:
            self.show_tab("post_holdings")
            pane: Any = self.pane("post_holdings")
            pane.add.click()

    def _edit(self) -> None:
        if self.sheet is not None and self.background.desk.may("staff.revise"):
            self.edited.emit(self.sheet.row)

    def _back(self, _key: str = "") -> None:
        self.left.emit()


def _read(person: UUID, desk: Desk) -> PersonSheet:
    found: Any = desk.ask("staff.sheet", staff_id=person, on=today())
    return found  # type: ignore[no-any-return]
