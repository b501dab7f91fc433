"""What the QR code of a paper says: which paper it is, its key figures, the digest of its rows, and who vouches for it.

    DAYUAN2:kind:number:version:day:figure/figure/…:digest:signature

Digest (SHA-256) and signature (Ed25519 by the installation that issued the paper) are Base32. With numbers in capitals
every character is one of the 45 that QR codes hold two of in 11 bits: a whole signature of 64 bytes takes 103 of them,
and a usual code 216 of the 221 that version 8 has at level M, 49 modules of 0.40 mm at 56 pt. Nothing is cut off the
signature, it may be read aloud and typed, and no secret is needed to check it. Papers before carry `DAYUAN1|…`, the
same facts without a signature.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from resources.words import N_, Word
from services.desk.errors import Invalid
from services.documents.amounts import figures

NEW, OLD = "DAYUAN2", "DAYUAN1"
KINDS = {
    "handover": "H", "acceptance": "A", "training_certificate": "T", "disposal_application": "DA",
    "disposal_approval": "DP", "disposal_write_off": "DW", "filed": "F",
}  # fmt: skip
LINES, PIECES, COST = Word(N_("lines on it")), Word(N_("pieces in all")), Word(N_("cost in all"))
NET, CARDS, PRICE = Word(N_("net value in all")), Word(N_("cards made")), Word(N_("price in all"))
SHOWN = [Word(N_("figure 1")), Word(N_("figure 2")), Word(N_("figure 3")), Word(N_("figure 4"))]
SESSION, STAFF = Word(N_("training session")), Word(N_("staff number"))
MONEY = {COST, NET, PRICE}  # in fen
FIGURES = {
    "handover": (LINES, PIECES, COST, NET), "acceptance": (CARDS, PIECES, PRICE), "disposal": (LINES, PIECES, COST),
    "training_certificate": (SESSION, STAFF), "filed": (LINES, *SHOWN),
}  # fmt: skip
CONTEXT, LONGEST = b"dayuan paper code 2\0", 600
NO_CODE = N_("This is no code of a paper; scan it again, or check that nothing of it is missing")
Seal = Callable[[bytes], bytes]
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")


@dataclass(frozen=True)
class Code:
    """A code that was read. `kind` is empty in an old one; `digest` hex, empty where there is none; `said` is what the
    signature is over."""

    kind: str
    number: str
    version: int
    on: date
    figures: tuple[str, ...]
    digest: str
    said: str
    signature: bytes = b""

    @property
    def old(self) -> bool:
        """From before codes were signed."""
        return self.said.startswith(OLD)

    def named(self) -> list[tuple[Word, str]]:
        """The figures with what they are, as the paper prints them."""
        names = FIGURES.get(self.kind) or FIGURES.get(self.kind.split("_")[0], ())
        pairs = zip(names, self.figures, strict=False)
        return [(name, figures(int(value)) if name in MONEY and value.isdecimal() else value) for name, value in pairs]

    def vouched(self, keys: Iterable[bytes]) -> bool:
        """Whether one of these keys (Ed25519, raw) signed it."""
        return bool(self.signature) and any(_signed(key, self) for key in keys)


def written(
    kind: str, number: str, version: int, on: date, figures: Sequence[object], digest: str, seal: Seal | None
) -> str:
    """The text of a code. `digest` is hex or empty; without `seal`, as on a draft, nobody vouches for it."""
    shown = "/".join("-" if value is None else str(value) for value in figures)
    rows = _text(bytes.fromhex(digest)) if digest else "-"
    said = ":".join((NEW, KINDS[kind], number, str(version), f"{on:%Y%m%d}", shown, rows))
    return f"{said}:{_text(seal(CONTEXT + said.encode())) if seal else '-'}"


def read(text: str) -> Code:
    """A code from what a scanner or a person typed: spaces and line ends inside are left out. Invalid: it is none."""
    bare = "".join(text.split())
    try:
        if len(bare) <= LONGEST and bare.startswith(NEW + ":"):
            return _new(bare)
        if len(bare) <= LONGEST and bare.startswith(OLD + "|"):
            return _old(bare)
    except (ValueError, LookupError):
        pass
    raise Invalid(NO_CODE)


def _new(bare: str) -> Code:
    said, _, signature = bare.rpartition(":")
    head, version, day, shown, rows = said.rsplit(":", 4)
    _, letters, number = head.split(":", 2)
    kind = {short: name for name, short in KINDS.items()}[letters]
    sealed = b"" if signature == "-" else _bytes(signature)
    figures, digest = tuple(shown.split("/")), "" if rows == "-" else _bytes(rows).hex()
    return Code(kind, number, int(version), _day(day), figures, digest, said, sealed)


def _old(bare: str) -> Code:
    _, number, version, day, *rest = bare.split("|")
    digest = rest.pop() if rest and re.fullmatch(r"[0-9a-f]{64}", rest[-1]) else ""
    return Code("", number, int(version), _day(day), tuple(rest), digest, bare)


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _signed(key: bytes, code: Code) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(code.signature, CONTEXT + code.said.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    raw = base64.b32decode(text + "=" * (-len(text) % 8), casefold=True)
    if _text(raw) != text.upper():
        raise ValueError(text)  # the last character has bits that mean nothing: they must be what they are
    return raw
