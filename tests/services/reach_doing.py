"""Prepared arguments for what is done on work orders and what it costs, about a compound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.services.reach_work import order, plain

Place = Any  # of `reach`, which takes these arguments in
NOW = datetime.now(UTC)
TODAY = NOW.astimezone().date()
BEGUN = ("accept", "assign", "begin")


def of(p: Place, *steps: str) -> dict[str, Any]:
    return {"compound_id": p.compound, "work_order_id": order(p, *steps)}


def visit(p: Place) -> dict[str, Any]:
    return of(p) | {"staff_id": p.person(), "came_at": NOW - timedelta(hours=1)}


def hours(p: Place) -> dict[str, Any]:
    p.inside("labour_rates", an_hour=100, from_on=TODAY, basis="x")
    return of(p) | {"staff_id": p.person(), "on": TODAY, "minutes": 30}


def material(p: Place) -> dict[str, Any]:
    return of(p) | {"name": "x", "on": TODAY, "quantity": 1000, "unit_price": 5}


def cost(p: Place) -> dict[str, Any]:
    return of(p) | {"kind": "contract", "label": "x", "on": TODAY, "amount": 5}


def quote(p: Place) -> dict[str, Any]:
    return of(p) | {"provider_id": p.add("providers", name=p.fresh()), "amount": 5, "quoted_on": TODAY}


def permit(p: Place) -> dict[str, Any]:
    return of(p) | {"kind": "fire", "place": "x", "measures": "x", "issued_by_id": p.person(),
                    "valid_from": NOW, "valid_until": NOW + timedelta(hours=1)}  # fmt: skip


def said(p: Place) -> dict[str, Any]:
    return of(p) | {"kind": "complaint", "at": NOW - timedelta(hours=1), "words": "x"}


def template(p: Place) -> UUID:
    made: UUID = p.inside("checklists", name=p.fresh())
    p.add("checklist_items", compound_id=p.compound, checklist_id=made, text="x")
    return made


def item(p: Place) -> dict[str, Any]:
    return {"compound_id": p.compound, "checklist_id": p.inside("checklists", name=p.fresh()), "text": "x"}


def laid(p: Place) -> dict[str, Any]:
    given = {"work_order_id": order(p), "checklist_id": template(p)}
    p.desk.do("work_checklists.lay", **given)
    return given


def line(p: Place) -> UUID:
    given = laid(p)
    lines = p.desk.ask("work_orders.doing", work_order_id=given["work_order_id"], on=TODAY).lines
    made: UUID = lines[0].id
    return made


def failed(p: Place) -> dict[str, Any]:
    made = line(p)
    p.desk.do("work_checklists.answer", work_checklist_line_id=made, yes=False)
    return {"work_checklist_line_id": made}


def answered(p: Place) -> dict[str, Any]:
    made = line(p)
    p.desk.do("work_checklists.answer", work_checklist_line_id=made, yes=True)
    return {"work_checklist_line_id": made}


def repaired(p: Place) -> dict[str, Any]:
    made = p.inside("work_orders", title=p.fresh(), trade="plumbing", asset_id=p.asset())
    p.add("work_costs", **cost(p) | {"work_order_id": made})
    return {"work_order_id": made, "on": TODAY, "paper": "x", "life_months": 120}


def spent(p: Place) -> dict[str, Any]:
    p.add("work_costs", **cost(p))
    return {"from_on": TODAY, "until_on": TODAY}


def on(p: Place) -> dict[str, Any]:
    return {"work_order_id": order(p), "on": TODAY}


def missing(p: Place) -> dict[str, Any]:
    return {"work_order_id": laid(p)["work_order_id"]}


def rated(p: Place) -> dict[str, Any]:
    p.inside("labour_rates", an_hour=100, from_on=TODAY, basis="x")
    return {"compound_id": p.compound, "trade": "plumbing", "on": TODAY}


def known(name: str, entity: str, made: Callable[[Place], dict[str, Any]], **values: Any) -> Any:
    """One record, by its id, with what else is asked for."""

    def prepared(p: Place) -> dict[str, Any]:
        return {f"{entity}_id": p.add(name, **made(p))} | values

    return prepared


ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    **plain("work_visits", "work_visit", visit, note="x"),
    **plain("labour_rates", "labour_rate", lambda p: {
        "compound_id": p.compound, "an_hour": 5, "from_on": TODAY, "basis": "x",
    }, an_hour=6),
    **plain("work_labour", "work_labour", hours, minutes=40),
    **plain("work_materials", "work_material", material, quantity=2000),
    **plain("work_costs", "work_cost", cost, amount=6),
    **plain("work_quotes", "work_quote", quote, amount=6),
    **plain("work_permits", "work_permit", permit, place="y"),
    **plain("work_feedback", "work_feedback", said, words="y"),
    **plain("checklists", "checklist", lambda p: {"compound_id": p.compound, "name": p.fresh()}, name="y"),
    **plain("checklist_items", "checklist_item", item, text="y"),
    "do work_permits.close": known("work_permits", "work_permit", permit, closing="x"),
    "do work_quotes.choose": known("work_quotes", "work_quote", quote),
    "do work_feedback.answer": known("work_feedback", "work_feedback", said, answer="x"),
    "do work_costs.capitalise": repaired,
    "do work_checklists.lay": lambda p: {"work_order_id": order(p), "checklist_id": template(p)},
    "do work_checklists.take_off": laid,
    "do work_checklists.answer": lambda p: {"work_checklist_line_id": line(p), "yes": True},
    "do work_checklists.report": failed,
    "do work_checklists.take_back": answered,
    "ask checklists.items": lambda p: {"checklist_id": template(p)},
    "ask labour_rates.on": rated,
    "ask work_checklists.missing": missing,
    "ask work_permits.standing": on,
    "ask work_orders.doing": on,
    "ask work_orders.money": on,
    "ask work_orders.job_sheet": on,
    "ask work_orders.record": on,
    "ask work_orders.facts": lambda p: {"compound_id": p.compound, "room_id": p.room, "on": TODAY},
    "ask work_orders.audit": lambda p: {"from_on": TODAY, "until_on": TODAY, "now": datetime.now(UTC),
                                        "compound_ids": [(order(p), p.compound)[1]]},
    "ask work_orders.kpis": spent,
    "ask work_costs.totals": spent,
}  # fmt: skip
