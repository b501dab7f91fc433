"""The garbage collector rests while a register is in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """A register is a million small objects that all stay until it is stored: the collector would look at every one
    of them again and again to find nothing. What nobody refers to any more is freed without it."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()
