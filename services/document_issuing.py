"""Issuing a paper that is drawn whenever somebody asks: it gets a number, is kept byte for byte, and replaces its
version before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.document import BOTH, FILED, Document
from resources.words import N_
from services import issued, paper_settings
from services.desk.errors import Invalid, Missing
from services.desk.intent import intent, query
from services.desk.work import NO_RECORD, Work

SERIES = "WD"
KEPT = N_("An issued paper stays: issue it anew, and the new version replaces it")
NO_KIND = N_("“{kind}” is no paper that is filed")
AS_IT_IS = N_("A paper of this kind says what is there now: it is issued as on today")
OF_TODAY = ("register", "card")
TRIES = 3
AHEAD = N_("The base date lies ahead: {date}")


@dataclass(frozen=True)
class Subject:
    """What a paper is: its kind, the compound whose it is (None: the whole office), the record it is about, its base
    date, and what else tells it from others of its kind, as a period does."""

    kind: str
    compound: UUID | None
    record: UUID | None
    on: date
    more: str = ""
    name: str = ""  # of the record, for the title in the archive

    @classmethod
    def of(cls, kind: str, row: Mapping[str, Any], on: date) -> Subject:
        """A paper about a record of a compound, by its row."""
        return cls(kind, row["compound_id"], row["id"], on, name=str(row.get("number") or row.get("code") or ""))

    @classmethod
    def within(cls, kind: str, scope: Mapping[str, Sequence[Any]], on: date, more: str = "") -> Subject:
        """A paper about whatever a page or list lets through: that of a compound where it is one's alone. The order of
        what was chosen tells nothing."""
        compounds = scope.get("compound_id") or scope.get("compound_ids") or ()
        chosen = {
            name: sorted(str(value) for value in values if value not in ("", None)) for name, values in scope.items()
        }
        said = repr(sorted((name, values) for name, values in chosen.items() if values))
        digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        return cls(kind, compounds[0] if len(compounds) == 1 else None, None, on, f"{more}|{digest}")

    @classmethod
    def over(
        cls, kind: str, first: date, last: date, today: date, scope: Mapping[str, Sequence[Any]] | None = None
    ) -> Subject:
        """A paper of a period, as on its last day or today, about whatever is let through."""
        return cls.within(kind, scope or {}, min(last, today), f"{first}..{last}")

    def spoken(self, lang: str) -> Subject:
        """The same in a language: a paper that is drawn in both is another one in English."""
        return replace(self, more=f"{self.more}|en") if lang == "en" and self.kind in BOTH else self

    @property
    def key(self) -> str:
        """Papers with the same are versions of one."""
        ids = (str(id.hex) if id else "-" for id in (self.compound, self.record))
        return "|".join((self.kind, *ids, self.on.isoformat(), self.more))


class Drawing(Protocol):
    """Draws a paper by the kit of `services.documents`; what it returns does not matter."""

    def __call__(self) -> object: ...


@dataclass(frozen=True)
class Version:
    """The newest issued paper of a subject."""

    id: UUID
    number: str
    version: int
    issued_at: datetime
    account: str


@intent(N_("Issue paper"), on=Document, name="documents.issue", kept=KEPT)
def issue(work: Work, *, about: Subject, draw: Drawing) -> UUID:
    """Has a paper drawn with a number of its own and keeps it; returns its row. `draw` reads what is stored, not what
    this unit of work writes. Invalid: the kind is not filed, the day lies ahead, or it could not be read."""
    from services.documents.filing import Filing  # the PDF libraries are loaded with the first paper
    from services.documents.sheet import anchored

    if about.kind not in FILED:
        raise Invalid(NO_KIND, kind=about.kind)
    if about.on > work.today:
        raise Invalid(AHEAD, date=about.on)
    if about.kind in OF_TODAY and about.on != work.today:
        raise Invalid(AS_IT_IS)
    work.alone(about.key)
    before = work.session.scalar(_newest(about.key))
    number = before.number if before else next(work.numbers(SERIES))
    made = work.now.replace(microsecond=0)
    version = before.version + 1 if before else 1
    head = work.head()
    for _ in range(TRIES):
        filed = Filing(about.kind, number, version, about.on, made, work.actor, anchored(*head), work.seal)
        with paper_settings.dress(work.session, about.kind).worn(), filed.standing():
            draw()
        if (now := work.head()) == head:
            break
        head = now  # somebody stored something meanwhile: what it says and what it is anchored to go together
    assert filed.paper, "nothing was drawn"
    return issued.keep(
        work, filed.paper, compound_id=about.compound, kind=about.kind, number=number, version=filed.version,
        about_id=about.record, on=about.on, subject=about.key, name=about.name,
    ).id  # fmt: skip


@query(N_("Issued version of a paper"), on=Document, name="documents.newest")
def newest(session: Session, subject: str) -> Version | None:
    """The newest issued paper of a subject (`Subject.key`); None where it was never issued."""
    return _version(session.scalar(_newest(subject)))


@query(N_("Number of an issued paper"), on=Document, name="documents.version")
def filed_under(session: Session, document_id: UUID) -> Version:
    """What an issued paper is filed under. Missing: it is out of reach."""
    found = _version(session.get(Document, document_id))
    if found is None:
        raise Missing(NO_RECORD)
    return found


def _version(row: Document | None) -> Version | None:
    if row is None or row.issued_at is None:
        return None
    return Version(row.id, row.number, row.version, row.issued_at, row.account or "")


def _newest(subject: str) -> sa.Select[Document]:
    found = sa.select(Document).where(Document.subject == subject)
    return found.order_by(Document.version.desc()).limit(1)
