"""The papers of the officers as the window asks for them: in the language in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.desk.listing import View
from ui.kit.tongue import tongue

if TYPE_CHECKING:
    from services.desk.desk import Desk

Work = Callable[["Desk"], bytes]
NAMES = {"actor": "accounts", "cmd": "acts", "compound_id": "compound_ids"}


def shown(view: View) -> Work:
    """Of what the list of the journal is narrowed to."""
    filters = dict(view.filters)
    begin, end = (_day(value) for value in filters.pop("at", (None, None)))
    return partial(_drawn, begin, end, {NAMES[name]: tuple(values) for name, values in filters.items()}, view.search)


def by_account(name: str) -> Work:
    """Of everything one account did."""
    return partial(_drawn, None, None, {"accounts": (name,)}, "")


def about(entity: str, id: UUID) -> Work:
    """Of everything that was done to one record."""
    return partial(_drawn, None, None, {"about": (entity, id)}, "")


def _day(value: Any) -> date | None:
    return value.astimezone().date() if value else None


def _drawn(begin: date | None, end: date | None, narrowed: dict[str, Any], search: str, desk: Desk) -> bytes:
    import services.journal_papers as papers

    return papers.extract(desk, begin, end, tongue(), search=search.strip(), **narrowed)


def rights(on: date, desk: Desk) -> bytes:
    """Who may do what on a day."""
    import services.rights_papers as papers

    return papers.register(desk, on, tongue())
