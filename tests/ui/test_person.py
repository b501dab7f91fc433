"""People in the real window: the page of one, his posts and schooling, the establishment, leaving, what is due."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from array import array
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from services.desk.listing import View
from tests.ui.test_places import board, page, settle, texts
from tests.ui.test_window import bench, colours, hand, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.person import PersonPage
from ui.pages.post import PostPage
from ui.pages.retention import RetentionPage
from ui.screens import SCREENS
from ui.workbench import Workbench

Row = dict[str, Any]


def people(bench: Workbench) -> list[Row]:
    return bench.background.desk.first(View("staff"), 200)


def shown(bench: Workbench, hand: Hand, id: UUID, tab: str = "") -> PersonPage:
    bench.show_screen("staff")
    settle(bench, hand)
    bench.team.open(id, tab)
    found = page(bench, hand)
    assert isinstance(found, PersonPage) and found.sheet is not None
    return found


def form(bench: Workbench, hand: Hand) -> FormPage:
    found = page(bench, hand)
    assert isinstance(found, FormPage)
    return found


def newcomer(bench: Workbench, **values: Any) -> UUID:
    home = people(bench)[0]["compound_id"]
    given = {"compound_id": home, "name": "阿依古丽·艾力", "sex": "female", "born_on": date(1980, 5, 1)} | values
    made: UUID = bench.background.desk.do("staff.add", **given).value
    return made


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_every_tab_of_a_person_in_both_faces(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    known = next(row for row in people(bench) if row["post"] and row["skill_level"])
    found = shown(bench, hand, known["id"])
    for at, tab in enumerate(found.offered):
        found.show_tab(tab.name)
        settle(bench, hand)
        assert found.stack.currentIndex() == at and unnamed(found) == [], tab.name
    assert colours(found) > 12


def test_a_person_is_assigned_moved_and_schooled_by_keyboard(bench: Workbench, hand: Hand) -> None:
    id = newcomer(bench)
    posts = bench.background.desk.first(View("posts"), 2)
    found = shown(bench, hand, id)
    assert found.sheet is not None and found.sheet.row["post"] is None
    found.assign.click()
    asked = form(bench, hand)
    asked.fields["post_id"].set_value(posts[0]["id"], posts[0]["name"])
    asked.fields["from_on"].set_value(date(2025, 3, 1))
    asked.submit()
    assert page(bench, hand) is asked and asked.fields["despite"].wrong, "he has not heard the course it asks for"
    asked.fields["despite"].set_value("到岗后补训")
    asked.submit()
    assert page(bench, hand) is found and found.sheet.row["post"] == posts[0]["name"]
    found.show_tab("staff_educations")
    lines: Any = found.pane("staff_educations")
    assert lines.none.isVisible()
    lines.add.click()
    asked = form(bench, hand)
    asked.fields["level"].set_value("college")
    asked.fields["school"].set_value("某某职业学院")
    asked.submit()
    assert page(bench, hand) is found and found.sheet.row["education"].value == "college"
    assert texts(lines.grid, 1) == ["某某职业学院"]
    lines.grid.mark(lines.grid.records.every[0].key)
    hand.press(Qt.Key.Key_Return) if lines.grid.hasFocus() else lines.grid.opened.emit(lines.grid.key())
    asked = form(bench, hand)
    assert asked.fields["school"].value() == "某某职业学院"
    asked.leave()
    found.show_tab("post_holdings")
    holding: Any = found.pane("post_holdings")
    holding.grid.mark(holding.grid.records.every[0].key)
    assert holding.end.isVisible()
    holding.end.click()
    asked = form(bench, hand)
    asked.fields["until_on"].set_value(date(2025, 12, 31))
    asked.submit()
    assert page(bench, hand) is found and found.sheet.row["post"] is None and not holding.end.isVisible()
    holding.grid.mark(holding.grid.records.every[0].key)
    holding.change.click()
    asked = form(bench, hand)
    asked.fields["until_on"].set_value(None)
    asked.submit()
    assert page(bench, hand) is found and found.sheet.row["post"], "what is emptied is emptied: he holds it still"


def test_the_group_decides_when_a_woman_retires(bench: Workbench, hand: Hand) -> None:
    found = shown(bench, hand, newcomer(bench))
    facts: Any = found.pane("facts")
    assert facts.when.value.text() == "—"
    found.edit.click()
    asked = form(bench, hand)
    asked.fields["retirement_group"].set_value("women_50")
    asked.fields["retirement_shift"].set_value(-12)
    asked.submit()
    assert page(bench, hand) is found
    assert facts.when.value.text() == "2032-02-01" and "51" in facts.age.value.text()


def test_the_establishment_shows_what_is_vacant_and_leads_to_the_page_of_the_post(bench: Workbench, hand: Hand) -> None:
    found = board(bench, hand, "establishment")
    assert found.found.vacant > 0 and found.stats[2].figure.text() == str(found.found.vacant)
    short = next(line for line in found.found.posts if line.covered_by)
    grid = found.grids[0]
    grid.mark(short)
    assert found.open.isEnabled()
    found.search.set_value(short.number)
    hand.until(lambda: len(texts(grid)) == 1, "the search")
    found.tabs.choose(1)
    settle(bench, hand)
    assert texts(found.grids[1]) == [], "it is looked for there too"
    found.search.set_value("")
    hand.until(lambda: len(texts(found.grids[1])) > 6, "all")
    found.tabs.choose(0)
    grid.mark(short)
    grid.opened.emit(short)
    opened_ = page(bench, hand)
    assert isinstance(opened_, PostPage) and opened_.sheet is not None and opened_.post == short.id
    assert (opened_.sheet.vacant, opened_.sheet.covered_by) == (short.vacant, short.covered_by)
    assert short.vacant_since is not None
    assert opened_.stats["since"].figure.text() == short.vacant_since.isoformat()
    assert texts(opened_.people) and unnamed(opened_) == []


def test_the_page_of_a_post_says_what_it_asks_for_and_who_lacks_it(bench: Workbench, hand: Hand) -> None:
    row = next(row for row in bench.background.desk.first(View("posts"), 99) if row["name"] == "保安员")
    bench.show_screen("posts")
    settle(bench, hand)
    bench.team.open_post(row["id"])
    found = page(bench, hand)
    assert isinstance(found, PostPage) and found.sheet is not None
    before = len(found.sheet.requirements)
    found.links["post_requirements.add"].click()
    asked = form(bench, hand)
    asked.fields["kind"].set_value("education")
    asked.fields["education"].set_value("doctor")
    asked.fields["bars"].set_value(True)
    asked.submit()
    assert page(bench, hand) is found and len(found.sheet.requirements) == before + 1
    made = next(one for one in found.sheet.requirements if one.row["kind"].value == "education" and one.row["bars"])
    assert made.short and made.met == 0, "no guard is a doctor"
    assert any("博士" in text for text in texts(found.people, 5)), "who lacks it is told beside his name"
    found.needs.mark(made.row["id"])
    found.links["post_requirements.end"].click()
    asked = form(bench, hand)
    asked.fields["until_on"].set_value(asked.fields["until_on"].value())
    asked.submit()
    assert page(bench, hand) is found and not found.links["post_requirements.end"].isVisible()
    found.people.mark(found.people.records.every[0].key)
    found.people.opened.emit(found.people.key())
    assert isinstance(page(bench, hand), PersonPage)


def test_who_left_long_ago_is_due_and_his_facts_go(bench: Workbench, hand: Hand, monkeypatch: Any) -> None:
    id = newcomer(bench, name="离岗者", ethnicity="汉族", joined_on=date(2000, 1, 1))
    bench.background.desk.do("staff.leave", staff_id=id, left_on=date(2020, 6, 30), left_why="retired")
    bench.show_screen("staff")
    settle(bench, hand)
    act = next(act for act in SCREENS["staff"].acts if act.name == "staff.retention")
    bench.run(SCREENS["staff"], act, array("q"), [])
    found = page(bench, hand)
    assert isinstance(found, RetentionPage) and unnamed(found) == []

    def his() -> list[Any]:
        return [link for link in found.links if link.accessibleDescription() == "离岗者"]

    assert len(his()) == 2, "ethnicity, and birth with sex"
    assert len(found.links) > 4, "and of those who left the sample"
    monkeypatch.setattr("ui.team.confirm", lambda *_, **__: True)
    for left in (1, 0):
        his()[0].click()
        hand.until(lambda left=left: len(his()) == left, "the deletion")  # type: ignore[misc]
    row = next(row for row in people(bench) if row["id"] == id)
    assert (row["ethnicity"], row["born_on"], row["sex"]) == (None, None, None)
    hand.press(Qt.Key.Key_Escape)
    settle(bench, hand)
    assert bench.pages.currentWidget() is bench.lists["staff"]


def test_who_may_not_open_a_page_sees_no_private_fact(bench: Workbench, hand: Hand) -> None:
    bench.show_screen("staff")
    settle(bench, hand)
    assert not {"sex", "born_on", "ethnicity", "political_status"} & set(SCREENS["staff"].facts)
    assert not {"sex", "born_on"} & {column.name for column in SCREENS["staff"].columns}
