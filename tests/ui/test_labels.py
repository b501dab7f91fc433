"""Labels and scanning in the real window: chosen, placed, fitted, printed; a scanner's keys open the asset anywhere."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from services.desk.listing import View
from services.label_stocks import stock_of
from tests.ui.test_assets import rows, shown
from tests.ui.test_places import page, settle
from tests.ui.test_window import bench, colours, hand, loaded, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.going import ToLabels
from ui.kit.list_page import ListPage
from ui.kit.messages import Toast
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.asset import AssetPage
from ui.pages.labels import LabelsPage
from ui.pages.room import RoomPage
from ui.screens import SCREENS
from ui.workbench import Workbench


def labels(bench: Workbench, hand: Hand, *ids: Any) -> LabelsPage:
    bench.assets.labels(ToLabels(tuple(ids)))
    found = page(bench, hand)
    assert isinstance(found, LabelsPage)
    drawn(bench, hand, found)
    return found


def drawn(bench: Workbench, hand: Hand, found: LabelsPage) -> None:
    hand.until(lambda: not found._soon.isActive(), "the pause")
    settle(bench, hand)
    hand.until(lambda: bool(found.preview.view.sizes), "the labels")


def pages(found: LabelsPage) -> list[str]:
    with pypdfium2.PdfDocument(found.preview.data) as pdf:
        return [sheet.get_textpage().get_text_bounded() for sheet in pdf]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_labels_are_seen_before_they_are_printed(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    found = labels(bench, hand, *(row["id"] for row in rows(bench, 3)))
    assert unnamed(found) == [] and colours(found) > 12
    assert found.print.isEnabled() and rows(bench)[0]["number"] in pages(found)[0]


def test_marked_assets_are_labelled_from_the_list(bench: Workbench, hand: Hand) -> None:
    listed = loaded(bench, hand, "assets")
    listed.table.mark([0, 2])
    listed.run(next(act for act in listed.acts if act.name == "labels.sheet"))
    found = page(bench, hand)
    assert isinstance(found, LabelsPage) and len(found.assets) == 2


def test_a_sheet_begins_where_somebody_points(bench: Workbench, hand: Hand) -> None:
    found = labels(bench, hand, *(row["id"] for row in rows(bench, 3)))
    found.sheet.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left):
        hand.press(key)
    drawn(bench, hand, found)
    assert found.sheet.start == 23 and len(pages(found)) == 2
    hand.press(Qt.Key.Key_Up)
    assert found.sheet.start == 20
    spot = found.sheet._spot(4).center().toPoint()
    QTest.mouseClick(found.sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    drawn(bench, hand, found)
    assert found.sheet.start == 5 and len(pages(found)) == 1


def test_another_stock_has_its_own_pages_and_its_own_fit(bench: Workbench, hand: Hand) -> None:
    found = labels(bench, hand, *(row["id"] for row in rows(bench, 2)))
    plain = found.preview.data
    for name, text in {"left": "21", "top": "19.5", "across": "149.2", "down": "150"}.items():
        hand.type(found.fit.boxes[name].line, text)
    found.fit.keep.click()
    drawn(bench, hand, found)
    hand.until(lambda: found.preview.data != plain, "labels that are moved")
    found.stock.set_value("roll-50x30")
    found.stock.edited.emit()
    drawn(bench, hand, found)
    hand.until(lambda: len(pages(found)) == 2, "one page a label")
    assert found.fit.boxes["left"].value() is None, "what was measured is of one kind of stock"
    found.stock.set_value("a4-3x8")
    found.stock.edited.emit()
    drawn(bench, hand, found)
    assert found.fit.boxes["left"].value() == 2100


def test_the_labels_of_a_room_and_of_what_changed(bench: Workbench, hand: Hand) -> None:
    row = next(row for row in bench.background.desk.first(View("assets"), 200) if row["room_id"])
    bench.places.room(row["room_id"])
    room = page(bench, hand)
    assert isinstance(room, RoomPage)
    room.labels.click()
    inside = page(bench, hand)
    assert isinstance(inside, LabelsPage) and row["id"] in inside.assets
    assert inside.print.isEnabled() or inside._soon.isActive()


def test_what_changed_is_asked_for_by_a_day(bench: Workbench, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, ids = list[tuple[Any, ...]](), [row["id"] for row in rows(bench, 2)]

    def changed(since: date, compound: UUID | None, _desk: object) -> list[UUID]:
        asked.append((since, compound))
        return ids if since <= today() else []

    monkeypatch.setattr("ui.pages.labels._changed", changed)  # everything in the sample was made today
    bench.assets.labels(ToLabels())
    found = page(bench, hand)
    assert isinstance(found, LabelsPage) and not found.print.isEnabled()
    hand.type(found.since.line, (today() + timedelta(days=1)).isoformat())
    settle(bench, hand)
    assert found.banner.isVisible() and not found.print.isEnabled()
    hand.type(found.since.line, today().isoformat())
    drawn(bench, hand, found)
    assert asked[-1] == (today(), None) and found.assets == ids
    assert found.print.isEnabled() and not found.banner.isVisible()


def test_labels_are_printed_in_their_own_size(bench: Workbench, hand: Hand, tmp_path: Any) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from ui.kit.printing import PrintJob

    found = labels(bench, hand, rows(bench)[0]["id"])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(600)
    job = PrintJob(found.preview.data, printer, bench, exact=True)
    wide, high = stock_of("a4-3x8").page
    place = job._place(QSize(round(wide / 25.4 * 300), round(high / 25.4 * 300)), 300 / 72)
    assert (place.left(), place.top()) == (0, 0)
    assert abs(place.width() - wide / 25.4 * 600) <= 2 and abs(place.height() - high / 25.4 * 600) <= 2


# A scanner


class Hours:
    """The clock of a scanner under test: every key comes so many milliseconds after the one before."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def scan(bench: Workbench, hand: Hand, code: str, at: QWidget | None = None, step: float = 4) -> None:
    bench.assets.scanner.clock = Hours(step)
    for key in code:
        QTest.keyClicks(at or QApplication.focusWidget() or bench, key)
    QTest.keyClick(at or QApplication.focusWidget() or bench, Qt.Key.Key_Return)
    settle(bench, hand)


def test_a_scan_opens_the_asset_from_any_place(bench: Workbench, hand: Hand) -> None:
    row = rows(bench)[0]
    for place in ("rooms", "assets", "places"):
        bench.show_screen(place)
        settle(bench, hand)
        scan(bench, hand, row["number"])
        found = page(bench, hand)
        assert isinstance(found, AssetPage) and found.asset == row["id"], place


def test_a_scan_in_a_field_leaves_what_was_typed_as_it_was(bench: Workbench, hand: Hand) -> None:
    row = rows(bench)[0]
    bench.edit(SCREENS["assets"], row)
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    line = form.fields["brand"].box.inner()
    assert isinstance(line, QLineEdit)
    hand.type(line, "half a word")
    scan(bench, hand, row["number"], line)
    assert isinstance(page(bench, hand), AssetPage)
    assert line.text() == "half a word"
    hand.press(Qt.Key.Key_Escape)
    assert page(bench, hand) is form and form.dirty(), "what was typed is still to be saved"
    form.reset()


def test_a_scan_in_a_long_text_and_in_a_choice_of_records_harms_neither(bench: Workbench, hand: Hand) -> None:
    row = rows(bench)[0]
    bench.edit(SCREENS["assets"], row)
    form = page(bench, hand)
    note = form.fields["note"].box.inner()
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    note.setPlainText("第一行\n第二行")
    cursor = note.textCursor()
    cursor.setPosition(2)
    note.setTextCursor(cursor)
    scan(bench, hand, row["number"], note)
    assert (note.toPlainText(), note.textCursor().position()) == ("第一行\n第二行", 2)
    hand.press(Qt.Key.Key_Escape)
    keeper = form.fields["keeper_id"]
    before = keeper.value()
    keeper.box.inner().setFocus()
    scan(bench, hand, row["number"], keeper.box.inner())
    assert isinstance(page(bench, hand), AssetPage)
    assert keeper.value() == before and before is not None, "the same person is still chosen"
    hand.press(Qt.Key.Key_Escape)
    form.reset()


def test_what_a_person_types_is_no_scan(bench: Workbench, hand: Hand) -> None:
    row = rows(bench)[0]
    listed: ListPage = loaded(bench, hand, "assets")
    search: QLineEdit = listed.filters.search.line
    search.setFocus()
    scan(bench, hand, row["number"], search, step=60)
    assert search.text() == row["number"] and not isinstance(bench.pages.currentWidget(), AssetPage)
    search.clear()
    scan(bench, hand, "12345", search)
    assert search.text() == "12345" and page(bench, hand) is listed, "too short for a code"
    listed.filters.clear()
    settle(bench, hand)


def test_an_unknown_code_says_so_and_what_to_do(bench: Workbench, hand: Hand) -> None:
    bench.show_screen("rooms")
    settle(bench, hand)
    scan(bench, hand, "XX-404-404")
    told = next(toast for toast in bench.findChildren(Toast) if toast.isVisible())
    assert "XX-404-404" in told.sentence.text()
    hand.click("Search the list" if LOOK.lang == "en" else "在列表中查找", told)
    settle(bench, hand)
    listed: ListPage = bench.lists["assets"]
    assert page(bench, hand) is listed and listed.filters.search.line.text() == "XX-404-404"
    listed.filters.clear()
    settle(bench, hand)


def test_the_page_in_front_may_want_the_code_itself(bench: Workbench, hand: Hand) -> None:
    row, taken = rows(bench)[0], list[str]()
    found = shown(bench, hand, rows(bench, 2)[1]["id"])
    found.take_scan = lambda code: taken.append(code) or True  # type: ignore[attr-defined, func-returns-value]
    scan(bench, hand, row["number"])
    assert taken == [row["number"]] and page(bench, hand) is found
