"""What stands against disposing of a place or letting it, in sentences, by the code in `title_rules.json`."""

from __future__ import annotations

from resources.words import N_

SAYS = {
    "unregistered": N_("The right is not registered"),
    "filed": N_("It is only filed on record, not registered"),
    "leased_in": N_("It is only leased and belongs to its owner, who must agree to a sublease"),
    "cancelled": N_("The registration was cancelled"),
    "seized": N_("It is seized"),
    "disputed": N_("It is in dispute"),
    "objection": N_("An objection is registered"),
    "mortgaged": N_("It is mortgaged: the creditor must be told, and what was agreed holds"),
    "lost": N_("The paper is lost: have it issued anew first"),
    "co_owned": N_("Others own it too and must agree"),
    "sold": N_("It was sold as public housing"),
    "in_use": N_("It is in use"),
    "office": N_("It is office space: the approval of the office-space authority comes first"),
}
