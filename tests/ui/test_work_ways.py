"""Every step of the machine of work orders is offered somewhere, and nothing else is."""

from __future__ import annotations

from models.work_states import STEPS, WorkState
from ui.screens.work_ways import WAYS

GOES_TO = {  # the state each act leads to, from the states it is offered in
    "accept": {"accepted"}, "send_back": {"returned"}, "report_again": {"reported"}, "assign": {"assigned"},
    "depart": {"travelling"}, "begin": {"working"}, "hold": {"on_hold"}, "resume": {"accepted", "assigned", "working"},
    "finish": {"done"}, "check": {"checked"}, "redo": {"working"}, "rate": {"rated"}, "close": {"closed"},
    "transfer": {"transferred"}, "merge": {"merged"}, "cancel": {"cancelled"},
}  # fmt: skip


def test_every_step_of_the_machine_is_offered_where_it_may_be_taken() -> None:
    """But for the settled state, which arrives with settlement, and what `resume` covers from hold."""
    for name, acts in WAYS.items():
        found = set[str]().union(*(GOES_TO[act.name.partition(".")[2]] for act in acts))
        wanted = {s.value for s in STEPS[WorkState(name)]} - {"settled"}
        anew = {"assigned"} if name == "assigned" else set()
        assert found - anew == wanted, name
