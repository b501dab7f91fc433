"""Prepared arguments for signing papers by key, about a compound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from typing import Any

import sqlalchemy as sa

from models.base import table
from models.document import KINDS, Document
from services.authority import day_of
from services.document_issuing import Subject
from services.documents.plain_paper import Part, PlainPaper, draw

Place = Any  # of `reach`, which takes these arguments in
_kinds = cycle(KINDS)
TODAY = day_of(datetime.now(UTC))  # a certificate begins on the day papers write
ROOT, WORDS = "a long root password", "my signing words"
ASKS = {"person": "李秀英", "post": "处长", "unit": "后勤处", "signing_password": WORDS}


def root(p: Place) -> dict[str, Any]:
    """A new root certificate's file."""
    return {"path": str(p.folder / f"{p.fresh()}.pem"), "root_password": ROOT}


def asked(p: Place, account: str = "nobody") -> dict[str, Any]:
    """What issues a certificate to an account."""
    made = root(p)
    replace(p.desk, account="officer").do("signing_roots.make", **made)
    return made | {"signing_request_id": replace(p.desk, account=account).do("signing_requests.ask", **ASKS).value}


def issued(p: Place, account: str = "nobody") -> Any:
    """A certificate."""
    return replace(p.desk, account="officer").do("signing_certificates.issue", **asked(p, account)).value


def holding(p: Place) -> str:
    """Who does it may sign, whichever of the two he is."""
    for account in {p.desk.account, "clerk"}:
        issued(p, account)
    return str(p.desk.account)


def paper(p: Place) -> Any:
    """An issued paper, as it is stored."""
    sha256 = p.paper()
    with p.desk.store.reading.connect() as connection:
        return connection.execute(sa.select(table(Document)).where(table(Document).c.sha256 == sha256)).one()


def signed(p: Place) -> dict[str, Any]:
    """What signs a paper."""
    holding(p)
    return {"document_id": paper(p).id, "signing_password": WORDS}


def known(p: Place) -> dict[str, Any]:
    """What asks what is known of a paper."""
    found = paper(p)
    return {"sha256": [found.sha256], "number": found.number}


def there(p: Place) -> dict[str, Any]:
    """Nothing, once there is a root."""
    issued(p)
    return {}


def filed(p: Place) -> dict[str, Any]:
    """A paper of a compound to be issued: what it says does not matter."""
    paper = PlainPaper("x", "", p.fresh(), "", "", TODAY, (), (Part((("序号", 1), ("项目", 3)), [["1", "x"]]),))
    return {"about": Subject("usage", p.compound, p.compound, TODAY, p.fresh()), "draw": partial(draw, paper)}


def kept(p: Place) -> tuple[Any, str]:
    """One that was issued, and its subject."""
    said = filed(p)
    return p.desk.do("documents.issue", **said).value, said["about"].key


def setting(p: Place) -> dict[str, Any]:
    """What a kind of paper bears of which nothing is said yet."""
    return {"kind": next(_kinds), "secrecy": p.fresh()}


def settled(p: Place) -> dict[str, Any]:
    """One that is there."""
    return {"paper_setting_id": p.desk.do("paper_settings.add", **setting(p)).value}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "do documents.issue": filed,
    "do documents.sign": signed,
    "do paper_settings.add": setting,
    "do paper_settings.remove": settled,
    "do paper_settings.revise": lambda p: settled(p) | {"secrecy": p.fresh()},
    "do signing_certificates.issue": asked,
    "do signing_certificates.revoke": lambda p: {"signing_certificate_id": issued(p), "revoked_because": "x"},
    "do signing_requests.ask": lambda p: ASKS,
    "do signing_roots.make": root,
    "ask documents.newest": lambda p: {"subject": kept(p)[1]},
    "ask documents.signed": lambda p: {"document_id": paper(p).id},
    "ask documents.version": lambda p: {"document_id": kept(p)[0]},
    "ask paper_settings.of": lambda p: {"kind": "usage"},
    "ask papers.code": lambda p: {"text": paper(p).code},
    "ask papers.known": known,
    "ask papers.original": lambda p: {"number": paper(p).number, "version": 1},
    "ask papers.trusted": lambda p: {},
    "ask signing_certificates.mine": lambda p: {"account": holding(p), "on": TODAY},
    "ask signing_roots.newest": there,
}
