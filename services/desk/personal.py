"""Personal values: sealed under a key of one person, shown as masks, found by a keyed hash, erased with the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import normalize
from uuid import UUID

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import resources
from models.base import Base, Cipher, Entity, personal, table
from models.beside import PersonHash, PersonKey, PersonSecret
from models.journal import Record, Touch
from resources.words import LANGUAGES, N_, Word, tr
from services.desk.errors import Invalid
from services.desk.pen import own_role
from services.desk.referring import IDS

AT_ONCE = 500
BLOCK = 32  # bytes that values are filled up to: what is left after erasure does not tell how long a value was
HIDDEN = "****"
ERASED, CHANGED, UNREADABLE = N_("erased"), N_("changed"), N_("unreadable")
STATES = (ERASED, UNREADABLE)  # what is shown where there is nothing to mask
CUT = N_("“{field}” shows only a part of what is kept: leave it as it is, or type the whole value")
ERASES = "erase_personal"  # the act, of any kind of record, whose record says why a key is gone
LEAST = 4 + 12 + 16  # bytes: mark, nonce, tag
keys, hashes = table(PersonKey), table(PersonHash)
rec, touch = table(Record), table(Touch)


def create(connection: sa.Connection) -> None:
    """The secret of a new store."""
    connection.execute(sa.insert(PersonSecret), {"n": 1, "key": secrets.token_bytes(32)})


def mask(field: str, text: str) -> str:
    """A value as it is shown: `mask("staff.phone", "13800005678")` is `138****5678`. At least four characters of it
    stay hidden, whatever its length; the rules are in `resources/reference/personal.json`."""
    rules = resources.settings("personal")
    rule, least = rules["fields"][field], rules["hidden_least"]
    most = max(0, len(text) - least)
    last = min(rule["last"], most)
    first = min(rule["first"], most - last)
    hidden = "*" * max(len(text) - first - last, least) if rule["last"] else "…"
    return text[:first] + hidden + text[len(text) - last :]


def cut(text: str) -> bool:
    """Whether a text is a mask, or looks like a piece of one."""
    return "*" in text or text.endswith("…")


def _looked_up(field: str, text: str) -> str:
    """A value as it is compared in a look-up; empty: this field has none, or it is too short for one."""
    rules = resources.settings("personal")
    how, folded = rules["fields"][field]["look_up"], normalize("NFKC", text).upper()
    if how == "digits":
        found = "".join(c for c in folded if c.isdigit())
        found = found.lstrip("0").removeprefix(rules["country_code"]) if len(found) > 12 else found
    else:
        found = "".join(c for c in folded if c.isalnum()) if how else ""
    return found if len(found) >= rules["look_up_least"] else ""


def _hash(secret: bytes, field: str, text: str) -> bytes:
    return hmac.digest(secret, f"{field}\0{text}".encode(), "sha256")


def _secret(connection: sa.Connection) -> bytes:
    return bytes(connection.execute(sa.select(PersonSecret.key)).scalar_one())


def holders(connection: sa.Connection, kind: type[Base], text: str) -> list[UUID]:
    """The records that have this whole number, wherever they are and whoever asks: the caller looks at both."""
    fields = personal(kind) if issubclass(kind, Entity) else ()
    said = {name: found for name in fields if (found := _looked_up(f"{kind.__tablename__}.{name}", text))}
    if not said:
        return []
    secret = _secret(connection)
    each = [
        sa.and_(hashes.c.field == name, hashes.c.hash == _hash(secret, f"{kind.__tablename__}.{name}", found))
        for name, found in said.items()
    ]
    return list(connection.scalars(sa.select(hashes.c.row).where(sa.or_(*each)).distinct()))


class PersonKeys:
    """The keys of people within one connection. Nothing here looks at rights or scope: the callers do."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._keys = dict[UUID, bytes | None]()
        self.withheld = set[UUID]()  # there is a key, and a server gives it to those alone who may reveal the value
        self._hmac = b""

    def read(self, ids: Iterable[UUID]) -> None:
        """Look up the keys of these records at once."""
        wanted = [id for id in dict.fromkeys(ids) if id not in self._keys]
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            self._keys |= dict.fromkeys(part)
            found = self.connection.execute(sa.select(keys.c.row, keys.c.key).where(keys.c.row.in_(part)))
            self._keys |= {row: bytes(key) for row, key in found}
            if own_role(self.connection) and (dark := [id for id in part if self._keys[id] is None]):
                there = sa.select(sa.func.sec.keyed(sa.cast(sa.literal(dark, IDS), IDS)))
                self.withheld |= set(self.connection.scalars(there))

    def lacks(self, id: UUID) -> bool:
        """Whether there is no key of a record that was looked up."""
        return self._keys[id] is None and id not in self.withheld

    # -- sealing -----------------------------------------------------------------------------------------------
    def seal(self, kind: type[Entity], rows: Sequence[dict[str, Any]]) -> None:
        """New rows: their plain values become ciphertext, in place. Invalid: one is only a part of a value."""
        names, made, found = personal(kind), list[dict[str, Any]](), list[dict[str, Any]]()
        for row in rows:
            said = {name: row[name] for name in names if row.get(name) is not None}
            fresh = {name: text for name, text in said.items() if type(text) is not Cipher}
            if fresh:
                self._keys[row["id"]] = key = secrets.token_bytes(32)
                made.append({"row": row["id"], "key": key})
            for name, text in fresh.items():
                row[name] = self._sealed(kind, row["id"], name, text)
                found += self._hashed(kind, row["id"], name, text)
        if made:
            self.connection.execute(sa.insert(keys), made)
        if found:
            self.connection.execute(sa.insert(hashes), found)

    def replaced(self, kind: type[Entity], id: UUID, name: str, before: Any, after: Any) -> Any:
        """What a changed field is to hold: what it held, when this is the same value or the mask of it."""
        if type(after) is not Cipher and after is not None and self.same(kind, id, name, before, after):
            return before
        self.connection.execute(sa.delete(hashes).where(hashes.c.row == id, hashes.c.field == name))
        if after is None:
            return None
        sealed = after if type(after) is Cipher else self._sealed(kind, id, name, after)
        if (text := self.opened(kind, id, name, sealed)) and (found := self._hashed(kind, id, name, text)):
            self.connection.execute(sa.insert(hashes), found)
        return sealed

    def same(self, kind: type[Entity], id: UUID, name: str, before: Cipher | None, after: Any) -> bool:
        """Whether a text says what is there already: the value, its mask, or that it is erased."""
        if before is None or after is None or type(after) is Cipher:
            return bool(before == after)
        text = self.opened(kind, id, name, before)
        if text is None:
            return after in {tr(lang, ERASED) for lang in LANGUAGES}
        return after in (text, mask(f"{kind.__tablename__}.{name}", text))

    def _sealed(self, kind: type[Entity], id: UUID, name: str, text: str) -> Cipher:
        if cut(text):
            raise Invalid(CUT, field=Word(f"{kind.__tablename__}.{name}"))
        self.read([id])
        key = self._keys[id]
        if key is None:
            self._keys[id] = key = secrets.token_bytes(32)
            self.connection.execute(sa.insert(keys), {"row": id, "key": key})
        raw, nonce = text.encode(), secrets.token_bytes(12)
        full = raw + bytes(-len(raw) % BLOCK)
        closed = AESGCM(key).encrypt(nonce, full, _about(kind, id, name))
        return Cipher(base64.b64encode(_mark(key) + nonce + closed).decode())

    def _hashed(self, kind: type[Entity], id: UUID, name: str, text: str) -> list[dict[str, Any]]:
        field = f"{kind.__tablename__}.{name}"
        if not (said := _looked_up(field, text)):
            return []
        self._hmac = self._hmac or _secret(self.connection)
        return [{"row": id, "field": name, "hash": _hash(self._hmac, field, said)}]

    def found_by(self, kind: type[Entity], id: UUID, name: str, text: str) -> bytes | None:
        """The hash a value is found by in a look-up, None where there is none."""
        made = self._hashed(kind, id, name, text)
        return made[0]["hash"] if made else None

    # -- opening -----------------------------------------------------------------------------------------------
    def opened(self, kind: type[Entity], id: UUID, name: str, sealed: str) -> str | None:
        """The plain value; None: its key is erased. Invalid: it is damaged, or does not belong where it stands."""
        self.read([id])
        key = self._keys[id]
        try:
            raw = base64.b64decode(sealed, validate=True)
            if len(raw) < LEAST:
                raise Invalid(UNREADABLE)
            if key is None:
                return None
            if raw[:4] == _mark(key):
                return AESGCM(key).decrypt(raw[4:16], raw[16:], _about(kind, id, name)).rstrip(b"\0").decode()
        except (InvalidTag, ValueError):
            raise Invalid(UNREADABLE) from None
        if not erasures(self.connection, [id]):  # there was no other key: it is the mark that is damaged
            raise Invalid(UNREADABLE)
        return None

    def shown(self, kind: type[Entity], id: UUID, name: str, sealed: str | None) -> str | None:
        """A stored value as everybody sees it: its mask, or that it is erased."""
        if sealed is None:
            return None
        try:
            text = self.opened(kind, id, name, sealed)
        except Invalid:
            return UNREADABLE
        if text is None:
            return HIDDEN if id in self.withheld else ERASED
        return mask(f"{kind.__tablename__}.{name}", text)

    def told(self, kind: type[Entity], id: UUID, fields: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """The fields of a step in a history: of personal ones only that they changed."""
        hidden = {name: fields[name] for name in personal(kind) if name in fields}
        return {**fields, **{name: [self._state(kind, id, name, v) for v in pair] for name, pair in hidden.items()}}

    def _state(self, kind: type[Entity], id: UUID, name: str, sealed: str | None) -> str | None:
        shown = self.shown(kind, id, name, sealed)
        return shown if shown in (None, ERASED, UNREADABLE) else CHANGED

    def erase(self, id: UUID) -> None:
        """The key of a person and what he is found by are gone.

        SQLite moves rows when its pages fill up and may leave copies behind, which `secure_delete` does not reach. So
        both tables are emptied as a whole, which wipes their pages, and what stays is written anew.
        """
        self._keys[id] = None
        for t in (keys, hashes):
            if self.connection.dialect.name == "postgresql":
                self.connection.execute(sa.delete(t).where(t.c.row == id))
                continue
            kept = [dict(row) for row in self.connection.execute(sa.select(t).where(t.c.row != id)).mappings()]
            self.connection.execute(sa.delete(t))
            if kept:
                self.connection.execute(sa.insert(t), kept)


def masked(connection: sa.Connection, kind: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Rows of a list, in place: of personal values only the masks are left."""
    names = personal(kind) if issubclass(kind, Entity) else ()
    if not names or not rows:
        return
    assert issubclass(kind, Entity)
    people = PersonKeys(connection)
    people.read(row["id"] for row in rows)
    for row in rows:
        row |= {name: people.shown(kind, row["id"], name, row.get(name)) for name in names}


def erasures(connection: sa.Connection, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Of these records those whose personal data was erased, with the newest record that says so."""
    newest = sa.select(touch.c.row, sa.func.max(touch.c.lsn).label("lsn")).join_from(
        touch, rec, rec.c.lsn == touch.c.lsn
    )
    said = newest.where(touch.c.row.in_(ids), rec.c.cmd.endswith(f".{ERASES}")).group_by(touch.c.row)
    return {row.row: row.lsn for row in connection.execute(said)}


def gone(connection: sa.Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Of these records those whose key is not there: what they hold of personal values nobody can read."""
    people = PersonKeys(connection)
    people.read(ids)
    return {id for id in ids if people.lacks(id)}


def _about(kind: type[Entity], id: UUID, name: str) -> bytes:
    """What a ciphertext is bound to: it opens nowhere else."""
    return f"dayuan person 1\0{kind.__tablename__}\0{name}\0{id.hex}".encode()


def _mark(key: bytes) -> bytes:
    """Which key of that person it was: after an erasure there may be a new one."""
    return hashlib.sha256(b"dayuan person key\0" + key).digest()[:4]
