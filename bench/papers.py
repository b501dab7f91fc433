"""A handover note of two pages from the click to the preview, against its bare layout and paint; a paper issued,
against the same paper drawn; a signature, against a bare PAdES signature of pyHanko."""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

import services.registry  # noqa: F401 — the intents people have
from bench.figures import HEAD, ROUNDS, Figure, told
from models.handover import Handover
from services import authority, demo, handovers, place_papers
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.session import DeskSession
from services.desk.signing_keys import new_key
from services.document_issuing import Subject
from services.documents import handover_note, notes, signing
from services.documents.seal_device import SoftwareKey
from services.documents.sign_block import Stamp
from services.office import EVERYTHING
from ui.kit.pdf_pages import opened, picture

LINES, SCALE = 30, 1.5


def measure() -> Iterator[Figure]:
    """Ours and the floor, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make(Path(folder) / "office", account="admin", password="measure this", cost=keys.FLOOR)
        desk = replace(made.desk, grants=EVERYTHING)
        yield _click(desk)
        yield _issue(desk)
        yield _sign(desk)
        made.close()


def _medians(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of each, after one round that warms up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for work, kept in zip((ours, floor), times, strict=True):
            begun = time.perf_counter()
            work()
            if turn:
                kept.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def _click(desk: Desk) -> Figure:
    """What the page of a draft asks for, and its first picture; the floor draws the same facts where it stands."""
    taker, giver = [row for row in desk.first(View("staff"), 50) if row["left_on"] is None][:2]
    own = {"compound_id": taker["compound_id"], "model": "KFR-72LW", "measure": "台", "cost": 523_400}
    free = [desk.do("assets.add", name=f"柜式空调{n}", **own).value for n in range(LINES)]
    note: UUID = desk.do(handovers.draft, free, taker["id"], from_staff_id=giver["id"]).value
    with DeskSession(desk.store.reading, None) as session:
        row = session.get(Handover, note)
        assert row
        facts = notes._note(session, row, True)  # noqa: SLF001 - the very facts of the paper
    said = handover_note.code(facts, handover_note.digest(facts), None)

    def ours() -> None:
        with opened(desk.ask(handovers.paper, note)) as file:
            picture(file, 0, SCALE)

    bare: Any = handover_note.drawn
    return Figure("handover note of 2 pages, click to preview", *_split(3, _medians(
        ours, lambda: bare.__wrapped__(facts, said, lambda done, total: True)
    )))  # fmt: skip


def _split(limit: float, medians: tuple[float, float]) -> tuple[float, float, float]:
    return medians[0], limit, medians[1]


def _issue(desk: Desk) -> Figure:
    compound = desk.first(View("compounds"), 1)[0]["id"]
    on = desk.clock().astimezone().date() - timedelta(days=1)
    draw = partial(place_papers.usage, desk, compound, None, on, "zh_CN")
    about = Subject("usage", compound, compound, on)
    medians = _medians(lambda: desk.do("documents.issue", about=about, draw=draw), draw)
    return Figure("… a sheet of use issued, against drawn", *_split(2, medians))


def _sign(desk: Desk) -> Figure:
    """Seen in a box, on the newest issued paper; the floor is unseen and knows nothing of our block."""
    data = desk.ask("documents.signed", document_id=desk.first(View("documents"), 1)[0]["id"])
    root, own = new_key(), new_key()
    began, ends = desk.clock() - timedelta(days=1), desk.clock().date() + timedelta(days=700)
    above = authority.root("某局", root, began, ends)
    holder = authority.Holder("李秀英", "处长", "后勤处", "某局")
    certificate = authority.issue(holder, own.public_key(), above, root, began, ends)
    stamp = Stamp("李秀英", "处长", "后勤处", desk.clock().replace(microsecond=0), authority.fingerprint(certificate))
    key = SoftwareKey((certificate, above), own)
    signer: Any = signing._Signer(key)  # noqa: SLF001 - the same key under the bare signature

    def bare() -> None:
        said = signers.PdfSignatureMetadata(field_name="Bare", subfilter=fields.SigSeedSubFilter.PADES)
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), said, signer=signer, output=io.BytesIO())

    medians = _medians(lambda: signing.sign(data, key, stamp, None, 1), bare)
    return Figure("… signed by key, against bare PAdES", *_split(2, medians))


if __name__ == "__main__":
    print(told(HEAD))
    figures = list(measure())
    print(*(figure.line() for figure in figures), sep="\n")
    sys.exit(any(figure.over for figure in figures))
