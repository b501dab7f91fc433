"""Assets over a term of office: each kind of coming and going counted by hand, both sides from their own papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.handover import HandoverPurpose, Side
from services import handovers, term_statement
from services.depreciation_flows import Amounts
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.intent import Grant
from services.term_flows import Term, Wrong
from tests.documents.sample import pages
from tests.services.ledgers import Book
from tests.services.people import Office, found
from tests.services.test_asset_values import TODAY, at, bought, change
from tests.services.test_depreciation import FIRST, books, load, rows_of

BEGIN = date(2026, 1, 1)
_serial = count(1)
IN, BEFORE = date(2026, 3, 10), date(2025, 6, 1)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(at(desk, TODAY))


def asked(office: Office, **of: Any) -> Term:
    told: Term = office.desk.ask("assets.term", from_on=BEGIN, until_on=TODAY, **of)
    return told


def sums(of: dict[str, Amounts]) -> dict[str, tuple[int, int]]:
    return {kind: (one.cards, one.cost) for kind, one in of.items()}


def dispose(office: Office, *cards: UUID, mode: str = "scrapping", ground: str = "over_age") -> UUID:
    given = {"level": "city", "mode": mode, "ground": ground, "receiver": "某局"}
    made: UUID = office.desk.do("disposals.draft", asset_ids=cards, **given).value
    for item in ("application", "decision", "value", "inspection", "appraisal", "loss", "agreement", "consent"):
        office.desk.do("disposals.file", disposal_id=made, item=item, paper_no=f"{item}-1", paper_on=TODAY)
    office.desk.do("disposals.apply", disposal_id=made)
    say = {"authority": "finance", "approval_no": "财资批1号", "approved_on": TODAY}
    office.desk.do("disposals.approve", disposal_id=made, **say)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)
    return made


def hand(office: Office, *cards: UUID, **values: Any) -> None:
    note = office.desk.do(handovers.draft, cards, office.taker, **values).value
    office.desk.do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)


def test_every_kind_of_coming_and_going_is_counted_and_the_proof_holds(office: Office) -> None:
    stays = bought(office, BEFORE, cost=100_00)
    bought(office, IN, cost=200_00, acquisition="purchase")
    bought(office, IN, cost=300_00, acquisition="donated", class_code="A05010201")
    bought(office, IN, cost=50_00)
    scrapped, sold = bought(office, BEFORE, cost=400_00), bought(office, BEFORE, cost=70_00)
    change(office, stays, "increase", date(2026, 5, 1), cost=160_00)
    dispose(office, scrapped)
    dispose(office, sold, mode="allocation", ground="other")
    told = asked(office)
    computers, chairs = told.lines
    assert (computers.prefix, chairs.prefix) == ("A02", "A05") and computers.name and not told.differs
    assert sums(computers.came) == {"purchase": (1, 200_00), "unsaid": (1, 50_00)}
    assert sums(computers.went) == {"scrapping": (1, 400_00), "allocation": (1, 70_00)}
    assert (computers.opening, computers.changed) == (Amounts(3, 570_00), Amounts(0, 60_00))
    assert (computers.closing, sums(chairs.came)) == (Amounts(3, 410_00), {"donated": (1, 300_00)})
    total = told.total
    assert (total.opening.cards, total.more.cards, total.less.cards, total.closing.cards) == (3, 3, 2, 4)
    assert total.off == Amounts() and all(line.off == Amounts() for line in told.lines)
    balances = office.desk.ask("depreciation.balances", on=TODAY)
    assert (sum(b.cards for b in balances), sum(b.cost for b in balances)) == (4, total.closing.cost)


def test_a_card_that_left_without_a_paper_is_a_difference_that_is_told(office: Office) -> None:
    gone, moved = new_rows(office, disposed_on=IN), new_rows(office, moved_on=IN)
    left = bought(office, BEFORE, cost=100_00)
    dispose(office, left)
    office.desk.do(load, [], [])
    told = asked(office)
    assert [(one.wrong.value, one.number, one.card, one.paper) for one in told.differs] == [
        ("disposed_unsaid", gone, IN, None), ("moved_unsaid", moved, IN, None),
    ]  # fmt: skip
    assert told.total.off == Amounts(2, 2 * 90_00), "and by as much both sides do not meet"


def new_rows(office: Office, **values: Any) -> str:
    """A card put into the store as no act of the program would leave it; its number."""
    number = f"X{next(iter(values))}"
    row = {"number": number, "name": "旧设备", "compound_id": office.compound, "acquired_on": BEFORE, "cost": 90_00}
    office.desk.do(load, [row | {"class_code": "A02010104", "class_edition": "2022"} | values], [])
    return number


def test_cards_that_move_split_and_are_handed_on_are_told_by_compound_and_unit(office: Office) -> None:
    moves, handed = bought(office, BEFORE, cost=100_00), bought(office, BEFORE, cost=80_00)
    parted = bought(office, BEFORE, cost=90_00, quantity=3)
    lent = bought(office, BEFORE, cost=10_00)
    hand(office, moves, purpose=HandoverPurpose.TRANSFER, to_compound_id=office.elsewhere)
    hand(office, handed)
    hand(office, lent, purpose=HandoverPurpose.LEND, due_on=TODAY + timedelta(days=30))
    office.desk.do("assets.split", asset_id=parted, quantity=1)
    here, there = (asked(office, compound_id=id).total for id in (office.compound, office.elsewhere))
    assert sums(here.went) == {"moved": (1, 100_00)} and sums(here.came) == {"parts": (1, 30_00)}
    assert sums(there.came) == {"moved": (1, 100_00)} and there.opening == Amounts()
    assert here.changed == Amounts(0, -30_00) and here.off == there.off == Amounts()
    ours, theirs = (asked(office, unit_id=id).total for id in (office.unit, office.other_unit))
    assert ours.opening == Amounts(4, 280_00) and sums(theirs.came) == {"handed": (1, 80_00), "moved": (1, 100_00)}
    assert sums(ours.went) == {"handed": (1, 80_00), "moved": (1, 100_00)}, "what is lent stays ours"
    assert ours.closing == Amounts(3, 100_00) and ours.off == theirs.off == Amounts()
    whole = asked(office)
    assert whole.total.off == Amounts() and not whole.differs and whole.total.closing == Amounts(5, 280_00)


def test_units_below_count_with_their_unit_and_a_term_has_an_order(office: Office) -> None:
    section = office.add("organizations", code="HQ1", name="动力科", parent_id=office.unit)
    bought(office, BEFORE, cost=100_00, unit_id=section)
    assert asked(office, unit_id=office.unit).total.opening == asked(office, unit_id=section).total.opening
    assert asked(office, unit_id=office.other_unit).lines == ()
    with pytest.raises(Invalid):
        office.desk.ask("assets.term", from_on=TODAY, until_on=BEGIN)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh_CN", ("离任经济责任审计资产表", "闲置资产", "权属不清", "任期内重大维修项目", "离任人", "人民币")),
        ("en", ("Assets of a term of office", "Idle assets", "Titles not clear", "Major repairs", "Official leaving")),
    ],
)
def test_the_paper_says_all_of_it_in_either_language(office: Office, lang: str, words: tuple[str, ...]) -> None:
    bought(office, BEFORE, cost=1234_00, status="idle")
    bought(office, IN, cost=56_00, acquisition="surplus")
    text = "".join(pages(term_statement.statement(office.desk, BEGIN, TODAY, lang, office.compound)))
    for said in (*words, "1,234.00", "56.00", "1,290.00", "建设路大院", f"{BEGIN} — {TODAY}"):
        assert said in text, said
    empty = "".join(pages(term_statement.statement(office.desk, BEGIN, TODAY, lang, office.elsewhere)))
    assert {"zh_CN": "（无记录）", "en": "(no rows)"}[lang] in empty


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(every=st.lists(books(), min_size=8, max_size=20), days=st.tuples(st.integers(0, 3000), st.integers(0, 1200)))
def test_what_is_off_is_what_the_differences_tell(desk: Desk, every: list[Book], days: tuple[int, int]) -> None:
    where = desk.do("compounds.add", code=f"T{next(_serial)}", name="大院").value
    made = [rows_of(book) for book in every]
    code = {"compound_id": where, "class_edition": "2022"}
    cards = [row | code | {"class_code": f"A0{n % 3 + 1}010100"} for n, (row, _) in enumerate(made)]
    desk.do(load, cards, [c | {"compound_id": where} for _, changes in made for c in changes])
    begin = FIRST + timedelta(days=days[0])
    end = begin + timedelta(days=days[1])
    told: Term = desk.ask("assets.term", from_on=begin, until_on=end, compound_id=where)
    gone = [one for one in told.differs if one.wrong is not Wrong.VALUE]
    assert told.total.off == Amounts(len(gone), sum(one.amount for one in gone))
    for day, side in ((begin - timedelta(days=1), told.total.opening), (end, told.total.closing)):
        balances = desk.ask("depreciation.balances", on=day, by="class", compound_id=where)
        assert (side.cards, side.cost) == (sum(b.cards for b in balances), sum(b.cost for b in balances))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_chapters_tell_projects_and_leave_out_what_one_may_not_read(office: Office) -> None:
    order = office.add("work_orders", compound_id=office.compound, title="屋面大修", trade="masonry", kind="project",
                       room_id=office.room)  # fmt: skip
    line = {
        "compound_id": office.compound,
        "work_order_id": order,
        "kind": "contract",
        "label": "防水工程",
        "on": TODAY,
        "amount": 880_00,
    }
    office.desk.do("work_costs.add", **line)
    text = "".join(pages(term_statement.statement(office.desk, BEGIN, TODAY, "zh_CN")))
    assert "屋面大修" in text and text.count("880.00") == 2, "in its line and in the sum"
    may = ("assets.term", "assets.list", "sites.list")
    few = "".join(pages(term_statement.statement(replace(office.desk, grants=(Grant(may),)), BEGIN, TODAY, "zh_CN")))
    assert "屋面大修" not in few and "因无查阅权限未列：" in few
    for chapter in ("出租与处置收入及上缴", "未入账资产", "权属不清", "任期内重大维修项目"):
        assert few.count(chapter) == 1, "named where it is missing, and nowhere else"
    assert few.count("闲置资产") == 1 and few.index("闲置资产") < few.index("因无查阅权限")
