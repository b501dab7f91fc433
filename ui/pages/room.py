"""The sheet of a room: its facts and rights, its users now and before, what it may be, what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from models.room import RoomUse
from resources.words import N_
from services.desk.listing import View
from services.document_issuing import Subject
from services.room_sheets import RoomSheet, Use
from ui.kit import show
from ui.kit.as_on import AsOn
from ui.kit.button import Button, LinkButton
from ui.kit.card import Banner, HairLine, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToForm, ToLabels, ToList, ToPaper, ToRecord
from ui.kit.grid import Grid
from ui.kit.layout import column, hide_unless, row
from ui.kit.list_table import ListTable
from ui.kit.page import PageHead, SidePane
from ui.kit.pill import Pill
from ui.kit.record_page import RecordPage
from ui.kit.screen import Col
from ui.kit.text import Body, Follower, Note, Own, counted, said, words
from ui.kit.theme import GAP, MARGIN
from ui.pages import place_papers, room_reading, room_uses, use_forms
from ui.pages.room_facts import FourFacts
from ui.pages.room_reading import Seen
from ui.screens import occupancies, rooms

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

COLUMNS = (Col("name", second="number", tile="package"), Col("model", 130), Col("status", 96), Col("keeper_id", 96))
PAST = N_("Rights and users as on {day}; name, area and assets are those of today.")


class RoomPage(RecordPage, Follower):
    """Shows a room as on the day in its date field; `went` tells what somebody wants to do with it."""

    watched = frozenset({
        "compound", "building", "room", "occupancy", "title", "title_event", "title_coverage", "asset", "staff",
        "organization",
    })  # fmt: skip
    sheet: RoomSheet | None

    def __init__(self, background: Background, room: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.room = room
        self.seen: Seen | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make(back)
        self._connect()
        self._arrange()
        self.follow()
        self.begin()

    def look(self) -> None:
        """Name the list again."""
        if self.assets is not None:
            self.assets.setAccessibleName(words("assets"))

    def _make(self, back: tuple[str, str]) -> None:
        may = self.background.desk.may
        self.edit = Button(N_("Edit"), "pencil")
        self.add = Button(N_("Add user"), "plus", kind="primary")
        shown = [*([self.edit] if may("rooms.revise") else []), *([self.add] if may("occupancies.add") else [])]
        self.print = Button(N_("Title history"), "history")
        hide_unless(may("rights.room_history"), self.print)
        self.day = AsOn()
        self.day.turned.connect(self.read)
        self.past = Banner("info", "", N_("Back to today"))
        self.past.acted.connect(self._today)
        self.past.hide()
        self.head = PageHead("room", self.day, self.print, *shown, back=(back,), facts=Own(" "))
        self.facts = FourFacts()
        self.grid = Grid(N_("Users"), room_uses.HEADS, tall=52)
        self.nobody = Note(N_("Nobody is recorded to use it, now or ever."))
        self.nothing = Note(N_("No asset stands here."))
        for note in (self.nobody, self.nothing):
            note.setAlignment(Qt.AlignmentFlag.AlignCenter)
            note.hide()
        self.decide, self.end = LinkButton(N_("Record decision")), LinkButton(N_("End use…"))
        for link in (self.decide, self.end):
            hide_unless(may("occupancies.revise"), link)
        self.assets = ListTable(
            self.background, View("assets", filters=(("room_id", (self.room,)),)), COLUMNS
        ) if may("assets.list") else None  # fmt: skip
        self.all = LinkButton(N_("Show in the register"), "arrow-right")
        self.labels = LinkButton(N_("Print labels"), "tag")
        hide_unless(may("labels.sheet"), self.labels)
        self.area, self.limit = KeyValue("room.area"), KeyValue(N_("Limit for its users"))
        self.over, self.note = KeyValue(N_("Too much"), tone="bad", weight=600), Body(Own(""))
        self.plain = {
            name: KeyValue(name) for name in ("room.compound_id", "room.building_id", "room.floor", "room.use")
        }

    def _connect(self) -> None:
        for button, slot in (
            (self.edit, self._edit), (self.add, self._add), (self.decide, self._decide), (self.end, self._end),
            (self.all, self._all), (self.labels, self._labels),
            (self.print, self._print),
        ):  # fmt: skip
            button.clicked.connect(slot)
        self.grid.opened.connect(self._opened)
        self.grid.marked.connect(self._marked)

    def _arrange(self) -> None:
        users = headed(SectionHead(N_("Users"), self.decide, self.end), (self.grid, 1), (self.nobody, 1))
        parts = (*self.plain.values(), HairLine(), self.area, self.limit, self.over)
        side = SidePane(SectionHead(N_("Facts")), *parts, width=272)
        side.add(self.note)
        side.add(None)
        left = column(self.facts, (users, 3), gap=14)
        if self.assets is not None:
            self.things = SectionHead("assets", self.labels, self.all, note=Own(" "))
            left.addWidget(headed(self.things, (self.assets, 1), (self.nothing, 1)), 3)
        middle = row((left, 1), side, gap=GAP)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.past, self.wrong, (middle, 1), gap=14, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Seen]:
        """The room as on the day."""
        return partial(room_reading.read, self.room, self.day.day)

    def again(self) -> None:
        """Read the room again, and what stands in it."""
        super().again()
        if self.assets is not None:
            self.assets.reload()

    def _got(self, seen: Seen) -> None:
        self.seen = seen
        super()._got(seen.sheet)
        if self.assets is not None and seen.assets is not None:
            self.assets.setVisible(seen.assets > 0)
            self.nothing.setVisible(not seen.assets)
            self.things.note.say(counted("{n} card", "{n} cards", seen.assets))
            self.things.note.show()
        self.facts.setVisible(seen.rights is not None)
        if seen.rights is not None:
            self.facts.show_rights(seen.rights)

    def _say(self, sheet: RoomSheet) -> None:
        named = Own(f"{sheet.number} {sheet.name}") if sheet.name else said(N_("Room {number}"), number=sheet.number)
        self.head.title.say(named)
        self.past.setVisible(sheet.on != today())
        self.past.say(PAST, day=sheet.on.isoformat())
        self.head.show_facts(Own(f"{sheet.compound} · {sheet.building}"))
        tone = (rooms.USES.get(sheet.use.value)) or "idle"
        pills = [Pill(f"room.use={sheet.use.value}", tone)]
        if sheet.over:
            pills.append(Pill(N_("over the standard"), "bad", icon="triangle-alert"))
        elif not sheet.now and sheet.use is RoomUse.OFFICE:
            pills.append(Pill(N_("nobody uses it"), "warn"))
        self.head.show_pills(*pills)
        self.grid.show_lines(room_uses.lines(sheet))
        if self.grid.key() is None and sheet.uses:
            self.grid.mark(sheet.uses[0].id)
        if not sheet.uses and self.grid.hasFocus():
            self.setFocus()  # Qt would hand the keyboard to whatever link comes next
        self.grid.setVisible(bool(sheet.uses))
        self.nobody.setVisible(not sheet.uses)
        self._say_side(sheet)
        self._marked(self.grid.key())

    def _say_side(self, sheet: RoomSheet) -> None:
        where = (sheet.compound, sheet.building, sheet.floor)
        for fact, value in zip(self.plain.values(), where, strict=False):
            fact.say(Own(value or show.NOTHING))
        self.plain["room.use"].say(f"room.use={sheet.use.value}")
        self.area.say(_area(sheet.area))
        self.limit.say(_area(sheet.limit))
        self.over.setVisible(sheet.over > 0)
        self.over.say(_area(sheet.over))
        self.note.say(Own(sheet.note))

    # What can be done

    def _use(self) -> Use | None:
        key = self.grid.key()
        return next((use for use in self.seen.sheet.uses if use.id == key), None) if self.seen else None

    def _marked(self, _key: object) -> None:
        use = self._use()
        on = self.seen.sheet.on if self.seen else None
        self.decide.setEnabled(use is not None)
        self.end.setEnabled(use is not None and on is not None and use.lasts(on))

    def _print(self) -> None:
        """What is known by the day the page shows."""
        if self.seen is not None:
            sheet = self.seen.sheet
            work = partial(place_papers.room, self.room, sheet.on)
            about = Subject("room", sheet.compound_id, self.room, sheet.on)
            name = f"{sheet.on.isoformat()}-{sheet.number}.pdf"
            self.went.emit(ToPaper(N_("Title history of a room"), name, work, about))

    def _edit(self) -> None:
        if self.seen is not None and self.seen.row is not None:
            self.went.emit(ToRecord("rooms", self.seen.row))

    def _add(self) -> None:
        if self.seen is None:
            return
        sheet = self.seen.sheet
        fixed = {"compound_id": sheet.compound_id, "room_id": sheet.id}
        facts = Own(f"{sheet.building} · {sheet.number}")
        initial = {"from_on": sheet.on}
        self.went.emit(ToForm("occupancies.add", N_("Add user"), fixed, initial, occupancies.SCREEN.form, facts))

    def _opened(self, key: object) -> None:
        if isinstance(key, UUID) and self.background.desk.may("occupancies.list"):
            number = next(use.number for use in self.seen.sheet.uses if use.id == key) if self.seen else ""
            self.background.ask(partial(room_reading.occupancy, number), self._found)

    def _found(self, found: dict[str, Any] | None) -> None:
        if found is not None and self.background.desk.may("occupancies.revise"):
            self.went.emit(ToRecord("occupancies", found))

    def _decide(self) -> None:
        if (use := self._use()) is not None:
            self.went.emit(use_forms.decision(use, _named(use)))

    def _end(self) -> None:
        if (use := self._use()) is not None:
            self.went.emit(use_forms.end(use, _named(use)))

    def _all(self) -> None:
        if self.seen is not None:
            sheet = self.seen.sheet
            names = {sheet.id: sheet.number, sheet.building_id: sheet.building}
            filters = (("building_id", (sheet.building_id,)), ("room_id", (sheet.id,)))
            self.went.emit(ToList("assets", filters, names))

    def _labels(self) -> None:
        """The labels of everything that stands in this room."""
        self.background.ask(partial(room_reading.inside, self.room), self._labelled, self._refused)

    def _labelled(self, assets: list[UUID]) -> None:
        if assets:
            self.went.emit(ToLabels(tuple(assets)))

    def _today(self) -> None:
        self.day.show_day(today())


def _named(use: Use) -> Own:
    return Own(" · ".join(filter(None, (use.number, use.unit, use.person))))


def _area(hundredths: int | None) -> Own:
    return Own(show.NOTHING if hundredths is None else f"{show.area(hundredths)} m²")
