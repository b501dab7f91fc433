"""What the count says of one line: it follows from its scans alone, whatever order they came in.

Pure: the same scans give the same result in every store and on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from models.stocktake import CountResult

R = CountResult


class Place(NamedTuple):
    """A building and a room in it, as far as they are known."""

    building_id: UUID | None = None
    room_id: UUID | None = None

    def fits(self, book: Place) -> bool:
        """Whether a thing seen here lies where a book says; what neither of them says is no difference."""
        if self.room_id and book.room_id:
            return self.room_id == book.room_id
        return not (self.building_id and book.building_id) or self.building_id == book.building_id


class Seen(Protocol):
    """What is asked of a scan."""

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


@dataclass(frozen=True)
class Book:
    """What the books say of a line: how many pieces (None: counted blind, nobody looks before the count ends), and
    where and with whom they may be without a difference — as it was frozen, and as a document has said since."""

    quantity: int | None
    places: tuple[Place, ...] = ()
    keepers: frozenset[UUID] = field(default=frozenset())

    def right(self, place: Place) -> bool:
        """Whether a thing may be seen here."""
        return not self.places or any(place.fits(book) for book in self.places)

    def kept(self, keeper: UUID | None) -> bool:
        """Whether it may be seen with this person; nobody named is no difference."""
        return keeper is None or not self.keepers or keeper in self.keepers


@dataclass(frozen=True)
class Tally:
    """What is written onto a line, under the names it has there."""

    result: CountResult = R.PENDING
    counted: int | None = None
    counted_at: datetime | None = None
    found_building_id: UUID | None = None
    found_room_id: UUID | None = None
    found_keeper_id: UUID | None = None
    damaged: bool = False
    unlabelled: bool = False
    found_word: str | None = None


def tally(book: Book, scans: Iterable[Seen]) -> Tally:
    """One piece is one however often it is seen, and lies where it was seen last. Of several the pieces add up, room by
    room; two teams that counted in one room counted the same pieces, and the larger number holds there. Too few or too
    many go before another place."""
    seen = sorted(scans, key=lambda scan: (scan.scanned_at, scan.id.bytes))
    if not seen:
        return Tally()
    counted = 1 if book.quantity == 1 else sum(spread(seen).values())
    place, keeper = _place(book, seen), next((scan.keeper_id for scan in reversed(seen) if scan.keeper_id), None)
    result = R.MATCHED if book.right(place) and book.kept(keeper) else R.ELSEWHERE
    if book.quantity is None:
        result = R.COUNTED if result is R.MATCHED else result
    elif counted != book.quantity:
        result = R.SHORT if counted < book.quantity else R.OVER
    return Tally(
        result, counted, seen[-1].scanned_at, place.building_id, place.room_id, keeper,
        any(scan.damaged for scan in seen), any(scan.unlabelled for scan in seen),
        next((scan.word for scan in reversed(seen) if scan.word), None),
    )  # fmt: skip


def spread(scans: Iterable[Seen]) -> Mapping[Place, int]:
    """How many pieces were counted where, the place looked at last at the end."""
    teams = defaultdict[Place, defaultdict[UUID, int]](lambda: defaultdict(int))
    for scan in sorted(scans, key=lambda scan: (scan.scanned_at, scan.id.bytes)):
        place = Place(scan.building_id, scan.room_id)
        mine = teams.pop(place, None) or defaultdict[UUID, int](int)
        mine[scan.team_id] += scan.quantity
        teams[place] = mine
    return {place: max(mine.values()) if place.room_id else sum(mine.values()) for place, mine in teams.items()}


def _place(book: Book, seen: Sequence[Seen]) -> Place:
    """Where it is: of one piece (or nobody knows how many) the place named last; of several that with most pieces of
    those that are not right, else that with most."""
    if book.quantity in (1, None):
        said = (Place(scan.building_id, scan.room_id) for scan in reversed(seen))
        return next((place for place in said if any(place)), Place())
    places = spread(seen)
    wrong = {place: count for place, count in places.items() if not book.right(place)} or places
    return max(reversed(list(wrong)), key=lambda place: wrong[place])
