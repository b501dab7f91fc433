"""The dates a plan would come to, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from models.compound import Compound
from models.maintenance_plan import MaintenancePlan
from models.periodic_work import PlanBasis, Unit
from resources.words import N_
from services.desk.errors import Invalid
from services.desk.intent import query
from services.maintenance_plans import NO_INTERVAL
from services.periodic_rules import rules
from services.plan_dates import Planned, Rhythm, legal_latest
from services.plan_things import reached
from services.recurrence import Every, grid, season_of

SHOWN, FAR, YEAR = 12, 40, timedelta(days=365)  # dates; years looked ahead
BAD_SEASON = N_("Write the days of a season as 05-01")


@dataclass(frozen=True)
class Preview:
    """The first dates with the legal latest of each, and how many fall into the first twelve months; `after` says what
    each follows from."""

    dates: tuple[Planned, ...]
    of_year: int
    after: PlanBasis


@query(N_("Dates of a plan"), on=MaintenancePlan, name="maintenance_plans.preview")
def preview(
    session: Session, starts_on: date, every: int | None = None, unit: Unit | None = None, rule: str | None = None,
    compound_id: UUID | None = None, basis: PlanBasis | None = None, season_from: str | None = None,
    season_until: str | None = None, until_on: date | None = None, tolerance_days: int | None = None,
) -> Preview:  # fmt: skip
    """As if all of it were done in time; what is left empty is as the rule says. Invalid: nothing says how often, or
    the season is none. Missing: the compound is out of reach."""
    reached(session, Compound, compound_id)
    known = rules(session, starts_on)
    asked = (known.of(rule, compound_id) if compound_id else known.shipped.get(rule)) if rule else None
    interval = Every(every, Unit(unit)) if every and unit else asked.every if asked else None
    if interval is None:
        raise Invalid(NO_INTERVAL)
    try:
        season = season_of(season_from or (asked.season_from if asked else None),
                           season_until or (asked.season_until if asked else None))  # fmt: skip
    except ValueError:
        raise Invalid(BAD_SEASON) from None
    late = tolerance_days if tolerance_days is not None else asked.tolerance_days if asked else 0
    law = asked.every if asked and asked.legal else None
    said = PlanBasis(basis) if basis else asked.basis if asked else PlanBasis.PLANNED
    rhythm = Rhythm(said, starts_on, interval, law, season, late, 0, until_on)
    last = starts_on.replace(year=min(starts_on.year + FAR, 9000), day=1)
    days = list(islice(grid(starts_on, interval, starts_on, last, season, until_on), SHOWN))
    year = starts_on + YEAR - timedelta(days=1)
    within = sum(1 for _ in grid(starts_on, interval, starts_on, year, season, until_on))
    return Preview(tuple(Planned(day, legal_latest(rhythm, day)) for day in days), within, said)
