"""A table of one fixed view inside another page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from services.desk.listing import LISTINGS, View
from ui.kit import show
from ui.kit.list_page import _language, _second, _text, _title
from ui.kit.record_table import RecordTable, Shape
from ui.kit.screen import Col
from ui.kit.table_model import Column, RecordModel

if TYPE_CHECKING:
    from ui.kit.background import Background


class ListTable(RecordTable):
    """Shows the rows of `view`; what is marked in it may be asked for by number, as of any `RecordTable`."""

    def __init__(self, background: Background, view: View, columns: Sequence[Col], *, dense: bool = True) -> None:
        specs = LISTINGS[view.listing].columns
        made = [
            Column(
                c.name, partial(_title, c, specs[c.name]), partial(_text, c, specs[c.name]), partial(_second, c, specs)
            )
            for c in columns
        ]
        shapes = [
            Shape(c.name, c.width, specs[c.name].kind in show.RIGHT, bool(c.second), c.pill, c.tile) for c in columns
        ]
        self.lines = RecordModel(background, tuple(made), _language)
        super().__init__(self.lines, tuple(shapes), frozenset())
        self.lines.setParent(self)
        self.lines.failed.connect(background.failed)
        if dense and not any(c.second for c in columns):
            self.set_dense(True)
        self.lines.show(view)

    def reload(self) -> None:
        """Read the view again."""
        self.lines.reload()
