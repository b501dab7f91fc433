"""产权沿革: the paper that tells who held, managed and used a building, entry by entry with what proves it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.building_history import History, Step, Using
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import NOTHING, office_of, other_tongue, signers
from services.rights import Fact
from services.title_words import in_words

TITLE, RIGHTS_OF, USES = N_("History of a building"), N_("Entries of the titles"), N_("Use and agreements")
STEPS = (("title_event.on", 48), ("title_event.title_id", 108), ("title_event.kind", 70), (N_("What it says"), 250),
         ("title_event.paper", 150))  # fmt: skip
USED = ((N_("From"), 48), (N_("To"), 48), (N_("User"), 130), ("occupancy.agreement", 150), (N_("Rooms"), 190),
        (N_("Usable area (m²)"), 60))  # fmt: skip


def history(desk: Desk, building_id: UUID, on: date, lang: str) -> bytes:
    """The rights in a building from the first entry to a day, and its users, as a PDF. Missing: no such building."""
    say = partial(tr, lang)
    found: History = desk.ask("rights.history", building_id=building_id, on=on)
    now, area = found.now, found.area
    paper = Statement(
        "building-history", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [
            (say("room.building_id"), found.building), (say("building.compound_id"), found.compound),
            (say("building.address"), found.address or NOTHING), (say(N_("As on")), on.isoformat()),
            (say(N_("Right holder")), _facts(now.holders, say)), (say(N_("Managing unit")), _facts(now.managers, say)),
        ],
        [Column(say(name), width, "left", True) for name, width in STEPS], [_step(step, say) for step in found.steps],
        (),
        [
            (say(N_("Floor area (m²)")), figures(area) if area is not None else NOTHING),
            (say("titles"), f"{found.titles:,}"), (say(N_("Ledger entries")), f"{len(found.steps):,}"),
            (say(N_("Agreements in force")), f"{sum(bool(u.agreement and not u.until_on) for u in found.uses):,}"),
            (say(N_("Users without an agreement")), f"{sum(not (u.agreement or u.until_on) for u in found.uses):,}"),
        ],
        [say(N_("Entries are those of the signed journal; the title is named as it stood after the entry."))],
        signers(say),
        [Chapter(say(USES), other_tongue(lang, USES),
                 [Column(say(name), width, "right" if name == USED[-1][0] else "left", name != USED[-1][0])
                  for name, width in USED],
                 [_using(using, say) for using in found.uses])],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _facts(facts: tuple[Fact, ...], say: Any) -> str:
    said = dict.fromkeys(" · ".join(filter(None, (fact.who, fact.paper))) for fact in facts)
    return str(say(N_(", "))).join(said) or NOTHING


def _step(step: Step, say: Any) -> list[str]:
    entry = step.entry
    kind = say(f"title_event.kind={entry.kind.value}")
    return [entry.on.isoformat(), step.title, kind, in_words(entry, say, step.title), entry.paper]


def _using(using: Using, say: Any) -> list[str]:
    until = using.until_on.isoformat() if using.until_on else ""
    return [
        using.from_on.isoformat(), until, using.who, using.agreement or say(N_("none")),
        say(N_(", ")).join(using.rooms), figures(using.area),
    ]  # fmt: skip
