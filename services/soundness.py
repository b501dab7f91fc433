"""Whether everything is whole: the parts of the check, the heads of the journal, records that papers name."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import GLOBAL
from models.compound import Compound
from models.journal import Record, Writer
from resources.words import N_, Word, tr
from services.checks import code
from services.desk import checking, codec, trail
from services.desk.checking import Checked
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.faults import Fault
from services.desk.intent import intent, query
from services.desk.pen import own_role
from services.desk.session import DeskSession
from services.desk.work import Work

ALL_OF_IT = N_("On a server the auditor checks the data: nobody else may read all of it")
LANGS = ("zh_CN", "en")
FEWEST = 12  # digits of a hash that somebody must type; a paper prints 16 (`services.documents.sheet`)


@query(N_("Check everything"), name="journal.check")
def check(session: Session, part: str | None = None) -> list[Checked]:
    """Looks at every part of the store, or at one. It may take minutes; `tell` of the desk hears (done, total) of the
    part it is at (total 0: not known) and stops it. Missing: there is no such part. Conflict: the office is on a server
    and not all of it may be read."""
    assert isinstance(session, DeskSession)
    store, tell = session.info["store"], session.info["tell"]
    if own_role(store.engine) and session.kinds is not None:
        raise Conflict(ALL_OF_IT)
    there = {found.name: found for found in checking.parts(store)}
    if part and part not in there:
        raise Missing(N_("There is no part “{part}”; there are: {names}"), part=part, names=", ".join(there))
    return [checking.look(store, found, tell) for found in ([there[part]] if part else there.values())]


@intent(
    N_("Note that a check was made"), name="journal.note_check", own=True,
    kept=N_("That somebody looked is not taken back."),
)  # fmt: skip
def note_check(work: Work, *, parts: Sequence[str], faults: Sequence[int], lang: str = LANGS[0]) -> None:
    """Leaves a record of who looked, when, at which parts, and how many faults each had, as a sentence of its own in
    one of the languages. Invalid: that is no result of a check."""
    known = len(set(parts)) == len(parts) == len(faults) > 0 and set(parts) <= checking.PARTS.keys()
    if not known or lang not in LANGS or any(count < 0 for count in faults):
        names = ", ".join(checking.PARTS)
        message = N_("A check has parts, each once and each with its count of faults; there are: {names}")
        raise Invalid(message, names=names)
    work.witness()
    work.because(told([Checked(part, int(n), (), 0.0) for part, n in zip(parts, faults, strict=True)], lang))


def noted(results: Sequence[Checked], lang: str) -> dict[str, Any]:
    """What `note_check` is to be told of a check."""
    return {"parts": [each.part for each in results], "faults": [each.count for each in results], "lang": lang}


@dataclass(frozen=True)
class Head:
    """The newest record of one chain; `scope` is a compound's code, empty for all compounds. `hash` is hex."""

    writer: int
    place: str
    scope: str
    record: int
    number: int
    at: datetime
    hash: str


@query(N_("Heads of the journal"), name="journal.heads")
def heads(session: Session) -> list[Head]:
    """The newest record of every chain: kept elsewhere they show a tail that was cut off."""
    store, found = session.info["store"], list[Head]()
    places = {w.no: w.place for w in session.scalars(sa.select(Writer))}
    codes = {c.id: c.code for c in session.scalars(sa.select(Compound), execution_options={"dead": True})}
    for (w, st), (seq, own) in sorted(trail.heads(store).items()):
        same = (Record.w == w, Record.st == st, Record.seq == seq)
        if (newest := session.execute(sa.select(Record.lsn, Record.at).where(*same)).first()) is None:
            continue  # out of reach
        scope = "" if st == GLOBAL else codes.get(st, st.hex[:8])
        found.append(Head(w, places.get(w, ""), scope, newest.lsn, seq, newest.at, own.hex()))
    return found


class Anchored(enum.StrEnum):
    """What became of a record that a paper names."""

    UNCHANGED = "unchanged"
    MISSING = "missing"
    DIFFERENT = "different"


ANCHORED = {
    Anchored.UNCHANGED: N_("Record {record} is in the journal, unchanged since the paper was printed."),
    Anchored.MISSING: N_(
        "Record {record} is not in the journal: the records since the paper was printed are cut off, or the data is"
        " another one."
    ),
    Anchored.DIFFERENT: N_(
        "Record {record} in the journal is not the one the paper names: history was replaced since it was printed, or"
        " the paper is not of this office."
    ),
}


@query(N_("Record a paper names"), name="journal.anchored")
def anchored(session: Session, record: int, digest: str) -> Anchored:
    """Whether the record that the foot of a paper names is still there. `digest` are the digits after its number."""
    said = "".join(code(digest).lower().split())
    if len(said) < FEWEST or not set(said) <= set("0123456789abcdef"):
        message = N_("Type at least {n} of the digits (0–9, A–F) that stand behind the number of the record")
        raise Invalid(message, field=Word("journal.digest"), n=FEWEST)
    found = session.execute(sa.select(Record.body, Record.hash).where(Record.lsn == record)).first()
    if found is None:
        return Anchored.MISSING
    whole = codec.digest(found.body) == found.hash
    return Anchored.UNCHANGED if whole and found.hash.hex().startswith(said) else Anchored.DIFFERENT


def parts(desk: Desk) -> list[tuple[str, str, str]]:
    """The parts there are here: name, title, what they prove (sentences to translate)."""
    return [(part.name, part.title, part.proves) for part in checking.parts(desk.store)]


def title(part: str) -> str:
    """The name of a part, a sentence to translate."""
    return checking.PARTS[part].title


def in_words(fault: str, lang: str) -> str:
    """A fault in a language."""
    if not isinstance(fault, Fault):
        return fault
    values = dict(fault.values)
    if "fields" in values:
        names = (Word(f"{values['kind']}.{name}") for name in values["fields"].split(", "))
        values["fields"] = ", ".join(tr(lang, name).removeprefix(f"{values['kind']}.") for name in names)
    return tr(lang, fault.sentence, **values)


def told(results: Sequence[Checked], lang: str) -> str:
    """A whole check in one line."""
    names = tr(lang, N_(", ")).join(tr(lang, title(each.part)) for each in results)
    if not any(each.count for each in results):
        return tr(lang, N_("Everything is whole: {parts}"), parts=names)
    wrong = ", ".join(f"{tr(lang, title(each.part))} {each.count:,}" for each in results if each.count)
    return tr(lang, N_("{n} faults found: {parts}"), n=f"{sum(each.count for each in results):,}", parts=wrong)
