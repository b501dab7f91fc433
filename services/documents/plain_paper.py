"""A paper of tables that is drawn whenever it is asked for: whose it is, title, facts, tables under their names, boxes
to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone

from services.documents import dress
from services.documents.blocks import Blank, Continued, Gap, Particulars, Remark, Title
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner, Face
from services.documents.ink import MUTED, PORTRAIT, Format, Style
from services.documents.ledger import Office
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Tell, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import Column, Sums, Table, lay

CHINA = timezone(timedelta(hours=8))
BODY, COUNT = Style(Face.SANS, 8), Style(Face.SANS, 8, MUTED)
Fact = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A table in words: its names (none for the first), titles and widths of its columns, its rows, sums by column, a
    remark below. Columns in `right` are figures; rows are `least` points high or more; `empty` is said for none."""

    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    name: str = ""
    english: str = ""
    right: frozenset[int] = frozenset()
    sums: dict[int, str] = field(default_factory=dict)
    remark: str = ""
    least: float = 20.0
    empty: str = "无"


@dataclass(frozen=True)
class PlainPaper:
    """Everything such a paper says. `made` is the day it speaks of; `number` what its file is filed under."""

    kind: str
    number: str
    title: str
    english: str
    office: str
    made: date
    particulars: Sequence[tuple[Fact, Fact]]
    parts: Sequence[Part]
    signers: Sequence[Fact] = ()
    unit: str = ""
    form: Format = PORTRAIT
    ending: Sequence[Block] = ()


@press
def draw(paper: PlainPaper, tell: Tell = lambda done, total: True) -> bytes:
    """The PDF. `tell(page, pages)` stops it with False (Cancelled)."""
    clean = Cleaner()
    title, number = (clean(text).replace("\n", " ") for text in (paper.title, paper.number))
    office, form = clean(paper.office), paper.form
    flow = Flow(form, [Continued(title, number)])
    facts = [((a, clean(b)), (c, clean(d))) for (a, b), (c, d) in paper.particulars]
    flow.figures = [figure for part in paper.parts for figure in part.sums.values()]
    flow.place(Office(office, paper.unit), Title(title, paper.english))
    if facts:
        flow.place(Particulars(facts, form))
    for part in paper.parts:
        _part(flow, part, form, clean)
    worn = dress.current()
    signers = [(post, "") for post in worn.signers] if worn.signers and paper.signers else paper.signers
    boxes = [Signer(clean(role), english, office, "") for role, english in signers]
    notes = [Remark(clean(text)) for text in worn.notes]
    signing: list[Block] = [SignOff(boxes, form), Gap(2)] if boxes else []
    if boxes or notes or paper.ending:
        flow.keep(Gap(12), *paper.ending, *notes, *signing, Blank())
    made = datetime.combine(paper.made, time(), CHINA)
    file = Facts(paper.kind, number, 1, title, office, made)
    foot = f"{title}　{number}"
    return paint(flow, form, file, tell, losses=clean.losses, foot=foot).data


def _part(flow: Flow, part: Part, form: Format, clean: Cleaner) -> None:
    scale = form.measure / sum(width for _, width in part.columns)
    columns = [Column(name, width * scale, style=BODY) for name, width in part.columns]
    columns[0] = replace(columns[0], align="center", wraps=False, style=COUNT)
    for at in part.right:
        columns[at] = replace(columns[at], align="right", wraps=False)
    table = Table(columns, form, clean, lead=10.5, least=part.least)
    tail: list[Block] = [Sums(table, "合　计　Total", part.sums)] if part.sums and part.rows else []
    tail += [Remark(clean(part.remark))] if part.remark else []
    heading = Heading(part.name, part.english) if part.name else None
    if not part.rows:
        empty: list[Block] = [heading] if heading else []
        flow.keep(*empty, Remark(part.empty))
        return
    rows = [table.row(row) for row in part.rows]
    if heading:
        below(flow, heading, table, rows, tail)
    else:
        lay(flow, table, rows, tail)
