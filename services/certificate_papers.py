"""The register of certificates as a paper: whose, of what kind, until when, and how each stands on the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.certificate import Certificate
from models.compound import Compound
from models.organization import Organization
from models.post import PostFunction
from models.staff import Staff
from resources.rest import resting
from resources.words import N_, tr
from services.certificates_held import raw
from services.desk.intent import query
from services.desk.schema import takes
from services.posts_held import posts_on
from services.skill_matrix import DAY_OF, SCOPED, Reading, scope_of
from services.skill_needs import Scope

if TYPE_CHECKING:
    from services.documents.certificate_register import Line


@query(N_("Register of certificates"), on=Certificate, name="certificates.register")
def register(
    session: Session, on: date, compound_ids: Sequence[UUID] = (), unit_ids: Sequence[UUID] = (),
    functions: Sequence[PostFunction] = (),
) -> bytes:  # fmt: skip
    """Of everybody here, or of some compounds, units, functions, the papers that count, and how many of each kind hold
    against what the posts need, as a PDF. Invalid: there is none."""
    from services.documents import certificate_register  # the PDF libraries are loaded with the first paper

    scope = scope_of(compound_ids, unit_ids, functions)
    with resting():
        reading = Reading(session, on, scope)
        lines, whole = _lines(reading), reading.matrix()
    names = {row.code: row.name for row in reading.kinds.rows}
    return certificate_register.of(session, lines, whole, _named(session, scope), names)


takes("certificates.register", (DAY_OF, *SCOPED))


def _named(session: Session, scope: Scope) -> str:
    """The scope in words; nothing for everybody."""
    names = list[str]()
    for kind, ids in ((Compound, scope.compounds), (Organization, scope.units)):
        names += [row.name for id in ids if (row := session.get(kind, id))]  # type: ignore[attr-defined]
    names += [tr("zh_CN", f"post.function={function.value}") for function in scope.functions]
    return "、".join(names)


def _lines(reading: Reading) -> list[Line]:
    """The papers of the people of the matrix, in its order."""
    from services.documents.certificate_register import Line

    session, order = reading.session, reading.kinds.order
    found = (
        sa.select(raw(Staff.id), Staff.name, Staff.number, Compound.name.label("home"), Organization.name.label("unit"))
        .outerjoin(Compound, Compound.id == Staff.compound_id)
        .outerjoin(Organization, Organization.id == Staff.unit_id)
    )
    people, posts = {row[0]: row for row in session.execute(found)}, posts_on(session, reading.on)
    issuers: dict[Any, str | None] = dict(session.execute(sa.select(raw(Certificate.id), Certificate.issuer)).all())
    return [
        Line(person.name, person.number, person.home or "", posts[key].name if key in posts else person.unit or "",
             row.kind, row.paper_no, issuers.get(row.id) or "", row.issued_on, row.valid_until, row.standing)
        for key in reading.homes if (person := people.get(key))
        for row in sorted(reading.mine.get(key, {}).values(), key=lambda row: order.get(row.kind, len(order)))
    ]  # fmt: skip
