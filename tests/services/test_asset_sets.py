"""Parts, sets and the page of an asset: what belongs together, what is told of it, what a scanner finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from models.role_grant import Role
from services import accounts
from services.asset_sheet import AssetSheet
from services.card_kinds import CardKind, fields_of, kind_of, left_out
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, UserError
from services.desk.intent import query
from services.set_parts import with_parts
from tests.services.people import Office, found

ON = date(2026, 11, 23)


@query("Assets with their parts", name="tests.with_parts")
def parts_of(session: Session, *, ids: list[UUID]) -> list[UUID]:
    return with_parts(session, ids)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def sheet(office: Office, asset: UUID) -> AssetSheet:
    answer: AssetSheet = office.desk.ask("assets.sheet", asset_id=asset, on=ON)
    return answer


def join(office: Office, whole: UUID, *parts: UUID) -> None:
    office.desk.do("assets.put_in_set", asset_ids=list(parts), part_of_id=whole)


def test_a_part_goes_where_its_main_asset_goes_however_deep(office: Office) -> None:
    host, screen, cable, alone = (office.asset(name) for name in ("主机", "显示器", "电缆", "桌"))
    join(office, host, screen)
    join(office, screen, cable)
    assert office.desk.ask("tests.with_parts", ids=[host]) == [host, screen, cable]
    assert office.desk.ask("tests.with_parts", ids=[alone, screen]) == [alone, screen, cable]
    whole = sheet(office, cable).whole
    assert whole is not None and whole.id == host, "the set is told from its top"
    assert [part.name for part in whole.parts[0].parts] == ["电缆"]
    assert sheet(office, alone).whole is None


@pytest.mark.parametrize("deep", [0, 1, 2])
def test_nothing_becomes_part_of_its_own_part(office: Office, deep: int) -> None:
    chain = [office.asset(f"件{n}") for n in range(3)]
    for whole, part in pairwise(chain):
        join(office, whole, part)
    with pytest.raises(Conflict):
        join(office, chain[deep], chain[0])


def test_parts_lie_in_one_compound_and_belong_to_one_set(office: Office) -> None:
    host, other, part = (office.asset(name) for name in "甲乙丙")
    far = office.asset(compound_id=office.elsewhere, keeper_id=None)
    join(office, host, part)
    for whole, refused in ((host, far), (other, part)):
        with pytest.raises(Conflict):
            join(office, whole, refused)
    office.desk.do("assets.take_out_of_set", asset_ids=[part])
    join(office, other, part)
    with pytest.raises(Conflict):
        office.desk.do("assets.take_out_of_set", asset_ids=[host])
    with pytest.raises(Invalid):
        join(office, host)


def test_a_main_asset_is_not_removed_under_its_parts(office: Office) -> None:
    host, part = office.asset("主机"), office.asset("显示器")
    join(office, host, part)
    with pytest.raises(Conflict):
        office.desk.do("assets.remove", asset_id=host)


def test_joining_a_set_is_taken_back(office: Office) -> None:
    host, part = office.asset("主机"), office.asset("显示器")
    done = office.desk.do("assets.put_in_set", asset_ids=[part], part_of_id=host)
    office.desk.do("journal.undo", operation=done.operation.hex)
    assert sheet(office, part).whole is None


def test_the_page_tells_kind_warranty_and_the_notes_about_it(office: Office) -> None:
    asset = office.asset(
        "轿车", class_code="A02030501", acquired_on=date(2025, 1, 1), warranty_until=date(2026, 12, 23)
    )
    note = office.desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker).value
    told = sheet(office, asset)
    assert (told.kind, told.decided, told.warranty) == (CardKind.VEHICLE, True, 30)
    assert told.row["keeper"] == "李秀英"
    assert [(about.kind, about.open, about.id) for about in told.documents] == [("handover", True, note)]
    office.desk.do("handovers.cancel", handover_id=note)
    assert [about.open for about in sheet(office, asset).documents] == [False]


def test_who_may_not_list_notes_is_told_of_none(office: Office) -> None:
    asset = office.asset()
    office.desk.do("handovers.draft", asset_ids=[asset], to_staff_id=office.taker)
    grants = accounts.of_role(Role.TECHNICIAN)
    technician = replace(office.desk, grants=grants)
    assert technician.ask("assets.sheet", asset_id=asset, on=ON).documents == ()


def test_a_scan_finds_by_number_or_by_the_makers_number(office: Office) -> None:
    asset = office.asset(number="ZC-1", serial="sn-77")
    office.asset(number="SN-9", serial="ZC-1")
    for code in ("ZC-1", " zc—1 ", "SN-77"):
        assert office.desk.ask("assets.find_code", code=code) == [asset]
    assert office.desk.ask("assets.find_code", code="nothing") == []


def test_an_asset_that_is_not_there_has_no_page(office: Office) -> None:
    with pytest.raises(Missing):
        sheet(office, office.unit)


# Kinds of card and what a card owes itself


@pytest.mark.parametrize(
    ("code", "edition", "kind"),
    [
        ("A01030000", "2022", "land"), ("A01010100", "2022", "building"), ("A01020900", "2022", "structure"),
        ("A02030501", "2022", "vehicle"), ("A02010105", "2022", "equipment"), ("A03010000", "2022", "relics"),
        ("A04010100", "2022", "books"), ("A05010201", "2022", "furniture"), ("A06020100", "2022", "plants"),
        ("A08060300", "2022", "intangible"), ("2010104", "2010", "other"), (None, None, "other"), ("", "", "other"),
    ],
)  # fmt: skip
def test_the_class_says_what_kind_of_card_it_is(code: str | None, edition: str | None, kind: str) -> None:
    assert kind_of(code, edition) == kind


def test_a_car_has_a_plate_and_a_house_a_structure() -> None:
    assert {"plate", "chassis", "engine"} <= fields_of(CardKind.VEHICLE)
    assert "plate" in left_out(CardKind.BUILDING) and "structure" in fields_of(CardKind.BUILDING)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("warranty_until", {"acquired_on": date(2026, 1, 2), "warranty_until": date(2026, 1, 1)}),
        ("entered_on", {"acquired_on": date(2026, 1, 2), "entered_on": date(2026, 1, 1)}),
        ("cost", {"value_kind": "nominal", "cost": 200}),
        ("prior_accumulated", {"cost": 1000, "prior_accumulated": 1001}),
    ],
)
def test_a_card_does_not_contradict_itself(office: Office, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(UserError) as refused:
        office.asset(**values)
    assert str(refused.value.values["field"]) == f"asset.{field}"
    kept = office.asset(**{"cost": 100, **{name: value for name, value in values.items() if name != field}})
    with pytest.raises(UserError):
        office.desk.do("assets.revise", asset_id=kept, **values)
