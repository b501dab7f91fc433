"""What of a changed paper is changed: its pages, its description, its embedded data, or bytes behind it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pikepdf

from resources.words import N_

Said = tuple[str, dict[str, Any]]
PAGE = N_("Page {n} is not the one that was issued.")
COUNT = N_("It has {n} pages; {m} were issued.")
ABOUT = N_("What the file says about itself (title, office, dates) was changed.")
EMBEDDED = N_("The data embedded in the file was changed.")
BEHIND = N_("The paper is followed by {n} bytes that do not belong to it.")
OVER = N_("Something was laid over page {n}.")
PLACE = N_("The first byte that differs is number {n} of {m}.")
DAMAGED = N_("The file is damaged so that its pages cannot be compared.")
DROPPED = ("/Parent", "/Length")  # what leads back, and what follows from the rest
_NAMED = re.compile(rb"<dayuan:number>([^<]*)</dayuan:number>\s*<dayuan:version>(\d{1,9})</dayuan:version>")


def says(data: bytes) -> tuple[str, int]:
    """The number and version a changed file still says it has; nothing and 0 where it does not."""
    found = _NAMED.search(data)
    return (unescape(found[1].decode(errors="replace")), int(found[2])) if found else ("", 0)


def between(data: bytes, issued: bytes) -> Iterator[Said]:
    """In words, as far as it can be told, what differs from the paper as it was issued."""
    if data[: len(issued)] == issued and len(data) > len(issued):
        yield BEHIND, {"n": len(data) - len(issued)}
    else:
        pairs = enumerate(zip(data, issued, strict=False), 1)
        first = next((n for n, (one, other) in pairs if one != other), min(len(data), len(issued)) + 1)
        yield PLACE, {"n": first, "m": len(issued)}
    try:
        with pikepdf.open(io.BytesIO(data)) as now, pikepdf.open(io.BytesIO(issued)) as then:
            yield from list(_parts(now, then))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError, KeyError):
        yield DAMAGED, {}


def _parts(now: pikepdf.Pdf, then: pikepdf.Pdf) -> Iterator[Said]:
    if len(now.pages) != len(then.pages):
        yield COUNT, {"n": len(now.pages), "m": len(then.pages)}
    for n, (one, other) in enumerate(zip(now.pages, then.pages, strict=False), 1):
        if _drawn(one.obj) != _drawn(other.obj):
            yield PAGE, {"n": n}
        if _over(one.obj) != _over(other.obj):
            yield OVER, {"n": n}
    if _about(now) != _about(then):
        yield ABOUT, {}
    if _streams(now.Root.get("/Names")) != _streams(then.Root.get("/Names")):
        yield EMBEDDED, {}


def _drawn(page: Any) -> Any:
    """A page as it is drawn: operators, faces and their glyphs. Signatures on it are told apart elsewhere."""
    return [_streams(page.get(name)) for name in ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate")]


def _over(page: Any) -> list[Any]:
    """What lies over a page, signatures aside."""
    return [_streams(each) for each in page.get("/Annots", []) if str(each.get("/FT", "")) != "/Sig"]


def _about(pdf: pikepdf.Pdf) -> list[Any]:
    return [_streams(pdf.Root.get("/Metadata")), _streams(pdf.trailer.get("/Info"))]


def _streams(found: Any, depth: int = 12) -> Any:
    """An object of the file as plain values, streams unpacked, down to a depth."""
    if depth and isinstance(found, pikepdf.Stream | pikepdf.Dictionary):
        keys = {key: _streams(found[key], depth - 1) for key in sorted(found.keys()) if key not in DROPPED}
        return (keys, found.read_bytes()) if isinstance(found, pikepdf.Stream) else keys
    if depth and isinstance(found, pikepdf.Array):
        return [_streams(each, depth - 1) for each in found]
    return bytes(found) if isinstance(found, pikepdf.String) else str(found)
