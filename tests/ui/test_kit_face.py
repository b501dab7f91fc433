"""Every component in both themes and languages: something is drawn, it can be read, and it has a name."""

from __future__ import annotations

import gc
import weakref
from hashlib import sha256
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from tests.ui.parts import PARTS, spoken
from ui.kit.card import KeyValue
from ui.kit.qss import STATES, mixed
from ui.kit.text import Own
from ui.kit.theme import DARK, LIGHT, LOOK, Tokens

GROUNDS = ("surface", "bg", "sunken", "hover", "tint", "selected")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    return sum(share * _linear(part) for share, part in zip((0.2126, 0.7152, 0.0722), _parts(colour), strict=True))


def _parts(colour: str) -> tuple[float, float, float]:
    named = QColor(colour)
    return named.redF(), named.greenF(), named.blueF()


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def shown(qtbot: QtBot, name: str) -> QWidget:
    made = PARTS[name]()
    qtbot.addWidget(made)
    if not made.testAttribute(Qt.WidgetAttribute.WA_Resized):
        made.adjustSize()
    made.show()
    return made


@pytest.mark.parametrize("name", PARTS)
def test_something_is_drawn_and_whatever_takes_the_keyboard_has_a_name(qtbot: QtBot, name: str) -> None:
    for tokens, lang in product((LIGHT, DARK), ("zh_CN", "en")):
        LOOK.use(tokens=tokens, lang=lang)
        made = shown(qtbot, name)
        assert len(colours(made.grab().toImage())) > (0 if name == "line" else 1), "one flat colour"
        for widget in (made, *made.findChildren(QWidget)):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
                assert spoken(widget), f"{type(widget).__name__} has no name"
        made.hide()


@pytest.mark.parametrize("name", PARTS)
def test_a_switch_of_theme_repaints_what_is_open(qtbot: QtBot, name: str) -> None:
    made = shown(qtbot, name)
    before = made.grab().toImage()
    LOOK.use(tokens=DARK)
    QApplication.processEvents()
    assert made.grab().toImage() != before


@pytest.mark.parametrize(
    "name", ["text", "plain button", "icon button", "rail", "section", "bar", "entry", "page head"]
)
def test_a_switch_of_language_renames_what_is_open(qtbot: QtBot, name: str) -> None:
    made = shown(qtbot, name)
    chinese = {spoken(widget) for widget in (made, *made.findChildren(QWidget))}
    LOOK.use(lang="en")
    english = {spoken(widget) for widget in (made, *made.findChildren(QWidget))}
    assert any("资产" in word for word in chinese)
    assert any("Asset" in word for word in english)
    assert not any("资产" in word for word in english)


@pytest.mark.parametrize("name", PARTS)
def test_nothing_stays_behind_when_it_is_closed(qtbot: QtBot, name: str) -> None:
    before = len(QApplication.topLevelWidgets())
    made = PARTS[name]()
    gone = weakref.ref(made)
    made.show()
    QApplication.processEvents()
    made.close()
    del made
    gc.collect()
    assert gone() is None
    assert len(QApplication.topLevelWidgets()) <= before


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    pairs = [
        (text, getattr(tokens, ground)) for text in (tokens.text, tokens.text2, tokens.text3) for ground in GROUNDS
    ]
    pairs += [(tokens.primary, getattr(tokens, ground)) for ground in ("surface", "tint", "hover", "sunken")]
    pairs += [getattr(tokens, state) for state in STATES]
    pairs += [(getattr(tokens, state)[0], getattr(tokens, ground)) for state in STATES for ground in GROUNDS[:3]]
    pairs += [(tokens.text3, getattr(tokens, state)[1]) for state in ("warn", "bad")]
    pairs += [(tokens.onprimary, tokens.primary), (tokens.bg, tokens.text), (tokens.text, tokens.mark)]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_fills_and_edges_that_mean_something_can_be_seen(tokens: Tokens) -> None:
    fills = (tokens.okfill, tokens.warnfill, tokens.badfill, tokens.primary, tokens.control, tokens.chart3)
    assert {fill: contrast(fill, tokens.surface) for fill in fills if contrast(fill, tokens.surface) < 3} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_primary_button_can_be_read_under_the_mouse(tokens: Tokens) -> None:
    towards = tokens.text if tokens is LIGHT else tokens.onprimary
    for share in (0.12, 0.24):
        assert contrast(tokens.onprimary, mixed(tokens.primary, towards, share)) >= 4.5


def test_the_shipped_icons_are_the_ones_their_list_names() -> None:
    lines = resources.path("icons", "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: total for total, _, name in (line.partition("  ") for line in lines)}
    found = {file.name: sha256(file.read_bytes()).hexdigest() for file in resources.path("icons").glob("*.svg")}
    assert found == listed


def test_what_a_rule_rests_on_is_told_whole(qtbot: QtBot, dressed: object) -> None:
    """Over several lines, where a short fact stands on one."""
    source = Own("生活饮用水卫生监督管理办法；CJJ 140 与各地规定至少每半年，GB 17051 至少每年；人员进入属有限空间作业")
    long, cut = KeyValue("periodic_work_rule.source", source, wrap=True), KeyValue("periodic_work_rule.source", source)
    for fact in (long, cut):
        qtbot.addWidget(fact)
    assert long.heightForWidth(300) > 2 * cut.sizeHint().height()
    assert cut.value.wordWrap() is False and long.value.wordWrap() is True
