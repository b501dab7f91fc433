"""A page made by hand that reads what it shows in the background, and again after every write that touched it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.kit.card import Banner
from ui.kit.refusing import refuse

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

Keys = Mapping[str, Callable[[], object]]
NONE: Keys = MappingProxyType({})


class ReadPage(QWidget):
    """A page says what it reads (`question`) and shows it (`_got`). `watched` are the kinds of record it shows; `wrong`
    is the banner that says why it could not be read. What is not in front waits with reading until it is."""

    watched: frozenset[str]

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.wrong = background, Banner("bad")
        self.wrong.hide()
        self._stale = False

    def begin(self, keys: Keys = NONE) -> None:
        """It reads now, by F5, and from now on after every write that concerns it; other keys do what belongs to them,
        wherever in the window the keyboard is."""
        for key, slot in {"F5": self.read, **keys}.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)
        self.background.changed.connect(self._touched)
        self.read()

    def question(self) -> Callable[[Desk], Any]:
        """What is read."""
        raise NotImplementedError

    def read(self, _why: object = None) -> None:
        """Read what is shown anew."""
        self.background.ask(self.question(), self._arrived, self._refused, tag=f"{type(self).__name__}{id(self)}")

    def concerns(self, kinds: frozenset[str]) -> bool:
        """Whether something of these kinds is shown on it."""
        return bool(kinds & self.watched)

    def again(self) -> None:
        """Something it shows was written: it is read again, and whatever else stands on the page."""
        self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.again()

    def _got(self, found: Any) -> None:
        raise NotImplementedError

    def _arrived(self, found: Any) -> None:
        self.wrong.hide()
        self._got(found)

    def _touched(self, kinds: frozenset[str]) -> None:
        if self.concerns(kinds):
            self._stale = not self.isVisible()
            if not self._stale:
                self.again()

    def _refused(self, error: Exception) -> None:
        refuse(self.wrong, self.background, error)


def asking(query: str, **values: Any) -> Callable[[Desk], Any]:
    """The question of a page that one query answers."""
    return partial(_ask, query, values)


def _ask(query: str, values: Mapping[str, Any], desk: Desk) -> Any:
    return desk.ask(query, **values)
