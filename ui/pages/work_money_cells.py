"""The tables of the money of a work order: quotes of firms side by side, and cost lines with who pays."""

from __future__ import annotations

from collections.abc import Sequence

from resources.words import N_, Word
from services.work_money import Cost, Quote
from ui.kit import show
from ui.kit.grid_model import Cell, Head
from ui.kit.screen import Act
from ui.kit.text import Own, said
from ui.pages.work_line_table import REMOVE, LineAct, Lines, kept

FOLLOWS, CAPITAL = N_("follows hours or materials"), N_("in the asset's value")


def quote(row: Quote) -> Sequence[Cell]:
    """Who asks how much, how it compares, whether it is chosen."""
    if row.over is None:
        compared = Cell(N_("run out"), tone="idle", pill=True)
    elif row.over:
        compared = Cell(Own(f"+{show.money(row.over)}"))
    else:
        compared = Cell(N_("cheapest"), tone="ok", pill=True)
    chosen = Cell(N_("chosen"), tone="info", pill=True, note=Own(row.chosen_why)) if row.chosen_on else Cell()
    note = Own(" · ".join(part for part in (row.number, row.note) if part))
    until = row.valid_until.isoformat() if row.valid_until else show.NOTHING
    return (Cell(Own(row.provider), note=note), Cell(Own(show.money(row.amount))), compared,
            Cell(Own(str(row.days or show.NOTHING))), Cell(Own(until)), chosen)  # fmt: skip


def cost(row: Cost) -> Sequence[Cell]:
    """What for, who pays, when, how much."""
    about = " · ".join(part for part in (row.number, row.provider, row.voucher) if part)
    note = said(N_("{about} · {word}"), about=about, word=Word(CAPITAL if row.capital else FOLLOWS))
    return (Cell(Own(row.label), note=note if row.capital or row.follows else Own(about)),
            Cell(Word(f"work_cost.kind={row.kind.value}")), Cell(Word(f"work_cost.payer={row.payer.value}")),
            Cell(Own(row.on.isoformat())), Cell(Own(show.money(row.amount))))  # fmt: skip


def _not_chosen(row: Quote) -> bool:
    return row.chosen_on is None and row.over is not None


def _expense(row: Cost) -> bool:
    return not row.capital


def _typed(row: Cost) -> bool:
    return not row.capital and not row.follows


QUOTES = Lines(
    "work_quote", N_("Quotes"),
    (Head("work_quote.provider_id", sorts=False), Head(N_("Sum (yuan)"), 110, True, sorts=False),
     Head(N_("Compared"), 110, sorts=False), Head("work_quote.days", 70, True, sorts=False),
     Head("work_quote.valid_until", 110, sorts=False), Head(N_("Choice"), 110, sorts=False)),
    quote, N_("Ask several firms what they want for it; then the quotes stand side by side."),
    (LineAct(Act("work_quotes.choose", "check", N_("Choose…")), _not_chosen),
     *kept("work_quotes", N_("Add quote"))),
)  # fmt: skip
COSTS = Lines(
    "work_cost", "work_costs",
    (Head("work_cost.label", sorts=False), Head("work_cost.kind", 100, sorts=False),
     Head("work_cost.payer", 160, sorts=False), Head("work_cost.on", 110, sorts=False),
     Head(N_("Sum (yuan)"), 120, True, sorts=False)),
    cost, N_("No costs yet; hours and materials bring theirs with them."),
    (LineAct(Act("work_costs.revise", "pencil", N_("Edit")), _expense),
     LineAct(Act("work_costs.remove", "trash-2", REMOVE), _typed),
     LineAct(Act("work_costs.capitalise", "gem", N_("Into the asset's value…"), on="none")),
     LineAct(Act("work_costs.add", "plus", N_("Add cost"), on="none"))),
)  # fmt: skip
