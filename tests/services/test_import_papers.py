"""The paper a report is filed as: written whole or not at all, dated by what it reports, named as the office is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import resources
from services import import_papers, intake
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from tests.documents.sample import text
from tests.services.people import Office, found
from tests.services.test_intake import take

SAMPLE = resources.path("samples", "zichan-taizhang.xlsx")


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def test_the_paper_says_when_the_register_was_taken_in_where_to_and_by_whom(office: Office, tmp_path: Path) -> None:
    report, out = take(office, SAMPLE), tmp_path / "报告.pdf"
    assert report.made is not None and report.compound
    then = replace(report, made=datetime(2019, 5, 6, 12, tzinfo=UTC))
    assert import_papers.write_report(office.desk, then, out, "zh_CN", stored=True) == 2
    said = text(out.read_bytes())
    assert all(word in said for word in ("2019-05-06", report.compound, office.desk.account, "表头在第 3 行"))


def test_buildings_of_many_compounds_and_the_profile_that_was_asked_for_are_said(
    office: Office, tmp_path: Path
) -> None:
    profile = str(resources.path("profiles", "gsa.json"))
    file = Path(__file__).parents[1] / "data" / "gsa-buildings-2025-06-20.xlsx"
    report = intake.run(office.desk, file=str(file), kind="buildings", compound_id=None, profile=profile, dry=True)
    import_papers.write_report(office.desk, report, tmp_path / "a.pdf", "en", stored=False)
    said = " ".join(text((tmp_path / "a.pdf").read_bytes()).split())
    wanted = ("as each row says", "GSA Inventory", "8,645", "2,318", "nothing stored", "The file has no other rows")
    assert [word for word in wanted if word not in said] == []


def test_a_stopped_paper_leaves_the_one_of_before(office: Office, tmp_path: Path) -> None:
    report, out = take(office, SAMPLE), tmp_path / "a.pdf"
    out.write_bytes(b"before")
    stopping = office.desk.having(tell=lambda done, total: False)
    with pytest.raises(Cancelled):
        import_papers.write_report(stopping, report, out, "zh_CN", stored=True)
    assert out.read_bytes() == b"before" and not list(tmp_path.glob("*.part"))
    with pytest.raises(Invalid):
        import_papers.check(tmp_path / "a.txt")
