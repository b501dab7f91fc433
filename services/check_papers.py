"""What a check came to, written as a PDF to be printed and filed with the heads of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from resources.words import N_, tr
from services import soundness
from services.desk.checking import PARTS, Checked
from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.check_report import Report, render
from services.import_papers import check
from services.sheets import whole


def write_report(desk: Desk, results: Sequence[Checked], place: Path, lang: str) -> int:
    """Writes it whole or not at all; how many pages it has. Cancelled: the desk's `tell` says so."""
    check(place)
    office = next((row["name"] for row in desk.first(View("sites"), 1)), "")
    titles = {name: tr(lang, part.title) for name, part in PARTS.items()}
    report = Report(
        office=office, who=desk.account, when=datetime.now(UTC),
        parts=[(titles[r.part], tr(lang, PARTS[r.part].proves), r.count, r.seconds) for r in results],
        faults=[(titles[r.part], soundness.in_words(fault, lang)) for r in results for fault in r.faults],
        heads=[
            (f"{h.writer} {h.place}", h.scope or tr(lang, N_("All compounds")), h.record, f"{h.number:,}",
             h.at.astimezone().strftime("%Y-%m-%d %H:%M"), h.hash)
            for h in desk.ask(soundness.heads)
        ],
    )  # fmt: skip
    with whole(place) as part:
        paper = render(report, lang, desk.tell)
        part.write_bytes(paper.data)
    return paper.pages
