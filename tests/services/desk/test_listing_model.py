"""Whatever the rows and the view: the desk lists what a plain filter over all rows would list, in the same order."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.asset import AssetStatus
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.desk.acts import found, hide, load
from tests.services.desk.test_scope import clerk_of

FIELDS = ("number", "name", "model", "serial", "place_text", "keeper_text")
TEXT = st.text("aAbB1-% _.办公桌椅", max_size=8)
WORD = TEXT.map(lambda t: t or None)
ROW = st.fixed_dictionaries({
    "name": TEXT, "model": WORD, "serial": WORD, "place_text": WORD, "keeper_text": WORD,
    "cost": st.none() | st.integers(0, 3), "acquired_on": st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 4)),
    "status": st.sampled_from(AssetStatus), "hidden": st.integers(0, 5).map(lambda i: i == 0),
})  # fmt: skip
LIMIT = st.none() | st.integers(0, 3)
FILTER = st.one_of(
    st.tuples(st.just("status"), st.lists(st.sampled_from([s.value for s in AssetStatus]), max_size=3).map(tuple)),
    st.tuples(st.just("cost"), st.tuples(LIMIT, LIMIT)),
    st.tuples(st.just("model"), st.lists(WORD, min_size=1, max_size=3).map(tuple)),
)
VIEW = st.builds(
    View,
    st.just("assets"),
    search=st.just("") | st.text("aAb1-% _办公桌", max_size=5),
    filters=st.lists(FILTER, max_size=2, unique_by=lambda f: f[0]).map(tuple),
    sort=st.sampled_from(["", "number", "name", "cost", "acquired_on", "status"]),
    descending=st.booleans(),
)
serial = count()
APART = str.maketrans("0123456789", "mnpqrstuvw")  # no search asked for here finds the compound by its own code


def keeps(row: dict[str, Any], name: str, values: tuple[Any, ...]) -> bool:
    """Whether a row passes a filter."""
    if name != "cost":
        return row[name] in values
    low, high = values
    return (low is None or (row["cost"] is not None and row["cost"] >= low)) and (
        high is None or (row["cost"] is not None and row["cost"] <= high)
    )


def finds(row: dict[str, Any], search: str) -> bool:
    """Every word stands in some field; a search without a letter or digit finds nothing."""
    if search.strip() and not any(c.isalnum() for c in search):
        return False
    return all(any(word.lower() in (row[f] or "").lower() for f in FIELDS) for word in search.split())


def expected(rows: list[dict[str, Any]], view: View) -> list[int]:
    """Row numbers, by the plainest means."""
    left = [r for r in rows if not r["hidden"] and finds(r, view.search)]
    left = [r for r in left if all(keeps(r, *each) for each in view.filters)]
    sort = view.sort or "number"
    if view.search.strip() and not view.sort:
        return sorted((r["n"] for r in left), reverse=True)
    known = sorted((r for r in left if r[sort] is not None), key=lambda r: (r[sort], r["n"]))
    ns = [r["n"] for r in [*known, *sorted((r for r in left if r[sort] is None), key=lambda r: r["n"])]]
    return ns[::-1] if view.descending else ns


def stocked(desk: Desk, drawn: list[dict[str, Any]]) -> tuple[UUID, list[dict[str, Any]]]:
    """A compound of its own with these rows, as they are stored."""
    compound = desk.do(found, f"{next(serial)}".translate(APART)).value
    rows = [r | {"number": f"{next(serial):06d}", "compound_id": compound} for r in drawn]
    desk.do(load, [{k: v for k, v in r.items() if k != "hidden"} for r in rows])
    by_number = {r["number"]: r for r in desk.first(View("assets", filters=(("compound_id", (compound,)),)), 100)}
    for row in rows:
        row |= {k: by_number[row["number"]][k] for k in ("n", "id")}
        if row["hidden"]:
            desk.do(hide, row["id"])
    return compound, rows


def check(desk: Desk, drawn: list[dict[str, Any]], views: list[View]) -> None:
    """The same answers from the desk of somebody who sees this compound only."""
    compound, rows = stocked(desk, drawn)
    clerk = clerk_of(desk, compound)
    for view in views:
        ns = expected(rows, view)
        assert list(clerk.ids(view)) == ns
        assert clerk.count(view) == len(ns)
        assert [r["n"] for r in clerk.first(view, 3)] == ns[:3]
        assert clerk.sums(view) == {"cost": sum(r["cost"] or 0 for r in rows if r["n"] in set(ns))}


given_rows = given(st.lists(ROW, max_size=60), st.lists(VIEW, min_size=1, max_size=12))
loose = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=60, deadline=None, suppress_health_check=loose)
@given_rows
def test_on_the_file(desk: Desk, drawn: list[dict[str, Any]], views: list[View]) -> None:
    check(desk, drawn, views)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@settings(max_examples=15, deadline=None, suppress_health_check=loose)
@given_rows
def test_on_the_server(desk: Desk, drawn: list[dict[str, Any]], views: list[View]) -> None:
    check(desk, drawn, views)
