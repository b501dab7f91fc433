"""Issued papers: the bytes are kept, and a row names them with what their code says and where they can be signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from models.document import Document
from resources.words import N_
from services.desk.errors import Invalid
from services.desk.work import Work

if TYPE_CHECKING:
    from services.documents.sheet import Paper


UNREADABLE = N_("No shipped font has these characters: {signs}; correct the record first")


def keep(
    work: Work, paper: Paper, *, compound_id: UUID | None, kind: str, number: str, version: int, about_id: UUID | None,
    on: date | None = None, subject: str | None = None, name: str = "",
) -> Document:  # fmt: skip
    """Keeps a paper that was issued about a record. `on` is its base date; the record's `name` stands in its title.
    Invalid: it has characters no shipped face has, and could not be read."""
    if paper.losses:
        raise Invalid(UNREADABLE, signs=" ".join(f"{c} (U+{ord(c):04X})" for c in paper.losses))
    digest = work.keep(paper.data)
    spots = msgspec.json.encode(paper.spots).decode() if paper.spots else None
    title = " · ".join(filter(None, (paper.title, name)))[:200]
    return work.add(
        Document(
            compound_id=compound_id, kind=kind, number=number, version=version, about_id=about_id, sha256=digest,
            size=len(paper.data), code=paper.code or None, spots=spots, title=title or None, on=on,
            account=work.actor, issued_at=work.now, pages=paper.pages, subject=subject,
        )
    )  # fmt: skip
