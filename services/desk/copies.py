"""Plain copies of kept files, made to be looked at: in private folders, read-only, removed at sign-out.

Each lies alone in a folder only this person can enter. All folders of one store have one beginning, so what a killed
program left is found and removed when the store is opened again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

READ_ONLY, PRIVATE = 0o400, 0o700
FROM_OUTSIDE = "[ZoneTransfer]\r\nZoneId=3\r\n"  # Windows opens what carries it in protected view


class Copies:
    """The plain copies of one store; `store` is its place."""

    def __init__(self, store: str) -> None:
        self.beginning = f"dayuan-{hashlib.sha256(store.encode()).hexdigest()[:16]}-"

    def make(self, name: str, content: Iterable[bytes]) -> Path:
        """A copy under this name, which must be harmless. When the content ends in an exception nothing is left."""
        folder = Path(tempfile.mkdtemp(prefix=self.beginning))
        file = folder / name
        try:
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY), "wb") as out:  # noqa: PTH123 — only this way is the mode right from the start
                for piece in content:
                    out.write(piece)
            if os.name == "nt":
                Path(f"{file}:Zone.Identifier").write_text(FROM_OUTSIDE, "ascii")
        except BaseException:
            _remove(folder)
            raise
        return file

    def forget(self, file: Path) -> None:
        """Remove one of the copies; a file that is none stays."""
        folder = file.parent
        if folder.name.startswith(self.beginning) and folder.parent == Path(tempfile.gettempdir()):
            _remove(folder)

    def clear(self) -> None:
        """Remove every copy, also those of a program that was killed; one a viewer holds stays until the next time."""
        with suppress(OSError):
            for folder in Path(tempfile.gettempdir()).glob(f"{self.beginning}*"):
                found = folder.lstat()
                if stat.S_ISDIR(found.st_mode) and (os.name != "posix" or found.st_uid == os.getuid()):
                    _remove(folder)


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.chmod(PRIVATE)
        for file in folder.iterdir():
            file.chmod(0o600)
    shutil.rmtree(folder, ignore_errors=True)
