"""What each role may do with each kind of record, as a server is told: from the shipped roles and what acts name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

import resources
from models.base import PLACED, Base, Entity, entities, personal
from models.doors import RECOVERY
from services.desk import uses
from services.desk.intent import INTENTS, QUERIES, Act
from services.desk.listing import LISTINGS

EVERYONE = "everyone"  # whose acts concern himself: the policies say what of his own account he changes
SHEET = {"do": ["office.recover"], "ask": ["sites.list"]}


def rows() -> list[tuple[str, str, str, bool]]:
    """Role, kind, `list`, `read`, `write` or `reveal`, and whether rows of the kind are in a compound."""
    known, found = entities(), set[tuple[str, str, str, bool]]()
    for role, may in (resources.settings("roles") | {RECOVERY: SHEET}).items():
        for kind, verb in _may(role, may["do"], may["ask"]):
            found.add((role, kind, verb, kind in known and issubclass(known[kind], PLACED)))
    return sorted(found)


def _may(role: str, do: Sequence[str], ask: Sequence[str]) -> Iterator[tuple[str, str]]:
    for listing in LISTINGS.values():
        if any(fnmatchcase(f"{listing.name}.list", pattern) for pattern in (*do, *ask)):
            yield listing.entity, "list"
            yield listing.entity, "read"
        if _personal(listing.kind) and any(fnmatchcase(f"{listing.name}.reveal", pattern) for pattern in do):
            yield listing.entity, "reveal"
    if role == EVERYONE:
        return
    for act in (*_of(INTENTS, do), *_of(QUERIES, (*do, *ask))):
        for kind in uses.named(act):
            yield kind, "read"
        for kind in uses.written(act) if act.name in INTENTS else ():
            yield kind, "write"
            if _personal(entities()[kind]):
                yield kind, "reveal"


def _of(acts: dict[str, Act], patterns: Sequence[str]) -> Iterator[Act]:
    for name, act in acts.items():
        if not act.own and any(fnmatchcase(name, pattern) for pattern in patterns):
            yield act


def _personal(kind: type[Base]) -> bool:
    return issubclass(kind, Entity) and bool(personal(kind))
