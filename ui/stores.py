"""Parts in the window: received, issued, brought back, moved; stores counted; ledgers, slips and sheets printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_
from services.desk.intent import INTENTS, QUERIES
from services.desk.listing import View
from services.desk.schema import arguments
from services.document_issuing import Subject
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.going import ToList, ToPaper
from ui.kit.messages import confirm
from ui.kit.text import Message, Own
from ui.kit.tongue import tongue
from ui.part import Asked, Part, Row
from ui.screens import forms as form_of
from ui.screens.parts import FORMS

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.workbench import Workbench

LINES = 5000  # of one store
ABOUT = {  # what a form begins with, by what is marked: field -> (key of the row, its words)
    "part_stock": {"part_store_id": ("part_store_id", "part_store"), "part_id": ("part_id", "part")},
    "part_movement": {"part_store_id": ("part_store_id", "part_store"), "part_id": ("part_id", "part")},
    "part": {"part_id": ("id", "name"), "provider_id": ("provider_id", "provider")},
    "part_store": {"part_store_id": ("id", "name")},
}  # fmt: skip
CARD = "part_stock"


class Stores(Part):
    """What the window does about parts and their stores."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        begin, on_one = ("receive", "issue", "transfer"), ("give_back", "reverse")
        self.acts = {
            **{f"part_movements.{name}": self._begin for name in begin}, "part_counts.start": self._begin,
            **{f"part_movements.{name}": self._on_one for name in on_one}, "part_counts.approve": self._on_one,
            "part_counts.drop": self._drop, "part_counts.enter": self._enter,
            "part_movements.slip": self._slip, "part_counts.sheet": self._sheet,
            "part_stocks.ledger": self._ledger, "part_stocks.sums": self._sums,
            "part_movements.list": self._movements, "part_stocks.list": self._cards,
            "part_count_lines.list": self._lines,
        }  # fmt: skip
        if bench.background.desk.may("parts.list"):
            self.forms = {f"part_movements.{name}": self._scans for name in begin}
        bench.background.changed.connect(self._touched)
        self._waiting()

    def _touched(self, kinds: frozenset[str]) -> None:
        if CARD in kinds:
            self._waiting()

    def _waiting(self) -> None:
        """The rail tells how many parts are to be ordered."""
        if self.bench.background.desk.may("parts_to_order.list"):
            shown = partial(self.bench.rail.show_waiting, "parts_to_order")
            self.bench.background.ask(_to_order, shown, tag="toorder")

    # Forms

    def _begin(self, asked: Asked) -> None:
        """A form that begins with what is marked; what is said there of the part or the store stands in it."""
        row = asked.rows[0] if asked.rows else {}
        known = ABOUT.get(asked.screen.entity, {}) if row else {}
        initial: dict[str, Any] = {name: row[key] for name, (key, _) in known.items() if row.get(key)}
        if row.get("wanted") and asked.act.name == "part_movements.receive":
            initial["quantity"] = row["wanted"]
        takes = {field.name for field in arguments(asked.act.name)}
        initial = {name: value for name, value in initial.items() if name in takes}
        inside = {"compound_id": row["compound_id"]} if row.get("compound_id") else {}
        self.bench.form(
            asked.act.name, INTENTS[asked.act.name].label, FORMS[asked.act.name], {}, initial=initial, inside=inside,
            labels={name: str(row.get(words) or "") for name, (_, words) in known.items() if name in takes},
            once=asked.act.name == "part_counts.start", facts=Own(_about(row)),
        )  # fmt: skip

    def _on_one(self, asked: Asked) -> None:
        row, name = asked.rows[0], asked.act.name
        fixed = {f"{asked.screen.entity}_id": row["id"]}
        initial = {"quantity": -row["quantity"]} if name.endswith("give_back") and row["quantity"] < 0 else {}
        facts = Own(form_of.named(asked.screen, row))
        self.bench.form(name, INTENTS[name].label, FORMS[name], fixed, once=True, facts=facts, initial=initial)

    def _scans(self, page: FormPage) -> None:
        """A scanner puts the part into the form."""
        page.scans = partial(self._scan, page)

    def _scan(self, page: FormPage, code: str) -> bool:
        self.bench.background.ask(partial(_found, code), partial(self._scanned, page), tag=f"part{id(page)}")
        return True

    def _scanned(self, page: FormPage, found: tuple[UUID, str] | None) -> None:
        if found is not None and "part_id" in page.fields:
            page.fields["part_id"].set_value(*found)
            page.fields["part_id"].edited.emit()
            page.fields["quantity"].box.inner().setFocus()

    # Lists

    def _movements(self, asked: Asked) -> None:
        row = asked.rows[0]
        filters = (("part_id", (row["part_id"],)), ("part_store_id", (row["part_store_id"],)))
        names = {row["part_id"]: row["part"], row["part_store_id"]: row["part_store"]}
        self.bench.places.go(ToList("part_movements", filters, names))

    def _cards(self, asked: Asked) -> None:
        row = asked.rows[0]
        self.bench.places.go(ToList("part_stocks", ((f"{asked.screen.entity}_id", (row["id"],)),),
                                    {row["id"]: row["name"]}))  # fmt: skip

    def _lines(self, asked: Asked) -> None:
        row = asked.rows[0]
        self.bench.places.go(ToList("part_count_lines", (("part_count_id", (row["id"],)),), {row["id"]: row["number"]}))

    # Counting

    def _enter(self, asked: Asked) -> None:
        row = asked.rows[0]
        work = partial(_lines_of, row["id"])
        self.bench.background.ask(work, partial(self._counting, asked, row), self.bench.refused)

    def _counting(self, asked: Asked, row: Row, lines: list[Mapping[str, Any]]) -> None:
        from ui.pages.part_count import CountPage

        facts = Own(form_of.named(asked.screen, row))
        page = CountPage(self.bench.background, row["id"], lines, facts, self.bench.places.back())
        page.entered.connect(self.bench.operations.saved)
        self.bench.open_page(page)
        page.setFocus()

    def _drop(self, asked: Asked) -> None:
        row = asked.rows[0]
        about = Own(form_of.named(asked.screen, row))
        if confirm(self.bench, N_("Drop this count?"), about, N_("Drop"), kind="bad"):
            fixed = {"part_count_id": row["id"]}
            self.bench.background.do("part_counts.drop", fixed, self.bench.operations.saved, self.bench.refused)

    # Papers

    def _slip(self, asked: Asked) -> None:
        self._paper(asked, "part_movement_id")

    def _sheet(self, asked: Asked) -> None:
        self._paper(asked, "part_count_id")

    def _paper(self, asked: Asked, about: str) -> None:
        row, name = asked.rows[0], asked.act.name
        file = f"{row['number']}-{name.rpartition('.')[2]}.pdf"
        work = partial(_drawn, name, {about: row["id"]})
        self.bench.places.go(ToPaper(QUERIES[name].label, file, work))

    def _ledger(self, asked: Asked) -> None:
        """Of the marked card, of this year unless other days are said."""
        row = asked.rows[0]
        first = {"from_on": today().replace(month=1, day=1), "until_on": today()}
        self._of_days(asked.act.name, {"part_stock_id": row["id"]}, first, Own(f"{row['part_number']} · {row['part']}"),
                      partial(_ledger, row["id"]), {}, {"compound_id": (row["compound_id"],), "id": (row["id"],)},
        )  # fmt: skip

    def _sums(self, asked: Asked) -> None:
        """Of this month, of the marked store where one is marked."""
        row = asked.rows[0] if asked.rows else {}
        first: dict[str, Any] = {"from_on": today().replace(day=1), "until_on": today()}
        labels = {}
        if row:
            first["part_store_id"], labels["part_store_id"] = row["id"], str(row["name"])
        self._of_days(asked.act.name, {}, first, "", _summary, labels, {})

    def _of_days(
        self, query: str, fixed: dict[str, Any], initial: dict[str, Any], facts: Message, draw: Callable[..., bytes],
        labels: dict[str, str], scope: dict[str, tuple[UUID, ...]],
    ) -> FormPage:  # fmt: skip
        """Ask for the days of a paper, then draw it."""
        fields = [field for field in arguments(query) if field.name not in fixed]
        inside = form_of.Within({})
        page = FormPage(
            QUERIES[query].label, fields, form_of.only(FORMS[query], {field.name for field in fields}),
            self.bench.background, initial, labels=labels, once=True, back=self.bench.place(), facts=facts,
            within=inside.rules(),
        )  # fmt: skip
        inside.page = page
        page.save.say(N_("Show the paper"))
        page.submitted.connect(partial(self._show, page, query, draw, scope))
        self.bench.open_page(page)
        return page

    def _show(
        self, page: FormPage, query: str, draw: Callable[..., bytes], scope: dict[str, tuple[UUID, ...]],
        values: dict[str, Any], _again: bool,
    ) -> None:  # fmt: skip
        page.saved()
        self.bench.leave_page(page)
        first, last = values["from_on"], values["until_on"]
        name = f"{query.rpartition('.')[2]}-{first:%Y%m%d}-{last:%Y%m%d}.pdf"
        scope = scope or {name: (id,) for name, id in values.items() if isinstance(id, UUID)}
        said = Subject.over(query.replace("part_stocks.", "").replace("sums", "stock"), first, last, today(), scope)
        self.bench.places.go(ToPaper(QUERIES[query].label, name, partial(draw, values), said))


def _about(row: Row) -> str:
    """Which part stands in the form: several have one name."""
    names = ("part_number", "part", "part_specification") if row.get("part_number") else ("number", "name")
    return " · ".join(str(row[name]) for name in names if row.get(name))


def _to_order(desk: Desk) -> int:
    return desk.count(View("parts_to_order"))


def _found(code: str, desk: Desk) -> tuple[UUID, str] | None:
    """The part with a barcode or a number, or None."""
    for name in ("barcode", "number"):
        rows = desk.first(View("parts", filters=((name, (code,)),)), 1)
        if rows:
            return rows[0]["id"], str(rows[0]["name"])
    return None


def _lines_of(count: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    rows = desk.first(View("part_count_lines", filters=(("part_count_id", (count,)),), sort="position"), LINES)
    return list(rows)


def _drawn(name: str, about: dict[str, Any], desk: Desk) -> bytes:
    data: bytes = desk.ask(name, **about)
    return data


def _ledger(card: UUID, values: Mapping[str, date], desk: Desk) -> bytes:
    from services import part_report  # the PDF libraries are loaded with the first paper

    return part_report.ledger(desk, card, values["from_on"], values["until_on"], tongue())


def _summary(values: Mapping[str, Any], desk: Desk) -> bytes:
    from services import part_report

    return part_report.summary(desk, lang=tongue(), **values)
