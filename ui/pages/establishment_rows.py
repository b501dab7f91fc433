"""The rows of the establishment: post by post, and people by compound and function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from resources.words import N_
from services.establishment import Establishment, Manned, PostLine, Staffed
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said

POSTS = (
    Head("post"), Head("post.function", 110), Head("post.compound_id", 150), Head("post.approved", 70, right=True),
    Head(N_("There"), 60, right=True), Head(N_("Vacant"), 80), Head(N_("Vacant since"), 100), Head(N_("Held by"), 170),
    Head(N_("Covered by"), 120),
)  # fmt: skip
FUNCTIONS = (
    Head("compound"), Head("post.function", 150), Head("post.approved", 80, right=True),
    Head(N_("There"), 70, right=True), Head(N_("Own"), 80, right=True), Head(N_("On contract"), 90, right=True),
    Head(N_("Agency and provider"), 120, right=True), Head(N_("Not said"), 90, right=True),
)  # fmt: skip
POSTLESS = N_("Without a post")
SHOWN = 3  # names in a cell; the tip tells them all


def posts(found: Establishment, searching: str) -> list[Line]:
    """One line a post; those that say what is searched for."""
    return [Line(line, partial(_post, line)) for line in found.posts if searching in _said(line)]


def functions(found: Establishment, searching: str) -> list[Line]:
    """One line a compound and function, and one over all of them."""
    rows = [row for row in found.by_function if searching in row.compound.casefold()]
    lines = [Line(row, partial(_function, row)) for row in rows]
    return [*lines, Line("all", partial(_all, rows), foot=True)] if rows else []


def _said(line: PostLine) -> str:
    return " ".join((line.number, line.name, line.unit, line.compound, *line.holders, *line.covered_by)).casefold()


def _post(line: PostLine) -> list[Cell]:
    vacant: Cell = Cell(Own(show.NOTHING), 0)
    if line.vacant:
        vacant = Cell(said(N_("short {n}"), n=line.vacant), line.vacant, tone="bad", pill=True)
    elif line.over:
        vacant = Cell(said(N_("over {n}"), n=line.over), -line.over, tone="warn", pill=True)
    since = line.vacant_since.isoformat() if line.vacant_since else show.NOTHING
    return [
        Cell(Own(line.name), line.name, note=Own(" · ".join(filter(None, (line.number, line.unit))))),
        Cell(f"post.function={line.function.value}", line.function.value), Cell(Own(line.compound), line.compound),
        Cell(Own(str(line.approved)), line.approved), Cell(Own(str(line.actual.all)), line.actual.all), vacant,
        Cell(Own(since), line.vacant_since), _names(line.holders), _names(line.covered_by),
    ]  # fmt: skip


def _names(names: Sequence[str]) -> Cell:
    if len(names) <= SHOWN:
        return Cell(Own("、".join(names) or show.NOTHING), "、".join(names))
    few: Message = said(N_("{names} and {n} more"), names="、".join(names[:SHOWN]), n=len(names) - SHOWN)
    return Cell(few, "、".join(names), tip=Own("、".join(names)))


def _function(row: Staffed) -> list[Cell]:
    name: Message = POSTLESS if row.function is None else f"post.function={row.function.value}"
    order = row.function.value if row.function else "~"
    return [Cell(Own(row.compound), row.compound), Cell(name, order), *_figures(row.approved, row.actual)]


def _all(rows: Iterable[Staffed]) -> list[Cell]:
    rows = list(rows)
    approved, actual = sum(row.approved for row in rows), sum((row.actual for row in rows), Manned())
    return [Cell(N_("All")), Cell(), *_figures(approved, actual)]


def _figures(approved: int, actual: Manned) -> list[Cell]:
    figures = (approved, actual.all, actual.own, actual.contract, actual.agency, actual.unsaid)
    return [Cell(Own(str(figure) if figure else show.NOTHING), figure) for figure in figures]
