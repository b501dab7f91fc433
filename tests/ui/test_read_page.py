"""Pages made by hand that read themselves: what is seen is what was written last, and what cannot be read is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from resources.words import N_
from services.desk.desk import Desk
from services.desk.errors import Missing
from services.desk.listing import LISTINGS
from tests.ui.fake_desk import FakeDesk
from tests.ui.kit_helpers import office
from ui.kit.background import Background
from ui.kit.history import History
from ui.kit.layout import column
from ui.kit.page import PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.record_page import RecordPage
from ui.kit.text import Own
from ui.kit.theme import LOOK

GONE = N_("It is damaged: press Verify, and tell the system administrator.")


def _count(desk: Desk) -> int:
    """How often something was read, this time among them."""
    desk.find("room", "")
    return desk.calls.count("find room ")  # type: ignore[attr-defined, no-any-return]


class Board(ReadPage):
    """Shows how often it was read."""

    watched = frozenset({"asset"})

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found, self.pressed = list[int](), list[str]()
        self.setLayout(column(self.wrong, None))
        self.begin({"Ctrl+B": self._press})

    def _press(self) -> None:
        self.pressed.append("Ctrl+B")

    def question(self) -> Callable[[Desk], int]:
        return _count

    def _got(self, found: int) -> None:
        self.found.append(found)


class Leaf(RecordPage):
    """The page of a record with its history."""

    watched, kind = frozenset({"asset"}), "asset"

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.head = PageHead("asset", back=(("assets", "assets"),))
        self.history = History(background, LISTINGS["pretended"].columns)
        self.said, self.opened = list[str](), 0
        self.setLayout(column(self.head, self.wrong, self.history, None))
        self.begin()

    def question(self) -> Callable[[Desk], Any]:
        return _sheet

    def _say(self, sheet: Any) -> None:
        self.head.title.say(Own(sheet.name))
        self.said.append(LOOK.lang)

    def _first(self, sheet: Any) -> None:
        self.opened += 1


def _sheet(desk: Desk) -> Any:
    return SimpleNamespace(id=UUID(int=7), name=f"空调 {_count(desk)}")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def background(desk: FakeDesk) -> Iterator[Background]:
    with office(desk) as made:
        yield made


def _shown(qtbot: QtBot, page: Any) -> Any:
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and not page.background.busy)
    return page


def _write(qtbot: QtBot, background: Background, kinds: frozenset[str] = frozenset({"asset"})) -> None:
    """Somebody wrote something of these kinds, and everybody has read what he wants of it."""
    background.changed.emit(kinds)
    qtbot.waitUntil(lambda: not background.busy)


def test_a_page_is_read_again_after_what_it_shows_was_written(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Board(background))
    _write(qtbot, background)
    assert page.found == [1, 2]


def test_what_a_page_does_not_show_does_not_concern_it(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Board(background))
    _write(qtbot, background, frozenset({"room", "staff"}))
    assert page.found == [1]


def test_a_page_behind_another_is_read_once_when_it_comes_to_the_front(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Board(background))
    page.hide()
    for _ in range(3):
        _write(qtbot, background)
    assert page.found == [1], "nobody sees it"
    page.show()
    qtbot.waitUntil(lambda: not background.busy)
    assert page.found == [1, 2]
    page.hide()
    page.show()
    assert not background.busy, "nothing was written meanwhile"


def test_f5_reads_a_page_again_and_its_own_keys_work(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Board(background))
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.found == [1, 2])
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.pressed == ["Ctrl+B"]


def test_why_it_could_not_be_read_stands_above_until_it_can(
    qtbot: QtBot, desk: FakeDesk, background: Background
) -> None:
    page = _shown(qtbot, Board(background))
    desk.broken = Missing(GONE)
    _write(qtbot, background)
    assert page.wrong.isVisible() and page.wrong.accessibleName() == page.wrong.sentence.text()
    assert page.found == [1], "what was read before still stands there"
    desk.broken = None
    page.read()
    qtbot.waitUntil(lambda: not background.busy)
    assert not page.wrong.isVisible() and len(page.found) == 2


def test_what_nobody_expected_goes_to_the_window(qtbot: QtBot, desk: FakeDesk, background: Background) -> None:
    page, heard = _shown(qtbot, Board(background)), list[object]()
    background.failed.connect(heard.append)
    desk.broken = RuntimeError("disk")
    page.read()
    qtbot.waitUntil(lambda: heard == [desk.broken])
    assert not page.wrong.isVisible()


def test_of_two_readings_on_their_way_the_newer_is_shown(qtbot: QtBot, desk: FakeDesk, background: Background) -> None:
    page = _shown(qtbot, Board(background))
    with desk.holding():
        page.read()
        page.read()
    qtbot.waitUntil(lambda: not background.busy)
    assert len(page.found) == 2


def test_a_query_by_its_name_is_a_question() -> None:
    asked: Any = SimpleNamespace(ask=lambda query, **values: (query, values))
    assert asking("posts.sheet", post_id=5)(asked) == ("posts.sheet", {"post_id": 5})


# The page of a record


def test_a_record_says_its_name_and_what_happened_to_it(qtbot: QtBot, desk: FakeDesk, background: Background) -> None:
    page = _shown(qtbot, Leaf(background))
    assert page.head.title.text() == "空调 1" and page.history.steps.count() == 2
    _write(qtbot, background)
    assert page.head.title.text() == "空调 2" and desk.calls.count("history") == 2, "the history was read again too"
    assert page.opened == 1, "the keyboard is not taken from anybody who works on it"


def test_a_record_is_said_in_the_language_that_is_chosen(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Leaf(background))
    LOOK.use(lang="en")
    assert page.said == ["zh_CN", "en"]


def test_a_record_that_cannot_be_read_at_first_is_opened_when_it_can(
    qtbot: QtBot, desk: FakeDesk, background: Background
) -> None:
    desk.broken = Missing(GONE)
    page = _shown(qtbot, Leaf(background))
    LOOK.use(lang="en")
    assert page.wrong.isVisible() and page.sheet is None and page.said == [] and "history" not in desk.calls
    desk.broken = None
    qtbot.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.opened == 1 and not page.wrong.isVisible())


def test_escape_and_the_way_back_lead_away(qtbot: QtBot, background: Background) -> None:
    page = _shown(qtbot, Leaf(background))
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.left):
        page.head.went_back.emit("assets")
