"""Places in the window: boards and pages say where they want to go, and this takes them there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.document_issuing import Subject
from ui.kit.editors import today
from ui.kit.going import Going, ToCompound, ToFiles, ToForm, ToList, ToPaper, ToRecord, ToRoom
from ui.pages import place_papers
from ui.part import Asked, Part, Row
from ui.screens import BOARDS, SCREENS

if TYPE_CHECKING:
    from ui.workbench import Workbench


class Places(Part):
    """What the window does about places, their users and their costs."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {
            "places.tree": self._marked_compound, "occupancies.room": self._marked_room,
            "rights.history": self._history, "rights.room_history": self._room_history,
        }  # fmt: skip
        pages = (("compound", "places.tree", self._compound_row), ("room", "occupancies.room", self._room_row))
        self.opens = {entity: way for entity, needs, way in pages if bench.background.desk.may(needs)}
        self._ways: dict[type, Callable[[Any], object]] = {
            ToList: self._list, ToCompound: self._compound, ToRoom: self._room, ToForm: self._form,
            ToRecord: self._record, ToPaper: self._paper, ToFiles: self._files,
        }  # fmt: skip

    def _marked_compound(self, asked: Asked) -> None:
        self._compound_row(asked.rows[0])

    def _marked_room(self, asked: Asked) -> None:
        row = asked.rows[0]
        self.room(row["id"] if asked.screen.entity == "room" else row["room_id"])

    def _history(self, asked: Asked) -> None:
        """The paper of a marked building."""
        row = asked.rows[0]
        name = f"{today().isoformat()}-{row['code']}.pdf"
        work = partial(place_papers.history, row["id"])
        self.go(ToPaper(N_("History of a building"), name, work, Subject.of("history", row, today())))

    def _room_history(self, asked: Asked) -> None:
        """The paper of a marked room."""
        row = asked.rows[0]
        name = f"{today().isoformat()}-{row['number']}.pdf"
        work = partial(place_papers.room, row["id"], None)
        self.go(ToPaper(N_("Title history of a room"), name, work, Subject.of("room", row, today())))

    def _compound_row(self, row: Row) -> None:
        self.compound(row["id"])

    def _room_row(self, row: Row) -> None:
        self.room(row["id"])

    def learn(self, kind: type, way: Callable[[Any], object]) -> None:
        """Another part answers for a kind of going."""
        self._ways[kind] = way

    def follow(self, board: QWidget) -> None:
        """Go where a page or board wants to, if it wants to anywhere."""
        went = getattr(board, "went", None)
        if went is not None:
            went.connect(self.go)

    def go(self, where: Going) -> None:
        """Take the window there."""
        self._ways[type(where)](where)

    def compound(self, id: UUID) -> None:
        """Open the page of a compound."""
        self.go(ToCompound(id))

    def room(self, id: UUID) -> None:
        """Open the sheet of a room."""
        self.go(ToRoom(id))

    def _list(self, where: ToList) -> None:
        if not self.bench.background.desk.may(SCREENS[where.screen].needs):
            return
        self.bench.show_screen(where.screen)
        shown = self.bench.lists.get(where.screen)
        if shown is None or self.bench.pages.currentWidget() is not shown:
            return  # somebody wanted to keep what was typed
        shown.filters.put(where.filters, names=dict(where.names))

    def _compound(self, where: ToCompound) -> None:
        from ui.pages.compound import CompoundPage

        self._open(CompoundPage(self.bench.background, where.id, self.back()))

    def _room(self, where: ToRoom) -> None:
        from ui.pages.room import RoomPage

        self._open(RoomPage(self.bench.background, where.id, self.back()))

    def _paper(self, where: ToPaper) -> None:
        from ui.pages.paper import PaperPage

        self._open(PaperPage(self.bench.background, where, self.back()))

    def _files(self, where: ToFiles) -> None:
        from ui.pages.files import FilesPage

        page = FilesPage(self.bench.background, where.entity, where.id, where.facts, (self.back(),))
        page.files.revise_asked.connect(self.bench.describe)
        self._open(page)

    def _form(self, where: ToForm) -> None:
        initial = dict(where.initial)
        self.bench.form(
            where.intent, where.title, where.sections, dict(where.fixed), initial=initial, facts=where.facts,
            once=True, revising=where.revising,
        )  # fmt: skip

    def _record(self, where: ToRecord) -> None:
        self.bench.edit(SCREENS[where.screen], where.row)

    def _open(self, page: QWidget) -> None:
        self.follow(page)
        self.bench.open_page(page)

    def back(self) -> tuple[str, str]:
        """The place that pages lead back to: its name and its title."""
        place = SCREENS.get(self.bench.current) or BOARDS[self.bench.current]
        return place.name, place.title
