"""A mapping profile is understood or refused by the name of its wrong key; the shipped one reads its source whole."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from services.desk.errors import Invalid
from services.imports.compounds import LONGEST, compound_code
from services.imports.profile import Profile, load, parse
from services.imports.register import Choice, Register, read_register
from services.imports.workbook import read_workbook
from tests.imports.fields import ASSET, BUILDING

GSA = Path(__file__).parents[1] / "data" / "gsa-buildings-2025-06-20.xlsx"


def profile(**keys: Any) -> Profile:
    """A profile of assets with these keys."""
    return parse(json.dumps({"kind": "assets", **keys}).encode(), "own.json")


@pytest.fixture(scope="module")
def properties() -> Register:
    """The whole inventory of the GSA by its shipped profile."""
    return read_register(GSA, "buildings", BUILDING, Choice(load(resources.path("profiles", "gsa.json"))))


def test_every_property_comes_in_typed(properties: Register) -> None:
    assert properties.read == 8645
    assert not [row for row in properties.rows if row.problems or row.same_as]
    assert Counter(row.values["kind"] for row in properties.rows) == {"building": 8264, "structure": 331, "land": 50}
    assert Counter(row.values["tenure"] for row in properties.rows) == {"leased": 6842, "owned": 1803}
    assert Counter(row.values["state"] for row in properties.rows) == {"in_use": 8581, "vacant": 51, "closed": 13}


def test_square_feet_are_square_metres_and_nothing_is_nothing(properties: Register) -> None:
    feet = [Decimal(str(row[11])) for row in read_workbook(GSA)[0].rows[1:]]
    areas = [row.values["area"] for row in properties.rows]
    assert areas == [round(each * Decimal("9.290304")) for each in feet]
    assert areas.count(0) == 621


def test_years_are_years_and_a_missing_one_stays_away(properties: Register) -> None:
    years = Counter(row.values.get("built_year") for row in properties.rows)
    assert (years[2000], years[2024], years[None]) == (4772, 72, 50)


def test_compounds_are_installations_or_else_city_and_state(properties: Register) -> None:
    named = Counter(row.texts["compound"] for row in properties.rows)
    assert len(named) == len(properties.compounds) == len(set(properties.compounds.values())) == 2318
    assert named["ST ELIZABETHS COMPLEX"] == 55
    assert properties.compounds["GAINESVILLE, GA"] == "GAINESVILLE-GA"
    assert properties.compounds["DENVER FEDERAL CENTER"].startswith("DENVER-FEDERAL-")
    first = properties.rows[0]
    assert (first.row, first.texts, first.extra["City"]) == (2, {"compound": "GAINESVILLE, GA"}, "GAINESVILLE")
    assert "Installation Name" not in first.extra


@given(st.text(max_size=60))
def test_a_code_is_short_plain_and_always_the_same(name: str) -> None:
    code = compound_code(name)
    assert code == compound_code(name)
    assert code
    assert len(code) <= LONGEST
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


def test_names_that_look_alike_have_codes_of_their_own() -> None:
    names = [
        "MOBILE AL",
        "MOBILE, AL",
        "Mobile, AL",
        "MOBILE-AL",
        "MOBILÉ, AL",
        "第一大院",
        "第二大院",
        "大院 MOBILE, AL",
    ]
    assert len({compound_code(name) for name in names}) == len(names)


def test_a_profile_says_sheet_header_units_choices_and_constants(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("名称,编号\nWhat,No,Sub,Worth,How\n桌,7,b,1.5,U\n", "utf-8")
    own = profile(
        sheet="own", header_row=2, columns={"What": "name", "worth ": "cost", "How": "status"}, number=["No", "Sub"],
        units={"cost": "万元"}, choices={"status": {"U": "in_use"}},
        constants={"acquired_on": "2024", "quantity": 2, "unit": "办公室"},
    )  # fmt: skip
    row = read_register(path, "assets", ASSET, Choice(own)).rows[0]
    assert row.number == row.values["number"] == "7-B"
    assert {k: row.values[k] for k in ("name", "cost", "status", "quantity")} == {
        "name": "桌", "cost": 1_500_000, "status": "in_use", "quantity": 2,
    }  # fmt: skip
    assert row.values["acquired_on"].isoformat() == "2024-01-01"
    assert row.texts == {"unit": "办公室"}
    assert row.extra == {"No": "7", "Sub": "b"}


def test_a_profile_without_columns_leaves_them_to_the_words(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("名称,编号,原值,分类代码\n桌,7,1.5,A02010104\n", "utf-8")
    row = read_register(path, "assets", ASSET, Choice(profile(units={"cost": "万元"}, class_edition="2013"))).rows[0]
    assert (row.values["cost"], row.values["class_edition"]) == (1_500_000, "2013")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"colour": 1}, "colour"), ({"columns": ["名称"]}, "columns"), ({"header_row": "3"}, "header_row"),
        ({"header_row": -1}, "header_row"), ({"kind": "cars"}, "kind"),
        ({"compound": {"name": "{A}", "or": "x"}}, "or"),
        ({"compound": {}}, "name"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_is_refused_by_the_name_of_its_key(keys: dict[str, Any], key: str) -> None:
    with pytest.raises(Invalid, match=rf"the mapping profile cannot be used: look at (\w+\.)*{key}$"):
        profile(**keys)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"columns": {"名称": "nom"}}, "columns.名称"), ({"units": {"cost": "m²"}}, "units.cost"),
        ({"units": {"name": "元"}}, "units.name"), ({"choices": {"status": {"U": "used"}}}, "choices.status.U"),
        ({"choices": {"state": {}}}, "choices.state"), ({"constants": {"colour": "x"}}, "constants.colour"),
        ({"constants": {"acquired_on": "gestern"}}, "constants.acquired_on"), ({"kind": "buildings"}, "kind"),
    ],
)  # fmt: skip
def test_a_profile_that_does_not_fit_the_records_is_refused(tmp_path: Path, keys: dict[str, Any], key: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text("名称,编号\n桌,7\n", "utf-8")
    with pytest.raises(Invalid) as refusal:
        read_register(path, "assets", ASSET, Choice(profile(**keys)))
    assert str(refusal.value) == f"the mapping profile cannot be used: look at {key}"


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"columns": {"名称": "name", "Farbe": "model"}},
         "names a column Farbe, which own.csv does not have: look at columns"),
        ({"compound": {"name": "{Ort}"}}, "names a column Ort, which own.csv does not have: look at compound.name"),
        ({"sheet": "二"}, "own.csv has no sheet 二"), ({"header_row": 9}, "row 9 of own.csv holds no column names"),
    ],
)  # fmt: skip
def test_a_profile_for_another_file_says_what_is_missing(tmp_path: Path, keys: dict[str, Any], sentence: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text("名称,编号\n桌,7\n", "utf-8")
    with pytest.raises(Invalid) as refusal:
        read_register(path, "assets", ASSET, Choice(profile(**keys)))
    assert sentence in str(refusal.value)


def test_a_profile_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    with pytest.raises(Invalid, match=r"there is no mapping profile own\.json"):
        load(path)
    path.write_bytes(b"{kind: assets}")
    with pytest.raises(Invalid, match=r"the mapping profile own\.json is not JSON"):
        load(path)
