"""The sub-commands that make or open an office."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

from models.role_grant import OFFICERS
from resources.words import N_, Word, tr
from services import import_papers, incidents, office, shared, sign_ins
from services.commands.jobs import say
from services.desk import doors
from services.desk.desk import Desk
from services.documents.recovery_sheet import Sheet, render
from services.sheets import whole

ONCE = N_("{role}: account {account}, password {password} — it is shown this once; hand it over and have it changed")

CODES = ("DAYUAN1|", "DAYUAN2:")  # how the text of a scanned code begins
CODE = N_("Recovery code: {code} — it is shown this once; print it or write it down, and keep it sealed in a safe")
SHEET = N_("The recovery sheet is in {file}: print it, then delete the file")


def setup(args: argparse.Namespace, password: str) -> int:
    """`setup --name NAME --code SITE`: `--user` becomes a compound administrator beside the three officers."""
    given = {role: os.environ.get(f"DAYUAN_PASSWORD_{role.upper()}") for role in OFFICERS}
    officers = {str(role): given[role] or secrets.token_urlsafe(12) for role in OFFICERS}
    if args.sheet:
        import_papers.check(args.sheet)
    values = {"name": args.name, "code": args.code, "account": args.user, "password": password, "officers": officers}
    place, sheet = _set_up(args, values)
    say(tr(args.lang, N_("The office {name} is set up in {folder}"), name=args.name, folder=place))
    for role in (role for role in OFFICERS if not given[role]):
        say(tr(args.lang, ONCE, role=Word(f"role_grant.role={role}"), account=role, password=officers[role]))
    if sheet:
        _tell(args, sheet)
    return 0


def _set_up(args: argparse.Namespace, values: dict[str, Any]) -> tuple[str, Sheet | None]:
    """Where the office is, and its sheet."""
    if args.server:
        return doors.written(doors.address(args.server)), shared.set_up(args.server, **values)
    with closing(office.set_up(args.data, **values)) as opened:
        return str(args.data), opened.take_sheet()


def renew(args: argparse.Namespace) -> int:
    """`renew URL`: the rights and shipped data of an office on a server are those of this version of the program."""
    shared.renew(args.server)
    say(tr(args.lang, N_("The office on the server is up to this version")))
    return 0


def recover(args: argparse.Namespace, code: str, password: str) -> int:
    """`recover ACCOUNT`: a new password for it, by the code of the recovery sheet, which is spent."""
    if args.sheet:
        import_papers.check(args.sheet)
    sheet = shared.recovered(args.office or args.data, code, args.account, password)
    say(tr(args.lang, N_("{account} has a new password, and the code that was used is void"), account=args.account))
    _tell(args, sheet)
    return 0


def _tell(args: argparse.Namespace, sheet: Sheet) -> None:
    """The new code, once, and on paper where that is asked for."""
    say(tr(args.lang, CODE, code=sheet.code))
    if args.sheet:
        with whole(args.sheet, private=True) as part:
            part.write_bytes(render(sheet).data)
        say(tr(args.lang, SHEET, file=args.sheet))


def demo(args: argparse.Namespace, password: str) -> int:
    """`demo`: the sample office."""
    from services import demo

    demo.make(args.data, account=args.user, password=password).close()
    say(tr(args.lang, N_("The sample office is in {folder}"), folder=args.data))
    return 0


def within(args: argparse.Namespace, password: str, job: Callable[[Desk, argparse.Namespace], int]) -> int:
    """Runs a job in the opened office."""
    with closing(_opened(args, password)) as opened:
        return job(opened.desk, args)


def _opened(args: argparse.Namespace, password: str) -> office.Office:
    """The office of who signs in, who is told at once what was found wrong with it and tried with his account."""
    opened = shared.opened(args.office or args.data, args.user, password)
    found = [incidents.in_words(finding, args.lang) for finding in opened.findings]
    for sentence in filter(None, [*found, sign_ins.in_words(opened.before, args.lang)]):
        sys.stderr.write(f"! {sentence}\n")
    return opened


def verify(args: argparse.Namespace, password: str | None) -> int:
    """`verify FILE.pdf|CODE [--trust FILE]`: exit 1 when something speaks against it. With an opened office it also
    says whether it is that office's, and what of a changed paper is changed."""
    from services import trust, verdicts

    trusted = trust.read(args.trust.read_bytes(), args.trust.name) if args.trust else None
    path = Path(args.file)
    with closing(_opened(args, password)) if password is not None else nullcontext() as opened:
        desk = opened.desk if opened else None
        verdict: verdicts.Verdict | verdicts.CodeVerdict
        if args.file.startswith(CODES) and not path.exists():
            verdict = verdicts.judge_code(args.file, trusted, desk)
        else:
            data = path.read_bytes()
            verdict = verdicts.judge(data, trusted)
            verdict = verdicts.asked(desk, data, verdict) if desk else verdict
    for _, sentence, values in verdict.lines():
        say(tr(args.lang, sentence, **values))
    return 0 if verdict.good else 1
