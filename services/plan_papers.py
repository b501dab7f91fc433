"""The year plan of a compound as a paper: what the law asks for first, with every planned day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.compound import Compound
from models.maintenance_plan import MaintenancePlan
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.site import the_office
from services.plan_year import year_of


@query(N_("Year plan of a compound"), on=MaintenancePlan, name="maintenance_plans.year_paper")
def year_paper(session: Session, compound_id: UUID, year: int, on: date) -> bytes:
    """年度法定检验检测与维护保养计划 as it stands on a day, as a PDF. Missing: the compound is out of reach."""
    from services.documents import plain_paper, year_plan  # the PDF libraries are loaded with the first paper

    found = year_of(session, year, on, [compound_id])
    compound = session.scalar(sa.select(Compound.name).where(Compound.id == compound_id)) or ""
    office = the_office(session).name
    return plain_paper.draw(year_plan.paper(office, compound, found))


takes("maintenance_plans.year_paper", (
    FieldSpec("maintenance_plan", "compound_id", Kind.REFERENCE, True, target="compound"),
    FieldSpec("maintenance_plan", "year", Kind.INTEGER, True, least=1),
    FieldSpec("maintenance_plan", "on", Kind.DATE, True),
))  # fmt: skip
