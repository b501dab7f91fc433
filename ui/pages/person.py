"""The page of one person: who he is and what he does here, a tab for each kind of thing that is known of him."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Signal

from resources.words import N_
from ui.kit import acts
from ui.kit.button import Button
from ui.kit.editors import today
from ui.kit.page import PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_tabs import TabbedPage
from ui.kit.screen import Act
from ui.kit.text import Own, said
from ui.pages.person_pane import PersonPane
from ui.pages.person_tabs import TABS
from ui.screens import staff as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.staff_sheet import PersonSheet
    from ui.kit.background import Background

GONE, AWAY = N_("left {date}"), N_("away until {date}")


class PersonPage(TabbedPage):
    """`acted` asks for an act of the list on this person, `edited` for his form; other pages through `went`."""

    kind, listing, every = "staff", "staff", TABS
    watched = screen.WATCHED
    acted = Signal(object, object, object)  # Act, numbers of the rows (array), the rows
    edited = Signal(object)  # the row
    asked = Signal(str, object, object)  # name of an intent, its values, what it is about in words
    sheet: PersonSheet | None

    def __init__(self, background: Background, person: UUID, back: tuple[str, str], tab: str = "") -> None:
        super().__init__(background, tab)
        self.person = person
        self._make(back)
        self._arrange()
        self.begin({"F2": self._edit})

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
        self.edit.clicked.connect(self._edit)
        self.more.clicked.connect(self._menu)
        self.assign.clicked.connect(self._assign)

    def _wire(self, pane: PersonPane) -> None:
        pane.asked.connect(self.asked)
        pane.acted.connect(self._act)

    # What is said

    def question(self) -> Callable[[Desk], PersonSheet]:
        """The person as of today."""
        return asking("staff.sheet", staff_id=self.person, on=today())

    def _say(self, sheet: PersonSheet) -> None:
        row = sheet.row
        self.head.title.say(Own(str(row["name"])))
        self.head.show_facts(Own(" · ".join(str(row[part]) for part in ("number", "post", "unit", "compound")
                                            if row.get(part))))  # fmt: skip
        self.head.show_pills(*_pills(sheet))

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
            self.pane("post_holdings").add.click()

    def _edit(self) -> None:
        if self.sheet is not None and self.background.desk.may("staff.revise"):
            self.edited.emit(self.sheet.row)


def _pills(sheet: PersonSheet) -> list[Pill]:
    row = sheet.row
    made = [Pill(f"staff.employment={row['employment'].value}", "info", dot=False)] if row["employment"] else []
    if row["left_on"]:
        made.append(Pill(said(GONE, date=row["left_on"]), "idle"))
    for line in sheet.lines["staff_absences"]:
        if line["from_on"] <= today() <= line["until_on"]:
            made.append(Pill(said(AWAY, date=line["until_on"]), "warn"))
    return made
