"""Labels read back from the file: where they lie in millimetres, what their codes say, what a printer's fit changes."""

from __future__ import annotations

import ctypes
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as raw
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from services.desk.errors import Cancelled, Invalid
from services.documents.ink import MM
from services.documents.labels import Label, render_calibration, render_labels
from services.documents.verify import inspect
from services.label_stocks import Fit, Stock, stock_of, stocks

MADE = datetime(2026, 11, 23, tzinfo=UTC)
Boxes = list[tuple[float, float, float, float]]


def label(n: int) -> Label:
    return Label(f"JG-2026-{n:06d}", "某某机关事务管理局", "高压配电柜", "KYN28A-12", "动力中心一层")


def boxes(data: bytes, page: int = 0) -> Boxes:
    """Left, top, width and height in mm, from the upper left corner, of everything drawn as a path, lines aside."""
    found: Boxes = []
    with pypdfium2.PdfDocument(data) as pdf:
        sheet = pdf[page]
        _, high = sheet.get_size()
        for at in range(raw.FPDFPage_CountObjects(sheet)):
            shape = raw.FPDFPage_GetObject(sheet, at)
            if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_PATH:
                edges = [ctypes.c_float() for _ in range(4)]
                raw.FPDFPageObj_GetBounds(shape, *edges)
                left, bottom, right, top = (edge.value for edge in edges)
                found.append((left / MM, (high - top) / MM, (right - left) / MM, (top - bottom) / MM))
        sheet.close()
    return found


def outlines(stock: Stock, data: bytes, page: int = 0) -> Boxes:
    """The outlines of labels among them; the hair of the line itself is taken off."""
    hair = 0.25 / MM
    return [(x + hair / 2, y + hair / 2, w - hair, h - hair) for x, y, w, h in boxes(data, page)
            if abs(w - stock.label[0]) < 1 and abs(h - stock.label[1]) < 1]  # fmt: skip


def near(one: float, other: float, by: float = 0.1) -> bool:
    return abs(one - other) <= by


SHEETS = [name for name, stock in stocks().items() if stock.outline]


@pytest.mark.parametrize("name", SHEETS)
def test_every_label_lies_where_the_stock_has_it(name: str) -> None:
    stock = stock_of(name)
    paper = render_labels([label(n) for n in range(stock.places)], stock, made=MADE)
    found = outlines(stock, paper.data)
    assert len(found) == stock.places and paper.pages == 1
    for at, (x, y, wide, high) in enumerate(found):
        left, top = stock.place(at)
        assert near(x, left) and near(y, top), (at, x, y)
        assert near(wide, stock.label[0]) and near(high, stock.label[1])


@pytest.mark.parametrize("name", stocks())
def test_labels_do_not_overlap_and_stay_on_the_page(name: str) -> None:
    stock = stock_of(name)
    last = stock.place(stock.places - 1)
    assert last[0] + stock.label[0] <= stock.page[0] + 0.01 and last[1] + stock.label[1] <= stock.page[1] + 0.01
    assert stock.label[0] <= stock.pitch[0] and stock.label[1] <= stock.pitch[1]


@pytest.mark.parametrize(("start", "count", "pages"), [(1, 24, 1), (1, 25, 2), (24, 2, 2), (10, 15, 1), (10, 16, 2)])
def test_a_sheet_is_used_from_the_label_that_is_left(start: int, count: int, pages: int) -> None:
    stock = stock_of("a4-3x8")
    paper = render_labels([label(n) for n in range(count)], stock, start=start, made=MADE)
    assert paper.pages == pages
    found = outlines(stock, paper.data)
    assert near(found[0][0], stock.place(start - 1)[0]) and near(found[0][1], stock.place(start - 1)[1])
    assert sum(len(outlines(stock, paper.data, page)) for page in range(pages)) == count


@pytest.mark.parametrize("start", [0, 25, -1])
def test_there_is_no_label_beside_the_sheet(start: int) -> None:
    with pytest.raises(Invalid):
        render_labels([label(1)], stock_of("a4-3x8"), start=start, made=MADE)


@pytest.mark.parametrize("name", ["a4-3x8", "a4-4x12", "roll-50x30"])
def test_the_code_says_the_number_and_lies_within_its_label(name: str) -> None:
    stock = stock_of(name)
    paper = render_labels([label(7)], stock, made=MADE)
    [(x, y, wide, high)] = [box for box in boxes(paper.data) if near(box[2], box[3], 0.05) and box[2] > 8]
    left, top = stock.place(0)
    assert left < x and top < y and x + wide < left + stock.label[0] and y + high < top + stock.label[1]
    rows = [bytes(row) for row in segno.make_qr("JG-2026-000007", error="m", boost_error=False).matrix]
    with pypdfium2.PdfDocument(paper.data) as pdf:
        page = pdf[0]
        picture = page.render(scale=40 / MM, grayscale=True).to_pil()  # forty pixels a millimetre
        middles = [(n + 0.5) * wide / len(rows) for n in range(len(rows))]
        seen = [
            bytes(int(picture.getpixel((round((x + across) * 40), round((y + down) * 40))) < 128) for across in middles)
            for down in middles
        ]
        page.close()
    assert seen == rows


@given(
    shift=st.tuples(st.floats(-5, 5), st.floats(-5, 5)), scale=st.tuples(st.floats(0.95, 1.05), st.floats(0.95, 1.05))
)
@settings(max_examples=15, deadline=None)
def test_what_the_printer_moves_and_stretches_is_taken_out(
    shift: tuple[float, float], scale: tuple[float, float]
) -> None:
    stock = stock_of("a4-3x8")
    cross = tuple(a + b * c for a, b, c in zip(shift, scale, stock.cross, strict=True))
    rulers = tuple(a * b for a, b in zip(stock.rulers, scale, strict=True))
    fit = Fit.measured(stock, (cross[0], cross[1]), (rulers[0], rulers[1]))
    paper = render_labels([label(n) for n in range(24)], stock, made=MADE, fit=fit)
    for at, (x, y, wide, high) in enumerate(found := outlines(_seen(stock, scale), paper.data)):
        left, top = stock.place(at)
        assert near(shift[0] + scale[0] * x, left) and near(shift[1] + scale[1] * y, top)
        assert near(wide * scale[0], stock.label[0], 0.15) and near(high * scale[1], stock.label[1], 0.15)
    assert len(found) == 24


def _seen(stock: Stock, scale: tuple[float, float]) -> Stock:
    """The stock as large as it is in the file: what the printer will stretch."""
    from dataclasses import replace

    return replace(stock, label=(stock.label[0] / scale[0], stock.label[1] / scale[1]))


@pytest.mark.parametrize("cross", [(200.0, 20.0), (20.0, 2.0)])
def test_a_printer_that_far_off_was_measured_wrongly(cross: tuple[float, float]) -> None:
    with pytest.raises(Invalid):
        Fit.measured(stock_of("a4-3x8"), cross, (150.0, 150.0))


@pytest.mark.parametrize("name", stocks())
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_calibration_page_has_rulers_of_the_length_it_says(name: str, lang: str) -> None:
    stock = stock_of(name)
    paper = render_calibration(stock, made=MADE, lang=lang)
    found = boxes(paper.data)
    (x, y), (across, down) = stock.cross, stock.rulers
    assert any(h < 0.3 and near(a + h / 2, x) and near(b + h / 2, y) and near(w - h, across) for a, b, w, h in found)
    assert any(w < 0.3 and near(a + w / 2, x) and near(b + w / 2, y) and near(h - w, down) for a, b, w, h in found)
    assert x + across < stock.page[0] and y + down < stock.page[1] and min(across, down) >= 10


def test_the_file_is_the_same_twice_intact_and_can_be_stopped() -> None:
    one, two = (render_labels([label(1)], stock_of("roll-60x40"), made=MADE) for _ in range(2))
    assert one.data == two.data and inspect(one.data).intact
    with pytest.raises(Cancelled):
        render_labels([label(1)], stock_of("roll-60x40"), made=MADE, tell=lambda done, total: False)


@pytest.mark.parametrize("name", ["a4-4x12", "roll-50x30", "a4-3x8"])
def test_long_words_stay_on_the_label(name: str) -> None:
    stock = stock_of(name)
    words = "非常长的资产名称用来看标签上放不放得下" * 3
    paper = render_labels([Label("ZC-JGSW-2026-000123-ABCDEF", words, words, words, words)], stock, made=MADE)
    left, top = stock.place(0)
    with pypdfium2.PdfDocument(paper.data) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        for n in range(text.count_chars()):
            a, b, c, d = text.get_charbox(n)
            high = page.get_size()[1]
            assert a / MM > left and c / MM < left + stock.label[0]
            assert (high - d) / MM > top and (high - b) / MM < top + stock.label[1]
        text.close()
        page.close()
