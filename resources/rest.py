"""Whether Python's garbage collector is to rest: work that makes a million objects which all stay says so."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_TURN = Lock()
_ASKED: list[bool] = []  # one entry for each work under way: whether the collector ran when it began


@contextmanager
def resting() -> Iterator[None]:
    """The collector would look at every object again and again to find nothing. What nobody refers to any more is freed
    without it."""
    with _TURN:
        _ASKED.append(_ASKED[0] if _ASKED else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _TURN:
            ran = _ASKED.pop()
            if ran and not _ASKED:  # the last one, or the collector would work beside the others
                gc.enable()


def asked() -> bool:
    """Whether such work is under way."""
    return bool(_ASKED)
