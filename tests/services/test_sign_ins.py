"""What signing in leaves behind: who came when, the failures before, as ordinary changes that nobody can wipe away."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.journal import Record
from services import office, sign_ins
from services.desk import keys, trail
from services.desk.errors import Conflict, NotAllowed
from services.desk.listing import View

PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    office.set_up(
        folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    return folder


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    for file in founded.iterdir():
        if file.suffix != ".lock":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def signed_in(folder: Path, account: str, password: str = "") -> Any:
    return closing(office.sign_in(folder, account, password or OFFICERS.get(account, PASSWORD)))


def wrong(folder: Path, account: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(NotAllowed):
            office.sign_in(folder, account, "wrong")


def row(opened: office.Office, account: str) -> dict[str, Any]:
    return next(r for r in opened.desk.first(View("accounts"), 9) if r["name"] == account)


def test_when_somebody_signed_in_is_kept(folder: Path) -> None:
    start = datetime.now(UTC)
    with signed_in(folder, "admin") as first:
        assert first.before.failed == 0
    with signed_in(folder, "audit") as opened:
        came = row(opened, "admin")["signed_in_at"]
        steps = opened.desk.history("account", row(opened, "admin")["id"])
    assert start <= came <= datetime.now(UTC)
    assert (steps[-1].actor, steps[-1].cmd) == ("admin", "accounts.signed_in")


def test_who_comes_in_is_told_of_failures_since_last_time(folder: Path) -> None:
    with signed_in(folder, "admin") as opened:
        since = datetime.now(UTC)
    wrong(folder, "admin", 2)
    with signed_in(folder, "admin") as opened:
        assert opened.before.failed == 2
        assert opened.before.since and opened.before.since <= since
    with signed_in(folder, "admin") as opened:
        assert opened.before.failed == 0, "and only once"
    with signed_in(folder, "audit") as opened:
        steps = opened.desk.history("account", row(opened, "admin")["id"])
    assert [s.fields["failed_before"] for s in steps if "failed_before" in s.fields][-2:] == [[0, 2], [2, 0]]


def test_tries_with_names_nobody_has_are_written_down_and_stay(folder: Path) -> None:
    wrong(folder, "root", 2)
    wrong(folder, "administrator", 1)
    wrong(folder, "admin", 1)
    with signed_in(folder, "system") as opened:
        assert opened.desk.ask("office.keys").unknown_tries == 3
        [site] = opened.desk.first(View("sites"), 1)
    with signed_in(folder, "audit") as opened:
        step = opened.desk.history("site", site["id"])[-1]
        assert (step.actor, step.cmd, step.fields) == ("system", "accounts.signed_in", {}), "told to who keeps the keys"
        with opened.desk.store.reading.connect() as connection:
            bodies = connection.scalars(sa.select(Record.body).where(Record.uow == step.operation))
            assert any(b'"unknown_tries":[0,3]' in body for body in bodies), "and recorded"
    held = json.loads((folder / "keys.json").read_text())
    (folder / "keys.json").write_text(json.dumps(held | {"tries": {}}))
    with signed_in(folder, "system") as opened:
        assert opened.desk.ask("office.keys").unknown_tries == 3, "whoever writes the key file wipes nothing away"


def test_the_failures_of_others_are_written_down_when_anybody_comes(folder: Path) -> None:
    wrong(folder, "admin", 2)
    wrong(folder, "nobody", 2)
    with signed_in(folder, "security") as opened:
        assert (row(opened, "admin")["failed_tries"], row(opened, "admin")["delayed_until"]) == (2, None)
        step = opened.desk.history("account", row(opened, "admin")["id"])[-1]
        assert (step.actor, step.fields) == ("security", {"failed_tries": [0, 2]})
    wrong(folder, "admin", 1)
    with signed_in(folder, "security") as opened:
        found = row(opened, "admin")
        assert found["failed_tries"] == 3
        assert found["delayed_until"] > datetime.now(UTC), "the security officer sees who has to wait"
        opened.desk.do("accounts.reset_password", account_id=found["id"], password=PASSWORD)
        assert row(opened, "admin")["delayed_until"] is None
        assert trail.check(opened.desk.store) == []
    office.sign_in(folder, "admin", PASSWORD).close()
    with signed_in(folder, "security") as opened:
        assert row(opened, "admin")["failed_tries"] == 0


def test_failures_a_right_password_ended_are_not_lost_when_the_record_was_not_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(folder, "admin", 2)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sign_ins, "_others", dies)
    with pytest.raises(KeyboardInterrupt):
        office.sign_in(folder, "admin", PASSWORD)
    monkeypatch.undo()
    with signed_in(folder, "admin") as opened:
        assert opened.before.failed == 2


def test_nobody_wipes_his_failures_away_by_doing_it_once_more(folder: Path) -> None:
    wrong(folder, "admin", 2)
    with signed_in(folder, "admin") as opened:
        opened.desk.do("accounts.signed_in")
    with signed_in(folder, "audit") as opened:
        steps = opened.desk.history("account", row(opened, "admin")["id"])
    assert [0, 2] in [s.fields.get("failed_before") for s in steps]


@pytest.mark.parametrize("tried", [
    {"failed": 10**30, "until": 0.0}, {"failed": -5, "until": -1e300}, {"failed": 3, "until": 1e300},
])  # fmt: skip
def test_a_key_file_somebody_wrote_by_hand_keeps_nobody_out(folder: Path, tried: dict[str, Any]) -> None:
    path = folder / office.KEYS
    held = json.loads(path.read_text())
    held["tries"] = {keys._filed(keys._read(path), "admin"): tried}
    path.write_text(json.dumps(held))
    try:
        office.sign_in(folder, "security", OFFICERS["security"]).close()
    except Conflict as refused:
        assert "damaged" in str(refused)


def test_unlocking_asks_for_the_password_and_counts_as_signing_in_does(folder: Path) -> None:
    with signed_in(folder, "admin") as opened:
        sign_ins.unlock(opened.desk, PASSWORD)
        for _ in range(3):
            with pytest.raises(NotAllowed, match="wrong"):
                sign_ins.unlock(opened.desk, "not it")
        with pytest.raises(NotAllowed, match="try again in"):
            sign_ins.unlock(opened.desk, PASSWORD)
    with signed_in(folder, "security") as opened:
        assert row(opened, "admin")["failed_tries"] == 3
