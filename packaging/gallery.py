"""`make gallery`: draws every paper about the sample office, and docs/papers.md with a picture of each.

The pictures are made by the build from the very papers people print; each kind lists its tables and their columns as
they stand in the file beside the pages.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from models.document import BOTH  # noqa: E402
from services import demo, registry  # noqa: E402, F401
from services.commands import line, papers  # noqa: E402
from services.desk import keys  # noqa: E402
from services.desk.desk import Desk  # noqa: E402
from services.office import EVERYTHING  # noqa: E402
from tests.documents.every_paper import printed_by  # noqa: E402

PICTURES, PAGE = ROOT / "docs" / "pictures" / "papers", ROOT / "docs" / "papers.md"
WIDE = 420  # pixels
ON = date(2026, 12, 1)
HEAD = """# The papers

Every paper Dayuan prints, drawn from its sample office by `make gallery`. The first line of each says how the command
line prints it; the window offers it on the page of what it is about. Below its picture stand the columns of each of its
tables, as the file holds them as CSV.
"""


@dataclass(frozen=True)
class Shown:
    """A paper: its title, how many pages it has, the columns of its tables."""

    title: str
    pages: int
    tables: list[list[str]]


def main() -> int:
    """Writes pictures and page; 0."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make(Path(folder) / "office", account="admin", password="sample office", cost=keys.FLOOR)
        try:
            desk = replace(made.desk, grants=EVERYTHING)
            PAGE.write_text(HEAD + "".join(_entries(desk)), encoding="utf-8")
        finally:
            made.close()
    return 0


def _entries(desk: Desk) -> Iterator[str]:
    for name, words in printed_by(desk):
        langs = ("zh_CN", "en") if words[0] in BOTH else ("zh_CN",)
        shown = {lang: _drawn(desk, name, words, lang) for lang in langs}
        first = shown["zh_CN"]
        title = " · ".join(dict.fromkeys(each.title for each in shown.values()))
        yield f"\n## {title}\n\n`print {' '.join(words)}` — {first.pages} page{'s' * (first.pages > 1)}\n\n"
        yield " ".join(f"![{shown[lang].title}](pictures/papers/{name}-{lang}.png)" for lang in langs) + "\n"
        if first.tables:
            yield "\n" + "".join(f"{n}. {'、'.join(filter(None, heads))}\n" for n, heads in enumerate(first.tables, 1))


def _drawn(desk: Desk, name: str, words: list[str], lang: str) -> Shown:
    args = line.parser().parse_args(["--lang", lang, "print", *words, "--on", ON.isoformat(), "--out", "-"])
    make, _, _ = papers.PAPERS[words[0]]
    data = make(desk, args, ON)
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        picture = (
            page.render(scale=WIDE / page.get_width() * 2)
            .to_pil()
            .convert("L")
            .resize((WIDE, round(WIDE * page.get_height() / page.get_width())))
        )
        picture.quantize(16).save(PICTURES / f"{name}-{lang}.png", optimize=True)
        pages = len(pdf)
    with pikepdf.open(io.BytesIO(data)) as file:
        rows = [told.get_file().read_bytes().decode("utf-8-sig") for _, told in sorted(file.attachments.items())]
        heads = [next(csv.reader(io.StringIO(text))) for text in rows]
        return Shown(
            str(file.docinfo["/Title"]), pages, [head for n, head in enumerate(heads) if head not in heads[:n]]
        )


if __name__ == "__main__":
    sys.exit(main())
