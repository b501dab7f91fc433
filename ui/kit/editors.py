"""Editors by kind of value: a line read and written back in good form, long text, choices, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QPlainTextEdit, QSizePolicy, QWidget

from resources.words import N_
from services.desk.errors import Invalid
from services.desk.schema import FieldSpec, Kind
from ui.kit import icons, read, show
from ui.kit.box import Box
from ui.kit.button import IconButton
from ui.kit.line_box import LineBox, SecretBox
from ui.kit.popup import Popup
from ui.kit.text import Message, words
from ui.kit.theme import colour, font

CHEVRON, TALL = 16, 84
NONE = N_("Not chosen")


def today() -> date:
    """The day, where the machine is."""
    return datetime.now().astimezone().date()


class DateBox(LineBox):
    """A day, typed or picked from a calendar (Alt+Down)."""

    def __init__(self, name: str) -> None:
        super().__init__(read.day, date.isoformat)
        self._button = IconButton("calendar", name, tone="text3", size=26, symbol=16)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open)
        self._row.addWidget(self._button)
        self._row.setContentsMargins(11, 1, 5, 1)
        self._popup: Popup | None = None

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self._button.setVisible(not locked)

    def open(self) -> None:
        """Show the calendar."""
        if self._popup is None:
            self._popup = Popup(self)
            self._calendar = QCalendarWidget()
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.setFont(font(13))
            self._calendar.setAccessibleName(self._button.accessibleName())
            self._calendar.clicked.connect(self._picked)
            self._calendar.activated.connect(self._picked)
            self._popup.box.addWidget(self._calendar)
        try:
            known = self.value() or today()
        except Invalid:
            known = today()
        self._calendar.setSelectedDate(QDate(known.year, known.month, known.day))
        self._popup.open_under(self, 300)
        self._calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and not self.locked:
            self.open()
            return
        super().keyPressEvent(event)

    def _picked(self, day: QDate) -> None:
        self.line.setText(date(day.year(), day.month(), day.day()).isoformat())
        self.line.setModified(True)
        if self._popup is not None:
            self._popup.hide()
        self.line.setFocus()
        self.edited.emit()


class LongBox(Box):
    """Several lines of text."""

    def __init__(self) -> None:
        super().__init__(left=8, right=4)
        self.page = _Page()
        self._row.addWidget(self.page)
        self.setFixedHeight(TALL)
        self.page.focused = self.focus
        self.page.textChanged.connect(self._changed)
        self._quiet = False

    def inner(self) -> QWidget:
        return self.page

    def value(self) -> str | None:
        return self.page.toPlainText().strip() or None

    def set_value(self, value: Any, words: str = "") -> None:
        self._quiet = True
        self.page.setPlainText(value or "")
        self._quiet = False

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self.page.setReadOnly(locked)

    def look(self) -> None:
        super().look()
        if hasattr(self, "page"):
            palette = self.page.palette()
            palette.setColor(QPalette.ColorRole.Text, colour("text"))
            palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
            self.page.setPalette(palette)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()


class _Page(QPlainTextEdit):
    focused: Callable[[bool], None]

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setProperty("box", "bare")
        self.setFont(font(13))
        self.setTabChangesFocus(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused(False)


class ChoiceBox(Box):
    """One of a few values, each with the sentence or key that names it. Without `must` it can be taken back."""

    def __init__(self, choices: Sequence[tuple[Any, Message]], *, must: bool) -> None:
        super().__init__(left=0, right=0)
        self.combo = _Combo(self.focus)
        self._row.addWidget(self.combo)
        self._choices: list[tuple[Any, Message]] = [*([] if must else [(None, NONE)]), *choices]
        for value, _ in self._choices:
            self.combo.addItem("", value)
        self.combo.setCurrentIndex(-1)
        self.combo.activated.connect(self.edited)
        self.follow()

    def look(self) -> None:
        super().look()
        for at, (_, name) in enumerate(self._choices):
            self.combo.setItemText(at, words(name))

    def inner(self) -> QWidget:
        return self.combo

    def value(self) -> Any:
        return self.combo.currentData()

    def set_value(self, value: Any, words: str = "") -> None:
        self.combo.setCurrentIndex(-1 if value is None else self.combo.findData(show.plain(value)))

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self.combo.setEnabled(not locked)


class _Combo(QComboBox):
    def __init__(self, focused: Callable[[bool], None]) -> None:
        super().__init__()
        self._focused = focused
        self.setProperty("box", "bare")
        self.setFont(font(13))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumContentsLength(1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what is chosen

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._focused(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.currentData() is not None
        painter.setPen(colour("text" if chosen and self.isEnabled() else "text3"))
        room = QRectF(self.rect()).adjusted(11, 0, -32, 0)
        text = self.currentText() if chosen else words(NONE)
        text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.isEnabled():
            spot = self.width() - 10 - CHEVRON, (self.height() - CHEVRON) / 2
            icons.draw(painter, "chevron-down", colour("text3"), *spot, CHEVRON)


def editor(spec: FieldSpec) -> Box:
    """The editor of a value that is typed or chosen on the spot; references have `picker.Picker`."""
    match spec.kind:
        case Kind.MONEY:
            return LineBox(read.hundredths, show.money, before="¥", after=N_("yuan"))
        case Kind.AREA:
            return LineBox(read.hundredths, show.area, after="m²")
        case Kind.HOURS:
            return LineBox(read.tenths, show.hours, after=N_("hours"))
        case Kind.QUANTITY:
            return LineBox(read.thousandths, show.quantity)
        case Kind.INSTANT:
            return LineBox(read.moment, show.instant)
        case Kind.INTEGER:
            return LineBox(read.whole)
        case Kind.DATE:
            return DateBox(N_("Choose a day"))
        case Kind.LONG:
            return LongBox()
        case Kind.SECRET:
            return SecretBox()
        case Kind.CHOICE:
            return ChoiceBox([(value, spec.choice_key(value)) for value in spec.choices], must=spec.required)
        case Kind.FLAG:
            return ChoiceBox([(True, show.YES), (False, show.NO)], must=spec.required)
        case Kind.PERSONAL:  # a mask, or the word that it is erased, until somebody types the whole
            return LineBox(read.line, words, limit=spec.max_length)
        case _:
            return LineBox(read.line, limit=spec.max_length)
