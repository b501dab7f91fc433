"""The signed-in window: screens by the rail, forms and pages opened from them, and what comes of their acts."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui import asks
from ui.kit.background import Background
from ui.kit.form import FormPage
from ui.kit.list_page import ListPage
from ui.kit.messages import confirm, toast
from ui.kit.page import EmptyState
from ui.kit.rail import Place
from ui.kit.screen import Act, Screen
from ui.kit.shell import Shell
from ui.kit.text import Own, said, words
from ui.kit.theme import LOOK
from ui.pages.handover import HandoverPage
from ui.screens import GROUPS, NOTHING_YET, SCREENS
from ui.screens import forms as form_of

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done

Row = Mapping[str, Any]
SURE = {  # acts that are asked about first: title, sentence, word on the button
    "handovers.cancel": (
        N_("Cancel this note?"),
        N_("Its assets are free again and its number is void."),
        N_("Cancel note"),
    ),
    "handovers.recall": (
        N_("Recall this note?"),
        N_("The issued paper is superseded; the note becomes a draft."),
        N_("Recall"),
    ),
}
AFTER = {
    "handovers.issue": N_("Issued: the paper is kept"),
    "handovers.sign": N_("The signature is recorded"),
    "handovers.cancel": N_("The note is cancelled"),
    "handovers.recall": N_("The note is a draft again"),
}


class Workbench(Shell):
    """`signed_out` asks to close the office; `failed` tells errors nobody expected."""

    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        places = [
            Place(s.name, s.icon, s.title, group)
            for group, screens in GROUPS for s in screens if desk.may(f"{s.listing}.list")
        ]  # fmt: skip
        super().__init__(places, desk.account)
        self.background = Background(desk, self)
        self.background.failed.connect(self.failed)
        self.background.changed.connect(self._touched)
        self.lists: dict[str, ListPage] = {}
        names = [place.key for place in places]
        self._current = "assets" if "assets" in names else next(iter(names), "")
        self.rail.chosen.connect(self.show_screen)
        self.top.password_asked.connect(self._change_password)
        self._waiting()
        if self._current:
            self.show_screen(self._current)
        else:
            self.pages.addWidget(EmptyState(*NOTHING_YET))

    # Places

    def show_screen(self, name: str) -> None:
        """Show a list; pages opened from the one before are closed."""
        if not self._close_pages():
            self.rail.show_current(self._current)
            return
        if name not in self.lists:
            page = ListPage(SCREENS[name], self.background)
            page.act_requested.connect(partial(self._act, SCREENS[name]))
            page.edit_requested.connect(partial(self._edit, SCREENS[name]))
            page.open_requested.connect(partial(self._open, SCREENS[name]))
            self.lists[name] = page
            self.pages.addWidget(page)
        self._current = name
        self.pages.setCurrentWidget(self.lists[name])
        self.rail.show_current(name)

    def leave(self) -> bool:
        """Stop what runs and close the pages; False when somebody wants to keep what was typed."""
        if not self._close_pages():
            return False
        self.background.close()
        return True

    def open_page(self, page: QWidget) -> None:
        """Show a page above the current list."""
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def _close_pages(self) -> bool:
        """Leave every page above the lists; False when somebody wants to keep what was typed."""
        for at in reversed(range(self.pages.count())):
            page = self.pages.widget(at)
            may_leave = getattr(page, "may_leave", None)
            if may_leave is not None and not may_leave():
                return False
            if page is not None and not isinstance(page, ListPage):
                self._drop(page)
        return True

    def _drop(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        if isinstance(page, HandoverPage):
            page.preview.release()
        page.deleteLater()

    def _leave(self, page: QWidget) -> None:
        self._drop(page)
        top = self.pages.widget(self.pages.count() - 1)
        above = top is not None and not isinstance(top, ListPage)
        self.pages.setCurrentWidget(top if above and top else self.lists[self._current])

    # Acts of the lists

    def _act(self, screen: Screen, act: Act, numbers: array[int], rows: list[Row]) -> None:
        if act.name == screen.add:
            self._form(act.name, act.label, screen.form, {})
        elif act.name == "handovers.draft":
            self.background.ask(partial(asks.ids, screen.listing, numbers), self._assign, self._refused)
        elif act.name == "handovers.open":
            self._open(screen, rows[0])
        elif act.name == "imports.take_in":
            self._import(screen)
        elif act.name == "export":
            self._export(screen)
        elif act.name in INTENTS:
            self._on_one(screen, act, rows[0])

    def _on_one(self, screen: Screen, act: Act, row: Row) -> None:
        """An intent on one record: asked for what else it takes, or whether somebody is sure."""
        fixed = {f"{screen.entity}_id": row["id"]}
        if any(f.name not in fixed for f in arguments(act.name)):
            self._form(act.name, act.label, (), fixed, once=True, facts=Own(form_of.named(screen, row)))
        elif confirm(self, act.label, Own(form_of.named(screen, row)), act.label, kind="bad"):
            self.background.do(act.name, fixed, self._done, self._refused)

    def _done(self, _done: Done[Any]) -> None:
        toast(self, N_("Saved"))

    def _change_password(self) -> None:
        self._form("accounts.change_password", N_("Change my password"), (), {}, once=True)

    def _edit(self, screen: Screen, row: Row) -> None:
        page = form_of.revising(screen, row, self.background)
        page.submitted.connect(partial(self._save, page, screen.revise, {f"{screen.entity}_id": row["id"]}, None))
        page.left.connect(partial(self._leave, page))
        self.open_page(page)

    def _open(self, screen: Screen, row: Row) -> None:
        if screen.entity == "handover":
            self.open_note(row["id"])
        elif screen.revise and self.background.desk.may(screen.revise):
            self._edit(screen, row)

    # Forms

    def _form(self, intent: str, title: str, sections: Any, fixed: dict[str, Any], **options: Any) -> FormPage:
        """A form over the arguments of an intent that are not `fixed`."""
        then, places = options.pop("then", None), form_of.Within(fixed)
        fields = [f for f in arguments(intent) if f.name not in fixed]
        screens = [SCREENS[self._current]] if self._current else []
        page = FormPage(
            title, fields, form_of.only(sections, {f.name for f in fields}), self.background,
            options.pop("initial", None), back=[(screen.name, screen.title) for screen in screens], spell=asks.in_words,
            within=places.rules(), **options,
        )  # fmt: skip
        places.page = page
        page.submitted.connect(partial(self._save, page, intent, fixed, then))
        page.left.connect(partial(self._leave, page))
        self.open_page(page)
        return page

    def _save(
        self, page: FormPage, intent: str, fixed: dict[str, Any], then: Callable[[Done[Any]], None] | None,
        values: dict[str, Any], again: bool,
    ) -> None:  # fmt: skip
        saved = partial(self._saved, page, then, again)
        self.background.do(intent, fixed | values, saved, page.refuse)

    def _saved(self, page: FormPage, then: Callable[[Done[Any]], None] | None, again: bool, done: Done[Any]) -> None:
        page.saved(again)
        toast(self, N_("Saved"))
        if not again:
            self._leave(page)
        if then:
            then(done)

    # Handover notes

    def _assign(self, ids: list[UUID]) -> None:
        page = self._form(
            "handovers.draft", N_("Assign to…"), form_of.ASSIGN, {"asset_ids": ids}, then=self._drafted,
            initial={"handed_on": _today()}, once=True,
            facts=said(N_("{n} assets on one note; they change hands when both sides have signed"), n=len(ids)),
        )  # fmt: skip
        page.save.say(N_("Draft note"))

    def _drafted(self, done: Done[Any]) -> None:
        self.show_screen("handovers")
        self.open_note(done.value)

    def open_note(self, note: UUID) -> None:
        """Open a handover note."""
        page = HandoverPage(self.background, note)
        page.asked.connect(partial(self._note, page))
        page.left.connect(partial(self._leave, page))
        self.open_page(page)

    def _note(self, page: HandoverPage, intent: str, values: dict[str, Any]) -> None:
        if intent == "handovers.revise":
            self._revise_note(values)
        elif intent == "handovers.sign":
            fixed = {"handover_id": values["handover_id"]}
            initial = {"side": values["side"], "on": _today()}
            self._form(intent, N_("Record signature"), form_of.SIGN, fixed, initial=initial, once=True)
        elif intent not in SURE or confirm(self, *SURE[intent], kind="bad"):
            self.background.do(intent, values, partial(self._noted, intent), self._refused)

    def _revise_note(self, values: dict[str, Any]) -> None:
        names = [f.name for f in arguments("handovers.revise")]
        labels = {n: str(values.get(n.removesuffix("_id")) or "") for n in names}
        fixed = {"handover_id": values["handover_id"]}
        initial = {n: values.get(n) for n in names if n not in fixed}
        title = INTENTS["handovers.revise"].label
        self._form("handovers.revise", title, form_of.ASSIGN, fixed, initial=initial, labels=labels, revising=True)

    def _noted(self, intent: str, _done: Done[Any]) -> None:
        toast(self, AFTER[intent])

    def _refused(self, error: Exception) -> None:
        from services.desk.errors import UserError

        if isinstance(error, OSError):
            toast(self, N_("It was not saved: {problem}"), kind="bad", problem=error.strerror or str(error))
        elif isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        else:
            self.failed.emit(error)

    # Registers

    def _import(self, screen: Screen) -> None:
        from ui.pages.take_in import TakeInPage

        page = TakeInPage(self.background, screen)
        page.left.connect(partial(self._leave, page))
        self.open_page(page)

    def _export(self, screen: Screen) -> None:
        name = f"{words(screen.title)}.xlsx"
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Export")), name, "Excel (*.xlsx);;CSV (*.csv)")
        if place:
            self.export_to(screen, Path(place))

    def export_to(self, screen: Screen, place: Path) -> None:
        """Write the list as it is filtered now."""
        view = self.lists[screen.name].view()
        self.background.ask(
            partial(asks.written, view, place, LOOK.lang), partial(self._exported, place), self._refused
        )

    def _exported(self, place: Path, count: int) -> None:
        toast(self, N_("{n} rows written to {file}"), n=count, file=place.name)

    # What waits

    def _touched(self, kinds: frozenset[str]) -> None:
        if "handover" in kinds:
            self._waiting()

    def _waiting(self) -> None:
        if self.background.desk.may("handovers.list"):
            self.background.ask(asks.open_notes, partial(self.rail.show_waiting, "handovers"), tag="waiting")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
