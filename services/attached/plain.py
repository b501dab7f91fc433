"""Plain text: readable from the first to the last character, and no page or script under another name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import resources
from resources.words import N_
from services.desk.errors import Invalid

NO_TEXT = N_("{file} is none of the kinds that can be added: {kinds}")
TOO_LONG = N_("{file} has more than {limit} MB of text; split it, or pack it into a PDF")
UTF16 = N_("{file} is text in UTF-16; save it as UTF-8 and add that")
MARKUP = N_("{file} holds a page or a script ({mark}), which a browser would run; print it to PDF and add that")
COMMAND = N_("{file} holds a command a spreadsheet program would run ({mark}); remove it and add the file again")
PIECE, OVERLAP = 1 << 20, 300
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A cell that starts a program (DDE). Nothing in it repeats without end, or a page of blanks would be read for hours.
LINKED = re.compile(r"""(?:^|[\n,;\t"])[ \t]{0,8}[=+@-][^\n,;\t|]{0,60}\|[^\n,;\t!]{0,200}!""")


def check(file: BinaryIO, size: int, name: str, kinds: str) -> None:
    """Invalid: not text in UTF-8 or GB 18030, too much of it, or a page, a script or a command."""
    limit: int = resources.settings("attachments")["most_text_bytes"]
    file.seek(0)
    if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Invalid(UTF16, file=name)
    encoding = next((e for e in ("utf-8", "gb18030") if _reads(file, e)), "")
    if not encoding:
        raise Invalid(NO_TEXT, file=name, kinds=kinds)
    if size > limit:
        raise Invalid(TOO_LONG, file=name, limit=limit // 1_000_000)
    before = ""
    for text in _pieces(file, encoding):
        _harmless(before + text, name)
        before = text[-OVERLAP:]


def _harmless(text: str, name: str) -> None:
    low = text.casefold()
    for mark in resources.settings("attachments")["markup"]:
        if mark in low:
            raise Invalid(MARKUP, file=name, mark=mark)
    if found := LINKED.search(text):
        raise Invalid(COMMAND, file=name, mark=found[0].strip()[:40])


def _reads(file: BinaryIO, encoding: str) -> bool:
    try:
        return not any(CONTROL.search(text) for text in _pieces(file, encoding))
    except UnicodeDecodeError:
        return False


def _pieces(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while piece := file.read(PIECE):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
