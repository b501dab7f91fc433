"""What an auditor asks beside the balance of a term: idle things, rent and income, off the books, titles, projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.asset import AssetStatus
from models.lease import LeaseState
from models.reconciliation import ReconciliationRule
from models.work_order import WorkKind
from resources.words import N_, tr
from services import reconciliation_words
from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.amounts import figures
from services.documents.statement import Chapter
from services.income_sums import proceeds, rent
from services.listed import chapter, every
from services.reconciliation_facts import Board
from services.term_flows import Term

MOST = 50
R = ReconciliationRule
OFF_BOOKS = (R.THING_SURPLUS, R.THING_OVER, R.TITLE_NO_CARD, R.BOOK_ACCOUNTS_ONLY, R.BOOK_REGISTER_ONLY)
IDLE, INCOME = N_("Idle assets"), N_("Rent and disposal income, and what the treasury got")
UNBOOKED, UNCLEAR, PROJECTS = N_("Not in the books"), N_("Titles not clear"), N_("Major repairs of the term")
DEAREST = N_("The {n} dearest of {all} assets that are idle now; all together {sum} yuan")
SUMS = (N_("Due in the term"), N_("Received in the term"), N_("Costs"), N_("To the treasury"),
        N_("Not yet received"), N_("Not yet paid on"))  # fmt: skip
Filters = tuple[tuple[str, tuple[Any, ...]], ...]


def beside(desk: Desk, term: Term, compound_id: UUID | None, lang: str) -> tuple[list[Chapter], list[str]]:
    """The chapters, and the names of those whose rows the person may not read."""
    say, lacking, made = partial(tr, lang), list[str](), list[Chapter]()
    within: Filters = (("compound_id", (compound_id,)),) if compound_id else ()
    chapters: tuple[tuple[str, tuple[str, ...], Callable[..., Chapter]], ...] = (
        (IDLE, ("assets.list",), _idle),
        (INCOME, ("leases.list", "lease_rents.list", "disposals.list", "disposal_incomes.list"), _income),
        (UNBOOKED, ("reconciliation.board",), _unbooked),
        (UNCLEAR, ("title_defects.list", "titles.list"), _unclear),
        (PROJECTS, ("work_orders.list", "work_costs.list"), _projects),
    )
    for title, needs, make in chapters:
        if all(desk.may(need) for need in needs):
            made.append(make(desk, term, within, lang))
        else:
            lacking.append(say(title))
    return made, lacking


def _idle(desk: Desk, term: Term, within: Filters, lang: str) -> Chapter:
    """As they are now: cards keep no days of how they are used."""
    units: Filters = (("unit_id", term.units),) if term.units else ()
    view = View("assets", filters=(*within, *units, ("status", (AssetStatus.IDLE,))), sort="cost", descending=True)
    found, say = desk.first(view, MOST), partial(tr, lang)
    rows = [
        [row["number"], row["name"], row["compound"] or "", row["room"] or row["building"] or row["place_text"] or "",
         row["unit"] or row["unit_text"] or "", _day(row["acquired_on"]), figures(row["cost"] or 0)]
        for row in found
    ]  # fmt: skip
    if found:
        told = say(DEAREST, n=len(found), all=desk.count(view), sum=figures(desk.sums(view)["cost"]))
        rows.append(["", told, *[""] * 5])
    heads = (("asset.number", 96), ("asset.name", 190), ("compound", 120), (N_("Place"), 90), ("asset.unit_id", 110),
             ("asset.acquired_on", 64), ("asset.cost", 84))  # fmt: skip
    return chapter(IDLE, lang, heads, rows, (6,))


def _income(desk: Desk, term: Term, within: Filters, lang: str) -> Chapter:
    """A line a lease or disposal that had anything in the term or owes something at its end, and a total."""
    say, sums, names = partial(tr, lang), dict[UUID, list[int]](), dict[UUID, tuple[str, ...]]()
    leases = {row["id"]: row for row in every(desk, View("leases", filters=within))}
    for row in every(desk, View("lease_rents", filters=within)):
        about = leases.get(row["lease_id"])
        if about and about["state"] in (LeaseState.RUNNING, LeaseState.ENDED):
            thing = about["asset"] or about["room"] or about["building"] or ""
            names[about["id"]] = (about["number"], about["lessee"], thing, about["compound"])
            row_sums = rent(row, term.from_on, term.until_on)
            _put(sums, about["id"], row_sums)
    for row in every(desk, View("disposals", filters=within)):
        names.setdefault(row["id"], (row["number"], row["receiver"] or "", say(f"disposal.mode={row['mode'].value}"),
                              row["compound"]))  # fmt: skip
    of = defaultdict[UUID, list[dict[str, Any]]](list)
    for row in every(desk, View("disposal_incomes", filters=within)):
        of[row["disposal_id"]].append(row)
    for id, incomes in of.items():
        _put(sums, id, proceeds(incomes, term.from_on, term.until_on))
    lines = [(names.get(id, ("", "", "", "")), told) for id, told in sums.items() if any(told)]
    rows = [[*name, *map(_fen, told)] for name, told in sorted(lines)]
    if rows:
        rows.append(["", say(N_("Total")), "", "", *(_fen(sum(told[n] for _, told in lines)) for n in range(6))])
    heads = (("lease.number", 108), (N_("Lessee or receiver"), 100), (N_("Object"), 70), ("compound", 90),
             *((name, 70) for name in SUMS))  # fmt: skip
    return chapter(INCOME, lang, heads, rows, range(4, 10))


def _put(sums: dict[UUID, list[int]], id: UUID, more: Sequence[int]) -> None:
    sums[id] = [a + b for a, b in zip(sums.get(id, [0] * 6), more, strict=True)]


def _unbooked(desk: Desk, term: Term, within: Filters, lang: str) -> Chapter:
    """What the three-way reconciliation of the last day says is there and in no card, or in the accounts alone."""
    say = partial(tr, lang)
    compound = within[0][1][0] if within else None
    board: Board = desk.ask("reconciliation.board", on=term.until_on, compound_id=compound)
    rows = [
        [say(f"reconciliation_note.rule={one.rule.value}"), one.compound, reconciliation_words.about(lang, one),
         reconciliation_words.value(lang, one.book, one.unit), reconciliation_words.value(lang, one.other, one.unit),
         reconciliation_words.state(lang, one)]
        for one in board.differences if one.rule in OFF_BOOKS
    ]  # fmt: skip
    heads = ((N_("Difference"), 120), ("compound", 110), (N_("About"), 210), (N_("In the books"), 80),
             (N_("Found"), 90), (N_("State"), 130))  # fmt: skip
    return chapter(UNBOOKED, lang, heads, rows)


def _unclear(desk: Desk, term: Term, within: Filters, lang: str) -> Chapter:
    """Defects that were open at the end of the term."""
    say = partial(tr, lang)
    until: Filters = (*within, ("opened_on", (None, term.until_on)))
    rows = [
        [row["number"], row["title"], row["compound"], say(f"title_defect.kind={row['kind'].value}"),
         row["evidence"] or "", say(f"title_defect.route={row['route'].value}") if row["route"] else "",
         _day(row["opened_on"]), _day(row["due_on"])]
        for row in every(desk, View("title_defects", filters=until))
        if row["settled_on"] is None or row["settled_on"] > term.until_on
    ]  # fmt: skip
    heads = (("title_defect.number", 92), ("title_defect.title_id", 130), ("compound", 90), ("title_defect.kind", 90),
             ("title_defect.evidence", 150), ("title_defect.route", 80), ("title_defect.opened_on", 56),
             ("title_defect.due_on", 56))  # fmt: skip
    return chapter(UNCLEAR, lang, heads, rows)


def _projects(desk: Desk, term: Term, within: Filters, lang: str) -> Chapter:
    """Orders that are projects, and orders of any kind that made an asset dearer, with what they cost in the term."""
    say, cost, numbers = partial(tr, lang), defaultdict[UUID, int](int), dict[UUID, str]()
    value, days = defaultdict[UUID, int](int), (term.from_on, term.until_on)
    for row in every(desk, View("work_costs", filters=(*within, ("on", days)))):
        numbers[row["work_order_id"]] = row["work_order_number"]
        cost[row["work_order_id"]] += row["amount"]
        value[row["work_order_id"]] += row["amount"] if row["value_change_id"] else 0
    asked = View("work_orders", filters=(*within, ("kind", (WorkKind.PROJECT,))))
    found = {row["id"]: row for row in every(desk, asked) if _began(row, term) or row["id"] in cost}
    if dearer := tuple(number for id, number in numbers.items() if value[id] and id not in found):
        found |= {row["id"]: row for row in every(desk, View("work_orders", filters=(("number", dearer),)))}
    if term.units:
        found = {id: row for id, row in found.items() if row["unit_id"] in term.units}
    rows = [
        [row["number"], row["title"], row["compound"], row["asset"] or row["room"] or row["building"] or "",
         say(f"work_order.state={row['state'].value}"), _moment(row["reported_at"]), _moment(row["done_at"]),
         _fen(cost[id]), _fen(value[id])]
        for id, row in found.items()
    ]  # fmt: skip
    if rows:
        sums = [sum(of[id] for id in found) for of in (cost, value)]
        rows.append(["", say(N_("Total")), *[""] * 5, *map(_fen, sums)])
    heads = (("work_order.number", 92), ("work_order.title", 160), ("compound", 96), (N_("Object"), 90),
             ("work_order.state", 52), ("work_order.reported_at", 56), ("work_order.done_at", 56),
             (N_("Cost (yuan)"), 72), (N_("Into asset value"), 80))  # fmt: skip
    return chapter(PROJECTS, lang, heads, rows, (7, 8))


def _began(row: dict[str, Any], term: Term) -> bool:
    return row["reported_at"] is not None and term.from_on <= row["reported_at"].astimezone().date() <= term.until_on


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: Any) -> str:
    return at.astimezone().date().isoformat() if at else ""


def _fen(fen: int) -> str:
    return figures(fen) if fen else ""
