"""Passwords and codes reach no log, no report of an error, no description of an object and no file."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services import office, registry, sign_ins  # noqa: F401 — every act is known
from services.commands.asking import PASSWORD, variable
from services.commands.values import typed
from services.desk import keys
from services.desk.codes import Code, new_code
from services.desk.errors import UserError, WrongUse
from services.desk.intent import INTENTS, QUERIES
from services.desk.listing import View
from services.desk.schema import Kind, arguments

SECRETS = [f"canary-{n}-9f3c71" for n in range(9)]
OFFICERS = dict(zip(("system", "security", "audit"), SECRETS[1:4], strict=True))
LOGGERS = ("", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "services", "filelock")


class Everything(logging.Handler):
    """Keeps all that is logged, with its arguments and its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said += [self.format(record), repr(record.args), repr(vars(record))]


@pytest.fixture
def logged() -> Iterator[list[str]]:
    kept, before = Everything(), {name: logging.getLogger(name).level for name in LOGGERS}
    logging.getLogger().addHandler(kept)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield kept.said
    logging.getLogger().removeHandler(kept)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def refused(call: Any, *args: Any, **values: Any) -> str:
    """What a report of the error says."""
    with pytest.raises(UserError) as raised:
        call(*args, **values)
    return "".join(traceback.format_exception(raised.value)) + repr(raised.value.values)


def everything_said(folder: Path) -> tuple[list[str], list[str]]:
    """Goes in and out by every door; what was said, and the codes and keys it took."""
    said, secrets = list[str](), list[str]()

    def keep(code: Code) -> Code:
        secrets.extend([str(code), str(code).replace("-", "")])
        return code

    opened = office.set_up(
        folder, name="某局", code="JGSW", account="admin", password=SECRETS[0], officers=OFFICERS, cost=keys.FLOOR
    )
    said += [repr(opened), repr(opened.sheet), str(opened)]
    sheet = opened.take_sheet()
    ring = opened.desk.store.ring
    assert sheet and isinstance(ring, keys.KeyRing)
    first = keep(sheet.code)
    secrets.append(ring.data_key.hex())
    said += [repr(sheet), repr(opened.desk), repr(opened.desk.store), repr(ring), repr(opened.desk.pen)]
    opened.desk.do("accounts.change_password", old_password=SECRETS[0], new_password=SECRETS[4])
    said.append(refused(opened.desk.do, "accounts.change_password", old_password=SECRETS[8], new_password=SECRETS[7]))
    said.append(refused(sign_ins.unlock, opened.desk, SECRETS[8]))
    sign_ins.unlock(opened.desk, SECRETS[4])
    opened.close()
    said.append(refused(office.sign_in, folder, "admin", SECRETS[8]))
    said.append(refused(office.recover, folder, keep(new_code()), "admin", SECRETS[5]))
    said.append(refused(office.recover, folder, str(first)[:-1], "admin", SECRETS[5]))
    second = keep(office.recover(folder, first, "admin", SECRETS[5]).code)
    opened = office.sign_in(folder, "security", OFFICERS["security"])
    row = next(r for r in opened.desk.first(View("accounts"), 9) if r["name"] == "admin")
    said.append(repr(opened.desk.do("accounts.reset_password", account_id=row["id"], password=SECRETS[6])))
    said.append(repr(opened.desk.history("account", row["id"])))
    opened.close()
    opened = office.sign_in(folder, "system", OFFICERS["system"])
    done = opened.desk.do("office.new_recovery", own_password=OFFICERS["system"])
    said += [repr(done), repr(opened.desk.ask("office.keys")), repr(keep(done.value))]
    opened.close()
    assert second != done.value
    return said, secrets


def test_nothing_secret_is_said_logged_or_written_anywhere(tmp_path: Path, logged: list[str]) -> None:
    said, secrets = everything_said(tmp_path)
    assert len(logged) > 50, "the loggers are on"
    for secret in (*SECRETS, *secrets):
        assert not [text for text in (*said, *logged) if secret in text]
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert not [file.name for file in files if secret.encode() in file.read_bytes()]


def secret_arguments() -> list[tuple[str, str]]:
    """Every argument of an act that is a password, with the act."""
    every = [*INTENTS.values(), *QUERIES.values()]
    return [(act.name, spec.name) for act in every for spec in arguments(act) if spec.kind is Kind.SECRET]


def test_no_password_is_a_word_of_a_command_line_whatever_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands there is read by every process of the computer, and kept by the shell."""
    found = secret_arguments()
    assert len({name for _, name in found}) > 3 and ("staff.reveal", "own_password") in found
    desk: Any = None
    for act, name in found:
        monkeypatch.setenv(variable(name), SECRETS[7])
        with pytest.raises(WrongUse) as refusal:
            typed(desk, [s for s in arguments(act) if s.name == name], [f"{name}={SECRETS[8]}"])
        assert variable(name) in str(refusal.value.values) and SECRETS[8] not in str(refusal.value.values)
        given = typed(desk, [s for s in arguments(act) if s.name == name], [])
        assert given == {name: SECRETS[7]} and variable(name) != PASSWORD


def test_the_report_of_a_crash_names_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = office.set_up(
        tmp_path, name="某局", code="JGSW", account="admin", password=SECRETS[0], officers=OFFICERS, cost=keys.FLOOR
    )

    def breaks(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(keys, "write_whole", breaks)
    for call, values in (
        ("accounts.change_password", {"old_password": SECRETS[0], "new_password": SECRETS[4]}),
        ("accounts.change_password", {"old_password": SECRETS[0], "new": SECRETS[4]}),
    ):
        with pytest.raises((RuntimeError, TypeError)) as raised:
            opened.desk.do(call, **values)
        report = "".join(traceback.format_exception(raised.value))
        assert not [secret for secret in SECRETS if secret in report]
    opened.close()
