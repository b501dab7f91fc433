"""The shipped rules of work that comes back, and what an office says instead."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen
from ui.screens.maintenance import INSTEAD, kind

RULES = Screen(
    name="periodic_work_rules", title="periodic_work_rules", icon="scroll-text", listing="periodic_work_rules",
    entity="periodic_work_rule",
    columns=(
        Col("code", second="source", tile="scroll-text"), Col("legal", 125, words=kind), Col("every", 70),
        Col("unit", 70), Col("basis", 150), Col("trade", 110), Col("confidence", 80), Col("from_on", 105),
    ),
    filters=("legal", "trade", "basis", "confidence"),
    acts=(EXPORT,),
    facts=("code", "object", "task", "legal", "always", "class_prefix", "every", "unit", "basis", "season_from",
           "season_until", "tolerance_days", "lead_days", "inspection", "trade", "needs", "permit", "confidence",
           "from_on", "until_on", "source"),
    empty=N_("The shipped rules are missing; run a check."),
    history=False,
)  # fmt: skip
OWN = Screen(
    name="periodic_works", title="periodic_works", icon="pencil", listing="periodic_works", entity="periodic_work",
    columns=(
        Col("code", second="basis_text", tile="pencil"), Col("compound_id", 160), Col("every", 80), Col("unit", 80),
        Col("legal", 90), Col("from_on", 105), Col("until_on", 105),
    ),
    filters=("compound_id", "code"),
    form=INSTEAD,
    add="periodic_works.add",
    revise="periodic_works.revise",
    acts=(EXPORT, Act("periodic_works.add", "plus", N_("Say another rule"), on="none", primary=True),
          Act("periodic_works.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("code", "compound_id", "every", "unit", "legal", "tolerance_days", "lead_days", "from_on", "until_on",
           "basis_text"),
    empty=N_("Where a local rule asks for more, say so here; the shipped rule stays as it is."),
)  # fmt: skip
