"""Issuing papers that are drawn when somebody asks: number, version, code, archive; nothing left when it is stopped."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from models.document import Document
from services import handover_papers, handovers, place_papers, verdicts
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid, NotAllowed
from services.desk.intent import Grant
from services.desk.listing import View
from services.document_issuing import Subject
from services.documents import paper_code, verify
from services.papers import Standing
from tests.documents.sample import text
from tests.services.people import Office, found

LANGS = ("zh_CN", "en")


@pytest.fixture
def office(desk: Desk) -> Office:
    made = found(desk)
    made.asset("空调机")
    return made


def today(desk: Desk) -> date:
    return desk.clock().astimezone().date()


def usage(office: Office, desk: Desk | None = None, lang: str = "zh_CN", on: date | None = None) -> Any:
    """Issues the sheet of use of the compound."""
    desk, on = desk or office.desk, on or today(office.desk)
    draw = partial(place_papers.usage, desk, office.compound, None, on, lang)
    return desk.do("documents.issue", about=Subject("usage", office.compound, office.compound, on), draw=draw).value


def attached(paper: bytes) -> list[bytes]:
    """The files inside a paper."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return [told.get_file().read_bytes() for told in pdf.attachments.values()]


def row(office: Office, id: Any) -> dict[str, Any]:
    return next(dict(each) for each in office.desk.first(View("documents"), 9) if each["id"] == id)


@pytest.mark.parametrize("lang", LANGS)
def test_an_issued_paper_bears_number_version_days_and_who_and_no_word_of_a_working_paper(
    office: Office, lang: str
) -> None:
    id = usage(office, lang=lang)
    said = row(office, id)
    paper = office.desk.ask("documents.signed", document_id=id)
    printed = text(paper)
    assert said["number"].startswith("WD-JGSW-") and said["version"] == 1 and said["on"] == today(office.desk)
    assert said["account"] == office.desk.account and said["pages"] == 1 and said["size"] == len(paper)
    assert hashlib.sha256(paper).hexdigest() == said["sha256"]
    for part in (said["number"], "第 1 版", f"As on {said['on']}", office.desk.account, "Journal record"):
        assert part in printed
    assert "A working paper" not in printed and "工作底稿" not in printed
    assert "A working paper" in text(place_papers.usage(office.desk, office.compound, None, said["on"], "en"))


def test_issued_again_it_is_the_next_version_and_the_old_one_stays_as_it_was(office: Office) -> None:
    first = usage(office)
    bytes_ = office.desk.ask("documents.signed", document_id=first)
    office.add("rooms", compound_id=office.compound, building_id=office.row("rooms", office.room)["building_id"],
               number="777", use="office", area=2050)  # fmt: skip
    second = usage(office)
    old, new = row(office, first), row(office, second)
    assert (old["number"], old["version"], new["version"]) == (new["number"], 1, 2)
    assert office.desk.ask("documents.signed", document_id=first) == bytes_
    assert "777" in text(office.desk.ask("documents.signed", document_id=second)) and "777" not in text(bytes_)
    assert office.desk.ask("papers.standing", sha256=old["sha256"]) is Standing.SUPERSEDED
    assert office.desk.ask("papers.standing", sha256=new["sha256"]) is Standing.OURS
    day = today(office.desk)
    known = office.desk.ask("documents.newest", subject=Subject("usage", office.compound, office.compound, day).key)
    assert (known.id, known.number, known.version) == (second, new["number"], 2)


def test_the_paper_of_another_day_is_another_paper(office: Office) -> None:
    numbers = {row(office, usage(office, on=today(office.desk) - timedelta(days=n)))["number"] for n in (0, 1)}
    assert len(numbers) == 2


def test_the_code_holds_lines_figures_and_the_digest_of_the_rows_inside_the_file(office: Office) -> None:
    id = usage(office)
    with office.desk.store.reading.connect() as connection:
        code = connection.scalar(sa.select(Document.code).where(Document.id == id))
    read = paper_code.read(str(code))
    paper = office.desk.ask("documents.signed", document_id=id)
    (rows,) = attached(paper)
    assert read.digest == hashlib.sha256(rows).hexdigest(), "whoever has the file computes it anew"
    assert read.figures[0] == str(rows.decode("utf-8-sig").count("\r\n") - 1)
    told = office.desk.ask("papers.code", text=code)
    assert (told.standing, told.same, told.vouched) == (Standing.OURS, True, True)
    changed = office.desk.ask("papers.code", text=str(code).replace(f":{read.figures[0]}/", ":999/", 1))
    assert not changed.vouched and changed.same is False
    forged = verdicts.judge_code(str(code).replace(f":{read.figures[0]}/", ":999/", 1), desk=office.desk)
    assert "ok" not in [tone for tone, *_ in forged.lines()], "nothing good is said of a paper that is not it"


def test_one_changed_byte_is_seen_without_the_office(office: Office) -> None:
    paper = bytearray(office.desk.ask("documents.signed", document_id=usage(office)))
    assert verify.inspect(bytes(paper)).intact
    paper[len(paper) // 2] ^= 1
    assert not verify.inspect(bytes(paper)).intact


def test_who_stops_it_leaves_no_paper_and_no_number(office: Office) -> None:
    halted = office.desk.having(tell=lambda done, total: False)
    with pytest.raises(Cancelled):
        usage(office, halted)
    assert office.desk.count(View("documents")) == 0
    assert row(office, usage(office))["number"].split("-")[3] == "00001"


def test_a_day_ahead_and_a_kind_that_is_not_filed_are_refused(office: Office) -> None:
    with pytest.raises(Invalid, match="lies ahead"):
        usage(office, on=today(office.desk) + timedelta(days=1))
    with pytest.raises(Invalid, match="no paper that is filed"):
        office.desk.do("documents.issue", about=Subject("job", None, None, today(office.desk)), draw=lambda: None)
    assert office.desk.count(View("documents")) == 0


def test_a_paper_with_a_character_no_font_has_is_not_issued(office: Office) -> None:
    office.desk.do("compounds.revise", compound_id=office.compound, name="大院\U0001f600")
    with pytest.raises(Invalid, match="U\\+1F600"):
        usage(office)
    assert office.desk.count(View("documents")) == 0


def test_what_is_there_now_is_not_issued_as_of_another_day(office: Office) -> None:
    for kind in ("register", "card"):
        about = Subject(kind, office.compound, None, today(office.desk) - timedelta(days=1))
        with pytest.raises(Invalid, match="as on today"):
            office.desk.do("documents.issue", about=about, draw=lambda: None)


def test_the_list_of_a_note_is_issued_after_it_and_void_with_it(office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    about = Subject.of("handover_list", office.row("handovers", note), today(office.desk))
    draw = partial(handover_papers.listed, office.desk, note, "zh_CN")
    with pytest.raises(Conflict, match="is a draft"):
        office.desk.do("documents.issue", about=about, draw=draw)
    office.desk.do(handovers.issue, note)
    said = row(office, office.desk.do("documents.issue", about=about, draw=draw).value)
    assert about.name in said["title"], "it is found by the number of its note"
    assert office.desk.ask("papers.standing", sha256=said["sha256"]) is Standing.OURS
    office.desk.do(handovers.cancel, note)
    assert office.desk.ask("papers.standing", sha256=said["sha256"]) is Standing.VOID


def test_the_paper_of_a_note_is_never_its_list(office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    office.desk.do(handovers.issue, note)
    about = Subject.of("handover_list", office.row("handovers", note), today(office.desk))
    for _ in range(2):
        office.desk.do("documents.issue", about=about, draw=partial(handover_papers.listed, office.desk, note, "zh_CN"))
    office.desk.do(handovers.recall, note)
    office.desk.do(handovers.issue, note)  # the second version, as the list has one
    assert "资产移交清单" not in text(office.desk.ask(handovers.paper, note)).replace("固定资产移交清单", "")


def test_who_does_not_see_everything_is_not_told_a_paper_is_not_ours(office: Office) -> None:
    said = row(office, usage(office))
    other = replace(office.desk, grants=(Grant(("papers.standing",), frozenset({office.elsewhere})),))
    assert other.ask("papers.standing", sha256=said["sha256"]) is Standing.OUT
    assert office.desk.ask("papers.standing", sha256="00" * 32) is Standing.FOREIGN


@pytest.fixture
def elsewhere(office: Office) -> Iterator[Desk]:
    """Somebody whose rights reach one compound only."""
    rights = ("documents.*", "occupancies.*", "sites.list", "compounds.list", "rooms.list", "buildings.list")
    yield replace(office.desk, grants=(Grant(rights, frozenset({office.elsewhere})),))


def test_a_paper_of_the_whole_office_is_issued_and_read_by_those_alone_who_reach_everywhere(
    office: Office, elsewhere: Desk
) -> None:
    day = today(office.desk)
    about = Subject("offices", None, None, day)
    whole = office.desk.do("documents.issue", about=about, draw=partial(place_papers.over, office.desk, day, "zh_CN"))
    usage(office)
    assert office.desk.count(View("documents")) == 2
    assert elsewhere.count(View("documents")) == 0 and elsewhere.first(View("documents"), 9) == []
    assert elsewhere.ask("documents.newest", subject=about.key) is None
    with pytest.raises(Exception, match="no such record"):
        elsewhere.ask("documents.signed", document_id=whole.value)
    with pytest.raises(NotAllowed):
        elsewhere.do("documents.issue", about=about, draw=partial(place_papers.over, elsewhere, day, "zh_CN"))
    here = Subject("usage", office.compound, office.compound, day)
    with pytest.raises(NotAllowed):
        elsewhere.do("documents.issue", about=here, draw=partial(place_papers.over, office.desk, day, "zh_CN"))
    assert office.desk.count(View("documents")) == 2
