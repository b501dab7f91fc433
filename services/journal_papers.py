"""日志摘录: what was recorded in a period, with the proof of its chains, as a paper in either language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.base import entities
from resources.words import N_, tr
from services.change_words import act, changes, step
from services.desk.desk import Desk
from services.desk.faults import UNREAD
from services.desk.schema import describe
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.field_words import NOTHING, instant
from services.journal import WHOLE, Changed
from services.journal_extract import TOLD, Chain, Extract, Line, Link
from services.place_papers import office_of, other_tongue
from services.soundness import in_words

TITLE = N_("Journal extract")
FIELDS = 5  # of one record; the rest is counted
GROUP = 8  # digits of a hash that stand together
MADE, LOOKED = N_("New: {what}"), N_("Looked at: {what}")
REMARK = N_(
    "Personal values are never told: that they changed is. Of one record the first {n} things are told, the rest is"
    " counted; all of it is in the journal."
)
HOW = N_(
    "Proof: SHA-256 of every record from the first to the last of the extract, each names the hash before it, each is"
    " sealed by its writer (Ed25519). Who kept a hash elsewhere compares it here."
)
LINES = ((N_("Record"), 38), ("rec.at", 62), ("rec.actor", 58), ("rec.cmd", 96), ("rec.compound_id", 80),
         (N_("What it did"), 290), ("rec.reason", 96))  # fmt: skip
CHAINS = ((N_("Chain"), 104), (N_("In the extract"), 46), (N_("Which record"), 46), (N_("Record"), 38),
          (N_("In its chain"), 46), ("rec.at", 62), ("SHA-256", 152), (N_("SHA-256 of the one before"), 152),
          (N_("Result"), 84))  # fmt: skip
RIGHT = (N_("Record"), N_("In the extract"), N_("In its chain"))
SOUND = N_("{n} records from first to last: all unchanged, in their place and sealed")
BROKEN = N_("{n} faults: do not rely on this part")


def extract(
    desk: Desk, from_on: date | None, until_on: date | None, lang: str, *, accounts: Sequence[str] = (),
    acts: Sequence[str] = (), compound_ids: Sequence[UUID | None] = (), about: tuple[str, UUID] | None = None,
    search: str = "",
) -> bytes:  # fmt: skip
    """Of a period, of some accounts, acts and compounds (None: the whole office), of one record (kind, id), of what has
    a text in account or reason. Errors as `journal.extract`."""
    say = partial(tr, lang)
    entity, id = about or ("", None)
    found: Extract = desk.ask(
        "journal.extract", from_on=from_on, until_on=until_on, accounts=accounts, acts=acts,
        compound_ids=compound_ids, entity=entity, record_id=id, search=search,
    )  # fmt: skip
    first = from_on or (found.lines[0].at.astimezone().date() if found.lines else None)
    period = f"{first or NOTHING} — {until_on or desk.clock().astimezone().date()}"
    faults = sum(len(chain.faults) for chain in found.chains)
    paper = Statement(
        "journal-extract", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [(say(N_("Period")), period),
         (say(N_("Extract of")), _of(desk, accounts, acts, compound_ids, about, search, say)),
         (say(N_("Drawn up")), instant(desk.clock())), (say(N_("By")), desk.account)],
        _columns(LINES, say), [_line(line, found, lang) for line in found.lines], (),
        [
            (say(N_("Records")), f"{len(found.lines):,}"), (say(N_("Operations")), f"{found.operations:,}"),
            (say("accounts"), f"{len({line.actor for line in found.lines}):,}"),
            (say(N_("Chains")), f"{len(found.chains):,}"), (say(N_("Faults")), f"{faults:,}"),
        ],
        [say(REMARK, n=TOLD), say(HOW)], [say(N_("Prepared by")), say(N_("Auditor")), say(N_("Date"))],
        [*_proof(found, lang), *([_faults(found, lang)] if faults else [])],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _columns(names: Sequence[tuple[str, int]], say: Any) -> list[Column]:
    return [Column(say(name), width, "right" if name in RIGHT else "left", name not in RIGHT) for name, width in names]


def _of(
    desk: Desk, accounts: Sequence[str], acts: Sequence[str], compounds: Sequence[UUID | None],
    about: tuple[str, UUID] | None, search: str, say: Any,
) -> str:  # fmt: skip
    """What the extract is narrowed to, in words."""
    names = [*accounts, *(act(say.args[0], name) for name in acts)]
    named = desk.names("compound", [id for id in compounds if id])
    names += [named[id].label if id in named else str(say(WHOLE)) for id in compounds]
    if about is not None:
        found = desk.named(*about)
        names.append(_called(about[0], found.number, found.label, say))
    return str(say(N_(", "))).join([*names, *([f"“{search}”"] if search else [])]) or str(say(N_("the whole journal")))


def _called(kind: str, number: str, label: str, say: Any) -> str:
    word = str(say(kind))
    return " ".join((word[:1].upper() + word[1:], number, *([label] if label != number else [])))


def _line(line: Line, found: Extract, lang: str) -> list[str]:
    say = partial(tr, lang)
    return [
        str(line.record), line.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"), line.actor,
        step(lang, line.cmd, line.first, line.times), line.compound or say(WHOLE), _changes(line, found, lang),
        line.reason or NOTHING,
    ]  # fmt: skip


def _changes(line: Line, found: Extract, lang: str) -> str:
    """One thing below the other."""
    say = partial(tr, lang)
    told = [_change(change, found, lang) for change in line.changes]
    if line.total > len(told):
        told.append(say(N_("and {count} more"), count=f"{line.total - len(told):,}"))
    return "\n".join(told) or (NOTHING if line.readable else say(UNREAD))


def _change(change: Changed, found: Extract, lang: str) -> str:
    say = partial(tr, lang)
    named = change.named
    what = _called(
        change.entity, named.number if named else change.id.hex[:8], named.label if named else "", say
    ).strip()
    specs = describe(entities()[change.entity]) if change.entity in entities() else {}
    given = {k: pair for k, pair in change.fields.items() if not (change.created and pair[1] in (None, ""))}
    said = say(N_("; ")).join(changes(lang, given, specs, found.names, FIELDS, created=change.created))
    if change.created:
        what = say(MADE, what=what)
    elif not change.fields:
        what = say(LOOKED, what=what)
    return say(N_("{field}: {values}"), field=what, values=said) if said else what


def _proof(found: Extract, lang: str) -> list[Chapter]:
    """Of each chain its first and its last record in the extract."""
    title, say = N_("Proof of the chains"), partial(tr, lang)
    rows = [row for chain in found.chains for row in _chain(chain, say)]
    return [Chapter(say(title), other_tongue(lang, title), _columns(CHAINS, say), rows)]


def _chain(chain: Chain, say: Any) -> list[list[str]]:
    name = f"{chain.writer} {chain.place} · {chain.compound or say(WHOLE)}"
    key = say(N_("Signing key {digits}"), digits=_grouped(chain.key[:16]))
    result = say(BROKEN, n=f"{len(chain.faults):,}") if chain.faults else say(SOUND, n=f"{chain.count:,}")
    return [
        [name, f"{chain.told:,}", *_link(chain.first, say(N_("first record")), say), result],
        [key, "", *_link(chain.last, say(N_("last record")), say), ""],
    ]


def _link(link: Link, which: str, say: Any) -> list[str]:
    before = _grouped(link.before) or say(N_("none: it begins the chain"))
    at = link.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return [which, str(link.record), f"{link.seq:,}", at, _grouped(link.hash), before]


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _faults(found: Extract, lang: str) -> Chapter:
    title, say = N_("Faults"), partial(tr, lang)
    rows = [
        [f"{chain.writer} {chain.place} · {chain.compound or say(WHOLE)}", in_words(fault, lang)]
        for chain in found.chains for fault in chain.faults
    ]  # fmt: skip
    return Chapter(
        say(title), other_tongue(lang, title), [Column(say(N_("Chain")), 200), Column(say(N_("Fault")), 540)], rows
    )
