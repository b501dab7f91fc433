"""Who does a work order: somebody of the office, a team or a firm; and nobody whom the law does not let do it.

Special operations take a valid certificate on the day (总局令第30号 art. 5), special equipment a licensed person or
firm (特种设备安全法 art. 14 and 45): planning it otherwise is refused to everybody. That it happened all the same is
written down with its reason, and stands on the list of the auditor and the training officer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from models.work_order import WorkOrder
from models.work_states import WorkState
from resources.words import N_, Word
from services import checks, deadlines, may_do
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import describe, takes
from services.desk.work import Work
from services.may_do import uncertified
from services.providers import may_do as firm_may  # under a name of its own: rights are read off the names used
from services.reasons import Reason
from services.work_order_steps import AT, BEFORE, KEPT, stepping
from services.work_orders import ORDERS, OTHER_WORK, gone_by

S = WorkState
FIELDS = describe(WorkOrder)
NOBODY = N_("Say who does it: a technician, a team or a firm")
MAY_NOT = {  # by the reasons of `may_do`
    "left": N_("{person} left on {date}: somebody else has to do this work"),
    "not_yet": N_("{person} comes on {date}: somebody else has to do this work"),
    "absent": N_("{person} is away until {date}: somebody else has to do this work"),
    "missing": N_("{person} may not do this work: there is no certificate “{kind}”"),
    "expired": N_("{person} may not do this work: “{kind}” {number} expired on {date}"),
    "recheck": N_("{person} may not do this work: the re-check of “{kind}” {number} was due on {date}"),
    "revoked": N_("{person} may not do this work: “{kind}” {number} was withdrawn; it held until {date}"),
    "ahead": N_("{person} may not do this work: “{kind}” {number} does not begin before {date}"),
}
BARRED = N_("{person} may not do this work: a rule of the trade or of a post stands against it on {date}")
NO_LICENCE = N_("{provider} has no valid licence “{licence}” on {date}")
FIRM_ONLY = N_("Only a licensed firm may do this work (“{licence}”): give it to one")
GIVEN_UP = N_("{provider} works for the office no more since {date}")
ENDS_BEFORE = N_("It ends before it begins")
AHEAD = N_("What has not been begun has not been done by anybody")

PLANNING: list[Callable[[Work, WorkOrder, date], None]] = []  # what stands against a day work is planned for
FLAGGED = listing(Listing("work_orders_flagged", WorkOrder, ("reported_at",), filled="unlicensed_why"))


@intent(N_("Assign work order"), on=WorkOrder, name="work_orders.assign", kept=KEPT)
def assign(
    work: Work, work_order_id: UUID, technician_id: UUID | None = None, team_id: UUID | None = None,
    provider_id: UUID | None = None, planned_from: datetime | None = None, planned_until: datetime | None = None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """To whom, and for when. Invalid: to nobody, or for a day past the legal latest. Conflict: he, or the firm, may not
    do it on that day."""
    order = work.get(WorkOrder, work_order_id)
    if technician_id is None and team_id is None and provider_id is None:
        raise Invalid(NOBODY, field=Word("work_order.technician_id"))
    if planned_from and planned_until and planned_until < planned_from:
        raise Invalid(ENDS_BEFORE, field=Word("work_order.planned_until"))
    day = (planned_from or at or work.now).astimezone().date()
    for guard in PLANNING:
        guard(work, order, day)
    _firm(work, order, provider_id, day)
    if technician_id is not None:
        certified(work, order, technician_id, day)
    if order.state is S.ACCEPTED or order.state is S.TRAVELLING or order.state is S.WORKING:
        stepping(work, order.id, S.ASSIGNED, at=at)
    elif order.state is not S.ASSIGNED:
        raise gone_by(order)
    order.technician_id, order.team_id, order.provider_id = technician_id, team_id, provider_id
    order.planned_from, order.planned_until = planned_from, planned_until


@intent(N_("Record who did it without a valid certificate"), on=WorkOrder, name="work_orders.flag", kept=KEPT)
def flag(work: Work, work_order_id: UUID, technician_id: UUID, unlicensed_why: str) -> None:
    """It was done by somebody who was not allowed to, and why: the order says so for ever, and the auditor and the
    training officer see it. Conflict: nobody has begun."""
    order = work.get(WorkOrder, work_order_id)
    if order.started_at is None:
        raise Conflict(AHEAD)
    work.see("staff", technician_id)
    order.unlicensed_why = checks.checked(replace(FIELDS["unlicensed_why"], required=True), unlicensed_why)
    order.technician_id = technician_id


takes("work_orders.assign", (ORDERS.me, *(
    replace(FIELDS[name], derived=False)
    for name in ("technician_id", "team_id", "provider_id", "planned_from", "planned_until")
), AT))  # fmt: skip
takes("work_orders.flag", (
    ORDERS.me, *(replace(FIELDS[name], derived=False, required=True) for name in ("technician_id", "unlicensed_why")),
))  # fmt: skip


def certified_work(work: Work, order: WorkOrder, on: date) -> tuple[str, ...]:
    """The kinds of certified work an order is on a day: that of its trade, and what it says itself."""
    trade = deadlines.trade_of(work.session, order.trade, on)
    found = (trade.certificate_trade if trade else None, order.needs)
    return tuple(dict.fromkeys(kind for kind in found if kind))


def on_another_day(work: Work, order: WorkOrder, on: date) -> None:
    """Conflict: he, or the firm, that has the order may not do it on that day."""
    _firm(work, order, order.provider_id, on)
    if order.technician_id is not None:
        certified(work, order, order.technician_id, on)


def _lawful(work: Work, order: WorkOrder, on: date) -> None:
    """Of whoever has the order licences and certificates are looked at, by whoever does the work too; somebody out of
    his reach was looked at when the work was given to him. What is flagged already is known to have been wrong."""
    if order.unlicensed_why is not None or (order.provider_id, order.team_id, order.technician_id) == (None,) * 3:
        return
    _firm(work, order, order.provider_id, on)
    if order.technician_id is None:
        return
    try:
        person = work.see("staff", order.technician_id)
    except Missing:
        return
    for kind in certified_work(work, order, on):
        for reason in uncertified(work.session, person.id, kind, on):
            raise Conflict(_sentence(reason), **({"person": person.name, "date": on} | dict(reason.values)))


def _on_the_day(work: Work, order: WorkOrder, at: datetime) -> None:
    """Work begins with a certificate that holds then, whatever held when it was planned."""
    if order.state in (S.ASSIGNED, S.TRAVELLING):
        _lawful(work, order, at.astimezone().date())


def _other_work(work: Work, order: WorkOrder) -> None:
    """Given work does not become work that who has it may not do."""
    _lawful(work, order, order.planned_from.astimezone().date() if order.planned_from else work.today)


BEFORE[S.WORKING].append(_on_the_day)
OTHER_WORK.append(_other_work)


def certified(work: Work, order: WorkOrder, technician_id: UUID, on: date) -> None:
    """Conflict: somebody may not do an order on a day."""
    person = work.see("staff", technician_id)
    for code, day, gone in (("left", person.left_on, True), ("not_yet", person.joined_on, False)):
        if day is not None and (day < on if gone else day > on):
            raise Conflict(MAY_NOT[code], person=person.name, date=day)
    for kind in certified_work(work, order, on):
        for reason in may_do.may_do(work.session, technician_id, kind, on).reasons:
            raise Conflict(_sentence(reason), **({"person": person.name, "date": on} | dict(reason.values)))


def _sentence(reason: Reason) -> str:
    """The sentence for a reason; a rule of the trade or of a post is told on the page where people are chosen."""
    known = MAY_NOT.get(reason.code, BARRED)
    return BARRED if "{kind}" in known and "kind" not in reason.values else known


def _firm(work: Work, order: WorkOrder, provider_id: UUID | None, on: date) -> None:
    firm = work.see("provider", provider_id) if provider_id else None
    if firm and firm.ended_on and firm.ended_on <= on:
        raise Conflict(GIVEN_UP, provider=firm.name, date=firm.ended_on)
    fit = firm_may(work.session, order.trade, on, provider_id)
    licence = Word(f"provider_licence_rule.code={fit.licence}")
    if fit.firm_only:
        raise Conflict(FIRM_ONLY, licence=licence)
    if firm and not fit.ok:
        raise Conflict(NO_LICENCE, provider=firm.name, licence=licence, date=on)
