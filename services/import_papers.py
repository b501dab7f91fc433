"""The report of a register written as a PDF, to be printed and filed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from resources.words import N_
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.listing import View
from services.documents.import_report import Occasion, render
from services.imports.report import Report
from services.sheets import whole


def check(place: Path) -> None:
    """Refuses a name under which no report can be written, before a register is taken in for it."""
    if place.suffix.lower() != ".pdf":
        raise Invalid(N_("{file} must end in .pdf"), file=place.name)
    if not place.parent.is_dir():
        raise Invalid(N_("There is no folder {folder}"), folder=place.parent)


def write_report(desk: Desk, report: Report, place: Path, lang: str, *, stored: bool) -> int:
    """Writes it whole or not at all; how many pages it has. It stops when the desk's `tell` says so (Cancelled)."""
    office = next((row["name"] for row in desk.first(View("sites"), 1)), "")
    about = Occasion(office, desk.account, report.made or datetime.now(UTC), stored)
    with whole(place) as part:
        paper = render(report, about, lang, desk.tell)
        part.write_bytes(paper.data)
    return paper.pages
