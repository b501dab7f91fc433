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
from models.post import Post, PostFunction
from models.staff import Staff
from resources.words import N_, tr
from services.certificate_kinds import kinds
from services.certificates_held import best, held, raw
from services.desk.intent import query
from services.desk.schema import takes
from services.may_do import present_on
from services.skill_matrix import DAY_OF, SCOPED, matrix, scope_of
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
    whole = matrix(session, on, compound_ids, unit_ids, functions)
    names = {row.code: row.name for row in kinds(session).rows}
    return certificate_register.of(session, _lines(session, on, scope), whole, _named(session, scope), names)


takes("certificates.register", (DAY_OF, *SCOPED))


def _named(session: Session, scope: Scope) -> str:
    """The scope in words; nothing for everybody."""
    names = list[str]()
    for kind, ids in ((Compound, scope.compounds), (Organization, scope.units)):
        names += [row.name for id in ids if (row := session.get(kind, id))]  # type: ignore[attr-defined]
    names += [tr("zh_CN", f"post.function={function.value}") for function in scope.functions]
    return "、".join(names)


def _lines(session: Session, on: date, scope: Scope) -> list[Line]:
    from services.documents.certificate_register import Line

    known = kinds(session)
    found = (
        sa.select(raw(Staff.id), Staff.name, Staff.number, Compound.name.label("home"), Organization.name.label("unit"),
                  Post.name.label("post"))
        .outerjoin(Compound, Compound.id == Staff.compound_id)
        .outerjoin(Organization, Organization.id == Staff.unit_id)
        .outerjoin(Post, Post.id == Staff.post_id)
        .where(*present_on(on), *scope.people())
    )  # fmt: skip
    if scope.functions:
        found = found.where(Post.function.in_(scope.functions))
    people = {row[0]: row for row in session.execute(found.order_by(Compound.code, Staff.number))}
    papers = {row.id: row for row in best(held(session, on)).values() if row.staff_id in people}
    issuers: dict[Any, str | None] = dict(session.execute(sa.select(raw(Certificate.id), Certificate.issuer)).all())
    order = {id: at for at, id in enumerate(people)}
    rows = sorted(papers.values(), key=lambda row: (order[row.staff_id], known.order.get(row.kind, 999)))
    return [
        Line(person.name, person.number, person.home or "", person.post or person.unit or "", row.kind, row.paper_no,
             issuers.get(row.id) or "", row.issued_on, row.valid_until, row.standing)
        for row in rows if (person := people[row.staff_id])
    ]  # fmt: skip
