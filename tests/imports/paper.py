"""Draws a register once, to be saved in every format: merged cells, hidden rows and sheets included."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from services.imports.cells import letter
from services.imports.register import Choice, Register, read_register
from tests.imports import files
from tests.imports.fields import ASSET, BUILDING, COMPOUND, ORGANIZATION, ROOM, STAFF

FIELDS = {
    "assets": ASSET, "buildings": BUILDING, "rooms": ROOM, "staff": STAFF, "organizations": ORGANIZATION,
    "compounds": COMPOUND,
}  # fmt: skip
WITH_MERGED = ("xlsx", "xls", "ods")


@dataclass
class Page:
    """One sheet. `merged` cells are written as people see them: "A1:B2"."""

    rows: list[list[Any]]
    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)  # rows, from 1
    visible: bool = True

    @property
    def spans(self) -> list[files.Span]:
        """The merged cells by their places."""
        return [(_place(first), _place(last)) for first, last in (span.split(":") for span in self.merged)]


def _place(cell: str) -> tuple[int, int]:
    column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(row) - 1, next(n for n in range(702) if letter(n) == column)


def save(path: Path, pages: dict[str, Page]) -> Path:
    """The pages in the format that the name ends with; xls holds one page, csv one without anything merged."""
    first = next(iter(pages.values()))
    texts = [[str(cell) for cell in row] for row in first.rows]
    match path.suffix:
        case ".xlsx":
            _xlsx(path, pages)
        case ".xls":
            files.xls(path, [[c if isinstance(c, str) else float(c) for c in row] for row in first.rows], first.spans)
        case ".ods":
            drawn = {
                name: ([[str(cell) for cell in row] for row in page.rows], page.spans, [n - 1 for n in page.hidden])
                for name, page in pages.items()
            }
            files.ods_book(path, drawn, [name for name, page in pages.items() if not page.visible])
        case _:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(texts)
    return path


def _xlsx(path: Path, pages: dict[str, Page]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    for name, page in pages.items():
        sheet = book.add_worksheet(name)
        for (top, left), (bottom, right) in page.spans:
            sheet.merge_range(top, left, bottom, right, "")
        for y, row in enumerate(page.rows):
            for x, cell in enumerate(row):
                if cell != "":
                    sheet.write(y, x, cell)
        for number in page.hidden:
            sheet.set_row(number - 1, options={"hidden": True})
        if not page.visible:
            sheet.hide()
    book.close()


def read(path: Path, pages: dict[str, Page] | Page, kind: str = "assets", **choice: Any) -> Register:
    """The register on these pages, saved and read again."""
    return read_register(
        save(path, pages if isinstance(pages, dict) else {"S": pages}), kind, FIELDS[kind], Choice(**choice)
    )


def meant(register: Register) -> dict[str, str | None]:
    """Header -> field."""
    return {column.header: column.field for column in register.columns}
