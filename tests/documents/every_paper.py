"""Every paper of the command line about the sample office: the words that print it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.desk.desk import Desk
from services.desk.listing import View

NEWEST: dict[str, tuple[str, dict[str, tuple[Any, ...]]]] = {  # papers of one record: its list, and which of its rows
    "handover": ("handovers", {"state": ("done",)}), "handover_list": ("handovers", {"state": ("done",)}),
    "disposal": ("disposals", {"state": ("executed",)}), "acceptance": ("asset_needs", {"state": ("accepted",)}),
    "card": ("assets", {}), "survey": ("titles", {}), "job": ("work_orders", {}), "order": ("work_orders", {}),
    "slip": ("part_movements", {}), "count": ("part_counts", {}), "ledger": ("part_stocks", {}),
    "equipment": ("assets", {"class_code": ("A02051227", "A02051228")}),
}  # fmt: skip


def printed_by(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """Name and words of each."""
    building = desk.first(View("buildings"), 1)[0]
    compound = next(row for row in desk.first(View("compounds"), 99) if row["id"] == building["compound_id"])
    room = next(row for row in desk.first(View("rooms"), 999) if row["building_id"] == building["id"])
    code, house = compound["code"], f"{compound['code']}/{building['code']}"
    for name, (listing, chosen) in NEWEST.items():
        rows = desk.first(View(listing, filters=tuple(chosen.items())), 1)
        if rows:
            yield name, [name, str(rows[0]["number"])]
    for name in ("register", "usage", "reconciliation", "structure", "maintenance", "stock", "plans", "statutory",
                 "calendar", "compound"):  # fmt: skip
        yield name, [name, code]
    yield "history", ["history", house]
    yield "room", ["room", f"{house}/{room['number']}"]
    yield "offices", ["offices"]
    yield "rights", ["rights"]
    yield "journal", ["journal"]
    yield "costs", ["costs", "2025"]
    for name in ("situation", "term"):
        yield name, [name, "2025-01-01..2025-12-31"]
    yield "audit", ["audit", "2026-10-01..2026-11-30"]
    for row in desk.first(View("stocktakes"), 1):
        yield "stocktake", ["stocktake", row["number"], "--paper", "sheet"]
