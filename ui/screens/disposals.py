"""Disposals, and the money they bring and cost."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section, Tone

STATES: Mapping[str, Tone] = {
    "draft": "idle",
    "applied": "info",
    "approved": "warn",
    "executed": "ok",
    "refused": "bad",
    "cancelled": "idle",
}
TERMS = (
    Section(
        N_("How and why"),
        N_("The mode decides which papers are asked for, the level who must approve."),
        ("mode", 3),
        ("ground", 3),
        ("reason", 4),
        ("level", 2),
    ),
    Section(
        N_("To whom"),
        N_("Who receives the assets, and what an appraisal said of them."),
        ("receiver", 4),
        ("appraised", 2),
        ("note", 6),
    ),
)
PAPER = (
    Section(N_("Paper"), N_("Its own number and day; the scan is attached to it."), ("item", 6), ("paper_no", 4),
            ("paper_on", 2)),
)  # fmt: skip
LOSS = (
    Section(
        N_("Loss"),
        N_("What happened to the marked assets, who answers for it, what he pays for each of them."),
        ("cause", 3),
        ("compensation", 3),
        ("responsibility", 6),
    ),
)
APPROVAL = (
    Section(
        N_("Approval"),
        N_("Who approved, under which number and day of the paper."),
        ("authority", 3),
        ("approved_on", 3),
        ("approval_no", 3),
        ("approver", 3),
    ),
)
REFUSAL = (
    Section(N_("Refusal"), N_("The assets are then as they were before."), ("refusal", 6), ("approved_on", 3),
            ("approver", 3)),
)  # fmt: skip
EXECUTION = (
    Section(
        N_("Execution"),
        N_("The day the assets left; the voucher may follow."),
        ("executed_on", 2),
        ("receiver", 4),
        ("voucher", 4),
        ("booked_on", 2),
    ),
)
BOOKING = (Section(N_("Write-off"), N_("The voucher that wrote the assets off."), ("voucher", 4), ("booked_on", 2)),)
REOPEN = (
    Section(N_("Taking back"), N_("Only while no money was received. What was booked is booked back first."),
            ("reason", 6), ("reversal", 4)),
)  # fmt: skip
SUM = (
    Section(N_("Sum"), N_("What the disposal brings, or what it costs."), ("kind", 3), ("amount", 3), ("payer", 4),
            ("due_on", 2), ("note", 6)),
)  # fmt: skip
RECEIPT = (Section(N_("Receipt"), N_("The day the sum came in, or was spent."), ("received_on", 3)),)
TREASURY = (
    Section(N_("Treasury"), N_("What costs have left of it goes to the treasury."), ("paid_on", 3), ("voucher", 3)),
)

SCREEN = Screen(
    name="disposals",
    title="disposals",
    icon="archive",
    listing="disposals",
    entity="disposal",
    columns=(
        Col("number", second="reason", tile="archive"),
        Col("state", 120, pill=STATES),
        Col("mode", 150),
        Col("ground", 190),
        Col("approval_no", 150),
        Col("executed_on", 110),
    ),
    filters=("state", "mode", "ground", "compound_id", "level", "executed_on"),
    acts=(EXPORT, Act("disposals.open", "arrow-right", N_("Open"), on="one")),
    facts=(
        "compound_id", "mode", "ground", "reason", "level", "receiver", "appraised", "applied_on", "authority",
        "approver", "approval_no", "approved_on", "refusal", "executed_on", "voucher", "booked_on", "reversal", "note",
    ),
    empty=N_("Mark assets in the register and choose “Dispose of…” to draft the first disposal."),
    watches=frozenset({"disposal_line"}),
)  # fmt: skip
INCOMES = Screen(
    name="disposal_incomes",
    title="disposal_incomes",
    icon="coins",
    listing="disposal_incomes",
    entity="disposal_income",
    columns=(
        Col("number", second="payer", tile="coins"),
        Col("kind", 140),
        Col("amount", 120),
        Col("due_on", 110),
        Col("received_on", 120),
        Col("paid", 120),
        Col("paid_on", 110),
    ),
    filters=("kind", "compound_id", "due_on", "received_on", "paid_on"),
    acts=(EXPORT, Act("disposal_incomes.open", "arrow-right", N_("Open"), on="one")),
    facts=("disposal_id", "kind", "amount", "payer", "due_on", "received_on", "paid", "paid_on", "voucher", "note"),
    empty=N_("Sums are entered on the page of an approved disposal."),
    within="disposals",
)
