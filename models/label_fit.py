"""How a person's printer puts labels on one kind of stock: what was measured on the calibration page."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Entity, Naming, living


class LabelFit(Entity):
    """In 0.01 mm. `left` and `top` are where the cross of the calibration page came out, `across` and `down` how long
    its rulers; what they should be follows from the stock, and labels are moved and stretched by the difference."""

    __tablename__ = "label_fit"
    owned: ClassVar[str] = "account"
    __table_args__ = (living("label_fit", "account", "stock", unique=True),)
    naming = Naming(number="stock", label="stock", within="account")
    account: Mapped[str] = mapped_column(sa.String(40))
    stock: Mapped[str] = mapped_column(sa.String(40))
    left: Mapped[int]
    top: Mapped[int]
    across: Mapped[int] = mapped_column(info={"least": 1})
    down: Mapped[int] = mapped_column(info={"least": 1})
