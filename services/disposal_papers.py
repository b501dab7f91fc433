"""The papers of disposals: read back as they were issued, and how they stand."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.disposal import Disposal, DisposalState, Stage
from models.document import Document
from resources.words import N_
from services.desk.intent import query
from services.papers import Standing, judging

S = DisposalState
STANDS = {  # in which states the paper of a stage still says how things are
    "disposal_application": (S.APPLIED, S.APPROVED, S.EXECUTED, S.REFUSED),
    "disposal_approval": (S.APPROVED, S.EXECUTED),
    "disposal_write_off": (S.EXECUTED,),
}


@query(N_("Paper of a disposal"), on=Disposal, name="disposals.paper")
def paper(session: Session, disposal_id: UUID, stage: Stage | None = None) -> bytes:
    """The PDF of a stage, or of the last one, as it was issued, byte for byte; a draft is drawn anew with a watermark.
    Missing: that stage is not reached."""
    from services.documents import disposed

    return disposed.of(session, disposal_id, Stage(stage) if stage else None)


@judging(*STANDS)
def _standing(session: Session, found: Document) -> Standing:
    disposal = session.get(Disposal, found.about_id)
    if disposal is None:
        return Standing.FOREIGN
    if disposal.state is S.CANCELLED:
        return Standing.VOID
    newest = session.scalar(sa.select(sa.func.max(Document.version)).where(Document.number == found.number))
    stands = found.version == newest and disposal.state in STANDS[found.kind]
    return Standing.OURS if stands else Standing.SUPERSEDED
