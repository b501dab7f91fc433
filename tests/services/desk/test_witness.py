"""What is seen and not changed stands in the records too; some acts ask for a reason or for the password again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.asset import Asset
from models.base import table
from models.compound import Compound
from models.journal import Record
from services.desk import keys
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.intent import INTENTS, intent
from services.desk.schema import arguments
from services.desk.trail import check
from services.desk.undo import take_back
from services.desk.work import Work
from tests.services.desk.acts import register, revise, two

SECRET = "an old password"


@pytest.fixture
def looked() -> Iterator[str]:
    """An act that looks at an asset, and asks why."""

    @intent("T", name="tests.look", why=True)
    def look(work: Work, asset_id: UUID) -> str:
        row = work.get(Asset, asset_id)
        work.witness(row, row)
        return row.name

    yield "tests.look"
    del INTENTS["tests.look"]


def test_what_was_looked_at_stands_in_its_history_with_the_reason(desk: Desk, looked: str) -> None:
    here, _ = two(desk)
    asset = desk.do(register, here, "1", "空调机").value
    before = desk.history("asset", asset)
    assert desk.do(looked, asset_id=asset, reason="inspection").value == "空调机"
    step = desk.history("asset", asset)[-1]
    assert (step.cmd, step.reason, step.created, step.fields) == (looked, "inspection", False, {})
    assert len(desk.history("asset", asset)) == len(before) + 1
    desk.do(revise, asset, name="风扇")  # the row still answers to the record that wrote it
    assert check(desk.store) == []


def test_what_was_only_looked_at_cannot_be_taken_back(desk: Desk, looked: str) -> None:
    here, _ = two(desk)
    done = desk.do(looked, asset_id=desk.do(register, here, "1", "空调机").value, reason="inspection")

    @intent("T", name="tests.undo")
    def undo(work: Work, operation: UUID) -> int:
        return take_back(work, operation)

    try:
        with pytest.raises(Conflict, match="changed nothing"):
            desk.do(undo, done.operation)
    finally:
        del INTENTS["tests.undo"]


def test_a_row_that_is_changed_and_looked_at_is_told_once(desk: Desk) -> None:
    here, _ = two(desk)
    asset = desk.do(register, here, "1", "空调机").value

    @intent("T", name="tests.both")
    def both(work: Work) -> None:
        row = work.get(Asset, asset)
        work.witness(row, work.get(Compound, here))
        row.name = "风扇"

    try:
        desk.do(both)
    finally:
        del INTENTS["tests.both"]
    assert [step.fields for step in desk.history("asset", asset)][1:] == [{"name": ["空调机", "风扇"]}]
    assert desk.history("compound", here)[-1].cmd == "tests.both"
    assert check(desk.store) == []


def test_an_act_about_nothing_leaves_a_record(desk: Desk) -> None:
    @intent("T", name="tests.event")
    def event(work: Work) -> None:
        work.witness()

    try:
        done = desk.do(event)
    finally:
        del INTENTS["tests.event"]
    rec = table(Record)
    with desk.store.reading.connect() as c:
        said = c.execute(sa.select(rec.c.cmd, rec.c.actor, rec.c.part).where(rec.c.uow == done.operation)).all()
    assert said == [("tests.event", "li.wei", 0)]
    assert check(desk.store) == []


def test_a_reason_is_asked_for_and_nothing_is_done_without(desk: Desk, looked: str) -> None:
    here, _ = two(desk)
    asset = desk.do(register, here, "1", "空调机").value
    assert [spec.name for spec in arguments(looked)] == ["asset_id", "reason"]
    with pytest.raises(Invalid, match="reason"):
        desk.do(looked, asset_id=asset, reason="  ")
    assert len(desk.history("asset", asset)) == 1


def test_the_password_is_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    keys.add_slot(tmp_path / "keys.json", desk.account, SECRET, keys.new_data_key(), keys.FLOOR)
    ring = keys.KeyRing(tmp_path / "keys.json", b"", keys.FLOOR)
    somebody = replace(desk, store=replace(desk.store, ring=ring))

    @intent("T", name="tests.again", again=True)
    def again(work: Work) -> int:
        work.witness()
        return 1

    try:
        assert [spec.name for spec in arguments("tests.again")] == ["own_password"]
        for wrong in ({}, {"own_password": "wrong"}):
            with pytest.raises(NotAllowed, match="password"):
                somebody.do("tests.again", **wrong)
        done = somebody.do("tests.again", own_password=SECRET)
        with pytest.raises(NotAllowed, match="server"):
            desk.do("tests.again", own_password=SECRET)
    finally:
        del INTENTS["tests.again"]
    with desk.store.reading.connect() as c:
        body = c.execute(sa.select(table(Record).c.body).where(table(Record).c.uow == done.operation)).scalar_one()
    assert b'"auth":"password again"' in bytes(body) and SECRET.encode() not in bytes(body)
