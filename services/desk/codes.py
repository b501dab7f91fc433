"""The recovery code: random bits in groups a person can read out and type, each with a sign that shows an error."""

from __future__ import annotations

import secrets
from unicodedata import normalize

from resources.words import N_
from services.desk.errors import Invalid

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which pass for 1, 1, 0 and V
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
GROUPS, DRAWN = 6, 4  # 6 groups of 4 drawn signs of 5 bits: 120 random bits; a fifth sign checks each group
BETWEEN = frozenset("-‐‑‒–—−_·•.,;:/ \t\r\n\u3000")
LENGTH = N_("The code has {groups} groups of {signs} signs, {all} in all; these are {count}")
STRANGE = N_("“{sign}” does not occur in a recovery code; please look at it again")
MISTYPED = N_("There is a typing error in group {n} of the code: {group}")


class Code(str):
    """A code as it is printed. It shows itself to nobody who asks what kind of object it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Code(…)"


def new_code() -> Code:
    """A new one, from the system's source of randomness."""
    drawn = ("".join(secrets.choice(SIGNS) for _ in range(DRAWN)) for _ in range(GROUPS))
    return Code("-".join(group + _check(n, group) for n, group in enumerate(drawn)))


def read_code(text: str) -> Code:
    """What somebody typed or a scanner read, as it was printed: case, width, gaps and look-alikes do not matter.
    Invalid: it has a typing error, and where."""
    folded = "".join(c for c in normalize("NFKC", text).upper() if c not in BETWEEN).translate(ALIKE)
    for sign in folded:
        if sign not in SIGNS:
            raise Invalid(STRANGE, sign=sign)
    size = DRAWN + 1
    if len(folded) != GROUPS * size:
        raise Invalid(LENGTH, groups=GROUPS, signs=size, all=GROUPS * size, count=len(folded))
    groups = [folded[start : start + size] for start in range(0, len(folded), size)]
    for n, group in enumerate(groups):
        if _check(n, group[:DRAWN]) != group[DRAWN]:
            raise Invalid(MISTYPED, n=n + 1, group=group)
    return Code("-".join(groups))


def _check(n: int, drawn: str) -> str:
    """A weighted sum in the field of 32 elements: no single wrong sign, no two neighbours that changed places, and no
    group at another's place goes unseen."""
    total = n + 1
    for sign in drawn:
        total = _doubled(total ^ SIGNS.index(sign))
    return SIGNS[total]


def _doubled(value: int) -> int:
    """Times x, modulo x⁵ + x² + 1."""
    return value << 1 if value < 16 else (value << 1) ^ 0b100101
