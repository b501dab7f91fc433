"""The rows a disposal shows beside its assets: papers, what is missing, sums. Each with the words of its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.disposal import COSTS, IncomeKind
from resources.words import N_
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Own, said, words

if TYPE_CHECKING:
    from services.disposal_sheet import Check, Gap

PAPERS = (Head("disposal_paper.item", sorts=False), Head(N_("State"), 92, sorts=False))
GAPS = (Head(N_("What is missing before the next step"), sorts=False),)
SUMS = (
    Head("disposal_income.kind", sorts=False),
    Head(N_("Amount (yuan)"), 116, right=True, sorts=False),
    Head(N_("State"), 112, sorts=False),
)
Row = Mapping[str, Any]


def papers(checks: tuple[Check, ...]) -> list[Line]:
    """A row for each paper; its key is the item."""
    return [Line(check.item.value, partial(_paper, check)) for check in checks]


def _paper(check: Check) -> list[Cell]:
    state = (N_("Not filed"), "warn") if check.step == "apply" else (N_("Later"), "idle")
    if check.paper_id is not None:
        state = (N_("Filed"), "ok")
    day = check.paper_on.isoformat() if check.paper_on else ""
    there = " · ".join(filter(None, (check.paper_no, day)))
    note = Own(there) if there else show.source(check.source)
    return [
        Cell(f"disposal_paper.item={check.item.value}", note=note, tip=partial(_told, check), icon="file-text"),
        Cell(state[0], tone=state[1], pill=True),
    ]


def _told(check: Check) -> str:
    """A paper as it is read aloud: its number and the rule that asks for it."""
    return ", ".join(
        filter(
            None, (words(f"disposal_paper.item={check.item.value}"), check.paper_no, words(show.source(check.source)))
        )
    )


def gaps(missing: tuple[Gap, ...]) -> list[Line]:
    """A row for each sentence."""
    return [Line(at, partial(_gap, gap)) for at, gap in enumerate(missing)]


def _gap(gap: Gap) -> list[Cell]:
    sentence = said(gap.message, **gap.values)
    return [Cell(sentence, icon="triangle-alert", tip=sentence)]


def sums(rows: Sequence[Row]) -> list[Line]:
    """A row for each sum; its key is the id of it."""
    return [Line(row["id"], partial(_sum, row)) for row in rows]


def cost(row: Row) -> bool:
    """Whether it is money that goes out."""
    return IncomeKind(row["kind"]) in COSTS


def _sum(row: Row) -> list[Cell]:
    on = row["paid_on"] or row["received_on"] or row["due_on"]
    if row["paid_on"]:
        state, tone = N_("Paid to treasury"), "ok"
    elif row["received_on"]:
        state, tone = (N_("Spent"), "idle") if cost(row) else (N_("To be paid on"), "warn")
    else:
        state, tone = N_("Due"), "info"
    amount = -row["amount"] if cost(row) else row["amount"]
    return [
        Cell(f"disposal_income.kind={IncomeKind(row['kind']).value}", note=Own(row["payer"] or row["number"])),
        Cell(Own(show.money(amount)), note=Own(on.isoformat() if on else row["number"])),
        Cell(state, tone=tone, pill=True),
    ]
