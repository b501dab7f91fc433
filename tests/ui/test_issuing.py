"""Issuing in the real window: any paper gets a number, lies under Papers, and says so when it is opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from models.role_grant import Role
from services import accounts, office, registry  # noqa: F401
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View
from services.document_issuing import Subject
from tests.documents.sample import text
from tests.services.people import found
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.messages import ConfirmDialog
from ui.kit.theme import LOOK
from ui.pages import place_papers
from ui.pages.paper import PaperPage
from ui.pages.place_papers import sheet_of_use
from ui.workbench import Workbench

PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "office"
    place.mkdir()
    made = office.set_up(
        place, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    )
    found(made.desk)
    made.close()
    return place


@pytest.fixture
def bench(qtbot: Any, folder: Path) -> Iterator[Workbench]:
    entered = office.sign_in(folder, "admin", PASSWORD)
    made = Workbench(entered.desk)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    assert made.leave()
    entered.close()


def compound(bench: Workbench) -> dict[str, Any]:
    return dict(bench.background.desk.first(View("compounds"), 1)[0])


def shown(bench: Workbench, hand: Hand, where: ToPaper) -> PaperPage:
    bench.places.go(where)
    page = bench.pages.currentWidget()
    assert isinstance(page, PaperPage)
    hand.until(lambda: page.preview.view.sizes and not bench.background.busy, "the paper")
    return page


def answer(yes: bool) -> None:
    """What somebody answers to the question that comes up."""

    def click() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        (dialog.go if yes else dialog.stay).click()

    QTimer.singleShot(0, click)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_paper_is_issued_found_in_the_archive_and_known_when_it_is_opened_again(bench: Workbench, lang: str) -> None:
    LOOK.use(lang=lang)
    hand, row = Hand(bench), compound(bench)
    where = sheet_of_use(row["name"], row["id"])
    page = shown(bench, hand, where)
    assert not page.preview.foot.isVisible(), "it was never issued"
    answer(False)
    hand.click("Issue", page)
    assert bench.background.desk.count(View("documents")) == 0, "whoever says no changes nothing"
    answer(True)
    hand.click("Issue", page)
    hand.until(lambda: page.preview.foot.isVisible(), "the issued paper")
    (kept,) = bench.background.desk.first(View("documents"), 9)
    assert kept["number"] in page.preview.remark.text() and kept["number"] in text(page.preview.data)
    assert page.preview.name == f"{kept['number']}.pdf" and not page.issue.isEnabled()
    again = shown(bench, hand, where)
    assert kept["number"] in again.preview.remark.text() and kept["number"] not in text(again.preview.data)
    bench.show_screen("documents")
    archive = bench.lists["documents"]
    hand.until(lambda: archive.model.complete and archive.model.line(0), "the archive")
    archive.table.selectRow(0)
    hand.click("Show paper")
    old: Any = bench.pages.currentWidget()
    hand.until(lambda: isinstance(old, PaperPage) and old.preview.view.sizes, "the paper of the archive")
    assert old.preview.data == page.preview.data and not old.issue.isVisible()


def test_a_paper_is_drawn_in_the_other_language_and_issued_in_it_as_one_of_its_own(bench: Workbench) -> None:
    hand, row = Hand(bench), compound(bench)
    where = sheet_of_use(row["name"], row["id"])
    page = shown(bench, hand, where)
    assert "办公用房使用情况统计表" in text(page.preview.data) and "Building" not in text(page.preview.data)
    page.file()
    hand.until(lambda: page.preview.foot.isVisible(), "the Chinese one")
    page = shown(bench, hand, where)
    hand.click("In English", page)
    hand.until(lambda: "Usable area" in text(page.preview.data), "the paper in English")
    assert not page.preview.foot.isVisible(), "in English it was never issued"
    page.file()
    hand.until(lambda: page.preview.foot.isVisible(), "the English one")
    numbers = {each["number"]: each["version"] for each in bench.background.desk.first(View("documents"), 9)}
    assert list(numbers.values()) == [1, 1] and "Usable area" in text(page.preview.data)
    page = shown(bench, hand, where)
    hand.click("In English", page)
    hand.until(lambda: page.other.isEnabled() and not bench.background.busy, "the paper in English")
    hand.click("In Chinese", page)
    hand.until(
        lambda: "办公用房使用情况统计表" in text(page.preview.data) and page.other.isEnabled(), "the Chinese one"
    )


def test_while_it_is_issued_somebody_leaves_and_nothing_is_kept(bench: Workbench) -> None:
    hand, begun, left = Hand(bench), Event(), Event()
    rounds = list[int]()

    def work(desk: Desk) -> bytes:
        from services import place_papers

        rounds.append(1)
        if len(rounds) > 1:
            begun.set()
            assert left.wait(30)
        return place_papers.over(desk, today(), "zh_CN")

    page = shown(bench, hand, ToPaper("Places", "x.pdf", work, Subject("offices", None, None, today())))
    page.file()
    assert begun.wait(30)
    hand.click("Stop", page)
    left.set()
    hand.until(lambda: not bench.background.busy, "the end")
    assert bench.background.desk.count(View("documents")) == 0


def test_what_cannot_be_issued_is_said_and_the_paper_stays(bench: Workbench) -> None:
    hand, row = Hand(bench), compound(bench)
    bench.background.desk.do("compounds.revise", compound_id=row["id"], name="大院\U0001f600")
    page = shown(bench, hand, sheet_of_use(row["name"], row["id"]))
    page.file()
    hand.until(lambda: page.banner.isVisible(), "the refusal")
    assert "U+1F600" in page.banner.sentence.text()
    assert page.stack.currentWidget() is page.preview and page.issue.isEnabled()


@pytest.fixture
def entered(qtbot: Any, folder: Path) -> Iterator[Callable[[Role, bool], Workbench]]:
    """Signs in as somebody with a role, everywhere or in one compound."""
    opened: list[tuple[office.Office, Workbench]] = []

    def enter(role: Role, everywhere: bool) -> Workbench:
        boss = office.sign_in(folder, "admin", PASSWORD)
        here = boss.desk.first(View("compounds"), 1)[0]["id"]
        boss.close()
        officer = office.sign_in(folder, "security", OFFICERS["security"])
        officer.desk.do(accounts.add, name="reader", person="读者", password=PASSWORD)
        row = next(each for each in officer.desk.first(View("accounts"), 9) if each["name"] == "reader")
        where = {} if everywhere else {"compound_id": here}
        officer.desk.do("role_grants.add", account_id=row["id"], role=role, from_on=today(), **where)
        officer.close()
        inside = office.sign_in(folder, "reader", PASSWORD)
        made = Workbench(inside.desk)
        opened.append((inside, made))
        qtbot.addWidget(made)
        made.show()
        return made

    yield enter
    for inside, made in opened:
        assert made.leave()
        inside.close()


def test_who_may_not_issue_has_no_button(entered: Callable[[Role, bool], Workbench]) -> None:
    made = entered(Role.VIEWER, True)
    here = compound(made)
    page = shown(made, Hand(made), sheet_of_use(here["name"], here["id"]))
    assert not page.issue.isVisible() and page.print.isVisible()


def test_who_reaches_one_compound_issues_its_papers_and_none_of_the_whole_office(
    entered: Callable[[Role, bool], Workbench],
) -> None:
    made = entered(Role.COMPOUND_ADMINISTRATOR, False)
    here, hand = compound(made), Hand(made)
    page = shown(made, hand, sheet_of_use(here["name"], here["id"]))
    assert page.issue.isVisible()
    page.file()
    hand.until(lambda: page.preview.foot.isVisible(), "the issued paper")
    whole = ToPaper("Offices", "x.pdf", partial(place_papers.over, today()), Subject("offices", None, None, today()))
    assert not shown(made, hand, whole).issue.isVisible()
