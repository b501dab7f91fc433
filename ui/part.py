"""A part of the workbench: what the window does about one kind of thing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from ui.kit.screen import Act, Screen

if TYPE_CHECKING:
    from ui.kit.form import FormPage
    from ui.workbench import Workbench

Row = Mapping[str, Any]


class Asked(NamedTuple):
    """An act of a list: on which rows, by their local numbers, and those of them that are shown."""

    screen: Screen
    act: Act
    numbers: array[int]
    rows: list[Row]


class Part:
    """`acts` are the acts of lists it answers for, by name; `opens` the kinds of record it has a page for; `forms` what
    is done with the form of an intent once it is made."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.acts: dict[str, Callable[[Asked], object]] = {}
        self.opens: dict[str, Callable[[Row], object]] = {}
        self.forms: dict[str, Callable[[FormPage], object]] = {}

    def follow(self, board: QWidget) -> None:
        """Hear what a board of the rail asks for; most parts know none."""
