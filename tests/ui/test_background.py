"""Work off the window: nothing waits for it, nothing is lost, nothing stale is shown."""

from __future__ import annotations

import gc
import threading
from functools import partial
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from tests.ui.fake_desk import FakeDesk
from tests.ui.kit_helpers import office
from ui.kit.background import Background


def _same(n: int, desk: Desk) -> int:
    return n


def _find(text: str, desk: Desk) -> list[str]:
    return [named.label for named in desk.find("staff", text)]


def test_answers_are_delivered_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    heard: list[Any] = []
    with office(FakeDesk()) as background:
        background.ask(lambda desk: threading.current_thread(), lambda t: heard.append((t, threading.current_thread())))
        qtbot.waitUntil(lambda: bool(heard))
    worker, window = heard[0]
    assert worker is not threading.main_thread()
    assert window is threading.main_thread()


def test_no_answer_of_many_is_lost(qtbot: QtBot) -> None:
    heard: list[int] = []
    with office(FakeDesk()) as background:
        for n in range(300):
            background.ask(partial(_same, n), heard.append)
        qtbot.waitUntil(lambda: len(heard) == 300)
    assert sorted(heard) == list(range(300))


def test_only_the_newest_question_of_a_kind_is_answered(qtbot: QtBot) -> None:
    desk, heard = FakeDesk(), list[list[str]]()
    with office(desk) as background:
        with desk.holding():
            background.ask(partial(_find, "李"), heard.append, tag="search")
            background.ask(partial(_find, "王"), heard.append, tag="search")
        qtbot.waitUntil(lambda: not background.busy)
    assert heard == [["王建国"]]


def test_a_cancelled_read_is_not_answered(qtbot: QtBot) -> None:
    desk, heard = FakeDesk(), list[object]()
    with office(desk) as background:
        with desk.holding():
            background.ask(lambda desk: desk.find("staff", ""), heard.append).cancel()
        qtbot.waitUntil(lambda: not background.busy)
    assert heard == []


def test_a_write_tells_what_it_touched_after_its_own_answer(qtbot: QtBot) -> None:
    order: list[object] = []
    with office(FakeDesk()) as background:
        background.changed.connect(order.append)
        with qtbot.waitSignal(background.changed):
            background.do("assets.register", {"name": "空调"}, then=lambda done: order.append("then"))
    assert order == ["then", frozenset({"asset"})]


def test_writes_come_one_after_the_other_in_order(qtbot: QtBot) -> None:
    desk = FakeDesk()
    with office(desk) as background:
        for n in range(20):
            background.do("assets.register", {"n": n})
        qtbot.waitUntil(lambda: not background.busy)
    assert [values["n"] for _, values in desk.done] == list(range(20))


def test_stopping_a_write_ends_it_as_cancelled(qtbot: QtBot) -> None:
    desk, heard = FakeDesk(steps=5), list[Exception]()
    with office(desk) as background:
        with desk.holding():
            background.do("assets.import", {}, failed=heard.append).cancel()
        qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)
    assert desk.done == []


def test_progress_is_told_but_not_for_every_step(qtbot: QtBot) -> None:
    desk, told = FakeDesk(steps=100_000), list[tuple[int, int]]()
    with office(desk) as background, qtbot.waitSignal(background.changed):
        background.do("assets.import", {}, progress=lambda done, total: told.append((done, total)))
    assert told
    assert len(told) < 200


def test_a_refusal_nobody_takes_reaches_the_window(qtbot: QtBot) -> None:
    with office(FakeDesk(refusal=Invalid("no"))) as background, qtbot.waitSignal(background.failed) as caught:
        background.do("assets.register", {})
    assert isinstance(caught.args[0], Invalid)


def test_answers_to_a_closed_page_are_dropped(qtbot: QtBot) -> None:
    class Page(QObject):
        def hear(self, answer: object) -> None:
            raise AssertionError("called after it was gone")

    desk, page = FakeDesk(), Page()
    with office(desk) as background:
        with desk.holding():
            background.ask(lambda desk: desk.find("staff", ""), page.hear)
            shiboken6.delete(page)
        qtbot.waitUntil(lambda: not background.busy)


class _Part:
    """Asks with its own methods, as pages do, and tells in which thread the last of it went."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.ends = ends

    def read(self, desk: Desk) -> int:
        return 1

    def refuse(self, desk: Desk) -> int:
        raise Invalid("no")

    def hear(self, answer: object) -> None:
        """Nothing more is kept of it."""

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


@pytest.mark.parametrize("work", ["read", "refuse"])
def test_what_asked_and_is_held_by_nobody_else_ends_in_the_thread_of_the_window(qtbot: QtBot, work: str) -> None:
    ends: list[threading.Thread] = []
    with office(FakeDesk()) as background:
        for _ in range(400):
            part = _Part(ends)
            background.ask(getattr(part, work), part.hear, part.hear)
            del part
        qtbot.waitUntil(lambda: not background.busy)
        QCoreApplication.processEvents()
        gc.collect()
    assert len(ends) == 400
    assert set(ends) == {threading.main_thread()}


def test_closing_waits_for_the_write_that_runs(qtbot: QtBot) -> None:
    desk = FakeDesk()
    with office(desk) as background:
        background.do("assets.register", {})
        background.do("assets.register", {})
        qtbot.waitUntil(lambda: len(desk.done) >= 1)
    assert len(desk.done) in (1, 2)
    assert not background.busy


def test_a_window_destroyed_while_work_begins_waits_for_nothing_that_waits_for_it(qtbot: QtBot) -> None:
    for _ in range(40):
        window = QObject()
        background = Background(cast(Any, FakeDesk()), window)
        for n in range(8):
            background.ask(partial(_same, n), lambda _: None)
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, int(QEvent.Type.DeferredDelete.value))
