"""A table of one fixed view inside another page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.desk.listing import LISTINGS, View
from ui.kit import columns
from ui.kit.record_table import RecordTable
from ui.kit.screen import Col
from ui.kit.table_model import RecordModel
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from ui.kit.background import Background


class ListTable(RecordTable):
    """Shows the rows of `view`; what is marked in it may be asked for by number, as of any `RecordTable`."""

    def __init__(self, background: Background, view: View, cols: Sequence[Col]) -> None:
        specs = LISTINGS[view.listing].columns
        self.lines = RecordModel(background, tuple(columns.column(c, specs) for c in cols), _language)
        super().__init__(self.lines, tuple(columns.shape(c, specs) for c in cols), frozenset())
        self.lines.setParent(self)
        self.lines.failed.connect(background.failed)
        LOOK.changed.connect(self.lines.restate)
        self.lines.show(view)

    def reload(self) -> None:
        """Read the view again."""
        self.lines.reload()


def _language() -> str:
    return LOOK.lang
