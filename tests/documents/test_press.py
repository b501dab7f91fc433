"""Papers are drawn beside the program: it hears of the pages, can stop it, and outlives whatever happens there."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from services.desk.errors import Cancelled, Invalid
from services.documents import press as presses
from services.documents.handover_note import code, digest, drawn, render
from services.documents.press import Limits, press
from tests.documents.sample import NOTE, lines, printed

MANY = replace(NOTE, lines=lines(400))


@press
def greedy(size: int) -> int:
    """Wants more memory than there is."""
    return len(bytearray(size))


@press
def broken(word: str) -> str:
    """Has a fault of its own."""
    raise LookupError(word)


def test_a_paper_is_the_same_wherever_it_is_drawn() -> None:
    here = drawn.__wrapped__(NOTE, code(NOTE, digest(NOTE)), lambda done, total: True)  # type: ignore[attr-defined]
    assert render(NOTE) == here


def test_pages_are_told_as_they_come() -> None:
    told: list[tuple[int, int]] = []
    made = render(MANY, lambda done, total: not told.append((done, total)))  # type: ignore[func-returns-value]
    pages = [done for done, _ in told]
    assert pages == sorted(pages) and {total for _, total in told if total} == {made.pages}


def test_what_is_stopped_is_over_and_the_next_paper_comes_out() -> None:
    with pytest.raises(Cancelled):
        render(MANY, lambda done, total: False)
    assert render(NOTE).sha256 == printed(2).sha256


def test_a_process_that_dies_is_a_sentence_and_the_next_paper_comes_out() -> None:
    def tell(done: int, total: int) -> bool:
        process = presses._PRESS._process
        assert process
        os.kill(process.pid, signal.SIGKILL)
        return True

    with pytest.raises(Invalid, match="more than this computer has"):
        render(replace(NOTE, lines=lines(20_000)), tell)
    assert render(NOTE).sha256 == printed(2).sha256


def test_a_paper_that_wants_too_much_memory_is_refused() -> None:
    with pytest.raises(Invalid, match="more than this computer has"):
        greedy(presses.LIMITS.memory)
    assert greedy(10) == 10


def test_a_paper_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presses, "LIMITS", Limits(seconds=0))
    with pytest.raises(Invalid, match="choose less"):
        render(MANY)


def test_a_refusal_and_a_fault_arrive_as_what_they_are() -> None:
    with pytest.raises(Invalid, match="at least one asset"):
        render(replace(NOTE, lines=()))
    with pytest.raises(LookupError, match="nobody") as raised:
        broken("nobody")
    assert any("in broken" in note for note in raised.value.__notes__), "it says where"


def test_papers_asked_for_at_once_are_drawn_one_after_the_other() -> None:
    notes = [replace(NOTE, lines=lines(n)) for n in (1, 30, 2, 60)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, notes)) == [render(note) for note in notes]
