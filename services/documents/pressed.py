"""The drawing process: answers one paper after the other over its pipes, until the program that started it is gone."""

from __future__ import annotations

import inspect
import sys
import time
import traceback
from contextlib import nullcontext
from functools import partial
from importlib import import_module
from typing import Any

from services.desk.errors import UserError
from services.documents.press import LIMITS, Limits, read, write

OFTEN = 0.05  # seconds between two words about pages


def main() -> None:
    """Draws what is asked for. What people print on the way goes to the errors, not between the answers."""
    source, to = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    _confine(LIMITS)
    while True:
        try:
            module, name, given, filed, worn = read(source)
        except EOFError:
            return
        try:
            draw = getattr(import_module(module), name)
            tell = {"tell": _teller(to)} if "tell" in inspect.signature(draw).parameters else {}
            if filed:
                filed.seal = partial(_sealed, source, to)
            with worn.worn(), filed.standing() if filed else nullcontext():
                answer = ("done", draw(**given, **tell))
            if filed:
                write(to, ("filed", filed.paper))
        except MemoryError:
            return
        except Exception as error:  # it is raised where the paper was asked for
            if not isinstance(error, UserError):
                error.add_note(traceback.format_exc())
            answer = ("failed", error)
        write(to, answer)


def _sealed(source: Any, to: Any, data: bytes) -> bytes:
    """The key never comes here: who asked for the paper signs."""
    write(to, ("seal", data))
    return bytes(read(source))


def _teller(to: Any) -> Any:
    last = 0.0

    def tell(done: int, total: int) -> bool:
        nonlocal last
        if time.monotonic() - last > OFTEN:
            last = time.monotonic()
            write(to, ("page", (done, total)))
        return True

    return tell


def _confine(limits: Limits) -> None:
    """Bounds memory, and leaves no core dump with people's names in it, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


if __name__ == "__main__":
    main()
