"""The paper about the reconciliation: the report of a day, of one compound or of all within reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from models.compound import Compound
from resources.words import N_, tr
from services.desk.errors import Missing
from services.desk.intent import query
from services.desk.site import the_office
from services.desk.work import NO_RECORD
from services.reconciliation import board
from services.reconciliation_facts import Board, Difference, Totals, Unit
from services.reconciliation_rules import Way, rules
from services.reconciliation_words import NOTHING, about, amount, figure, state, value
from services.title_papers import CHINA, LANG

if TYPE_CHECKING:
    from services.documents.reconciliation_report import Line, Part, Reason, Sum

WAYS = {Way.BOOK: ("账账", "Books and accounts"), Way.THING: ("账实", "Books and things"),
        Way.TITLE: ("账证", "Books and certificates")}  # fmt: skip
WHOLE, EVERY = "全单位", "全部大院"
WHAT = (("quantity", "数量", Unit.PIECES), ("cost", "原值", Unit.FEN), ("accumulated", "累计折旧", Unit.FEN))


@query(N_("Reconciliation report"), name="reconciliation.report")
def report(session: Session, *, on: date, compound_id: UUID | None = None) -> bytes:
    """The report of a day as a PDF. Missing: there is no such compound."""
    from services.documents import reconciliation_report  # the PDF libraries are loaded with the first paper

    compound = session.get(Compound, compound_id) if compound_id else None
    if compound_id and compound is None:
        raise Missing(NO_RECORD)
    seen = board(session, on=on, compound_id=compound_id)
    made = reconciliation_report.Report(
        the_office(session).name, compound.name if compound else EVERY, on,
        [_part(seen, way) for way in Way], [line for total in seen.totals for line in _sums(total)],
        [_reason(found) for found in seen.differences if not found.open],
        datetime.combine(on, time(), CHINA),
    )  # fmt: skip
    return reconciliation_report.render(made).data


def _part(seen: Board, way: Way) -> Part:
    from services.documents.reconciliation_report import Part

    found = seen.of(way)
    return Part(*WAYS[way], [_line(one) for one in found], sum(one.open for one in found))


def _line(found: Difference) -> Line:
    from services.documents.reconciliation_report import Line

    return Line(
        _rule(found), about(LANG, found), found.compound or WHOLE, value(LANG, found.book, found.unit),
        value(LANG, found.other, found.unit), amount(LANG, found), rules()[found.rule].source,
        "未说明" if found.explained is None else state(LANG, found),
    )  # fmt: skip


def _rule(found: Difference) -> str:
    return tr(LANG, f"reconciliation_note.rule={found.rule.value}")


def _sums(total: Totals) -> Iterator[Sum]:
    from services.documents.reconciliation_report import Sum

    for name, word, unit in WHAT:
        book, other = getattr(total, f"book_{name}"), getattr(total, name)
        by = NOTHING if other is None else figure(other - book, unit)
        yield Sum(
            tr(LANG, f"account_balance.ledger={total.ledger}"), total.compound or WHOLE, total.on.isoformat(), word,
            figure(book, unit), NOTHING if other is None else figure(other, unit), by,
        )  # fmt: skip


def _reason(found: Difference) -> Reason:
    from services.documents.reconciliation_report import Reason

    said = found.explained
    assert said is not None
    until = said.until_on.isoformat() if said.until_on else NOTHING
    return Reason(
        _rule(found), about(LANG, found), said.explanation, said.basis or NOTHING, until, said.number or NOTHING
    )
