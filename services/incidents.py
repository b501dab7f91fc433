"""What was found when the office was opened: journalled, listed for the officers, and told to who signed in."""

from __future__ import annotations

import platform
from datetime import datetime
from uuid import UUID

from models.incident import Incident, IncidentKind
from resources.words import N_, tr
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.opening import Finding
from services.desk.work import Work

INCIDENTS = listing(Listing("incidents", Incident, ("at", "number")))
SERIES = "SJ"
TELL = N_("Tell the auditor, and look for the newer copy. Work may go on: it is kept apart from what was there before.")
OWN = N_("If you copied, moved or restored it yourself, nothing is to be done; if not, tell the auditor.")
CLOCK = N_("Please set the clock right, or tell the auditor who changed it.")
TO_DO = {IncidentKind.COPIED: OWN, IncidentKind.UNMARKED: OWN, IncidentKind.CLOCK: CLOCK}
SAYS = {
    IncidentKind.TRUNCATED: N_(
        "Operations that this computer knew of and that are missing here: {lost}; the newest here is of {kept}. An "
        "older copy was put back, or the file was cut or damaged."
    ),
    IncidentKind.REPLACED: N_(
        "What stands in the journal here is not what this computer saw on {seen}: the data was replaced by another one."
    ),
    IncidentKind.COPIED: N_("This data was copied here or moved: this computer knew it as another file on {seen}."),
    IncidentKind.UNMARKED: N_(
        "This computer keeps no marker of this data in this place: it was copied here, or the marker was taken away."
    ),
    IncidentKind.UNREADABLE: N_("The marker that this computer keeps of this data is damaged or was exchanged."),
    IncidentKind.KEY: N_("The signing key of this installation is gone, or it is another one than on {seen}."),
    IncidentKind.CLOCK: N_("The clock of this computer was set back: it was already {seen} here."),
}


@intent(
    N_("Note what was found at opening"),
    on=Incident,
    name="incidents.note",
    own=True,
    kept=N_("What was found stays known."),
)
def note(
    work: Work,
    *,
    kind: IncidentKind,
    lost: int | None = None,
    kept_at: datetime | None = None,
    seen_at: datetime | None = None,
    predecessor: str | None = None,
) -> UUID:
    """The program's own act: nobody holds the right to it."""
    row = Incident(
        number=next(work.numbers(SERIES)), at=work.now, kind=kind, lost=lost, kept_at=kept_at, seen_at=seen_at,
        predecessor=predecessor, place=platform.node()[:80],
    )  # fmt: skip
    return work.add(row).id


def in_words(finding: Finding, lang: str) -> str:
    """What happened and what is to be done, in a language; instants are where the machine is."""

    def when(instant: datetime | None) -> str:
        return instant.astimezone().strftime("%Y-%m-%d %H:%M") if instant else "—"

    lost = "—" if finding.lost is None else f"{finding.lost:,}"
    said = tr(lang, SAYS[finding.kind], lost=lost, kept=when(finding.kept_at), seen=when(finding.seen_at))
    return f"{said} {tr(lang, TO_DO.get(finding.kind, TELL))}"
