"""Work off the window: reads on a few threads, writes on one, every answer delivered in the window's thread."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from services.desk.errors import STOPPED, Cancelled, UserError
from services.desk.intent import INTENTS, act
from ui.kit.pools import pool

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done

T = TypeVar("T")
Deliver = Callable[["Task", Any, Exception | None], None]
READERS = 3
TURN = 0.0005  # seconds a busy reader may keep the window waiting; Python grants ten times that
EVERY = 0.05  # seconds between two reports of progress: twenty a second are all an eye needs
log = logging.getLogger(__name__)


class Task(QRunnable):
    """One piece of work. `Background` keeps it until its answer is delivered, or Qt would lose answers."""

    def __init__(self, work: Callable[[Task], object], deliver: Deliver) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.work, self.deliver, self.cancelled = work, deliver, False

    def run(self) -> None:
        """Called by the pool in one of its threads; whatever happens, one answer goes back.

        The pool never lets go of a task of Python's, so the task lets go of what it holds.
        """
        work, deliver = self.work, self.deliver
        self.work = self.deliver = _done_with
        answer: object = None
        error: Exception | None = None
        try:
            if self.cancelled:
                raise Cancelled(STOPPED)
            answer = work(self)
        except Exception as refused:
            error = refused
        deliver(self, answer, error)

    def cancel(self) -> None:
        """Ask it to stop: a write takes itself back at its next report, the answer of a read is dropped."""
        self.cancelled = True


def _done_with(*_: object) -> None:
    """What a task that ran holds instead of its work."""


class _Post(QObject):
    """Brings answers from the workers to the window. It outlives a window that Qt destroys while they work."""

    landed = Signal(object)


_POSTS: list[_Post] = []  # nobody else may hold the last one, or it would be destroyed in a worker's thread


class Background(QObject):
    """Reads and writes of one desk. The window never calls the desk itself.

    Callbacks are given before the work starts and run in the window's thread; one that belongs to a widget which is
    gone by then is not called.
    """

    changed = Signal(object)  # frozenset of the kinds of record a write has touched
    did = Signal(str, object, object)  # an intent that was stored: its name, Done, its values; told before its answer
    failed = Signal(object)  # an exception that nobody else takes

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        sys.setswitchinterval(TURN)
        self._readers, self._writer = pool(self, READERS), pool(self, 1)
        self._tasks: set[Task] = set()
        self._turns: Counter[str] = Counter()
        self._post = _Post()
        _POSTS.append(self._post)
        self._post.landed.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        tag: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Read. A later question with the same tag makes this one stale: its answer is never delivered. `progress` gets
        (done, total) of a long one, which stops when it is cancelled."""
        self.drop(tag)
        turn = self._turns[tag]

        def stale(task: Task) -> bool:
            return task.cancelled or (bool(tag) and turn != self._turns[tag])

        def read(task: Task) -> T | None:
            desk = self.desk.having(tell=_teller(task, self._post.landed.emit, progress)) if progress else self.desk
            return None if stale(task) else work(desk)

        def finish(task: Task, answer: Any, error: Exception | None) -> None:
            self._tasks.discard(task)
            if not stale(task):
                self._answer(then, failed, answer, error)

        return self._start(self._readers, read, finish)

    def do(
        self,
        intent: Callable[..., Any] | str,
        values: Mapping[str, Any],
        then: Callable[[Done[Any]], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Write, one at a time. `progress` gets (done, total); cancelling the task ends it with `Cancelled`."""

        def write(task: Task) -> Done[Any]:
            return self.desk.having(tell=_teller(task, self._post.landed.emit, progress)).do(intent, **values)

        def finish(task: Task, done: Any, error: Exception | None) -> None:
            self._tasks.discard(task)
            if error is None:
                self.did.emit(intent if isinstance(intent, str) else act(intent, INTENTS).name, done, values)
            self._answer(then, failed, done, error)
            if error is None:
                self.changed.emit(done.touched)

        return self._start(self._writer, write, finish)

    def drop(self, tag: str) -> None:
        """Make every unanswered question with this tag stale."""
        if tag:
            self._turns[tag] += 1

    @property
    def busy(self) -> bool:
        """Whether work is running or waiting."""
        return bool(self._tasks)

    def close(self) -> None:
        """Cancel what can be cancelled and wait for the rest. Nothing is delivered afterwards."""
        for task in self._tasks:
            task.cancel()
        self._readers.waitForDone()
        self._writer.waitForDone()
        self._post.landed.disconnect(self._run_here)
        _POSTS.remove(self._post)
        self._tasks.clear()

    def _start(
        self,
        by: QThreadPool,
        work: Callable[[Task], object],
        finish: Deliver,
    ) -> Task:
        post = self._post

        def land(task: Task, answer: object, error: Exception | None) -> None:
            post.landed.emit(partial(finish, task, answer, error))

        task = Task(work, land)
        self._tasks.add(task)
        by.start(task)
        return task

    def _answer(
        self,
        then: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        answer: object,
        error: Exception | None,
    ) -> None:
        if error is None:
            if then is not None and _alive(then):
                then(answer)
            return
        if not isinstance(error, UserError):
            log.error("unexpected", exc_info=error)
        if failed is None:
            self.failed.emit(error)
        elif _alive(failed):
            failed(error)

    def _run_here(self, call: Callable[[], None]) -> None:
        call()


def _alive(call: Callable[..., Any]) -> bool:
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _teller(
    task: Task, send: Callable[[Callable[[], None]], object], progress: Callable[[int, int], None] | None
) -> Callable[[int, int], bool]:
    last = 0.0

    def tell(done: int, total: int) -> bool:
        nonlocal last
        now = time.monotonic()
        if progress is not None and (done == total or now - last >= EVERY):
            last = now
            send(partial(_report, progress, done, total))
        return not task.cancelled

    return tell


def _report(progress: Callable[[int, int], None], done: int, total: int) -> None:
    if _alive(progress):
        progress(done, total)
