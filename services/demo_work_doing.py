"""What is being done in the sample office: a checklist half answered, an open permit, a visit, hours and materials with
what they cost, quotes for a job, and a complaint nobody has answered yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from models.base import new_id
from models.work_checklist import CheckKind, Checklist, ChecklistItem, WorkChecklistLine
from models.work_doing import LabourRate, WorkLabour, WorkMaterial, WorkVisit
from models.work_money import CostKind, WorkCost, WorkQuote
from models.work_order import Payer
from models.work_permit import PermitKind, WorkPermit
from services.desk.work import Work
from services.work_feedback import FEEDBACK

Row = dict[str, Any]
ITEMS: tuple[Row, ...] = (
    {"text": "作业区已设警戒并断电挂牌", "kind": CheckKind.YES_NO},
    {"text": "绝缘电阻", "kind": CheckKind.NUMBER, "least": 500, "measure": "MΩ"},
    {"text": "运行电流读数", "kind": CheckKind.READING, "measure": "A"},
    {"text": "恢复后现场照片", "kind": CheckKind.PHOTO, "required": False},
)
RATE, MINUTES, PIECES, PRICE = 6000, 90, 2000, 18500  # fen an hour, minutes, thousandths, fen each


def fill(work: Work, order: Row, people: list[Row], firms: list[Row]) -> None:
    """Of an order that is worked on."""
    home = {"compound_id": order["compound_id"]}
    of, day = home | {"work_order_id": order["id"]}, order["started_at"].astimezone().date()
    _checks(work, order, home, of)
    work.bulk_insert(LabourRate, [home | {"an_hour": RATE, "from_on": date(2026, 1, 1), "basis": "机关后勤工时定额"}])
    came, who = order["started_at"], order.get("technician_id") or people[0]["id"]
    work.bulk_insert(WorkPermit, [of | {
        "number": next(work.numbers("ZY")), "kind": PermitKind.HEIGHT, "place": order["place"], "issued_by_id": who,
        "measures": "系安全带，下方设警戒，专人扶梯", "valid_from": came, "valid_until": came + timedelta(hours=8),
    }])  # fmt: skip
    work.bulk_insert(WorkVisit, [of | {"staff_id": who, "came_at": came, "travel_minutes": 20}])
    hours = of | {"id": new_id(), "staff_id": who, "on": day, "minutes": MINUTES, "an_hour": RATE,
                  "amount": RATE * MINUTES // 60}  # fmt: skip
    used = of | {"id": new_id(), "on": day, "name": "断路器", "quantity": PIECES, "measure": "只", "unit_price": PRICE,
                 "amount": PRICE * PIECES // 1000}  # fmt: skip
    work.bulk_insert(WorkLabour, [hours])
    work.bulk_insert(WorkMaterial, [used])
    name = next((person["name"] for person in people if person["id"] == who), people[0]["name"])
    heard = came + timedelta(hours=2)
    FEEDBACK.add(replace(work, now=heard), **of, kind="complaint", at=heard, person="刘洋",
                 words="约定上午到场，下午才来，也没有事先说明")  # fmt: skip
    _money(work, of | {"payer": Payer.BUDGET, "on": day}, hours, used, name)
    numbers = work.numbers("BJ", len(firms))
    work.bulk_insert(WorkQuote, [
        of | {"number": next(numbers), "provider_id": firm["id"], "amount": 480000 + 65000 * n, "quoted_on": day,
              "valid_until": day + timedelta(days=30), "days": 5 + n}
        for n, firm in enumerate(firms[:3])
    ])  # fmt: skip


def _checks(work: Work, order: Row, home: Row, of: Row) -> None:
    """The template, and its lines on the order; the first is answered."""
    template = home | {
        "id": new_id(),
        "number": next(work.numbers("JC")),
        "name": "电气检修检查表",
        "trade": "electric",
    }
    items = [home | {"required": True, "checklist_id": template["id"], "position": n} | item
             for n, item in enumerate(ITEMS, 1)]  # fmt: skip
    work.bulk_insert(Checklist, [template])
    work.bulk_insert(ChecklistItem, items)
    lines = [of | item for item in items]
    lines[0] = lines[0] | {"yes": True, "failed": False, "answered_at": order["started_at"], "answered_by": work.actor}
    work.bulk_insert(WorkChecklistLine, lines)


def _money(work: Work, of: Row, hours: Row, used: Row, name: str) -> None:
    numbers = work.numbers("FY", 2)
    line = of | {"kind": CostKind.LABOUR, "label": name, "amount": hours["amount"], "labour_id": hours["id"]}
    other = of | {"kind": CostKind.MATERIAL, "label": used["name"], "amount": used["amount"], "material_id": used["id"]}
    work.bulk_insert(WorkCost, [line | {"number": next(numbers)}])
    work.bulk_insert(WorkCost, [other | {"number": next(numbers)}])
