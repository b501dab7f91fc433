"""Choosing a record by typing its number or name: a short list follows what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.errors import Invalid
from ui.kit import icons
from ui.kit.box import Box, Line
from ui.kit.popup import Option, PickList, Popup
from ui.kit.text import Note, words
from ui.kit.theme import colour

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from ui.kit.background import Background

PAUSE, OFFERED, CHEVRON = 120, 20, 16  # milliseconds after the last key, records, pixels
UNKNOWN = {"staff": N_("Nobody is found by “{text}”.")}
MEANT = {"staff": N_("Nobody is found by “{text}”; did you mean “{label}”?")}
UNKNOWN_ANY = N_("Nothing is found by “{text}”.")
MEANT_ANY = N_("Nothing is found by “{text}”; did you mean “{label}”?")
CHOOSE = N_("Choose from the list.")
_serial = count()


class Picker(Box):
    """One record of `target`. `within` narrows what is offered, e.g. rooms of one building; who left and what else has
    ended is offered where `ended` says so."""

    def __init__(
        self,
        background: Background,
        target: str,
        within: Callable[[], Mapping[str, Any]] = dict,
        *,
        ended: bool = False,
    ) -> None:
        super().__init__()
        self.ended = ended
        self.background, self.target, self.within = background, target, within
        self._chosen: Option | None = None
        self._near: Option | None = None
        self._asked = ""
        self._tag = f"picker{next(_serial)}"
        self.line = Line()
        self._row.addWidget(self.line, 1)
        self._row.setContentsMargins(11, 1, 34, 1)
        self._build_list()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)
        self.line.focused.connect(self._focused)
        self.line.installEventFilter(self)

    def _build_list(self) -> None:
        self._popup = Popup(self, quiet=True)
        self.list = PickList(words(CHOOSE))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.chosen.connect(self._take)
        self._none = Note(N_("Nothing found"))
        self._none.setContentsMargins(10, 6, 10, 6)
        self._popup.box.addWidget(self.list)
        self._popup.box.addWidget(self._none)

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        if self._chosen is not None and text == self._chosen.words:
            return self._chosen.value
        raise self._unknown(text)

    def set_value(self, value: Any, words: str = "") -> None:
        self._chosen = None if value is None else Option(value, words or str(value))
        self.line.setText(self._chosen.words if self._chosen else "")
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        super().lock(locked)
        self.line.setReadOnly(locked)
        self.line.look()

    def near(self) -> Option | None:
        """What was probably meant by an unknown name."""
        return self._near

    def accept_near(self) -> None:
        """Take what was probably meant."""
        if self._near is not None:
            self._take(self._near)

    def remembered(self) -> Callable[[], None]:
        """How to bring back what is chosen now, whatever is typed meanwhile."""
        return partial(self._bring_back, self._chosen)

    def _bring_back(self, chosen: Option | None) -> None:
        self._chosen, self._near = chosen, None
        self._pause.stop()
        self.background.drop(self._tag)
        self._popup.hide()

    def open(self) -> None:
        """Show the list for what stands there."""
        self._asked = ""
        self._ask()

    def _unknown(self, text: str) -> Invalid:
        if self._near is None:
            return Invalid(UNKNOWN.get(self.target, UNKNOWN_ANY), text=text)
        return Invalid(MEANT.get(self.target, MEANT_ANY), text=text, label=self._near.words)

    def _typed(self) -> None:
        self._chosen = self._near = None
        self._pause.start()
        self.edited.emit()

    def _ask(self) -> None:
        text = self.line.text().strip()
        if self._chosen is not None and text == self._chosen.words:
            text = ""
        find: Callable[[Desk], list[Named]] = partial(_find, self.target, text, self.ended, dict(self.within()))
        self.background.ask(find, partial(self._offer, text), self._failed, tag=self._tag)

    def _offer(self, text: str, found: list[Named]) -> None:
        options = [Option(n.number if n.id == n.number else n.id, _words(n), _note(n)) for n in found]
        self._settle(text, found, options)
        if not self.line.hasFocus() or self.locked:
            self.left.emit()  # the answer came after the keyboard had gone: say what was meant
            return
        self.list.offered.ticked = {self._chosen.value} if self._chosen else set()
        self.list.offer(options, 0)
        self.list.setVisible(bool(options))
        self._none.setVisible(not options)
        self._popup.open_under(self)

    def _settle(self, text: str, found: list[Named], options: list[Option]) -> None:
        if not text or text != self.line.text().strip():
            return
        exact = [o for o, n in zip(options, found, strict=True) if text in (n.number, n.label)]
        self._near = options[0] if options else None
        if len(exact) == 1 and not self.line.hasFocus():
            self._take(exact[0])

    def _failed(self, error: Exception) -> None:
        self._popup.hide()
        self.background.failed.emit(error)

    def _take(self, option: Option) -> None:
        self._chosen, self._near = option, None
        self._pause.stop()
        self.background.drop(self._tag)
        self.line.setText(option.words)
        self._popup.hide()
        self.edited.emit()

    def _focused(self, active: bool) -> None:
        if not active:
            self._popup.hide()
            if self._pause.isActive():
                self._pause.stop()
                self._ask()
        self.focus(active)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.locked:
            return self._key(event.key())
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key()
        if self._popup.isVisible() and asked in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # for the list, not for the form
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        if not self._popup.isVisible():
            if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
                self.open()
                return True
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self._popup.hide()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.locked:
            self.line.setFocus()
            self.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(self.width() - 10 - CHEVRON, (self.height() - CHEVRON) / 2, CHEVRON, CHEVRON)
        icon = "lock" if self.locked else "chevron-down"
        icons.draw(painter, icon, colour("text3"), spot.x(), spot.y(), CHEVRON)


def _find(target: str, text: str, ended: bool, within: dict[str, Any], desk: Desk) -> list[Named]:
    return desk.find(target, text, OFFERED, ended=ended, **within)


def _words(named: Named) -> str:
    return f"{named.number} · {named.label}" if named.id == named.number else named.label


def _note(named: Named) -> str:
    return "" if named.id == named.number or named.number == named.label else named.number
