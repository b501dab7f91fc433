"""Nothing that was put down from memory passes for a rule: its source says that the office confirms it."""

from __future__ import annotations

import csv

import pytest

import resources
from services import sources
from services.label_stocks import source


def rows(name: str) -> list[dict[str, str]]:
    with resources.path("reference", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_what_is_not_read_in_its_source_says_so() -> None:
    limits = [row["source"] for row in rows("disposal_limits.csv")]
    old = [row["source"] for row in rows("asset_thresholds.csv") if row["from_on"] < "2022"]
    mapped = [row["source"] for row in rows("class_map.csv")]
    for said in (*limits, *old, *mapped, source()):
        assert sources.open_(said), said
    lease = resources.settings("lease_rules")
    assert all(sources.open_(lease[name]["source"]) for name in ("ending_days", "treasury_days"))


@pytest.mark.parametrize(
    ("said", "open_", "bare"),
    [("财会〔2017〕4号（待本单位核定）", True, "财会〔2017〕4号"), ("地方通行做法，待本单位核定", True, "地方通行做法"),
     ("国务院令第738号", False, "国务院令第738号")],
)  # fmt: skip
def test_the_mark_is_told_apart_from_the_source(said: str, open_: bool, bare: str) -> None:
    assert (sources.open_(said), sources.bare(said)) == (open_, bare)
