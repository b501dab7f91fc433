"""The places of a session when several people give them, and when what was done is taken back or somebody leaves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.training import PlaceState
from services.attendances import sign_in
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.desk.intent import intent
from services.desk.work import Work
from services.enrolment import enrol
from tests.services.people import Office, found
from tests.services.test_training import NOW, TODAY, course, do, names, people, session, sheet


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def undo(office: Office, operation: UUID) -> None:
    office.desk.do("journal.undo", operation=operation.hex)


def meanwhile(office: Office, slow: Callable[[Work], object], act: str, **values: Any) -> Any:
    """What a colleague is answered who does this while `slow` is done and not yet stored."""
    store, done, stored = office.desk.store, Event(), Event()

    @intent("T", name=f"tests.before_{act}")
    def slowly(work: Work) -> None:
        slow(work)
        work.session.flush()
        done.set()
        stored.wait(20)

    colleague = replace(office.desk, pen=store.enroll(Ed25519PrivateKey.generate()))
    with ThreadPoolExecutor(2) as hands:
        first = hands.submit(office.desk.do, f"tests.before_{act}")
        assert done.wait(20)
        second = hands.submit(colleague.do, act, **values)
        with store.reading.connect() as connection:
            waits = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not second.done() and not connection.scalar(waits):
                pass
        stored.set()
        first.result(20)
        return second.result(20).value


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_two_officers_at_once_do_not_give_the_last_place_twice(office: Office) -> None:
    """The other waits until the first is stored, and then finds no place left."""
    of, (one, other) = session(office, course(office), capacity=1), people(office, 2)
    values = {"training_session_id": of, "staff_ids": [other]}
    answer = meanwhile(office, lambda work: enrol(work, of, [one]), "training_sessions.enrol", **values)
    assert (answer.enrolled, answer.waiting) == (0, 1)
    assert (names(office, of, PlaceState.ENROLLED), names(office, of, PlaceState.WAITING)) == ([one], [other])


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_who_signs_in_while_the_session_is_closed_has_its_hours(office: Office) -> None:
    of = session(office, course(office))
    do(office, "enrol", of, office.giver, office.taker)
    do(office, "start", of)
    do(office, "mark", of, office.giver)
    values = {"training_session_id": of}
    assert meanwhile(office, lambda work: sign_in(work, of, office.taker), "training_sessions.hold", **values) == 2
    assert [seat.hours for seat in sheet(office, of).seats] == [40, 40]


def test_taking_back_gives_nobody_a_place_another_has(office: Office) -> None:
    of = session(office, course(office), capacity=1)
    do(office, "enrol", of, office.giver)
    done = office.desk.do("training_sessions.withdraw", training_session_id=of, staff_ids=[office.giver])
    do(office, "enrol", of, office.taker)
    with pytest.raises(Conflict, match="all 1 places"):
        undo(office, done.operation)
    do(office, "withdraw", of, office.taker)
    undo(office, done.operation)
    assert names(office, of, PlaceState.ENROLLED) == [office.giver]


def test_taking_back_more_places_takes_nobodys(office: Office) -> None:
    of = session(office, course(office), capacity=1)
    do(office, "enrol", of, office.giver, office.taker)
    more = office.desk.do("training_sessions.revise", training_session_id=of, capacity=3)
    undo(office, more.operation)
    assert names(office, of, PlaceState.WAITING) == [office.taker], "who moved up by it waits again"
    more = office.desk.do("training_sessions.revise", training_session_id=of, capacity=3)
    do(office, "enrol", of, office.witness)
    with pytest.raises(Conflict, match="all 1 places"):
        undo(office, more.operation)


def test_a_walk_in_beyond_the_places_keeps_nothing_from_being_taken_back(office: Office) -> None:
    of = session(office, course(office), capacity=1)
    do(office, "enrol", of, office.giver)
    do(office, "start", of)
    do(office, "sign_in", of, staff_id=office.taker, walk_in=True)
    done = office.desk.do("training_sessions.sign_in", training_session_id=of, staff_id=office.giver)
    undo(office, done.operation)
    assert len(names(office, of, PlaceState.ENROLLED)) == 2


def test_who_leaves_frees_his_place_in_what_is_still_to_come(office: Office) -> None:
    ahead, today = (session(office, course(office, f"课{n}"), NOW + timedelta(days=n), capacity=1) for n in (3, 0))
    for of in (ahead, today):
        do(office, "enrol", of, office.witness, office.giver, despite="x")
    done = office.desk.do("staff.leave", staff_id=office.witness, left_on=TODAY, left_why="resigned")
    assert names(office, ahead, PlaceState.ENROLLED) == [office.giver]
    assert names(office, today, PlaceState.ENROLLED) == [office.witness], "he is here on his last day"
    undo(office, done.operation)
    assert names(office, ahead, PlaceState.ENROLLED) == [office.witness]
