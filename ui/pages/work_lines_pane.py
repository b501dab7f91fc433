"""A tab of a work order made of tables of lines: what is asked of one of them is asked of the window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.work_states import ENDED
from services.desk.schema import arguments
from ui.pages.work_line_table import LineAct, Lines, LineTable
from ui.pages.work_order_pane import OrderPane

if TYPE_CHECKING:
    from services.work_order_sheet import OrderSheet
    from ui.kit.background import Background


class LinesPane(OrderPane):
    """Reads its lines when an order is shown and when one of the `kinds` changes."""

    kinds: frozenset[str] = frozenset()

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        background.changed.connect(self._touched)

    def table(self, kind: Lines) -> LineTable:
        """A table whose acts are asked of the window."""
        made = LineTable(kind, self.background.desk.may)
        made.asked.connect(partial(self._ask, made))
        return made

    @property
    def open(self) -> bool:
        """Whether the order has not ended."""
        return self.sheet is not None and self.sheet.state not in ENDED

    def show_sheet(self, sheet: OrderSheet) -> None:
        """Show an order: what is known of its lines is read."""
        self.sheet = sheet
        self.read()

    def read(self) -> None:
        """Read the lines."""
        raise NotImplementedError

    def beginning(self, act: str) -> Mapping[str, Any]:
        """What stands in the form of a new line."""
        return {}

    def again(self, act: str, line: Any) -> Mapping[str, Any]:
        """What stands in the form of an act on a line."""
        return {}

    def besides(self, line: Any) -> Mapping[str, Any]:
        """What else an act on a line may be about."""
        return {}

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & self.kinds and self.sheet is not None:
            self.read()

    def _ask(self, table: LineTable, chosen: LineAct, line: Any) -> None:
        if self.sheet is None:
            return
        entity, name = table.kind.entity, chosen.act.name
        known = {"work_order_id": self.sheet.id, "compound_id": self.sheet.row["compound_id"]}
        if line is not None:
            known = {f"{entity}_id": line.id} | dict(self.besides(line))
        takes = {field.name for field in arguments(name)}
        values = {key: value for key, value in (known | dict(chosen.values)).items() if key in takes}
        begun = self.beginning(name) if line is None else self.again(name, line)
        beginning = {key: value for key, value in begun.items() if key in takes}
        self.asked.emit(name, values | {"_line": line, "_initial": beginning})
