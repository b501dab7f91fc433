"""Prepared arguments for what is done with maintenance plans, inspections and meters, about a compound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.desk.listing import View
from tests.services.reach_work import Place, plain

TODAY = datetime.now(UTC).astimezone().date()
LATER = TODAY + timedelta(days=200)


def plan(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "title": p.fresh(), "trade": "other", "every": 1, "unit": "month",
            "starts_on": TODAY, "room_id": p.room}  # fmt: skip


def planned(p: Place) -> UUID:
    made: UUID = p.add("maintenance_plans", **plan(p))
    return made


def occurrence(p: Place) -> UUID:
    """A planned day with its order."""
    id = planned(p)
    p.desk.do("maintenance_plans.generate", until=TODAY, maintenance_plan_id=id)
    row: UUID = p.desk.first(View("plan_occurrences", filters=(("maintenance_plan_id", (id,)),)), 1)[0]["id"]
    return row


def inspection(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "number": p.fresh(), "rule": "lift_inspection", "asset_id": p.asset(),
            "inspected_on": TODAY, "valid_until": LATER}  # fmt: skip


def meter(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "name": p.fresh(), "kind": "hours"}


def reading(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "meter_id": p.add("meters", **meter(p)), "on": TODAY, "value": 1}


def instead(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "code": "roof", "lead_days": 1, "from_on": TODAY, "basis_text": "x"}


ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    **plain("maintenance_plans", "maintenance_plan", plan, title="x"),
    **plain("inspections", "inspection", inspection, note="x"),
    **plain("meters", "meter", meter, note="x"),
    **plain("meter_readings", "meter_reading", reading, note="x"),
    **plain("periodic_works", "periodic_work", instead, lead_days=2),
    "do maintenance_plans.end": lambda p: {
        "maintenance_plan_id": planned(p), "ended_on": TODAY, "ended_why": "x",
    },
    "do maintenance_plans.generate": lambda p: {"until": TODAY, "maintenance_plan_id": planned(p)},
    "do maintenance_plans.reschedule": lambda p: {
        "plan_occurrence_id": occurrence(p), "moved_to": LATER, "moved_why": "x",
    },
    "ask maintenance_plans.due": lambda p: {"until": LATER, "on": TODAY, "maintenance_plan_id": planned(p)},
    "ask maintenance_plans.preview": lambda p: {"starts_on": TODAY, "rule": "roof", "compound_id": p.compound},
    "ask maintenance_plans.statutory": lambda p: {"year": TODAY.year, "on": TODAY, "compound_ids": [p.compound]},
    "ask maintenance_plans.year": lambda p: {"year": TODAY.year, "on": TODAY, "compound_ids": [p.compound]},
    "ask maintenance_plans.equipment_file": lambda p: {"asset_id": p.asset(), "on": TODAY},
    "ask work_orders.calendar_paper": lambda p: {"compound_id": p.compound, "month": TODAY, "on": TODAY},
    "ask maintenance_plans.year_paper": lambda p: {"year": TODAY.year, "on": TODAY, "compound_id": p.compound},
    "ask periodic_works.in_force": lambda p: {"on": TODAY},
}  # fmt: skip
