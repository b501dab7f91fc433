"""The preview of a paper, with real PDF files: seen, turned, zoomed, printed, saved, and what it says of a bad one."""

from __future__ import annotations

import gc
import io
import threading
import weakref
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ui.kit.messages import Toast
from ui.kit.pdf_pages import PdfPages
from ui.kit.pdf_text import Piece, Search
from ui.kit.preview import PdfPreview
from ui.kit.theme import DARK, LOOK

PAGES = 5
GREYS = [0.2 + 0.1 * n for n in range(PAGES)]


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Five sheets, each with a block of its own grey on it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for grey in GREYS:
        canvas.setFillGray(grey)
        canvas.rect(100, 300, 400, 400, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, paper: bytes) -> PdfPreview:
    made = PdfPreview(paper, name="移交清单.pdf")
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    qtbot.waitUntil(lambda: len(made.view.sizes) == PAGES)
    return made


def centre(preview: PdfPreview) -> QColor:
    """What is seen in the middle of the sheet at the top."""
    area = preview.view.area(preview.view.page)
    spot = QPoint(round(area.center().x()), round(area.top() + area.height() * 0.35))
    return QColor(preview.view.viewport().grab().toImage().pixel(spot))


def shows(preview: PdfPreview, page: int) -> bool:
    return abs(centre(preview).redF() - GREYS[page]) < 0.02


def test_the_first_sheet_is_drawn_and_its_place_said(qtbot: QtBot, preview: PdfPreview) -> None:
    qtbot.waitUntil(lambda: shows(preview, 0))
    assert "1" in preview.where.text()
    assert "5" in preview.where.text()
    assert not preview.up.isEnabled()


def test_page_keys_turn_and_end_goes_to_the_last(qtbot: QtBot, preview: PdfPreview) -> None:
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.view.page == 1
    qtbot.waitUntil(lambda: shows(preview, 1))
    preview.down.click()
    assert preview.view.page == 2
    QTest.keyClick(preview.view, Qt.Key.Key_PageUp)
    assert preview.view.page == 1
    QTest.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.view.page == PAGES - 1
    qtbot.waitUntil(lambda: shows(preview, PAGES - 1))
    QTest.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.view.page == 0


def test_zooming_draws_anew_at_the_new_size(qtbot: QtBot, preview: PdfPreview) -> None:
    before = preview.view.zoom
    preview.closer.click()
    assert preview.view.zoom > before
    qtbot.waitUntil(lambda: preview.view._kept.get(0, (0,))[0] == preview.view._scale())
    for _ in range(40):
        QTest.keyClick(preview.view, Qt.Key.Key_Minus)
    assert preview.view.zoom == 0.25
    assert preview.percent.text() == "25%"
    preview.wide.click()
    assert preview.view.zoom == before


def test_the_width_stays_fitted_when_the_window_grows(preview: PdfPreview) -> None:
    before = preview.view.zoom
    preview.resize(1000, 700)
    assert preview.view.zoom > before
    area = preview.view.area(0)
    assert 0 < area.left() < 20


def test_the_paper_stays_paper_in_the_dark(qtbot: QtBot, preview: PdfPreview) -> None:
    qtbot.waitUntil(lambda: shows(preview, 0))
    LOOK.use(tokens=DARK)
    assert shows(preview, 0)
    assert preview.view.viewport().grab().toImage().pixelColor(3, 400) == QColor(DARK.desk)


def test_a_paper_drawn_anew_keeps_the_page_that_is_read(qtbot: QtBot, preview: PdfPreview, paper: bytes) -> None:
    preview.view.go(3)
    qtbot.waitUntil(lambda: shows(preview, 3))
    preview.show_pdf(paper + b"\n")
    assert not preview.view.settled
    qtbot.waitUntil(lambda: preview.view.pages is preview._pages)
    assert preview.view.page == 3
    assert shows(preview, 3), "no white sheet meanwhile"
    qtbot.waitUntil(lambda: shows(preview, 3))


def test_a_file_that_is_no_pdf_is_said_to_be_none(qtbot: QtBot) -> None:
    made = PdfPreview(b"not a paper")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.wrong.isVisible)
    assert made.wrong.sentence.text()
    assert not made.printer.isEnabled()


def test_a_copy_is_the_same_bytes_and_a_refused_one_is_said(preview: PdfPreview, paper: bytes, tmp_path: Path) -> None:
    preview.save_to(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == paper
    preview.save_to(tmp_path)
    assert [toast.isVisible() for toast in preview.findChildren(Toast)][-1]


@pytest.mark.parametrize(("first", "last", "count"), [(0, 0, PAGES), (2, 3, 2)])
def test_the_pages_asked_for_are_printed(
    qtbot: QtBot, preview: PdfPreview, tmp_path: Path, first: int, last: int, count: int
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(first, last)
    job = preview.print_on(printer)
    with qtbot.waitSignal(job.finished, timeout=20000) as told:
        pass
    assert told.args == [""]
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(printed) == count
    grey = GREYS[max(first - 1, 0)]
    middle = printed[0].render(scale=0.5).to_pil().getpixel((150, 180))
    assert abs(middle[0] / 255 - grey) < 0.05
    printed.close()


def test_closing_while_sheets_are_drawn_leaves_nothing_behind(qtbot: QtBot, paper: bytes) -> None:
    made = PdfPreview(paper)
    made.resize(600, 700)
    made.show()
    pages = weakref.ref(made._pages)
    gone = weakref.ref(made)
    made.close()
    del made
    gc.collect()
    assert gone() is None
    qtbot.waitUntil(lambda: gc.collect() >= 0 and pages() is None)
    QApplication.processEvents()


def test_a_file_nobody_shows_any_more_ends_in_the_thread_of_the_window(qtbot: QtBot, paper: bytes) -> None:
    ends: list[threading.Thread] = []

    class Pages(PdfPages):
        def __del__(self) -> None:
            ends.append(threading.current_thread())

    for _ in range(120):
        Pages(paper).open()
    qtbot.waitUntil(lambda: len(ends) == 120)
    assert set(ends) == {threading.main_thread()}


def test_only_the_sheets_wanted_last_are_drawn(qtbot: QtBot, paper: bytes) -> None:
    pages, drawn = PdfPages(paper), []
    pages.drawn.connect(lambda page, scale, image: drawn.append((page, scale)))
    pages.open()
    for n in range(30):
        pages.ask(n % PAGES, 1.0 + n)
    qtbot.waitUntil(lambda: (4, 30.0) in drawn or len(drawn) >= 8, timeout=30000)
    assert len(drawn) < 30
    pages.close()


@pytest.mark.parametrize(
    ("wanted", "texts", "found"),
    [
        ("甲乙丙", ["x甲\r\n", "乙丙y甲乙丙"], [(Piece(0, 1, 4), Piece(1, 0, 2)), (Piece(1, 3, 6),)]),
        ("aa", ["aaa", "aa"], [(Piece(0, 0, 2),), (Piece(0, 2, 3), Piece(1, 0, 1))]),
        ("a b", ["a\r\nb a  b ab"], [(Piece(0, 0, 4),), (Piece(0, 5, 9),)]),
        ("(1)", ["（1） (1)"], [(Piece(0, 0, 3),), (Piece(0, 4, 7),)]),
        ("x", ["", "x"], [(Piece(1, 0, 1),)]),
    ],
)
def test_where_a_search_finds(wanted: str, texts: list[str], found: list[tuple[Piece, ...]]) -> None:
    search = Search(wanted, len(texts))
    assert [hit for text in texts for hit in search.look(text)] == found
    assert search.done
