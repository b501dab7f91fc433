"""Evidence on any record: added, looked at, saved, removed and taken back, by who may and nobody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.attachment import Attachment
from models.base import entities
from models.role_grant import Role
from services import accounts, attachments, exports
from services.attached import kinds
from services.desk import evidence
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Conflict, Invalid, Missing, NotAllowed, UserError
from services.desk.intent import Grant, intent
from services.desk.listing import View
from services.desk.trail import check
from services.desk.undo import take_back
from services.desk.vault import Vault
from services.desk.work import Work
from tests.services import people
from tests.services.files import GOOD, pdf, png
from tests.services.people import Office

LIST = View("attachments")
FILES = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    yield people.found(desk)
    desk.store.copies.clear()


@pytest.fixture
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is not the office's."""
    return tmp_path_factory.mktemp("out")


@pytest.fixture
def brought(tmp_path: Path) -> Callable[..., Path]:
    """A file somebody brings."""

    def make(name: str = "合同.pdf", data: bytes = pdf()) -> Path:
        folder = tmp_path / "brought"
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_bytes(data)
        return file

    return make


def add(desk: Desk, kind: str, id: UUID, file: Path, **more: Any) -> UUID:
    made = desk.do("attachments.add", about_kind=kind, about_id=id, path=str(file), **more).value
    assert isinstance(made, UUID)
    return made


@intent("T", name="tests.attachment_back")
def back(work: Work, operation: UUID) -> None:
    take_back(work, operation)


def vault(desk: Desk) -> Vault:
    assert desk.store.vault is not None
    return desk.store.vault


def far(office: Office) -> UUID:
    return office.add("assets", compound_id=office.elsewhere, name="远处的柜子")


def test_a_file_comes_back_byte_for_byte(office: Office, brought: Callable[..., Path], out: Path) -> None:
    desk, asset = office.desk, office.asset()
    id = add(desk, "asset", asset, brought(), note="验收单", name="验收 一号楼.pdf")
    (row,) = desk.first(LIST, 9)
    assert (row["name"], row["media"].value, row["size"]) == ("验收 一号楼.pdf", "pdf", len(pdf()))
    assert row["note"] == "验收单"
    assert (row["about_kind"], row["about_id"], row["compound_id"], row["added_by"]) == (
        "asset", asset, office.compound, "li.wei",
    )  # fmt: skip
    assert row["number"].startswith("FJ-JGSW-")
    shown = Path(desk.ask("attachments.open", attachment_id=id))
    assert shown.read_bytes() == pdf()
    assert shown.name == "验收 一号楼.pdf"
    saved = out / "copy.pdf"
    assert desk.ask("attachments.save", attachment_id=id, to=str(saved)) == str(saved)
    assert saved.read_bytes() == pdf()
    assert [f.name for f in saved.parent.iterdir()] == ["copy.pdf"]
    assert check(desk.store) == []


def test_every_kind_of_record_may_have_one(office: Office, brought: Callable[..., Path]) -> None:
    desk = office.desk
    note = desk.do("handovers.draft", asset_ids=[office.asset()], to_staff_id=office.taker).value
    about = {
        "asset": office.asset(), "staff": office.giver, "building": office.building, "room": office.room,
        "compound": office.compound, "organization": office.unit, "handover": note,
    }  # fmt: skip
    for at, (kind, id) in enumerate(about.items()):
        add(desk, kind, id, brought(f"{at}.pdf", pdf(b"/N %d" % at)))
    rows = {row["about_kind"]: row["compound_id"] for row in desk.first(LIST, 99)}
    assert rows == dict.fromkeys(about, office.compound) | {"organization": None}
    for kind in ("account", "role_grant", "attachment", "nonsense"):
        assert not attachments.about(kind)
        with pytest.raises(Invalid, match="Nothing can be attached"):
            add(desk, kind, office.giver, brought())
    with pytest.raises(Missing):
        add(desk, "asset", office.giver, brought())
    assert check(desk.store) == []


def test_history_says_it_at_the_record_and_at_the_attachment(office: Office, brought: Callable[..., Path]) -> None:
    desk, asset = office.desk, office.asset()
    id = add(desk, "asset", asset, brought())
    desk.do("attachments.revise", attachment_id=id, name="合同 终稿.pdf", note="二次盖章")
    desk.do("attachments.remove", attachment_id=id)
    assert [(s.cmd, s.reason) for s in desk.history("asset", asset)][1:] == [
        ("attachments.add", "合同.pdf"), ("attachments.remove", "合同 终稿.pdf"),
    ]  # fmt: skip
    assert [s.cmd for s in desk.history("attachment", id)] == [f"attachments.{v}" for v in ("add", "revise", "remove")]
    assert desk.count(LIST) == 0
    assert check(desk.store) == []


def test_a_removal_can_be_taken_back_and_the_bytes_are_there(office: Office, brought: Callable[..., Path]) -> None:
    desk, asset = office.desk, office.asset()
    id = add(desk, "asset", asset, brought())
    gone = desk.do("attachments.remove", attachment_id=id).operation

    desk.do(back, operation=gone)
    assert Path(desk.ask("attachments.open", attachment_id=id)).read_bytes() == pdf()
    assert check(desk.store) == []


def test_a_record_with_evidence_is_not_removed_nor_taken_back_from_under_it(
    office: Office, brought: Callable[..., Path]
) -> None:
    desk = office.desk
    made = desk.do("assets.add", compound_id=office.compound, name="柜")
    id = add(desk, "asset", made.value, brought())
    with pytest.raises(Conflict, match="Still used by 1"):
        desk.do("assets.remove", asset_id=made.value)
    with pytest.raises(Conflict, match="refer to what it made"):
        desk.do(back, operation=made.operation)
    desk.do("attachments.remove", attachment_id=id)
    desk.do("assets.remove", asset_id=made.value)
    assert check(desk.store) == []


def test_the_name_may_change_and_keeps_fitting(office: Office, brought: Callable[..., Path]) -> None:
    desk = office.desk
    id = add(desk, "asset", office.asset(), brought(), note="x")
    desk.do("attachments.revise", attachment_id=id, name="../新 名字", note="")
    row = desk.first(LIST, 1)[0]
    assert (row["name"], row["note"]) == ("新 名字.pdf", None)
    with pytest.raises(Invalid, match="rename it"):
        desk.do("attachments.revise", attachment_id=id, name="a.exe")


def test_the_same_file_twice_at_one_record_is_said(office: Office, brought: Callable[..., Path]) -> None:
    desk, asset = office.desk, office.asset()
    add(desk, "asset", asset, brought())
    with pytest.raises(Conflict, match=r"attached to this record already, as FJ-.* 合同\.pdf"):
        add(desk, "asset", asset, brought("again.pdf"))
    add(desk, "asset", office.asset("其他"), brought())  # at another it may be
    assert desk.count(LIST) == 2


@FILES
def test_the_same_content_is_stored_once(office: Office, brought: Callable[..., Path]) -> None:
    for name in ("一", "二", "三"):
        add(office.desk, "asset", office.asset(name), brought())
    assert len([*vault(office.desk).files()]) == 1


def test_what_is_refused_leaves_nothing(office: Office, brought: Callable[..., Path], tmp_path: Path) -> None:
    desk, asset = office.desk, office.asset()
    os.mkfifo(tmp_path / "pipe.pdf")
    wrong = (brought("a.pdf", b"MZ"), tmp_path, tmp_path / "pipe.pdf", tmp_path / "nowhere.pdf", Path("a\0b.pdf"))
    for path in wrong:
        with pytest.raises(Invalid) as refused:
            add(desk, "asset", asset, path)
        assert str(refused.value)
    with pytest.raises(Invalid, match="500 fit"):
        add(desk, "asset", asset, brought(), note="x" * 501)
    assert desk.count(LIST) == 0
    assert [s.cmd for s in desk.history("asset", asset)] == ["assets.add"]
    assert desk.store.vault is None or [*desk.store.vault.files()] == []


@FILES
def test_stopping_leaves_nothing_and_progress_is_told(office: Office, brought: Callable[..., Path]) -> None:
    desk, asset = office.desk, office.asset()
    file, told = brought("big.txt", b"line of words\n" * 100_000), list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    total = 2 * file.stat().st_size
    for last in (1, total // 2 + 300_000):
        stop: Callable[[int, int], bool] = lambda done, _, last=last: done < last  # type: ignore[misc]
        with pytest.raises(Cancelled):
            desk.having(tell=stop).do("attachments.add", about_kind="asset", about_id=asset, path=str(file))
        assert desk.count(LIST) == 0
        assert not vault(desk).folder.exists() or not [f for f in vault(desk).folder.rglob("*") if f.is_file()]
    desk.having(tell=tell).do("attachments.add", about_kind="asset", about_id=asset, path=str(file))
    assert told == sorted(told)
    assert told[-1] == (total, total)
    assert vault(desk).pending() == frozenset()
    assert check(desk.store) == []


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    office: Office, brought: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, told = brought(), kinds.told

    def slow(*args: Any) -> Any:
        found = told(*args)
        file.write_bytes(pdf(b"/X"))
        return found

    monkeypatch.setattr(kinds, "told", slow)
    with pytest.raises(Conflict, match="changed while it was read"):
        add(office.desk, "asset", office.asset(), file)
    assert office.desk.count(LIST) == 0


@FILES
@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_a_lost_or_changed_file_is_reported_and_never_shown(
    office: Office, brought: Callable[..., Path], out: Path, harm: str
) -> None:
    desk = office.desk
    id = add(desk, "asset", office.asset(), brought())
    (file,) = vault(desk).files()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"\0")
    number = desk.first(LIST, 1)[0]["number"]
    assert check(desk.store) == [f"attachment {number}: {harm}"]
    for act, more in (("open", {}), ("save", {"to": str(out / "copy.pdf")})):
        with pytest.raises(Conflict, match=f"{number} 合同.pdf is missing or was changed"):
            desk.ask(f"attachments.{act}", attachment_id=id, **more)
    assert not [*out.iterdir()]
    add(desk, "asset", office.asset("另一个"), brought())  # the same content again mends it
    assert check(desk.store) == []


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_on_a_server_a_changed_content_is_reported_too(
    office: Office, brought: Callable[..., Path], raw: Callable[..., Any], unguard: Callable[[], None]
) -> None:
    id = add(office.desk, "asset", office.asset(), brought())
    unguard()
    raw("update blob set bytes = :data", data=b"other")
    assert any(fault.endswith(": changed") for fault in check(office.desk.store))
    with pytest.raises(Conflict):
        office.desk.ask("attachments.open", attachment_id=id)
    raw("delete from blob")
    assert any(fault.endswith(": missing") for fault in check(office.desk.store))


@FILES
def test_a_file_nobody_names_is_reported_and_a_removed_one_is_not(
    office: Office, brought: Callable[..., Path], raw: Callable[..., Any]
) -> None:
    desk = office.desk
    id = add(desk, "asset", office.asset(), brought())
    desk.do("attachments.remove", attachment_id=id)
    assert check(desk.store) == []
    (file,) = vault(desk).files()
    stray = file.parent / ("0" * 64)
    shutil.copyfile(file, stray)
    assert check(desk.store) == [f"file attachments/{file.parent.name}/{stray.name}: no attachment names it"]
    vault(desk).sweep(lambda: evidence.named(desk.store))
    assert stray.exists()  # nobody knows what it is worth


def test_copies_are_private_read_only_and_removed(office: Office, brought: Callable[..., Path], tmp_path: Path) -> None:
    desk = office.desk
    id = add(desk, "asset", office.asset(), brought(), name="CON.pdf")
    shown = [Path(desk.ask("attachments.open", attachment_id=id)) for _ in range(2)]
    for file in shown:
        assert file.name == "_CON.pdf"
        assert file.stat().st_mode & 0o777 == 0o400
        assert file.parent.stat().st_mode & 0o777 == 0o700
    assert shown[0] != shown[1]
    desk.store.close()
    assert not any(file.parent.exists() for file in shown)


@FILES
def test_a_copy_is_not_saved_into_the_data(office: Office, brought: Callable[..., Path]) -> None:
    desk = office.desk
    id = add(desk, "asset", office.asset(), brought())
    path = desk.store.path
    assert path is not None
    before = path.read_bytes()[:64]
    for to in (path, path.with_name("keys.json"), path.parent / "attachments" / "x"):
        with pytest.raises(Invalid, match="folder of the office's data"):
            desk.ask("attachments.save", attachment_id=id, to=str(to))
    assert path.read_bytes()[:64] == before
    with pytest.raises(Invalid, match="was not written"):
        desk.ask("attachments.save", attachment_id=id, to="/nowhere/at/all.pdf")


# Who may


def clerk(desk: Desk, role: Role, compound: UUID | None = None) -> Desk:
    return replace(desk, grants=accounts.of_role(role, compound))


def test_a_clerk_of_one_compound_sees_nothing_of_another(
    office: Office, brought: Callable[..., Path], tmp_path: Path
) -> None:
    desk, away = office.desk, far(office)
    here = add(desk, "asset", office.asset(), brought("这里.pdf"))
    there = add(desk, "asset", away, brought("那里.pdf", pdf(b"/Far")))
    whole = add(desk, "organization", office.unit, brought("机关.png", png()))
    at = datetime.now(UTC) + timedelta(minutes=1)
    mine = clerk(desk, Role.COMPOUND_ADMINISTRATOR, office.compound)
    assert {r["id"] for r in mine.first(LIST, 99)} == {here, whole}
    assert mine.count(LIST) == len(mine.ids(LIST)) == 2
    assert mine.sums(LIST) == {"size": len(pdf()) + len(png())}
    assert mine.count(View("attachments", search="那里")) == 0
    assert mine.count(View("attachments", filters=(("about_id", (away,)),))) == 0
    assert mine.find("attachment", "那里") == []
    assert mine.names("attachment", [there]) == {}
    assert mine.history("attachment", there) == []
    assert {r["id"] for part in mine.past("attachments", at) for r in part} == {here, whole}
    assert len([r for part in desk.past("attachments", at) for r in part]) == 3
    assert exports.write(mine, LIST, tmp_path / "a.csv", "en") == 2
    attempts: tuple[Callable[[], object], ...] = (
        lambda: mine.ask("attachments.open", attachment_id=there),
        lambda: mine.ask("attachments.save", attachment_id=there, to=str(tmp_path / "x.pdf")),
        lambda: mine.do("attachments.revise", attachment_id=there, note="x"),
        lambda: mine.do("attachments.remove", attachment_id=there),
        lambda: add(mine, "asset", away, brought("x.pdf", pdf(b"/X"))),
    )
    for attempt in attempts:
        with pytest.raises(Missing):
            attempt()
    with pytest.raises(NotAllowed, match="all compounds"):
        mine.do("attachments.remove", attachment_id=whole)  # of the whole office: a right over all writes it
    with pytest.raises(NotAllowed, match="all compounds"):
        add(mine, "organization", office.unit, brought("y.pdf", pdf(b"/Y")))
    kept = desk.store.vault
    assert kept is None or len([*kept.files()]) == 3, "what is refused was not kept first"
    assert Path(mine.ask("attachments.open", attachment_id=whole)).read_bytes() == png()
    add(mine, "compound", office.compound, brought("z.pdf", pdf(b"/Z")))  # its own compound it may
    assert check(desk.store) == []


READS = {
    Role.TECHNICIAN: {"asset", "building", "room", "compound"},
    Role.TRAINING_OFFICER: {"staff", "building", "room", "organization", "compound"},
    Role.CONTRACT_CLERK: {"building", "room", "organization", "compound"},
    Role.VIEWER: {"asset", "staff", "building", "room", "organization", "compound", "handover"},
    Role.AUDIT: {"asset", "staff", "building", "room", "organization", "compound", "handover"},
}


@pytest.mark.parametrize("role", READS)
def test_nobody_reads_what_is_about_records_he_may_not_list(
    office: Office, brought: Callable[..., Path], tmp_path: Path, role: Role
) -> None:
    desk = office.desk
    note = desk.do("handovers.draft", asset_ids=[office.asset()], to_staff_id=office.taker).value
    about = {
        "asset": office.asset("柜"), "staff": office.giver, "building": office.building, "room": office.room,
        "compound": office.compound, "organization": office.unit, "handover": note,
    }  # fmt: skip
    made = {kind: add(desk, kind, id, brought(f"{kind}.pdf", pdf(kind.encode()))) for kind, id in about.items()}
    at = datetime.now(UTC) + timedelta(minutes=1)
    for somebody in (clerk(desk, role), clerk(desk, role, office.compound)):
        assert {r["about_kind"] for r in somebody.first(LIST, 99)} == READS[role]
        assert somebody.count(LIST) == len(somebody.ids(LIST)) == len(READS[role])
        assert {r["about_kind"] for part in somebody.past("attachments", at) for r in part} == READS[role]
        assert set(somebody.names("attachment", made.values())) == {made[kind] for kind in READS[role]}
        for kind, id in made.items():
            seen = kind in READS[role]
            assert bool(somebody.history("attachment", id)) == seen
            assert somebody.count(View("attachments", search=f"{kind}.pdf")) == seen
            if seen:
                assert Path(somebody.ask("attachments.open", attachment_id=id)).read_bytes() == pdf(kind.encode())
            else:
                with pytest.raises(Missing):
                    somebody.ask("attachments.open", attachment_id=id)
        with pytest.raises((NotAllowed, Missing)):
            somebody.do("attachments.remove", attachment_id=made["handover"])


def test_a_right_to_add_reaches_no_kind_of_record_one_may_not_list(
    office: Office, brought: Callable[..., Path]
) -> None:
    somebody = replace(office.desk, grants=(Grant(("attachments.*", "assets.list")),))
    add(somebody, "asset", office.asset(), brought())
    with pytest.raises(NotAllowed, match="does not include records"):
        add(somebody, "staff", office.giver, brought("b.pdf", pdf(b"/B")))
    about_staff = add(office.desk, "staff", office.giver, brought("b.pdf", pdf(b"/B")))
    with pytest.raises(Missing):
        somebody.do("attachments.remove", attachment_id=about_staff)


def test_a_right_to_attachments_of_one_compound_shows_no_other_though_the_records_are_seen(
    office: Office, brought: Callable[..., Path]
) -> None:
    desk, away = office.desk, far(office)
    here, there = (add(desk, "asset", id, brought(f"{id}.pdf", pdf(id.bytes))) for id in (office.asset(), away))
    grants = (Grant(("attachments.*",), frozenset({office.compound})), Grant(("assets.list",)))
    somebody = replace(desk, grants=grants)
    assert [r["id"] for r in somebody.first(LIST, 9)] == [here]
    with pytest.raises(Missing):
        somebody.ask("attachments.open", attachment_id=there)
    assert Path(somebody.ask("attachments.open", attachment_id=here)).exists()


def test_two_roles_in_two_compounds_mix_nothing(office: Office, brought: Callable[..., Path]) -> None:
    desk, away = office.desk, far(office)
    far_staff = office.add("staff", compound_id=office.elsewhere, name="远处的人")
    for at, (kind, id) in enumerate(
        (("asset", office.asset()), ("staff", office.giver), ("asset", away), ("staff", far_staff))
    ):
        add(desk, kind, id, brought(f"{at}.pdf", pdf(b"/N %d" % at)))
    both = accounts.of_role(Role.TECHNICIAN, office.compound) + accounts.of_role(
        Role.TRAINING_OFFICER, office.elsewhere
    )
    seen = {(r["about_kind"], r["compound_id"]) for r in replace(desk, grants=both).first(LIST, 99)}
    assert seen == {("asset", office.compound), ("staff", office.elsewhere)}


def test_the_bytes_need_the_row_and_the_row_needs_the_right(office: Office, brought: Callable[..., Path]) -> None:
    id = add(office.desk, "asset", office.asset(), brought())
    for role in (Role.SYSTEM, Role.SECURITY):
        with pytest.raises(UserError):
            clerk(office.desk, role).ask("attachments.open", attachment_id=id)
    assert issubclass(entities()["attachment"], Attachment)


def test_good_files_of_every_kind_go_in(office: Office, brought: Callable[..., Path]) -> None:
    desk, asset = office.desk, office.asset()
    for name, data in GOOD.items():
        add(desk, "asset", asset, brought(name, data))
    assert {r["name"] for r in desk.first(LIST, 99)} == set(GOOD)
    assert check(desk.store) == []


# What lies in one compound, or in none


def test_its_compound_never_changes_whoever_holds_the_connection(
    office: Office, brought: Callable[..., Path], raw: Callable[..., Any]
) -> None:
    add(office.desk, "asset", office.asset(), brought())
    add(office.desk, "organization", office.unit, brought("b.png", png()))
    lsn = raw("select max(lsn) + 1 from rec")[0][0]
    for change in ("compound_id = null", "compound_id = (select id from compound order by code desc limit 1)"):
        for which in ("compound_id is null", "compound_id is not null"):
            if (change, which) == ("compound_id = null", "compound_id is null"):
                continue  # nothing changes
            with pytest.raises(Exception, match="identity is fixed"):
                _reserved(office.desk, f"update attachment set {change}, rid = {lsn} where {which}", lsn)


def _reserved(desk: Desk, sql: str, lsn: int) -> None:
    with desk.store.writing.begin() as connection:
        connection.exec_driver_sql(f"insert into reserved (lsn) values ({lsn})")
        connection.exec_driver_sql(sql)


@intent("T", name="tests.many_attachments")
def many(work: Work, rows: list[dict[str, Any]]) -> int:
    return work.bulk_insert(Attachment, rows)


def test_many_at_once_are_recorded_where_they_lie(office: Office, brought: Callable[..., Path]) -> None:
    desk = office.desk
    add(desk, "asset", office.asset(), brought())
    kept = desk.first(LIST, 1)[0]
    same = {k: kept[k] for k in ("about_kind", "about_id", "name", "media", "size", "sha256", "added_at", "added_by")}
    where = (office.compound, office.elsewhere, None)
    rows = [same | {"number": f"N{at}", "compound_id": compound} for at, compound in enumerate(where)]
    desk.do(many, rows)
    assert check(desk.store) == []
    mine = clerk(desk, Role.COMPOUND_ADMINISTRATOR, office.compound)
    assert {r["number"] for r in mine.first(LIST, 9)} == {kept["number"], "N0", "N2"}
    somebody = replace(desk, grants=(Grant(("tests.*",), frozenset({office.compound})),))
    for row, said in ((rows[1], "outside your rights"), (rows[2], "all compounds")):
        with pytest.raises(NotAllowed, match=said):
            somebody.do(many, [row | {"number": "N9"}])
