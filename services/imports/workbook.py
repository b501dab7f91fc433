"""Reads a workbook in a process of its own, so that no file can take the application down with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import msgspec

from resources.words import N_
from services.desk.errors import Cancelled, Invalid, Missing
from services.imports.cells import Answer, Sheet, decode
from services.imports.limits import LIMITS, Limits

Tell: TypeAlias = Callable[[int, int], bool]

TOO_SLOW = N_("{file} is not a workbook that can be read: it took longer than {limit} seconds")
DIED = N_("{file} is not a workbook that can be read: it is damaged, or made to need more than it may")
STOPPED = N_("the reading of {file} was stopped")
_ROOT = Path(__file__).resolve().parents[2]
_TICK = 0.1


def read_workbook(path: Path, tell: Tell | None = None, limits: Limits = LIMITS, *, short: bool = False) -> list[Sheet]:
    """The sheets of an xlsx, xls, ods or csv file; with `short` the first rows of them.

    `tell(0, 0)` is called about ten times a second meanwhile; when it returns False the reading stops (Cancelled).
    Missing: there is no such file. Invalid: it is no workbook, or one beyond the limits; in one sentence.
    """
    if not os.path.isfile(path):  # noqa: PTH113 — Path.is_file() fails where a folder may not be looked into
        raise Missing(N_("there is no file {file}"), file=path.name)
    with _reader(path, *(["head"] if short else [])) as process:
        answer = _answer(process, path.name, tell, limits)
    if answer.refusal:
        raise Invalid(answer.refusal, file=path.name, **answer.values)
    return answer.sheets


@contextmanager
def _reader(path: Path, *how: str) -> Iterator[subprocess.Popen[bytes]]:
    """The reading process; whatever happens, it is gone afterwards. It is told no password of ours."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "services.imports.child", str(path.resolve()), *how],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("DAYUAN_")},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _answer(process: subprocess.Popen[bytes], file: str, tell: Tell | None, limits: Limits) -> Answer:
    said = _wait(process, file, tell, limits)
    try:
        if process.returncode == 0:
            return decode(said)
    except (msgspec.MsgspecError, ValueError):
        pass
    raise Invalid(DIED, file=file)


def _wait(process: subprocess.Popen[bytes], file: str, tell: Tell | None, limits: Limits) -> bytes:
    end = time.monotonic() + limits.wall_seconds
    while True:
        if tell and not tell(0, 0):
            raise Cancelled(STOPPED, file=file)
        if time.monotonic() > end:
            raise Invalid(TOO_SLOW, file=file, limit=limits.wall_seconds)
        try:
            return process.communicate(timeout=_TICK)[0]
        except subprocess.TimeoutExpired:
            continue
