"""The signed-in window: screens by the rail, forms and pages opened from them, and what comes of their acts."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui import asks
from ui.assets import Assets
from ui.certificates import Certificates
from ui.disposals import Disposals
from ui.kit.background import Background
from ui.kit.form import FormPage
from ui.kit.list_page import ListPage
from ui.kit.messages import confirm, toast
from ui.kit.rail_item import Place
from ui.kit.screen import Act, Board, Screen
from ui.kit.shell import Shell
from ui.kit.text import Message, Own, said
from ui.leases import Leases
from ui.maintenance import Maintenance
from ui.needs import Needs
from ui.notes import Notes
from ui.operations import Operations
from ui.part import Asked, Part
from ui.people import People
from ui.places import Places
from ui.plans import Plans
from ui.reconciliation import Reconciliation
from ui.registers import Registers
from ui.screens import BOARDS, GROUPS, SCREENS
from ui.screens import forms as form_of
from ui.sheets import Sheets
from ui.signing import Signing
from ui.stocktakes import Stocktakes
from ui.stores import Stores
from ui.team import Team
from ui.titles import Titles
from ui.training import Training
from ui.worth import Worth

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done

Row = Mapping[str, Any]
OWN_PASSWORD = N_("Change my password")


class Workbench(Shell):
    """`signed_out` asks to close the office; `failed` tells errors nobody expected."""

    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        places = [
            Place(s.name, s.icon, s.title, group)
            for group, screens in GROUPS for s in screens if desk.may(s.needs) and not _elsewhere(s, desk)
        ]  # fmt: skip
        super().__init__(places, desk.account)
        self.background = Background(desk, self)
        self.background.failed.connect(self.failed)
        self.background.changed.connect(self._touched)
        self.lists: dict[str, ListPage] = {}
        self.boards: dict[str, QWidget] = {}
        names = [place.key for place in places]
        self._current = "assets" if "assets" in names else next(iter(names), "")
        self.rail.chosen.connect(self.show_screen)
        self.top.password_asked.connect(partial(self.form, "accounts.change_password", OWN_PASSWORD, (), {}, once=True))
        self.notes, self.registers, self.people = Notes(self), Registers(self), People(self)
        self.operations, self.places, self.titles = Operations(self), Places(self), Titles(self)
        self.disposals, self.leases, self.maintenance = Disposals(self), Leases(self), Maintenance(self)
        self.assets, self.needs, self.worth, self.team = Assets(self), Needs(self), Worth(self), Team(self)
        self.certificates, self.training, self.stocktakes = Certificates(self), Training(self), Stocktakes(self)
        self.signing = Signing(self)
        self.parts: tuple[Part, ...] = (
            self.notes, self.registers, self.people, self.operations, self.places, self.titles, self.disposals,
            self.leases, self.assets, self.needs, self.worth, self.team, self.certificates, self.training, Sheets(self),
            Reconciliation(self), self.stocktakes, self.maintenance, Plans(self), Stores(self), self.signing,
        )  # fmt: skip
        self._waiting()
        if self._current:
            self.show_screen(self._current)

    # Places

    @property
    def current(self) -> str:
        """The place of the rail that is shown, or the page opened from it."""
        return self._current

    def show_screen(self, name: str) -> None:
        """Show a place of the rail; pages opened from the one before are closed."""
        if not self._close_pages():
            self.rail.show_current(self._current)
            return
        self._current = name
        self.pages.setCurrentWidget(self._place(name))
        self.rail.show_current(name)

    def _place(self, name: str) -> QWidget:
        """The page of a place, made when it is first shown."""
        known = self.lists.get(name) or self.boards.get(name)
        if known is not None:
            return known
        if name in BOARDS:
            page = self.boards[name] = BOARDS[name].make(self.background)
            for part in self.parts:
                part.follow(page)
            self.pages.addWidget(page)
            return page
        made, screen = ListPage(SCREENS[name], self.background), SCREENS[name]
        made.act_requested.connect(partial(self.run, screen))
        made.edit_requested.connect(partial(self.edit, screen))
        made.open_requested.connect(partial(self.open, screen))
        made.detail.history.undo_asked.connect(self.operations.take_back)
        if made.detail.attached is not None:
            made.detail.attached.revise_asked.connect(self.describe)
        self.lists[name] = made
        self.pages.addWidget(made)
        return made

    def leave(self) -> bool:
        """Stop what runs and close the pages; False when somebody wants to keep what was typed."""
        if not self._close_pages():
            return False
        self.background.close()
        return True

    def drop(self) -> None:
        """Stop what runs and close the pages, whatever was typed."""
        for at in reversed(range(self.pages.count())):
            page = self.pages.widget(at)
            if page is not None and not self.stays(page):
                self._drop(page)
        self.background.close()

    def open_page(self, page: QWidget) -> None:
        """Show a page above the current list, until it is left."""
        page.left.connect(partial(self.leave_page, page))  # type: ignore[attr-defined]
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def _close_pages(self) -> bool:
        """Leave every page above the lists; False when somebody wants to keep what was typed."""
        for at in reversed(range(self.pages.count())):
            page = self.pages.widget(at)
            may_leave = getattr(page, "may_leave", None)
            if may_leave is not None and not may_leave():
                return False
            if page is not None and not self.stays(page):
                self._drop(page)
        return True

    def place(self) -> list[tuple[str, str]]:
        """The place that pages above it lead back to, as a page's head wants it."""
        found = SCREENS.get(self._current) or BOARDS.get(self._current)
        return [(found.name, found.title)] if found else []

    def stays(self, page: QWidget) -> bool:
        """Whether it is the page of a place."""
        return page in (*self.lists.values(), *self.boards.values())

    def _drop(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        release = getattr(page, "release", None)
        if release is not None:
            release()
        page.deleteLater()

    def leave_page(self, page: QWidget) -> None:
        """Go back from a page to what was shown before it."""
        every = [found for at in range(self.pages.count()) if (found := self.pages.widget(at)) and found is not page]
        above = every[-1] if every and not self.stays(every[-1]) else None
        self.pages.setCurrentWidget(above or self._place(self._current))  # first: Qt hands the keyboard on to it
        self._drop(page)

    # Acts of the lists

    def run(self, screen: Screen, act: Act, numbers: array[int], rows: list[Row]) -> None:
        """Do an act of a list on these rows."""
        way = next((part.acts[act.name] for part in self.parts if act.name in part.acts), None)
        if act.name == screen.add:
            self.form(act.name, act.label, screen.form, {})
        elif way is not None:
            way(Asked(screen, act, numbers, rows))
        elif act.name in INTENTS:
            self._on_one(screen, act, rows[0])
        else:
            self.open(screen, rows[0])

    def _on_one(self, screen: Screen, act: Act, row: Row) -> None:
        """An intent on one record: asked for what else it takes, or whether somebody is sure."""
        fixed = {f"{screen.entity}_id": row["id"]}
        if any(f.name not in fixed for f in arguments(act.name)):
            self.form(act.name, act.label, (), fixed, once=True, facts=Own(form_of.named(screen, row)))
        elif confirm(self, act.label, Own(form_of.named(screen, row)), act.label, kind="bad"):
            self.background.do(act.name, fixed, self.operations.saved, self.refused)

    def edit(self, screen: Screen, row: Row) -> None:
        """Open the form of a record as it is."""
        page = form_of.revising(screen, row, self.background)
        self._made(screen.revise, page)
        page.submitted.connect(
            partial(self._save, page, screen.revise, {f"{screen.entity}_id": row["id"]}, None, False)
        )
        self.open_page(page)

    def describe(self, row: Row) -> None:
        """Name, day and note of an attachment."""
        fixed = {"attachment_id": row["id"]}
        initial = {name: row[name] for name in ("name", "taken_on", "shows", "note")}
        facts = Own(row["number"])
        title = N_("Revise attachment")
        self.form("attachments.revise", title, (), fixed, initial=initial, revising=True, facts=facts)

    def open(self, screen: Screen, row: Row) -> None:
        """Open the page of a record, or its form where it has none."""
        way = next((part.opens[screen.entity] for part in self.parts if screen.entity in part.opens), None)
        if way is not None:
            way(row)
        elif screen.revise and self.background.desk.may(screen.revise):
            self.edit(screen, row)

    # Forms

    def form(self, intent: str, title: Message, sections: Any, fixed: dict[str, Any], **options: Any) -> FormPage:
        """A form over the arguments of an intent that are not `fixed`; a `quiet` one leaves it to `then` to say that it
        is done."""
        quiet = options.pop("quiet", False)
        then, inside = options.pop("then", None), form_of.Within(options.pop("inside", fixed))
        needed = options.pop("needed", frozenset())  # what this form must say beyond what the intent asks of all
        fields = [replace(f, required=f.required or f.name in needed) for f in arguments(intent) if f.name not in fixed]
        page = FormPage(
            title, fields, form_of.only(sections, {f.name for f in fields}), self.background,
            options.pop("initial", None), back=self.place(), spell=asks.in_words,
            within=inside.rules(), **options,
        )  # fmt: skip
        inside.page = page
        self._made(intent, page)
        page.submitted.connect(partial(self._save, page, intent, fixed, then, quiet))
        self.open_page(page)
        return page

    def _made(self, intent: str, page: FormPage) -> None:
        for part in self.parts:
            if intent in part.forms:
                part.forms[intent](page)

    def _save(
        self, page: FormPage, intent: str, fixed: dict[str, Any], then: Callable[[Done[Any]], None] | None,
        quiet: bool, values: dict[str, Any], again: bool,
    ) -> None:  # fmt: skip
        saved = partial(self._saved, page, then, quiet, again)
        self.background.do(intent, fixed | values, saved, page.refuse)

    def _saved(
        self, page: FormPage, then: Callable[[Done[Any]], None] | None, quiet: bool, again: bool, done: Done[Any]
    ) -> None:
        page.saved(again)
        if not quiet:
            self.operations.saved(done)
        if not again:
            self.leave_page(page)
        if then:
            then(done)

    def refused(self, error: Exception) -> None:
        """Say why something was not done."""
        from services.desk.errors import UserError

        if isinstance(error, OSError):
            toast(self, N_("It was not saved: {problem}"), kind="bad", problem=error.strerror or str(error))
        elif isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        else:
            self.failed.emit(error)

    # What waits

    def _touched(self, kinds: frozenset[str]) -> None:
        if "handover" in kinds:
            self._waiting()

    def _waiting(self) -> None:
        if self.background.desk.may("handovers.list"):
            self.background.ask(asks.open_notes, partial(self.rail.show_waiting, "handovers"), tag="waiting")


def _elsewhere(place: Screen | Board, desk: Desk) -> bool:
    """Whether somebody sees all of it in another list."""
    return bool(place.within) and desk.may(f"{place.within}.list")
