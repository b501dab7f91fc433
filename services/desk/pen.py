"""One writer of the journal: its number here, its name everywhere, its signing key."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True)
class Pen:
    """One writer: its chain is written by this key only."""

    no: int
    id: UUID
    key: Ed25519PrivateKey = field(repr=False)


def own_role(connection: sa.Connection | sa.Engine) -> bool:
    """Whether a connection has the rights of one account, and a server looks after them."""
    return bool(connection.get_execution_options().get("own_role"))


def queue(connection: sa.Connection, pen: Pen) -> None:
    """Wait until no other unit of work of this writer runs, also one whose COMMIT is still on its way."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(pen.id.int >> 65)))
