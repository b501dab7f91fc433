"""What can be done with marked records: which acts a person may see, and the menu of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from resources.words import N_
from ui.kit import icons
from ui.kit.button import Button
from ui.kit.screen import Act
from ui.kit.text import words
from ui.kit.theme import colour

if TYPE_CHECKING:
    from services.desk.desk import Desk

Run = Callable[[Act], object]


def allowed(acts: Iterable[Act], desk: Desk) -> tuple[Act, ...]:
    """The acts a person may do; a page of the window (no dot in its name) asks for itself."""
    return tuple(act for act in acts if "." not in act.name or desk.may(act.name))


def run(call: Run, act: Act, _checked: bool = False) -> None:
    """For a signal that tells whether it is checked."""
    call(act)


def popup(parent: QWidget, place: QPoint, acts: Iterable[Act], marked: int, call: Run, *, always: bool = False) -> None:
    """A menu of what fits as many marked records, with `always` of what needs none too; nothing when nothing fits."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for act in acts:
        fits = (act.on == "many" and marked) or (act.on == "one" and marked == 1)
        if fits or (always and act.on == "none"):
            action = QAction(icons.icon(act.icon, colour("text2"), 16), words(act.label), menu)
            action.triggered.connect(partial(run, call, act))
            menu.addAction(action)
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(place)


class More(Button):
    """A button with a menu of the acts that have no button of their own; `marked` tells how many records are marked."""

    def __init__(self, acts: Iterable[Act], marked: Callable[[], int], call: Run) -> None:
        super().__init__(N_("More"), "ellipsis")
        self.acts, self._marked, self._call = tuple(acts), marked, call
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Show the menu below the button."""
        popup(self, self.mapToGlobal(QPoint(0, self.height() + 4)), self.acts, self._marked(), self._call, always=True)
