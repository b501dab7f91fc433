"""Beside the form of a report: by when it is to be answered and done, and what similar jobs are open there now."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_, Word
from services.deadlines import Due
from services.desk.errors import Invalid
from services.work_board import Card as Order
from ui import asks
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import HairLine, KeyValue, SectionHead
from ui.kit.layout import column, emptied
from ui.kit.page import SidePane
from ui.kit.text import Note, Own, TwoLine, counted, words

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background
    from ui.kit.form import FormPage

PAUSE, SHOWN = 80, 6  # milliseconds after the last change; similar jobs with a line
NAMES = ("compound_id", "priority", "trade", "room_id", "building_id", "asset_id")


class ReportSide(SidePane):
    """Follows a form; `opened` names an order that is open there."""

    opened = Signal(object)

    def __init__(self, background: Background) -> None:
        self.respond, self.complete = KeyValue(N_("Answer by"), Own("—")), KeyValue(N_("Done by"), Own("—"))
        self.basis, self.count = Note(Own(""), wrap=True), Note(Own(""))
        self.rows = column(gap=8)
        super().__init__(
            SectionHead(N_("Deadlines")), self.respond, self.complete, self.basis, HairLine(),
            SectionHead(N_("Open there now")), self.count, self.rows, width=300,
        )  # fmt: skip
        self.background = background
        self.form: FormPage | None = None
        self._asked: dict[str, Any] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.read)

    def follow(self, form: FormPage) -> None:
        """Follow what is chosen in a form; a room or an asset fills in what lies above it."""
        self.form = form
        for name in NAMES:
            if name in form.fields:
                form.fields[name].edited.connect(self._pause.start)
        for name, listing in (("room_id", "rooms"), ("asset_id", "assets")):
            form.fields[name].edited.connect(partial(self._above, name, listing))
        form.scans = self.scan
        self._pause.start()

    def said(self, name: str) -> Any:
        """What stands in a field, None where it cannot be read."""
        try:
            return self.form.fields[name].value() if self.form is not None else None
        except Invalid:
            return None

    # The place

    def _above(self, name: str, listing: str) -> None:
        key = self.said(name)
        if key is not None:
            work = partial(asks.identified, listing, name.removesuffix("_id"), key)
            self.background.ask(work, partial(self._fill, name), tag=f"place{id(self)}")

    def _fill(self, name: str, found: dict[str, Any]) -> None:
        if self.form is None or self.said(name) != found["id"]:
            return
        for above in ("compound_id", "building_id", *(["room_id"] if name == "asset_id" else [])):
            if found.get(above):
                self.form.fields[above].set_value(found[above], str(found[above.removesuffix("_id")] or ""))
        self._pause.start()

    def scan(self, code: str) -> bool:
        """A label: the asset it is stuck on, else a room with that number."""
        self.background.ask(partial(_scanned, code), self._found, tag=f"scan{id(self)}")
        return True

    def _found(self, found: tuple[str, UUID, str] | None) -> None:
        if found is None or self.form is None:
            return
        name, key, label = found
        self.form.fields[name].set_value(key, label)
        self.form.fields[name].edited.emit()
        self.form.fields["title"].box.inner().setFocus()

    # Reading

    def read(self) -> None:
        """Ask for the deadlines and what is open there, where enough is known."""
        chosen = {name: self.said(name) for name in NAMES}
        self.background.ask(partial(_read, chosen), self._got, tag=f"report{id(self)}")

    def _got(self, found: tuple[Due | None, list[Order]]) -> None:
        due, similar = found
        for line, at in ((self.respond, due and due.respond), (self.complete, due and due.complete)):
            line.value.say(Own(show.instant(at) if at else show.NOTHING))
        self.basis.say(show.source(due.basis) if due and due.basis else Own(""))
        emptied(self.rows)
        n = len(similar)
        self.count.say(counted("{n} job is open", "{n} jobs are open", n) if n else N_("Nothing is open there."))
        for order in similar[:SHOWN]:
            self.rows.addWidget(self._line(order))

    def _line(self, order: Order) -> QWidget:
        state = words(Word(f"work_order.state={order.state.value}"))
        about = " · ".join((order.number, state, show.instant(order.reported_at)))
        link = LinkButton(N_("Open"), "arrow-right")
        link.setAccessibleDescription(order.title)
        link.clicked.connect(partial(self._open, order.id))
        made = QWidget()
        made.setLayout(column(TwoLine(Own(order.title), Own(about)), link, gap=2))
        return made

    def _open(self, order: UUID, _checked: bool = False) -> None:
        self.opened.emit(order)


def _read(chosen: dict[str, Any], desk: Desk) -> tuple[Due | None, list[Order]]:
    due, similar, compound = None, list[Order](), chosen["compound_id"]
    if compound and chosen["priority"] and chosen["trade"] and desk.may("service_levels.due"):
        asked = {name: chosen[name] for name in ("compound_id", "priority", "trade")}
        due = desk.ask("service_levels.due", at=datetime.now(UTC), **asked)
    if compound and desk.may("work_orders.open_here"):
        where = {name: chosen[name] for name in ("building_id", "room_id", "asset_id", "trade") if chosen[name]}
        similar = desk.ask("work_orders.open_here", compound_id=compound, **where)
    return due, similar


def _scanned(code: str, desk: Desk) -> tuple[str, UUID, str] | None:
    found = desk.ask("assets.find_code", code=code) if desk.may("assets.find_code") else []
    if len(found) == 1:
        return "asset_id", found[0], desk.named("asset", found[0]).label
    rooms = [one for one in desk.find("room", code, 2) if one.number == code]
    room = rooms[0] if len(rooms) == 1 else None
    return ("room_id", room.id, room.label) if room is not None and isinstance(room.id, UUID) else None
