"""Classes to decide and changes of many cards in the real window."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from typing import Any

import pytest

from services.desk.listing import View
from tests.ui.test_assets import rows
from tests.ui.test_places import board, page, settle
from tests.ui.test_window import bench, colours, hand, loaded, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.undecided import UndecidedPage
from ui.workbench import Workbench


def unclassed(bench: Workbench, *names: str) -> list[Any]:
    compound = rows(bench)[0]["compound_id"]
    return [bench.background.desk.do("assets.add", compound_id=compound, name=name).value for name in names]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_what_is_to_be_decided_has_its_board(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    unclassed(bench, "离心泵甲")
    shown = board(bench, hand, "undecided")
    assert unnamed(shown) == [] and colours(shown) > 12


def test_a_proposal_is_confirmed_and_another_class_is_chosen(bench: Workbench, hand: Hand) -> None:
    exact, other = unclassed(bench, "空调机", "看不出来的东西")
    shown: UndecidedPage = board(bench, hand, "undecided")
    at = next(n for n, group in enumerate(shown.groups) if exact in group.assets)
    shown.grid.mark(at)
    shown.take.click()
    settle(bench, hand)
    assert not any(exact in group.assets for group in shown.groups)
    at = next(n for n, group in enumerate(shown.groups) if other in group.assets)
    shown.grid.mark(at)
    assert not shown.take.isEnabled()
    shown.other.click()
    form = page(bench, hand)
    assert isinstance(form, FormPage)
    form.fields["class_code"].set_value("A05010201")
    form.submit()
    assert page(bench, hand) is shown and not any(other in group.assets for group in shown.groups)


def test_many_marked_cards_are_changed_by_one_form_and_undone_by_one_key(bench: Workbench, hand: Hand) -> None:
    listed = loaded(bench, hand, "assets")
    listed.table.mark([0, 1])
    ids = [row["id"] for row in listed.table.rows(2)]
    listed.run(next(act for act in listed.acts if act.name == "assets.revise_many"))
    form = page(bench, hand)
    assert isinstance(form, FormPage) and "number" not in form.fields and form.values() == {}

    def brands() -> set[Any]:
        found = bench.background.desk.first(View("assets"), 5000)
        return {row["brand"] for row in found if row["id"] in ids}

    before = brands()
    form.fields["brand"].set_value("统一品牌")
    form.submit()
    settle(bench, hand)
    assert brands() == {"统一品牌"}
    bench.operations.undo()
    settle(bench, hand)
    assert brands() == before
