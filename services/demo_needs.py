"""Needs of the sample office: two that wait for a decision, one that is decided and waits for its things."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.acquisition import AssetNeed, NeedState, Procurement, Source
from models.base import new_id
from services.desk.work import Work

Row = dict[str, Any]
NEEDS: tuple[Row, ...] = (
    {"name": "壁挂式空调", "class_code": "A02061804", "quantity": 2, "measure": "台", "unit_price": 299900,
     "needed_on": date(2026, 12, 20), "reason": "值班室原机已报废"},
    {"name": "钢木办公桌", "class_code": "A05010201", "quantity": 60, "measure": "张", "unit_price": 86000,
     "needed_on": date(2027, 2, 1), "reason": "档案楼三层改造后配置"},
    {"name": "A4黑白打印机", "class_code": "A02021003", "quantity": 3, "measure": "台", "unit_price": 210000,
     "reason": "窗口业务增加", "state": NeedState.DECIDED, "source": Source.PURCHASE, "decided_on": date(2026, 11, 2),
     "decision": "局长办公会纪要〔2026〕9号", "not_idle": "闲置机型已停产",
     "procurement": Procurement.CENTRAL,
     "supplier": "某某办公设备有限公司", "contract": "HT-2026-0117", "price": 205000},
)  # fmt: skip


def fill(work: Work, compounds: list[Row], staff: list[Row]) -> None:
    """The needs, asked for by people of different compounds."""
    rows = list[Row]()
    for n, (number, said) in enumerate(zip(work.numbers("XQ", len(NEEDS)), NEEDS, strict=True)):
        home = compounds[n % len(compounds)]["id"]
        asks = next(person for person in staff if person["compound_id"] == home)
        whom = {"unit_id": asks["unit_id"], "staff_id": asks["id"]}
        rows.append({"id": new_id(), "compound_id": home, "number": number, **whom, **said})
    work.bulk_insert(AssetNeed, rows)
