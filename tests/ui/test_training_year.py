"""A year of training of a branch played through in the real window, from the plan to the audit report."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from services.desk.listing import View
from tests.documents.sample import text
from tests.services.people import Office
from tests.ui.test_places import page, settle
from tests.ui.test_training import shown, yes
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.pages.paper import PaperPage
from ui.pages.training_door import DoorPage
from ui.pages.training_due import DueBoard
from ui.pages.training_enrol import EnrolPage
from ui.pages.training_list import ListPage
from ui.pages.training_plan import PlanPage
from ui.pages.training_session import SessionPage
from ui.pages.training_trainers import TrainersBoard
from ui.workbench import Workbench

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NOW = datetime.now().astimezone()


class Played:
    """The window, driven: each method is a step somebody takes in it."""

    def __init__(self, bench: Workbench, hand: Hand, office: Office) -> None:
        self.bench, self.hand, self.office = bench, hand, office

    def form(self, **values: Any) -> None:
        """Fill in the form that is open, and save it."""
        form = page(self.bench, self.hand)
        assert isinstance(form, FormPage)
        for name, value in values.items():
            pair = value if isinstance(value, tuple) else (value,)
            form.fields[name].set_value(*pair)
        form.submit()
        settle(self.bench, self.hand)
        assert page(self.bench, self.hand) is not form, form.banner.sentence.text()

    def planned(self, course: Any) -> PlanPage:
        """A plan with one course, adopted; a session of it for today, with two places."""
        self.bench.show_screen("training_plans")
        settle(self.bench, self.hand)
        self.hand.click("Add training plan", self.bench.lists["training_plans"])
        compound = (self.office.compound, "建设路大院")
        self.form(title="年度计划", compound_id=compound, year=NOW.year, budget=500000)
        [plan] = [row["id"] for row in self.office.desk.first(View("training_plans"), 9)]
        found = self.bench.training.open_plan(plan)
        self.hand.until(lambda: found.sheet is not None, "the plan")
        self.hand.click("Add course", found)
        self.form(course_id=(course, "岗前安全"), month=NOW.month, people=3, budget=300000)
        self.hand.click("Adopt…", found)
        self.form(basis="局办〔2026〕4号")
        self.hand.until(lambda: found.sheet is not None and found.sheet.state.value == "adopted", "the adoption")
        assert found.sheet is not None
        found.grid.mark(found.sheet.lines[0].id)
        self.hand.click("Plan a session", found)
        begins = NOW.replace(hour=0, minute=1, second=0, microsecond=0)
        self.form(starts_at=begins, ends_at=begins + timedelta(hours=3), capacity=2, trainer="安全工程师", cost=280000)
        return found

    def enrolled(self, opened: SessionPage) -> None:
        """Everybody, for a word though one is away; one waits, and moves up when another withdraws."""
        self.hand.click("Enrol people…", opened)
        choose = page(self.bench, self.hand)
        assert isinstance(choose, EnrolPage)
        self.hand.until(lambda: choose.table.lines.rowCount() == 3, "the people")
        choose.table.selectAll()
        choose.enrol.click()
        asked = page(self.bench, self.hand)
        assert isinstance(asked, FormPage) and "赵磊" in asked.banner.sentence.text(), "he is away"
        self.form(despite="当日返回")
        self.hand.until(lambda: opened.sheet is not None and len(opened.sheet.waiting) == 1, "the line")
        assert opened.sheet is not None
        waits = opened.sheet.waiting[0].staff_id
        away = next(seat for seat in opened.sheet.seats if seat.name == "赵磊")
        opened.grid.mark(away.staff_id if away.staff_id != waits else opened.sheet.enrolled[0].staff_id)
        self.hand.click("Withdraw", opened)
        self.hand.until(lambda: opened.sheet is not None and not opened.sheet.waiting, "who moved up")

    def result(self, opened: SessionPage, at: int, **values: Any) -> None:
        """Results of one who was there."""
        assert opened.sheet is not None
        opened.grid.mark(opened.sheet.enrolled[at].staff_id)
        self.hand.click("Enter result…", opened)
        self.form(**values)


def test_a_year_is_planned_taught_examined_and_audited(
    bench: Workbench, hand: Hand, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yes(monkeypatch)
    course = office.add("courses", name="岗前安全", kind="safety", hours=80, repeat_months=1, pass_score=80,
                        own_certificate=True)  # fmt: skip
    office.add("staff_absences", staff_id=office.witness, kind="annual", from_on=NOW.date(), until_on=NOW.date())
    play = Played(bench, hand, office)
    plan = play.planned(course)
    [row] = bench.background.desk.ask("training_sessions.between", first=NOW - timedelta(days=1),
                                      last=NOW + timedelta(days=1))  # fmt: skip
    opened = shown(bench, hand, row.id)
    play.enrolled(opened)
    hand.click("Start session", opened)
    hand.until(lambda: opened.sheet is not None and opened.sheet.state.value == "running", "the start")
    assert opened.sheet is not None
    first, second = opened.sheet.enrolled

    bench.training.door(row.id)
    door = page(bench, hand)
    assert isinstance(door, DoorPage)
    assert door.take_scan(first.number)
    hand.until(lambda: door.count.text() == "1", "one is there")
    bench.leave_page(door)

    place = tmp_path / "签到.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        sheet = book.add_worksheet()
        for y, line in enumerate((("工号", "姓名", "成绩", "满意度"), (second.number, second.name, 75, 3))):
            sheet.write_row(y, 0, line)
    bench.training.take_in(opened.sheet, place)
    taken = page(bench, hand)
    assert isinstance(taken, ListPage)
    hand.until(lambda: taken.take.isEnabled(), "what it comes to")
    taken.take.click()
    hand.until(lambda: opened.sheet is not None and opened.sheet.came == 2, "both")
    hand.click("Hold session", opened)
    hand.until(lambda: opened.sheet is not None and opened.sheet.state.value == "held", "the end")
    play.result(opened, 0, score=90, rating=5, feedback="讲得清楚")
    hand.until(lambda: opened.sheet is not None and opened.sheet.passed == 1, "one of two passed")
    assert "4.0" in opened.stats["passed"].remark.text(), "the mean of five and three"
    hand.click("Issue certificates", opened)
    hand.until(lambda: opened.sheet is not None and sum(bool(s.certificate_no) for s in opened.sheet.seats) == 1, "it")

    bench.show_screen("training_trainers")
    board = bench.boards["training_trainers"]
    assert isinstance(board, TrainersBoard)
    hand.until(lambda: len(board.links) == 1, "the trainer")
    assert "4.0 of 5" in board.head.facts.text()
    bench.show_screen("training_due")
    due = bench.boards["training_due"]
    assert isinstance(due, DueBoard)
    hand.until(lambda: len(due.links) == 1, "who passed is to hear it again in a month")

    bench.training.open_plan(plan.plan)
    again = page(bench, hand)
    assert isinstance(again, PlanPage) and again.sheet is not None
    assert [(line.held, line.came, line.spent) for line in again.sheet.lines] == [(1, 2, 280000)]
    bench.show_screen("training")
    hand.click("Audit report", bench.boards["training"])
    paper = page(bench, hand)
    assert isinstance(paper, PaperPage)
    hand.until(lambda: paper.print.isEnabled(), "the report")
    said = text(bench.background.desk.ask("training.report", year=NOW.year, on=NOW.date()))
    for words in ("年度培训情况审计表", "100.0%", "2,800.00", "50.0%", "4.0", "安全工程师", "933.33"):
        assert words in said, words
