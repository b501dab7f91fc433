"""The window and the command line say the same of the same paper: issued by either it is a version of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from services.commands import issuing
from services.desk.desk import Desk
from services.desk.errors import UserError
from services.document_issuing import Subject
from tests.services.people import Office, found

ON, NOV = date(2026, 11, 30), date(2026, 11, 1)
Window = Callable[[Office], Subject]
OF: dict[str, tuple[str, Window]] = {  # what is printed, and what the pages say of it
    "register": ("JSL", lambda o: Subject.within("register", {"compound_id": (o.compound,), "": ("",)}, ON)),
    "structure": ("", lambda o: Subject.within("structure", {}, ON)),
    "structure ": ("JSL", lambda o: Subject.within("structure", {"compound_ids": (o.compound,)}, ON)),
    "statutory": ("", lambda o: Subject.within("statutory", {"compound_ids": ()}, ON, "2026")),
    "maintenance": ("", lambda o: Subject.over("maintenance", NOV, ON, ON, {"compound_ids": ()})),
    "audit": ("2026-11-01..2026-11-30/JSL",
              lambda o: Subject.over("audit", NOV, ON, ON, {"compound_ids": (o.compound,)})),
    "stock": ("JSL", lambda o: Subject.over("stock", NOV, ON, ON, {"compound_id": (o.compound,)})),
    "situation": ("2026-01-01..2026-10-31",
                  lambda o: Subject.over("situation", date(2026, 1, 1), date(2026, 10, 31), ON)),
    "usage": ("JSL", lambda o: Subject("usage", o.compound, o.compound, ON)),
    "plans": ("JSL", lambda o: Subject("plans", o.compound, o.compound, ON, "2026")),
    "offices": ("", lambda o: Subject("offices", None, None, ON)),
}  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return found(desk)


def said(desk: Desk, paper: str, number: str) -> Subject:
    args = SimpleNamespace(paper=paper.strip(), number=number or None, lang="zh_CN")
    return issuing._subject(desk, args, ON)  # type: ignore[arg-type]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_either_way_it_is_one_paper(office: Office) -> None:
    for paper, (number, window) in OF.items():
        assert said(office.desk, paper, number).key == window(office).key, paper


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_order_of_what_is_chosen_tells_nothing_and_what_is_chosen_everything(office: Office) -> None:
    one, other = office.compound, office.elsewhere
    keys = [Subject.within("audit", {"compound_ids": ids}, ON).key for ids in ((one, other), (other, one), (one,), ())]
    assert keys[0] == keys[1] and len(set(keys)) == 3


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("paper", "number"), [("card", "ZC-NONE"), ("audit", "lately"), ("usage", "NOWHERE")])
def test_what_is_not_there_is_said(office: Office, paper: str, number: str) -> None:
    with pytest.raises(UserError):
        said(office.desk, paper, number)
