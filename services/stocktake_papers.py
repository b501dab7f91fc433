"""The papers of stocktakes: read back as they were issued or drawn anew, and how they stand."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.document import Document
from models.stocktake import Stocktake, StocktakeState
from models.stocktake_paper import StocktakePaper
from resources.words import N_
from services.desk.intent import query
from services.papers import Standing, judging

S = StocktakeState
STANDS = {  # in which states a frozen paper still says how things are
    "stocktake_report": (S.REPORTED, S.APPROVED, S.CLOSED),
    "stocktake_approval": (S.APPROVED, S.CLOSED),
}


@query(N_("Paper of a stocktake"), on=Stocktake, name="stocktakes.paper")
def paper(
    session: Session, stocktake_id: UUID, stage: StocktakePaper, team_id: UUID | None = None,
    stocktake_room_id: UUID | None = None, lang: str = "zh_CN",
) -> bytes:  # fmt: skip
    """A paper as PDF: report and approval, once they are frozen, byte for byte (in Chinese); else drawn in a language,
    with a watermark as long as what it says may change. The sheet may be of one team or one room. Missing: it comes
    with a later step. Conflict: the stocktake was cancelled."""
    from services.documents import stocktaken  # the PDF libraries are loaded with the first paper

    return stocktaken.of(session, stocktake_id, StocktakePaper(stage), team_id, stocktake_room_id, lang)


@judging(*STANDS)
def _standing(session: Session, found: Document) -> Standing:
    stocktake = session.get(Stocktake, found.about_id)
    if stocktake is None:
        return Standing.FOREIGN
    if stocktake.state is S.CANCELLED:
        return Standing.VOID
    newest = session.scalar(sa.select(sa.func.max(Document.version)).where(Document.number == found.number))
    stands = found.version == newest and stocktake.state in STANDS[found.kind]
    return Standing.OURS if stands else Standing.SUPERSEDED
