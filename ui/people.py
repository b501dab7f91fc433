"""Personal data in the window: shown for some seconds, written to a file, erased; each with reason and password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.listing import LISTINGS
from ui import asks
from ui.kit.form import FormPage
from ui.kit.messages import late, toast
from ui.kit.reveal import RevealDialog
from ui.kit.screen import Act, Screen, Section
from ui.kit.text import Message, Own, said, words
from ui.kit.theme import LOOK
from ui.part import Asked, Part
from ui.screens import forms as form_of

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.workbench import Workbench

Row = Mapping[str, Any]
WHY = N_("Why")
STANDS = N_("Your name and the reason stand in the history of everybody it is about.")
NOBODY = N_("The list is empty; there is nobody to write")


class People(Part):
    """What the window does about personal data. `acts` are the acts of lists it answers for."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {
            "staff.reveal": self._reveal,
            "staff.export_personal": self._export,
            "staff.erase_personal": self._erase,
        }
        self.shown: RevealDialog | None = None
        bench.background.changed.connect(self._touched)

    # One value of one person

    def _reveal(self, asked: Asked) -> None:
        screen, act, row = asked.screen, asked.act, asked.rows[0]
        name = form_of.named(screen, row)
        fixed = {f"{screen.entity}_id": row["id"], "field": act.field}
        label = LISTINGS[screen.listing].columns[act.field].key
        title, show = said(N_("Show “{field}”"), field=label), partial(self._show, label, screen, name)
        page = self._asked(act.name, fixed, title, STANDS, Own(name), show)
        page.save.say(N_("Show"), "eye")

    def _show(self, label: Message, screen: Screen, name: str, done: Done[str]) -> None:
        if late(self.bench):
            return
        self.shown = RevealDialog(self.bench, label, name, done.value)
        self.shown.destroyed.connect(self._gone)
        self.shown.open()
        if screen.name in self.bench.lists:
            self.bench.lists[screen.name].detail.history.again()

    def _gone(self) -> None:
        self.shown = None

    def _touched(self, kinds: frozenset[str]) -> None:
        """The record may be another now."""
        if self.shown is not None and "staff" in kinds:
            self.shown.reject()

    # A list of people

    def _export(self, asked: Asked) -> None:
        screen, act = asked.screen, asked.act
        place, _ = QFileDialog.getSaveFileName(
            self.bench, words(act.label), f"{words(screen.title)}.xlsx", "Excel (*.xlsx);;CSV (*.csv)"
        )
        if place:
            self.export_to(screen, act, Path(place))

    def export_to(self, screen: Screen, act: Act, place: Path) -> None:
        """Write the list as it is filtered now, once somebody has said why."""
        view = self.bench.lists[screen.name].view()
        ready = partial(self._export_these, act, place)
        self.bench.background.ask(partial(asks.ids_of, view), ready, self.bench.refused)

    def _export_these(self, act: Act, place: Path, ids: list[Any]) -> None:
        if not ids:
            toast(self.bench, NOBODY, kind="bad")
            return
        fixed = {"file": str(place), "staff_ids": ids, "language": LOOK.lang}
        page = self._asked(act.name, fixed, act.label, STANDS, Own(place.name), partial(self._written, place))
        page.save.say(N_("Write"), "download")

    def _written(self, place: Path, done: Done[int]) -> None:
        toast(self.bench, N_("{n} rows written to {file}"), n=done.value, file=place.name)

    # For good

    def _erase(self, asked: Asked) -> None:
        screen, act, row = asked.screen, asked.act, asked.rows[0]
        fixed, name = {f"{screen.entity}_id": row["id"]}, Own(form_of.named(screen, row))
        page = self._asked(act.name, fixed, act.label, INTENTS[act.name].kept, name, self._erased)
        page.save.say(N_("Erase"), "trash-2")

    def _erased(self, _done: Done[None]) -> None:
        toast(self.bench, N_("The personal data is erased"))

    def _asked(
        self, intent: str, fixed: dict[str, Any], title: Message, help: str, facts: Message,
        then: Callable[[Done[Any]], None],
    ) -> FormPage:  # fmt: skip
        """A page that asks why and for the password, and does it."""
        section = Section(WHY, help, ("reason", 6), ("own_password", 3))
        return self.bench.form(intent, title, (section,), fixed, once=True, facts=facts, then=then, quiet=True)
