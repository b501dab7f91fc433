"""Short codes for compounds that a profile makes, from their names alone: the same name has the same code for ever."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

LONGEST = 20
_MARK = 4
_STATE = re.compile(r" (?=[A-Z]{2}$)")


def compound_code(name: str) -> str:
    """A code of A–Z, 0–9 and -, at most 20 characters: "GAINESVILLE, GA" is GAINESVILLE-GA.

    Where the code would not lead back to exactly this name (it is cut, or has other letters or signs than these), four
    characters of the name's hash end it, so that two names never share a code by looking alike.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    slug = re.sub(r"[^A-Z0-9]+", "-", ascii_name).strip("-")
    if slug and len(slug) <= LONGEST and name == _STATE.sub(", ", slug.replace("-", " ")):
        return slug
    mark = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()
    if not slug:
        return mark[: 2 * _MARK]
    return f"{slug[: LONGEST - _MARK - 1].strip('-')}-{mark[:_MARK]}"
