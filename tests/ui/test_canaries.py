"""Fifty personal values come in by every way there is; what the program writes is searched for them: none is there, and
all of them can be revealed."""

from __future__ import annotations

import io
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.base import GLOBAL
from models.staff import Staff
from services import exports, handovers, import_papers, intake, office
from services.checks import id_check
from services.desk import keys, personal
from services.desk.desk import Desk
from services.desk.errors import UserError
from services.desk.intent import INTENTS, intent
from services.desk.listing import View
from services.desk.trail import check
from services.desk.work import Work
from tests.documents.sample import text
from tests.services.secrets import held, key_of, pages
from tests.services.test_personal_import import book
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.theme import LOOK
from ui.workbench import Workbench

ROOT = Path(__file__).parents[2]
PASSWORD, PEOPLE = "a good password", 20
NAMES = [f"某{sign}" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]


def canaries() -> list[dict[str, str]]:
    """What is planted for each person: 20 phones, 20 ID numbers, 10 addresses."""
    draw, found = random.Random(50), list[dict[str, str]]()
    for i in range(PEOPLE):
        body = f"990000{1960 + i}0{i % 9 + 1}1{i % 9}{draw.randrange(1000):03}"
        one = {"phone": f"19{draw.randrange(10**9):09}", "id_number": body + id_check(body)}
        found.append(one | ({"address": f"金丝雀路{draw.randrange(1000, 9999)}号栖枝里{i}室"} if i % 2 else {}))
    return found


PLANTED = canaries()
VALUES = [value for one in PLANTED for value in one.values()]


def seen(data: bytes | str) -> list[str]:
    """The planted values that stand in it, in the ways text is written; files within files are opened."""
    raw = data.encode() if isinstance(data, str) else data
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw += b"".join(packed.read(name) for name in packed.namelist())
    if raw[:4] == b"%PDF":
        raw += text(raw).encode()
    return [v for v in VALUES if any(v.encode(way) in raw for way in ("utf-8", "utf-16-le", "utf-16-be"))]


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    assert len(VALUES) == len(set(VALUES)) == 50
    assert seen(f"x{VALUES[7]}y") == [VALUES[7]]
    file = book(tmp_path / "a.xlsx", [[VALUES[3]]], ["x"])
    assert seen(file.read_bytes()) == [VALUES[3]]


class Place:
    """An office and what was said and written around it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.office, self.out = folder, folder / "office", folder / "out"
        self.out.mkdir()
        self.said: dict[str, str] = {}

    def terminal(self, *words: str, **also: str) -> str:
        """The command line in a process of its own; what it says is kept."""
        env = os.environ | {"DAYUAN_PASSWORD": PASSWORD, "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"} | also
        command = [sys.executable, str(ROOT / "main.py"), "--data", str(self.office), *words]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, stdin=subprocess.DEVNULL)
        assert done.returncode in (0, 1), done.stderr
        self.said[" ".join(words[:2])] = done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield Place(tmp_path)


def by_form(bench: Workbench, hand: Hand, compound: UUID, i: int) -> None:
    """A person typed into the form."""
    bench.show_screen("staff")
    page = bench.lists["staff"]
    page.run(next(act for act in page.about.acts if act.name == "staff.add"))
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    form.fields["compound_id"].set_value(compound, "大院")
    for name, value in {"name": NAMES[i], "number": f"P{i:02}", **PLANTED[i]}.items():
        form.fields[name].set_value(value)
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is page, "the person stored")


def plant(desk: Desk, place: Place, compound: UUID) -> None:
    """By register and in bulk; persons 2 and 3 of each four."""
    head = ["工号", "姓名", "手机", "身份证号", "住址"]
    rows = [
        [f"P{i:02}", NAMES[i], PLANTED[i]["phone"], PLANTED[i]["id_number"], PLANTED[i].get("address", "")]
        for i in range(2, PEOPLE, 4)
    ]  # fmt: skip
    wrong = [f"Q{i}" for i in range(3)]
    refused = [[wrong[0], "", VALUES[0], VALUES[1], ""], [wrong[1], "错", VALUES[0], VALUES[1][:17] + "Y", ""]]
    refused += [[wrong[2], "错", "19*********", "", VALUES[4] * 10]]
    file = book(place.folder / "register.xlsx", [*rows, *refused], head)
    options: dict[str, Any] = {"file": str(file), "kind": "staff", "compound_id": compound}
    for dry in (True, False, False):  # the last time nothing is new
        report = intake.run(desk, dry=dry, **options)
    assert report.refused == 3 and report.unchanged == 5, list(intake.told(report, "en"))
    exports.write_refused(report, place.out / "refused.xlsx", "zh_CN")
    exports.write_refused(report, place.out / "refused.csv", "en")
    import_papers.write_report(desk, report, place.out / "report.pdf", "zh_CN", stored=True)
    place.said["report"] = "\n".join(intake.told(report, "zh_CN")) + repr(report)

    @intent("T", name="tests.bulk")
    def bulk(work: Work) -> int:
        made = [
            {"compound_id": compound, "number": f"P{i:02}", "name": NAMES[i], **PLANTED[i]}
            for i in range(3, PEOPLE, 4)
        ]  # fmt: skip
        return work.bulk_insert(Staff, made)

    try:
        desk.do("tests.bulk")
    finally:
        del INTENTS["tests.bulk"]


def crash(desk: Desk, place: Place, compound: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a report of a failure says: refusals, an error of the database, an error nobody expected."""
    attempts: list[dict[str, Any]] = [
        {"number": "P00", "phone": VALUES[0]}, {"number": "N1", "phone": VALUES[0] * 9},
        {"number": "N2", "id_number": VALUES[1][:17] + "Y"}, {"number": "N3", "phone": f"{VALUES[0]}*"},
        {"number": "N4", "phone": f"{VALUES[0]}\u202e"}, {"number": "N5", "nothing": VALUES[0]},
    ]  # fmt: skip
    told = []
    for values in attempts:
        with pytest.raises(UserError) as refusal:
            desk.do("staff.add", compound_id=compound, name="错", **values)
        told += ["".join(traceback.format_exception(refusal.value)), str(refusal.value)]

    def broken(*_: object) -> bytes:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError) as failure:
        patched.setattr(personal, "_about", broken)
        desk.do("staff.add", compound_id=compound, name="错", number="N6", phone=VALUES[0])
    told += ["".join(traceback.format_exception(failure.value))]

    @intent("T", name="tests.bare")
    def bare(work: Work) -> None:
        work.session.add(Staff(compound_id=compound, number="N7", name="错", phone=VALUES[0]))
        work.session.flush()
        work.session.add(Staff(compound_id=GLOBAL, number=None, name="错", phone=VALUES[0]))

    try:
        with pytest.raises(Exception) as fault:
            desk.do("tests.bare")
    finally:
        del INTENTS["tests.bare"]
    place.said["failures"] = "\n".join([*told, "".join(traceback.format_exception(fault.value))])


def write_everything(desk: Desk, place: Place, people: dict[str, UUID], compound: UUID) -> None:
    """Lists, the past, history, papers."""
    for lang, name in (("zh_CN", "staff.xlsx"), ("en", "staff.csv")):
        exports.write(desk, View("staff"), place.out / name, lang)
    giver, taker = people["P00"], people["P01"]
    asset = desk.do("assets.add", compound_id=compound, name="桌", keeper_id=giver).value
    note = desk.do(handovers.draft, [asset], taker, basis="调动").value
    desk.do(handovers.issue, note)
    (place.out / "note.pdf").write_bytes(desk.ask(handovers.paper, note))
    rows = [r for part in desk.past("staff", datetime.now(UTC) + timedelta(days=1)) for r in part]
    steps = [desk.history("staff", id) for id in people.values()]
    searches = [desk.first(View("staff", search=value), 9) for value in VALUES]
    assert sum(map(len, searches)) == 40  # by whole phones and ID numbers, not by addresses
    place.said["asked"] = repr((rows, steps, searches, desk.find("staff", "P0"), desk.names("staff", people.values())))


def revealed(desk: Desk, people: dict[str, UUID]) -> list[str]:
    """What the desk reveals of everybody."""
    asked: dict[str, Any] = {"reason": "核对", "own_password": PASSWORD}
    each = [(people[f"P{i:02}"], name) for i, one in enumerate(PLANTED) for name in one]
    return [desk.do("staff.reveal", staff_id=id, field=name, **asked).value for id, name in each]


def test_none_of_fifty_values_is_anywhere_and_all_are_revealed(
    qtbot: Any, place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    LOOK.use(lang="en")
    opened = office.set_up(place.office, name="某局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    compound = opened.desk.do("compounds.add", code="JSL", name="大院").value
    opened.close()
    for i in range(1, PEOPLE, 4):
        words = [f"{name}={value}" for name, value in PLANTED[i].items()]
        place.terminal("do", "staff.add", "compound_id=JSL", f"name={NAMES[i]}", f"number=P{i:02}", *words, "--json")
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
    opened = office.sign_in(place.office, "admin", PASSWORD)
    try:
        desk = replace(opened.desk, grants=office.EVERYTHING)
        desk.store.engine.echo = "debug"
        bench = Workbench(desk)
        qtbot.addWidget(bench)
        bench.show()
        for i in range(0, PEOPLE, 4):
            by_form(bench, Hand(bench), compound, i)
        plant(desk, place, compound)
        crash(desk, place, compound, monkeypatch)
        people = {r["number"]: r["id"] for r in desk.first(View("staff"), 99)}
        assert len(people) == PEOPLE
        write_everything(desk, place, people, compound)
        assert sorted(revealed(desk, people)) == sorted(VALUES)
        desk.do("staff.export_personal", file=str(place.folder / "plain.csv"), reason="核对", own_password=PASSWORD)
        assert len(seen((place.folder / "plain.csv").read_text("utf-8-sig"))) == 50
        assert check(desk.store) == []
        place.said["tables"] = held(desk.store).decode("utf-8", "replace")
        store, ring = desk.store.path, desk.store.ring
        assert store and isinstance(ring, keys.KeyRing)
        left = pages(store, ring.data_key)
        secret = [repr(bytes(key_of(desk.store, id))) for id in people.values()]
        assert bench.leave()
    finally:
        opened.close()
        logging.getLogger("sqlalchemy").setLevel(logging.NOTSET)
    lists = ["list", "staff"], ["list", "staff", "--json"], ["list", "staff", "--search", PLANTED[0]["phone"]]
    for words in (*lists, ["export", "staff", "--out", str(place.out / "c.csv")], ["check"]):
        place.terminal(*words)
    assert len(json.loads(place.terminal("list", "staff", "--json"))) == PEOPLE
    asked = ["staff_id=P00", "field=phone", "reason=x"]
    shown = place.terminal("do", "staff.reveal", *asked, DAYUAN_OWN_PASSWORD=PASSWORD).strip()
    assert shown == place.said.pop("do staff.reveal").strip() == VALUES[0]
    place.said["log"] = caplog.text
    assert "INSERT INTO staff" in caplog.text and "person_key" in caplog.text  # the log says something
    assert not [key for key in secret if key in caplog.text]
    found = {where: seen(said) for where, said in place.said.items() if seen(said)}
    written = [*place.out.iterdir(), *place.office.iterdir(), *(place.folder / "temporary").rglob("*")]
    found |= {str(file): seen(file.read_bytes()) for file in written if file.is_file() and seen(file.read_bytes())}
    assert found == {} and seen(left) == []
    assert len(written) > 8 and b"P00" in left
