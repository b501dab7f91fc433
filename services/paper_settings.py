"""What the office wishes on its papers, by kind: kept as records, worn by whatever is drawn."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.document import OWN
from models.paper_setting import EVERY, PaperSetting
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.intent import query
from services.desk.work import Work
from services.documents.dress import Dress
from services.records import records

MOST, LONG = 4, 10  # posts side by side on a sheet, and characters of one: they stay readable
LINES, SIGNS = 8, 600  # lines and characters at the end of a sheet
TWICE = N_("There is a setting of these papers already; revise it")
TOO_MANY = N_("At most {n} posts sign a paper, a line each, of {long} characters at most")
TOO_LONG = N_("Closing remarks take at most {n} lines of {signs} characters in all")
MARKED = N_("Papers of this kind bear a secrecy mark and a contact line; their posts and remarks are laid down")
NOTHING = N_("Say at least one thing that is to stand on these papers")
TEXTS = ("secrecy", "contact", "signers", "copies", "closing")


def _setting(work: Work, row: PaperSetting, given: dict[str, Any]) -> None:
    same = sa.select(PaperSetting.id).where(PaperSetting.kind == row.kind, PaperSetting.id != row.id)
    with work.session.no_autoflush:
        if work.session.scalar(same):
            raise Conflict(TWICE, field=Word("paper_setting.kind"))
    if not any(getattr(row, name) for name in TEXTS):
        raise Invalid(NOTHING)
    posts = _lines(row.signers)
    if len(posts) > MOST or any(len(post) > LONG for post in posts):
        raise Invalid(TOO_MANY, n=MOST, long=LONG, field=Word("paper_setting.signers"))
    if len(_lines(row.closing)) > LINES or len(row.closing or "") > SIGNS:
        raise Invalid(TOO_LONG, n=LINES, signs=SIGNS, field=Word("paper_setting.closing"))
    if row.kind in OF_ITS_OWN and (row.signers or row.copies or row.closing):
        raise Invalid(MARKED, field=Word("paper_setting.kind"))


OF_ITS_OWN = frozenset({  # drawn on forms whose end is laid down
    *OWN, "register", "card", "survey", "reconciliation", "certificates", "leases", "compound",
})  # fmt: skip
SETTINGS = records("paper_settings", PaperSetting, sorts=("kind",), settle=_setting)


@query(N_("What stands on papers of a kind"), on=PaperSetting, name="paper_settings.of")
def dress(session: Session, kind: str = "") -> Dress:
    """What papers of a kind (a choice of `document.kind`; empty: of none) wear: what is said of the kind, and where it
    says nothing, what is said of every kind."""
    rows = session.scalars(sa.select(PaperSetting).where(PaperSetting.kind.in_((kind, EVERY))))
    found = sorted(rows, key=lambda row: row.kind == EVERY)  # its own first
    said = {name: next((text for row in found if (text := getattr(row, name))), "") for name in TEXTS}
    notes = [*([said["copies"]] if said["copies"] else []), *_lines(said["closing"])]
    return Dress(said["secrecy"], said["contact"], tuple(_lines(said["signers"])), tuple(notes))


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
