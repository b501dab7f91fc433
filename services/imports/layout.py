"""What a packed workbook says of a sheet beyond its cells: which rows nobody sees, which cells are merged."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from services.imports.cells import Merged

MOST = 20_000  # merged cells of a sheet that are looked at; no register needs more

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NAMED = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*)>")
_OF_TAG = re.compile(rb'table:(name|visibility|number-[a-z]+-(?:repeated|spanned))="([^"]*)"')


class Layout(NamedTuple):
    """Of one sheet: its hidden rows and merged cells, by 0-based places. OpenDocument alone needs the latter here."""

    hidden: list[int]
    merged: list[Merged]


def layouts(data: bytes) -> dict[int, Layout]:
    """The layout of the sheets, by their place in the workbook, where one has anything of the kind."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return _of_document(archive.read("content.xml"))
        if not {_BOOK, _LINKS} <= names:
            return {}
        found = dict[int, Layout]()
        for place, member in enumerate(_parts(archive)):
            if member in names and (hidden := _hidden(archive.read(member))):
                found[place] = Layout(hidden, [])
        return found


def _parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The part of the archive that holds each sheet, in the order of the workbook."""
    links, book = (archive.read(part).decode("utf-8", "replace") for part in (_LINKS, _BOOK))
    tags = [dict(_ATTRIBUTE.findall(tag)) for tag in _NAMED.findall(links)]
    targets = {tag.get("Id"): tag.get("Target", "") for tag in tags}
    for tag in _NAMED.findall(book):
        link = next((value for name, value in _ATTRIBUTE.findall(tag) if name.endswith(":id")), None)
        target = targets.get(link, "")
        yield target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}"


def _hidden(part: bytes) -> list[int]:
    if b"hidden=" not in part:
        return []
    found, row = list[int](), -1
    for tag in _ROW.finditer(part):
        said = _NUMBER.search(tag[1])
        row = int(said[1]) - 1 if said else row + 1
        if _HIDDEN.search(tag[1]):
            found.append(row)
    return found


def _of_document(content: bytes) -> dict[int, Layout]:
    """The same of an OpenDocument sheet, where rows and cells are counted as they come, and repeated by a number."""
    if b"table:visibility=" not in content and b"-spanned=" not in content:
        return {}
    found, place, row, column, times = dict[int, Layout](), -1, -1, 0, 1
    for ends, tag, rest in _TAG.findall(content):
        said = {name.decode(): value.decode("utf-8", "replace") for name, value in _OF_TAG.findall(rest)}
        if ends:
            continue
        if tag == b"table":
            place, row, times = place + 1, -1, 1
            found[place] = Layout([], [])
        elif tag == b"table-row" and place >= 0:
            row, column, times = row + times, 0, _count(said, "number-rows-repeated")
            if said.get("visibility") in ("collapse", "filter") and times <= MOST:
                found[place].hidden.extend(range(row, row + times))
        elif place >= 0:
            down, across = _count(said, "number-rows-spanned"), _count(said, "number-columns-spanned")
            if max(down, across) > 1 and len(found[place].merged) < MOST:
                found[place].merged.append(((row, column), (row + down - 1, column + across - 1)))
            column += _count(said, "number-columns-repeated")
    return found


def _count(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return int(text) if text.isdigit() and len(text) < 8 else 1
