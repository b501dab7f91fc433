"""Whether Python's garbage collector is to rest: work that makes a million objects which all stay says so."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ASKED = [0]


@contextmanager
def resting() -> Iterator[None]:
    """The collector would look at every object again and again to find nothing. What nobody refers to any more is freed
    without it."""
    ran = gc.isenabled()
    _ASKED[0] += 1
    gc.disable()
    try:
        yield
    finally:
        _ASKED[0] -= 1
        if ran:
            gc.enable()


def asked() -> bool:
    """Whether such work is under way."""
    return _ASKED[0] > 0
