"""Leases and shared use, their rents, and what waits of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Board, Col, Row, Screen, Section, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

STATES: Mapping[str, Tone] = {"draft": "idle", "running": "ok", "ended": "idle", "cancelled": "idle"}
FORM = (
    Section(
        N_("What and to whom"),
        N_("One asset, or a building or room. Sharing with another organ takes an agreement, letting an approval."),
        ("kind", 2),
        ("asset_id", 4),
        ("building_id", 3),
        ("room_id", 3),
        ("lessee", 3),
        ("contact", 3),
        ("purpose", 6),
    ),
    Section(
        N_("Term and rent"),
        N_("The rents of all periods follow from these; each may be changed before it is received."),
        ("from_on", 2),
        ("until_on", 2),
        ("period", 2),
        ("rent", 3),
        ("appraised", 3),
        ("exception", 6),
    ),
    Section(
        N_("Papers"),
        N_("Approval, open bidding, appraised rent, contract."),
        ("approval_no", 4),
        ("approved_on", 2),
        ("bidding_no", 3),
        ("appraisal_no", 3),
        ("contract_no", 3),
        ("note", 6),
    ),
)
OF_ASSET = (
    Section(
        N_("To whom"),
        N_("Sharing with another organ takes an agreement, letting an approval."),
        ("kind", 2),
        ("lessee", 4),
        ("contact", 6),
        ("purpose", 6),
    ),
    *FORM[1:],
)
STEPS: Mapping[str, tuple[Section, ...]] = {  # act -> its form
    "leases.end": (
        Section(N_("End of the lease"), N_("Its last day. Before the end of the term, say why."), ("ended_on", 2),
                ("end_reason", 4)),
    ),
    "leases.receive": (Section(N_("Receipt"), N_("The day the rent came in."), ("received_on", 3)),),
    "leases.pay": (
        Section(N_("Treasury"), N_("Rents go to the treasury whole; costs are paid from the budget."), ("paid_on", 3),
                ("voucher", 3)),
    ),
    "leases.change_rent": (
        Section(N_("Rent due"), N_("Of this period alone, while it is not received."), ("due_on", 3), ("amount", 3)),
    ),
}  # fmt: skip


def thing(row: Row) -> str:
    """What is let: a card, or building and room."""
    return str(row.get("asset") or " · ".join(filter(None, (row.get("building"), row.get("room")))) or "—")


SCREEN = Screen(
    name="leases",
    title="leases",
    icon="key-round",
    listing="leases",
    entity="lease",
    columns=(
        Col("number", second="lessee", tile="key-round"),
        Col("asset_id", 170, label=N_("What is let"), words=thing),
        Col("kind", 100),
        Col("state", 110, pill=STATES),
        Col("rent", 120),
        Col("from_on", 105),
        Col("until_on", 105),
    ),
    filters=("state", "kind", "compound_id", "building_id", "until_on"),
    acts=(
        EXPORT,
        Act("leases.register", "printer", N_("Print register"), on="none"),
        Act("leases.open", "arrow-right", N_("Open"), on="one"),
        Act("leases.draft", "plus", N_("Draft lease"), on="none", primary=True),
    ),
    facts=(
        "compound_id", "kind", "asset_id", "building_id", "room_id", "lessee", "contact", "purpose", "rent", "period",
        "from_on", "until_on", "exception", "approval_no", "approved_on", "bidding_no", "appraisal_no", "appraised",
        "contract_no", "ended_on", "end_reason", "note",
    ),
    empty=N_("Let an asset from the register by “Lease out…”, or draft the lease of a room here."),
)  # fmt: skip
RENTS = Screen(
    name="lease_rents",
    title="lease_rents",
    icon="coins",
    listing="lease_rents",
    entity="lease_rent",
    columns=(
        Col("number", second="lease", tile="coins"),
        Col("due_on", 110),
        Col("amount", 120),
        Col("received_on", 110),
        Col("paid_on", 110),
        Col("voucher", 140),
    ),
    filters=("compound_id", "due_on", "received_on", "paid_on"),
    acts=(EXPORT, Act("lease_rents.open", "arrow-right", N_("Open"), on="one")),
    facts=("lease_id", "from_on", "until_on", "due_on", "amount", "received_on", "paid_on", "voucher"),
    empty=N_("Rents stand here once a lease is drafted."),
    within="leases",
)


def _due(background: Background) -> QWidget:
    from ui.pages.income_due import DuePage

    return DuePage(background)


DUE = Board("income_due", N_("Income due"), "clock", "leases.due", _due)
