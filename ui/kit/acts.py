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
    return tuple(act for act in acts if "." not in act.name or desk.may(act.needs or act.name))


def run(call: Run, act: Act, _checked: bool = False) -> None:
    """For a signal that tells whether it is checked."""
    call(act)


class More(Button):
    """The acts that do not stand beside it, in a menu; those on records need some marked."""

    def __init__(self, acts: Iterable[Act], marks: Callable[[], int], call: Run) -> None:
        super().__init__(N_("More"), "ellipsis")
        self.acts, self._marks, self._call = tuple(acts), marks, call
        self.clicked.connect(self._pop)

    def _pop(self) -> None:
        menu, marked = QMenu(self), self._marks()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self.acts:
            entry(menu, act, self._call).setEnabled(act.on == "none" or fits(act, marked))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


def button(act: Act, call: Run) -> Button:
    """The button of an act."""
    made = Button(act.label, act.icon, kind="primary" if act.primary else "plain")
    made.clicked.connect(partial(run, call, act))
    return made


def more(acts: Iterable[Act], marks: Callable[[], int], call: Run) -> tuple[More, ...]:
    """The button of what does not stand beside the others, if there is any."""
    others = tuple(act for act in acts if not act.beside)
    return (More(others, marks, call),) if others else ()


def fits(act: Act, marked: int) -> bool:
    """Whether an act on records can be done with so many of them."""
    return (act.on == "many" and marked > 0) or (act.on == "one" and marked == 1)


def entry(menu: QMenu, act: Act, call: Run) -> QAction:
    """An act in a menu."""
    action = QAction(icons.icon(act.icon, colour("text2"), 16), words(act.label), menu)
    action.triggered.connect(partial(run, call, act))
    menu.addAction(action)
    return action


def popup(parent: QWidget, place: QPoint, acts: Iterable[Act], marked: int, call: Run) -> None:
    """A menu of what fits as many marked records; nothing when nothing fits."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for act in acts:
        if fits(act, marked):
            entry(menu, act, call)
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(place)
