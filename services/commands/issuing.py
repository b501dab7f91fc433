"""`print PAPER --issue`: the paper is filed in the archive as the window would, and the issued file is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from models.document import BOTH, FILED
from resources.words import N_
from services.commands import worth
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.desk.listing import View
from services.document_issuing import Subject

NOT_FILED = N_("“{paper}” is issued by the step of the record it is about, or is never filed")
RECORDS = {"card": "asset", "equipment": "asset", "order": "work_order", "ledger": "part_stock",
           "handover_list": "handover"}  # fmt: skip
LISTS = {"asset": "assets", "work_order": "work_orders", "part_stock": "part_stocks", "handover": "handovers"}
MORE = {  # what tells it by its day
    "plans": "%Y", "calendar": "%Y-%m", "maintenance": "%Y-%m", "stock": "%Y-%m", "ledger": "%Y", "statutory": "%Y",
}  # fmt: skip


def issued(desk: Desk, args: argparse.Namespace, on: date, draw: Callable[[], bytes]) -> tuple[bytes, str]:
    """The issued paper and its number. WrongUse: papers of this kind are not filed."""
    if args.paper not in FILED:
        raise WrongUse(NOT_FILED, paper=args.paper)
    about = _subject(desk, args, on)
    if args.lang == "en" and about.kind in BOTH:
        about = replace(about, more=about.more + "|en")
    id = desk.do("documents.issue", about=about, draw=draw).value
    return desk.ask("documents.signed", document_id=id), desk.ask("documents.version", document_id=id).number


def _subject(desk: Desk, args: argparse.Namespace, on: date) -> Subject:
    """What the window says of the same paper, where both can draw the same."""
    made, more = partial(Subject, args.paper), f"{on:{MORE[args.paper]}}" if args.paper in MORE else ""
    if target := RECORDS.get(args.paper):
        row = desk.first(View(LISTS[target], filters=(("number", (args.number,)),)), 1)[0]
        return made(row["compound_id"], row["id"], on, more)
    if args.paper == "term":
        days, where, unit = worth.asked(desk, args.number)
        return made(where, unit, min(days[1], on), f"{days[0]}..{days[1]}")
    if args.paper == "room":
        return made(record(desk, "compound", args.number.partition("/")[0]), record(desk, "room", args.number), on)
    if args.paper == "audit":
        term, _, code = args.number.partition("/")
        where = record(desk, "compound", code) if code else None
        return made(where, where, min(date.fromisoformat(term.partition("..")[2]), on), term)
    if args.paper in ("costs", "situation"):
        return made(None, None, on, args.number)
    if args.paper == "survey":
        return made(None, None, on, record(desk, "title", args.number).hex if args.number else "")
    if not args.number:
        return made(None, None, on, more)
    code, slash, _ = args.number.partition("/")
    compound: UUID = record(desk, "compound", code)
    building = record(desk, "building", args.number) if slash else None
    return made(compound, building or (None if args.paper == "register" else compound), on, more)
