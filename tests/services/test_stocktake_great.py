"""20,000 things in 600 rooms are counted by two teams: the plug is pulled in the middle, machines send twice what they
read, and in the end books and things are as what became of the things says."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.asset import Asset
from models.stocktake import StocktakeLine, StocktakeSurplus
from models.stocktake_scan import StocktakeScan
from services import office
from services.desk import keys
from services.desk.desk import Desk
from services.desk.store import open_server
from services.desk.trail import compare, papers, verify
from services.stocktake_equation import Equation, Sums
from tests.great import ending
from tests.great.office import Great, at, begun, found
from tests.great.readings import script
from tests.great.things import Extra, Sum, Thing, extras, sums, things

ROOT = Path(__file__).parents[2]
PASSWORD = "pull the plug now"
KILLS = int(os.environ.get("KILLS", "4"))
FEWER = 1500
STEPS = 3  # what a machine sends once more, for it did not hear that it was taken


class Played:
    """A script played by programs that are killed."""

    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file, self.done = folder, file, 0
        self.steps = [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    def on(self, moment: int) -> bool:
        """Go on with it, up to this moment; whether it came to its end. What was acknowledged last is sent again."""
        first = max(0, self.done - STEPS)
        arguments = ["-m", "tests.great.machine", self.folder, PASSWORD, self.file, first, moment]
        run = subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode in (0, -signal.SIGKILL), run.stderr
        said = [int(line) for line in run.stdout.split()]
        self.done = max(self.done, said[-1] + 1) if said else self.done
        return run.returncode == 0

    def kept(self, great: Great) -> bool:
        """Nothing acknowledged is lost or doubled, of the step that was cut off is all there or nothing. Whether it is
        there."""
        teams = {id: name for name, id in great.teams.items()}
        rows = great.rows(StocktakeScan, "team_id", "code", "scanned_at")
        there = Counter((teams[row.team_id], row.code, row.scanned_at) for row in rows)
        wanted = read(self.steps[: self.done])
        assert all(count == 1 for count in there.values()), "nothing is doubled"
        assert wanted <= there.keys(), "nothing is lost"
        more = there.keys() - wanted
        if more:
            cut = self.steps[self.done]
            assert more == read(self.steps[: self.done + 1]) - wanted and cut["do"] in ("file", "scan")
        return bool(more)


def read(steps: Sequence[Mapping[str, Any]]) -> set[tuple[Any, ...]]:
    """Team, code and instant of what these steps leave read."""
    made = set[tuple[Any, ...]]()
    for step in steps:
        if step["do"] == "file":
            made |= {(step["team"], row[0], at(row[1])) for row in step["rows"]}
        elif step["do"] == "scan":
            made.add((step["team"], step["code"], at(step["second"])))
        elif step["do"] == "back":
            made.discard((step["team"], step["code"], at(step["second"])))
    return made


def lines(great: Great) -> dict[str, tuple[str, int | None]]:
    """What every line says."""
    rows = great.rows(StocktakeLine, "number", "result", "counted")
    return {row.number: (row.result.value, row.counted) for row in rows}


def holds(found: Equation, every: Sequence[Thing], more: Sequence[Extra]) -> None:
    """Book + surplus − loss = counted: pieces and fen, by class and in total, and as what became of the things says."""
    wanted = sums(every, more)
    for kind, whole, mine in zip(("pieces", "cost"), (found.pieces, found.cost), wanted, strict=True):
        said = {row.code: told(getattr(row, kind)) for row in found.rows}
        assert said == mine, kind
        assert told(whole) == sum(mine.values(), Sum()), kind
        assert all(one.book + one.surplus - one.loss == one.there for one in (*said.values(), told(whole)))


def told(one: Sums) -> Sum:
    assert one.pending == 0
    return Sum(one.book, one.loss, one.surplus, one.counted)


def details(great: Great, every: Sequence[Thing]) -> None:
    """Where, with whom and how the things were found."""
    names = ("number", "room_id", "found_room_id", "found_keeper_id", "damaged", "unlabelled")
    rows = {row.number: row for row in great.rows(StocktakeLine, *names)}
    for one in every:
        row = rows[one.number]
        assert (row.damaged, row.unlabelled) == (one.fate == "damaged", one.fate == "unlabelled"), one
        if one.fate == "lent":
            assert row.found_keeper_id == great.people[f"P{(one.keeper + 1) % 20}"]
        astray = one.fate in ("elsewhere", "scattered")
        assert not one.there or row.found_room_id == great.rooms[str(one.other_room if astray else one.room)], one


def books(great: Great, every: Sequence[Thing], more: Sequence[Extra]) -> None:
    """After it is closed the register says what is there: pieces, fen, rooms and keepers."""
    rows = great.rows(Asset, "number", "quantity", "cost", "disposed_on", "room_id", "keeper_id")
    left = [row for row in rows if row.disposed_on is None]
    entered = [extra for extra in more if extra.name and extra.entered]
    assert sum(row.quantity for row in left) == sum(t.there for t in every) + sum(x.quantity for x in entered)
    over = sum((t.cost or 0) // t.quantity * (t.there - t.quantity) for t in every if t.fate == "over")  # by the piece
    cost = sum((t.cost or 0) - t.less for t in every) + over + sum(x.value for x in entered)
    assert sum(row.cost or 0 for row in left) == cost
    cards = {row.number: row for row in rows}
    for one in filter(ending.follows, every):
        row, lent = cards[one.number], one.fate == "lent"
        assert row.keeper_id == great.people[f"P{(one.keeper + lent) % 20}"]
        assert row.room_id == great.rooms[str(one.room if lent else one.other_room)]
    for one in every:
        if one.fate in ("lost", "mistaken", "gone"):
            assert cards[one.number].disposed_on is not None


def sound(desk: Desk) -> None:
    store = desk.store
    assert verify(store) == compare(store) == papers(store) == []


@pytest.mark.skipif(os.name != "posix", reason="kills")
def test_a_great_stocktake_is_killed_gone_on_with_and_ends_in_right_books(tmp_path: Path) -> None:
    every, more, file, folder = things(), extras(), tmp_path / "script", tmp_path / "office"
    total = script(every, more, file)
    opened = office.set_up(folder, name="局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    begun(opened.desk, every)
    opened.close()
    played, chance, cut = Played(folder, file), random.Random(17), list[bool]()
    for _ in range(KILLS):
        assert not played.on(chance.randrange(150, 40_000 // (KILLS + 1))), "it was killed before its end"
        again = office.sign_in(folder, "admin", PASSWORD)
        cut.append(played.kept(found(again.desk)))
        again.close()
    assert played.on(0) and played.done == total
    again = office.sign_in(folder, "admin", PASSWORD)
    great = found(again.desk)
    played.kept(great)
    ended(great, every, more)
    again.close()


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_two_machines_count_at_one_server_at_the_same_time(desk: Desk, tmp_path: Path) -> None:
    every, more, file = things(FEWER), extras(FEWER), tmp_path / "script"
    script(every, more, file)
    great = begun(desk, every)
    steps = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(machine, great, [s for s in steps if s.get("team") == team]) for team in "甲乙"]:
            done.result()
    for step in steps:
        if "team" not in step:
            great.play(step)
    great.do("finish")
    assert lines(great) == {one.number: one.expected for one in every}
    details(great, every)
    holds(great.ask("equation"), every, more)
    assert compare(desk.store) == []


def machine(great: Great, steps: Sequence[Mapping[str, Any]]) -> None:
    """One of several at a server, with a connection of its own."""
    store = open_server(great.desk.store.engine.url.render_as_string(hide_password=False))
    mine = replace(great, desk=replace(great.desk, store=store, pen=store.enroll(Ed25519PrivateKey.generate())))
    for step in steps:
        mine.play(step)
    store.close()


def ended(great: Great, every: Sequence[Thing], more: Sequence[Extra]) -> None:
    """It is finished, told, settled and closed; at every step all is as what became of the things says."""
    missing = sum(one.expected[0] == "missing" for one in every)
    assert great.ask("progress").pending == missing and great.ask("progress").unknown == 0
    assert great.do("finish") == missing
    assert lines(great) == {one.number: one.expected for one in every}
    details(great, every)
    holds(great.ask("equation"), every, more)
    assert len(great.rows(StocktakeSurplus, "n")) == sum(bool(extra.name) for extra in more)
    ending.explain(great, every, more)
    documents = ending.settle(great)
    assert documents["disposal"] == 1 and documents["handover"] > 2
    great.do("close")
    holds(great.ask("equation"), every, more)
    assert all(one.settled for one in great.ask("differences"))
    books(great, every, more)
    sound(great.desk)
