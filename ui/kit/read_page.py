"""A page made by hand that reads what it shows in the background, and again after every write that touched it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.kit.card import Banner
from ui.kit.refusing import refuse

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background


class ReadPage(QWidget):
    """A page says what it reads (`question`) and shows it (`_got`). `watched` are the kinds of record it shows; `wrong`
    is the banner that says why it could not be read."""

    watched: ClassVar[frozenset[str]]

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setProperty("box", "ground")
        self.background, self.wrong = background, Banner("bad")
        self.wrong.hide()

    def begin(self) -> None:
        """It reads now, and from now on after every write that concerns it."""
        self.background.changed.connect(self._touched)
        self.read()

    def question(self) -> Callable[[Desk], Any]:
        """What is read."""
        raise NotImplementedError

    def read(self, _why: object = None) -> None:
        """Read what is shown anew."""
        self.background.ask(self.question(), self._arrived, self._refused, tag=f"{type(self).__name__}{id(self)}")

    def _got(self, found: Any) -> None:
        raise NotImplementedError

    def _arrived(self, found: Any) -> None:
        self.wrong.hide()
        self._got(found)

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & self.watched:
            self.read()

    def _refused(self, error: Exception) -> None:
        refuse(self.wrong, self.background, error)
