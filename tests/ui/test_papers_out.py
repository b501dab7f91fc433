"""Many papers of the archive at once, in the real window: printed one after the other, or saved as files."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from services import document_issuing, handovers, office, registry  # noqa: F401
from services.desk import keys
from services.desk.listing import View
from tests.documents.sample import text
from tests.services.people import found
from ui.hand import Hand
from ui.kit.messages import ConfirmDialog
from ui.kit.theme import LOOK
from ui.pages.papers_out import PapersOut
from ui.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
PASSWORD, PAPERS = "a good password", 3
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[office.Office]:
    """An office with three issued papers; nothing is changed in it."""
    place = tmp_path_factory.mktemp("office") / "office"
    place.mkdir()
    office.set_up(
        place, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    opened = office.sign_in(place, "admin", PASSWORD)
    here = found(opened.desk)
    for _ in range(PAPERS):
        note = opened.desk.do(handovers.draft, [here.asset()], here.taker).value
        opened.desk.do(handovers.issue, note)
    yield opened
    opened.close()


@pytest.fixture
def bench(qtbot: Any, entered: office.Office) -> Iterator[Workbench]:
    LOOK.use(lang="en")
    made = Workbench(entered.desk)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    assert made.leave()


@pytest.fixture
def hand(bench: Workbench) -> Hand:
    return Hand(bench)


@pytest.fixture
def papers(bench: Workbench) -> list[dict[str, Any]]:
    """The papers in the order of the list."""
    return [dict(row) for row in bench.background.desk.first(View("documents"), PAPERS)]


def numbers(papers: list[dict[str, Any]]) -> array[int]:
    return array("q", [row["n"] for row in papers])


def over(hand: Hand, page: PapersOut) -> list[str]:
    """What the list says of each paper once all is done."""
    hand.until(lambda: not page.running, "the end")
    hand.rest()
    return [str(line.cells[3].text) for line in page.grid.records.every]


def to_file(file: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def file_of(row: dict[str, Any], stem: str = "") -> str:
    return f"{stem}{row['number']}-{row['version']}.pdf"


def marked(bench: Workbench, hand: Hand) -> Any:
    """All papers of the list, marked."""
    bench.show_screen("documents")
    page = bench.lists["documents"]
    hand.until(lambda: page.model.complete and page.model.line(PAPERS - 1), "the list")
    page.table.selectAll()
    hand.rest()
    return page


def test_marked_papers_are_saved_in_a_folder_under_number_and_version(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = marked(bench, hand)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    listed.run(next(act for act in listed.acts if act.name == "documents.save"))
    page = bench.pages.currentWidget()
    assert isinstance(page, PapersOut)
    over(hand, page)
    assert {file.name for file in tmp_path.iterdir()} == {file_of(row) for row in papers}
    for row in papers:
        kept = bench.background.desk.ask("documents.signed", document_id=row["id"])
        assert (tmp_path / file_of(row)).read_bytes() == kept
    assert page.good.sentence.text() == "3 of 3 papers were saved"
    assert not page.wrong.isVisible()
    assert [row["n"] for row in page.rows] == list(listed.table.numbers()), "in the order of the list"


def test_another_file_is_never_written_over_and_the_same_one_not_doubled(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    over(hand, bench.signing.save_in(tmp_path, numbers(papers[:2])))
    first, second = (tmp_path / file_of(row) for row in papers[:2])
    second.write_bytes(b"somebody's own")
    told = over(hand, bench.signing.save_in(tmp_path, numbers(papers)))
    again = tmp_path / f"{second.stem} (2).pdf"
    assert second.read_bytes() == b"somebody's own"
    assert again.read_bytes()[:5] == b"%PDF-"
    assert told[0] == f"{first.name} is there already, the very same"
    assert told[1] == f"saved as {again.name}; another file is called {second.name}"
    assert len(list(tmp_path.iterdir())) == PAPERS + 1


def test_a_folder_that_is_gone_is_said_for_each_paper(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    page = bench.signing.save_in(tmp_path / "gone", numbers(papers))
    assert over(hand, page) == ["No such file or directory"] * PAPERS
    assert page.wrong.isVisible() and papers[0]["number"] in page.wrong.sentence.text()
    assert not page.good.isVisible()


def test_each_paper_is_printed_as_a_job_of_its_own_in_the_order_of_the_list(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    chosen = [papers[2], papers[0]]
    other = tmp_path / file_of(papers[0], "out-")
    other.write_bytes(b"somebody's own")
    page = bench.signing.print_on(to_file(tmp_path / "out.pdf"), numbers(chosen))
    assert over(hand, page) == ["sent to the printer"] * 2
    assert [row["id"] for row in page.rows] == [row["id"] for row in chosen]
    assert page.good.sentence.text() == "2 of 2 papers were sent to the printer"
    printed = [tmp_path / file_of(papers[2], "out-"), tmp_path / f"{other.stem} (2).pdf"]
    assert {file.name for file in tmp_path.iterdir()} == {other.name, *(file.name for file in printed)}
    for file, row in zip(printed, chosen, strict=True):
        kept = bench.background.desk.ask("documents.signed", document_id=row["id"])
        with pypdfium2.PdfDocument(file) as pdf, pypdfium2.PdfDocument(kept) as paper:
            assert len(pdf) == len(paper)
        assert row["number"] in text(kept)


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_said_and_holds_up_none_behind_it(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    page = bench.signing.print_on(to_file(tmp_path / "gone" / "out.pdf"), numbers(papers[:2]))
    told = over(hand, page)
    assert all(said.endswith("does not take it") for said in told), told
    assert page.wrong.sentence.text().startswith("2 papers are left out")


def test_stopping_leaves_out_what_waits_and_says_so(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    page = bench.signing.print_on(to_file(tmp_path / "out.pdf"), numbers(papers))
    hand.until(lambda: page.panel.bar.maximum() == PAPERS, "the papers")
    hand.click("Stop", page.panel)
    told = over(hand, page)
    assert told[-1] == "stopped"
    assert page.wrong.isVisible()
    assert not page.panel.isVisible()


def test_leaving_while_it_prints_asks_first_and_then_stops(
    bench: Workbench, hand: Hand, papers: list[dict[str, Any]], tmp_path: Path
) -> None:
    page = bench.signing.print_on(to_file(tmp_path / "out.pdf"), numbers(papers))
    answers = iter([False, True])

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        (dialog.go if next(answers) else dialog.stay).click()

    QTimer.singleShot(0, answer)
    page._back()
    assert bench.pages.currentWidget() is page
    if page.running:
        QTimer.singleShot(0, answer)
    page._back()
    assert bench.pages.currentWidget() is not page
    hand.rest()
