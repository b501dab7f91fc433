"""What can be done with marked records: which acts a person may see, and the menu of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.kit import icons
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


def popup(parent: QWidget, place: QPoint, acts: Iterable[Act], marked: int, call: Run) -> None:
    """A menu of what fits as many marked records; nothing when nothing fits."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for act in acts:
        if (act.on == "many" and marked) or (act.on == "one" and marked == 1):
            action = QAction(icons.icon(act.icon, colour("text2"), 16), words(act.label), menu)
            action.triggered.connect(partial(run, call, act))
            menu.addAction(action)
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(place)
