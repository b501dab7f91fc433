"""Every paper of the command line, about the sample office: what its tables hold stands on its pages, and in docs/."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from models.document import BOTH
from services import demo
from services.commands import line, papers
from services.desk import keys
from services.desk.desk import Desk
from services.office import EVERYTHING
from tests.documents.every_paper import printed_by
from tests.documents.sample import text

ROOT = Path(__file__).resolve().parents[2]
ON, ROWS = date(2026, 12, 1), 40
LONG = 40  # characters: a longer cell is broken over lines and may be cut


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = demo.make(tmp_path_factory.mktemp("sample"), account="a", password="sample office", cost=keys.FLOOR)
    yield replace(opened.desk, grants=EVERYTHING)
    opened.close()


def tables(data: bytes) -> list[list[list[str]]]:
    """The tables inside a paper, with their heads."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        files = [told.get_file().read_bytes().decode("utf-8-sig") for _, told in sorted(pdf.attachments.items())]
    return [list(csv.reader(io.StringIO(file))) for file in files]


def squeezed(said: str) -> str:
    """Without what layout and figures put between characters; of a hyphen at a line end PDFium says nothing."""
    return "".join(sign for sign in said if not sign.isspace() and sign not in ",-\x02\ufffe")


def missing(data: bytes) -> list[str]:
    """Heads of columns with data, and cells of the first rows, that do not stand on the pages."""
    said, found = squeezed(text(data)), list[str]()
    for head, *rows in tables(data):
        used = [n for n in range(len(head)) if any(row[n] for row in rows)]
        found += [head[n] for n in used if squeezed(head[n]) not in said]
        cells = {row[n].lstrip("'") for row in rows[:ROWS] for n in used if len(row[n]) <= LONG}
        found += [cell for cell in cells if squeezed(cell) not in said]
    return found


def test_every_field_with_data_stands_on_the_paper_in_either_language(sample: Desk) -> None:
    printed, lacking = set[str](), dict[str, list[str]]()
    for name, words in printed_by(sample):
        for lang in ("zh_CN", "en") if words[0] in BOTH else ("zh_CN",):
            args = line.parser().parse_args(["--lang", lang, "print", *words, "--on", str(ON), "--out", "-"])
            data = papers.PAPERS[words[0]][0](sample, args, ON)
            printed.add(words[0])
            if left := missing(data):
                lacking[f"{name} {lang}"] = left[:5]
    assert lacking == {}
    assert papers.PAPERS.keys() - printed <= {"acceptance"}, "the sample accepts nothing"


def test_the_gallery_shows_every_paper() -> None:
    page = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    for name in papers.PAPERS.keys() - {"acceptance"}:
        assert f"`print {name}" in page, name
        for lang in ("zh_CN", "en") if name in BOTH else ("zh_CN",):
            assert f"pictures/papers/{name}-{lang}.png" in page
            assert (ROOT / "docs" / "pictures" / "papers" / f"{name}-{lang}.png").exists()
