"""The whole thread from a terminal: real processes, real files, exit statuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services import office
from services.desk import keys
from tests.documents.sample import text

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"


class Terminal:
    """Runs main.py on one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, password: str = PASSWORD, user: str = "", status: int = 0) -> str:
        env = os.environ | {"DAYUAN_PASSWORD": password, "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
        options = ["--user", user] if user else []
        command = [sys.executable, str(ROOT / "main.py"), "--data", str(self.folder), *options, *words]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, stdin=subprocess.DEVNULL)
        self.errors = done.stderr
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """At an office that is set up (cheaply: the real cost of a password is tried once below)."""
    folder = tmp_path / "office"
    officers = dict.fromkeys(("system", "security", "audit"), PASSWORD)
    office.set_up(
        folder, name="某某局", code="JGSW", account="admin", password=PASSWORD, officers=officers, cost=keys.FLOOR
    ).close()
    return Terminal(folder)


def test_a_password_is_no_word_of_the_command_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    new = "another good password"
    words = ["do", "accounts.change_password"]
    for typed in (f"old_password={PASSWORD}", "new_password=@file.json"):
        terminal(*words, typed, status=2)
        assert "DAYUAN_" in terminal.errors and PASSWORD not in terminal.errors
    terminal(*words, status=1)
    assert "DAYUAN_OLD_PASSWORD" in terminal.errors, "nobody is there to be asked"
    monkeypatch.setenv("DAYUAN_OLD_PASSWORD", PASSWORD)
    monkeypatch.setenv("DAYUAN_NEW_PASSWORD", new)
    terminal(*words)
    terminal("list", "sites", status=1)
    terminal("list", "sites", password=new)


def test_the_password_an_account_gets_is_not_that_of_who_signs_in(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["do", "accounts.add", "name=wang.fang", "person=王芳"]
    terminal(*words, user="security", status=1)
    assert "DAYUAN_NEW_PASSWORD" in terminal.errors
    monkeypatch.setenv("DAYUAN_NEW_PASSWORD", "first of his own")
    terminal(*words, user="security")
    keys.unlock(terminal.folder / office.KEYS, "wang.fang", "first of his own")


def test_the_whole_thread(terminal: Terminal, tmp_path: Path) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    terminal("do", "organizations.add", "code=HQ", "name=后勤处")
    giver = terminal("do", "staff.add", "compound_id=JSL", "name=李秀英", "unit_id=HQ").strip()
    taker = terminal("do", "staff.add", "compound_id=JSL", "name=王建国", "unit_id=HQ").strip()
    register = str(ROOT / "resources" / "samples" / "zichan-taizhang.xlsx")
    dry = terminal("import", register, "--as", "assets", "--compound", "JSL", "--dry-run")
    assert json.loads(terminal("list", "assets", "--json")) == []
    taken = terminal("import", register, "--as", "assets", "--compound", "JSL")
    assert dry.splitlines()[-1] == taken.splitlines()[-1] == "read 120, new 114, unchanged 1, changed 0, refused 5"
    assert (
        terminal("import", register, "--as", "assets", "--compound", "JSL")
        .splitlines()[-1]
        .startswith("read 120, new 0")
    )
    assets = json.loads(terminal("list", "assets", "--json"))
    assert len(assets) == 114
    assert {a["compound_id"] for a in assets} == {"JSL"}
    numbers = ",".join(a["number"] for a in assets[:3])
    note = terminal(
        "do", "handovers.draft", f"asset_ids={numbers}", f"to_staff_id={taker}", f"from_staff_id={giver}"
    ).strip()
    terminal("do", "handovers.issue", f"handover_id={note}")
    for side in ("from", "to"):
        terminal("do", "handovers.sign", f"handover_id={note}", f"side={side}")
    after = {a["number"]: a["keeper_id"] for a in json.loads(terminal("list", "assets", "--json"))}
    assert all(after[n] == taker for n in numbers.split(","))
    paper = tmp_path / "note.pdf"
    terminal("print", "handover", note, "--out", str(paper))
    assert "Intact" in terminal("verify", str(paper), password="")
    assert "it stands" in terminal("verify", str(paper), user="admin")
    paper.write_bytes(paper.read_bytes()[:-1] + b"?")
    assert "changed" in terminal("verify", str(paper), password="", status=1)
    assert "whole" in terminal("check", user="audit")
    assert "whole" in terminal("check", user="system")
    terminal("check", status=1)
    assert "role" in terminal.errors, "who keeps the assets does not check himself"
    out = tmp_path / "assets.xlsx"
    terminal("export", "assets", "--out", str(out))
    assert out.read_bytes()[:2] == b"PK"


def test_refusals_say_why_and_exit_with_one(terminal: Terminal) -> None:
    terminal("list", "assets", password="not the password", status=1)
    assert "wrong" in terminal.errors
    terminal("do", "compounds.add", "code=A", "name=", status=1)
    assert "required" in terminal.errors
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    terminal("do", "buildings.add", "compound_id=JSK", "code=1", "name=x", status=1)
    assert "JSK" in terminal.errors
    terminal("import", "/no/such/file.xlsx", "--as", "assets", status=1)
    assert "file.xlsx" in terminal.errors


def test_who_comes_in_is_told_of_wrong_passwords_tried_with_his_account(terminal: Terminal) -> None:
    terminal("list", "assets")
    assert terminal.errors == ""
    terminal("list", "assets", password="not the password", status=1)
    said = json.loads(terminal("list", "compounds", "--json"))
    assert said == [] and terminal.errors.startswith("! Wrong passwords tried for your account since 20")
    assert ": 1. If that was not you" in terminal.errors
    terminal("list", "assets")
    assert terminal.errors == "", "and only once"


def test_wrong_use_exits_with_two(terminal: Terminal) -> None:
    terminal("list", "nothing", status=2)
    assert "assets" in terminal.errors
    terminal("do", "compounds.add", "code=A", "naem=x", status=2)
    assert "naem" in terminal.errors
    terminal("do", "compounds.add", "code=A", status=2)
    assert "name" in terminal.errors
    terminal("do", "compounds.ad", "code=A", status=2)
    for words in (["import"], ["fly"], ["setup"], ["print", "invoice", "1", "--out", "x"], ["--lang", "fr", "check"]):
        terminal(*words, status=2)


def test_money_and_areas_are_typed_in_yuan_and_square_metres(terminal: Terminal) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    terminal("do", "buildings.add", "compound_id=JSL", "code=B1", "name=1号楼", "area=1234.5")
    terminal("do", "rooms.add", "compound_id=JSL", "building_id=JSL/B1", "number=301", "area=20")
    terminal(
        "do",
        "assets.add",
        "compound_id=JSL",
        "name=空调",
        "cost=3,299.00",
        "room_id=JSL/B1/301",
        "acquired_on=2024-06-04",
    )
    asset = json.loads(terminal("list", "assets", "--json"))[0]
    assert (asset["cost"], asset["room_id"], asset["acquired_on"]) == (329900, "JSL/B1/301", "2024-06-04")
    assert json.loads(terminal("list", "buildings", "--json"))[0]["area"] == 123450
    seen = terminal("list", "assets")
    assert "3299.00" in seen and "329900" not in seen, "people read yuan"
    assert "In use" in seen and "in_use" not in seen, "people read words"
    terminal("do", "assets.add", "compound_id=JSL", "name=x", "cost=1.005", status=1)


def test_a_list_is_shown_as_it_was_on_a_day(terminal: Terminal) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    terminal("do", "assets.add", "compound_id=JSL", "name=空调", "cost=3299", "acquired_on=2024-06-04")
    for day in ("9999-12-31", "2999-01-01"):
        assert terminal("list", "assets", "--on", day, "--json") == terminal("list", "assets", "--json")
        assert terminal("list", "assets", "--on", day) == terminal("list", "assets")
    for day in ("2001-01-01", "0001-01-01"):
        assert json.loads(terminal("list", "assets", "--on", day, "--json")) == []
    terminal("list", "assets", "--on", "去年", status=2)
    assert "2024-06-04" in terminal.errors
    terminal("list", "assets", "--on", "2024-06-04", "--search", "空", status=2)
    assert "--search" in terminal.errors


def test_a_register_with_nothing_new_says_so_and_leaves_no_old_refusals(terminal: Terminal, tmp_path: Path) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    file, out = tmp_path / "r.csv", tmp_path / "refused.xlsx"
    bring = ("import", str(file), "--as", "assets", "--compound", "JSL", "--refused", str(out))
    head = "资产编号,资产名称,取得日期\n"
    file.write_text(head, "utf-8")
    said = terminal(*bring)
    assert "no rows below the column names" in said
    assert "was not written" in said
    assert not out.exists()
    file.write_text(head + "ZC-1,空调机,去年\n", "utf-8")
    assert "1 rows written" in terminal(*bring, status=1)
    file.write_text(head + "ZC-1,空调机,2024-06-04\n", "utf-8")
    said = terminal(*bring)
    assert "of an earlier time, was removed" in said
    assert "known already" not in said
    assert not out.exists()
    assert "known already" in terminal(*bring)
    other = tmp_path / "letter.docx"
    other.touch()
    for wrong, status in ((file, 2), (other, 1)):
        terminal(*bring[:-1], str(wrong), "--dry-run", status=status)
        assert wrong.exists()


def test_a_register_is_reported_on_paper_checked_or_taken_in(terminal: Terminal, tmp_path: Path) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    register, out = str(ROOT / "resources" / "samples" / "zichan-taizhang.xlsx"), tmp_path / "report.pdf"
    bring = ("import", register, "--as", "assets", "--compound", "JSL", "--create", "--report", str(out))
    for wrong, why in ((tmp_path / "report.txt", ".pdf"), (tmp_path / "nowhere" / "report.pdf", "no folder")):
        terminal(*bring[:-1], str(wrong), status=1)
        assert why in terminal.errors
    assert json.loads(terminal("list", "assets", "--json")) == [], "nothing came in that cannot be reported"
    assert "Report of 2 pages" in terminal(*bring, "--dry-run")
    checked = "".join(text(out.read_bytes()).split())
    assert "Registerchecked,nothingstored" in checked
    terminal("--lang", "zh_CN", *bring)
    taken = "".join(text(out.read_bytes()).split())
    wanted = (
        "台账导入报告|某某局|zichan-taizhang.xlsx|建设路大院|admin|读取120行=新增114+未变1+变更0+拒绝5|拒绝的行5行|"
        "I取得日期|“去年春天”不是日期|自动新增|合计、小计|44,88,132–133|填表说明"
    )
    assert [word for word in wanted.split("|") if word not in taken] == []
    assert {path.name for path in tmp_path.iterdir()} == {"office", "report.pdf"}, "no half a paper is left"
    assert "Intact" in terminal("verify", str(out))


def test_commands_tell_every_intent_and_query(terminal: Terminal) -> None:
    told = json.loads(terminal("commands", "--json"))
    names = {c["name"] for c in told}
    assert {"handovers.draft", "assets.add", "rooms.revise", "imports.take_in", "handovers.facts"} <= names
    one = json.loads(terminal("commands", "handovers.sign", "--json"))[0]
    side = next(a for a in one["arguments"] if a["name"] == "side")
    assert side["choices"] == ["from", "to", "supervisor"]


def test_an_office_is_set_up_once_with_a_password_of_its_own(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "new")
    terminal("setup", "--name", "某某局", "--code", "jg", status=1)
    terminal("setup", "--name", "某某局", "--code", "JGSW", password="short", status=1)
    assert "at least 10" in terminal.errors
    terminal("setup", "--name", "某某局", "--code", "JGSW", password="", status=1)
    assert "DAYUAN_PASSWORD" in terminal.errors
    terminal("setup", "--name", "某某局", "--code", "JGSW")
    terminal("setup", "--name", "某某局", "--code", "JGSW", status=1)
    assert {p.name for p in (tmp_path / "new").iterdir()} >= {"dayuan.db", "keys.json", "writer.key"}
    assert all(p.stat().st_mode & 0o077 == 0 for p in (tmp_path / "new").iterdir() if p.is_file())


def test_officers_get_the_passwords_given_for_them_and_others_are_shown_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYUAN_PASSWORD_AUDIT", "given to the auditor")
    terminal = Terminal(tmp_path / "new")
    shown = terminal("setup", "--name", "某某局", "--code", "JGSW")
    made = dict(re.findall(r"account (\w+), password (\S+) —", shown))
    assert set(made) == {"system", "security"} and "given to the auditor" not in shown
    for account, password in (*made.items(), ("audit", "given to the auditor")):
        keys.unlock(tmp_path / "new" / office.KEYS, account, password)


def test_an_open_office_is_not_opened_twice(terminal: Terminal) -> None:
    opened = office.sign_in(terminal.folder, "admin", PASSWORD)
    try:
        terminal("check", status=1)
        assert "another window" in terminal.errors
    finally:
        opened.close()
    terminal("check", user="audit")


def test_an_edit_behind_the_programs_back_is_found(terminal: Terminal) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    opened = office.sign_in(terminal.folder, "admin", PASSWORD)
    with opened.desk.store.writing.begin() as connection:
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE compound SET name = '改过的'")
    opened.close()
    assert "not as recorded: Name" in terminal("check", user="audit", status=1)


def test_a_copy_is_said_beside_the_answer(terminal: Terminal) -> None:
    copy = terminal.folder.with_name("copy")
    shutil.copytree(terminal.folder, copy)
    terminal.folder = copy
    assert json.loads(terminal("list", "assets", "--json")) == []
    assert "keeps no marker of this data" in terminal.errors
    terminal("list", "assets")
    assert terminal.errors == ""


def test_values_that_make_no_sense_are_said_in_a_sentence(terminal: Terminal) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=x")
    number = terminal("do", "assets.add", "compound_id=JSL", "name=x").strip()
    for word in ("extra=abc", 'extra={"a":1.5}', "cost=inf", "cost=abc"):
        terminal("do", "assets.revise", f"asset_id={number}", word, status=1)
        assert "cannot be" in terminal.errors
    terminal("export", "assets", "--out", "/no/such/folder/x.xlsx", status=1)
    assert "Traceback" not in terminal.errors
    sample = str(ROOT / "resources" / "samples" / "zichan-taizhang.xlsx")
    checked = ["imports.take_in", f"file={sample}", "kind=assets", "compound_id=JSL", "dry_run=true"]
    assert json.loads(terminal("do", *checked))["read"] == 120


def test_an_account_typed_by_an_input_method_signs_in_again(tmp_path: Path) -> None:
    typed = "ａｄｍｉｎ"
    office.set_up(tmp_path, name="局", code="JG", account=typed, password=PASSWORD, cost=keys.FLOOR).close()
    opened = office.sign_in(tmp_path, typed, PASSWORD)
    assert opened.desk.account == "admin"
    opened.close()


def test_the_recovery_sheet_from_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, sheet = tmp_path / "office", tmp_path / "sheet.pdf"
    terminal = Terminal(folder)
    said = terminal("setup", "--name", "某局", "--code", "JGSW", "--sheet", str(sheet), user="admin")
    codes = re.findall(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}", said)
    assert len(codes) == 1 and codes[0][:5] in text(sheet.read_bytes())
    monkeypatch.setenv("DAYUAN_RECOVERY", codes[0].lower())
    again = terminal("recover", "admin", password="another password")
    new = re.findall(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}", again)
    assert len(new) == 1 and new != codes
    assert terminal("ask", "sites.list", password="another password", status=2) == ""
    terminal("list", "sites", password="another password")
    terminal("recover", "admin", password="a third password", status=1)
    assert "opens nothing here" in terminal.errors
    monkeypatch.setenv("DAYUAN_RECOVERY", codes[0][:-1])
    terminal("recover", "admin", status=1)
    assert "29" in terminal.errors
    (folder / "keys.json").unlink()
    terminal("setup", "--name", "二", "--code", "ZWEI", status=1)
    assert terminal.errors.startswith("keys.json is missing")
    terminal("list", "sites", status=1)
    assert terminal.errors.startswith("keys.json is missing")


def test_what_was_done_is_listed_told_and_taken_back_from_the_terminal(terminal: Terminal) -> None:
    terminal("do", "compounds.add", "code=JSL", "name=建设路大院")
    terminal("do", "buildings.add", "compound_id=JSL", "code=B1", "name=1号楼")
    head, first, *_ = terminal("--lang", "en", "list", "operations").splitlines()
    assert head.split("\t")[1:4] == ["Person", "Act", "Reason"]
    assert first.split("\t")[1:] == ["admin", "Add building", "", "建设路大院", ""]
    operation = json.loads(terminal("list", "operations", "--json"))[0]["id"]
    told = json.loads(terminal("ask", "journal.operation", f"operation={operation}", "--json"))
    assert (told["cmd"], told["total"], told["changes"][0]["named"]["number"]) == ("buildings.add", 1, "JSL/B1")
    assert terminal("do", "journal.undo", f"operation={operation}").strip() == "1"
    assert json.loads(terminal("list", "buildings", "--json")) == []
    terminal("list", "journal", status=1)
    assert "Your role does not include this" in terminal.errors
