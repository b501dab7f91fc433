"""The certificates of one person on a day: each as it stands, which of them count, and what his posts ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate
from models.staff import Staff
from resources.words import N_
from services.certificate_kinds import kinds
from services.certificate_state import Standing
from services.certificates_held import Held, as_id, best, held
from services.desk.errors import Missing
from services.desk.intent import query
from services.may_do import NO_RECORD, lacking
from services.post_asked import Judged, asked_of, judged
from services.reasons import Reason
from services.skill_needs import Group, Scope, needs


@dataclass(frozen=True)
class Paper:
    """A certificate as it stands; `counts`: it is the one of its kind that does. `renewed_by`: the number of the one in
    its place."""

    id: UUID
    number: str
    kind: str
    paper_no: str
    level: str
    issuer: str
    issued_on: date
    valid_until: date | None
    standing: Standing
    counts: bool
    renewed_by: str
    note: str


@dataclass(frozen=True)
class Asked:
    """A group of kinds his post asks for, of which one will do; `why` none does, None when one does. `each`: it is
    asked of everybody in the post, and not of some of them."""

    group: Group
    each: bool
    why: Reason | None


@dataclass(frozen=True)
class PersonCertificates:
    """His papers, the newest of each kind first, and what is asked of him: certificates, and everything else."""

    papers: tuple[Paper, ...]
    asked: tuple[Asked, ...]
    others: tuple[Judged, ...]


@query(N_("Certificates of a person"), on=Certificate, name="certificates.of_person")
def of_person(session: Session, staff_id: UUID, on: date) -> PersonCertificates:
    """Everything he holds or held, and what his posts ask for on a day. Missing: there is nobody such in reach."""
    if session.get(Staff, staff_id) is None:
        raise Missing(NO_RECORD)
    known = kinds(session)
    rows = held(session, on, people=(staff_id,))
    counting = {row.id for row in best(rows).values()}
    said = {row.id: row for row in session.scalars(sa.select(Certificate).where(Certificate.staff_id == staff_id))}
    renewed = {row.renews_id: row.number for row in said.values() if row.renews_id}

    def place(row: Held) -> tuple[int, int]:
        return known.order.get(row.kind, len(known.order)), -row.issued_on.toordinal()

    papers = tuple(
        Paper(own.id, own.number, row.kind, row.paper_no, own.level or "", own.issuer or "", row.issued_on,
              row.valid_until, row.standing, row.id in counting, renewed.get(own.id, ""), own.note or "")
        for row in sorted(rows, key=place) if (own := said[as_id(row.id)])
    )  # fmt: skip
    mine = {row.kind: row for row in rows if row.id in counting}
    asks = needs(session, on, Scope(holder=staff_id), known.order)
    groups = [(group, True) for group in sorted(set[Group]().union(*asks.of.values()))]
    groups += [(group, False) for group in sorted(set[Group]().union(*asks.some.values()))]
    others = judged(session, on, asked_of(session, on, Scope(holder=staff_id)))
    return PersonCertificates(papers, tuple(Asked(group, each, lacking(group, mine, on)) for group, each in groups),
                              tuple(row for rows in others.values() for row in rows))  # fmt: skip
