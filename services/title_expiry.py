"""What ends soon: terms of use, and mortgages and seizures that stand open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.compound import Compound
from models.title import Title
from models.title_event import TitleEvent
from resources.words import N_
from services.desk.intent import query
from services.title_state import STANDS, STARTS, Standing, standing


@dataclass(frozen=True)
class Expiring:
    """A term or a limit that ends soon or has ended: `kind` is "term" or the kind of the event; `days` left, below
    zero when it has passed."""

    title_id: UUID
    number: str
    compound: str
    location: str
    kind: str
    about: str
    until: date
    days: int


@query(N_("Terms and mortgages that expire"), on=Title, name="titles.expiring")
def expiring(session: Session, on: date) -> list[Expiring]:
    """Terms of use, mortgages and seizures that end within the days of `title_rules.json`, the earliest first."""
    last = on + timedelta(days=resources.settings("title_rules")["expiring_days"]["value"])
    ends = sa.or_(
        TitleEvent.term_until <= last, sa.and_(TitleEvent.until_on <= last, TitleEvent.kind.in_(tuple(STARTS)))
    )
    ids = sa.select(TitleEvent.title_id).where(ends).distinct()
    ledgers: dict[UUID, list[TitleEvent]] = {}
    for event in session.scalars(sa.select(TitleEvent).where(TitleEvent.title_id.in_(ids))):
        ledgers.setdefault(event.title_id, []).append(event)
    found = [row for id, ledger in ledgers.items() for row in _ends(session, id, standing(ledger, on), on, last)]
    return sorted(found, key=lambda row: (row.until, row.number, row.kind))


def _ends(session: Session, id: UUID, now: Standing, on: date, last: date) -> Iterable[Expiring]:
    title = session.get(Title, id)
    if title is None:
        return
    compound = session.get(Compound, title.compound_id)

    def row(kind: str, about: str | None, until: date) -> Expiring:
        where = (title.number, compound.name if compound else "", title.location)
        return Expiring(id, *where, kind, about or "", until, (until - on).days)

    if now.state in STANDS and now.term_until and now.term_until <= last:
        yield row("term", now.certificate or now.proofs["term_until"].paper, now.term_until)
    for event in now.open:
        if event.until_on and event.until_on <= last:
            yield row(event.kind.value, " · ".join(filter(None, (event.party, event.paper))), event.until_on)
