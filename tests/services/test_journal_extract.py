"""The extract of the journal: what was recorded, by whom and why, and whether its chains still stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.base import table
from models.journal import Record
from models.role_grant import Role
from services import accounts, journal_extract, journal_papers
from services.desk import codec
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid, Missing, NotAllowed
from services.documents.verify import inspect
from services.journal_extract import Extract
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.secrets import PHONE

rec = table(Record)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def taken(office: Office, **narrowed: Any) -> Extract:
    answer = office.desk.ask("journal.extract", **narrowed)
    assert isinstance(answer, Extract)
    return answer


def kept(office: Office, *wanted: Any) -> list[Any]:
    """The records as they lie in the store."""
    with office.desk.store.reading.connect() as connection:
        return list(connection.execute(sa.select(rec).where(*wanted).order_by(rec.c.lsn)))


def today(office: Office) -> date:
    return office.desk.clock().astimezone().date()


def test_it_tells_every_record_and_the_ends_of_every_chain(office: Office) -> None:
    office.desk.having(reason="发票更正").do("assets.revise", asset_id=office.asset(number="A1"), cost=5)
    rows, all_ = kept(office), taken(office)
    assert [line.record for line in all_.lines] == [row.lsn for row in rows]
    assert all_.operations == len({row.uow for row in rows})
    last = all_.lines[-1]
    assert (last.actor, last.cmd, last.compound, last.reason) == ("li.wei", "assets.revise", "建设路大院", "发票更正")
    assert last.changes[0].fields["cost"] == [329900, 5] and last.total == 1
    counted = Counter((row.w, row.st) for row in rows)
    assert sorted(chain.told for chain in all_.chains) == sorted(counted.values())
    by_first = {chain.first.record: chain for chain in all_.chains}
    for row in (row for row in rows if row.seq == 1):
        chain = by_first[row.lsn]
        end = max((r for r in rows if (r.w, r.st) == (row.w, row.st)), key=lambda r: r.seq)
        assert (chain.first.hash, chain.first.before) == (row.hash.hex(), "")
        assert (chain.last.record, chain.last.hash, chain.count) == (end.lsn, end.hash.hex(), end.seq)
        assert not chain.faults


def test_it_is_narrowed_to_days_accounts_acts_compounds_one_record_and_words(office: Office) -> None:
    asset = office.asset()
    other = replace(office.desk, account="wang.fang").having(reason="盘点")
    done = other.do("assets.revise", asset_id=asset, cost=7).operation
    own = [row.lsn for row in kept(office, rec.c.uow == done)]

    def told(**narrowed: Any) -> list[int]:
        return [line.record for line in taken(office, **narrowed).lines]

    assert told(accounts=["wang.fang"]) == told(acts=["assets.revise"]) == told(search="盘点") == own
    assert told(search="%") == [], "what is looked for is no pattern"
    about = [row.lsn for row in kept(office, rec.c.cmd.in_(["assets.add", "assets.revise"]))]
    assert told(entity="asset", record_id=asset) == about
    there = len(kept(office, rec.c.st == office.elsewhere))
    whole = len([row for row in kept(office) if row.st.int == 0])
    assert len(told(compound_ids=[office.elsewhere])) == there and len(told(compound_ids=[None])) == whole
    on = today(office)
    assert len(told(from_on=on, until_on=on)) == len(kept(office))
    assert told(from_on=on + timedelta(days=1)) == told(until_on=on - timedelta(days=1)) == []
    with pytest.raises(Missing):
        told(entity="asset", record_id=office.room)
    with pytest.raises(Missing):
        told(entity="nothing", record_id=asset)


def test_a_part_of_a_chain_is_held_against_what_stands_before_and_behind_it(office: Office) -> None:
    asset = office.asset()
    for cost in (1, 2, 3):
        office.desk.do("assets.revise", asset_id=asset, cost=cost)
    office.desk.do("rooms.add", compound_id=office.compound, building_id=office.building, number="9")
    (chain,) = taken(office, acts=["assets.revise"]).chains
    assert (chain.told, chain.count, chain.faults) == (3, 3, ())
    before = kept(office, rec.c.st == office.compound, rec.c.seq == chain.first.seq - 1)[0]
    assert chain.first.before == before.hash.hex()


@pytest.mark.parametrize(
    ("harm", "said"),
    [("UPDATE rec SET reason = 'x' WHERE lsn = :n", "columns"),
     ("UPDATE rec SET sig = (SELECT sig FROM rec WHERE lsn = 1) WHERE lsn = :n", "seal"),
     ("DELETE FROM touch", ""), ("DELETE FROM rec WHERE lsn = :n", "missing")],
)  # fmt: skip
def test_what_was_changed_after_it_was_sealed_is_named(
    office: Office, raw: Any, unguard: Callable[[], None], harm: str, said: str
) -> None:
    for code in "XYZ":
        office.desk.do("organizations.add", code=code, name=code)
    last = taken(office).lines[-2].record
    unguard()
    if office.desk.store.engine.dialect.name == "sqlite":
        raw("PRAGMA foreign_keys = OFF")
    raw(harm, **({"n": last} if ":n" in harm else {}))
    faults = [str(fault) for chain in taken(office).chains for fault in chain.faults]
    assert bool(faults) is bool(said) and all(said in fault or "chain" in fault for fault in faults), faults
    if said:
        text = "".join(pages(journal_papers.extract(office.desk, None, None, "zh_CN")))
        assert "不可采信" in text


def test_a_record_forged_with_the_key_itself_does_not_fit_what_comes_after_it(
    office: Office, raw: Any, unguard: Callable[[], None]
) -> None:
    desk = office.desk
    desk.do("assets.revise", asset_id=office.asset(), cost=1)
    desk.do("rooms.add", compound_id=office.compound, building_id=office.building, number="9")
    record = kept(office, rec.c.cmd == "assets.revise")[0]
    body = codec.decode(record.body)
    body.reason = "x"
    forged = codec.encode(body)
    seal = desk.pen.key.sign(codec.SEAL + codec.digest(forged))
    unguard()
    raw("UPDATE rec SET reason = 'x', body = :body, hash = :hash, sig = :sig WHERE lsn = :n",
        body=forged, hash=codec.digest(forged), sig=seal, n=record.lsn)  # fmt: skip
    (chain,) = taken(office, acts=["assets.revise"]).chains
    assert [str(fault) for fault in chain.faults] == [f"record {record.lsn}: the chain is broken"]


def test_who_may_not_read_the_journal_gets_none_and_personal_values_are_in_none(office: Office) -> None:
    office.desk.do("staff.revise", staff_id=office.giver, phone=PHONE)
    for role in Role:
        somebody = replace(office.desk, grants=accounts.of_role(role))
        if role is Role.AUDIT:
            data = journal_papers.extract(somebody, None, None, "zh_CN")
            assert PHONE not in "".join(pages(data))
        else:
            with pytest.raises(NotAllowed):
                somebody.ask("journal.extract")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_paper_says_what_was_done_in_words(office: Office, lang: str) -> None:
    desk = replace(office.desk, clock=lambda: datetime(2040, 1, 1, 4, tzinfo=UTC))
    asset = office.asset("很长的名称" * 20, number="A1")
    changed = desk.having(reason="发票更正").do("assets.revise", asset_id=asset, keeper_id=office.taker).operation
    desk.do("journal.undo", operation=changed.hex)
    data = journal_papers.extract(desk, None, None, lang, about=("asset", asset))
    text = "".join("".join(pages(data)).split())
    assert inspect(data).intact and inspect(data).kind == "journal-extract"
    proof = taken(office, entity="asset", record_id=asset).chains[0]
    for said in ("A1", "发票更正", "李秀英 → 王建国", "li.wei", proof.last.hash[:8], proof.first.before[-8:]):
        assert "".join(said.split()) in text, said
    title, undone = {"zh_CN": ("日志摘录", "撤销：修改资产"), "en": ("Journal extract", "Taken back: Revise asset")}[
        lang
    ]
    assert "".join(title.split()) in text and "".join(undone.split()) in text
    early = journal_papers.extract(desk, date(2001, 1, 1), date(2001, 1, 2), lang, accounts=["nobody"])
    assert {"zh_CN": "（无记录）", "en": "(no rows)"}[lang] in "".join(pages(early))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_long_one_tells_how_far_it_is_can_be_stopped_and_ends(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(300):
        office.desk.do("rooms.add", compound_id=office.compound, building_id=office.building, number=f"9{n}")
    heard = list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        heard.append((done, total))
        return len(heard) < 2

    with pytest.raises(Cancelled):
        office.desk.having(tell=tell).ask("journal.extract")
    count = len(kept(office))
    assert heard[0] == (200, 2 * count)
    monkeypatch.setattr(journal_extract, "MOST", count - 1)
    with pytest.raises(Invalid, match="shorter period"):
        taken(office)
