"""The states of a work order and what may follow what: every step asks, and so do offices that took different ones."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import cache


class WorkState(enum.StrEnum):
    """reported → accepted → assigned → travelling → working → done → checked → rated → settled → closed, with ways
    aside and back. `STEPS` says what may follow what."""

    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    TRAVELLING = "travelling"
    WORKING = "working"
    ON_HOLD = "on_hold"
    DONE = "done"
    CHECKED = "checked"
    RATED = "rated"
    SETTLED = "settled"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    CANCELLED = "cancelled"


S = WorkState
FORWARD: Mapping[WorkState, frozenset[WorkState]] = {
    S.REPORTED: frozenset({S.RETURNED, S.ACCEPTED, S.TRANSFERRED, S.MERGED, S.CANCELLED}),
    S.RETURNED: frozenset({S.CANCELLED}),
    S.ACCEPTED: frozenset({S.ASSIGNED, S.ON_HOLD, S.TRANSFERRED, S.MERGED, S.CANCELLED}),
    S.ASSIGNED: frozenset({S.TRAVELLING, S.WORKING, S.ON_HOLD, S.MERGED, S.CANCELLED}),
    S.TRAVELLING: frozenset({S.WORKING, S.ON_HOLD}),
    S.WORKING: frozenset({S.ON_HOLD, S.DONE}),
    S.ON_HOLD: frozenset({S.DONE, S.MERGED, S.CANCELLED}),
    S.DONE: frozenset({S.CHECKED}),
    S.CHECKED: frozenset({S.RATED, S.SETTLED, S.CLOSED}),  # nobody is made to give points
    S.RATED: frozenset({S.SETTLED, S.CLOSED}),
    S.SETTLED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.TRANSFERRED: frozenset(),
    S.MERGED: frozenset(),
    S.CANCELLED: frozenset(),
}
BACK: Mapping[WorkState, frozenset[WorkState]] = {
    S.RETURNED: frozenset({S.REPORTED}),  # reported again with what was missing
    S.ASSIGNED: frozenset({S.ACCEPTED}),  # taken away from whoever had it
    S.TRAVELLING: frozenset({S.ASSIGNED}),
    S.WORKING: frozenset({S.ASSIGNED}),  # handed over to somebody else
    S.ON_HOLD: frozenset({S.ACCEPTED, S.ASSIGNED, S.WORKING}),  # goes on where it stopped
    S.DONE: frozenset({S.WORKING}),  # found not to be done
    S.CHECKED: frozenset({S.WORKING}),
    S.RATED: frozenset({S.WORKING}),
    S.SETTLED: frozenset({S.WORKING}),
    S.CLOSED: frozenset({S.WORKING}),  # reopened: its history stays
    S.MERGED: frozenset({S.ACCEPTED}),  # it was another fault after all
}
STEPS: Mapping[WorkState, frozenset[WorkState]] = {s: FORWARD[s] | BACK.get(s, frozenset()) for s in S}
OPEN = frozenset({S.REPORTED, S.RETURNED, S.ACCEPTED, S.ASSIGNED, S.TRAVELLING, S.WORKING, S.ON_HOLD, S.DONE})
UNDER_WAY = frozenset({S.ASSIGNED, S.TRAVELLING, S.WORKING, S.ON_HOLD})
ENDED = frozenset({S.CLOSED, S.TRANSFERRED, S.MERGED, S.CANCELLED})


def further(one: WorkState, other: WorkState) -> WorkState | None:
    """Of two states the one that lies ahead of the other on the ways forward; None when neither does: two offices then
    have to decide which of them holds."""
    found = furthest(frozenset({one}), frozenset({other}))
    return next(iter(found)) if len(found) == 1 else None


def furthest(one: frozenset[WorkState], other: frozenset[WorkState]) -> frozenset[WorkState]:
    """What two offices say of one order put together: the states nothing lies ahead of. A single one is how the order
    stands, several are for somebody to decide. Whichever office is put together with which first, in which direction
    and however often, the answer is the same: it is the tip of all that was said."""
    said = one | other
    return frozenset(state for state in said if not (_ahead_of(state) - {state}) & said)


@cache
def _ahead_of(state: WorkState) -> frozenset[WorkState]:
    found, todo = set[WorkState](), [state]
    while todo:
        fresh = FORWARD[todo.pop()] - found
        found |= fresh
        todo += fresh
    return frozenset(found)
