"""An order as a card: what is said of its time, its place and who has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.work_states import WorkState
from resources.words import N_, Word, tr
from services import work_board
from ui.kit.cards import Card
from ui.kit.text import words
from ui.kit.theme import LOOK
from ui.screens.work_orders import PRIORITIES

S = WorkState
SOON = timedelta(hours=1)  # little time is left
AFTER = {
    S.DONE: N_("To be checked"), S.CHECKED: N_("To be rated or closed"), S.RATED: N_("To be closed"),
    S.SETTLED: N_("To be closed"), S.RETURNED: N_("Returned: something is missing"),
}  # fmt: skip
DOT = " · "


def card(found: work_board.Card, now: datetime) -> Card:
    """The card of an order as of now."""
    when, icon, tone = time_of(found, now)
    priority = words(Word(f"work_order.priority={found.priority.value}"))
    who, where = who_has(found), DOT.join(found.where)
    state = words(Word(f"work_order.state={found.state.value}"))
    spoken = ", ".join((found.number, found.title, priority, state, where, when, who))
    return Card(found.id, found.number, priority, PRIORITIES[found.priority.value], found.title, where, when, icon,
                tone, who, spoken)  # fmt: skip


def who_has(found: work_board.Card) -> str:
    """A person, a team or a firm; a firm is said to be one."""
    if found.provider and not found.technician:
        return tr(LOOK.lang, N_("Firm: {name}"), name=found.provider)
    return found.technician or found.team or words(N_("Not assigned"))


def time_of(found: work_board.Card, now: datetime) -> tuple[str, str, str]:
    """What is said of its time, the symbol beside it and their colour."""
    if found.late(now):
        assert found.due is not None
        over = duration(now - found.due)
        answer = found.state in work_board.ANSWERED_LATE
        sentence = N_("Answer {time} late") if answer else N_("{time} late")
        return tr(LOOK.lang, sentence, time=over), "circle-alert", "bad"
    if found.state in AFTER:
        return words(AFTER[found.state]), "clock", "text2"
    if found.state is S.ON_HOLD and found.hold_reason:
        return words(Word(f"hold_reason.code={found.hold_reason}")), "hourglass", "warn"
    if found.state is S.REPORTED:
        return tr(LOOK.lang, N_("{time} ago"), time=duration(now - found.reported_at)), "clock", "text2"
    if found.state in work_board.LANES["assigned"] and found.planned_from and found.planned_from > now:
        return planned(found.planned_from, now), "clock", "text2"
    if found.due is None:
        return words(N_("No deadline")), "clock", "text3"
    left = found.due - now
    return tr(LOOK.lang, N_("{time} left"), time=duration(left)), "clock", "bad" if left < SOON else "text2"


def planned(start: datetime, now: datetime) -> str:
    """The day and hour it is planned for."""
    local, today = start.astimezone(), now.astimezone().date()
    days = (local.date() - today).days
    if days == 0:
        return tr(LOOK.lang, N_("Today {time}"), time=f"{local:%H:%M}")
    return tr(LOOK.lang, N_("Tomorrow {time}"), time=f"{local:%H:%M}") if days == 1 else f"{local:%m-%d %H:%M}"


def duration(span: timedelta) -> str:
    """A span of time in its largest unit that says enough: minutes, hours, days."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return tr(LOOK.lang, N_("{n} min"), n=minutes)
    if minutes < 48 * 60:
        return tr(LOOK.lang, N_("{n} h"), n=minutes // 60)
    return tr(LOOK.lang, N_("{n} d"), n=minutes // (24 * 60))
