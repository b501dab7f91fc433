"""Plans of the sample office: lifts, tanks, fire systems and pests of its first compound, a generator by its meter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from services.desk.desk import Desk
from services.desk.listing import View

LIFT = "A02051227"
PLANS: tuple[dict[str, Any], ...] = (
    {"rule": "lift_upkeep", "class_prefix": LIFT, "starts_on": date(2026, 11, 2)},
    {"rule": "lift_inspection", "class_prefix": LIFT, "starts_on": date(2026, 11, 2)},
    {"rule": "fire_check", "starts_on": date(2026, 11, 5)},
    {"rule": "fire_test", "starts_on": date(2026, 11, 25)},
    {"rule": "tank_cleaning", "starts_on": date(2026, 12, 10), "place": "1号楼屋面水箱间"},
    {"rule": "pest_rest", "starts_on": date(2026, 11, 12)},
    {"rule": "extinguisher_look", "starts_on": date(2026, 11, 30)},
)  # fmt: skip
READ = ((date(2026, 9, 30), 1_180_000), (date(2026, 10, 31), 1_236_500))  # thousandths of hours a generator ran


def fill(desk: Desk, start: datetime) -> None:
    """Made on the first day; its orders go out for November."""
    then = replace(desk, clock=partial(_at, start + timedelta(hours=1)))
    compound = then.first(View("compounds", sort="code"), 1)[0]["id"]
    here = {"compound_id": compound}
    then.do("periodic_works.add", code="kitchen_duct", every=2, unit="month", from_on=date(2026, 1, 1),
            basis_text="某某市餐饮场所消防管理规定", **here)  # fmt: skip
    lifts = (("class_code", (LIFT,)), ("compound_id", (compound,)))
    for at, lift in enumerate(then.first(View("assets", filters=lifts, sort="number"), 4)):
        ends = date(2026, 12, 20) + timedelta(days=40 * at)
        then.do("inspections.add", number=f"DT-2025-{at + 1:04}", rule="lift_inspection", asset_id=lift["id"],
                inspected_on=ends.replace(year=ends.year - 1), valid_until=ends, issuer="某某市特种设备检验院",
                **here)  # fmt: skip
    meter = then.do("meters.add", name="柴油发电机运行小时", kind="hours", measure="小时", **here).value
    for on, value in READ:
        then.do("meter_readings.add", meter_id=meter, on=on, value=value, **here)
    then.do("maintenance_plans.add", title="柴油发电机换机油机滤", trade="electric", meter_id=meter, meter_step=250_000,
            meter_from=1_000_000, place="配电房", starts_on=date(2026, 11, 2), **here)  # fmt: skip
    for plan in PLANS:
        then.do("maintenance_plans.add", **plan, **here)
    then.do("maintenance_plans.generate", until=date(2026, 11, 20))


def _at(instant: datetime) -> datetime:
    return instant
