"""The asset card 资产卡片 on A5 or A4: its facts in groups, its set, the documents about it, room for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from resources.words import N_, tr
from services.documents.blocks import HEADING, Continued, Gap, Masthead, Particulars, Title
from services.documents.fonts import Cleaner
from services.documents.ink import FILL, MM, PORTRAIT, Format, Ink
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Flow, Paper, Tell, paint
from services.documents.statement import Signatures
from services.documents.table import Column, Table, lay

KIND = "asset_card"
A5 = Format(148 * MM, 210 * MM, left=14 * MM, right=12 * MM, top=12 * MM, bottom=16 * MM)
FORMATS = {"a5": A5, "a4": PORTRAIT}
Fact = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """Facts under a heading, as (name, value)."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Listed:
    """A table under a heading: names of columns with their shares of the width, and rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Card:
    """Everything the paper says; `signers` are the posts that sign."""

    number: str
    office: str
    title: str
    english: str
    printed: str
    groups: Sequence[Group]
    tables: Sequence[Listed]
    signers: Sequence[str]


@dataclass(frozen=True)
class Heading:
    """The name of a group on a filled strip."""

    text: str
    height: float = 19.0

    def paint(self, ink: Ink, top: float) -> None:
        """Over the whole width."""
        ink.area(ink.form.left, top - 15, ink.form.measure, 15, FILL)
        ink.text(ink.form.left + 5, top - 11.5, self.text, HEADING, fit=ink.form.measure - 10)


@press
def render(card: Card, size: str, *, lang: str, made: datetime, tell: Tell = lambda done, total: True) -> Paper:
    """The card as a file, on the paper of this size (a4, a5)."""
    form, clean = FORMATS[size], Cleaner()
    title, number = clean(card.title), clean(card.number)
    flow = Flow(form, [Continued(title, number, tr(lang, N_(" (continued)")))])
    masthead = Masthead(clean(card.office), number, [card.printed], card.number, tr(lang, "asset.number"))
    flow.place(masthead, Title(title, card.english))
    for group in card.groups:
        facts = [(clean(name), clean(value)) for name, value in group.facts]
        facts += [("", "")] * (len(facts) % 2)
        pairs = [(facts[n], facts[n + 1]) for n in range(0, len(facts), 2)]
        first, *more = _parted(pairs, form)
        flow.keep(Heading(clean(group.title)), first)
        for each in more:
            flow.keep(each)
    for listed in card.tables:
        _table(flow, form, listed, clean)
    flow.keep(Signatures([clean(post) for post in card.signers]))
    about = Facts(KIND, number, 1, title, clean(card.office), made, "zh-CN" if lang == "zh_CN" else lang)
    return paint(flow, form, about, tell, losses=clean.losses, foot=f"{title}　{number}")


def _parted(pairs: Sequence[tuple[Fact, Fact]], form: Format) -> list[Particulars]:
    """Facts in parts, each of which fits on a page: a register may have brought any number of them."""
    parts, used, most = [list[tuple[Fact, Fact]]()], 0.0, form.height - form.top - form.bottom - 60
    for pair in pairs:
        high = Particulars([pair], form).height
        if parts[-1] and used + high > most:
            parts, used = [*parts, []], 0.0
        parts[-1].append(pair)
        used += high
    return [Particulars(part, form) for part in parts]


def _table(flow: Flow, form: Format, listed: Listed, clean: Cleaner) -> None:
    scale = form.measure / sum(width for _, width in listed.columns)
    columns = [Column(clean(name), width * scale) for name, width in listed.columns]
    table = Table(columns, form, clean, lead=10, least=17)
    flow.keep(Gap(4), Heading(clean(listed.title)))
    lay(flow, table, [table.row(row) for row in listed.rows], [])
