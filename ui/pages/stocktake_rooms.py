"""Beside the count: how far each floor is, the rooms of a floor, and the equation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from resources.words import N_
from ui.kit.button import LinkButton
from ui.kit.card import HairLine
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import ScrollPage, SidePane
from ui.kit.progress import Bar
from ui.kit.switches import MenuButton
from ui.kit.text import Heading, Message, Note, Own, Text, said, words
from ui.kit.theme import SIDE, colour
from ui.kit.tile import Icon
from ui.pages.stocktake_words import floor_name, room_name

if TYPE_CHECKING:
    from services.stocktake_sheet import Floor, Progress, RoomCount

TALL, LOW = 34, 26


class _Bar(QAbstractButton):
    """A line to choose: symbol, name, bar and figures. Enter chooses, the arrow keys go to the next."""

    def __init__(self, name: Message, *, tall: int = TALL, icon: bool = False) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedHeight(tall)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self.bar, self.figure = Bar(name, 0, 1), Note(tone="text2")
        self.bar.setFixedWidth(96)
        self.figure.setFixedWidth(66)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.symbol = Icon("clock", "text3", 16)
        hide_unless(icon, self.symbol)
        self.label = Text(name, px=12, weight=500, elide=True)
        self.setLayout(row(self.symbol, (self.label, 1), self.bar, self.figure, gap=8, margins=(10, 0, 8, 0)))

    def tell(self, seen: int, every: int, figure: str, *, chosen: bool, done: bool) -> None:
        """Show how far it is."""
        self.bar.tone("okfill" if done else "primary")
        self.bar.tell(seen, every or 1)
        self.figure.say(Own(figure))
        icon = ("circle-check", "ok") if done else ("clock", "primary" if seen else "text3")
        self.symbol.show_icon(*icon)
        self.setChecked(chosen)
        self.label.tone("primary" if chosen else "text")
        self.setAccessibleName(f"{words(self._name)}, {figure}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step:
            (self.focusPreviousChild if step < 0 else self.focusNextChild)()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of what is chosen or pointed at, and a ring around what has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = "selected" if self.isChecked() else "hover" if self.underMouse() else ""
        painter.setPen(colour("primary") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 7, 7)


class RoomsPane(SidePane):
    """`chosen`: the id of a room to count in. `done`: a room, and whether everything in it was looked at."""

    chosen = Signal(object)
    done = Signal(object, bool)

    def __init__(self) -> None:
        self.head, self.seen = Heading(N_("Progress")), Note(tone="text2")
        self.building, self.floors, self.rooms = _Buildings(), column(gap=2), column(gap=2)
        self.floor_name, self.floor_count = Text(weight=600), Note(tone="text2")
        self.finish = LinkButton(N_("Room is done"), "check")
        self.equation = Note(wrap=True)
        self._floor: tuple[str, str] | None = None
        self.room: UUID | None = None
        self._progress: Progress | None = None
        self.may_finish = True
        self._bars: dict[Any, _Bar] = {}
        self._shown: dict[QBoxLayout, list[Any]] = {}
        lists = QWidget()
        lists.setProperty("box", "clear")
        above = row(self.floor_name, None, self.floor_count, margins=(10, 4, 8, 0))
        lists.setLayout(column(self.floors, HairLine(), above, self.rooms, None, gap=8))
        scroll = ScrollPage(lists, None, margin=0)
        foot = row(Icon("info", "text3", 14), (self.equation, 1), gap=6)
        head = row(self.head, None, self.seen)
        super().__init__(head, self.building, (scroll, 1), self.finish, HairLine(), foot, width=SIDE, pad=14, gap=10)
        self.finish.clicked.connect(self._finish)
        self.building.chosen.connect(self._walk)

    def show_progress(self, found: Progress) -> None:
        """Show how far the count is; floor and room in force stay."""
        self._progress = found
        self.seen.say(said(N_("{seen} of {all} counted"), seen=f"{found.seen:,}", all=f"{found.cards:,}"))
        keys = [(floor.building, floor.floor) for floor in found.floors]
        if self._floor not in keys:
            here = next((r for r in found.rooms if r.stocktake_room_id == self.room), None)
            self._floor = (here.building, here.floor) if here else keys[0] if keys else None
        self._draw()
        there = found.counted + found.matched + found.elsewhere + found.over
        self.equation.say(
            N_("Book {book} = there {there} + pending {pending} + loss {loss}"), book=f"{found.cards:,}",
            there=f"{there:,}", pending=f"{found.pending:,}", loss=f"{found.missing + found.short:,}",
        )  # fmt: skip

    def choose(self, room: UUID | None) -> None:
        """Stand in another room."""
        self.room = room
        here = next((r for r in self._rooms() if r.stocktake_room_id == room), None)
        if here is not None:
            self._floor = (here.building, here.floor)
        self._draw()

    def current(self) -> RoomCount | None:
        """The room in force."""
        return next((room for room in self._rooms() if room.stocktake_room_id == self.room), None)

    def _rooms(self) -> Sequence[RoomCount]:
        return self._progress.rooms if self._progress else ()

    def next_room(self) -> None:
        """Go to the next room that is not done, from the one in force on."""
        rooms = self._rooms()
        at = next((n for n, room in enumerate(rooms) if room.stocktake_room_id == self.room), -1)
        later = [*rooms[at + 1 :], *rooms[: max(at, 0)]]
        found = next((room for room in later if not _done(room)), None)
        if found is not None:
            self._enter(found.stocktake_room_id)

    def _draw(self) -> None:
        if self._progress is None:
            return
        building = self._floor[0] if self._floor else ""
        self.building.show_floors(self._progress.floors, building)
        floors = [floor for floor in self._progress.floors if self._floor and floor.building == building]
        self._fill(self.floors, [(floor.building, floor.floor) for floor in floors])
        for floor in floors:
            share = f"{100 * floor.seen // floor.all if floor.all else 100}%"
            key = (floor.building, floor.floor)
            done = floor.all > 0 and floor.seen >= floor.all
            self._bars[key].tell(floor.seen, floor.all, share, chosen=key == self._floor, done=done)
        inside = [room for room in self._rooms() if (room.building, room.floor) == self._floor]
        self._fill(self.rooms, [room.stocktake_room_id for room in inside])
        for room in inside:
            bar = self._bars[room.stocktake_room_id]
            bar.tell(room.seen, room.all, f"{room.seen} / {room.all}", chosen=room.stocktake_room_id == self.room,
                     done=_done(room))  # fmt: skip
            bar.setToolTip(room.team)
        name = floor_name(*self._floor) if self._floor else Own("")
        self.floor_name.say(partial(_rooms_of, name))
        self.floor_count.say(Own(f"{sum(r.seen for r in inside):,} / {sum(r.all for r in inside):,}"))
        self._offer()

    def _offer(self) -> None:
        here = self.current()
        self.finish.setVisible(here is not None and self.may_finish)
        self.finish.say(N_("Room is not done yet") if here and here.done_on else N_("Room is done"))

    def _fill(self, box: QBoxLayout, keys: list[Any]) -> None:
        """One bar for each key; those that are there already stay, and with them the keyboard."""
        shown = self._shown.get(box, [])
        if shown == keys:
            return
        for key in shown:
            old = self._bars.pop(key)
            box.removeWidget(old)
            old.hide()
            old.deleteLater()
        rooms = {room.stocktake_room_id: room for room in self._rooms()}
        for key in keys:
            room = rooms.get(key)
            bar = _Bar(room_name(room) if room else floor_name(*key), tall=TALL if room else LOW, icon=bool(room))
            bar.clicked.connect(partial(self._enter if room else self._turn, key))
            self._bars[key] = bar
            box.addWidget(bar)
        self._shown[box] = keys

    def _walk(self, building: str) -> None:
        """The first floor of a building that is not done, else its first."""
        floors = [floor for floor in (self._progress.floors if self._progress else ()) if floor.building == building]
        at = next((floor for floor in floors if floor.seen < floor.all), floors[0])
        self._turn((at.building, at.floor))

    def _turn(self, floor: tuple[str, str], _checked: bool = False) -> None:
        self._floor = floor
        self._draw()

    def _enter(self, room: UUID, _checked: bool = False) -> None:
        self.choose(room)
        self.chosen.emit(room)

    def _finish(self) -> None:
        here = self.current()
        if here is not None:
            self.done.emit(here.stocktake_room_id, here.done_on is None)


def _rooms_of(floor: Message) -> str:
    return words(N_("Rooms of {floor}"), floor=words(floor))


def _done(room: RoomCount) -> bool:
    return room.done_on is not None or (room.all > 0 and room.seen >= room.all)


class _Buildings(MenuButton):
    """Which building is walked; with one there is nothing to choose."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("building-2")
        self._sums: dict[str, tuple[int, int]] = {}
        self._at = ""
        self.follow()

    def show_floors(self, floors: Sequence[Floor], at: str) -> None:
        """Show how far every building is."""
        self._sums, self._at = {}, at
        for floor in floors:
            seen, every = self._sums.get(floor.building, (0, 0))
            self._sums[floor.building] = seen + floor.seen, every + floor.all
        self.setVisible(len(self._sums) > 1)
        self.look()

    def look(self) -> None:
        """Name the building in force, and fill the menu."""
        self.menu_.clear()
        for name in self._sums:
            act = self.menu_.addAction(self._named(name))
            act.setCheckable(True)
            act.setChecked(name == self._at)
            act.triggered.connect(partial(self._take, name))
        shown = self._named(self._at) if self._at in self._sums else ""
        self.show_word(shown, N_("Building: {building}"), building=shown)

    def _named(self, name: str) -> str:
        seen, every = self._sums[name]
        return f"{name or words(N_('No place'))} · {seen:,} / {every:,}"

    def _take(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
