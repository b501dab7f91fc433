"""Tables over many pages: repeated head, sums carried (过次页) and brought forward (承前页), a tail kept whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.documents.fonts import Cleaner, Face, measure
from services.documents.ink import HAIR, INK, Align, Format, Ink, Style
from services.documents.rows import Rows
from services.documents.sheet import Block, Flow
from services.documents.wrap import cap, wrap

PAD = 4.0
UNKNOWN = "—"
LINES = 20
HEAD_HEIGHT, SUM_HEIGHT = 20.0, 19.0
HEAD = Style(Face.SANS_BOLD, 8)
BODY = Style(Face.SANS, 8)


@dataclass(frozen=True)
class Column:
    """A column `width` points wide. What does not wrap is set smaller when it is too wide: no figure is ever broken."""

    title: str
    width: float
    align: Align = "left"
    wraps: bool = True
    style: Style = BODY


class Figure(str):
    """A sum among texts: it stands to the right, and is set smaller rather than broken."""

    __slots__ = ()


class Row:
    """A row of a table: each cell one line, or a tuple of lines."""

    role = "TR"
    __slots__ = ("cells", "height", "table")

    def __init__(self, table: Table, cells: tuple[str | tuple[str, ...], ...], height: float) -> None:
        self.table, self.cells, self.height = table, cells, height

    def paint(self, ink: Ink, top: float) -> None:
        """The cells, each centred vertically, over a hairline."""
        table, middle = self.table, top - self.height / 2
        single = middle - table.drop
        for cell, column, x, room in zip(self.cells, table.columns, table.anchors, table.rooms, strict=True):
            ink.cell()
            if type(cell) is Figure:
                ink.text(x + room, single, cell, column.style, "right", fit=room)
                continue
            if isinstance(cell, str):
                ink.text(x, single, cell, column.style, column.align, fit=0.0 if column.wraps else room)
                continue
            y = single + (len(cell) - 1) * table.lead / 2
            for line in cell:
                ink.text(x, y, line, column.style, column.align)
                y -= table.lead
        ink.rule(table.left, top - self.height, table.end)


@dataclass(frozen=True)
class Head:
    """The titles of the columns."""

    role, heads = "TR", True
    table: Table
    height: float = HEAD_HEIGHT

    def paint(self, ink: Ink, top: float) -> None:
        """Titles on a filled band between two rules."""
        table = self.table
        ink.area(table.left, top - self.height, table.end - table.left, self.height)
        ink.rule(table.left, top, table.end, 0.9, INK)
        ink.rule(table.left, top - self.height, table.end, 0.5, INK)
        for column, x, room in zip(table.columns, table.anchors, table.rooms, strict=True):
            ink.cell("TH")
            ink.text(x, top - 13, column.title, HEAD, column.align, fit=room)


@dataclass(frozen=True)
class Sums:
    """A row of sums: a label from the second column on, and figures under their columns."""

    role = "TR"
    table: Table
    label: str
    figures: Mapping[int, str]
    strong: bool = True
    rule: float = 0.9
    height: float = SUM_HEIGHT

    def paint(self, ink: Ink, top: float) -> None:
        """The figures stand exactly under those of the rows."""
        table, style = self.table, HEAD if self.strong else BODY
        if self.strong:
            ink.rule(table.left, top, table.end, 0.5, INK)
        ink.text(table.anchors[1], top - 12.5, self.label, style)
        for n, figure in self.figures.items():
            ink.cell()
            ink.text(table.anchors[n], top - 12.5, figure, style, table.columns[n].align, fit=table.rooms[n])
        ink.rule(table.left, top - self.height, table.end, self.rule, INK if self.strong else HAIR)


class Table:
    """Columns on a sheet, from its left margin on; `cut` counts the cells that were too long to print whole, `rows`
    keeps them as they came."""

    def __init__(
        self, columns: Sequence[Column], form: Format, clean: Cleaner, *, lead: float = 11.0, least: float = 31.0,
        lines: int = LINES,
    ) -> None:  # fmt: skip
        self.columns, self.lead, self.least, self.cut = tuple(columns), lead, least, 0
        self.rows = Rows((c.title for c in columns), (n for n, c in enumerate(columns) if c.align == "right"))
        self.drop = 0.28 * lead
        self.left, self.end = form.left, form.left + sum(column.width for column in columns)
        self.rooms = [column.width - 2 * PAD for column in columns]
        self.anchors: list[float] = []
        x = self.left
        for column in columns:
            self.anchors.append(
                {"left": x + PAD, "center": x + column.width / 2, "right": x + column.width - PAD}[column.align]
            )
            x += column.width
        self._setters = [self._setter(column, clean, lines) for column in columns]

    def row(self, cells: Sequence[str]) -> Row:
        """The row of these texts."""
        self.rows.add(cells)
        laid = tuple(set_(cell) for set_, cell in zip(self._setters, cells, strict=True))
        lines = max(1 if isinstance(cell, str) else len(cell) for cell in laid)
        return Row(self, laid, max(self.least, 9 + self.lead * lines))

    def _setter(self, column: Column, clean: Cleaner, most: int) -> Callable[[str], str | tuple[str, ...]]:
        if not column.wraps:
            return lambda text: clean(text).replace("\n", " ")
        width, wide = column.width - 2 * PAD, measure(column.style.face, column.style.size)

        @lru_cache(4096)
        def lines(text: str) -> tuple[list[str], bool]:
            # A character is wider than 1 pt: what is cut here would not have been printed anyway.
            broken = wrap(clean(text[: most * int(width)]), wide, width, column.style.size)
            return cap(broken, most, wide, width), len(broken) > most

        def laid(text: str) -> str | tuple[str, ...]:
            if type(text) is Figure and column.align == "left":
                return Figure(clean(text))
            found, cut = lines(text)
            self.cut += cut
            return found[0] if len(found) == 1 else tuple(found)

        return laid


class Running:
    """The sums of the rows so far: of what is known, and a dash where nothing of it is."""

    def __init__(self, table: Table, show: Mapping[int, Callable[[int], str]]) -> None:
        self._table, self._show = table, show
        self.totals = dict.fromkeys(show, 0)
        self._known: set[int] = set()

    def add(self, values: Mapping[int, int | None]) -> None:
        """Counts one more row."""
        for n, value in values.items():
            if value is not None:
                self.totals[n] += value
                self._known.add(n)

    def block(self, label: str, *, strong: bool = True, rule: float = 0.9) -> Sums:
        """The sums as they stand."""
        figures = {n: show(self.totals[n]) if n in self._known else UNKNOWN for n, show in self._show.items()}
        return Sums(self._table, label, figures, strong, rule)


def lay(
    flow: Flow,
    table: Table,
    rows: Sequence[Row],
    tail: Sequence[Block] = (),
    running: Running | None = None,
    values: Callable[[int], Mapping[int, int | None]] = lambda n: {},
) -> None:
    """Puts the rows on pages; the last two stay together with the tail. `values` gives what row n adds to the sums."""
    flow.rows.append(table.rows)
    head, last = Head(table), len(rows) - 1
    end = sum(block.height for block in tail)

    def need(n: int) -> float:
        below = rows[last].height + end if n == last - 1 else end if n == last else SUM_HEIGHT if running else 0.0
        return rows[n].height + below

    if head.height + need(0) > flow.room:
        flow.turn()
    flow.place(head)
    for n, row in enumerate(rows):
        if need(n) > flow.room:
            if running:
                flow.place(running.block("过次页　Carried forward"))
            flow.turn()
            flow.place(head)
            if running:
                flow.place(running.block("承前页　Brought forward", strong=False, rule=0.25))
        flow.place(row)
        if running:
            running.add(values(n))
    flow.place(*tail)
