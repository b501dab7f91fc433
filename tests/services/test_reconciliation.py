"""The three-way reconciliation: every difference is found, nothing else is, and each stays until it is settled."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reconciliation import ReconciliationRule as R
from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Invalid, Missing
from services.desk.listing import View
from services.reconciliation_books import Sums, compared, outermost, prefix_of
from services.reconciliation_facts import Difference, Standing
from services.reconciliation_rules import rules, since
from services.reconciliation_sheet import write, write_notes
from services.reconciliation_words import about
from tests.documents.sample import pages
from tests.services.reconciling import BASE, TODAY, Recon, agreeing, beside, clean, planted, things


def test_an_office_whose_books_agree_has_no_differences(desk: Desk) -> None:
    made = clean(desk).board()
    assert made.differences == ()
    [total] = made.totals
    assert (total.quantity, total.cost, total.accumulated) == (
        total.book_quantity, total.book_cost, total.book_accumulated,
    )  # fmt: skip


def test_one_difference_of_each_kind_is_found_and_nothing_else(desk: Desk) -> None:
    made = planted(desk)
    assert len(made.wrong) == len(R) == len(rules())
    said = [(one.rule, one.number) for one in made.board().differences]
    assert Counter(said) == Counter(made.wrong)


def test_what_lies_close_to_a_rule_and_breaks_none_is_not_found(desk: Desk) -> None:
    said = [(one.rule.value, one.number, one.name, one.book, one.other) for one in beside(desk).board().differences]
    assert said == []


@pytest.fixture
def office(desk: Desk) -> Recon:
    """Everything agrees but for what the accounts say of computers."""
    made = agreeing(desk)
    made.count()
    made.book({"A0201": {"cost": 100, "net": 100}})
    return made


def explain(made: Recon, one: Difference, **values: Any) -> UUID:
    given = {"rule": one.rule, "subject": one.subject, "digest": one.digest, "explanation": "在途调整"} | values
    id = made.desk.do("reconciliation.explain", **given).value
    assert isinstance(id, UUID)
    return id


def test_what_is_explained_stays_listed_and_comes_back_when_it_changes_or_its_day_passes(office: Recon) -> None:
    desk, one = office.desk, office.one(R.BOOK_COST)
    assert (one.book, one.other, one.amount, one.unit, one.open) == (500001, 500101, 100, "fen", True)
    note = explain(office, one, basis="记-7", until_on=TODAY + timedelta(days=9))
    said = office.one(R.BOOK_COST)
    assert said.explained and not said.open and said.explained.basis == "记-7"
    assert [row["about"] for row in desk.first(View("reconciliation_notes"), 9)] == ["A0201 信息化设备"]
    paper = "".join("".join(pages(desk.ask("reconciliation.report", on=TODAY))).split())
    assert "差异说明" in paper and "在途调整" in paper and "记-7" in paper
    [later] = [d for d in office.board(TODAY + timedelta(days=10)).differences if d.rule is R.BOOK_COST]
    assert later.open and later.explained and later.explained.stale
    line = {row["name"]: row["id"] for row in desk.first(View("account_balances"), 99)}["固定资产—信息化设备"]
    desk.do("account_balances.revise", account_balance_id=line, cost=500301)
    changed = office.one(R.BOOK_COST)
    assert changed.open and changed.explained and changed.explained.stale
    assert explain(office, changed, explanation="又变了") == note, "one explanation for one difference"
    assert not office.one(R.BOOK_COST).open
    desk.do("reconciliation.unexplain", reconciliation_note_id=note)
    assert office.one(R.BOOK_COST).explained is None
    desk.do("account_balances.revise", account_balance_id=line, cost=500001, net=500001)
    assert R.BOOK_COST not in {one.rule for one in office.board().differences}, "settled by what the books say"


def test_what_was_explained_is_listed_with_who_said_it_when_and_whether_it_holds(office: Recon, tmp_path: Path) -> None:
    desk = office.desk
    assert office.board().notes == ()
    explain(office, office.one(R.BOOK_COST), basis="记-7", until_on=TODAY + timedelta(days=9))
    [note] = office.board().notes
    assert (note.about, note.explanation, note.basis, note.by, note.compound) == (
        "A0201 信息化设备", "在途调整", "记-7", desk.account, "建设路大院",
    )  # fmt: skip
    assert note.at.astimezone().date() == TODAY and note.standing is Standing.HOLDS
    assert office.board(TODAY + timedelta(days=10)).notes[0].standing is Standing.AGAIN
    assert write_notes(desk, TODAY, None, tmp_path / "a.csv", "en") == 1
    head, row = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert "Explained by" in head and desk.account in row and "Still valid" in row
    line = {row["name"]: row["id"] for row in desk.first(View("account_balances"), 99)}["固定资产—信息化设备"]
    desk.do("account_balances.revise", account_balance_id=line, cost=500301)
    assert office.board().notes[0].standing is Standing.AGAIN
    desk.do("account_balances.revise", account_balance_id=line, cost=500001, net=500001)
    assert office.board().notes[0].standing is Standing.GONE
    elsewhere = desk.ask("reconciliation.board", on=TODAY, compound_id=office.office.elsewhere)
    assert elsewhere.notes == (), "it is of another compound"


def test_laws_are_cited_in_chinese_and_told_in_english() -> None:
    for rule in rules().values():
        assert rule.cited("zh_CN") == rule.source
        english = rule.cited("en")
        assert not re.search("[《》，。、；（）]|第[一二三四五六七八九十百]", english), (
            "a title in Chinese, the rest in English"
        )
        assert re.search("[A-Za-z]{4}", english) and len(re.findall("[0-9]+", english)) >= len(
            re.findall("第[^号]*?条", rule.source)
        )


def test_only_what_is_there_as_it_was_seen_can_be_explained(office: Recon) -> None:
    one = office.one(R.BOOK_COST)
    with pytest.raises(Missing):
        explain(office, one, subject="nothing")
    with pytest.raises(Invalid):
        explain(office, one, digest="0" * 64)
    with pytest.raises(Invalid):
        explain(office, one, until_on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        explain(office, one, explanation=" ")
    assert office.desk.count(View("reconciliation_notes")) == 0


def test_accounts_of_the_whole_office_are_compared_for_who_reaches_all_of_it(office: Recon) -> None:
    desk, here = office.desk, office.office.compound
    desk.do("account_balances.add", on=BASE, ledger="head_office", name="设备", quantity=3, cost=965_000)
    [whole] = [one for one in office.board().differences if one.number == "A02"]
    assert (whole.rule, whole.compound_id, whole.book, whole.other) == (R.BOOK_COST, None, 964_901, 965_000)
    register_only = {one.number for one in office.board().differences if one.rule is R.BOOK_REGISTER_ONLY}
    assert register_only == {"A0101", "A0501"}, "a ledger that has only equipment lacks the rest"
    assert [total.ledger for total in office.board().totals] == ["finance", "head_office"]
    clerk = replace(desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, here))
    seen = clerk.ask("reconciliation.board", on=TODAY)
    assert [(one.rule, one.compound_id) for one in seen.differences] == [(R.BOOK_COST, here)]
    far = replace(desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR, office.office.elsewhere))
    assert far.ask("reconciliation.board", on=TODAY).differences == ()
    with pytest.raises(Missing):
        explain(replace(office, office=replace(office.office, desk=far)), seen.differences[0])


def test_each_difference_of_a_count_goes_when_the_card_says_what_was_found(desk: Desk) -> None:
    made = agreeing(desk)
    things(made)
    made.count()
    assert Counter((one.rule, one.number) for one in made.board().differences) == Counter(made.wrong)
    ids = {row["number"]: row["id"] for row in desk.first(View("assets"), 99)}
    room = next(values["room_id"] for number, values in made.later if number == "T-ELSEWHERE")
    for number, values in {"T-ELSEWHERE": {"room_id": room}, "T-KEEPER": {"keeper_id": made.office.taker},
                           "T-SHORT": {"quantity": 3}, "T-OVER": {"quantity": 6}, "T-DAMAGED": {"status": "repair"},
                           "T-SERIAL-2": {"serial": "OTHER"}}.items():  # fmt: skip
        desk.do("assets.revise", asset_id=ids[number], **values)
    assert [one.rule for one in made.board().differences] == [R.THING_MISSING]
    place = {"compound_id": made.office.compound, "building_id": made.office.building}
    third = made.office.add("rooms", number="501", **place)
    desk.do("assets.revise", asset_id=ids["T-ELSEWHERE"], room_id=third)
    assert [one.rule for one in made.board().differences] == [R.THING_MISSING], "it was moved after it was counted"
    made.dispose(ids["T-MISSING"], voucher="记-9")
    assert made.board().differences == ()
    assert made.board(date(2999, 1, 1)).differences != (), "nobody counted for a year"


def test_a_settled_defect_of_a_title_explains_its_areas(desk: Desk) -> None:
    made = agreeing(desk)
    made.house("AREA", area=120_000)
    defect = next(row["id"] for row in desk.first(View("title_defects"), 9))
    one = made.one(R.TITLE_AREA_BOOK)
    assert (one.opens, one.opens_id, one.amount, one.open) == ("title_defect", defect, 20_000, True)
    desk.do("title_defects.settle", title_defect_id=defect, result="测绘口径不同")
    said = made.one(R.TITLE_AREA_BOOK)
    assert said.explained and not said.open and said.explained.explanation == "测绘口径不同"
    explain(made, said, until_on=TODAY)
    assert made.one(R.TITLE_AREA_BOOK).explained.explanation == "在途调整"  # type: ignore[union-attr]
    [later] = [d for d in made.board(TODAY + timedelta(days=1)).differences if d.rule is R.TITLE_AREA_BOOK]
    assert later.explained and not later.open and later.explained.explanation == "测绘口径不同"


CODES = ("A02010105", "A02010104", "A02061804", "A05010201", "A01010100", "")
SUMS = st.builds(Sums, st.integers(1, 9), st.integers(1, 9999), st.integers(0, 9999))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_cards_without_a_class_are_named_as_such(desk: Desk, tmp_path: Path) -> None:
    made = agreeing(desk)
    made.book()
    made.card("BARE", "")
    made.count()
    one = made.one(R.BOOK_REGISTER_ONLY)
    assert (one.number, about("zh_CN", one), about("en", one)) == ("", "未分类", "Without a class")
    assert desk.count(View("assets", filters=(("class_code", (None,)),))) == 1, "the list it opens"
    explain(made, one)
    assert [row["about"] for row in desk.first(View("reconciliation_notes"), 9)] == ["未分类"]
    write(desk, TODAY, None, tmp_path / "a.csv", "zh_CN")
    assert "未分类" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "未分类" in "".join(pages(desk.ask("reconciliation.report", on=TODAY)))


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(CODES), SUMS, min_size=1), st.sampled_from((3, 5, 7)), st.data())
def test_accounts_put_together_from_the_register_agree_with_it_at_any_level(
    register: dict[str, Sums], level: int, data: st.DataObject
) -> None:
    said = dict[str, Sums]()
    for code, sums in register.items():
        if code:
            said[code[:level]] = said.get(code[:level], Sums()).plus(sums)
    assert {gap.prefix for gap in compared(said, register)} == ({""} if "" in register else set())
    if said:
        code, by = data.draw(st.sampled_from(sorted(said))), data.draw(st.integers(1, 99))
        other = said | {code: said[code]._replace(cost=(said[code].cost or 0) + by)}
        [gap] = [gap for gap in compared(other, register) if gap.prefix]
        assert (gap.rule, gap.prefix, (gap.other or 0) - (gap.book or 0)) == (R.BOOK_COST, code, by)
        lacking = {key: value for key, value in said.items() if key != code}
        assert {gap.rule for gap in compared(lacking, register)} == {R.BOOK_REGISTER_ONLY}
        assert outermost({**said, code[:3]: said[code]}).cost is not None


def test_a_class_code_is_cut_where_it_says_no_more() -> None:
    said = {"A02000000": "A02", "A02010000": "A0201", "A02010100": "A020101", "A02010105": "A02010105", "A00": "A00"}
    assert {code: prefix_of(code) for code in said} == said


def test_a_year_before_is_told_by_months() -> None:
    assert since(R.THING_NOT_COUNTED, date(2025, 3, 31)) == date(2024, 3, 31)
    assert since(R.THING_NOT_COUNTED, date(2024, 2, 29)) == date(2023, 2, 28)
