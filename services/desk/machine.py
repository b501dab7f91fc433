"""This computer and the files on it, told apart without naming them."""

from __future__ import annotations

import hashlib
import hmac
import platform
import sys
from pathlib import Path

from services.desk.sealed import derived

IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine(data_key: bytes) -> str:
    """A fingerprint of this computer that nobody without the data key can compare with another one (hex)."""
    return hmac.digest(derived(data_key, "machine"), _id().encode(), hashlib.sha256).hex()


def _id() -> str:
    """What the system calls the computer, which outlives a new name of it; its name where there is no such thing."""
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for file in IDS:
        try:
            return file.read_text("utf-8").strip()
        except OSError:
            continue
    return platform.node()


def file_id(path: Path) -> str:
    """Which of the files that may lie at this path of this computer it is: one that is copied there is another one.

    What the system calls the disk or its file system says nothing: either may change with the order in which disks are
    found, or (FAT, XFS) at each mount. That a whole file system was exchanged, the records in it tell.
    """
    return f"{path.stat().st_ino:x}"
