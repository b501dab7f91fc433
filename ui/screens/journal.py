"""The journal: every operation for the auditor, those of one's compounds for who keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Tone
from ui.kit.text import words

BACK: Mapping[str, Tone] = {"taken": "warn", "takes": "info"}
ICONS = {"add": "plus", "remove": "trash-2", "revise": "pencil", "take_in": "upload", "undo": "undo-2"}


def icon(row: Row) -> str:
    """What kind of act it was."""
    return ICONS.get(str(row.get("cmd", "")).rpartition(".")[2], "history")


def back(row: Row) -> str:
    """Whether it was taken back; most were not, and nothing is said of them."""
    return words(f"rec.back={row['back']}") if row.get("back") else ""


def _screen(name: str, symbol: str, within: str = "", papers: tuple[Act, ...] = ()) -> Screen:
    return Screen(
        name=name,
        title=name,
        icon=symbol,
        listing=name,
        entity="rec",
        columns=(
            Col("cmd", second="reason", tile=icon),
            Col("at", 138),
            Col("actor", 110),
            Col("compound_id", 150),
            Col("back", 126, pill=BACK, words=back),
        ),
        filters=("actor", "cmd", "compound_id", "at"),
        acts=(EXPORT, *papers, Act("journal.operation", "arrow-right", N_("Open"), on="one")),
        facts=("at", "actor", "compound_id", "reason"),
        empty=N_("Whatever is done with this office's data is written down here."),
        watches=frozenset(),
        follows_all=True,
        history=False,
        within=within,
    )


EXTRACT = Act("journal.extract", "file-text", N_("Journal extract"), on="none")
JOURNAL = _screen("journal", "book-open", papers=(EXTRACT,))
OPERATIONS = _screen("operations", "history", within=JOURNAL.name)
