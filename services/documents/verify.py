"""Tells whether a paper is as it was made: needs nothing but its bytes, no office, no PDF library.

The mark stands in the XMP packet, an uncompressed stream of the file, under the namespace `urn:dayuan:document:1`:
number, version, kind, length (bytes of the file, 12 digits) and digest (SHA-256 of the whole file in hex, taken with
the 64 digits of the digest itself as zeros). It shows any change since the file was made. It proves nothing about who
made it: anybody who changes a file can write a new digest.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html import unescape

from resources.words import N_

NAMESPACE = "urn:dayuan:document:1"
BLANK_LENGTH, BLANK_DIGEST = "0" * 12, "0" * 64
_MARK = re.compile(
    rb"<dayuan:number>([^<]*)</dayuan:number>\n<dayuan:version>(\d{1,9})</dayuan:version>\n"
    rb"<dayuan:kind>([^<]*)</dayuan:kind>\n<dayuan:length>(\d{12})</dayuan:length>\n"
    rb"<dayuan:digest>([0-9a-f]{64})</dayuan:digest>"
)
CHANGED = N_("The file was changed after it was made")
ADDED = N_("Something was added to the file after it was made; what stands before it is unchanged")
FOREIGN = N_("The file was not made by Dayuan")


@dataclass(frozen=True)
class Seal:
    """What a paper says about itself. `kind` is a choice of `document.kind`, `sha256` names the bytes as they are;
    `original` counts those of the paper as it was made, when they are unchanged: signatures come behind them."""

    kind: str
    number: str
    version: int
    digest: str
    sha256: str
    intact: bool
    problem: str = ""
    original: int = 0


def inspect(data: bytes) -> Seal:
    """Intact, changed (one byte is enough; also anything added or cut off) or not ours; `problem` says which. Whether
    what was added are signatures is told by `services.documents.signed`."""
    sha256 = hashlib.sha256(data).hexdigest()
    if NAMESPACE.encode() not in data:
        return Seal("", "", 0, "", sha256, False, FOREIGN)
    marks = list(_MARK.finditer(data))
    if len(marks) != 1 or data.count(b"<dayuan:digest>") != 1:
        return Seal("", "", 0, "", sha256, False, CHANGED)
    number, version, kind, length, digest = (value.decode(errors="replace") for value in marks[0].groups())
    original = int(length)
    made = marks[0].end() < original <= len(data)
    unchanged = made and digest == digest_of(memoryview(data)[:original], marks[0].start(5))
    intact = unchanged and original == len(data)
    problem = "" if intact else ADDED if unchanged else CHANGED
    named = (unescape(kind), unescape(number), int(version), digest, sha256)
    return Seal(*named, intact, problem, original if unchanged else 0)


def digest_of(data: bytes | memoryview, at: int) -> str:
    """SHA-256 in hex of a file whose digest stands at byte `at`, with zeros in its place."""
    view = memoryview(data)
    found = hashlib.sha256(view[:at])
    found.update(BLANK_DIGEST.encode())
    found.update(view[at + len(BLANK_DIGEST) :])
    return found.hexdigest()


def seal(data: memoryview) -> None:
    """Writes length and digest into the blank mark of a file, in place."""
    marks = list(_MARK.finditer(data))
    if len(marks) != 1:
        raise ValueError("the file has no mark, or more than one")
    length, digest = marks[0].start(4), marks[0].start(5)
    data[length : length + len(BLANK_LENGTH)] = f"{len(data):012d}".encode()
    data[digest : digest + len(BLANK_DIGEST)] = digest_of(data, digest).encode()
