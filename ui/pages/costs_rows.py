"""The rows of the costs side by side: each compound with its rates, and below them the medians."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from models.cost_entry import Function
from resources.words import N_
from services.cost_years import medians
from services.costs import CompoundCost
from ui.kit import briefly, show
from ui.kit.grid_model import NONE, Cell, Head, Line
from ui.kit.text import Own, said, words

DEAR = 1.5  # times the median: from here on a cost is shown as one to ask about
RATE, PART = 98, 68
HEADS = (
    Head(N_("Compound")),
    Head(N_("Yuan per m²"), RATE, right=True),
    Head(N_("Yuan per head"), RATE, right=True),
    Head(partial(briefly.titled, N_("Total")), 96, right=True),
    *(Head(f"cost_entry.function={f.value}", PART, right=True) for f in Function),
    Head(N_("Posts"), 84, right=True),
    Head(N_("Floor area (m²)"), 104, right=True),
    Head(N_("Heads"), 70, right=True),
)
FIRST = 1  # the column that is sorted by to begin with


@dataclass(frozen=True)
class Usual:
    """What the compounds of a year have in common: the middle and the highest rates, in fen."""

    per_square_metre: int | None
    per_head: int | None
    highest: int
    highest_head: int
    functions: Mapping[Function, tuple[float, float]]  # middle and highest, fen for each 0.01 m²
    posts: int

    @classmethod
    def of(cls, found: Sequence[CompoundCost]) -> Usual:
        """Of these compounds."""
        rates = {f: [r for cost in found if (r := rate(cost, f)) is not None] for f in Function}
        return cls(
            *medians(found),
            max((cost.per_square_metre or 0 for cost in found), default=0),
            max((cost.per_head or 0 for cost in found), default=0),
            {f: (statistics.median(every), max(every)) for f, every in rates.items() if every},
            max((cost.posts_own + cost.posts_contracted for cost in found), default=0),
        )


def rate(cost: CompoundCost, function: Function) -> float | None:
    """What a function costs for each 0.01 m²; None where there is no such cost or no area."""
    amount = cost.amounts.get(function)
    return amount / cost.area if amount and cost.area else None


def times(cost: CompoundCost, usual: Usual) -> float:
    """How many times the median a compound costs per m²; 0 where nobody can say."""
    if not usual.per_square_metre or cost.per_square_metre is None:
        return 0.0
    return cost.per_square_metre / usual.per_square_metre


def lines(found: Sequence[CompoundCost]) -> list[Line]:
    """A row for each compound, and the median at the foot."""
    usual = Usual.of(found)
    made = [Line(cost.id, partial(_cells, cost, usual)) for cost in found]
    return [*made, Line("median", partial(_foot, found, usual), foot=True)] if len(found) > 1 else made


def _cells(cost: CompoundCost, usual: Usual) -> list[Cell]:
    posts = cost.posts_own + cost.posts_contracted
    own = cost.posts_own / posts if posts else 1.0
    total = said(N_("{sum} yuan"), sum=show.money(cost.total))
    return [
        Cell(Own(cost.name), cost.name, note=f"compound.kind={cost.kind}"),
        _rate(cost.per_square_metre, usual.per_square_metre, usual.highest),
        _rate(cost.per_head, usual.per_head, usual.highest_head),
        Cell(partial(briefly.sum_, cost.total) if cost.total else Own(show.NOTHING), cost.total, tip=total),
        *(_function(cost, function, usual) for function in Function),
        Cell(
            Own(f"{cost.posts_own} + {cost.posts_contracted}"), posts, own=own,
            bar=posts / usual.posts if usual.posts else NONE,
            tip=said(N_("{own} posts of the office, {contracted} contracted"), own=cost.posts_own,
                     contracted=cost.posts_contracted),
        ),
        Cell(Own(show.area(cost.area) if cost.area else show.NOTHING), cost.area or None),
        Cell(Own(f"{cost.heads:,}" if cost.heads else show.NOTHING), cost.heads),
    ]  # fmt: skip


def _rate(fen: int | None, middle: int | None, highest: int) -> Cell:
    if fen is None:
        return Cell(Own(show.NOTHING), None, "text3")
    dear = bool(middle) and fen > DEAR * (middle or 0)
    mark = middle / highest if middle and highest else NONE
    return Cell(Own(show.money(fen)), fen, "bad" if dear else "", bar=fen / highest if highest else 0.0, mark=mark)


def _function(cost: CompoundCost, function: Function, usual: Usual) -> Cell:
    amount = cost.amounts.get(function)
    if not amount:
        return Cell(Own(show.NOTHING), None, "text3")
    own, (middle, highest) = rate(cost, function), usual.functions.get(function, (0.0, 0.0))
    if own is None or not highest:
        return Cell(partial(briefly.sum_, amount), amount)
    tone = "bad" if own > DEAR * middle and len(usual.functions) else ""
    tip = said(N_("{sum} yuan, {rate} per m²"), sum=show.money(amount), rate=show.money(round(own * 100)))
    return Cell(
        partial(briefly.sum_, amount), amount, tone, bar=own / highest, mark=middle / highest, tip=tip
    )  # fmt: skip


def _foot(found: Sequence[CompoundCost], usual: Usual) -> list[Cell]:
    def middle(values: list[int]) -> int:
        return round(statistics.median(values)) if values else 0

    functions = [middle([cost.amounts[f] for cost in found if cost.amounts.get(f)]) for f in Function]
    total = middle([cost.total for cost in found if cost.total])
    sums = [Cell(partial(briefly.sum_, fen) if fen else Own(show.NOTHING), fen) for fen in (total, *functions)]
    rates = [
        Cell(Own(show.NOTHING if fen is None else show.money(fen)), fen)
        for fen in (usual.per_square_metre, usual.per_head)
    ]
    return [Cell(said(N_("Median")), ""), *rates, *sums, *[Cell()] * 3]


def spoken(found: Sequence[CompoundCost]) -> tuple[str, dict[str, str]] | None:
    """The sentence about the dearest compound, with its values; None when none stands out."""
    usual = Usual.of(found)
    dearest = max(found, key=partial(_times, usual), default=None)
    if dearest is None or times(dearest, usual) <= DEAR:
        return None
    over = {f: (rate(dearest, f) or 0) - usual.functions[f][0] for f in dearest.amounts if f in usual.functions}
    ranked = sorted(over, key=over.__getitem__, reverse=True)[:2]
    return N_("{name} costs {rate} yuan per m², {times} times the median of {median}; most of it for {functions}."), {
        "name": dearest.name, "rate": show.money(dearest.per_square_metre or 0),
        "times": f"{times(dearest, usual):.1f}", "median": show.money(usual.per_square_metre or 0),
        "functions": words(N_(", ")).join(words(f"cost_entry.function={f.value}") for f in ranked),
    }  # fmt: skip


def _times(usual: Usual, cost: CompoundCost) -> float:
    return times(cost, usual)
