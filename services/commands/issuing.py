"""`print PAPER --issue`: the paper is filed in the archive as the window would, and the issued file is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.document import FILED
from resources.words import N_
from services.commands import papers, worth
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.desk.listing import View
from services.document_issuing import Subject

NOT_FILED = N_("“{paper}” is issued by the step of the record it is about, or is never filed")
RECORDS = {"card": "asset", "equipment": "asset", "order": "work_order", "ledger": "part_stock",
           "handover_list": "handover"}  # fmt: skip
KINDS = {"asset": "assets", "work_order": "work_orders", "part_stock": "part_stocks", "handover": "handovers"}
PERIODS, LISTS = ("maintenance", "audit", "stock", "situation"), ("register", "structure", "statutory")
MORE = {"plans": "%Y", "calendar": "%Y-%m"}  # of the day


def issued(desk: Desk, args: argparse.Namespace, on: date, draw: Callable[[], bytes]) -> tuple[bytes, str]:
    """The issued paper and its number. WrongUse: papers of this kind are not filed."""
    if args.paper not in FILED:
        raise WrongUse(NOT_FILED, paper=args.paper)
    about = _subject(desk, args, on).spoken(args.lang)
    id = desk.do("documents.issue", about=about, draw=draw).value
    return desk.ask("documents.signed", document_id=id), desk.ask("documents.version", document_id=id).number


def _subject(desk: Desk, args: argparse.Namespace, on: date) -> Subject:
    """What the window says of the same paper."""
    kind, made = args.paper, partial(Subject, args.paper)
    if target := RECORDS.get(kind):
        row = _row(desk, target, args.number)
        if kind == "ledger":
            of = {"compound_id": (row["compound_id"],), "id": (row["id"],)}
            return Subject.over(kind, on.replace(month=1, day=1), on, on, of)
        return Subject.of(kind, row, min(row["handed_on"], on) if kind == "handover_list" else on)
    if kind == "term":
        days, where, unit = worth.asked(desk, args.number)
        return made(where, unit, min(days[1], on), f"{days[0]}..{days[1]}")
    if kind == "survey":
        return Subject.within(kind, {"title_ids": [record(desk, "title", args.number)] if args.number else ()}, on)
    if kind in PERIODS or kind in LISTS:
        return _within(desk, args, on)
    if kind == "costs":
        return made(None, None, on, args.number)
    if not args.number:
        return made(None, None, on)
    code, *rest = args.number.split("/")
    compound: UUID = record(desk, "compound", code)
    place = record(desk, ("building", "room")[len(rest) - 1], args.number) if rest else compound
    return made(compound, place, on, f"{on:{MORE[kind]}}" if kind in MORE else "")


def _within(desk: Desk, args: argparse.Namespace, on: date) -> Subject:
    """A paper about what is let through, of a period or of a day."""
    said = args.number or ""
    days, _, code = said.partition("/") if args.paper in ("situation", "audit") else ("", "", said)
    name = "compound_id" if args.paper in ("stock", "register") else "compound_ids"
    scope = {name: (record(desk, "compound", code),)} if code else {}
    if args.paper in LISTS:
        return Subject.within(args.paper, scope, on, str(on.year) if args.paper == "statutory" else "")
    first, last = papers.period(days) if days else (on.replace(day=1), on)
    return Subject.over(args.paper, first, last, on, scope)


def _row(desk: Desk, target: str, number: str) -> dict[str, Any]:
    """Missing: there is none of this number."""
    id = record(desk, target, number)
    return next(row for row in desk.first(View(KINDS[target], filters=(("number", (number,)),)), 9) if row["id"] == id)
