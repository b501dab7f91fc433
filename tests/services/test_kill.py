"""The plug is pulled while both sides sign: every note is as before or as after, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.handover import HandoverState, Side
from services import handovers, office
from services.desk import keys
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from tests.services.people import found

ROOT = Path(__file__).parents[2]
PASSWORD = "pull the plug now"
NOTES, LINES = 12, 40
CHILD = """
import sys
from pathlib import Path
from uuid import UUID
from models.handover import Side
from services import handovers, office, registry
opened = office.sign_in(Path(sys.argv[1]), "admin", sys.argv[2])
print("ready", flush=True)
for note in sys.argv[3:]:
    opened.desk.do(handovers.sign, UUID(note), Side.TO)
    print(note, flush=True)
"""


@pytest.mark.parametrize("signed", [0, 3, 7])
def test_a_kill_during_sign_off_leaves_each_note_before_or_after(tmp_path: Path, signed: int) -> None:
    opened = office.set_up(tmp_path, name="局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR)
    people = found(opened.desk)
    notes = []
    for _ in range(NOTES):
        assets = [people.asset(f"资产{n}") for n in range(LINES)]
        note = opened.desk.do(handovers.draft, assets, people.taker).value
        opened.desk.do(handovers.issue, note)
        opened.desk.do(handovers.sign, note, Side.FROM)
        notes.append(note)
    opened.close()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), PASSWORD, *map(str, notes)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    told = [child.stdout.readline().strip() for _ in range(signed + 1)]
    os.kill(child.pid, signal.SIGKILL)
    told += child.stdout.read().split()
    child.wait()
    child.stdout.close()

    again = office.sign_in(tmp_path, "admin", PASSWORD)
    keepers = {r["id"]: r["keeper"] for r in again.desk.first(View("assets"), NOTES * LINES)}
    for note in notes:
        state = again.desk.ask(handovers.facts, note).state
        lines = again.desk.first(View("handover_lines", filters=(("handover_id", (note,)),)), LINES)
        holders = {keepers[line["asset_id"]] for line in lines}
        assert (state, holders) in ((HandoverState.HALF_SIGNED, {"李秀英"}), (HandoverState.DONE, {"王建国"}))
        assert state is HandoverState.DONE or str(note) not in told
    store = again.desk.store
    assert verify(store) == compare(store) == papers(store) == []
    again.close()
