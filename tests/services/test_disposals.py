"""Disposing: what is asked for before each step, whose approval it takes, what becomes of the cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.disposal import Authority, DisposalState, Stage
from services import assets
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid, Missing
from services.desk.intent import Grant
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from services.papers import Standing, standing
from services.verdicts import judge
from tests.services.people import Office, found
from tests.services.rights_people import enter, title

TODAY = datetime.now(UTC).astimezone().date()
PAPERS = ("application", "decision", "value", "inspection")


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def draft(office: Office, *cards: UUID, mode: str = "scrapping", ground: str = "over_age", **values: Any) -> UUID:
    given = {"level": "city"} | values
    made: UUID = office.desk.do("disposals.draft", asset_ids=cards, mode=mode, ground=ground, **given).value
    return made


def file(office: Office, disposal: UUID, *items: str) -> None:
    for item in items:
        office.desk.do("disposals.file", disposal_id=disposal, item=item, paper_no=f"{item}-1", paper_on=TODAY)


def approve(office: Office, disposal: UUID, authority: str = "finance") -> str:
    given = {"authority": authority, "approval_no": "财资批〔2026〕1号", "approved_on": TODAY}
    return str(office.desk.do("disposals.approve", disposal_id=disposal, **given).value)


def approved(office: Office, *cards: UUID, **values: Any) -> UUID:
    made = draft(office, *cards, **values)
    file(office, made, *PAPERS)
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    return made


def executed(office: Office, *cards: UUID, **values: Any) -> UUID:
    made = approved(office, *cards)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY, **values)
    return made


def sheet(office: Office, disposal: UUID) -> Any:
    return office.desk.ask("disposals.sheet", disposal_id=disposal, on=TODAY)


def missing(office: Office, disposal: UUID) -> list[str]:
    return [gap.message.format(**gap.values) for gap in sheet(office, disposal).missing]


def status(office: Office, card: UUID) -> str:
    return str(office.row("assets", card)["status"])


def sound(office: Office) -> None:
    store = office.desk.store
    assert verify(store) == compare(store) == papers(store) == []


def test_assets_leave_by_decision_approval_and_execution_and_their_cards_stay(office: Office) -> None:
    cards = [office.asset(status="idle"), office.asset("办公桌")]
    made = draft(office, *cards)
    assert [status(office, card) for card in cards] == ["to_dispose"] * 2
    file(office, made, *PAPERS)
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    done = office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY, voucher="记-9", booked_on=TODAY)
    assert done.touched == {"asset", "disposal", "disposal_line", "document"}
    rows = [office.row("assets", card) for card in cards]
    assert [(row["status"], row["disposed_on"]) for row in rows] == [("disposed", TODAY)] * 2
    assert sheet(office, made).state is DisposalState.EXECUTED
    steps = [step.cmd for step in office.desk.history("asset", cards[0])]
    assert steps == ["assets.add", "disposals.draft", "disposals.execute"]
    with pytest.raises(Conflict, match="disposed of"):
        draft(office, cards[0])
    sound(office)


def test_what_is_missing_is_said_before_each_step(office: Office) -> None:
    made = draft(office, office.asset(cost=None), level=None, mode="transfer")
    said = missing(office, made)
    assert "of which level" in said[0] and "value the appraisal" in said[1] and "original value" in said[2]
    assert [text.split("=")[1].split("”")[0] for text in said[3:]] == ["application", "decision", "value", "appraisal"]
    with pytest.raises(Conflict, match="of which level"):
        office.desk.do("disposals.apply", disposal_id=made)
    assert sheet(office, made).state is DisposalState.DRAFT


def test_each_mode_asks_for_papers_of_its_own(office: Office) -> None:
    asked = {}
    for mode in ("allocation", "donation", "transfer", "exchange", "scrapping", "write_off"):
        made = draft(office, office.asset(class_code="A02030501"), mode=mode, receiver="某单位", appraised=1)
        asked[mode] = {c.item.value for c in sheet(office, made).checks} - {"application", "decision", "value", "title"}
    assert asked == {
        "allocation": {"consent"}, "donation": {"agreement"}, "transfer": {"appraisal"}, "exchange": {"appraisal"},
        "scrapping": {"inspection", "recycling"}, "write_off": {"loss"},
    }  # fmt: skip


def test_a_loss_says_its_cause_who_answers_and_what_he_pays(office: Office) -> None:
    cards = [office.asset(), office.asset()]
    made = draft(office, *cards, mode="write_off", ground="loss")
    file(office, made, "application", "decision", "value", "loss")
    assert len([text for text in missing(office, made) if "what happened" in text]) == 2
    loss = {"disposal_id": made, "responsibility": "李秀英", "compensation": 50000}
    office.desk.do("disposals.explain", asset_ids=cards[:1], cause="theft", **loss)
    office.desk.do("disposals.explain", asset_ids=cards[1:], cause="missing", **loss | {"compensation": 0})
    assert missing(office, made) == ["“disposal_paper.item=police” is missing: enter its number"]
    file(office, made, "police")
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)
    [owed] = office.desk.first(View("disposal_incomes"), 9)
    assert (owed["kind"], owed["amount"], owed["payer"], owed["due_on"]) == ("compensation", 50000, "李秀英", TODAY)
    with pytest.raises(Conflict, match="executed"):
        office.desk.do("disposals.explain", asset_ids=cards, cause="other", **loss)
    sound(office)


def test_old_age_is_no_loss(office: Office) -> None:
    made = draft(office, office.asset(), mode="write_off", ground="over_age")
    assert any("Only a loss" in text for text in missing(office, made))


@pytest.mark.parametrize(
    ("code", "cost", "level", "needed"),
    [
        ("A02010105", 4_000_00, "city", "department"),
        ("A02010105", 500_000_00, "city", "finance"),
        ("A02010105", 499_999_99, "city", "department"),
        ("A02030501", 4_000_00, "city", "affairs"),
        ("A02010105", 15_000_000_00, "central", "finance"),
        ("A02010105", 14_999_999_99, "central", "department"),
        ("A01010100", 4_000_00, "county", "finance"),
        ("A01030000", 1_00, "city", "government"),
    ],
)  # fmt: skip
def test_who_must_approve_follows_level_class_and_sum(
    office: Office, code: str, cost: int, level: str, needed: str
) -> None:
    made = draft(office, office.asset(cost=cost, class_code=code), level=level)
    assert sheet(office, made).needed.authority == needed


def test_sums_count_together_and_a_lower_authority_is_refused(office: Office) -> None:
    cards = [office.asset(cost=300_000_00), office.asset(cost=300_000_00)]
    made = draft(office, *cards)
    file(office, made, *PAPERS)
    office.desk.do("disposals.apply", disposal_id=made)
    with pytest.raises(Conflict, match="finance"):
        approve(office, made, "department")
    approve(office, made, "government")
    assert sheet(office, made).authority is Authority.GOVERNMENT


def test_a_building_leaves_only_with_a_clear_title(office: Office) -> None:
    card = office.asset(class_code="A01010100")
    made = draft(office, card)
    assert any("name its building" in text for text in missing(office, made))
    office.desk.do("disposals.cancel", disposal_id=made)
    office.desk.do("assets.revise", asset_id=card, building_id=office.building)
    made = draft(office, card)
    file(office, made, *PAPERS, "title")
    assert any("not registered" in text for text in missing(office, made))
    with pytest.raises(Conflict, match="not registered"):
        office.desk.do("disposals.apply", disposal_id=made)
    right = title(office)
    enter(office.desk, right, "first_registration", date(2020, 1, 1), party="某局")
    enter(office.desk, right, "mortgage", date(2024, 1, 1), party="某银行")
    assert missing(office, made) == []
    assert any("mortgaged" in gap.values["why"] for gap in sheet(office, made).conditions)
    office.desk.do("disposals.apply", disposal_id=made)


def test_no_other_document_takes_what_is_on_a_pending_disposal(office: Office) -> None:
    card = office.asset()
    first = draft(office, card)
    with pytest.raises(Conflict, match="disposal"):
        draft(office, card)
    with pytest.raises(Invalid, match="set by the document"):
        office.desk.do("assets.revise", asset_id=card, status="in_use")
    office.desk.do("disposals.cancel", disposal_id=first)
    draft(office, card)


@pytest.mark.parametrize("end", ["cancel", "refuse", "take_off"])
def test_what_comes_to_nothing_leaves_cards_as_they_were(office: Office, end: str) -> None:
    card, other = office.asset(status="repair"), office.asset()
    made = draft(office, card, other)
    if end == "refuse":
        file(office, made, *PAPERS)
        office.desk.do("disposals.apply", disposal_id=made)
    given: dict[str, dict[str, Any]] = {"take_off": {"asset_ids": [card]}, "refuse": {"refusal": "尚可使用"}}
    office.desk.do(f"disposals.{end}", disposal_id=made, **given.get(end, {}))
    assert status(office, card) == "repair"
    assert status(office, other) == ("to_dispose" if end == "take_off" else "in_use")
    draft(office, card)
    sound(office)


def test_parts_leave_with_the_whole(office: Office) -> None:
    whole, part, inner = office.asset("主机"), office.asset("硬盘"), office.asset("盘架")
    for child, parent in ((part, whole), (inner, part)):
        _part_of(office, child, parent)
    made = draft(office, whole)
    rows = office.desk.first(View("disposal_lines", filters=(("disposal_id", (made,)),)), 9)
    assert [row["asset_id"] for row in rows] == [whole, part, inner]
    with pytest.raises(Conflict, match="leave together"):
        office.desk.do("disposals.take_off", disposal_id=made, asset_ids=[inner])
    office.desk.do("disposals.cancel", disposal_id=made)
    held = draft(office, inner)
    with pytest.raises(Conflict, match="disposal"):
        draft(office, whole)
    office.desk.do("disposals.cancel", disposal_id=held)


def test_states_follow_each_other_as_declared(office: Office) -> None:
    made = draft(office, office.asset())
    ahead: dict[str, dict[str, Any]] = {
        "approve": {"authority": "finance", "approval_no": "1", "approved_on": TODAY}, "recall": {},
        "execute": {"executed_on": TODAY}, "refuse": {"refusal": "x"}, "book": {"voucher": "x"},
        "reopen": {"reason": "x"},
    }  # fmt: skip
    for act, given in ahead.items():
        with pytest.raises(Conflict, match="draft"):
            office.desk.do(f"disposals.{act}", disposal_id=made, **given)
    gone = executed(office, office.asset())
    behind: dict[str, dict[str, Any]] = {
        "cancel": {}, "apply": {}, "recall": {}, "put": {"asset_ids": [office.asset()]}, "revise": {"reason": "x"},
    }  # fmt: skip
    for act, given in behind.items():
        with pytest.raises(Conflict, match="executed"):
            office.desk.do(f"disposals.{act}", disposal_id=gone, **given)


def test_an_execution_is_taken_back_while_no_money_came_and_with_the_reversing_voucher(office: Office) -> None:
    card = office.asset()
    made = executed(office, card, voucher="记-9")
    with pytest.raises(Conflict, match="books it back"):
        office.desk.do("disposals.reopen", disposal_id=made, reason="搞错了")
    office.desk.do("disposals.reopen", disposal_id=made, reason="搞错了", reversal="记-10")
    row = office.row("assets", card)
    assert (row["status"], row["disposed_on"]) == ("to_dispose", None)
    with pytest.raises(Conflict, match="disposal"):
        draft(office, card)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)
    income = {"disposal_id": made, "kind": "scrap", "amount": 12000}
    sum_ = office.desk.do("disposals.earn", **income).value
    office.desk.do("disposals.receive", disposal_income_id=sum_, received_on=TODAY)
    with pytest.raises(Conflict, match="received or paid"):
        office.desk.do("disposals.reopen", disposal_id=made, reason="搞错了", reversal="x")
    sound(office)


def test_a_compensation_is_owed_once_however_often_it_is_executed(office: Office) -> None:
    card = office.asset()
    made = draft(office, card, mode="write_off", ground="loss")
    office.desk.do("disposals.explain", disposal_id=made, asset_ids=[card], cause="missing", responsibility="李秀英",
                   compensation=100)  # fmt: skip
    file(office, made, "application", "decision", "value", "loss")
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    for _ in range(2):
        office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)
        assert office.desk.count(View("disposal_incomes")) == 1
        if office.desk.count(View("disposal_incomes")) and _ == 0:
            office.desk.do("disposals.reopen", disposal_id=made, reason="x")
    assert sheet(office, made).balance.due == 100


def test_each_step_leaves_a_paper_kept_byte_for_byte(office: Office) -> None:
    card = office.asset()
    made = draft(office, card)
    file(office, made, *PAPERS)
    before = office.desk.ask("disposals.paper", disposal_id=made)
    digests = [office.desk.do("disposals.apply", disposal_id=made).value, approve(office, made)]
    digests.append(office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY).value)
    office.desk.do("assets.revise", asset_id=card, name="later")
    for stage, digest in zip(Stage, digests, strict=True):
        kept = office.desk.ask("disposals.paper", disposal_id=made, stage=stage)
        assert judge(kept).sha256 == digest and judge(kept).intact
        assert office.desk.ask(standing, digest) is Standing.OURS
    assert office.desk.ask(standing, judge(before).sha256) is Standing.FOREIGN
    again = office.desk.do("disposals.book", disposal_id=made, voucher="记-9").value
    assert office.desk.ask(standing, digests[2]) is Standing.SUPERSEDED
    assert office.desk.ask(standing, again) is Standing.OURS
    with pytest.raises(Conflict, match="already"):
        office.desk.do("disposals.book", disposal_id=made, voucher="记-10")
    sound(office)


def test_a_recalled_application_is_superseded_and_a_cancelled_one_void(office: Office) -> None:
    made = draft(office, office.asset())
    file(office, made, *PAPERS)
    first = office.desk.do("disposals.apply", disposal_id=made).value
    office.desk.do("disposals.recall", disposal_id=made)
    assert office.desk.ask(standing, first) is Standing.SUPERSEDED
    with pytest.raises(Missing, match="later step"):
        office.desk.ask("disposals.paper", disposal_id=made, stage=Stage.APPROVAL)
    second = office.desk.do("disposals.apply", disposal_id=made).value
    assert judge(office.desk.ask("disposals.paper", disposal_id=made)).seal.version == 2
    assert office.desk.ask(standing, second) is Standing.OURS
    office.desk.do("disposals.cancel", disposal_id=made)
    assert office.desk.ask(standing, second) is Standing.VOID
    with pytest.raises(Conflict, match="void"):
        office.desk.ask("disposals.paper", disposal_id=made)


def test_stopping_while_the_paper_is_drawn_leaves_a_draft(office: Office) -> None:
    made = draft(office, office.asset())
    file(office, made, *PAPERS)
    with pytest.raises(Cancelled):
        office.desk.having(tell=lambda done, total: False).do("disposals.apply", disposal_id=made)
    assert sheet(office, made).state is DisposalState.DRAFT


def test_days_are_in_order_and_not_ahead(office: Office) -> None:
    made = draft(office, office.asset())
    file(office, made, *PAPERS)
    ahead = TODAY + timedelta(days=1)
    with pytest.raises(Invalid, match="ahead"):
        office.desk.do("disposals.file", disposal_id=made, item="value", paper_no="x", paper_on=ahead)
    office.desk.do("disposals.apply", disposal_id=made)
    given = {"disposal_id": made, "authority": "finance", "approval_no": "1"}
    for day, says in ((ahead, "ahead"), (TODAY - timedelta(days=1), "before")):
        with pytest.raises(Invalid, match=says):
            office.desk.do("disposals.approve", **given, approved_on=day)
    approve(office, made)
    for day, says in ((ahead, "ahead"), (TODAY - timedelta(days=1), "before")):
        with pytest.raises(Invalid, match=says):
            office.desk.do("disposals.execute", disposal_id=made, executed_on=day)


def test_a_paper_entered_again_is_corrected_and_one_too_many_taken_off(office: Office) -> None:
    made = draft(office, office.asset())
    file(office, made, "value", "value", "appraisal")
    assert office.desk.count(View("disposal_papers")) == 2
    office.desk.do("disposals.unfile", disposal_id=made, item="appraisal")
    assert office.desk.count(View("disposal_papers")) == 1
    with pytest.raises(Missing):
        office.desk.do("disposals.unfile", disposal_id=made, item="appraisal")


def test_a_sale_says_who_bought_and_for_how_much(office: Office) -> None:
    made = draft(office, office.asset(), mode="transfer", appraised=100000)
    file(office, made, "application", "decision", "value", "appraisal")
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    assert missing(office, made) == ["Say who bought the assets", "Enter what the sale brings"]
    office.desk.do("disposals.earn", disposal_id=made, kind="proceeds", amount=90000)
    with pytest.raises(Conflict, match="who bought"):
        office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY)
    office.desk.do("disposals.execute", disposal_id=made, executed_on=TODAY, receiver="某回收公司")


def test_another_compounds_disposals_are_out_of_reach(office: Office) -> None:
    made = draft(office, office.asset())
    stranger = replace(office.desk, grants=(Grant(("*",), frozenset({office.elsewhere})),))
    assert stranger.count(View("disposals")) == stranger.count(View("disposal_lines")) == 0
    for ask in ("sheet", "paper"):
        with pytest.raises(Missing):
            stranger.ask(f"disposals.{ask}", disposal_id=made, **({"on": TODAY} if ask == "sheet" else {}))
    with pytest.raises(Conflict, match="one compound"):
        office.desk.do("disposals.put", disposal_id=made, asset_ids=[office.asset(compound_id=office.elsewhere)])


def test_what_an_open_document_holds_is_named(office: Office) -> None:
    card = office.asset()
    draft(office, card)
    number = office.desk.first(View("disposals"), 1)[0]["number"]
    assert number.startswith(f"CZ-JGSW-{TODAY.year}-")
    with office.desk._reading("assets.list") as session:
        assert session.execute(assets._holders["disposal"]([card])).all() == [(card, number)]


def _part_of(office: Office, child: UUID, parent: UUID) -> None:
    """As the window for parts will say it."""
    from models.asset import Asset
    from services.desk.intent import INTENTS, intent

    @intent("Part of", name="tests.part_of")
    def part_of(work: Any) -> None:
        work.get(Asset, child).part_of_id = parent

    office.desk.do("tests.part_of")
    del INTENTS["tests.part_of"]
