"""Issuing on a server: two at once, what others store meanwhile, and what a paper of the whole office tells whom."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.journal import Record
from models.role_grant import Role
from services import place_papers
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.store import Store
from services.document_issuing import Subject
from tests.documents.sample import text
from tests.served import Served
from tests.services.people import Office, found

SERVER = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


def about(office: Office) -> Subject:
    return Subject("usage", office.compound, office.compound, office.desk.clock().astimezone().date())


def another(desk: Desk, store: Store) -> Desk:
    """Somebody else at another computer."""
    return replace(desk, pen=store.enroll(Ed25519PrivateKey.generate()), account="wang")


@SERVER
def test_two_who_issue_the_same_paper_at_once_make_two_versions_of_it(desk: Desk, store: Store) -> None:
    office, other = found(desk), another(desk, store)
    draw = partial(place_papers.usage, desk, office.compound, None, about(office).on, "zh_CN")
    second = threading.Thread(target=lambda: other.do("documents.issue", about=about(office), draw=draw))

    def first() -> None:
        second.start()
        draw()

    desk.do("documents.issue", about=about(office), draw=first)
    second.join(60)
    rows = desk.first(View("documents"), 9)
    assert len({row["number"] for row in rows}) == 1 and sorted(row["version"] for row in rows) == [1, 2]


@SERVER
def test_a_paper_is_drawn_anew_when_others_stored_something_meanwhile(desk: Desk, store: Store) -> None:
    office, other, rounds = found(desk), another(desk, store), list[int]()
    house = office.row("rooms", office.room)["building_id"]

    def draw() -> None:
        if not rounds:
            other.do("rooms.add", compound_id=office.compound, building_id=house, number="777", use="office", area=2050)
        rounds.append(1)
        place_papers.usage(desk, office.compound, None, about(office).on, "zh_CN")

    with store.reading.connect() as connection:
        before = connection.scalar(sa.select(sa.func.max(Record.lsn)))
    said = text(
        desk.ask("documents.signed", document_id=desk.do("documents.issue", about=about(office), draw=draw).value)
    )
    assert rounds == [1, 1] and "777" in said
    assert f"Journal record {before}　" not in said, "its anchor is no older than what it says"


def test_a_paper_of_the_whole_office_is_told_to_nobody_by_the_journal_either(served: Served) -> None:
    office = found(served.boss)
    served.join("clerk", (Role.COMPOUND_ADMINISTRATOR, office.compound))
    chief = served.join("chief", (Role.COMPOUND_ADMINISTRATOR, None))
    on = served.boss.clock().astimezone().date()
    draw = partial(place_papers.over, chief, on, "zh_CN")
    chief.do("documents.issue", about=Subject("offices", None, None, on), draw=draw)
    for who, seen in (("clerk", (0,)), ("chief", (1,))):
        with served.plain(who) as connection:
            for table in ("document", "rec where 'document' = any(tells)"):
                assert connection.execute(f"select count(*) from {table}".encode()).fetchone() == seen, (who, table)
