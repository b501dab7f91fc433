"""A year in the life of assets, in the order an office lives it; every balance holds on every day of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.handover import HandoverPurpose, LineCheck, Side
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.services.people import Office, found

AIR, CHAIR = "A02061804", "A05010301"  # five years and fifteen at least (财会〔2017〕4号)


class Year:
    """The office on a day of next year; each act is done on the day the test has come to."""

    def __init__(self, office: Office) -> None:
        self.office, self.year = office, datetime.now(UTC).year + 1

    def on(self, month: int, day: int) -> Year:
        """Another day has come."""
        noon = datetime(self.year, month, day, 4, tzinfo=UTC)
        self.day, self.office.desk = date(self.year, month, day), replace(self.office.desk, clock=lambda: noon)
        return self

    def do(self, act: str, **values: Any) -> Any:
        return self.office.desk.do(act, **values).value

    def ask(self, what: str, **values: Any) -> Any:
        return self.office.desk.ask(what, **values)

    def signed(self, note: UUID) -> UUID:
        """Issued and signed by both sides."""
        self.do("handovers.issue", handover_id=note)
        for side in (Side.FROM, Side.TO):
            self.do("handovers.sign", handover_id=note, side=side)
        return note

    def cards(self, **wanted: Any) -> list[dict[str, Any]]:
        rows = self.office.desk.first(View("assets", sort="number"), 99)
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]

    def month_ends(self) -> Iterator[date]:
        for month in range(1, 13):
            yield date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@pytest.fixture
def year(desk: Desk) -> Year:
    return Year(found(desk))


def bought(year: Year, office: Office, code: str, name: str, quantity: int, price: int, *, each: bool) -> None:
    """Needed, decided, procured, accepted by two persons onto cards."""
    need = year.do(
        "asset_needs.add", compound_id=office.compound, name=name, class_code=code, quantity=quantity, unit_price=price
    )
    year.do("asset_needs.decide", asset_need_id=need, source="purchase", decision="纪要 1 号", not_idle="无合用")
    year.do(
        "asset_needs.accept", asset_need_id=need, accepted=quantity, accepted_by_id=office.giver, each=each,
        second_by_id=office.taker, keeper_id=office.giver, price=price, voucher="记-1",
    )  # fmt: skip


def approved(year: Year, asset: UUID) -> UUID:
    """A disposal with its papers, applied for and approved."""
    made: UUID = year.do("disposals.draft", asset_ids=[asset], mode="scrapping", ground="over_age", level="city")
    for item in ("application", "decision", "value", "inspection"):
        year.do("disposals.file", disposal_id=made, item=item, paper_no="1")
    year.do("disposals.apply", disposal_id=made)
    year.do("disposals.approve", disposal_id=made, authority="government", approval_no="批 1", approved_on=year.day)
    return made


def disposed(year: Year, asset: UUID) -> None:
    """Approved, executed, booked; what it earned is paid to the treasury."""
    made = approved(year, asset)
    year.do("disposals.execute", disposal_id=made, executed_on=year.day)
    income = year.do("disposals.earn", disposal_id=made, kind="scrap", amount=5000)
    year.do("disposals.receive", disposal_income_id=income, received_on=year.day)
    year.do("disposals.pay", disposal_income_id=income, paid_on=year.day, voucher="非税 1")
    year.do("disposals.book", disposal_id=made, voucher="记-99")


def test_a_year_is_played_through_and_every_balance_holds_on_every_day(year: Year) -> None:
    office = year.office
    year.on(1, 12)
    bought(year, office, AIR, "空调机", 3, 360_000, each=True)
    bought(year, office, CHAIR, "折叠椅", 10, 12_000, each=False)
    first, second, third = (row["id"] for row in year.cards(name="空调机"))
    (chairs,) = (row["id"] for row in year.cards(name="折叠椅"))
    assert year.ask("labels.sheet", asset_ids=[first, second, third, chairs], stock="a4-3x8").startswith(b"%PDF")
    year.on(2, 3).do("depreciation.book", month=date(year.year, 1, 1))
    note = year.do(
        "handovers.draft", asset_ids=[first, second, chairs], to_staff_id=office.taker, to_room_id=office.room
    )
    year.signed(note)
    assert {row["keeper"] for row in year.cards(room_id=office.room)} == {"王建国"}

    year.on(3, 9)  # to another compound, under its number
    move = {"purpose": HandoverPurpose.TRANSFER, "to_compound_id": office.elsewhere, "to_room_id": office.far_room}
    year.signed(year.do("handovers.draft", asset_ids=[first], to_staff_id=office.taker, **move))
    (there,) = year.cards(compound_id=office.elsewhere)
    assert there["number"] == year.cards(name="空调机")[0]["number"]

    year.on(4, 2)  # lent, and back in parts
    lend = {"purpose": HandoverPurpose.LEND, "due_on": date(year.year, 6, 30), "borrower": "市第二中学"}
    loan = year.signed(year.do("handovers.draft", asset_ids=[chairs, second], **lend))
    back = year.on(5, 20).do("handovers.take_back", handover_id=loan)
    year.do(
        "handovers.check", handover_id=back, side=Side.TO, asset_ids=[chairs], found=LineCheck.SHORT, short=3, word="少"
    )
    year.signed(back)
    (missing,) = year.cards(status="lent")
    assert (missing["name"], missing["quantity"]) == ("折叠椅", 3)
    year.signed(year.on(6, 11).do("handovers.take_back", handover_id=loan))
    assert year.cards(status="lent") == []

    year.on(6, 15).do("assets.revise", asset_id=second, status="repair")
    year.on(6, 22).do("assets.revise", asset_id=second, status="in_use")
    rebuilt = {"kind": "increase", "cost": 420_000, "life_months": 72, "paper": "改造 1"}
    year.on(7, 8).do("assets.change_value", asset_id=third, on=year.day, **rebuilt)
    terms = {"lessee": "某公司", "rent": 30_000} | dict.fromkeys(("approval_no", "bidding_no", "appraisal_no"), "1")
    until = date(year.year, 10, 31)
    lease = year.on(8, 1).do("leases.draft", asset_id=third, from_on=year.day, until_on=until, **terms)
    year.do("leases.start", lease_id=lease)
    assert [row["name"] for row in year.cards(status="leased")] == ["空调机"]
    rent = year.office.desk.first(View("lease_rents"), 9)[0]["id"]
    year.do("leases.receive", lease_rent_id=rent, received_on=year.day)
    year.do("leases.pay", lease_rent_id=rent, paid_on=year.day, voucher="非税 2")
    year.on(10, 31).do("leases.end", lease_id=lease, ended_on=year.day, end_reason="期满")
    disposed(year.on(11, 17), second)
    assert [row["id"] for row in year.cards(status="disposed")] == [second]

    year.on(12, 31)
    for month in range(2, 12):
        year.do("depreciation.book", month=date(year.year, month, 1))
    holds(year, air=3 * 360_000)


def test_nothing_leaves_or_comes_back_in_a_month_that_is_booked(year: Year) -> None:
    bought(year.on(1, 12), year.office, AIR, "空调机", 1, 360_000, each=True)
    (card,) = year.cards()
    made = approved(year.on(2, 10), card["id"])
    year.on(3, 2)
    for month in (1, 2):
        year.do("depreciation.book", month=date(year.year, month, 1))
    with pytest.raises(Conflict, match="booked"):
        year.do("disposals.execute", disposal_id=made, executed_on=date(year.year, 2, 20))
    year.do("disposals.execute", disposal_id=made, executed_on=year.day)
    year.on(4, 1).do("depreciation.book", month=date(year.year, 3, 1))
    with pytest.raises(Conflict, match="booked"):
        year.office.desk.having(reason="错").do("disposals.reopen", disposal_id=made)


def holds(year: Year, air: int) -> None:
    """Nothing is lost or made: on every day, by compound and class, in the books and in the journal."""
    assert year.ask("depreciation.verify") == []
    begin, day = date(year.year, 1, 1), date(year.year, 1, 1)
    while day <= year.day:
        by_class = year.ask("depreciation.balances", on=day)
        by_compound = year.ask("depreciation.balances", on=day, by="compound")
        for figure in ("cards", "cost", "accumulated"):
            assert sum(getattr(b, figure) for b in by_class) == sum(getattr(b, figure) for b in by_compound), day
        if date(year.year, 1, 12) <= day < date(year.year, 7, 8):
            assert sum(b.cost for b in by_class) == air + 120_000, day
        day += timedelta(days=1)
    for end in year.month_ends():
        for flow in year.ask("depreciation.flows", from_on=begin, until_on=min(end, year.day)):
            ways = (flow.opening, flow.added, flow.changed, flow.parts, flow.moved_in, flow.disposed, flow.moved_out)
            cost = sum(way.cost for way in ways)
            taken = sum(way.accumulated for way in ways) + flow.taken
            assert (flow.closing.cost, flow.closing.accumulated) == (cost, taken), (end, flow.compound)
    store = year.office.desk.store
    assert verify(store) == compare(store) == papers(store) == []
