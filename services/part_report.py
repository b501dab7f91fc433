"""收发存台账 and 收发存汇总表: what came and went of a part, and of all, in a period, as papers in either language."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Statement, render
from services.documents.table import Column
from services.part_ledger import Entry, Ledger, PartSums, Sums
from services.part_movements import written
from services.place_papers import office_of, other_tongue, signers

LEDGER, SUMMARY = N_("Stock ledger of a part"), N_("Parts received, issued and left")
AVERAGE = N_("Issues are priced by the moving weighted average of the moment they were entered.")
BY_DAY = N_("A movement counts for the day it was entered for. Start + came in − went out = end, line by line.")
FORWARD, CAME, WENT, LEFT = N_("At start"), N_("Came in"), N_("Went out"), N_("At end")
QUANTITY, YUAN = N_("{what} qty"), N_("{what} (yuan)")


def ledger(desk: Desk, part_stock_id: UUID, from_on: date, until_on: date, lang: str) -> bytes:
    """Every movement of a card in a period with the balance after it, as a PDF."""
    say = partial(tr, lang)
    found: Ledger = desk.ask("part_stocks.ledger", part_stock_id=part_stock_id, from_on=from_on, until_on=until_on)
    wide = (("part_movement.on", 52), ("part_movement.number", 96), ("part_movement.kind", 60), (N_("About"), 130),
            *_heads(say, (CAME, WENT)), *_heads(say, (LEFT,)))  # fmt: skip
    opening = ["", "", say(FORWARD), "", "", "", "", "", written(found.opening), figures(found.worth)]
    rows = [opening, *(_entry(entry, say) for entry in found.entries)]
    last = found.entries[-1] if found.entries else None
    closing, worth = (last.after, last.worth) if last else (found.opening, found.worth)
    of = _sums(found)
    totals = ["", "", say(N_("Total")), "", written(of.came), figures(of.came_value), written(of.went),
              figures(of.went_value), written(closing), figures(worth)]  # fmt: skip
    name = " ".join(filter(None, (found.name, found.specification)))
    paper = Statement(
        "part-ledger", say(LEDGER), other_tongue(lang, LEDGER), office_of(desk),
        [(say("part_movement.part_id"), f"{found.number} {name}"), (say("part.measure"), found.measure),
         (say("part_movement.part_store_id"), " · ".join(filter(None, (found.store, found.place)))),
         (say(N_("Period")), f"{from_on.isoformat()} — {until_on.isoformat()}")],
        _columns(wide, say, 4), rows, totals, (), [say(AVERAGE), say(BY_DAY)], signers(say),
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _entry(entry: Entry, say: Any) -> list[str]:
    more = entry.quantity > 0 or (entry.quantity == 0 and entry.amount > 0)
    moved = [written(abs(entry.quantity)) if entry.quantity else "", figures(abs(entry.amount))]
    about = " · ".join(filter(None, (entry.about, entry.note)))
    sides = [*moved, "", ""] if more else ["", "", *moved]
    return [entry.on.isoformat(), entry.number, say(f"part_movement.kind={entry.kind.value}"), about, *sides,
            written(entry.after), figures(entry.worth)]  # fmt: skip


def _sums(found: Ledger) -> Sums:
    came = [e for e in found.entries if e.quantity > 0 or (e.quantity == 0 and e.amount > 0)]
    went = [e for e in found.entries if e not in came]
    return Sums(found.opening, found.worth, sum(e.quantity for e in came), sum(e.amount for e in came),
                -sum(e.quantity for e in went), -sum(e.amount for e in went))  # fmt: skip


def summary(
    desk: Desk, from_on: date, until_on: date, lang: str, compound_id: UUID | None = None,
    part_store_id: UUID | None = None,
) -> bytes:  # fmt: skip
    """Every part of a store, a compound or all in reach in one line, with totals, as a PDF."""
    say, within = partial(tr, lang), {"compound_id": compound_id, "part_store_id": part_store_id}
    found: list[PartSums] = desk.ask("part_stocks.sums", from_on=from_on, until_on=until_on, **within)
    wide = ((N_("No."), 20), ("part.number", 96), ("part_movement.part_id", 128), ("part.measure", 40),
            *_heads(say, (FORWARD, CAME, WENT, LEFT)))  # fmt: skip
    whole = [sum(getattr(row.of, name) for row in found)
             for name in ("opening_value", "came_value", "went_value", "closing_value")]  # fmt: skip
    totals = ["", "", say(N_("Total")), "", *(cell for value in whole for cell in ("", figures(value)))]
    where = say(N_("all compounds in reach"))
    if part_store_id is not None:
        where = desk.named("part_store", part_store_id).label
    elif compound_id is not None:
        where = desk.named("compound", compound_id).label
    names = (FORWARD, CAME, WENT, LEFT)
    paper = Statement(
        "part-summary", say(SUMMARY), other_tongue(lang, SUMMARY), office_of(desk),
        [(say("part_movement.part_store_id"), where),
         (say(N_("Period")), f"{from_on.isoformat()} — {until_on.isoformat()}")],
        _columns(wide, say, 4), [_line(n, row) for n, row in enumerate(found, 1)], totals if found else (),
        [(say(YUAN).format(what=say(name)), figures(value)) for name, value in zip(names, whole, strict=True)],
        [say(AVERAGE), say(BY_DAY)], signers(say),
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _line(n: int, row: PartSums) -> list[str]:
    of = row.of
    name = " ".join(filter(None, (row.name, row.specification)))
    return [str(n), row.number, name, row.measure, written(of.opening), figures(of.opening_value), written(of.came),
            figures(of.came_value), written(of.went), figures(of.went_value), written(of.closing),
            figures(of.closing_value)]  # fmt: skip


def _heads(say: Any, names: tuple[str, ...]) -> list[tuple[str, int]]:
    """A column of quantities and one of yuan for each."""
    return [(say(what).format(what=say(name)), wide) for name in names for what, wide in ((QUANTITY, 52), (YUAN, 62))]


def _columns(heads: Any, say: Any, first: int) -> list[Column]:
    """Words on the left, figures from column `first` on to the right."""
    return [Column(say(name), wide, "right" if at >= first else "left", at < first)
            for at, (name, wide) in enumerate(heads)]  # fmt: skip
