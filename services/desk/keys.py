"""Key slots: one random data key opens the store; each account holds it wrapped by its own password."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from math import ceil
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import resources
from resources.words import N_
from services.desk.errors import Conflict, NotAllowed
from services.desk.files import write_whole
from services.desk.sealed import SealedFile, Unreadable

KEPT = 1000  # accounts whose failures are remembered; the names tried may be anything
TOO_EARLY = N_("Too many wrong passwords; please try again in {seconds} seconds")
DAMAGED = N_("{file} is damaged or belongs to another store")
P = ParamSpec("P")
R = TypeVar("R")
_turn = threading.RLock()


def _alone(call: Callable[P, R]) -> Callable[P, R]:
    """One thread at a time reads the file and writes it again, or what one writes would be lost to the other."""

    @wraps(call)
    def alone(*args: P.args, **values: P.kwargs) -> R:
        with _turn:
            return call(*args, **values)

    return alone


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters. The default takes about a second; the floor is OWASP's minimum, for tests and fault runs."""

    passes: int = 3
    kib: int = 256 * 1024
    lanes: int = 4


FLOOR = Cost(2, 19 * 1024, 1)
RECOVERY = "\0recovery"  # the slot of the recovery code: no account has a control character in its name


class Slot(msgspec.Struct, frozen=True):
    """The data key, wrapped for one account. The account is named by a hash bound to this store."""

    account: str
    passes: int
    kib: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str


class Try(msgspec.Struct, frozen=True):
    """Failures of one account in a row, and the instant (seconds since 1970) before which nobody is let try again.
    `ended` are failures that a right password ended and no record tells of yet."""

    failed: int = 0
    until: float = 0.0
    ended: int = 0


class Slots(msgspec.Struct):
    """What `keys.json` holds. Whoever can write it can forget the failures: what a guess costs is the real defence.
    `cost` is what this office chose instead of the usual one."""

    store: str
    format: int = 1
    slots: list[Slot] = []
    tries: dict[str, Try] = {}
    cost: Cost | None = None


@dataclass(frozen=True)
class Standing:
    """How the doors of an office stand: accounts that have a slot, whether a recovery code has one, today's cost, how
    many slots cost less, and the failures with the recovery code."""

    slots: int
    recovery: bool
    cost: Cost
    below: int
    tried: Try


@dataclass(frozen=True)
class KeyRing:
    """The slots of an office that is open, with the data key they wrap."""

    path: Path
    data_key: bytes = field(repr=False)
    cost: Cost | None = None  # of new slots; what the office chose, else the usual one

    def put(self, account: str, password: str) -> None:
        """From now on this password opens the store for this account, and no other does."""
        add_slot(self.path, account, password, self.data_key, self._cost(_read(self.path)))

    @_alone
    def strengthen(self, account: str, password: str) -> None:
        """Wrap the account's slot anew where it costs less than today's: only now is the password at hand."""
        held = _read(self.path)
        filed, cost = _filed(held, account), self._cost(held)
        if any(slot.account == filed and _below(slot, cost) for slot in held.slots):
            _add(self.path, held, account, password, self.data_key, cost)

    def _cost(self, held: Slots) -> Cost:
        return self.cost or held.cost or Cost()

    def has(self, account: str) -> bool:
        """Whether this account has a slot."""
        held = _read(self.path)
        return any(slot.account == _filed(held, account) for slot in held.slots)

    def tries(self, accounts: Iterable[str]) -> dict[str, Try]:
        """The failures of these accounts that the file knows of."""
        held = _read(self.path)
        return {name: held.tries[filed] for name in accounts if (filed := _filed(held, name)) in held.tries}

    def strangers(self, accounts: Iterable[str]) -> int:
        """The failures under names that are none of these accounts', nor the recovery code's. The file forgets the
        oldest once there are many."""
        held = _read(self.path)
        known = {_filed(held, name) for name in (*accounts, RECOVERY)}
        return sum(max(0, tried.failed) for filed, tried in held.tries.items() if filed not in known)

    @_alone
    def recorded(self, account: str, count: int) -> None:
        """So many of its ended failures stand in the journal now."""
        held = _read(self.path)
        filed = _filed(held, account)
        if found := held.tries.get(filed):
            held.tries[filed] = msgspec.structs.replace(found, ended=max(0, found.ended - count))
            held.tries = {name: tried for name, tried in held.tries.items() if tried != Try()}
            write_whole(self.path, msgspec.json.encode(held))

    def standing(self) -> Standing:
        """How the doors stand."""
        held = _read(self.path)
        cost, code = self._cost(held), _filed(held, RECOVERY)
        own = [slot for slot in held.slots if slot.account != code]
        below = sum(_below(slot, cost) for slot in own)
        return Standing(len(own), len(own) < len(held.slots), cost, below, held.tries.get(code, Try()))

    @_alone
    def remove(self, account: str) -> None:
        """No password opens the store for this account any more."""
        held = _read(self.path)
        filed = _filed(held, account)
        held.slots = [slot for slot in held.slots if slot.account != filed]
        held.tries.pop(filed, None)
        write_whole(self.path, msgspec.json.encode(held))

    def check(self, account: str, password: str) -> None:
        """NotAllowed: this is not the account's password, or it was tried too often."""
        try:
            unlock(self.path, account, password)
        except NotAllowed as refused:
            raise refused if refused.message == TOO_EARLY else NotAllowed(N_("The password is wrong")) from None


def new_data_key() -> bytes:
    """32 random bytes; they exist in the clear in memory only."""
    return secrets.token_bytes(32)


@_alone
def add_slot(path: Path, account: str, password: str, data_key: bytes, cost: Cost = Cost()) -> None:
    """Wrap the data key for this account; its former slot, if any, is gone."""
    new = Slots(store=secrets.token_hex(16), cost=None if cost == Cost() else cost)
    held = _read(path) if path.exists() else new
    held.tries.pop(_filed(held, account), None)
    _add(path, held, account, password, data_key, cost)


def _add(path: Path, held: Slots, account: str, password: str, data_key: bytes, cost: Cost) -> None:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    bare = Slot(_filed(held, account), cost.passes, cost.kib, cost.lanes, _text(salt), _text(nonce), "")
    wrapped = AESGCM(_derive(password, bare)).encrypt(nonce, data_key, _about(held, bare))
    others = [s for s in held.slots if s.account != bare.account]
    held.slots = [*others, msgspec.structs.replace(bare, wrapped=_text(wrapped))]
    write_whole(path, msgspec.json.encode(held))


@_alone
def unlock(path: Path, account: str, password: str, now: Callable[[], float] = time.time) -> bytes:
    """The data key. Unknown account and wrong password take the same time and say the same; after a few failures in a
    row each doubles the time until the next try. NotAllowed: wrong, or too early."""
    held = _read(path)
    filed = _filed(held, account)
    before = held.tries.get(filed, Try())
    _count(path, held, filed, now())
    data_key = _opened(path, held, filed, password)
    del held.tries[filed]
    if ended := before.failed + before.ended:
        held.tries[filed] = Try(ended=ended)
    write_whole(path, msgspec.json.encode(held))
    return data_key


def _count(path: Path, held: Slots, filed: str, now: float) -> None:
    """Counts a failure before it is one, so that killing the program helps nobody."""
    rule = resources.settings("sign_in")
    longest, before = rule["longest_delay_seconds"], held.tries.get(filed, Try())
    left = min(before.until - now, longest)  # a clock that was ahead locks nobody out for longer
    if left > 0:
        raise NotAllowed(TOO_EARLY, seconds=ceil(left))
    beyond = before.failed - rule["free_failures"]
    delay = min(2.0 ** min(beyond, 30), longest) if beyond >= 0 else 0.0
    newest = list(held.tries.items())[-KEPT:]
    held.tries = {**dict(newest), filed: Try(before.failed + 1, now + delay, before.ended)}
    write_whole(path, msgspec.json.encode(held))


def _opened(path: Path, held: Slots, filed: str, password: str) -> bytes:
    slot = next((s for s in held.slots if s.account == filed), None)
    other = held.slots[int(filed, 16) % len(held.slots)]  # always the same one: the costs of slots may differ
    tried = slot or msgspec.structs.replace(other, account=filed)
    try:
        return AESGCM(_derive(password, tried)).decrypt(_bytes(tried.nonce), _bytes(tried.wrapped), _about(held, tried))
    except InvalidTag:
        raise NotAllowed(N_("Account or password is wrong")) from None
    except (ValueError, OverflowError, HashingError):
        raise Conflict(DAMAGED, file=path.name) from None


def keep_writer_key(path: Path, data_key: bytes, key: Ed25519PrivateKey) -> None:
    """The writer's private key beside the store, encrypted with the data key."""
    SealedFile(path, data_key, "writer").write(key.private_bytes_raw())


def writer_key(path: Path, data_key: bytes) -> Ed25519PrivateKey:
    """The writer's private key, made when there is none."""
    try:
        raw = SealedFile(path, data_key, "writer").read()
        if raw is not None:
            return Ed25519PrivateKey.from_private_bytes(raw)
    except (Unreadable, ValueError):
        raise Conflict(DAMAGED, file=path.name) from None
    key = Ed25519PrivateKey.generate()
    keep_writer_key(path, data_key, key)
    return key


def _below(slot: Slot, cost: Cost) -> bool:
    return slot.passes < cost.passes or slot.kib < cost.kib


def _filed(held: Slots, account: str) -> str:
    """The file does not say who may sign in."""
    return hashlib.sha256(f"{held.store}\0{account}".encode()).hexdigest()[:32]


def _derive(password: str, slot: Slot) -> bytes:
    return hash_secret_raw(password.encode(), _bytes(slot.salt), slot.passes, slot.kib, slot.lanes, 32, Type.ID)


def _about(held: Slots, slot: Slot) -> bytes:
    """What the wrapping is bound to: this store, this account, these costs."""
    return msgspec.json.encode([held.store, held.format, slot.account, slot.passes, slot.kib, slot.lanes, slot.salt])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _read(path: Path) -> Slots:
    try:
        held = msgspec.json.decode(path.read_bytes(), type=Slots)
    except (ValueError, OSError):
        raise Conflict(DAMAGED, file=path.name) from None
    if not held.slots or held.format != 1:
        raise Conflict(DAMAGED, file=path.name)
    return held
