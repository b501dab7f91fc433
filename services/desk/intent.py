"""`@intent` and `@query` mark the functions a person may call through the desk, and say what each needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from models.base import Base
from services.desk.errors import NOT_YOURS, NotAllowed

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Act:
    """One intent or query: `label` is an English sentence, `on` the entity whose fields its arguments are.

    `again` asks for the person's own password once more, `why` for a reason; `kept` says, as a sentence, why this
    cannot be taken back; `own`, that the program does it by itself: nobody meant it, and no key takes it back.
    """

    name: str
    label: str
    function: Callable[..., Any]
    on: type[Base] | None = None
    again: bool = False
    why: bool = False
    kept: str = ""
    own: bool = False

    @property
    def needs(self) -> str:
        """The right it takes: its own name."""
        return self.name


INTENTS: dict[str, Act] = {}
QUERIES: dict[str, Act] = {}
_acts: dict[Callable[..., Any], Act] = {}


def intent(
    label: str, *, on: type[Base] | None = None, name: str = "", again: bool = False, why: bool = False,
    kept: str = "", own: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:  # fmt: skip
    """Marks a function whose first argument is the work: something a person means to do. The rest: see `Act`."""
    return _marker(INTENTS, label, on, name, again=again, why=why, kept=kept, own=own)


def query(label: str, *, on: type[Base] | None = None, name: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function whose first argument is the session: something a person wants to read."""
    return _marker(QUERIES, label, on, name)


def _marker(
    known: dict[str, Act], label: str, on: type[Base] | None, name: str, **rules: Any
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def mark(function: Callable[P, R]) -> Callable[P, R]:
        own = name or f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        if own in known:
            raise TypeError(f"two acts are called {own}")
        _acts[function] = known[own] = Act(own, label, function, on, **rules)
        return function

    return mark


def act(function: Callable[..., Any] | str, known: dict[str, Act]) -> Act:
    """The act of a marked function, or of its name."""
    found = known.get(function) if isinstance(function, str) else _acts.get(function)
    if found is None or known.get(found.name) is not found:
        raise TypeError(f"{function!r} is not marked for this verb")
    return found


@dataclass(frozen=True)
class Grant:
    """A role's patterns, in some compounds or (None) in all; `reads` holds for queries and lists alone."""

    patterns: tuple[str, ...]
    compounds: frozenset[UUID] | None = None
    reads: tuple[str, ...] = ()


def reach(grants: Iterable[Grant], needs: str, *, reading: bool = False) -> frozenset[UUID] | None:
    """The compounds where these grants cover what is needed; None is everywhere."""
    fitting = [g for g in grants if any(fnmatchcase(needs, p) for p in (*g.patterns, *(g.reads if reading else ())))]
    if not fitting:
        raise NotAllowed(NOT_YOURS, needs=needs)
    if any(g.compounds is None for g in fitting):
        return None
    return frozenset().union(*(g.compounds or frozenset() for g in fitting))
