"""What is known of a source of registers: how its columns are read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class ImportProfile(Entity):
    """A mapping profile kept by the office: recognised by the header of a register, or picked by its name.

    `kind` is the list it is for ("assets"); `content` the profile as JSON (`resources/profiles/README.md`).
    """

    __tablename__ = "import_profile"
    __table_args__ = (living("import_profile", "number", unique=True),)
    naming = Naming(number="number", label="name", search=("number", "name"))
    number: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[str] = mapped_column(sa.Text)
