"""法定检验检测审计表: what the law asks for and what was done of it, as a paper in either language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.periodic_work import Unit
from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.field_words import NOTHING
from services.place_papers import office_of, other_tongue, signers
from services.recurrence import Every
from services.statutory_audit import Amiss, Audit, Gap, Item, Row, Stands
from services.work_measures import share

TITLE = N_("Audit of statutory inspections")
EACH = {Unit.DAY: N_("every {n} days"), Unit.WEEK: N_("every {n} weeks"), Unit.MONTH: N_("every {n} months"),
        Unit.YEAR: N_("every {n} years")}  # fmt: skip
ONE = {Unit.DAY: N_("every day"), Unit.WEEK: N_("every week"), Unit.MONTH: N_("every month"),
       Unit.YEAR: N_("every year")}  # fmt: skip
STANDS = {Stands.VALID: N_("valid"), Stands.EXPIRED: N_("expired"), Stands.NOT_PASSED: N_("not passed"),
          Stands.NONE: N_("no inspection certificate"), Stands.NOT_ASKED: NOTHING}  # fmt: skip
SAYS = {
    Amiss.NO_PLAN: N_("No plan does it"), Amiss.NO_CERTIFICATE: N_("No certificate is entered"),
    Amiss.EXPIRED: N_("The certificate ended on {on}"), Amiss.NOT_PASSED: N_("The newest inspection was not passed"),
    Amiss.OVERDUE: N_("Overdue since {on}, times: {n}"),
    Amiss.MISSED: N_("Days that passed in the year without an order: {n}"),
}  # fmt: skip
RULES = (("compound", 78), (N_("Statutory work"), 118), (N_("Interval"), 68), (N_("Things"), 46),
         (N_("With a plan"), 50), (N_("Times"), 38), (N_("In time"), 42), (N_("Late"), 46), (N_("Overdue"), 42),
         (N_("No order"), 46), (N_("Next on"), 54), (N_("Basis"), 136))  # fmt: skip
ITEMS = (("compound", 74), (N_("Thing"), 118), (N_("Statutory work"), 112), (N_("Plan"), 82), (N_("Done last"), 54),
         (N_("Certificate or report"), 90), ("inspection.issuer", 90), ("inspection.valid_until", 58),
         (N_("How it stands"), 56), (N_("Next on"), 54))  # fmt: skip
GAPS = ((N_("No."), 26), ("compound", 80), (N_("Thing"), 150), (N_("Statutory work"), 134), (N_("What is wrong"), 150),
        (N_("Basis"), 200))  # fmt: skip
RIGHT = frozenset(
    {N_("Things"), N_("With a plan"), N_("Times"), N_("In time"), N_("Late"), N_("Overdue"), N_("No order")}
)
HOW = N_(
    "Times are those planned in the year until its end; in time: by the last day the law leaves. Overdue counts what is"
    " open on the day, of years before too."
)
THERE = N_(
    "Things are the cards of the classes a rule names and what a plan names, as they are in the books; of a rule that"
    " names no class only what a plan names."
)


def audit(desk: Desk, year: int, on: date, lang: str, compound_ids: Sequence[UUID] = ()) -> bytes:
    """Of a year as on a day, of some compounds or of all within reach."""
    say = partial(tr, lang)
    found: Audit = desk.ask("maintenance_plans.statutory", year=year, on=on, compound_ids=tuple(compound_ids))
    named = desk.names("compound", compound_ids)
    where = "、".join(named[id].label for id in compound_ids) or say(N_("all compounds in reach"))
    done = sum(row.in_time for row in found.rows)
    late = sum(row.late for row in found.rows)
    paper = Statement(
        "statutory-audit", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [(say("compound"), where), (say(N_("Year")), str(year)), (say(N_("As on")), on.isoformat()),
         (say(N_("By")), desk.account)],
        _columns(RULES, say), [_row(row, say) for row in found.rows], _totals(found, say) if found.rows else (),
        [
            (say(N_("Statutory work")), f"{len(found.rows):,}"), (say(N_("Done")), f"{done + late:,}"),
            (say(N_("In time")), share(done, done + late)),
            (say(N_("Overdue")), f"{sum(row.overdue for row in found.rows):,}"),
            (say(N_("Without a plan")), f"{sum(gap.amiss is Amiss.NO_PLAN for gap in found.gaps):,}"),
            (say(N_("Certificates amiss")), f"{sum(item.stands in WRONG for item in found.items):,}"),
            (say(N_("Gaps")), f"{len(found.gaps):,}"),
        ],
        [say(HOW), say(THERE)], signers(say),
        [_chapter(N_("Things inspected, one by one"), lang, ITEMS, [_item(item, say) for item in found.items]),
         _chapter(N_("Gaps, one by one"), lang, GAPS, [_gap(n, gap, say) for n, gap in enumerate(found.gaps, 1)])],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


WRONG = (Stands.EXPIRED, Stands.NOT_PASSED, Stands.NONE)


def _columns(names: Sequence[tuple[str, int]], say: Any) -> list[Column]:
    return [Column(say(name), width, "right" if name in RIGHT else "left", name not in RIGHT) for name, width in names]


def _chapter(title: str, lang: str, names: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Chapter:
    return Chapter(tr(lang, title), other_tongue(lang, title), _columns(names, partial(tr, lang)), rows)


def _work(code: str, say: Any) -> str:
    return str(say(f"periodic_work_rule.code={code}"))


def _often(every: Every, say: Any) -> str:
    return str(say(ONE[every.unit] if every.number == 1 else EACH[every.unit], n=every.number))


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOTHING


def _row(row: Row, say: Any) -> list[str]:
    counts = (row.things, row.planned, row.times, row.in_time, row.late, row.overdue, row.missed)
    return [
        row.compound, _work(row.rule.code, say), _often(row.rule.every, say), *(f"{count:,}" for count in counts),
        _day(row.next_on), row.rule.source,
    ]  # fmt: skip


def _totals(found: Audit, say: Any) -> list[str]:
    names = ("times", "in_time", "late", "overdue", "missed")
    return [
        "",
        say(N_("Total")),
        "",
        "",
        "",
        *(f"{sum(getattr(r, name) for r in found.rows):,}" for name in names),
        "",
        "",
    ]


def _item(item: Item, say: Any) -> list[str]:
    return [
        item.compound, item.thing, _work(item.rule.code, say), item.plan or NOTHING, _day(item.done_on),
        item.certificate or NOTHING, item.issuer or NOTHING, _day(item.valid_until), say(STANDS[item.stands]),
        _day(item.next_on),
    ]  # fmt: skip


def _gap(n: int, gap: Gap, say: Any) -> list[str]:
    wrong = say(SAYS[gap.amiss], on=_day(gap.on), n=f"{gap.times:,}")
    return [str(n), gap.compound, gap.thing, _work(gap.rule.code, say), wrong, gap.rule.source]
