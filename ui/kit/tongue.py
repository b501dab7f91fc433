"""The language a paper is drawn in: the window's, unless another was chosen for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ui.kit.theme import LOOK

_chosen: ContextVar[str] = ContextVar("tongue", default="")


def tongue() -> str:
    """The language of the paper that is drawn here."""
    return _chosen.get() or LOOK.lang


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Papers drawn inside are in this language, where they know it."""
    token = _chosen.set(lang)
    try:
        yield
    finally:
        _chosen.reset(token)
