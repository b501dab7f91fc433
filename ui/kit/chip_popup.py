"""What a filter chip opens: values to tick, records to find, a range, or a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from resources.words import N_
from services.desk.errors import Invalid
from services.desk.schema import FieldSpec, Kind
from ui.kit import read, show
from ui.kit.box import Box
from ui.kit.button import Button, LinkButton
from ui.kit.editors import DateBox, today
from ui.kit.layout import row
from ui.kit.line_box import LineBox
from ui.kit.popup import Option, PickList, Popup
from ui.kit.text import Note, words
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from ui.kit.chip import Chip

PAUSE, OFFERED = 120, 50  # milliseconds after the last key, records
CLASSES = "asset_class"
_serial = count()


class ChipPopup(Popup):
    """Opens under its chip, `wanted` pixels wide."""

    wanted = 220

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        self.chip = chip

    def begin(self) -> None:
        """Put the keyboard where it is needed."""


class _Choices(ChipPopup):
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


class _Values(_Choices):
    """Tick what stands in the column."""

    found: tuple[Any, ...] = ()

    def offered(self) -> list[Any]:
        return [*self.found, *(value for value in self.chip.values if value not in self.found)]

    def begin(self) -> None:
        super().begin()
        work = partial(_standing, self.chip.listing, self.chip.spec.name)
        self.chip.background.ask(work, self._offer, tag=f"values{id(self.chip)}")

    def _offer(self, found: list[Any]) -> None:
        self.found = tuple(sorted(found, key=self.chip.name))
        self.list.offer([Option(value, self.chip.name(value)) for value in self.offered()])
        self.fit()


class _Records(ChipPopup):
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
        empty = [] if self.chip.spec.required or self.line.line.text().strip() else [Option(None, self.chip.name(None))]
        known = {option.value for option in ticked}
        self.list.offer([*ticked, *(o for o in (*empty, *every) if o.value not in known)])
        self.fit()

    def _ticked(self) -> None:
        offered = [option.value for option in self.list.offered.options]
        self.chip.choose(tuple(value for value in offered if value in self.list.offered.ticked))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.list.hasFocus():
            self.list.setFocus()
            return
        super().keyPressEvent(event)


class _Range(ChipPopup):
    """From and to, both inclusive, either may stay open."""

    wanted = 280

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip)
        low, high = map(self._shown, chip.values or (None, None))
        self.low, self.high = _quantity(chip.spec), _quantity(chip.spec)
        for box, value, name in ((self.low, low, N_("From")), (self.high, high, N_("To"))):
            box.set_value(value)
            box.inner().setAccessibleName(words(name))
            label = Note(name)
            label.setFixedWidth(36)
            self.box.addLayout(row(label, (box, 1), margins=(6, 2, 4, 2)))
        if chip.spec.kind in (Kind.DATE, Kind.INSTANT):
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
        year = today().year - back
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
            self.fit()
            return
        self.chip.choose(() if low is None and high is None else self._meant(low, high))
        self.close()

    def _shown(self, value: Any) -> Any:
        """Instants are chosen by their days."""
        return value.astimezone().date() if isinstance(value, datetime) else value

    def _meant(self, low: Any, high: Any) -> tuple[Any, Any]:
        """Both days whole, where the machine is."""
        if self.chip.spec.kind is not Kind.INSTANT:
            return low, high
        ends = ((low, time.min), (high, time.max))
        begin, end = (day and datetime.combine(day, at).astimezone() for day, at in ends)
        return begin, end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return
        super().keyPressEvent(event)


class _Words(ChipPopup):
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
    if spec.kind in (Kind.DATE, Kind.INSTANT):
        return DateBox(N_("Choose a day"))
    if spec.kind is Kind.INTEGER:
        return LineBox(read.whole)
    if spec.kind is Kind.HOURS:
        return LineBox(read.tenths, show.hours, after=N_("hours"))
    if spec.kind is Kind.QUANTITY:
        return LineBox(read.thousandths, show.quantity)
    return LineBox(read.hundredths, show.money, after=N_("yuan") if spec.kind is Kind.MONEY else "m²")


def popup(chip: Chip) -> ChipPopup:
    """The popup for the kind of field a chip filters by."""
    kinds: dict[Kind, Callable[[Chip], ChipPopup]] = {
        Kind.CHOICE: _Choices, Kind.FLAG: _Choices, Kind.REFERENCE: _Records, Kind.CLASS_CODE: _Records,
        **dict.fromkeys(show.RANGES, _Range),
    }  # fmt: skip
    if chip.listing and (chip.spec.kind is Kind.TEXT or (chip.spec.kind is Kind.CHOICE and not chip.spec.choices)):
        return _Values(chip)
    return kinds.get(chip.spec.kind, _Words)(chip)


def _standing(listing: str, name: str, desk: Desk) -> list[Any]:
    return desk.values(listing, name)


def _find(target: str, text: str, desk: Desk) -> list[Named]:
    return desk.find(target, text, OFFERED, ended=True)  # what he kept once is looked for too
