"""The asset handover list with every column: what the cards know stands there, with sums and in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from resources.words import tr
from services import handover_papers, handovers
from services.desk.desk import Desk
from services.desk.errors import Conflict
from tests.documents.sample import text
from tests.services.people import Office, found


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def note(office: Office, tmp_path: Path) -> UUID:
    """Two cards on a note, one of them with a file; the other is as bare as a card may be."""
    manual = tmp_path / "说明书.txt"
    manual.write_text("说明")
    whole = office.asset(
        "柜式空调", number="ZC-1", class_code="A02061804", brand="格力", model="KFR-72LW", measure="台", quantity=2,
        acquired_on=date(2020, 3, 4), cost=1_234_500, room_id=office.room,
    )  # fmt: skip
    office.desk.do("attachments.add", about_kind="asset", about_id=whole, path=str(manual))
    old = office.asset("旧椅", number="ZC-2", cost=None)
    return office.desk.do(handovers.draft, [whole, old], office.taker).value


def test_every_field_of_the_form_with_data_stands_on_the_list(office: Office, tmp_path: Path) -> None:
    id = note(office, tmp_path)
    for lang in ("zh_CN", "en"):
        said = "".join(text(handover_papers.listed(office.desk, id, lang)).split())
        heads = [tr(lang, name) for name, _ in handover_papers.WIDE]
        cells = ("ZC-1", "柜式空调", "格力", "KFR-72LW", "2020-03-04", "12,345.00", "说明书.txt", "ZC-2", "旧椅")
        for part in (*heads, *cells, "壹万贰仟叁佰肆拾伍元整", tr(lang, "Handed over by"), tr(lang, "Received by")):
            assert part.replace(" ", "") in said, part


def test_it_is_of_a_note_that_stands(office: Office, tmp_path: Path) -> None:
    id = note(office, tmp_path)
    office.desk.do(handovers.cancel, id)
    with pytest.raises(Conflict, match="void"):
        handover_papers.listed(office.desk, id, "en")
