"""Checklists on work orders: copied, answered, and in nobody's way but that of who has not answered them."""

from __future__ import annotations

from dataclasses import replace
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
