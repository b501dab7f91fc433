"""Filing: what is drawn whenever somebody asks becomes an issued paper, with number, version, code and anchor.

Whatever the kit paints inside `with filed.standing():` is that paper, in the drawing process too: no paper knows of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from services.documents import paper_code
from services.documents.fonts import Face
from services.documents.ink import MUTED, Ink, Style

if TYPE_CHECKING:
    from services.documents.rows import Rows
    from services.documents.sheet import Paper

CHINA = timezone(timedelta(hours=8))
KIND = "filed"  # in the code: what exactly it is stands in the archive
KEPT = 4  # figures of a paper its code holds beside the number of lines
NUMBER, SMALL = Style(Face.SANS_BOLD, 9), Style(Face.SANS, 7, MUTED)
_current: ContextVar[Filing | None] = ContextVar("filing", default=None)


@dataclass
class Filing:
    """What an issued paper bears: `kind` is a choice of `document.kind`, `on` its base date, `made` when it is issued
    (aware), `by` the account, `anchor` the head of the journal. `seal` signs its code; `paper` is the paper, once it is
    drawn."""

    kind: str
    number: str
    version: int
    on: date
    made: datetime
    by: str
    anchor: str
    seal: Callable[[bytes], bytes] | None = None
    code: str = ""
    paper: Paper | None = None

    @contextmanager
    def standing(self) -> Iterator[None]:
        """What is drawn inside is this paper."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def bare(self) -> Filing:
        """Without what does not travel to the drawing process."""
        return replace(self, seal=None, paper=None)

    def close(self, tables: Sequence[Rows], figures: Iterable[str]) -> None:
        """Says in the code what the paper says: its lines, its first figures, the digest of its rows."""
        lines = sum(table.count for table in tables)
        bare = [each.replace(",", "") for each in figures]
        told = [figure if _plain(figure) else "-" for figure in bare[:KEPT]]
        sums = [table.digest() for table in tables]
        digest = sums[0] if len(sums) == 1 else hashlib.sha256(b"".join(sums)).digest()
        self.code = paper_code.written(
            KIND, self.number, self.version, self.on, (lines, *told), digest.hex() if tables else "", self.seal
        )


def current() -> Filing | None:
    """What is being issued here, if anything is."""
    return _current.get()


def _plain(figure: str) -> bool:
    """A QR code writes these in few dots."""
    return figure.removeprefix("-").replace(".", "", 1).isdecimal() and figure.isascii()


@dataclass(frozen=True)
class Filed:
    """The head of an issued paper: its number, version and days, and its code in the corner."""

    filed: Filing
    height: float = 62.0

    def paint(self, ink: Ink, top: float) -> None:
        """Numbers left, code right."""
        form, size, said = ink.form, 56.0, self.filed
        ink.code(said.code, form.end - size, top - size, size)
        ink.text(form.left, top - 8, "文件编号　No.", SMALL)
        ink.text(form.left, top - 22, said.number, NUMBER, fit=form.measure / 2)
        at = said.made.astimezone(CHINA)
        for n, line in enumerate((
            f"第 {said.version} 版　Version {said.version}　·　基准日 As on {said.on.isoformat()}",
            f"签发 Issued {at:%Y-%m-%d %H:%M}　{said.by}",
        )):  # fmt: skip
            ink.part()
            ink.text(form.left, top - 36 - 12 * n, line, SMALL, fit=form.measure - size - 20)
