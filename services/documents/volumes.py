"""A paper of several volumes in one file: a protocol with boxes to sign, an index with page numbers, and each volume
from a new page on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from resources.words import N_, tr
from services.documents import dress
from services.documents.blocks import LABEL_SMALL, Blank, Continued, Gap, Particulars, Remark, Rule, Title
from services.documents.blocks import Statement as Prose
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner, Face
from services.documents.ink import FILL, INK, LANDSCAPE, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Flow, Paper, Tell, paint
from services.documents.sign_off import Signer, SignOff, SignWords
from services.documents.statement import BODY, Chapter, Fact, Office, Signatures, laid, working
from services.documents.table import Column, Row

NAME = Style(Face.SERIF_BOLD, 14)
IN_WORDS = {"en": SignWords(("Name", "Sign", "Post", "Date"), "", "Seal")}


@dataclass(frozen=True)
class Volume:
    """One volume: its `mark` (①), names in both languages, what the index says is in it, tables under their names, and
    remarks. Without tables `empty` is said; `signers` sign below the last one."""

    mark: str
    title: str
    english: str
    told: str
    chapters: Sequence[Chapter] = ()
    remarks: Sequence[str] = ()
    empty: str = ""
    signers: Sequence[str] = ()


@dataclass(frozen=True)
class Binder:
    """What the paper says before its volumes: `prose` is (heading, paragraph); `signers` are (role, in the other
    language, unit). The protocol is the first volume, under `mark`."""

    kind: str
    title: str
    english: str
    office: str
    mark: str
    protocol: str
    particulars: Sequence[Fact]
    prose: Fact
    signers: Sequence[tuple[str, str, str]]
    volumes: Sequence[Volume]
    remarks: Sequence[str] = field(default=())


@dataclass(frozen=True)
class VolumeHead:
    """The name of a volume on a filled strip, at the head of its first page."""

    role = "H2"
    text: str
    english: str
    height: float = 34.0

    def paint(self, ink: Ink, top: float) -> None:
        """Left, the other language behind it."""
        form = ink.form
        ink.area(form.left, top - 26, form.measure, 26, FILL)
        ink.rule(form.left, top - 26, form.end, 0.9, INK)
        ink.text(form.left + 8, top - 18, self.text, NAME, fit=form.measure * 0.6)
        ink.text(form.end - 8, top - 17, self.english, LABEL_SMALL, "right", fit=form.measure * 0.35)


@press
def render(paper: Binder, *, lang: str, made: datetime, tell: Tell = lambda done, total: True) -> Paper:
    """The paper as a file. `made` (aware) dates it. `tell` may stop it (Cancelled)."""
    clean = Cleaner()
    title, bodies = clean(paper.title), [_volume(paper, volume, clean, lang) for volume in paper.volumes]
    ahead = len(_front(paper, clean, lang, [0] * len(bodies)).pages)
    starts, page = list[int](), ahead + 1
    for body in bodies:
        starts.append(page)
        page += len(body.pages)
    flow = _front(paper, clean, lang, starts)
    for body in bodies:
        flow.pages += body.pages
        flow.rows += body.rows
    facts = Facts(paper.kind, title, 1, title, clean(paper.office), made, "zh-CN" if lang == "zh_CN" else lang)
    return paint(flow, LANDSCAPE, facts, tell, losses=clean.losses, foot=title)


def _front(paper: Binder, clean: Cleaner, lang: str, starts: Sequence[int]) -> Flow:
    """The protocol with its boxes on the first page, the index on the next."""
    mark = tr(lang, N_(" (continued)"))
    flow = Flow(LANDSCAPE, [Continued(clean(paper.title), "", mark)])
    flow.place(Office(clean(paper.office)), Title(clean(paper.title), paper.english))
    told = [(clean(name), clean(value)) for name, value in paper.particulars]
    told += [("", "")] * (len(told) % 2)
    flow.place(Particulars([(told[n], told[n + 1]) for n in range(0, len(told), 2)], LANDSCAPE))
    flow.keep(Prose(clean(paper.prose[0]), clean(paper.prose[1]), LANDSCAPE))
    boxes = [Signer(clean(role), other, clean(unit), "") for role, other, unit in paper.signers]
    flow.keep(Gap(8), SignOff(boxes, LANDSCAPE, words=IN_WORDS.get(lang, SignWords())))
    flow.turn()
    columns = [Column("", 26, "center"), Column(tr(lang, N_("Volume")), 210), Column(tr(lang, N_("Contents")), 430),
               Column(tr(lang, N_("Page")), 44, "right", wraps=False)]  # fmt: skip
    table = laid(columns, BODY, clean, 23)
    rows: list[Row] = [table.row((paper.mark, paper.protocol, "", "1"))]
    for volume, start in zip(paper.volumes, starts, strict=True):
        rows.append(table.row((volume.mark, volume.title, volume.told, str(start))))
    remarks = [Remark(clean(text)) for text in (*paper.remarks, *dress.current().notes, *working(lang))]
    below(flow, Heading(tr(lang, N_("Index")), "INDEX" if lang == "zh_CN" else tr("zh_CN", N_("Index"))), table, rows,
          [Gap(4), *remarks])  # fmt: skip
    return flow


def _volume(paper: Binder, volume: Volume, clean: Cleaner, lang: str) -> Flow:
    name = f"{volume.mark} {clean(volume.title)}"
    flow = Flow(LANDSCAPE, [Continued(name, clean(paper.title), tr(lang, N_(" (continued)")))], first=False)
    flow.place(VolumeHead(name, volume.english))
    if not volume.chapters:
        flow.place(Blank(volume.empty))
    for chapter in volume.chapters:
        heading = Heading(clean(chapter.title), chapter.english)
        if chapter.rows:
            table = laid(chapter.columns, BODY, clean, 19)
            below(flow, heading, table, [table.row(row) for row in chapter.rows])
        else:
            flow.keep(heading, Blank(volume.empty))
    if volume.remarks:
        flow.keep(Gap(4), *(Remark(clean(text)) for text in volume.remarks))
    if volume.signers:
        flow.keep(Rule(), Signatures([clean(post) for post in volume.signers]))
    return flow
