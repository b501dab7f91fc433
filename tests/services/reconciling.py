"""An office whose books, things and certificates agree, and everything that can be wrong with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.base import GLOBAL
from models.reconciliation import ReconciliationRule as R
from services.desk.desk import Desk
from services.desk.intent import query
from services.reconciliation_books import register
from services.reconciliation_facts import Asked, Board, Difference
from tests.services.people import Office, found
from tests.services.rights_people import enter

TODAY = datetime.now(UTC).astimezone().date()
BASE = TODAY - timedelta(days=1)
SINCE, AREA = date(2020, 3, 1), 100_000
CARDS = (  # number, name, class, quantity, cost in fen
    ("ZC-1", "空调机", "A02061804", 1, 329900),
    ("ZC-2", "台式计算机", "A02010105", 1, 500001),
    ("ZC-3", "会议椅", "A05010303", 10, 100003),
    ("ZC-4", "激光打印机", "A02021003", 1, 135000),
)
LINES = {  # what the accounts call a class
    "A0206": "其中：电气设备", "A0201": "固定资产—信息化设备", "A0202": "1601.03 办公设备", "A0501": "家具",
    "A0101": "房屋", "A0102": "构筑物", "A0302": "可移动文物",
}  # fmt: skip


@query("What the register of a test comes to", name="tests.register")
def by_class(session: Session, *, on: date) -> Any:
    """By compound and the second level of classes: pieces, cost, accumulated in fen."""
    made: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for compound, classes in register(Asked(session, on), [on])[on].items():
        for code, sums in classes.items():
            for at, value in enumerate(sums):
                made[compound][code[:5]][at] += value or 0
    return {compound: dict(classes) for compound, classes in made.items()}


@dataclass
class Recon:
    """The office, and how each thing in it comes to be wrong; `wrong` collects what the board is to find."""

    office: Office
    stocktake: UUID = GLOBAL
    team: UUID = GLOBAL
    wrong: list[tuple[R, str]] = field(default_factory=list)
    houses: dict[str, UUID] = field(default_factory=dict)
    titles: dict[str, UUID] = field(default_factory=dict)
    later: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # readings that are not the usual ones

    @property
    def desk(self) -> Desk:
        return self.office.desk

    def board(self, on: date = TODAY, compound_id: UUID | None = None) -> Board:
        made: Board = self.desk.ask("reconciliation.board", on=on, compound_id=compound_id)
        return made

    def one(self, rule: R) -> Difference:
        """The only difference of a rule."""
        [found_] = [one for one in self.board().differences if one.rule is rule]
        return found_

    def card(self, number: str, code: str = "A02010105", **values: Any) -> UUID:
        given = {"class_code": code, "entered_on": SINCE, "voucher": "记-1", "room_id": self.office.room}
        return self.office.asset(values.pop("name", "物件"), number=number, **given | values)

    def house(self, code: str, *, card: bool = True, right: bool = True, **values: Any) -> None:
        """A building with its card and its certificate, all of one area."""
        place = {"compound_id": self.office.compound}
        self.houses[code] = self.office.add("buildings", code=code, name=f"{code}号楼", area=AREA, **place)
        if card:
            given = {"building_id": self.houses[code], "room_id": None, "floor_area": AREA, "cost": 9_000_000,
                     "certificate": f"房{code}", "name": f"{code}号楼"}  # fmt: skip
            self.card(f"FW-{code}", "A01010100", **given | values.pop("of_card", {}))
        if right:
            self.title(code, **values)

    def title(self, code: str, *, cover: bool = True, **values: Any) -> UUID:
        made = self.titles[code] = self.office.add("titles", compound_id=self.office.compound, location=f"{code}号楼")
        if cover:
            self.desk.do("titles.cover", title_id=made, building_id=self.houses[code])
        given = {"unit_id": self.office.unit, "area": AREA, "certificate": f"房 {code}"} | values
        enter(self.desk, made, "first_registration", date(2000, 1, 1), **given)
        return made

    def number(self, code: str) -> str:
        return str(self.office.row("titles", self.titles[code])["number"])

    def dispose(self, asset: UUID, **values: Any) -> str:
        """Scrapped yesterday, by the papers."""
        do = self.desk.do
        made = do("disposals.draft", asset_ids=[asset], mode="scrapping", ground="over_age", level="city").value
        for item in ("application", "decision", "value", "inspection", "title", "appraisal"):
            do("disposals.file", disposal_id=made, item=item, paper_no="1")
        do("disposals.apply", disposal_id=made)
        approval = {"authority": "government", "approval_no": "1", "approved_on": TODAY}
        do("disposals.approve", disposal_id=made, **approval)
        do("disposals.execute", disposal_id=made, executed_on=TODAY, **values)
        return str(self.office.row("disposals", made)["number"])

    # Counting

    def count(self) -> None:
        """Everything that is there is counted, but for the readings that are other ones."""
        do, office = self.desk.do, self.office
        self.stocktake = do("stocktakes.draft", compound_id=office.compound, title="年度盘点", base_on=BASE).value
        self.team = do("stocktakes.team", stocktake_id=self.stocktake, name="甲", counter_id=office.taker,
                       supervisor_id=office.witness).value  # fmt: skip
        do("stocktakes.start", stocktake_id=self.stocktake)
        other = dict(self.later)
        for number in (row["number"] for row in self.lines()):
            if number not in other:
                self.scan(number)
        for number, values in self.later:
            self.scan(number, **values)
        do("stocktakes.finish", stocktake_id=self.stocktake)

    def lines(self) -> list[dict[str, Any]]:
        from services.desk.listing import View

        return list(self.desk.first(View("stocktake_lines"), 1000))

    def scan(self, number: str, **values: Any) -> None:
        line = next(row for row in self.lines() if row["number"] == number)
        place = {"room_id": line["room_id"]} if line["room_id"] else {"building_id": line["building_id"]}
        given = {"quantity": line["quantity"], **place} | values
        if given["quantity"]:
            self.desk.do("stocktakes.scan", stocktake_id=self.stocktake, team_id=self.team, code=number, **given)

    # Accounts

    def book(self, change: dict[str, dict[str, Any]] | None = None) -> None:
        """The accounts of the first compound say what the register says, but for what is changed of a class: its line
        (None leaves it out)."""
        sums, add = self.desk.ask("tests.register", on=BASE), self.office.add
        for code, said in sums.get(self.office.compound, {}).items():
            line = dict(zip(("quantity", "cost", "accumulated"), said, strict=True))
            line["net"] = line["cost"] - line["accumulated"]
            changed = (change or {}).get(code, {})
            if changed is not None:
                more = {key: line[key] + value for key, value in changed.items()}
                add("account_balances", compound_id=self.office.compound, on=BASE, name=LINES[code], **line | more)


def agreeing(desk: Desk) -> Recon:
    """Nothing is counted or booked yet."""
    made = Recon(found(desk))
    office = made.office
    desk.do("compounds.revise", compound_id=office.compound, unit_id=office.unit)
    for compound in (office.compound, office.elsewhere):  # the two first buildings are let to the office
        rows = [row for row in _rows(desk, "buildings") if row["compound_id"] == compound]
        desk.do("buildings.revise", building_id=rows[0]["id"], tenure="leased")
    for number, name, code, quantity, cost in CARDS:
        made.card(number, code, name=name, quantity=quantity, cost=cost, serial=f"SN-{number}")
    made.house("A")
    return made


def _rows(desk: Desk, listing: str) -> list[dict[str, Any]]:
    from services.desk.listing import View

    return list(desk.first(View(listing), 1000))


def things(made: Recon) -> None:
    """What a count finds otherwise."""
    office, wrong = made.office, made.wrong
    for number in ("MISSING", "ELSEWHERE", "KEEPER", "DAMAGED"):
        made.card(f"T-{number}")
        wrong.append((R(f"thing_{number.lower()}"), f"T-{number}"))
    made.card("T-SHORT", quantity=5)
    made.card("T-OVER", quantity=5)
    made.card("T-SERIAL-1", serial="SAME")
    made.card("T-SERIAL-2", serial="SAME")
    wrong += [(R.THING_SHORT, "T-SHORT"), (R.THING_OVER, "T-OVER"), (R.THING_SAME_SERIAL, "T-SERIAL-1")]
    room = office.add("rooms", compound_id=office.compound, building_id=office.building, number="401")
    made.later += [
        ("T-MISSING", {"quantity": 0}), ("T-SHORT", {"quantity": 3}), ("T-OVER", {"quantity": 6}),
        ("T-ELSEWHERE", {"room_id": room}), ("T-KEEPER", {"keeper_id": office.taker}), ("T-DAMAGED", {"damaged": True}),
    ]  # fmt: skip


def after_count(made: Recon) -> None:
    """What is only wrong once counting began."""
    desk, office = made.desk, made.office
    desk.do("stocktakes.surplus", stocktake_id=made.stocktake, name="无卡的柜", quantity=2)
    made.card("T-LATE")
    number = office.row("stocktakes", made.stocktake)["number"]
    made.wrong += [(R.THING_NOT_COUNTED, "T-LATE"), (R.THING_SURPLUS, f"{number}-1")]
    gone = made.card("B-GONE")
    made.wrong.append((R.BOOK_DISPOSAL_UNBOOKED, made.dispose(gone)))
    house = next(row["id"] for row in _rows(desk, "assets") if row["number"] == "FW-GONE")
    made.dispose(house, voucher="记-2")
    made.wrong.append((R.TITLE_CARD_GONE, made.number("GONE")))


def titles(made: Recon) -> None:
    """What certificates say otherwise."""
    desk, house, wrong = made.desk, made.house, made.wrong
    house("NONE", right=False)
    house("NOCARD", card=False)
    house("FLOOR", of_card={"floor_area": AREA - 10_000})
    house("NUMBER", of_card={"certificate": "别的证号"})
    house("HOLDER", unit_id=None, party="某公司")
    house("BOOKAREA", area=AREA + 20_000)
    house("SURVEY")
    enter(desk, made.titles["SURVEY"], "survey", date(2021, 1, 1), area=AREA - 20_000)
    house("CANCELLED")
    enter(desk, made.titles["CANCELLED"], "cancellation", date(2021, 1, 1))
    house("EXPIRED", term_until=date(2022, 1, 1))
    house("GONE")
    made.title("LOOSE", cover=False)
    made.card("FW-LOOSE", "A01010100", floor_area=AREA, room_id=None)
    codes = {"NONE": R.TITLE_NONE, "NOCARD": R.TITLE_NO_CARD, "FLOOR": R.TITLE_FLOOR_AREA}
    wrong += [(rule, code) for code, rule in codes.items()]
    wrong += [(R.TITLE_NUMBER, "FW-NUMBER"), (R.TITLE_CARD_NOWHERE, "FW-LOOSE")]
    rights = {"HOLDER": R.TITLE_HOLDER, "BOOKAREA": R.TITLE_AREA_BOOK, "SURVEY": R.TITLE_AREA_SURVEY,
              "CANCELLED": R.TITLE_CANCELLED, "EXPIRED": R.TITLE_EXPIRED, "LOOSE": R.TITLE_NOT_BOOKED}  # fmt: skip
    wrong += [(rule, made.number(code)) for code, rule in rights.items()]


def books(made: Recon) -> None:
    """Cards that are wrong for the accounts."""
    made.card("B-BARE", voucher=None)
    made.card("B-GUESS", value_kind="provisional")
    made.card("B-RELIC", "A03020400", name="铜鼎")
    made.wrong += [(R.BOOK_NO_VOUCHER, "B-BARE"), (R.BOOK_PROVISIONAL, "B-GUESS")]


def accounts(made: Recon) -> None:
    """The accounts, each class of them wrong in one way."""
    office, add = made.office, made.office.add
    change: dict[str, Any] = {"A0206": {"quantity": 1}, "A0201": {"cost": 100, "net": 100}, "A0302": None,
              "A0501": {"accumulated": 7, "net": -7}, "A0202": {"net": 5}}  # fmt: skip
    made.book(change)
    own = {"compound_id": office.compound, "on": BASE}
    add("account_balances", name="图书档案", cost=700, **own)
    unknown = add("account_balances", name="待处理财产损溢", cost=1, **own)
    lines = {row["name"]: row["number"] for row in _rows(made.desk, "account_balances")}
    made.wrong += [
        (R.BOOK_QUANTITY, "A0206"), (R.BOOK_COST, "A0201"), (R.BOOK_ACCUMULATED, "A0501"),
        (R.BOOK_ACCOUNTS_ONLY, "A04"), (R.BOOK_REGISTER_ONLY, "A0302"), (R.BOOK_NET, lines[LINES["A0202"]]),
        (R.BOOK_CLASS_UNKNOWN, str(office.row("account_balances", unknown)["number"])),
    ]  # fmt: skip


def planted(desk: Desk) -> Recon:
    """One difference of each rule."""
    made = agreeing(desk)
    things(made)
    titles(made)
    books(made)
    made.count()
    after_count(made)
    accounts(made)
    return made


def clean(desk: Desk) -> Recon:
    """The same kinds of record, and nothing to find."""
    made = agreeing(desk)
    made.count()
    made.book()
    return made


def beside(desk: Desk) -> Recon:
    """What lies close to every rule and breaks none."""
    made = agreeing(desk)
    _near_titles(made)
    _near_cards(made)
    made.count()
    gone = made.card("N-GONE", serial="TWICE")
    made.dispose(gone, voucher="记-3")
    made.card("N-ALIKE-2", serial="TWICE", entered_on=TODAY)
    house = next(row["id"] for row in _rows(desk, "assets") if row["number"] == "FW-SOLD")
    made.dispose(house, voucher="记-2")
    enter(desk, made.titles["SOLD"], "cancellation", TODAY)
    made.book()
    made.office.add("account_balances", compound_id=made.office.compound, on=BASE, name="图书档案", cost=0)
    return made


def _near_titles(made: Recon) -> None:
    """Areas within the tolerance, rights that were replaced or ended today, numbers written in another way."""
    desk, office, house = made.desk, made.office, made.house
    house("TIGHT", area=AREA + 1_000, of_card={"floor_area": AREA + 1_000})
    enter(desk, made.titles["TIGHT"], "survey", date(2021, 1, 1), area=AREA + 2_000)
    house("LAST", term_until=TODAY)
    house("OLD")
    enter(desk, made.titles["OLD"], "cancellation", date(2021, 1, 1))
    made.titles["OLD2"] = made.titles.pop("OLD")
    made.title("OLD")
    house("SOLD")
    house("MANY", of_card={"certificate": "房MANY；房　many２"})
    made.titles["MANY1"] = made.titles.pop("MANY")
    made.houses["MANY2"] = made.houses["MANY"]
    made.title("MANY2")
    loose = made.title("LOOSE", cover=False)
    enter(desk, loose, "cancellation", date(2021, 1, 1))
    top = office.add("organizations", code="TOP", name="市机关事务管理局")
    desk.do("organizations.revise", organization_id=office.unit, parent_id=top)
    house("ABOVE", unit_id=top)
    structure = office.add("buildings", compound_id=office.compound, code="WALL", name="围墙", kind="structure")
    made.card("GZ-1", "A01020000", building_id=structure, room_id=None)
    office.add("buildings", compound_id=office.compound, code="HIRED", name="租用楼", tenure="leased", area=AREA)


def _near_cards(made: Recon) -> None:
    """Values that are provisional for less than a year, cards without a cost, things seen where nobody said a place."""
    made.card("N-GUESS", value_kind="provisional", entered_on=BASE - timedelta(days=300))
    made.card("N-BARE", voucher=None, cost=None)
    made.card("N-NOWHERE", room_id=None, keeper_id=None)
    made.card("N-ROOMLESS", room_id=None, building_id=made.office.building)
    made.card("N-FREE", status="idle")
    made.later += [
        ("N-NOWHERE", {"room_id": made.office.room, "keeper_id": made.office.taker}),
        ("N-ROOMLESS", {"room_id": made.office.room}), ("N-FREE", {"damaged": True}),
    ]  # fmt: skip
