"""The personal columns of a register: what a row says of them is compared, and shown in reports, without being told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from models.base import Entity, personal
from services.desk.errors import Invalid
from services.desk.personal import CUT, cut, mask
from services.desk.schema import describe
from services.desk.work import Work
from services.imports.cells import text_of
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem
from services.imports.report import Told
from services.imports.rows import Row

HIDDEN = "****"  # what a report shows of a column that is left out


class PersonalColumns:
    """Those of one register of one kind."""

    def __init__(
        self, work: Work, kind: type[Entity], mapped: Mapping[str, ColumnMatch], columns: Sequence[ColumnMatch]
    ) -> None:
        self.work, self.kind, self.fields = work, kind, describe(kind)
        self.names = frozenset(personal(kind))
        self.matches = [match for field, match in mapped.items() if field in self.names]
        self.left = [match for match in columns if match.left]

    def masked(self, name: str, text: str) -> str:
        """What a cell says, as a report shows it."""
        return mask(f"{self.kind.__tablename__}.{name}", text) if name in self.names else text

    def told(self, row: Row) -> Told:
        """A row with its cells as a report shows them."""
        cells = list(row.cells)
        for match in self.matches:
            if match.index < len(cells) and (text := text_of(cells[match.index])):
                cells[match.index] = self.masked(str(match.field), text)
        for match in self.left:
            if match.index < len(cells) and text_of(cells[match.index]):
                cells[match.index] = HIDDEN
        return Told(row.row, tuple(cells), row.sheet)

    def column(self, match: ColumnMatch) -> ColumnMatch:
        """A column with the samples of its cells as a report shows them."""
        if match.field not in self.names:
            return match
        samples = tuple(self.masked(match.field, sample) for sample in match.samples)
        return msgspec.structs.replace(match, samples=samples)

    def problem(self, found: Problem) -> Problem:
        """A remark as a report shows it."""
        match = next((m for m in self.matches if m.letter == found.letter), None)
        if match is None or not found.value:
            return found
        shown = self.masked(str(match.field), found.value)
        places = {k: shown if v == found.value else v for k, v in found.places.items()}
        return msgspec.structs.replace(found, value=shown, places=places)

    def whole(self, name: str, text: str, stored: Entity | None) -> None:
        """Invalid: it is a part of a value, and not the mask of what is kept."""
        if cut(text) and (stored is None or not self.work.says(stored, name, text)):
            raise Invalid(CUT, field=self.fields[name].key)

    def differs(self, stored: Entity, name: str, value: Any) -> bool:
        """Whether a field of a record is to be written."""
        if name in self.names and isinstance(value, str):
            return not self.work.says(stored, name, value)
        return bool(getattr(stored, name) != value)

    def before(self, stored: Entity) -> dict[str, str]:
        """The masks of what is kept."""
        return {name: self.work.mask(stored, name) for name in self.names}
