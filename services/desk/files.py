"""Small files that must never be half written."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all, readable by its owner only: losing such a file loses the store."""
    part = path.with_name(path.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:  # noqa: PTH123 — only this way is the mode right from the start
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """What was renamed in this folder stays renamed when the power fails."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        os.fsync(opened)
        os.close(opened)
