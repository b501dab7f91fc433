"""The costs of a year side by side as a file: one row for each compound."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from models.cost_entry import Function
from resources.words import N_, tr
from services.costs import CompoundCost
from services.desk.desk import Desk
from services.sheets import Cell, sheet


def write(desk: Desk, year: int, out: Path, lang: str) -> int:
    """Writes it as xlsx or csv, whole or not at all; returns how many compounds it has. Sums in yuan, areas in m²."""
    found: list[CompoundCost] = desk.ask("costs.compare", year=year)
    heads = [
        "compound.code", "compound.name", "compound.kind", N_("Floor area (m²)"), N_("Heads"),
        *(f"cost_entry.function={f.value}" for f in Function), N_("Total"), N_("Yuan per m²"), N_("Yuan per head"),
        "cost_entry.posts_own", "cost_entry.posts_contracted",
    ]  # fmt: skip
    with sheet(out, str(year), [tr(lang, head) for head in heads]) as put:
        for cost in found:
            put([
                cost.code, cost.name, tr(lang, f"compound.kind={cost.kind}"), _yuan(cost.area), cost.heads,
                *(_yuan(cost.amounts.get(f)) for f in Function), _yuan(cost.total), _yuan(cost.per_square_metre),
                _yuan(cost.per_head), cost.posts_own, cost.posts_contracted,
            ])  # fmt: skip
    return len(found)


def _yuan(hundredths: int | None) -> Cell:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)
