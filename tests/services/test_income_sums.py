"""What rents and disposals brought in a term and owe at its end, against figures added up by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.disposal import IncomeKind
from services.income_sums import proceeds, rent

BEGIN, END = date(2024, 1, 1), date(2025, 12, 31)
BEFORE, IN, AFTER = date(2023, 6, 1), date(2025, 6, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("due", "received", "paid", "sums"),
    [
        (IN, IN, IN, (100, 100, 0, 100, 0, 0)),
        (IN, None, None, (100, 0, 0, 0, 100, 0)),
        (IN, IN, None, (100, 100, 0, 0, 0, 100)),
        (BEFORE, BEFORE, IN, (0, 0, 0, 100, 0, 0)),
        (BEFORE, None, None, (0, 0, 0, 0, 100, 0)),
        (IN, AFTER, AFTER, (100, 0, 0, 0, 100, 0)),  # known today, not at the end of the term
        (AFTER, None, None, (0, 0, 0, 0, 0, 0)),
        (AFTER, IN, AFTER, (0, 100, 0, 0, 0, 100)),  # paid ahead
    ],
)
def test_a_rent_counts_where_its_days_lie(due: date, received: Any, paid: Any, sums: tuple[int, ...]) -> None:
    row = {"amount": 100, "due_on": due, "received_on": received, "paid_on": paid}
    assert rent(row, BEGIN, END) == sums


def test_costs_come_out_of_what_a_disposal_brought() -> None:
    def row(kind: str, amount: int, received: Any = None, paid: Any = None) -> dict[str, Any]:
        return {"kind": IncomeKind(kind), "amount": amount, "due_on": IN, "received_on": received,
                "paid_on": IN if paid else None, "paid": paid}  # fmt: skip

    assert proceeds([row("proceeds", 100, IN), row("tax", 30, IN)], BEGIN, END) == (100, 100, 30, 0, 0, 70)
    assert proceeds([row("proceeds", 100, IN, 70), row("tax", 30, IN)], BEGIN, END) == (100, 100, 30, 70, 0, 0)
    assert proceeds([row("scrap", 20, IN), row("auction", 30, IN)], BEGIN, END) == (20, 20, 30, 0, 0, 0)
    assert proceeds([row("scrap", 20)], BEGIN, END) == (20, 0, 0, 0, 20, 0)
    assert proceeds([row("scrap", 20, AFTER)], BEGIN, END) == (20, 0, 0, 0, 20, 0)
