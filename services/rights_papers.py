"""权限清单: who may do what on a day, and what is against the separation of powers, as a paper in either language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

import resources
from models.base import Base
from models.role_grant import OFFICERS, Role
from resources.words import N_, tr
from services.accounts import AT_WORK, EVERYONE
from services.desk.desk import Desk
from services.desk.intent import INTENTS, QUERIES, Act
from services.desk.listing import LISTINGS
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.field_words import NOTHING, instant
from services.place_papers import office_of, other_tongue
from services.rights_register import Against, Held, Holder, Register

TITLE, SEPARATION = N_("Rights and roles"), N_("Separation of powers")
COMMON = {EVERYONE: N_("Everybody"), AT_WORK: N_("Everybody but officers")}
RULE = N_(
    "GB/T 22239-2019, 8.1.5: system, security and audit administrator are three persons; none of them does business,"
    " none holds the office of another, nobody changes his own rights."
)
OF_ACTS = N_("What a role may do is told by the program as it is today; grants are as on the day.")
GRANTS = (("role_grant.account_id", 80), ("account.person", 80), (N_("State"), 84), (N_("Signed in last"), 76),
          ("role_grant.role", 90), ("role_grant.compound_id", 96), ("role_grant.from_on", 56),
          ("role_grant.until_on", 56), (N_("Granted by"), 66), ("role_grant.number", 92))  # fmt: skip


def register(desk: Desk, on: date, lang: str) -> bytes:
    """Accounts and grants as on a day, the roles, and whether the three officers are kept apart."""
    say = partial(tr, lang)
    found: Register = desk.ask("role_grants.register", on=on)
    offices = {held.role for holder in found.holders if not holder.retired_on for held in holder.held} & set(OFFICERS)
    paper = Statement(
        "rights-register", say(TITLE), other_tongue(lang, TITLE), office_of(desk),
        [(say(N_("As on")), on.isoformat()), (say(N_("By")), desk.account)],
        [Column(say(name), width) for name, width in GRANTS],
        [row for holder in found.holders for row in _holder(holder, say)], (),
        [
            (say("accounts"), f"{len(found.holders):,}"),
            (say(N_("In use")), f"{sum(not h.retired_on for h in found.holders):,}"),
            (say("role_grants"), f"{sum(len(h.held) for h in found.holders):,}"),
            (say(N_("Offices held")), f"{len(offices)} / {len(OFFICERS)}"),
            (say(N_("Against the rule")), f"{len(found.against):,}"),
        ],
        [say(RULE), say(OF_ACTS)],
        [say("role_grant.role=security"), say("role_grant.role=audit"), say(N_("Date"))],
        [_against(found, lang), _held(found, lang), _roles(lang)],
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _holder(holder: Holder, say: Any) -> list[list[str]]:
    """A row for each role."""
    state = say(N_("Retired since {date}"), date=holder.retired_on) if holder.retired_on else say(N_("In use"))
    last = instant(holder.signed_in_at) if holder.signed_in_at else NOTHING
    who = [holder.account, holder.person, state, last]
    if not holder.held:
        return [[*who, say(N_("no role")), *[NOTHING] * 5]]
    return [[*who, *_grant(held, say)] for held in holder.held]


def _grant(held: Held, say: Any) -> list[str]:
    place = held.compound or say(N_("All compounds"))
    until = held.until_on.isoformat() if held.until_on else NOTHING
    return [_role(held.role, say), place, held.from_on.isoformat(), until, held.by or NOTHING, held.number]


def _role(role: Role, say: Any) -> str:
    return str(say(f"role_grant.role={role.value}"))


def _chapter(title: str, lang: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Chapter:
    say = partial(tr, lang)
    return Chapter(say(title), other_tongue(lang, title), [Column(say(name), width) for name, width in columns], rows)


def _against(found: Register, lang: str) -> Chapter:
    """What is against the rule, one by one; that nothing is, is said as well."""
    rows = [[str(n), _sentence(against, lang)] for n, against in enumerate(found.against, 1)]
    rows = rows or [
        [NOTHING, tr(lang, N_("Nothing: the three offices are held, each by somebody who holds no other."))]
    ]
    return _chapter(SEPARATION, lang, ((N_("No."), 30), (N_("What is against it"), 710)), rows)


def _sentence(against: Against, lang: str) -> str:
    lists = {name: tr(lang, N_(", ")).join(tr(lang, word) for word in value)
             for name, value in against.values.items() if isinstance(value, tuple)}  # fmt: skip
    return tr(lang, against.sentence, **{**against.values, **lists})


def _held(found: Register, lang: str) -> Chapter:
    """Each role with those who hold it."""
    say, holding = partial(tr, lang), defaultdict[Role, dict[str, None]](dict)
    for holder in found.holders:
        for held in holder.held if not holder.retired_on else ():
            holding[held.role][f"{holder.person} ({holder.account})"] = None
    rows = [[_role(role, say), str(len(holding[role])), say(N_(", ")).join(holding[role]) or NOTHING] for role in Role]
    return _chapter(
        N_("Who holds which role"),
        lang,
        (("role_grant.role", 130), (N_("Accounts in use"), 70), ("accounts", 540)),
        rows,
    )


def _roles(lang: str) -> Chapter:
    """What each role may do, by what it is about, in the words of the program."""
    say, rows = partial(tr, lang), list[list[str]]()
    for role in (EVERYONE, AT_WORK, *(role.value for role in Role)):
        name = say(COMMON[role]) if role in COMMON else _role(Role(role), say)
        told = _may(resources.settings("roles")[role], say)
        rows += [[name, *row] for row in told]
    columns = (("role_grant.role", 110), (N_("About"), 120), (N_("What it may do"), 510))
    return _chapter(N_("What each role may do"), lang, columns, rows)


def _may(may: dict[str, list[str]], say: Any) -> list[list[str]]:
    """About what, and the acts; what it only reads last."""
    does, reads = defaultdict[str, list[str]](list), dict[str, None]()
    for name, act in sorted(INTENTS.items()):
        if _fits(name, may["do"]):
            does[_about(name, act, say)].append(say(act.label))
    for name, known in sorted({**QUERIES, **{f"{listed}.list": None for listed in LISTINGS}}.items()):
        if _fits(name, (*may["do"], *may["ask"])) and (about := _about(name, known, say)) not in does:
            reads[about] = None
    rows = [[about, say(N_("; ")).join(acts)] for about, acts in does.items()]
    if len(reads) > 0:
        rows.append([say(N_("Reads besides")), say(N_(", ")).join(reads)])
    return rows


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _about(name: str, act: Act | None, say: Any) -> str:
    """The list an act belongs to, else the kind of record it is on."""
    noun = name.partition(".")[0]
    if noun in LISTINGS:
        return str(say(noun))
    on: type[Base] | None = act.on if act else None
    word = str(say(on.__tablename__ if on is not None else OTHER.get(noun, N_("Other"))))
    return word[:1].upper() + word[1:]


OTHER = {
    "costs": "cost_entry", "depreciation": "depreciation_run", "imports": N_("Registers taken in"),
    "places": "compound", "reconciliation": N_("Reconciliation"), "rights": "title", "office": "site",
}  # fmt: skip
