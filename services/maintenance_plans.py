"""Maintenance plans: what is left empty follows from their rule; what the law asks for is never dropped.

Which dates they come to is in `plan_dates`, their orders in `plan_orders`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import AssetStatus
from models.maintenance_plan import MaintenancePlan, PlanOccurrence
from models.periodic_work import PlanBasis
from models.work_order import WorkKind
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe, takes
from services.desk.work import Work
from services.periodic_rules import Rule, rules
from services.records import records
from services.recurrence import Every, day_of_year
from services.work_checklists import template

FIELDS = describe(MaintenancePlan)
TARGETS = ("asset_id", "class_prefix", "building_id", "room_id")
TWO = N_("A plan is for one asset, one class, one building or one room: say only one of them")
NO_RULE = N_("There is no such rule on {date}")
NO_INTERVAL = N_("Say how often: a number and a unit, a rule, or a meter and after how many units")
NO_TITLE, NO_TRADE = N_("Say what is to be done"), N_("Say which trade does it")
NO_DAY = N_("“{text}” is no day of the year; write it as 05-01")
ENDS_BEFORE = N_("It ends before it begins")
METER_WHOLE = N_("A plan by meter names the meter and after how many units")
FIXED_RULE = N_("A plan keeps its rule; make another one instead")
LONGER = N_("{source} asks for it every {every} {unit}: a plan may come more often, never less")
FIXED_TARGET = N_("What the law asks for stays on its thing; make another plan instead")
TOO_LATE = N_("{source} leaves {days} days after the planned day, no more")
TOO_FAR = N_("{source} asks for it every {every} {unit}: it begins on {date} at the latest")
BY_DATES = N_("{source} asks for it by its interval, not by a meter or the end of a certificate")
OUT_OF_SEASON = N_("What the law asks for all year has no season")
NEEDS_EXPIRY = N_("Only what a rule asks for is planned by the end of a certificate")
NO_PERMIT = N_("By its rule this takes a permit ({kind}); a plan keeps asking for it")
LEGAL = N_("The law asks for this ({source}); it is rescheduled with a reason, never dropped")


def _settle(work: Work, row: MaintenancePlan, given: dict[str, Any]) -> None:
    if sum(bool(getattr(row, name)) for name in TARGETS) > 1:
        raise Invalid(TWO, field=Word("maintenance_plan.asset_id"))
    with work.session.no_autoflush:
        _ruled(work, row, given)
        if row.checklist_id is not None:
            template(work, row.compound_id, row.checklist_id)
    row.basis, row.kind = row.basis or PlanBasis.PLANNED, row.kind or WorkKind.PREVENTIVE
    row.tolerance_days, row.lead_days = row.tolerance_days or 0, row.lead_days or 0
    for name, said in (("title", NO_TITLE), ("trade", NO_TRADE)):
        if not getattr(row, name):
            raise Invalid(said, field=Word(f"maintenance_plan.{name}"))
    _often(row)


def _ruled(work: Work, row: MaintenancePlan, given: dict[str, Any]) -> None:
    """A plan by a rule: what it leaves empty is as the rule says, and a legal one asks for no less."""
    was = sa.inspect(row).attrs.rule.history.deleted
    if row.rid and was and was[0] is not None and was[0] != row.rule:
        raise Conflict(FIXED_RULE)
    if row.rule is None:
        if row.basis is PlanBasis.EXPIRY:
            raise Invalid(NEEDS_EXPIRY, field=Word("maintenance_plan.basis"))
        return
    rule = rules(work.session, work.today).of(row.rule, row.compound_id)
    if rule is None:
        raise Invalid(NO_RULE, field=Word("maintenance_plan.rule"), date=work.today)
    fill(row, rule)
    if rule.permit not in (None, row.permit):
        kind = Word(f"work_permit.kind={rule.permit.value}")
        raise Invalid(NO_PERMIT, field=Word("maintenance_plan.permit"), kind=kind)
    if not rule.legal:
        return
    if row.rid and any(sa.inspect(row).attrs[name].history.deleted for name in TARGETS):
        raise Conflict(FIXED_TARGET)
    if row.until_on is not None:
        raise Invalid(LEGAL, field=Word("maintenance_plan.until_on"), source=rule.source)
    _no_less(row, rule)
    _begins(work, row, rule)


def fill(row: MaintenancePlan, rule: Rule) -> None:
    """What a plan leaves empty, from its rule."""
    by_meter = row.meter_id is not None
    said = {
        "title": f"{rule.object}{rule.task}", "basis": rule.basis, "trade": rule.trade, "needs": rule.needs,
        "permit": rule.permit,
        "tolerance_days": rule.tolerance_days, "lead_days": rule.lead_days, "season_from": rule.season_from,
        "season_until": rule.season_until, "kind": WorkKind.INSPECTION if rule.inspection else WorkKind.PREVENTIVE,
    }  # fmt: skip
    if row.every is None and row.unit is None and not by_meter:
        said |= {"every": rule.every.number, "unit": rule.every.unit}
    for name, value in said.items():
        if getattr(row, name) is None:
            setattr(row, name, value)
    row.legal = rule.legal


def _no_less(row: MaintenancePlan, rule: Rule) -> None:
    count, unit = rule.every
    said = Word(f"maintenance_plan.unit={unit.value}")
    if row.every is None or row.unit is None or Every(row.every, row.unit).longer(rule.every):
        raise Invalid(LONGER, field=Word("maintenance_plan.every"), source=rule.source, every=count, unit=said)
    if row.meter_id is not None or (row.basis is PlanBasis.EXPIRY and rule.basis is not PlanBasis.EXPIRY):
        raise Invalid(BY_DATES, field=Word("maintenance_plan.basis"), source=rule.source)
    if (row.tolerance_days or 0) > rule.tolerance_days:
        days = rule.tolerance_days
        raise Invalid(TOO_LATE, field=Word("maintenance_plan.tolerance_days"), source=rule.source, days=days)
    if (row.season_from, row.season_until) != (rule.season_from, rule.season_until):
        raise Invalid(OUT_OF_SEASON, field=Word("maintenance_plan.season_from"))


def _begins(work: Work, row: MaintenancePlan, rule: Rule) -> None:
    """The first day lies no further than an interval after today or the last day that has an order: putting it off
    would drop what the law asks for."""
    if row.rid and not sa.inspect(row).attrs.starts_on.history.has_changes():
        return
    came = sa.select(sa.func.max(PlanOccurrence.planned_on)).where(PlanOccurrence.maintenance_plan_id == row.id)
    latest = rule.every.later((work.session.scalar(came) if row.rid else None) or work.today)
    if row.starts_on > latest:
        unit = Word(f"maintenance_plan.unit={rule.every.unit.value}")
        raise Invalid(TOO_FAR, field=Word("maintenance_plan.starts_on"), source=rule.source, every=rule.every.number,
                      unit=unit, date=latest)  # fmt: skip


def _often(row: MaintenancePlan) -> None:
    if (row.meter_id is None) != (row.meter_step is None):
        raise Invalid(METER_WHOLE, field=Word("maintenance_plan.meter_step"))
    if row.meter_id is None and (row.every is None or row.unit is None):
        raise Invalid(NO_INTERVAL, field=Word("maintenance_plan.every"))
    if row.until_on is not None and row.until_on < row.starts_on:
        raise Invalid(ENDS_BEFORE, field=Word("maintenance_plan.until_on"))
    for name in ("season_from", "season_until"):
        try:
            day_of_year(getattr(row, name) or "01-01")
        except ValueError:
            raise Invalid(NO_DAY, field=Word(f"maintenance_plan.{name}"), text=getattr(row, name)) from None


def _parting(work: Work, row: MaintenancePlan) -> None:
    if row.legal and not _twice(work, row):
        raise Conflict(LEGAL, source=source_of(work, row))


def source_of(work: Work, row: MaintenancePlan) -> str:
    """What a plan rests on."""
    rule = rules(work.session, work.today).of(row.rule, row.compound_id)
    return rule.source if rule else str(row.title)


def _twice(work: Work, row: MaintenancePlan) -> bool:
    """Whether another plan that has not ended does the same."""
    same = [getattr(MaintenancePlan, name) == getattr(row, name) for name in ("compound_id", "rule", *TARGETS)]
    none = MaintenancePlan.ended_on.is_(None) & MaintenancePlan.until_on.is_(None)
    found = sa.select(MaintenancePlan.id).where(*same, none, MaintenancePlan.id != row.id)
    return work.session.scalars(found).first() is not None


PLANS = records(
    "maintenance_plans", MaintenancePlan, sorts=("number", "title"), series="BY", settle=_settle, parting=_parting
)


@intent(N_("End maintenance plan"), on=MaintenancePlan, name="maintenance_plans.end")
def end(work: Work, maintenance_plan_id: UUID, ended_on: date, ended_why: str) -> None:
    """From that day on it makes no orders. Conflict: the law asks for it, and its thing is still there and no other
    plan does the same."""
    row = work.get(MaintenancePlan, maintenance_plan_id)
    if row.legal and not gone(work, row) and not _twice(work, row):
        raise Conflict(LEGAL, source=source_of(work, row))
    row.ended_on = ended_on
    row.ended_why = checks.checked(replace(FIELDS["ended_why"], required=True), ended_why)


takes("maintenance_plans.end", (
    PLANS.me, *(replace(FIELDS[name], derived=False, required=True) for name in ("ended_on", "ended_why")),
))  # fmt: skip


def gone(work: Work, row: MaintenancePlan | PlanOccurrence) -> bool:
    """Whether the asset it is about was disposed of or moved to another compound."""
    if row.asset_id is None:
        return False
    asset = work.see("asset", row.asset_id)
    return asset.status is AssetStatus.DISPOSED or asset.moved_on is not None
