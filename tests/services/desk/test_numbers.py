"""Numbers people see: never twice, and a slip of the pen shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from models.compound import Compound
from models.site import Site
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.intent import intent
from services.desk.numbers import ALPHABET, HighWater, check_character, genuine, written
from services.desk.sealed import SealedFile
from services.desk.store import Store, open_file
from services.desk.work import Work
from tests.conftest import DATA_KEY
from tests.services.desk.acts import sound

CODE = st.text(ALPHABET, min_size=2, max_size=6)
PREFIX = st.builds("{}-{}-{}".format, st.sampled_from(["YJ", "ZC", "RY"]), CODE, st.integers(2020, 2099))
NUMBER = st.builds(written, PREFIX, st.integers(1, 9_999_999))


@pytest.fixture(autouse=True)
def counting(own_acts: None) -> Iterator[None]:
    """Intents that take numbers."""

    @intent("T", name="tests.take")
    def take(work: Work, kind: str = "YJ", count: int = 1) -> list[str]:
        return list(work.numbers(kind, count))

    @intent("T", name="tests.take_and_fail")
    def take_and_fail(work: Work) -> None:
        next(work.numbers("YJ"))
        raise ZeroDivisionError

    yield


@given(NUMBER, st.data())
def test_a_wrong_character_is_seen(number: str, data: st.DataObject) -> None:
    assert genuine(number)
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c in ALPHABET]))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != number[at]]))
    assert not genuine(number[:at] + other + number[at + 1 :])


def test_two_swapped_neighbours_are_seen_but_for_one_in_630() -> None:
    seen = list[bool]()
    for before in ALPHABET:  # ends in every state the sum can be in
        for one, other in combinations(ALPHABET, 2):
            seen.append(check_character(before + one + other) != check_character(before + other + one))
    assert len(seen) == 36 * 630
    assert seen.count(False) == 36


def test_the_check_character_is_the_standards() -> None:
    assert check_character("A12425GABC1234002") == "M"  # the GRid example of ISO 7064 Mod 37,36
    assert written("YJ-JGSW-2026", 187) == "YJ-JGSW-2026-00187-" + check_character("YJJGSW202600187")
    for wrong in ("", "-", "A", "YJ", "YJ-JGSW-2026-00187", "YJ-JGSW-2026-00187-"):
        assert not genuine(wrong), wrong


def test_numbers_follow_each_other_by_kind_and_year(desk: Desk) -> None:
    at = replace(desk, clock=lambda: datetime(2026, 6, 1, tzinfo=UTC))
    assert at.do("tests.take", count=2).value == [written("YJ-JGSW-2026", n) for n in (1, 2)]
    assert at.do("tests.take", kind="ZC").value == [written("ZC-JGSW-2026", 1)]
    assert at.do("tests.take").value == [written("YJ-JGSW-2026", 3)]
    later = replace(desk, clock=lambda: datetime(2027, 6, 1, tzinfo=UTC))
    assert later.do("tests.take").value == [written("YJ-JGSW-2027", 1)]
    assert at.do("tests.take").value == [written("YJ-JGSW-2026", 4)]


def test_what_failed_took_no_number(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        desk.do("tests.take_and_fail")
    [first] = desk.do("tests.take").value
    assert "-00001-" in first


def test_an_office_without_a_code_gives_none(store: Store, desk: Desk) -> None:
    @intent("T", name="tests.closed")
    def closed(work: Work) -> None:
        work.remove(work.session.scalars(sa.select(Site)).one())

    desk.do(closed)
    with pytest.raises(Missing, match="site code"):
        desk.do("tests.take")


def test_many_hands_take_different_numbers(desk: Desk) -> None:
    store = desk.store
    desks = [desk, replace(desk, pen=store.enroll(Ed25519PrivateKey.generate()))]
    with ThreadPoolExecutor(4) as hands:
        done = list(hands.map(lambda i: desks[i % 2].do("tests.take", count=3).value, range(40)))
    taken = [number for numbers in done for number in numbers]
    assert len(set(taken)) == 120
    assert sorted(taken) == [written(taken[0].rsplit("-", 2)[0], n) for n in range(1, 121)]


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_taking_a_number_first_or_last_does_not_lock_two_people_out(desk: Desk) -> None:
    numbered, written_first = Event(), Event()

    @intent("T", name="tests.number_first")
    def number_first(work: Work) -> None:
        next(work.numbers("YJ"))
        numbered.set()
        written_first.wait(0.5)  # never comes: the other waits for this unit of work from its first write on
        work.add(Compound(code="1", name="n"))

    @intent("T", name="tests.number_last")
    def number_last(work: Work) -> None:
        numbered.wait(5)
        work.add(Compound(code="2", name="n"))
        work.session.flush()
        written_first.set()
        next(work.numbers("YJ"))

    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(desk.do, f"tests.number_{when}") for when in ("first", "last")]
        for each in both:
            each.result(20)
    sound(desk)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_restored_store_does_not_give_a_number_out_twice(desk: Desk, tmp_path: Path) -> None:
    first = desk.do("tests.take", count=2).value
    desk.store.close()
    shutil.copyfile(tmp_path / "dayuan.db", tmp_path / "backup")
    store = open_file(tmp_path / "dayuan.db", DATA_KEY)
    lost = replace(desk, store=store).do("tests.take", count=5).value
    store.close()
    shutil.copyfile(tmp_path / "backup", tmp_path / "dayuan.db")
    restored = open_file(tmp_path / "dayuan.db", DATA_KEY)
    after = replace(desk, store=restored)
    assert not {*first, *lost} & set(after.do("tests.take", count=9).value)
    again = replace(desk, store=replace(restored, high=HighWater(None)))
    assert len({*lost, *again.do("tests.take").value}) == 6  # and the counter itself has caught up
    restored.close()


def test_the_file_of_highest_numbers_only_goes_up(tmp_path: Path) -> None:
    file = SealedFile(tmp_path / "numbers.high", DATA_KEY, "numbers")
    high = HighWater(file)
    assert high.read() == {}
    high.raise_to({"A": 5, "B": 2})
    high.raise_to({"A": 3})
    high.raise_to({})
    assert high.read() == {"A": 5, "B": 2}
    for damage in (b"[1]", b'{"A": "5"}', b"7"):
        file.write(damage)
        assert high.read() == {}
    for damage in (b"", b'{"A": 5}', bytes(5000)):
        file.path.write_bytes(damage)
        assert high.read() == {}
    high.raise_to({"A": 1})
    assert high.read() == {"A": 1}
