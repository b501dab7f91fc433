"""What two machines read of the things, as a script: files and single readings, in an order of no consequence."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.great.things import BUILDINGS, KEEPERS, ROOMS, Extra, Thing

FILE = 400  # readings in a file of a device
EARLY, WALK, LATE = 0, 1, 2  # before the walk through the rooms, on it, and once more afterwards
DAY = 100_000  # readings a day at most


def team_of(room: int) -> str:
    """Whose room it is: two teams walk side by side."""
    return "甲" if room % 2 == 0 else "乙"


def other_team(room: int) -> str:
    """The team that does not go there, but on a second look."""
    return team_of(room + 1)


def room_name(room: int) -> str:
    """Building and room as a device writes them."""
    return f"B{room % BUILDINGS + 1}/{room}"


@dataclass(frozen=True)
class Reading:
    """A reading: `second` counts from the beginning; `plain` ones come in a file. `back`: it is taken back."""

    team: str
    second: int
    code: str
    room: int
    quantity: int = 1
    means: str = "scanner"
    keeper: int | None = None
    damaged: bool = False
    unlabelled: bool = False
    back: bool = False
    resent: bool = False

    @property
    def plain(self) -> bool:
        return self.keeper is None and not (self.damaged or self.unlabelled or self.back)


class _Watch:
    """Tells times in order: nothing is read at the same second, but for what is sent twice."""

    def __init__(self) -> None:
        self.last = defaultdict[int, int](int)

    def at(self, when: int) -> int:
        self.last[when] += 1
        return when * DAY + self.last[when]


def readings(every: Sequence[Thing], more: Sequence[Extra]) -> list[Reading]:
    """All readings of both machines."""
    watch, made = _Watch(), list[Reading]()
    for one in sorted(every, key=lambda thing: thing.room):
        made += _of(one, watch)
    for extra in more:
        first = Reading(team_of(extra.room), watch.at(WALK), extra.code, extra.room, extra.quantity, back=False)
        made.append(first)
        if extra.quantity % 2:
            made.append(Reading(other_team(extra.room), watch.at(LATE), extra.code, extra.room, extra.quantity))
    return made


def _of(one: Thing, watch: _Watch) -> Iterator[Reading]:
    mine, room, fate = team_of(one.room), one.room, one.fate

    def read(when: int = WALK, **values: Any) -> Reading:
        given: dict[str, Any] = {"team": mine, "code": one.number, "room": room, "quantity": one.quantity} | values
        return Reading(second=watch.at(when), **given)

    if fate in ("lost", "gone"):
        return
    if fate in ("elsewhere", "mistaken"):
        yield read(room=one.other_room, team=team_of(one.other_room), back=fate == "mistaken")
    elif fate == "lent":
        yield read(keeper=(one.keeper + 1) % KEEPERS)
    elif fate == "damaged":
        yield read(damaged=True)
    elif fate == "unlabelled":
        yield read(code=one.serial, means="serial", unlabelled=True)
    elif fate == "wandered":
        yield read(EARLY, room=one.other_room, team=team_of(one.other_room))
        yield read()
    elif one.quantity > 1:
        yield from _pieces(one, read)
    else:
        yield read(resent=fate == "resent")
        if fate in ("twice", "both"):
            yield read(LATE, team=other_team(room) if fate == "both" else mine)


def _pieces(one: Thing, read: Any) -> Iterator[Reading]:
    """Of cards of several pieces."""
    if one.fate == "parts":
        yield read(quantity=1)
        yield read(quantity=2)
        yield read(LATE, quantity=one.quantity - 3)
    elif one.fate == "scattered":
        yield read(quantity=one.quantity - 1)
        yield read(LATE, quantity=1, room=one.other_room)
    else:
        yield read(quantity=one.there, resent=one.fate == "again")
        if one.fate == "recount":
            yield read(LATE, team=other_team(one.room), quantity=one.quantity - 1)
        if one.fate == "corrected":
            yield read(LATE, quantity=2, back=True)


def script(every: Sequence[Thing], more: Sequence[Extra], file: Path, seed: int = 9) -> int:
    """Writes what is done, a step a line: files and single readings of both machines shuffled, then what is taken back
    and what becomes of unknown codes; how many steps."""
    chance, all_ = random.Random(seed), readings(every, more)
    steps, last = list[dict[str, Any]](), list[dict[str, Any]]()
    for team in ("甲", "乙"):
        rows = [_row(r) for r in all_ if r.team == team and r.plain]
        rows += [_row(r) for r in all_ if r.team == team and r.plain and r.resent]  # sent twice, in another file
        steps += [{"do": "file", "team": team, "rows": rows[at : at + FILE]} for at in range(0, len(rows), FILE)]
    for reading in all_:
        if not reading.plain:
            steps.append({"do": "scan", **asdict(reading)})
            last += [{"do": "back", **asdict(reading)}] if reading.back else []
    last += [{"do": "surplus" if extra.name else "aside", **extra._asdict()} for extra in more]
    chance.shuffle(steps)
    chance.shuffle(last)
    lines = [json.dumps(step, ensure_ascii=False) for step in (*steps, *last)]
    file.write_text("\n".join(lines), "utf-8")
    return len(lines)


def _row(reading: Reading) -> list[Any]:
    return [reading.code, reading.second, room_name(reading.room), reading.quantity]


assert ROOMS % BUILDINGS == 0
