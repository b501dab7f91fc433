"""Which kinds of record an act names: read off its function and whatever of the services that calls.

A server lets a role read and write the kinds that its acts name, and no others; nobody keeps a list of them by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.util import find_spec
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from models.base import Entity, entities
from services.desk.intent import QUERIES, Act
from services.desk.listing import LISTINGS

OURS, MACHINERY = "services.", "services.desk."  # the desk itself names no kind: what an act names is its own


@cache
def named(act: Act) -> frozenset[str]:
    """The kinds, by the names of their tables."""
    return _found(act, set())


@cache
def written(act: Act) -> frozenset[str]:
    """Those of an intent that it may write: a query it asks on its way only reads."""
    return _found(act, {id(known.function) for known in QUERIES.values()})


def _found(act: Act, seen: set[int]) -> frozenset[str]:
    kinds = set[str]()
    waiting: list[Any] = [act.function]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, type) and issubclass(thing, Entity):
            kinds |= {getattr(thing, "__tablename__", "")} & entities().keys()
        else:
            waiting += _inside(thing)
    if act.on is not None and issubclass(act.on, Entity):
        kinds.add(act.on.__tablename__)
    return frozenset(kinds)


def _inside(thing: Any) -> Iterator[Any]:
    """What a function, method, class or description of ours mentions."""
    match thing:
        case MethodType():
            yield thing.__func__
            yield from vars(thing.__self__).values()
        case FunctionType() if _ours(thing.__module__):
            yield from _mentioned(thing)
        case type() if _ours(thing.__module__):
            yield from (
                part for part in vars(thing).values() if isinstance(part, FunctionType | property | cached_property)
            )
        case property():
            yield thing.fget
        case cached_property():
            yield thing.func
        case partial():
            yield from (thing.func, *thing.args)
        case dict():
            yield from thing.values()
        case list() | tuple() | set() | frozenset():
            yield from thing


def _ours(module: str | None) -> bool:
    return module is not None and module.startswith(OURS) and not module.startswith(MACHINERY)


def _mentioned(function: FunctionType) -> Iterator[Any]:
    names = set(_names(function.__code__))
    waiting = [module for name in names if name.startswith(OURS) for module in _brought_in(name, names)]
    for name in names & function.__globals__.keys():
        found = function.__globals__[name]
        if isinstance(found, ModuleType):
            waiting.append(found)
        else:
            yield getattr(found, "__wrapped__", found)
    for module in filter(lambda module: _ours(f"{module.__name__}."), waiting):
        for each in names & vars(module).keys():
            found = vars(module)[each]
            if isinstance(found, ModuleType):
                waiting.append(found)
            else:
                yield getattr(found, "__wrapped__", found)
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    if "View" in names:
        yield from _listed(function.__code__)


def _listed(code: CodeType) -> Iterator[type]:
    """What the lists hold that are named in a view; what their rows refer to is only called by its name."""
    for text in code.co_consts:
        if isinstance(text, str) and text in LISTINGS:
            yield LISTINGS[text].kind
        elif isinstance(text, CodeType):
            yield from _listed(text)


def _brought_in(name: str, names: Collection[str]) -> Iterator[ModuleType]:
    """A module a function imports by itself, with the modules of it that it may mean."""
    module = import_module(name)
    yield module
    for each in names if hasattr(module, "__path__") else ():
        if "." not in each and find_spec(f"{name}.{each}"):
            yield import_module(f"{name}.{each}")


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
