"""Signing papers by key: who may, what it leaves, and what is told of a signed paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services import handovers, trust
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.listing import View
from services.desk.trail import compare, papers, verify
from services.documents import differs
from services.papers import Standing
from services.verdicts import (
    EXPIRED,
    GOOD,
    NEWER,
    REVOKED,
    STRANGER,
    TRUSTED,
    UNCHECKED,
    Verdict,
    asked,
    judge,
    judge_code,
)
from tests.services.people import found
from tests.services.signers import OWN, ROOT, Signing

NOW = datetime.now(UTC)
on_file = pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # what no engine has a say in


@pytest.fixture
def signing(desk: object, tmp_path: Path) -> Signing:
    return Signing(found(desk), tmp_path)  # type: ignore[arg-type]


def told(signing: Signing, data: bytes) -> Verdict:
    return asked(signing.office.desk, data, judge(data))


def said(verdict: Verdict) -> set[str]:
    return {sentence for _, sentence, _ in verdict.lines()}


def test_two_sign_one_after_the_other_and_the_paper_stays_as_it_was_issued(signing: Signing) -> None:
    signing.issued("li.wei", "李秀英"), signing.issued("wang", "王建国")
    note, document = signing.paper()
    before = signing.office.desk.ask(handovers.paper, note)
    signing.sign(document)
    one = signing.signed(document)
    signing.sign(document, "wang")
    two = signing.signed(document)
    assert two.startswith(one) and one.startswith(before)
    assert signing.office.desk.ask(handovers.paper, note) == before
    verdict = told(signing, two)
    assert verdict.good and verdict.standing is Standing.OURS and said(verdict) >= {GOOD}
    assert [(each.person, each.post, each.unit) for each in verdict.signatures] == [
        ("李秀英", "处长", "后勤处"), ("王建国", "处长", "后勤处"),
    ]  # fmt: skip
    assert told(signing, one).good, "a copy with fewer signatures is genuine too"
    rows = signing.office.desk.first(View("document_signatures"), 10)
    assert sorted(row["position"] for row in rows) == [1, 2]
    assert {row["sha256"] for row in rows} == {judge(data).sha256 for data in (one, two)}
    store = signing.office.desk.store
    assert verify(store) == compare(store) == papers(store) == []
    with pytest.raises(Conflict, match="signed"):
        signing.sign(document)


@on_file
def test_without_the_office_a_signature_is_whole_and_with_its_trusted_certificates_it_is_genuine(
    signing: Signing,
) -> None:
    signing.issued()
    _, document = signing.paper()
    signing.sign(document)
    data = signing.signed(document)
    assert judge(data).good and UNCHECKED in said(judge(data))
    ours = trust.read(signing.office.desk.ask("papers.trusted"), "trust.pem")
    assert judge(data, ours).good and TRUSTED in said(judge(data, ours))
    other = trust.Trust(frozenset({"00" * 32}), ())
    assert not judge(data, other).good and STRANGER in said(judge(data, other))
    with pytest.raises(Invalid):
        trust.read(b"nothing", "trust.pem")


def test_a_paper_that_no_longer_stands_is_not_signed_and_says_what_replaces_it(signing: Signing) -> None:
    signing.issued()
    note, document = signing.paper()
    signing.sign(document)
    data = signing.signed(document)
    desk = signing.office.desk
    desk.do(handovers.recall, note)
    with pytest.raises(Conflict):
        signing.sign(document)
    desk.do(handovers.issue, note)
    verdict = told(signing, data)
    assert verdict.intact and not verdict.good and verdict.standing is Standing.SUPERSEDED
    assert ("warn", NEWER, {"version": 2}) in list(verdict.lines())
    desk.do(handovers.cancel, note)
    assert told(signing, data).standing is Standing.VOID
    with pytest.raises(Conflict):
        signing.sign(signing.document(note))


def test_an_expired_or_revoked_certificate_signs_nothing(signing: Signing) -> None:
    certificate = signing.issued()
    _, document = signing.paper()
    with pytest.raises(Missing):
        signing.sign(document, when=NOW + timedelta(days=740))
    row = signing.office.row("signing_certificates", certificate)
    last = datetime(row["until_on"].year, row["until_on"].month, row["until_on"].day, 4, tzinfo=UTC)
    signing.sign(document, when=last)
    revoke = {"signing_certificate_id": certificate, "revoked_because": "密钥可能泄露"}
    with pytest.raises(Invalid):
        signing.officer.do("signing_certificates.revoke", **revoke, revoked_on=row["until_on"])
    signing.officer.do("signing_certificates.revoke", **revoke)
    other = signing.paper()[1]
    with pytest.raises(Missing):
        signing.sign(other)
    with pytest.raises(Conflict):
        signing.officer.do("signing_certificates.revoke", **revoke)
    assert REVOKED in said(told(signing, signing.signed(document)))


def test_what_was_signed_before_the_key_was_revoked_stays_good(signing: Signing) -> None:
    certificate = signing.issued(when=NOW - timedelta(days=9))
    _, document = signing.paper()
    signing.sign(document, when=NOW - timedelta(days=5))
    data = signing.signed(document)
    row = signing.office.row("signing_certificates", certificate)
    revoke = {"signing_certificate_id": certificate, "revoked_because": "离岗"}
    signing.officer.do("signing_certificates.revoke", **revoke, revoked_on=(NOW - timedelta(days=2)).date())
    verdict = told(signing, data)
    assert verdict.good and ("ok", GOOD, {"n": 1, "number": row["number"]}) in list(verdict.lines())


@on_file
def test_nobody_signs_with_a_wrong_password_or_anothers_key(signing: Signing) -> None:
    signing.issued()
    _, document = signing.paper()
    with pytest.raises(NotAllowed, match="signing password"):
        signing.at("li.wei").do("documents.sign", document_id=document, signing_password="not the one")
    with pytest.raises(Missing):
        signing.sign(document, "an.quan")
    stored = str(signing.office.desk.history("signing_request", signing.asked("zhao")))
    assert "PRIVATE" not in stored and OWN not in stored


@on_file
def test_the_root_key_is_in_the_officers_file_alone(signing: Signing, tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    data = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0 and b"ENCRYPTED PRIVATE KEY" in data
    assert load_pem_private_key(data, ROOT.encode())
    with pytest.raises(Invalid):
        signing.root()  # a key file is never written over
    with pytest.raises(Invalid):
        signing.officer.do("signing_roots.make", path=str(tmp_path / "b.pem"), root_password="short")
    with pytest.raises(Invalid):
        signing.officer.do("signing_roots.make", path=str(tmp_path / "no" / "b.pem"), root_password=ROOT)
    assert len(signing.office.desk.first(View("signing_roots"), 10)) == 1


@on_file
def test_a_certificate_is_issued_once_by_somebody_else_with_the_right_file(signing: Signing, tmp_path: Path) -> None:
    request = signing.asked()
    right = {"signing_request_id": request, "path": signing.file, "root_password": ROOT}
    with pytest.raises(Invalid, match="password"):
        signing.officer.do("signing_certificates.issue", **right | {"root_password": "another password"})
    (tmp_path / "x.txt").write_text("no key")
    with pytest.raises(Invalid):
        signing.officer.do("signing_certificates.issue", **right | {"path": str(tmp_path / "x.txt")})
    with pytest.raises(Conflict):
        signing.at("li.wei").do("signing_certificates.issue", **right)
    signing.officer.do("signing_certificates.issue", **right)
    with pytest.raises(Conflict):
        signing.officer.do("signing_certificates.issue", **right)


@on_file
def test_a_new_root_keeps_what_the_one_before_issued(signing: Signing) -> None:
    signing.issued()
    _, document = signing.paper()
    signing.sign(document)
    signing.root("second.pem")
    assert told(signing, signing.signed(document)).good
    request = signing.asked("wang", "王建国")
    given = {"signing_request_id": request, "root_password": ROOT}
    with pytest.raises(Invalid):
        signing.officer.do("signing_certificates.issue", **given, path=signing.file)
    signing.officer.do("signing_certificates.issue", **given, path=str(signing.folder / "second.pem"))
    signing.sign(document, "wang")
    data = signing.signed(document)
    assert told(signing, data).good
    assert judge(data, trust.read(signing.office.desk.ask("papers.trusted"), "trust.pem")).good


@on_file
def test_another_offices_signer_is_unknown_here(signing: Signing) -> None:
    signing.issued()
    _, document = signing.paper()
    signing.sign(document)
    verdict = judge(signing.signed(document))
    foreign = asked(signing.office.desk, b"", verdict)
    assert foreign.good
    stranger = type(verdict)(verdict.seal, verdict.sha256, verdict.bare, tuple(
        type(each)(**{**each.__dict__, "fingerprint": "0" * 64}) for each in verdict.signatures
    ))  # fmt: skip
    assert STRANGER in said(asked(signing.office.desk, b"", stranger))
    late = type(verdict)(verdict.seal, verdict.sha256, verdict.bare, tuple(
        type(each)(**{**each.__dict__, "in_time": False}) for each in verdict.signatures
    ))  # fmt: skip
    assert EXPIRED in said(late) and not late.good


@on_file
def test_of_a_changed_paper_it_is_told_what_is_changed(signing: Signing) -> None:
    note, _ = signing.paper()
    issued = signing.office.desk.ask(handovers.paper, note)
    added = told(signing, issued + b"%%EOF\n")
    assert not added.good and differs.BEHIND in said(added)
    at = issued.index(b"stream\n") + 200
    page = told(signing, issued[:at] + bytes([issued[at] ^ 1]) + issued[at + 1 :])
    assert not page.good and differs.PLACE in said(page)


def test_a_printed_copy_is_checked_by_its_code(signing: Signing) -> None:
    note, document = signing.paper()
    desk, store = signing.office.desk, signing.office.desk.store
    with store.reading.connect() as connection:
        code = str(connection.exec_driver_sql("SELECT code FROM document").scalar())
    ours = trust.read(desk.ask("papers.trusted"), "trust.pem")
    assert judge_code(code).good and judge_code(code, ours).good and judge_code(code, desk=desk).good
    figures = [values for _, _, values in judge_code(code).lines() if "name" in values]
    assert [each["value"] for each in figures] == ["1", "1", "3,299.00", "-"]
    forged = code.replace("/329900/", "/329901/")
    assert not judge_code(forged, ours).good and not judge_code(forged, desk=desk).good
    desk.do(handovers.recall, note)
    assert not judge_code(code, desk=desk).good
    assert document


def test_a_code_from_before_codes_were_signed_is_still_read() -> None:
    old = "DAYUAN1|JGSW-YJ-2026-0187|1|2026-11-23|2|90|3900|-|" + "a" * 64
    verdict = judge_code(old)
    assert verdict.good and verdict.code.figures == ("2", "90", "3900", "-") and verdict.code.digest == "a" * 64
    for wrong in ("", "DAYUAN1|", "DAYUAN2:H:1", "http://example.com", old.replace("2026-11-23", "2026-13-01")):
        with pytest.raises(Invalid):
            judge_code(wrong)


@on_file
def test_a_request_says_who_asks(signing: Signing) -> None:
    with pytest.raises(Invalid):
        signing.at("li.wei").do("signing_requests.ask", person=" ", post="a", unit="b", signing_password=OWN)
    with pytest.raises(Invalid):
        signing.at("li.wei").do("signing_requests.ask", person="李", post="a", unit="b", signing_password="short")
    assert signing.office.desk.first(View("signing_requests"), 10) == []
