"""Searching and copying in the preview of a paper: what is found, where it shows, and what goes to the clipboard."""

from __future__ import annotations

import gc
import io
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from resources import path
from tests.documents.sample import printed
from ui.hand import Hand
from ui.kit import pdf_pages
from ui.kit.pdf_pages import _thread
from ui.kit.pdf_text import Search
from ui.kit.preview import PdfPreview
from ui.kit.theme import DARK, LIGHT, LOOK

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

Pages = list[list[tuple[float, float, str]]]


def written(pages: Pages, turned: int = 0) -> bytes:
    """A paper with these words on it, `x, y, text` a line."""
    pdfmetrics.registerFont(TTFont("Sans", str(path("fonts", "NotoSansSC_400Regular.ttf"))))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setPageRotation(turned)
        canvas.setFont("Sans", 12)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Three sheets. “借用清单” begins on the first and ends on the second."""
    return written(
        [
            [(80, 700, "移交清单 Handover LIST"), (80, 660, "编号 ZC-001（甲）"), (80, 120, "见借用")],
            [(80, 760, "清单第二页"), (80, 700, "list of things")],
            [(80, 300, "最后的 list")],
        ]
    )


def opened(qtbot: QtBot, data: bytes) -> tuple[PdfPreview, Hand]:
    made = PdfPreview(data, name="移交清单.pdf")
    qtbot.addWidget(made)
    made.resize(620, 640)
    made.show()
    made.activateWindow()
    hand = Hand(made)
    hand.until(lambda: made.view.settled, "the sheets")
    made.view.setFocus()
    return made, hand


def seek(made: PdfPreview, hand: Hand, wanted: str) -> str:
    """What is said once the whole paper was looked through."""
    QTest.keyClick(made.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hand.type(made.finder.line, wanted)
    hand.until(lambda: made.finder.settled, "the end of the search")
    return made.finder.told.text()


def in_sight(made: PdfPreview, hand: Hand) -> bool:
    """Whether the hit that is shown lies within the window, with a colour over it."""
    page, start, end = made.view.marks.hits[made.view.marks.current][0]
    hand.until(lambda: made.view.marks.letters(page) and made.view.settled, "the letters")
    hand.rest()
    letters = made.view.marks.letters(page)
    assert letters is not None
    box = made.view.placed(made.view.area(page), letters.areas(start, end)[0])
    if not made.view.viewport().rect().contains(box.toRect()):
        return False
    image = made.view.viewport().grab().toImage()
    spot = box.topLeft() + QPointF(1, 1)
    seen = image.pixelColor(spot.toPoint() * made.devicePixelRatioF())
    return seen.saturation() > 60


def place(made: PdfPreview, hand: Hand, page: int, text: str, end: bool = False) -> QPoint:
    """Where a word stands in the viewport: its left edge, or its right one."""
    hand.until(lambda: made.view.marks.letters(page), "the letters")
    letters = made.view.marks.letters(page)
    assert letters is not None
    at = letters.text.index(text) + (len(text) - 1 if end else 0)
    box = made.view.placed(made.view.area(page), letters.boxes[at])
    return QPointF(box.right() - 1 if end else box.left() + 1, box.center().y()).toPoint()


def drag(made: PdfPreview, hand: Hand, start: QPoint, end: QPoint) -> None:
    ground = made.view.viewport()
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(ground, (start + end) / 2)
    QTest.mouseMove(ground, end)
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=end)
    hand.rest()


def clipboard() -> str:
    return QApplication.clipboard().text()


@pytest.mark.parametrize(("lang", "tokens", "said"), [("en", LIGHT, "1 of 3"), ("zh_CN", DARK, "1 / 3")])
def test_capitals_make_no_difference_and_the_hit_is_brought_into_sight(
    qtbot: QtBot, paper: bytes, lang: str, tokens: object, said: str
) -> None:
    LOOK.use(lang=lang, tokens=tokens)  # type: ignore[arg-type]
    made, hand = opened(qtbot, paper)
    assert seek(made, hand, "LiSt") == said
    assert in_sight(made, hand)
    assert made.finder.line.accessibleDescription() == said
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_F3)
    assert made.finder.told.text() == said.replace("1", "3", 1)
    assert in_sight(made, hand)
    assert made.view.page == 2
    hand.press(Qt.Key.Key_F3)
    assert made.finder.told.text() == said, "behind the last comes the first"
    hand.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert made.finder.told.text() == said.replace("1", "2", 1)


def test_a_word_broken_over_two_pages_is_one_hit_marked_on_both(qtbot: QtBot, paper: bytes) -> None:
    LOOK.use(lang="en")
    made, hand = opened(qtbot, paper)
    assert seek(made, hand, "借用清单") == "1 of 1"
    assert [piece.page for piece in made.view.marks.hits[0]] == [0, 1]
    assert in_sight(made, hand)
    hand.until(lambda: made.view.marks.letters(1), "the letters of the other page")
    made.view.go(1)
    hand.until(lambda: made.view.settled, "the sheet")
    spot = place(made, hand, 1, "清单") + QPoint(0, -4)
    assert made.view.viewport().grab().toImage().pixelColor(spot).saturation() > 60


def test_rare_characters_are_found_where_a_line_ends_before_them(qtbot: QtBot) -> None:
    LOOK.use(lang="en")
    made, hand = opened(qtbot, printed(12).data)
    assert seek(made, hand, "管理人:𬭚䶮") == "1 of 2", "the paper breaks the line there and writes the colon wide"
    assert in_sight(made, hand)
    letters = made.view.marks.letters(0)
    assert letters is not None
    at = letters.text.index("𬭚䶮")
    assert letters.boxes[at + 1][0] >= letters.boxes[at][2] - 1, "it takes two places in PDFium, one of ours"
    assert seek(made, hand, "DS-2CD3T46WD") == "1 of 2", "the hyphen stands at the end of a line"
    page, start, end = made.view.marks.hits[0][0]
    letters = made.view.marks.letters(page)
    assert letters is not None and letters.copy(start, end) == "DS-2CD3T46WD"


def test_what_is_not_there_is_said_in_words(qtbot: QtBot, paper: bytes) -> None:
    LOOK.use(lang="en")
    made, hand = opened(qtbot, paper)
    assert seek(made, hand, "nowhere") == "Not found"
    assert not made.finder.next.isEnabled()
    made.show_pdf(written([[]]))
    hand.until(lambda: len(made.view.sizes) == 1 and made.finder.settled, "another file")
    assert made.finder.told.text() == "This paper has no text, only pictures", "the search is made again in it"


def test_escape_closes_the_search_line_and_not_the_page_around(qtbot: QtBot, paper: bytes) -> None:
    made, hand = opened(qtbot, paper)
    made.open_find()
    for part in (made.seek, made.finder.line, made.finder.before, made.finder.next, made.finder.close_it):
        assert part.accessibleName()
    left: list[bool] = []
    around = QShortcut(QKeySequence("Esc"), made)
    around.activated.connect(partial(left.append, True))
    seek(made, hand, "list")
    hand.press(Qt.Key.Key_Escape)
    assert not made.finder.isVisible()
    assert not left
    hand.press(Qt.Key.Key_Escape)
    assert left, "now it is the page's again"
    assert made.view.hasFocus()
    assert not made.view.marks.hits
    hand.click("Search this paper")
    hand.until(lambda: made.finder.settled and made.view.marks.hits, "the same search")
    assert made.finder.line.selectedText() == "list", "ready to be typed over"
    hand.press(Qt.Key.Key_Tab)
    assert [QApplication.focusWidget() is part for part in (made.finder.before, made.finder.line)] == [True, False]


def test_another_search_takes_the_place_of_one_under_way(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    LOOK.use(lang="en")
    monkeypatch.setattr(pdf_pages, "STEP", 0.0)  # a page a step
    long = written([[(80, 700, f"page {n} list")] for n in range(60)])
    made, hand = opened(qtbot, long)
    steps: list[Search] = []
    assert made._pages is not None
    made._pages.sought.connect(lambda search, _hits: steps.append(search))
    QTest.keyClick(made.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    made.finder.line.setText("list")
    made.finder.begin()
    first = made.finder._search
    hand.until(lambda: len(steps) >= 1, "a first step")
    made.finder.line.setText("page 5")
    hand.until(lambda: made.finder.settled, "the other search")
    assert first is not None and not first.done, "it was dropped"
    assert made.finder.told.text() == "1 of 11"


def test_leaving_the_paper_stops_the_search_and_leaves_nothing_behind(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "STEP", 0.0)
    long = written([[(80, 700, f"page {n} list")] for n in range(60)])
    made, hand = opened(qtbot, long)
    made.open_find()
    made.finder.line.setText("list")
    made.finder.begin()
    search, pages, gone = made.finder._search, weakref.ref(made._pages), weakref.ref(made)
    assert search is not None
    made.close()
    for _ in range(3):  # what was under way is told; nobody asks for more
        _thread().wait()
        hand.rest()
    assert search.at < 60
    at = search.at
    _thread().wait()
    assert search.at == at
    del made, hand
    gc.collect()
    assert gone() is None
    qtbot.waitUntil(lambda: gc.collect() >= 0 and pages() is None)


def test_the_mouse_selects_and_ctrl_c_copies(qtbot: QtBot, paper: bytes) -> None:
    made, hand = opened(qtbot, paper)
    drag(made, hand, place(made, hand, 0, "清单"), place(made, hand, 0, "编号", end=True))
    hand.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "清单 Handover LIST\n编号"
    drag(made, hand, place(made, hand, 0, "ZC-001（甲）", end=True), place(made, hand, 0, "ZC-001"))
    hand.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "ZC-001（甲）", "drawn from the end to the beginning"
    seen = made.view.viewport().grab().toImage().pixelColor(place(made, hand, 0, "ZC-001") + QPoint(0, -6))
    assert seen != QColor(Qt.GlobalColor.white)
    QTest.mouseClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert made.view.marks.text() == "", "a click takes it back"


def test_ctrl_a_selects_the_page_in_view_and_the_menu_copies(qtbot: QtBot, paper: bytes) -> None:
    LOOK.use(lang="en")
    made, hand = opened(qtbot, paper)
    QApplication.clipboard().setText("before")
    made.view.go(1)
    hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: clipboard() != "before", "the clipboard, once the page is read")
    assert clipboard() == "清单第二页\nlist of things"
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(50, 50), made.mapToGlobal(QPoint(50, 50)))
    QApplication.sendEvent(made.view, key)
    menu = next(menu for menu in made.findChildren(QMenu) if menu.isVisible())
    copy, every = menu.actions()
    assert (copy.text(), every.text()) == ("Copy", "Select this page")
    QApplication.clipboard().setText("before")
    copy.trigger()
    assert clipboard() == "清单第二页\nlist of things"
    menu.close()


def test_letters_of_a_turned_page_lie_where_they_are_seen(qtbot: QtBot) -> None:
    made, hand = opened(qtbot, written([[(80, 400, "移交清单")]], turned=90))
    seek(made, hand, "清单")
    assert in_sight(made, hand)
    page, start, end = made.view.marks.hits[0][0]
    letters = made.view.marks.letters(page)
    assert letters is not None
    areas = letters.areas(start, end)
    assert areas[0][0] == pytest.approx(400, abs=6), "what was high is now at the right"
    assert areas[-1][1] > areas[0][1], "and the line goes down"
