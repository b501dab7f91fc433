"""People who sign papers by key, for tests: an officer with a root file, and signers with certificates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services import handovers
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.people import Office

ROOT, OWN = "a long root password", "my signing words"


@dataclass
class Signing:
    """`office.desk` may do everything; the officer and each signer sit at desks of their own."""

    office: Office
    folder: Path
    officer: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.officer = self.at("an.quan")
        self.root()

    def at(self, account: str, when: datetime | None = None) -> Desk:
        """The desk of an account, perhaps at another time."""
        desk = replace(self.office.desk, account=account)
        return replace(desk, clock=lambda: when) if when else desk

    @property
    def file(self) -> str:
        """The officer's key file."""
        return str(self.folder / "root.pem")

    def root(self, name: str = "root.pem", when: datetime | None = None) -> UUID:
        """A root certificate, its key in a file."""
        made = self.at("an.quan", when).do("signing_roots.make", path=str(self.folder / name), root_password=ROOT)
        return made.value  # type: ignore[no-any-return]

    def asked(self, account: str = "li.wei", person: str = "李秀英", when: datetime | None = None) -> UUID:
        """A request."""
        says = {"person": person, "post": "处长", "unit": "后勤处", "signing_password": OWN}
        return self.at(account, when).do("signing_requests.ask", **says).value  # type: ignore[no-any-return]

    def issued(self, account: str = "li.wei", person: str = "李秀英", when: datetime | None = None) -> UUID:
        """A certificate that may sign."""
        given = {"signing_request_id": self.asked(account, person, when), "path": self.file, "root_password": ROOT}
        return self.at("an.quan", when).do("signing_certificates.issue", **given).value  # type: ignore[no-any-return]

    def paper(self) -> tuple[UUID, UUID]:
        """An issued note and its paper."""
        desk = self.office.desk
        note = desk.do(handovers.draft, [self.office.asset()], self.office.taker).value
        desk.do(handovers.issue, note)
        return note, self.document(note)

    def document(self, note: UUID) -> UUID:
        """The newest paper about a record."""
        rows = [row for row in self.office.desk.first(View("documents"), 100) if row["about_id"] == note]
        return max(rows, key=lambda row: row["version"])["id"]  # type: ignore[no-any-return]

    def sign(self, document: UUID, account: str = "li.wei", when: datetime | None = None) -> UUID:
        """A signature."""
        given = {"document_id": document, "signing_password": OWN}
        return self.at(account, when).do("documents.sign", **given).value  # type: ignore[no-any-return]

    def signed(self, document: UUID) -> bytes:
        """The paper with its signatures."""
        return bytes(self.office.desk.ask("documents.signed", document_id=document))
