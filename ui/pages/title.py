"""One title on a day: its certificate, the four facts, areas, defects and ledger, and what can be entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from resources.words import N_
from services.title_state import ENDS, STARTS
from ui import asks
from ui.kit import acts
from ui.kit.as_on import AsOn
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.editors import today
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.record_page import RecordPage
from ui.kit.screen import Act
from ui.kit.text import Note, Own, words
from ui.kit.theme import GAP, MARGIN
from ui.pages.title_areas import AreasCard
from ui.pages.title_card import CertificateCard
from ui.pages.title_ledger import LedgerCard
from ui.pages.title_wrongs import WrongsCard
from ui.screens.title_events import SAYS, icon
from ui.screens.titles import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.title_sheet import Cover, Entry, Sheet, Wrong
    from ui.kit.background import Background

BESIDE = 980  # pixels; a narrower page puts the ledger below
PANE = 372
COVER = Act("titles.cover", "plus", N_("Name a building or a room"))
LIMITS = {"mortgage": ("warn", "landmark"), "seizure": ("bad", "gavel"), "objection": ("warn", "gavel"),
          "dispute_opened": ("bad", "gavel")}  # fmt: skip


class TitlePage(RecordPage):
    """Shows a title as it stood on the day in its date field. The window runs what `asked` names."""

    watched = frozenset({
        "title", "title_event", "title_defect", "title_coverage", "building", "room", "occupancy", "organization",
        "compound", "staff", "attachment",
    })  # fmt: skip
    asked = Signal(str, object)  # name of an act, its values
    sheet: Sheet | None

    def __init__(self, background: Background, title: UUID) -> None:
        super().__init__(background)
        self.title = title
        self._make()
        self._arrange()
        self._connect()
        self.begin({"Ctrl+N": self._choose_kind})

    def _make(self) -> None:
        desk = self.background.desk
        self.day = AsOn()
        self.may = Button(N_("Disposal or lease?"), "info")
        self.print = Button(N_("Print"), "printer")
        self.enter = Button(N_("Enter event"), "stamp", kind="primary")
        hide_unless(desk.may("rights.may"), self.may)
        hide_unless(desk.may("titles.survey"), self.print)
        hide_unless(desk.may("titles.enter"), self.enter)
        self.head = PageHead(
            "title", self.may, self.print, self.enter, back=(("titles", "titles"),)
        )  # fmt: skip
        self.facts = Note(Own(" "), elide=True)
        self.past = Banner("info", Own(""), N_("Back to today"))
        self.past.hide()
        self.card, self.areas, self.defects = CertificateCard(), AreasCard(), WrongsCard(desk)
        hide_unless(desk.may("titles.cover"), self.card.change)
        self.ledger = LedgerCard(may_enter=desk.may("titles.enter"), may_strike=desk.may("titles.strike"))

    def _arrange(self) -> None:
        self._left = QWidget()
        self._left.setLayout(column(self.card, self.areas, self.defects, None, gap=GAP))
        self._both = row((self._left, 1), self.ledger, gap=GAP)
        self.middle = ScrollPage(self._both, None, margin=0)
        self.middle.box.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.middle.hide()
        under = row((self.facts, 1), self.day, gap=10)
        top = column(self.head, under, self.past, self.wrong, gap=10, margins=(MARGIN, MARGIN, MARGIN, 0))
        self.setLayout(column(top, (self.middle, 1), gap=14))

    def _connect(self) -> None:
        self.day.turned.connect(self.read)
        self.past.acted.connect(self._today)
        self.may.clicked.connect(self._may)
        self.print.clicked.connect(self._print)
        self.enter.clicked.connect(self._choose_kind)
        self.card.covering.connect(self._choose_cover)
        self.card.scans.connect(self._scans)
        self.defects.asked.connect(self._defect)
        self.ledger.asked.connect(self._entry)

    # Reading

    def question(self) -> Callable[[Desk], tuple[Sheet, dict[UUID, int] | None]]:
        """The title as on the day, and how many files there are about it and its entries."""
        return partial(_read, self.title, self.day.day)

    def _today(self) -> None:
        self.day.show_day(today())

    def _got(self, found: tuple[Sheet, dict[UUID, int] | None]) -> None:
        sheet, files = found
        for part in (self.areas, self.defects):
            part.show_sheet(sheet)
        self.card.show_sheet(sheet, None if files is None else files.get(self.title, 0))
        self.ledger.show_sheet(sheet, files)
        self.middle.show()
        super()._got(sheet)

    # What is said

    def _say(self, sheet: Sheet) -> None:
        self.head.title.say(Own(sheet.location))
        self.facts.say(Own(" · ".join(filter(None, (sheet.number, sheet.compound, sheet.note)))))
        self.head.show_pills(*_pills(sheet))
        self.past.setVisible(sheet.on != today())
        self.past.say(N_("As it stood on {day}; what came later is not shown, the books are those of today."),
                      day=sheet.on.isoformat())  # fmt: skip

    # What is asked

    def _fixed(self) -> dict[str, Any]:
        return {"title_id": self.title}

    def _choose_kind(self) -> None:
        if self.sheet is None or not self.background.desk.may("titles.enter"):
            return
        kinds = [kind for kind in SAYS if kind not in {end.value for end in ENDS}]
        offered = [Act(kind, icon({"kind": kind}), f"title_event.kind={kind}") for kind in kinds]
        acts.popup(self, self.enter.mapToGlobal(QPoint(0, self.enter.height() + 4)), offered, 1, self._kind_chosen)

    def _kind_chosen(self, act: Act) -> None:
        self.ask_event(act.name)

    def ask_event(self, kind: str, ends: UUID | None = None) -> None:
        """Ask for an entry of a kind; `ends` is what it ends."""
        assert self.sheet is not None
        values = self._fixed() | {"kind": kind} | ({"ends_id": ends} if ends else {})
        self.asked.emit("titles.enter", values | {"_sheet": self.sheet})

    def _entry(self, what: str, entry: Entry) -> None:
        if what == "end":
            self.ask_event(STARTS[entry.kind].value, entry.id)
        elif what == "files":
            self.asked.emit("attachments.list", {"entity": "title_event", "id": entry.id, "_entry": entry})
        else:
            self.asked.emit("titles.strike", {"title_event_id": entry.id, "_entry": entry})

    def _defect(self, act: str, wrong: Wrong | None) -> None:
        assert self.sheet is not None
        if wrong is None:
            self.asked.emit(act, self._fixed() | {"compound_id": self.sheet.compound_id})
        else:
            self.asked.emit(act, {"title_defect_id": wrong.id, "_wrong": wrong})

    def _choose_cover(self) -> None:
        if self.sheet is None:
            return
        offered = {Act(cover.id.hex, "x", Own(words(N_("Take off {place}"), place=cover.name))): cover
                   for cover in self.sheet.covers}  # fmt: skip
        place = self.card.change.mapToGlobal(QPoint(0, self.card.change.height()))
        acts.popup(self, place, [COVER, *offered], 1, partial(self._cover_chosen, offered))

    def _cover_chosen(self, offered: dict[Act, Cover], act: Act) -> None:
        assert self.sheet is not None
        if act is COVER:
            self.asked.emit("titles.cover", self._fixed() | {"_sheet": self.sheet})
        else:
            self.asked.emit("titles.uncover", {"title_coverage_id": offered[act].id, "_place": offered[act].name})

    def _scans(self) -> None:
        self.asked.emit("attachments.list", {"entity": "title", "id": self.title, "_entry": None})

    def _may(self) -> None:
        self.asked.emit("rights.may", {"sheet": self.sheet})

    def _print(self) -> None:
        self.asked.emit("titles.survey", {"title_ids": [self.title], "on": self.day.day})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != way or self.ledger.maximumWidth() != PANE:
            self._both.setDirection(way)
            self.ledger.setMinimumWidth(PANE if beside else 0)
            self.ledger.setMaximumWidth(PANE if beside else 16_777_215)


def _pills(sheet: Sheet) -> list[Pill]:
    """State, areas, and what limits it; that nothing does is said as well."""
    now = sheet.now
    made = [Pill(f"title.state={now.state.value}", STATES[now.state.value])]
    if any(difference.too_large for difference in sheet.differences):
        made.append(Pill(N_("Areas differ"), "warn", icon="triangle-alert"))
    if now.lost:
        made.append(Pill(N_("Paper lost"), "warn", icon="triangle-alert"))
    for kind in dict.fromkeys(event.kind.value for event in now.open):
        tone, symbol = LIMITS[kind]
        made.append(Pill(f"title_event.kind={kind}", tone, icon=symbol))
    return made if now.open else [*made, Pill(N_("No mortgage, seizure or dispute"), "idle", dot=False)]


def _read(title: UUID, on: date, desk: Desk) -> tuple[Sheet, dict[UUID, int] | None]:
    """The title on the day, and how many files there are about it and about each entry (None: not to be seen)."""
    found: Sheet = desk.ask("titles.sheet", title_id=title, on=on)
    if not desk.may("attachments.list"):
        return found, None
    return found, asks.files_about([title, *(entry.id for entry in found.events)], desk)
