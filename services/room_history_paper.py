"""房间权属沿革: the certificates that covered a room, what happened to them, what is wrong, and who used it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import NOTHING, office_of, other_tongue, signers
from services.rights import Fact
from services.room_history import RoomHistory, Span, Used, Wrong
from services.title_words import in_words

TITLE, RIGHTS_OF, WRONGS, USES = (
    N_("Title history of a room"), N_("Entries of the titles"), N_("Title defects"), N_("Users of the room"),
)  # fmt: skip
HERE, WHOLE = N_("the room"), N_("the whole building")
SPANS = ((N_("Certificate"), 132), ("title.paper", 66), (N_("Covers"), 84), (N_("Right holder"), 116),
         (N_("Managing unit"), 96), (N_("From"), 50), (N_("To"), 50), ("title.state", 52),
         (N_("On certificate (m²)"), 62), (N_("Surveyed (m²)"), 60))  # fmt: skip
STEPS = (("title_event.on", 48), ("title_event.title_id", 120), ("title_event.kind", 74), (N_("What it says"), 250),
         ("title_event.paper", 150))  # fmt: skip
DEFECTS = (("title_defect.number", 92), ("title_defect.title_id", 120), ("title_defect.kind", 90),
           ("title_defect.evidence", 150), ("title_defect.route", 70), ("title_defect.opened_on", 52),
           ("title_defect.settled_on", 52), ("title_defect.state", 48), ("title_defect.result", 120))  # fmt: skip
USED = ((N_("From"), 50), (N_("To"), 50), ("occupancy.unit_id", 150), ("occupancy.staff_id", 80),
        ("occupancy.rank", 100), ("occupancy.agreement", 150), (N_("Share (m²)"), 60))  # fmt: skip
RULES = (
    N_("A line ends where the certificate, its holder or its state changes; which titles cover the room is as recorded "
       "today."),
    N_("Areas on certificates of a whole building are those of the building; the usable area of the room is its own "
       "and is compared with neither."),
)  # fmt: skip


def history(desk: Desk, room_id: UUID, on: date, lang: str) -> bytes:
    """The rights in a room and its users from the first entry to a day, as a PDF. Missing: no such room."""
    say = partial(tr, lang)
    found: RoomHistory = desk.ask("rights.room_history", room_id=room_id, on=on)
    area, now = found.area, found.now
    paper = Statement(
        "room-history", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [
            (say("occupancy.room_id"), " ".join(filter(None, (found.number, found.name)))),
            (say("room.building_id"), f"{found.compound} · {found.building}"),
            (say("room.use"), say(f"room.use={found.use.value}")), (say(N_("As on")), on.isoformat()),
            (say(N_("Right holder")), _facts(now.holders, say)), (say(N_("Managing unit")), _facts(now.managers, say)),
        ],
        _columns(SPANS, say, (8, 9)), [_span(span, say) for span in found.spans], (),
        [
            (say(N_("Usable area (m²)")), figures(area) if area is not None else NOTHING),
            (say("titles"), f"{found.titles:,}"), (say(N_("Ledger entries")), f"{len(found.steps):,}"),
            (say(N_("Defects not settled")), f"{sum(one.settled_on is None for one in found.wrongs):,}"),
            (say(N_("Users now")), f"{sum(one.until_on is None for one in found.uses):,}"),
        ],
        [say(rule) for rule in RULES], signers(say),
        [
            _chapter(RIGHTS_OF, lang, STEPS, (
                [step.entry.on.isoformat(), step.title, say(f"title_event.kind={step.entry.kind.value}"),
                 in_words(step.entry, say, step.title), step.entry.paper] for step in found.steps)),
            _chapter(WRONGS, lang, DEFECTS, (_wrong(one, say) for one in found.wrongs)),
            _chapter(USES, lang, USED, (_used(one, say) for one in found.uses), (6,)),
        ],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _columns(heads: Sequence[tuple[str, float]], say: Any, right: Iterable[int] = ()) -> list[Column]:
    figured = set(right)
    return [Column(say(name), width, "right" if n in figured else "left", n not in figured)
            for n, (name, width) in enumerate(heads)]  # fmt: skip


def _chapter(
    title: str, lang: str, heads: Sequence[tuple[str, float]], rows: Iterable[list[str]], right: Iterable[int] = ()
) -> Chapter:
    say = partial(tr, lang)
    return Chapter(say(title), other_tongue(lang, title), _columns(heads, say, right), list(rows))


def _facts(facts: tuple[Fact, ...], say: Any) -> str:
    said = dict.fromkeys(" · ".join(filter(None, (fact.who, fact.paper))) for fact in facts)
    return str(say(N_(", "))).join(said) or NOTHING


def _span(span: Span, say: Any) -> list[str]:
    areas = (figures(area) if area is not None else "" for area in (span.area, span.surveyed))
    return [
        span.certificate or span.title, say(f"title.paper={span.paper.value}"), say(HERE if span.room else WHOLE),
        span.holder, span.manager, span.from_on.isoformat(), span.until_on.isoformat() if span.until_on else "",
        say(f"title.state={span.state.value}"), *areas,
    ]  # fmt: skip


def _wrong(one: Wrong, say: Any) -> list[str]:
    route = say(f"title_defect.route={one.route.value}") if one.route else ""
    settled = one.settled_on.isoformat() if one.settled_on else ""
    return [
        one.number, one.title, say(f"title_defect.kind={one.kind.value}"), one.evidence, route,
        one.opened_on.isoformat(), settled, say(f"title_defect.state={one.state.value}"),
        one.result if one.settled_on else "",
    ]  # fmt: skip


def _used(one: Used, say: Any) -> list[str]:
    return [
        one.from_on.isoformat(), one.until_on.isoformat() if one.until_on else "", one.unit, one.person,
        say(f"occupancy.rank={one.rank.value}") if one.rank else "", one.agreement or say(N_("none")),
        figures(one.area) if one.area is not None else "",
    ]  # fmt: skip
