"""`labels`: asset labels as a file for the printer, chosen by number, by room or by what changed."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from uuid import UUID

from resources.words import N_, tr
from services.commands.jobs import say
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.desk.listing import View
from services.imports.dates import NO_DATE

AT_ONCE = 500


def run(desk: Desk, args: argparse.Namespace) -> int:
    """`labels NUMBER … | --room ROOM | --since DATE | --calibration --out FILE.pdf`."""
    if args.calibration:
        data: bytes = desk.ask("labels.calibration", stock=args.stock, lang=args.lang)
    else:
        ids = _chosen(desk, args)
        if not ids:
            say(tr(args.lang, N_("There are no labels to print")))
            return 0
        data = desk.ask("labels.sheet", asset_ids=ids, stock=args.stock, start=args.start)
        say(tr(args.lang, N_("{n} labels"), n=len(ids)))
    Path(args.out).write_bytes(data)
    say(tr(args.lang, N_("{n} bytes written to {file}"), n=len(data), file=args.out))
    return 0


def _chosen(desk: Desk, args: argparse.Namespace) -> list[UUID]:
    ways = [bool(args.numbers), bool(args.room), bool(args.since)]
    if sum(ways) != 1:
        raise WrongUse(N_("Say which labels: numbers of assets, or --room, or --since"))
    if args.numbers:
        return [record(desk, "asset", number) for number in args.numbers]
    if args.room:
        view = View("assets", filters=(("room_id", (record(desk, "room", args.room),)),))
        numbers = desk.ids(view)
        pages = (desk.page("assets", numbers[at : at + AT_ONCE]) for at in range(0, len(numbers), AT_ONCE))
        return [row["id"] for page in pages for row in page]
    try:
        since = date.fromisoformat(args.since)
    except ValueError:
        raise WrongUse(NO_DATE, value=args.since) from None
    compound = record(desk, "compound", args.compound) if args.compound else None
    found: list[UUID] = desk.ask("labels.changed", since=since, compound_id=compound)
    return found
