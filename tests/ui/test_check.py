"""The check in the real window: part by part, its report, a paper against the journal, what was found at opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.journal import Record
from resources.words import Word, tr
from services import office, registry  # noqa: F401
from services.desk import keys
from services.soundness import Anchored
from tests.documents.sample import text
from tests.outside import unguard
from ui.findings import Findings
from ui.hand import Hand
from ui.kit.theme import LOOK
from ui.pages.check import CheckPage
from ui.window import Window

PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
PARTS = ["pages", "structure", "references", "records", "rows", "people", "papers", "stocks", "attachments", "marker"]
Sign = Callable[[str], tuple[Window, Hand]]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "state"
    monkeypatch.setenv("DAYUAN_STATE", str(place))
    return place


@pytest.fixture
def sign_in(qtbot: Any, tmp_path: Path, state: Path) -> Iterator[Sign]:
    """Signs in to an office with one compound, in the window."""
    folder = tmp_path / "office"
    made = office.set_up(
        folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    )
    compound = made.desk.do("compounds.add", code="JSL", name="建设路大院").value
    made.desk.do("buildings.add", compound_id=compound, code="B1", name="1号楼")
    made.close()
    windows: list[Window] = []

    def sign(account: str) -> tuple[Window, Hand]:
        window = Window(folder)
        qtbot.addWidget(window)
        window._opened(office.sign_in(folder, account, OFFICERS.get(account, PASSWORD)))
        window.resize(1440, 900)
        window.show()
        windows.append(window)
        return window, Hand(window)

    yield sign
    for window in windows:
        assert window.close_office()


def board(window: Window) -> CheckPage:
    assert window.workbench
    window.workbench.show_screen("check")
    page = window.workbench.boards["check"]
    assert isinstance(page, CheckPage)
    return page


def notes(window: Window) -> list[str]:
    assert window.office
    with window.office.desk.store.reading.connect() as connection:
        return list(connection.scalars(sa.select(Record.reason).where(Record.cmd == "journal.note_check")))


def checked(page: CheckPage, hand: Hand) -> None:
    hand.click("Check now")
    hand.until(lambda: len(page.results) == len(PARTS) and not page.background.busy, "the check")


@pytest.mark.parametrize("account", ["system", "audit"])
def test_an_officer_checks_everything_and_files_the_report(sign_in: Sign, tmp_path: Path, account: str) -> None:
    window, hand = sign_in(account)
    page = board(window)
    assert list(page.rows) == PARTS
    assert not page.paper.isEnabled(), "there is nothing to report yet"
    checked(page, hand)
    assert [result.part for result in page.results] == PARTS
    assert page.came.isVisible() and not page.wrong.isVisible() and not page.faults.isVisible()
    assert len(notes(window)) == 1 and "完好" in notes(window)[0]
    for lang, word in (("zh_CN", "数据检查报告"), ("en", "Check of the data")):
        LOOK.use(lang=lang)
        page.save_report(tmp_path / f"{lang}.pdf")
        hand.until(lambda: not page.background.busy, "the report")
        said = text((tmp_path / f"{lang}.pdf").read_bytes())
        assert word in said and "某局" in said and account in said and "JSL" in said
        heads = page.background.desk.ask("journal.heads")
        assert all(head.hash in said.replace("\n", "").replace(" ", "") for head in heads)


def test_faults_are_told_in_words_in_both_languages(sign_in: Sign) -> None:
    window, hand = sign_in("audit")
    assert window.office
    unguard(window.office.desk.store)
    with window.office.desk.store.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE compound SET name = '<b>'")
    page = board(window)
    checked(page, hand)
    assert page.wrong.isVisible() and not page.came.isVisible()
    assert "与日志记录不符：大院名称" in page.told.toPlainText()
    assert page.rows["rows"].state.text() == "1 处错误" and page.rows["papers"].state.text() == "完好"
    LOOK.use(lang="en")
    assert "not as recorded: " + tr("en", Word("compound.name")) in page.told.toPlainText()
    assert "1" in page.wrong.sentence.text()
    assert "1" in notes(window)[0]


def test_a_check_that_is_stopped_leaves_no_result_and_no_note(sign_in: Sign) -> None:
    window, hand = sign_in("audit")
    page = board(window)
    page.start()
    page.halt()
    hand.until(lambda: not page.background.busy, "the end")
    assert page.begin.isVisible() and not page.stop.isVisible() and not page.paper.isEnabled()
    assert notes(window) == [] and page.results == []
    checked(page, hand)
    assert page.came.isVisible()


def test_a_papers_foot_is_held_against_the_journal(sign_in: Sign) -> None:
    window, hand = sign_in("audit")
    page = board(window)
    card = page.paper_card
    head = page.background.desk.ask("journal.heads")[-1]
    hand.type(card.record.line, str(head.record))
    hand.type(card.digest.line, head.hash[:8])
    hand.click("Look it up")
    hand.until(lambda: card.digest.box.wrong, "the refusal")
    hand.type(card.digest.line, head.hash[:16].upper())
    hand.click("Look it up")
    hand.until(card.banners["ok"].isVisible, Anchored.UNCHANGED)
    hand.type(card.record.line, str(head.record + 1000))
    assert not card.banners["ok"].isVisible(), "what was said was of another record"
    hand.click("Look it up")
    hand.until(card.banners["bad"].isVisible, Anchored.MISSING)
    hand.type(card.record.line, "x")
    hand.click("Look it up")
    assert card.record.box.wrong


def test_what_was_found_at_opening_is_told_above_the_work_and_listed(sign_in: Sign, state: Path) -> None:
    for file in state.iterdir():
        file.unlink()
    window, hand = sign_in("audit")
    assert window.workbench
    [told] = window.workbench.findChildren(Findings)
    assert told.isVisible() and "本机没有此处这份数据的标记" in told.banners[0].sentence.text()
    LOOK.use(lang="en")
    assert "tell the auditor" in told.banners[0].sentence.text()
    window.workbench.show_screen("incidents")
    page = window.workbench.lists["incidents"]
    hand.until(lambda: page.table.records.numbers and not page.background.busy, "the list")
    hand.click("I have read this")
    assert not told.isVisible()
    window.sign_out()
    again, _ = sign_in("security")
    assert again.workbench and again.workbench.findChildren(Findings) == []
    assert "incidents" in again.workbench.rail._items
