"""A list as a workbook: every cell written by its type, so that nothing a person typed becomes a formula."""

from __future__ import annotations

import enum
from datetime import date, datetime
from pathlib import Path
from typing import Any

from resources.words import N_, tr
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.listing import LISTINGS, View
from services.desk.schema import FieldSpec, Kind

AT_ONCE = 500
LONGEST = 1_048_575  # rows of a worksheet below its header


def write(desk: Desk, view: View, out: Path, lang: str) -> int:
    """Writes every row of the view, whole or not at all; returns how many. Money in yuan, areas in m²."""
    import xlsxwriter

    ids = desk.ids(view)
    if len(ids) > LONGEST:
        raise Invalid(N_("{n} rows do not fit into one worksheet; filter the list first"), n=len(ids))
    columns = {n: s for n, s in LISTINGS[view.listing].columns.items() if s.kind is not Kind.REFERENCE}
    part = out.with_name(out.name + ".part")
    book = xlsxwriter.Workbook(
        str(part), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        _sheet(book, desk, view, ids, columns, lang)
    finally:
        book.close()
    part.replace(out)
    return len(ids)


def _sheet(book: Any, desk: Desk, view: View, ids: Any, columns: dict[str, FieldSpec], lang: str) -> None:
    sheet = book.add_worksheet(tr(lang, view.listing)[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "#,##0.00"})
    for x, spec in enumerate(columns.values()):
        sheet.write_string(0, x, tr(lang, spec.key), bold)
    sheet.freeze_panes(1, 0)
    for start in range(0, len(ids), AT_ONCE):
        desk.tell(start, len(ids))
        for y, row in enumerate(desk.page(view.listing, ids[start : start + AT_ONCE]), start + 1):
            for x, (name, spec) in enumerate(columns.items()):
                _cell(sheet, y, x, row[name], spec, day, money, lang)


def _cell(sheet: Any, y: int, x: int, value: Any, spec: FieldSpec, day: Any, money: Any, lang: str) -> None:
    if value is None:
        return
    if spec.kind in (Kind.MONEY, Kind.AREA):
        sheet.write_number(y, x, value / 100, money)
    elif isinstance(value, bool | enum.Enum):
        word = spec.choice_key(value.value) if isinstance(value, enum.Enum) else N_("yes") if value else N_("no")
        sheet.write_string(y, x, tr(lang, word))
    elif isinstance(value, int):
        sheet.write_number(y, x, value)
    elif isinstance(value, datetime):
        sheet.write_string(y, x, value.astimezone().isoformat(" ", "seconds"))
    elif isinstance(value, date):
        sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 — a day has no zone
    elif isinstance(value, dict):
        sheet.write_string(y, x, "；".join(f"{k}：{v}" for k, v in value.items())[:32767])
    else:
        sheet.write_string(y, x, str(value)[:32767])
