"""Keys and recovery: who has a key, the recovery sheet, and what a guess costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from resources.words import N_
from ui import asks
from ui.kit import show
from ui.kit.background import Background
from ui.kit.button import Button
from ui.kit.card import Banner, Card, FactTile, SectionHead
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.read_page import ReadPage
from ui.kit.text import Body, Note, Own, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.recovery import Doors

OLD_DIES = N_("The sheet there is now opens nothing any more once the new one is made")
WIDTH = 760
SHEET_IS = N_(
    "Its code gives an account a new password when nobody can sign in any more. Make a new one when the sheet was "
    "lost, opened, or seen by somebody."
)
COST_IS = N_(
    "Every try costs this much time and memory, also for who has copied the files. A key that costs less than today's "
    "usual is wrapped anew, unnoticed, when its owner signs in next."
)


class DoorsPage(ReadPage):
    """`asked` wants a new recovery sheet."""

    watched = frozenset({"account", "site"})
    asked = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.slots, self.made, self.tried, self.unknown = (FactTile(name) for name in (
            N_("Accounts with a key"), N_("Sheet made"), N_("Wrong codes tried"), N_("Tries with unknown names"),
        ))  # fmt: skip
        self.cost, self.below = FactTile(N_("Cost of a try")), FactTile(N_("Keys below today's cost"))
        self.missing = Banner("bad", N_("There is no recovery sheet. Make one now, before a password is lost."))
        self.missing.hide()
        self.new = Button(N_("New recovery sheet"), "printer", kind="primary")
        hide_unless(background.desk.may("office.new_recovery"), self.new)
        self.new.clicked.connect(self.asked)
        sheet = Card(
            SectionHead(N_("Recovery sheet")), Body(SHEET_IS), self.missing,
            row((self.made, 1), (self.tried, 1), gap=12), row(self.new, None), gap=14,
        )  # fmt: skip
        keys = Card(
            SectionHead(N_("Keys")), Body(COST_IS),
            row((self.slots, 1), (self.unknown, 1), gap=12),
            row((self.cost, 1), (self.below, 1), gap=12), gap=14,
        )  # fmt: skip
        for card in (sheet, keys):
            card.setFixedWidth(WIDTH)
        note = Note(N_("Keep copies of the whole data folder: the sheet opens nothing without the file keys.json."))
        page = ScrollPage(row(sheet, None), row(keys, None), row(note, None), None)
        head = column(PageHead(N_("Keys and recovery")), self.wrong, gap=14, margins=(20, 16, 20, 0))
        self.setLayout(column(head, (page, 1), gap=0))
        self.begin()

    def question(self) -> Callable[[Desk], Doors]:
        """How they stand now."""
        return asks.doors

    def _got(self, doors: Doors) -> None:
        self.slots.value.say(N_("{n} of {m}"), n=doors.slots, m=doors.accounts)
        self.made.value.say(Own(show.instant(doors.recovery_at)) if doors.recovery_at else N_("never"))
        self.tried.value.say(Own(str(doors.recovery_failed)))
        self.tried.value.tone("warn" if doors.recovery_failed else "text")
        self.unknown.value.say(Own(f"{doors.unknown_tries:,}"))
        self.unknown.value.tone("warn" if doors.unknown_tries else "text")
        cost = said(N_("{passes} passes over {mib} MiB"), passes=doors.passes, mib=doors.mib)
        self.cost.value.say(cost if doors.mib else N_("kept by the server"))
        self.below.value.say(Own(str(doors.below)))
        self.missing.setVisible(not doors.recovery)
