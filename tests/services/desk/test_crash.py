"""A program killed at any moment: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.desk.desk import Desk
from services.desk.intent import Grant
from services.desk.listing import View
from services.desk.store import open_file
from services.desk.trail import compare, engine_faults, verify
from tests.conftest import DATA_KEY

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import services.registry
from services.desk.desk import Desk
from services.desk.intent import Grant, intent
from services.desk.store import open_file
from tests.services.desk import acts

for function in acts.EVERY:
    intent("In a test", name=f"tests.{function.__name__}")(function)
store = open_file(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "li.wei", (Grant(("*",)),))
compound = desk.do("tests.found", code="A").value

def say(*words):
    print(*words, flush=True)
    return True
"""
STREAM = """
for i in range(100_000):
    desk.do("tests.register", compound_id=compound, number=str(i), name="桌", extra={"i": str(i)})
    say(i)
"""
BULK = """
rows = [{"compound_id": compound, "number": str(i), "name": f"n{i}"} for i in range(5000)]
desk.having(tell=lambda done, total: say(done)).do("tests.load", rows=rows, total=5000)
say("done")
"""


def killed(path: Path, program: str, after: str) -> list[str]:
    """What the program said until it said `after` and was killed."""
    command = [sys.executable, "-c", PROGRAM + program, str(path), DATA_KEY.hex()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = []
        for line in running.stdout:
            said.append(line.strip())
            if line.strip() == after:
                running.send_signal(signal.SIGKILL)
                break
        said += [line.strip() for line in running.stdout if line.endswith("\n")]
    assert running.returncode == -signal.SIGKILL
    return said


def reopened(path: Path) -> Desk:
    store = open_file(path, DATA_KEY)
    desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "li.wei", (Grant(("*",)),))
    assert (verify(store), compare(store), engine_faults(store)) == ([], [], [])
    return desk


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A closed store."""
    return Path(shutil.copyfile(empty_file, tmp_path / "dayuan.db"))


def test_no_acknowledged_change_is_lost(path: Path) -> None:
    said = killed(path, STREAM, after="20")
    desk = reopened(path)
    there = {row["number"] for row in desk.first(View("assets"), 1000)}
    assert set(said) <= there
    assert len(there) <= len(said) + 1
    assert desk.count(View("assets", search="桌")) == len(there)
    desk.store.close()


@pytest.mark.parametrize("after", ["1000", "4000", "5000", "done"])
def test_a_bulk_insert_is_there_whole_or_not_at_all(path: Path, after: str) -> None:
    said = killed(path, BULK + ("sys.stdin.read()" if after == "done" else ""), after)
    desk = reopened(path)
    count = desk.count(View("assets"))
    assert count in ((5000,) if "done" in said else (0, 5000))
    assert desk.count(View("assets", search="n")) == count
    desk.store.close()
