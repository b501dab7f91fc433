"""Rows and columns in one expression."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part = QWidget | QLayout
Item = Part | tuple[Part, int] | int | None  # a part, a part with its stretch, a space in pixels, all spare room
Box = TypeVar("Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]  # left, top, right, bottom


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items from left to right."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items from top to bottom."""
    return _filled(QVBoxLayout(), items, gap, margins)


def _filled(box: Box, items: tuple[Item, ...], gap: int, margins: Margins) -> Box:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for item in items:
        add(box, item)
    return box


def add(box: QBoxLayout, item: Item) -> None:
    """Add one item at the end."""
    if item is None:
        box.addStretch(1)
    elif isinstance(item, int):
        box.addSpacing(item)
    elif isinstance(item, tuple):
        _place(box, *item)
    else:
        _place(box, item, 0)


def _place(box: QBoxLayout, part: Part, stretch: int) -> None:
    if isinstance(part, QWidget):
        box.addWidget(part, stretch)
    else:
        box.addLayout(part, stretch)


def hide_unless(wanted: object, part: QWidget) -> None:
    """Hide a part that is not wanted, before it has a parent.

    Never shows it, unlike setVisible(True): without a parent it would come up as a window of its own for a moment,
    and the window people work in would lose the keyboard to it.
    """
    if not wanted:
        part.hide()


def emptied(box: QLayout) -> None:
    """Take every widget out of a layout, for good."""
    while (old := box.takeAt(0)) is not None:
        widget = old.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
