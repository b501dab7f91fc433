"""One filter: a chip that states its values and opens what its kind of field is filtered by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from resources.words import N_, tr
from services.desk.errors import Invalid
from services.desk.schema import FieldSpec, Kind
from ui.kit import icons, read, show
from ui.kit.box import Box
from ui.kit.button import Button, LinkButton
from ui.kit.editors import DateBox, LineBox
from ui.kit.layout import row
from ui.kit.popup import Option, PickList, Popup
from ui.kit.text import Follower, Note, words
from ui.kit.theme import CHIP, LOOK, colour, font

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from ui.kit.background import Background

RANGES = (Kind.DATE, Kind.MONEY, Kind.AREA, Kind.INTEGER)
PAUSE, OFFERED, SYMBOL, STATED = 120, 50, 14, 2  # milliseconds, records, pixels, values a chip names
CLASSES = "asset_class"
EMPTY = N_("Not filled in")
_serial = count()


class Chip(QAbstractButton, Follower):
    """`values` is what a view wants: alternatives, or (from, to) of a quantity; empty lets everything through."""

    changed = Signal()

    def __init__(self, background: Background, spec: FieldSpec) -> None:
        super().__init__()
        self.background, self.spec = background, spec
        self.values: tuple[Any, ...] = ()
        self.names: dict[Any, str] = {}
        self._over = False
        self.setFont(font(12, 500))
        self.setFixedHeight(CHIP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open)
        self.follow()

    def look(self) -> None:
        """Say again what is let through."""
        name = show.label(LOOK.lang, self.spec)
        said = tr(LOOK.lang, N_("{field}: {values}"), field=name, values=self._stated()) if self.values else name
        self.setText(said)
        hint = tr(LOOK.lang, N_("{chip}; Backspace clears it"), chip=said) if self.values else ""
        self.setAccessibleName(hint or tr(LOOK.lang, N_("Filter by {field}"), field=name))
        self.updateGeometry()
        self.update()

    def put(self, values: tuple[Any, ...]) -> None:
        """Let these through, without telling anybody."""
        self.values = values
        self.look()

    def choose(self, values: tuple[Any, ...]) -> None:
        """Let these through."""
        if values != self.values:
            self.put(values)
            self.changed.emit()

    def open(self) -> None:
        """Show what can be chosen."""
        popup = _popup(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.open_under(self, popup.wanted)
        popup.begin()

    def name(self, value: Any) -> str:
        """A value in words."""
        if value is None:
            return words(EMPTY)
        return self.names.get(value) or show.text(LOOK.lang, self.spec, value)

    def _stated(self) -> str:
        if self.spec.kind in RANGES:
            low, high = (None if v is None else show.text(LOOK.lang, self.spec, v) for v in self.values)
            if low and high:
                return low if low == high else f"{low} – {high}"
            return f"≥ {low}" if low else f"≤ {high}"
        said = tr(LOOK.lang, N_(", ")).join(self.name(value) for value in self.values[:STATED])
        more = N_("{values} and others, {count} in all")
        return said if len(self.values) <= STATED else tr(LOOK.lang, more, values=said, count=len(self.values))

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        return QSize(round(self.fontMetrics().horizontalAdvance(self.text())) + 11 + 6 + SYMBOL + 10, CHIP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose(())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.values and event.position().x() > self.width() - SYMBOL - 16:
            self.setDown(False)
            self.choose(())
            return
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: Any) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = bool(self.values)
        focus = self.hasFocus()
        painter.setPen(QPen(colour("primary" if on or focus else "border"), 2 if focus else 1))
        painter.setBrush(colour("tint" if on else "hover" if self._over else "surface"))
        half = 1.0 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        painter.setFont(font(12, 500 if on else 400))
        painter.setPen(colour("primary" if on else "text2"))
        room = QRectF(self.rect()).adjusted(11, 0, -SYMBOL - 10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        spot = self.width() - SYMBOL - 9, (CHIP - SYMBOL) / 2
        icons.draw(painter, "x" if on else "chevron-down", colour("primary" if on else "text3"), *spot, SYMBOL)


class _ChipPopup(Popup):
    wanted = 220

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.chip = chip

    def begin(self) -> None:
        """Put the keyboard where it is needed."""


class _Choices(_ChipPopup):
    """Tick the values that are let through; each tick takes effect at once."""

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.list = PickList(show.label(LOOK.lang, chip.spec), many=True)
        self.list.offered.ticked = set(chip.values)
        self.list.offer([Option(value, chip.name(value)) for value in self.offered()])
        self.list.ticked.connect(self._ticked)
        self.box.addWidget(self.list)

    def offered(self) -> list[Any]:
        """The values to tick."""
        if self.chip.spec.kind is Kind.FLAG:
            return [True, False]
        return list(self.chip.spec.choices)

    def begin(self) -> None:
        self.list.setFocus()

    def _ticked(self) -> None:
        self.chip.choose(tuple(value for value in self.offered() if value in self.list.offered.ticked))


class _Records(_ChipPopup):
    """Find records by number or name and tick them; what is ticked stays on top."""

    wanted = 300

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self._tag = f"chip{next(_serial)}"
        self.line = LineBox(read.line)
        self.line.line.setAccessibleName(words(N_("Find")))
        self.line.line.setPlaceholderText(words(N_("Number or name")))
        self.list = PickList(show.label(LOOK.lang, chip.spec), many=True)
        self.list.offered.ticked = set(chip.values)
        self.list.ticked.connect(self._ticked)
        self.box.addWidget(self.line)
        self.box.addWidget(self.list)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.line.line.textEdited.connect(self._pause.start)
        self._offer([])

    def begin(self) -> None:
        self.line.line.setFocus()
        self._ask()

    def _ask(self) -> None:
        target = self.chip.spec.target or CLASSES
        work = partial(_find, target, self.line.line.text().strip())
        self.chip.background.ask(work, self._offer, tag=self._tag)

    def _offer(self, found: list[Named]) -> None:
        ticked = [Option(value, self.chip.name(value)) for value in self.chip.values]
        every = [Option(named.id, named.label, named.number) for named in found]
        self.chip.names |= {option.value: option.words for option in every}
        empty = [] if self.chip.spec.required or self.line.line.text().strip() else [Option(None, words(EMPTY))]
        known = {option.value for option in ticked}
        self.list.offer([*ticked, *(o for o in (*empty, *every) if o.value not in known)])
        self.adjustSize()

    def _ticked(self) -> None:
        offered = [option.value for option in self.list.offered.options]
        self.chip.choose(tuple(value for value in offered if value in self.list.offered.ticked))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.list.hasFocus():
            self.list.setFocus()
            return
        super().keyPressEvent(event)


class _Range(_ChipPopup):
    """From and to, both inclusive, either may stay open."""

    wanted = 280

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        low, high = chip.values or (None, None)
        self.low, self.high = _quantity(chip.spec), _quantity(chip.spec)
        for box, value, name in ((self.low, low, N_("From")), (self.high, high, N_("To"))):
            box.set_value(value)
            box.inner().setAccessibleName(words(name))
            label = Note(name)
            label.setFixedWidth(36)
            self.box.addLayout(row(label, (box, 1), margins=(6, 2, 4, 2)))
        if chip.spec.kind is Kind.DATE:
            self.box.addLayout(row(*self._years(), None, gap=16, margins=(50, 4, 4, 2)))
        self.wrong = Note(tone="bad", wrap=True)
        self.wrong.hide()
        self.apply = Button(N_("Apply"), kind="primary", small=True)
        self.apply.clicked.connect(self.take)
        self.box.addWidget(self.wrong)
        self.box.addLayout(row(None, self.apply, margins=(4, 4, 4, 4)))

    def _years(self) -> list[LinkButton]:
        this, last = LinkButton(N_("This year")), LinkButton(N_("Last year"))
        this.clicked.connect(partial(self._year, 0))
        last.clicked.connect(partial(self._year, 1))
        return [this, last]

    def _year(self, back: int, _checked: bool = False) -> None:
        year = date.today().year - back
        self.low.set_value(date(year, 1, 1))
        self.high.set_value(date(year, 12, 31))
        self.take()

    def begin(self) -> None:
        self.low.inner().setFocus()

    def take(self) -> None:
        """Let this range through."""
        try:
            low, high = self.low.value(), self.high.value()
            if low is not None and high is not None and low > high:
                raise Invalid(N_("“From” lies after “To”."))
        except Invalid as error:
            self.wrong.say(error.message, **error.values)
            self.wrong.show()
            self.adjustSize()
            return
        self.chip.choose(() if low is None and high is None else (low, high))
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return
        super().keyPressEvent(event)


class _Words(_ChipPopup):
    """Exactly this text."""

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.line = LineBox(read.line)
        self.line.set_value(chip.values[0] if chip.values else None)
        self.line.line.setAccessibleName(show.label(LOOK.lang, chip.spec))
        self.line.line.returnPressed.connect(self._take)
        self.box.addWidget(self.line)

    def begin(self) -> None:
        self.line.line.setFocus()

    def _take(self) -> None:
        value = self.line.value()
        self.chip.choose(() if value is None else (value,))
        self.close()


def _quantity(spec: FieldSpec) -> Box:
    if spec.kind is Kind.DATE:
        return DateBox(N_("Choose a day"))
    if spec.kind is Kind.INTEGER:
        return LineBox(read.whole)
    return LineBox(read.hundredths, show.money, after=N_("yuan") if spec.kind is Kind.MONEY else "m²")


def _popup(chip: Chip) -> _ChipPopup:
    kinds: dict[Kind, Callable[[Chip], _ChipPopup]] = {
        Kind.CHOICE: _Choices, Kind.FLAG: _Choices, Kind.REFERENCE: _Records, Kind.CLASS_CODE: _Records,
        **dict.fromkeys(RANGES, _Range),
    }  # fmt: skip
    return kinds.get(chip.spec.kind, _Words)(chip)


def _find(target: str, text: str, desk: Desk) -> list[Named]:
    return desk.find(target, text, OFFERED)
