"""The papers about assets: the card of one, and the register of a list with every column a ledger has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.asset_sheet import AssetSheet, Part
from services.card_kinds import left_out
from services.commands.values import shown_as
from services.desk.desk import Desk
from services.desk.errors import NOT_STORED, Cancelled
from services.desk.listing import LISTINGS, View
from services.desk.schema import FieldSpec, Kind
from services.documents import asset_card
from services.documents.amounts import figures
from services.documents.asset_card import Card, Group, Listed
from services.documents.register import render_register
from services.documents.table import Column, Figure
from services.place_papers import office_of, other_tongue

AT_ONCE = 500
NOTHING = "—"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Basics"), ("name", "class_code", "brand", "model", "serial", "quantity", "measure", "structure", "floor_area",
                    "plate", "chassis", "engine")),
    (N_("Value"), ("cost", "value_kind", "funding", "acquisition", "acquired_on", "entered_on", "voucher",
                   "depreciation", "life_months", "net_value")),
    (N_("Place and use"), ("compound_id", "building_id", "room_id", "unit_id", "keeper_id", "in_service_on", "status",
                           "shared")),
    (N_("Purchase, warranty and rights"), ("supplier", "contract", "invoice", "warranty_until", "ownership",
                                           "certificate")),
)  # fmt: skip
MUST = frozenset({"name", "class_code", "model", "quantity", "measure", "cost", "acquisition", "acquired_on",
                  "compound_id", "room_id", "unit_id", "keeper_id", "status"})  # fmt: skip
LEDGER: tuple[tuple[str, int], ...] = (  # columns of the register and their shares of the sheet
    ("number", 80), ("class_code", 46), ("name", 70), ("model", 62), ("measure", 34), ("quantity", 28),
    ("acquisition", 38), ("acquired_on", 42), ("cost", 56), ("net_value", 56), ("place", 66), ("unit_id", 62),
    ("keeper_id", 38), ("status", 38),
)  # fmt: skip
WORDS = {"unit_id": "unit_text", "keeper_id": "keeper_text", "class_code": "class_text"}


def card(desk: Desk, asset_id: UUID, on: date, size: str, lang: str) -> bytes:
    """资产卡片: the card of an asset as it stands, on A5 or A4. Missing: there is no such asset."""
    say = partial(tr, lang)
    sheet: AssetSheet = desk.ask("assets.sheet", asset_id=asset_id, on=on)
    specs, hidden = LISTINGS["assets"].columns, left_out(sheet.kind)
    groups = [
        Group(say(title), [(say(specs[name].key), _said(lang, specs[name], sheet.row)) for name in names
                           if name not in hidden and (name in MUST or sheet.row.get(name) not in (None, "", False))])
        for title, names in GROUPS
    ]  # fmt: skip
    groups[0] = Group(groups[0].title, [*groups[0].facts, *_extra(sheet.row, say)])
    title = N_("Asset card")
    paper = Card(
        str(sheet.row["number"]), office_of(desk), say(title), other_tongue(lang, title),
        say(N_("Printed on {day}"), day=on.isoformat()), [group for group in groups if group.facts],
        [*_set(sheet, say), *_moves(sheet, say)],
        [say(N_("Asset manager")), say("asset.keeper_id"), say(N_("Accountant"))],
    )  # fmt: skip
    return asset_card.render(paper, size, lang=lang, made=desk.clock(), tell=desk.tell).data


def register(desk: Desk, view: View, on: date, lang: str) -> bytes:
    """资产台账: every asset a view shows, in its order, with the columns of a ledger. Invalid: it shows none."""
    say, specs = partial(tr, lang), LISTINGS["assets"].columns
    heads = [say(N_("Place")) if name == "place" else say(specs[name].key) for name, _ in LEDGER]
    columns = [Column(say(N_("No.")), 24, "right", wraps=False)]
    columns += [
        Column(head, width, "right" if name in ("cost", "net_value", "quantity") else "left",
               name not in ("cost", "net_value", "quantity", "acquired_on"))
        for head, (name, width) in zip(heads, LEDGER, strict=True)
    ]  # fmt: skip
    rows = [[str(n), *cells] for n, cells in enumerate(_ledger(desk, view, lang), 1)]
    if rows:
        sums = desk.sums(view)
        total = [""] * len(columns)
        total[3], total[9] = say(N_("Total")), Figure(figures(sums["cost"]))
        rows.append(total)
    number = say(N_("As on {day}"), day=on.isoformat())
    return render_register(say(N_("Asset register")), columns, rows, office=office_of(desk), number=number,
                           made=desk.clock(), tell=desk.tell).data  # fmt: skip


def _ledger(desk: Desk, view: View, lang: str) -> Iterator[list[str]]:
    ids, specs = desk.ids(view), LISTINGS["assets"].columns
    for start in range(0, len(ids), AT_ONCE):
        if not desk.tell(start, len(ids)):
            raise Cancelled(NOT_STORED)
        for row in desk.page("assets", ids[start : start + AT_ONCE]):
            yield [_place(row) if name == "place" else _cell(lang, specs[name], row) for name, _ in LEDGER]


def _cell(lang: str, spec: FieldSpec, row: Mapping[str, Any]) -> str:
    if spec.name == "class_code":
        return str(row["class_code"] or row["class_text"] or "")
    found = _said(lang, spec, row)
    return "" if found == NOTHING else found


def _place(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (row["building"], row["room"]))) or str(row["place_text"] or "")


def _said(lang: str, spec: FieldSpec, row: Mapping[str, Any]) -> str:
    """A field of a row as papers say it; what a register says in words where nothing matches."""
    value = row.get(spec.name)
    if spec.name == "class_code" and value:
        return " ".join(filter(None, (value, row.get("class_name"))))
    if spec.kind is Kind.REFERENCE:
        value = row.get(spec.name.removesuffix("_id"))
    if value is None and spec.name in WORDS:
        value = row.get(WORDS[spec.name])
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return tr(lang, N_("yes") if value else N_("no"))
    if isinstance(value, date):
        return value.isoformat()
    if spec.kind in (Kind.MONEY, Kind.AREA):
        return figures(value)
    if spec.kind is Kind.CHOICE:
        return shown_as(lang, spec, getattr(value, "value", value))
    return str(value)


def _extra(row: Mapping[str, Any], say: Any) -> list[tuple[str, str]]:
    note = [(say("asset.note"), str(row["note"]))] if row.get("note") else []
    return [*((str(header), str(value)) for header, value in (row.get("extra") or {}).items()), *note]


def _set(sheet: AssetSheet, say: Any) -> list[Listed]:
    if sheet.whole is None:
        return []
    columns = ((say("asset.number"), 4), (say("asset.name"), 5), (say("asset.status"), 2), (say("asset.cost"), 3))
    return [Listed(say(N_("Parts and set")), columns, list(_parts(sheet.whole, say, 0)))]


def _parts(part: Part, say: Any, deep: int) -> Iterator[list[str]]:
    cost = NOTHING if part.cost is None else figures(part.cost)
    yield [part.number, "　" * deep + part.name, say(f"asset.status={part.status.value}"), cost]
    for below in part.parts:
        yield from _parts(below, say, deep + 1)


def _moves(sheet: AssetSheet, say: Any) -> list[Listed]:
    notes = [about for about in sheet.documents if about.state]
    if not notes:
        return []
    columns = ((say(N_("Document")), 4), (say("handover.state"), 2), (say("handover.handed_on"), 3))
    rows = [[a.number, say(f"{a.kind}.state={a.state}"), a.on.isoformat() if a.on else NOTHING] for a in notes]
    return [Listed(say(N_("Documents")), columns, rows)]
