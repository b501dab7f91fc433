"""The lines of a handover note, and what each side found of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.listing import View
from services.handovers import Facts
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Card, HairLine, SectionHead
from ui.kit.layout import row
from ui.kit.list_table import ListTable
from ui.kit.screen import Col, Row, Tone
from ui.kit.tabs import Tabs
from ui.kit.text import Follower, Note, Own, Text, said, words

if TYPE_CHECKING:
    from ui.kit.background import Background

CHECKS: Mapping[str, Tone] = {
    "pending": "idle",
    "one_side": "info",
    "checked": "ok",
    "short": "warn",
    "damaged": "bad",
}
SIDES = ("from", "to")
MANY = 5000  # lines marked at once; a note has hundreds


def found(row: Row) -> str:
    """What was found of a line: how many are missing, not just that some are; and that it is back from a loan."""
    if row["returned_on"]:
        return words(said(N_("back {day}"), day=row["returned_on"].isoformat()))
    if row["check"] == "short":
        short = max(row["from_short"] or 0, row["to_short"] or 0)
        return words(said(N_("{n} missing"), n=short))
    return words(f"handover_line.check={row['check']}")


COLUMNS = (
    Col("position", 60, label=N_("No.")),
    Col("asset", second="asset_number", label=N_("Asset")),
    Col("quantity", 70),
    Col("check", 140, pill=CHECKS, words=found),
    Col("asset_cost", 120),
)


class LinesCard(Card, Follower):
    """`asked` names what is to be recorded of the lines that are marked, by the side whose tab is in force."""

    asked = Signal(str, object)

    def __init__(self, background: Background, note: UUID) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 12, 1, 1))
        self.note = note
        self.table = ListTable(background, View("handover_lines", filters=(("handover_id", (note,)),)), COLUMNS)
        self.side = Tabs("handover.side=from", "handover.side=to")
        self.all_there, self.short = (
            Button("handover_line.check=checked", "check"),
            Button(N_("Missing…"), "triangle-alert"),
        )
        self.damaged = Button(N_("Damaged…"), "wrench")
        self.count, self.sum = Text(weight=600), Text(weight=600)
        self.progress = Note(Own(""), tone="text2")
        self.tools = QWidget()
        marks = (self.all_there, self.short, self.damaged)
        self.tools.setLayout(row(self.side, None, *marks, margins=(19, 0, 19, 8), gap=8))
        head = QWidget()
        head.setLayout(row(SectionHead(N_("Lines")), self.progress, None, margins=(19, 0, 19, 8), gap=10))
        total = row(Text(N_("Total"), weight=600), None, self.count, 24, self.sum, margins=(20, 10, 20, 10))
        for item in (head, self.tools, (self.table, 1), HairLine(), total):
            self.add(item)
        self.all_there.clicked.connect(self._checked)
        self.short.clicked.connect(self._short)
        self.damaged.clicked.connect(self._damaged)
        self.table.marked.connect(self._marked)
        self.side.chosen.connect(self._marked)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._checked)
        self._open = frozenset[str]()
        self.follow()
        self._marked()

    def look(self) -> None:
        """Name the parts again."""
        self.table.setAccessibleName(words(N_("Lines")))
        self.side.setAccessibleName(words(N_("Who looks at the lines")))

    def show_facts(self, facts: Facts, open_sides: frozenset[str]) -> None:
        """Totals of the note, and which sides may still say what they find."""
        self._open = open_sides
        self.count.say(said(N_("{lines} lines, {pieces} pieces"), lines=facts.lines, pieces=facts.pieces))
        self.sum.say(Own(f"¥ {show.money(facts.cost)}"))
        self.tools.setVisible(bool(open_sides))
        if facts.wrong:
            self.progress.say(said(N_("{n} lines are not as listed"), n=facts.wrong))
        else:
            self.progress.say(N_("Space marks lines as checked") if open_sides else Own(""))
        self._marked()

    def out(self) -> list[UUID]:
        """The assets of the marked lines that are not back from a loan."""
        return [line["asset_id"] for line in self.table.rows(MANY) if line["returned_on"] is None]

    def _marked(self, _at: int = 0) -> None:
        here = SIDES[self.side.current()] in self._open
        marked = self.table.marks()
        self.all_there.setEnabled(here)
        self.all_there.say("handover_line.check=checked" if marked else N_("Check all"), "check")
        for button in (self.short, self.damaged):
            button.setEnabled(here and marked == 1)

    def _values(self) -> dict[str, Any]:
        rows = self.table.rows(MANY)
        named = {"asset_ids": [line["asset_id"] for line in rows]} if rows else {}
        return {"handover_id": self.note, "side": SIDES[self.side.current()]} | named

    def _checked(self) -> None:
        if self.all_there.isEnabled():
            self.asked.emit("handovers.check", self._values() | {"found": "checked"})

    def _short(self) -> None:
        self._wrong("short")

    def _damaged(self) -> None:
        self._wrong("damaged")

    def _wrong(self, what: str) -> None:
        (line,) = self.table.rows(1)
        self.asked.emit("handovers.check", self._values() | {"found": what, "_line": line})
