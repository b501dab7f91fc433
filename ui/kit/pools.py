"""Pools of threads for Python's work that end well, also when their owner is destroyed from Qt's side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QThreadPool
from shiboken6 import isValid


def pool(owner: QObject, threads: int) -> QThreadPool:
    """A pool of the owner's.

    Not its child: Qt would destroy it with the interpreter held, and wait for work that waits for the interpreter.
    """
    made = QThreadPool()
    made.setMaxThreadCount(threads)
    made.setExpiryTimeout(-1)  # a thread keeps its connection to the store
    owner.destroyed.connect(partial(_end, made))
    return made


def _end(ended: QThreadPool, _owner: object = None) -> None:
    if isValid(ended):  # when the program ends, Python may have let go of the pool before Qt lets go of its owner
        ended.clear()
        ended.waitForDone()
