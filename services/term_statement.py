"""离任经济责任审计资产表: assets of a term of office by class and kind, and what an auditor asks beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.asset import Acquisition
from models.disposal import DisposalMode
from resources.words import N_, tr
from services.depreciation_flows import Amounts
from services.desk.desk import Desk
from services.documents.amounts import figures, in_words
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import office_of, other_tongue
from services.term_chapters import beside
from services.term_flows import HANDED, MOVED, PARTS, UNSAID, Differs, Line, Term

NAME = N_("Assets of a term of office")
CAME, WENT, DIFFERS = N_("Increases by kind"), N_("Decreases by kind"), N_("Where cards and papers differ")
MORE, LESS = N_("Increase"), N_("Decrease")
HEADS = (N_("Class"), N_("Item"), N_("Opening"), MORE, N_("Value changed"), LESS, N_("Closing"), N_("Difference"))
HAVE = (Acquisition.PURCHASE, Acquisition.ALLOCATED, Acquisition.DONATED, Acquisition.SURPLUS)  # shown in any case
LOSE = (DisposalMode.SCRAPPING, DisposalMode.ALLOCATION, DisposalMode.TRANSFER, DisposalMode.WRITE_OFF)
OTHER = {UNSAID: N_("Kind not said"), PARTS: N_("Split, merged")}
FROM = OTHER | {MOVED: N_("From another compound"), HANDED: N_("From another unit")}
TO = OTHER | {MOVED: N_("To another compound"), HANDED: N_("To another unit")}
POSTS = (N_("Official leaving"), N_("Official taking office"), N_("Asset management"), N_("Finance"), N_("Audit"))
RULES = (
    N_("Opening + increase + value changed - decrease = closing, in cards and in original value."),
    N_("Opening and closing follow from days and values of the cards; decreases from executed disposals and signed "
       "handover notes, changes from their vouchers: neither side is made from the other."),
)  # fmt: skip
UNITS = N_(
    "Which unit had a card follows from signed handover notes; a unit written on a card without a note counts for the "
    "whole term. Leases, disposal income, titles and what is in no book are told of every compound in reach."
)
NO_CLASS = N_("no class of the standard")
UNDATED = N_("{n} cards say no day of acquisition: they count as opening.")
SOURCE = N_("Figures are those recorded in Dayuan by {now}; base date {on}.")
IN_WORDS = N_("Closing value in words")
DIFFERENCE = (("asset.number", 100), ("asset.name", 150), (N_("What differs"), 230), (N_("Day by the card"), 80),
              (N_("Day by the papers"), 80), (N_("Value (yuan)"), 90))  # fmt: skip
WRONG = {
    "disposed_unsaid": N_("disposed of on the card, no executed disposal says so"),
    "not_disposed": N_("disposal executed, the card says otherwise"),
    "moved_unsaid": N_("closed, no signed note and no merging says so"),
    "value": N_("a change of value goes on from another value than stood there"),
}


def statement(
    desk: Desk, from_on: date, until_on: date, lang: str, compound_id: UUID | None = None, unit_id: UUID | None = None
) -> bytes:
    """The paper of a term over everything in reach, a compound, or a unit with those below it. Invalid: the term ends
    before it begins."""
    say, of = partial(tr, lang), {"compound_id": compound_id, "unit_id": unit_id}
    found: Term = desk.ask("assets.term", from_on=from_on, until_on=until_on, **of)
    more, lacking = beside(desk, found, compound_id, lang)
    total, wrong = found.total, sum(line.off != Amounts() for line in found.lines)
    remarks = [say(rule) for rule in RULES] + [say(SOURCE, now=desk.clock().astimezone().date(), on=until_on)]
    remarks += [say(UNITS)] if unit_id else []
    remarks += [say(UNDATED, n=found.undated)] if found.undated else []
    remarks += [say(N_("Not told here, for want of the right to read it: {what}"), what=say(N_(", ")).join(lacking))
                ] if lacking else []  # fmt: skip
    words = (say(IN_WORDS), in_words(max(0, total.closing.cost))) if lang == "zh_CN" else (say(N_("By")), desk.account)
    paper = Statement(
        "term-statement", say(NAME), other_tongue(lang, NAME), office_of(desk),
        [(say(N_("Assets of")), _scope(desk, compound_id, unit_id, say)), (say(N_("Term")), f"{from_on} — {until_on}"),
         (say(N_("Base date")), until_on.isoformat()), words],
        _columns([say(head) for head in HEADS]), _table(found, _main, say), (),
        [(say(name), figures(amounts.cost)) for name, amounts in zip(HEADS[2:7], _main(total), strict=False)]
        + [(say(N_("Differences")), f"{len(found.differs) + wrong:,}")],
        remarks, [say(post) for post in POSTS],
        [*_kinds(found, lang), _wrong(found, lang), *more],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _scope(desk: Desk, compound: UUID | None, unit: UUID | None, say: Any) -> str:
    names = [desk.named(kind, id).label for kind, id in (("compound", compound), ("organization", unit)) if id]
    return " · ".join(names) or str(say(N_("All compounds within reach")))


def _columns(heads: Sequence[str]) -> list[Column]:
    wide = (130, 52, *[92] * (len(heads) - 2))
    return [Column(head, width, "left" if n < 2 else "right", n == 0)
            for n, (head, width) in enumerate(zip(heads, wide, strict=True))]  # fmt: skip


def _main(line: Line) -> tuple[Amounts, ...]:
    return (line.opening, line.more, line.changed, line.less, line.closing, line.off)


def _table(found: Term, cells: Callable[[Line], Sequence[Amounts]], say: Any) -> list[list[str]]:
    """Two lines a class, cards and value; and those of all."""
    rows = list[list[str]]()
    named = [(f"{line.prefix} {line.name}" if line.prefix else say(NO_CLASS), line) for line in found.lines]
    for name, line in [*named, (say(N_("Total")), found.total)] if named else ():
        made = cells(line)
        rows.append([name, say(N_("Cards")), *(f"{one.cards:,}" if one.cards else "" for one in made)])
        rows.append(["", say("asset.cost"), *(figures(one.cost) if one.cost else "" for one in made)])
    return rows


def _kinds(found: Term, lang: str) -> list[Chapter]:
    """Both sides of the movements, a column for each kind there was."""
    say, total = partial(tr, lang), found.total
    sides = (
        (CAME, MORE, total.came, {each.value: f"asset.acquisition={each.value}" for each in Acquisition}, FROM, HAVE),
        (WENT, LESS, total.went, {each.value: f"disposal.mode={each.value}" for each in DisposalMode}, TO, LOSE),
    )
    made = list[Chapter]()
    for title, whole, sums, known, others, always in sides:
        names = {kind: word for kind, word in (known | others).items() if kind in sums or kind in set(always)}
        heads = [say(word) for word in (*HEADS[:2], *names.values(), whole)]
        cells = partial(_sides, title == CAME, tuple(names))
        made.append(Chapter(say(title), other_tongue(lang, title), _columns(heads), _table(found, cells, say)))
    return made


def _sides(came: bool, names: tuple[str, ...], line: Line) -> tuple[Amounts, ...]:
    sums = line.came if came else line.went
    return (*(sums.get(name, Amounts()) for name in names), line.more if came else line.less)


def _wrong(found: Term, lang: str) -> Chapter:
    say = partial(tr, lang)
    columns = [Column(say(name), width, "right" if n == 5 else "left", n != 5)
               for n, (name, width) in enumerate(DIFFERENCE)]  # fmt: skip
    rows = [_differs(one, say) for one in found.differs]
    return Chapter(say(DIFFERS), other_tongue(lang, DIFFERS), columns, rows)


def _differs(one: Differs, say: Any) -> list[str]:
    days = (day.isoformat() if day else "—" for day in (one.card, one.paper))
    return [one.number, one.name, say(WRONG[one.wrong.value]), *days, figures(one.amount)]
