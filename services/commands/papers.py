"""The papers `print` writes: which one draws it, what it is about, and whether that must be said."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from models.base import entities
from resources.words import N_
from services.commands.values import record
from services.desk.desk import Desk
from services.desk.errors import WrongUse
from services.desk.listing import LISTINGS, View
from services.imports.dates import NO_DATE

Args = argparse.Namespace
NEEDED = N_("Which one? print {paper} takes {what}")


def day(text: str | None) -> date:
    """The day of `--on`, or today. WrongUse: it is none."""
    if not text:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(NO_DATE, value=text) from None


def _handover(desk: Desk, args: Args, _on: date) -> bytes:
    from services import handovers

    return bytes(desk.ask(handovers.paper, record(desk, "handover", args.number)))


def _handover_list(desk: Desk, args: Args, _on: date) -> bytes:
    from services import handover_papers

    return handover_papers.listed(desk, record(desk, "handover", args.number), args.lang)


def _disposal(desk: Desk, args: Args, _on: date) -> bytes:
    more = {"stage": args.stage} if args.stage else {}
    return bytes(desk.ask("disposals.paper", disposal_id=record(desk, "disposal", args.number), **more))


def _stocktake(desk: Desk, args: Args, _on: date) -> bytes:
    which, id = args.which or "report", record(desk, "stocktake", args.number)
    more: dict[str, UUID] = {}
    if args.team:
        if which != "sheet":
            raise WrongUse(N_("Only the sheet of a stocktake is printed for a team"))
        filters = (("stocktake_id", (id,)), ("name", (args.team,)))
        rows = desk.first(View("stocktake_teams", filters=filters), 1)
        if not rows:
            raise WrongUse(N_("Stocktake {number} has no team “{team}”"), number=args.number, team=args.team)
        more["team_id"] = rows[0]["id"]
    return bytes(desk.ask("stocktakes.paper", stocktake_id=id, stage=which, lang=args.lang, **more))


def _acceptance(desk: Desk, args: Args, _on: date) -> bytes:
    return bytes(desk.ask("asset_needs.paper", asset_need_id=record(desk, "asset_need", args.number)))


def _card(desk: Desk, args: Args, on: date) -> bytes:
    from services import asset_papers

    return asset_papers.card(desk, record(desk, "asset", args.number), on, args.size, args.lang)


def _register(desk: Desk, args: Args, on: date) -> bytes:
    from services import asset_papers

    view = View("assets", filters=(("compound_id", (record(desk, "compound", args.number),)),))
    return asset_papers.register(desk, view, on, args.lang)


def _survey(desk: Desk, args: Args, on: date) -> bytes:
    of = [record(desk, "title", args.number)] if args.number else None
    return bytes(desk.ask("titles.survey", title_ids=of, on=on))


def _history(desk: Desk, args: Args, on: date) -> bytes:
    from services import history_papers

    return history_papers.history(desk, record(desk, "building", args.number), on, args.lang)


def _compound(desk: Desk, args: Args, on: date) -> bytes:
    from services import compound_handover

    return compound_handover.handover(desk, record(desk, "compound", args.number), on, args.lang)


def _room(desk: Desk, args: Args, on: date) -> bytes:
    from services import room_history_paper

    return room_history_paper.history(desk, record(desk, "room", args.number), on, args.lang)


def _usage(desk: Desk, args: Args, on: date) -> bytes:
    from services import place_papers

    compound, slash, _ = args.number.partition("/")
    building: UUID | None = record(desk, "building", args.number) if slash else None
    return place_papers.usage(desk, record(desk, "compound", compound), building, on, args.lang)


def _offices(desk: Desk, args: Args, on: date) -> bytes:
    from services import place_papers

    return place_papers.over(desk, on, args.lang)


def _costs(desk: Desk, args: Args, _on: date) -> bytes:
    from services import place_papers

    if not args.number.isdecimal():
        raise WrongUse(NEEDED, paper="costs", what="YEAR")
    return place_papers.comparison(desk, int(args.number), args.lang)


def _situation(desk: Desk, args: Args, _on: date) -> bytes:
    from services.commands import worth

    return worth.situation(desk, args)


def _term(desk: Desk, args: Args, _on: date) -> bytes:
    from services.commands import worth

    return worth.term(desk, args)


def _reconciliation(desk: Desk, args: Args, on: date) -> bytes:
    of = record(desk, "compound", args.number) if args.number else None
    return bytes(desk.ask("reconciliation.report", on=on, compound_id=of))


def _structure(desk: Desk, args: Args, on: date) -> bytes:
    from services import structure_papers

    of = {"compound_ids": (record(desk, "compound", args.number),)} if args.number else {}
    return structure_papers.report(desk, on, args.lang, **of)


def _plans(desk: Desk, args: Args, on: date) -> bytes:
    of = record(desk, "compound", args.number)
    return bytes(desk.ask("maintenance_plans.year_paper", compound_id=of, year=on.year, on=on))


def _statutory(desk: Desk, args: Args, on: date) -> bytes:
    """Of the year of the day; of one compound or of all."""
    from services import statutory_papers

    of = (record(desk, "compound", args.number),) if args.number else ()
    return statutory_papers.audit(desk, on.year, on, args.lang, of)


def _calendar(desk: Desk, args: Args, on: date) -> bytes:
    """Of the month of the day."""
    of = record(desk, "compound", args.number)
    return bytes(desk.ask("work_orders.calendar_paper", compound_id=of, month=on, on=on))


def _equipment(desk: Desk, args: Args, on: date) -> bytes:
    return bytes(desk.ask("maintenance_plans.equipment_file", asset_id=record(desk, "asset", args.number), on=on))


def _order(desk: Desk, args: Args, on: date) -> bytes:
    return bytes(desk.ask("work_orders.record", work_order_id=record(desk, "work_order", args.number), on=on))


def _job(desk: Desk, args: Args, on: date) -> bytes:
    return bytes(desk.ask("work_orders.job_sheet", work_order_id=record(desk, "work_order", args.number), on=on))


def _maintenance(desk: Desk, args: Args, on: date) -> bytes:
    """Of the month of the day, as far as it has gone; of one compound or of all."""
    from services import work_report

    of = (record(desk, "compound", args.number),) if args.number else ()
    return work_report.report(desk, on.replace(day=1), on, args.lang, of)


def _audit(desk: Desk, args: Args, _on: date) -> bytes:
    """Of a period; of one compound or of all."""
    from services import work_audit_papers

    text, _, place = args.number.partition("/")
    of = (record(desk, "compound", place),) if place else ()
    return work_audit_papers.audit(desk, *period(text), args.lang, of)


def _slip(desk: Desk, args: Args, _on: date) -> bytes:
    return bytes(desk.ask("part_movements.slip", part_movement_id=record(desk, "part_movement", args.number)))


def _count(desk: Desk, args: Args, _on: date) -> bytes:
    return bytes(desk.ask("part_counts.sheet", part_count_id=record(desk, "part_count", args.number)))


def _ledger(desk: Desk, args: Args, on: date) -> bytes:
    """Of the year of the day, as far as it has gone."""
    from services import part_report

    card = record(desk, "part_stock", args.number)
    return part_report.ledger(desk, card, on.replace(month=1, day=1), on, args.lang)


def _journal(desk: Desk, args: Args, _on: date) -> bytes:
    """Of a period, of what an account did, of what was done to a record; of everything where nothing is said."""
    from services import journal_papers

    begin, end = period(args.number) if args.number else (None, None)
    if args.about and args.about[0] not in {found.entity for found in LISTINGS.values()} & entities().keys():
        raise WrongUse(N_("There is no kind “{kind}”"), kind=args.about[0])
    about = (args.about[0], record(desk, *args.about)) if args.about else None
    accounts = (args.by,) if args.by else ()
    return journal_papers.extract(desk, begin, end, args.lang, accounts=accounts, about=about)


def _rights(desk: Desk, args: Args, on: date) -> bytes:
    from services import rights_papers

    return rights_papers.register(desk, on, args.lang)


def period(text: str) -> tuple[date, date]:
    """The days of `FROM..TO`, or one day. WrongUse: it is none."""
    first, _, last = text.partition("..")
    return day(first), day(last or first)


def _stock(desk: Desk, args: Args, on: date) -> bytes:
    """Of the month of the day, as far as it has gone; of one compound or of all."""
    from services import part_report

    of = record(desk, "compound", args.number) if args.number else None
    return part_report.summary(desk, on.replace(day=1), on, args.lang, of)


PAPERS: dict[str, tuple[Callable[[Desk, Args, date], bytes], str, bool]] = {  # what it is about, and must say
    "handover": (_handover, "NUMBER", True),
    "handover_list": (_handover_list, "NUMBER", True),
    "disposal": (_disposal, "NUMBER", True),
    "acceptance": (_acceptance, "NUMBER", True),
    "card": (_card, "NUMBER", True),
    "register": (_register, "COMPOUND", True),
    "survey": (_survey, "TITLE", False),
    "history": (_history, "COMPOUND/BUILDING", True),
    "compound": (_compound, "COMPOUND", True),
    "room": (_room, "COMPOUND/BUILDING/ROOM", True),
    "usage": (_usage, "COMPOUND[/BUILDING]", True),
    "offices": (_offices, "", False),
    "costs": (_costs, "YEAR", True),
    "stocktake": (_stocktake, "NUMBER", True),
    "reconciliation": (_reconciliation, "COMPOUND", False),
    "structure": (_structure, "COMPOUND", False),
    "job": (_job, "NUMBER", True),
    "order": (_order, "NUMBER", True),
    "maintenance": (_maintenance, "COMPOUND", False),
    "audit": (_audit, "FROM..TO[/COMPOUND]", True),
    "slip": (_slip, "MOVEMENT", True),
    "count": (_count, "COUNT", True),
    "ledger": (_ledger, "CARD", True),
    "stock": (_stock, "COMPOUND", False),
    "rights": (_rights, "", False),
    "journal": (_journal, "FROM..TO", False),
    "situation": (_situation, "FROM..TO", True),
    "term": (_term, "FROM..TO[/COMPOUND or UNIT]", True),
    "plans": (_plans, "COMPOUND", True),
    "statutory": (_statutory, "COMPOUND", False),
    "calendar": (_calendar, "COMPOUND", True),
    "equipment": (_equipment, "NUMBER", True),
}
