"""Numbers people see: kind, site code, year, count and a check character, as in `YJ-JGSW-2026-00187-C`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import sqlalchemy as sa

from services.desk.sealed import SealedFile, Unreadable

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TAKE = sa.text(
    "INSERT INTO counter (prefix, last) VALUES (:prefix, :floor + :count) ON CONFLICT (prefix) DO UPDATE SET last ="
    " CASE WHEN counter.last > :floor THEN counter.last ELSE :floor END + :count RETURNING last"
)


def check_character(text: str) -> str:
    """The check character of ISO 7064 Mod 37,36; anything but letters and digits is passed over."""
    product = 36
    for character in text:
        if character in ALPHABET:
            total = (product + ALPHABET.index(character)) % 36 or 36
            product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def written(prefix: str, count: int) -> str:
    """The whole number: `written("YJ-JGSW-2026", 187)` ends with its check character."""
    number = f"{prefix}-{count:05d}"
    return f"{number}-{check_character(number)}"


def genuine(number: str) -> bool:
    """Whether it fits: one wrong character is always seen, two swapped neighbours in all but 1 of 630 cases."""
    body, _, last = number.rpartition("-")
    return bool(body) and check_character(body) == last


NUMBER = re.compile(r"([A-Z]+-[A-Z0-9]{2,6}-\d{4})-(\d{5,})-[0-9A-Z]")


def counted(number: str) -> tuple[str, int] | None:
    """Prefix and count of a number of ours, or None: `("YJ-JGSW-2026", 187)`."""
    found = NUMBER.fullmatch(number)
    return (found[1], int(found[2])) if found and genuine(number) else None


class HighWater:
    """The highest counts ever given out, in a file beside the store: a store restored from a backup, which knows
    fewer, does not give a number out twice."""

    def __init__(self, file: SealedFile | None) -> None:
        self.file = file

    def read(self) -> dict[str, int]:
        """Counts by prefix; nothing when there is no file or it cannot be read."""
        try:
            found = json.loads((self.file and self.file.read()) or b"{}")
        except Unreadable:
            return {}
        return {k: v for k, v in found.items() if isinstance(v, int)} if isinstance(found, dict) else {}

    def raise_to(self, taken: Mapping[str, int]) -> None:
        """Remember what a finished unit of work took."""
        if self.file is None or not taken:
            return
        held = self.read()
        merged = held | {k: max(v, held.get(k, 0)) for k, v in taken.items()}
        if merged != held:
            self.file.write(json.dumps(merged, sort_keys=True).encode())


def raise_to(connection: sa.Connection, counts: Mapping[str, int]) -> None:
    """No number up to these counts is given out any more."""
    for prefix, count in counts.items():
        connection.execute(TAKE, {"prefix": prefix, "floor": count, "count": 0})


def take(connection: sa.Connection, prefix: str, count: int, floor: int) -> int:
    """The first of `count` numbers in a row, above both the counter and `floor`."""
    last = connection.execute(TAKE, {"prefix": prefix, "floor": floor, "count": count}).scalar_one()
    return int(last) - count + 1
