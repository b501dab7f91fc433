"""The audit of what the law asks for: counted against the occurrences one by one, as on any day, gap by gap."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.maintenance_plan import PlanOccurrence
from services import statutory_papers
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.intent import INTENTS, Grant, intent
from services.desk.listing import View
from services.desk.work import Work
from services.documents.verify import inspect
from services.statutory_audit import Amiss, Audit, Stands
from services.work_measures import share
from tests.documents.sample import pages
from tests.services.people import Office, found

D, ON = timedelta(days=1), date(2026, 6, 30)
LIFT = "A02051227"
if "tests.load_occurrences" not in INTENTS:

    @intent("Load occurrences", name="tests.load_occurrences")
    def load(work: Work, *, rows: list[dict[str, Any]]) -> None:
        """As they would be after years of work."""
        for row in rows:
            work.add(PlanOccurrence(**row))


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(replace(desk, clock=lambda: datetime(2026, 1, 1, 1, tzinfo=UTC)))
    for n in (1, 2):
        made.asset(f"{n}号客梯", number=f"DT{n}", class_code=LIFT)
    made.add("assets", compound_id=made.elsewhere, name="货梯", number="HT1", class_code=LIFT)
    return made


def lifts(office: Office) -> dict[str, UUID]:
    return {row["number"]: row["id"] for row in office.desk.first(View("assets"), 9)}


def plan(office: Office, rule: str, **where: Any) -> UUID:
    given = {"compound_id": office.compound, "rule": rule, "starts_on": date(2026, 1, 5)}
    return office.add("maintenance_plans", **given | where)


def certificate(office: Office, number: str, thing: UUID, until: date, **said: Any) -> None:
    given = {"inspected_on": date(2025, 6, 10), "valid_until": until, "rule": "lift_inspection", "issuer": "特检院"}
    office.add("inspections", compound_id=office.compound, number=number, asset_id=thing, **given | said)


def told(office: Office, on: date = ON, year: int = 2026, **of: Any) -> Audit:
    answer = office.desk.ask("maintenance_plans.statutory", year=year, on=on, **of)
    assert isinstance(answer, Audit)
    return answer


def row_of(audit: Audit, rule: str, compound: str = "建设路大院") -> Any:
    return next(row for row in audit.rows if (row.rule.code, row.compound) == (rule, compound))


def gaps(audit: Audit, amiss: Amiss) -> set[tuple[str, str]]:
    return {(gap.rule.code, gap.thing) for gap in audit.gaps if gap.amiss is amiss}


def test_what_was_done_in_time_late_and_not_at_all_is_what_a_count_by_hand_says(office: Office) -> None:
    id, chance, rows = plan(office, "lift_upkeep", class_prefix=LIFT), random.Random(7), list[dict[str, Any]]()
    things = [lifts(office)[number] for number in ("DT1", "DT2")]
    for thing in things:
        for n in range(60):
            planned = date(2025, 6, 1) + 11 * n * D
            until = planned + chance.randrange(15) * D
            done = chance.choice([None, planned + chance.randrange(40) * D])
            rows.append({
                "compound_id": office.compound, "maintenance_plan_id": id, "thing_id": thing, "asset_id": thing,
                "planned_on": planned, "legal_until": until, "done_on": done,
                "moved_to": chance.choice([None, None, planned + 3 * D]),
                "dropped_on": planned if done is None and chance.random() < 0.2 else None,
            })  # fmt: skip
    office.desk.do("tests.load_occurrences", rows=rows)
    for on, year in ((ON, 2026), (ON, 2025), (date(2025, 7, 1), 2025), (date(2027, 3, 1), 2026)):
        there = [r for r in rows if not (r["dropped_on"] and r["dropped_on"] <= on)]
        there = [r for r in there if (r["moved_to"] or r["planned_on"]) <= date(year, 12, 31)]
        mine = [r for r in there if (r["moved_to"] or r["planned_on"]) >= date(year, 1, 1)]
        ended = [r for r in mine if r["done_on"] and r["done_on"] <= on]
        late = [r for r in ended if r["done_on"] > r["legal_until"]]
        undone = [r for r in there if not (r["done_on"] and r["done_on"] <= on) and r["legal_until"] < on]
        audit = told(office, on, year)
        row = row_of(audit, "lift_upkeep")
        counted = (len(mine), len(ended) - len(late), len(late), len(undone))
        assert (row.times, row.in_time, row.late, row.overdue) == counted
        assert sum(gap.times for gap in audit.gaps if gap.amiss is Amiss.OVERDUE) == len(undone)
        since = {gap.thing: gap.on for gap in audit.gaps if gap.amiss is Amiss.OVERDUE}
        for thing, name in zip(things, ("1号客梯 DT1", "2号客梯 DT2"), strict=True):
            left = [r["legal_until"] for r in undone if r["thing_id"] == thing]
            assert since.get(name) == min(left, default=None)


def test_every_thing_without_a_plan_is_named(office: Office) -> None:
    plan(office, "lift_upkeep", class_prefix=LIFT)
    plan(office, "lift_weekly", asset_id=lifts(office)["DT1"])
    plan(office, "fire_test")
    audit = told(office)
    bare = gaps(audit, Amiss.NO_PLAN)
    assert ("lift_weekly", "2号客梯 DT2") in bare and ("lift_weekly", "1号客梯 DT1") not in bare
    assert ("lift_upkeep", "货梯 HT1") in bare and ("lift_upkeep", "1号客梯 DT1") not in bare
    assert ("fire_check", "建设路大院") in bare and ("fire_test", "建设路大院") not in bare
    year = office.desk.ask("maintenance_plans.year", year=2026, on=ON)
    assert len([gap for gap in audit.gaps if gap.amiss is Amiss.NO_PLAN]) == sum(gap.things for gap in year.gaps)
    row = row_of(audit, "lift_weekly")
    assert (row.things, row.planned, row.next_on) == (2, 1, date(2026, 7, 6))
    assert gaps(audit, Amiss.MISSED), "no order was ever made"
    assert "消防法" in row_of(audit, "fire_test").rule.source


def test_how_certificates_stand_is_as_on_the_day(office: Office) -> None:
    ids = lifts(office)
    plan(office, "lift_inspection", class_prefix=LIFT)
    certificate(office, "T1", ids["DT1"], date(2026, 6, 9))
    made = replace(office, desk=replace(office.desk, clock=lambda: datetime(2026, 12, 1, 1, tzinfo=UTC)))
    certificate(made, "T1A", ids["DT1"], date(2027, 6, 9), inspected_on=date(2026, 7, 2))
    certificate(made, "T2", ids["DT2"], date(2027, 6, 9), inspected_on=date(2026, 8, 1), verdict="failed")

    def stands(on: date) -> dict[str, tuple[Stands, str]]:
        items = [item for item in told(office, on).items if item.rule.code == "lift_inspection"]
        return {item.thing: (item.stands, item.certificate) for item in items}

    first, second, far = "1号客梯 DT1", "2号客梯 DT2", "货梯 HT1"
    assert stands(date(2026, 6, 9))[first] == (Stands.VALID, "T1")
    assert stands(ON) == {first: (Stands.EXPIRED, "T1"), second: (Stands.NONE, ""), far: (Stands.NONE, "")}
    assert stands(date(2026, 8, 1)) == {
        first: (Stands.VALID, "T1A"), second: (Stands.NOT_PASSED, "T2"), far: (Stands.NONE, ""),
    }  # fmt: skip
    audit = told(office)
    assert gaps(audit, Amiss.EXPIRED) == {("lift_inspection", first)}
    assert ("lift_inspection", second) in gaps(audit, Amiss.NO_CERTIFICATE)


def test_it_tells_of_the_compounds_in_reach_alone(office: Office) -> None:
    names = {row.compound for row in told(office).rows}
    assert names == {"建设路大院", "西湖里宿舍"}
    assert {row.compound for row in told(office, compound_ids=[office.elsewhere]).rows} == {"西湖里宿舍"}
    mine = replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),))
    answer: Audit = mine.ask("maintenance_plans.statutory", year=2026, on=ON)
    assert {row.compound for row in answer.rows} == {"建设路大院"}
    with pytest.raises(Missing):
        mine.ask("maintenance_plans.statutory", year=2026, on=ON, compound_ids=[office.elsewhere])


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_paper_names_what_is_wrong_and_the_article(office: Office, lang: str) -> None:
    office.asset("很长的设备名称" * 12, number="DT9", class_code=LIFT)
    plan(office, "lift_inspection", class_prefix=LIFT)
    certificate(office, "T-2025-1", lifts(office)["DT1"], date(2026, 6, 9))
    data = statutory_papers.audit(office.desk, 2026, ON, lang)
    text = "".join("".join(pages(data)).split())
    assert inspect(data).intact and inspect(data).kind == "statutory-audit"
    words = {
        "zh_CN": ("法定检验检测审计表", "证书已于2026-06-09到期", "未列入计划", "没有登记合格证书", "每15日"),
        "en": (
            "Audit of statutory inspections",
            "The certificate ended on 2026-06-09",
            "No plan does it",
            "every 15 days",
        ),
    }[lang]
    for said in (*words, "T-2025-1", "特检院", "特种设备安全法第四十条", share(0, 0)):
        assert "".join(said.split()) in text, said
    empty = replace(office.desk, grants=(Grant(("*",), frozenset()),))
    nothing = "".join(pages(statutory_papers.audit(empty, 2026, ON, lang)))
    assert nothing.count({"zh_CN": "（无记录）", "en": "(no rows)"}[lang]) == 3
