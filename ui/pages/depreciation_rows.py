"""The rows of a month of depreciation: compounds with their classes, and the months that are booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from resources.words import N_
from services.depreciation_runs import Part, Sums
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said

HEADS = (
    Head(N_("Compound and class")), Head("depreciation_run.cards", 64, right=True),
    Head("depreciation_run.cost", 116, right=True), Head("depreciation_run.amount", 100, right=True),
    Head("depreciation_run.accumulated", 116, right=True), Head(N_("Net value"), 110, right=True),
    Head("depreciation_run.unknown", 76, right=True),
)  # fmt: skip
MONTHS = (
    Head("depreciation_run.month"), Head(N_("Compounds"), 80, right=True),
    Head("depreciation_run.amount", 108, right=True),
)  # fmt: skip
UNCLASSED = N_("no class of the standard")


@dataclass(frozen=True)
class Booked:
    """A month that is booked: in how many compounds, how many cards, in fen."""

    month: date
    compounds: int
    cards: int
    amount: int

    @classmethod
    def of(cls, runs: Iterable[Mapping[str, Any]]) -> list[Booked]:
        """From the rows of their list, the newest month first."""
        months: dict[date, list[Mapping[str, Any]]] = {}
        for run in runs:
            months.setdefault(run["month"], []).append(run)
        return [
            cls(month, len(found), sum(r["cards"] for r in found), sum(r["amount"] for r in found))
            for month, found in sorted(months.items(), reverse=True)
        ]  # fmt: skip


def lines(parts: Sequence[Part]) -> list[Line]:
    """A compound a row, its classes below it, all together at the foot."""
    made = [
        Line(part.compound_id, partial(_cells, Own(part.compound), part.total, _state(part)), [
            Line((part.compound_id, prefix), partial(_cells, _named(prefix, part.names), sums))
            for prefix, sums in sorted(part.by_class.items())
        ])
        for part in parts
    ]  # fmt: skip
    total = sum((part.total for part in parts), Sums())
    return [*made, Line("total", partial(_cells, N_("Total"), total), foot=True)] if len(parts) > 1 else made


def _named(prefix: str, names: Mapping[str, str]) -> Message:
    return Own(f"{prefix} {names.get(prefix, '')}") if prefix else UNCLASSED


def _state(part: Part) -> Message:
    if part.booked:
        return N_("booked")
    if not part.ready and part.last:
        return said(N_("booked until {month}"), month=f"{part.last:%Y-%m}")
    return ""


def _cells(name: Message, sums: Sums, note: Message = "") -> list[Cell]:
    net = sums.cost - sums.accumulated
    money = [Cell(Own(show.money(fen)), fen) for fen in (sums.cost, sums.amount, sums.accumulated, net)]
    none = Cell(
        Own(f"{sums.unknown:,}" if sums.unknown else show.NOTHING), sums.unknown, "warn" if sums.unknown else ""
    )
    return [Cell(name, str(name), note=note), Cell(Own(f"{sums.cards:,}"), sums.cards), *money, none]


def months(booked: Sequence[Booked]) -> list[Line]:
    """A row a month."""
    return [Line(each.month, partial(_month, each)) for each in booked]


def _month(each: Booked) -> list[Cell]:
    return [
        Cell(Own(f"{each.month:%Y-%m}"), each.month), Cell(Own(str(each.compounds)), each.compounds),
        Cell(Own(show.money(each.amount)), each.amount),
    ]  # fmt: skip
