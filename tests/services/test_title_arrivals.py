"""Registers of titles taken in: what they say of a right is an entry of its ledger, and nothing else says it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from services import exports, intake
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.trail import check
from services.intake import Report
from tests.services.people import Office, found

GSA = Path(__file__).parents[1] / "data" / "gsa-buildings-2025-06-20.xlsx"
HEAD = "编号,坐落,权证种类,权证号,权利人,证载面积,实测面积,使用期限至,抵押,登记日期,备注"
CERTIFICATE = "京（2019）海不动产权第0023187号"
ROWS = (
    f"T1,建设路1号楼,不动产权证书,{CERTIFICATE},市机关事务管理局,14820.36,15900,2057-02-01,是,2019-08-06,",
    "T2,建设路2号楼,租赁合同,,市机关事务管理局,300,,2027-06-30,否,2024-07-01,",
    "T3,建设路3号楼,,,,,,,,,没有任何证据",
)


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def take(office: Office, place: Path, *rows: str, **options: Any) -> Report:
    place.write_text("\n".join((HEAD, *rows)) + "\n", "utf-8")
    return intake.run(office.desk, file=str(place), kind="titles", compound_id=office.compound, **options)


def titles(desk: Desk) -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in desk.first(View("titles"), 99)}


def ledger(desk: Desk) -> list[tuple[str, str, date]]:
    named = {row["id"]: number for number, row in titles(desk).items()}
    found = [(named[e["title_id"]], e["kind"].value, e["on"]) for e in desk.first(View("title_events"), 99)]
    return sorted(found)


def test_what_a_register_says_of_a_right_stands_in_its_ledger(office: Office, tmp_path: Path) -> None:
    desk = office.desk
    report = take(office, tmp_path / "t.csv", *ROWS)
    assert (report.new, report.refused) == (3, 0)
    day, let = date(2019, 8, 6), date(2024, 7, 1)
    assert ledger(desk) == [
        ("T1", "first_registration", day), ("T1", "mortgage", day), ("T1", "survey", day), ("T2", "record_filing", let),
    ]  # fmt: skip
    made = titles(desk)
    assert [made[n]["state"].value for n in ("T1", "T2", "T3")] == ["registered", "filed", "unregistered"]
    assert (made["T1"]["holder"], made["T1"]["area"], made["T1"]["mortgaged"]) == ("市机关事务管理局", 1482036, True)
    assert made["T1"]["certificate"] == CERTIFICATE and made["T2"]["term_until"] == date(2027, 6, 30)
    assert [defect["kind"].value for defect in desk.first(View("title_defects"), 9)] == ["area_differs"]
    assert desk.do("titles.rebuild").value == 0, "the ledger says all that the titles say"
    assert check(desk.store) == []


def test_the_same_register_changes_nothing_and_a_corrected_one_is_entered_as_a_change(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    take(office, tmp_path / "t.csv", *ROWS)
    before = ledger(desk)
    assert take(office, tmp_path / "t.csv", *ROWS).unchanged == 3 and ledger(desk) == before
    report = take(office, tmp_path / "t.csv", ROWS[0].replace("14820.36", "14900").replace(",是,", ",否,"), *ROWS[1:])
    assert (report.changed, report.unchanged) == (1, 2)
    assert sorted(Counter(k for n, k, _ in ledger(desk) if n == "T1").items()) == [
        ("change", 1), ("first_registration", 1), ("mortgage", 1), ("mortgage_release", 1), ("survey", 1),
    ]  # fmt: skip
    made = titles(desk)["T1"]
    assert (made["area"], made["mortgaged"], made["holder"]) == (1490000, False, "市机关事务管理局")
    assert desk.do("titles.rebuild").value == 0


def test_a_register_that_is_corrected_again_and_again_says_in_the_end_what_it_said_last(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    take(office, tmp_path / "t.csv", *ROWS)
    later = [line.replace("2019-08-06", "2018-01-01") for line in ROWS]
    for said in ("15000", "9000", "14000"):
        rows = (later[0].replace("14820.36", said), later[1].replace(",300,", f",{said},"), ROWS[2])
        assert take(office, tmp_path / "t.csv", *rows).changed == 2
        assert take(office, tmp_path / "t.csv", *rows).unchanged == 3
    made = titles(desk)
    assert (made["T1"]["area"], made["T2"]["area"], made["T2"]["state"].value) == (1_400_000, 1_400_000, "filed")
    assert [(kind, n) for n, kind, _ in ledger(desk) if kind == "change"] == [("change", "T1"), ("change", "T2")]
    renewed = rows[0].replace("0023187", "0023188")
    assert take(office, tmp_path / "t.csv", renewed, *rows[1:]).changed == 1
    assert "0023188" in titles(desk)["T1"]["certificate"] and desk.do("titles.rebuild").value == 0
    assert take(office, tmp_path / "t.csv", renewed, *rows[1:]).unchanged == 3


def test_an_export_comes_in_again_unchanged(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path / "t.csv", *ROWS)
    out = tmp_path / "out.xlsx"
    exports.write(office.desk, View("titles"), out, "zh_CN")
    report = intake.run(office.desk, file=str(out), kind="titles", compound_id=None, dry=True)
    assert (report.read, report.new, report.changed, report.refused) == (3, 0, 0, 0)


def test_a_register_of_titles_is_taken_back_as_a_whole(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path / "t.csv", *ROWS)
    (taken,) = office.desk.ask("imports.taken")
    office.desk.do("journal.undo", operation=str(taken.operation))
    assert office.desk.count(View("titles")) == office.desk.count(View("title_events")) == 0
    assert check(office.desk.store) == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_inventory_of_the_gsa_comes_in_as_rights(office: Office) -> None:
    desk = office.desk
    profile = resources.path("profiles", "gsa-titles.json")
    report = intake.run(desk, file=str(GSA), kind="titles", compound_id=None, profile=str(profile))
    assert (report.read, report.new, report.refused) == (8645, 8645, 0)
    leased = View("titles", filters=(("right_kind", ("lease",)), ("paper", ("lease",))))
    assert (desk.count(leased), desk.count(View("title_events"))) == (6842, 8645)
    assert desk.do("titles.rebuild").value == 0
