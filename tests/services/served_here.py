"""An office on a server with something in each of two compounds, and probes of a few who came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from models.doors import role_of
from models.role_grant import OFFICERS, Role
from services.desk.listing import View
from tests.served import Served
from tests.services import people
from tests.services.people import Office
from tests.services.secrets import NUMBER, PHONE

NO = "no"  # the server refuses it
SEAL = "SCRAM-SHA-256$4096:c2FsdA==$" + "A" * 43 + "=:" + "A" * 43 + "="


@dataclass(frozen=True)
class Here:
    """An office with something in each of two compounds, and a few who came in: a clerk and a technician of the first
    compound, who does all the work of all compounds, and the three officers."""

    served: Served
    office: Office
    far: UUID
    near: UUID
    stranger: UUID

    def filled(self, text: str) -> str:
        """A probe with the names of things in it."""
        database, compound = str(self.served.url.database), self.office.compound
        ids = {name: self.account(name) for name in ("clerk", "security")}
        roles = {f"{name}_role": role_of(database, name) for name in ("clerk", "audit")}
        known = {"far": self.far, "near": self.near, "there": self.office.elsewhere, "here": compound, "seal": SEAL}
        for name, value in (roles | known | ids | {"owner": self.served.owner, "stranger": self.stranger}).items():
            text = text.replace(f":{name}", str(value))
        return text

    def account(self, name: str) -> UUID:
        """The id of an account."""
        found: UUID = self.served.boss.first(View("accounts", filters=(("name", (name,)),)), 1)[0]["id"]
        return found

    def ask(self, who: str, text: str) -> Any:
        """What a probe comes to: the value it answers, how many rows it changed, or that it is refused. Nothing of it
        stays."""
        with self.served.plain(who) as connection:
            try:
                cursor = connection.cursor()
                for statement in self.filled(text).split("; "):
                    cursor.execute(statement.encode())
                row = cursor.fetchone() if cursor.description else None
                return row[0] if row else cursor.rowcount
            except psycopg.errors.InsufficientPrivilege:
                return NO
            finally:
                connection.rollback()


def inhabited(shared: Served) -> Here:
    """Makes it."""
    office = people.found(shared.boss)
    far = office.add("assets", compound_id=office.elsewhere, name="there", cost=5)
    near = office.asset("here")
    stranger = office.add("staff", compound_id=office.elsewhere, number="F1", name="远", phone=PHONE, id_number=NUMBER)
    known = {"sex": "female", "born_on": date(1990, 5, 6), "ethnicity": "汉族", "retirement_group": "women_55"}
    office.add("staff", compound_id=office.compound, number="N1", name="近", phone=PHONE, **known)
    shared.boss.do("assets.revise", asset_id=far, cost=6)
    shared.join("clerk", (Role.COMPOUND_ADMINISTRATOR, office.compound))
    shared.join("technician", (Role.TECHNICIAN, office.compound))
    shared.join("trainer", (Role.TRAINING_OFFICER, office.compound))
    shared.join("reader", (Role.CONTRACT_CLERK, office.compound))
    shared.join("payer", (Role.SETTLEMENT_CLERK, office.compound))  # who writes nothing of the office
    shared.join("past", (Role.VIEWER, None), days=(-9, -2))
    shared.join("later", (Role.VIEWER, None), days=(2, 9))
    shared.join("viewer", (Role.VIEWER, None), days=(-2, 2))
    shared.join("gone", (Role.VIEWER, None))
    shared.retire("gone")
    shared.join("chief", *((role, None) for role in Role if role not in OFFICERS))
    for officer in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        shared.join(officer.value, (officer, None))
    return Here(shared, office, far, near, stranger)
