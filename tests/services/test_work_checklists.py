"""Checklists on work orders: copied, answered, and in nobody's way but that of who has not answered them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.role_grant import Role
from services import accounts
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.listing import View
from tests.services.people import Office
from tests.services.secrets import asked
from tests.services.working import MONDAY, do, opened, report, until

LINES: tuple[dict[str, Any], ...] = (
    {"text": "阀门关闭严密", "kind": "yes_no"},
    {"text": "出水压力", "kind": "number", "least": 150, "most": 350, "measure": "MPa"},
    {"text": "水表读数", "kind": "reading", "measure": "m³", "required": False},
    {"text": "备注", "kind": "text", "required": False},
)


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def template(office: Office, *lines: dict[str, Any], **values: Any) -> UUID:
    made = office.add("checklists", name="给水检修", trade="plumbing", **values)
    for n, line in enumerate(lines or LINES, 1):
        office.add("checklist_items", checklist_id=made, position=n, **line)
    return made


def lay(office: Office, order: UUID, checklist: UUID) -> list[Any]:
    office.desk.do("work_checklists.lay", work_order_id=order, checklist_id=checklist)
    return lines(office, order)


def lines(office: Office, order: UUID) -> list[Any]:
    return list(office.desk.ask("work_orders.doing", work_order_id=order, on=MONDAY.date()).lines)


def answer(office: Office, line: Any, **values: Any) -> bool:
    said = office.desk.do("work_checklists.answer", work_checklist_line_id=line.id, **values).value
    assert isinstance(said, bool)
    return said


def test_an_order_with_an_unanswered_line_is_not_done_and_with_the_answers_it_is(office: Office) -> None:
    order = until(office, "begin")
    valve, pressure, *_ = lay(office, order, template(office))
    with pytest.raises(Conflict, match="line 1 “阀门关闭严密” is not answered"):
        do(office, "finish", order)
    assert not answer(office, valve, yes=True)
    with pytest.raises(Conflict, match="line 2"):
        do(office, "finish", order)
    assert not answer(office, pressure, number=350)
    do(office, "finish", order)
    with pytest.raises(Conflict, match="cannot be done any more"):
        answer(office, valve, yes=False)


@pytest.mark.parametrize(("number", "failed"), [(149, True), (150, False), (350, False), (351, True), (-1, True)])
def test_a_number_beyond_its_limits_has_failed(office: Office, number: int, failed: bool) -> None:
    _, pressure, reading, _ = lay(office, until(office, "begin"), template(office))
    assert answer(office, pressure, number=number) is failed
    assert not answer(office, reading, number=number)


def test_a_line_is_answered_by_what_it_asks_for(office: Office) -> None:
    valve, pressure, _, note = lay(office, until(office, "begin"), template(office))
    for line, wrong in ((valve, {"number": 1}), (pressure, {"yes": True}), (note, {"yes": True})):
        with pytest.raises(Invalid, match="answered by"):
            answer(office, line, **wrong)
    assert answer(office, valve, yes=False, words="卡涩")


def test_a_photo_answers_its_line(office: Office, tmp_path: Path) -> None:
    order = until(office, "begin")
    (photo,) = lay(office, order, template(office, {"text": "修后照片", "kind": "photo"}))
    with pytest.raises(Invalid, match="by a photo"):
        answer(office, photo, words="见微信")
    with pytest.raises(Conflict, match="not answered"):
        do(office, "finish", order)
    path = tmp_path / "after.txt"
    path.write_text("an invented photo", "utf-8")
    given = {"about_kind": "work_checklist_line", "about_id": photo.id, "path": str(path)}
    kept = office.desk.do("attachments.add", **given).value
    assert lines(office, order)[0].answered
    office.desk.do("attachments.remove", attachment_id=kept)
    with pytest.raises(Conflict, match="not answered"):
        do(office, "finish", order)
    office.desk.do("attachments.add", **given)
    do(office, "finish", order)


def test_what_failed_becomes_an_order_that_knows_where_it_came_from(office: Office) -> None:
    order = until(office, "begin")
    valve, *_ = lay(office, order, template(office))
    with pytest.raises(Conflict, match="has not failed"):
        office.desk.do("work_checklists.report", work_checklist_line_id=valve.id)
    answer(office, valve, yes=False, words="卡涩")
    made = office.desk.do("work_checklists.report", work_checklist_line_id=valve.id).value
    row = office.row("work_orders", made)
    assert (row["channel"], row["room_id"], row["title"]) == ("checklist", office.room, "阀门关闭严密")
    assert row["description"].endswith("阀门关闭严密 卡涩")
    assert lines(office, order)[0].follow_up == row["number"]
    (link,) = office.desk.first(View("work_order_links"), 9)
    assert (link["work_order_id"], link["other_id"], link["kind"]) == (order, made, "related")
    with pytest.raises(Conflict, match="was made of this line already"):
        office.desk.do("work_checklists.report", work_checklist_line_id=valve.id)


def test_what_is_on_an_order_stays_as_it_was_copied(office: Office) -> None:
    made = template(office)
    order, other = report(office), report(office)
    lay(office, order, made)
    item = next(row for row in office.desk.first(View("checklist_items"), 9) if row["position"] == 1)
    office.desk.do("checklist_items.revise", checklist_item_id=item["id"], text="阀门更换")
    assert lines(office, order)[0].text == "阀门关闭严密"
    assert lay(office, other, made)[0].text == "阀门更换"
    with pytest.raises(Conflict, match="is on this order already"):
        lay(office, order, made)


def test_a_checklist_is_taken_off_before_work_begins_and_not_after(office: Office) -> None:
    made, order = template(office), report(office)
    lay(office, order, made)
    gone = {"work_order_id": order, "checklist_id": made}
    office.desk.do("work_checklists.take_off", **gone)
    assert lines(office, order) == []
    lay(office, order, made)
    for step in ("accept", "assign", "begin"):
        do(office, step, order)
    with pytest.raises(Conflict, match="Work has begun"):
        office.desk.do("work_checklists.take_off", **gone)


def test_two_checklists_on_one_order_go_on_counting(office: Office) -> None:
    order = report(office)
    lay(office, order, template(office))
    assert [line.position for line in lay(office, order, template(office))] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_templates_say_what_makes_sense(office: Office) -> None:
    made = office.add("checklists", name="x")
    with pytest.raises(Invalid, match="Only numbers"):
        office.add("checklist_items", checklist_id=made, text="x", kind="yes_no", most=5)
    with pytest.raises(Invalid, match="lies above"):
        office.add("checklist_items", checklist_id=made, text="x", kind="number", least=5, most=4)
    with pytest.raises(Conflict, match="no lines yet"):
        lay(office, report(office), made)
    far = office.add("checklists", name="x", compound_id=office.elsewhere)
    office.add("checklist_items", checklist_id=far, text="x")
    (item,) = office.desk.first(View("checklist_items"), 9)
    assert item["compound_id"] == office.elsewhere, "a line lies where its template lies"
    with pytest.raises(Conflict, match="of another compound"):
        lay(office, report(office), far)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_no_role_ends_an_order_without_its_checklist(office: Office, role: Role) -> None:
    """Neither done nor closed: lines that were laid on afterwards stand against closing too."""
    made, working = template(office), until(office, "begin")
    rated = until(office, "rate")
    for order in (working, rated):
        lay(office, order, made)
    somebody = replace(office.desk, grants=accounts.of_role(role))
    for step, order, values in (("finish", working, {"result": "好了"}), ("close", rated, {})):
        with pytest.raises((Conflict, NotAllowed)) as refused:
            somebody.do(f"work_orders.{step}", work_order_id=order, **values)
        may = role in (Role.COMPOUND_ADMINISTRATOR, Role.MAINTENANCE_SUPERVISOR)
        may = may or (role is Role.TECHNICIAN and step == "finish")
        assert isinstance(refused.value, Conflict if may else NotAllowed)
    assert office.row("work_orders", working)["state"] == "working"
    assert office.row("work_orders", rated)["state"] == "rated"


def test_it_stays_an_order_of_whoever_takes_it_back(office: Office, tmp_path: Path) -> None:
    """Taking back that a checklist was laid would be a way around it."""
    order = until(office, "begin")
    desk = asked(office.desk, tmp_path)
    laid = desk.do("work_checklists.lay", work_order_id=order, checklist_id=template(office)).operation
    with pytest.raises(Conflict, match="taken off an order by the step for that"):
        desk.do("journal.undo", operation=laid.hex)


def hours(office: Office, **values: Any) -> UUID:
    return office.add("meters", compound_id=office.compound, name="运行小时", kind="hours", **values)


def readings(office: Office) -> list[tuple[Any, ...]]:
    rows = office.desk.first(View("meter_readings", sort="on"), 9)
    return [(row["meter_id"], row["value"], row["total"], row["restarted"]) for row in rows]


READ = {"text": "运行小时读数", "kind": "reading", "measure": "小时", "meter": "hours"}


def test_a_line_that_reads_a_meter_enters_its_reading_once_changes_it_and_takes_it_back(office: Office) -> None:
    generator = office.asset("柴油发电机")
    meter = hours(office, asset_id=generator)
    hours(office)
    yesterday = {"meter_id": meter, "on": MONDAY.date() - timedelta(days=1), "value": 1_236_500}
    office.add("meter_readings", compound_id=office.compound, **yesterday)
    (read,) = lay(office, until(office, "begin", asset_id=generator), template(office, READ))
    with pytest.raises(Invalid, match=r"stood at 1236\.5 on 2026-11-22"):
        answer(office, read, number=1_200_000)
    answer(office, read, number=1_240_250)
    answer(office, read, number=1_241_000)
    before = (meter, 1_236_500, 1_236_500, False)
    assert readings(office) == [before, (meter, 1_241_000, 1_241_000, False)]
    answer(office, read, number=12_000, restarted=True)
    assert readings(office) == [before, (meter, 12_000, 1_248_500, True)]
    office.desk.do("work_checklists.take_back", work_checklist_line_id=read.id)
    assert readings(office) == [before]
    assert not lines(office, office.desk.first(View("work_orders"), 1)[0]["id"])[0].answered
    with pytest.raises(Conflict, match="no answer yet"):
        office.desk.do("work_checklists.take_back", work_checklist_line_id=read.id)


def test_a_reading_somebody_entered_already_stays_and_another_of_that_day_is_refused(office: Office) -> None:
    generator = office.asset("柴油发电机")
    meter = hours(office, asset_id=generator)
    office.add("meter_readings", compound_id=office.compound, meter_id=meter, on=MONDAY.date(), value=5_500)
    (read,) = lay(office, until(office, "begin", asset_id=generator), template(office, READ))
    with pytest.raises(Conflict, match=r"read on 2026-11-23 already \(5.5\)"):
        answer(office, read, number=6_000)
    answer(office, read, number=5_500)
    office.desk.do("work_checklists.take_back", work_checklist_line_id=read.id)
    assert readings(office) == [(meter, 5_500, 5_500, False)], "it was not the line's own"


def test_what_a_line_read_stays_once_the_meter_was_read_again(office: Office) -> None:
    generator = office.asset("柴油发电机")
    meter = hours(office, asset_id=generator)
    (read,) = lay(office, until(office, "begin", asset_id=generator), template(office, READ))
    answer(office, read, number=1_000)
    tomorrow = replace(office.desk, clock=lambda: MONDAY.astimezone(UTC) + timedelta(days=1))
    later = {"meter_id": meter, "on": MONDAY.date() + timedelta(days=1), "value": 2_000}
    tomorrow.do("meter_readings.add", compound_id=office.compound, **later)
    for step, values in (("answer", {"number": 1_500}), ("take_back", {})):
        with pytest.raises(Conflict, match="later readings"):
            office.desk.do(f"work_checklists.{step}", work_checklist_line_id=read.id, **values)


def test_nothing_is_entered_where_nobody_can_tell_which_meter_was_read(office: Office) -> None:
    generator = office.asset("柴油发电机")
    for _ in range(2):
        hours(office, asset_id=generator)
    (read,) = lay(office, until(office, "begin", asset_id=generator), template(office, READ))
    (other,) = lay(office, until(office, "begin"), template(office, READ))
    for one in (read, other):
        answer(office, one, number=1_000)
    assert readings(office) == []
    with pytest.raises(Invalid, match="Only a line of the kind"):
        template(office, {"text": "x", "kind": "number", "meter": "hours"})


def test_a_checklist_taken_off_takes_what_it_read_with_it(office: Office) -> None:
    generator = office.asset("柴油发电机")
    hours(office, asset_id=generator)
    order, made = report(office, asset_id=generator), template(office, READ)
    (read,) = lay(office, order, made)
    answer(office, read, number=1_000)
    office.desk.do("work_checklists.take_off", work_order_id=order, checklist_id=made)
    assert readings(office) == []
