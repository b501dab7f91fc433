"""What an office wishes on its papers: who signs, how many copies there are, what stands at the end, a secrecy mark."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living
from models.document import KINDS

EVERY = "every"


class PaperSetting(Entity):
    """Of one kind of paper, or of `every` kind that says nothing of its own. `signers` are posts, a line each; empty
    fields leave a paper as it is shipped."""

    __tablename__ = "paper_setting"
    __table_args__ = (living("paper_setting", "kind", unique=True),)
    naming = Naming(number="kind", label="kind")
    kind: Mapped[str] = mapped_column(sa.String(40), info={"words": (EVERY, *KINDS), "shared": "document.kind"})
    secrecy: Mapped[str | None] = mapped_column(sa.String(20))
    contact: Mapped[str | None] = mapped_column(sa.String(120))
    signers: Mapped[str | None] = mapped_column(sa.Text)
    copies: Mapped[str | None] = mapped_column(sa.String(120))
    closing: Mapped[str | None] = mapped_column(sa.Text)
