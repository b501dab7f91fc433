"""What each sub-command does with an opened office."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services import saved_filters
from services.commands import worth
from services.commands.values import plain, record, rows_by_number, shown_as, typed
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.desk.intent import INTENTS, QUERIES, Act
from services.desk.listing import LISTINGS, Listing, View
from services.desk.schema import FieldSpec, Kind, arguments
from services.imports.dates import NO_DATE
from services.imports.report import Report
from services.intake import DryRun

AT_ONCE = 500


def say(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(text + "\n")


def list_rows(desk: Desk, args: argparse.Namespace) -> int:
    """`list KIND [[--search TEXT] [--filter NAME] | --on DATE] [--json]`."""
    found = _listing(args.kind)
    rows, shown = _rows(desk, found, args), found.columns | _worth(found)
    if args.json:
        first = True
        sys.stdout.write("[")
        for row in rows:
            sys.stdout.write(("" if first else ",") + "\n" + json.dumps(row, ensure_ascii=False))
            first = False
        say("\n]" if not first else "]")
        return 0
    picked = [n for n, s in shown.items() if s.kind not in (Kind.REFERENCE, Kind.EXTRA, Kind.LONG)]
    say("\t".join(tr(args.lang, shown[n].key) for n in picked))
    for row in rows:
        say("\t".join(shown_as(args.lang, shown[n], row.get(n)) for n in picked))
    return 0


def _rows(desk: Desk, found: Listing, args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if args.on is not None and args.search:
        raise WrongUse(N_("--search looks at what is there now: leave out --on or --search"))
    if args.on is not None and args.filter:
        raise WrongUse(N_("--filter looks at what is there now: leave out --on or --filter"))
    if args.on is None:
        batches = _now(desk, _view(desk, found, args))
        batches = (worth.now(desk, rows) for rows in batches) if _worth(found) else batches
    else:
        end = _end(desk, args.on)
        batches = desk.past(found.name, end)
        batches = worth.past(desk, batches, end) if _worth(found) else batches
    for rows in batches:
        yield from rows_by_number(desk, found.columns, rows)


def _worth(found: Listing) -> dict[str, FieldSpec]:
    """What the list of assets says beside its columns."""
    return worth.COLUMNS if found.name == "assets" else {}


def _view(desk: Desk, found: Listing, args: argparse.Namespace) -> View:
    """What is asked for; of a saved filter the search gives way to a search on the line, and what it can no longer let
    through is said on stderr."""
    if not args.filter:
        return View(found.name, search=args.search)
    opened = saved_filters.opened(desk, found.name, saved_filters.named(desk, found.name, args.filter).content)
    if opened.left:
        fields = ", ".join(tr(args.lang, found.columns[n].key) if n in found.columns else n for n in opened.left)
        sys.stderr.write(tr(args.lang, saved_filters.LEFT, name=args.filter, fields=fields) + "\n")
    return replace(opened.view, search=args.search or opened.view.search)


def _now(desk: Desk, view: View) -> Iterator[list[dict[str, Any]]]:
    ids = desk.ids(view)
    for start in range(0, len(ids), AT_ONCE):
        yield desk.page(view.listing, ids[start : start + AT_ONCE])


def _end(desk: Desk, text: str) -> datetime:
    """The end of a day where the machine is; no day is later than today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUse(NO_DATE, value=text) from None
    last = min(max(day, date(1970, 1, 1)), desk.clock().astimezone().date())  # no machine knows local time before
    return datetime.combine(last + timedelta(days=1), time()).astimezone()


def _listing(name: str) -> Listing:
    if name not in LISTINGS:
        raise WrongUse(N_("There is no list “{name}”; there are: {names}"), name=name, names=", ".join(LISTINGS))
    return LISTINGS[name]


def export(desk: Desk, args: argparse.Namespace) -> int:
    """`export KIND --out FILE.xlsx` or `FILE.csv`."""
    from services import exports

    count = exports.write(desk, View(_listing(args.kind).name), Path(args.out), args.lang)
    say(tr(args.lang, N_("{n} rows written to {file}"), n=count, file=args.out))
    return 0


def take_in(desk: Desk, args: argparse.Namespace) -> int:
    """`import FILE … --as KIND [--compound CODE] [--map PROFILE] [--dry-run]`: one after the other; exit 1 when
    nothing of one could be used."""
    from services import import_papers, sheets

    if args.refused:
        sheets.check(args.refused)  # before anything is stored
    if args.report:
        import_papers.check(args.report)
    for out in filter(None, (args.refused, args.report)):
        if out.resolve() in {Path(file).resolve() for file in args.files}:
            raise WrongUse(N_("What is written needs a file of its own, not {file}, which is read"), file=out.name)
    if len(args.files) > 1 and (args.refused or args.report):
        raise WrongUse(N_("Refused rows and a report are of one file: take the files in one by one"))
    compound = record(desk, "compound", args.compound) if args.compound else None
    return max([_take_in(desk, args, file, compound) for file in args.files])


def _take_in(desk: Desk, args: argparse.Namespace, file: str, compound: UUID | None) -> int:
    from services import import_papers, intake

    report = intake.run(
        desk, file=file, kind=args.kind, compound_id=compound, profile=args.map or "", create=args.create,
        blank=args.blank, only=tuple(filter(None, args.only.split(","))), sheets=tuple(args.sheet), dry=args.dry_run,
        keep_personal=args.keep_personal,
    )  # fmt: skip
    if len(args.files) > 1:
        say(file)
    for line in intake.told(report, args.lang):
        say(line)
    if report.read == 0:
        say(tr(args.lang, N_("There are no rows below the column names; nothing was taken in")))
    elif report.unchanged == report.read:
        say(tr(args.lang, N_("Every row is known already; nothing is new or changed")))
    if args.refused:
        _write_refused(report, args.refused, args.lang)
    if args.report:
        pages = import_papers.write_report(desk, report, args.report, args.lang, stored=not args.dry_run)
        say(tr(args.lang, N_("Report of {n} pages written to {file}"), n=pages, file=args.report))
    counts = ("read", "new", "unchanged", "changed", "refused")
    say(", ".join(f"{name} {getattr(report, name)}" for name in counts))
    return 0 if report.read > report.refused or report.read == 0 else 1


def _write_refused(report: Report, out: Path, lang: str) -> None:
    """The refused rows; when there are none, no file of an earlier time is left that would pass for them."""
    from services import exports

    if report.left_out:
        exports.write_refused(report, out, lang)
        say(tr(lang, N_("{n} rows written to {file}"), n=len(report.left_out), file=out))
    elif out.exists():
        out.unlink()
        say(tr(lang, N_("No row was refused; {file}, of an earlier time, was removed"), file=out))
    else:
        say(tr(lang, N_("No row was refused; {file} was not written"), file=out))


def check(desk: Desk, args: argparse.Namespace) -> int:
    """`check`: database, chains, fold(journal) = state, papers, marker; exit 1 when something is changed or damaged."""
    from services import soundness

    results = desk.ask(soundness.check)
    for result in results:
        for fault in result.faults:
            say(soundness.in_words(fault, args.lang))
    told = soundness.told(results, args.lang)
    desk.do(soundness.note_check, **soundness.noted(results, args.lang))
    say(told)
    return 1 if any(result.count for result in results) else 0


def commands(args: argparse.Namespace) -> int:
    """`commands [NAME] [--json]`: every intent and query with its arguments."""
    acts = {**INTENTS, **QUERIES}
    if args.name and args.name not in acts:
        raise WrongUse(N_("There is no command “{name}”"), name=args.name)
    picked = [acts[args.name]] if args.name else [acts[name] for name in sorted(acts)]
    if args.json:
        say(json.dumps([_described(act, args.lang) for act in picked], ensure_ascii=False, indent=1))
        return 0
    for act in picked:
        say(f"{'do ' if act.name in INTENTS else 'ask'} {act.name}  — {tr(args.lang, act.label)}")
        for spec in arguments(act):
            say(f"      {spec.name}{'' if spec.required else ' (optional)'}: {_kind(spec)}")
    return 0


def _kind(spec: FieldSpec) -> str:
    article = "an" if spec.target[:1] in "aeio" else "a"
    what = f"number of {article} {spec.target}" if spec.target else "|".join(spec.choices) or spec.kind.value
    return f"list of {what}" if spec.many else what


def _described(act: Act, lang: str) -> dict[str, Any]:
    specs = [
        {"name": s.name, "kind": s.kind.value, "required": s.required, "many": s.many, "target": s.target,
         "choices": list(s.choices), "default": plain(s.default)}
        for s in arguments(act)
    ]  # fmt: skip
    verb = "do" if act.name in INTENTS else "ask"
    return {"name": act.name, "verb": verb, "label": tr(lang, act.label), "arguments": specs}


def do(desk: Desk, args: argparse.Namespace) -> int:
    """`do INTENT name=value …`: prints the number of what it made, or its answer."""
    if args.name not in INTENTS:
        raise WrongUse(N_("There is no command “{name}”"), name=args.name)
    act = INTENTS[args.name]
    try:
        done = desk.do(args.name, **typed(desk, arguments(act), args.values))
    except DryRun as checked:
        say(json.dumps(plain(checked.report), ensure_ascii=False, indent=1))
        return 0
    value = done.value
    if isinstance(value, UUID) and act.on:
        value = desk.named(act.on.__tablename__, value).number
    if args.json:
        answer = {"value": plain(value), "operation": str(done.operation), "touched": sorted(done.touched)}
        say(json.dumps(answer, ensure_ascii=False))
    elif value is not None:
        say(str(plain(value)))
    return 0


def _numbered(desk: Desk, act: Act, value: Any) -> Any:
    """Records are named by their number: so are those that a query answers with."""
    if not (act.on and isinstance(value, list) and value and all(isinstance(v, UUID) for v in value)):
        return value
    names = desk.names(act.on.__tablename__, set(value))
    return [names[v].number for v in value]


def ask(desk: Desk, args: argparse.Namespace) -> int:
    """`ask QUERY name=value … [--json] [--out FILE]`."""
    if args.name not in QUERIES:
        raise WrongUse(N_("There is no command “{name}”"), name=args.name)
    value = _numbered(desk, QUERIES[args.name], desk.ask(args.name, **typed(desk, arguments(args.name), args.values)))
    if args.out:
        Path(args.out).write_bytes(
            value if isinstance(value, bytes) else json.dumps(plain(value), ensure_ascii=False).encode()
        )
    elif args.json or not isinstance(value, list):
        say(json.dumps(plain(value), ensure_ascii=False, indent=1))
    else:
        for row in plain(value):
            say("\t".join("" if v is None else str(v) for v in (row.values() if isinstance(row, dict) else [row])))
    return 0
