"""What is really so: things, what became of each, and what the result must therefore say — asked of no reading."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

CARDS, ROOMS, BUILDINGS, FLOORS, KEEPERS, PACKS = 20_000, 600, 3, 10, 20, 20
CLASSES = ("A02061804", "A02010105", "A05010201", "A05010303", "A02010201")
ONE = {  # what becomes of single things, and of how many in 20,000; all others are read once, where they are
    "lost": 240, "elsewhere": 160, "lent": 60, "damaged": 120, "unlabelled": 80, "twice": 300, "resent": 300,
    "both": 400, "wandered": 60, "mistaken": 40,
}  # fmt: skip
SEVERAL = {  # of cards of several pieces
    "gone": 20, "parts": 300, "short": 60, "over": 40, "recount": 100, "scattered": 20, "corrected": 40, "again": 60,
}  # fmt: skip
LOST = ("lost", "mistaken", "gone")


@dataclass(frozen=True)
class Thing:
    """A card as the books have it, by the places of its room and keeper, and what became of it; money in fen."""

    at: int
    class_code: str
    room: int
    keeper: int
    quantity: int
    cost: int | None
    fate: str

    @property
    def number(self) -> str:
        return f"K{self.at:06d}"

    @property
    def serial(self) -> str:
        return f"SN{self.at:06d}"

    @property
    def other_room(self) -> int:
        """Where it lies when it does not lie in its room: on the same side, so that one team sees both."""
        return (self.room + 8) % ROOMS

    @property
    def there(self) -> int:
        """How many pieces there really are."""
        if self.fate in LOST:
            return 0
        return self.quantity + {"short": -2, "over": 3}.get(self.fate, 0)

    @property
    def expected(self) -> tuple[str, int]:
        """What its line says in the end, and how many pieces were counted."""
        if self.fate in LOST:
            return "missing", 0
        if self.fate in ("short", "over"):
            return self.fate, self.there
        return ("elsewhere" if self.fate in ("elsewhere", "lent", "scattered") else "matched"), self.quantity

    @property
    def less(self) -> int:
        """What is lost of its cost: each piece bears its share, what does not divide stays."""
        gone = max(self.quantity - self.there, 0)
        return (self.cost or 0) * gone // self.quantity

    @property
    def more(self) -> int:
        """What the pieces too many are worth."""
        return (self.cost or 0) * max(self.there - self.quantity, 0) // self.quantity


class Extra(NamedTuple):
    """Something in no book, under a code; with no name it is put aside. `value` in fen for all pieces."""

    code: str
    name: str
    class_code: str
    room: int
    quantity: int
    value: int
    basis: str

    @property
    def entered(self) -> bool:
        """Whether it gets a card in the end, or is given back."""
        return self.basis != "market"


@dataclass(frozen=True)
class Sum:
    """Of a class, or of all: pieces and fen by the books, lost, too many or in no book, and really there."""

    book: int = 0
    loss: int = 0
    surplus: int = 0
    there: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.book + other.book, self.loss + other.loss, self.surplus + other.surplus,
                   self.there + other.there)  # fmt: skip


def things(cards: int = CARDS, seed: int = 7, thin: int = 1) -> list[Thing]:
    """The things, in the order of their numbers; every twentieth card is of several pieces, some say no cost. `thin`:
    so much less happens to them."""
    chance = random.Random(seed)
    places = list(range(cards))
    packs = [at for at in places if at % PACKS == 0]
    fates = dict(_fates(chance, packs, SEVERAL, cards // thin))
    fates |= dict(_fates(chance, [at for at in places if at % PACKS], ONE, cards // thin))
    made = list[Thing]()
    for at in places:
        quantity = 1 if at % PACKS else chance.randrange(4, 13)
        fate = fates.get(at, "there")
        bare = at % 97 == 0 and fate not in (*LOST, "short", "over")  # what has no value is settled by no document
        cost = None if bare else chance.randrange(100_00, 9_000_00)
        room = chance.randrange(ROOMS)
        made.append(Thing(at, chance.choice(CLASSES), room, room % KEEPERS, quantity, cost, fate))
    return made


def _fates(chance: random.Random, places: list[int], many: Mapping[str, int], cards: int) -> Iterator[tuple[int, str]]:
    picked = iter(chance.sample(places, len(places)))
    for fate, count in many.items():
        for _ in range(max(1, count * cards // CARDS)):
            yield next(picked), fate


def extras(cards: int = CARDS, seed: int = 8) -> list[Extra]:
    """What is in no book: 50 codes in 20,000 become surpluses, 10 are put aside."""
    chance, made = random.Random(seed), list[Extra]()
    for at in range(max(6, 60 * cards // CARDS)):
        basis, quantity = ("papers", "market", "nominal")[at % 3], 1 if at % 3 == 2 else chance.randrange(1, 4)
        value = 100 * quantity if basis == "nominal" else quantity * chance.randrange(10_00, 900_00)
        name = "" if at % 6 == 5 else f"无账物品{at}"
        made.append(Extra(f"X-{at:04d}", name, chance.choice(CLASSES), chance.randrange(ROOMS), quantity, value, basis))
    return made


def sums(every: Iterable[Thing], more: Iterable[Extra]) -> tuple[dict[str, Sum], dict[str, Sum]]:
    """By class: pieces, and fen."""
    pieces, cost = defaultdict[str, Sum](Sum), defaultdict[str, Sum](Sum)
    for one in every:
        gone, over = max(one.quantity - one.there, 0), max(one.there - one.quantity, 0)
        pieces[one.class_code] += Sum(one.quantity, gone, over, one.there)
        book = one.cost or 0
        cost[one.class_code] += Sum(book, one.less, one.more, book - one.less + one.more)
    for extra in more:
        if extra.name:
            pieces[extra.class_code] += Sum(surplus=extra.quantity, there=extra.quantity)
            cost[extra.class_code] += Sum(surplus=extra.value, there=extra.value)
    return dict(pieces), dict(cost)
