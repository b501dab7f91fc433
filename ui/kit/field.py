"""A field of a form: its name, its editor, and one line below for help or for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid, UserError
from services.desk.schema import FieldSpec, Kind
from ui.kit.editors import editor
from ui.kit.layout import column, hide_unless, row
from ui.kit.picker import Picker
from ui.kit.text import Follower, Message, Note, Own, Text, words
from ui.kit.tile import Icon

if TYPE_CHECKING:
    from ui.kit.background import Background

Spell = Callable[[Any], str]  # a sum in words, shown under it while it is typed
CLASSES = "asset_class"
REQUIRED = N_("Please fill in “{field}”.")
MUST = N_("{field}, required")


class Field(QWidget, Follower):
    """`value()` reads it, `problem()` says what is wrong with it, `refuse()` shows what somebody else found wrong."""

    edited = Signal()

    def __init__(
        self,
        spec: FieldSpec,
        background: Background,
        *,
        spell: Spell | None = None,
        within: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        super().__init__()
        self.spec = spec
        self._spell = spell if spec.kind is Kind.MONEY else None
        self._wrong = False
        self.box = _box(spec, background, within)
        self._build()
        self.box.edited.connect(self._edited)
        self.box.left.connect(self.check)
        self.box.entered.connect(self._aside)
        self.setFocusProxy(self.box.inner())
        self.follow()

    def _build(self) -> None:
        self.label = Text(self.spec.key, px=12, weight=500, tone="text2", elide=True)
        self.label.setBuddy(self.box.inner())
        star = Text(Own("*"), px=12, weight=600, tone="bad")
        hide_unless(self.spec.required, star)
        self.symbol, self.note = Icon("circle-alert", "bad", 13), _Said(self)
        head = row(self.label, star, None, gap=3)
        below = row(self.symbol, (self.note, 1), gap=4)
        self.symbol.hide()
        self.note.hide()
        self.setLayout(column(head, self.box, below, None, gap=4))

    def look(self) -> None:
        """Name the editor for screen readers."""
        name = words(self.spec.key)
        self.box.inner().setAccessibleName(words(MUST, field=name) if self.spec.required else name)

    def value(self) -> Any:
        """What is filled in, None for nothing. Raises Invalid when it cannot be read."""
        return self.box.value()

    def set_value(self, value: Any, label: str = "") -> None:
        """Show a value; `label` are the words of a reference."""
        self.box.set_value(value, label)
        self.clear()

    def lock(self, locked: bool = True) -> None:
        """Make it read-only."""
        self.box.lock(locked)

    def problem(self) -> UserError | None:
        """What is wrong with what is filled in, None when nothing is."""
        try:
            empty = self.value() is None
        except Invalid as error:
            return error
        return Invalid(REQUIRED, field=self.spec.name) if empty and self.spec.required else None

    def check(self, *, whole: bool = False) -> bool:
        """Show or clear what is wrong. A required field still empty is only wrong in a check of the whole form."""
        error = self.problem()
        if error is not None and not whole and error.message == REQUIRED:
            error = None
        if error is not None:
            self.refuse(error)
        elif not (self._wrong and not whole and not self._changed):
            self.clear()
        return error is None

    def refuse(self, error: UserError) -> None:
        """Show an error at this field until it is edited."""
        self._wrong, self._changed = True, False
        sentence = partial(self._sentence, error)
        self._say(sentence, "bad")
        self.box.show_wrong(True)
        self.box.inner().setAccessibleDescription(sentence())

    def _sentence(self, error: UserError) -> str:
        """An error names its field by the stored name; people read the field's own."""
        own = {"field": words(self.spec.key)} if "field" in error.values else {}
        return words(error.message, **{**error.values, **own})

    def clear(self) -> None:
        """Nothing is wrong."""
        self._wrong = self._changed = False
        self.box.show_wrong(False)
        self.box.inner().setAccessibleDescription("")
        self._aside()

    @property
    def wrong(self) -> bool:
        """Whether an error is shown."""
        return self._wrong

    def mend(self) -> None:
        """Take what was probably meant, where something was."""
        if self._wrong and isinstance(self.box, Picker):
            self.box.accept_near()

    _changed = False

    def _edited(self) -> None:
        self._changed = True
        if self._wrong:
            self.clear()
        self._aside()
        self.edited.emit()

    def _aside(self) -> None:
        """The sum in words, while its field has the keyboard."""
        if self._wrong:
            return
        text = ""
        if self._spell is not None and self.box.inner().hasFocus():
            try:
                value = self.value()
            except Invalid:
                value = None
            text = self._spell(value) if value is not None else ""
        self._say(Own(text), "primary")

    def remark(self, message: Message) -> None:
        """Say something about what is filled in that does not stand in the way."""
        if not self._wrong:
            self._say(message, "warn")

    def _say(self, message: Message, tone: str) -> None:
        self.note.say(message)
        self.note.tone(tone)
        self.note.setVisible(bool(self.note.text()))
        self.symbol.setVisible(tone == "bad" and bool(self.note.text()))


class _Said(Note):
    def __init__(self, field: Field) -> None:
        super().__init__(wrap=True)
        self._field = field

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._field.mend()


def _box(spec: FieldSpec, background: Background, within: Callable[[], Mapping[str, Any]]) -> Any:
    if spec.kind is Kind.CLASS_CODE:
        return Picker(background, CLASSES)
    if spec.kind is Kind.REFERENCE:
        return Picker(background, spec.target, within, ended=spec.ended)
    return editor(spec)
