"""What nobody holds any more ends in the window's thread, but not while a register is in memory."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from resources.rest import resting
from ui.kit.rubbish import Rubbish


class Page:
    """Holds itself, as the parts of a page hold each other."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_waits_while_a_register_is_read_and_goes_afterwards(qtbot: QtBot) -> None:
    window = QObject()
    rubbish, limits = Rubbish(window), gc.get_threshold()
    assert not gc.isenabled(), "no other thread collects"
    gone = weakref.ref(Page())
    gc.set_threshold(1, *limits[1:])
    made = [QObject() for _ in range(9)]
    try:
        with resting():
            rubbish.look()
            assert gone() is not None
        rubbish.look()
        assert gone() is None
    finally:
        gc.set_threshold(*limits)
        del made


def test_the_collector_rests_until_the_last_of_several_works_is_done() -> None:
    ran = gc.isenabled()
    gc.enable()
    try:
        first, second = resting(), resting()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert not gc.isenabled(), "the second still works"
        second.__exit__(None, None, None)
        assert gc.isenabled()
    finally:
        (gc.enable if ran else gc.disable)()
