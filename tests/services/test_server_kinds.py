"""Of every kind of record there is, also one somebody adds: who reads it, writes it and finds it on a server."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from models.account import Account
from models.base import PLACED, About, entities, table
from models.beside import Blob
from models.compound import Compound
from tests.models.test_every_table import some
from tests.outside import unguard
from tests.served import Served
from tests.services.served_here import Here, inhabited


@pytest.fixture(scope="module")
def whole(shared: Served) -> Here:
    """Besides what there is, a row of every kind in each of the two compounds, with a paper and one search word."""
    here = inhabited(shared)
    unguard(shared.boss.store)
    with shared.boss.store.writing.begin() as connection:
        for name, kind in entities().items():
            for compound in (here.office.compound, here.office.elsewhere):
                given = {c.name: some(c) for c in table(kind).c if not c.nullable and c.name != "n"}
                given |= {
                    f: uuid4().hex[:6] for f in (kind.naming.number,) if isinstance(table(kind).c[f].type, sa.String)
                }
                given |= {"compound_id": compound} if issubclass(kind, PLACED) else {}
                given |= {"about_kind": "asset"} if issubclass(kind, About) else {}
                if "sha256" in given:
                    paper = str(given["id"]).encode()
                    given["sha256"] = sha256(paper).hexdigest()
                    connection.execute(sa.insert(table(Blob)), {"sha256": sha256(paper).digest(), "bytes": paper})
                connection.execute(sa.insert(table(kind)), given)
            if kind.naming.search:
                put = f"INSERT INTO {name}_search SELECT n, 'word' FROM {name} WHERE true"
                connection.exec_driver_sql(f"{put} ON CONFLICT (rowid) DO UPDATE SET tokens = excluded.tokens")
    return here


HIS = {  # the kinds of which somebody reads what is in his compound: by hand, from the table of rights
    "technician": {  # the page of an asset tells what it is on, to who may list that: the program looks, not the server
        "asset", "attachment", "building", "room", "disposal", "disposal_line", "handover", "handover_line", "lease",
        "stocktake", "stocktake_line", "stocktake_room", "stocktake_scan", "stocktake_surplus", "stocktake_team",
        "certificate", "certificate_recheck", "post", "post_holding", "post_requirement", "staff",  # the skill matrix
        "calendar_day", "service_level", "work_order", "work_order_link", "work_order_step", "working_hours",
        "inspection", "maintenance_plan", "meter", "meter_reading", "periodic_work", "plan_occurrence",
        "checklist", "checklist_item", "labour_rate", "work_checklist_line", "work_cost", "work_feedback",
        "work_labour", "work_material", "work_permit", "work_visit",
        "part_movement", "part_stock", "part_store",
    },
    "trainer": {  # and what is said about kinds he may list: nothing here; the certificates of ours are documents
        "attendance", "building", "certificate", "certificate_recheck", "document", "post", "post_holding",
        "post_requirement", "room", "staff", "staff_absence", "staff_education", "staff_merit", "staff_skill",
        "training_plan", "training_plan_line", "training_session",
        "work_order",  # those somebody without a certificate did; the program shows him no others
    },
    "security": set[str](),
}  # fmt: skip
ALL = {  # and those of the whole office
    "technician": {"organization", "paper_setting", "part", "provider", "provider_licence", "signing_certificate",
                   "site"},
    "trainer": {"course", "organization", "paper_setting", "signing_certificate", "site"},
    "security": {
        "account", "role_grant", "incident", "paper_setting", "signing_certificate", "signing_request", "signing_root",
        "site",
    },
    "clerk": {
        "course", "organization", "import_profile", "paper_setting", "part", "provider", "provider_licence",
        "signing_certificate", "signing_root", "site",
    },
}  # fmt: skip
SELF = {"account", "role_grant"}  # his own


@pytest.mark.parametrize("who", sorted(ALL))
def test_of_every_kind_somebody_reads_what_is_his_and_nothing_else(whole: Here, who: str) -> None:
    with whole.served.plain(who) as connection:
        for name, kind in entities().items():
            column = "compound_id" if issubclass(kind, PLACED) else "id"
            read = {row[0] for row in connection.execute(f"select {column} from {name}".encode())}
            if issubclass(kind, PLACED):
                assert read == ({whole.office.compound} if name in HIS.get(who, {name}) else set()), name
            elif kind is Compound:
                assert (whole.office.elsewhere in read) == (who == "security"), name
            else:
                assert len(read) > 1 if name in ALL[who] else len(read) == (name in SELF), name
            if kind.naming.search:
                found = connection.execute(f"select count(*) from found_{name}('word')".encode()).fetchone()
                assert found == (connection.execute(f"select count(*) from {name}".encode()).fetchone()), name
        papers = connection.execute(b"select count(*) from blob").fetchone()
        assert papers == ({"clerk": 3, "technician": 1, "trainer": 1}.get(who, 0),)


def test_who_reads_everything_changes_nothing(whole: Here) -> None:
    with whole.served.plain("audit") as connection:
        for name, kind in entities().items():
            assert connection.execute(f"select count(*) from {name}".encode()).fetchone() != (0,)
            own = "and name <> 'audit'" if kind is Account else ""
            assert connection.execute(f"update {name} set rid = rid where true {own}".encode()).rowcount == 0, name
            if not kind.naming.search:
                continue
            others = f"rowid not in (select n from {name} where name = 'audit')" if kind is Account else "true"
            gone = connection.execute(f"delete from {name}_search where {others}".encode())
            assert gone.rowcount == 0, name
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
                connection.transaction(),
            ):
                connection.execute(f"insert into {name}_search select n, '' from {name}".encode())
        connection.rollback()
