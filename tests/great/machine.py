"""A program of its own that plays a script in an office, says which steps are done, and is killed at a moment.

python -m tests.great.machine FOLDER PASSWORD SCRIPT FIRST MOMENT — MOMENT counts what is said to the store, 0 is never.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

import services.registry  # noqa: F401 — the intents people have
from services import office
from services.desk.desk import Desk
from tests.great.office import found


def doomed(desk: Desk, moment: int) -> None:
    """From now on so much is said to the store, and not a word more."""
    left = moment

    def count(*_: object, **__: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(desk.store.writing, event, count)


def main(folder: str, password: str, script: str, first: str, moment: str) -> None:
    opened = office.sign_in(Path(folder), "admin", password)
    steps = [json.loads(line) for line in Path(script).read_text("utf-8").splitlines()]
    great = found(opened.desk)
    if int(moment):
        doomed(opened.desk, int(moment))
    for at, step in enumerate(steps[int(first) :], int(first)):
        great.play(step)
        sys.stdout.write(f"{at}\n")
        sys.stdout.flush()
    opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
