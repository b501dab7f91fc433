"""The report of a register written as a PDF, to be printed and filed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.import_report import Occasion, render
from services.imports.report import Report


def write_report(desk: Desk, report: Report, place: Path, lang: str, *, stored: bool) -> int:
    """Writes it whole or not at all; how many pages it has. It stops when the desk's `tell` says so (Cancelled)."""
    office = next((row["name"] for row in desk.first(View("sites"), 1)), "")
    paper = render(report, Occasion(office, desk.account, datetime.now(UTC), stored), lang, desk.tell)
    part = place.with_name(place.name + ".part")
    try:
        part.write_bytes(paper.data)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return paper.pages
