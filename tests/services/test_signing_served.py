"""Keys people sign with on a server: nobody but their owner is given them, whatever program he comes with."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from models.role_grant import Role
from services import handovers
from services.desk.errors import NotAllowed
from services.papers import Standing
from services.verdicts import asked, judge
from tests.served import Served
from tests.services.people import found
from tests.services.reach_signing import ASKS, ROOT, WORDS


def test_each_signs_with_his_own_key_and_reads_no_others(served: Served, tmp_path: Path) -> None:
    office = found(served.boss)
    officer = served.join("officer", (Role.SECURITY, None))
    clerk = served.join("clerk", (Role.COMPOUND_ADMINISTRATOR, office.compound))
    technician = served.join("tech", (Role.TECHNICIAN, office.compound))
    file = str(tmp_path / "root.pem")
    officer.do("signing_roots.make", path=file, root_password=ROOT)
    requests = [desk.do("signing_requests.ask", **ASKS).value for desk in (clerk, technician)]
    for request in requests:
        given = {"signing_request_id": request, "path": file, "root_password": ROOT}
        officer.do("signing_certificates.issue", **given)
    with pytest.raises(NotAllowed):
        clerk.do("signing_roots.make", path=str(tmp_path / "b.pem"), root_password=ROOT)
    note = clerk.do(handovers.draft, [office.asset()], office.taker).value
    clerk.do(handovers.issue, note)
    paper = clerk.ask("documents.signed", document_id=(document := newest(clerk)))
    clerk.do("documents.sign", document_id=document, signing_password=WORDS)
    signed = clerk.ask("documents.signed", document_id=document)
    assert signed.startswith(paper) and len(signed) > len(paper)
    verdict = asked(clerk, signed, judge(signed))
    assert verdict.good and verdict.standing is Standing.OURS
    with pytest.raises(NotAllowed):
        technician.do("documents.sign", document_id=document, signing_password=WORDS)
    for who, own in (("clerk", 1), ("tech", 1), ("officer", 0)):
        with served.plain(who) as connection:
            seen = connection.execute("select count(*) from signing_key").fetchone()
            assert seen == (own,), who
            foreign = "select count(*) from signing_key where account <> %s"
            assert connection.execute(foreign, [who]).fetchone() == (0,), who
    refused(served, "tech", "insert into signing_key values (gen_random_uuid(), 'clerk', 'x')")
    refused(served, "tech", "update signing_key set account = 'tech'")
    refused(served, "tech", "delete from signing_key")
    refused(served, "clerk", "update signing_certificate set revoked_on = null")


def newest(desk: object) -> object:
    from services.desk.listing import View

    return desk.first(View("documents"), 1)[0]["id"]  # type: ignore[attr-defined]


def refused(served: Served, who: str, statement: str) -> None:
    """Whether the server says no, or there is nothing of it in his sight."""
    with served.plain(who) as connection:
        try:
            assert connection.execute(statement.encode()).rowcount == 0, statement
        except psycopg.errors.InsufficientPrivilege:
            connection.rollback()
