"""Classes to decide: gathered, proposed by name and older code, confirmed for many cards at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services import intake
from services.desk.desk import Desk
from services.desk.errors import Invalid, UserError
from services.undecided import Undecided, propose
from tests.services.people import Office, found

CLASSES = {
    "A02010105": "台式计算机", "A02010108": "便携式计算机", "A02061804": "空调机", "A05010201": "办公桌",
    "A05010399": "其他椅凳类", "A02051901": "离心泵", "A02459900": "离心泵",
}  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def groups(office: Office) -> list[Undecided]:
    answer: list[Undecided] = office.desk.ask("assets.undecided")
    return answer


@pytest.mark.parametrize(
    ("code", "edition", "text", "name", "proposed", "sure"),
    [
        ("", "", "", "空调机", "A02061804", True), ("", "", "办公桌", "桌子", "A05010201", True),
        ("2010104", "2010", "", "联想台式计算机 启天", "A02010105", False),
        ("", "", "", "钢木办公桌", "A05010201", False),
        ("", "", "", "离心泵", None, False), ("2050000", "2010", "", "离心泵", "A02051901", True),
        ("", "", "", "龙门吊", None, False), ("2010105", "2010", "", "未知", None, False),
    ],
)  # fmt: skip
def test_a_proposal_comes_from_the_name_and_an_older_code_only_narrows_it(
    code: str, edition: str, text: str, name: str, proposed: str | None, sure: bool
) -> None:
    proposal = propose(CLASSES, code, edition, text, name)
    assert (proposal.code if proposal else None) == proposed
    assert not proposal or proposal.sure == sure


def test_cards_that_say_the_same_are_one_group_and_get_their_class_together(office: Office, tmp_path: Path) -> None:
    register = tmp_path / "旧.csv"
    rows = [f"Z{n},空调机,2061804," for n in range(3)] + ["Z8,某物,,老分类", "Z9,台式计算机,A02010105,"]
    register.write_text("资产编号,资产名称,分类代码,资产分类\n" + "\n".join(rows) + "\n", "utf-8")
    intake.run(office.desk, file=str(register), kind="assets", compound_id=office.compound)
    told = groups(office)
    assert [len(group.assets) for group in told] == [3, 1]
    first = told[0]
    assert (first.code, first.edition, first.name) == ("2061804", "2010", "空调机")
    assert first.proposal is not None and first.proposal.code == "A02061804" and first.proposal.sure
    values: dict[str, Any] = {"asset_ids": list(first.assets), "class_code": first.proposal.code}
    done = office.desk.do("assets.revise_many", **values)
    assert done.value == 3 and [group.name for group in groups(office)] == ["某物"]
    office.desk.do("journal.undo", operation=done.operation.hex)
    assert len(groups(office)[0].assets) == 3, "one operation, taken back as one"


def test_many_cards_are_changed_at_once_or_none(office: Office) -> None:
    assets = [office.asset(acquired_on=date(2024, 1, day)) for day in (1, 2, 3)]
    change: dict[str, Any] = {"supplier": "某公司", "warranty_until": date(2027, 1, 1), "room_id": office.room}
    assert office.desk.do("assets.revise_many", asset_ids=assets, **change).value == 3
    assert {office.row("assets", id)["building"] for id in assets} == {"1号楼"}
    with pytest.raises(UserError):
        office.desk.do("assets.revise_many", asset_ids=assets, warranty_until=date(2024, 1, 2), brand="x")
    assert {office.row("assets", id)["brand"] for id in assets} == {None}, "the third would have contradicted itself"
    for nothing in ({"asset_ids": assets}, {"asset_ids": [], "brand": "x"}):
        with pytest.raises(Invalid):
            office.desk.do("assets.revise_many", **nothing)
