"""What the office wishes on its papers: who signs, copies, closing words, contact line and secrecy mark."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from models.document import Document
from services import handovers, place_papers
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid
from services.desk.intent import Grant
from services.desk.listing import View
from services.document_issuing import Subject
from services.documents.dress import Dress
from tests.documents.sample import pages, text
from tests.services.people import Office, found

WISHES: dict[str, Any] = {
    "secrecy": "内部资料", "contact": "建设路18号 0551-1234567", "signers": "经办人\n处长\n分管领导",
    "copies": "本表一式三份。", "closing": "数据以台账为准。\n解释权归办公室。",
}  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def usage(office: Office, lang: str = "zh_CN") -> bytes:
    """The issued sheet of use of the compound."""
    on = office.desk.clock().astimezone().date()
    draw = partial(place_papers.usage, office.desk, office.compound, None, on, lang)
    done = office.desk.do("documents.issue", about=Subject("usage", office.compound, None, on), draw=draw)
    return bytes(office.desk.ask("documents.signed", document_id=done.value))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_an_issued_paper_bears_what_the_office_wishes_of_its_kind(office: Office, lang: str) -> None:
    before = text(usage(office, lang))
    office.desk.do("paper_settings.add", kind="usage", **WISHES)
    after = text(usage(office, lang))
    said = [line for wish in WISHES.values() for line in wish.split("\n")]
    assert [line for line in said if line in before] == []
    assert [line for line in said if line not in after] == []
    assert "审核人" not in after and "Checked by" not in after, "the shipped posts made room"


def test_the_mark_stands_on_the_first_page_alone_and_the_contact_on_all(office: Office) -> None:
    office.desk.do("paper_settings.add", kind="every", secrecy="内部资料", contact="0551-1234567")
    for n in range(40):
        office.add("rooms", compound_id=office.compound, building_id=office.row("rooms", office.room)["building_id"],
                   number=f"9{n:02}", area=100)  # fmt: skip
    first, *rest = pages(usage(office))
    assert rest and "内部资料" in first and not any("内部资料" in page for page in rest)
    assert all("0551-1234567" in page for page in (first, *rest))


def test_a_handover_note_wears_them_too(office: Office) -> None:
    office.desk.do("paper_settings.add", kind="handover", secrecy="内部资料")
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    office.desk.do(handovers.issue, note)
    assert "内部资料" in text(office.desk.ask(handovers.paper, note))


def test_its_own_setting_goes_before_that_of_every_paper_field_by_field(office: Office) -> None:
    office.desk.do("paper_settings.add", kind="every", secrecy="内部资料", copies="一式两份。", signers="甲\n乙")
    office.desk.do("paper_settings.add", kind="usage", copies="一式三份。")
    of = partial(office.desk.ask, "paper_settings.of")
    assert of(kind="usage") == Dress("内部资料", "", ("甲", "乙"), ("一式三份。",))
    assert of(kind="card").notes == ("一式两份。",) and of(kind="").secrecy == "内部资料"


def test_nothing_is_worn_where_nothing_is_set_and_whoever_prints_may_ask(office: Office) -> None:
    nobody = replace(office.desk, grants=(Grant(("paper_settings.of",), frozenset({office.elsewhere})),))
    assert nobody.ask("paper_settings.of", kind="usage") == Dress()
    office.desk.do("paper_settings.add", kind="usage", copies="一式三份。")
    assert nobody.ask("paper_settings.of", kind="usage").notes == ("一式三份。",)


def test_a_second_setting_of_a_kind_an_empty_one_and_too_many_posts_are_refused(office: Office) -> None:
    with pytest.raises(Invalid, match="at least one thing"):
        office.desk.do("paper_settings.add", kind="usage")
    with pytest.raises(Invalid, match="At most 4"):
        office.desk.do("paper_settings.add", kind="usage", signers="\n".join("甲乙丙丁戊"))
    with pytest.raises(Invalid, match="10 characters"):
        office.desk.do("paper_settings.add", kind="usage", signers="机关事务管理局资产管理处处长")
    with pytest.raises(Invalid, match="at most 8 lines"):
        office.desk.do("paper_settings.add", kind="usage", closing="\n".join("甲乙丙丁戊己庚辛壬"))
    with pytest.raises(Invalid, match="are laid down"):
        office.desk.do("paper_settings.add", kind="register", signers="处长")
    office.desk.do("paper_settings.add", kind="usage", secrecy="内部资料")
    with pytest.raises(Conflict, match="already"):
        office.desk.do("paper_settings.add", kind="usage", secrecy="秘密")


def test_the_longest_wishes_there_may_be_are_printed_and_leave_room_to_sign(office: Office) -> None:
    posts, closing = "\n".join(f"{n}资产管理处处长甲乙" for n in range(4)), "\n".join(["说" * 70] * 8)
    office.desk.do("paper_settings.add", kind="usage", signers=posts, closing=closing, copies="份" * 120)
    assert "份" * 20 in "".join(text(usage(office)).split())
    with office.desk.store.reading.connect() as connection:
        spots = json.loads(str(connection.scalar(sa.select(Document.spots))))
    assert len(spots) == 4 and all(spot[3] >= 55 for spot in spots)


def test_a_paper_issued_before_keeps_what_it_bore(office: Office) -> None:
    office.desk.do("paper_settings.add", kind="usage", secrecy="内部资料")
    on = office.desk.clock().astimezone().date()
    old = usage(office)
    row = office.desk.ask("documents.newest", subject=Subject("usage", office.compound, None, on).key)
    (setting,) = office.desk.first(View("paper_settings"), 9)
    office.desk.do("paper_settings.revise", paper_setting_id=setting["id"], secrecy="秘密★1年")
    assert office.desk.ask("documents.signed", document_id=row.id) == old
    assert "秘密★1年" in text(usage(office))
