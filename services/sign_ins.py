"""What signing in leaves behind: when somebody came, and the wrong passwords tried before, as ordinary changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

import resources
from models.account import Account
from models.site import Site
from resources.words import N_, tr
from services.desk.desk import ON_A_SERVER, Desk
from services.desk.errors import Conflict, Missing
from services.desk.intent import intent
from services.desk.keys import RECOVERY, Try
from services.desk.work import NO_RECORD, Work

TRIED = N_(
    "Wrong passwords tried for your account since {since}: {n}. If that was not you, tell the security administrator."
)
TRIED_FIRST = N_(
    "Wrong passwords tried before you signed in first: {n}. If that was not you, tell the security administrator."
)
MOST = 2**31 - 1  # whoever writes the key file by hand may write any number into it


@dataclass(frozen=True)
class Before:
    """What an account should be told: wrong passwords tried since it signed in last, and when that was."""

    failed: int = 0
    since: datetime | None = None


def in_words(before: Before, lang: str) -> str:
    """What the owner of the account is told; nothing where nothing was tried."""
    if not before.failed:
        return ""
    since = before.since.astimezone().strftime("%Y-%m-%d %H:%M") if before.since else ""
    return tr(lang, TRIED if since else TRIED_FIRST, n=before.failed, since=since)


@intent(
    N_("Sign in"), on=Account, name="accounts.signed_in", own=True,
    kept=N_("That somebody signed in, or tried to, stays on record"),
)  # fmt: skip
def signed_in(work: Work) -> Before:
    """Somebody came in. The key file names nobody: only now, with the store open, can the failures it counted be
    written down, one's own and those of all others."""
    rows = {row.name: row for row in work.session.scalars(sa.select(Account))}
    own, ring = rows.get(work.actor), work.store.ring
    if own is None:
        raise Missing(NO_RECORD)
    tried = ring.tries([*rows, RECOVERY]) if ring else {}
    name, since = own.name, own.signed_in_at
    ended = _all(tried.pop(name, Try()))
    own.signed_in_at, own.failed_before, own.failed_tries, own.delayed_until = work.now, ended, 0, None
    _others(work, rows, tried)
    _strangers(work, ring.strangers(rows) if ring else 0)
    if ring and ended:
        work.once_stored(lambda: ring.recorded(name, ended))
    return Before(ended, since)


def _others(work: Work, rows: Mapping[str, Account], tried: Mapping[str, Try]) -> None:
    for name, found in tried.items():
        if name == RECOVERY:
            note_codes(work, found)
        elif count := _all(found):
            row = rows[name]
            row.failed_tries, row.delayed_until = count, _until(found, work.now)


def _strangers(work: Work, count: int) -> None:
    """Writes down how often names were tried that no account has; what the key file forgot meanwhile stays counted."""
    site = work.session.scalars(sa.select(Site)).first()
    if site and count > site.unknown_tries:
        site.unknown_tries = min(count, MOST)


def note_codes(work: Work, found: Try) -> None:
    """Writes down how often a wrong recovery code was tried."""
    site = work.session.scalars(sa.select(Site)).first()
    if site and (count := _all(found)):
        site.recovery_failed = count


def _all(found: Try) -> int:
    return max(0, min(found.failed + found.ended, MOST))


def _until(found: Try, now: datetime) -> datetime | None:
    """When the next password may be tried; never later than the longest delay from now."""
    left = min(found.until - now.timestamp(), resources.settings("sign_in")["longest_delay_seconds"])
    return (now + timedelta(seconds=round(left))).astimezone(UTC) if left > 0 else None


def unlock(desk: Desk, password: str) -> None:
    """Is this the password of who is signed in? NotAllowed: no, or it was tried too often. It waits as a sign-in does,
    and writes no record: something long may be running."""
    if desk.store.ring is None:
        raise Conflict(ON_A_SERVER)
    desk.store.ring.check(desk.account, password)
