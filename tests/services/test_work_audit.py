"""The audit of work orders: each thing that may be wrong with one, by itself, and the figures at the head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

import resources
from models.work_order import WorkOrder
from services import work_audit, work_audit_papers
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.intent import INTENTS, Grant, intent
from services.desk.work import Work
from services.documents.verify import inspect
from services.work_audit import Audit, Wrong
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.working import WAY, do, line, report, until

H, D = timedelta(hours=1), timedelta(days=1)
if "tests.flag_work" not in INTENTS:

    @intent("Flag work", name="tests.flag_work")
    def flag(work: Work, *, order: UUID, why: str) -> None:
        """As work done without a certificate is recorded."""
        work.get(WorkOrder, order).unlicensed_why = why


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def period(office: Office) -> dict[str, date]:
    on = office.desk.clock().astimezone().date()
    return {"from_on": on - 60 * D, "until_on": on + D}


def told(office: Office, **of: Any) -> Audit:
    answer = office.desk.ask("work_orders.audit", now=office.desk.clock(), **period(office) | of)
    assert isinstance(answer, Audit)
    return answer


def wrongs(office: Office, order: UUID) -> dict[Wrong, tuple[int, int, str]]:
    mine = next(found_ for found_ in told(office).orders if found_.id == order)
    return {finding.wrong: (finding.count, finding.sum, finding.said) for finding in mine.findings}


def firms(office: Office, order: UUID, count: int) -> None:
    """Quotes of so many firms, and a second one of the first."""
    on = office.desk.clock().astimezone().date()
    ids = [office.add("providers", name=f"公司{n}{order.hex[-6:]}") for n in range(count)]
    for firm in (*ids, *ids[:1]):
        line(office, "work_quotes", order, provider_id=firm, amount=5, quoted_on=on)


def paid(office: Office, order: UUID, amount: int, **values: Any) -> None:
    on = office.desk.clock().astimezone().date()
    line(office, "work_costs", order, **{"kind": "contract", "label": "x", "on": on, "amount": amount} | values)


def test_nothing_is_wrong_with_work_that_went_as_it_should(office: Office) -> None:
    assert wrongs(office, until(office, "close")) == {}


def test_deadlines_that_passed_are_told_in_hours(office: Office) -> None:
    now = office.desk.clock()
    order = report(office, reported_at=now - 30 * D)
    far = told(office).orders[0]
    assert far.findings[0].wrong is Wrong.ANSWERED_LATE and far.has(Wrong.NOT_DONE) and not far.has(Wrong.DONE_LATE)
    for step in WAY[: WAY.index("finish") + 1]:
        do(office, step, order)
    row = office.row("work_orders", order)
    said = wrongs(office, order)
    for wrong, due, at in (
        (Wrong.ANSWERED_LATE, row["respond_due"], row["responded_at"]),
        (Wrong.DONE_LATE, row["completion_due"], row["done_at"]),
    ):
        assert said[wrong][0] == -((due - at) // H) and said[wrong][0] > 24
    assert Wrong.NOT_DONE not in said


def test_what_was_written_down_afterwards_is_told(office: Office) -> None:
    now = office.desk.clock()
    late, soon = report(office, reported_at=now - 3 * D), report(office, reported_at=now - 2 * H)
    assert wrongs(office, late)[Wrong.ENTERED_LATE][0] in (72, 73) and Wrong.ENTERED_LATE not in wrongs(office, soon)
    for order, came in ((late, now - 2 * D), (soon, now + H)):
        do(office, "accept", order)
        do(office, "assign", order)
        later = replace(office, desk=replace(office.desk, clock=lambda: now + 2 * H))
        line(later, "work_visits", order, staff_id=office.giver, came_at=came)
    assert wrongs(office, late)[Wrong.WORK_FIRST][0] in (48, 49) and Wrong.WORK_FIRST not in wrongs(office, soon)


@pytest.mark.parametrize(
    ("amount", "count", "said"), [(1_000_001, 2, (2, 1_000_001, "")), (1_000_001, 3, None), (1_000_000, 0, None)]
)
def test_quotes_are_asked_for_above_the_sum_of_the_rule(office: Office, amount: int, count: int, said: Any) -> None:
    order = report(office)
    firms(office, order, count)
    paid(office, order, amount)
    assert wrongs(office, order).get(Wrong.QUOTES) == said


def test_money_spent_under_warranty_is_told_with_the_reason(office: Office) -> None:
    on = office.desk.clock().astimezone().date()
    asset = office.asset(warranty_until=on + D)
    order, free, over = (report(office, asset_id=asset) for _ in range(3))
    paid(office, order, 300, despite_warranty="厂家停业")
    paid(office, free, 500, payer="warranty")
    old = office.asset(warranty_until=on - D)
    done = report(office, asset_id=old)
    paid(office, done, 300)
    assert wrongs(office, order)[Wrong.WARRANTY] == (0, 300, "厂家停业")
    assert not any(Wrong.WARRANTY in wrongs(office, each) for each in (free, over, done))


def test_work_done_again_without_a_certificate_or_never_rated_is_told(office: Office) -> None:
    again = until(office, "finish")
    do(office, "redo", again)
    assert wrongs(office, again) == {Wrong.REOPENED: (1, 0, "")}
    bare = report(office)
    office.desk.do("tests.flag_work", order=bare, why="抢险")
    assert wrongs(office, bare) == {Wrong.UNLICENSED: (0, 0, "抢险")}
    closed = until(office, "check")
    do(office, "close", closed)
    assert wrongs(office, closed) == {Wrong.NOT_RATED: (0, 0, "")}


def test_what_was_called_off_is_not_judged_and_shares_are_those_of_the_measures(office: Office) -> None:
    now = office.desk.clock()
    for days in (0, 9, 30):
        report(office, reported_at=now - days * D)
    off = report(office, reported_at=now - 30 * D)
    do(office, "cancel", off, word="误报")
    until(office, "finish")
    audit = told(office)
    assert wrongs(office, off) == {}
    measures = office.desk.ask("work_orders.kpis", **period(office)).whole
    assert (audit.promised, audit.in_time) == (measures.promised, measures.in_time)
    assert (audit.due, audit.on_time) == (measures.due, measures.on_time)
    assert len(audit.orders) == 5


def test_it_is_of_a_period_and_of_compounds_in_reach(office: Office) -> None:
    report(office)
    report(office, compound_id=office.elsewhere, room_id=office.far_room)
    assert {order.compound for order in told(office).orders} == {"建设路大院", "西湖里宿舍"}
    assert {order.compound for order in told(office, compound_ids=[office.compound]).orders} == {"建设路大院"}
    assert told(office, until_on=period(office)["from_on"]).orders == ()
    mine = replace(office, desk=replace(office.desk, grants=(Grant(("*",), frozenset({office.compound})),)))
    assert {order.compound for order in told(mine).orders} == {"建设路大院"}
    with pytest.raises(Missing):
        told(mine, compound_ids=[office.elsewhere])


def test_the_rule_is_that_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"from_on": "2027-01-01", "quotes_above": 2}, {"from_on": "2003-01-01", "quotes_above": 1}]
    monkeypatch.setattr(resources, "settings", lambda name: {"rules": rows})
    sums = [work_audit.rule_on(day)["quotes_above"] for day in (date(2000, 1, 1), date(2026, 12, 31), date(2027, 1, 1))]
    assert sums == [1, 1, 2]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_paper_lists_what_is_wrong(office: Office, lang: str) -> None:
    now, span = office.desk.clock(), period(office)
    order = report(office, title="很长的报修内容" * 15, reported_at=now - 30 * D)
    firms(office, order, 1)
    paid(office, order, 2_000_000)
    data = work_audit_papers.audit(office.desk, span["from_on"], span["until_on"], lang)
    text = "".join("".join(pages(data)).split())
    assert inspect(data).intact and inspect(data).kind == "work-audit"
    words = {
        "zh_CN": ("维修工单审计表", "付给服务单位 20,000.00 元，报价 1 家", "按类型和状态", "政府采购法"),
        "en": (
            "Audit of work orders",
            "20,000.00 yuan paid to firms, quotes of firms: 1",
            "By kind and state",
            "政府采购法",
        ),
    }[lang]
    for said in words:
        assert "".join(said.split()) in text, said
    early = "".join(pages(work_audit_papers.audit(office.desk, date(2001, 1, 1), date(2001, 2, 1), lang)))
    assert {"zh_CN": "（无记录）", "en": "(no rows)"}[lang] in early
