"""`print PAPER [NUMBER] --out FILE.pdf`: every paper the window shows, written to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.imports.dates import NO_DATE

NEEDED = N_("Which one? print {paper} takes {what}")


def print_paper(desk: Desk, args: argparse.Namespace) -> int:
    """Write the paper in the language asked for, as on `--on` or today. WrongUse: what it is about is not named."""
    make, what, needed = PAPERS[args.paper]
    if needed and not args.number:
        raise WrongUse(NEEDED, paper=args.paper, what=what)
    if args.stage and args.paper != "disposal":
        raise WrongUse(N_("Only the papers of a disposal have stages"))
    about = (args.number, args.stage) if args.paper == "disposal" else args.number
    data = make(desk, about, _day(args.on), args.lang)
    Path(args.out).write_bytes(data)
    sys.stdout.write(tr(args.lang, N_("{n} bytes written to {file}"), n=len(data), file=args.out) + "\n")
    return 0


def _day(text: str | None) -> date:
    if not text:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(NO_DATE, value=text) from None


def _handover(desk: Desk, number: str, _on: date, _lang: str) -> bytes:
    from services import handovers

    return bytes(desk.ask(handovers.paper, record(desk, "handover", number)))


def _disposal(desk: Desk, about: tuple[str, str | None], _on: date, _lang: str) -> bytes:
    number, stage = about
    more = {"stage": stage} if stage else {}
    return bytes(desk.ask("disposals.paper", disposal_id=record(desk, "disposal", number), **more))


def _survey(desk: Desk, number: str | None, on: date, _lang: str) -> bytes:
    of = [record(desk, "title", number)] if number else None
    return bytes(desk.ask("titles.survey", title_ids=of, on=on))


def _history(desk: Desk, number: str, on: date, lang: str) -> bytes:
    from services import history_papers

    return history_papers.history(desk, record(desk, "building", number), on, lang)


def _usage(desk: Desk, number: str, on: date, lang: str) -> bytes:
    from services import place_papers

    compound, slash, _ = number.partition("/")
    building: UUID | None = record(desk, "building", number) if slash else None
    return place_papers.usage(desk, record(desk, "compound", compound), building, on, lang)


def _offices(desk: Desk, _number: str | None, on: date, lang: str) -> bytes:
    from services import place_papers

    return place_papers.over(desk, on, lang)


def _costs(desk: Desk, number: str, _on: date, lang: str) -> bytes:
    from services import place_papers

    if not number.isdecimal():
        raise WrongUse(NEEDED, paper="costs", what="YEAR")
    return place_papers.comparison(desk, int(number), lang)


PAPERS: dict[str, tuple[Callable[[Desk, Any, date, str], bytes], str, bool]] = {  # what it is about, and must say
    "handover": (_handover, "NUMBER", True),
    "disposal": (_disposal, "NUMBER", True),
    "survey": (_survey, "TITLE", False),
    "history": (_history, "COMPOUND/BUILDING", True),
    "usage": (_usage, "COMPOUND[/BUILDING]", True),
    "offices": (_offices, "", False),
    "costs": (_costs, "YEAR", True),
}
