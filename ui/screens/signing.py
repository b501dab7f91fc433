"""Papers as they were issued and signed, and who may sign: requests, certificates, the office's roots; and the checking
of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.editors import today
from ui.kit.screen import EXPORT, Act, Board, Col, Row, Screen, Section
from ui.kit.text import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

SHOW = Act("documents.signed", "eye", N_("Show paper"), primary=True)


def _whose(row: Row) -> str:
    """The compound a paper is of."""
    return row["compound"] or words(N_("the whole office"))


PAPERS = Screen(
    name="documents",
    title="documents",
    icon="archive",
    listing="documents",
    entity="document",
    columns=(
        Col("number", tile="file-text", second="title"),
        Col("version", 60),
        Col("on", 100),
        Col("compound_id", 150, words=_whose),
        Col("account", 100),
        Col("issued_at", 130),
    ),
    filters=("kind", "compound_id", "on", "account"),
    acts=(
        EXPORT,
        Act("documents.print", "printer", N_("Print papers…"), on="many", beside=False, needs="documents.signed"),
        Act("documents.save", "download", N_("Save copies…"), on="many", beside=False, needs="documents.signed"),
        Act("documents.sign", "pencil", N_("Sign paper")),
        SHOW,
    ),
    facts=(
        "number",
        "title",
        "kind",
        "version",
        "on",
        "compound_id",
        "account",
        "issued_at",
        "pages",
        "size",
        "sha256",
    ),
    empty=N_(
        "Every paper that is issued is kept here, byte for byte: choose “Issue” over any paper, or issue a handover"
        " note."
    ),
)
SIGNATURES = Screen(
    name="document_signatures",
    title="document_signatures",
    icon="file-badge",
    listing="document_signatures",
    entity="document_signature",
    columns=(
        Col("number", tile="file-badge"),
        Col("position", 70),
        Col("person", 120, second="post"),
        Col("unit", 140),
        Col("signed_at", 140),
    ),
    acts=(EXPORT,),
    facts=("number", "position", "person", "post", "unit", "signed_at", "fingerprint", "sha256"),
    empty=N_("Mark a paper under Papers and choose “Sign paper”."),
)
ASK = Section(
    N_("Signing certificate"),
    N_("A key is made for you alone and encrypted with this password. Nobody else knows it: whoever forgets it asks for"
       " a new certificate."),
    ("person", 3), ("post", 3), ("unit", 3), ("signing_password", 3),
)  # fmt: skip
REQUESTS = Screen(
    name="signing_requests",
    title="signing_requests",
    icon="user-round",
    listing="signing_requests",
    entity="signing_request",
    columns=(
        Col("number", tile="user-round"),
        Col("person", 160, second="account"),
        Col("post", 140),
        Col("unit", 180),
        Col("asked_at", 150),
    ),
    acts=(
        EXPORT,
        Act("signing_certificates.issue", "file-badge", N_("Issue signing certificate"), primary=True),
    ),
    facts=("number", "account", "person", "post", "unit", "asked_at"),
    empty=N_("Nobody waits for a certificate. Who is to sign asks for one under Signing certificates."),
)


def _standing(row: Row) -> str:
    """Whether a certificate signs today, and until when or since when not."""
    if row["revoked_on"]:
        return words(N_("revoked from {day}"), day=row["revoked_on"].isoformat())
    if row["until_on"] < today():
        return words(N_("ended {day}"), day=row["until_on"].isoformat())
    return words(N_("valid until {day}"), day=row["until_on"].isoformat())


CERTIFICATES = Screen(
    name="signing_certificates",
    title="signing_certificates",
    icon="file-badge",
    listing="signing_certificates",
    entity="signing_certificate",
    columns=(
        Col("number", tile="file-badge"),
        Col("person", 110, second="account"),
        Col("until_on", 170, label=N_("Signs"), words=_standing),
        Col("post", 90),
        Col("unit", 130),
    ),
    filters=("account", "until_on", "revoked_on"),
    form=(ASK,),
    add="signing_requests.ask",
    acts=(
        EXPORT,
        Act("signing_certificates.revoke", "circle-x", N_("Revoke signing certificate")),
        Act("signing_requests.ask", "plus", N_("Ask for signing certificate"), on="none", primary=True),
    ),
    facts=("number", "account", "person", "post", "unit", "issued_at", "until_on", "revoked_on", "revoked_because",
           "signing_root_id", "fingerprint"),
    empty=N_("Nobody has a certificate yet: whoever is to sign papers by key asks for one here."),
)  # fmt: skip
ROOTS = Screen(
    name="signing_roots",
    title="signing_roots",
    icon="stamp",
    listing="signing_roots",
    entity="signing_root",
    columns=(Col("number", second="name", tile="stamp"), Col("from_on", 120), Col("until_on", 120)),
    acts=(
        Act("papers.trusted", "download", N_("Save trusted certificates…"), on="none"),
        Act("signing_roots.make", "plus", N_("New root certificate"), on="none", primary=True),
    ),
    facts=("number", "name", "from_on", "until_on", "fingerprint"),
    empty=N_("The security administrator makes the office's root certificate; its key stays in his file alone."),
)


def _verify(background: Background) -> QWidget:
    from ui.pages.verify import VerifyPage

    return VerifyPage(background)


VERIFY = Board("verify", N_("Verify paper"), "shield-check", "papers.known", _verify)


def _posts(row: Row) -> str:
    """Who signs, on one line."""
    return " / ".join((row["signers"] or "").splitlines())


SETTING = Section(
    N_("What stands on these papers"),
    N_("What is left empty stays as it is shipped. A setting of one kind goes before that of every kind."),
    ("kind", 3), ("secrecy", 3), ("contact", 6), ("signers", 6), ("copies", 6), ("closing", 6),
)  # fmt: skip
SETTINGS = Screen(
    name="paper_settings",
    title="paper_settings",
    icon="stamp",
    listing="paper_settings",
    entity="paper_setting",
    right="documents.list",  # whoever prints reads what stands on papers
    columns=(
        Col("kind", tile="file-text", second="contact"),
        Col("secrecy", 110),
        Col("signers", 200, words=_posts),
        Col("copies", 220),
    ),
    form=(SETTING,),
    add="paper_settings.add",
    revise="paper_settings.revise",
    acts=(
        EXPORT,
        Act("paper_settings.add", "plus", N_("Add paper setting"), on="none", primary=True),
        Act("paper_settings.remove", "trash-2", N_("Remove")),
    ),
    facts=("kind", "secrecy", "contact", "signers", "copies", "closing"),
    empty=N_("Papers are as they are shipped: say here who signs, how many copies there are, which mark they bear."),
)
PLACES = (PAPERS, SETTINGS, VERIFY, SIGNATURES, CERTIFICATES, REQUESTS, ROOTS)
