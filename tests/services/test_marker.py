"""What this computer remembers of a store outside of it: a copy, an older copy, a cut tail, a damaged log are seen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from models.incident import IncidentKind
from models.journal import Record, Writer
from services import office, registry  # noqa: F401
from services.desk import keys, machine
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.marker import Mark, Marker
from services.desk.trail import check
from tests.outside import unguard

ROOT = Path(__file__).parents[2]
PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
K = IncidentKind


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with three compounds, closed, on a computer of its own."""
    monkeypatch.setenv("DAYUAN_STATE", str(tmp_path / "state"))
    place = tmp_path / "office"
    opened = office.set_up(
        place, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    )
    assert opened.findings == ()
    work(opened.desk, "A", "B", "C")
    opened.close()
    return place


def work(desk: Desk, *codes: str) -> None:
    for code in codes:
        desk.do("compounds.add", code=code, name=code)


def opening(folder: Path, then: Callable[[office.Office], object] = lambda _: None) -> list[IncidentKind]:
    """What is found when somebody signs in; the store is sound, the next one finds nothing more."""
    opened = office.sign_in(folder, "admin", PASSWORD)
    kinds = [finding.kind for finding in opened.findings]
    then(opened)
    assert check(opened.desk.store) == []
    opened.close()
    again = office.sign_in(folder, "audit", OFFICERS["audit"])
    assert again.findings == (), "it is found once"
    listed = [row["kind"] for row in again.desk.first(View("incidents"), 99)]
    assert listed[len(listed) - len(kinds) :] == kinds
    again.close()
    return kinds


def writers(desk: Desk) -> list[int]:
    with desk.store.reading.connect() as connection:
        return list(connection.scalars(sa.select(Record.w).order_by(Record.lsn)))


def the_marker(folder: Path) -> Path:
    [found] = (folder.parent / "state").iterdir()
    return found


def mark_of(folder: Path) -> Mark | None:
    data_key = keys.unlock(folder / office.KEYS, "admin", PASSWORD)
    return Marker.of(folder, data_key).read()


def test_an_office_that_is_closed_and_opened_again_is_no_incident(folder: Path) -> None:
    assert opening(folder) == []
    assert opening(folder, lambda opened: work(opened.desk, "D")) == []
    assert opening(folder) == []


def test_a_folder_copied_elsewhere_is_written_by_another_writer(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)

    def goes_on(opened: office.Office) -> None:
        work(opened.desk, "D")
        assert sorted(set(writers(opened.desk))) == [1, 2]
        assert writers(opened.desk)[-2:] == [2, 2], "the old writer is never written with again"
        [finding] = opened.findings
        assert finding.kind is K.UNMARKED

    assert opening(copy, goes_on) == [K.UNMARKED]
    assert opening(folder) == [], "the original is not the copy"


def test_the_same_folder_on_another_computer_is_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_id", lambda: "another computer")
    monkeypatch.setattr("services.desk.machine.IDS", ())
    assert opening(folder) == [K.COPIED]


def test_a_file_copied_over_its_own_place_is_a_copy(folder: Path) -> None:
    shutil.copyfile(folder / office.DB, folder / "moved")
    (folder / "moved").replace(folder / office.DB)
    assert opening(folder) == [K.COPIED]


def test_another_number_of_the_disk_or_its_file_system_is_no_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order in which disks are found, or the next mount, changes both."""
    stat, statvfs = Path.stat, os.statvfs

    def other(path: Path, **how: Any) -> os.stat_result:
        found = list(stat(path, **how))
        return os.stat_result([*found[:2], found[2] + 77, *found[3:]])

    def mounted(path: Any) -> os.statvfs_result:
        return os.statvfs_result([*tuple(statvfs(path)), statvfs(path).f_fsid + 77])

    with monkeypatch.context() as moved:
        moved.setattr(Path, "stat", other)
        moved.setattr(os, "statvfs", mounted)
        assert opening(folder) == []


def test_an_older_copy_put_back_is_found_and_says_what_is_missing(folder: Path) -> None:
    older = folder.with_name("older")
    shutil.copytree(folder, older)
    opened = office.sign_in(folder, "admin", PASSWORD)
    work(opened.desk, "D", "E")
    given = opened.desk.do("staff.add", compound_id=opened.desk.first(View("compounds"), 1)[0]["id"], name="李").value
    number = opened.desk.named("staff", given).number
    opened.close()
    for file in (office.DB, office.WRITER, "numbers.high"):
        shutil.copyfile(older / file, folder / file)

    def says(opened: office.Office) -> None:
        [finding] = opened.findings
        assert finding.lost == 4, "a sign-in, two compounds, a person"
        assert finding.kept_at and finding.seen_at and finding.kept_at < finding.seen_at
        here = opened.desk.first(View("compounds"), 1)[0]["id"]
        again = opened.desk.do("staff.add", compound_id=here, name="王").value
        assert opened.desk.named("staff", again).number != number, "no number is given twice"

    assert opening(folder, says) == [K.TRUNCATED]


def test_a_tail_cut_off_by_somebody_with_the_key_is_found(folder: Path) -> None:
    opened = office.sign_in(folder, "admin", PASSWORD)
    work(opened.desk, "D")
    unguard(opened.desk.store)
    with opened.desk.store.writing.begin() as connection:
        last = connection.scalar(sa.select(sa.func.max(Record.lsn)))
        for table, column in (("compound", "rid"), ("rec", "lsn"), ("reserved", "lsn")):
            connection.execute(sa.text(f"delete from {table} where {column} = :last"), {"last": last})
    assert check(opened.desk.store) == ["marker: 1 records that this computer saw are missing"], "nothing else sees it"
    opened.close()
    opened = office.sign_in(folder, "admin", PASSWORD)
    assert [f.kind for f in opened.findings] == [K.TRUNCATED]
    assert opened.findings[0].lost == 1
    opened.close()


def test_another_history_in_its_place_is_found(folder: Path) -> None:
    """Somebody with a password went on with a copy, on a computer where the marker was taken along."""
    state, other = folder.parent / "state", folder.with_name("other")
    shutil.copytree(folder, other / "office")
    shutil.copytree(state, other / "state")
    opened = office.sign_in(folder, "admin", PASSWORD)
    work(opened.desk, "D")
    opened.close()
    forged = subprocess.run(
        [sys.executable, "-c", FORGE, str(other / "office"), PASSWORD], cwd=ROOT, check=True, capture_output=True,
        env=os.environ | {"DAYUAN_STATE": str(other / "state")},
    )  # fmt: skip
    assert forged.returncode == 0
    shutil.copyfile(other / "office" / office.DB, folder / office.DB)
    assert opening(folder) == [K.REPLACED]


FORGE = """
import sys
from pathlib import Path
from services import office, registry
from services.desk import keys
from services.desk.desk import Desk
from services.desk.store import open_file
folder, password = Path(sys.argv[1]), sys.argv[2]
data_key = keys.unlock(folder / office.KEYS, "admin", password)
store = open_file(folder / office.DB, data_key)
pen = store.enroll(keys.writer_key(folder / office.WRITER, data_key))
Desk(store, pen, "admin", office.EVERYTHING).do("compounds.add", code="X", name="X")
for code in "YZ":
    Desk(store, pen, "admin", office.EVERYTHING).do("compounds.add", code=code, name=code)
store.close()
"""
KILLED = """
import sys
from pathlib import Path
from services import office, registry
opened = office.sign_in(Path(sys.argv[1]), "admin", sys.argv[2])
for i in range(30):
    opened.desk.do("compounds.add", code=f"K{i}", name="x" * 100)
opened.desk.store.marker.write()
print("done", flush=True)
sys.stdin.read()
"""


def killed(folder: Path) -> Path:
    """Killed after thirty commits and a marker; its log, which nobody put into the file."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), PASSWORD], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == b"done\n"
        running.send_signal(signal.SIGKILL)
    return folder / f"{office.DB}-wal"


def test_a_program_that_was_killed_is_no_incident(folder: Path) -> None:
    assert killed(folder).stat().st_size > 0
    assert opening(folder, lambda opened: there(opened.desk, 33)) == []


def there(desk: Desk, count: int) -> None:
    assert desk.count(View("compounds")) == count


def test_commits_in_a_damaged_log_are_missed(folder: Path) -> None:
    """The database drops the rest of a log from the first damaged page on, and says nothing."""
    log = killed(folder)
    whole = log.read_bytes()
    half = len(whole) // 2
    log.write_bytes(whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :])

    def says(opened: office.Office) -> None:
        lost = opened.findings[0].lost
        assert lost and 0 < lost < 30
        there(opened.desk, 33 - lost)

    assert opening(folder, says) == [K.TRUNCATED]


def test_a_marker_that_lags_behind_is_caught_up(folder: Path) -> None:
    mark = the_marker(folder)
    before = mark.read_bytes()
    opened = office.sign_in(folder, "admin", PASSWORD)
    work(opened.desk, "D", "E")
    opened.close()
    mark.write_bytes(before)
    assert opening(folder) == []
    found = mark_of(folder)
    done = 1 + 1 + 3 + 1 + 2 + 2  # set up, signed in, three compounds, signed in, two more, signed in twice
    assert found and found.operations == found.gseq == done


def test_a_marker_that_was_taken_away_is_missed(folder: Path) -> None:
    the_marker(folder).unlink()
    assert opening(folder) == [K.UNMARKED]


def test_signing_in_counts_no_records_where_none_is_missing(folder: Path) -> None:
    """It would read the whole journal, each time, for a figure nobody asks for."""
    said = list[str]()

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(" ".join(statement.lower().split()))

    sa.event.listen(sa.Engine, "before_cursor_execute", heard)
    try:
        assert opening(folder) == []
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", heard)
    counts = [sql for sql in said if "count(distinct" in sql]
    assert all("rec.gseq > ?" in sql for sql in counts), "no more than what came after the marker"


def test_any_changed_byte_of_a_marker_is_seen(folder: Path) -> None:
    mark = the_marker(folder)
    whole = mark.read_bytes()
    for at in (0, 11, 12, len(whole) // 2, len(whole) - 1):
        mark.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert opening(folder) == [K.UNREADABLE], at
    mark.write_bytes(b"")
    assert opening(folder) == [K.UNREADABLE]


def test_the_marker_of_another_store_is_none(folder: Path, tmp_path: Path) -> None:
    mark, other = the_marker(folder), tmp_path / "other"
    own = mark.name
    office.set_up(
        other, name="另一局", code="QTJ", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    [foreign] = [found for found in mark.parent.iterdir() if found.name != own]
    mark.write_bytes(foreign.read_bytes())
    assert opening(folder) == [K.UNREADABLE]


def test_a_signing_key_that_is_gone_is_said(folder: Path) -> None:
    (folder / office.WRITER).unlink()

    def once(opened: office.Office) -> None:
        with opened.desk.store.reading.connect() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(Writer)) == 2

    assert opening(folder, once) == [K.KEY]


def test_a_clock_set_back_is_said_and_the_writer_stays(folder: Path) -> None:
    marker = Marker.of(folder, keys.unlock(folder / office.KEYS, "admin", PASSWORD))
    mark = marker.read()
    assert mark
    mark.at += timedelta(minutes=6)
    marker.file.write(msgspec.json.encode(mark))
    assert opening(folder, lambda opened: one_writer(opened.desk)) == [K.CLOCK]


def one_writer(desk: Desk) -> None:
    assert set(writers(desk)) == {1}


def test_the_marker_is_written_a_second_after_a_change_without_closing(folder: Path) -> None:
    opened = office.sign_in(folder, "admin", PASSWORD)
    work(opened.desk, "D")
    waiting = opened.desk.store.marker and opened.desk.store.marker._timer
    assert waiting
    waiting.join(20)
    found = mark_of(folder)
    assert found and found.gseq == 1 + 1 + 3 + 1 + 1, "the sign-ins count"
    opened.close()


def unreadable(folder: Path) -> None:
    the_marker(folder).write_bytes(b"")


def taken_away(folder: Path) -> None:
    the_marker(folder).unlink()


def copied(folder: Path) -> None:
    shutil.copyfile(folder / office.DB, folder / "moved")
    (folder / "moved").replace(folder / office.DB)


@pytest.mark.parametrize(
    ("happened", "kind"), [(unreadable, K.UNREADABLE), (taken_away, K.UNMARKED), (copied, K.COPIED)]
)
@pytest.mark.parametrize(("where", "breaks"), [(Desk, "do"), (keys, "keep_writer_key")])
def test_what_was_found_is_found_again_when_the_opening_fails(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    happened: Callable[[Path], None],
    kind: IncidentKind,
    where: Any,
    breaks: str,
) -> None:
    opened = office.sign_in(folder, "admin", PASSWORD)
    before = opened.desk.pen.id.hex
    opened.close()
    happened(folder)
    for _ in range(2):
        with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
            broken.setattr(where, breaks, lambda *_, **__: 1 // 0)
            office.sign_in(folder, "admin", PASSWORD)
    opened = office.sign_in(folder, "admin", PASSWORD)
    assert [(found.kind, found.predecessor) for found in opened.findings] == [(kind, before)]
    opened.close()
    assert opening(folder) == []
