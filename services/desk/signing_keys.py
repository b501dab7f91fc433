"""Keys people sign with: the private half encrypted with a password only its owner knows, so that neither an officer
nor who holds the store's data key signs in his name."""

from __future__ import annotations

import base64
import secrets
from uuid import UUID

import msgspec
import sqlalchemy as sa
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

import resources
from models.base import table
from models.beside import SigningKey
from resources.words import N_
from services.desk.errors import Missing, NotAllowed

WRONG = N_("The signing password is wrong")
NO_KEY = N_("Your signing key is not in this office's data; ask for a new certificate")
keys = table(SigningKey)


class Sealed(msgspec.Struct, frozen=True):
    """An encrypted private key: cost of a guess (Argon2id), salt, nonce, AES-256-GCM over PKCS#8; the rest base64."""

    passes: int
    kib: int
    lanes: int
    salt: bytes
    nonce: bytes
    wrapped: bytes


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key on P-256, of this person and this moment."""
    return ec.generate_private_key(ec.SECP256R1())


def public(key: ec.EllipticCurvePrivateKey) -> str:
    """Its public half as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def put(connection: sa.Connection, row: UUID, account: str, key: ec.EllipticCurvePrivateKey, password: str) -> None:
    """Keeps a key under its request, encrypted."""
    rule = resources.settings("signing")["argon2"]
    bare = Sealed(rule["passes"], rule["kib"], rule["lanes"], secrets.token_bytes(16), secrets.token_bytes(12), b"")
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    wrapped = AESGCM(_derived(bare, password)).encrypt(bare.nonce, plain, _about(row, account, bare))
    whole = msgspec.json.encode(msgspec.structs.replace(bare, wrapped=wrapped)).decode()
    connection.execute(sa.insert(keys), {"row": row, "account": account, "sealed": whole})


def opened(connection: sa.Connection, row: UUID, account: str, password: str) -> ec.EllipticCurvePrivateKey:
    """The key of an account's own request. Missing: it is not there, or not his. NotAllowed: the password is wrong."""
    found = connection.scalar(sa.select(keys.c.sealed).where(keys.c.row == row, keys.c.account == account))
    if found is None:
        raise Missing(NO_KEY)
    held = msgspec.json.decode(found, type=Sealed)
    try:
        plain = AESGCM(_derived(held, password)).decrypt(held.nonce, held.wrapped, _about(row, account, held))
    except InvalidTag:
        raise NotAllowed(WRONG) from None
    key = load_der_private_key(plain, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _derived(held: Sealed, password: str) -> bytes:
    return hash_secret_raw(password.encode(), held.salt, held.passes, held.kib, held.lanes, 32, Type.ID)


def _about(row: UUID, account: str, held: Sealed) -> bytes:
    """What the encryption is bound to: whose it is, and what a guess costs."""
    salt = base64.b64encode(held.salt).decode()
    return msgspec.json.encode(["signing key", row.hex, account, held.passes, held.kib, held.lanes, salt])
