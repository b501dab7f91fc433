"""The zone tests run in: that of the people who use this, as long as no midnight lies ahead of the run."""

from __future__ import annotations

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

OURS, OTHER = "Asia/Shanghai", "UTC"
LATE = 20  # o'clock


def use() -> None:
    """From now on, here and in the processes started from here: a test that begins on one day and ends on the next
    says nothing about the program. Late in the day there it is run where it is noon."""
    if os.environ.get("TZ") not in (OURS, OTHER):  # what a worker gets from its run stays
        os.environ["TZ"] = OTHER if datetime.now(ZoneInfo(OURS)).hour >= LATE else OURS
        time.tzset()
