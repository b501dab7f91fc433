"""Parses the command line, opens the office, turns refusals into a sentence and an exit status."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

from resources.words import LANGUAGES, N_, tr
from services.commands.asking import PASSWORD, RECOVERY, asked, language, password
from services.desk.desk import Desk
from services.desk.errors import UserError, WrongUse

log = logging.getLogger(__name__)
PAPERS = (
    "handover", "disposal", "acceptance", "card", "register", "survey", "history", "usage", "offices", "costs",
    "plans", "reconciliation", "situation", "stocktake", "structure", "job", "order", "maintenance", "slip", "count",
    "ledger", "stock", "calendar", "equipment", "term", "room", "compound", "journal", "rights", "statutory", "audit",
    "handover_list",
)  # fmt: skip
STAGES = ("application", "approval", "write_off")  # of a disposal; named here, for the parser loads no models
SHEETS = ("sheet", "surplus", "loss", "differences", "approval", "adjustments", "report")  # of a stocktake
Sub = Callable[[str, str], argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """All sub-commands. Without one, the window opens."""
    top = argparse.ArgumentParser(prog="main.py", description="Dayuan 大院管家")
    top.add_argument("--data", type=Path, default=Path(platformdirs.user_data_dir("Dayuan", False)), metavar="DIR")
    top.add_argument("--office", metavar="URL", help="an office on a server: postgresql://HOST/DATABASE")
    top.add_argument("--user", metavar="NAME", default="admin")
    top.add_argument("--lang", choices=LANGUAGES, default=language())
    subs = top.add_subparsers(dest="command", metavar="COMMAND")

    def sub(name: str, text: str) -> argparse.ArgumentParser:
        return subs.add_parser(name, help=text, description=text)

    _offices(sub)
    _registers(sub)
    _papers(sub)
    _acts(sub)
    return top


def _offices(sub: Sub) -> None:
    new = sub("setup", "set up a new office in an empty folder, or on a server")
    new.add_argument("server", nargs="?", metavar="URL", help="postgresql://ADMINISTRATOR@HOST/EMPTY_DATABASE")
    new.add_argument("--name", required=True)
    new.add_argument("--code", required=True, help="site code, 2-6 of A-Z 0-9")
    again = sub("renew", "bring an office on a server up to this version of the program, as who administers the server")
    again.add_argument("server", metavar="URL", help="postgresql://ADMINISTRATOR@HOST/DATABASE")
    back = sub("recover", "give an account a new password with the code of the recovery sheet")
    back.add_argument("account", metavar="ACCOUNT")
    for made in (new, back):
        made.add_argument("--sheet", metavar="OUT.pdf", type=Path, help="write the recovery sheet there, to be printed")
    sub("demo", "make the sample office in an empty folder")
    sub("check", "prove that database, records, rows and papers agree")
    sub("tour", "go through the main job in offscreen windows; pictures in out/tour")


def _registers(sub: Sub) -> None:
    bring = sub("import", "bring in a register")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--as", required=True, dest="kind", metavar="KIND")
    bring.add_argument("--compound", metavar="CODE")
    bring.add_argument("--map", metavar="FILE.json|NAME", help="a mapping profile, by its file or its name")
    bring.add_argument("--sheet", action="append", default=[], metavar="NAME", help="read this sheet (may be repeated)")
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--create", action="store_true", help="make the places, units and people that are not there")
    bring.add_argument("--only", metavar="FIELD,FIELD", default="", help="of known records change these fields only")
    bring.add_argument("--keep-personal", action="store_true", help="keep columns of personal data as extra facts")
    bring.add_argument("--blank", action="store_true", help="empty cells empty the fields of known records")
    bring.add_argument(
        "--refused", metavar="OUT.xlsx|OUT.csv", type=Path, help="write refused rows there, with the reason"
    )
    bring.add_argument("--report", metavar="OUT.pdf", type=Path, help="write what became of every row there")
    show = sub("list", "list records")
    show.add_argument("kind")
    show.add_argument("--search", default="")
    show.add_argument("--filter", default="", metavar="NAME", help="through a filter saved for this list")
    show.add_argument("--on", metavar="DATE", help="as it was at the end of that day")
    show.add_argument("--json", action="store_true")
    out = sub("export", "write a list as a workbook or as text with commas")
    out.add_argument("kind")
    out.add_argument("--out", required=True, metavar="FILE.xlsx|FILE.csv")


def _papers(sub: Sub) -> None:
    month = sub("depreciate", "book the depreciation of every month that is due, or of one")
    month.add_argument("--month", metavar="YYYY-MM", help="this month alone")
    paper = sub("print", "print a paper as PDF")
    paper.add_argument("paper", choices=PAPERS)
    paper.add_argument("number", nargs="?", help="of the record; TITLE, COMPOUND/BUILDING, COMPOUND, year, FROM..TO")
    paper.add_argument("--stage", choices=STAGES, help="of a disposal; else the last")
    paper.add_argument("--paper", choices=SHEETS, dest="which", help="of a stocktake; else its report")
    paper.add_argument("--team", metavar="NAME", help="the sheet of this team of a stocktake")
    paper.add_argument("--about", nargs=2, metavar=("KIND", "NUMBER"), help="the journal of one record, as asset ZC001")
    paper.add_argument("--by", metavar="ACCOUNT", help="the journal of what one account did")
    paper.add_argument("--size", choices=("a5", "a4"), default="a5", help="of a card")
    paper.add_argument("--on", metavar="DAY", help="as on this day, as 2026-11-30; else today")
    paper.add_argument("--issue", action="store_true", help="file it in the archive, with a number of its own")
    paper.add_argument("--out", required=True)
    _labels(sub("labels", "labels of assets as PDF, for sheets and label printers"))
    look = sub("verify", "is a paper unchanged, who signed it, and (with --user) is it ours")
    look.add_argument("file", metavar="FILE|CODE", help="a PDF, or the text of the code scanned from a printed paper")
    look.add_argument("--trust", metavar="FILE.pem", type=Path, help="certificates and keys of an office")


def _labels(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("numbers", nargs="*", metavar="NUMBER", help="numbers of assets, in the order of printing")
    sub.add_argument("--room", metavar="COMPOUND/BUILDING/ROOM", help="everything that stands in a room")
    sub.add_argument("--since", metavar="DATE", help="what came or moved since that day")
    sub.add_argument("--compound", metavar="CODE", help="with --since: in this compound only")
    sub.add_argument("--stock", default="a4-3x8", help="kind of sheet or roll, as in label_stocks.json")
    sub.add_argument("--start", type=int, default=1, metavar="N", help="first label of the first sheet, from 1")
    sub.add_argument("--calibration", action="store_true", help="the page to measure the printer with, and no labels")
    sub.add_argument("--out", required=True, metavar="FILE.pdf")


def _acts(sub: Sub) -> None:
    told = sub("commands", "every intent and query with its arguments")
    told.add_argument("name", nargs="?")
    told.add_argument("--json", action="store_true")
    for verb, text in (("do", "run an intent"), ("ask", "run a query")):
        one = sub(verb, text)
        one.add_argument("name")
        one.add_argument("values", nargs="*", metavar="name=value")
        one.add_argument("--json", action="store_true")
        if verb == "ask":
            one.add_argument("--out", metavar="FILE")


def run(args: argparse.Namespace, signed_in: bool) -> int:
    """Exit status: 0 done, 1 refused with the reason on stderr, 2 wrong use."""
    try:
        return _dispatch(args, signed_in)
    except UserError as refusal:
        sys.stderr.write(tr(args.lang, refusal.message, **refusal.values) + "\n")
        return 2 if isinstance(refusal, WrongUse) else 1
    except BrokenPipeError:  # whoever reads this has seen enough, as in `list assets | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _dispatch(args: argparse.Namespace, signed_in: bool) -> int:
    from services import registry  # noqa: F401 — every intent, query and list is known from here on
    from services.commands import jobs, labels, offices, prints, worth

    if args.command == "commands":
        return jobs.commands(args)
    if args.command in ("setup", "demo"):
        return {"setup": offices.setup, "demo": offices.demo}[args.command](args, password())
    if args.command == "renew":
        return offices.renew(args)
    if args.command == "recover":
        return offices.recover(args, asked(RECOVERY, N_("Recovery code")), asked(PASSWORD, N_("New password")))
    if args.command == "verify":
        return offices.verify(args, password() if signed_in else None)
    table: dict[str, Callable[[Desk, argparse.Namespace], int]] = {
        "list": jobs.list_rows, "export": jobs.export, "import": jobs.take_in, "print": prints.print_paper,
        "check": jobs.check, "do": jobs.do, "ask": jobs.ask, "labels": labels.run, "depreciate": worth.depreciate,
    }  # fmt: skip
    return offices.within(args, password(), table[args.command])
