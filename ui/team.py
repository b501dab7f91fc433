"""People in the window: the page of one, and what it and the boards about people ask for."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.desk.intent import INTENTS
from ui.kit.going import ToList, ToPerson, ToPost
from ui.kit.messages import confirm
from ui.kit.text import Message
from ui.pages.person import PersonPage
from ui.pages.post import PostPage
from ui.part import Asked, Part, Row
from ui.screens import SCREENS

if TYPE_CHECKING:
    from services.retention import Due
    from ui.workbench import Workbench


class Team(Part):
    """What the window does about people and their posts."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"staff.retention": self._retention, "post_holdings.list": self._held}
        if bench.background.desk.may("staff.sheet"):
            self.opens = {"staff": self._row, "post_holding": self._about}
        if bench.background.desk.may("posts.sheet"):
            self.opens |= {"post": self._post_row}
        bench.places.learn(ToPerson, self._to_person)
        bench.places.learn(ToPost, self._to_post)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _about(self, row: Row) -> None:
        self.open(row["staff_id"], "post_holdings")

    def _post_row(self, row: Row) -> None:
        self.open_post(row["id"])

    def _to_post(self, where: ToPost) -> None:
        self.open_post(where.id)

    def open_post(self, post: UUID) -> PostPage:
        """Open the page of a post."""
        page = PostPage(self.bench.background, post, self.bench.places.back())
        page.asked.connect(self.sure)
        self.bench.places.follow(page)
        self.bench.open_page(page)
        return page

    def _to_person(self, where: ToPerson) -> None:
        self.open(where.id, where.tab)

    def open(self, person: UUID, tab: str = "") -> PersonPage:
        """Open the page of a person, on a tab."""
        page = PersonPage(self.bench.background, person, self.bench.places.back(), tab)
        page.acted.connect(partial(self.bench.run, SCREENS["staff"]))
        page.edited.connect(partial(self.bench.edit, SCREENS["staff"]))
        page.asked.connect(self.sure)
        page.history.undo_asked.connect(self.bench.operations.take_back)
        if page.files is not None:
            page.files.revise_asked.connect(self.bench.describe)
        self.bench.places.follow(page)
        self.bench.open_page(page)
        return page

    def sure(self, intent: str, values: dict[str, Any], about: Message) -> None:
        """Do something once somebody said that it is meant."""
        label = INTENTS[intent].label
        if confirm(self.bench, label, about, label, kind="bad"):
            self.bench.background.do(intent, values, self.bench.operations.saved, self.bench.refused)

    def _retention(self, asked: Asked) -> None:
        """What is due for deletion."""
        from ui.pages.retention import RetentionPage

        page = RetentionPage(self.bench.background, self.bench.places.back())
        page.asked.connect(self._delete)
        self.bench.open_page(page)

    def _delete(self, due: Due) -> None:
        from ui.pages.retention import about

        may, row = self.bench.background.desk.may, {"id": due.staff_id, "number": due.number, "name": due.name}
        erase = due.act.value == "erase"
        if not may("staff.erase_personal" if erase else "staff.clear_private"):
            self.open(due.staff_id)
        elif erase:
            act = next(act for act in SCREENS["staff"].acts if act.name == "staff.erase_personal")
            self.bench.run(SCREENS["staff"], act, array("q"), [row])
        else:
            self.sure("staff.clear_private", {"staff_id": due.staff_id, "what": due.what}, about(due))

    def _held(self, asked: Asked) -> None:
        """Who held a marked post."""
        row = asked.rows[0]
        self.bench.places.go(ToList("post_holdings", (("post_id", (row["id"],)),), {row["id"]: str(row["name"])}))
