"""The rows of a printed table as a file of their own (CSV), which goes into the paper for whoever counts anew."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Sequence

MIME = "text/csv"
AT_ONCE = 500
_FIGURE = re.compile(r"-?[\d,]+(\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rows:
    """RFC 4180 in UTF-8 with a byte order mark, packed while the rows come: a paper of 100,000 fits in memory once.

    A cell is whole, however much of it the table had room for. Figures of the columns in `figures` lose the commas
    between their digits; other texts that a spreadsheet would take for a formula begin with an apostrophe.
    """

    def __init__(self, titles: Iterable[str], figures: Iterable[int] = ()) -> None:
        self._figures, self._waiting = frozenset(figures), list[Sequence[str]]()
        self._packer, self._packed = zlib.compressobj(), bytearray()
        self._hash = hashlib.sha256()
        self.size, self.count = 0, -1  # the titles are no row
        self._take(b"\xef\xbb\xbf")
        self.add(tuple(titles))

    def add(self, cells: Sequence[str]) -> None:
        """One more row."""
        self._waiting.append(cells)
        self.count += 1
        if len(self._waiting) >= AT_ONCE:
            self._pack()

    def digest(self) -> bytes:
        """SHA-256 of the file; no row may follow."""
        self._pack()
        return self._hash.digest()

    def packed(self) -> bytes:
        """The file, deflated; no row may follow. `size` is how many bytes it unpacks to."""
        self._pack()
        self._packed += self._packer.flush()
        return bytes(self._packed)

    def _pack(self) -> None:
        said = io.StringIO()
        csv.writer(said, lineterminator="\r\n").writerows(
            [self._cell(n, cell) for n, cell in enumerate(cells)] for cells in self._waiting
        )
        self._take(said.getvalue().encode(errors="replace"))  # half a character is none
        self._waiting.clear()

    def _take(self, data: bytes) -> None:
        self.size += len(data)
        self._hash.update(data)
        self._packed += self._packer.compress(data)

    def _cell(self, at: int, text: str) -> str:
        if at in self._figures and _FIGURE.fullmatch(text):
            return text.replace(",", "")
        return f"'{text}" if text.startswith(_FORMULA) else text
