"""What the count says follows from the readings alone; the equation of a stocktake holds at every moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base import GLOBAL
from models.stocktake import CountResult
from services.desk.desk import Desk
from services.stocktake_tally import Book, Place, tally
from tests.services.counting import CARDS, Count, counting

AT = datetime(2026, 11, 2, tzinfo=UTC)
HERE, THERE = Place(UUID(int=1), UUID(int=2)), Place(UUID(int=1), UUID(int=3))
KEEPER = UUID(int=4)


@dataclass
class Read:
    """A reading without a store."""

    id: UUID
    team_id: UUID
    scanned_at: datetime
    building_id: UUID | None
    room_id: UUID | None
    keeper_id: UUID | None
    quantity: int
    damaged: bool
    unlabelled: bool
    word: str | None


def read(at: int, team: int, place: Place, quantity: int, keeper: UUID | None = None, **more: Any) -> Read:
    given_ = {"damaged": False, "unlabelled": False, "word": None} | more
    return Read(UUID(int=100 + at), UUID(int=team), AT + timedelta(seconds=at), *place, keeper, quantity, **given_)


@st.composite
def readings(draw: st.DrawFn) -> list[Read]:
    places, count = st.sampled_from((HERE, THERE, Place(), Place(HERE.building_id))), draw(st.integers(0, 6))
    return [
        read(at, draw(st.integers(1, 2)), draw(places), draw(st.integers(1, 4)),
             draw(st.sampled_from((None, KEEPER, UUID(int=9)))), damaged=draw(st.booleans()))
        for at in range(count)
    ]  # fmt: skip


books = st.builds(
    Book, st.integers(1, 6), st.sampled_from(((), (HERE,), (HERE, THERE))),
    st.sampled_from((frozenset[UUID](), frozenset({KEEPER}))),
)  # fmt: skip


@given(books, readings(), st.randoms())
@settings(max_examples=60)
def test_the_order_in_which_readings_arrive_does_not_matter(book: Book, seen: list[Read], chance: Any) -> None:
    mixed = list(seen)
    chance.shuffle(mixed)
    assert tally(book, mixed) == tally(book, seen)


@given(books, readings())
@settings(max_examples=60)
def test_what_another_team_counts_once_more_in_the_same_room_changes_no_number(book: Book, seen: list[Read]) -> None:
    first = [one for one in seen if one.team_id.int == 1 and one.room_id]
    again = [replace(one, id=UUID(int=200 + one.id.int), team_id=UUID(int=2)) for one in first]
    once, twice = tally(book, first), tally(book, [*first, *again])
    assert (once.counted, once.result) == (twice.counted, twice.result)


@given(books, readings())
@settings(max_examples=60)
def test_a_result_says_how_many_there_are_and_no_more(book: Book, seen: list[Read]) -> None:
    said = tally(book, seen)
    assert (said.result is CountResult.PENDING) == (not seen) == (said.counted is None)
    if not seen:
        return
    assert said.counted and said.counted >= 1
    assert book.quantity
    wanted = {-1: CountResult.SHORT, 1: CountResult.OVER}.get(
        (said.counted > book.quantity) - (said.counted < book.quantity)
    )
    assert said.result is wanted or (wanted is None and said.result in (CountResult.MATCHED, CountResult.ELSEWHERE))
    if book.quantity == 1:
        assert said.counted == 1
        assert tally(book, [*seen, seen[-1]]) == said, "any number of readings is one piece"


@given(books, readings())
@settings(max_examples=60)
def test_who_counts_blind_is_told_nothing_of_how_much_the_books_say(book: Book, seen: list[Read]) -> None:
    blind = tally(replace(book, quantity=None), seen)
    assert blind.result in (CountResult.PENDING, CountResult.COUNTED, CountResult.ELSEWHERE)
    assert (blind.result is CountResult.PENDING) == (not seen)
    assert blind.counted == tally(replace(book, quantity=book.quantity + 1 if book.quantity else None), seen).counted


QUANTITY = {number: quantity for number, _, _, _, quantity, _, _ in CARDS}
COST = {number: cost or 0 for number, _, _, _, _, cost, _ in CARDS}
CLASS = {number: code for number, _, code, *_ in CARDS}
steps = st.lists(
    st.one_of(
        st.tuples(st.just("scan"), st.sampled_from([*QUANTITY, "没有"]), st.sampled_from(("甲", "乙")),
                  st.sampled_from(("301", "302", "")), st.integers(1, 6)),
        st.tuples(st.just("back"), st.integers(0, 20)),
        st.tuples(st.just("surplus"), st.sampled_from((None, "A02061804")), st.integers(1, 3)),
    ),
    max_size=12,
)  # fmt: skip


def expected(done: dict[UUID, tuple[str, str, str, int]], more: list[tuple[str | None, int]], ended: bool) -> Any:
    """Counted on the fingers: pieces and fen of book, surplus, loss, pending, by class."""
    sums: dict[str, list[int]] = {}
    for number, book in QUANTITY.items():
        own, where = sums.setdefault(CLASS[number], [0] * 8), dict[str, dict[str, int]]()
        for code, team, room, quantity in done.values():
            if code == number:
                teams = where.setdefault(room, {})
                teams[team] = teams.get(team, 0) + quantity
        there = sum(max(teams.values()) if room else sum(teams.values()) for room, teams in where.items())
        there, seen = (min(there, 1) if book == 1 else there), bool(where)
        lost, over = max(0, book - there) if seen or ended else 0, max(0, there - book)
        pending = 0 if seen or ended else book
        fen = (COST[number], COST[number] * over // book, COST[number] * lost // book, COST[number] if pending else 0)
        for at, value in enumerate((book, over, lost, pending, *fen)):
            own[at] += value
    for kind, quantity in more:
        sums.setdefault(kind or "", [0] * 8)[1] += quantity
        sums[kind or ""][5] += 100 * quantity
    return sums


def holds(count: Count, sums: Any) -> None:
    """The equation says the same as the fingers, and holds, per class and in total, in pieces and fen."""
    made = count.equation()
    told = {
        row.code: [value for each in (row.pieces, row.cost)
                   for value in (each.book, each.surplus, each.loss, each.pending)]
        for row in made.rows
    }  # fmt: skip
    assert told == sums
    for each in (made.pieces, made.cost, *(row.pieces for row in made.rows), *(row.cost for row in made.rows)):
        assert each.book + each.surplus - each.loss == each.counted + each.pending
        assert each.book == each.matched + each.elsewhere + each.pending + each.loss
        assert min(each.matched, each.elsewhere, each.pending, each.loss, each.surplus) >= 0
    assert sum(row.pieces.counted for row in made.rows) == made.pieces.counted


def test_the_equation_holds_whatever_is_counted_taken_back_and_entered(desk: Desk) -> None:
    count = counting(desk)

    @given(steps)
    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def plays(todo: list[Any]) -> None:
        count.begin()
        done, more = dict[UUID, tuple[str, str, str, int]](), list[tuple[str | None, int]]()
        for act, *values in todo:
            if act == "scan":
                read_ = tuple(values)
                done[count.scan(read_[0], read_[2], read_[1], quantity=read_[3]).scan_id] = read_
            elif act == "back" and done:
                count.do("take_back_scan", scan_id=(gone := list(done)[values[0] % len(done)]))
                del done[gone]
            elif act == "surplus":
                kind, quantity = values
                count.do("surplus", stocktake_id=count.id, name="x", class_code=kind, quantity=quantity,
                         basis="nominal")  # fmt: skip
                more.append((kind, quantity))
            holds(count, expected(done, more, ended=False))
        if done:
            count.do("finish", stocktake_id=count.id)
            holds(count, expected(done, more, ended=True))
            count.do("resume", stocktake_id=count.id)
            holds(count, expected(done, more, ended=False))

    plays()
    assert count.id != GLOBAL
