"""The page of an asset and its form in the real window: opened by keys, by kind of card, with its set and photos."""

from __future__ import annotations

# ruff: noqa: F811 - fixtures are imported, and asked for by name
from array import array
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from services.desk.listing import View
from tests.ui.test_places import page, settle
from tests.ui.test_window import bench, colours, hand, loaded, opened, sample, unnamed  # noqa: F401
from ui.hand import Hand
from ui.kit import acts
from ui.kit.form import FormPage
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.asset import AssetPage
from ui.screens import SCREENS
from ui.workbench import Workbench


def rows(bench: Workbench, count: int = 1, **filters: Any) -> list[dict[str, Any]]:
    """The first assets of one compound."""
    desk = bench.background.desk
    where = tuple((name, (value,)) for name, value in filters.items())
    first = desk.first(View("assets", filters=where), 1)[0]
    return desk.first(View("assets", filters=(*where, ("compound_id", (first["compound_id"],)))), count)


def shown(bench: Workbench, hand: Hand, asset: UUID) -> AssetPage:
    bench.assets.open(asset)
    found = page(bench, hand)
    assert isinstance(found, AssetPage) and found.sheet is not None
    return found


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_an_asset_has_its_page_in_both_faces(bench: Workbench, hand: Hand, lang: str, tokens: Any) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    row = rows(bench)[0]
    found = shown(bench, hand, row["id"])
    assert found.head.title.text() == row["name"]
    assert unnamed(found) == [] and colours(found) > 12


def test_enter_in_the_list_opens_the_page_and_escape_leads_back(bench: Workbench, hand: Hand) -> None:
    listed = loaded(bench, hand, "assets")
    hand.press(Qt.Key.Key_Return)
    found = page(bench, hand)
    assert isinstance(found, AssetPage) and found.asset == listed.model.line(0).row["id"]
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is listed


def test_what_the_list_can_do_is_done_from_the_page(bench: Workbench, hand: Hand) -> None:
    row = rows(bench, keeper_id=rows(bench)[0]["keeper_id"])[0]
    shown(bench, hand, row["id"])
    hand.click("Assign to…" if LOOK.lang == "en" else "移交给…")
    assert isinstance(page(bench, hand), FormPage)


def test_f2_changes_the_card_and_the_page_says_so(bench: Workbench, hand: Hand) -> None:
    row = rows(bench)[0]
    found = shown(bench, hand, row["id"])
    hand.press(Qt.Key.Key_F2)
    form = page(bench, hand)
    form.fields["brand"].set_value("某牌")
    form.submit()
    assert page(bench, hand) is found
    assert found.sheet is not None and found.sheet.row["brand"] == "某牌"


def test_a_set_is_a_tree_on_the_page_and_leads_to_its_parts(bench: Workbench, hand: Hand) -> None:
    whole, part = rows(bench, 2)
    bench.background.desk.do("assets.put_in_set", asset_ids=[part["id"]], part_of_id=whole["id"])
    found = shown(bench, hand, whole["id"])
    lines = [line.key for line in found.set.grid.records.every]
    assert lines == [whole["id"], part["id"]] and found.set.grid.isVisible()
    found.set.grid.mark(part["id"])
    found.set.grid.setFocus()
    hand.press(Qt.Key.Key_Return)
    other = page(bench, hand)
    assert isinstance(other, AssetPage) and other.asset == part["id"]
    bench.background.desk.do("assets.take_out_of_set", asset_ids=[part["id"]])
    other.read()
    settle(bench, hand)
    assert not other.set.grid.isVisible()


def test_the_page_shows_the_photos_in_small(bench: Workbench, hand: Hand, tmp_path: Path) -> None:
    row, file = rows(bench, 3)[2], tmp_path / "现场.png"
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(file))
    bench.background.desk.do("attachments.add", about_kind="asset", about_id=row["id"], path=str(file))
    found = shown(bench, hand, row["id"])
    assert found.photos is not None
    hand.until(lambda: len(found.photos.pictures) == 1 if found.photos else False, "the photo")
    assert found.photos.pictures[0].accessibleName().endswith("现场.png")


@pytest.mark.parametrize(
    ("code", "there", "gone"),
    [("A02030501", "plate", "structure"), ("A01010100", "structure", "plate"), ("A05010201", "brand", "engine")],
)
def test_the_form_shows_what_things_of_its_class_have(
    bench: Workbench, hand: Hand, code: str, there: str, gone: str
) -> None:
    bench.form("assets.add", "assets.add", SCREENS["assets"].form, {})
    form = page(bench, hand)
    assert not form.fields["plate"].isVisible() and not form.fields["structure"].isVisible()
    form.fields["class_code"].box.set_value(code)
    form.fields["class_code"].box.edited.emit()
    hand.rest()
    assert form.fields[there].isVisibleTo(form) and not form.fields[gone].isVisibleTo(form)
    form.reset()


def test_what_is_filled_in_stays_in_sight_whatever_the_class(bench: Workbench, hand: Hand) -> None:
    bench.form("assets.add", "assets.add", SCREENS["assets"].form, {}, initial={"plate": "川A12345"})
    form = page(bench, hand)
    assert form.fields["plate"].isVisibleTo(form), "a value that is stored is not hidden"
    assert form.values()["plate"] == "川A12345"


def test_further_acts_stand_in_a_menu_and_the_list_fits_the_window(bench: Workbench, hand: Hand) -> None:
    listed = loaded(bench, hand, "assets")
    assert bench.width() == 1440 and listed.minimumSizeHint().width() <= 1440 - bench.rail.width()
    more = listed.findChild(acts.More)
    assert more is not None and more.isVisible()
    assert {act.name for act in more.acts} == {act.name for act in listed.acts if not act.beside} > {"labels.sheet"}
    assert not {act for act in listed.buttons if not act.beside}


def test_a_part_of_a_card_gets_one_of_its_own_and_is_merged_again(bench: Workbench, hand: Hand) -> None:
    desk, given = (
        bench.background.desk,
        {"name": "机架服务器", "cost": 720000, "compound_id": rows(bench)[0]["compound_id"]},
    )
    desk.do("assets.add", **given)

    def cards() -> list[dict[str, Any]]:
        return desk.first(View("assets", sort="number", search="机架服务器"), 9)

    listed = loaded(bench, hand, "assets")
    run = {act.name: partial(bench.run, SCREENS["assets"], act) for act in listed.acts}
    run["assets.split"](array("q"), [*cards()])
    form = page(bench, hand)
    assert isinstance(form, FormPage) and unnamed(form) == []
    form.fields["cost"].set_value(200000)
    form.submit()
    settle(bench, hand)
    assert bench.pages.currentWidget() is listed
    assert [row["cost"] for row in cards()] == [520000, 200000]
    bench.assets._together([row["id"] for row in cards()])
    form = page(bench, hand)
    assert isinstance(form, FormPage) and unnamed(form) == []
    form.submit()
    settle(bench, hand)
    assert [row["cost"] for row in cards()] == [720000]
