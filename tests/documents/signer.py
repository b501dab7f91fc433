"""Somebody who signs papers in a test: an office with a root of its own, and people with certificates of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services import authority, trust
from services.desk.signing_keys import new_key
from services.documents import signing
from services.documents.seal_device import SoftwareKey
from services.documents.sheet import Spot
from services.documents.sign_block import Stamp

OFFICE, UNIT = "某某市机关事务管理局", "后勤管理处（第二办公区管理服务中心）"
AT = datetime(2026, 11, 30, 2, 0, 0, tzinfo=UTC)
BEGAN, ENDS = AT - timedelta(days=30), date(2028, 10, 30)
ROOT_KEY, CODE_KEY = new_key(), Ed25519PrivateKey.generate()
ROOT = authority.root(OFFICE, ROOT_KEY, BEGAN - timedelta(days=1), date(2036, 10, 30))
TRUST = trust.Trust(frozenset({authority.fingerprint(ROOT)}), (CODE_KEY.public_key().public_bytes_raw(),))
PEOPLE = (("李秀英", "处长"), ("王䶮", "主任"), ("张伟", "科长"), ("欧阳娜娜", ""))


def one_more(data: bytes, position: int, spot: Spot | None = None, at: datetime = AT, began: datetime = BEGAN) -> bytes:
    """The paper with the signature of the next of PEOPLE, seen in `spot`."""
    person, post = PEOPLE[position - 1]
    key = new_key()
    holder = authority.Holder(person, post, UNIT, OFFICE)
    own = authority.issue(holder, key.public_key(), ROOT, ROOT_KEY, began, ENDS)
    stamp = Stamp(person, post, UNIT, at, authority.fingerprint(own))
    return signing.sign(data, SoftwareKey((own, ROOT), key), stamp, spot, position)
