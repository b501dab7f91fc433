"""What an office wishes on a paper: the kit asks for it wherever it draws, in the drawing process too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Dress:
    """`signers` are the posts that sign instead of those shipped; `notes` stand at the end, copies first."""

    secrecy: str = ""
    contact: str = ""
    signers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @contextmanager
    def worn(self) -> Iterator[None]:
        """Papers drawn inside wear it."""
        token = _worn.set(self)
        try:
            yield
        finally:
            _worn.reset(token)


_plain = Dress()
_worn: ContextVar[Dress] = ContextVar("dress", default=_plain)


def current() -> Dress:
    """What the paper wears that is drawn here."""
    return _worn.get()
