"""What somebody lacks of what a post asks for, certificates and everything else: said before he is put into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.staff import Staff
from services.certificate_kinds import kinds
from services.certificates_held import best, held, raw
from services.may_do import lacking
from services.post_asked import asked_by, judged
from services.reasons import Reason
from services.skill_needs import Scope, groups_asked


def lacks(session: Session, staff_id: UUID, post_id: UUID, on: date) -> list[Reason]:
    """Everything a post asks of each of its people that one person does not meet on a day. What nobody entered of him
    is no reason, nor is a certificate only some of the post must hold."""
    return [*_papers(session, staff_id, post_id, on), *_others(session, staff_id, post_id, on)]


def _papers(session: Session, staff_id: UUID, post_id: UUID, on: date) -> Iterator[Reason]:
    asked = groups_asked(session, on, Scope(post=post_id), kinds(session).order)
    groups = [group for found in asked.values() for group, some in found.items() if not some]
    if groups:
        mine = {kind: row for (_, kind), row in best(held(session, on, people=(staff_id,))).items()}
        yield from (why for group in groups if (why := lacking(group, mine, on)))


def _others(session: Session, staff_id: UUID, post_id: UUID, on: date) -> Iterator[Reason]:
    asked, key = asked_by(session, on, post_id), session.scalar(sa.select(raw(Staff.id)).where(Staff.id == staff_id))
    if asked and key is not None:
        for row in judged(session, on, {key: asked})[key]:
            if row.lacking and (why := row.why()):
                yield why
