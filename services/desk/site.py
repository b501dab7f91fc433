"""What the office is called: papers and numbers say it, whoever makes them."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.site import Site


class Office(NamedTuple):
    """The office's name, "" before it is set up, and the site code its numbers carry."""

    name: str
    code: str | None


def the_office(session: Session) -> Office:
    """This office. Asked here and nowhere else: a server lets people write every kind an intent names by its class, and
    who may write the office's own row everywhere may renew its recovery code (`sec.renew`). Acts are not followed into
    the desk (`uses`), and everybody reads the row."""
    row = session.execute(sa.select(Site.name, Site.code)).first()
    return Office(row.name, row.code) if row else Office("", None)
