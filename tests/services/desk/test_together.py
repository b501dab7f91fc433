"""More than one writer, and answers that get lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.asset import Asset
from models.journal import Record
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.listing import View
from services.desk.session import DeskSession
from services.desk.work import Work
from tests.services.desk.acts import filled, names, register, revise, sound, two

ASSETS = View("assets")


def test_the_clock_of_the_records_only_goes_up(desk: Desk) -> None:
    filled(desk)
    with DeskSession(desk.store.reading, None) as session:
        seen = list(session.scalars(sa.select(Record.hlc).order_by(Record.lsn)))
    assert seen == sorted(set(seen))


def test_a_later_record_of_another_writer_is_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1").value
    desk.do(revise, made, name="first")
    monkeypatch.setattr("time.time_ns", lambda: 0)  # a machine whose clock is years behind
    other = replace(desk, pen=desk.store.enroll(Ed25519PrivateKey.generate()))
    other.do(revise, made, name="second")
    with DeskSession(desk.store.reading, None) as session:
        first, second = session.scalars(sa.select(Record.hlc).order_by(Record.lsn.desc()).limit(2))
    assert first > second
    sound(desk)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("landed", [True, False])
def test_a_lost_answer_to_the_commit(desk: Desk, monkeypatch: pytest.MonkeyPatch, landed: bool) -> None:
    a, _ = two(desk)
    dialect: Any = desk.store.engine.dialect
    real = dialect.do_commit

    def lost(connection: Any) -> None:
        monkeypatch.setattr(dialect, "do_commit", real)
        if landed:
            real(connection)
        connection.dbapi_connection.close()
        raise dialect.dbapi.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialect, "do_commit", lost)
    if landed:
        made = desk.do(register, a, "1").value
        assert [r["id"] for r in desk.first(ASSETS, 5)] == [made]
    else:
        with pytest.raises(sa.exc.OperationalError):
            desk.do(register, a, "1")
        assert names(desk) == []
    sound(desk)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_somebody_else_changed_it_first(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1", "x").value
    other = replace(desk, pen=desk.store.enroll(Ed25519PrivateKey.generate()))

    @intent("T", name="tests.slow")
    def slow(work: Work) -> None:
        asset = work.get(Asset, made)
        other.do(revise, made, name="theirs")
        asset.note = "mine"

    with pytest.raises(Conflict, match="Somebody else"):
        desk.do(slow)
    desk.do(revise, made, note="after")
    assert names(desk) == ["theirs"]
    sound(desk)
