"""Certificates that end or are to be re-checked soon, and those that have passed: a work list, the earliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.certificate_kinds import steps
from ui.kit.editors import today
from ui.kit.going import ToList, ToPerson
from ui.kit.line_board import LineBoard, Shown, days_left
from ui.kit.text import Message, Own, Text, TwoLine, said, words
from ui.screens import certificates as forms

if TYPE_CHECKING:
    from services.certificates_due import Due
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS: tuple[tuple[Message, int], ...] = (
    (N_("Person"), 4), ("certificate.certificate_id", 4), (N_("What to do"), 4), (N_("Ends on"), 2),
    (N_("Days left"), 2), (Own(""), 0),
)  # fmt: skip
SHOWN = Shown(
    N_("Certificates due"), HEADS, "clock",
    (N_("Nothing is due"), N_("Certificates stand here from 90 days before they end or are to be re-checked.")),
    frozenset({"certificate", "certificate_recheck", "staff", "compound", "organization"}),
)  # fmt: skip
RENEW, RECHECK = N_("Renew…"), N_("Re-check…")
APPLY, AGAIN = N_("Apply for renewal by {date}"), N_("Re-check of {hours} hours by {date}")
LATE, PASSED = N_("Expired: no work that takes it"), N_("Re-check overdue: no work that takes it")
NOW = N_("Apply for renewal now")
STEP = N_("{n} within {days} days")


class CertificatesDuePage(LineBoard):
    """`went` tells where a line leads: to its renewal or re-check, or to its person for who may do neither."""

    went = Signal(object)

    def __init__(self, background: Background) -> None:
        self.may = {name: background.desk.may(name) for name in ("certificates.renew", "certificates.recheck",
                                                                 "staff.sheet")}  # fmt: skip
        super().__init__(background, SHOWN, _read)

    def facts(self, rows: Sequence[Due]) -> Message:
        """How many have passed, and how many are near, by the days warned of."""
        past = sum(found.days < 0 for found in rows)
        return lambda: " · ".join((
            words(N_("{n} have passed"), n=past),
            *(words(STEP, n=sum(found.step == days for found in rows), days=days) for days in sorted(steps())),
        ))  # fmt: skip

    def cells(self, found: Due) -> Sequence[QWidget]:
        """Whose, which, what to do about it, and when."""
        whose = " · ".join(filter(None, (found.staff_number, found.unit, found.compound)))
        person = TwoLine(Own(found.name), Own(whose))
        kind = TwoLine(f"certificate_kind.code={found.kind}", Own(found.paper_no))
        until = Text(Own(found.until.isoformat()), tone="bad" if found.days < 0 else "text")
        return person, kind, Text(what(found), elide=True), until, days_left(found.days)

    def link(self, found: Due) -> tuple[Message, str]:
        """What is done next."""
        word = RECHECK if found.rechecked else RENEW
        if not self.may["certificates.recheck" if found.rechecked else "certificates.renew"]:
            word = N_("Open person") if self.may["staff.sheet"] else N_("Show")
        return word, f"{found.name} {words(f'certificate_kind.code={found.kind}')}"

    def follow(self, found: Any) -> None:
        """Renew it, record its re-check, or open its person."""
        facts = Own(f"{found.name} · {words(f'certificate_kind.code={found.kind}')} · {found.paper_no}")
        if found.rechecked and self.may["certificates.recheck"]:
            self.went.emit(forms.recheck([found.certificate_id], facts, found.hours))
        elif not found.rechecked and self.may["certificates.renew"]:
            self.went.emit(forms.renewal([found.certificate_id], facts))
        elif self.may["staff.sheet"]:
            self.went.emit(ToPerson(found.staff_id, "certificates"))
        else:
            self.went.emit(ToList("certificates", (("staff_id", (found.staff_id,)),), {found.staff_id: found.name}))


def what(found: Due) -> Message:
    """What is to be done about a line."""
    if found.days < 0:
        return PASSED if found.rechecked else LATE
    if found.rechecked:
        return said(AGAIN, hours=found.hours or 0, date=found.until.isoformat())
    if found.apply_by is None or found.apply_by < today():
        return NOW
    return said(APPLY, date=found.apply_by.isoformat())


def _read(desk: Desk) -> list[Due]:
    found: list[Due] = desk.ask("certificates.due", on=today())
    return found
