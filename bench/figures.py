"""One measured figure, how it is told, and the ways all of them are measured."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5
HEAD = ("what", "floor", "ours", "ratio", "limit", "")
WIDTHS = (58, 12, 12, 8, 8, 4)


@dataclass(frozen=True)
class Figure:
    """Ours against a floor or a peer of the same run; without one, ours itself is held against the limit.

    `limit` 0 is told and not judged.
    """

    what: str
    ours: float
    limit: float
    floor: float = 0.0
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """What is held against the limit."""
        return self.ours / self.floor if self.floor else self.ours

    @property
    def over(self) -> bool:
        """Whether the limit is broken."""
        return 0 < self.limit < self.ratio

    def line(self) -> str:
        """One line of the table."""
        floor = f"{self.floor:,.2f} {self.unit}" if self.floor else ""
        ratio = f"{self.ratio:.3g}" if self.floor else ""
        limit = f"{self.limit:g}" if self.limit else ""
        verdict = ("OVER" if self.over else "ok") if self.limit else ""
        return told((self.what, floor, f"{self.ours:,.2f} {self.unit}", ratio, limit, verdict))


def told(parts: Iterable[str]) -> str:
    """A line of the table: the first part at the left, the others at the right of their columns."""
    first, *rest = (
        f"{part:<{width}}" if at == 0 else f"{part:>{width}}"
        for at, (part, width) in enumerate(zip(parts, WIDTHS, strict=True))
    )
    return "  ".join((first, *rest)).rstrip()


def alone(module: str, *words: str) -> dict[str, float]:
    """What a process of its own measured: `python -m bench.<module> <words>` ends with one line of JSON."""
    command = [sys.executable, "-m", f"bench.{module}", *words]
    within = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=Path(__file__).parents[1], env=within, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def spent(work: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of processor time a call takes, all threads and finished child processes counted."""
    before = _used()
    for _ in range(times):
        work()
    return (_used() - before) * 1000 / times


def _used() -> float:
    return time.process_time() + sum(os.times()[2:4])


def middle(found: list[dict[str, float]]) -> dict[str, float]:
    """The median of each measure over the rounds."""
    return {key: statistics.median(one[key] for one in found) for key in found[0]}
