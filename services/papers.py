"""Whether a paper is unchanged, and whether it is this office's and still stands."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.document import Document
from models.handover import Handover, HandoverState
from resources.words import N_
from services.desk.intent import query
from services.desk.store import fingerprint
from services.documents.verify import Seal, inspect


class Standing(enum.StrEnum):
    """What an opened office says of an intact paper."""

    UNKNOWN = "unknown"  # no office was opened
    OURS = "ours"
    SUPERSEDED = "superseded"
    VOID = "void"
    FOREIGN = "foreign"


SAYS = {
    Standing.OURS: N_("It is this office's paper and it stands."),
    Standing.SUPERSEDED: N_("It is this office's paper, but a later version replaces it or it was recalled."),
    Standing.VOID: N_("It is this office's paper, but the note was cancelled: its number is void."),
    Standing.FOREIGN: N_("It is not a paper this office issued."),
}


@dataclass(frozen=True)
class Verdict:
    """What can be said of a file."""

    seal: Seal
    sha256: str
    standing: Standing = Standing.UNKNOWN

    @property
    def intact(self) -> bool:
        """Not a byte differs from what was issued."""
        return self.seal.intact

    @property
    def good(self) -> bool:
        """Intact, and nothing speaks against it."""
        return self.intact and self.standing in (Standing.UNKNOWN, Standing.OURS)

    def sentences(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The verdict as sentences to translate, with their values."""
        if not self.intact:
            yield self.seal.problem, {}
            return
        known = {"number": self.seal.number, "version": self.seal.version}
        yield N_("Intact: {number}, version {version}. Not a byte differs from the paper as it was made."), known
        if self.standing in SAYS:
            yield SAYS[self.standing], {}
        yield N_("This proves no authorship: the paper carries no digital signature yet."), {}


def judge(data: bytes) -> Verdict:
    """Intact or changed; needs no office."""
    return Verdict(inspect(data), fingerprint(data))


@query(N_("Standing of a paper"), on=Document)
def standing(session: Session, sha256: str) -> Standing:
    """What this office says of a file with this SHA-256 (hex)."""
    found = session.scalar(sa.select(Document).where(Document.sha256 == sha256))
    judged = _judges.get(found.kind) if found else None
    return judged(session, found) if found and judged else Standing.FOREIGN


Judge = Callable[[Session, Document], Standing]
_judges: dict[str, Judge] = {}


def judging(*kinds: str) -> Callable[[Judge], Judge]:
    """Makes known who says how papers of these kinds stand, by the record they are about."""

    def known(function: Judge) -> Judge:
        _judges.update(dict.fromkeys(kinds, function))
        return function

    return known


@judging("handover")
def _of_handover(session: Session, found: Document) -> Standing:
    note = session.get(Handover, found.about_id)
    if note is None:
        return Standing.FOREIGN
    if note.state is HandoverState.CANCELLED:
        return Standing.VOID
    stands = note.version == found.version and note.state is not HandoverState.DRAFT
    return Standing.OURS if stands else Standing.SUPERSEDED


def with_standing(verdict: Verdict, found: Standing) -> Verdict:
    """The verdict once an office was asked."""
    return replace(verdict, standing=found)
