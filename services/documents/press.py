"""Papers are drawn by a process of their own: the window stays quick, and no paper can take the program down with it.

`@press` on a function that draws a paper is all there is to it. Its arguments and its answer travel as pickles between
two processes of one program, over pipes nobody else holds.
"""

from __future__ import annotations

import atexit
import inspect
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

from resources.words import N_
from services.desk.errors import Cancelled, Invalid
from services.documents import dress, filing
from services.documents.filing import Filing

P = ParamSpec("P")
T = TypeVar("T")
TOO_LONG = N_("The paper could not be drawn in {limit} minutes: choose less for it")
DIED = N_("The paper could not be drawn: it needs more than this computer has. Choose less for it")
STOPPED = N_("Cancelled")
CHILD = "DAYUAN_PRESS"  # set where papers are drawn: what is drawn inside another paper is drawn on the spot
TICK = 0.1
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """Bounds on one paper."""

    seconds: int = 600
    """100,000 rows take about 5 s on a machine that does nothing else."""
    memory: int = 2048 << 20
    """Bytes of address space, where the system can limit it; 100,000 rows need 300 MiB."""


LIMITS = Limits()


def press(draw: Callable[P, T]) -> Callable[P, T]:
    """Has the paper drawn by the other process. What the function calls `tell` stays here and is asked ten times a
    second: when it says no, the process ends and Cancelled is raised. Invalid: it took too long or died."""
    known = inspect.signature(draw)

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        if CHILD in os.environ:
            return draw(*args, **kwargs)
        given = known.bind(*args, **kwargs).arguments
        tell = given.pop("tell", lambda done, total: True)
        given = {name: list(each) if isinstance(each, Iterator) else each for name, each in given.items()}
        filed = filing.current()
        job = (draw.__module__, draw.__qualname__, given, filed and filed.bare(), dress.current())
        answer: T = _PRESS.answer(job, tell, filed)
        return answer

    return drawn


def write(to: IO[bytes], said: Any) -> None:
    """One message: its length, then itself."""
    data = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    to.write(len(data).to_bytes(8, "big"))
    to.write(data)
    to.flush()


def read(source: IO[bytes]) -> Any:
    """The next message. EOFError: the other side is gone."""
    head = source.read(8)
    data = source.read(int.from_bytes(head, "big"))
    if len(head) < 8 or len(data) < int.from_bytes(head, "big"):
        raise EOFError
    return pickle.loads(data)


class Press:
    """The one process, started with the first paper; it ends with the program. Papers are drawn one after the other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._idle = True  # nothing is being drawn that would have to be stopped
        atexit.register(self.close)

    def answer(self, job: Any, tell: Callable[[int, int], bool], filed: Filing | None = None) -> Any:
        """What the function named in `job` answers, or raises; of what is being filed, its code is sealed here."""
        while not self._turn.acquire(timeout=TICK):
            if not tell(0, 0):
                raise Cancelled(STOPPED)
        try:
            return self._drawn(job, tell, filed)
        finally:
            if not self._idle:
                self.close()
            self._turn.release()

    def _drawn(self, job: Any, tell: Callable[[int, int], bool], filed: Filing | None) -> Any:
        process, end, told = self._running(), time.monotonic() + LIMITS.seconds, (0, 0)
        assert process.stdin
        self._idle = False
        try:
            write(process.stdin, job)
        except OSError:
            raise Invalid(DIED) from None
        while True:
            try:
                what, value = self._said.get(timeout=TICK)
            except queue.Empty:
                what, value = "page", told
            if what == "page":
                told = value
                if not tell(*told):
                    raise Cancelled(STOPPED)
                if time.monotonic() > end:
                    raise Invalid(TOO_LONG, limit=LIMITS.seconds // 60)
                continue
            if what == "seal":
                with suppress(OSError):  # it died meanwhile, which is told next
                    write(process.stdin, filed.seal(value) if filed and filed.seal else b"")
                continue
            if what == "filed" and filed:
                filed.paper = value
                continue
            self._idle = what != "died"
            if what == "done":
                return value
            if what == "died":
                raise Invalid(DIED)
            raise value

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        env = {name: value for name, value in os.environ.items() if not name.startswith("DAYUAN_")}
        self._process = process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "services.documents.pressed"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, env=env | {CHILD: "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        self._said = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process, self._said), name="press", daemon=True).start()
        return process

    def close(self) -> None:
        """The process ends."""
        if self._process:
            process, self._process, self._idle = self._process, None, True
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()


def _listen(process: subprocess.Popen[bytes], said: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            assert process.stdout
            said.put(read(process.stdout))
    except (EOFError, OSError, ValueError):
        said.put(("died", None))


_PRESS = Press()
