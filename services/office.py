"""One office's data folder: set up, opened by a password, held by one program at a time.

The folder holds `dayuan.db` (encrypted), `keys.json` (the data key, wrapped once for each account), `writer.key`
(this installation's signing key, encrypted), `numbers.json` (highest numbers given out) and `dayuan.lock`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import sqlalchemy as sa

import resources
from models.account import Account
from models.site import Site
from resources.words import N_, Word
from services import checks
from services.desk import keys
from services.desk.desk import Desk, Work
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.intent import Grant, intent
from services.desk.session import DeskSession
from services.desk.store import Store, open_file

DB, KEYS, WRITER, LOCK = "dayuan.db", "keys.json", "writer.key", "dayuan.lock"
SHORTEST_PASSWORD = 10
ADMINISTRATOR = "compound_administrator"
EVERYTHING = (Grant(("*",)),)


@dataclass
class Office:
    """An opened office. Close it, or nobody else can open it."""

    folder: Path
    desk: Desk
    lock: filelock.BaseFileLock

    def close(self) -> None:
        """Let go of the store and of the folder."""
        self.desk.store.close()
        self.lock.release()


def exists(folder: Path) -> bool:
    """Whether an office was set up here."""
    return (folder / KEYS).exists()


@intent(N_("Set up office"), on=Site, name="office.set_up")
def found_office(work: Work, *, code: str, name: str, account: str) -> None:
    """The office's own row and its first account: a compound administrator."""
    work.add(Site(code=code, name=name))
    work.add(Account(name=account, role=ADMINISTRATOR))


def set_up(
    folder: Path, *, name: str, code: str, account: str, password: str, cost: keys.Cost = keys.Cost(),
    clock: Callable[[], datetime] | None = None,
) -> Office:  # fmt: skip
    """A new office in a folder without one: all of its files appear, or none.

    `code` is the site code of 2-6 letters or digits that its numbers carry. There is no default password.
    """
    name, account = _office_name(name, code, account, password)
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder)
    try:
        if exists(folder) or (folder / DB).exists():
            raise Conflict(N_("There is an office in {folder} already"), folder=folder)
        part = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            _make(part, name, code, account, password, cost, clock)
            for file in (DB, WRITER, KEYS):  # the key slots last: with them the office is there
                (part / file).replace(folder / file)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return _opened(folder, lock, account, password, clock)
    except BaseException:
        lock.release()
        raise


def sign_in(folder: Path, account: str, password: str) -> Office:
    """Opens the office for this account; unwrapping its key slot is the password check."""
    if not exists(folder):
        raise Missing(N_("There is no office in {folder}; set one up first"), folder=folder)
    lock = _locked(folder)
    try:
        return _opened(folder, lock, checks.code(account), password, None)
    except BaseException:
        lock.release()
        raise


def _make(
    part: Path, name: str, code: str, account: str, password: str, cost: keys.Cost,
    clock: Callable[[], datetime] | None,
) -> None:  # fmt: skip
    data_key = keys.new_data_key()
    store = open_file(part / DB, data_key, new=True)
    try:
        store.create()
        desk = Desk(store, store.enroll(keys.writer_key(part / WRITER, data_key)), account, EVERYTHING)
        desk = replace(desk, clock=clock) if clock else desk
        desk.do(found_office, code=code, name=name, account=account)
    finally:
        store.close()
    keys.add_slot(part / KEYS, account, password, data_key, cost)


def _opened(
    folder: Path, lock: filelock.BaseFileLock, account: str, password: str, clock: Callable[[], datetime] | None
) -> Office:
    data_key = keys.unlock(folder / KEYS, account, password)
    store = open_file(folder / DB, data_key)
    try:
        store.ship()
        pen = store.enroll(keys.writer_key(folder / WRITER, data_key))
        desk = Desk(store, pen, account, _grants(store, account))
    except BaseException:
        store.close()
        raise
    return Office(folder, replace(desk, clock=clock) if clock else desk, lock)


def _grants(store: Store, account: str) -> tuple[Grant, ...]:
    with DeskSession(store.reading, None) as session:
        role = session.scalar(sa.select(Account.role).where(Account.name == account))
    roles: dict[str, Any] = json.loads(resources.path("reference", "roles.json").read_text("utf-8"))
    if role not in roles:
        raise NotAllowed(N_("Account or password is wrong"))
    return (Grant(tuple(roles[role])),)


def _locked(folder: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(folder / LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Conflict(N_("This office is open in another window; close it there first")) from None
    return lock


def _office_name(name: str, code: str, account: str, password: str) -> tuple[str, str]:
    name, account = name.strip(), checks.code(account)
    if not name or len(name) > 120:
        raise Invalid(N_("The office needs a name of at most 120 characters"), field=Word("site.name"))
    if not (2 <= len(code) <= 6 and code.isascii() and code.isalnum() and code == code.upper()):
        raise Invalid(N_("The site code has 2 to 6 capital letters or digits"), field=Word("site.code"))
    if not account or len(account) > 40:
        raise Invalid(N_("The account needs a name of at most 40 characters"), field=Word("account.name"))
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            N_("The password needs at least {n} characters"), field=Word("account.password"), n=SHORTEST_PASSWORD
        )
    return name, account
