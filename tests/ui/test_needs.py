"""Needs in the real window: asked for, idle things seen first, decided, accepted onto cards, labelled."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from typing import Any
from uuid import UUID

import pytest

from services.desk.listing import View
from tests.ui.test_places import page, settle
from tests.ui.test_window import bench, colours, hand, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.labels import LabelsPage
from ui.pages.need import NeedPage
from ui.workbench import Workbench


def need(bench: Workbench, **values: Any) -> UUID:
    compound = bench.background.desk.first(View("compounds"), 1)[0]["id"]
    given = {"compound_id": compound, "name": "空调机", "class_code": "A02061804", "quantity": 2, "unit_price": 299900}
    made: UUID = bench.background.desk.do("asset_needs.add", **given | values).value
    return made


def shown(bench: Workbench, hand: Hand, wanted: UUID) -> NeedPage:
    bench.needs.open(wanted)
    found = page(bench, hand)
    assert isinstance(found, NeedPage) and found.sheet is not None
    return found


def form(bench: Workbench, hand: Hand) -> FormPage:
    found = page(bench, hand)
    assert isinstance(found, FormPage)
    return found


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_a_need_has_its_page_in_both_faces(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    found = shown(bench, hand, need(bench))
    assert unnamed(found) == [] and colours(found) > 12
    assert found.sheet is not None and len(found.idle.records.every) == found.sheet.offer.count > 0


def test_a_need_is_decided_accepted_and_labelled(bench: Workbench, hand: Hand) -> None:
    found = shown(bench, hand, need(bench))
    found.next.click()
    decide = form(bench, hand)
    decide.fields["source"].set_value("purchase")
    decide.submit()
    settle(bench, hand)
    assert decide.fields["not_idle"].wrong, "idle things are there, and nobody said why they do not serve"
    decide.fields["not_idle"].set_value("功率不足")
    decide.submit()
    assert page(bench, hand) is found and found.sheet is not None and found.sheet.row["state"].value == "decided"
    found.next.click()
    accept = form(bench, hand)
    people = bench.background.desk.first(View("staff"), 2)
    for name, person in zip(("accepted_by_id", "second_by_id"), people, strict=True):
        accept.fields[name].set_value(person["id"], person["name"])
    accept.fields["serials"].set_value("SN1\nSN2")
    accept.submit()
    assert page(bench, hand) is found and len(found.sheet.cards) == 2
    found.next.click()
    labels = page(bench, hand)
    assert isinstance(labels, LabelsPage) and labels.assets == [card.id for card in found.sheet.cards]


def test_below_the_threshold_the_page_says_which_ledger(bench: Workbench, hand: Hand) -> None:
    found = shown(bench, hand, need(bench, unit_price=45000))
    assert found.ledger.isVisible() and "1,000" in found.ledger.sentence.text()
    assert not shown(bench, hand, need(bench)).ledger.isVisible()


def test_idle_things_here_meet_a_need_on_a_note(bench: Workbench, hand: Hand) -> None:
    desk = bench.background.desk
    idle = next(row for row in desk.first(View("assets", filters=(("status", ("idle",)),)), 500) if row["class_code"])
    giver, person = desk.first(View("staff", filters=(("compound_id", (idle["compound_id"],)),)), 2)
    found = shown(bench, hand, need(bench, compound_id=idle["compound_id"], class_code=idle["class_code"], quantity=1))
    found._run(next(act for act in found._rest() if act.name == "asset_needs.meet"))
    meet = form(bench, hand)
    meet.fields["to_staff_id"].set_value(person["id"], person["name"])
    meet.fields["from_staff_id"].set_value(giver["id"], giver["name"])
    meet.submit()
    assert page(bench, hand) is found
    assert found.sheet is not None and found.sheet.row["state"].value == "met" and found.sheet.row["handover_id"]


def test_the_marked_thing_meets_the_need_first_and_the_form_names_them(bench: Workbench, hand: Hand) -> None:
    found = shown(bench, hand, need(bench))
    assert found.sheet is not None
    here = [asset for asset in found.sheet.offer.assets if asset.here]
    assert len(here) > 2
    found.idle.mark(here[2].id)
    found._run(next(act for act in found._rest() if act.name == "asset_needs.meet"))
    said = form(bench, hand).head.facts.text()
    assert said.endswith(f"{here[2].number}, {here[0].number}")
