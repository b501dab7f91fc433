"""What training leaves behind: sheets, cards and reports, certificates that are kept, lists that come in from files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from xlsxwriter import Workbook

from services.attendance_import import Checked
from services.attendance_rows import Taken
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.trail import papers, verify
from services.documents.verify import inspect
from services.papers import Standing
from tests.documents.sample import text
from tests.services.people import Office, found
from tests.services.test_training import NOW, TODAY, YEAR, course, do, enter, people, session, sheet

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def held(office: Office, **values: Any) -> UUID:
    """Two of three came; one of them scored."""
    said: dict[str, Any] = {"trainer": "支队教官", "place_text": "二楼礼堂", "cost": 120000}
    of = session(office, course(office, pass_score=60, **values), **said)
    do(office, "enrol", of, office.giver, office.taker, office.witness)
    do(office, "start", of)
    do(office, "mark", of, office.giver, office.taker)
    do(office, "hold", of)
    enter(office, of, office.giver, score=92, rating=4)
    enter(office, of, office.taker, score=55)
    return of


def test_the_sheet_to_sign_has_lines_for_all_and_some_more(office: Office) -> None:
    of = session(office, course(office), capacity=2, trainer="支队教官")
    do(office, "enrol", of, office.giver, office.taker, office.witness)
    paper = office.desk.ask("training_sessions.paper", training_session_id=of)
    said = text(paper)
    for words in ("培训签到表", "李秀英", "王建国", "消防安全培训", "支队教官", "应到 2 人", "候补（按顺序）：赵磊"):
        assert words in said
    assert inspect(paper).intact and inspect(paper).kind == "training_session"
    assert paper == office.desk.ask("training_sessions.paper", training_session_id=of)


def test_the_record_says_who_came_and_what_of_it(office: Office) -> None:
    said = text(office.desk.ask("training_sessions.paper", training_session_id=held(office)))
    for words in ("培训记录表", "实到 2 人", "合格 1 人", "92", "不合格", "缺勤", "未到"):
        assert words in said
    assert "合格线 60 分" in said and "平均 4.0 分" in said


def test_a_card_is_of_a_year_and_a_passport_of_all(office: Office) -> None:
    held(office)
    old = session(office, course(office, "旧课", repeat_months=12), NOW - timedelta(days=400), hours=25)
    do(office, "enrol", old, office.giver)
    do(office, "start", old)
    do(office, "mark", old, office.giver)
    do(office, "hold", old)
    card = text(office.desk.ask("training.card", staff_id=office.giver, year=YEAR))
    for words in ("培训记录卡", "李秀英", "消防安全培训", "92", "合格", "消防安全培训", "达标", "公安部令第61号"):
        assert words in card
    assert "旧课" not in card
    whole = text(office.desk.ask("training.passport_paper", staff_id=office.giver, on=TODAY))
    for words in ("培训护照", "旧课", "2.5", "6.5", f"{YEAR} 年"):
        assert words in whole
    with pytest.raises(Missing):
        office.desk.ask("training.card", staff_id=office.room, year=YEAR)


def test_the_plan_on_paper_says_what_was_done(office: Office) -> None:
    fire = course(office)
    plan = office.add("training_plans", compound_id=office.compound, title="年度培训计划", year=YEAR, budget=500000)
    put = {"training_plan_id": plan, "course_id": fire, "month": 3, "people": 20, "budget": 150000}
    office.desk.do("training_plans.put", **put, function="guards")
    said = text(office.desk.ask("training_plans.paper", training_plan_id=plan, on=TODAY))
    for words in ("年度培训计划", "建设路大院", "消防安全培训", "安保", "1,500.00", "5,000.00", "草稿"):
        assert words in said


def test_the_audit_agrees_with_a_year_computed_by_hand(office: Office) -> None:
    """Three people, one session of 4 hours: two came, one passed; every one needs fire training once."""
    held(office)
    told = office.desk.ask("training.audit", year=YEAR, on=TODAY)
    assert (told.sessions, told.seats, told.absent, told.people) == (1, 3, 1, 3)
    assert (told.cost, told.per_head) == (120000, 40000)
    [row] = told.functions
    assert (row.function, row.people, row.met, row.hours) == (None, 3, 2, 80)
    assert [person.name for person in told.short] == ["赵磊"]
    assert [(drill.held, drill.needed) for drill in told.drills] == [(0, 2), (0, 2)]
    said = text(office.desk.ask("training.report", year=YEAR, on=TODAY, compound_id=office.compound))
    for words in ("年度培训情况审计表", "建设路大院", "赵磊", "66.7%", "消防安全培训缺 1 次", "1,200.00", "400.00"):
        assert words in said
    assert text(office.desk.ask("training.report", year=YEAR - 1, on=TODAY))  # a year without anything


# Certificates of ours


def test_who_passed_gets_a_certificate_that_is_kept(office: Office) -> None:
    of = held(office, own_certificate=True, repeat_months=12)
    assert do(office, "certify", of) == 1
    [seat] = [seat for seat in sheet(office, of).seats if seat.certificate_no]
    paper = office.desk.ask("attendances.certificate", attendance_id=seat.id)
    for words in ("培训合格证书", "李秀英", "消防安全培训", "92 分", seat.certificate_no, "有效期至"):
        assert words in text(paper)
    assert inspect(paper).intact
    sha256 = __import__("hashlib").sha256(paper).hexdigest()
    assert office.desk.ask("papers.standing", sha256=sha256) is Standing.OURS
    with pytest.raises(Conflict):
        do(office, "certify", of)  # nobody else passed
    with pytest.raises(Conflict):
        enter(office, of, office.giver, score=10)  # it stands on paper that he passed
    with pytest.raises(Conflict):
        office.desk.do("training_sessions.reopen", training_session_id=of, reason="x")
    office.desk.do("attendances.withdraw_certificate", attendance_id=seat.id, reason="姓名有误")
    assert office.desk.ask("papers.standing", sha256=sha256) is Standing.VOID
    with pytest.raises(Missing):
        office.desk.ask("attendances.certificate", attendance_id=seat.id)
    assert verify(office.desk.store) == papers(office.desk.store) == []


def test_a_course_without_certificates_gives_none(office: Office) -> None:
    with pytest.raises(Conflict):
        do(office, "certify", held(office))


# Lists


def workbook(place: Path, *rows: tuple[Any, ...]) -> Path:
    with Workbook(str(place)) as made:
        page = made.add_worksheet()
        for y, row in enumerate(rows):
            page.write_row(y, 0, row)
    return place


def running(office: Office, **values: Any) -> UUID:
    of = session(office, course(office, **values))
    do(office, "enrol", of, office.giver, office.taker, office.witness)
    do(office, "start", of)
    return of


def test_a_list_brings_presence_hours_and_scores(office: Office, tmp_path: Path) -> None:
    of = running(office, pass_score=60)
    file = workbook(
        tmp_path / "签到.xlsx", ("消防培训签到表",), ("序号", "工号", "姓名", "签到", "学时", "成绩"),
        (1, "P0", "李秀英", "李秀英", 4, 88), (2, "P1", "王建国", "", "", ""), (3, "", "赵磊", "√", 2.5, 40),
    )  # fmt: skip
    with pytest.raises(Checked) as checked:
        do(office, "take_in", of, file=str(file), dry_run=True)
    assert checked.value.taken.came == 2 and sheet(office, of).came == 0
    taken: Taken = do(office, "take_in", of, file=str(file))
    assert (taken.read, taken.came, taken.absent, taken.fresh, taken.refused) == (3, 2, 1, 0, ())
    do(office, "hold", of)
    by = {seat.staff_id: seat for seat in sheet(office, of).seats}
    assert (by[office.giver].hours, by[office.giver].score, by[office.giver].passed) == (40, 88, True)
    assert (by[office.witness].hours, by[office.witness].passed, by[office.taker].signed_in_at) == (25, False, None)
    assert do(office, "take_in", of, file=str(file)).came == 2, "again it changes nothing"


def test_rows_nobody_fits_stay_out_with_their_reason(office: Office, tmp_path: Path) -> None:
    of, [same, _] = running(office), people(office, 2)
    for who in (same, office.add("staff", compound_id=office.compound, name="x")):
        office.desk.do("staff.revise", staff_id=who, name="陈静")
    fresh = office.add("staff", compound_id=office.compound, number="P77", name="新人")
    file = workbook(
        tmp_path / "list.xlsx", ("工号", "姓名", "出勤", "学时"), ("P0", "李秀英", "是", 4), ("P9", "无此人", "是", 4),
        ("P1", "赵磊", "是", 4), ("", "陈静", "是", 4), ("P77", "新人", "是", 4), ("P0", "李秀英", "是", 4),
        ("P2", "赵磊", "是", 9), ("", "某某某", "是", 1),
    )  # fmt: skip
    taken: Taken = do(office, "take_in", of, file=str(file))
    assert (taken.read, taken.came) == (8, 1)
    assert [row.row for row in taken.refused] == [3, 4, 5, 6, 7, 8, 9]
    assert taken.refused[0].values["number"] == "P9" and taken.refused[2].values["n"] == 2
    assert do(office, "take_in", of, file=str(file), walk_ins=True).fresh == 1
    assert fresh in {seat.staff_id for seat in sheet(office, of).enrolled}
    absent = {seat.staff_id: seat for seat in sheet(office, of).seats}[office.witness]
    assert absent.signed_in_at is None, "a row that is refused leaves nothing behind"


def test_a_file_without_a_list_is_refused(office: Office, tmp_path: Path) -> None:
    of = running(office)
    with pytest.raises(Invalid):
        do(office, "take_in", of, file=str(workbook(tmp_path / "x.xlsx", ("a", "b"), (1, 2))))
