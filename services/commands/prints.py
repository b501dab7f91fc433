"""`print PAPER [NUMBER] --out FILE.pdf`: every paper the window shows, written to a file."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from resources.words import N_, tr
from services.commands import issuing, papers
from services.desk.desk import Desk
from services.desk.errors import WrongUse

Args = argparse.Namespace


def print_paper(desk: Desk, args: argparse.Namespace) -> int:
    """Write the paper in the language asked for, as on `--on` or today. WrongUse: what it is about is not named."""
    make, what, needed = papers.PAPERS[args.paper]
    if needed and not args.number:
        raise WrongUse(papers.NEEDED, paper=args.paper, what=what)
    if args.stage and args.paper != "disposal":
        raise WrongUse(N_("Only the papers of a disposal have stages"))
    if (args.which or args.team) and args.paper != "stocktake":
        raise WrongUse(N_("--paper and --team go with the papers of a stocktake"))
    if (args.about or args.by) and args.paper != "journal":
        raise WrongUse(N_("--about and --by go with the extract of the journal"))
    on, number = papers.day(args.on), ""
    draw = partial(make, desk, args, on)
    if args.issue:
        data, number = issuing.issued(desk, args, on, draw)
    else:
        with desk.ask("paper_settings.of", kind=args.paper).worn():
            data = draw()
    Path(args.out).write_bytes(data)
    if number:
        sys.stdout.write(tr(args.lang, N_("Issued as {number}"), number=number) + "\n")
    sys.stdout.write(tr(args.lang, N_("{n} bytes written to {file}"), n=len(data), file=args.out) + "\n")
    return 0
