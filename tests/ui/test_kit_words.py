"""Words on the screen: nobody's own words are translated or taken for markup, long ones are cut and still told."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.kit.button import Button, IconButton
from ui.kit.text import Own, Text, counted, said, tip, words
from ui.kit.theme import LOOK


def test_what_somebody_wrote_is_never_translated(qtbot: QtBot) -> None:
    label = Text(Own("asset"))
    qtbot.addWidget(label)
    assert label.text() == "asset"
    label.say("asset")
    assert label.text() == "资产"


def test_markup_in_a_name_stays_a_name(qtbot: QtBot) -> None:
    label = Text(Own("<b>1号楼</b>"), elide=True)
    qtbot.addWidget(label)
    label.resize(30, 20)
    label.show()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in label.toolTip()
    assert tip("1号楼") == "1号楼"


def test_a_cut_text_tells_itself_in_its_tooltip_and_a_whole_one_does_not(qtbot: QtBot) -> None:
    label = Text(Own("联想 启天 M455 台式电脑"), elide=True)
    qtbot.addWidget(label)
    label.resize(50, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_sentences_with_values_are_said_again_in_the_other_language(qtbot: QtBot) -> None:
    label = Text(said("{name} · {kind}", name="1号楼", kind="A"))
    qtbot.addWidget(label)
    assert label.text() == "1号楼 · A"
    message = counted("{n} item", "{n} items", 3)
    LOOK.use(lang="en")
    assert words(message) == "3 items"


def test_an_ampersand_is_no_shortcut(qtbot: QtBot) -> None:
    button = Button(Own("R&D"))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "R&D"


def test_an_icon_says_what_it_does(qtbot: QtBot) -> None:
    button = IconButton("printer", "asset")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("资产", "资产")


def test_counts_are_shown_in_groups_of_three_and_years_are_not() -> None:
    LOOK.use(lang="en")
    assert words("{n} marked", n=1128) == "1,128 marked"
    assert counted(
        "{n} thing is to be said before the report", "{n} things are to be said before the report", 1128
    )() == ("1,128 things are to be said before the report")
    assert words("{year} or later", year=2026) == "2026 or later"
