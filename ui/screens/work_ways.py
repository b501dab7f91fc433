"""Which acts take a work order out of each of its states: the way on first, then the ways aside and back."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import Act

ACCEPT = Act("work_orders.accept", "check", N_("Accept"))
BACK = Act("work_orders.send_back", "undo-2", N_("Return…"))
AGAIN = Act("work_orders.report_again", "refresh-cw", N_("Report again…"))
ASSIGN = Act("work_orders.assign", "user-round", N_("Assign…"))
ANEW = Act("work_orders.assign", "arrow-right-left", N_("Assign to somebody else…"))
TAKE = Act("work_orders.accept", "undo-2", N_("Take away again"))
DEPART = Act("work_orders.depart", "car", N_("Set out"))
BEGIN = Act("work_orders.begin", "wrench", N_("Begin work"))
HOLD = Act("work_orders.hold", "hourglass", N_("Put on hold…"))
RESUME = Act("work_orders.resume", "arrow-right", N_("Go on"))
FINISH = Act("work_orders.finish", "check", N_("Report done…"))
CHECK = Act("work_orders.check", "clipboard-check", N_("Accept the result…"))
REDO = Act("work_orders.redo", "undo-2", N_("Not done yet…"))
RATE = Act("work_orders.rate", "gem", N_("Rate…"))
CLOSE = Act("work_orders.close", "archive", N_("Close"))
TRANSFER = Act("work_orders.transfer", "arrow-right", N_("Transfer…"))
MERGE = Act("work_orders.merge", "copy", N_("Merge into another…"))
CANCEL = Act("work_orders.cancel", "x", N_("Cancel order…"))
APART = Act("work_orders.accept", "undo-2", N_("Another fault after all"))
LATER: Mapping[Act, Act] = {  # what is done at once, done with the time that stands on a sheet
    ACCEPT: Act("work_orders.accept", "clock", N_("Accepted at another time…")),
    DEPART: Act("work_orders.depart", "clock", N_("Set out at another time…")),
    BEGIN: Act("work_orders.begin", "clock", N_("Begun at another time…")),
    RESUME: Act("work_orders.resume", "clock", N_("Went on at another time…")),
    CLOSE: Act("work_orders.close", "clock", N_("Closed at another time…")),
}
WAYS: Mapping[str, tuple[Act, ...]] = {
    "reported": (ACCEPT, BACK, TRANSFER, MERGE, CANCEL),
    "returned": (AGAIN, CANCEL),
    "accepted": (ASSIGN, HOLD, TRANSFER, MERGE, CANCEL),
    "assigned": (BEGIN, DEPART, ANEW, HOLD, TAKE, MERGE, CANCEL),
    "travelling": (BEGIN, HOLD, ANEW),
    "working": (FINISH, HOLD, ANEW),
    "on_hold": (RESUME, FINISH, MERGE, CANCEL),
    "done": (CHECK, REDO),
    "checked": (RATE, CLOSE, REDO),
    "rated": (CLOSE, REDO),
    "settled": (CLOSE, REDO),
    "closed": (REDO,),
    "merged": (APART,),
    "transferred": (),
    "cancelled": (),
}
