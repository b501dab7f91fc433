"""Every paper the window shows is printed by the command line, in both languages, as on any day."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands import line, papers, prints
from services.desk.desk import Desk
from services.desk.errors import Missing, WrongUse
from services.desk.listing import View
from tests.documents.sample import pages
from tests.services.people import Office, found
from tests.services.rights_people import title

PAPERS = (
    "survey",
    "survey TITLE",
    "history HERE/ONE",
    "room ROOM",
    "compound HERE",
    "usage HERE",
    "usage HERE/ONE",
    "offices",
    "costs 2025",
    "reconciliation",
    "reconciliation HERE",
    "journal",
    "rights",
    "journal 2020-01-01..2040-01-01 --by li.wei",
    "journal --about building HERE/ONE",
    "structure",
    "structure HERE",
    "plans HERE",
    "statutory",
    "statutory HERE",
    "job ORDER",
    "order ORDER",
    "maintenance",
    "maintenance HERE",
    "situation 2025-01-01..2026-01-31",
    "term 2025-01-01..2026-01-31",
    "term 2025-01-01..2026-01-31/HERE",
    "term 2025-01-01..2026-01-31/HQ",
)


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(desk)
    title(made)
    made.add("work_orders", compound_id=made.compound, title="水管漏水", trade="plumbing", room_id=made.room)
    return made


def print_(office: Office, words: str, out: Path, lang: str = "en") -> bytes:
    """What `print` with these words writes; HERE, HERE/ONE, ORDER and TITLE stand for what the office has."""
    compound, building = office.row("compounds", office.compound), office.row("buildings", office.building)
    number = office.desk.first(View("titles"), 1)[0]["number"]
    order = office.desk.first(View("work_orders"), 1)[0]["number"]
    names = {
        "ORDER": order,
        "HERE/ONE": f"{compound['code']}/{building['code']}",
        "HERE": compound["code"],
        "ROOM": f"{compound['code']}/{building['code']}/302",
        "TITLE": number,
    }
    given = [names.get(word, word.replace("/HERE", f"/{compound['code']}")) for word in words.split()]
    args = line.parser().parse_args(["--lang", lang, "print", *given, "--out", str(out)])
    assert prints.print_paper(office.desk, args) == 0
    return out.read_bytes()


def test_whatever_can_be_printed_is_offered() -> None:
    assert set(line.PAPERS) == papers.PAPERS.keys(), "the parser names them itself, for it loads no services"


@pytest.mark.parametrize("words", PAPERS)
def test_a_paper_is_printed(office: Office, words: str, tmp_path: Path) -> None:
    office.desk.do("cost_entries.add", compound_id=office.compound, year=2025, function="guards", amount=900)
    for lang in ("en", "zh_CN"):
        assert print_(office, f"{words} --on 2026-01-31", tmp_path / "paper.pdf", lang)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    "words",
    [
        "usage HERE",
        "usage HERE/ONE",
        "history HERE/ONE",
        "order ORDER",
        "offices",
        "room ROOM",
        "compound HERE",
        "term 2025-01-01..2026-01-31",
        "term 2025-01-01..2026-01-31/HERE",
        "term 2025-01-01..2026-01-31/HQ",
    ],
)
def test_a_paper_is_issued_and_the_next_one_of_the_day_is_its_next_version(
    office: Office, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for version in (1, 2):
        paper = print_(office, f"{words} --issue --on 2026-01-31", tmp_path / "paper.pdf")
        (kept,) = [row for row in office.desk.first(View("documents"), 9) if row["version"] == version]
        assert "".join(pages(paper)[1:]).count("文件编号") == 0, "its number heads the first page alone"
        assert kept["size"] == len(paper) and f"Issued as {kept['number']}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("job ORDER --issue", WrongUse),
        ("history", WrongUse),
        ("costs lately", WrongUse),
        ("offices --on lately", WrongUse),
        ("usage NOWHERE", Missing),
        ("term lately", WrongUse),
        ("journal --about nothing X", WrongUse),
        ("offices --by li.wei", WrongUse),
        ("journal lately", WrongUse),
        ("audit", WrongUse),
        ("audit 2026-01-01/NOWHERE", Missing),
    ],
)
def test_what_cannot_be_printed_writes_nothing(
    office: Office, words: str, error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        print_(office, words, tmp_path / "paper.pdf")
    assert not (tmp_path / "paper.pdf").exists()
