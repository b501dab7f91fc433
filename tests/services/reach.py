"""Prepared arguments for every act, about records of a compound: what somebody who may do it could do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import table
from models.handover import Side
from models.journal import Record
from models.title import Title
from services.desk.desk import Desk
from services.desk.listing import View
from services.rights import Purpose
from tests import outside
from tests.services import (
    reach_counted,
    reach_doing,
    reach_parts,
    reach_plans,
    reach_signing,
    reach_training,
    reach_work,
)
from tests.services.secrets import OWN, PHONE

_serial = count(1)
PROFILE = '{"kind": "assets", "columns": {"某列": "name"}}'
SECRET = "a good password"
ON = date(2025, 6, 1)
TODAY = datetime.now(UTC).astimezone().date()
SCHOOL = {"level": "college", "school": "某校"}
SKILL = {"trade": "电工", "level": "senior"}
MERIT = {"kind": "commendation", "on": ON, "basis": "某〔2025〕1号"}
AWAY = {"kind": "annual", "from_on": ON, "until_on": ON}
DISPOSED: dict[str, dict[str, Any]] = {
    "approve": {"authority": "government", "approval_no": "1", "approved_on": TODAY},
    "execute": {"executed_on": TODAY},
}


@dataclass
class Place:
    """A compound with what lies in it; each method makes another record there, by who may do everything."""

    desk: Desk
    folder: Path
    name: str
    year: int

    def __post_init__(self) -> None:
        self.booked = count()
        self.unit = self.add("organizations", code=self.name, name=f"{self.name}处")
        self.compound, self.spare = (self.add("compounds", code=c, name=c) for c in (self.name, f"{self.name}2"))
        self.building = self.inside("buildings", code="B1", name=f"{self.name}楼")
        self.room = self.inside("rooms", building_id=self.building, number=f"{self.name}101", use="office", area=900)
        self.idle = self.inside("rooms", building_id=self.building, number=f"{self.name}102", use="office", area=900)
        self.giver, self.taker = (self.person() for _ in range(2))
        self.inside("occupancies", room_id=self.room, unit_id=self.unit, staff_id=self.giver, level="county",
                    rank="staff", from_on=date(2020, 1, 1))  # fmt: skip
        self.inside("cost_entries", year=self.year, function="guards", amount=100)
        self.event(self.title(), term_until=ON)

    def fresh(self) -> str:
        """A name nothing has yet."""
        return f"{self.name}{next(_serial)}"

    def add(self, kind: str, /, **values: Any) -> UUID:
        """A record."""
        made = self.desk.do(f"{kind}.add", **values).value
        assert isinstance(made, UUID)
        return made

    def inside(self, kind: str, /, **values: Any) -> UUID:
        """A record in the compound."""
        return self.add(kind, compound_id=self.compound, **values)

    def person(self) -> UUID:
        return self.inside("staff", name=self.fresh(), unit_id=self.unit, phone=PHONE)

    def gone(self) -> UUID:
        """Somebody who left long ago, with a private fact."""
        made = self.inside("staff", name=self.fresh(), unit_id=self.unit, phone=PHONE, ethnicity="汉族")
        self.desk.do("staff.leave", staff_id=made, left_on=date(2015, 6, 1), left_why="retired")
        return made

    def post(self) -> UUID:
        return self.inside("posts", name=self.fresh(), function="guards")

    def held(self) -> UUID:
        """Who holds a post since 2020."""
        given = {"staff_id": self.person(), "post_id": self.post(), "from_on": date(2020, 1, 1)}
        made = self.desk.do("post_holdings.assign", **given).value
        assert isinstance(made, UUID)
        return made

    def about(self, kind: str, /, **values: Any) -> UUID:
        """A line of a person."""
        return self.add(kind, staff_id=self.person(), **values)

    def asset(self) -> UUID:
        return self.inside("assets", name=self.fresh(), keeper_id=self.giver, unit_id=self.unit, cost=100)

    def part(self) -> UUID:
        made = self.asset()
        self.desk.do("assets.put_in_set", asset_ids=[made], part_of_id=self.asset())
        return made

    def need(self, *, decided: bool = False, accepted: bool = False) -> UUID:
        made = self.inside("asset_needs", name=self.fresh(), class_code="A02061804", quantity=2)
        if decided or accepted:
            self.desk.do("asset_needs.decide", asset_need_id=made, source="purchase", not_idle="x")
        if accepted:
            self.desk.do("asset_needs.accept", **self.acceptance(made))
        return made

    def acceptance(self, need: UUID) -> dict[str, Any]:
        return {"asset_need_id": need, "accepted": 1, "accepted_by_id": self.giver, "second_by_id": self.taker}

    def unused(self) -> UUID:
        return self.inside("assets", name=self.fresh(), class_code="A02061804", status="idle", keeper_id=self.giver)

    def file(self, ending: str = "txt", said: str = "") -> str:
        path = self.folder / f"{self.fresh()}.{ending}"
        path.write_text(said or path.name, "utf-8")
        return str(path)

    def attached(self) -> UUID:
        return self.add("attachments", about_kind="asset", about_id=self.asset(), path=self.file())

    def title(self) -> UUID:
        return self.inside("titles", location=self.fresh())

    def covered(self) -> UUID:
        made = self.desk.do("titles.cover", title_id=self.title(), building_id=self.building).value
        assert isinstance(made, UUID)
        return made

    def event(self, title: UUID, **values: Any) -> UUID:
        made = self.desk.do("titles.enter", **self.registration(title) | values).value
        assert isinstance(made, UUID)
        return made

    def registration(self, title: UUID) -> dict[str, Any]:
        return {"title_id": title, "kind": "first_registration", "on": date(2020, 1, 1), "party": "某局",
                "area": 100, "paper": self.fresh()}  # fmt: skip

    def wrong(self) -> dict[str, Any]:
        """A title whose standing somebody changed from outside."""
        title = self.title()
        self.event(title)
        outside.unguard(self.desk.store)
        with self.desk.store.writing.begin() as connection:
            connection.execute(sa.update(table(Title)).where(table(Title).c.id == title).values(state="cancelled"))
        return {}

    def defect(self) -> UUID:
        return self.inside("title_defects", title_id=self.title(), kind="no_permits", opened_on=date(2025, 1, 1))

    def note(self, assets: int = 1, *, issued: bool = False) -> UUID:
        cards = [self.asset() for _ in range(assets)]
        made = self.desk.do("handovers.draft", asset_ids=cards, to_staff_id=self.taker).value
        if issued:
            self.desk.do("handovers.issue", handover_id=made)
        assert isinstance(made, UUID)
        return made

    def loan(self) -> UUID:
        """Handed out and not back."""
        due = {"purpose": "lend", "due_on": date(2099, 1, 1)}
        made = self.desk.do("handovers.draft", asset_ids=[self.asset()], to_staff_id=self.taker, **due).value
        self.desk.do("handovers.issue", handover_id=made)
        for side in (Side.FROM, Side.TO):
            self.desk.do("handovers.sign", handover_id=made, side=side)
        assert isinstance(made, UUID)
        return made

    def paper(self) -> str:
        self.note(issued=True)
        rows = self.desk.first(View("documents"), 999)
        return str(max(rows, key=lambda row: row["number"])["sha256"])

    def account(self) -> UUID:
        return self.add("accounts", name=self.fresh().lower(), person="某", password=SECRET)

    def grant(self) -> UUID:
        return self.add("role_grants", account_id=self.account(), role="viewer")

    def operation(self) -> str:
        done = self.desk.do("assets.add", compound_id=self.compound, name=self.fresh())
        return done.operation.hex

    def anchored(self) -> dict[str, Any]:
        self.operation()
        with self.desk.store.reading.connect() as connection:
            newest = sa.select(Record.lsn, Record.hash).order_by(Record.lsn.desc()).limit(1)
            lsn, own = connection.execute(newest).one()
        return {"record": lsn, "digest": own.hex()[:16]}

    def register(self) -> dict[str, Any]:
        said = f"资产编号,资产名称\nZ{self.fresh()},空调\n"
        return {"file": self.file("csv", said), "kind": "assets", "compound_id": self.compound}

    def taken_in(self) -> dict[str, Any]:
        self.desk.do("imports.take_in", **self.register())
        return {}

    def month(self) -> date:
        """The next one to be booked here."""
        at = next(self.booked)
        return date(2025 + at // 12, at % 12 + 1, 1)

    def classed(self) -> dict[str, Any]:
        """A booked month, and a card that was classed otherwise since."""
        card = self.inside("assets", name=self.fresh(), class_code="A02010104")
        self.desk.do("depreciation.book", month=self.month(), compound_ids=[self.compound])
        self.desk.do("assets.revise", asset_id=card, class_code="A05010201")
        return {"compound_id": self.compound}

    def chairs(self, **values: Any) -> UUID:
        return self.inside("assets", name="椅", **values)

    def disposal(self, *steps: str, mode: str = "scrapping", assets: int = 1) -> UUID:
        """A disposal that has gone these steps: "apply", "approve", "execute"."""
        cards = [self.asset() for _ in range(assets)]
        ground = "loss" if mode == "write_off" else "over_age"
        made = self.desk.do("disposals.draft", asset_ids=cards, mode=mode, ground=ground, level="city").value
        for item in ("application", "decision", "value", "inspection"):
            self.desk.do("disposals.file", disposal_id=made, item=item, paper_no="1")
        for step in steps:
            self.desk.do(f"disposals.{step}", disposal_id=made, **DISPOSED.get(step, {}))
        assert isinstance(made, UUID)
        return made

    def certificate(self, **values: Any) -> UUID:
        given = {"staff_id": self.person(), "kind": "low_voltage", "paper_no": self.fresh(), "issued_on": ON}
        return self.add("certificates", **given | values)

    def rechecked(self) -> UUID:
        made = self.desk.do("certificates.recheck", certificate_ids=[self.certificate()], on=ON).value[0]
        assert isinstance(made, UUID)
        return made

    def requirement(self) -> UUID:
        return self.add("post_requirements", **self.required())

    def required(self) -> dict[str, Any]:
        return {"post_id": self.post(), "kind": "certificate", "certificate_kind": "low_voltage", "from_on": ON}

    def disposed_line(self) -> dict[str, Any]:
        made = self.disposal(assets=2, mode="write_off")
        rows = self.desk.first(View("disposal_lines"), 9999)
        return {"disposal_id": made, "asset_ids": [next(r["asset_id"] for r in rows if r["disposal_id"] == made)]}

    def income(self, *, received: bool = False) -> UUID:
        made = self.desk.do(
            "disposals.earn", disposal_id=self.disposal("apply", "approve"), kind="scrap", amount=1
        ).value
        if received:
            self.desk.do("disposals.receive", disposal_income_id=made, received_on=ON)
        assert isinstance(made, UUID)
        return made

    def lease(self, *, running: bool = False) -> UUID:
        given = {
            "asset_id": self.asset(),
            "lessee": self.fresh(),
            "from_on": ON,
            "until_on": date(2026, 5, 31),
            "rent": 5,
        }
        papers = dict.fromkeys(("approval_no", "bidding_no", "appraisal_no"), "1")
        made = self.desk.do("leases.draft", **given, **papers).value
        if running:
            self.desk.do("leases.start", lease_id=made)
        assert isinstance(made, UUID)
        return made

    def rent(self, *, received: bool = False) -> UUID:
        lease = self.lease(running=True)
        rows = self.desk.first(View("lease_rents"), 9999)
        made = next(row["id"] for row in rows if row["lease_id"] == lease)
        if received:
            self.desk.do("leases.receive", lease_rent_id=made, received_on=ON)
        assert isinstance(made, UUID)
        return made

    def balance(self) -> UUID:
        return self.inside("account_balances", on=ON, name=self.fresh(), cost=1)

    def difference(self) -> dict[str, Any]:
        """One of the board: a line of the accounts that nobody understands."""
        made = self.balance()
        every = self.desk.ask("reconciliation.board", on=TODAY, compound_id=self.compound).differences
        one = next(found for found in every if found.id == made)
        return {"rule": one.rule.value, "subject": one.subject, "digest": one.digest}

    def explained(self) -> UUID:
        done = self.desk.do("reconciliation.explain", **self.difference(), explanation="x")
        assert isinstance(done.value, UUID)
        return done.value

    def line(self) -> dict[str, Any]:
        note = self.note(2)
        rows = self.desk.first(View("handover_lines"), 9999)
        return {"handover_id": note, "asset_ids": [next(r["asset_id"] for r in rows if r["handover_id"] == note)]}


def plain(kind: str, entity: str, make: Callable[[Place], UUID], **change: Any) -> dict[str, Any]:
    """To revise and to remove a plain record."""
    me = f"{entity}_id"
    return {
        f"do {kind}.revise": lambda p: {me: make(p), **change},
        f"do {kind}.remove": lambda p: {me: make(p)},
    }


DAY: Callable[[Place], dict[str, Any]] = lambda p: {"on": ON}
NOTHING: Callable[[Place], dict[str, Any]] = lambda p: {}
ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "do account_balances.add": lambda p: {"compound_id": p.compound, "on": ON, "name": "设备", "cost": 1},
    **plain("account_balances", "account_balance", Place.balance, cost=2),
    "do accounts.add": lambda p: {"name": p.fresh().lower(), "person": "某", "password": SECRET},
    "do accounts.change_password": lambda p: {"old_password": OWN, "new_password": OWN},
    "do accounts.reset_password": lambda p: {"account_id": p.account(), "password": SECRET},
    "do accounts.retire": lambda p: {"account_id": p.account()},
    "do accounts.signed_in": NOTHING,
    "do asset_needs.accept": lambda p: p.acceptance(p.need(decided=True)),
    "do asset_needs.add": lambda p: {"compound_id": p.compound, "name": "空调", "class_code": "A02061804"},
    "do asset_needs.cancel": lambda p: {"asset_need_id": p.need()},
    "do asset_needs.decide": lambda p: {"asset_need_id": p.need(), "source": "purchase", "not_idle": "x"},
    "do asset_needs.meet": lambda p: {"asset_need_id": p.need(), "asset_ids": [p.unused()], "to_staff_id": p.taker},
    "do asset_needs.procure": lambda p: {"asset_need_id": p.need(decided=True), "supplier": "x"},
    "do asset_needs.reconsider": lambda p: {"asset_need_id": p.need(decided=True)},
    **plain("asset_needs", "asset_need", Place.need, name="x"),
    "do assets.add": lambda p: {"compound_id": p.compound, "name": "空调"},
    "do assets.put_in_set": lambda p: {"asset_ids": [p.asset()], "part_of_id": p.asset()},
    "do assets.take_out_of_set": lambda p: {"asset_ids": [p.part()]},
    "do assets.revise_many": lambda p: {"asset_ids": [p.asset(), p.asset()], "brand": "x"},
    **plain("assets", "asset", Place.asset, name="x"),
    "do assets.change_value": lambda p: {
        "asset_id": p.asset(), "kind": "increase", "on": ON, "cost": 500, "life_months": 12, "paper": "x"},
    "do assets.merge": lambda p: {"asset_ids": [p.chairs(), p.chairs()]},
    "do assets.split": lambda p: {"asset_id": p.chairs(quantity=2), "quantity": 1},
    "do attachments.add": lambda p: {"about_kind": "asset", "about_id": p.asset(), "path": p.file()},
    **plain("attachments", "attachment", Place.attached, note="x"),
    "do buildings.add": lambda p: {"compound_id": p.compound, "code": p.fresh(), "name": "楼"},
    **plain("buildings", "building", lambda p: p.inside("buildings", code=p.fresh(), name="楼"), name="x"),
    "do certificates.add": lambda p: {
        "staff_id": p.person(), "kind": "guard", "paper_no": "1", "issued_on": ON},
    **plain("certificates", "certificate", Place.certificate, note="x"),
    "do certificates.recheck": lambda p: {"certificate_ids": [p.certificate()], "on": ON},
    "do certificates.remove_recheck": lambda p: {"certificate_recheck_id": p.rechecked()},
    "do certificates.renew": lambda p: {"certificate_ids": [p.certificate()], "issued_on": TODAY},
    "do certificates.restore": lambda p: {"certificate_id": p.certificate()},
    "do certificates.revoke": lambda p: {"certificate_id": p.certificate(), "revoked_on": ON, "revoked_why": "x"},
    "do compounds.add": lambda p: {"code": p.fresh(), "name": "大院"},
    "do compounds.revise": lambda p: {"compound_id": p.compound, "address": "x"},
    "do compounds.remove": lambda p: {"compound_id": p.spare},
    "do cost_entries.add": lambda p: {"compound_id": p.compound, "year": 2001, "function": "repair", "amount": 1},
    "do cost_entries.enter": lambda p: {"compound_id": p.compound, "year": 2002, "repair": 5},
    **plain("cost_entries", "cost_entry", lambda p: p.inside(
        "cost_entries", year=1950 + next(_serial) % 50, function="other", amount=1), amount=2),
    "do demo.fill": NOTHING,
    "do depreciation.book": lambda p: {"month": p.month(), "compound_ids": [p.compound]},
    "do disposals.apply": lambda p: {"disposal_id": p.disposal()},
    "do disposals.approve": lambda p: {"disposal_id": p.disposal("apply"), **DISPOSED["approve"]},
    "do disposals.book": lambda p: {"disposal_id": p.disposal("apply", "approve", "execute"), "voucher": "1"},
    "do disposals.cancel": lambda p: {"disposal_id": p.disposal()},
    "do disposals.draft": lambda p: {"asset_ids": [p.asset()], "mode": "scrapping", "ground": "over_age"},
    "do disposals.drop": lambda p: {"disposal_income_id": p.income()},
    "do disposals.earn": lambda p: {"disposal_id": p.disposal("apply", "approve"), "kind": "scrap", "amount": 1},
    "do disposals.execute": lambda p: {"disposal_id": p.disposal("apply", "approve"), "executed_on": TODAY},
    "do disposals.explain": lambda p: p.disposed_line() | {
        "cause": "missing", "responsibility": "x", "compensation": 0},
    "do disposals.file": lambda p: {"disposal_id": p.disposal(), "item": "title", "paper_no": "1"},
    "do disposals.pay": lambda p: {"disposal_income_id": p.income(received=True), "paid_on": ON, "voucher": "1"},
    "do disposals.put": lambda p: {"disposal_id": p.disposal(), "asset_ids": [p.asset()]},
    "do disposals.recall": lambda p: {"disposal_id": p.disposal("apply")},
    "do disposals.receive": lambda p: {"disposal_income_id": p.income(), "received_on": ON},
    "do disposals.refuse": lambda p: {"disposal_id": p.disposal("apply"), "refusal": "x"},
    "do disposals.reopen": lambda p: {"disposal_id": p.disposal("apply", "approve", "execute")},
    "do disposals.revise": lambda p: {"disposal_id": p.disposal(), "reason": "x"},
    "do disposals.take_off": Place.disposed_line,
    "do disposals.unfile": lambda p: {"disposal_id": p.disposal(), "item": "value"},
    "do handovers.cancel": lambda p: {"handover_id": p.note()},
    "do handovers.check": lambda p: {"handover_id": p.note(), "side": Side.TO},
    "do handovers.draft_leaving": lambda p: (p.asset(), {"from_staff_id": p.giver, "to_staff_id": p.taker})[1],
    "do handovers.take_back": lambda p: {"handover_id": p.loan()},
    "do handovers.draft": lambda p: {"asset_ids": [p.asset()], "to_staff_id": p.taker},
    "do handovers.issue": lambda p: {"handover_id": p.note()},
    "do handovers.put": lambda p: {"handover_id": p.note(), "asset_ids": [p.asset()]},
    "do handovers.recall": lambda p: {"handover_id": p.note(issued=True)},
    "do handovers.revise": lambda p: {"handover_id": p.note(), "note": "x"},
    "do handovers.sign": lambda p: {"handover_id": p.note(issued=True), "side": Side.FROM},
    "do handovers.take_off": Place.line,
    "do import_profiles.add": lambda p: {"name": p.fresh(), "kind": "assets", "content": PROFILE},
    **plain("import_profiles", "import_profile", lambda p: p.add(
        "import_profiles", name=p.fresh(), kind="assets", content=PROFILE), name="x"),
    "do imports.take_in": Place.register,
    "do incidents.note": lambda p: {"kind": "copied"},
    "do journal.note_check": lambda p: {"parts": ["rows"], "faults": [0]},
    "do journal.undo": lambda p: {"operation": p.operation()},
    "do leases.cancel": lambda p: {"lease_id": p.lease()},
    "do leases.change_rent": lambda p: {"lease_rent_id": p.rent(), "amount": 2},
    "do leases.draft": lambda p: {
        "asset_id": p.asset(), "lessee": "x", "from_on": ON, "until_on": ON, "rent": 1},
    "do leases.end": lambda p: {"lease_id": p.lease(running=True), "ended_on": ON, "end_reason": "x"},
    "do leases.pay": lambda p: {"lease_rent_id": p.rent(received=True), "paid_on": ON, "voucher": "1"},
    "do leases.receive": lambda p: {"lease_rent_id": p.rent(), "received_on": ON},
    "do leases.revise": lambda p: {"lease_id": p.lease(), "note": "x"},
    "do leases.start": lambda p: {"lease_id": p.lease()},
    "do labels.fit": lambda p: {"stock": "a4-3x8", "left": 2000, "top": 2000, "across": 15000, "down": 15000},
    "do occupancies.add": lambda p: {
        "compound_id": p.compound, "room_id": p.idle, "unit_id": p.unit, "from_on": date(2025, 9, 1)},
    **plain("occupancies", "occupancy", lambda p: p.inside(
        "occupancies", room_id=p.idle, unit_id=p.unit, from_on=date(2025, 9, 1)), note="x"),
    "do office.new_recovery": NOTHING,
    "do office.recover": lambda p: {"name": "li.wei", "new_password": SECRET},
    "do office.set_up": lambda p: {"code": "ZWEI", "name": "二", "account": "zwei"},
    "do organizations.add": lambda p: {"code": p.fresh(), "name": "处"},
    **plain("organizations", "organization", lambda p: p.add("organizations", code=p.fresh(), name="处"), name="x"),
    "do post_requirements.add": Place.required,
    "do post_requirements.end": lambda p: {"post_requirement_id": p.requirement(), "until_on": ON},
    **plain("post_requirements", "post_requirement", Place.requirement, basis="x"),
    "do role_grants.add": lambda p: {"account_id": p.account(), "role": "viewer"},
    "do role_grants.end": lambda p: {"role_grant_id": p.grant()},
    "do reconciliation.explain": lambda p: p.difference() | {"explanation": "x"},
    "do reconciliation.unexplain": lambda p: {"reconciliation_note_id": p.explained()},
    "do rooms.add": lambda p: {"compound_id": p.compound, "building_id": p.building, "number": p.fresh()},
    **plain("rooms", "room", lambda p: p.inside("rooms", building_id=p.building, number=p.fresh()), name="x"),
    "do saved_filters.save": lambda p: {"listing": "assets", "name": p.name, "content": "{}"},
    "do saved_filters.open_with": lambda p: {"listing": "assets", "name": p.name},
    "do saved_filters.rename": lambda p: {"listing": "assets", "name": p.name, "new_name": p.name},
    "ask saved_filters.mine": lambda p: {"listing": "assets"},
    "do saved_filters.forget": lambda p: {"listing": "assets", "name": p.name},
    "do staff.add": lambda p: {"compound_id": p.compound, "name": "某"},
    **plain("staff", "staff", Place.person, name="x"),
    "do staff.leave": lambda p: {"staff_id": p.person(), "left_on": ON, "left_why": "retired"},
    "do staff.clear_private": lambda p: {"staff_id": p.gone(), "what": "status"},
    "do posts.add": lambda p: {"compound_id": p.compound, "name": "岗", "function": "guards"},
    **plain("posts", "post", Place.post, note="x"),
    "do post_holdings.assign": lambda p: {"staff_id": p.person(), "post_id": p.post(), "from_on": ON},
    "do post_holdings.end": lambda p: {"post_holding_id": p.held(), "until_on": ON},
    **plain("post_holdings", "post_holding", Place.held, basis="x"),
    "do staff_educations.add": lambda p: {"staff_id": p.person(), **SCHOOL},
    **plain("staff_educations", "staff_education", lambda p: p.about("staff_educations", **SCHOOL), subject="x"),
    "do staff_skills.add": lambda p: {"staff_id": p.person(), **SKILL},
    **plain("staff_skills", "staff_skill", lambda p: p.about("staff_skills", **SKILL), issuer="x"),
    "do staff_merits.add": lambda p: {"staff_id": p.person(), **MERIT},
    **plain("staff_merits", "staff_merit", lambda p: p.about("staff_merits", **MERIT), word="x"),
    "do staff_absences.add": lambda p: {"staff_id": p.person(), **AWAY},
    **plain("staff_absences", "staff_absence", lambda p: p.about("staff_absences", **AWAY), note="x"),
    "do staff.come_back": lambda p: {"staff_id": p.person()},
    "do staff.erase_personal": lambda p: {"staff_id": p.person()},
    "do staff.export_personal": lambda p: {"staff_ids": [p.person()], "file": str(p.folder / f"{p.fresh()}.csv")},
    "do staff.reveal": lambda p: {"staff_id": p.person(), "field": "phone"},
    **reach_counted.ARGUMENTS,
    "do title_defects.add": lambda p: {
        "compound_id": p.compound, "title_id": p.title(), "kind": "borrowed", "opened_on": date(2025, 1, 1)},
    **plain("title_defects", "title_defect", Place.defect, evidence="x"),
    "do title_defects.settle": lambda p: {"title_defect_id": p.defect(), "result": "x"},
    "do titles.add": lambda p: {"compound_id": p.compound, "location": "x"},
    "do titles.cover": lambda p: {"title_id": p.title(), "building_id": p.building},
    "do titles.enter": lambda p: p.registration(p.title()),
    **plain("titles", "title", Place.title, location="x"),
    "do titles.strike": lambda p: {"title_event_id": p.event(p.title())},
    "do titles.uncover": lambda p: {"title_coverage_id": p.covered()},
    "ask asset_needs.cards": lambda p: {"asset_need_id": p.need(accepted=True)},
    "ask asset_needs.idle": lambda p: {"class_code": (p.unused(), "A02061804")[1], "compound_id": p.compound},
    "ask asset_needs.paper": lambda p: {"asset_need_id": p.need(accepted=True)},
    "ask asset_needs.sheet": lambda p: {"asset_need_id": p.need(), "on": ON},
    "ask assets.find_code": lambda p: {"code": p.desk.named("asset", p.asset()).number},
    "ask assets.sheet": lambda p: {"asset_id": p.asset(), "on": ON},
    "ask assets.undecided": lambda p: (p.asset(), {})[1],
    "ask attachments.open": lambda p: {"attachment_id": p.attached()},
    "ask attachments.save": lambda p: {"attachment_id": p.attached(), "to": str(p.folder / p.fresh())},
    "ask certificates.due": lambda p: (p.certificate(kind="health"), {"on": date(2026, 5, 30)})[1],
    "ask certificates.of_person": lambda p: {"staff_id": (p.certificate(), p.giver)[1], "on": ON},
    "ask certificates.register": lambda p: {"on": (p.certificate(), ON)[1], "compound_ids": [p.compound]},
    "ask costs.compare": lambda p: {"year": p.year},
    "ask costs.year": lambda p: {"compound_id": p.compound, "year": p.year},
    "ask costs.years": NOTHING,
    "ask depreciation.balances": lambda p: {"on": (p.asset(), ON)[1], "by": "compound"},
    "ask depreciation.flows": lambda p: {"from_on": (p.asset(), ON)[1], "until_on": ON},
    "ask assets.term": lambda p: {"from_on": (p.asset(), ON)[1], "until_on": ON},
    "ask depreciation.sheet": lambda p: {"asset_id": p.asset(), "on": ON},
    "ask depreciation.worth": lambda p: {"asset_ids": [p.asset()], "on": ON},
    "ask depreciation.preview": lambda p: {"month": ON},
    "ask depreciation.verify": Place.classed,
    "ask disposals.paper": lambda p: {"disposal_id": p.disposal("apply")},
    "ask disposals.sheet": lambda p: {"disposal_id": p.disposal(), "on": ON},
    "ask handovers.listed": lambda p: {"handover_id": p.note()},
    "ask handovers.facts": lambda p: {"handover_id": p.note()},
    "ask handovers.kept_by": lambda p: {"staff_id": (p.asset(), p.giver)[1]},
    "ask handovers.loans": lambda p: (p.loan(), {"on": ON})[1],
    "ask posts.sheet": lambda p: {"post_id": p.post(), "on": ON},
    "ask posts.establishment": lambda p: {"on": (p.held(), ON)[1]},
    "ask staff.retention": lambda p: {"on": (p.gone(), TODAY)[1]},
    "ask staff.sheet": lambda p: {"staff_id": p.person(), "on": ON},
    "ask staff.outstanding": lambda p: (p.asset(), {"staff_id": p.giver})[1],
    "ask handovers.paper": lambda p: {"handover_id": p.note(issued=True)},
    "ask imports.profiles": lambda p: {"kind": "assets"},
    "ask imports.taken": Place.taken_in,
    "ask journal.anchored": Place.anchored,
    "ask journal.check": lambda p: {"part": "papers"},
    "ask journal.extract": lambda p: {"compound_ids": [p.compound]},
    "ask role_grants.register": lambda p: {"on": TODAY},
    "ask journal.heads": NOTHING,
    "ask journal.operation": lambda p: {"operation": p.operation()},
    "ask leases.due": lambda p: (p.rent(), {"on": TODAY})[1],
    "ask leases.register": lambda p: (p.rent(), {"on": TODAY})[1],
    "ask leases.sheet": lambda p: {"lease_id": p.lease(), "on": ON},
    "ask labels.calibration": lambda p: {"stock": "a4-3x8"},
    "ask labels.changed": lambda p: {"since": (p.asset(), date(2020, 1, 1))[1], "compound_id": p.compound},
    "ask labels.fitted": lambda p: {"stock": "a4-3x8"},
    "ask labels.sheet": lambda p: {"asset_ids": [p.asset()], "stock": "roll-50x30"},
    "ask occupancies.by_unit": DAY,
    "ask occupancies.check": DAY,
    "ask occupancies.idle": DAY,
    "ask occupancies.room": lambda p: {"room_id": p.room, "on": ON},
    "ask occupancies.usage": lambda p: {"compound_id": p.compound, "on": ON},
    "ask office.keys": NOTHING,
    "ask papers.standing": lambda p: {"sha256": p.paper()},
    "ask places.tree": NOTHING,
    "ask reconciliation.board": lambda p: (p.difference(), {"on": TODAY})[1],
    "ask reconciliation.report": lambda p: (p.difference(), {"on": TODAY, "compound_id": p.compound})[1],
    "ask rights.room_history": lambda p: {"room_id": p.room, "on": ON},
    "ask rights.history": lambda p: {"building_id": p.building, "on": ON},
    "ask rights.may": lambda p: {"building_id": p.building, "purpose": Purpose.LEASE, "on": ON},
    "ask rights.on": lambda p: {"building_id": p.building, "on": ON},
    "ask staff.matrix": lambda p: {"on": (p.certificate(), ON)[1]},
    "ask staff.skills": lambda p: {"on": (p.certificate(), ON)[1]},
    "ask staff.lacking": lambda p: {"staff_id": (p.certificate(), p.giver)[1], "trade": "guarding", "on": ON},
    "ask staff.may_do": lambda p: {"staff_id": (p.certificate(), p.giver)[1], "trade": "guarding", "on": ON},
    "ask staff.who_may": lambda p: {"trade": (p.certificate(), "low_voltage_work")[1], "on": ON},
    "ask staff.compare": lambda p: {"on": (p.certificate(), ON)[1]},
    "ask staff.sides": lambda p: {"on": (p.certificate(), ON)[1], "compound_ids": [p.compound]},
    "ask staff.coverage": lambda p: {"on": (p.certificate(), ON)[1]},
    "ask staff.retiring": lambda p: {"on": (p.certificate(), ON)[1], "compound_ids": [p.compound]},
    "ask staff.structure": lambda p: {"on": (p.certificate(), ON)[1]},
    "ask titles.expiring": DAY,
    "ask titles.sheet": lambda p: {"title_id": p.title(), "on": ON},
    "ask titles.survey": lambda p: {"title_ids": [(t := p.title(), p.event(t))[0]], "on": ON},
    **reach_training.ARGUMENTS,
    **reach_work.ARGUMENTS,
    **reach_plans.ARGUMENTS,
    **reach_doing.ARGUMENTS,
    **reach_parts.ARGUMENTS,
    **reach_signing.ARGUMENTS,
    "do titles.rebuild": Place.wrong,  # the last one: it takes the guards of the store away
}  # fmt: skip
