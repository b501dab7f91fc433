"""Certificates of people, what is due of them, what posts and trades ask for, and the matrix of them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import resources
from resources.words import N_
from services.desk.intent import INTENTS
from ui.kit.editors import today
from ui.kit.going import ToForm
from ui.kit.screen import EXPORT, TAKE_IN, Act, Board, Col, Screen, Section
from ui.kit.text import Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

FORM = (
    Section(
        N_("Whose certificate"),
        N_("Whose, of what kind. A number that is an identity number is kept with its middle hidden."),
        ("staff_id", 3), ("kind", 3), ("paper_no", 3), ("level", 3),
    ),
    Section(
        N_("Issued and valid"),
        N_("Left empty, issuer and last day are as the kind says; kinds that never end have no last day."),
        ("issued_on", 2), ("valid_until", 2), ("issuer", 2), ("note", 4), ("number", 2),
    ),
)  # fmt: skip
RENEWAL = (
    Section(
        N_("The new paper"),
        N_("Left empty, each keeps its number, issuer and level, and holds as long as its kind says."),
        ("issued_on", 2), ("valid_until", 2), ("paper_no", 2), ("issuer", 3), ("level", 3), ("note", 6),
    ),
)  # fmt: skip
RECHECK = (
    Section(
        N_("Re-check"),
        N_("The day, the hours of training before it, and the paper that says so."),
        ("on", 2), ("passed", 2), ("hours", 2), ("paper", 6),
    ),
)  # fmt: skip
REVOKED = (
    Section(N_("Withdrawn"), N_("From that day on it does not hold; it stays in the register."), ("revoked_on", 2),
            ("revoked_why", 4)),
)  # fmt: skip
REQUIREMENT = (
    Section(
        N_("What the post requires"),
        N_("One thing: a kind of certificate, a course, schooling or an age."),
        ("post_id", 3), ("kind", 3), ("certificate_kind", 3), ("course_id", 3), ("education", 3), ("age", 3),
    ),
    Section(
        N_("How many, and since when"),
        N_("Empty, everybody who holds the post. Of kinds with the same word in “Or instead” one will do."),
        ("holders", 2), ("alternative", 2), ("bars", 2), ("basis", 6), ("from_on", 2), ("until_on", 2),
    ),
)  # fmt: skip
MANY = Section(N_("Since when"), N_("What is to change on a day is ended, and added anew."),
               ("basis", 6), ("from_on", 2), ("until_on", 2))  # fmt: skip
ASKED = (  # of a post that is known
    Section(REQUIREMENT[0].title, REQUIREMENT[0].help, *REQUIREMENT[0].fields[1:]), REQUIREMENT[1],
)  # fmt: skip
STOP = (Section(N_("End"), N_("The last day it is required."), ("until_on", 2)),)
SAYS = {  # what a requirement of each kind may say
    "certificate": ("certificate_kind", "holders", "alternative"), "course": ("course_id", "bars"),
    "education": ("education", "bars"), "least_age": ("age", "bars"), "most_age": ("age", "bars"),
}  # fmt: skip


def revising(kind: str) -> tuple[Section, ...]:
    """The form of a requirement that is there: what its kind may say."""
    return (Section(REQUIREMENT[0].title, "", *((name, 3) for name in SAYS[kind])), MANY)


SCREEN = Screen(
    name="certificates",
    title="certificates",
    icon="file-badge",
    listing="certificates",
    entity="certificate",
    columns=(
        Col("staff_id", second="number", tile="file-badge"),
        Col("kind", 130),
        Col("paper_no", 180),
        Col("issued_on", 105),
        Col("valid_until", 105),
    ),
    filters=("compound_id", "staff_id", "kind", "valid_until", "revoked_on"),
    form=FORM,
    add="certificates.add",
    revise="certificates.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("certificates.register", "printer", N_("Print register"), on="none", beside=False),
        Act("certificates.renew", "refresh-cw", N_("Renew…"), on="many"),
        Act("certificates.recheck", "check", N_("Re-check…"), on="many", beside=False),
        Act("certificates.revoke", "x", N_("Record withdrawal…"), beside=False),
        Act("certificates.restore", "undo-2", N_("Take back withdrawal"), beside=False),
        Act("certificates.remove", "trash-2", N_("Remove certificate"), beside=False),
        Act("certificate_kinds.list", "list", N_("Kinds of certificate"), on="none", beside=False),
        Act("trade_certificates.list", "wrench", N_("Certificates by trade"), on="none", beside=False),
        Act("post_requirements.list", "users", N_("Requirements of posts"), on="none", beside=False),
        Act("certificates.add", "plus", N_("Add certificate"), on="none", primary=True),
    ),
    facts=(
        "kind", "paper_no", "level", "issuer", "issued_on", "valid_until", "renews_id", "revoked_on", "revoked_why",
        "compound_id", "note",
    ),
    empty=N_("Add the certificates people hold, or import the register the office keeps of them."),
    watches=frozenset({"certificate_recheck", "staff"}),
)  # fmt: skip
RECHECKS = Screen(
    name="certificate_rechecks", title="certificate_rechecks", icon="check", listing="certificate_rechecks",
    entity="certificate_recheck",
    columns=(Col("certificate_id", tile="check"), Col("on", 120), Col("passed", 90), Col("hours", 90),
             Col("paper", 200)),
    filters=("compound_id", "certificate_id", "on", "passed"),
    acts=(EXPORT, Act("certificates.remove_recheck", "trash-2", N_("Remove re-check"))),
    facts=("certificate_id", "on", "passed", "hours", "paper"),
    empty=N_("Re-checks stand here once they are recorded with a certificate."),
    within="certificates",
)  # fmt: skip
KINDS = Screen(
    name="certificate_kinds", title="certificate_kinds", icon="list", listing="certificate_kinds",
    entity="certificate_kind",
    columns=(
        Col("name", second="source", tile="file-badge"), Col("category", 120), Col("issuer", 160),
        Col("valid_months", 120), Col("recheck_months", 130), Col("from_on", 110),
    ),
    filters=("category", "code"),
    acts=(EXPORT,),
    facts=("name", "code", "category", "issuer", "valid_months", "recheck_months", "recheck_hours", "apply_days",
           "from_on", "until_on", "source"),
    empty=N_("The shipped rules are missing; run a check."),
    within="certificates",
)  # fmt: skip
TRADES = Screen(
    name="trade_certificates", title="trade_certificates", icon="wrench", listing="trade_certificates",
    entity="trade_certificate",
    columns=(
        Col("trade", second="source", tile="wrench"), Col("certificate_kind", 160), Col("alternative", 140),
        Col("from_on", 110), Col("until_on", 110),
    ),
    filters=("trade", "certificate_kind"),
    acts=(EXPORT,),
    facts=("trade", "word", "certificate_kind", "alternative", "from_on", "until_on", "source"),
    empty=N_("The shipped rules are missing; run a check."),
    within="certificates",
)  # fmt: skip
REQUIREMENTS = Screen(
    name="post_requirements", title="post_requirements", icon="users", listing="post_requirements",
    entity="post_requirement",
    columns=(
        Col("post_id", second="post_number", tile="users"), Col("kind", 120), Col("certificate_kind", 140),
        Col("holders", 110), Col("alternative", 120), Col("from_on", 105), Col("until_on", 105),
    ),
    filters=("compound_id", "post_id", "kind", "certificate_kind", "until_on"),
    form=REQUIREMENT,
    add="post_requirements.add",
    revise="post_requirements.revise",
    acts=(
        EXPORT,
        Act("post_requirements.end", "clock", N_("End requirement…")),
        Act("post_requirements.remove", "trash-2", N_("Remove requirement"), beside=False),
        Act("post_requirements.add", "plus", N_("Add requirement"), on="none", primary=True),
    ),
    facts=("post_id", "kind", "certificate_kind", "course_id", "education", "age", "alternative", "holders", "bars",
           "from_on", "until_on", "basis"),
    empty=N_("Say what each post requires: then the matrix shows who lacks it."),
    within="certificates",
)  # fmt: skip


def _matrix(background: Background) -> QWidget:
    from ui.pages.skills import SkillsPage

    return SkillsPage(background)


def _due(background: Background) -> QWidget:
    from ui.pages.certificates_due import CertificatesDuePage

    return CertificatesDuePage(background)


MATRIX = Board("skills", N_("Skill matrix"), "sheet", "staff.matrix", _matrix)
DUE = Board("certificates_due", N_("Certificates due"), "clock", "certificates.due", _due)


def renewal(ids: Sequence[UUID], facts: Message) -> ToForm:
    """To renew certificates."""
    fixed, name = {"certificate_ids": list(ids)}, "certificates.renew"
    return ToForm(name, INTENTS[name].label, fixed, {"issued_on": today()}, RENEWAL, facts)


def recheck(ids: Sequence[UUID], facts: Message, hours: int | None = None) -> ToForm:
    """To record a re-check of certificates."""
    fixed, name = {"certificate_ids": list(ids)}, "certificates.recheck"
    return ToForm(name, INTENTS[name].label, fixed, {"on": today(), "hours": hours}, RECHECK, facts)


def hours_of(kind: str) -> int | None:
    """The hours of training the re-check of a kind asks for, by its shipped row."""
    lines = (line for line in resources.lines("certificate_kinds.csv") if line["code"] == kind)
    said = next(lines, {}).get("recheck_hours", "")
    return int(said) if said else None
