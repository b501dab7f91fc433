"""The page of a form: fields of an intent, saved as a whole; nothing typed is lost when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid, UserError
from services.desk.schema import FieldSpec
from ui.kit.button import Button, KeyHints
from ui.kit.card import Banner
from ui.kit.field import Field, Spell
from ui.kit.form_grid import Sections
from ui.kit.keys import shortcuts
from ui.kit.layout import Item, column, hide_unless, row
from ui.kit.messages import confirm
from ui.kit.page import PageHead, ScrollPage, StickyFooter
from ui.kit.screen import Section
from ui.kit.text import Message, Note, bare, said
from ui.kit.theme import GAP, MARGIN
from ui.kit.tile import Icon

if TYPE_CHECKING:
    from ui.kit.background import Background

WIDEST = 1000  # pixels; wider fields are no easier to read
LOST = N_("It could not be saved. Everything you typed is still here.")
OPEN = N_("Please look at the fields marked in red; F8 goes from one to the next.")


class FormPage(QWidget):
    """Shows `fields` in `sections`. `initial` are the values to begin with, `labels` the words of its references.

    With `revising`, `values()` is only what changed; with `once` no second record follows. The window saves what
    `submitted` tells and answers with `refuse` or `saved`.
    """

    submitted = Signal(object, bool)  # values by name, whether another one follows
    left = Signal()

    def __init__(
        self,
        title: Message,
        fields: Sequence[FieldSpec],
        sections: Sequence[Section],
        background: Background,
        initial: Mapping[str, Any] | None = None,
        *,
        labels: Mapping[str, str] | None = None,
        revising: bool = False,
        once: bool = False,
        locked: frozenset[str] = frozenset(),
        back: Sequence[tuple[str, Message]] = (),
        facts: Message = "",
        spell: Spell | None = None,
        within: Mapping[str, Callable[[], Mapping[str, Any]]] | None = None,
        side: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.revising, self.once = background, revising, once or revising
        self.sections = tuple(sections) or (Section("", "", *((spec.name, 3) for spec in fields)),)
        self._start = {spec.name: spec.default for spec in fields if not revising} | dict(initial or {})
        self._labels = labels or {}
        self.specs = {spec.name: spec for spec in fields}
        self.fields = {
            name: Field(self.specs[name], background, spell=spell, within=(within or {}).get(name, dict))
            for section in self.sections
            for name, _ in section.fields
        }
        for name in locked:
            self.fields[name].lock()
        self.scans: Callable[[str], bool] | None = None  # what a scanner read while this form is in front
        self._asking = False
        self._held: Button | None = None
        self._build(title, back, facts, side)
        self._keys()
        self.reset()

    def _build(self, title: Message, back: Sequence[tuple[str, Message]], facts: Message, side: QWidget | None) -> None:
        self.needed, self._needed_icon = Note(self._filled, tone="text2"), Icon("circle-alert", "warn", 15)
        self.head = PageHead(partial(bare, title), self._needed_icon, self.needed, back=back, facts=facts)
        self.head.went_back.connect(self.leave)
        self.banner = Banner("bad", OPEN)
        self.banner.hide()
        self.card = Sections(self.sections, self.fields)
        self.card.setMaximumWidth(WIDEST)
        middle: list[Item] = [(column(self.card, None, gap=0), WIDEST), None]
        if side is not None:
            middle[1:] = [column(side, None, gap=0)]
        self.middle = ScrollPage(self.head, self.banner, row(*middle, gap=GAP), None, gap=14, margin=MARGIN)
        self.setLayout(column((self.middle, 1), self._foot(), gap=0))
        for field in self.fields.values():
            field.edited.connect(self._edited)

    def _foot(self) -> StickyFooter:
        self.cancel = Button(N_("Cancel"))
        self.cancel.clicked.connect(self.leave)
        self.save = Button(N_("Save"), "check", kind="primary")
        self.save.clicked.connect(self.submit)
        self.save_new = Button(N_("Save and new"))
        self.save_new.clicked.connect(self.submit_and_new)
        hide_unless(not self.once, self.save_new)
        hints: list[tuple[str, Message]] = [("Ctrl+S", N_("Save"))]
        hints += [] if self.once else [("Ctrl+Enter", N_("Save and new"))]
        hints += [("Esc", N_("Cancel")), ("F8", N_("Next error"))]
        return StickyFooter([self.cancel], [self.save_new, self.save], KeyHints(hints))

    def _keys(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "Ctrl+S": self.submit,
            "Ctrl+Return": self.submit_and_new,
            "Ctrl+Enter": self.submit_and_new,
            "Esc": self.leave,
            "F8": self.next_error,
            "Shift+F8": self.previous_error,
        }
        slots |= {f"Alt+{at + 1}": partial(self.go_to, at) for at in range(len(self.sections))}
        shortcuts(self, slots)

    # Values

    def reset(self) -> None:
        """Show the values to begin with; nothing counts as typed."""
        for name, field in self.fields.items():
            field.set_value(self._start.get(name), self._labels.get(name, ""))
        self._before = {name: self._known(field) for name, field in self.fields.items()}
        self.banner.hide()
        self._count()

    def values(self) -> dict[str, Any]:
        """What is to be saved: everything given, or, when revising, only what changed. Raises Invalid."""
        now = {name: field.value() for name, field in self.fields.items()}
        if self.revising:
            return {name: value for name, value in now.items() if value != self._before[name]}
        hidden = {name: value for name, value in self._start.items() if name not in now}
        return {name: value for name, value in (hidden | now).items() if value is not None}

    def take_scan(self, code: str) -> bool:
        """A scanner read a code while this form is in front: whether the form wants it."""
        return self.scans is not None and self.scans(code)

    def dirty(self) -> bool:
        """Whether anything was typed since it was opened or saved."""
        return any(self._known(field) != self._before[name] for name, field in self.fields.items())

    # Saving

    def submit(self) -> None:
        """Check everything; tell what to save, or go to the first field that is wrong."""
        self._submit(False)

    def submit_and_new(self) -> None:
        """Save and begin another one."""
        self._submit(not self.once)

    def _submit(self, again: bool) -> None:
        if not self.save.isEnabled():
            return
        wrong = [field for field in self.fields.values() if not field.check(whole=True)]
        if wrong:
            self._show_banner(OPEN)
            self._to(wrong[0])
            return
        self.banner.hide()
        self._busy(True)
        self.submitted.emit(self.values(), again)

    def refuse(self, error: Exception) -> None:
        """It was not saved: show why, at the field it is about where there is one."""
        self._busy(False)
        if not isinstance(error, UserError):
            self._show_banner(LOST)
            return
        field = self.fields.get(str(error.values.get("field", "")).rpartition(".")[2])
        if field is None:
            self._show_banner(said(error.message, **error.values))
            return
        field.refuse(error)
        self._to(field)

    def saved(self, again: bool = False) -> None:
        """It was saved: nothing is left to lose; with `again` the form begins anew."""
        self._busy(False)
        if again:
            self.reset()
            self._first().setFocus()
        else:
            self._before = {name: self._known(field) for name, field in self.fields.items()}

    def leave(self, *_: object) -> None:
        """Go back; asks first when something typed would be lost."""
        if self.may_leave():
            self.left.emit()

    def may_leave(self) -> bool:
        """Whether it may be closed; asks when something typed would be lost."""
        return not self._asking and (not self.dirty() or self._give_up())

    def _give_up(self) -> bool:
        self._asking = True  # a second Escape may come before the question is up
        try:
            return self._asked()
        finally:
            self._asking = False

    def _asked(self) -> bool:
        lost = N_("What you typed here would be lost.")
        return confirm(self, N_("Leave without saving?"), lost, N_("Leave"), kind="bad")

    # Errors and places

    def errors(self) -> list[Field]:
        """The fields that show an error, in order."""
        return [field for field in self.fields.values() if field.wrong]

    def next_error(self) -> None:
        """Go to the next field that is wrong."""
        self._step(1)

    def previous_error(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def go_to(self, section: int) -> None:
        """Go to a section."""
        self._to(self.fields[self.sections[section].fields[0][0]])

    def _step(self, by: int) -> None:
        order = list(self.fields.values())
        here = next((at for at, field in enumerate(order) if field.box.inner().hasFocus()), -1 if by > 0 else 0)
        turns = [order[(here + by * step) % len(order)] for step in range(1, len(order) + 1)]
        found = next((field for field in turns if field.wrong), None)
        if found is not None:
            self._to(found)

    def _to(self, field: Field) -> None:
        field.box.inner().setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, partial(self.middle.ensureWidgetVisible, field))

    def _show_banner(self, message: Message) -> None:
        self.banner.say(message)
        self.banner.show()

    def _edited(self) -> None:
        if not self.errors():
            self.banner.hide()
        self._count()

    def _busy(self, busy: bool) -> None:
        """A button that is switched off hands the keyboard on; afterwards it gets it back."""
        buttons = (self.save, self.save_new)
        if busy:
            self._held = next((button for button in buttons if button.hasFocus()), None)
        for button in buttons:
            button.setEnabled(not busy)
        if not busy and self._held is not None:
            self._held.setFocus()

    # Counting what is filled in

    def _count(self) -> None:
        full = all(self._is_filled(field) for field in self._required())
        self._needed_icon.show_icon("circle-check" if full else "circle-alert", "ok" if full else "warn")
        for part in (self.needed, self._needed_icon):
            part.setVisible(any(True for _ in self._required()))
        self.needed.look()

    def _filled(self) -> str:
        required = list(self._required())
        filled = sum(map(self._is_filled, required))
        return said(N_("Required {filled} / {count}"), filled=filled, count=len(required))()

    def _required(self) -> Iterator[Field]:
        return (field for field in self.fields.values() if field.spec.required)

    def _is_filled(self, field: Field) -> bool:
        return field.problem() is None

    def _known(self, field: Field) -> Any:
        """The value, or the text itself where it cannot be read: that is worth keeping as well."""
        try:
            return field.value()
        except Invalid as error:
            return error.values.get("text", error.message)

    def _first(self) -> Field:
        return next(field for field in self.fields.values() if not field.box.locked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first().setFocus()
