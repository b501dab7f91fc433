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
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]
Progress = Callable[[int, int], None]
Finish = Callable[["Task", Any, Exception | None], None]
READERS = 3
TURN = 0.0005  # seconds a busy reader may keep the window waiting; Python grants ten times that
EVERY = 0.05  # seconds between two reports of progress: twenty a second are all an eye needs
log = logging.getLogger(__name__)


class Task(QRunnable):
    """One piece of work. `Background` keeps it until its answer is delivered, or Qt would lose answers."""

    def __init__(self, work: Callable[[Task], object], landed: Callable[[Task], object]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.answer: object = None
        self.error: Exception | None = None
        self.cancelled = False
        self._work, self._landed = work, landed

    def run(self) -> None:
        """Called by the pool in one of its threads; whatever happens, it lands once.

        The thread holds nothing but the task: were it the last to hold a page that asked, widgets would end here.
        """
        try:
            if self.cancelled:
                raise Cancelled(STOPPED)
            self.answer = self._work(self)
        except Exception as refused:
            self.error = refused
        self._landed(self)

    def cancel(self) -> None:
        """Ask it to stop: a write takes itself back at its next report, the answer of a read is dropped."""
        self.cancelled = True

    def end(self) -> tuple[Any, Exception | None]:
        """Its answer and error. The pool never lets go of a task of Python's, so the task lets go of what it holds;
        only the window's thread may ask."""
        found = self.answer, self.error
        self.answer = self.error = None
        self._work = self._landed = _done_with
        return found


def _done_with(_task: Task) -> None:
    """What a task that has ended holds instead of its work."""


class _Post(QObject):
    """Brings answers from the workers to the window. It outlives a window that Qt destroys while they work."""

    landed = Signal(object)  # a task that is done
    told = Signal(object, int, int)  # a task, how much of it is done, of how much


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
        self._tasks: dict[Task, tuple[Finish, Progress | None]] = {}
        self._turns: Counter[str] = Counter()
        self._post = _Post()
        _POSTS.append(self._post)
        self._post.landed.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._post.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(partial(_forget, self._tasks))

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        tag: str = "",
        progress: Progress | None = None,
    ) -> Task:
        """Read. A later question with the same tag makes this one stale: its answer is never delivered. `progress` gets
        (done, total) of a long one, which stops when it is cancelled."""
        self.drop(tag)
        turn = self._turns[tag]

        def stale(task: Task) -> bool:
            return task.cancelled or (bool(tag) and turn != self._turns[tag])

        def read(task: Task) -> T | None:
            desk = self.desk.having(tell=self._teller(task)) if progress else self.desk
            return None if stale(task) else work(desk)

        def finish(task: Task, answer: Any, error: Exception | None) -> None:
            if not stale(task):
                self._answer(then, failed, answer, error)

        return self._start(self._readers, read, finish, progress)

    def do(
        self,
        intent: Callable[..., Any] | str,
        values: Mapping[str, Any],
        then: Callable[[Done[Any]], None] | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Task:
        """Write, one at a time. `progress` gets (done, total); cancelling the task ends it with `Cancelled`."""

        def write(task: Task) -> Done[Any]:
            return self.desk.having(tell=self._teller(task)).do(intent, **values)

        def finish(task: Task, done: Any, error: Exception | None) -> None:
            if error is None:
                self.did.emit(intent if isinstance(intent, str) else act(intent, INTENTS).name, done, values)
            self._answer(then, failed, done, error)
            if error is None:
                self.changed.emit(done.touched)

        return self._start(self._writer, write, finish, progress)

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
        self._post.landed.disconnect(self._land)
        self._post.told.disconnect(self._tell)
        _POSTS.remove(self._post)
        _forget(self._tasks)

    def _start(
        self, by: QThreadPool, work: Callable[[Task], object], finish: Finish, progress: Progress | None
    ) -> Task:
        task = Task(work, self._post.landed.emit)
        self._tasks[task] = finish, progress
        by.start(task)
        return task

    def _land(self, task: Task) -> None:
        if task in self._tasks:  # Qt may still bring what was on its way when the office was closed
            finish, _ = self._tasks.pop(task)
            finish(task, *task.end())

    def _tell(self, task: Task, done: int, total: int) -> None:
        _, progress = self._tasks.get(task, (None, None))
        if progress is not None and _alive(progress):
            progress(done, total)

    def _teller(self, task: Task) -> Callable[[int, int], bool]:
        last, told = 0.0, self._post.told.emit

        def tell(done: int, total: int) -> bool:
            nonlocal last
            now = time.monotonic()
            if done == total or now - last >= EVERY:
                last = now
                told(task, done, total)
            return not task.cancelled

        return tell

    def _answer(
        self,
        then: Then | None,
        failed: Failed | None,
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


def _alive(call: Callable[..., Any]) -> bool:
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _forget(tasks: dict[Task, Any], _owner: object = None) -> None:
    """What will not be delivered any more is let go of, here in the window's thread."""
    while tasks:
        tasks.popitem()[0].end()
