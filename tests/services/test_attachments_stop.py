"""The program is killed while a file is added: the office opens whole, with the attachment or without a trace of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from services import office, registry  # noqa: F401
from services.desk import keys
from services.desk.listing import View
from services.desk.trail import check
from tests.services.files import pdf
from tests.services.test_command_line import PASSWORD, ROOT, Terminal

CHILD = """
import os, sys
from pathlib import Path
from services import office, registry
from services.desk.listing import View
from services.desk.vault import Vault
folder, file, where = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
found = office.sign_in(folder, "admin", "correct horse battery")
desk = found.desk
compound = desk.first(View("compounds"), 1)[0]["id"]
die = lambda *_: os.kill(os.getpid(), 9)
keep = Vault.keep
if where == "writing":
    Vault.keep = lambda self, source, size, sha256, tell: keep(self, source, size, sha256, die)
elif where == "renamed":
    Vault.keep = lambda self, *a: (keep(self, *a), die())
elif where == "committed":
    Vault.kept = die
desk.do("attachments.add", about_kind="compound", about_id=compound, path=file)
if where == "opened":
    id = desk.first(View("attachments"), 1)[0]["id"]
    print(desk.ask("attachments.open", attachment_id=id), flush=True)
    die()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "office"
    opened = office.set_up(made, name="某局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    opened.desk.do("compounds.add", code="A", name="甲院")
    opened.close()
    return made


def faults(folder: Path) -> list[str]:
    opened = office.sign_in(folder, "admin", PASSWORD)
    found = check(opened.desk.store)
    opened.close()
    return found


def killed(folder: Path, file: Path, where: str) -> str:
    command = [sys.executable, "-c", CHILD, str(folder), str(file), where]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("where", "there"), [("writing", 0), ("renamed", 0), ("committed", 1)])
def test_killed_at_any_moment_it_is_whole_or_not_at_all(folder: Path, tmp_path: Path, where: str, there: int) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(pdf(b"/X" * 300_000))
    killed(folder, file, where)
    opened = office.sign_in(folder, "admin", PASSWORD)
    try:
        assert opened.desk.count(View("attachments")) == there
        assert len([f for f in (folder / "attachments").rglob("*") if f.is_file()]) == there
        assert check(opened.desk.store) == []
    finally:
        opened.close()


def test_what_was_open_when_it_was_killed_is_removed_at_the_next_start(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(pdf())
    copy = Path(killed(folder, file, "opened"))
    assert copy.exists()
    office.sign_in(folder, "admin", PASSWORD).close()
    assert not copy.parent.exists()


def test_from_a_terminal(folder: Path, tmp_path: Path) -> None:
    terminal, out = Terminal(folder), tmp_path / "copy.pdf"
    terminal("do", "assets.add", "compound_id=A", "name=空调机", "number=ZC-1")
    file = tmp_path / "合同.pdf"
    file.write_bytes(pdf())
    number = terminal(
        "do", "attachments.add", "about_kind=asset", "about_id=ZC-1", f"path={file}", "note=验收单"
    ).strip()
    assert number.startswith("FJ-JGSW-")
    assert "合同.pdf" in terminal("list", "attachments", "--search", "验收")
    assert str(out) in terminal("ask", "attachments.save", f"attachment_id={number}", f"to={out}")
    assert out.read_bytes() == pdf()
    file.write_bytes(b"MZ")
    terminal("do", "attachments.add", "about_kind=asset", "about_id=ZC-1", f"path={file}", status=1)
    assert terminal.errors.strip() == "合同.pdf is a program or a script; programs are not kept"
    terminal("do", "attachments.add", "about_kind=asset", "about_id=ZC-9", f"path={file}", status=1)
    assert "There is no Asset ZC-9" in terminal.errors
    assert faults(folder) == []
    (kept,) = (f for f in (folder / "attachments").rglob("*") if f.is_file())
    kept.unlink()
    assert faults(folder) == [f"attachment {number}: missing"]
    terminal("do", "attachments.remove", f"attachment_id={number}")
    assert terminal("list", "attachments").count("\n") == 1
