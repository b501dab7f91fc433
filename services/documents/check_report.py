"""The result of a check on paper: what was looked at, what was found, and the newest record of every chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from resources.words import LANGUAGES, N_, tr
from services.documents.blocks import NOTE_MUTED, Blank, Continued, Gap, Particulars, Rule, Title
from services.documents.fonts import Cleaner, Face
from services.documents.import_parts import BODY, LINES, Part, Say
from services.documents.import_report import Figures, Told, Top, lay_part
from services.documents.ink import PORTRAIT, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, anchored, paint
from services.documents.table import Column

KIND = "check-report"
HASH = Style(Face.SANS, 6)
Fact = tuple[str, str]


@dataclass(frozen=True)
class Report:
    """Of which office, by whom, when (aware). `parts` are title, what it proves, faults, seconds; `faults` the part and
    the fault in words; `heads` writer, chain, record, number in the chain, instant, SHA-256 in hex."""

    office: str
    who: str
    when: datetime
    parts: Sequence[tuple[str, str, int, float]]
    faults: Sequence[tuple[str, str]]
    heads: Sequence[tuple[str, str, int, str, str, str]]


@press
def render(report: Report, lang: str, tell: Tell = lambda done, total: True) -> Paper:
    """The report as a paper in one language. `tell(page, pages)` stops it with False (Cancelled)."""
    say, clean = partial(tr, lang), Cleaner()
    report = replace(report, office=_line(report.office, clean), who=_line(report.who, clean))
    name, working = N_("Check of the data"), say(N_("Working paper"))
    title, other = say(name), tr(next(each for each in LANGUAGES if each != lang), name)
    flow = Flow(PORTRAIT, [Continued(title, report.office, say(N_(" (continued)"))), Gap(4)])
    flow.place(Top(report.office, working, say(N_("no number, no signature"))), Title(title, other.upper()))
    flow.place(Particulars(_particulars(report, say), PORTRAIT), Gap(6))
    wrong = sum(count for *_, count, _ in report.parts)
    figures = [(str(len(report.parts)), N_("Parts looked at")), (f"{wrong:,}", N_("Faults"))]
    figures.append((str(len(report.heads)), N_("Chains")))
    flow.place(Figures([(figure, say(what)) for figure, what in figures]), Gap(4))
    for part in _parts(report, say):
        lay_part(flow, part, clean, say)
    flow.keep(*_closing(say))
    facts = Facts(KIND, title, 1, title, report.office, report.when, "zh-CN" if lang == "zh_CN" else lang)
    newest = max(report.heads, key=_record, default=None)
    foot = anchored(newest[2], newest[5]) if newest else ""
    return paint(flow, PORTRAIT, facts, tell, losses=clean.losses, foot=f"{title}　{working}", anchor=foot)


def _record(head: tuple[str, str, int, str, str, str]) -> int:
    return head[2]


def _line(text: str, clean: Cleaner) -> str:
    return clean(text).replace("\n", " ")


def _particulars(report: Report, say: Say) -> list[tuple[Fact, Fact]]:
    wrong = sum(count for *_, count, _ in report.parts)
    came = say(N_("Whole")) if not wrong else say(N_("{n} faults"), n=f"{wrong:,}")
    took = say(N_("{n} s"), n=f"{sum(seconds for *_, seconds in report.parts):,.1f}")
    when = report.when.astimezone().isoformat(" ", "minutes")
    return [
        ((say(N_("By")), report.who), (say(N_("Checked")), when)),
        ((say(N_("Result")), came), (say(N_("Took")), took)),
    ]


def _parts(report: Report, say: Say) -> Iterator[Part]:
    heads = [Column(say(N_("Part")), 2.4, style=BODY), Column(say(N_("What it proves")), 7.6, style=BODY)]
    heads += [Column(say(N_("Result")), 2.4, style=BODY), Column(say(N_("Took")), 1.6, "right", style=BODY)]
    rows = [
        (title, proves, say(N_("{n} faults"), n=f"{count:,}") if count else say(N_("Whole")),
         say(N_("{n} s"), n=f"{seconds:,.1f}"))
        for title, proves, count, seconds in report.parts
    ]  # fmt: skip
    yield Part(say(N_("What was looked at")), heads, rows, len(rows))
    if report.faults:
        heads = [Column(say(N_("Part")), 2.4, style=BODY), Column(say(N_("Fault")), 11.6, style=BODY)]
        total = sum(count for *_, count, _ in report.parts)
        yield Part(say(N_("Faults")), heads, report.faults[:LINES], total)
    heads = [Column(say(N_("Writer")), 2.6, style=BODY), Column(say(N_("Chain")), 2, style=BODY)]
    heads += [
        Column(say(N_("Record")), 1.4, "right", style=BODY),
        Column(say(N_("In its chain")), 1.3, "right", style=BODY),
    ]
    heads += [Column(say(N_("Written")), 2.1, style=BODY), Column("SHA-256", 4.6, style=HASH)]
    rows_of_heads = [(w, chain, f"{record:,}", number, at, hash) for w, chain, record, number, at, hash in report.heads]
    note = say(N_("The newest record of every chain: whoever cuts or replaces the journal later has this against him."))
    yield Part(say(N_("Heads of the journal")), heads, rows_of_heads, len(rows_of_heads), note=note)


def _closing(say: Say) -> Iterator[Block]:
    yield Rule()
    yield Told(
        say(N_("Keep this paper away from the computer: the page “Data check” tells whether a record it names is still"
               " in the journal, unchanged.")), NOTE_MUTED,
    )  # fmt: skip
    yield Blank(say(N_("(nothing below)")))
