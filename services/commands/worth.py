"""What assets are worth, beside the rows of their list: cost, accumulated depreciation and what is left, on a day."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services import depreciation, depreciation_runs
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import Missing, NotAllowed, WrongUse
from services.desk.schema import FieldSpec, Kind
from services.imports.dates import NO_DATE

Rows = list[dict[str, Any]]
COLUMNS = {
    "accumulated": FieldSpec("depreciation_line", "accumulated", Kind.MONEY),
    "net": FieldSpec("asset", "net_value", Kind.MONEY),
}


def now(desk: Desk, rows: Rows) -> Rows:
    """The rows of the list of today with `accumulated` and `net` in fen; without them for who may not know."""
    try:
        found = desk.ask("depreciation.worth", asset_ids=[row["id"] for row in rows], on=_today(desk))
    except NotAllowed:
        return rows
    for row in rows:
        _put(row, *found.get(row["id"], (row["cost"] or 0, 0)))
    return rows


def past(desk: Desk, batches: Iterator[Rows], until: datetime) -> Iterator[Rows]:
    """The rows of a list as it was before an instant, from what was recorded until then alone."""
    day, changes = (until.astimezone() - timedelta(seconds=1)).date(), defaultdict[UUID, list[Any]](list)
    try:
        for batch in desk.past("asset_value_changes", until):
            for row in batch:
                changes[row["asset_id"]].append(SimpleNamespace(**row))
    except NotAllowed:
        yield from batches
        return
    for rows in batches:
        for row in rows:
            asset = SimpleNamespace(**{"moved_on": None} | row)
            card = depreciation.card_of(asset, changes.get(row["id"], ()))
            _put(row, depreciation.cost(card, day), depreciation.accumulated(card, day))
        yield rows


def _put(row: dict[str, Any], cost: int, taken: int) -> None:
    row |= {"accumulated": taken, "net": cost - taken} if row["cost"] is not None else dict.fromkeys(COLUMNS)


def _today(desk: Desk) -> date:
    return desk.clock().astimezone().date()


def depreciate(desk: Desk, args: argparse.Namespace) -> int:
    """`depreciate [--month YYYY-MM]`: books that month, or every month that is due, one after the other."""
    today = _today(desk)
    while True:
        parts = desk.ask("depreciation.preview", month=_month(args.month) if args.month else today)
        month = _month(args.month) if args.month else depreciation_runs.next_month(parts, today)
        if month is None:
            sys.stdout.write(tr(args.lang, N_("Every month that has ended is booked")) + "\n")
            return 0
        count = desk.do("depreciation.book", month=month).value
        told = sum((part.total for part in desk.ask("depreciation.preview", month=month)), depreciation_runs.Sums())
        line = N_("{month}: {n} compounds, {cards} cards, {amount} yuan; {unknown} cards without a life")
        said = {"month": f"{month:%Y-%m}", "n": count, "cards": told.cards, "unknown": told.unknown}
        sys.stdout.write(tr(args.lang, line, amount=f"{told.amount / 100:,.2f}", **said) + "\n")
        if args.month or not any(part.last for part in parts):
            return 0


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise WrongUse(NO_DATE, value=text) from None


def situation(desk: Desk, args: argparse.Namespace) -> bytes:
    """`print situation 2026-01-01..2026-12-31`: the statement of assets of a period."""
    from services import asset_situation

    return asset_situation.situation(desk, *_days(args.number), None, args.lang)


def term(desk: Desk, args: argparse.Namespace) -> bytes:
    """`print term 2023-01-01..2026-12-31[/CODE]`: the statement of a term of office."""
    from services import term_statement

    days, compound, unit = asked(desk, args.number)
    return term_statement.statement(desk, *days, args.lang, compound, unit)


def asked(desk: Desk, text: str) -> tuple[tuple[date, date], UUID | None, UUID | None]:
    """The days of `FROM..TO[/CODE]`, and the compound, else the unit, with this code; neither for everything."""
    days, _, code = text.partition("/")
    if not code:
        return _days(days), None, None
    try:
        return _days(days), record(desk, "compound", code), None
    except Missing:
        return _days(days), None, record(desk, "organization", code)


def _days(text: str) -> tuple[date, date]:
    begin, _, end = text.partition("..")
    try:
        return date.fromisoformat(begin), date.fromisoformat(end)
    except ValueError:
        raise WrongUse(NO_DATE, value=text) from None
