"""资产增减变动表: what assets there were at the beginning of a period, what came, changed and went, what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from resources.words import N_, tr
from services.depreciation_flows import Amounts, Flow
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Statement, render
from services.documents.table import Column
from services.place_papers import office_of, other_tongue

NAME = N_("Movements of assets in a period")
WAYS = ("opening", "added", "moved_in", "changed", "parts", "disposed", "moved_out", "closing")
SAYS = {
    "opening": N_("Opening"), "added": N_("Added"), "moved_in": N_("Moved in"), "changed": N_("Value changed"),
    "parts": N_("Split, merged"), "disposed": N_("Disposed of"), "moved_out": N_("Moved out"), "closing": N_("Closing"),
}  # fmt: skip
LINES = ("cost", "accumulated", "net")
RULE = N_("Opening + added + moved in + changed + depreciation of the period - disposed of - moved out = closing.")
BROKEN = N_("In {n} rows the equation does not hold: the cards were changed past the records; run a check.")
POSTS = (N_("Handing over"), N_("Taking over"), N_("Finance"), N_("Supervising"))


def situation(desk: Desk, begin: date, end: date, compound_id: UUID | None, lang: str) -> bytes:
    """The paper of a period over everything in reach, or one compound: rows by compound and class in fen, each with
    original value, accumulated depreciation and what is left. Invalid: it ends before it begins."""
    say = partial(tr, lang)
    found: list[Flow] = desk.ask("depreciation.flows", from_on=begin, until_on=end, compound_id=compound_id)
    place = desk.named("compound", compound_id).label if compound_id else say(N_("All compounds within reach"))
    total = {way: sum((getattr(flow, way) for flow in found), Amounts()) for way in WAYS}
    taken, wrong = sum(flow.taken for flow in found), sum(not flow.holds for flow in found)
    heads = (N_("Class"), N_("Cards"), N_("Item"), *SAYS.values(), N_("Depreciation"))
    wide = (104, 48, 52, *[68] * len(SAYS), 60)
    paper = Statement(
        "asset-situation", say(NAME), other_tongue(lang, NAME), office_of(desk),
        [(say(N_("Compound")), place), (say(N_("Period")), f"{begin} — {end}")],
        [Column(say(name), width, "left" if n in (0, 2) else "right", n in (0, 2))
         for n, (name, width) in enumerate(zip(heads, wide, strict=True))],
        [row for flow in found for row in _rows(flow, say)] + _totals(total, taken, say), (),
        [(say(SAYS[way]), figures(total[way].cost)) for way in ("opening", "added", "disposed", "closing")]
        + [(say(N_("Depreciation")), figures(taken)),
           (say(N_("Net value")), figures(total["closing"].cost - total["closing"].accumulated))],
        [say(RULE), *([say(BROKEN, n=wrong)] if wrong else [])], [say(post) for post in POSTS],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _rows(flow: Flow, say: partial[str]) -> list[list[str]]:
    """Three lines a class: value, depreciation, what is left."""
    name = f"{flow.class_prefix} {flow.class_name}" if flow.class_prefix else say(N_("no class of the standard"))
    ways = {way: getattr(flow, way) for way in WAYS}
    return _lines(f"{flow.compound} · {name}", ways, flow.taken, say)


def _totals(total: Mapping[str, Amounts], taken: int, say: partial[str]) -> list[list[str]]:
    return _lines(say(N_("Total")), total, taken, say) if total["opening"].cards or total["closing"].cards else []


def _lines(name: str, ways: Mapping[str, Amounts], taken: int, say: partial[str]) -> list[list[str]]:
    cards = f"{ways['opening'].cards:,} → {ways['closing'].cards:,}"
    items = (say("asset.cost"), say("depreciation_run.accumulated"), say(N_("Net value")))
    made = []
    for n, (line, item) in enumerate(zip(LINES, items, strict=True)):
        sums = [_of(ways[way], line) for way in WAYS]
        spent = {"cost": 0, "accumulated": taken, "net": -taken}[line]
        first: Sequence[str] = (name, cards) if n == 0 else ("", "")
        made.append([*first, item, *(figures(fen) if fen else "" for fen in (*sums, spent))])
    return made


def _of(amounts: Amounts, line: str) -> int:
    return amounts.cost - amounts.accumulated if line == "net" else int(getattr(amounts, line))
