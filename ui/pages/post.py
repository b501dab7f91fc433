"""The page of a post: how it is manned, who held it from when until when, what it asks for and who lacks what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui.kit import show
from ui.kit.as_on import AsOn
from ui.kit.button import Button, LinkButton
from ui.kit.card import SectionHead, headed
from ui.kit.editors import today
from ui.kit.going import ToForm, ToPerson, ToRecord
from ui.kit.grid import Grid
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.screen import Section
from ui.kit.stat import Stat
from ui.kit.text import Message, Own, said
from ui.kit.theme import MARGIN
from ui.pages import post_rows as rows
from ui.screens import certificates as requirements
from ui.screens import posts as screen

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.post_sheet import PostSheet
    from ui.kit.background import Background

HELD, ASKED = N_("Who held it"), N_("What it requires")
ASSIGN, END, ADD, REVISE, STOP, REMOVE = (
    "post_holdings.assign", "post_holdings.end", "post_requirements.add", "post_requirements.revise",
    "post_requirements.end", "post_requirements.remove",
)  # fmt: skip


class PostPage(RecordPage):
    """`went` tells where to go; `asked` for an intent somebody is asked about first."""

    watched = frozenset({
        "post", "post_holding", "post_requirement", "staff", "staff_education", "certificate", "certificate_recheck",
        "attendance", "training_session", "course",
    })  # fmt: skip
    asked = Signal(str, object, object)  # name of an intent, its values, what it is about in words
    sheet: PostSheet | None

    def __init__(self, background: Background, post: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.post = post
        self._make(back)
        self._arrange()
        self.begin({"F2": self._edit})

    def _make(self, back: tuple[str, str]) -> None:
        may = self.background.desk.may
        self.edit = Button(N_("Edit"), "pencil", kind="primary")
        hide_unless(may("posts.revise"), self.edit)
        self.head = PageHead("post", self.edit, back=(back,), facts=Own(" "))
        self.day = AsOn()
        titles = {"approved": "post.approved", "there": N_("There"), "since": N_("Vacant since"),
                  "covered": N_("Covered by")}  # fmt: skip
        self.stats = {name: Stat(title) for name, title in titles.items()}
        self.people, self.needs = Grid(HELD, rows.HOLDERS, tall=46), Grid(ASKED, rows.REQUIREMENTS, tall=46)
        self.links = {
            END: LinkButton(N_("End…")), ASSIGN: LinkButton(N_("Assign to post…"), "plus"),
            REMOVE: LinkButton(N_("Remove")), STOP: LinkButton(N_("End requirement…")), REVISE: LinkButton(N_("Edit")),
            ADD: LinkButton(N_("Add requirement"), "plus"),
        }  # fmt: skip
        self.may = {name: may(name) for name in self.links}
        for name, link in self.links.items():
            link.clicked.connect(partial(self._act, name))
            hide_unless(name in (ASSIGN, ADD) and self.may[name], link)
        for grid in (self.people, self.needs):
            grid.marked.connect(self._offer)
        self.people.opened.connect(self._person)
        self.needs.opened.connect(self._need)
        self.edit.clicked.connect(self._edit)
        self.day.turned.connect(self.read)

    def _arrange(self) -> None:
        nobody = EmptyState("users", N_("Nobody held it yet"), N_("Assign somebody, with the day and the paper."))
        nothing = EmptyState("file-badge", N_("It asks for nothing yet"),
                             N_("Say what the post requires: then it is seen who lacks it."))  # fmt: skip
        self.stacks = (QStackedWidget(), QStackedWidget())
        for stack, parts in zip(self.stacks, ((self.people, nobody), (self.needs, nothing)), strict=True):
            for part in parts:
                stack.addWidget(part)
        people = headed(SectionHead(HELD, self.links[END], self.links[ASSIGN]), (self.stacks[0], 1))
        acts = (self.links[name] for name in (REMOVE, STOP, REVISE, ADD))
        needs = headed(SectionHead(ASKED, *acts), (self.stacks[1], 1))
        figures = row(*((stat, 1) for stat in self.stats.values()), gap=12)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        above = row(None, self.day, gap=8)
        self.setLayout(column(self.head, self.wrong, above, figures, (people, 1), (needs, 1), gap=12, margins=margins))

    # What is said

    def question(self) -> Callable[[Desk], PostSheet]:
        """The post as on the day that is shown."""
        return asking("posts.sheet", post_id=self.post, on=self.day.day)

    def _first(self, sheet: PostSheet) -> None:
        self.people.setFocus()

    def _say(self, sheet: PostSheet) -> None:
        post = sheet.row
        self.head.title.say(Own(str(post["name"])))
        facts = (post["number"], post.get("unit"), post.get("compound"), post.get("grade"))
        self.head.show_facts(Own(" · ".join(str(part) for part in facts if part)))
        self.head.show_pills(Pill(f"post.function={post['function'].value}", "info", dot=False))
        short = [one for one in sheet.requirements if one.short]
        since = post.get("from_on")
        there: Message = said(N_("there since {date}"), date=since) if since else Own(" ")
        self.stats["approved"].say(Own(str(post["approved"])), there)
        over = sheet.actual > post["approved"]
        missing: Message = said(N_("short {n}"), n=sheet.vacant) if sheet.vacant else Own(" ")
        self.stats["there"].say(Own(str(sheet.actual)), N_("more than approved") if over else missing,
                                "bad" if sheet.vacant else "warn" if over else "text")  # fmt: skip
        vacant = sheet.vacant_since.isoformat() if sheet.vacant_since else show.NOTHING
        self.stats["since"].say(Own(vacant), Own(" "))
        covered = "、".join(sheet.covered_by) or show.NOTHING
        unmet: Message = said(N_("{n} requirements not met"), n=len(short)) if short else Own(" ")
        alone = sheet.vacant and not sheet.covered_by
        self.stats["covered"].say(Own(covered), N_("nobody covers it") if alone else unmet)
        self.people.show_lines(rows.holders(sheet))
        self.needs.show_lines(rows.requirements(sheet))
        self.stacks[0].setCurrentIndex(0 if sheet.holders else 1)
        self.stacks[1].setCurrentIndex(0 if sheet.requirements else 1)
        self._offer()

    def _held(self) -> Mapping[str, Any] | None:
        found = self.sheet.holders if self.sheet else ()
        return next((one.row for one in found if one.row["id"] == self.people.key()), None)

    def _asked(self) -> Mapping[str, Any] | None:
        found = self.sheet.requirements if self.sheet else ()
        return next((one.row for one in found if one.row["id"] == self.needs.key()), None)

    def _offer(self, _key: object = None) -> None:
        held, asked = self._held(), self._asked()
        self.links[END].setVisible(held is not None and held["until_on"] is None and self.may[END])
        for name in (REVISE, REMOVE, STOP):
            fits = asked is not None and (name != STOP or asked["until_on"] is None)
            self.links[name].setVisible(fits and self.may[name])

    # What is asked

    def _act(self, name: str, _checked: bool = False) -> None:
        held, asked = self._held(), self._asked()
        if name == ASSIGN:
            self._form(name, {"post_id": self.post}, {"from_on": today()}, screen.ASSIGN)
        elif name == ADD:
            self._form(name, {"post_id": self.post}, {"from_on": today()}, requirements.ASKED)
        elif name == END and held is not None:
            self._form(name, {"post_holding_id": held["id"]}, {"until_on": today()}, screen.END)
        elif asked is not None and name == REMOVE:
            self.asked.emit(name, {"post_requirement_id": asked["id"]}, Own(rows.asked(asked)))
        elif asked is not None:
            me = {"post_requirement_id": asked["id"]}
            known = {field.name: asked.get(field.name) for field in arguments(name) if field.name not in me}
            sections = requirements.revising(asked["kind"].value) if name == REVISE else requirements.STOP
            self._form(name, me, known if name == REVISE else {"until_on": today()}, sections)

    def _form(
        self, name: str, fixed: Mapping[str, Any], initial: Mapping[str, Any], sections: tuple[Section, ...]
    ) -> None:
        assert self.sheet is not None
        about = Own(f"{self.sheet.row['number']} · {self.sheet.row['name']}")
        self.went.emit(ToForm(name, INTENTS[name].label, fixed, initial, sections, about))

    def _person(self, _key: object) -> None:
        held = self._held()
        if held is not None and self.background.desk.may("staff.sheet"):
            self.went.emit(ToPerson(held["staff_id"], "post_holdings"))

    def _need(self, _key: object) -> None:
        if self.may[REVISE]:
            self._act(REVISE)

    def _edit(self) -> None:
        if self.sheet is not None and self.background.desk.may("posts.revise"):
            self.went.emit(ToRecord("posts", self.sheet.row))
